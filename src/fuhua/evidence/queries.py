"""Reads of evidence: records in bulk, one fact with its proof, heads, and what waits to be sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from fuhua.evidence import models
from fuhua.evidence.facts import META, Fact, Merged, Unmerged, Voided
from fuhua.evidence.proof import tree
from fuhua.evidence.proof.heads import Head, head_holds
from fuhua.evidence.proof.records import Record, decode, decoder
from fuhua.evidence.proof.resolve import aliases, standing
from fuhua.evidence.words import Grade

_CHUNK = 1000
_MANY = 20  # kinds: no single indicator reads so many; whoever does wants most of the log


def facts() -> QuerySet[models.Fact]:
    """Every fact as it was recorded, for access rules and pages to narrow."""
    return models.Fact.objects.all()


def documents() -> QuerySet[models.Document]:
    """Every document kept, for access rules to narrow."""
    return models.Document.objects.all()


def sequenced() -> int:
    """How many facts have a sequence number: the size of the log."""
    return models.Head.objects.order_by("-size").values_list("size", flat=True).first() or 0


def records(
    kinds: Sequence[str] | None = None, *, known: dt.datetime | None = None, subjects: Sequence[str] | None = None,
    since: int = 0, until: int | None = None,
) -> Iterator[Record[Any]]:
    """Sequenced records of ``kinds`` (all when None), known by ``known``, with ``since`` <= seq < ``until``.

    Streams; the order is not specified. ``subjects`` narrows to those URNs. SQLite joins in the order written: along
    the log when most of it is wanted, else by the index on kinds or subjects.
    """
    where, values = ["p.seq >= %s"], [since]
    if until is not None:
        where, values = [*where, "p.seq < %s"], [*values, until]
    for column, chosen in (("f.kind", kinds), ("f.subject", subjects)):
        if chosen is not None:
            where.append(f"{column} IN ({', '.join(['%s'] * len(chosen)) or 'NULL'})")
            values.extend(chosen)
    if known is not None:
        where.append("f.known_at <= %s")
        values.append(connection.ops.adapt_datetimefield_value(known))
    whole = subjects is None and (since > 0 or kinds is None or len(kinds) > _MANY)
    tables = "evidence_position p CROSS JOIN evidence_fact f" if whole else "evidence_fact f CROSS JOIN evidence_position p"
    sql = f"SELECT f.kind, f.body, f.digest, p.seq FROM {tables} WHERE p.fact_id = f.id AND {' AND '.join(where)}"  # noqa: S608 - fixed words and %s only
    decoders: dict[str, tuple[str, Any]] = {}
    for kind, body, digest, seq in _stream(sql, values):
        if kind not in decoders:
            decoders[kind] = kind, decoder(kind).decode
        name, decode_one = decoders[kind]
        record = decode_one(body)
        record.kind, record.seq, record.digest = name, seq, digest  # one string for all records of a kind
        yield record


def told_of(subject: str, *kinds: type[Fact], on: dt.date) -> list[Record[Any]]:
    """What stands of one subject on a day, oldest truth first, facts that wait for their number included."""
    return standing(_records_of(subject, kinds), on).told


def voided_of(subject: str, *kinds: type[Fact]) -> list[tuple[Record[Any], Record[Any]]]:
    """What was told of one subject and no longer counts: each record with the one that voids it, facts that wait included."""
    found = _records_of(subject, kinds)
    told = {each.digest: each for each in found}
    return [(told[each.fact.about], each) for each in found if isinstance(each.fact, Voided) and each.fact.about in told]


def _records_of(subject: str, kinds: Iterable[type[Fact]]) -> list[Record[Any]]:
    wanted = [kind.KIND for kind in (*kinds, *META)]
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT kind, body, id, digest FROM evidence_fact WHERE subject = %s AND kind IN ({marks})"  # noqa: S608 - marks are %s
    with connection.cursor() as cursor:
        cursor.execute(sql, [subject, *wanted])
        rows = cursor.fetchall()
    return [decode(kind, body, seq=key, digest=digest) for kind, body, key, digest in rows]


def _stream(sql: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with _bulk_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


@contextmanager
def _bulk_cursor() -> Iterator[Any]:
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic():  # a server-side cursor lives in a transaction and keeps memory flat
        connection.ensure_connection()
        with connection.connection.cursor(name="fuhua_records") as cursor:
            yield cursor


def merges(known: dt.datetime | None = None, until: int | None = None) -> dict[str, str]:
    """Duplicate URN → the URN it is read as."""
    return aliases(records([Merged.KIND, Unmerged.KIND], known=known, until=until))


def subjects_of(urn: str, names: dict[str, str]) -> list[str]:
    """Every URN whose facts are read as facts of ``urn``."""
    return [urn, *(duplicate for duplicate, into in names.items() if into == urn)]


@dataclass(frozen=True)
class FactPage:
    """One fact as its page shows it: the record, what was said of it since, and its verified place in the log."""

    record: Record[Any]
    body: str
    sayings: list[Record[Any]]
    standing: str
    grade: Grade
    contested: bool
    proof: Proof | None
    documents: list[models.Document]


@dataclass(frozen=True)
class Proof:
    """An audit path of one leaf to a signed head, and whether it holds."""

    seq: int
    head: Head
    path: list[bytes]
    holds: bool


def fact(digest: str) -> FactPage | None:
    """The fact with that digest, with everything its page needs, or None."""
    row = models.Fact.objects.filter(digest=digest).values_list("kind", "body", "position__seq").first()
    if row is None:
        return None
    kind, body, seq = row
    record = decode(kind, body, seq=-1 if seq is None else seq, digest=digest)
    sayings = [
        decode(k, b, seq=-1 if s is None else s, digest=d)
        for k, b, d, s in models.Fact.objects.filter(subject=record.subject, about=digest).order_by("id")
        .values_list("kind", "body", "digest", "position__seq")
    ]
    state, grade, contested = _state(record, sayings)
    documents = list(models.Document.objects.filter(digest__in=record.documents).order_by("digest"))
    proof = None if seq is None else prove(seq, kind, digest)
    return FactPage(record, body, sayings, state, grade, contested, proof, documents)


def _state(record: Record[Any], sayings: Iterable[Record[Any]]) -> tuple[str, Grade, bool]:
    state, grade, contested = "standing", Grade(record.grade), False
    for saying in sayings:
        match saying.kind:
            case "evidence.confirmed":
                grade = max(grade, Grade.COUNTERPART)
            case "evidence.contested":
                contested = True
            case "evidence.upheld":
                contested = False
            case "evidence.voided":
                state = "voided"
            case record.kind:
                state = "corrected"
    return state, grade, contested


def head(size: int | None = None) -> Head | None:
    """The newest signed tree head (of at most ``size`` facts)."""
    heads = models.Head.objects.order_by("-size")
    row = (heads if size is None else heads.filter(size__lte=size)).first()
    return row and as_head(row)


def as_head(row: models.Head) -> Head:
    """The signed statement of a stored head."""
    return Head(size=row.size, root=row.root, sealed_at=row.sealed_at.astimezone(dt.UTC).isoformat(), key=row.key,
                signature=row.signature)


def prove(seq: int, kind: str, digest: str) -> Proof | None:
    """The inclusion of leaf ``seq`` under the newest head, recomputed and checked now."""
    newest = head()
    if newest is None or seq >= newest.size:
        return None
    subtree = stored_subtree()
    path = tree.inclusion(seq, newest.size, subtree)
    root = tree.root_from(seq, newest.size, tree.leaf(kind, bytes.fromhex(digest)), path)
    return Proof(seq, newest, path, root is not None and root.hex() == newest.root and head_holds(newest))


def stored_subtree() -> tree.Subtree:
    """MTH over any range of the log, from stored block roots and, inside a block, from the leaves."""
    blocks = [bytes.fromhex(root) for root in models.Node.objects.order_by("index").values_list("root", flat=True)]

    def hash_range(start: int, stop: int) -> bytes:
        if start % tree.BLOCK == 0 and stop - start == tree.BLOCK:
            return blocks[start // tree.BLOCK]
        if stop - start < tree.BLOCK:
            hashes = [leaf for _kind, _digest, leaf in leaves(start, stop)]
            return tree.subtree_of(hashes)(0, stop - start)
        middle = start + tree.split(stop - start)
        return tree.node(hash_range(start, middle), hash_range(middle, stop))

    return hash_range


def leaves(start: int, stop: int) -> Iterator[tuple[str, bytes, bytes]]:
    """(kind, record digest, leaf hash) of every leaf with ``start`` <= seq < ``stop``, in order."""
    sql = ("SELECT f.kind, f.digest FROM evidence_position p JOIN evidence_fact f ON f.id = p.fact_id "
           "WHERE p.seq >= %s AND p.seq < %s ORDER BY p.seq")
    for kind, digest in _stream(sql, [start, stop]):
        name = bytes.fromhex(digest)
        yield kind, name, tree.leaf(kind, name)


def bodies(kinds: Sequence[str], *, until: int) -> Iterator[tuple[int, str]]:
    """(seq, canonical record) of every fact of ``kinds`` with seq < ``until``, in order."""
    marks = ", ".join(["%s"] * len(kinds))
    sql = ("SELECT p.seq, f.body FROM evidence_position p JOIN evidence_fact f ON f.id = p.fact_id "  # noqa: S608 - marks are %s
           f"WHERE p.seq < %s AND f.kind IN ({marks}) ORDER BY p.seq")
    yield from _stream(sql, [until, *kinds])


def head_sizes(until: int) -> list[int]:
    """The sizes of all signed heads of at most ``until`` facts, ascending."""
    return list(models.Head.objects.filter(size__lte=until).order_by("size").values_list("size", flat=True))


def heads(sizes: Sequence[int]) -> list[Head]:
    """The signed heads of those sizes, ascending."""
    return [as_head(row) for row in models.Head.objects.filter(size__in=sizes).order_by("size")]

"""Record a fact, and say of a fact that it is confirmed, contested, upheld, corrected or void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from fuhua.evidence import facts, models
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.proof.records import Record, decode, digest_of, encode, salt
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import Text, t

_SKEW = dt.timedelta(minutes=5)
_INSERT = ("INSERT INTO evidence_fact (digest, kind, subject, about, true_from, known_at, grade, body) "
           "SELECT %s, %s, %s, %s, %s, %s, %s, %s "
           "WHERE NOT EXISTS (SELECT 1 FROM evidence_head WHERE size > 0 AND sealed_at > %s)")


class NoSuchFact(LookupError):
    """No fact has that digest."""


class ClockWentBack(Exception):
    """The moment given is long before the last sealed head: the machine's clock went back. No fault of the fact's."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def record(
    fact: Fact, *, by: str, at: dt.datetime, grade: Grade, true_from: dt.date | None = None,
    on_behalf: str | None = None, documents: Sequence[str] = (), replaces: str | None = None,
) -> str:
    """Append ``fact`` in the caller's transaction and return its digest.

    ``by`` is the URN that asserts it, ``at`` the aware moment of telling, ``true_from`` the Beijing day from which
    it is true (default: the day of ``at``), ``documents`` SHA-256 digests (of documents kept here or elsewhere). Raises
    :class:`BadFact` for an unknown kind, an impossible value or a future date, :class:`ClockWentBack`.
    """
    return _append([(fact, true_from or period.day(at))], by=by, at=at, grade=grade, on_behalf=on_behalf, documents=documents,
                   replaces=replaces)[0]


@transaction.atomic
def record_many(
    told: Sequence[tuple[Fact, dt.date]], *, by: str, at: dt.datetime, grade: Grade, on_behalf: str | None = None,
    documents: Sequence[str] = (),
) -> list[str]:
    """Append many facts of one source, each with the Beijing day it is true from; all or none, in few statements.

    Returns their digests in order; raises what :func:`record` raises, for the first that must not be recorded.
    """
    return _append(told, by=by, at=at, grade=grade, on_behalf=on_behalf, documents=documents) if told else []


def _append(told: Sequence[tuple[Fact, dt.date]], *, by: str, at: dt.datetime, grade: Grade, on_behalf: str | None,
            documents: Sequence[str], replaces: str | None = None) -> list[str]:
    """Insert the facts as known at ``at``, or at the last head's moment when that was sealed while this one waited its turn."""
    for fact, on in told:
        _check(fact, at, on)
    known_at = at.astimezone(dt.UTC)
    for _attempt in range(3):
        rows = [_row(fact, on, known_at, by=by, grade=grade, on_behalf=on_behalf, documents=documents, replaces=replaces)
                for fact, on in told]
        with connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(_INSERT, rows[0])
            else:
                cursor.executemany(_INSERT, rows)
            if cursor.rowcount == len(rows):
                return [row[0] for row in rows]
        sealed_at = models.Head.objects.order_by("-size").values_list("sealed_at", flat=True)[0]
        if known_at < sealed_at - _SKEW:
            break
        known_at = sealed_at.astimezone(dt.UTC)
    raise ClockWentBack(t("时钟早于上一次封存的时间，请校准服务器时钟后重试",
                          "the clock is behind the last sealed head; set the server's clock right and retry"))


def _row(fact: Fact, on: dt.date, known_at: dt.datetime, *, by: str, grade: Grade, on_behalf: str | None,
         documents: Sequence[str], replaces: str | None) -> list[Any]:
    body = encode(Record(kind=fact.KIND, known_at=known_at, true_from=on, grade=int(grade), by=by, salt=salt(), fact=fact,
                         on_behalf=on_behalf, documents=tuple(documents), replaces=replaces))
    moment = connection.ops.adapt_datetimefield_value(known_at)
    about = replaces or getattr(fact, "about", "")
    return [digest_of(body), fact.KIND, fact.subject, about, on.isoformat(), moment, int(grade), body, moment]


def _check(fact: Fact, at: dt.datetime, true_from: dt.date) -> None:
    if fact.KIND not in facts.FACTS:
        raise BadFact(t("未登记的事实种类：{kind}", "unknown kind of fact: {kind}").format(kind=fact.KIND or type(fact).__name__))
    fact.check()
    now = timezone.now()
    if at > now + _SKEW:
        raise BadFact(t("记录时间在未来：{at}，请检查时钟", "told in the future: {at}; check the clock").format(at=at.isoformat()))
    if true_from > period.day(now + _SKEW):
        raise BadFact(t("日期在未来：{day}，请填写已经发生的日期", "the date is in the future: {day}; give the day it happened")
                      .format(day=true_from.isoformat()))


def standing(digest: str) -> Record[Any]:
    """The record of a fact about the world that still stands, held against others until the transaction ends.

    Raises :class:`NoSuchFact`, and :class:`BadFact` for what was corrected or voided, or is itself said of another fact.
    """
    held = models.Fact.objects.select_for_update().filter(digest=digest).values_list("pk", flat=True)
    told = stored(digest) if held else None
    if told is None:
        raise NoSuchFact(digest)
    if isinstance(told.fact, facts.META):
        raise BadFact(t("这是对另一条事实的说明，请在原事实上操作", "this is said of another fact; act on that fact itself"))
    if models.Fact.objects.filter(subject=told.subject, about=digest, kind__in=(told.kind, facts.Voided.KIND)).exists():
        raise BadFact(t("这条事实已被更正或作废，请在最新的一条上操作",
                        "this fact was corrected or voided already; act on the one that stands"))
    return told


def stored(digest: str) -> Record[Any]:
    """The record with that digest; raises :class:`NoSuchFact`."""
    row = models.Fact.objects.filter(digest=digest).values_list("kind", "body", "position__seq").first()
    if row is None:
        raise NoSuchFact(digest)
    return decode(row[0], row[1], seq=-1 if row[2] is None else row[2], digest=digest)


@transaction.atomic
def confirm(digest: str, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The counterpart confirms the fact; whoever told it cannot confirm it (:class:`BadFact`)."""
    told = standing(digest)
    if by in (told.by, told.on_behalf):
        raise BadFact(t("自己填报的事实须由对方确认", "a fact is confirmed by the counterpart, not by whoever told it"))
    if _has_said(told, facts.Confirmed, by):
        raise BadFact(t("您已经确认过这条事实", "you have confirmed this fact already"))
    return _about(facts.Confirmed(subject=told.subject, about=digest), told, by, at, Grade.COUNTERPART, documents)


@transaction.atomic
def contest(digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """Dispute the fact for a coded ``reason``: it is marked wherever it is counted until somebody settles it."""
    told = standing(digest)
    if _has_said(told, facts.Contested, by):
        raise BadFact(t("您已经对这条事实提出过异议", "you have contested this fact already"))
    return _about(facts.Contested(subject=told.subject, about=digest, reason=reason), told, by, at, Grade.DECLARED, documents)


@transaction.atomic
def uphold(digest: str, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The challenge was examined by somebody else than who told the fact or disputed it, and the fact stands."""
    told = standing(digest)
    if by in (told.by, told.on_behalf) or _has_said(told, facts.Contested, by):
        raise BadFact(t("填报人和异议人不能自行裁定，请由他人处理",
                        "whoever told or disputed a fact does not settle it; leave it to somebody else"))
    return _about(facts.Upheld(subject=told.subject, about=digest), told, by, at, Grade.SYSTEM, documents)


@transaction.atomic
def void(digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The fact no longer counts, for a coded ``reason``; the record of it stays."""
    told = standing(digest)
    return _about(facts.Voided(subject=told.subject, about=digest, reason=reason), told, by, at, Grade.SYSTEM, documents)


@transaction.atomic
def correct(
    digest: str, fact: Fact, *, by: str, at: dt.datetime, grade: Grade, true_from: dt.date | None = None,
    on_behalf: str | None = None, documents: Sequence[str] = (),
) -> str:
    """Replace the fact by a better one of the same kind about the same subject; raises :class:`BadFact` otherwise."""
    told = standing(digest)
    if (fact.KIND, fact.subject) != (told.kind, told.subject):
        raise BadFact(t("更正须针对同一主体、同一种类的事实；主体有误请先作废再补录",
                        "a correction keeps kind and subject; if the subject is wrong, void it and record anew"))
    return record(fact, by=by, at=at, grade=grade, true_from=true_from or told.true_from, on_behalf=on_behalf,
                  documents=documents, replaces=digest)


def _has_said(told: Record[Any], kind: type[Fact], by: str) -> bool:
    bodies = models.Fact.objects.filter(subject=told.subject, kind=kind.KIND, about=told.digest).values_list("body", "digest")
    return any(decode(kind.KIND, body, seq=-1, digest=digest).by == by for body, digest in bodies)


def _about(fact: Fact, told: Record[Any], by: str, at: dt.datetime, grade: Grade, documents: Sequence[str]) -> str:
    return record(fact, by=by, at=at, grade=grade, true_from=min(told.true_from, period.day(at)), documents=documents)

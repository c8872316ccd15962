"""The record around a fact (who, when, how good), its canonical bytes and the digest that names it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from fuhua.evidence.facts import FACTS, Fact

F = TypeVar("F", bound=Fact)


class UnknownKind(ValueError):
    """A record speaks of a kind of fact that this edition of the software does not know."""


class Record(msgspec.Struct, Generic[F], kw_only=True, omit_defaults=True, gc=False):
    """One testimony: the fact, two times, grade, who asserts it, documents by SHA-256.

    ``true_from`` is the Beijing day from which it is true, ``known_at`` the UTC moment it was told. ``replaces``
    is the digest of the record that this one corrects. ``salt`` keeps a digest from being guessed. ``seq`` (leaf
    index, 0-based), ``digest`` and ``contested`` are the reader's and are never part of the canonical bytes.
    """

    kind: str
    known_at: dt.datetime
    true_from: dt.date
    grade: int
    by: str
    salt: str
    fact: F
    on_behalf: str | None = None
    documents: tuple[str, ...] = ()
    replaces: str | None = None
    seq: int = -1
    digest: str = ""
    contested: bool = False

    @property
    def subject(self) -> str:
        """The URN that the fact is about."""
        return self.fact.subject


_ENCODER = msgspec.json.Encoder()


def salt() -> str:
    """128 random bits in hex."""
    return secrets.token_hex(16)


def encode(record: Record[Any]) -> str:
    """The canonical JSON of a fresh record: fields in declared order, defaults left out, no white space."""
    return _ENCODER.encode(record).decode()


def digest_of(body: str | bytes) -> str:
    """SHA-256 in hex of the canonical bytes: the name of the record."""
    return hashlib.sha256(body if isinstance(body, bytes) else body.encode()).hexdigest()


@cache
def decoder(kind: str) -> msgspec.json.Decoder[Record[Any]]:
    """The strict decoder of one kind's records; raises :class:`UnknownKind`."""
    fact = FACTS.get(kind)
    if fact is None:
        raise UnknownKind(kind)
    return msgspec.json.Decoder(Record[fact])  # type: ignore[valid-type]


def decode(kind: str, body: str | bytes, *, seq: int, digest: str) -> Record[Any]:
    """The record in ``body``, told apart by ``seq`` and ``digest``; raises ``msgspec.ValidationError`` if malformed."""
    record = decoder(kind).decode(body)
    record.seq, record.digest, record.contested = seq, digest, False
    return record

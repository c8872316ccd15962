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
from fuhua.kernel.words import t

_SKEW = dt.timedelta(minutes=5)
_INSERT = ("INSERT INTO evidence_fact (digest, kind, subject, about, true_from, known_at, grade, body) "
           "SELECT %s, %s, %s, %s, %s, %s, %s, %s "
           "WHERE NOT EXISTS (SELECT 1 FROM evidence_head WHERE size > 0 AND sealed_at > %s)")


class NoSuchFact(LookupError):
    """No fact has that digest."""


class ClockWentBack(BadFact):
    """The moment given is before the last sealed head: the machine's clock, or the caller, went back."""


def record(
    fact: Fact, *, by: str, at: dt.datetime, grade: Grade, true_from: dt.date | None = None,
    on_behalf: str | None = None, documents: Sequence[str] = (), replaces: str | None = None,
) -> str:
    """Append ``fact`` in the caller's transaction and return its digest.

    ``by`` is the URN that asserts it, ``at`` the aware moment of telling, ``true_from`` the Beijing day from which
    it is true (default: the day of ``at``), ``documents`` SHA-256 digests kept before. Raises
    :class:`BadFact` for an unknown kind, an impossible value or a future date, :class:`ClockWentBack`.
    """
    true_from = true_from or period.day(at)
    _check(fact, at, true_from)
    known_at = at.astimezone(dt.UTC)
    body = encode(Record(kind=fact.KIND, known_at=known_at, true_from=true_from, grade=int(grade), by=by, salt=salt(),
                         fact=fact, on_behalf=on_behalf, documents=tuple(documents), replaces=replaces))
    digest = digest_of(body)
    about = replaces or getattr(fact, "about", "")
    moment = connection.ops.adapt_datetimefield_value(known_at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [digest, fact.KIND, fact.subject, about, true_from.isoformat(), moment, int(grade),
                                 body, moment])
        if cursor.rowcount != 1:
            raise ClockWentBack(t("时钟早于上一次封存的时间，请校准服务器时钟后重试",
                                  "the clock is behind the last sealed head; set the server's clock right and retry"))
    return digest


@transaction.atomic
def record_many(
    told: Sequence[tuple[Fact, dt.date]], *, by: str, at: dt.datetime, grade: Grade, on_behalf: str | None = None,
    documents: Sequence[str] = (),
) -> list[str]:
    """Append many facts of one source, each with the Beijing day it is true from; all or none, in few statements.

    Returns their digests in order; raises what :func:`record` raises, for the first that must not be recorded.
    """
    known_at = at.astimezone(dt.UTC)
    moment = connection.ops.adapt_datetimefield_value(known_at)
    rows = []
    for fact, on in told:
        _check(fact, at, on)
        body = encode(Record(kind=fact.KIND, known_at=known_at, true_from=on, grade=int(grade), by=by, salt=salt(),
                             fact=fact, on_behalf=on_behalf, documents=tuple(documents)))
        rows.append([digest_of(body), fact.KIND, fact.subject, getattr(fact, "about", ""), on.isoformat(), moment,
                     int(grade), body, moment])
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(_INSERT, rows)
            if cursor.rowcount != len(rows):
                raise ClockWentBack(t("时钟早于上一次封存的时间，请校准服务器时钟后重试",
                                      "the clock is behind the last sealed head; set the server's clock right and retry"))
    return [row[0] for row in rows]


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


def stored(digest: str) -> Record[Any]:
    """The record with that digest; raises :class:`NoSuchFact`."""
    row = models.Fact.objects.filter(digest=digest).values_list("kind", "body", "position__seq").first()
    if row is None:
        raise NoSuchFact(digest)
    return decode(row[0], row[1], seq=-1 if row[2] is None else row[2], digest=digest)


@transaction.atomic
def confirm(digest: str, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The counterpart confirms the fact; whoever told it cannot confirm it (:class:`BadFact`)."""
    told = _said(digest)
    if by in (told.by, told.on_behalf):
        raise BadFact(t("自己填报的事实须由对方确认", "a fact is confirmed by the counterpart, not by whoever told it"))
    if _has_said(told, facts.Confirmed, by):
        raise BadFact(t("您已经确认过这条事实", "you have confirmed this fact already"))
    return _about(facts.Confirmed(subject=told.subject, about=digest), told, by, at, Grade.COUNTERPART, documents)


@transaction.atomic
def contest(digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """Dispute the fact for a coded ``reason``: it is marked wherever it is counted until somebody settles it."""
    told = _said(digest)
    if _has_said(told, facts.Contested, by):
        raise BadFact(t("您已经对这条事实提出过异议", "you have contested this fact already"))
    return _about(facts.Contested(subject=told.subject, about=digest, reason=reason), told, by, at, Grade.DECLARED, documents)


@transaction.atomic
def uphold(digest: str, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The challenge was examined by somebody else than who told the fact or disputed it, and the fact stands."""
    told = _said(digest)
    if by in (told.by, told.on_behalf) or _has_said(told, facts.Contested, by):
        raise BadFact(t("填报人和异议人不能自行裁定，请由他人处理", "whoever told or disputed a fact does not settle it; leave it to somebody else"))
    return _about(facts.Upheld(subject=told.subject, about=digest), told, by, at, Grade.SYSTEM, documents)


@transaction.atomic
def void(digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """The fact no longer counts, for a coded ``reason``; the record of it stays."""
    told = _said(digest)
    return _about(facts.Voided(subject=told.subject, about=digest, reason=reason), told, by, at, Grade.SYSTEM, documents)


@transaction.atomic
def correct(
    digest: str, fact: Fact, *, by: str, at: dt.datetime, grade: Grade, true_from: dt.date | None = None,
    on_behalf: str | None = None, documents: Sequence[str] = (),
) -> str:
    """Replace the fact by a better one of the same kind about the same subject; raises :class:`BadFact` otherwise."""
    told = stored(digest)
    if (fact.KIND, fact.subject) != (told.kind, told.subject):
        raise BadFact(t("更正须针对同一主体、同一种类的事实；主体有误请先作废再补录",
                        "a correction keeps kind and subject; if the subject is wrong, void it and record anew"))
    return record(fact, by=by, at=at, grade=grade, true_from=true_from or told.true_from, on_behalf=on_behalf,
                  documents=documents, replaces=digest)


def _said(digest: str) -> Record[Any]:
    """The record, which must be of a fact about the world: nothing is said of what was said of a fact."""
    told = stored(digest)
    if isinstance(told.fact, facts.META):
        raise BadFact(t("这是对另一条事实的说明，请在原事实上操作", "this is said of another fact; act on that fact itself"))
    return told


def _has_said(told: Record[Any], kind: type[Fact], by: str) -> bool:
    bodies = models.Fact.objects.filter(subject=told.subject, kind=kind.KIND, about=told.digest).values_list("body", "digest")
    return any(decode(kind.KIND, body, seq=-1, digest=digest).by == by for body, digest in bodies)


def _about(fact: Fact, told: Record[Any], by: str, at: dt.datetime, grade: Grade, documents: Sequence[str]) -> str:
    return record(fact, by=by, at=at, grade=grade, true_from=min(told.true_from, period.day(at)), documents=documents)

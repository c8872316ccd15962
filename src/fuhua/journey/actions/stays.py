"""Stays of ventures with hosts: begin and end; no two open stays of one kind at one host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record_many
from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.models import Stay
from fuhua.kernel.words import t


class StayOpen(BadFact):
    """The venture already has an open stay of that kind at that host."""


class NoOpenStay(BadFact):
    """There is no such stay to end, or it began later."""


class _Opening:
    """Keeps the row of a stay in step with the fact that began it."""

    def keep(self, fact: facts.StayBegan, on: dt.date, digest: str, replaced: str | None) -> None:
        row = Stay() if replaced is None else Stay.objects.get(digest=replaced)
        row.venture, row.host, row.kind, row.district = fact.subject, fact.host, fact.stay, fact.district
        row.began, row.digest = on, digest
        if row.ended is not None and row.ended < on:
            raise NoOpenStay(
                t(
                    "入驻日期晚于离驻日期 {day}，请先更正离驻日期",
                    "it would begin after it ended ({day}); correct the end first",
                ).format(day=row.ended.isoformat())
            )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as wrong:
            raise StayOpen(
                t(
                    "该企业在此载体已有未结束的同类入驻，请先办理离驻",
                    "the venture has an open stay of this kind there; end it first",
                )
            ) from wrong

    def drop(self, _fact: facts.StayBegan, digest: str) -> None:
        row = Stay.objects.get(digest=digest)
        if row.end_digest:
            raise BadFact(
                t("该入驻已有离驻记录，请先作废离驻记录", "this stay has an end on record; void the end first")
            )
        row.delete()


class _Closing:
    """Keeps the row of a stay in step with the fact that ended it."""

    def keep(self, fact: facts.StayEnded, on: dt.date, digest: str, replaced: str | None) -> None:
        if replaced is not None:
            self.drop(fact, replaced)
        row = Stay.objects.filter(
            venture=fact.subject, host=fact.host, kind=fact.stay, ended=None, began__lte=on
        ).first()
        if row is None:
            raise NoOpenStay(
                t(
                    "{day} 之前没有可结束的同类入驻，请先补录入驻，或更正日期",
                    "no such stay is open by {day}; record its beginning first, or mend the date",
                ).format(day=on.isoformat())
            )
        row.ended, row.end_digest = on, digest
        row.save(update_fields=["ended", "end_digest"])

    def drop(self, _fact: facts.StayEnded, digest: str) -> None:
        try:
            with transaction.atomic():
                Stay.objects.filter(end_digest=digest).update(ended=None, end_digest="")
        except IntegrityError as wrong:
            raise StayOpen(
                t("该企业之后又在此入驻，请先作废后一次入驻", "the venture came back later; void the later stay first")
            ) from wrong


@transaction.atomic
def enter_many(
    told: Sequence[tuple[tuple[facts.StayBegan, dt.date], tuple[facts.StayEnded, dt.date] | None]], *, by: str, at: dt.datetime,
    grade: Grade, documents: Sequence[str] = (), on_behalf: str | None = None,
) -> list[tuple[str, str]]:
    """Enter many new stays at once, each with its end if it is over; returns the digests (the end's blank if open).

    All or none: raises :class:`StayOpen` when one of them is open already or twice among them, :class:`BadFact`.
    """
    ends = [end for _began, end in told if end is not None]
    digests = record_many([*[began for began, _end in told], *ends], by=by, at=at, grade=grade, documents=documents,
                          on_behalf=on_behalf)
    last = iter(digests[len(told):])
    pairs = [(digest, "" if end is None else next(last)) for digest, (_began, end) in zip(digests, told, strict=False)]
    rows = [Stay(venture=began.subject, host=began.host, kind=began.stay, district=began.district, began=on, digest=digest,
                 ended=None if end is None else end[1], end_digest=end_digest)
            for ((began, on), end), (digest, end_digest) in zip(told, pairs, strict=True)]
    try:
        with transaction.atomic():
            Stay.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as wrong:
        raise StayOpen(t("其中有企业在此载体已有未结束的同类入驻，或离驻早于入驻",
                         "one of them has such a stay open already, or ends before it begins")
                       ) from wrong
    return pairs


begin = Verb(facts.StayBegan, state=_Opening())
end = Verb(facts.StayEnded, state=_Closing())

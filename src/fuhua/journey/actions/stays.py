"""Stays of ventures with hosts: begin and end; no two open stays of one kind at one host."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact
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


begin = Verb(facts.StayBegan, state=_Opening())
end = Verb(facts.StayEnded, state=_Closing())

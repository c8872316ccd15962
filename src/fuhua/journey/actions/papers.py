"""File a paper in a rule's binder, and take it out again."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.db import transaction

from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record, standing, void
from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import facts as every_fact
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.queries.binders import binder
from fuhua.kernel import period
from fuhua.kernel.words import t

MOST_A_DAY = 300  # papers that one subject files, so that nobody fills the store


class NoSuchPaper(BadFact):
    """The binder has no such place."""


@transaction.atomic
def file(
    *,
    subject: str,
    rule: str,
    paper: str,
    content: BinaryIO,
    by: str,
    at: dt.datetime,
    tenant: str = "",
    on_behalf: str | None = None,
) -> str:
    """Put a document in its place in the binder; a later one takes the place of an earlier. Returns the fact's digest."""
    day = period.day(at)
    if (paper, tenant) not in {(each.code, each.tenant) for each in binder(subject, rule, day).papers}:
        raise NoSuchPaper(t("资料册中没有这一项，请从列表中选择", "the binder has no such place; choose one from its list"))
    today = every_fact().filter(kind=facts.PaperFiled.KIND, subject=subject, known_at__gte=at - dt.timedelta(days=1)).count()
    if today >= MOST_A_DAY:
        said = t("一天内归入的材料已达 {n} 份，请明天再试", "{n} papers were filed within a day; go on tomorrow")
        raise NoSuchPaper(said.format(n=MOST_A_DAY))
    digest, _ = attach(content, by=by, at=at, text=True)
    fact = facts.PaperFiled(subject=subject, rule=rule, paper=paper, tenant=tenant)
    return record(fact, by=by, at=at, grade=Grade.DECLARED, true_from=day, documents=[digest], on_behalf=on_behalf)


@transaction.atomic
def take_out(*, digest: str, subject: str, by: str, at: dt.datetime) -> None:
    """A paper filed by mistake leaves its place; the record of it stays."""
    told = standing(digest)
    if told.kind != facts.PaperFiled.KIND or told.subject != subject:
        raise NoSuchPaper(t("资料册中没有这份材料", "the binder has no such paper"))
    void(digest, reason="mistake", by=by, at=at)

"""Ask the buyer what came of a deal, once after 6 and once after 12 months, and keep the answer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from fuhua.desk.actions import clocks, notices
from fuhua.desk.words import NoticeKind
from fuhua.exchange import facts
from fuhua.exchange.actions.deals import BadDeal, held, tell, url_of
from fuhua.exchange.models import Deal, Outcome
from fuhua.exchange.words import OUTCOMES
from fuhua.kernel import chores, period
from fuhua.kernel.words import t

MONTHS = (12, 6)  # the later first: who was not asked after 6 months is not asked both at once
_ANSWER_DAYS = 10  # working days
_BATCH = 500


def ask_due(*, at: dt.datetime) -> int:
    """Ask of every accepted deal that has reached its month and was not asked; safe to repeat. Returns how many were asked.

    Of slots the first of a buyer at an offer stands for all, and nobody is asked what came of not having come.
    """
    accepted = Deal.objects.filter(state__in=("accepted", "settled"), fee=False)
    before = Q(accepted_at__lt=OuterRef("accepted_at")) | Q(accepted_at=OuterRef("accepted_at"), pk__lt=OuterRef("pk"))
    first = ~Exists(accepted.filter(before, front="slot", buyer=OuterRef("buyer"), offer=OuterRef("offer")))
    today, asked = period.day(at), chores.Done()
    for months in MONTHS:
        rows = (accepted.filter(~Q(front="slot") | first, accepted_at__lte=period.end_of(period.add_months(today, -months)))
                .exclude(outcomes__months__gte=months).order_by("pk"))
        asked += chores.each(list(rows[:_BATCH]), lambda deal, months=months: _ask(deal, months, at))
    return asked


@transaction.atomic
def _ask(deal: Deal, months: int, at: dt.datetime) -> bool:
    row = held(deal)
    if row.outcomes.filter(months__gte=months).exists():
        return False
    Outcome.objects.create(deal=row, months=months, asked_at=at)
    clocks.stop(about=row.urn, name="outcome", at=at)
    clocks.start(about=row.urn, name="outcome", title=row.title, url=url_of(row), due=period.add_working_days(period.day(at), _ANSWER_DAYS),
                 at=at, to=row.buyer_person_id or row.buyer_id, answers_for=row.buyer_id)
    notices.part(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.buyer_id)
    return True


@transaction.atomic
def answer(*, outcome: Outcome, result: str, text: str, by: str, at: dt.datetime) -> Outcome:
    """The buyer tells what came of it (``words.OUTCOMES``); raises :class:`BadDeal` for no code and a second answer."""
    row = held(outcome.deal)
    asked = row.outcomes.get(pk=outcome.pk)
    if result not in OUTCOMES:
        raise BadDeal(t("请选择成效", "choose what came of it"))
    if asked.answered_at is not None:
        raise BadDeal(t("这次回访已经答复", "this was answered already"))
    asked.outcome, asked.text, asked.answered_at = result, text.strip()[:2000], at
    asked.save()
    clocks.stop(about=row.urn, name="outcome", at=at)
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.PART,), to=row.buyer_id)
    tell(row, facts.OutcomeTold(subject=row.urn, month=asked.months, result=result), by=by, at=at, side=row.buyer_id)
    return asked

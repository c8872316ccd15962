"""Ask the need's side once, 14, 30 and 90 days after a meeting, what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions.introductions import BadIntroduction, url_of
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.models import FollowUp, Introduction
from fuhua.exchange.words import FOLLOW_UPS
from fuhua.kernel import chores, period, urn
from fuhua.kernel.words import t

DAYS = (14, 30, 90)
_LAST = 180  # days after which the last one is too late to be asked
_BATCH = 500


def ask_due(*, by: str, at: dt.datetime) -> int:  # noqa: ARG001 - every action says who and when
    """Ask every follow-up whose day has come, each once however often this runs; returns how many were asked.

    One that was missed until the next was due is not asked any more, nor is one of an introduction that came to nothing.
    """
    asked, today = chores.Done(), period.day(at)
    for days, after in zip(DAYS, (*DAYS[1:], _LAST), strict=True):
        met = (today - dt.timedelta(days=after - 1), today - dt.timedelta(days=days))
        done = FollowUp.objects.filter(introduction=OuterRef("pk"), days=days)
        rows = Introduction.objects.filter(met_at__isnull=False, meets__range=met).exclude(state="declined").exclude(Exists(done))
        asked += chores.each(rows.select_related("need").order_by("pk")[:_BATCH], lambda row, days=days: _ask(row, days, at))
    return asked


@transaction.atomic
def _ask(row: Introduction, days: int, at: dt.datetime) -> bool:
    made, new = FollowUp.objects.get_or_create(introduction=row, days=days, defaults={"urn": urn.new("follow_up"), "asked_at": at})
    if new:
        notices.turn(about=made.urn, title=row.need.title, url=url_of(row), at=at, to=row.need.owner_id)
    return new


@transaction.atomic
def answer(*, follow_up: FollowUp, outcome: str, by: str, at: dt.datetime, text: str = "") -> FollowUp:
    """Say what has come of the meeting, once."""
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("introduction__need__party").get(pk=follow_up.pk)
    if outcome not in FOLLOW_UPS:
        raise BadIntroduction(t("请选择进展", "choose what came of it"))
    if row.answered_at is not None:
        raise BadIntroduction(t("这次回访已经答复", "this follow-up is answered already"))
    row.outcome, row.text, row.answered_at = outcome, text.strip()[:1000], at
    row.save()
    notices.settle(about=row.urn, at=at)
    record(facts.FollowUpAnswered(subject=row.introduction.urn, days=row.days, outcome=outcome), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=row.introduction.need.party.urn)
    return row

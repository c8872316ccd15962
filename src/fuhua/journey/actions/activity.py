"""Six and twelve months on: the landed side shows that somebody is at work, and its host confirms it."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.actions import cases, landings
from fuhua.journey.actions.case_rows import BadCase, held, name_of, url_of
from fuhua.journey.facts.landing_cases import ActivityShown
from fuhua.journey.flow import CASE
from fuhua.journey.models import Activity, LandingCase
from fuhua.journey.queries.landing_cases import due_month
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party


class TooEarly(BadCase):
    """So many months have not passed since it landed."""


@transaction.atomic
def show(*, case: LandingCase, evidence: str, file: BinaryIO, person: Party, by: str, at: dt.datetime) -> Activity:
    """The landed side shows by a paper (``words.ACTIVITY``) that it is active; what was shown before and is not confirmed is replaced.

    It is for the month that comes next: 6, then 12. Raises :class:`TooEarly` before that day and :class:`BadCase` when nothing is due.
    """
    row = held(case)
    month = due_month(row)
    if month is None or row.landed is None or row.host_id is None:
        raise BadCase(t("现在没有需要证明的活跃情况", "no activity is to be shown now"))
    if period.day(at) < (first := period.add_months(row.landed, month)):
        raise TooEarly(t("落地满 {month} 个月（{day}）后方可提交", "it can be shown once {month} months have passed, from {day} on")
                       .format(month=month, day=first))
    fact = ActivityShown(subject=row.urn, month=month, evidence=evidence)
    fact.check()
    digest, _media = attach(file, by=by, at=at)
    found, _new = Activity.objects.update_or_create(case=row, month=month, defaults={
        "evidence": evidence, "document": digest, "shown_by": person, "shown_at": at})
    notices.turn(about=row.urn, title=name_of(row), url=url_of(row), at=at, to=row.host_id)
    record(fact, by=by, at=at, grade=Grade.DECLARED, documents=[digest])
    return found


@transaction.atomic
def confirm(*, case: LandingCase, person: Party, by: str, at: dt.datetime) -> Activity:
    """The host confirms what was shown: the landing is active at that month. Raises :class:`BadCase` when nothing waits for it."""
    row = held(case)
    found = Activity.objects.select_for_update().filter(case=row, confirmed_at=None).first()
    if found is None or row.host is None:
        raise BadCase(t("没有待确认的活跃证明，请项目方先提交", "nothing waits to be confirmed; the project shows its activity first"))
    if found.shown_by_id == person.pk:
        raise BadCase(t("提交证明的人不能再代表载体确认", "whoever showed it cannot also confirm it for the host"))
    if row.state == "provisional":
        row.state = CASE.after(row.state, "activate")
    found.confirmed_by, found.confirmed_at = person, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    row.save(update_fields=["state"])
    clocks.stop(about=row.urn, name=cases.ACTIVITY, at=at)
    notices.settle(about=row.urn, at=at)
    if (following := due_month(row)) is not None:
        cases.wait_for(row, following, at)
    landings.confirm_active(subject=row.urn, month=found.month, by=by, at=at, grade=Grade.COUNTERPART, documents=[found.document],
                            on_behalf=row.host.urn)
    return found

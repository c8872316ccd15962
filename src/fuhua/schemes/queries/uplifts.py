"""Reads of appraisals and plans: gaps, quarters missed, until when one may appeal, and the documents that may be downloaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from fuhua.kernel import period
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.kinds.appraising import level
from fuhua.schemes.models import Appeal, Appraisal, AppraisalLine, Uplift, UpliftTask

APPEAL_DAYS = 10  # working days after the day of the warning or of the lower tier, the last one included (USERS.md, measure 2)
MEASURED_AFTER = 12  # months between the plan and its measurement (indicator I2)


def gaps(appraisal: Appraisal) -> list[AppraisalLine]:
    """The lines below their target, in the order of the sheet."""
    return [each for each in appraisal.lines.order_by("place") if level(each.counted, each.target) != "reached"]


def missed_quarters(plan: Uplift, tasks: Iterable[UpliftTask], on: dt.date) -> int:
    """Quarters in a row, up to the last one that ended by ``on``, at whose end a task was due and had not been reported done.

    A report that waits for the coach is no fault of the coached; one that was sent back is not done.
    """
    if plan.agreed_on is None:
        return 0
    rows = list(tasks)
    missed = 0
    for last in reversed(period.quarter_ends(plan.agreed_on, on)):
        if not any(each.due <= last and not _reported_by(each, last) for each in rows):
            break
        missed += 1
    return missed


def _reported_by(each: UpliftTask, last: dt.date) -> bool:
    return each.reported_at is not None and period.day(each.reported_at) <= last


def measured_from(plan: Uplift) -> dt.date | None:
    """The first day on which the plan may be measured."""
    return period.add_months(plan.agreed_on, MEASURED_AFTER) if plan.agreed_on else None


def staff(house: int) -> QuerySet[Party]:
    """People whom an organisation (its id; what was merged with it counts) employs now, by name: they may own tasks."""
    ties = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, source__in=family({house})[house])
    return Party.objects.filter(pk__in=ties.values("target_id"), erased_at=None).order_by("name")


def appeal_until(at: dt.datetime) -> dt.date:
    """The last day to appeal against what was told at ``at``."""
    return period.add_working_days(period.day(at), APPEAL_DAYS)


def appeals_of(plan: Uplift) -> list[Appeal]:
    """The appeals against the plan's warnings, newest first."""
    return list(Appeal.objects.filter(warning__uplift=plan).select_related("warning", "reviewer", "appraisal").order_by("-pk"))


def papers_of_appraisal(row: Appraisal) -> dict[str, str]:
    """SHA-256 → name of what may be downloaded from the page of an appraisal."""
    found = {each.evidence: f"{row.number}-{each.code}" for each in row.lines.all()} | {row.document: f"{row.number}.pdf"}
    return {digest: name for digest, name in found.items() if digest}


def papers_of(plan: Uplift) -> dict[str, str]:
    """SHA-256 → name of what may be downloaded from the page of a plan: the plan, reports of tasks, approvals, papers of appeals."""
    found = {each.document: f"{plan.number}-task-{each.number}" for each in plan.tasks.all()}
    found |= {each.document: f"{plan.number}-reform-{each.code}" for each in plan.reform.all()}
    found |= {each.document: f"{each.number}.pdf" for each in appeals_of(plan)}
    found |= {each.document: f"{each.number}.pdf" for each in plan.appraisals.filter(state="concluded")}
    found |= {plan.first.document: f"{plan.first.number}.pdf", plan.document: f"{plan.number}.pdf"}
    return {digest: name for digest, name in found.items() if digest}

"""Warnings (预警) of plans of uplift: two quarters of tasks missed, once a quarter, by the tick; or no gain measured."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.kernel import chores, period
from fuhua.kernel.words import t
from fuhua.schemes.actions.uplift_plans import held, tell, title_of, url_of
from fuhua.schemes.facts.uplifts import UpliftWarned
from fuhua.schemes.models import Uplift, UpliftWarning
from fuhua.schemes.queries.uplifts import missed_quarters
from fuhua.schemes.words import WARNING_SORTS

WARNED_AFTER = 2  # quarters missed in a row (measure 2: 连续两个季度)


@transaction.atomic
def warn_missed(*, at: dt.datetime) -> int:
    """Warn whoever has missed two quarters of tasks or more in a row, once a quarter, in the agency's name; returns how many were."""
    plans = Uplift.objects.filter(state="agreed").select_related("first", "issuer").prefetch_related("tasks").order_by("pk")
    return chores.each(plans, lambda plan: _warned(plan, at))


def _warned(plan: Uplift, at: dt.datetime) -> bool:
    missed = missed_quarters(plan, plan.tasks.all(), period.day(at))
    last = max(period.quarter_ends(plan.agreed_on, period.day(at)), default=None)
    if missed < WARNED_AFTER or last is None:
        return False
    return warn(plan=plan, sort="quarters", quarter=last, missed=missed, by=plan.issuer.urn, at=at)


@transaction.atomic
def warn(*, plan: Uplift, sort: str, quarter: dt.date, missed: int, by: str, at: dt.datetime) -> bool:
    """Warn the coached incubator, once for a quarter; whoever is warned reads at the plan until when they may appeal."""
    row = held(plan)
    _made, new = UpliftWarning.objects.get_or_create(uplift=row, sort=sort, quarter=quarter, defaults={"missed": missed, "at": at})
    if not new:
        return False
    said = t("{name}：{sort}", "{name}: {sort}").format(name=title_of(row), sort=WARNING_SORTS[sort])
    for side in (row.incubator_id, row.coach_id, row.issuer_id):
        notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=side)
    tell(row, UpliftWarned(subject=row.urn, sort=sort, quarter=quarter, missed=missed), by=by, at=at)
    return True

"""What landing cases do by themselves as time passes: a warning at month 8, a lapse after month 9; safe to repeat."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.journey.actions import cases
from fuhua.journey.actions.case_rows import held, name_of, url_of
from fuhua.journey.models import LandingCase
from fuhua.journey.words import WARN_MONTH
from fuhua.kernel import chores, period

_AHEAD = dt.timedelta(days=32)  # a month before the last day, and no more than that
_WATCHED = ("open", "provisional")


def watch(*, at: dt.datetime) -> int:
    """Warn and lapse whatever is due on the day of ``at``; returns how many cases were warned of or lapsed.

    Without an entity nine months after it was opened a case lapses as never registered; a provisional landing that nobody found active
    nine months after it landed lapses as inactive. The last day itself still counts.
    """
    today = period.day(at)
    over = LandingCase.objects.filter(state__in=_WATCHED, due__lt=today).order_by("pk")
    soon = LandingCase.objects.filter(state__in=_WATCHED, due__range=(today, today + _AHEAD), warned_at=None).order_by("pk")
    return chores.each(over, lambda case: _lapse(case, today, at)) + chores.each(soon, lambda case: _warn(case, today, at))


@transaction.atomic
def _lapse(case: LandingCase, today: dt.date, at: dt.datetime) -> bool:
    row = held(case)
    if row.state not in _WATCHED or row.due >= today:
        return False
    cases.lapse(case=row, reason="no_entity" if row.state == "open" else "inactive", by=row.application.call.issuer.urn, at=at)
    return True


@transaction.atomic
def _warn(case: LandingCase, today: dt.date, at: dt.datetime) -> bool:
    """Whoever looks after the case, those it is about, and, once it has landed, its host hear that a month is left."""
    row = held(case)
    since = row.landed or period.day(row.opened_at)
    if row.warned_at is not None or today < period.add_months(since, WARN_MONTH):
        return False
    row.warned_at = at
    row.save(update_fields=["warned_at"])
    said = {"about": row.urn, "title": name_of(row), "url": url_of(row), "at": at}
    if row.owner_id is not None:
        notices.news(**said, to=row.owner_id)
    else:
        notices.news(**said, to=row.application.call.issuer_id, office="city_officer")
    notices.news(**said, to=row.application.applicant_id)
    if row.state == "provisional" and row.host_id is not None:
        notices.news(**said, to=row.host_id)
    return True


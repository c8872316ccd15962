"""Titles of gold mentors follow the sessions that they hold: active with the first, warned and then honorary without any."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from fuhua.exchange.queries.mentoring import standings
from fuhua.journey.queries.mentors import idle_since, lapses_on
from fuhua.kernel import chores, period, urn
from fuhua.kernel.flow import WrongState
from fuhua.schemes.actions import mentor_titles
from fuhua.schemes.models import Application, MentorTitle

ENGINE = urn.of("engine", "mentors")  # who moves titles as time passes
WARN_DAYS = 30  # so long before a title lapses its holder is warned (product default)


def page_url() -> str:
    """The page of gold mentors, to which notices lead."""
    return reverse("journey:mentors")


def awarded(*, application: str, by: str, at: dt.datetime) -> None:
    """The application (URN) was awarded: when it is one for gold mentors its applicant is listed. Again changes nothing."""
    row = Application.objects.filter(urn=application, call__kind=mentor_titles.KIND, state="awarded").first()
    if row is not None:
        mentor_titles.award(application=row, url=page_url(), by=by, at=at)


def keep_titles(*, by: str = ENGINE, at: dt.datetime) -> int:
    """Let every title follow its holder's sessions as of now (safe to repeat); returns how many moved or were warned."""
    rows = list(MentorTitle.objects.filter(state__in=["listed", "active"]).select_related("person").order_by("pk"))
    held = standings({row.person_id for row in rows})
    return chores.each(rows, lambda row: _keep(row, held[row.person_id].last if row.person_id in held else None, by, at))


def _keep(row: MentorTitle, last: dt.date | None, by: str, at: dt.datetime) -> int:
    """One title, its holder's last confirmed session being on the day ``last``."""
    today, url, moved = period.day(at), page_url(), 0
    lapses = lapses_on(row, last)
    try:
        if row.state == "listed" and last is not None and last >= row.since:
            mentor_titles.activate(title=row, day=last, url=url, by=by, at=at)
            moved += 1
        if today >= lapses:
            mentor_titles.lapse(title=row, since=idle_since(row, last), url=url, by=by, at=at)
            return moved + 1
    except WrongState:  # somebody restored or removed it meanwhile
        return moved
    if today >= lapses - dt.timedelta(days=WARN_DAYS):
        return moved + mentor_titles.warn(title=row, lapses=lapses, url=url, at=at)
    if row.warned_for is not None:
        mentor_titles.calm(title=row, at=at)
    return moved

"""The public list of gold mentors: name, scope, state and counts of sessions, and when a title lapses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.exchange.queries.mentoring import MentorStanding, standings
from fuhua.kernel.period import add_months
from fuhua.schemes.models import MentorTitle
from fuhua.schemes.queries import mentor_titles

IDLE_MONTHS = 6  # without a confirmed session a title is honorary only (measure 15: “inactivity expiry”; six is a product default)


@dataclass(frozen=True)
class Line:
    """One gold mentor: the title, what they coach, codes of their fields, and how they stand by confirmed sessions."""

    title: MentorTitle
    scope: str
    fields: list[str]
    standing: MentorStanding


def lines() -> list[Line]:
    """Every title that was not removed, active ones first; three queries."""
    rows = sorted(mentor_titles.titles().exclude(state="removed"), key=lambda row: row.state == "honorary")
    held = standings({row.person_id for row in rows})
    return [Line(row, str(row.application.values.get("scope") or ""), list(row.application.values.get("fields") or []),
                 held.get(row.person_id, MentorStanding())) for row in rows]


def idle_since(row: MentorTitle, last: dt.date | None) -> dt.date:
    """The day of the last confirmed session, or of the listing when there was none since."""
    return max(row.since, last) if last is not None else row.since


def lapses_on(row: MentorTitle, last: dt.date | None) -> dt.date:
    """The day from which the title is honorary unless a session is held before."""
    return add_months(idle_since(row, last), IDLE_MONTHS)

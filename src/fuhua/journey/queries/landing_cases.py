"""Reads of landing cases: one with its checklist, camp and activity; the board of all that a reader may see; a camp with who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Prefetch, QuerySet, When

from fuhua.desk.access import SEES
from fuhua.desk.models import Ask
from fuhua.desk.queries import asks
from fuhua.desk.words import OPEN
from fuhua.journey import access
from fuhua.journey.models import Activity, Attendance, Camp, CampSession, LandingCase
from fuhua.journey.words import LANDING_MONTHS, LIVE, STEPS
from fuhua.kernel import period
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.models import Call


@dataclass(frozen=True)
class Item:
    """One step of the checklist: its ask (None for a step that was never asked), how many working days it has taken, when it is due.

    ``left``: working days until it is due, below zero when that day is over; zero while its clock stands still.
    """

    step: str
    ask: Ask | None
    open: bool = False
    days: int = 0
    left: int = 0
    due: dt.date | None = None


def cases(who: Any) -> QuerySet[LandingCase]:
    """The cases that the reader may see, newest first."""
    found = access.CASES.filter(who, LandingCase.objects.all())
    rows = LandingCase.objects.filter(pk__in=found.values("pk"))
    return rows.select_related("person", "project", "owner", "host", "entity", "application__call").order_by("-pk")


def calls() -> QuerySet[Call]:
    """The published calls for a cross-border camp, newest first."""
    return Call.objects.filter(kind="cross_border_camp").exclude(state__in=["draft", "cancelled"]).order_by("-pk")


def due_month(row: LandingCase) -> int | None:
    """The month whose activity comes next: the first that is not confirmed yet; None before it landed and once all are."""
    if row.state not in ("provisional", "active"):
        return None
    done = set(Activity.objects.filter(case=row).exclude(confirmed_at=None).values_list("month", flat=True))
    return min(set(LANDING_MONTHS) - done, default=None)


def checklist(rows: Iterable[LandingCase], today: dt.date) -> dict[str, list[Item]]:
    """URN of a case → its steps in order, in one query for all of them."""
    wanted = [row.urn for row in rows]
    found = asks.about(wanted)
    return {urn: [_item(step, found.get(urn, []), today) for step in STEPS] for urn in wanted}


def _item(step: str, asked: list[Ask], today: dt.date) -> Item:
    ask = next((each for each in asked if each.kind == step), None)
    if ask is None:
        return Item(step, None)
    still = ask.state in OPEN
    last = today if still or ask.closed_at is None else period.day(ask.closed_at)
    days = period.working_days_between(period.day(ask.asked_at), last)
    clock, due = ask.clock, ask.promised
    if clock is not None and clock.name == "answer":
        due = clock.due
    runs = clock is None or (clock.stopped_at is None and clock.paused_since is None)
    return Item(step, ask, still, days, period.working_days_between(today, due) if runs else 0, due)


def late(rows: QuerySet[LandingCase], today: dt.date) -> QuerySet[Ask]:
    """The asks of these cases that are over their day (``due``) by a working day or more, those longest over it first.

    The day is that of the answer's clock, which moves on while the asker is waited for; as long as it stands still nothing is late.
    """
    found = Ask.objects.filter(about__in=rows.order_by().values("urn"), kind__in=list(STEPS), state__in=OPEN)
    running = found.filter(clock__stopped_at=None, clock__paused_since=None).annotate(
        due=Case(When(clock__name="answer", then="clock__due"), default="promised"))
    last = today if period.is_working_day(today) else period.add_working_days(today, -1)
    return running.filter(due__lt=last).select_related("asked", "handler", "owner", "waiting_on").order_by("due", "pk")


def readable(who: Any, found: Iterable[Ask]) -> frozenset[int]:
    """Ids of those asks whose page the reader may open."""
    rows = Ask.objects.filter(pk__in=[each.pk for each in found])
    return frozenset(SEES.filter(who, rows).values_list("pk", flat=True))


def counts(rows: QuerySet[LandingCase], field: str) -> dict[str, int]:
    """Value of ``field`` → how many of the rows."""
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk", distinct=True)))


def owners() -> QuerySet[Party]:
    """Whoever may look after a case: stewards and city officers, by name."""
    ties = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None,
                              office__in=access.CASE_OWNERS)
    return Party.objects.filter(pk__in=ties.values("target_id")).order_by("name", "pk")


@dataclass(frozen=True)
class Place:
    """One who takes part at one session: who said that they came."""

    session: CampSession
    attendance: Attendance | None


@dataclass(frozen=True)
class Participant:
    """A case of a camp with its place at every session."""

    case: LandingCase
    places: list[Place]

    @property
    def attended(self) -> int:
        """At how many sessions both sides say that they were."""
        return sum(bool(each.attendance and each.attendance.project_at and each.attendance.host_at) for each in self.places)


def sessions(camp: Camp) -> list[CampSession]:
    """The curriculum in order of time."""
    return list(camp.sessions.select_related("host").order_by("starts", "number"))


def participants(camp: Camp, curriculum: list[CampSession], rows: QuerySet[LandingCase]) -> list[Participant]:
    """Those of ``rows`` who take part in the camp and whose case goes on, each with their place at every session."""
    rows = rows.filter(application__call=camp.call_id, state__in=LIVE).select_related("person", "project").order_by("pk")
    found = rows.prefetch_related(Prefetch("attendances", Attendance.objects.order_by("pk")))
    return [_participant(row, curriculum) for row in found[:200]]


def _participant(row: LandingCase, curriculum: list[CampSession]) -> Participant:
    said = {each.session_id: each for each in row.attendances.all()}
    return Participant(row, [Place(each, said.get(each.pk)) for each in curriculum])


def own_places(row: LandingCase) -> list[Place]:
    """The case's place at every session of its camp."""
    curriculum = CampSession.objects.filter(camp__call=row.application.call_id).select_related("host").order_by("starts", "number")
    return _participant(row, list(curriculum)).places

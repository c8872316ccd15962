"""A cross-border call is decided within fifteen working days of closing: the clock warns, escalates, and stops with the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.actions import clocks
from fuhua.desk.models import Clock, Notice
from fuhua.kernel import period
from fuhua.schemes.actions import applications, calls
from fuhua.schemes.kinds.schemes import scheme_kinds
from schemes.rounds import NOON, Round


def a_closed(round_of: Callable[..., Round], kind: str = "cross_border_camp", **more: Any) -> Round:
    """A round whose call has just closed by the clock of the server."""
    found = round_of(applications=2, experts=0, kind=kind, state="open", closes_at=NOON - dt.timedelta(hours=1), **more)
    calls.close(call=found.call, **found.told)
    return found


def the_clock(found: Round) -> Clock | None:
    return Clock.objects.filter(about=found.call.urn, name="decide").first()


def test_gaps_mending_and_reviews_leave_time_to_decide() -> None:
    kinds = [each for each in scheme_kinds() if each.clocks.decide]
    assert [each.code for each in kinds] == ["cross_border_camp"]
    for each in kinds:
        assert each.clocks.gaps + each.clocks.mend + each.clocks.review < each.clocks.decide == 15


def test_the_decision_is_warned_of_and_escalates(round_of: Callable[..., Round]) -> None:
    clock = the_clock(a_closed(round_of))
    assert clock is not None
    assert (clock.due, clock.office) == (period.add_working_days(period.day(NOON), 15), "city_officer")
    kinds = []
    for days in (-3, 1, 2, 5):
        clocks.tick(at=period.noon(period.add_working_days(clock.due, days)))
        kinds.append(sorted(Notice.objects.filter(clock=clock).values_list("kind", flat=True)))
    assert kinds == [["before_3"], ["before_3", "breach"], ["before_3", "breach", "lead"], ["before_3", "breach", "coordinator", "lead"]]
    assert Notice.objects.get(clock=clock, kind="coordinator").office == "coordinator"


def test_a_kind_that_names_no_day_has_no_such_clock(round_of: Callable[..., Round]) -> None:
    assert the_clock(a_closed(round_of, "benchmark_incubator")) is None


def test_a_call_to_which_nobody_applied_has_nothing_to_decide(round_of: Callable[..., Round]) -> None:
    found = round_of(applications=0, experts=0, kind="cross_border_camp", state="open", closes_at=NOON - dt.timedelta(hours=1))
    calls.close(call=found.call, **found.told)
    assert the_clock(found) is None


@pytest.mark.parametrize("left", [0, 1])
def test_it_stops_once_nobody_is_left_to_decide_about(round_of: Callable[..., Round], left: int) -> None:
    found = a_closed(round_of)
    for row in found.applications[left:]:
        row.state = "submitted"
        row.save(update_fields=["state"])
        applications.withdraw(application=row, **found.told)
    clock = the_clock(found)
    assert clock is not None
    assert (clock.stopped_at is None) == bool(left)

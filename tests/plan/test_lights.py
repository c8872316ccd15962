"""Lights and forecasts: computed, explained, never green without evidence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuhua.evidence.proof.figure import INDICATORS, Figure
from fuhua.kernel.period import quarter_ends
from fuhua.plan.queries.lights import Course, light
from fuhua.plan.queries.linking import indicators
from fuhua.plan.twin.forecast import chance_of, fan

COURSE = Course(base=0, since=dt.date(2022, 1, 1), goal=100, until=dt.date(2026, 1, 1))
HALFWAY = dt.date(2024, 1, 1)


def spec():
    indicators()
    return INDICATORS["I8"]


def figure(counted: int, *, grade: int = 2, told: dt.date = HALFWAY, unsure: int = 0, contested: int = 0) -> Figure:
    found = Figure(amount=counted, counted=counted, unsure=unsure, contested=contested, told_on=Counter({told: counted or unsure}))
    found.grades[grade] = counted
    return found


def test_the_course_is_a_straight_line_from_the_baseline_to_the_goal():
    assert COURSE.expected(dt.date(2021, 1, 1)) == 0
    assert COURSE.expected(HALFWAY) == Fraction(100 * 730, 1461)
    assert COURSE.expected(dt.date(2030, 1, 1)) == 100


def test_a_late_course_asks_for_less_early_and_one_due_at_the_end_for_nothing_before_it():
    late, at_end = (Course(0, COURSE.since, 100, COURSE.until, shape) for shape in ("late", "at_end"))
    assert late.expected(HALFWAY) == Fraction(730, 1461) ** 2 * 100
    assert at_end.expected(HALFWAY) == 0
    assert late.expected(COURSE.until) == at_end.expected(COURSE.until) == 100


@pytest.mark.parametrize(("counted", "state"), [(50, "good"), (48, "good"), (47, "behind"), (38, "behind"), (37, "critical"),
                                                (0, "critical")])
def test_the_light_follows_from_the_share_of_what_is_due(counted, state):
    found = figure(counted)
    found.left_out = 1
    assert light(found, spec(), COURSE, HALFWAY).state == state


def test_without_any_evidence_the_light_says_so():
    assert light(Figure(), spec(), COURSE, HALFWAY).state == "unknown"


def test_evidence_that_does_not_decide_is_undetermined():
    assert light(Figure(unsure=3), spec(), COURSE, HALFWAY).state == "undetermined"


@pytest.mark.parametrize("weak", [
    figure(80, grade=0), figure(80, told=dt.date(2022, 6, 1)), figure(80, contested=1),
])
def test_weak_evidence_is_never_green_and_says_why(weak):
    found = light(weak, spec(), COURSE, HALFWAY)
    assert found.state == "behind"
    assert len(found.reasons) == 2


def test_what_is_not_decided_can_only_add_so_it_is_said_and_weighs_nothing():
    found = light(figure(80, unsure=1), spec(), COURSE, HALFWAY)
    assert (found.state, len(found.reasons)) == ("good", 2)


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_is_never_worse(one, more):
    order = ["critical", "behind", "good"]
    low, high = figure(one), figure(one + more)
    low.left_out = high.left_out = 1
    assert order.index(light(low, spec(), COURSE, HALFWAY).state) <= order.index(light(high, spec(), COURSE, HALFWAY).state)


HISTORY = [(day, index * index) for index, day in enumerate(quarter_ends(dt.date(2022, 1, 1), dt.date(2024, 12, 31)))]


def test_a_fan_widens_and_is_the_same_every_time():
    first = fan(HISTORY, dt.date(2025, 12, 31))
    assert first == fan(HISTORY, dt.date(2025, 12, 31))
    assert [each.on for each in first] == quarter_ends(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    widths = [each.high - each.low for each in first]
    assert widths == sorted(widths)
    assert all(each.low <= each.middle <= each.high for each in first)


def test_a_short_history_says_nothing_about_the_future():
    assert fan(HISTORY[:4], dt.date(2025, 12, 31)) == []
    assert chance_of(HISTORY[:4], dt.date(2025, 12, 31), 10) is None


def test_the_chance_falls_as_the_goal_rises():
    chances = [chance_of(HISTORY, dt.date(2025, 12, 31), goal) for goal in (0, 150, 160, 170, 10_000)]
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], chances[-1]) == (1.0, 0.0)


def test_an_unfinished_quarter_is_no_step_and_takes_its_share():
    steady = [(day, 10 * index) for index, day in enumerate(quarter_ends(dt.date(2023, 1, 1), dt.date(2024, 12, 31)))]
    begun = [*steady, (dt.date(2025, 2, 14), 70)]  # half of the quarter is over, nothing came yet
    assert [(each.on, each.low, each.high) for each in fan(begun, dt.date(2025, 6, 30))] == [
        (dt.date(2025, 3, 31), 75, 75), (dt.date(2025, 6, 30), 85, 85)]


def test_undetermined_quarters_are_gaps_not_zeros():
    days = quarter_ends(dt.date(2023, 1, 1), dt.date(2024, 12, 31))
    assert chance_of([(day, None) for day in days[:-1]] + [(days[-1], 300)], dt.date(2025, 12, 31), 1000) is None
    found = fan([(day, None if index < 2 else 300 + index) for index, day in enumerate(days)], dt.date(2025, 3, 31))
    assert [(each.low, each.high) for each in found] == [(308, 308)]


def test_the_chance_on_the_last_day_is_whether_it_is_reached():
    assert [chance_of(HISTORY, HISTORY[-1][0], goal) for goal in (121, 122)] == [1.0, 0.0]

"""Days, quarters, months and Chinese working days."""

from __future__ import annotations

import datetime as dt

import pytest

from fuhua.kernel import period

DAY = dt.date


@pytest.mark.parametrize(("start", "days", "end"), [
    (DAY(2025, 9, 30), 1, DAY(2025, 10, 9)),  # the National Day holiday of 2025 lasts eight days
    (DAY(2025, 1, 24), 1, DAY(2025, 1, 26)),  # a Sunday worked to make up for Spring Festival
    (DAY(2025, 1, 27), 1, DAY(2025, 2, 5)),
    (DAY(2025, 3, 7), 1, DAY(2025, 3, 10)),
    (DAY(2025, 3, 10), -1, DAY(2025, 3, 7)),
    (DAY(2025, 3, 8), 0, DAY(2025, 3, 8)),
])
def test_working_days_skip_holidays_and_count_make_up_days(start, days, end):
    assert period.add_working_days(start, days) == end


def test_a_year_without_a_published_calendar_falls_back_to_weekdays():
    assert period.is_working_day(DAY(2090, 1, 2)) is True
    assert period.is_working_day(DAY(2090, 1, 7)) is False


def test_the_fixed_days_of_the_law_are_free_in_years_that_are_not_published_yet():
    fixed = [DAY(2092, *each) for each in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))]
    assert [period.is_working_day(each) for each in fixed] == [False] * 6
    assert [period.is_holiday(each) for each in (*fixed, DAY(2092, 1, 2), DAY(2092, 1, 5))] == [True] * 6 + [False] * 2


def test_a_holiday_is_a_day_of_a_festivals_break_and_no_plain_weekend():
    days = [DAY(2025, 9, 27), DAY(2025, 9, 28), DAY(2025, 10, 4), DAY(2025, 10, 8), DAY(2025, 10, 9)]
    assert [period.is_holiday(each) for each in days] == [False, False, True, True, False]


def test_working_days_between_is_the_inverse_of_adding():
    start = DAY(2025, 9, 25)
    for days in range(12):
        assert period.working_days_between(start, period.add_working_days(start, days)) == days
    assert period.working_days_between(DAY(2025, 10, 9), DAY(2025, 9, 30)) == -1


def test_a_moment_late_in_the_evening_in_london_is_the_next_day_in_beijing():
    assert period.day(dt.datetime(2025, 12, 31, 17, tzinfo=dt.UTC)) == DAY(2026, 1, 1)


@pytest.mark.parametrize(("on", "months", "moved"), [
    (DAY(2024, 1, 31), 1, DAY(2024, 2, 29)), (DAY(2025, 1, 31), 1, DAY(2025, 2, 28)), (DAY(2025, 3, 31), -1, DAY(2025, 2, 28)),
    (DAY(2025, 12, 15), 1, DAY(2026, 1, 15)), (DAY(2025, 6, 30), 12, DAY(2026, 6, 30)),
])
def test_months_are_added_to_the_same_day_or_the_last_one(on, months, moved):
    assert period.add_months(on, months) == moved


def test_quarter_ends_from_one_day_to_another():
    assert period.quarter_ends(DAY(2024, 11, 5), DAY(2025, 6, 30)) == [DAY(2024, 12, 31), DAY(2025, 3, 31), DAY(2025, 6, 30)]
    assert period.quarter_name(DAY(2025, 4, 1)) == "2025Q2"

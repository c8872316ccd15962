"""Dates and periods: Asia/Shanghai days, quarters, months between, and Chinese working days."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})  # 全国年节及纪念日放假办法: whatever a year's notice will say


def day(at: dt.datetime) -> dt.date:
    """The calendar day in Beijing at an aware moment."""
    return at.astimezone(SHANGHAI).date()


def noon(on: dt.date) -> dt.datetime:
    """Noon in Beijing on a day: an aware moment that is on that day whatever the reader's zone."""
    return dt.datetime.combine(on, dt.time(12), SHANGHAI)


def end_of(on: dt.date) -> dt.datetime:
    """The last microsecond of a day in Beijing."""
    return dt.datetime.combine(on, dt.time.max, SHANGHAI)


def add_months(on: dt.date, months: int) -> dt.date:
    """``on`` moved by whole months, clipped to the month's last day (31 Jan + 1 = 28/29 Feb)."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def quarter_end(on: dt.date) -> dt.date:
    """The last day of the quarter in which ``on`` lies."""
    month = (on.month - 1) // 3 * 3 + 3
    return dt.date(on.year, month, monthrange(on.year, month)[1])


def quarter_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every quarter end from the quarter of ``first`` up to and including ``last``."""
    ends, end = [], quarter_end(first)
    while end <= last:
        ends.append(end)
        end = quarter_end(end + dt.timedelta(days=1))
    return ends


def quarter_name(on: dt.date) -> str:
    """``2025Q3`` for a day in it."""
    return f"{on.year}Q{(on.month + 2) // 3}"


def is_working_day(on: dt.date) -> bool:
    """Whether people work on this day in China: holidays and make-up days as published, else Monday to Friday but for the fixed days."""
    try:
        return bool(chinese_calendar.is_workday(on))
    except NotImplementedError:  # the State Council has not published that year's holidays yet
        return on.weekday() < 5 and not is_holiday(on)


def is_holiday(on: dt.date) -> bool:
    """Whether a festival's break covers this day in China, as published, else by the fixed days of the law; a plain weekend is none."""
    try:
        rest, festival = chinese_calendar.get_holiday_detail(on)
    except NotImplementedError:
        return (on.month, on.day) in _FIXED
    return bool(rest and festival)


def add_working_days(on: dt.date, days: int) -> dt.date:
    """The ``days``-th working day after (or, if negative, before) ``on``; 0 is ``on`` itself."""
    step = dt.timedelta(days=1 if days > 0 else -1)
    for _ in range(abs(days)):
        on += step
        while not is_working_day(on):
            on += step
    return on


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after ``first`` up to and including ``last``; negative when ``last`` is earlier."""
    if last < first:
        return -working_days_between(last, first)
    count, on = 0, first
    while on < last:
        on += dt.timedelta(days=1)
        count += is_working_day(on)
    return count

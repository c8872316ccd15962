"""Days and months by whole numbers, so that a compiled loop can count time as the terms of rules do."""

from __future__ import annotations

FINE = 10**6  # months are counted in millionths, as days before a date are: both stay whole


def civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of a proleptic Gregorian day number (1 is 0001-01-01)."""
    shifted = ordinal + 305  # days since 0000-03-01, so that leap days end a year
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * of_year + 2) // 153
    day = of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, day


def ordinal_of(year: int, month: int, day: int) -> int:
    """The day number of a date; a day after the month's last is clipped to the last."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (29 if leap else 28) if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    day = min(day, last)
    before = year - 1 if month <= 2 else year
    month_from_march = month - 3 if month > 2 else month + 9
    era = before // 400
    year_of_era = before - era * 400
    of_year = (153 * month_from_march + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year - 305


def fine_months(since: int, until: int) -> int:
    """Millionths of the months between two day numbers: whole months and 1/32 for each day over; days before count one each."""
    if until < since:
        return until - since
    year, month, day = civil(since)
    end_year, end_month, _end = civil(until)
    whole = (end_year - year) * 12 + end_month - month
    reached = ordinal_of(year + (month - 1 + whole) // 12, (month - 1 + whole) % 12 + 1, day)
    if reached > until:
        whole -= 1
        reached = ordinal_of(year + (month - 1 + whole) // 12, (month - 1 + whole) % 12 + 1, day)
    return whole * FINE + (until - reached) * (FINE // 32)

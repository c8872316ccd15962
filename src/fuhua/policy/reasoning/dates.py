"""Time as a term: from one date to another, or to the day of judging, in whole units and an order of what is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fuhua.kernel.period import add_months
from fuhua.policy.reasoning.terms import Exact, Range, Sight, Term


@dataclass(frozen=True, eq=False)
class Elapsed(Term):
    """Time from one date to another (or to the day of judging), whole ``unit`` and a fraction for the days over.

    The fraction keeps order only: 24 months and one day is more than 24, and less than 25.
    """

    since: Any  # an Input of kind date
    unit: str  # days, months, years
    until: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.since, *([self.until] if self.until is not None else [])))

    def range(self, sight: Sight) -> Range:
        latest, earliest = sight.range(self.since)[::-1]
        first, last = (sight.on.toordinal(),) * 2 if self.until is None else sight.range(self.until)
        return elapsed(latest, first, self.unit), elapsed(earliest, last, self.unit)


def elapsed(since: int, until: int, unit: str) -> Exact:
    """Days, months or years between two day numbers, exact in order; negative when ``until`` comes first."""
    if unit == "days":
        return until - since
    if until < since:
        return Fraction(until - since, 10**6)
    months = _months(dt.date.fromordinal(since), dt.date.fromordinal(until))
    return months if unit == "months" else Fraction(months) / 12


def _months(since: dt.date, until: dt.date) -> Fraction:
    whole = (until.year - since.year) * 12 + until.month - since.month
    if add_months(since, whole) > until:
        whole -= 1
    return whole + Fraction((until - add_months(since, whole)).days, 32)


@dataclass(frozen=True, eq=False)
class MonthsOn(Term):
    """Calendar months from the month of a date to the month of the day of judging: 0 in the same month, 1 in the next."""

    since: Any  # an Input of kind date
    unit: str = "months"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.since,))

    def range(self, sight: Sight) -> Range:
        first, last = sight.range(self.since)
        return self._to(sight.on, last), self._to(sight.on, first)

    @staticmethod
    def _to(on: dt.date, ordinal: int) -> int:
        since = dt.date.fromordinal(ordinal)
        return (on.year - since.year) * 12 + on.month - since.month

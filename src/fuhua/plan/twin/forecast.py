"""Where a figure may stand at its deadline: past quarterly steps drawn again and again, with a band and no false precision."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from fuhua.kernel.period import add_months, quarter_end, quarter_ends

DRAWS = 500
FEWEST_STEPS = 4


@dataclass(frozen=True)
class Fan:
    """The 10th, 50th and 90th percentile of the imagined figure on a day."""

    on: dt.date
    low: int
    middle: int
    high: int


def fan(history: Sequence[tuple[dt.date, int | None]], until: dt.date, *, seed: int = 1) -> list[Fan]:
    """A fan from the last point of ``history`` to the quarter end of ``until``.

    ``history`` is quarter ends with their figures (None while undetermined) and may end on a day within a quarter.
    Steps are drawn from the past ones, the latest eight twice as likely, since pace changes. Fewer than
    FEWEST_STEPS steps say nothing about the future: the answer is empty. The same input gives the same fan.
    """
    days, paths = _imagined(history, until, seed)
    return [Fan(day, *_percentiles([path[index] for path in paths])) for index, day in enumerate(days)] if paths else []


def chance_of(history: Sequence[tuple[dt.date, int | None]], until: dt.date, goal: int, *, seed: int = 1) -> float | None:
    """The share of imagined paths that reach ``goal`` by ``until``; None when the history is too short to say."""
    _days, paths = _imagined(history, until, seed)
    if not paths:
        return None
    last = history[-1][1] or 0
    return sum((path[-1] if path else last) >= goal for path in paths) / DRAWS


def _imagined(history: Sequence[tuple[dt.date, int | None]], until: dt.date, seed: int) -> tuple[list[dt.date], list[list[int]]]:
    """The quarter ends ahead and DRAWS paths over them; no path when the history is too short to say.

    What is left of an unfinished quarter takes its share of a whole quarter's step.
    """
    steps = _steps(history)
    if len(steps) < FEWEST_STEPS or history[-1][1] is None:
        return [], []
    last_day, last = history[-1]
    days = [day for day in quarter_ends(last_day, until) if day > last_day]
    shares = [_left(last_day) if day == quarter_end(last_day) else Fraction(1) for day in days]
    pool = steps + steps[-8:]
    chance = random.Random(seed)  # noqa: S311 - imagination, not a secret
    paths = []
    for _ in range(DRAWS):
        value, path = last, []
        for share in shares:
            value += round(chance.choice(pool) * share)
            path.append(value)
        paths.append(path)
    return days, paths


def _steps(history: Sequence[tuple[dt.date, int | None]]) -> list[int]:
    """What each whole quarter added: from one quarter's end to the next, both of them determined."""
    return [after - before for (earlier, before), (later, after) in pairwise(history)
            if before is not None and after is not None and earlier == quarter_end(earlier)
            and later == quarter_end(earlier + dt.timedelta(days=1))]


def _left(on: dt.date) -> Fraction:
    """The share of its quarter that is still ahead on a day."""
    end = quarter_end(on)
    return Fraction((end - on).days, (end - quarter_end(add_months(on, -3))).days)


def _percentiles(values: list[int]) -> tuple[int, int, int]:
    ordered = sorted(values)
    return ordered[DRAWS // 10], ordered[DRAWS // 2], ordered[DRAWS * 9 // 10]

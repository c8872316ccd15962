"""Where a figure may stand at its deadline: past quarterly steps drawn again and again, with a band and no false precision."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fuhua.kernel.period import quarter_ends

DRAWS = 500
FEWEST_STEPS = 4


@dataclass(frozen=True)
class Fan:
    """The 10th, 50th and 90th percentile of the imagined figure on a day."""

    on: dt.date
    low: int
    middle: int
    high: int


def fan(history: Sequence[tuple[dt.date, int]], until: dt.date, *, seed: int = 1) -> list[Fan]:
    """A fan from the last point of ``history`` (quarter ends with their figures) to the quarter end of ``until``.

    Steps are drawn from the past ones, the latest eight twice as likely, since pace changes. Fewer than
    FEWEST_STEPS steps say nothing about the future: the answer is empty. The same input gives the same fan.
    """
    steps = [after[1] - before[1] for before, after in pairwise(history)]
    if len(steps) < FEWEST_STEPS:
        return []
    last_day, last = history[-1]
    days = [day for day in quarter_ends(last_day, until) if day > last_day]
    pool = steps + steps[-8:]
    chance = random.Random(seed)  # noqa: S311 - imagination, not a secret
    paths = []
    for _ in range(DRAWS):
        value, path = last, []
        for _day in days:
            value += chance.choice(pool)
            path.append(value)
        paths.append(path)
    return [Fan(day, *_percentiles([path[index] for path in paths])) for index, day in enumerate(days)]


def chance_of(history: Sequence[tuple[dt.date, int]], until: dt.date, goal: int, *, seed: int = 1) -> float | None:
    """The share of imagined paths that reach ``goal`` by ``until``; None when the history is too short to say."""
    steps = [after[1] - before[1] for before, after in pairwise(history)]
    if len(steps) < FEWEST_STEPS:
        return None
    last_day, last = history[-1]
    left = sum(day > last_day for day in quarter_ends(last_day, until))
    pool = steps + steps[-8:]
    chance = random.Random(seed)  # noqa: S311
    return sum(last + sum(chance.choice(pool) for _ in range(left)) >= goal for _ in range(DRAWS)) / DRAWS


def _percentiles(values: list[int]) -> tuple[int, int, int]:
    ordered = sorted(values)
    return ordered[DRAWS // 10], ordered[DRAWS // 2], ordered[DRAWS * 9 // 10]

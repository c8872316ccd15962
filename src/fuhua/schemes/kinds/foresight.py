"""How well a round's ranking foresaw what came of it: the rank correlation with an interval, without false precision."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation

FEWEST = 5
_DRAWS = 2_000
_TAIL = 25  # per mille cut off at either end


@dataclass(frozen=True)
class Foresight:
    """Spearman's rank correlation of ``n`` pairs with the middle 95 % of its bootstrap; None where nothing can be said."""

    n: int
    rho: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def says(self) -> bool:
        """Whether the interval leaves out zero: only then the ranking foresaw anything."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def foresight(pairs: Sequence[tuple[float, float]]) -> Foresight:
    """The rank correlation of (score then, outcome now); below five pairs, or when all are alike, only their number.

    The bootstrap draws with a fixed seed: the same pairs always give the same interval.
    """
    rho = _ranked(pairs) if len(pairs) >= FEWEST else None
    if rho is None:
        return Foresight(len(pairs))
    dice = random.Random(len(pairs))  # noqa: S311 - a figure that can be made again, no secret
    found = sorted(each for _draw in range(_DRAWS) if (each := _ranked(dice.choices(pairs, k=len(pairs)))) is not None)
    cut = len(found) * _TAIL // 1_000
    return Foresight(len(pairs), rho, found[cut], found[-1 - cut])


def _ranked(pairs: Sequence[tuple[float, float]]) -> float | None:
    try:
        return correlation(_ranks([then for then, _now in pairs]), _ranks([now for _then, now in pairs]))
    except StatisticsError:
        return None


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(values)
    return [(bisect_left(order, each) + bisect_right(order, each) + 1) / 2 for each in values]

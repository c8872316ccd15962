"""How a grant is split into tranches and what a milestone makes of one: exact, in integer fen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from fuhua.schemes.kinds.spec import MILLION


def split(total: int, on_signing: int, weights: Sequence[int]) -> tuple[int, ...]:
    """``total`` fen as what is paid on signing and then for each milestone; the parts sum to ``total`` exactly.

    ``on_signing`` and ``weights`` are parts per million; the weights sum to a million, or there are none and all is paid on signing.
    Raises ``ValueError`` otherwise.
    """
    if sum(weights) != (MILLION if on_signing < MILLION else 0):
        raise ValueError("the weights do not make up the whole")
    first = total * on_signing // MILLION
    bounds = [(total - first) * reached // MILLION for reached in accumulate(weights, initial=0)]
    return first, *(upper - lower for lower, upper in pairwise(bounds))


def share(reached: int, least: int) -> Fraction:
    """How much of what was agreed was reached: an exact fraction from 0 to 1."""
    return min(Fraction(max(reached, 0), least), Fraction(1))


def owed(amount: int, part: Fraction) -> int:
    """What is paid of ``amount`` fen for that part of a milestone, in whole fen, never rounded up."""
    return int(amount * part)


def parts_per_million(part: Fraction) -> int:
    """The fraction in parts per million, rounded down."""
    return int(part * MILLION)

"""What a supplier asks for a quantity: a price ladder, a fixed cost, a least and a most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Rung:
    """From ``start`` pieces on, ``price`` (a whole number of the smallest unit of money) for one piece."""

    start: int
    price: int


@dataclass(frozen=True)
class Offer:
    """One supplier's offer for one thing.

    ``ladder``: rungs by ascending ``start``. With an all-units discount the rung reached prices every piece; when ``incremental``,
    each rung prices the pieces from it up to the next. ``fixed`` (tooling) is paid once if anything is bought. ``least`` (MOQ) and
    ``most`` (capacity, None for any) bound what can be bought, and nothing below the first rung can. ``days``: lead time.
    """

    name: str
    ladder: tuple[Rung, ...]
    fixed: int = 0
    least: int = 1
    most: int | None = None
    incremental: bool = False
    days: int = 0

    def __post_init__(self) -> None:
        starts = [rung.start for rung in self.ladder]
        if not starts or starts[0] < 1 or any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError("a ladder has rungs that rise from 1 or more")
        if self.fixed < 0 or any(rung.price < 0 for rung in self.ladder):
            raise ValueError("prices and fixed costs are not negative")

    @property
    def smallest(self) -> int:
        """The least that can be bought."""
        return max(self.least, self.ladder[0].start)

    def sells(self, quantity: int) -> bool:
        """Whether that many can be bought."""
        return self.smallest <= quantity and (self.most is None or quantity <= self.most)

    def cost(self, quantity: int) -> int:
        """What ``quantity`` pieces cost with the fixed part; nothing for none. ``ValueError`` when they are not sold."""
        if quantity == 0:
            return 0
        if not self.sells(quantity):
            raise ValueError(quantity)
        return self.fixed + sum(pieces * price for pieces, price in self.pieces(quantity))

    def pieces(self, quantity: int) -> list[tuple[int, int]]:
        """How ``quantity`` is priced: (pieces, price of one), by rung."""
        reached = [rung for rung in self.ladder if rung.start <= quantity]
        if not self.incremental:
            return [(quantity, reached[-1].price)]
        ends = [*(rung.start - 1 for rung in reached[1:]), quantity]
        starts = [0, *(rung.start - 1 for rung in reached[1:])]
        return [(end - start, rung.price) for rung, start, end in zip(reached, starts, ends, strict=True)]

    def segments(self, top: int) -> Iterator[tuple[int, int]]:
        """The stretches (first, last) up to ``top`` on each of which the cost of one more piece is the same."""
        top = top if self.most is None else min(top, self.most)
        ends = [*(rung.start - 1 for rung in self.ladder[1:]), top]
        for rung, end in zip(self.ladder, ends, strict=True):
            first, last = max(rung.start, self.smallest), min(end, top)
            if first <= last:
                yield first, last

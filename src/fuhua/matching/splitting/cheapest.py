"""The cheapest way to split an order over suppliers, exactly.

On every stretch between two price breaks a supplier's cost is a straight line. So among the splits that use given stretches one of
the cheapest has every supplier but at most one at an end of its stretch: were two strictly inside, moving pieces from one to the
other changes the cost by a straight line, which is nowhere lower inside than at an end. It is therefore enough to try the ends of
stretches for all suppliers, with at most one of them taking what is left over. These are tried one supplier after another; of the
ways that came to the same quantity with as many suppliers only the cheapest is kept, and a way is dropped when even the lowest price
per piece that a supplier still has could not bring it below the best split known. All numbers are whole: no cost is rounded.

Suppliers that sell nearly one lot only leave no such short cut: which of them add up is then as hard as any such puzzle. After
:data:`MOST` ways the search goes on with the most promising alone, and says that what it found is not ``proved``.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from fuhua.matching.splitting.offers import Offer

MOST = 100_000  # ways that are followed in all before only the most promising are
_KEPT = 200
_NOBODY = -1
_FINE = 40  # bits by which prices per piece are finer than the smallest unit of money; rounded down they stay a bound


class TooManyWays(Exception):
    """None of the ways that were followed made the quantity, and there are more than could be followed."""


@dataclass(frozen=True)
class Split:
    """Which supplier delivers how many (``parts``, by name, none of them zero), what it costs, and whether nothing can be cheaper."""

    parts: tuple[tuple[str, int], ...]
    cost: int
    proved: bool = True

    @property
    def quantity(self) -> int:
        """How many pieces in all."""
        return sum(pieces for _name, pieces in self.parts)


@dataclass(frozen=True)
class _Way:
    """A split not finished yet: ``done`` pieces of ``used`` suppliers; ``rest`` (an index) will take what is left over."""

    cost: int = 0
    done: int = 0
    used: int = 0
    rest: int = _NOBODY
    parts: tuple[tuple[str, int], ...] = ()


def cheapest(
    quantity: int, offers: Sequence[Offer], *, most: int | None = None, days: int | None = None, surplus: bool = False,
) -> Split | None:
    """The cheapest split of ``quantity`` pieces, or None when the suppliers cannot make it.

    ``most``: at most so many suppliers. ``days``: only those that deliver within so many days. ``surplus``: buying more than asked
    is allowed, as a price break or a least quantity can make that cheaper. Raises ``ValueError`` for a quantity below 1, and
    :class:`TooManyWays`.
    """
    if quantity < 1:
        raise ValueError("an order is for one piece or more")
    return _Search(quantity, [each for each in offers if days is None or each.days <= days], most, surplus).run()


def alone(quantity: int, offer: Offer, *, days: int | None = None) -> int | None:
    """What the whole order costs at one supplier, None where it cannot be had there (in time)."""
    return offer.cost(quantity) if offer.sells(quantity) and (days is None or offer.days <= days) else None


class _Search:
    """One search: the best finished split so far, and the lowest price per piece by which unfinished ones are dropped."""

    def __init__(self, quantity: int, offers: list[Offer], most: int | None, surplus: bool) -> None:
        self.quantity, self.surplus = quantity, surplus
        self.counted = most is not None and most < len(offers)
        self.limit = len(offers) if most is None else most
        ends = {each: self._ends(each) for each in offers}
        rates = {each: min((each.cost(end) << _FINE) // end for end in ends[each]) for each in offers if ends[each]}
        self.offers = sorted(rates, key=lambda each: rates[each])
        self.ends, self.rates = [ends[each] for each in self.offers], [rates[each] for each in self.offers]
        self.rooms = [each[-1] for each in self.ends]  # the most that is worth buying there
        self.room = [[0, *accumulate(sorted(self.rooms[index:], reverse=True))] for index in range(len(self.offers) + 1)]
        self.best: Split | None = None
        self.proved, self.followed = True, 0

    def _ends(self, offer: Offer) -> list[int]:
        top = max(self.quantity, offer.smallest, offer.ladder[-1].start) if self.surplus else self.quantity
        return sorted({end for stretch in offer.segments(top) for end in stretch})

    def run(self) -> Split | None:
        self._fill()
        ways = [_Way()] if self.limit > 0 else []
        for index, offer in enumerate(self.offers):
            found: dict[tuple[int, int, int], _Way] = {}
            for way in ways:
                for further in (way, *self._further(way, index, offer)):
                    self._weigh(found, further, index)
            ways = self._promising(list(found.values()), index)
        if self.best is None and not self.proved:
            raise TooManyWays
        return self.best and replace(self.best, proved=self.proved)

    def _promising(self, ways: list[_Way], index: int) -> list[_Way]:
        """All of the ways, or once too many were followed those that may come out cheapest."""
        self.followed += len(ways)
        if self.followed <= MOST or len(ways) <= _KEPT:
            return ways
        self.proved = False
        return heapq.nsmallest(_KEPT, ways, key=lambda way: self._floor(way, self.quantity - way.done, index) or 0)

    def _fill(self) -> None:
        """A first split to beat: as much as each sells, the cheapest per piece first."""
        left, cost, parts = self.quantity, 0, []
        for offer in self.offers:
            taken = left if offer.most is None else min(left, offer.most)
            if left and len(parts) < self.limit and offer.sells(taken):
                cost, left = cost + offer.cost(taken), left - taken
                parts.append((offer.name, taken))
        if not left:
            self._finish(cost, tuple(parts))

    def _further(self, way: _Way, index: int, offer: Offer) -> list[_Way]:
        """The way with each end of a stretch of ``offer``, and with ``offer`` as the one that takes what is left over."""
        if way.used == self.limit:
            return []
        found = [_Way(way.cost + offer.cost(end), way.done + end, way.used + 1, way.rest, (*way.parts, (offer.name, end)))
                 for end in self.ends[index]]
        return found if way.rest != _NOBODY else [*found, _Way(way.cost, way.done, way.used + 1, index, way.parts)]

    def _weigh(self, found: dict[tuple[int, int, int], _Way], way: _Way, index: int) -> None:
        """Finish the way if it can be, and keep it if it can still win."""
        left = self.quantity - way.done
        if way.rest == _NOBODY:
            if left == 0 or (left < 0 and self.surplus):
                self._finish(way.cost, way.parts)
        elif left > 0 and self.offers[way.rest].sells(left):
            rest = self.offers[way.rest]
            self._finish(way.cost + rest.cost(left), (*way.parts, (rest.name, left)))
        key = (way.done, way.used if self.counted else 0, way.rest)
        if key in found and found[key].cost <= way.cost:
            return
        if left > 0 and self._can_end(way, left, index) and self._may_win(way, left, index):
            found[key] = way

    def _can_end(self, way: _Way, left: int, index: int) -> bool:
        """Whether as many suppliers as are still allowed have room for what is left."""
        allowed = min(self.limit - way.used, len(self.offers) - index - 1)
        return left <= self.room[index + 1][allowed] + (self.rooms[way.rest] if way.rest != _NOBODY else 0)

    def _may_win(self, way: _Way, left: int, index: int) -> bool:
        """Whether the suppliers still to be asked could bring the way below the best."""
        floor = self._floor(way, left, index)
        return floor is not None and (self.best is None or floor < self.best.cost << _FINE)

    def _floor(self, way: _Way, left: int, index: int) -> int | None:
        """What the way costs at least, finely, were each supplier as cheap per piece as it ever is; None if all have too little.

        They stand in the order of that price; whoever takes the rest was met earlier, so comes first.
        """
        floor = way.cost << _FINE
        for each in ([way.rest] if way.rest != _NOBODY else []) + list(range(index + 1, len(self.offers))):
            taken = min(left, self.rooms[each])
            floor += taken * self.rates[each]
            left -= taken
            if left == 0:
                return floor
        return None

    def _finish(self, cost: int, parts: tuple[tuple[str, int], ...]) -> None:
        if self.best is None or cost < self.best.cost:
            self.best = Split(parts, cost)

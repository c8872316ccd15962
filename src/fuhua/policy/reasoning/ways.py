"""Ways: the cheapest change that turns a verdict into yes, proved cheapest, and what a step too far would lose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from operator import ge, itemgetter, mul
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.conditions import All, Cases, Compare, Condition, Leaf, Some
from fuhua.policy.reasoning.hindrance import why_not
from fuhua.policy.reasoning.inputs import LAST_DAY, Change, Input
from fuhua.policy.reasoning.profile import settled
from fuhua.policy.reasoning.questions import alone, cliffs, room_of
from fuhua.policy.reasoning.reach import (
    UP,
    Aim,
    Ground,
    Lever,
    Steps,
    after,
    enough,
    holds,
    lines_of,
    worst,
)
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Bands, Exact, Least, Most, Points, Sight, Sum, Term
from fuhua.policy.reasoning.verdict import judge

__all__ = ["Costs", "Nearest", "Way", "alone", "applied", "cliffs", "nearest"]

Costs = Mapping[str, Change | None]
MOST_STATES = 4_000
NEVER = 10**40
ANY_GAIN = 10**40
Menu = tuple[tuple[Any, int], ...]


@dataclass(frozen=True)
class Way:
    """A set of changes that turns the verdict: new stored values, what they cost in fen, and the first possible day.

    ``before`` holds the old stored values (the worst of a range); ``not_before`` is None when it can be done today.
    """

    changes: tuple[tuple[Input, int], ...]
    before: Mapping[str, int]
    cost: int
    not_before: dt.date | None = None


@dataclass(frozen=True)
class Nearest:
    """The ways to yes, cheapest first; none of them contains another.

    ``proved`` is True when the first is the cheapest of all. Without a way, ``why`` says what stands against it.
    """

    ways: tuple[Way, ...]
    proved: bool
    why: Text | None = None


def applied(known: Mapping[str, Any], way: Way) -> dict[str, Any]:
    """The profile after the changes of a way."""
    return {**known, **{one.name: (value, value) for one, value in way.changes}}


def nearest(
    rule: Rule,
    known: Mapping[str, Any],
    on: dt.date,
    tables: Mapping[str, Exact] | None = None,
    costs: Costs | None = None,
    *,
    level: str | None = None,
    most: int = 3,
) -> Nearest:
    """The cheapest ways by which this subject would be eligible (or reach ``level``), within the edition of the day.

    Inputs move in whole steps, in their direction, at the cost that ``costs`` (else the input) gives; those without a
    cost stay. What is unknown counts at its worst, so a way is sure. Time passes at no cost and ranks last.
    """
    known = settled(known, on)
    edition = rule.edition(rule.chosen_by.day(known, on))
    if edition is None:
        return Nearest((), True, judge(rule, known, on, tables).why)
    goal = _goal(edition, level)
    if goal is None:
        return Nearest((), True, t("{day} 适用的版本没有这个等级", "the edition of {day} has no such level").format(day=on))
    search = _Search(rule, edition, goal, Sight(known, on, tables), costs or {})
    ways, proved = search.run(most)
    return Nearest(ways, proved, None if ways else why_not(judge(rule, known, on, tables), goal, search.ground, finished=search.finished))


def _goal(edition: Edition, level: str | None) -> Condition | None:
    if level is None:
        return edition.whole
    wanted = next((each.conditions for each in edition.levels if each.key == level), None)
    return None if wanted is None else All((edition.conditions, wanted))


@dataclass(order=True)
class _State:
    """A point of the search; ``least``: no yes beyond it costs less. Of equal ones the sooner, then by ``turn``."""

    least: int
    days: int
    turn: int
    tie: int
    steps: Steps = field(compare=False)
    cost: int = field(compare=False)
    weighed: bool = field(compare=False, default=False)


class _Search:
    """Best first over the changes, each leading to the next point without which no clause or line of a table is reached.

    States come off the heap in the order of their cost and the least that is still to be paid, so the first yes is the
    cheapest; that is proved unless the mixes of several inputs were too many to follow and the bound does not meet it.
    """

    def __init__(self, rule: Rule, edition: Edition, goal: Condition, sight: Sight, costs: Costs) -> None:
        self.goal, self.inputs = goal, []
        levers = []
        for one in edition.inputs:
            change = costs.get(one.name, one.change) if one.changeable else None
            start = _start(one, change, sight)
            if change is not None and start is not None:
                step = change.step if change.up else -change.step
                levers.append(Lever(one.name, start, step, room_of(one, start, step), change.cost))
                self.inputs.append(one)
        self.ground = Ground(sight, levers, _days(rule, edition, sight))
        self.prices = Prices(self.ground)
        self.paid = all(lever.cost > 0 for lever in levers)
        self.finished = True

    def run(self, most: int) -> tuple[tuple[Way, ...], bool]:
        """The ways, cheapest first, and whether the first is proved cheapest."""
        tie, ground, start = count(), self.ground, self.ground.origin
        heap, seen = [_State(0, 0, 0, next(tie), start, 0)], {start}
        found: list[_State] = []
        sure = False
        for _ in range(MOST_STATES):
            if not heap or len(found) == most:
                break
            state = heappop(heap)
            if any(_beyond(state.steps, other.steps) for other in found):
                continue
            if ground.state(self.goal, state.steps) is True:
                sure = sure if found else ground.sure  # what is left out later would cost more than the first
                found.append(state)
            elif not state.weighed:
                self._weigh(state, heap)
            else:
                for jump in ground.jumps(self.goal, state.steps):
                    there = after(state.steps, jump)
                    if there not in seen:
                        seen.add(there)
                        cost = sum(map(mul, there, ground.cost))
                        turn = -cost if self.paid else sum(there)  # the furthest is nearest to a yes; what is free could be too far
                        heappush(heap, _State(max(state.least, cost), there[0], turn, next(tie), there, cost))
        self.finished = not heap or len(found) == most
        sure = (sure or found[0].cost <= self.prices.of(self.goal, start)) if found else ground.sure and not heap
        return tuple(self._way(state) for state in found if any(state.steps)), sure

    def _weigh(self, state: _State, heap: list[_State]) -> None:
        """Put a state back with the least that a yes beyond it costs, or drop it when there is none."""
        still = self.prices.of(self.goal, state.steps)
        if still < NEVER:
            state.weighed, state.least = True, max(state.least, state.cost + still)
            heappush(heap, state)

    def _way(self, state: _State) -> Way:
        ground = self.ground
        gone = [(one, lever, n) for one, lever, n in zip(self.inputs, ground.levers, state.steps[1:], strict=True) if n]
        changes = tuple((one, lever.start + n * lever.step) for one, lever, n in gone)
        day = ground.sight.on + dt.timedelta(days=state.days) if state.days else None
        return Way(changes, {one.name: lever.start for one, lever, _n in gone}, state.cost, day)


def _days(rule: Rule, edition: Edition, sight: Sight) -> int:
    """How long one can wait within the edition."""
    last = dt.date.fromordinal(LAST_DAY)
    fixed = rule.chosen_by.of is not None and rule.chosen_by.day(sight.known, last) != last
    return ((last if fixed or edition.until is None else edition.until) - sight.on).days


def _start(one: Input, change: Change | None, sight: Sight) -> int | None:
    """The value an input moves from: its worst, seen from its direction; None when it is not known and not judged."""
    if change is None or (one.name not in sight.known and not one.judged):
        return None
    low, high = sight.known.get(one.name) or (one.low, one.high)
    return low if change.up else high


def _beyond(steps: Steps, other: Steps) -> bool:
    """Whether every change of ``other`` is contained in ``steps``."""
    return all(map(ge, steps, other))


class Prices:
    """The least that must still be paid until a condition holds: never more than the truth, so a search may trust it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._seen: dict[Any, Any] = {}

    def of(self, node: Condition, steps: Steps) -> int:
        """Fen; :data:`NEVER` when nothing that can move makes it hold."""
        if self.ground.state(node, steps) is True:
            return 0
        key = self.ground.key(node, steps)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._of_leaf(node, steps) if isinstance(node, Leaf) else self._of_nodes(node, steps)
        return found

    def _of_nodes(self, node: Condition, steps: Steps) -> int:
        ground = self.ground
        if isinstance(node, Some):
            prices = sorted(self.of(inner, steps) for inner in ground.live(node))  # those that hold are free
            return prices[node.least - 1] if len(prices) >= node.least else NEVER
        if isinstance(node, Cases):
            here = max((self.of(inner, steps) for inner in ground.chosen(node, steps)), default=0)
            return min([here, *(self.aim(aim, steps) for aim in ground.turning(node, steps))])
        prices = sorted(((self.of(inner, steps), inner) for inner in ground.live(node)), key=itemgetter(0), reverse=True)
        total, used = 0, set()
        for price, inner in prices:  # what uses other inputs is paid for separately
            if price and used.isdisjoint(ground.places(inner)):
                total += price
                used.update(ground.places(inner))
        return min(total, NEVER)

    def _of_leaf(self, leaf: Leaf, steps: Steps) -> int:
        if isinstance(leaf, Compare):
            return self.aim(self.ground.aim(leaf, steps, worst(leaf), leaf.op), steps)
        return min((self.ground.cost[place] for jump in self.ground.jumps(leaf, steps) for place, _n in jump), default=NEVER)

    def aim(self, aim: Aim, steps: Steps) -> int:
        """The least price of reaching an aim."""
        ground = self.ground
        if ground.met(aim, steps):
            return 0
        if not ground.places(aim[0]):
            return NEVER
        key = ground.key(aim[0], steps, *aim[1:])
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._aim(aim, steps)
        return found

    def _aim(self, aim: Aim, steps: Steps) -> int:
        ground = self.ground
        of, end, op, edge = aim
        parts = ground.split(aim, steps)
        if parts is not None:
            any_will_do, aims = parts
            return (min if any_will_do else max)((self.aim(each, steps) for each in aims), default=NEVER)
        line = ground.line(aim, steps)
        if line is not None:
            return self._along(*line, op, steps)
        if isinstance(of, Sum):
            here = ground.range(of, steps)[end]
            strict, lacks = op in (">", "<"), abs(edge - here)
            menu = self.menu(of, end, op in UP, steps)
            return next((price for gain, price in menu if gain > lacks or (gain == lacks and not strict)), NEVER)
        return 0

    def _along(self, lacks: Any, gains: list[tuple[int, Any]], op: str, steps: Steps) -> int:
        cost, room = self.ground.cost, self.ground.room
        strict, most = op in (">", "<"), sum((room[place] - steps[place]) * gain for place, gain in gains)
        if not gains or most < lacks or (strict and most == lacks):
            return NEVER
        (big, gain), *others = sorted(gains, key=itemgetter(1), reverse=True)
        alone = min(enough(lacks, gain, strict), room[big] - steps[big])
        if not others:
            return alone * cost[big]
        unit = min(Fraction(cost[place]) / by for place, by in others)
        if alone > 16:  # many steps: whole ones or not makes little difference
            return max(_up(min(unit, Fraction(cost[big]) / gain) * lacks), min(cost[place] for place, _by in gains))
        least = min(cost[place] for place, _by in others)
        rests = [(n * cost[big], lacks - n * gain) for n in range(alone + 1)]
        return min(paid + (max(_up(unit * rest), least) if rest > 0 or (strict and rest == 0) else 0) for paid, rest in rests)

    def menu(self, of: Term, end: int, rising: bool, steps: Steps) -> Menu:
        """What moving one end of a term costs at the least: (gain, fen), each dearer than the one before and worth more."""
        if not self.ground.places(of):
            return ()
        key = self.ground.key(of, steps, end, rising)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = _thrifty(self._menu(of, end, rising, steps))
        return found

    def _menu(self, of: Term, end: int, rising: bool, steps: Steps) -> Iterable[tuple[Any, int]]:
        ground, op = self.ground, ">" if rising else "<"
        here = ground.range(of, steps)[end]
        if isinstance(of, Points):
            return self.menu(of.of, end, rising, steps)
        if isinstance(of, Bands):
            return self._offers(of, end, rising, steps)
        if isinstance(of, Most | Least):
            inner = [(abs(ground.range(part, steps)[end] - here), self.menu(part, end, rising, steps)) for part in of.parts]
            if isinstance(of, Most) is rising:
                return [(gain - behind, price) for behind, menu in inner for gain, price in menu if gain > behind]
            return min((menu for behind, menu in inner if not behind), key=lambda menu: menu[-1][0] if menu else 0)
        line = ground.line((of, end, op, here), steps)
        if line is not None:
            return self._stairs(line[1], steps)
        return self._added(of, end, rising, steps) if isinstance(of, Sum) else [(ANY_GAIN, 0)]

    def _offers(self, table: Bands, end: int, rising: bool, steps: Steps) -> list[tuple[Any, int]]:
        """The better lines of a table above and below, each at the price of getting there."""
        here, sign = self.ground.range(table, steps)[end], 1 if rising else -1
        ends, passing = self.ground.range(table.of, steps), 0 if (end == 0) is rising else 1
        lines, found = lines_of(table), []
        for order, at, border in ((lines, passing, "first"), (lines[::-1], 1 - passing, "last")):
            best = 0
            for line in order:
                gain, edge = sign * (line.points[end] - here), getattr(line, border)
                if gain > best and not holds(ends[at], *edge):
                    best = gain
                    found.append((gain, self.aim((table.of, at, *edge), steps)))
        return found

    def _stairs(self, gains: list[tuple[int, Any]], steps: Steps) -> list[tuple[Any, int]]:
        """A straight line in at most 32 stairs, each as high as its end and as cheap as its beginning."""
        cost, room = self.ground.cost, self.ground.room
        most = sum((room[place] - steps[place]) * gain for place, gain in gains)
        if len(gains) == 1 and most <= 32 * gains[0][1]:
            ((place, gain),) = gains
            return [(n * gain, n * cost[place]) for n in range(1, room[place] - steps[place] + 1)]
        price = min((Fraction(cost[place]) / gain for place, gain in gains), default=0)
        return [(Fraction(most) / 2 ** (n - 1), _up(price * most / 2**n) if n < 32 else 0) for n in range(1, 33)] if most else []

    def _added(self, of: Sum, end: int, rising: bool, steps: Steps) -> Menu:
        """The menus of the parts together; an input in several parts is paid for once."""
        parts = self.ground.parts_of(of, end, rising, steps)
        uses = Counter(place for _by, aim in parts for place in self.ground.places(aim[0]))
        found: Menu = ((0, 0),)
        for by, (part, inner, op, _edge) in parts:
            shared = max(uses[place] for place in self.ground.places(part))
            menu = [(0, 0), *((by * gain, price // shared) for gain, price in self.menu(part, inner, op in UP, steps))]
            found = ((0, 0), *_thrifty([(gain + more, price + extra) for gain, price in found for more, extra in menu]))
        return found


def _thrifty(menu: Iterable[tuple[Any, int]]) -> Menu:
    """What is worth its price; a long menu is shortened by giving two lines the gain of one and the price of the other."""
    found: list[tuple[Any, int]] = []
    best: Any = 0
    for gain, price in sorted(menu, key=lambda line: (line[1], -line[0])):
        if gain > best and price < NEVER:
            best = gain
            found.append((gain, price))
    while len(found) > 64:
        found = [(last[0], first[1]) for first, last in zip(found[::2], [*found[1::2], found[-1]], strict=False)]
    return tuple(found)


def _up(price: Fraction) -> int:
    return -(-price.numerator // price.denominator)

"""Ways: the cheapest change that turns a verdict into yes, proved cheapest, and what a step too far would lose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.conditions import All, Cases, Compare, Condition, Leaf
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.profile import settled
from fuhua.policy.reasoning.reach import bends, edges, moved, ripe_on, room_of, sharing, steps_to_meet
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Exact, Sight
from fuhua.policy.reasoning.verdict import Verdict, judge

Costs = Mapping[str, Change | None]
MOST_STATES = 4_000


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
    verdict = judge(rule, known, on, tables)
    if verdict.edition is None:
        return Nearest((), True, verdict.why)
    goal = _goal(verdict.edition, level)
    search = _Search(rule, verdict.edition, goal, Sight(known, on, tables, verdict.edition.users), costs or {})
    ways, proved = search.run(most)
    return Nearest(ways, proved, None if ways else _why_not(verdict, goal, search))


def _goal(edition: Edition, level: str | None) -> Condition:
    if level is None:
        return edition.whole
    return All((edition.conditions, next(each.conditions for each in edition.levels if each.key == level)))


def _why_not(verdict: Verdict, goal: Condition, search: _Search) -> Text:
    if verdict.missing or verdict.unset:
        return t("先补齐缺少的信息，再看怎样改变", "fill in what is missing first; then a way can be found")
    stuck = next((leaf for leaf in goal.leaves() if leaf.state(search.sight) is False and not search.mendable(leaf)), None)
    if stuck is None:
        return t("在可改变的项目范围内没有办法", "nothing that can be changed is enough")
    return t("没有可改变的项目能满足：{clause}", "nothing that can be changed meets: {clause}").format(clause=stuck.clause.text)


@dataclass
class _Moves:
    """Where to go from a state, and a bound below which no yes can be bought from there."""

    to: list[tuple[tuple[int | None, ...], dt.date]]
    bound: Fraction | int


@dataclass(order=True)
class _State:
    """Values changed so far, in the order of ``movable``; None is unchanged. ``least``: no yes beyond it costs less."""

    least: Fraction | int
    days: int
    tie: int
    values: tuple[int | None, ...] = field(compare=False)
    sight: Sight = field(compare=False)
    cost: int = field(compare=False)
    moves: _Moves | None = field(compare=False, default=None)


class _Search:
    """Best first over the changes, each leading to the next point at which some clause or line of a table flips.

    From any state, a yes needs some input of one failing clause to move; so it is enough to branch on the inputs of
    one failing clause. States come off the heap in the order of their cost and the least that is still to be paid (what
    a clause lacks, at the best price of any single move for it), so the first yes is the cheapest.
    """

    def __init__(self, rule: Rule, edition: Edition, goal: Condition, sight: Sight, costs: Costs) -> None:
        self.rule, self.edition, self.goal, self.sight = rule, edition, goal, sight
        self.movable, self.start, self.change = [], [], []
        for one in edition.inputs:
            change = costs.get(one.name, one.change)
            start = _start(one, change, sight)
            if change is not None and start is not None and one.kind in ("number", "yes_no", "listing"):
                self.movable.append(one)
                self.start.append(start)
                self.change.append(change)
        self.index = {one.name: place for place, one in enumerate(self.movable)}
        self._places: dict[Leaf, tuple[int, ...]] = {}
        self._memo: dict[tuple[Any, ...], bool | None] = {}
        self._sharing: dict[tuple[Leaf, int], tuple[int, ...]] = {}
        self._edge_memo: dict[tuple[Any, ...], list[int]] = {}
        self.proved = True

    def run(self, most: int) -> tuple[tuple[Way, ...], bool]:
        """The ways, cheapest first, and whether the first is proved cheapest."""
        tie = count()
        first = self._first()
        heap, seen, found = [first], {(first.values, first.sight.on)}, []
        for _ in range(MOST_STATES):
            if not heap or len(found) == most:
                break
            state = heappop(heap)
            if any(_beyond(state, other, self.change) for other in found):
                continue
            if self._holds(self.goal, state) is True:
                found.append(state)
                continue
            moves = state.moves = state.moves or self._moves(self.goal, state)
            if moves is None:
                continue
            if state.cost + moves.bound > state.least:
                state.least = state.cost + moves.bound
                heappush(heap, state)
                continue
            for values, on in moves.to:
                if (values, on) not in seen:
                    seen.add((values, on))
                    heappush(heap, self._next(state, values, on, next(tie)))
        else:
            self.proved = self.proved and bool(found)
        return tuple(self._way(state) for state in found if any(value is not None for value in state.values) or state.days), self.proved

    def mendable(self, leaf: Leaf) -> bool:
        """Whether some change meets or moves the leaf."""
        return bool(self._moves(leaf, self._first()))

    def _first(self) -> _State:
        return _State(0, 0, -1, (None,) * len(self.movable), self.sight, 0)

    def _next(self, state: _State, values: tuple[int | None, ...], on: dt.date, tie: int) -> _State:
        sight = state.sight
        if on != sight.on:
            sight = Sight(sight.known, on, sight.tables, sight.users)
        for one, old, new in zip(self.movable, state.values, values, strict=True):
            if new != old:
                sight = sight.moved(one.name, new)
        cost = self._cost(values)
        return _State(max(state.least, cost), (on - self.sight.on).days, tie, values, sight, cost)

    def _cost(self, values: tuple[int | None, ...]) -> int:
        return sum(
            abs(value - start) // change.step * change.cost
            for value, start, change in zip(values, self.start, self.change, strict=True)
            if value is not None
        )

    def _way(self, state: _State) -> Way:
        changed = [(self.movable[place], value) for place, value in enumerate(state.values) if value is not None]
        before = {one.name: self.start[self.index[one.name]] for one, _value in changed}
        return Way(tuple(changed), before, state.cost, state.sight.on if state.days else None)

    def _holds(self, node: Condition, state: _State) -> bool | None:
        """The state of a node; a leaf is looked at once for the same values of what it uses."""
        if not isinstance(node, Leaf):
            if isinstance(node, All):
                return _all(self._holds(inner, state) for inner in node.nodes)
            return node.state(state.sight)
        places = self._places_of(node)
        key = (node, state.sight.on, *(state.values[place] for place in places))
        if key not in self._memo:
            self._memo[key] = node.state(state.sight)
        return self._memo[key]

    def _places_of(self, leaf: Leaf) -> tuple[int, ...]:
        if leaf not in self._places:
            used = {inner.name for term in leaf.terms() for inner in term.walk() if isinstance(inner, Input)}
            self._places[leaf] = tuple(sorted(self.index[name] for name in used if name in self.index))
        return self._places[leaf]

    def _moves(self, node: Condition, state: _State) -> _Moves | None:
        """Next states from a node that does not hold; None when nothing can make it hold."""
        if isinstance(node, Leaf):
            moves = self._leaf_moves(node, state)
            return moves if moves.to else None
        inner_nodes = list(node.nodes)
        if isinstance(node, Cases):
            inner_nodes += [gate for gate in node.gates if gate is not None]
        found = [self._moves(inner, state) for inner in inner_nodes if self._holds(inner, state) is not True]
        if isinstance(node, All):
            if any(each is None for each in found):
                return None
            return _Moves(min(found, key=lambda each: len(each.to)).to, max(each.bound for each in found))
        open_ = [each for each in found if each is not None]
        return _Moves([to for each in open_ for to in each.to], min(each.bound for each in open_)) if open_ else None

    def _leaf_moves(self, leaf: Leaf, state: _State) -> _Moves:
        sight, moves = state.sight, _Moves([], 0)
        ripe = ripe_on(leaf, sight)
        if ripe is not None and ripe > sight.on and self.rule.edition(self.rule.chosen_by.day(sight.known, ripe)) is self.edition:
            moves.to.append((state.values, ripe))
        here = _good(leaf, sight) if isinstance(leaf, Compare) else -1
        prices: list[Fraction | int] = []
        gains: set[Any] = set()
        for place in self._places_of(leaf):
            change, start = self.change[place], self._value(state, place)
            for value, gain, straight in self._values(leaf, place, state, here):
                moves.to.append(((*state.values[:place], value, *state.values[place + 1 :]), sight.on))
                steps = abs(value - start) // change.step
                prices.append(Fraction(steps * change.cost) / min(gain, -here) if gain > 0 and here < 0 else 0)
                if straight:
                    gains.add(Fraction(gain) / steps)
        self.proved = self.proved and len(gains) < 2
        if prices and len(prices) == len(moves.to):
            moves.bound = min(prices) * -here
        return moves

    def _value(self, state: _State, place: int) -> int:
        value = state.values[place]
        return self.start[place] if value is None else value

    def _values(self, leaf: Leaf, place: int, state: _State, here: Any) -> list[tuple[int, Any, bool]]:
        """Where one input may go next for this leaf, what the leaf gains by it, and whether along a straight line."""
        one, change, sight = self.movable[place], self.change[place], state.sight
        start = self._value(state, place)
        step = change.step if change.up else -change.step
        room = room_of(one, start, step)
        if room < 1:
            return []
        if not isinstance(leaf, Compare):
            steps = steps_to_meet(leaf, one, start, step, room, sight)
            return [] if steps is None else [(start + steps * step, 1, False)]

        def gain(steps: int) -> Any:
            return _good(leaf, sight.moved(one.name, start + steps * step)) - here

        if bends(leaf, one):
            found = [(start + steps * step, gain(steps), False) for steps in self._edges(leaf, place, start, step, room, state)]
            return [each for each in found if each[1] > 0]
        steps = steps_to_meet(leaf, one, start, step, room, sight)
        if steps is None and gain(1) > 0:
            steps = _saturated(leaf, one, start, step, room, sight)
        return [] if steps is None else [(start + steps * step, gain(steps), True)]

    def _edges(self, leaf: Leaf, place: int, start: int, step: int, room: int, state: _State) -> list[int]:
        """Steps to other lines of the leaf's tables; they depend only on inputs that share a table with this one."""
        key = (leaf, place)
        if key not in self._sharing:
            self._sharing[key] = tuple(self.index[name] for name in sharing(leaf, self.movable[place]) if name in self.index)
        known = (leaf, place, start, *(state.values[other] for other in self._sharing[key]))
        if known not in self._edge_memo:
            self._edge_memo[known] = edges(leaf, self.movable[place], start, step, room, state.sight)
        return self._edge_memo[known]


def _start(one: Input, change: Change | None, sight: Sight) -> int | None:
    """The value an input moves from: its worst, seen from its direction; None when it is not known and not judged."""
    if change is None or one.kind == "choice" or (one.name not in sight.known and not one.judged):
        return None
    low, high = sight.known.get(one.name) or (one.low, one.high)
    return low if change.up else high


def _all(states: Iterator[bool | None]) -> bool | None:
    unknown = False
    for state in states:
        if state is False:
            return False
        unknown = unknown or state is None
    return None if unknown else True


def _beyond(state: _State, other: _State, changes: list[Change]) -> bool:
    """Whether every change of ``other`` is contained in ``state``."""
    return state.sight.on >= other.sight.on and all(
        theirs is None or (ours is not None and (ours >= theirs if change.up else ours <= theirs))
        for ours, theirs, change in zip(state.values, other.values, changes, strict=True)
    )


def _good(leaf: Compare, sight: Sight) -> Any:
    """How far the leaf is on its good side in the worst case; negative while it is not met."""
    (low, high), (least, most) = sight.range(leaf.of), sight.range(leaf.bound)
    return low - most if leaf.op in (">=", ">") else least - high


def _saturated(leaf: Compare, one: Input, start: int, step: int, room: int, sight: Sight) -> int:
    """The fewest steps after which more of the same input no longer helps the leaf."""
    best = _good(leaf, moved(sight, one, start + room * step))
    low, high = 0, room
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _good(leaf, moved(sight, one, start + middle * step)) >= best else (middle, high)
    return high


def alone(verdict: Verdict, leaf: Leaf) -> list[tuple[Input, int]]:
    """For a clause that is not met: each input and the stored value at which it alone would meet it."""
    sight, found = verdict.sight, []
    if sight is None or not isinstance(leaf, Compare) or leaf.state(sight) is True:
        return found
    inputs = {inner: None for term in leaf.terms() for inner in term.walk() if isinstance(inner, Input) and inner.kind == "number"}
    for one in inputs:
        low, high = sight.known.get(one.name) or (one.low, one.high)
        if one.name not in sight.known and not one.judged:
            continue
        for start, step in ((low, 1), (high, -1)):
            steps = steps_to_meet(leaf, one, start, step, room_of(one, start, step), sight)
            if steps is not None:
                found.append((one, start + steps * step))
    return found


def cliffs(verdict: Verdict) -> list[tuple[Input, int, Leaf]]:
    """For a yes: each input whose growth would lose it, the last stored value that still holds, and the clause."""
    sight, found = verdict.sight, []
    if sight is None or verdict.edition is None or verdict.answer != "eligible":
        return found
    for state in verdict.deciding:
        leaf = state.leaf
        if isinstance(leaf, Compare) and leaf.op in ("<=", "<") and isinstance(leaf.of, Input) and leaf.of.name in sight.known:
            low, high = sight.range(leaf.bound)
            if low == high:
                limit = low / leaf.of.factor
                last = int(limit) if limit == int(limit) and leaf.op == "<=" else -int(-limit // 1) - 1
                found.append((leaf.of, last, leaf))
    return found

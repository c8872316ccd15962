"""Reach: the moves without which a clause cannot be met, and how far one input must go until it is.

Inputs that can move are :class:`Lever`; a point is a tuple ``steps``: at place 0 the days that pass, at the others how far
each lever has gone. :meth:`Ground.jumps` names, for a clause that is not met, moves of which any point further on that
meets it contains one; so whoever follows all of them misses nothing.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product
from math import prod
from typing import Any

from fuhua.policy.reasoning.conditions import All, Answer, Cases, Compare, Condition, Leaf, Some, leaves_and_gates
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Bands, ByCode, Growth, Least, Most, Number, Operator, Points, Range, Ratio, Sight, Sum, Term

Steps = tuple[int, ...]
Jump = tuple[tuple[int, int], ...]  # (place, steps gone) of each lever that moves
Aim = tuple[Term, int, str, Any]  # that the low (0) or high (1) end of a term stands in ``op`` to an edge

OTHER = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
UP = (">=", ">")
MOST_MIXES, INFINITE = 64, 10**40


@dataclass(frozen=True)
class Lever:
    """An input that can move, from ``start`` (stored) by a signed ``step``, ``room`` times at most, each at ``cost`` fen."""

    name: str
    start: int
    step: int
    room: int
    cost: int = 0


class _View(Sight):
    """The sight from one point: whatever does not depend on what moved is taken from what was seen before."""

    __slots__ = ("_ground", "_steps")

    def __init__(self, ground: Ground, steps: Steps) -> None:
        before = ground.sight
        self.on = before.on + dt.timedelta(days=steps[0]) if steps[0] else before.on
        self.tables, self.users, self._seen = before.tables, None, {}
        self._ground, self._steps = ground, steps

    @property
    def known(self) -> dict[str, Any]:
        """The profile after the steps; put together only for those who ask for it as a whole."""
        gone = {one.name: (one.start + n * one.step,) * 2 for one, n in zip(self._ground.levers, self._steps[1:], strict=True) if n}
        return {**self._ground.sight.known, **gone}

    def range(self, term: Term) -> Range:
        return self._ground.range(term, self._steps)


class Ground:
    """What can move, and what has been seen from each point; ``sure`` is False once :meth:`jumps` had to leave mixes out."""

    def __init__(self, sight: Sight, levers: Sequence[Lever], days: int = 0) -> None:
        self.sight, self.levers = sight, tuple(levers)
        self.room = (days, *(lever.room for lever in levers))
        self.cost = (0, *(lever.cost for lever in levers))
        self.at = {lever.name: place for place, lever in enumerate(self.levers, 1)}
        self.sure = True
        self.origin: Steps = (0,) * len(self.room)  # where nothing has moved
        self._places: dict[Any, tuple[int, ...]] = {}
        self._seen: dict[Any, Any] = {}

    def places(self, thing: Term | Condition) -> tuple[int, ...]:
        """The places in ``steps`` that a term or condition depends on."""
        found = self._places.get(thing)
        if found is None:
            names, clock = names_below(thing)
            moving = {self.at[name] for name in names if name in self.at}
            found = self._places[thing] = tuple(sorted(moving | ({0} if clock and self.room[0] else set())))
        return found

    def key(self, thing: Any, steps: Steps, *more: Any) -> Any:
        """What a value of ``thing`` can be remembered by."""
        return (thing, *more, *[steps[place] for place in self.places(thing)])

    def range(self, term: Term, steps: Steps) -> Range:
        """The range of a term at a point."""
        key = (term, *[steps[place] for place in self.places(term)])
        found = self._seen.get(key)
        if found is None:
            place = self.at.get(term.name, 0) if isinstance(term, Input) else 0
            lever = self.levers[place - 1] if place and steps[place] else None
            exact = (lever.start + steps[place] * lever.step) * term.factor if lever else None
            found = self._seen[key] = term.range(_View(self, steps)) if lever is None else (exact, exact)
        return found

    def state(self, node: Condition, steps: Steps) -> bool | None:
        """Whether a leaf holds at a point; of several conditions together, only whether they hold for certain."""
        key = (node, *[steps[place] for place in self.places(node)])
        found = self._seen.get(key, self)
        if found is self:
            if isinstance(node, All | Some):
                live = self.live(node)
                found = sum(self.state(inner, steps) is True for inner in live) >= (len(live) if isinstance(node, All) else node.least)
            else:
                found = node.state(_View(self, steps))
            self._seen[key] = found
        return found

    def live(self, node: All | Some) -> tuple[Condition, ...]:
        """The conditions below that can still decide: all but those that hold for good, or that never will."""
        key = (node, "live")
        if key not in self._seen:
            start, settled = self.origin, isinstance(node, All)
            nodes = (each for each in node.nodes if self.places(each) or (self.state(each, start) is True) is not settled)
            self._seen[key] = tuple(nodes)
        return self._seen[key]

    def jumps(self, node: Condition, steps: Steps) -> tuple[Jump, ...]:
        """Moves of which any point further on where the condition holds contains one; () when there is no such point."""
        key = self.key(node, steps, "jumps")
        if key not in self._seen:
            if isinstance(node, Leaf):
                found = self._of_leaf(node, steps)
            elif isinstance(node, Cases):
                found = (*self.toggles(node, steps), *self._fewest(self.chosen(node, steps), steps))
            elif isinstance(node, Some):
                found = (jump for each in self.live(node) if self.state(each, steps) is not True for jump in self.jumps(each, steps))
            else:
                found = self._fewest(self.live(node), steps)
            self._seen[key] = tuple(dict.fromkeys(found))
        return self._seen[key]

    def chosen(self, node: Cases, steps: Steps) -> tuple[Condition, ...]:
        """The conditions that may apply at a point."""
        return node.chosen(_View(self, steps))

    def _fewest(self, nodes: Iterable[Condition], steps: Steps) -> tuple[Jump, ...]:
        """All of the nodes must hold, so the moves of any one of those that do not are enough."""
        return min((self.jumps(node, steps) for node in nodes if self.state(node, steps) is not True), key=len, default=())

    def toggles(self, node: Condition, steps: Steps) -> tuple[Jump, ...]:
        """Moves of which any point further on, where this leaf or some gate of these cases has another state, contains one."""
        return tuple(dict.fromkeys(jump for aim in self.turning(node, steps) for jump in self.moves(aim, steps)))

    def turning(self, node: Condition, steps: Steps) -> list[Aim]:
        """Aims of which one is reached where this leaf, or some gate of these cases, has another state than here."""
        gates, found = node.gates if isinstance(node, Cases) else (node,), []
        for leaf in dict.fromkeys(leaf for gate in gates if gate is not None for leaf in leaves_and_gates(gate)):
            if isinstance(leaf, Answer):
                found += [aim for aim in ((leaf.of, 0, ">=", 1), (leaf.of, 1, "<=", 0)) if not self.met(aim, steps)]
            elif isinstance(leaf, Compare) and self.places(leaf):
                found += [self.aim(leaf, steps, end, op) for end, op in _ways_out(leaf, self.state(leaf, steps))]
        return found

    def _of_leaf(self, leaf: Leaf, steps: Steps) -> tuple[Jump, ...]:
        if isinstance(leaf, Answer):
            return self.moves((leaf.of, 0, ">=", 1) if leaf.wanted else (leaf.of, 1, "<=", 0), steps)
        return self.moves(self.aim(leaf, steps, worst(leaf), leaf.op), steps) if isinstance(leaf, Compare) else ()

    def aim(self, leaf: Compare, steps: Steps, end: int, op: str) -> Aim:
        """The aim at one end of the left side, against the opposite end of the bound."""
        if self.places(leaf.bound):
            return difference(leaf), end, op, 0
        return leaf.of, end, op, self.range(leaf.bound, steps)[1 - end]

    def met(self, aim: Aim, steps: Steps) -> bool:
        """Whether an aim is reached."""
        of, end, op, edge = aim
        return holds(self.range(of, steps)[end], op, edge)

    def moves(self, aim: Aim, steps: Steps) -> tuple[Jump, ...]:
        """Moves of which any point further on where the aim is reached contains one."""
        of, end, op, edge = aim
        key = self.key(of, steps, end, op, edge, "moves")
        if key not in self._seen:
            self._seen[key] = self._moves(aim, steps) if self.places(of) else ()
        return self._seen[key]

    def _moves(self, aim: Aim, steps: Steps) -> tuple[Jump, ...]:
        of, end, op, _edge = aim
        parts, line = self.split(aim, steps), self.line(aim, steps)
        if parts is not None:
            found = [self.moves(each, steps) for each in parts[1]]
            return tuple(jump for each in found for jump in each) if parts[0] else min(found, key=len, default=())
        if line is not None:
            return self._mixes(*line, op, steps)
        if self.places(of) == (0,):
            return self._searched(0, aim, steps)
        if isinstance(of, Sum):
            return tuple(jump for _by, each in self.parts_of(of, end, op in UP, steps) for jump in self.moves(each, steps))
        self.sure = False
        return tuple(jump for place in self.places(of) for jump in self._searched(place, aim, steps))

    def parts_of(self, of: Sum, end: int, rising: bool, steps: Steps) -> list[tuple[Any, Aim]]:
        """To move a sum, some part of it has to move: the aims at that, each with the weight of its part."""
        found: list[tuple[Any, Aim]] = []
        for factor, part in of.weighted:
            if factor and self.places(part):
                inner, up = (end, rising) if factor > 0 else (1 - end, not rising)
                found.append((abs(factor), (part, inner, ">" if up else "<", self.range(part, steps)[inner])))
        return found

    def split(self, aim: Aim, steps: Steps) -> tuple[bool, list[Aim]] | None:
        """The aims within an aim, and whether one of them is enough; None when there are none within."""
        of, end, op, edge = aim
        if isinstance(of, Points | Most | Least):
            aims = [(part, end, op, edge) for part in of.parts]
            return isinstance(of, Points) or isinstance(of, Most) is (op in UP), [each for each in aims if not self.met(each, steps)]
        if isinstance(of, Bands):
            return True, self._lines_of(aim, steps)
        return (True, self._of_ratio(aim, steps)) if isinstance(of, Ratio) else None

    def _of_ratio(self, aim: Aim, steps: Steps) -> list[Aim]:
        """``num / den`` against an edge as a line above or below zero; a denominator that may be 0 has a value of its own."""
        of, end, op, edge = aim
        low, high = self.range(of.den, steps)
        if high <= 0:
            return [(of.den, 1, ">", 0)]
        line = (across(of, edge), end, op, 0)
        if low > 0:
            return [line, (of.den, 1, "<=", 0)] if holds(of.zero, op, edge) else [line]
        surely = (end == 0) is (op in UP)
        if surely and not holds(of.zero, op, edge):
            return [(of.den, 0, ">", 0)]
        of_least = (of.num, end, op, edge) if end else line  # a denominator that may be 0 may be 1 as well
        return [of_least, (of.den, 0, ">", 0)] if surely else [of_least]

    def _lines_of(self, aim: Aim, steps: Steps) -> list[Aim]:
        """The nearest good lines of a table above and below; whoever goes further passes them."""
        table, end, op, edge = aim
        rising = 0 if (end == 0) is (op in UP) else 1  # all that is unknown must pass the line, or only some of it
        ends = self.range(table.of, steps)
        good = [line for line in lines_of(table) if holds(line.points[end], op, edge)]
        above = next((line.first for line in good if not holds(ends[rising], *line.first)), None)
        below = next((line.last for line in reversed(good) if not holds(ends[1 - rising], *line.last)), None)
        return [(table.of, at, *line) for at, line in ((rising, above), (1 - rising, below)) if line is not None]

    def line(self, aim: Aim, steps: Steps) -> tuple[Any, list[tuple[int, Any]]] | None:
        """Of an aim at a straight line: how much it lacks, and for each place that helps, the gain of one step; else None."""
        of, end, op, edge = aim
        slopes = self.slopes(of)
        if slopes is None:
            return None
        here, sign = self.range(of, steps)[end], 1 if op in UP else -1
        return sign * (edge - here), [(place, sign * by) for place, by in slopes if sign * by > 0 and steps[place] < self.room[place]]

    def slopes(self, of: Term) -> tuple[tuple[int, Any], ...] | None:
        """What one step at each place adds to a term that is a straight line in all that moves; None when it is not."""
        key = (of, "slopes")
        if key not in self._seen:
            self._seen[key] = self._slopes(of)
        return self._seen[key]

    def _slopes(self, of: Term) -> tuple[tuple[int, Any], ...] | None:
        places = self.places(of)
        if not places:
            return ()
        if isinstance(of, Input):
            return ((places[0], self.levers[places[0] - 1].step * of.factor),)
        if isinstance(of, Growth) and not self.places(of.y1) and not self.places(of.y2):
            start = self.origin
            return tuple((at, self.range(of, after(start, ((at, 1),)))[0] - self.range(of, start)[0]) for at in places if self.room[at])
        if not isinstance(of, Sum | Points):
            return None
        added: dict[int, Any] = {}
        for factor, part in of.weighted if isinstance(of, Sum) else ((1, of.of),):
            inner = self.slopes(part)
            if inner is None:
                return None
            for place, by in inner:
                added[place] = added.get(place, 0) + factor * by
        return tuple(added.items())

    def _mixes(self, lacks: Any, gains: list[tuple[int, Any]], op: str, steps: Steps) -> tuple[Jump, ...]:
        """Mixes of moves along a line, one of which is in every mix that makes up for what it lacks."""
        strict = op in (">", "<")
        self.sure = self.sure and (lacks > 0 or (lacks == 0 and strict))  # else a range below zero, which no rule has
        if not gains:
            return ()
        room = {place: self.room[place] - steps[place] for place, _gain in gains}
        gains = sorted(gains, key=lambda each: Fraction(self.cost[each[0]]) / each[1], reverse=True)
        *others, (last, slope) = gains  # the cheapest makes up for what the others leave
        most_of = [min(enough(lacks, gain, strict), room[place]) for place, gain in others]
        spans = [[(2**n // 2, min(2**n - 1, far)) for n in range(far.bit_length() + 1)] for far in most_of]  # 0, 1, 2–3, 4–7 …
        if prod(map(len, spans)) > MOST_MIXES:
            self.sure, spans = False, [[span[0], span[-1]] for span in spans]
        found: list[Jump] = []
        for mix in product(*spans):
            n = enough(lacks - sum(far * gain for (_near, far), (_place, gain) in zip(mix, others, strict=True)), slope, strict)
            if n <= room[last]:
                gone = [*((place, near) for (near, _far), (place, _gain) in zip(mix, others, strict=True)), (last, n)]
                found.append(tuple((place, steps[place] + m) for place, m in gone if m))
        return tuple(filter(None, found))

    def _searched(self, place: int, aim: Aim, steps: Steps) -> tuple[Jump, ...]:
        """How far one lever must go alone, if more of it never hurts once it is enough."""
        ahead = range(steps[place] + 1, self.room[place] + 1)
        n = bisect_left(ahead, True, key=lambda gone: self.met(aim, after(steps, ((place, gone),))))
        return (((place, ahead[n]),),) if n < len(ahead) else ()


@dataclass(frozen=True)
class Line:
    """A stretch of a scoring table with the same points: from ``first`` to ``last``, each an operator and an edge."""

    first: tuple[str, Any]
    last: tuple[str, Any]
    points: Range


@lru_cache(maxsize=4096)
def lines_of(table: Bands) -> tuple[Line, ...]:
    """The stretches of a table in the order of its term."""
    joined: list[Line] = []
    for before, mark in pairwise([-INFINITE, *sorted({step.edge for step in table.steps}), INFINITE]):
        between = Line((">", before), ("<", mark), table.at(Fraction(before + mark) / 2))
        for line in (between, Line((">=", mark), ("<=", mark), table.at(mark))):
            if joined and joined[-1].points == line.points:
                line = Line(joined.pop().first, line.last, line.points)
            joined.append(line)
    return tuple(joined)


TIMELESS = (Input, Number, Operator, Sum, Ratio, Bands, Most, Least, Points, ByCode, Growth)  # a rule's own term may look at the day


# ``num / den`` against an edge, as a line above or below zero; and the left side of a comparison less its bound
across = lru_cache(4096)(lambda of, edge: Sum(((edge.denominator, of.num), (-edge.numerator, of.den))))
difference = lru_cache(4096)(lambda leaf: Sum(((1, leaf.of), (-1, leaf.bound))))


def worst(leaf: Compare) -> int:
    """The end of the left side that must meet the bound."""
    return 0 if leaf.op in UP else 1


def _ways_out(leaf: Compare, state: bool | None) -> list[tuple[int, str]]:
    """The ends and comparisons by which a leaf gets out of its state."""
    end, op, not_op = worst(leaf), leaf.op, OTHER[leaf.op]
    return [(end, op), (1 - end, not_op)] if state is None else [(end, not_op)] if state else [(1 - end, op)]


@lru_cache(maxsize=16_384)
def names_below(thing: Term | Condition) -> tuple[frozenset[str], bool]:
    """The inputs that a term or condition (with what chooses its cases) looks at, and whether it looks at the day."""
    roots = [thing] if isinstance(thing, Term) else [term for leaf in leaves_and_gates(thing) for term in leaf.terms()]
    below = [inner for root in roots for inner in root.walk()]
    clock = any(inner.until is None if isinstance(inner, Elapsed) else not isinstance(inner, TIMELESS) for inner in below)
    return frozenset(inner.name for inner in below if isinstance(inner, Input)), clock


def holds(value: Any, op: str, edge: Any) -> bool:
    """Whether ``value op edge``."""
    if op in UP:
        return value > edge or (value == edge and op == ">=")
    return value < edge or (value == edge and op == "<=")


def enough(lacks: Any, gain: Any, strict: bool) -> int:
    """The least number of steps of a gain that make up for what is lacking."""
    whole = lacks // gain
    return max(0, int(whole) + (1 if strict or whole * gain != lacks else 0))


def after(steps: Steps, jump: Jump) -> Steps:
    """The point after a jump."""
    there = list(steps)
    for place, gone in jump:
        there[place] = gone
    return tuple(there)

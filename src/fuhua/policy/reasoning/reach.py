"""Reach: how far one input must move until a clause is met, or the next line of a scoring table is reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from fuhua.kernel.period import add_months
from fuhua.policy.reasoning.conditions import Answer, Compare, Leaf
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Bands, Elapsed, Exact, Growth, Number, Operator, Points, Ratio, Sight, Sum, Term


def moved(sight: Sight, one: Input, stored: int) -> Sight:
    """The same sight with one input at a new stored value."""
    return sight.moved(one.name, stored)


def uses(term: Term, one: Input) -> bool:
    """Whether the term looks at the input."""
    return any(inner is one for inner in term.walk())


def linear(term: Term, one: Input) -> bool:
    """Whether the term is a straight line in the input (everything else being fixed)."""
    if isinstance(term, Input | Number | Operator):
        return True
    if isinstance(term, Sum | Points):
        return all(linear(part, one) for part in term.parts)
    if isinstance(term, Growth):
        return not uses(term.y1, one) and not uses(term.y2, one)
    return not uses(term, one)


def _line(of: Term, bound: Term | Exact, one: Input) -> tuple[Term, Term] | None:
    """``of op bound`` as ``left op right`` with both sides straight lines in the input; None when it bends."""
    of = _bare(of)
    if isinstance(of, Ratio) and not isinstance(bound, Term) and linear(of.num, one) and linear(of.den, one):
        return of.num, Sum(((bound, of.den),))
    right = bound if isinstance(bound, Term) else Number(bound)
    return (of, right) if linear(of, one) and linear(right, one) else None


def _gap(sides: tuple[Term, Term], sight: Sight, op: str) -> Any:
    """How far the worst case of left is on the good side of the worst case of right."""
    (low, high), (least, most) = sides[0].range(sight), sides[1].range(sight)  # made here, so never remembered
    return low - most if op in (">=", ">") else least - high


def steps_on_line(sides: tuple[Term, Term], op: str, one: Input, start: int, step: int, sight: Sight) -> int | None:
    """The least number of steps (1 or more) until ``left op right``; None when the line leads away from it."""
    here, there = (_gap(sides, moved(sight, one, start + k * step), op) for k in (0, 1))
    return _crossed(here, there, op)


def _crossed(here: Any, there: Any, op: str) -> int | None:
    """Steps until a line that is at ``here`` now and at ``there`` after one step is on its good side."""
    slope = there - here
    if slope <= 0:
        return None
    needed = Fraction(-here) / slope
    whole = -(-needed.numerator // needed.denominator)
    if op in (">", "<") and whole == needed:
        whole += 1
    return max(whole, 1)


def edges(leaf: Leaf, one: Input, start: int, step: int, room: int, sight: Sight) -> list[int]:
    """Steps, least first, at which some scoring table of the leaf reaches another line."""
    now, next_ = moved(sight, one, start), moved(sight, one, start + step)
    found: set[int] = set()
    for term in leaf.terms():
        for inner in term.walk():
            if isinstance(inner, Bands) and uses(inner.of, one):
                found.update(_to_edges(inner, one, now, next_))
    return sorted(steps for steps in found if steps <= room)


def _to_edges(table: Bands, one: Input, now: Sight, next_: Sight) -> Iterator[int]:
    sides = _line(table.of, 1, one)
    if sides is None:
        return
    (low, high), (next_low, next_high) = now.range(table.of), next_.range(table.of)
    left, right = (sides[0].range(now), sides[0].range(next_)), None
    if isinstance(_bare(table.of), Ratio):
        right = (_bare(table.of).den.range(now), _bare(table.of).den.range(next_))
    rising = next_low > low or next_high > high
    for line in table.steps:
        op = line.op if (line.op in (">=", ">")) is rising else _OTHER[line.op]
        worst = 0 if rising else 1  # the low end must pass the edge when rising, the high end when falling
        scale = (1, 1) if right is None else (right[0][1 - worst], right[1][1 - worst])
        gaps = [side[worst] - line.edge * by for side, by in zip(left, scale, strict=True)]
        here, there = gaps if rising else [-gap for gap in gaps]
        steps = None if here > 0 or (here == 0 and op in (">=", "<=")) else _crossed(here, there, op)
        if steps is not None:
            yield steps


_OTHER = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _bare(of: Term) -> Term:
    while isinstance(of, Points):
        of = of.of
    return of


def bends(leaf: Compare, one: Input) -> bool:
    """Whether the input reaches the leaf only through scoring tables, so that it moves it in jumps."""
    return any(isinstance(inner, Bands) and uses(inner, one) for term in leaf.terms() for inner in term.walk())


def sharing(leaf: Leaf, one: Input) -> set[str]:
    """The other inputs that stand with this one in some scoring table of the leaf."""
    found: set[str] = set()
    for term in leaf.terms():
        for inner in term.walk():
            if isinstance(inner, Bands) and uses(inner.of, one):
                found.update(each.name for each in inner.of.walk() if isinstance(each, Input))
    return found - {one.name}


def steps_to_meet(leaf: Leaf, one: Input, start: int, step: int, room: int, sight: Sight) -> int | None:
    """The least number of ``step``s from ``start`` (at most ``room``) after which the leaf is met; None if never."""

    def met(steps: int) -> bool:
        return leaf.state(moved(sight, one, start + steps * step)) is True

    if isinstance(leaf, Answer):
        return 1 if room >= 1 and met(1) else None
    if not isinstance(leaf, Compare) or room < 1:
        return None
    if bends(leaf, one):
        return next((k for k in edges(leaf, one, start, step, room, sight) if met(k)), None)
    bound = leaf.bound.value if isinstance(leaf.bound, Number) else leaf.bound
    sides = _line(leaf.of, bound, one)
    if sides is not None:
        steps = steps_on_line(sides, leaf.op, one, start, step, sight)
        return steps if steps is not None and steps <= room and met(steps) else None
    return _searched(met, room)


def _searched(met: Any, room: int) -> int | None:
    """The least steps for a condition that, once met, stays met."""
    if not met(room):
        return None
    low, high = 0, room
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return high


def room_of(one: Input, start: int, step: int) -> int:
    """How many steps fit before the input reaches its bound."""
    return ((one.high - start) if step > 0 else (start - one.low)) // abs(step)


def ripe_on(leaf: Leaf, sight: Sight) -> dt.date | None:
    """The first day on which a clause that only needs time is met, everything else staying; None if time does not help."""
    if not isinstance(leaf, Compare) or leaf.op not in (">=", ">") or not isinstance(leaf.of, Elapsed) or leaf.of.until is not None:
        return None
    first, last = sight.range(leaf.of.since)
    low, high = sight.range(leaf.bound)
    if first != last or low != high:
        return None
    day = _after(dt.date.fromordinal(first), leaf.of.unit, low)
    return day if leaf.op == ">=" else day + dt.timedelta(days=1)


def _after(day: dt.date, unit: str, amount: Exact) -> dt.date:
    if unit == "days":
        return day + dt.timedelta(days=-(-Fraction(amount).numerator // Fraction(amount).denominator))
    months = Fraction(amount) * (12 if unit == "years" else 1)
    return add_months(day, -(-months.numerator // months.denominator))

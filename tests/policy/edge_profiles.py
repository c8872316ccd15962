"""Random profiles that lie on the edges of a rule, one step beside them, and with gaps."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from fuhua.policy.columns.reachable import with_gates
from fuhua.policy.reasoning.conditions import Compare
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import read_profile, settled
from fuhua.policy.reasoning.rule import Edition, Example, Rule
from fuhua.policy.reasoning.terms import Bands, Growth, Number, Ratio, Sum, Term


def edges(edition: Edition) -> Iterator[tuple[Term, Fraction]]:
    """Every term that is compared with a number, and the number."""
    for leaf in with_gates(edition.whole):
        if isinstance(leaf, Compare) and isinstance(leaf.bound, Number):
            yield leaf.of, Fraction(leaf.bound.value)
    for term in edition.terms:
        if isinstance(term, Bands):
            yield from ((term.of, Fraction(line.edge)) for line in term.steps)


def profile(rule: Rule, edition: Edition, random: Random, *, gaps: float = 0.15, ranges: float = 0.1) -> dict[str, Any]:
    """A profile in stored scale: a worked case or numbers at random, with some terms put on an edge or one step beside it."""
    inputs = [one for one in edition.inputs if one in edition.terms]
    size = 10 ** random.randint(1, 9)
    values = {one.name: _any(one, random, size) for one in inputs}
    if random.random() < 0.7:
        values |= _worked(random.choice(rule.examples), inputs)
    marks = list(edges(edition))
    random.shuffle(marks)
    for of, edge in marks[: random.choice((0, 1, 2, 3, len(marks) // 2))]:
        _put(of, edge, values, random)
    known = {}
    for one in inputs:
        if random.random() < gaps:
            continue
        value = values[one.name]
        known[one.name] = tuple(one.choices)[value] if one.kind == "choice" else (value, value)
        if one.kind == "number" and random.random() < ranges:
            known[one.name] = value, min(one.high, value + random.choice((0, 1, 2, size)))
    return known


def _worked(example: Example, inputs: list[Input]) -> dict[str, int]:
    known = settled(read_profile(example.profile), example.on)
    found = {}
    for one in inputs:
        value = known.get(one.name)
        if value is not None:
            found[one.name] = list(one.choices).index(value) if one.kind == "choice" else value[0]
    return found


def _any(one: Input, random: Random, size: int) -> int:
    if one.kind == "choice":
        return random.randrange(len(one.choices))
    if one.kind == "date":
        return random.randint(739_000, 740_500)
    if one.kind in ("yes_no", "listing") or random.random() < 0.1:
        return random.choice((one.low, one.high))
    return max(one.low, min(one.high, random.choice((0, 1, 2, 3, 5, random.randint(0, size), random.randint(-size, size)))))


def _put(of: Term, edge: Fraction, values: dict[str, int], random: Random) -> None:
    """Choose the value of one input so that the term comes to the edge, or beside it."""
    beside = random.choice((0, 0, -1, 1))
    if isinstance(of, Input) and of.kind == "number":
        _set(of, edge / of.factor + beside, values)
    elif isinstance(of, Ratio):
        _reach(of.num, edge * _worth(of.den, values), beside, values, random)
    elif isinstance(of, Sum):
        _reach(of, edge, beside, values, random)
    elif isinstance(of, Growth) and values[of.y2.name] > 0 and values[of.y1.name] > 0:
        y1, y2 = values[of.y1.name], values[of.y2.name]
        _set(of.y3, (2 * (edge + 1) - Fraction(y2, y1)) * y2 + beside, values)


def _reach(of: Term, target: Fraction, beside: int, values: dict[str, int], random: Random) -> None:
    if isinstance(of, Input):
        _set(of, target / of.factor + beside, values)
    elif isinstance(of, Sum):
        factor, part = random.choice(of.weighted)
        if isinstance(part, Input) and part.kind == "number" and factor:
            rest = _worth(of, values) - Fraction(factor) * _worth(part, values)
            _set(part, (target - rest) / factor / part.factor + beside, values)


def _set(one: Input, value: Fraction, values: dict[str, int]) -> None:
    values[one.name] = max(one.low, min(one.high, round(value)))


def _worth(of: Term, values: dict[str, int]) -> Fraction:
    """The value of a sum of inputs; 1 for anything else."""
    if isinstance(of, Input):
        return Fraction(values[of.name] * of.factor)
    if isinstance(of, Number):
        return Fraction(of.value)
    if isinstance(of, Sum):
        return sum((Fraction(factor) * _worth(part, values) for factor, part in of.weighted), Fraction(0))
    return Fraction(1)

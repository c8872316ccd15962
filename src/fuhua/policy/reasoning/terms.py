"""Terms: exact arithmetic over inputs, evaluated on intervals so that what is unknown stays a range, never a zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd
from typing import Any

from fuhua.kernel.words import Text

Exact = int | Fraction
Range = tuple[Any, Any]  # low and high, both included; ints or Fractions
EVERYTHING: Range = (-(10**30), 10**30)


class Sight:
    """What an evaluation sees: ranges of inputs by name, the day, and the operator's tables in force.

    ``known[name]`` is ``(low, high)`` of integers in the input's stored scale (fen, parts per million, day numbers,
    0 or 1), or a code for a choice. A name that is not there is unknown.
    """

    __slots__ = ("_seen", "known", "on", "tables", "users")

    def __init__(
        self,
        known: Mapping[str, Any],
        on: dt.date,
        tables: Mapping[str, Exact] | None = None,
        users: Mapping[str, frozenset[Term]] | None = None,
    ) -> None:
        """``users`` (terms by the input they use) lets :meth:`moved` keep what a change does not touch."""
        self.known = known
        self.on = on
        self.tables = tables or {}
        self.users = users
        self._seen: dict[Term, Range] = {}

    def range(self, term: Term) -> Range:
        """The range of a term, worked out once."""
        found = self._seen.get(term)
        if found is None:
            found = self._seen[term] = term.range(self)
        return found

    def moved(self, name: str, stored: int) -> Sight:
        """The same sight with one input at a known stored value."""
        other = Sight({**self.known, name: (stored, stored)}, self.on, self.tables, self.users)
        touched = self._seen if self.users is None else self.users.get(name, frozenset())
        other._seen = {term: found for term, found in self._seen.items() if term not in touched}
        return other


class Term:
    """A number computed from inputs; ``+``, ``-`` and ``*`` by a number build sums of terms."""

    parts: tuple[Term, ...] = ()

    def range(self, sight: Sight) -> Range:
        """The least and the greatest value it can have, given what is known."""
        raise NotImplementedError

    def walk(self) -> Iterator[Term]:
        """This term and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __add__(self, other: Term | Exact) -> Term:
        return Sum(((1, self), (1, term(other))))

    __radd__ = __add__

    def __sub__(self, other: Term | Exact) -> Term:
        return Sum(((1, self), (-1, term(other))))

    def __rsub__(self, other: Term | Exact) -> Term:
        return Sum(((1, term(other)), (-1, self)))

    def __mul__(self, factor: Exact) -> Term:
        return Sum(((factor, self),))

    __rmul__ = __mul__


def term(value: Term | Exact) -> Term:
    """A term as it is, a number as a constant."""
    return value if isinstance(value, Term) else Number(value)


@dataclass(frozen=True, eq=False)
class Number(Term):
    """A constant: fen, a ratio, a count."""

    value: Exact

    def range(self, _sight: Sight) -> Range:
        return self.value, self.value


@dataclass(frozen=True, eq=False)
class Operator(Term):
    """A number that the public text does not give: an officer sets it in table ``key``, else it is unknown."""

    key: str
    unit: str
    meaning: Text
    low: Exact = 0
    high: Exact = 10**17

    def range(self, sight: Sight) -> Range:
        value = sight.tables.get(self.key)
        return (self.low, self.high) if value is None else (value, value)


@dataclass(frozen=True, eq=False)
class Sum(Term):
    """Σ factor × term."""

    weighted: tuple[tuple[Exact, Term], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(part for _factor, part in self.weighted))

    def range(self, sight: Sight) -> Range:
        low: Any = 0
        high: Any = 0
        for factor, part in self.weighted:
            least, most = sight.range(part)
            if factor < 0:
                least, most = most, least
            low += factor * least
            high += factor * most
        return low, high


def total(*terms: Term | Exact) -> Sum:
    """The sum of several terms."""
    return Sum(tuple((1, term(each)) for each in terms))


@dataclass(frozen=True, eq=False)
class Ratio(Term):
    """``num / den`` of two terms that are never negative below; with ``den`` 0 it is ``zero`` (the rule says why)."""

    num: Term
    den: Term
    zero: Exact = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.num, self.den))
        object.__setattr__(self, "grain", grain(self.den))

    def range(self, sight: Sight) -> Range:
        (n0, n1), (d0, d1) = sight.range(self.num), sight.range(self.den)
        if d0 == d1 and n0 == n1:
            exact = Fraction(n0, d0) if d0 > 0 else self.zero
            return exact, exact
        if d1 <= 0:
            return self.zero, self.zero
        smallest = d0 if d0 > 0 else self.grain
        ends = [Fraction(n, d) for n in (n0, n1) for d in (smallest, d1)]
        ends += [Fraction(self.zero)] if d0 <= 0 else []
        return min(ends), max(ends)


def grain(of: Term) -> Fraction:
    """What every value of a term is a whole multiple of: the least that it can be above nothing."""
    if not isinstance(of, Sum):
        return Fraction(getattr(of, "factor", 1))
    found = Fraction(0)
    for factor, part in of.weighted:
        more = abs(Fraction(factor) * grain(part))
        found = Fraction(gcd(found.numerator * more.denominator, more.numerator * found.denominator), found.denominator * more.denominator)
    return found or Fraction(1)


def ratio(num: Term, den: Term, *, zero: Exact = 0) -> Ratio:
    """``num / den``; ``zero`` is its value when the denominator is 0."""
    return Ratio(num, den, zero)


@dataclass(frozen=True)
class Step:
    """One line of a scoring table: ``op`` (``>=``, ``>``, ``<=``, ``<``), the edge, and the points, as a range."""

    op: str
    edge: Exact
    points: Range

    def holds(self, value: Any) -> bool:
        """Whether the value lies on this side of the edge."""
        if self.op == ">=":
            return value >= self.edge
        if self.op == ">":
            return value > self.edge
        return value <= self.edge if self.op == "<=" else value < self.edge


def _points(value: Exact | Range) -> Range:
    return value if isinstance(value, tuple) else (value, value)


@dataclass(frozen=True, eq=False)
class Bands(Term):
    """A scoring table: the points of the first step that holds, else ``otherwise``."""

    of: Term
    steps: tuple[Step, ...]
    otherwise: Range

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.of,))

    def at(self, value: Any) -> Range:
        """The points of one exact value."""
        for step in self.steps:
            if step.holds(value):
                return step.points
        return self.otherwise

    def _at_ratio(self, num: Exact, den: Exact) -> Range:
        """The points of ``num / den``, by whole numbers, which are faster than fractions."""
        for step in self.steps:
            gap = num * step.edge.denominator - step.edge.numerator * den
            if gap > 0 if step.op == ">" else gap >= 0 if step.op == ">=" else gap <= 0 if step.op == "<=" else gap < 0:
                return step.points
        return self.otherwise

    def range(self, sight: Sight) -> Range:
        if isinstance(self.of, Ratio):
            (num, most), (den, greatest) = sight.range(self.of.num), sight.range(self.of.den)
            if num == most and den == greatest and den > 0:
                return self._at_ratio(num, den)
        low, high = sight.range(self.of)
        if low == high:
            return self.at(low)
        inner = sorted({step.edge for step in self.steps if low < step.edge < high})
        marks = [low, *inner, high]
        between = [Fraction(a + b) / 2 for a, b in pairwise(marks)]
        found = [self.at(value) for value in (*marks, *between)]
        return min(each[0] for each in found), max(each[1] for each in found)


def bands(of: Term, *steps: tuple[Exact, Exact | Range], otherwise: Exact | Range = 0, op: str = ">=") -> Bands:
    """A table of ``(edge, points)`` from the best step down, every edge compared by ``op``; points may be a range."""
    return Bands(of, tuple(Step(op, edge, _points(points)) for edge, points in steps), _points(otherwise))


@dataclass(frozen=True, eq=False)
class Most(Term):
    """The greatest of several terms (the better of two tests)."""

    parts: tuple[Term, ...]

    def range(self, sight: Sight) -> Range:
        found = [sight.range(part) for part in self.parts]
        return max(low for low, _ in found), max(high for _, high in found)


@dataclass(frozen=True, eq=False)
class Least(Term):
    """The least of several terms (a capped block, a capped subsidy)."""

    parts: tuple[Term, ...]

    def range(self, sight: Sight) -> Range:
        found = [sight.range(part) for part in self.parts]
        return min(low for low, _ in found), min(high for _, high in found)


def better_of(*terms: Term | Exact) -> Most:
    """The greatest of the terms."""
    return Most(tuple(map(term, terms)))


def capped(of: Term, most: Exact) -> Least:
    """The term, never above ``most``."""
    return Least((of, Number(most)))


@dataclass(frozen=True, eq=False)
class Points(Term):
    """A named item of a score, shown with its range and its maximum."""

    name: str
    text: Text
    of: Term
    most: Exact

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.of,))

    def range(self, sight: Sight) -> Range:
        return sight.range(self.of)


@dataclass(frozen=True, eq=False)
class ByCode(Term):
    """Points by the code of a choice; an unknown choice spans all of them, a code without points has ``otherwise``."""

    choice: Any  # an Input of kind choice
    points: Mapping[str, Exact | Range]
    otherwise: Exact = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.choice,))

    def range(self, sight: Sight) -> Range:
        code = sight.known.get(self.choice.name)
        if code is not None:
            return _points(self.points.get(code, self.otherwise))
        spans = [_points(self.points.get(each, self.otherwise)) for each in self.choice.choices]
        return min(span[0] for span in spans), max(span[1] for span in spans)


@dataclass(frozen=True, eq=False)
class Growth(Term):
    """g = ½(Y2/Y1 + Y3/Y2) − 1 of three yearly amounts; Y1 = 0: Y3/Y2 − 1; Y2 = 0: no growth (国科发火〔2016〕195号)."""

    y1: Term
    y2: Term
    y3: Term

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.y1, self.y2, self.y3))

    @staticmethod
    def at(y1: Exact, y2: Exact, y3: Exact) -> Fraction:
        """The growth of three known amounts; nothing at all (-1) when year two or an end is negative or zero."""
        if y2 <= 0 or y1 < 0:
            return Fraction(-1)
        if y1 == 0:
            return Fraction(y3, y2) - 1
        return (Fraction(y2, y1) + Fraction(y3, y2)) / 2 - 1

    def range(self, sight: Sight) -> Range:
        spans = [sight.range(part) for part in self.parts]
        if all(low == high for low, high in spans):
            exact = self.at(*(low for low, _ in spans))
            return exact, exact
        return Fraction(-1), Fraction(10**18)


def percent(value: int | str) -> Fraction:
    """``percent("7.5")`` is 3/40, exactly."""
    return Fraction(value) / 100


def yuan(value: int | str) -> int:
    """Fen of an amount in 元."""
    return int(Fraction(value) * 100)


def wan(value: int | str) -> int:
    """Fen of an amount in 万元."""
    return int(Fraction(value) * 1_000_000)


def yi(value: int | str) -> int:
    """Fen of an amount in 亿元."""
    return int(Fraction(value) * 10_000_000_000)


def compound(rate: Fraction, years: int) -> Fraction:
    """(1 + rate)^years: what an amount is multiplied by when it grows so for so long."""
    return (1 + rate) ** years

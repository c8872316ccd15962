"""Terms in the text of a kernel: the least and the greatest value of each, in the same words as the terms themselves."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, singledispatchmethod
from itertools import pairwise
from math import lcm

from fuhua.policy.columns.calendar import FINE
from fuhua.policy.columns.numbers import Fixed, Quotient, Rough, Unsupported, Value, added, best, constant, fitting, literal, reaches
from fuhua.policy.columns.writing import Writer
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import (  # fmt: skip
    Bands,
    ByCode,
    Exact,
    Growth,
    Least,
    Most,
    Number,
    Operator,
    Points,
    Range,
    Ratio,
    Sum,
    Term,
)

Span = tuple[Value, Value]  # low and high; one and the same object when the term is known for certain
Setting = Mapping[str, str]  # which of several values an input has here, by the input's name
MONTHS = 12 * 300  # more than between the first and the last day an input can have


@cache
def inputs_of(term: Term) -> frozenset[Input]:
    """Every input the term looks at."""
    return frozenset(inner for inner in term.walk() if isinstance(inner, Input))


class Spans:
    """Writes terms; ``stored[name, version]`` is the range of whole numbers of an input, as named in the text."""

    def __init__(self, writer: Writer, stored: dict[tuple[str, str], tuple[Fixed, Fixed]], tables: Mapping[str, Exact]) -> None:
        self.writer, self.stored, self.tables = writer, stored, tables
        self.guarded = False  # whether a rough comparison was written, so that ``hard`` has to be looked at

    def of(self, term: Term, setting: Setting) -> Span:
        """The span of a term while inputs stand as ``setting`` says; written once for the same."""
        key = self._key(term, setting)
        return self.writer.remembered(key) or self.writer.remember(key, self._written(term, setting))

    def tell(self, term: Term, setting: Setting, value: Fixed) -> None:
        """From here on the term is this value in this setting."""
        self.writer.remember(self._key(term, setting), (value, value))

    def _key(self, term: Term, setting: Setting) -> tuple[Term, tuple[str, ...]]:
        return term, tuple(setting.get(name, "") for name in sorted(one.name for one in inputs_of(term)))

    def ge(self, left: Value, right: Value, *, strict: bool) -> str:
        """The name of ``left >= right``; a rough comparison that is too near marks the row as hard."""
        if isinstance(left, Rough) or isinstance(right, Rough):
            return self._roughly(left, right, strict)
        return self.writer.let(reaches(left, right, strict=strict), "c")

    def _roughly(self, left: Value, right: Value, strict: bool) -> str:
        sides, errors = [], []
        for side in (left, right):
            if isinstance(side, Quotient):
                raise Unsupported("a quotient beside a growth")
            sides.append(side.code if isinstance(side, Rough) else f"({side.code}) / {side.scale}")
            errors.append(side.error if isinstance(side, Rough) else "0.0")
        self.guarded = True
        gap = self.writer.let(f"{sides[0]} - {sides[1]}", "g")
        self.writer.add(f"hard = hard | (abs({gap}) < {errors[0]} + {errors[1]})")
        return self.writer.let(f"{gap} {'>' if strict else '>='} 0.0", "c")

    @singledispatchmethod
    def _written(self, term: Term, _setting: Setting) -> Span:
        raise Unsupported(type(term).__name__)

    @_written.register
    def _(self, term: Input, setting: Setting) -> Span:
        if term.kind == "choice" or (term.name, setting.get(term.name, "")) not in self.stored:
            raise Unsupported(f"{term.kind} as a number")
        low, high = self.stored[term.name, setting.get(term.name, "")]
        factor = Fraction(term.factor)
        if low is high:
            only = low.by(factor.numerator, factor.denominator)
            return only, only
        return low.by(factor.numerator, factor.denominator), high.by(factor.numerator, factor.denominator)

    @_written.register
    def _(self, term: Number, _setting: Setting) -> Span:
        return (constant(term.value),) * 2

    @_written.register
    def _(self, term: Operator, _setting: Setting) -> Span:
        value = self.tables.get(term.key)
        return (constant(term.low), constant(term.high)) if value is None else (constant(value),) * 2

    @_written.register
    def _(self, term: Points, setting: Setting) -> Span:
        return self.of(term.of, setting)

    @_written.register
    def _(self, term: Sum, setting: Setting) -> Span:
        lows, highs = [], []
        for factor, part in term.weighted:
            low, high = self._fixed(part, setting)
            exact = Fraction(factor)
            ends = low.by(exact.numerator, exact.denominator), high.by(exact.numerator, exact.denominator)
            lows.append(ends[0] if factor >= 0 else ends[1])
            highs.append(ends[1] if factor >= 0 else ends[0])
        return self._pair(added, lows, highs)

    @_written.register(Most)
    @_written.register(Least)
    def _(self, term: Most | Least, setting: Setting) -> Span:
        spans = [self._fixed(part, setting) for part in term.parts]
        which = "max" if isinstance(term, Most) else "min"
        return self._pair(lambda values: best(values, which), [low for low, _ in spans], [high for _, high in spans])

    def _fixed(self, term: Term, setting: Setting) -> tuple[Fixed, Fixed]:
        low, high = self.of(term, setting)
        if not isinstance(low, Fixed) or not isinstance(high, Fixed):
            raise Unsupported("a quotient inside a sum, a greatest or a least")
        return low, high

    def _pair(self, make, lows: list[Fixed], highs: list[Fixed]) -> Span:
        low = self.writer.kept(make(lows))
        same = all(mine.code == theirs.code and mine.scale == theirs.scale for mine, theirs in zip(lows, highs, strict=True))
        return low, low if same else self.writer.kept(make(highs))

    @_written.register
    def _(self, term: Ratio, setting: Setting) -> Span:
        (n0, n1), (d0, d1) = self._fixed(term.num, setting), self._fixed(term.den, setting)
        n0, n1, d0, d1 = (self.writer.kept(value) for value in (n0, n1, d0, d1))
        if n0.code == n1.code and d0.code == d1.code:
            only = self._known_ratio(n0, d0, term.zero)
            return only, only
        return self._open_ratio((n0, n1), (d0, d1), term.zero, term.grain)

    def _known_ratio(self, num: Fixed, den: Fixed, zero: Exact) -> Quotient:
        if den.least > 0:
            return Quotient(num, den)
        over, under = _zero(zero, num, den)
        some = self.writer.let(f"{den.code} > 0", "c")
        name = self.writer.let(chosen(some, num.code, over), "n")
        return _quotient(name, self.writer.let(chosen(some, den.code, under), "d"), num, den, over, under)

    def _open_ratio(self, num: tuple[Fixed, Fixed], den: tuple[Fixed, Fixed], zero: Exact, grain: Fraction) -> Span:
        """As ``Ratio.range``: the ends, over the smallest amount that is not zero and the greatest, and the value at zero."""
        (n0, n1), (d0, d1), write = num, den, self.writer
        over, under = _zero(zero, n0, d0)
        below = Fixed("", d0.scale, min(d0.least, d1.least), max(d0.most, d1.most))
        small = write.let(f"{d0.code} if {d0.code} > 0 else {literal(int(grain * d0.scale))}", "s") if d0.least <= 0 else d0.code
        great = d1.code
        low_n, high_n, low_d, high_d = (write.name(stem) for stem in ("n", "n", "d", "d"))
        write.add(f"{low_n}, {low_d} = {n0.code}, " + (great if n0.least >= 0 else f"{great} if {n0.code} >= 0 else {small}"))
        write.add(f"{high_n}, {high_d} = {n1.code}, " + (small if n1.least >= 0 else f"{small} if {n1.code} >= 0 else {great}"))
        if d0.least <= 0:
            low, high = _quotient(low_n, low_d, n0, below, over, under), _quotient(high_n, high_d, n1, below, over, under)
            at_zero = constant(zero)
            with write.block(f"if {d1.code} <= 0:"):
                write.add(f"{low_n}, {low_d}, {high_n}, {high_d} = {literal(over)}, {under}, {literal(over)}, {under}")
            with write.block(f"elif {d0.code} <= 0:"):
                for value, worse in ((low, reaches(low, at_zero, strict=True)), (high, reaches(at_zero, high, strict=True))):
                    if worse != "False":
                        with write.block(f"if {worse}:"):
                            write.add(f"{value.num.code}, {value.den.code} = {literal(over)}, {under}")
            return low, high
        return _quotient(low_n, low_d, n0, below, over, under), _quotient(high_n, high_d, n1, below, over, under)

    @_written.register
    def _(self, term: Bands, setting: Setting) -> Span:
        low, high = self.of(term.of, setting)
        if low is high or _settled(low, high):
            found = self._at(term, low)
            return found[0], found[1]
        regions = regions_of(term)
        rise = rising(regions)
        if rise is not None:
            first, last = (low, high) if rise > 0 else (high, low)
            return self._at(term, first)[0], self._at(term, last)[1]
        return self._met(term, low, high)

    def _at(self, term: Bands, value: Value) -> tuple[Fixed, Fixed]:
        """The points of one value, by the first line that holds, as a range."""
        conditions = [self._line(value, line.op, line.edge) for line in term.steps]
        points = [*(line.points for line in term.steps), term.otherwise]
        first = self._nested if nested(term) else self._first
        low = first(conditions, [constant(each[0]) for each in points])
        if all(each[0] == each[1] for each in points):
            return low, low
        return low, first(conditions, [constant(each[1]) for each in points])

    def _line(self, value: Value, op: str, edge: Exact) -> str:
        at = constant(edge)
        return self.ge(value, at, strict=op == ">") if op in (">=", ">") else self.ge(at, value, strict=op == "<")

    def _first(self, conditions: list[str], values: list[Fixed]) -> Fixed:
        """The value of the first condition that holds, else the last value."""
        values = _alike(values)
        code = values[-1].code
        for condition, value in zip(reversed(conditions), reversed(values[:-1]), strict=True):
            code = value.code if condition == "True" else code if condition == "False" else f"{value.code} if {condition} else ({code})"
        return self._one_of(code, values)

    def _nested(self, conditions: list[str], values: list[Fixed]) -> Fixed:
        """As ``_first`` where each condition implies the next: a sum of what each line adds, which needs no branch."""
        values = _alike(values)
        gains = [before.least - after.least for before, after in pairwise(values)]
        base = values[-1].least + sum(gain for gain, condition in zip(gains, conditions, strict=True) if condition == "True")
        parts = [f"({condition}) * {literal(gain)}" for gain, condition in zip(gains, conditions, strict=True)
                 if gain and condition not in ("True", "False")]  # fmt: skip
        return self._one_of(" + ".join([*parts, *([literal(base)] if base or not parts else [])]), values)

    def _one_of(self, code: str, values: list[Fixed]) -> Fixed:
        least, most = min(value.least for value in values), max(value.most for value in values)
        return Fixed(self.writer.let(code, "p"), values[0].scale, least, most)

    def _met(self, term: Bands, low: Value, high: Value) -> Span:
        """The least and most points of all lines that the span meets, for a table that goes up and down."""
        regions, marks = regions_of(term), edges_of(term)
        ends = []
        for which, pick in ((0, "min"), (1, "max")):
            name = self.writer.name("p")
            worst = (max if pick == "min" else min)(points[which] for points in regions)
            self.writer.add(f"{name} = {literal(int(worst))}")
            for place, points in enumerate(regions):
                below, above = (place - 1) // 2, place // 2  # an odd place is an edge, an even one lies between two
                met = [self.ge(high, constant(marks[below]), strict=place % 2 == 0)] if place else []
                met += [self.ge(constant(marks[above]), low, strict=place % 2 == 0)] if place < len(regions) - 1 else []
                if points[which] != int(points[which]):
                    raise Unsupported("points that are no whole numbers in a table that goes up and down")
                chosen = f"{pick}({name}, {literal(int(points[which]))})"
                self.writer.add(f"{name} = {chosen} if {' and '.join(met) or 'True'} else {name}")
            least, most = min(int(each[which]) for each in regions), max(int(each[which]) for each in regions)
            ends.append(Fixed(name, 1, least, most))
        return ends[0], ends[1]

    @_written.register
    def _(self, term: ByCode, setting: Setting) -> Span:
        low, high = self.stored[term.choice.name, setting.get(term.choice.name, "")]
        codes = list(term.choice.choices)
        spans = [points if isinstance(points := term.points.get(code, term.otherwise), tuple) else (points, points) for code in codes]
        ends = []
        for which, pick in ((0, min), (1, max)):
            asked = [f"{low.code} == {place}" for place in range(len(codes))]
            values = [constant(span[which]) for span in spans]
            unknown = constant(pick(span[which] for span in spans))
            ends.append(self._first(asked, [*values, unknown]))
        certain = low is high and all(span[0] == span[1] for span in spans)
        return ends[0], ends[0] if certain else ends[1]

    @_written.register
    def _(self, term: Elapsed, setting: Setting) -> Span:
        since = self._fixed(term.since, setting)
        today = (Fixed("today", 1, 1, 4 * 10**6),) * 2
        until = today if term.until is None else self._fixed(term.until, setting)
        low = self._time(since[1], until[0], term.unit)
        if since[0] is since[1] and until[0] is until[1]:
            return low, low
        return low, self._time(since[0], until[1], term.unit)

    def _time(self, since: Fixed, until: Fixed, unit: str) -> Fixed:
        if unit == "days":
            return self.writer.kept(added([until, since.by(-1)]))
        months = self.writer.let(f"fine_months({since.code}, {until.code})", "m")
        if unit == "months":
            return fitting(Fixed(months, FINE, -MONTHS * FINE, MONTHS * FINE))
        years = self.writer.let(f"{months} if {months} >= 0 else {months} * 12", "y")
        return fitting(Fixed(years, 12 * FINE, -12 * MONTHS * FINE, MONTHS * FINE))

    @_written.register
    def _(self, term: Growth, setting: Setting) -> Span:
        amounts = [tuple(self.writer.kept(end) for end in self._fixed(part, setting)) for part in term.parts]
        y1, y2, y3 = (self.writer.let(f"({low.code}) / {low.scale}", "f") for low, _ in amounts)
        first = self.writer.let(f"{y2} / {y1} if {y1} > 0.0 and {y2} > 0.0 else 0.0", "f")
        second = self.writer.let(f"{y3} / {y2} if {y2} > 0.0 else 0.0", "f")
        both = f"({first} + {second}) / 2.0 - 1.0 if {y1} > 0.0 else {second} - 1.0"
        value = self.writer.let(f"-1.0 if {y2} <= 0.0 or {y1} < 0.0 else ({both})", "f")
        error = self.writer.let(f"1e-12 * (2.0 + abs({first}) + abs({second}))", "e")
        open_ = [f"({low.code} != {high.code})" for low, high in amounts if low.code != high.code]
        if not open_:
            return (Rough(value, error),) * 2
        unknown = self.writer.let(" | ".join(open_), "u")  # then it is anything from -1, as ``Growth.range`` says
        error = self.writer.let(f"0.0 if {unknown} else {error}", "e")
        low, high = (self.writer.let(f"{end} if {unknown} else {value}", "f") for end in ("-1.0", "1e18"))
        return Rough(low, error), Rough(high, error)


def chosen(condition: str, name: str, otherwise: int) -> str:
    """``name`` where the condition holds, else a constant, without a branch."""
    return f"{name} * {condition}" + (f" + {literal(otherwise)} * (not {condition})" if otherwise else "")


def _alike(values: list[Fixed]) -> list[Fixed]:
    scale = lcm(*(value.scale for value in values))
    return [value.at_scale(scale) for value in values]


@cache
def nested(table: Bands) -> bool:
    """Whether each line of the table implies the next: one way of comparing, edges from the best down."""
    signs = {line.op for line in table.steps}
    edges = [line.edge for line in table.steps]
    return len(signs) == 1 and edges == sorted(edges, reverse=signs <= {">=", ">"}) and len(set(edges)) == len(edges)


def _zero(zero: Exact, num: Fixed, den: Fixed) -> tuple[int, int]:
    """The whole numbers of numerator and denominator that stand for the value at a denominator of zero."""
    exact = Fraction(zero)
    return exact.numerator * num.scale, exact.denominator * den.scale


def _quotient(name: str, below: str, num: Fixed, den: Fixed, over: int, under: int) -> Quotient:
    return Quotient(
        fitting(Fixed(name, num.scale, min(num.least, over), max(num.most, over))),
        fitting(Fixed(below, den.scale, max(1, min(den.least, under)), max(den.most, under, den.scale))),
    )


def _settled(low: Value, high: Value) -> bool:
    return isinstance(low, Fixed) and isinstance(high, Fixed) and low.code == high.code and low.scale == high.scale


@cache
def edges_of(table: Bands) -> tuple[Exact, ...]:
    """The edges of a table, least first."""
    return tuple(sorted({line.edge for line in table.steps}))


@cache
def regions_of(table: Bands) -> tuple[Range, ...]:
    """The points below the first edge, on it, between it and the next, and so on to above the last."""
    marks = edges_of(table)
    if not marks:
        return (table.otherwise,)
    inner = [(low, Fraction(low + high) / 2) for low, high in pairwise(marks)]
    places = [marks[0] - 1, *(each for pair in inner for each in pair), marks[-1], marks[-1] + 1]
    return tuple(table.at(place) for place in places)


def rising(regions: tuple[Range, ...]) -> int | None:
    """1 when points never fall as the value rises, -1 when they never rise, None when they do both."""
    pairs = list(pairwise(regions))
    if all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairs):
        return 1
    return -1 if all(before[0] >= after[0] and before[1] >= after[1] for before, after in pairs) else None

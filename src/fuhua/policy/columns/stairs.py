"""Stairs: the points of a scoring table as one input rises, told by the steps at which they grow instead of by the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fuhua.policy.columns.flat import FAR
from fuhua.policy.columns.numbers import Fixed, Unsupported, constant, literal
from fuhua.policy.columns.reachable import Line, lines_of
from fuhua.policy.columns.spans import Setting, Spans, nested, regions_of, rising
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Bands, Most, Points, Ratio, Term


@dataclass(frozen=True)
class Stairs:
    """``base`` points, and more points from a step on: ``(points, name of the step)``, least first."""

    base: int
    rises: tuple[tuple[int, str], ...]

    def at(self, steps: str) -> Fixed:
        """The points after so many steps."""
        parts, before = [], self.base
        for points, name in self.rises:
            parts.append(f"({name} <= {steps}) * {points - before}")
            before = points
        return Fixed(" + ".join([*([literal(self.base)] if self.base else []), *parts]) or "0", 1, self.base, before)


Flip = Callable[[Line], str]


def stairs_of(term: Term, one: Input, spans: Spans, setting: Setting, flip: Flip) -> Stairs | None:
    """The stairs of a term that one input lifts; None when it may also fall, or is no whole number of points."""
    if isinstance(term, Points):
        return stairs_of(term.of, one, spans, setting, flip)
    if isinstance(term, Bands):
        return _of_table(term, one, spans, setting, flip)
    if not isinstance(term, Most):
        return None
    found = [stairs_of(part, one, spans, setting, flip) for part in term.parts]
    stairs = [each for each in found if each is not None]
    if len(stairs) < len(found):
        return None
    base = max(each.base for each in stairs)
    rises = []
    for points in sorted({points for each in stairs for points, _name in each.rises if points > base}):
        names = [next((name for reached, name in each.rises if reached >= points), "") for each in stairs]
        first = [name for name in names if name]
        code = first[0]
        for name in first[1:]:
            code = f"min({code}, {name})"
        rises.append((points, spans.writer.let(code, "k")))
    return Stairs(base, tuple(rises))


def _of_table(table: Bands, one: Input, spans: Spans, setting: Setting, flip: Flip) -> Stairs | None:
    points = [line.points for line in table.steps] + [table.otherwise]
    if not nested(table) or rising(regions_of(table)) != 1 or any(low != high or int(low) != low for low, high in points):
        return None
    over = _over(table.of)
    guard = ""
    if over is not None:
        den = spans.of(over.den, setting)[0]
        if not isinstance(den, Fixed) or table.at(over.zero) != table.otherwise:
            return None
        guard = "" if den.least > 0 else spans.ge(den, constant(0), strict=True)
    try:
        names = [flip(line) for step in table.steps for line in lines_of(table, step, one)]
    except Unsupported:
        return None
    if len(names) != len(table.steps):
        return None
    if guard:  # without a denominator no step changes anything
        names = [spans.writer.let(f"{name} + (not {guard}) * {FAR}", "k") for name in names]
    return Stairs(
        int(points[-1][0]), tuple((int(low), name) for (low, _high), name in zip(reversed(points[:-1]), reversed(names), strict=True))
    )


def _over(of: Term) -> Ratio | None:
    while isinstance(of, Points):
        of = of.of
    return of if isinstance(of, Ratio) else None


def tables_outside(term: Term, stairs: dict[Term, Stairs]) -> Iterator[Bands]:
    """The scoring tables of a term that are not told by stairs."""
    if term in stairs:
        return
    if isinstance(term, Bands):
        yield term
    for part in term.parts:
        yield from tables_outside(part, stairs)

"""Exact numbers in the text of a kernel: whole numbers with a fixed scale, quotients, and proofs that 64 bits suffice."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod

from fuhua.policy.reasoning.terms import Exact

ROOM = 2**62  # nothing a kernel works out is larger, so that a sum of two still fits in 64 bits


class Unsupported(ValueError):
    """A rule that cannot be written as a kernel: a shape it does not know, or numbers that may not fit in 64 bits."""


@dataclass(frozen=True, eq=False)
class Fixed:
    """``code / scale``: ``code`` is a name or a literal of the kernel, a whole number from ``least`` to ``most``."""

    code: str
    scale: int
    least: int
    most: int

    @property
    def known(self) -> bool:
        """Whether it is one number, known while the kernel is written."""
        return self.least == self.most

    def by(self, factor: int, scale: int = 1) -> Fixed:
        """It times ``factor / scale``, both whole, ``scale`` above zero."""
        ends = sorted((self.least * factor, self.most * factor))
        code = literal(ends[0]) if self.known or factor == 0 else self.code if factor == 1 else f"{self.code} * {literal(factor)}"
        return fitting(Fixed(code, self.scale * scale, *ends))

    def at_scale(self, scale: int) -> Fixed:
        """The same number with another scale, a multiple of its own; raises :class:`Unsupported` when it may not fit."""
        grown = self.by(scale // self.scale)
        return Fixed(grown.code, scale, grown.least, grown.most)


@dataclass(frozen=True, eq=False)
class Quotient:
    """``num / den``, where the whole number of ``den`` is above zero."""

    num: Fixed
    den: Fixed


@dataclass(frozen=True, eq=False)
class Rough:
    """A number too fine for 64 bits, as a float with a bound of its error; a comparison nearer than that is left open."""

    code: str
    error: str


Value = Fixed | Quotient | Rough


def literal(value: int) -> str:
    """A whole number as it stands in the text."""
    return f"({value})" if value < 0 else str(value)


def constant(value: Exact) -> Fixed:
    """A number known while the kernel is written."""
    exact = Fraction(value)
    return Fixed(literal(exact.numerator), exact.denominator, exact.numerator, exact.numerator)


def fitting(value: Fixed) -> Fixed:
    """The value itself; raises :class:`Unsupported` when its whole number may not fit."""
    if max(abs(value.least), abs(value.most)) >= ROOM:
        raise Unsupported("a number may not fit in 64 bits")
    return value


def added(values: list[Fixed]) -> Fixed:
    """The sum, as one expression."""
    scale = lcm(*(value.scale for value in values))
    parts = [value.at_scale(scale) for value in values]
    rest = [part for part in parts if not part.known]
    known = sum(part.least for part in parts if part.known)
    code = " + ".join([*(part.code for part in rest), *([literal(known)] if known or not rest else [])])
    return fitting(
        Fixed(
            code if len(rest) + bool(known) < 2 else f"({code})", scale, sum(part.least for part in parts), sum(part.most for part in parts)
        )
    )


def best(values: list[Fixed], which: str) -> Fixed:
    """The ``max`` or ``min`` of several, as one expression; what can never be it is left out."""
    scale = lcm(*(value.scale for value in values))
    parts = [value.at_scale(scale) for value in values]
    pick = max if which == "max" else min
    least, most = pick(part.least for part in parts), pick(part.most for part in parts)
    able = [
        part for part in parts if (part.least == least or part.most > least if which == "max" else part.most == most or part.least < most)
    ]
    code = able[0].code
    for part in able[1:]:
        code = f"{which}({code}, {part.code})"
    return Fixed(code, scale, least, most)


def _span(values: list[Fixed], factor: int) -> tuple[int, int]:
    least, most = factor, factor
    for value in values:
        ends = [end * bound for end in (least, most) for bound in (value.least, value.most)]
        least, most = min(ends), max(ends)
    return least, most


def _as_quotient(value: Fixed | Quotient) -> tuple[list[Fixed], list[Fixed], Fraction]:
    """Factors above, factors below, and one constant."""
    if isinstance(value, Fixed):
        return [value], [], Fraction(1, value.scale)
    return [value.num], [value.den], Fraction(value.den.scale, value.num.scale)


def _constants_out(values: list[Fixed]) -> tuple[list[Fixed], int]:
    return [value for value in values if not value.known], prod(value.least for value in values if value.known)


def reaches(left: Fixed | Quotient, right: Fixed | Quotient, *, strict: bool) -> str:
    """``left >= right`` (``>`` when strict) by whole numbers: an expression, or ``True`` / ``False`` when bounds settle it."""
    over, under, scale = _as_quotient(left)
    other_over, other_under, other_scale = _as_quotient(right)
    lefts, left_known = _constants_out([*over, *other_under])
    rights, right_known = _constants_out([*other_over, *under])
    left_factor = left_known * scale.numerator * other_scale.denominator
    right_factor = right_known * other_scale.numerator * scale.denominator
    shared = gcd(left_factor, right_factor) or 1
    left_factor, right_factor = left_factor // shared, right_factor // shared
    (least, most), (low, high) = _span(lefts, left_factor), _span(rights, right_factor)
    if least > high or (least == high and not strict):
        return "True"
    if most < low or (most == low and strict):
        return "False"
    if max(map(abs, (least, most, low, high))) >= ROOM:
        raise Unsupported("a comparison may not fit in 64 bits")
    return f"{_product(lefts, left_factor)} {'>' if strict else '>='} {_product(rights, right_factor)}"


def _product(values: list[Fixed], factor: int) -> str:
    if factor == 0 or not values:
        return literal(factor)
    return " * ".join([*(value.code for value in values), *([] if factor == 1 else [literal(factor)])])


def either(text: list[str]) -> str:
    """At least one of the conditions, each a name or a literal."""
    if "True" in text:
        return "True"
    rest = [each for each in dict.fromkeys(text) if each != "False"]
    return rest[0] if len(rest) == 1 else f"({' | '.join(rest)})" if rest else "False"


def both(text: list[str]) -> str:
    """Every one of the conditions, each a name or a literal."""
    if "False" in text:
        return "False"
    rest = [each for each in dict.fromkeys(text) if each != "True"]
    return rest[0] if len(rest) == 1 else f"({' & '.join(rest)})" if rest else "True"


def opposite(text: str) -> str:
    """The condition turned round."""
    if text in ("True", "False"):
        return "False" if text == "True" else "True"
    return text[5:-1] if text.startswith("(not ") and text.count("(") == 1 else f"(not {text})"

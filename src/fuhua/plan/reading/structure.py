"""What a plan turns into once read: a reading with its measures, targets and doubts, all as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Span = tuple[int, int]
Confidence = Literal["sure", "unsure"]


@dataclass(frozen=True)
class Clause:
    """A part of a measure to which units bind on their own."""

    text: str
    units: tuple[str, ...]
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The clause as it stands in a gold file."""
        return {"text": self.text, "units": list(self.units)} | _roles(self.lead, self.support)


@dataclass(frozen=True)
class Measure:
    """One task of the plan; spans are offsets into the reading's source text."""

    no: int
    title: str
    text: str
    units: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    clauses: tuple[Clause, ...]
    inherits_to_all: tuple[str, ...]
    span: Span
    title_span: Span
    unit_spans: tuple[Span, ...]
    section: tuple[str, ...]
    confidence: Confidence = "sure"
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """The measure as it stands in a gold file; empty optional keys are left out."""
        found: dict[str, Any] = {"no": self.no, "title": self.title, "text": self.text, "units": list(self.units)}
        found |= _roles(self.lead, self.support)
        if self.clauses:
            found["clauses"] = [clause.to_json() for clause in self.clauses]
        if self.inherits_to_all:
            found["inherits_to_all"] = list(self.inherits_to_all)
        return found


@dataclass(frozen=True)
class Target:
    """One numeric commitment: measure 0 holds the overall goals, `value` has 百/千/万/亿 expanded."""

    measure: int
    metric: str
    op: str
    value: int | Decimal
    max: int | Decimal | None
    unit: str
    deadline: str | None
    period: str | None
    quote: str
    span: Span
    confidence: Confidence = "sure"
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """The target as it stands in a gold file; `max` only for a range."""
        found: dict[str, Any] = {
            "measure": self.measure,
            "metric": self.metric,
            "op": self.op,
            "value": _number(self.value),
            "unit": self.unit,
            "deadline": self.deadline,
            "period": self.period,
            "quote": self.quote,
        }
        if self.max is not None:
            found["max"] = _number(self.max)
        return found


@dataclass(frozen=True)
class Doubt:
    """A place a person should look at, said in two languages; nothing unsure is dropped without one."""

    span: Span
    code: str
    zh: str
    en: str

    def to_json(self) -> dict[str, Any]:
        """The doubt as plain values."""
        return {"span": list(self.span), "code": self.code, "zh": self.zh, "en": self.en}


@dataclass(frozen=True)
class Reading:
    """A plan as read: `source_text` is the cleaned text in which every span is an offset."""

    name: str
    title: str
    source_text: str
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    doubts: tuple[Doubt, ...]
    issued_by: tuple[str, ...]
    doc_number: str
    period: tuple[int | None, int | None]

    def to_json(self) -> dict[str, Any]:
        """The reading in the gold format, with the doubts added."""
        return {
            "name": self.name,
            "title": self.title,
            "measure_count": len(self.measures),
            "measures": [measure.to_json() for measure in self.measures],
            "targets": [target.to_json() for target in self.targets],
            "doubts": [doubt.to_json() for doubt in self.doubts],
        }


def _roles(lead: tuple[str, ...], support: tuple[str, ...]) -> dict[str, list[str]]:
    roles = {"lead": list(lead), "support": list(support)}
    return {role: units for role, units in roles.items() if units}


def _number(value: int | Decimal) -> int | float:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value if isinstance(value, int) else float(value)

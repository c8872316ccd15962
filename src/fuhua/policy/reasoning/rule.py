"""A rule: editions by date, conditions with clauses, levels, figures, examples, and the date that chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fuhua.kernel.period import add_months
from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text
from fuhua.policy.reasoning.conditions import All, Clause, Condition, Leaf, Some, leaves_and_gates
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Operator, Points, Sight, Term


@dataclass(frozen=True)
class Source:
    """A document: its number, its title, the day it was issued (if known) and what our reading rests on."""

    number: str
    title: Text
    issued: dt.date | None = None
    evidence: str = "text"
    confidence: str = ""


@dataclass(frozen=True)
class Note:
    """What a reader of the verdict must know, shown from ``since`` on."""

    text: Text
    since: dt.date | None = None


@dataclass(frozen=True)
class Level:
    """One level of a ladder, best first; its conditions come on top of the edition's own."""

    key: str
    text: Text
    conditions: Condition


class Untold(KeyError):
    """A figure touched an input that is not known."""


class Case:
    """What a figure sees: exact values of the inputs it needs, the day, the level reached and the operator's tables."""

    def __init__(self, sight: Sight, answer: str, level: str | None) -> None:
        self.on, self.answer, self.level, self.tables = sight.on, answer, level, sight.tables
        self._sight = sight

    def __getitem__(self, one: Input) -> Any:
        """Fen, ratio, count, bool, code, date, or ``{year: amount}``; raises :class:`Untold` when it is unknown."""
        value = self._sight.known.get(one.name)
        if value is None:
            raise Untold(one.name)
        if one.kind in ("choice", "by_year"):
            return value
        low, high = value
        if low != high:
            raise Untold(one.name)
        if one.kind == "date":
            return dt.date.fromordinal(low)
        if one.kind in ("yes_no", "listing"):
            return low == 1
        return low * one.factor

    def get(self, one: Input, otherwise: Any = None) -> Any:
        """Like indexing, with a value for the unknown."""
        try:
            return self[one]
        except Untold:
            return otherwise


@dataclass(frozen=True)
class Figure:
    """What a verdict is worth or leads to: money, a date, a number, computed exactly from the inputs it ``needs``.

    ``compute`` returns fen, a number in ``unit``, a date, a code or a name; None when there is none. It reads its inputs by
    ``case[one]``: one that is unknown and touched makes the figure wait for it, one that this case never touches does not.
    Money a year is ``worth``, the last day of a right ``deadline``. It is computed for an eligible case only, unless ``always``.
    """

    key: str
    text: Text
    unit: str
    needs: tuple[Input, ...]
    compute: Callable[[Case], Any]
    clause: Clause | None = None
    worth: bool = False
    always: bool = False
    deadline: bool = False


@dataclass(frozen=True, eq=False)
class Edition:
    """A rule as it stands from ``since`` to ``until``, both included; None is open."""

    key: str
    since: dt.date | None
    until: dt.date | None
    source: Source
    conditions: Condition
    levels: tuple[Level, ...] = ()
    score: Term | None = None
    figures: tuple[Figure, ...] = ()
    notes: tuple[Note, ...] = ()
    dates_rest_on: str = "text"

    @cached_property
    def whole(self) -> Condition:
        """The conditions and, if there are levels, any one of them."""
        if not self.levels:
            return self.conditions
        return All((self.conditions, Some(tuple(level.conditions for level in self.levels))))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf once, in the order of the text."""
        return tuple(dict.fromkeys(self.whole.leaves()))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term below conditions, gates and score."""
        roots: dict[Term, None] = dict.fromkeys(term for leaf in leaves_and_gates(self.whole) for term in leaf.terms())
        if self.score is not None:
            roots[self.score] = None
        return tuple(dict.fromkeys(inner for root in roots for inner in root.walk()))

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input it asks about, conditions first, then figures."""
        asked = [term for term in self.terms if isinstance(term, Input)]
        return tuple(dict.fromkeys([*asked, *(one for figure in self.figures for one in figure.needs)]))

    @cached_property
    def users(self) -> dict[str, frozenset[Term]]:
        """Input name → the terms whose value depends on it."""
        found: dict[str, set[Term]] = {}
        for term in self.terms:
            for inner in term.walk():
                if isinstance(inner, Input):
                    found.setdefault(inner.name, set()).add(term)
        return {name: frozenset(terms) for name, terms in found.items()}

    @cached_property
    def operators(self) -> tuple[Operator, ...]:
        """The numbers an officer has to set."""
        return tuple(term for term in self.terms if isinstance(term, Operator))

    @cached_property
    def items(self) -> tuple[Points, ...]:
        """The named items of its score."""
        return tuple(term for term in self.score.walk() if isinstance(term, Points)) if self.score is not None else ()


@dataclass(frozen=True)
class Relevant:
    """The legally relevant date: what it is, and the input it is read from (plus ``months``), else the day of judging."""

    key: str
    text: Text
    of: Input | None = None
    months: int = 0

    def day(self, known: Mapping[str, Any], on: dt.date) -> dt.date:
        """The date that chooses the edition."""
        if self.of is None or self.of.name not in known:
            return on
        low, high = known[self.of.name]
        return add_months(dt.date.fromordinal(low), self.months) if low == high else on


@dataclass(frozen=True)
class Example:
    """A worked case that is a test: a profile in declared units, a day, and all that is expected.

    ``score`` is ``(min, max)``; ``unmet`` the keys of the clauses that decide a no; ``missing`` the inputs that matter;
    ``short`` the value of an input at which its clause would be met; ``figures`` money in 元, dates, numbers;
    ``ways`` the first nearest way, input → value.
    """

    key: str
    text: Text
    on: dt.date
    profile: Mapping[str, Any]
    verdict: str
    level: str | None = None
    score: tuple[int, int] | None = None
    unmet: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    short: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    way: Mapping[str, Any] | None = None
    tables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule, one file: what it is, for whom, the date it is chosen by, its editions and its worked cases.

    ``grants`` is the title it leads to; what that unlocks is in ``titles.py``. ``instead_of`` names
    rules that cannot be enjoyed together with it. ``applied_for`` is False where nobody applies: one declares it, or is placed.
    """

    key: str
    topic: str
    name: Text
    about: Text
    subject: str
    chosen_by: Relevant
    editions: tuple[Edition, ...]
    examples: tuple[Example, ...]
    grants: str = ""
    instead_of: tuple[str, ...] = ()
    how: Text | None = None
    applied_for: bool = True

    def edition(self, day: dt.date) -> Edition | None:
        """The edition in force on the relevant day, or None."""
        for edition in self.editions:
            if (edition.since is None or edition.since <= day) and (edition.until is None or day <= edition.until):
                return edition
        return None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every input of every edition, and the one that chooses."""
        asked = [one for edition in self.editions for one in edition.inputs]
        return tuple(dict.fromkeys([*([self.chosen_by.of] if self.chosen_by.of else []), *asked]))


RULES: Registry[Rule] = Registry("rules", key=lambda rule: rule.key)

APPLICATION = Relevant("application", Text("申请日", "day of application"))
TAX_YEAR = Relevant("tax_year", Text("纳税年度中的任一日", "any day of the tax year"))
ON_THE_DAY = Relevant("day", Text("判断日", "day of judging"))

"""Figures: an indicator judges one subject at a time, a figure adds the verdicts up, and both can be recomputed anywhere.

An indicator is keyed by subject, so nothing is counted twice: one subject, one verdict. A figure after one more
fact is the old figure less the old verdict on that subject plus the new one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

import msgspec

from fuhua.evidence.facts import META, Fact, urns_of
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import standing
from fuhua.kernel.period import day, noon
from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text

Told = Sequence[Record[Any]]
COUNTED, LEFT_OUT, UNSURE = "counted", "left_out", "unsure"
_grade, _known_at, _contested = map(attrgetter, ("grade", "known_at", "contested"))


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What an indicator says of one subject: counted with an amount, left out, or unsure; and on which records.

    ``amount`` is in the indicator's unit (fen for money); ``credit`` are (URN, share) pairs whose shares sum to
    1; ``district`` is a six-digit division code; ``reason`` a code of the indicator's ``reasons``.
    """

    state: str
    amount: int
    reason: str
    records: tuple[Record[Any], ...]
    district: str = ""
    credit: tuple[tuple[str, Fraction], ...] = ()


def counted(records: Told, *, amount: int = 1, district: str = "", credit: Sequence[tuple[str, Fraction]] = (),
            reason: str = "counted") -> Verdict:
    """The subject counts with ``amount``."""
    return Verdict(COUNTED, amount, reason, tuple(records), district, tuple(credit))


def left_out(reason: str, records: Told, *, district: str = "", amount: int = 0) -> Verdict:
    """The subject does not count, for ``reason``; ``amount`` is what it would have added, if known."""
    return Verdict(LEFT_OUT, amount, reason, tuple(records), district)


def unsure(reason: str, records: Told, *, district: str = "", amount: int = 0) -> Verdict:
    """The evidence does not decide: the figure is undetermined as long as nothing better is known."""
    return Verdict(UNSURE, amount, reason, tuple(records), district)


class Terms(msgspec.Struct, frozen=True, gc=False):
    """What a target promises by when: ``since`` is the baseline day (new means after it), ``until`` the deadline."""

    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


ANY_TERMS = Terms()
Judge = Callable[[Told, dt.date, Terms], Verdict | None]


@dataclass(frozen=True)
class Definition:
    """One versioned counting rule: ``judge(told, on, terms)`` is pure; None means the subject is no concern of it."""

    version: str
    label: Text
    rule: Text
    judge: Judge


@dataclass(frozen=True)
class Example:
    """A worked case that is a test: facts of one subject with the day each became true, and what definitions must say.

    ``expect`` is version → (state, amount, reason).
    """

    name: Text
    facts: tuple[tuple[Fact, dt.date], ...]
    on: dt.date
    expect: dict[str, tuple[str, int, str]]
    terms: Terms = ANY_TERMS


@dataclass(frozen=True)
class Indicator:
    """One indicator file's declaration.

    ``unit`` is shown after the figure; ``money`` says that amounts are fen. ``key`` names what makes a subject
    one, ``attribution`` whose credit it is, ``blocks`` the cheat it stops, ``source`` the clause. ``reads`` are
    the only kinds of fact that ``judge`` is ever given. The first definition is the default.
    """

    code: str
    name: Text
    unit: Text
    period: Text
    baseline: Text
    key: Text
    attribution: Text
    source: Text
    blocks: Text
    reads: tuple[type[Fact], ...]
    definitions: tuple[Definition, ...]
    reasons: dict[str, Text]
    examples: tuple[Example, ...]
    money: bool = False
    stale_after_days: int = 400

    def definition(self, version: str | None = None) -> Definition:
        """The definition of that version, or the default; raises KeyError."""
        for definition in self.definitions:
            if version in (None, definition.version):
                return definition
        raise KeyError(version)

    def kinds(self) -> tuple[str, ...]:
        """The kinds it reads, facts about facts included: what a proof must be complete in."""
        return self._kinds

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(fact.KIND for fact in (*self.reads, *META))


INDICATORS: Registry[Indicator] = Registry("indicators", key=lambda indicator: indicator.code)


@dataclass
class Figure:
    """An indicator's reading for a day, as known at a moment; only sums, so that verdicts can be added and taken away."""

    amount: int = 0
    counted: int = 0
    left_out: int = 0
    unsure: int = 0
    contested: int = 0
    grades: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    districts: Counter[str] = field(default_factory=Counter)
    credit: defaultdict[str, Fraction | int] = field(default_factory=lambda: defaultdict(int))
    told_on: Counter[dt.date] = field(default_factory=Counter)

    @property
    def freshest(self) -> dt.datetime | None:
        """Noon in Beijing of the last day on which something was told that counts or is undetermined; None without any.

        What is left out keeps no figure fresh.
        """
        last = max((on for on, subjects in self.told_on.items() if subjects), default=None)
        return noon(last) if last else None

    @property
    def determined(self) -> bool:
        """False while something unsure might change it and nothing is counted, or there is no evidence at all."""
        return self.counted > 0 or (self.left_out > 0 and self.unsure == 0)

    @property
    def has_evidence(self) -> bool:
        """Whether any fact at all speaks to it."""
        return bool(self.counted or self.left_out or self.unsure)

    @property
    def value(self) -> int | None:
        """The figure, or None while it is undetermined."""
        return self.amount if self.determined else None

    def add(self, verdict: Verdict, sign: int = 1) -> None:
        """Add a verdict (``sign`` 1) or take it away (−1)."""
        records = verdict.records
        if verdict.state == COUNTED:
            self.amount += sign * verdict.amount
            self.counted += sign
            self.grades[min(map(_grade, records))] += sign
            self.districts[verdict.district] += sign * verdict.amount
            for urn, share in verdict.credit:  # whole shares stay integers: exact either way, and much faster
                self.credit[urn] += sign * verdict.amount * (1 if share.denominator == 1 == share.numerator else share)
        elif verdict.state == LEFT_OUT:
            self.left_out += sign
        else:
            self.unsure += sign
        self.reasons[verdict.reason] += sign
        if verdict.state != LEFT_OUT:
            self.told_on[day(max(map(_known_at, records)))] += sign
        self.contested += sign * any(map(_contested, records))

    def copy(self) -> Figure:
        """The same sums in counters of their own."""
        other = copy(self)
        for name, value in vars(other).items():
            if isinstance(value, dict):
                setattr(other, name, value.copy())
        return other

    def summary(self) -> dict[str, Any]:
        """The plain values that a bundle states and a verifier recomputes."""
        return {"value": self.value, "amount": self.amount, "counted": self.counted, "left_out": self.left_out,
                "unsure": self.unsure, "contested": self.contested}


def judged(definition: Definition, records: Sequence[Record[Any]], on: dt.date, terms: Terms) -> Verdict | None:
    """The verdict on one subject, from its records of the kinds that the indicator reads."""
    told = standing(records, on).told
    return definition.judge(told, on, terms) if told else None


def verdicts(definition: Definition, subjects: Iterable[tuple[str, Sequence[Record[Any]]]], on: dt.date,
             terms: Terms) -> Iterator[tuple[str, Verdict]]:
    """(subject, verdict) of every subject that concerns the indicator."""
    for subject, records in subjects:
        verdict = judged(definition, records, on, terms)
        if verdict is not None:
            yield subject, verdict


def reckon(definition: Definition, subjects: Iterable[tuple[str, Sequence[Record[Any]]]], on: dt.date, terms: Terms) -> Figure:
    """The figure for the day ``on`` from records grouped by subject (each group those known by K)."""
    figure = Figure()
    for _subject, verdict in verdicts(definition, subjects, on, terms):
        figure.add(verdict)
    return figure


def grouped(records: Iterable[Record[Any]], names: dict[str, str]) -> dict[str, list[Record[Any]]]:
    """Records by subject, duplicates read under the name they were merged into wherever a fact mentions them."""
    groups: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for record in _renamed(records, names) if names else records:
        groups[record.fact.subject].append(record)
    return groups


def _renamed(records: Iterable[Record[Any]], names: dict[str, str]) -> Iterator[Record[Any]]:
    """The records, those that mention a duplicate with its other name in the place; digests and all else stay."""
    duplicates = names.keys()
    for record in records:
        fact = record.fact
        if duplicates.isdisjoint(_parties(type(fact))(fact)):
            yield record
        else:
            said = {name: names[urn] for name in urns_of(type(fact)) if (urn := getattr(fact, name)) in duplicates}
            yield msgspec.structs.replace(record, fact=msgspec.structs.replace(fact, **said))


@cache
def _parties(kind: type[Fact]) -> Callable[[Fact], tuple[str, ...]]:
    """Reads the URNs out of a fact of that kind (twice the subject when there is no other: one name gives no tuple)."""
    names = urns_of(kind)
    return attrgetter(*names) if len(names) > 1 else attrgetter("subject", "subject")

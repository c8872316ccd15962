"""Figures for a day, as known at a moment: computed once from the facts, then moved fact by fact.

A board lives in the process. It knows the size and root of the log it has read; when facts were added it judges
only their subjects again (old verdict away, new verdict in), and when the log is another one (a restored
database) it starts afresh.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from threading import RLock
from typing import Any

from django.db import connection

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import Merged, Unmerged
from fuhua.evidence.proof.figure import INDICATORS, Definition, Figure, Indicator, Terms, Verdict, grouped
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import by, settled

_kind = attrgetter("kind")


@dataclass(frozen=True)
class Ask:
    """What is asked: an indicator under one definition and terms, read on each of ``days`` (the last is the main one)."""

    indicator: Indicator
    definition: Definition
    terms: Terms
    days: tuple[dt.date, ...]


@dataclass
class Answer:
    """The figure of every day asked, and for the last day every subject's verdict."""

    ask: Ask
    figures: list[Figure]
    lines: dict[str, Verdict] = field(default_factory=dict)

    @property
    def figure(self) -> Figure:
        """The figure of the main day."""
        return self.figures[-1]

    def copy(self) -> Answer:
        """The same answer again, to be moved while readers hold this one."""
        return Answer(self.ask, [each.copy() for each in self.figures], dict(self.lines))

    def judge(self, subject: str, told: list[Record[Any]], sign: int = 1) -> None:
        """Add (or with ``sign`` −1 take away) what a subject's settled records say of it on every day asked."""
        verdict = None
        judge, terms = self.ask.definition.judge, self.ask.terms
        for figure, day in zip(self.figures, self.ask.days, strict=True):
            by_day = by(told, day)
            verdict = judge(by_day, day, terms) if by_day else None
            if verdict is not None:
                figure.add(verdict, sign)
        if verdict is not None and sign > 0:
            self.lines[subject] = verdict
        else:
            self.lines.pop(subject, None)


class Board:
    """The answers of one database, kept up to date with its log."""

    def __init__(self, capacity: int = 64) -> None:
        self._lock = RLock()
        self._capacity = capacity
        self._size, self._root = 0, ""
        self._answers: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()

    def answers(self, asks: Sequence[Ask]) -> list[Answer]:
        """The answers to ``asks`` for everything sequenced so far."""
        with self._lock:
            self._advance()
            missing = [ask for ask in asks if _key(ask) not in self._answers]
            if missing:
                for answer in compute(missing, until=self._size):
                    self._answers[_key(answer.ask)] = answer
            found = [self._answers[_key(ask)] for ask in asks]
            for ask in asks:
                self._answers.move_to_end(_key(ask))
            while len(self._answers) > max(self._capacity, len(asks)):
                self._answers.popitem(last=False)
            return found

    def _advance(self) -> None:
        head = evidence.head()
        size, root = (head.size, head.root) if head else (0, "")
        if (size, root) == (self._size, self._root):
            return
        known_head = evidence.head(self._size) if self._size else None
        same_log = known_head is not None and known_head.size == self._size and known_head.root == self._root
        if same_log and size - self._size <= 2000:
            self._move(self._size, size)
        else:
            self._answers.clear()
        self._size, self._root = size, root

    def _move(self, since: int, until: int) -> None:
        fresh = list(evidence.records(since=since, until=until))
        if any(record.kind in (Merged.KIND, Unmerged.KIND) for record in fresh):
            self._answers.clear()  # a merge moves facts between subjects; rare enough to start afresh
            return
        kinds = {record.kind for record in fresh}
        answers = [answer.copy() for answer in self._answers.values() if kinds & set(answer.ask.indicator.kinds())]
        if not answers:
            return
        names = evidence.merges()
        touched = {names.get(record.subject, record.subject) for record in fresh}
        urns = sorted({urn for subject in touched for urn in evidence.subjects_of(subject, names)})
        groups = grouped(evidence.records(subjects=urns, until=until), names) if urns else {}
        for subject in touched:
            group = groups.get(subject, [])
            now, before = settled(group).told, settled([record for record in group if record.seq < since]).told
            for answer in answers:
                answer.judge(subject, _read_by(answer, before), -1)
                answer.judge(subject, _read_by(answer, now))
        for answer in answers:  # whoever holds the former answer goes on reading it undisturbed
            self._answers[_key(answer.ask)] = answer


def compute(asks: Sequence[Ask], *, known: dt.datetime | None = None, until: int | None = None) -> list[Answer]:
    """Answer every ask in one pass over the facts they read (known by ``known``, sequenced before ``until``)."""
    with _quiet_collector():
        return _compute(asks, known, evidence.sequenced() if until is None else until)


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """No garbage collection while millions of records that hold no cycles come in: with many subjects it took a quarter."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compute(asks: Sequence[Ask], known: dt.datetime | None, until: int) -> list[Answer]:
    kinds = sorted({kind for ask in asks for kind in ask.indicator.kinds()})
    groups = grouped(evidence.records(kinds, known=known, until=until), evidence.merges(known, until))
    answers = [Answer(ask, [Figure() for _ in ask.days]) for ask in asks]
    readers: dict[frozenset[str], list[tuple[Answer, bool]]] = {}
    for subject in list(groups):
        told = settled(groups.pop(subject)).told  # once for all answers and days; let go of what no verdict rests on
        kinds_told = frozenset(map(_kind, told))
        if kinds_told not in readers:
            readers[kinds_told] = _readers(kinds_told, answers)
        for answer, whole in readers[kinds_told]:
            answer.judge(subject, told if whole else _read_by(answer, told))
    return answers


def _readers(kinds: frozenset[str], answers: Sequence[Answer]) -> list[tuple[Answer, bool]]:
    """The answers that facts of ``kinds`` concern, and whether they read all of them."""
    read = [(answer, {fact.KIND for fact in answer.ask.indicator.reads}) for answer in answers]
    return [(answer, kinds <= reads) for answer, reads in read if kinds & reads]


def _read_by(answer: Answer, told: list[Record[Any]]) -> list[Record[Any]]:
    reads = answer.ask.indicator.kinds()
    return [record for record in told if record.kind in reads]


def _key(ask: Ask) -> tuple[Any, ...]:
    return ask.indicator.code, ask.definition.version, ask.terms, ask.days


_boards: dict[str, Board] = {}
_boards_lock = RLock()


def board() -> Board:
    """The board of the database in use."""
    name = str(connection.settings_dict["NAME"])
    with _boards_lock:
        return _boards.setdefault(name, Board())


def ask(indicator: str, definition: str | None, terms: Terms, *days: dt.date) -> Ask:
    """An ask by codes; raises KeyError for an unknown indicator or definition."""
    spec = INDICATORS[indicator]
    return Ask(spec, spec.definition(definition), terms, days)


def answers(asks: Sequence[Ask], known: dt.datetime | None = None) -> list[Answer]:
    """The answers now, or as known at a moment in the past (computed for the occasion)."""
    return board().answers(asks) if known is None else compute(asks, known=known)


def figure(indicator: str, definition: str | None, on: dt.date, terms: Terms, known: dt.datetime | None = None) -> Figure:
    """One indicator's figure for a day, as known now or at ``known``."""
    return answers([ask(indicator, definition, terms, on)], known)[0].figure

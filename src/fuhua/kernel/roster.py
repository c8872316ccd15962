"""Rosters: a kind of list that officers and operators send as a spreadsheet, its columns, and what entering a row does."""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Protocol

from fuhua.kernel.registry import Registry
from fuhua.kernel.sheet.refusal import BadCell, BadSheet
from fuhua.kernel.sheet.table import Source, Table, candidates, plain
from fuhua.kernel.sheet.values import Reader, is_blank, text
from fuhua.kernel.words import Text, t

_NO_HELP = Text("", "")
SURE, LIKELY = 100, 60  # confidence in percent: the title or a synonym itself; a title much like it
ALIKE_CHARACTERS, ALIKE_COLUMNS, ALIKE_ROWS = 40, 60, 12  # of headers that are not known: how much of them is compared
SECONDS = 2.0  # of computing for finding the headers of one file


class RowRefused(ValueError):
    """A row that cannot be entered as it stands; ``text`` says what to change, ``column`` in which field ("" if several)."""

    def __init__(self, text: Text, column: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.column = column


@dataclass(frozen=True)
class Column:
    """One column of a roster: its field name, title, how a cell is read, and what a person needs to fill it in.

    ``options`` are the choices of a drop-down list. ``default`` is taken for a blank cell that is not required.
    """

    name: str
    title: Text
    read: Reader = text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: Text = _NO_HELP
    options: tuple[str, ...] = ()
    default: Any = None

    @cached_property
    def known_as(self) -> frozenset[str]:
        """Every header under which the column is surely recognised, as compared."""
        return frozenset(plain(each) for each in (self.title.zh, self.title.en, self.name, *self.synonyms))


@dataclass(frozen=True)
class Reference:
    """An organisation that a row speaks of: found by the credit code in one column, else by the name in another.

    ``sorts`` are the sorts it may have; the first is registered when it is new and ``creates`` is true.
    ``district`` names the column from which a new one gets its district. ``own`` marks the incubator that an
    operator may only fill in with their own.
    """

    role: str
    name: str
    code: str = ""
    sorts: tuple[str, ...] = ("venture",)
    creates: bool = False
    required: bool = True
    district: str = ""
    own: bool = False


@dataclass(frozen=True)
class Loading:
    """Who enters the rows, when, on the strength of which document (SHA-256 of the file), for whom and how good.

    ``own`` are the URNs of the incubators that an operator runs, ``districts`` the codes of the districts that a district
    officer answers for; None for whoever is not so bound.
    """

    by: str
    at: dt.datetime
    grade: int
    document: str
    on_behalf: str | None = None
    own: frozenset[str] | None = None
    districts: frozenset[str] | None = None


@dataclass
class Line:
    """A row that was read: its number in the file, values by field, and URNs by role once organisations are known."""

    number: int
    values: dict[str, Any]
    parties: dict[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """The values as JSON keeps them: days as ISO text, blanks left out."""
        return {name: value.isoformat() if isinstance(value, dt.date) else value
                for name, value in sorted(self.values.items()) if value is not None}


class Verb(Protocol):
    """What tells a fact and can take it back: an action of an engine (see ``evidence.actions.verbs``).

    Returns the fact's digest, or "" when there was nothing to tell.
    """

    def __call__(self, *, by: str, at: dt.datetime, **fields: Any) -> str: ...

    def correct(self, digest: str, *, by: str, at: dt.datetime, **fields: Any) -> str:
        """Tell again what was told wrongly: the new fact's digest."""
        ...

    def void(self, digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
        """Take back what should not have been told, for a reason of ``VOID_REASONS``: the digest of the taking back."""
        ...


@dataclass(frozen=True)
class Telling:
    """One fact that a row tells: its name within the row, the verb, the day it is true from, and its fields."""

    name: str
    verb: Verb
    on: dt.date | None
    fields: dict[str, Any]

    def mark(self) -> str:
        """A digest of what is told, by which a later file's row is compared."""
        told = json.dumps([self.on and self.on.isoformat(), self.fields], sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Roster:
    """One kind of roster.

    ``key`` is the natural key of a row once its organisations are known: the same thing in the world has the same key
    in every file. ``tell`` gives the facts that the row tells, in the order in which they are told; the row is about the
    organisation of the first reference, or about ``subject``. ``check`` names what does not fit together within one
    row. ``known`` finds facts already told some other way (line number → telling name → digest), so that they are
    adopted and not told twice. ``many`` tells many new rows at once, as ``tell`` would one by one: a list of digests by
    telling name for each line, or a refusal for the lot, after which they are told one by one. ``verbs`` takes
    back the telling of that name. ``operators``: whether an operator may hand it in for their own incubator.
    """

    name: str
    title: Text
    about: Text
    rank: int
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]
    key: Callable[[Line], str]
    tell: Callable[[Line], Sequence[Telling]]
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    subject: Callable[[Line], str] | None = None
    check: Callable[[Mapping[str, Any]], Sequence[RowRefused]] = lambda _values: ()
    known: Callable[[Sequence[Line]], dict[int, dict[str, str]]] = lambda _lines: {}
    many: Callable[[Sequence[Line], Loading], list[dict[str, str]]] | None = None
    operators: bool = False

    def about_whom(self, line: Line) -> str:
        """The URN that the row's facts are about."""
        return self.subject(line) if self.subject else line.parties[self.references[0].role]

    def key_of(self, line: Line) -> str:
        """SHA-256 of the natural key."""
        return hashlib.sha256(f"{self.name}|{self.key(line)}".encode()).hexdigest()

    @cached_property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """Header as compared → the fields surely meant by it, in order of name."""
        found: dict[str, tuple[str, ...]] = {}
        for name, terms in sorted((each.name, each.known_as) for each in self.columns):
            for term in terms:
                found[term] = (*found.get(term, ()), name)
        return found

    def column(self, name: str) -> Column:
        """The column of that field name; raises ``KeyError``."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)


ROSTERS: Registry[Roster] = Registry("rosters", key=lambda roster: roster.name)


@dataclass(frozen=True)
class Guess:
    """Which field a header seems to be, and how sure that is, in percent."""

    column: str
    confidence: int


def propose(roster: Roster, headers: Sequence[str]) -> dict[int, Guess]:
    """Header index from 0 → the best field; each field is proposed once, the surest header first."""
    return _proposed(roster, _compared(headers))


def find(source: Source, rosters: Sequence[Roster]) -> tuple[Table, Roster | None]:
    """The table of the file whose headers fit one of the rosters best, and that roster (None when none fits at all).

    Rows that hold the most known headers are looked at closely, no more than ``ALIKE_ROWS``. Raises :class:`BadSheet`
    when there is no header row, or when looking for it takes more than ``SECONDS`` of computing.
    """
    until = time.thread_time() + SECONDS
    closest = heapq.nsmallest(ALIKE_ROWS, _rows(source, rosters, until), key=lambda row: row[:2])
    best, most, kind = None, float("-inf"), None
    for _surely, _order, table, asked in sorted(closest, key=lambda row: row[1]):
        for roster in sorted(rosters, key=lambda each: each.rank):
            points = _fit(roster, asked, until)
            if points > most:
                best, most, kind = table, points, roster
    if best is None:
        raise BadSheet(t("没有找到表头行：请在前几行内给出列名", "no header row found; put the column titles in the first rows"))
    return best, kind if most > 0 else None


def _rows(source: Source, rosters: Sequence[Roster], until: float) -> Iterator[tuple[int, int, Table, dict[int, str]]]:
    for order, table in enumerate(candidates(source)):
        _in_time(until)
        asked = _compared(table.headers)
        yield -max(sum(header in roster.headings for header in asked.values()) for roster in rosters), order, table, asked


def _in_time(until: float | None) -> None:
    if until is not None and time.thread_time() > until:
        raise BadSheet(t("表头过多或过长，无法识别是哪一行；请删去与名册无关的列和工作表，或下载模板填写",
                         "there are too many or too long headers to tell which row they are in; delete columns and sheets that do not "
                         "belong to the roster, or use a template"))


def _compared(headers: Sequence[str]) -> dict[int, str]:
    return {index: asked for index, header in enumerate(headers) if header and (asked := plain(header))}


def _proposed(roster: Roster, asked: Mapping[int, str], until: float | None = None) -> dict[int, Guess]:
    taken: dict[int, Guess] = {}
    free = {column.name: column for column in roster.columns}
    for index, header in asked.items():
        name = next((name for name in roster.headings.get(header, ()) if name in free), None)
        if name is not None:
            taken[index] = Guess(name, SURE)
            del free[name]
    scored = []
    for index, header in [(index, header) for index, header in asked.items() if index not in taken][:ALIKE_COLUMNS]:
        _in_time(until)
        for column in free.values():
            confidence = _likeness(header, column)
            if confidence >= LIKELY:
                scored.append((-confidence, index, column.name))
    for negative, index, name in sorted(scored):
        if index not in taken and name in free:
            taken[index] = Guess(name, -negative)
            del free[name]
    return taken


def _likeness(asked: str, column: Column) -> int:
    """How much the header is like the nearest of the column's, in percent; 0 where it cannot be likely."""
    asked = asked[:ALIKE_CHARACTERS]
    return max((int(99 * SequenceMatcher(None, asked, each).ratio()) for each in column.known_as if _may_be_like(asked, each)),
               default=0)


def _may_be_like(asked: str, known: str) -> bool:
    """Whether enough characters are in both: what ``SequenceMatcher`` finds can never be more."""
    shared = min(sum(letter in known for letter in asked), sum(letter in asked for letter in known))
    return 2 * 99 * shared >= LIKELY * (len(asked) + len(known))


def _fit(roster: Roster, asked: Mapping[int, str], until: float) -> float:
    """How well the headers fit the roster: the sure ones count one each, likely ones less, a missing required one costs."""
    guesses = _proposed(roster, asked, until)
    found = {guess.column for guess in guesses.values()}
    missing = sum(1 for column in roster.columns if column.required and column.name not in found)
    return sum((guess.confidence / 100) ** 2 for guess in guesses.values()) - 1.5 * missing


def read_line(
    roster: Roster, mapping: Mapping[int, str], headers: Sequence[str], number: int, cells: Sequence[Any]
) -> tuple[Line, list[RowRefused]]:
    """The row's values by field, and everything that is wrong with its cells; ``mapping`` is header index → field."""
    line, wrong = Line(number, {}), []
    for index, name in mapping.items():
        cell = cells[index] if index < len(cells) else None
        if is_blank(cell):
            continue
        column = roster.column(name)
        try:
            line.values[name] = column.read(cell, headers[index])
        except BadCell as bad:
            wrong.append(RowRefused(bad.text, name))
    failed = {each.column for each in wrong}
    for column in roster.columns:
        if column.name not in line.values and column.name not in failed:
            if column.required:
                wrong.append(RowRefused(t("缺少“{title}”，请补填", "{title} is missing; fill it in").format(title=column.title),
                                        column.name))
            elif column.default is not None:
                line.values[column.name] = column.default
    return line, wrong or list(roster.check(line.values))

"""Rosters: a kind of list that officers and operators send as a spreadsheet, its columns, and what entering a row does."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Protocol

from fuhua.kernel.registry import Registry
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.sheet.table import plain
from fuhua.kernel.sheet.values import Reader, is_blank, text
from fuhua.kernel.words import Text, t

_NO_HELP = Text("", "")
SURE, LIKELY = 100, 60  # confidence in percent: the title or a synonym itself; a title much like it


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

    ``own`` are the URNs of the incubators that an operator runs; None for an officer, who may enter any.
    """

    by: str
    at: dt.datetime
    grade: int
    document: str
    on_behalf: str | None = None
    own: frozenset[str] | None = None


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
    scored = []
    for index, header in enumerate(headers):
        asked = plain(header) if header else ""
        for column in roster.columns:
            confidence = _likeness(asked, column) if asked else 0
            if confidence >= LIKELY:
                scored.append((-confidence, index, column.name))
    taken: dict[int, Guess] = {}
    for negative, index, name in sorted(scored):
        if index not in taken and all(guess.column != name for guess in taken.values()):
            taken[index] = Guess(name, -negative)
    return taken


def _likeness(asked: str, column: Column) -> int:
    known = column.known_as()
    if asked in known:
        return SURE
    return max(int(99 * SequenceMatcher(None, asked, each).ratio()) for each in known)


def fit(roster: Roster, headers: Sequence[str]) -> float:
    """How well the headers fit the roster: the sure ones count one each, likely ones less, a missing required one costs."""
    guesses = propose(roster, headers)
    found = {guess.column for guess in guesses.values()}
    missing = sum(1 for column in roster.columns if column.required and column.name not in found)
    return sum((guess.confidence / 100) ** 2 for guess in guesses.values()) - 1.5 * missing


def recognise(headers: Sequence[str], rosters: Sequence[Roster]) -> Roster | None:
    """The roster that the headers fit best, or None when none fits at all."""
    best = max(rosters, key=lambda roster: (fit(roster, headers), -roster.rank), default=None)
    return best if best is not None and fit(best, headers) > 0 else None


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

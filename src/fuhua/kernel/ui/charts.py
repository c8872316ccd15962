"""What a chart shows, as frozen values: one spec feeds the drawing and the table beside it, so they cannot disagree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, Literal

from fuhua.kernel.ui import formats
from fuhua.kernel.ui.formats import Number
from fuhua.kernel.words import Text, t

Words = Text | str
Measure = Literal["count", "money", "share"]

STATES = ("good", "behind", "critical", "unknown", "undetermined")
_WRITE = {"count": formats.num, "money": formats.money, "share": formats.percent}
_KEY = re.compile(r"[a-z][a-z0-9_-]*")


class BadChart(ValueError):
    """The spec contradicts itself; the message names what to mend."""


@dataclass(frozen=True)
class Table:
    """The same content as text: every row is as long as ``head``; ``links`` has each row's address, or is empty."""

    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every row with its address (empty when it has none), for the template."""
        return list(zip(self.links or ("",) * len(self.body), self.body, strict=True))


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What every chart says about itself; ``key`` becomes the element id and must be unique on the page.

    ``measure`` is how values are written: ``count`` (as given), ``money`` (integer fen), ``share`` (of one).
    ``summary`` is the one sentence a person should take away; it is read out and printed.
    """

    kind: ClassVar[str]
    key: str
    title: Words
    summary: Words = ""
    unit: Words = ""
    measure: Measure = "count"
    source: Words = ""

    def __post_init__(self) -> None:
        _require(bool(_KEY.fullmatch(self.key)), f"key {self.key!r} must be lower-case letters, digits, - or _")
        _require(self.measure in _WRITE, f"unknown measure {self.measure!r}")
        self.check()

    def check(self) -> None:
        """Raises :class:`BadChart` when the spec contradicts itself."""

    def write(self, value: Number | None) -> str:
        """``value`` as people write it in the reader's language, without the unit."""
        return str(_WRITE[self.measure](value))

    def data(self) -> dict[str, Any]:
        """What only this kind of chart draws, as JSON values."""
        raise NotImplementedError

    def rows(self) -> Table:
        """The table twin, in the reader's language."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """A dictionary of JSON values in the reader's language, for ``json_script``."""
        return {"kind": self.kind, "key": self.key, "title": str(self.title), "unit": str(self.unit),
                "measure": self.measure, **self.data()}


@dataclass(frozen=True)
class Point:
    """A value on a day; ``None`` is a gap, never zero."""

    on: dt.date
    value: Number | None


@dataclass(frozen=True)
class Band:
    """A forecast for a day: the 10th, 50th and 90th percentile."""

    on: dt.date
    low: Number
    middle: Number
    high: Number


@dataclass(frozen=True, kw_only=True)
class Trajectory(Chart):
    """An indicator over time against its target, with what is forecast and which days were frozen for good."""

    kind: ClassVar[str] = "trajectory"
    actual: tuple[Point, ...]
    target: tuple[Point, ...] = ()
    band: tuple[Band, ...] = ()
    frozen: tuple[dt.date, ...] = ()
    as_of: dt.date | None = None
    second: tuple[Point, ...] = ()
    second_label: Words = ""

    def check(self) -> None:
        for name in ("actual", "target", "band", "second"):
            days = [each.on for each in getattr(self, name)]
            _require(days == sorted(set(days)), f"{name} must be in order of day, each day once")
        _require(all(each.low <= each.middle <= each.high for each in self.band), "band must have low ≤ middle ≤ high")
        _require(set(self.frozen) <= {each.on for each in self.actual}, "only days with an actual value can be frozen")
        _require(bool(self.second) == bool(str(self.second_label)), "a second series goes with its label")

    def data(self) -> dict[str, Any]:
        return {
            "actual": _points(self.actual), "target": _points(self.target), "second": _points(self.second),
            "band": [[each.on.isoformat(), *map(_number, (each.low, each.middle, each.high))] for each in self.band],
            "frozen": [on.isoformat() for on in self.frozen],
            "asOf": self.as_of.isoformat() if self.as_of else None,
            "words": {"actual": str(_ACTUAL), "target": str(_TARGET), "band": str(_BAND), "forecast": str(_MIDDLE),
                      "frozen": str(_FROZEN), "asOf": str(_AS_OF), "second": str(self.second_label)},
        }

    def rows(self) -> Table:
        columns: list[tuple[str, dict[dt.date, Number | None]]] = [(str(_ACTUAL), _by_day(self.actual))]
        if self.second:
            columns.append((str(self.second_label), _by_day(self.second)))
        if self.target:
            columns.append((str(_TARGET), _by_day(self.target)))
        if self.band:
            columns += [(label, {each.on: getattr(each, part) for each in self.band})
                        for label, part in (("P10", "low"), (str(_MIDDLE), "middle"), ("P90", "high"))]
        days = sorted(set().union(*(values for _, values in columns)))
        head = (str(t("日期", "Day")), *(label for label, _ in columns), *((str(_FROZEN),) if self.frozen else ()))
        return Table(head, tuple(
            (str(formats.day(on)), *(self.write(values.get(on)) for _, values in columns),
             *((str(t("是", "yes")) if on in self.frozen else "",) if self.frozen else ())) for on in days))


@dataclass(frozen=True)
class Bar:
    """One bar; ``target`` is drawn as a mark across it, ``state`` colours it as its traffic light."""

    label: Words
    value: Number | None
    url: str = ""
    target: Number | None = None
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """Things compared by length, largest first unless their order means something."""

    kind: ClassVar[str] = "bars"
    items: tuple[Bar, ...]
    upright: bool = False

    def check(self) -> None:
        _require(bool(self.items), "bars need at least one bar; show an empty state instead")
        _require(all(each.state in ("", *STATES) for each in self.items), f"state must be one of {STATES}")

    def data(self) -> dict[str, Any]:
        return {"upright": self.upright, "targetWord": str(_TARGET), "items": [
            {"label": str(each.label), "value": _number(each.value), "url": each.url, "target": _number(each.target),
             "state": each.state} for each in self.items]}

    def rows(self) -> Table:
        targets = any(each.target is not None for each in self.items)
        head = (str(t("名称", "Name")), str(self.unit) or str(_VALUE), *((str(_TARGET),) if targets else ()))
        return Table(head, tuple((str(each.label), self.write(each.value),
                                  *((self.write(each.target),) if targets else ())) for each in self.items),
                     tuple(each.url for each in self.items))


@dataclass(frozen=True)
class Series:
    """One layer of a stack: a value for every category, in their order."""

    label: Words
    values: tuple[Number | None, ...]


@dataclass(frozen=True, kw_only=True)
class Stack(Chart):
    """Parts of wholes, side by side."""

    kind: ClassVar[str] = "stack"
    categories: tuple[Words, ...]
    series: tuple[Series, ...]

    def check(self) -> None:
        _require(bool(self.categories) and bool(self.series), "a stack needs categories and series")
        _require(len(self.series) <= 7, "more than seven layers cannot be told apart; group the smallest")
        _require(all(len(each.values) == len(self.categories) for each in self.series),
                 "every series needs one value for each category")

    def data(self) -> dict[str, Any]:
        return {"categories": [str(each) for each in self.categories],
                "series": [{"label": str(each.label), "values": [_number(value) for value in each.values]}
                           for each in self.series]}

    def rows(self) -> Table:
        return Table(("", *(str(each.label) for each in self.series)), tuple(
            (str(label), *(self.write(each.values[index]) for each in self.series))
            for index, label in enumerate(self.categories)))


@dataclass(frozen=True)
class Stream:
    """An amount that moves from one node to another."""

    origin: Words
    destination: Words
    value: Number


@dataclass(frozen=True, kw_only=True)
class Flow(Chart):
    """Where something comes from and where it goes (a Sankey diagram): money, people, projects."""

    kind: ClassVar[str] = "flow"
    streams: tuple[Stream, ...]

    def check(self) -> None:
        _require(bool(self.streams), "a flow needs at least one stream")
        _require(all(each.value > 0 for each in self.streams), "every stream must carry more than nothing")
        ahead: dict[str, set[str]] = {}
        for each in self.streams:
            ahead.setdefault(str(each.origin), set()).add(str(each.destination))
        _require(all(name not in _reached(name, ahead) for name in ahead), "a flow must not return to its origin")

    def data(self) -> dict[str, Any]:
        names = dict.fromkeys(str(end) for each in self.streams for end in (each.origin, each.destination))
        return {"nodes": list(names), "streams": [
            {"source": str(each.origin), "target": str(each.destination), "value": _number(each.value)}
            for each in self.streams]}

    def rows(self) -> Table:
        return Table((str(t("从", "From")), str(t("到", "To")), str(self.unit) or str(_VALUE)), tuple(
            (str(each.origin), str(each.destination), self.write(each.value)) for each in self.streams))


@dataclass(frozen=True)
class Cell:
    """One meeting of a row and a column; with ``state`` it shows a light, otherwise its value's shade."""

    value: Number | None = None
    url: str = ""
    state: str = ""
    note: Words = ""


@dataclass(frozen=True, kw_only=True)
class Matrix(Chart):
    """A heat map of rows × columns. It is drawn as a real table, so it needs no twin and every cell can be a link.

    ``cells`` holds one tuple per row, one :class:`Cell` (or ``None``: does not apply) per column.
    """

    kind: ClassVar[str] = "matrix"
    row_labels: tuple[Words, ...]
    column_labels: tuple[Words, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    corner: Words = ""

    def check(self) -> None:
        _require(len(self.cells) == len(self.row_labels), "a matrix needs one line of cells for each row label")
        _require(all(len(line) == len(self.column_labels) for line in self.cells), "every line needs a cell per column")
        _require(all(cell is None or cell.state in ("", *STATES) for line in self.cells for cell in line),
                 f"state must be one of {STATES}")

    def data(self) -> dict[str, Any]:
        return {"rows": [str(each) for each in self.row_labels], "columns": [str(each) for each in self.column_labels],
                "cells": [[cell and {"value": _number(cell.value), "url": cell.url, "state": cell.state}
                           for cell in line] for line in self.cells]}

    def rows(self) -> Table:
        return Table((str(self.corner), *map(str, self.column_labels)), tuple(
            (str(label), *("" if cell is None else cell.state or self.write(cell.value) for cell in line))
            for label, line in zip(self.row_labels, self.cells, strict=True)))

    def shades(self) -> tuple[tuple[int | None, ...], ...]:
        """For every cell its step on the shade scale, see :func:`shades`."""
        flat = shades([cell.value if cell else None for line in self.cells for cell in line])
        wide = len(self.column_labels)
        return tuple(tuple(flat[start:start + wide]) for start in range(0, len(flat), wide))


@dataclass(frozen=True)
class Tile:
    """A place on the tile map: ``row`` and ``column`` from 0; ``value`` None means no evidence."""

    label: Words
    row: int
    column: int
    value: Number | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class TileMap(Chart):
    """Districts as equal squares roughly where they lie, shaded by value; drawn on the server, every tile a link."""

    kind: ClassVar[str] = "tilemap"
    tiles: tuple[Tile, ...]

    def check(self) -> None:
        places = [(each.row, each.column) for each in self.tiles]
        _require(bool(places) and len(places) == len(set(places)), "every tile needs a square of its own")
        _require(all(row >= 0 and column >= 0 for row, column in places), "rows and columns count from 0")

    def data(self) -> dict[str, Any]:
        return {"tiles": [{"label": str(each.label), "row": each.row, "column": each.column,
                           "value": _number(each.value), "url": each.url} for each in self.tiles]}

    def rows(self) -> Table:
        return Table((str(t("区域", "Place")), str(self.unit) or str(_VALUE)), tuple(
            (str(each.label), self.write(each.value)) for each in self.tiles), tuple(each.url for each in self.tiles))


@dataclass(frozen=True, kw_only=True)
class Sparkline(Chart):
    """A word-sized trend, drawn on the server; its title, first and last value are its text."""

    kind: ClassVar[str] = "sparkline"
    values: tuple[Number | None, ...]
    target: Number | None = None
    labels: tuple[Words, ...] = field(default=())

    def check(self) -> None:
        _require(sum(value is not None for value in self.values) >= 2, "a sparkline needs two values")
        _require(not self.labels or len(self.labels) == len(self.values), "one label for each value, or none")

    def data(self) -> dict[str, Any]:
        return {"values": [_number(value) for value in self.values], "target": _number(self.target)}

    def rows(self) -> Table:
        labels = self.labels or tuple(str(index) for index in range(1, len(self.values) + 1))
        return Table((str(t("时点", "Moment")), str(self.unit) or str(_VALUE)), tuple(
            (str(label), self.write(value)) for label, value in zip(labels, self.values, strict=True)))


_ACTUAL, _TARGET, _FROZEN = t("实际", "Actual"), t("目标", "Target"), t("已封存", "Frozen")
_VALUE = t("数值", "Value")
_BAND, _MIDDLE, _AS_OF = t("预测区间 P10–P90", "Forecast P10–P90"), t("预测中位", "Forecast median"), t("截至", "As of")


def shades(values: Iterable[Number | None], steps: int = 7) -> list[int | None]:
    """Each value's step 0…``steps``−1 between the smallest and the largest; ``None`` stays ``None`` (no evidence)."""
    listed = list(values)
    known = [Fraction(value) for value in listed if value is not None]
    low, high = (min(known), max(known)) if known else (Fraction(0), Fraction(0))
    return [None if value is None else 0 if high == low
            else min(steps - 1, int((Fraction(value) - low) / (high - low) * steps)) for value in listed]


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise BadChart(message)


def _number(value: Number | None) -> float | int | None:
    return value if value is None or isinstance(value, int) else float(value)


def _points(points: tuple[Point, ...]) -> list[list[Any]]:
    return [[each.on.isoformat(), _number(each.value)] for each in points]


def _by_day(points: tuple[Point, ...]) -> dict[dt.date, Number | None]:
    return {each.on: each.value for each in points}


def _reached(start: str, ahead: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(ahead.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += ahead.get(name, ())
    return seen

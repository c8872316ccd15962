"""Reads the sheets of an .xlsx row by row with flat memory: only cell values, never macros, formulas or links."""

from __future__ import annotations

import datetime as dt
import posixpath
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from fuhua.kernel.sheet.archive import TRUNCATED, Archive, local, parser
from fuhua.kernel.sheet.refusal import LIMITS, BadSheet, Limits
from fuhua.kernel.words import t

Value = str | int | float | bool | dt.date | None
Row = tuple[int, list[Value]]

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_POINTER = 8
_SMALL = 16 * 2**20  # bytes of a part that lists sheets, places or styles
_LONG_CELL = t("第 {row} 行有一个单元格超过 {most} 字，请缩短后重新上传", "a cell in row {row} has more than {most} characters; shorten it")
_LONG_TEXT = t("文件中有一个单元格超过 {most} 字，请缩短后重新上传", "a cell of the file has more than {most} characters; shorten it")
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


@dataclass
class Book:
    """What must be known before a sheet can be read: its sheets, shared strings, date styles and epoch."""

    archive: Archive
    limits: Limits
    sheets: list[tuple[str, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    epoch: dt.date = _EPOCH_1900

    def rows(self, index: int) -> Iterator[Row]:
        """(row number from 1, values) of every row of sheet ``index`` that has a value."""
        return _SheetReader(self).rows(self.sheets[index][1])


def read(archive: Archive, limits: Limits = LIMITS) -> Book:
    """The book in a checked archive, ready for :meth:`Book.rows`; raises :class:`BadSheet`."""
    book = Book(archive, limits)
    targets = _relations(archive)
    entries: list[tuple[str, str]] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        tag = local(name)
        if tag == "workbookPr" and attrs.get("date1904") in ("1", "true"):
            book.epoch = _EPOCH_1904
        elif tag == "sheet" and attrs.get("state", "visible") == "visible":
            key = next((value for each, value in attrs.items() if local(each) == "id" and each != "id"), "")
            entries.append((attrs.get("name", ""), targets.get(key, "")))

    reader = parser()
    reader.StartElementHandler = start
    archive.parse("xl/workbook.xml", reader, most=_SMALL)
    book.sheets = [(title, part) for title, part in entries if part in archive.names and "/worksheets/" in part]
    if not book.sheets:
        raise BadSheet(t("工作簿里没有可读的工作表", "the workbook has no sheet to read"))
    if "xl/sharedStrings.xml" in archive.names:
        book.strings = _strings(archive, limits)
    if "xl/styles.xml" in archive.names:
        book.dates = _date_styles(archive)
    return book


def _relations(archive: Archive) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(_name: str, attrs: dict[str, str]) -> None:
        if "Id" in attrs and attrs.get("TargetMode") != "External":
            target = attrs.get("Target", "")
            targets[attrs["Id"]] = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")

    reader = parser()
    reader.StartElementHandler = start
    archive.parse("xl/_rels/workbook.xml.rels", reader, most=_SMALL)
    return targets


def _strings(archive: Archive, limits: Limits) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": 0, "size": 0, "length": 0}

    def start(name: str, _attrs: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            pieces.clear()
            state["length"] = 0
        elif tag == "rPh":
            state["phonetic"] += 1
        elif tag == "t" and not state["phonetic"]:
            state["text"] = True

    def end(name: str) -> None:
        tag = local(name)
        if tag == "t":
            state["text"] = False
        elif tag == "rPh":
            state["phonetic"] -= 1
        elif tag == "si":
            strings.append("".join(pieces))
            state["size"] += sys.getsizeof(strings[-1]) + _POINTER
            if state["size"] > limits.shared:
                raise BadSheet(t("文件中的文字过多，请拆分成较小的文件", "the file holds too much text; split it"))

    def data(text: str) -> None:
        if state["text"]:
            state["length"] += len(text)
            if state["length"] > limits.cell:
                raise BadSheet(_LONG_TEXT.format(most=limits.cell))
            pieces.append(text)

    reader = parser()
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = start, end, data
    archive.parse("xl/sharedStrings.xml", reader, most=limits.unpacked)
    return strings


def _date_styles(archive: Archive) -> list[bool]:
    own: dict[int, bool] = {}
    styles: list[bool] = []
    inside = {"xfs": False}

    def start(name: str, attrs: dict[str, str]) -> None:
        tag = local(name)
        if tag == "numFmt":
            own[_whole(attrs.get("numFmtId", ""))] = _shows_dates(attrs.get("formatCode", ""))
        elif tag == "cellXfs":
            inside["xfs"] = True
        elif tag == "xf" and inside["xfs"]:
            number = _whole(attrs.get("numFmtId", "0"))
            styles.append(own.get(number, number in _DATE_FORMATS))

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside["xfs"] = False

    reader = parser()
    reader.StartElementHandler, reader.EndElementHandler = start, end
    archive.parse("xl/styles.xml", reader, most=_SMALL)
    return styles


def _shows_dates(code: str) -> bool:
    plain, quoted, bracket, skip = [], False, False, False
    for letter in code.lower().split(";")[0]:
        if skip:
            skip = False
        elif letter == '"':
            quoted = not quoted
        elif letter in "\\_*" and not quoted:
            skip = True
        elif letter in "[]":
            bracket = letter == "["
        elif not quoted and not bracket:
            plain.append(letter)
    return any(letter in plain for letter in "ymd") and "general" not in code.lower()


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class _SheetReader:
    """The handlers that turn one sheet's XML into rows; one object per reading."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ready: list[Row] = []
        self.row: list[Value] = []
        self.number = 0
        self.column = -1
        self.kind = "n"
        self.style = "0"
        self.date_styles = frozenset(str(index) for index, is_date in enumerate(book.dates) if is_date)
        self.text: list[str] = []
        self.length = 0
        self.taking = False
        self.phonetic = False
        self.tags: dict[str, str] = {}
        self.columns: dict[str, int] = {}

    def rows(self, part: str) -> Iterator[Row]:
        """Stream the rows of ``part``."""
        reader = parser()
        reader.StartElementHandler, reader.EndElementHandler = self.start, self.end
        reader.CharacterDataHandler = self.data
        for _pause in self.book.archive.feed(part, reader):
            ready, self.ready = self.ready, []
            yield from ready

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element opens."""
        tag = self.tags.get(name) or self._tag(name)
        if tag == "c":
            place = attrs.get("r")
            self.column = self.column + 1 if place is None else self._index(place)
            self.kind, self.style = attrs.get("t", "n"), attrs.get("s", "0")
            self.text, self.length = [], 0
        elif tag == "v" or tag == "t":
            self.taking = not self.phonetic
        elif tag == "row":
            self._open_row(attrs.get("r"))
        elif tag == "rPh":
            self.phonetic = True

    def _tag(self, name: str) -> str:
        return self.tags.setdefault(name, local(name))

    def _open_row(self, given: str | None) -> None:
        self.number = _whole(given) if given else self.number + 1
        if self.number < 1 or self.number > self.book.limits.rows:
            raise BadSheet(t("工作表超过 {most} 行，请拆分成较小的文件", "the sheet has more than {most} rows; split it")
                           .format(most=self.book.limits.rows))
        self.row, self.column = [], -1

    def _index(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        index = self.columns.get(letters)
        if index is None:
            index = 0
            for letter in letters[:8].upper():
                index = index * 26 + ord(letter) - 64
            index -= 1
            if not letters or len(letters) > 8 or not letters.isascii() or not letters.isalpha():
                raise BadSheet(TRUNCATED)
            if index < self.book.limits.columns:
                self.columns[letters] = index
        return index

    def data(self, text: str) -> None:
        """Characters, of which only those of a value count."""
        if self.taking:
            self.length += len(text)
            if self.length > self.book.limits.cell:
                raise BadSheet(_LONG_CELL.format(row=self.number, most=self.book.limits.cell))
            self.text.append(text)

    def end(self, name: str) -> None:
        """An element closes."""
        tag = self.tags.get(name) or self._tag(name)
        if tag == "c":
            if self.text:
                self._close()
        elif tag == "v" or tag == "t":
            self.taking = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "row" and self.row:
            self.ready.append((self.number, self.row))
            self.row = []

    def _close(self) -> None:
        value = self._value("".join(self.text))
        if value == "":
            return
        if self.column >= self.book.limits.columns:
            raise BadSheet(t("工作表第 {row} 行超过 {most} 列，请删去多余的列",
                             "row {row} has more than {most} columns; delete the extra ones")
                           .format(row=self.number, most=self.book.limits.columns))
        gap = self.column - len(self.row)
        if gap > 0:
            self.row.extend([None] * gap)
        elif gap < 0:
            self.row[self.column] = value
            return
        self.row.append(value)

    def _value(self, text: str) -> Value:
        kind = self.kind
        if kind == "s":
            index = _whole(text)
            if not 0 <= index < len(self.book.strings):
                raise BadSheet(TRUNCATED)
            return self.book.strings[index]
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind != "n":
            return text
        if self.style in self.date_styles:
            return self._day(text)
        return number(text)

    def _day(self, text: str) -> Value:
        serial = number(text)
        if not isinstance(serial, int | float) or not 0 < serial < 2_958_466:
            return serial
        return self.book.epoch + dt.timedelta(days=int(serial))


def number(text: str) -> int | float | str:
    """A cell's number as an int where it is whole, else a float; text that is none stays text."""
    if len(text) < 16 and text.isascii() and text.isdigit():
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return text
    value = float(f"{value:.15g}")  # what a spreadsheet shows: 0.1 + 0.2 is 0.3
    return int(value) if value.is_integer() and abs(value) < 1e15 else value

"""Finds the table in a file: which sheet, which row heads it, which rows are data; recognises files by content, not by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from fuhua.kernel.sheet import archive, delimited, workbook
from fuhua.kernel.sheet.refusal import LIMITS, BadSheet, Limits
from fuhua.kernel.words import t

_TOTALS = frozenset(("合计", "总计", "小计", "共计", "total", "subtotal", "grandtotal", "sum"))
_NOISE = re.compile(r"[\s:：*＊·、/\\_\-—.。]+")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


@dataclass(frozen=True)
class Table:
    """A table in a file: the sheet's name ("" in a .csv), the number of its header row, and the headers by column."""

    sheet: str
    header_row: int
    headers: tuple[str, ...]


class Source:
    """An opened file of one or more sheets, read again from the top every time it is asked for rows."""

    def __init__(self, sheets: list[str], rows: Callable[[int], Iterator[workbook.Row]]) -> None:
        self.sheets = sheets
        self._rows = rows

    def rows(self, sheet: str) -> Iterator[workbook.Row]:
        """(row number, values) of every row with a value."""
        if sheet not in self.sheets:
            raise BadSheet(t("工作表“{sheet}”不存在", "there is no sheet “{sheet}”").format(sheet=sheet))
        return self._rows(self.sheets.index(sheet))

    def data(self, table: Table) -> Iterator[workbook.Row]:
        """The rows below the header, without blank rows, repeated headers and totals."""
        width = len(table.headers)
        for number, values in self.rows(table.sheet):
            if number > table.header_row and not _is_total(values) and not _is_header(values, table.headers):
                yield number, values[:width] if len(values) > width else values


@contextmanager
def opened(file: BinaryIO, limits: Limits = LIMITS) -> Iterator[Source]:
    """The file as a :class:`Source`; raises :class:`BadSheet` for what is neither .xlsx nor separated text."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(8)
    if size > limits.sent:
        raise BadSheet(t("文件超过 {most} MB，请拆分后上传", "the file is larger than {most} MB; split it")
                       .format(most=limits.sent >> 20))
    if not head:
        raise BadSheet(t("文件是空的，请检查后重新上传", "the file is empty; check it and upload again"))
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        with archive.opened(file, limits) as parts:
            book = workbook.read(parts, limits)
            yield Source([title for title, _part in book.sheets], book.rows)
    elif head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"MZ", b"{\\rtf", b"<?xml", b"<html", b"<!DOCT")):
        raise BadSheet(t("这不是表格文件（内容与扩展名不符），请上传 .xlsx 或 .csv",
                         "this is not a spreadsheet, whatever its name says; upload .xlsx or .csv"))
    else:
        yield Source([""], lambda _index: delimited.rows(file, limits))  # type: ignore[arg-type,return-value]


def candidates(source: Source, limits: Limits = LIMITS) -> Iterator[Table]:
    """Every row that could head a table: the first rows of every sheet that hold at least two texts."""
    for sheet in source.sheets[:50]:
        for number, values in islice(source.rows(sheet), limits.header):
            texts = [value for value in values if isinstance(value, str) and value.strip()]
            if len(texts) >= 2 or (len(texts) == len(values) == 1):
                yield Table(sheet, number, tuple("" if value is None else str(value).strip()[:200] for value in values))


def locate(source: Source, score: Callable[[tuple[str, ...]], float], limits: Limits = LIMITS) -> Table:
    """The table whose headers score best (the first among equals); raises :class:`BadSheet` when there is none."""
    best, most = None, float("-inf")
    for table in candidates(source, limits):
        points = score(table.headers)
        if points > most:
            best, most = table, points
    if best is None:
        raise BadSheet(t("没有找到表头行：请在前 {most} 行内给出列名",
                         "no header row found; put the column titles in the first {most} rows")
                       .format(most=limits.header))
    return best


def plain(text: Any) -> str:
    """A header or a name as it is compared: full-width folded, lower case, no blanks, marks and bracketed remarks."""
    folded = unicodedata.normalize("NFKC", str(text)).lower()
    return _NOISE.sub("", _BRACKETS.sub("", folded)) or _NOISE.sub("", folded)


def _is_total(values: list[Any]) -> bool:
    first = next((value for value in values[:3] if value is not None), None)
    return isinstance(first, str) and len(first) < 12 and plain(first) in _TOTALS


def _is_header(values: list[Any], headers: tuple[str, ...]) -> bool:
    return len(values) > 1 and tuple("" if value is None else str(value).strip() for value in values) == headers

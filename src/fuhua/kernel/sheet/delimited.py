"""Reads .csv and .tsv in the encodings and with the separators that offices really send."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from fuhua.kernel.sheet.refusal import LIMITS, BadSheet, Limits
from fuhua.kernel.words import t

_CHUNK = 1 << 18
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",\t;|，；"


def encoding_of(file: BinaryIO) -> str:
    """``utf-8-sig``, ``utf-16…`` or ``gb18030``: the first that reads the whole file; raises :class:`BadSheet`."""
    file.seek(0)
    head = file.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _proven(file, name)
    if b"\0" in head:
        return _proven(file, "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be")
    return "utf-8" if _reads(file, "utf-8") else _proven(file, "gb18030")


def _proven(file: BinaryIO, name: str) -> str:
    if _reads(file, name):
        return name
    raise BadSheet(t("无法识别文件的文字编码，请在表格软件中另存为 .xlsx 或 UTF-8 编码的 .csv",
                     "the text encoding is not recognised; save the file as .xlsx or as .csv in UTF-8"))


def _reads(file: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    file.seek(0)
    try:
        while data := file.read(_CHUNK):
            if "\0" in decoder.decode(data):
                return False
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def separator_of(sample: str) -> str:
    """The separator that splits the first lines most often and most evenly; a comma when none does."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]

    def score(mark: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, mark) for line in lines]
        many = [count for count in counts if count]
        return (max((many.count(count) for count in set(many)), default=0), max(many, default=0))

    best = max(_SEPARATORS, key=score, default=",")
    return best if score(best)[0] else ","


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def rows(file: BinaryIO, limits: Limits = LIMITS) -> Iterator[tuple[int, list[str | None]]]:
    """(record number from 1, cells) of every record that has a value; raises :class:`BadSheet`."""
    name = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(_Kept(file), encoding=name, newline="")
    sample = text.read(65_536)
    file.seek(0)
    text = io.TextIOWrapper(_Kept(file), encoding=name, newline="")
    lines = _Lines(text, limits.line)
    reader = csv.reader(lines, delimiter=separator_of(sample), strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            lines.taken = 0
            if any(len(cell) > limits.cell for cell in record):
                raise BadSheet(t("第 {row} 行有一个单元格超过 {most} 字，请缩短后重新上传",
                                 "a cell in row {row} has more than {most} characters; shorten it")
                               .format(row=number, most=limits.cell))
            cells: list[str | None] = [cell if cell.strip() else None for cell in record]
            while cells and cells[-1] is None:
                cells.pop()
            if len(cells) > limits.columns or number > limits.rows:
                raise BadSheet(t("第 {row} 行超出限制（最多 {rows} 行、{columns} 列），请删去多余内容或拆分文件",
                                 "row {row} is beyond the limit ({rows} rows, {columns} columns); delete the surplus or split")
                               .format(row=number, rows=limits.rows, columns=limits.columns))
            if cells:
                yield number, cells
    except csv.Error as wrong:
        raise BadSheet(t("第 {row} 行附近的引号不成对或内容过长，请在表格软件中另存为 .xlsx 后上传",
                         "near line {row} a quotation mark is not closed or a cell is too long; save the file as .xlsx")
                       .format(row=reader.line_num)) from wrong


class _Lines:
    """The lines of a text for the .csv reader; ``taken`` counts the characters since the last record was whole."""

    def __init__(self, text: io.TextIOWrapper, most: int) -> None:
        self._text = text
        self._most = most
        self._number = 0
        self.taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._most - self.taken + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self.taken += len(line)
        if self.taken > self._most:
            raise BadSheet(t("第 {row} 行附近一条记录超过 {most} 字（可能是引号不成对，或行列过多），请在表格软件中另存为 .xlsx 后上传",
                             "near line {row} one record has more than {most} characters (an unclosed quotation mark, or too many "
                             "columns); save the file as .xlsx").format(row=self._number, most=self._most))
        return line


class _Kept(io.BufferedIOBase):
    """Lets a text wrapper go without closing the file below it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self.read(size)

"""Reads tables that were kept as rows of cells: which are goal tables, and what each of their rows commits to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .numerals import han_to_int
from .quantities import Quantity, find_quantities
from .structure import Span, Target

_PRESENT = re.compile(r"现状|基期|基准|完成|实际|基数|现值|底数")
_NUMBERING = re.compile(r"序\s*号|编\s*号|类\s*别|属\s*性|备\s*注|性\s*质|分\s*类")


@dataclass(frozen=True)
class Table:
    """A run of rows: `header` are its first row's cells, `rows` the others with their spans."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], Span], ...]
    span: Span


def find_tables(text: str, start: int = 0) -> Iterator[Table]:
    """All tables from `start` on."""
    rows: list[tuple[tuple[str, ...], Span]] = []
    at = start
    for line in [*text[start:].split("\n"), ""]:
        if line.startswith("| ") and line.endswith(" |"):
            rows.append((tuple(cell.strip() for cell in line[2:-2].split(" | ")), (at, at + len(line))))
        elif rows:
            yield from _table(rows)
            rows = []
        at += len(line) + 1


def _table(rows: list[tuple[tuple[str, ...], Span]]) -> Iterator[Table]:
    while len(rows) > 1 and len(set(rows[0][0])) == 1:
        rows = rows[1:]
    if len(rows) > 1:
        yield Table(rows[0][0], tuple(rows[1:]), (rows[0][1][0], rows[-1][1][1]))


def targets_in_tables(text: str, start: int) -> Iterator[Target]:
    """The commitments in tables of indicators: one for each row and year that is to be reached."""
    for table in find_tables(text, start):
        name = _column(table.header, r"指\s*标|目标名称|名\s*称")
        years = _goal_columns(table.header)
        if name is None or not years:
            continue
        unit = _column(table.header, r"^(?:计量)?单\s*位")
        for cells, span in table.rows:
            for column, year in years:
                if max(column, name) < len(cells):
                    target = _target(cells, span, (name, column, unit), year)
                    if target:
                        yield target


def _column(header: tuple[str, ...], pattern: str) -> int | None:
    return next((i for i, cell in enumerate(header) if re.search(pattern, cell) and not _NUMBERING.search(cell)), None)


def _goal_columns(header: tuple[str, ...]) -> list[tuple[int, str | None]]:
    """Columns of values to be reached with their year; columns that tell the present are left out."""
    columns: list[tuple[int, str | None]] = []
    for i, cell in enumerate(header):
        year = re.search(r"(20\d\d)\s*年?", cell)
        if _PRESENT.search(cell) or (re.search(r"指标(?!值)|名称|单位$", cell) and not year):
            continue
        if year or re.search(r"目标(?:值)?$|指标值", cell):
            columns.append((i, year.group(1) if year else None))
    if any("目标" in header[i] for i, _ in columns):
        columns = [(i, year) for i, year in columns if "目标" in header[i]]
    return columns


def _target(cells: tuple[str, ...], span: Span, columns: tuple[int, int, int | None], year: str | None) -> Target | None:
    name, value, unit = columns
    printed = re.sub(r"[\[\]［］]", "", cells[value])
    quantity = next(iter(find_quantities(printed)), None)
    if quantity is None or not re.match(r"\D{0,6}\d", printed):
        return None
    metric, own_unit = _metric(cells[name])
    said = cells[unit] if unit is not None and unit < len(cells) else own_unit
    number, kind = _scaled(quantity, quantity.unit or said)
    upper = None if quantity.max is None else _scaled_value(quantity.max, quantity.unit or said)
    yearly = "year" if re.search(r"年均|每年|增速", metric + printed) else None
    return Target(0, metric, quantity.op, number, upper, kind, year, yearly, " ".join(cells), span)


def _metric(cell: str) -> tuple[str, str]:
    found = re.search(r"[（(]([^（）()]{1,8})[）)]\s*$", cell)
    bare = cell[: found.start()] if found else cell
    return re.sub(r"^\d+[.．、]?\s*|\s+|[*★]", "", bare), found.group(1) if found else ""


def _scaled(quantity: Quantity, unit: str) -> tuple[int | Decimal, str]:
    """Value and bare unit: 500 under 亿元 is 50000000000 元."""
    return _scaled_value(quantity.value, unit), unit[len(_scale(unit)) :]


def _scaled_value(value: int | Decimal, unit: str) -> int | Decimal:
    scale = _scale(unit)
    return value * han_to_int(scale) if scale else value


def _scale(unit: str) -> str:
    found = re.match(r"[十百千万亿]+(?=[^\s瓦米克伏])", unit)
    return found.group() if found else ""

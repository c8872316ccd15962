"""Takes units from a table that divides the tasks (任务分工表), or the measures themselves when only it has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .duties import Duty
from .structure import Measure, Span
from .tables import Table, find_tables
from .units import split_units

_TASK = re.compile(r"任务(?!分工)|举措|措施|工作内容|工作事项|事项|重点工作|内容|项目|行动|政策")
_LEAD = re.compile(r"牵头|主办|主责|责任领导")
_SUPPORT = re.compile(r"配合|协办|参与|参加|支持")
_EQUAL = re.compile(r"责任(?:单位|部门|主体)|负责(?:单位|部门)|落实(?:单位|部门)|实施(?:单位|主体)|承办")


@dataclass(frozen=True)
class _Row:
    task: str
    words: str
    duty: Duty
    span: Span


def divide_by_tables(text: str, measures: list[Measure]) -> list[Measure]:
    """The measures with the units their table gives them; the table's rows as measures where the text has none."""
    rows = [row for table in find_tables(text) for row in _rows(table)]
    if not rows:
        return measures
    lacking = [measure for measure in measures if not measure.units]
    if not measures or (len(lacking) == len(measures) and not _any_match(rows, measures) and len(rows) >= 3):
        return [_of_row(row, no) for no, row in enumerate(rows, start=1)]
    divided = []
    for measure in measures:
        row = _best(rows, measure) if not measure.units else None
        divided.append(_with(measure, row) if row else measure)
    return divided


def _rows(table: Table) -> list[_Row]:
    """A table's rows when its header names both tasks and units; a merged task cell carries on below."""
    roles = {i: role for i, cell in enumerate(table.header) if (role := _role(cell))}
    tasks = [i for i, cell in enumerate(table.header) if i not in roles and _TASK.search(cell)]
    if not roles or not tasks:
        return []
    rows: list[_Row] = []
    for cells, span in table.rows:
        if len(cells) <= max(roles):
            continue
        duty = Duty()
        for column, role in roles.items():
            units = split_units(cells[column])
            duty = duty.joined(Duty(units, units if role == "lead" else (), units if role == "support" else ()))
        task = cells[tasks[0]]
        words = "。".join(dict.fromkeys(cells[i] for i in tasks[1:] if cells[i] != task))
        if task and duty.units:
            rows.append(
                _Row(
                    re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*", "", task),
                    words,
                    _told_apart(duty, roles),
                    span,
                )
            )
    return rows


def _told_apart(duty: Duty, roles: dict[int, str]) -> Duty:
    if "support" in roles.values() and "lead" not in roles.values():
        return replace(duty, lead=tuple(unit for unit in duty.units if unit not in duty.support))
    return duty


def _role(cell: str) -> str:
    if _SUPPORT.search(cell):
        return "support"
    if _LEAD.search(cell) and "领导" not in cell:
        return "lead"
    return "equal" if _EQUAL.search(cell) else ""


def _any_match(rows: list[_Row], measures: list[Measure]) -> bool:
    return any(_best(rows, measure) for measure in measures)


def _best(rows: list[_Row], measure: Measure) -> _Row | None:
    scored = [(_likeness(row, measure), i) for i, row in enumerate(rows)]
    score, i = max(scored, default=(0.0, 0))
    return rows[i] if score >= 0.6 else None


def _likeness(row: _Row, measure: Measure) -> float:
    for words in (row.task, row.words):
        if words and (measure.title in words or words.split("。")[0] == measure.title):
            return 1.0
    return max(SequenceMatcher(None, words.split("。")[0], measure.title).ratio() for words in (row.task, row.words))


def _with(measure: Measure, row: _Row) -> Measure:
    sure = measure.why == "measure_without_units"
    return replace(
        measure,
        units=row.duty.units,
        lead=row.duty.lead,
        support=row.duty.support,
        unit_spans=(row.span,),
        confidence="sure" if sure else measure.confidence,
        why="" if sure else measure.why,
    )


def _of_row(row: _Row, no: int) -> Measure:
    title, _, rest = row.task.partition("。")
    return Measure(
        no=no,
        title=title,
        text="。".join(part for part in (rest.strip("。"), row.words) if part),
        units=row.duty.units,
        lead=row.duty.lead,
        support=row.duty.support,
        clauses=(),
        inherits_to_all=(),
        span=row.span,
        title_span=row.span,
        unit_spans=(row.span,),
        section=(),
    )

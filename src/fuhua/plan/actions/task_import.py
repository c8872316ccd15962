"""Annual tasks from a spreadsheet: every row is checked first, and either all become tasks or none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from django.db import transaction

from fuhua.evidence.facts import BadFact
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.kernel.sheet import table, values
from fuhua.kernel.sheet.refusal import BadCell, BadSheet
from fuhua.kernel.words import Text, cut, t
from fuhua.parties.queries import exact
from fuhua.plan.actions.tasks import BadTask, Linked, issue
from fuhua.plan.models import Edition, Measure, Task
from fuhua.plan.queries.linking import indicators

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("任务名称", "年度任务", "任务", "title", "task"),
    "measure": ("举措序号", "举措", "对应举措", "measure"),
    "year": ("年度", "年份", "year"),
    "lead": ("牵头单位", "责任单位", "lead"),
    "co_units": ("配合单位", "协办单位", "co-units", "co units"),
    "verifier": ("核验单位", "验收单位", "verifier"),
    "due": ("完成时限", "截止日期", "时限", "due"),
    "links": ("关联指标", "指标", "indicators"),
}
_NEEDED = ("title", "lead", "verifier", "due")
_BETWEEN = re.compile(r"[、,，;；\n]+")
_SAID = r"(\d{1,15}(?:\.\d{1,6})?)"
_LINK = re.compile(rf"(I\d{{1,4}})(?:\s*[:：]\s*(?:{_SAID}\s*(?:→|->|-)\s*)?{_SAID}\s*([万亿]?元)?)?", re.IGNORECASE)
_SCALES = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


class BadTaskSheet(BadFact):
    """The file cannot become tasks; ``text`` names every row that is wrong and how to mend it."""


@dataclass
class _Row:
    """One row of the sheet as it was understood."""

    number: int
    cells: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def import_tasks(*, edition: Edition, file: BinaryIO, by: str, at: dt.datetime) -> list[Task]:
    """Issue a task for every row of an .xlsx or .csv; raises :class:`BadTaskSheet` and issues none if any is wrong.

    Columns: 任务名称, 牵头单位, 核验单位, 完成时限; optional 年度, 举措序号, 配合单位 (between 、), 关联指标 (``I8:200``, or
    ``I4:10→40亿元`` from a base to a goal).
    """
    made, wrong = [], []
    indicators()
    measures = {measure.no: measure for measure in edition.measures.all()}
    for row in _rows(file):
        try:
            with transaction.atomic():
                made.append(_issued(row, edition, measures, by, at))
        except (BadFact, BadCell) as error:
            wrong.append(t("第 {n} 行：{why}", "row {n}: {why}").format(n=row.number, why=error.text))
    if not made and not wrong:
        wrong.append(t("表中没有任务", "there is no task in the file"))
    if wrong:
        raise BadTaskSheet(t("没有导入任何任务。{rows}", "No task was imported. {rows}")
                           .format(rows=Text("；".join(each.zh for each in wrong), "; ".join(each.en for each in wrong))))
    return made


def _rows(file: BinaryIO) -> list[_Row]:
    try:
        with table.opened(file) as source:
            found = table.locate(source, lambda headers: len(_columns(headers)))
            columns = _columns(found.headers)
            if missing := [COLUMNS[name][0] for name in _NEEDED if name not in columns]:
                raise BadTaskSheet(t("缺少列：{columns}", "columns are missing: {columns}").format(columns="、".join(missing)))
            return [_Row(number, {name: cells[place] if place < len(cells) else None for name, place in columns.items()})
                    for number, cells in source.data(found)]
    except BadSheet as error:
        raise BadTaskSheet(error.text) from error


def _columns(headers: tuple[str, ...]) -> dict[str, int]:
    plain = [table.plain(header) for header in headers]
    found: dict[str, int] = {}
    for name, spellings in COLUMNS.items():
        place = next((plain.index(table.plain(each)) for each in spellings if table.plain(each) in plain), None)
        if place is not None:
            found[name] = place
    return found


def _issued(row: _Row, edition: Edition, measures: dict[int, Measure], by: str, at: dt.datetime) -> Task:
    cells = row.cells
    due = values.day(_given(cells, "due"))
    lead = exact.organisation(values.name(_given(cells, "lead")))
    verifier = exact.organisation(values.name(_given(cells, "verifier")))
    co_units = [exact.organisation(each).pk for each in _listed(cells.get("co_units"))]
    return issue(edition=edition, title=values.text(_given(cells, "title")), lead=lead.pk, verifier=verifier.pk, due=due,
                 year=values.count(cells["year"]) if not values.is_blank(cells.get("year")) else due.year,
                 measure=_measure(cells.get("measure"), measures), co_units=co_units, by=by, at=at,
                 links=[_link(each) for each in _listed(cells.get("links"))])


def _given(cells: dict[str, Any], name: str) -> Any:
    if values.is_blank(cells[name]):
        raise BadTask(t("“{column}”未填写", "“{column}” is empty").format(column=COLUMNS[name][0]))
    return cells[name]


def _listed(cell: Any) -> list[str]:
    return [] if values.is_blank(cell) else [each.strip() for each in _BETWEEN.split(str(cell)) if each.strip()]


def _measure(cell: Any, measures: dict[int, Measure]) -> Measure | None:
    if values.is_blank(cell):
        return None
    found = re.search(r"(?<!\d)\d{1,4}(?!\d)", values.folded(cell))
    if found is None or int(found.group()) not in measures:
        raise BadTask(t("方案中没有举措“{written}”，请填写序号", "the plan has no measure “{written}”; write its number")
                      .format(written=cut(cell)))
    return measures[int(found.group())]


def _link(written: str) -> Linked:
    found = _LINK.fullmatch(written)
    if found is None:
        raise BadTask(t("“{written}”看不懂，请写成 I8:200 或 I4:10→40亿元", "“{written}” is not understood; write I8:200")
                      .format(written=cut(written)))
    code, base, goal, unit = found.group(1).upper(), found.group(2), found.group(3), found.group(4)
    spec = INDICATORS.get(code)
    scale = 100 * _SCALES[unit or "元"] if spec is not None and spec.money else 1
    return Linked(indicator=code, goal=int(Decimal(goal) * scale) if goal else None, base=int(Decimal(base or 0) * scale))

"""How supervision stands for the cockpit: measure × unit matrix, what is blocked on whose desk, frozen quarters, flaws."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from fuhua.front.queries import writing
from fuhua.front.queries.cockpit import Moment, indicator_url
from fuhua.kernel import period
from fuhua.kernel.ui import charts
from fuhua.kernel.words import Text, t
from fuhua.parties.queries.matching import possible_duplicates
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition, Measure, Responsibility, responsibilities
from fuhua.plan.queries.progress import AT_RISK, OVERDUE
from fuhua.plan.queries.supervision import Line, series

_WORST = ("critical", "behind", "good")
_MOST_UNITS = 14
_LATE_AFTER = 180  # days between being true and being told


def readings(edition: Edition, objective: Objective, *, opened: bool) -> list[dict[str, Any]]:
    """Every frozen and restated reading of the indicator, one series for each definition, newest day first.

    The public (not ``opened``) reads neither who froze it nor what they noted.
    """
    rows = []
    for each in series(edition, objective.indicator.code):
        for reading in each.readings:
            value = writing.UNDETERMINED if reading.value is None else writing.amount(reading.value, objective.indicator)
            rows.append({"on": reading.day, "reading": value, "definition": each.definition, "at": reading.known,
                         "by": reading.author.name if opened else "",
                         "reason": (opened and reading.note) or reading.reason})
    return sorted(rows, key=lambda row: (row["on"], row["definition"]), reverse=True)


def matrix(edition: Edition, found: Sequence[Line]) -> charts.Matrix | None:
    """Measures down, units across: the worst light of the unit's tasks, else whether it leads or supports."""
    told = responsibilities(edition)
    if not told:
        return None
    busiest = Counter(_unit(row) for row in told)
    units = [name for name, _n in busiest.most_common(_MOST_UNITS)]
    roles = {(row.measure.no, _unit(row)): row.role for row in told}
    lights: dict[tuple[int, str], list[Line]] = {}
    for line in found:
        if line.task.measure:
            lights.setdefault((line.task.measure.no, line.task.lead.name), []).append(line)
            if line.task.lead.name not in units:
                units.append(line.task.lead.name)
    short = {_unit(row): row.printed for row in sorted(told, key=lambda row: -len(row.printed))}  # as the plan calls them
    measures = list(edition.measures.order_by("no"))
    return charts.Matrix(
        key="matrix", title=t("举措 × 责任单位", "Measures × responsible units"), corner=t("举措", "Measure"),
        summary=t("有任务的格子按其中最差的一项亮灯；数字 2 为牵头，1 为配合，空白为无关。",
                  "A cell with tasks shows the worst of them; otherwise 2 leads, 1 supports, blank has no part."),
        row_labels=tuple(Text(f"{row.no} {row.title}", f"{row.no} {row.title}") for row in measures),
        column_labels=tuple(short.get(unit, unit) for unit in units),
        cells=tuple(tuple(_cell(edition, row, unit, roles, lights) for unit in units) for row in measures),
    )


def _unit(row: Responsibility) -> str:
    return row.party.name if row.party else row.printed


def _cell(edition: Edition, measure: Measure, unit: str, roles: dict[tuple[int, str], str],
          lights: dict[tuple[int, str], list[Line]]) -> charts.Cell | None:
    tasks = lights.get((measure.no, unit))
    url = reverse("plan:tasks", kwargs={"slug": edition.slug})
    if tasks:
        worst = min((line.progress.light for line in tasks), key=_WORST.index)
        return charts.Cell(state=worst, url=url, note=t("{n} 项任务", "{n} tasks").format(n=len(tasks)))
    role = roles.get((measure.no, unit))
    if role is None:
        return None
    return charts.Cell(value=2 if role == "lead" else 1, url=reverse("plan:edition", kwargs={"slug": edition.slug}))


def blocked(found: Sequence[Line], today: dt.date, *, opened: bool) -> dict[str, Any]:
    """What is overdue and on whose desk it is, longest first; the public sees no reasons.

    A task submitted in time that the verifier still has after its day is on the verifier's desk, since it was submitted.
    """
    rows = [_waits(line, today, opened=opened) for line in found if line.progress.state == OVERDUE
            or (line.progress.state == AT_RISK and line.progress.since and today > line.progress.due)]
    return {"rows": sorted(rows, key=lambda row: -row["days"])}


def _waits(line: Line, today: dt.date, *, opened: bool) -> dict[str, Any]:
    progress = line.progress
    told = t("已逾期", "overdue") if progress.state == OVERDUE else t("待核验", "waits to be verified")
    return {"what": line.task.title, "desk": (progress.waiting_on or line.task.lead).name, "due": progress.due,
            "state": progress.reasons[0] if opened and progress.reasons else told,
            "days": max(0, period.working_days_between(progress.since or progress.due, today)),
            "url": reverse("plan:task", kwargs={"pk": line.task.pk}) if opened else ""}


def flaws(edition: Edition, objectives: Sequence[Objective], moment: Moment) -> list[dict[str, Any]]:
    """What somebody should look at: contested figures, possible duplicates, stale evidence."""
    found = [{"what": t("{code} 有 {n} 个主体存在异议", "{code}: {n} subjects are contested").format(
                  code=each.indicator.code, n=each.figure.contested),
              "how": t("计入但已标出，待市级主管处理", "counted but marked, until a city officer settles it"),
              "url": indicator_url(edition, each.indicator.code, moment)} for each in objectives if each.figure.contested]
    duplicates = len(possible_duplicates())
    if duplicates:
        found.append({"what": t("{n} 对组织疑似重复登记", "{n} pairs of organisations may be one").format(n=duplicates),
                      "how": t("同一家企业可能被计两次，合并后自动更正", "one firm may count twice; merging corrects the figures"),
                      "url": reverse("parties:duplicates")})
    for each in objectives:
        newest = each.figure.freshest
        age = (each.on - period.day(newest)).days if newest else 0
        if age > each.indicator.stale_after_days:
            found.append({"what": t("{code} 的最新证据已有 {n} 天", "{code}: the newest evidence is {n} days old").format(
                              code=each.indicator.code, n=age),
                          "how": t("超过时效，不再亮绿灯", "too old for a green light"),
                          "url": indicator_url(edition, each.indicator.code, moment)})
        late = sum(any((period.day(record.known_at) - record.true_from).days > _LATE_AFTER for record in verdict.records)
                   for verdict in each.answer.lines.values() if verdict.state == "counted")
        if late:
            found.append({"what": t("{code} 有 {n} 个主体的证据迟报", "{code}: {n} subjects rest on evidence told late").format(
                              code=each.indicator.code, n=late),
                          "how": t("发生半年以后才录入", "entered more than half a year after it was true"),
                          "url": indicator_url(edition, each.indicator.code, moment)})
    return found

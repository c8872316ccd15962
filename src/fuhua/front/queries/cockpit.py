"""The cockpit: every objective as a card and a trajectory, districts on a map, and how fresh the evidence is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fuhua.evidence.words import Grade
from fuhua.front.queries import writing
from fuhua.kernel import period
from fuhua.kernel.ui import charts, formats
from fuhua.kernel.words import Text, t
from fuhua.parties.words import DISTRICTS
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition

FEWEST_SHOWN = 5

# Where each district roughly lies on the tile map: (row, column).
PLACES = {
    "110119": (0, 1), "110116": (0, 3), "110118": (0, 4), "110114": (1, 2), "110113": (1, 3), "110117": (1, 4),
    "110109": (2, 0), "110108": (2, 1), "110102": (2, 2), "110101": (2, 3), "110105": (2, 4), "110107": (3, 1),
    "110106": (3, 2), "110176": (3, 3), "110112": (3, 4), "110111": (4, 1), "110115": (4, 2),
}


@dataclass(frozen=True)
class Moment:
    """The day the cockpit is read for and, when it looks back, the moment as known on which."""

    on: dt.date
    known: dt.datetime | None = None

    def query(self, **more: Any) -> str:
        """The URL query that keeps the moment, with ``more`` parameters; empty when there is nothing to say."""
        known = period.day(self.known).isoformat() if self.known else ""
        chosen = {"on": self.on.isoformat(), "known": known, **more}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


def indicator_url(edition: Edition, code: str, moment: Moment, **more: Any) -> str:
    """Where a figure opens."""
    return reverse("front:indicator", kwargs={"slug": edition.slug, "code": code}) + moment.query(**more)


def card(edition: Edition, objective: Objective, moment: Moment) -> dict[str, Any]:
    """The values of one ``figure`` component."""
    figure, indicator = objective.figure, objective.indicator
    history = [value for _day, value in objective.history()]
    return {
        "label": Text("{code} {name}", "{code} {name}").format(code=indicator.code, name=indicator.name),
        "value": writing.reading(figure, indicator), "unit": writing.unit(indicator) if figure.determined else "",
        "target": goal_text(objective), "state": objective.light.state,
        "done": figure.value, "of": objective.course.goal, "mark": round(objective.course.expected(objective.on)),
        "note": objective.light.reasons[-1], "url": indicator_url(edition, indicator.code, moment),
        "trend": _spark(objective) if sum(value is not None for value in history) >= 2 else None,
    }


def goal_text(objective: Objective) -> Text:
    """The goal as printed in the plan: a number, or a range."""
    low, upper = writing.amount(objective.course.goal, objective.indicator), objective.target.upper
    return low if upper is None else Text("{low}–{high}", "{low}–{high}").format(low=low, high=formats.num(int(upper)))


def _spark(objective: Objective) -> charts.Sparkline:
    days = [day for day, _value in objective.history()]
    return charts.Sparkline(
        key=f"spark-{objective.indicator.code.lower()}", title=objective.indicator.name, measure=_measure(objective),
        values=tuple(value for _day, value in objective.history()), target=objective.course.goal,
        labels=tuple(day.isoformat() for day in days),
    )


def _measure(objective: Objective) -> charts.Measure:
    return "money" if objective.indicator.money else "count"


def trajectory(
    objective: Objective, frozen: Sequence[dt.date] = (), second: Objective | None = None
) -> charts.Trajectory:
    """The objective over time against its course, with its fan, frozen quarters and perhaps a second definition."""
    course, history = objective.course, objective.history()
    marks = {course.since, course.until} | ({day for day, _value in history if course.since < day < course.until}
                                            if course.shape != "linear" else set())
    target = [(day, round(course.expected(day))) for day in sorted(marks)]
    days = {day for day, _value in history}
    return charts.Trajectory(
        key=f"course-{objective.indicator.code.lower()}", title=objective.indicator.name, measure=_measure(objective),
        unit=writing.unit(objective.indicator), summary=_summary(objective), source=objective.indicator.source,
        actual=tuple(charts.Point(day, value) for day, value in history),
        target=tuple(charts.Point(day, value) for day, value in target),
        band=tuple(charts.Band(each.on, each.low, each.middle, each.high) for each in objective.fan()),
        frozen=tuple(day for day in sorted(frozen) if day in days), as_of=objective.on,
        second=tuple(charts.Point(day, value) for day, value in second.history()) if second else (),
        second_label=second.definition.label if second else "",
    )


def _summary(objective: Objective) -> Text:
    chance = objective.chance()
    if chance is None:
        return objective.light.reasons[0]
    return t("{why}；按以往节奏，到期达标的可能约 {p}%。",
             "{why}; at the past pace it meets the target in time in about {p} % of cases.").format(
        why=objective.light.reasons[0], p=round(chance * 100))


def district_map(edition: Edition, objective: Objective, moment: Moment, *, closed: bool) -> charts.TileMap:
    """The objective by district; ``closed`` (the public) hides counts below FEWEST_SHOWN."""
    values = objective.figure.districts
    floor = FEWEST_SHOWN if closed and not objective.indicator.money else 1

    def shown(code: str) -> int | None:
        return values[code] if values[code] >= floor else None

    return charts.TileMap(
        key=f"districts-{objective.indicator.code.lower()}", unit=writing.unit(objective.indicator), measure=_measure(objective),
        title=t("{name}：各区", "{name} by district").format(name=objective.indicator.name), summary=_spread(values),
        tiles=tuple(charts.Tile(_short(name), *PLACES[code], value=shown(code),
                                url=reverse("front:district", kwargs={"slug": edition.slug, "code": code}) + moment.query())
                    for code, name in DISTRICTS.items()),
    )


def _short(name: Text) -> Text:
    """A district's name as it fits on a tile: 海淀, 经开区."""
    return Text(name.zh.removesuffix("区"), name.en) if len(name.zh) <= 5 else Text("经开区", name.en)


def _spread(values: Any) -> Text:
    total, ranked = sum(values.values()), sorted(((n, code) for code, n in values.items() if code), reverse=True)
    if not total or not ranked:
        return t("尚无可按区归集的证据。", "No evidence can be placed in a district yet.")
    names = [DISTRICTS[code] for _n, code in ranked[:2] if code in DISTRICTS]
    share = round(sum(n for n, _code in ranked[:2]) * 100 / total)
    if len(names) < 2:
        if not names:
            return t("未标明所在区。", "No district is stated.")
        return t("全部集中在{one}。", "All of it is in {one}.").format(one=names[0])
    return t("{one}与{two}合计占 {p}%。", "{one} and {two} together hold {p} %.").format(one=names[0], two=names[1], p=share)


def grades(objectives: Sequence[Objective]) -> charts.Stack | None:
    """What the counted evidence of every objective rests on, by grade; None when nothing is counted anywhere."""
    shown = [objective for objective in objectives if objective.figure.counted]
    if not shown:
        return None
    return charts.Stack(
        key="grades", title=t("证据成色", "What the figures rest on"), unit=t("项", "subjects"),
        summary=t("每个指标已计入的主体，按其最弱一环证据的等级划分。", "Every counted subject by the grade of its weakest evidence."),
        categories=tuple(objective.indicator.code for objective in shown),
        series=tuple(charts.Series(grade.label, tuple(objective.figure.grades[int(grade)] for objective in shown))
                     for grade in sorted(Grade, reverse=True)),
    )


def freshness(edition: Edition, objectives: Sequence[Objective], moment: Moment) -> list[dict[str, Any]]:
    """For every objective the newest evidence, its age in days on the day, and what is contested or undetermined."""
    rows = []
    for objective in objectives:
        figure = objective.figure
        newest = period.day(figure.freshest) if figure.freshest else None
        rows.append({
            "code": objective.indicator.code, "name": objective.indicator.name, "newest": newest,
            "age": max(0, (objective.on - newest).days) if newest else None, "stale": bool(newest) and (objective.on - newest).days
            > objective.indicator.stale_after_days, "counted": figure.counted, "left_out": figure.left_out,
            "unsure": figure.unsure, "contested": figure.contested, "light": objective.light,
            "url": indicator_url(edition, objective.indicator.code, moment),
        })
    return rows

"""What a NEMO export (Django fixture of NIST's instrument booking) says of tools, read into our terms; what cannot be is a problem.

Source: NEMO's public description of its tool policies. A tool of NEMO has neither weekly hours nor a grid of times, so it is open around
the clock to the minute; its closures and outages are carried over, its open tasks become faults, its reservation questions and
configurations questions at booking. What has no place here is told by :mod:`fuhua.exchange.kinds.nemo_left`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fuhua.exchange.kinds import nemo_left
from fuhua.exchange.kinds.nemo_left import Problem, Row, by_model_of, names
from fuhua.kernel.words import Text, t

_COUNTS = {  # NEMO's column → the rule of ours with the same meaning, and the most it may be
    "_reservation_horizon": ("horizon", 3_000), "_minimum_usage_block_time": ("shortest", 100_000),
    "_maximum_usage_block_time": ("longest", 100_000), "_maximum_reservations_per_day": ("per_day", 10_000),
    "_minimum_time_between_reservations": ("apart", 100_000), "_maximum_future_reservation_time": ("ahead", 1_000_000),
    "_missed_reservation_threshold": ("grace", 10_000),
}
_ZERO_COUNTS = ("_reservation_horizon", "_missed_reservation_threshold")  # where 0 is a rule: nothing ahead, missed at once
_COLUMNS = (*_COUNTS, "name", "visible", "parent_tool", "_description", "_category", "_operational", "_location",
            "_policy_off_between_times", "_policy_off_start_time", "_policy_off_end_time", "_policy_off_weekend")
_PLACE = re.compile(r"^[A-Z]\d{3}\s+|\s+(\d+|Left|Right|Middle)$")
_TAGS = re.compile(r"<[^<>]*>")
_MALFORMED = (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, RecursionError)  # what a bad record raises
FOR_GOOD = dt.date(2099, 12, 31)  # NEMO's qualifications end with the access of the person, if that ends


class _Out(ValueError):
    """A record that is left out for a reason; ``text`` says which."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass
class Tool:
    """One tool: its title, category and text, the rules of booking it, questions, and what else is known of it."""

    name: str
    category: str
    text: str
    rules: dict[str, Any]
    visible: bool
    area: Any = None  # key of the area in which it stands
    broken: str = ""  # why it is out of operation
    faults: list[str] = field(default_factory=list)  # what is wrong and does not stop it
    closures: list[tuple[dt.datetime, dt.datetime, str]] = field(default_factory=list)
    qualified: list[tuple[str, dt.date, dt.date]] = field(default_factory=list)  # user name, since, until


@dataclass
class Export:
    """Everything that was read: tools by name, people's names by user name, problems, and how many records of which model were left out."""

    tools: dict[str, Tool]
    people: dict[str, str]
    problems: list[Problem]
    left: Counter[str]


def read(rows: Iterable[Any]) -> Export:
    """Read the records of a fixture; a record that cannot be read is a problem, never an exception."""
    by_model, problems = by_model_of(rows)
    tools: dict[str, Tool] = {}
    for row in by_model["NEMO.tool"]:
        if (tool := _tool(row, problems)) and tools.setdefault(tool.name, tool) is not tool:
            problems.append(Problem("NEMO.tool", tool.name, t(
                "pk {pk}：前面已有同名设备，这一台未导入；请在 NEMO 中改名后再次导入",
                "pk {pk}: a tool before it has this name, so it is left out; rename it in NEMO and import again").format(pk=row["pk"])))
    _sisters(tools)
    users = {str(row.get("username")): row for row in by_model["NEMO.user"]}
    needed = {row["pk"]: names(row.get("fully_dependent_tools")) for row in by_model["NEMO.resource"]}
    takes: dict[str, Callable[[Row, Mapping[str, Tool]], bool]] = {
        "NEMO.qualification": partial(_qualification, users), "NEMO.scheduledoutage": partial(_outage, needed), "NEMO.task": _task,
        "NEMO.resource": _resource, "NEMO.configuration": _configuration, "NEMO.reservationquestions": _questions}
    left = nemo_left.counts(by_model, (*takes, "NEMO.tool", "NEMO.user", "NEMO.closure", "NEMO.closuretime"), _COLUMNS)
    for model, take in takes.items():
        for row in by_model[model]:
            try:
                left[model] += not take(row, tools)
            except _MALFORMED as wrong:
                problems.append(Problem(model, str(row.get("pk") or ""), wrong.text if isinstance(wrong, _Out) else t(
                    "这条记录缺少设备或格式不对，未导入（{why}）", "it names no tool or is malformed and is left out ({why})")
                    .format(why=str(wrong)[:80])))
    _closures(by_model, tools, problems)
    people = {name: f"{row.get('first_name', '')} {row.get('last_name', '')}".strip() for name, row in users.items()}
    return Export(tools, people, [*problems, *nemo_left.problems(by_model)], +left)


def _tool(row: Row, problems: list[Problem]) -> Tool | None:
    name = str(row.get("name") or "").strip()
    if not name or len(name) > 200:
        problems.append(Problem("NEMO.tool", name[:60], t("设备没有名称或名称过长", "the tool has no name, or too long a one")))
        return None
    if parent := names(row.get("parent_tool")):
        text = t("它是“{name}”的别名，未另行导入", "it is another name of “{name}” and not taken in").format(name=parent[0])
        problems.append(Problem("NEMO.tool", name, text))
        return None
    said: list[Text] = []
    rules = {"qualify": True, "step": 1, "place": str(row.get("_location") or "")[:100], "questions": [], **_rules(row, said)}
    problems += [Problem("NEMO.tool", name, text) for text in said]
    broken = "" if row.get("_operational", True) else "导入时处于停机状态 not operational when imported"
    return Tool(name, str(row.get("_category") or "").strip()[:100], _plain(row.get("_description")), rules,
                bool(row.get("visible", True)), row.get("_requires_area_access"), broken)


def _rules(row: Row, said: list[Text]) -> dict[str, Any]:
    rules: dict[str, Any] = {rule: _count(row.get(column), column, most, said) for column, (rule, most) in _COUNTS.items()}
    if rules["shortest"] and rules["longest"] and rules["shortest"] > rules["longest"]:
        said.append(t("最短时长大于最长时长，已去掉最长时长", "its shortest block is above its longest, which is left out"))
        rules["longest"] = None
    rules |= {"off_weekend": bool(row.get("_policy_off_weekend")), "off_from": None, "off_to": None}
    if row.get("_policy_off_between_times"):
        try:
            rules |= {"off_from": _on_the_wall(row.get("_policy_off_start_time")), "off_to": _on_the_wall(row.get("_policy_off_end_time"))}
        except ValueError:
            said.append(t("免规则时段缺少可用的起止时间，未导入", "the hours without rules lack a bound that can be used and are left out"))
    return rules


def _on_the_wall(value: Any) -> dt.time:
    """A time of day there; one with a time zone of its own is none, and the two databases would take it differently."""
    found = dt.time.fromisoformat(str(value))
    if found.tzinfo is not None:
        raise ValueError(str(value))
    return found


def _count(value: Any, column: str, most: int, said: list[Text]) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value if value or column in _ZERO_COUNTS else None
    said.append(t("{column} 的值 {value} 无法使用，按不限处理", "{column} is {value}, which cannot be; taken as no limit")
                .format(column=column, value=str(value)[:20]))
    return None


def _sisters(tools: Mapping[str, Tool]) -> None:
    """Tools whose names differ only in room, number or side are of one model."""
    names = Counter(_PLACE.sub("", name) for name in tools)
    for name, tool in tools.items():
        plain = _PLACE.sub("", name)
        tool.rules["model"] = plain if names[plain] > 1 else ""


def _qualification(users: Mapping[str, Row], row: Row, tools: Mapping[str, Tool]) -> bool:
    tool, name, since = tools[row["tool"][0]], row["user"][0], dt.date.fromisoformat(row["qualified_on"])
    user = users.get(name, {})
    until = dt.date.fromisoformat(user["access_expiration"]) if user.get("access_expiration") else FOR_GOOD
    if not user.get("is_active", True) or user.get("training_required") or until < since:
        raise _Out(t("{name} 在 NEMO 中已停用、须先培训或准入已到期，资格未导入",
                     "NEMO bars {name}, who is inactive, has training to do or whose access has ended; the qualification is left out")
                   .format(name=name))
    tool.qualified.append((name, since, until))
    return True


def _outage(needed: Mapping[Any, list[str]], row: Row, tools: Mapping[str, Tool]) -> bool:
    """As in NEMO an outage of a resource stops the tools that fully depend on it, and one of an area stops no booking of a tool."""
    of = [row["tool"][0]] if row.get("tool") else needed.get(row.get("resource"))
    if of is None:
        raise _Out(t("区域的停用在 NEMO 中不限制设备预约，未导入",
                     "in NEMO an outage of an area bars no booking of a tool; it is left out"))
    start, end = _span(row["start"], row["end"])
    for name in of:
        tools[name].closures.append((start, end, _plain(row.get("title")) or "计划停机"))
    return True


def _task(row: Row, tools: Mapping[str, Tool]) -> bool:
    """An open task is a fault; it stops the tool only while NEMO calls the tool out of operation."""
    if row.get("resolved") or row.get("cancelled"):
        return False
    tool, text = tools[row["tool"][0]], _plain(row.get("problem_description")) or "故障 fault"
    if row.get("force_shutdown") and tool.broken:
        tool.broken = text
    else:
        tool.faults.append(text)
    return True


def _resource(row: Row, tools: Mapping[str, Tool]) -> bool:
    """A resource that is not available stops the tools that fully depend on it."""
    if not row.get("available", True):
        for name in names(row.get("fully_dependent_tools")):
            tools[name].broken = tools[name].broken or _plain(row.get("restriction_message")) or f"{row.get('name')} 停供 unavailable"
    return True


def _configuration(row: Row, tools: Mapping[str, Tool]) -> bool:
    if not row.get("enabled", True):
        return False
    choices = [each.strip() for each in str(row["available_settings"]).split(",") if each.strip()]
    tools[row["tool"][0]].rules["questions"].append({
        "name": f"set_{row['pk']}", "label": _plain(row.get("prompt")) or str(row["name"]), "choices": choices, "required": True,
        "notice": int(row.get("advance_notice_limit") or 0), "current": str(row.get("current_settings") or "").split(",")[0].strip()})
    return True


def _questions(row: Row, tools: Mapping[str, Tool]) -> bool:
    if not row.get("enabled", True) or not row.get("tool_reservations"):
        return False
    if row.get("only_for_projects"):
        raise _Out(t("只向部分项目提的问题，未导入", "it is asked of some projects only and left out"))
    asked = [{"name": f"q_{each['name']}"[:60], "label": str(each.get("title") or each["name"])[:100].strip(" :："),
              "choices": list(map(str, each.get("choices") or ())), "required": bool(each.get("required"))}
             for each in nemo_left.clean(json.loads(row["questions"]))]
    for name in [each[0] for each in row.get("only_for_tools") or ()] or list(tools):
        tools[name].rules["questions"] += asked
    return True


def _closures(by_model: Mapping[str, list[Row]], tools: Mapping[str, Tool], problems: list[Problem]) -> None:
    """A closure that lists access levels closes the tools in their areas, one that lists none closes every tool."""
    called = {row["pk"]: row for row in by_model.get("NEMO.closure", ())}
    area_of = {row["pk"]: row.get("area") for row in by_model.get("NEMO.physicalaccesslevel", ())}
    for row in by_model.get("NEMO.closuretime", ()):
        try:
            closure = called.get(row.get("closure"), {})
            span = (*_span(row["start_time"], row["end_time"]), str(closure.get("name") or "").strip()[:200] or "闭馆 closed")
            areas = [area_of[level] for level in closure.get("physical_access_levels") or ()]
        except _MALFORMED as wrong:
            text = wrong.text if isinstance(wrong, _Out) else t(
                "停用时间无法读取（{why}）", "the time cannot be read ({why})").format(why=str(wrong)[:80])
            problems.append(Problem("NEMO.closuretime", str(row.get("pk") or ""), text))
            continue
        for tool in tools.values():
            if not areas or tool.area in areas:
                tool.closures.append(span)


def _span(start: str, end: str) -> tuple[dt.datetime, dt.datetime]:
    found = _moment(start), _moment(end)
    if found[1] <= found[0]:
        raise _Out(t("停用在开始之前或同时结束，未导入", "it ends before it starts, or just then, and is left out"))
    return found


def _moment(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(dt.UTC)


def _plain(html: Any) -> str:
    """Words without markup, in one line each."""
    return " ".join(_TAGS.sub(" ", str(html or "")).split())[:1000]

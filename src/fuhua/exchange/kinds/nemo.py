"""What a NEMO export (Django fixture of NIST's instrument booking) says of tools, read into our terms; what cannot be is a problem.

Source: NEMO's public description of its tool policies. A tool of NEMO has no weekly hours, so it is open around the clock; its closures
and outages are carried over, and its reservation questions and configurations become questions at booking.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fuhua.kernel.words import Text, t

_COUNTS = {  # NEMO's column → the rule of ours with the same meaning, and the most it may be
    "_reservation_horizon": ("horizon", 3_000), "_minimum_usage_block_time": ("shortest", 100_000),
    "_maximum_usage_block_time": ("longest", 100_000), "_maximum_reservations_per_day": ("per_day", 10_000),
    "_minimum_time_between_reservations": ("apart", 100_000), "_maximum_future_reservation_time": ("ahead", 1_000_000),
    "_missed_reservation_threshold": ("grace", 10_000),
}
_PLACE = re.compile(r"^[A-Z]\d{3}\s+|\s+(\d+|Left|Right|Middle)$")
_TAGS = re.compile(r"<[^>]*>")
FOR_GOOD = dt.date(2099, 12, 31)  # NEMO's qualifications do not end by themselves


@dataclass(frozen=True)
class Problem:
    """Something of the file that was not carried over: of which model and record, and how to mend it."""

    model: str
    key: str
    text: Text


@dataclass
class Tool:
    """One tool: its title, category and text, the rules of booking it, questions, and what else is known of it."""

    name: str
    category: str
    text: str
    rules: dict[str, Any]
    visible: bool
    broken: str = ""
    closures: list[tuple[dt.datetime, dt.datetime, str]] = field(default_factory=list)
    qualified: list[tuple[str, dt.date]] = field(default_factory=list)  # user name, since


@dataclass
class Export:
    """Everything that was read: tools by name, people's names by user name, problems, and how many records of which model were not read."""

    tools: dict[str, Tool]
    people: dict[str, str]
    problems: list[Problem]
    left: Counter[str]


def read(rows: Iterable[Any]) -> Export:
    """Read the records of a fixture; a record that cannot be read is a problem, never an exception."""
    by_model: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict) and isinstance(row.get("model"), str) and isinstance(row.get("fields"), dict):
            by_model[row["model"]].append({"pk": row.get("pk"), **row["fields"]})
        else:
            problems.append(Problem("", str(number), t("第 {n} 条不是导出记录", "record {n} is no record of an export").format(n=number)))
    tools = {tool.name: tool for row in by_model["NEMO.tool"] if (tool := _tool(row, problems))}
    _sisters(tools)
    people = {str(row.get("username")): f"{row.get('first_name', '')} {row.get('last_name', '')}".strip() for row in by_model["NEMO.user"]}
    for model, take in (("NEMO.qualification", _qualification), ("NEMO.scheduledoutage", _outage), ("NEMO.task", _task),
                        ("NEMO.configuration", _configuration), ("NEMO.reservationquestions", _questions)):
        for row in by_model[model]:
            try:
                take(row, tools)
            except (KeyError, ValueError, TypeError, IndexError) as wrong:
                problems.append(Problem(model, str(row.get("pk") or ""), t(
                    "这条记录缺少设备或格式不对，未导入（{why}）", "it names no tool or is malformed and is left out ({why})")
                    .format(why=str(wrong)[:80])))
    _closures(by_model["NEMO.closure"], by_model["NEMO.closuretime"], tools, problems)
    known = {"NEMO.tool", "NEMO.user", "NEMO.qualification", "NEMO.scheduledoutage", "NEMO.task", "NEMO.configuration",
             "NEMO.reservationquestions", "NEMO.closure", "NEMO.closuretime"}
    return Export(tools, people, problems, Counter({model: len(found) for model, found in by_model.items() if model not in known}))


def _tool(row: Mapping[str, Any], problems: list[Problem]) -> Tool | None:
    name = str(row.get("name") or "").strip()
    if not name or len(name) > 200:
        problems.append(Problem("NEMO.tool", name[:60], t("设备没有名称或名称过长", "the tool has no name, or too long a one")))
        return None
    said: list[Text] = []
    rules = {"qualify": True, "place": str(row.get("_location") or "")[:100], "questions": [], **_rules(row, said)}
    problems += [Problem("NEMO.tool", name, text) for text in said]
    broken = "" if row.get("_operational", True) else "导入时处于停机状态 not operational when imported"
    return Tool(name, str(row.get("_category") or "").strip()[:100], _plain(row.get("_description")), rules,
                bool(row.get("visible", True)), broken)


def _rules(row: Mapping[str, Any], said: list[Text]) -> dict[str, Any]:
    rules: dict[str, Any] = {rule: _count(row.get(column), column, most, said) for column, (rule, most) in _COUNTS.items()}
    if rules["shortest"] and rules["longest"] and rules["shortest"] > rules["longest"]:
        said.append(t("最短时长大于最长时长，已去掉最长时长", "its shortest block is above its longest, which is left out"))
        rules["longest"] = None
    rules |= {"off_weekend": bool(row.get("_policy_off_weekend")), "off_from": None, "off_to": None}
    if row.get("_policy_off_between_times"):
        try:
            rules |= {"off_from": dt.time.fromisoformat(str(row.get("_policy_off_start_time"))),
                      "off_to": dt.time.fromisoformat(str(row.get("_policy_off_end_time")))}
        except ValueError:
            said.append(t("免规则时段缺少起止时间，未导入", "the hours without rules lack a bound and are left out"))
    return rules


def _count(value: Any, column: str, most: int, said: list[Text]) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value or None
    said.append(t("{column} 的值 {value} 无法使用，按不限处理", "{column} is {value}, which cannot be; taken as no limit")
                .format(column=column, value=str(value)[:20]))
    return None


def _sisters(tools: Mapping[str, Tool]) -> None:
    """Tools whose names differ only in room, number or side are of one model."""
    names = Counter(_PLACE.sub("", name) for name in tools)
    for name, tool in tools.items():
        plain = _PLACE.sub("", name)
        tool.rules["model"] = plain if names[plain] > 1 else ""


def _qualification(row: Mapping[str, Any], tools: Mapping[str, Tool]) -> None:
    tools[row["tool"][0]].qualified.append((row["user"][0], dt.date.fromisoformat(row["qualified_on"])))


def _outage(row: Mapping[str, Any], tools: Mapping[str, Tool]) -> None:
    tools[row["tool"][0]].closures.append((_moment(row["start"]), _moment(row["end"]), _plain(row.get("title")) or "计划停机"))


def _task(row: Mapping[str, Any], tools: Mapping[str, Tool]) -> None:
    tool = tools[row["tool"][0]]
    if row.get("force_shutdown") and not row.get("resolved") and not row.get("cancelled"):
        tool.broken = _plain(row.get("problem_description")) or tool.broken or "停机 shut down"


def _configuration(row: Mapping[str, Any], tools: Mapping[str, Tool]) -> None:
    if not row.get("enabled", True):
        return
    choices = [each.strip() for each in str(row["available_settings"]).split(",") if each.strip()]
    tools[row["tool"][0]].rules["questions"].append({
        "name": f"set_{row['pk']}", "label": _plain(row.get("prompt")) or str(row["name"]), "choices": choices, "required": True,
        "notice": int(row.get("advance_notice_limit") or 0), "current": str(row.get("current_settings") or "").split(",")[0].strip()})


def _questions(row: Mapping[str, Any], tools: Mapping[str, Tool]) -> None:
    if not row.get("tool_reservations") or row.get("only_for_projects"):
        return
    asked = [{"name": f"q_{each['name']}"[:60], "label": str(each.get("title") or each["name"])[:100].strip(" :："),
              "choices": list(map(str, each.get("choices") or ())), "required": bool(each.get("required"))}
             for each in json.loads(row["questions"])]
    for name in [each[0] for each in row.get("only_for_tools") or ()] or list(tools):
        tools[name].rules["questions"] += asked


def _closures(names: list[Mapping[str, Any]], times: list[Mapping[str, Any]], tools: Mapping[str, Tool], problems: list[Problem]) -> None:
    called = {row["pk"]: str(row.get("name") or "").strip()[:200] for row in names}
    for row in times:
        try:
            span = (_moment(row["start_time"]), _moment(row["end_time"]), called.get(row.get("closure"), "") or "闭馆 closed")
        except (KeyError, ValueError, TypeError) as wrong:
            text = t("停用时间无法读取（{why}）", "the time cannot be read ({why})").format(why=str(wrong)[:80])
            problems.append(Problem("NEMO.closuretime", str(row.get("pk") or ""), text))
            continue
        for tool in tools.values():
            tool.closures.append(span)


def _moment(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(dt.UTC)


def _plain(html: Any) -> str:
    """Words without markup, in one line each."""
    return " ".join(_TAGS.sub(" ", str(html or "")).split())[:1000]

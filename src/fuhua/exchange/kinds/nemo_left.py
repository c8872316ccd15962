"""What of a NEMO export has no place here: a line for each rule of a tool that is lost, counts of all the rest.

NEMO guards the use of a tool as well as its booking (delayed log-off, areas, access levels, questions at the machine). Here the booking
alone is guarded, so a host reads what it has to see to otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.seen import seen
from fuhua.kernel.words import Text, t

Row = Mapping[str, Any]

_RULES = {  # columns of a tool with a rule of its use, a line for each tool
    "_max_delayed_logoff": t(
        "NEMO 中用后可保持占用至多 {value} 分钟，未导入；需要时请手动停用",
        "in NEMO it may stay blocked for {value} minutes after use, which is left out; close it by hand when needed"),
    "_requires_area_access": t(
        "NEMO 中使用者须先登录区域“{value}”，该区域要求预约的还须先预约，未导入；请在现场核对",
        "in NEMO its users log in to the area “{value}” first, and book it where it asks for that, left out; see to it on the spot"),
    "_superusers": t(
        "NEMO 中的超级用户 {value} 可不受预约规则限制，未导入",
        "in NEMO its superusers {value} may go beyond the rules, which is left out"),
    "_interlock": t(
        "NEMO 中的联锁 {value} 未导入，预约不控制设备电源", "its interlock {value} is left out; booking switches no power"),
    "_operation_mode": t(
        "NEMO 中以排队方式使用（{value}），此处按预约导入", "NEMO runs it by a line ({value}); here it is booked"),
}
_GRANTS = {  # columns that say the same of many tools, a line for all of them
    "_grant_physical_access_level_upon_qualification": t(
        "{n} 台设备在授予资格时一并授予门禁级别，未导入；门禁请另行办理",
        "{n} tools grant an access level with the qualification, which is left out; see to doors elsewhere"),
    "_grant_badge_reader_access_upon_qualification": t(
        "{n} 台设备在授予资格时一并开通读卡器，未导入；门禁请另行办理",
        "{n} tools grant a badge reader with the qualification, which is left out; see to doors elsewhere"),
}
_RECORDS = {  # models with a rule of use, a line for each record: how it is said, and its columns that name tools
    "NEMO.toolqualificationgroup": (t(
        "培训组“{name}”未导入，请逐台授予资格：{tools}",
        "the group “{name}” is left out; qualify people tool by tool: {tools}"), ("tools",)),
    "NEMO.resource": (t(
        "资源“{name}”与设备的关系未导入；它停供时请逐台报停：{tools}",
        "that tools depend on “{name}” is left out; when it fails, report a fault for each: {tools}"),
        ("fully_dependent_tools", "partially_dependent_tools")),
    "NEMO.toolusagequestions": (t(
        "使用前后的提问未导入：{tools}", "questions before or after use are left out: {tools}"), ("only_for_tools", "tool")),
    "NEMO.physicalaccesslevel": (t(
        "门禁级别“{name}”及其时段未导入，不限制预约", "the access level “{name}” and its hours are left out and bar no booking"), ()),
    "NEMO.area": (t(
        "区域“{name}”及其预约规则、人数上限未导入",
        "the area “{name}” is left out with its rules of booking and its capacity"), ()),
}


@dataclass(frozen=True)
class Problem:
    """Something of the file that was not carried over: of which model and record, and how to mend it."""

    model: str
    key: str
    text: Text


def problems(by_model: Mapping[str, list[Row]]) -> Iterator[Problem]:
    """A line for each rule that is lost: by tool, for all tools together where many say the same, and by record of other models."""
    areas = {row["pk"]: str(row.get("name")) for row in by_model.get("NEMO.area", ())}
    tools = by_model.get("NEMO.tool", [])
    for row in tools:
        for column, text in _RULES.items():
            if value := row.get(column):
                said = areas.get(value, value) if column == "_requires_area_access" and isinstance(value, int) else value
                yield Problem("NEMO.tool", str(row.get("name")), text.format(value=", ".join(names(said)) or str(said)))
    for column, text in _GRANTS.items():
        if n := sum(bool(row.get(column)) for row in tools):
            yield Problem("NEMO.tool", column, text.format(n=n))
    for model, (text, columns) in _RECORDS.items():
        for row in by_model.get(model, ()):
            said = ", ".join(name for column in columns for name in names(row.get(column))) or "—"
            yield Problem(model, str(row.get("pk") or ""), text.format(name=str(row.get("name")), tools=said))


def counts(by_model: Mapping[str, list[Row]], read: Iterable[str], columns: Iterable[str]) -> Counter[str]:
    """How many records of which model, and how many values of which column of tools, are neither read nor told by a line of their own."""
    told, found = {*read, *_RECORDS}, Counter({model: len(rows) for model, rows in by_model.items()})
    for model in told & found.keys():
        del found[model]
    known = {"pk", *columns, *_RULES, *_GRANTS}
    for row in by_model.get("NEMO.tool", ()):
        found.update(f"NEMO.tool.{column}" for column, value in row.items() if column not in known and value)
    return found


def names(value: Any) -> list[str]:
    """The names in a natural key of NEMO (``["Sinter"]``) or in a list of them."""
    if isinstance(value, str):
        return [value]
    return [name for each in value for name in names(each)] if isinstance(value, list) else []


def by_model_of(rows: Iterable[Any]) -> tuple[dict[str, list[Row]], list[Problem]]:
    """The records by model, each with its key and without invisible characters, and what is no record."""
    found: dict[str, list[Row]] = defaultdict(list)
    wrong = []
    for number, written in enumerate(rows, 1):
        try:
            row = clean(written)
        except ValueError:
            text = t("第 {n} 条嵌套过深，未导入", "record {n} is nested too deep and left out").format(n=number)
            wrong.append(Problem("", str(number), text))
            continue
        if (isinstance(row, dict) and isinstance(row.get("model"), str) and isinstance(row.get("fields"), dict)
                and isinstance(row.get("pk"), int | str | None)):
            found[row["model"]].append({"pk": row.get("pk"), **row["fields"]})
        else:
            wrong.append(Problem("", str(number), t("第 {n} 条不是导出记录", "record {n} is no record of an export").format(n=number)))
    return found, wrong


def clean(value: Any, deep: int = 20) -> Any:
    """A value of JSON without characters that nobody sees; raises :class:`ValueError` when it is nested deeper than any of NEMO's."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, list | dict) and not deep:
        raise ValueError("nested too deep")
    if isinstance(value, list):
        return [clean(each, deep - 1) for each in value]
    return {seen(name): clean(each, deep - 1) for name, each in value.items()} if isinstance(value, dict) else value

"""What every need is asked, whatever its kind, before it may open; a need without one of these leads nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fuhua.exchange.kinds.spec import NEEDS, Field, Kind
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t

ASKED = (
    Field("budget_owner", t("预算负责人", "budget owner"), sides=NEEDS, required=True, most=100,
          help=t("姓名或职务；只有本单位和服务管家可见", "name or post; seen by your own organisation and brokers only")),
    Field("budget", t("预算", "budget"), "money", sides=NEEDS, required=True, least=1),
    Field("deadline", t("期限", "deadline"), "day", sides=NEEDS, required=True, help=t("最晚何时要有结果", "when the result is needed")),
    Field("success", t("成功标准", "test of success"), "long", sides=NEEDS, required=True, most=1000,
          help=t("可测量的，如 漏检率降到 0.5% 以下", "measurable, such as fewer than 0.5 % missed")),
    Field("decides", t("决定日期", "decision date"), "day", sides=NEEDS, required=True,
          help=t("哪天决定用谁，或说明为什么不用", "the day on which you choose, or say why not")),
)
_FREE = ("session", "free")  # models of price by which some offers cost nothing


def asked_of(kind: Kind) -> tuple[Field, ...]:
    """What a need of the kind is asked: of one for which some offers are free the budget may be 0."""
    return tuple(_budget_of(kind, each) if each.name == "budget" else each for each in ASKED)


def _budget_of(kind: Kind, budget: Field) -> Field:
    if kind.price in _FREE:
        return replace(budget, least=0, help=t("只考虑免费的填 0", "0 if only what is free will do"))
    return replace(budget, help=kind.spends) if kind.spends.zh else budget


def days_amiss(deadline: dt.date | None, decides: dt.date | None, today: dt.date | None = None) -> dict[str, Text]:
    """Name → what is wrong with the two days of a need: the choice comes after the result is needed, or a day is before ``today``."""
    found = {}
    if deadline and decides and decides > deadline:
        found["decides"] = t("决定日期 {day} 晚于期限 {deadline}，请改为期限当天或更早",
                             "the decision date {day} is after the deadline {deadline}; choose an earlier one"
                             ).format(day=formats.day(decides), deadline=formats.day(deadline))
    if today and deadline and deadline < today:
        found["deadline"] = t("期限 {day} 已过，请改为今天或以后的日期", "the deadline {day} has passed; choose a later day").format(
            day=formats.day(deadline))
    if today and decides and decides < today:
        found["decides"] = t("决定日期 {day} 已过，请改为今天或以后的日期", "the decision date {day} has passed; choose a later day"
                             ).format(day=formats.day(decides))
    return found


def days_past(fields: Iterable[Field], spec: Mapping[str, Any], today: dt.date) -> dict[str, Text]:
    """Name → what is wrong with a day that a need gives for its kind's ``fields``: it has passed before anybody could offer."""
    said = t("{label} {day} 已过，请改为今天或以后的日期", "{label}: {day} has passed; choose a later day")
    days = [(each, dt.date.fromisoformat(spec[each.name])) for each in fields if each.type == "day" and spec.get(each.name)]
    return {each.name: said.format(label=each.label, day=formats.day(day)) for each, day in days if day < today}

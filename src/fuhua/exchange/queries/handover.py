"""The sheet of handing over and safety of a booking, as it is printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.exchange.kinds.safety import FINE, HAZARDS
from fuhua.exchange.models import Reservation
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, listed, t

TITLE = t("交接与安全确认单", "Sheet of handing over and safety")
_NONE = t("无（使用人申报）", "none, as the user declared")


def sheet(row: Reservation, now: dt.datetime) -> dict[str, Any]:
    """What ``exchange/handover.typ`` prints of a booking, as things stand; like every paper it is in Chinese."""
    resource = row.resource
    hazards = listed(HAZARDS[code] for code in row.hazards) if row.hazards else _NONE if row.safety else Text("—", "—")
    rows = [
        (t("设备或产线", "Instrument or line"), resource.offer.title), (t("提供方", "Host"), resource.offer.party.name),
        (t("地点", "Place"), resource.place or "—"), (t("使用单位", "For"), row.organisation.name), (t("使用人", "By"), row.person.name),
        (t("预约时间", "Booked"), reads.span_said((row.start, row.booked_end), resource).zh),
        (t("样品单", "Sample sheet"), row.sheet_name or "—"),
        (t("样品和工作涉及", "Samples and work involve"), hazards.zh),
        (t("接收", "Taken over"), _moment(row, row.started_at, row.taken_over)),
        (t("交还", "Handed back"), _moment(row, row.returned_at, row.handed_back)),
    ]
    signed = t("使用人（签字、日期）", "User: name, date"), t("提供方（签字、日期）", "Host: name, date")
    return {
        "number": t("预约 {n}", "booking {n}").format(n=row.pk).zh, "title": TITLE.zh, "rows": [(label.zh, what) for label, what in rows],
        "foot": t("{at} 打印", "printed {at}").format(at=formats.clock(now)).zh, "signed": [each.zh for each in signed],
        "of": "　".join((resource.offer.title, row.organisation.name, row.person.name)),
        "heading": t("安全、健康与环保要求", "Safety, health and environment").zh, "rules": _rules(row),
    }


def _moment(row: Reservation, when: dt.datetime | None, remark: str) -> str:
    """When it was handed over, and in what state; blank to be filled in by hand while that is to come."""
    if when is None:
        return ""
    said = t("{at}，{what}", "{at}, {what}").format(at=formats.clock(reads.local(when, row.resource)), what=remark or FINE)
    return said.zh


def _rules(row: Reservation) -> list[str]:
    """What was agreed to, in the words of that day; else the present rules, to be agreed to by signing."""
    if row.safety:
        agreed = t("使用人预约时已确认以上要求（SHA-256：{digest}）。", "The user agreed to these when booking (SHA-256: {digest}).")
        return [*calendars.rules_agreed(row).split("\n"), agreed.format(digest=row.safety).zh]
    if row.resource.safety:
        signs = t("以上为现行要求，预约时未经线上确认，签字即为确认。",
                  "These are the present rules; they were not agreed to when booking, signing agrees to them.")
        return [*row.resource.safety.split("\n"), signs.zh]
    return [t("提供方未登记书面要求，请遵守现场规定。", "The host has no written rules on record; follow those of the place.").zh]

"""The sheet of handing over and safety of a booking, as a paper to print and sign; both sides and nobody else have it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from fuhua.evidence.actions import papers
from fuhua.exchange import access
from fuhua.exchange.kinds.safety import HAZARDS
from fuhua.exchange.models import Reservation
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.page import page
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t


@page("exchange/bookings/<int:pk>/handover/", name="exchange:handover", can=access.BOOKINGS,
      title=t("交接与安全确认单", "Sheet of handing over and safety"))
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as PDF, as things stand; like every paper it is in Chinese."""
    row, now = access.BOOKINGS.get(request.who, calendars.reservations(), pk=pk), timezone.now()
    if not calendars.handed_over(row):
        raise Http404
    paper = papers.pdf_of("exchange/handover.typ", _said(row, now), at=now)
    return HttpResponse(paper, content_type=papers.PDF, headers={"Content-Disposition": f'inline; filename="booking-{row.pk}.pdf"'})


def _said(row: Reservation, now: dt.datetime) -> dict[str, Any]:
    resource = row.resource
    hazards = "、".join(HAZARDS[code].zh for code in row.hazards)
    rows = [
        ("设备或产线", resource.offer.title), ("提供方", resource.offer.party.name), ("地点", resource.place or "—"),
        ("使用单位", row.organisation.name), ("使用人", row.person.name),
        ("预约时间", reads.span_said((row.start, row.end), resource).zh), ("样品单", row.sheet_name or "—"),
        ("样品和工作涉及", hazards or "未申报"), ("接收", _moment(row, row.started_at, row.taken_over)),
        ("交还", _moment(row, row.ended_at if row.state == "used" and row.started_at else None, row.handed_back)),
    ]
    return {
        "number": row.urn.rsplit(":", 1)[-1], "foot": f"{formats.clock(now).zh} 打印", "title": "交接与安全确认单", "rows": rows,
        "heading": "安全、健康与环保要求", "rules": _rules(row), "signed": ["使用人（签字、日期）", "提供方（签字、日期）"],
    }


def _moment(row: Reservation, when: dt.datetime | None, remark: str) -> str:
    """When it was handed over, and in what state; blank to be filled in by hand while that is to come."""
    if when is None:
        return ""
    return f"{formats.clock(reads.local(when, row.resource)).zh}　{remark or '无异常'}"


def _rules(row: Reservation) -> list[str]:
    """What was agreed to, in the words of that day."""
    if not row.safety:
        return ["提供方未登记书面要求，请遵守现场规定。"]
    return [*papers.read(row.safety).decode().split("\n"), f"使用人预约时已确认以上要求（SHA-256：{row.safety}）。"]

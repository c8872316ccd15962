"""What may be done to a booking on its page: by whom, when it fits, with which form, and by which action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from fuhua.evidence.actions import attachments
from fuhua.exchange.actions import absences, metering, reservations
from fuhua.exchange.kinds.hours import moment, zone_of
from fuhua.exchange.models import Reservation
from fuhua.exchange.pages.slot_forms import EndForm, HandoverForm, MinutesForm, MoveForm, TakeForm, WhyForm
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.words import Text, t

_SHEET = 10  # MB of a sample sheet
_DONE = t("已办理", "done")


@dataclass(frozen=True)
class Verb:
    """Something that may be done to a booking by its user (else by its host) when it ``fits``.

    ``act`` gets the row, who does it, the form's values, and ``by`` and ``at``; its ``form`` may take ``files``, or be none for this row.
    ``opened``: it is what comes next, so its form is not folded away.
    """

    label: Text
    by_user: bool
    fits: Callable[[Reservation, dt.datetime], bool]
    act: Callable[..., Any]
    form: Callable[..., forms.Form | None] | None = None
    said: Text = _DONE
    danger: bool = False
    why: Text | None = None
    files: bool = False
    opened: bool = False


def sheet_of(told: dict[str, Any], *, by: str, at: dt.datetime) -> dict[str, str]:
    """The sample sheet that was sent, kept, with its name; blank when there is none."""
    sheet = told.get("sheet")
    if not sheet:
        return {"sheet": "", "sheet_name": ""}
    return {"sheet": attachments.attach(sheet.file, text=True, most=_SHEET, by=by, at=at)[0], "sheet_name": sheet.name}


def _take_form(row: Reservation, *data: Any, **more: Any) -> TakeForm | None:
    """What a booking of the resource is asked for, if anything is."""
    resource, questions = row.resource, reads.questions_of(row.resource)
    guest = row.organisation_id != resource.offer.party_id
    samples, safety = resource.sheet and guest, resource.safety if guest else ""
    if not samples and not questions and not safety:
        return None
    form = TakeForm(*data, questions=questions, samples=samples, safety=safety, **more)
    if samples:
        form.fields["sheet"].required = True
    return form


def _take(row: Reservation, _who: Any, told: dict[str, Any], **by: Any) -> None:
    answers = {name.removeprefix("ask_"): said for name, said in told.items() if name.startswith("ask_")}
    agreed = {name: told[name] for name in ("safety", "hazards") if name in told}
    reservations.take(reservation=row, answers=answers, **agreed, **sheet_of(told, **by), **by)


def _move_form(row: Reservation, *data: Any, **more: Any) -> MoveForm:
    start, end = reads.local(row.start, row.resource), reads.local(row.end, row.resource)
    there = {"day": start.date(), "start": start.time(), "end": end.time()}
    return MoveForm(*data, zone=zone_of(row.resource.zone), step=row.resource.step, initial=there, **more)


def _end_form(row: Reservation, *data: Any, **more: Any) -> EndForm:
    return EndForm(*data, initial={"end": reads.local(row.end, row.resource).time()}, **more)


def _minutes_form(row: Reservation, *data: Any, **more: Any) -> MinutesForm:
    return MinutesForm(*data, initial={"minutes": int((row.end - row.start).total_seconds()) // 60}, **more)


def _handover_form(row: Reservation, *data: Any, **more: Any) -> HandoverForm | None:
    """Instruments and lines are handed over; a mentor’s hour or a room is not."""
    return HandoverForm(*data, **more) if calendars.apparatus(row.resource) else None


def _why_form(_row: Reservation, *data: Any, **more: Any) -> WhyForm:
    return WhyForm(*data, **more)


def _shorten(row: Reservation, _who: Any, told: dict[str, Any], **by: Any) -> None:
    day = reads.day_there(row.end, row.resource)
    reservations.shorten(reservation=row, end=moment(dt.datetime.combine(day, told["end"]), zone_of(row.resource.zone)), **by)


def _minutes(row: Reservation, who: Any, told: dict[str, Any], **by: Any) -> None:
    metering.tell_minutes(reservation=row, used=told["minutes"], operator_minutes=told["operator_minutes"] or 0, meter=who.party_id, **by)


VERBS: dict[str, Verb] = {
    "take": Verb(
        t("确认这个空位", "Take this slot"), True, lambda row, _now: row.state == "offered",
        _take, _take_form, said=t("已预约", "it is booked"), files=True, opened=True),
    "check_in": Verb(
        t("签到开始", "Check in"), True, lambda row, now: row.state == "held" and metering.may_begin(row, now),
        lambda row, _who, told, **by: metering.check_in(reservation=row, **told, **by), _handover_form,
        said=t("已开始计时", "the clock runs"), opened=True),
    "check_out": Verb(
        t("结束使用", "Finish"), True, lambda row, _now: row.state == "running",
        lambda row, who, told, **by: metering.check_out(reservation=row, meter=who.party_id, **told, **by), _handover_form,
        said=t("已结束，使用结算单待验收", "finished; the statement of use waits to be accepted"), opened=True),
    "minutes": Verb(
        t("填写使用时长", "Tell the minutes used"), False, lambda row, now: row.state in ("held", "running") and row.start <= now,
        _minutes, _minutes_form, said=t("已计时，结算单已发给预约人", "it is metered; the user has the statement")),
    "move": Verb(
        t("改期", "Move"), True, lambda row, now: row.state == "held" and row.start > now,
        lambda row, _who, told, **by: reservations.move(reservation=row, start=told["span"][0], end=told["span"][1], **by),
        _move_form, said=t("已改期", "it is moved")),
    "shorten": Verb(
        t("缩短", "Shorten"), True, lambda row, now: row.state == "held" and row.end > now, _shorten, _end_form,
        said=t("已缩短", "it is shortened")),
    "decline": Verb(
        t("不要这个空位", "Decline this slot"), True, lambda row, _now: row.state == "offered",
        lambda row, _who, _told, **by: reservations.decline(reservation=row, **by), danger=True,
        said=t("已放弃，您不再排队", "given up; you are no longer in line"),
        why=t("您不再排队，时段放给下一位。", "You leave the line, and the slot goes to the next.")),
    "cancel": Verb(
        t("取消预约", "Cancel"), True, lambda row, now: row.state == "held" and row.start > now,
        lambda row, _who, _told, **by: reservations.cancel(reservation=row, **by), danger=True,
        said=t("已取消", "it is cancelled"), why=t("时段将放给排队的人。", "The slot goes to whoever waits.")),
    "drop": Verb(
        t("由提供方取消", "Cancel as host"), False, lambda row, now: row.state in ("offered", "held") and row.end > now,
        lambda row, _who, _told, **by: reservations.cancel(reservation=row, because="host", **by), danger=True,
        said=t("已取消，预约人已收到通知", "cancelled; the user is told"),
        why=t("不收费，预约人会看到改约建议。", "Free of charge; the user is shown other slots.")),
    "miss": Verb(
        t("记为爽约", "Nobody came"), False, lambda row, now: row.state == "held" and absences.missed_from(row) <= now,
        lambda row, _who, _told, **by: absences.miss(reservation=row, **by), danger=True,
        said=t("已记为爽约", "it is a no-show"),
        why=t("按规则收取爽约费，预约人可申诉。", "The fee of the rules is due; the user may appeal.")),
    "appeal": Verb(
        t("申诉", "Appeal"), True, lambda row, _now: row.fee_state == "due",
        lambda row, _who, told, **by: absences.appeal(reservation=row, text=told["text"], **by), _why_form,
        said=t("申诉已提交，处理期间不收费", "the appeal is made; nothing is charged meanwhile")),
    "waive": Verb(
        t("免除费用", "Waive the fee"), False, lambda row, _now: row.fee_state in ("due", "appealed"),
        lambda row, who, told, **by: absences.waive(reservation=row, person=who.party_id, text=told["text"], **by), _why_form,
        said=t("已免除", "it is waived")),
    "uphold": Verb(
        t("维持收费", "Uphold the fee"), False, lambda row, _now: row.fee_state == "appealed",
        lambda row, who, told, **by: absences.uphold(reservation=row, person=who.party_id, text=told["text"], **by), _why_form,
        said=t("已维持，费用已计入结算单", "upheld; the fee is on a statement")),
}

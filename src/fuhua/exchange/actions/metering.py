"""Use of a booked slot: started, stopped or told in minutes; it is metered on the platform and becomes a statement of use."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import platforms, serving, statements, waiting
from fuhua.exchange.actions.holding import BadSlot, rate_agreed
from fuhua.exchange.actions.reservations import stepped
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.kinds.charging import line_of
from fuhua.exchange.kinds.hours import minutes
from fuhua.exchange.models import Reservation, Use
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.seen import seen
from fuhua.kernel.words import t
from fuhua.parties.queries.kinship import akin

EARLY = dt.timedelta(minutes=30)  # so long before the slot its user may begin, when it is open and nobody else holds that time
OVERRUN = dt.timedelta(hours=4)  # so long after the slot the host may tell of use, until the next booking begins


@transaction.atomic
def check_in(*, reservation: Reservation, by: str, at: dt.datetime, remark: str = "") -> Reservation:  # noqa: ARG001
    """The user is there and begins; a slot that somebody else still uses cannot begin. ``remark``: in what state the resource is found."""
    row = stepped(reservation, "start")
    if not row.start - EARLY <= at < row.end:
        raise BadSlot(t("只能在预约开始前 30 分钟至结束前签到", "check in from 30 minutes before the slot until its end"))
    if not may_begin(row, at):
        raise BadSlot(t("预约开始前的这段时间不开放或已有他人预约，请到开始时间再签到",
                        "until the slot begins it is closed or booked by somebody else; check in when it begins"))
    if Reservation.objects.filter(resource=row.resource, state="running").exists():
        raise BadSlot(t("上一位用户尚未结束使用，请联系提供方", "the user before has not finished; ask the host"))
    row.started_at, row.taken_over = at, seen(remark).strip()
    row.save(update_fields=["state", "started_at", "taken_over"])
    notices.settle(about=row.urn, at=at)
    _tell_host(row, row.taken_over, at)
    return row


def may_begin(row: Reservation, at: dt.datetime) -> bool:
    """Whether its user may begin at that moment: in the slot, or a little before when that time is open and nobody's."""
    if at >= row.start:
        return at < row.end
    before = (at, row.start)
    found = reads.around(row.resource, before)
    opened = reads.open_spans(row.resource, reads.terms_of(row.resource).hours, before)
    return (at >= row.start - EARLY and not found.closed and not found.taken
            and any(first <= at and row.start <= last for first, last in opened))


@transaction.atomic
def check_out(*, reservation: Reservation, meter: int, by: str, at: dt.datetime, operator_minutes: int = 0, remark: str = "") -> Use:
    """The user stops: the minutes since check-in are metered (at least one), the rest of the slot is free for others.

    Who forgets it is metered for as long as the slot can have been used (:data:`OVERRUN`), unless the host tells the minutes first.
    ``meter``: id of the person who says so. ``remark``: in what state the resource is left.
    """
    row = stepped(reservation, "finish")
    if row.started_at is None:
        raise BadSlot(t("尚未签到；请由提供方填写使用分钟数", "nobody checked in; let the host tell the minutes"))
    row.handed_back, row.returned_at = seen(remark).strip(), at
    used = max(1, min(minutes((row.started_at, at)), _most(row, at)))
    use = _metered(row, used, operator_minutes, meter, Grade.SYSTEM, by=by, at=at)
    _tell_host(row, row.handed_back, at)
    return use


def _tell_host(row: Reservation, remark: str, at: dt.datetime) -> None:
    """What was said on taking over or handing back is news for the host, unless they are its own people."""
    if remark and row.organisation_id != row.resource.offer.party_id:
        title = t("交接说明：{title}", "on handing over: {title}").format(title=row.resource.offer.title)
        offer = row.resource.offer  # of which the news is, for that of the booking ends with it
        notices.news(about=offer.urn, title=title, url=calendars.url_of(row), at=at, to=offer.owner_id or offer.party_id)


@transaction.atomic
def tell_minutes(*, reservation: Reservation, used: int, meter: int, by: str, at: dt.datetime, operator_minutes: int = 0) -> Use:
    """The host tells how many minutes were used, from a log or a counter: no more than have passed since the slot began.

    Use may go on :data:`OVERRUN` after the slot, until the next booking begins.
    """
    row = stepped(reservation, "finish")
    if at < row.start:
        raise BadSlot(t("预约尚未开始，不能计时", "it has not begun yet and cannot be metered"))
    if not 1 <= used <= (most := _most(row, at)):
        raise BadSlot(t("到目前最多可计 {most} 分钟（自预约开始起，最迟到结束后 {n} 小时或下一个预约开始）",
                        "{most} minutes at most by now (from the start to {n} hours after the end, or to the next booking)")
                      .format(most=most, n=OVERRUN // dt.timedelta(hours=1)))
    return _metered(row, used, operator_minutes, meter, Grade.DECLARED, by=by, at=at)


def _most(row: Reservation, at: dt.datetime) -> int:
    """How many minutes the slot can have been used by now."""
    rows = Reservation.objects.filter(resource=row.resource, state__in=("held", "running", "used"), start__gte=row.end)
    following = rows.order_by("start").values_list("start", flat=True).first()
    until = min(at, row.end + OVERRUN, following or at)
    return minutes((min(row.start, row.started_at or row.start), until))


def _require_operator(row: Reservation, used: int, operator_minutes: int) -> None:
    if not 0 <= operator_minutes <= used:
        raise BadSlot(t("操作人员分钟数不能超过使用分钟数（{used}）", "the operator’s minutes are no more than those of use ({used})")
                      .format(used=used))
    if operator_minutes and row.operator_price and not row.operator:
        raise BadSlot(t("预约时没有要求操作人员，不能另计操作费", "no operator was asked for at booking, so none can be charged"))


def _metered(row: Reservation, used: int, operator_minutes: int, meter: int, grade: Grade, *, by: str, at: dt.datetime) -> Use:
    _require_operator(row, used, operator_minutes)
    host, user = row.resource.offer.party, row.organisation
    today, rate, left = reads.day_there(at, row.resource), rate_agreed(row), (at, row.end)
    fee, same = rate.of(used, operator_minutes), row.organisation_id == host.pk
    row.because, row.ended_at, row.end = "finished", at, min(row.end, max(at, row.start + dt.timedelta(minutes=1)))
    row.save()
    use = Use(reservation=row, minutes=used, operator_minutes=operator_minutes, fee=fee, at=at, metered_by_id=meter,
              affiliated=same or akin(user.urn, host.urn, today))
    if row.resource.platform is not None:
        use.digest = platforms.meter(subject=row.resource.platform.urn, user=user.urn, minutes=used, fee=0, by=host.urn, at=at,
                                     grade=grade)  # by the host, so that nobody corrects the fee by hand that the user is to accept
    record(facts.SlotEnded(subject=row.urn, state=row.state, because=row.because, fee=fee), by=by, at=at, grade=grade, on_behalf=user.urn)
    if fee and not same:
        line = line_of(row.resource.offer.title, used, rate, operator_minutes)
        use.deal = statements.draw_up(row, line.zh, fee, at, minutes=used)
    use.save()
    serving.slot_ended(row, by=by, at=at)
    notices.settle(about=row.urn, at=at)
    waiting.freed(row.resource, left, at=at)
    return use

"""Every verb of a booking by its user or host: book, take an offer, move, shorten, cancel, and book anew after a cancellation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import Fact
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import serving, waiting
from fuhua.exchange.actions.holding import (
    UNPRICED,
    BadSlot,
    Booking,
    Refused,
    free_slot,
    hold,
    keep,
    locked,
    rate_agreed,
    refused,
)
from fuhua.exchange.actions.shortlists import BROKER_CLOCK
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.flow import BOOKING
from fuhua.exchange.kinds.booking import Refusal, ending
from fuhua.exchange.kinds.charging import part
from fuhua.exchange.kinds.hours import Span, minutes
from fuhua.exchange.models import Listing, Reservation, Resource
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import BY_HOST, LIVE, NEED
from fuhua.kernel import period
from fuhua.kernel.words import t

APPEAL_DAYS = 5  # working days in which a fee may be appealed


@transaction.atomic
def book(*, resource: Resource, wish: Booking, by: str, at: dt.datetime, instead_of: int | None = None) -> Reservation:
    """Book a slot. Raises :class:`Refused` with every reason at once and the next slot that could be had."""
    row = locked(resource.pk)
    terms = reads.terms_of(row, wish.person, (wish.organisation.pk,), reads.day_there(at, row))
    rate = reads.rate_of(row, terms, wish.organisation.pk)
    found = refused(row, terms, wish, at)
    if rate is None:
        found = (*found, Refusal("price", UNPRICED))
    if found or rate is None:
        raise Refused(found, _next(row, terms, wish, at))
    if wish.need is not None:
        _require_need(wish.need, wish)
        clocks.stop(about=wish.need.urn, name=BROKER_CLOCK, at=at)
    made = hold(row, wish, rate, at, instead_of=instead_of)
    _tell_booked(made, by=by, at=at)
    return made


def _require_need(need: Listing, wish: Booking) -> None:
    if need.side != NEED or need.party_id != wish.organisation.pk or need.state not in LIVE:
        raise BadSlot(t("所选需求不是该单位正在开放的需求，请重新选择或留空",
                        "that is no open need of the organisation; choose another or leave it empty"))


def _next(resource: Resource, terms: reads.Terms, wish: Booking, at: dt.datetime) -> Span | None:
    """The next slot of the length wished for (of the shortest or longest allowed where that length is not)."""
    length = max(minutes(wish.span), resource.shortest or 1) if wish.end > wish.start else reads.policy_of(resource).usual
    length = min(length, resource.longest or length)
    more = {"person": wish.person, "exempt": wish.organisation.pk == resource.offer.party_id}
    after = max(wish.start, at)
    return free_slot(resource, terms, length, at, after=after, **more) or (
        free_slot(resource, terms, length, at, **more) if after > at else None)


@transaction.atomic
def take(*, reservation: Reservation, by: str, at: dt.datetime, sheet: str = "", sheet_name: str = "",
         answers: Mapping[str, str] | None = None, safety: str = "", hazards: Sequence[str] = ()) -> Reservation:
    """Accept the slot that the line offered, with what a booking is asked for; raises :class:`Refused` if it could not be booked now."""
    row = stepped(reservation, "take")
    if row.offer_until is None or row.offer_until <= at:
        raise BadSlot(t("确认时限已过，请重新排队或另选时间", "the offer has lapsed; wait in line again or choose another time"))
    row.sheet, row.sheet_name, row.answers, row.safety, row.hazards = sheet, sheet_name[:120], dict(answers or {}), safety, list(hazards)
    wish = _again(row, row.start, row.end)
    terms = reads.terms_of(row.resource, row.person_id)
    if found := tuple(each for each in refused(row.resource, terms, wish, at, leaving_out=row.pk) if each.code != "lead"):
        raise Refused(found)  # it was offered in time
    row.offer_until = None
    row.save()
    waiting.settle_place(row, "taken")
    notices.settle(about=row.urn, at=at)
    _tell_booked(row, by=by, at=at)
    return row


@transaction.atomic
def move(*, reservation: Reservation, start: dt.datetime, end: dt.datetime, by: str, at: dt.datetime) -> Reservation:
    """Move a booking that has not begun to another time of the same resource; the price agreed stays, the rules hold anew.

    What cancelling would have cost in that moment it costs ever after, so that moving first is no way round it.
    """
    row = stepped(reservation, "move")
    if row.start <= at:
        raise BadSlot(t("预约已开始，不能改期；可提前结束", "it has begun and cannot be moved; end it early instead"))
    wish = _again(row, start, end)
    terms = reads.terms_of(row.resource, row.person_id)
    if found := tuple(each for each in refused(row.resource, terms, wish, at, leaving_out=row.pk) if each.code != "safety"):
        raise Refused(found, _next(row.resource, terms, wish, at))  # safety rules that were changed since are not asked anew
    left, row.owed = (row.start, row.end), late_fee(row, at)
    row.start, row.end, row.booked_end = start, end, end
    keep(row)
    _tell(row, facts.SlotMoved(subject=row.urn, day=reads.day_there(start, row.resource), minutes=minutes((start, end))), by=by, at=at)
    waiting.freed(row.resource, left, at=at)
    return row


@transaction.atomic
def shorten(*, reservation: Reservation, end: dt.datetime, by: str, at: dt.datetime) -> Reservation:
    """Give the end of a booking back on the step, down to the shortest length; others may have it from now on."""
    row = stepped(reservation, "shorten")
    if not max(row.start, at) < end < row.end:
        raise BadSlot(t("新的结束时间须在现在之后、原结束之前", "the new end lies between now and the old end"))
    if found := ending(reads.policy_of(row.resource), (row.start, end), exempt=row.organisation_id == row.resource.offer.party_id):
        raise Refused(found)
    row.owed = late_fee(row, at)
    left, row.end = (end, row.end), end
    row.save()
    _tell(row, facts.SlotMoved(subject=row.urn, day=reads.day_there(row.start, row.resource), minutes=minutes((row.start, end))),
          by=by, at=at)
    waiting.freed(row.resource, left, at=at)
    return row


@transaction.atomic
def cancel(*, reservation: Reservation, by: str, at: dt.datetime, because: str = "user") -> Reservation:
    """Cancel a booking; a late cancellation by the user costs what the host's rules say, and may be appealed."""
    if because != "user":
        return _freed(stepped(reservation, "drop"), because=because, fee=0, by=by, at=at)
    row = stepped(reservation, "cancel")
    if row.start <= at:
        raise BadSlot(t("预约已开始，不能取消，请提前结束", "it has begun and cannot be cancelled; end it early"))
    return _freed(row, because=because, fee=late_fee(row, at), by=by, at=at)


@transaction.atomic
def decline(*, reservation: Reservation, by: str, at: dt.datetime) -> Reservation:
    """Leave the slot that the line offered to the next; raises ``WrongState`` once it was taken."""
    return _freed(stepped(reservation, "decline"), because="declined", fee=0, by=by, at=at)


def _freed(row: Reservation, *, because: str, fee: int, by: str, at: dt.datetime) -> Reservation:
    waiting.settle_place(row, "left")
    notices.settle(about=row.urn, at=at)
    if because in BY_HOST:
        title = t("预约已取消，可改约：{title}", "cancelled, book anew: {title}").format(title=waiting.title_of(row))
        notices.news(about=row.urn, title=title, url=calendars.url_of(row), at=at, to=row.person_id)
    end_with(row, because=because, fee=fee, by=by, at=at)
    waiting.freed(row.resource, (max(row.start, at), row.end), at=at)
    return row


def late_fee(row: Reservation, at: dt.datetime) -> int:
    """What cancelling now would cost by the rules agreed at booking, in fen; no less than when it was moved or shortened.

    The host's own people pay nothing.
    """
    if row.organisation_id == row.resource.offer.party_id:
        return 0
    free_until = row.start - dt.timedelta(hours=row.cancel_hours)
    booked = rate_agreed(row).of(minutes((row.start, row.end)))
    return row.owed if at <= free_until else max(row.owed, part(booked, row.cancel_percent))


def end_with(row: Reservation, *, because: str, fee: int, by: str, at: dt.datetime) -> None:
    """The booking ended without use; a fee may be appealed for some working days before it is charged."""
    row.because, row.ended_at, row.offer_until, row.fee = because, at, None, fee
    if fee:
        row.fee_state, row.appeal_until = "due", period.add_working_days(period.day(at), APPEAL_DAYS)
    row.save()
    _tell(row, facts.SlotEnded(subject=row.urn, state=row.state, because=because, fee=fee), by=by, at=at)
    serving.slot_ended(row, by=by, at=at)


@transaction.atomic
def rebook(*, reservation: Reservation, resource: Resource, start: dt.datetime, by: str, at: dt.datetime) -> Reservation:
    """Book anew what was cancelled, on the same or a sister resource, with the same length, sample sheet and answers."""
    old = Reservation.objects.select_related("organisation").get(pk=reservation.pk)
    if old.state != "cancelled":
        raise BadSlot(t("只有已取消的预约可以改约", "only a cancelled booking can be booked anew"))
    if Reservation.objects.filter(instead_of=old).exclude(state="cancelled").exists():
        raise BadSlot(t("这次预约已经改约过了", "this booking was booked anew already"))
    return book(resource=resource, wish=_again(old, start, start + (old.end - old.start)), by=by, at=at, instead_of=old.pk)


def _again(row: Reservation, start: dt.datetime, end: dt.datetime) -> Booking:
    return Booking(start=start, end=end, organisation=row.organisation, person=row.person_id, operator=row.operator, sheet=row.sheet,
                   sheet_name=row.sheet_name, note=row.note, answers=row.answers,
                   safety=row.safety, hazards=row.hazards, need=row.need if row.need and row.need.state in LIVE else None)


def stepped(reservation: Reservation, verb: str) -> Reservation:
    """The reservation in the state that ``verb`` leads to, its resource locked first; raises ``WrongState``."""
    resource = locked(reservation.resource_id)
    row = Reservation.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=reservation.pk)
    row.resource = resource
    row.state = BOOKING.after(row.state, verb)
    return row


def _tell_booked(row: Reservation, *, by: str, at: dt.datetime) -> None:
    held = minutes((row.start, row.end))
    _tell(row, facts.SlotBooked(subject=row.urn, offer=row.resource.offer.urn, user=row.organisation.urn,
                                day=reads.day_there(row.start, row.resource), minutes=held, fee=rate_agreed(row).of(held)), by=by, at=at)


def _tell(row: Reservation, fact: Fact, *, by: str, at: dt.datetime) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.organisation.urn)

"""What we testify of booking: calendars, qualifications, slots from booking to end, their fees, and faults."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, UrnOf
from fuhua.exchange import words
from fuhua.exchange.facts import Money, Organisation, Person
from fuhua.kernel.words import t

Booking = Annotated[str, UrnOf("booking")]
Offer = Annotated[str, UrnOf("offer")]


class CalendarPublished(Fact, frozen=True, kw_only=True, gc=False):
    """An offer can be booked from its calendar; ``platform`` is the registered platform that it belongs to, if any."""

    KIND = "exchange.calendar_published"
    LABEL = t("开放预约", "calendar published")
    subject: Offer
    platform: Annotated[str, UrnOf("platform")] = ""


class UserQualified(Fact, frozen=True, kw_only=True, gc=False):
    """A person is trained for what an offer offers, until a day."""

    KIND = "exchange.user_qualified"
    LABEL = t("取得使用资格", "user qualified")
    PRIVATE = True
    subject: Person
    offer: Offer
    until: dt.date


class QualificationWithdrawn(Fact, frozen=True, kw_only=True, gc=False):
    """The host withdrew a person's qualification."""

    KIND = "exchange.qualification_withdrawn"
    LABEL = t("使用资格撤销", "qualification withdrawn")
    PRIVATE = True
    subject: Person
    offer: Offer


class SlotBooked(Fact, frozen=True, kw_only=True, gc=False):
    """An organisation holds a slot on a day, for minutes, at a price agreed (fen)."""

    KIND = "exchange.slot_booked"
    LABEL = t("预约成立", "slot booked")
    PRIVATE = True
    subject: Booking
    offer: Offer
    user: Organisation
    day: dt.date
    minutes: Positive
    fee: Money


class SlotMoved(Fact, frozen=True, kw_only=True, gc=False):
    """A booking has another time or length."""

    KIND = "exchange.slot_moved"
    LABEL = t("预约改期", "slot moved")
    PRIVATE = True
    subject: Booking
    day: dt.date
    minutes: Positive


class SlotEnded(Fact, frozen=True, kw_only=True, gc=False):
    """A booking ended: used, missed or cancelled, why, and the fee (fen) that follows."""

    KIND = "exchange.slot_ended"
    LABEL = t("预约结束", "slot ended")
    PRIVATE = True
    subject: Booking
    state: Annotated[str, CodeOf(words.BOOKING_STATES)]
    because: Annotated[str, CodeOf(words.BOOKING_ENDS)]
    fee: Money = 0


class SlotFeeDecided(Fact, frozen=True, kw_only=True, gc=False):
    """The fee for a missed or late-cancelled booking was appealed against, waived, or stands."""

    KIND = "exchange.slot_fee_decided"
    LABEL = t("爽约费处理", "no-show fee decided")
    PRIVATE = True
    subject: Booking
    state: Annotated[str, CodeOf(words.FEE_STATES)]
    fee: Money


class FaultReported(Fact, frozen=True, kw_only=True, gc=False):
    """What an offer offers has a fault; ``stops`` when it cannot be used, expected until a day."""

    KIND = "exchange.fault_reported"
    LABEL = t("故障报告", "fault reported")
    subject: Offer
    stops: bool
    until: dt.date


class FaultRepaired(Fact, frozen=True, kw_only=True, gc=False):
    """The fault was repaired."""

    KIND = "exchange.fault_repaired"
    LABEL = t("故障修复", "fault repaired")
    subject: Offer

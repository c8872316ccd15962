"""A need in a broker's hands: taken, handed over, released; and the tick that moves what went unanswered."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import follow_ups, introductions, pilots
from fuhua.exchange.actions.listings import KEEPER
from fuhua.exchange.actions.shortlists import BROKER_CLOCK, BROKERS, url_of
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Brokering, Introduction, Listing, Shortlisted, Side
from fuhua.exchange.queries import brokers
from fuhua.exchange.words import NEED
from fuhua.kernel import chores, period
from fuhua.kernel.words import t
from fuhua.parties.models import Party

_BATCH = 500


class BadBrokering(BadFact):
    """The need cannot be brokered so; ``text`` says how to mend it."""


@transaction.atomic
def take(*, need: Listing, broker: Party, house: int, by: str, at: dt.datetime) -> Brokering:
    """``broker`` (for ``house``, a party id) answers for the need from now on: to qualify it, or to make its shortlist in time."""
    row = Listing.objects.select_for_update().get(pk=need.pk)
    if row.side != NEED or row.state in ("closed", "withdrawn"):
        raise BadBrokering(t("只有未结束的需求才能接手", "only a need that has not ended can be taken"))
    held, _new = Brokering.objects.get_or_create(need=row)
    if held.broker_id is not None:
        raise BadBrokering(t("{name} 已接手这项需求，请由其转交", "{name} has taken this need; ask for a handover")
                           .format(name=held.broker))
    held.broker, held.taken_at = broker, at
    held.save()
    if clocks.runs(about=row.urn, name=BROKER_CLOCK):  # since it opened, for all brokers: the day to act by stands
        clocks.hand_over(about=row.urn, name=BROKER_CLOCK, to=broker.pk)
    elif row.state == "draft" or not Shortlisted.objects.filter(need=row).exists():
        due = period.add_working_days(period.day(at), listing_kinds()[row.kind].clocks.answer)
        clocks.start(about=row.urn, name=BROKER_CLOCK, title=row.title, url=url_of(row), due=due, at=at, to=broker.pk, answers_for=house)
    record(facts.NeedTaken(subject=row.urn, broker=broker.urn), by=by, at=at, grade=Grade.SYSTEM)
    return held


@transaction.atomic
def hand_over(*, need: Listing, to: Party, by: str, at: dt.datetime) -> Brokering:
    """Another broker takes the need from here; the day to act by stands."""
    held = _held(need)
    if held.broker_id == to.pk:
        raise BadBrokering(t("{name} 已是撮合人，请选择另一位", "{name} is its broker already; choose another").format(name=to))
    held.broker, held.taken_at = to, at
    held.save()
    with suppress(clocks.NoRunningClock):  # it has stopped: the shortlist was made
        clocks.hand_over(about=need.urn, name=BROKER_CLOCK, to=to.pk)
    notices.news(about=need.urn, title=need.title, url=url_of(need), at=at, to=to.pk)
    record(facts.NeedTaken(subject=need.urn, broker=to.urn), by=by, at=at, grade=Grade.SYSTEM)
    return held


@transaction.atomic
def release(*, need: Listing, by: str, at: dt.datetime) -> Brokering:  # noqa: ARG001 - every action says who and when
    """Put the need back into the queue of all brokers; of an open one the day to act by stands."""
    held = _held(need)
    held.broker = held.taken_at = None
    held.save()
    if held.need.state == "draft":
        clocks.stop(about=need.urn, name=BROKER_CLOCK, at=at)
    elif (house := brokers.broker()) is not None:
        with suppress(clocks.NoRunningClock):
            clocks.hand_over(about=need.urn, name=BROKER_CLOCK, to=house.pk, office=BROKERS)
    return held


def _held(need: Listing) -> Brokering:
    held = Brokering.objects.select_for_update().filter(need=need).exclude(broker=None).first()
    if held is None:
        raise BadBrokering(t("还没有人接手这项需求，请先接手", "nobody has taken this need yet; take it first"))
    return held


def reroute(*, at: dt.datetime) -> int:
    """Move on whatever its time has come for (safe to repeat); returns how many things moved.

    Introductions that a side left unanswered go to the broker; signed orders end them; follow-ups that are due are asked.
    """
    today = period.day(at)
    late = Side.objects.filter(answer="", due__lt=today, introduction__state="asked").order_by("pk")
    signed = Introduction.objects.filter(state="ordering", order__signed_at__isnull=False).order_by("pk")
    moved = chores.each(late[:_BATCH], lambda side: introductions.lapse(side=side, by=KEEPER, at=at))
    moved += chores.each(signed[:_BATCH], lambda row: pilots.signed(introduction=row, by=KEEPER, at=at))
    return moved + follow_ups.ask_due(by=KEEPER, at=at)

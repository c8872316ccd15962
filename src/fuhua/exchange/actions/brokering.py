"""A need in a broker's hands: taken, handed over, qualified in an interview; and the tick that moves what went unanswered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import follow_ups, introductions, listings, pilots
from fuhua.exchange.actions.shortlists import BROKER_CLOCK, url_of
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.reading import read
from fuhua.exchange.models import Brokering, Introduction, Listing, Shortlisted, Side
from fuhua.exchange.queries.brokering import asks_route
from fuhua.exchange.words import NEED, PROCUREMENT
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party

_BATCH = 500


class BadBrokering(BadFact):
    """The need cannot be brokered so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Interview:
    """What a broker hears from the organisation that needs something; ``budget`` in integer fen.

    ``spec`` are further fields of its kind, as people write them; ``procurement`` is asked of a public buyer.
    """

    owner: int
    budget: int
    budget_owner: str
    deadline: dt.date
    success: str
    decides: dt.date
    procurement: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)


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
    if row.state == "draft" or not Shortlisted.objects.filter(need=row).exists():
        due = period.add_working_days(period.day(at), listing_kinds()[row.kind].clocks.answer)
        clocks.stop(about=row.urn, name=BROKER_CLOCK, at=at)
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
    """Put the need back into the queue of all brokers."""
    held = _held(need)
    held.broker = held.taken_at = None
    held.save()
    clocks.stop(about=need.urn, name=BROKER_CLOCK, at=at)
    return held


def _held(need: Listing) -> Brokering:
    held = Brokering.objects.select_for_update().filter(need=need).exclude(broker=None).first()
    if held is None:
        raise BadBrokering(t("还没有人接手这项需求，请先接手", "nobody has taken this need yet; take it first"))
    return held


@transaction.atomic
def qualify(*, need: Listing, heard: Interview, by: str, at: dt.datetime) -> Listing:
    """Fill in what the interview found and open the need; raises what :func:`listings.publish` raises, and :class:`BadBrokering`."""
    row = Listing.objects.select_for_update(of=("self",)).select_related("party").get(pk=need.pk)
    if row.side != NEED or row.state != "draft":
        raise BadBrokering(t("只有需求草稿才需要访谈补齐", "only the draft of a need is qualified in an interview"))
    public = asks_route(row, (each.name for each in listing_kinds()[row.kind].on(NEED)))
    if public and heard.procurement not in PROCUREMENT:
        raise BadBrokering(t("公共部门的需求请选择采购方式", "a public buyer’s need names its procurement route"))
    _fill(row, heard)
    row.changed_at = at
    row.save()
    Brokering.objects.update_or_create(need=row, defaults={"procurement": heard.procurement if public else ""})
    opened = listings.publish(listing=row, by=by, at=at)
    notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=heard.owner)
    return opened


def _fill(row: Listing, heard: Interview) -> None:
    kind = listing_kinds()[row.kind]
    for name, written in heard.spec.items():
        each = kind.one(name)
        value = read(each, written)
        if value is not None:
            (row.sealed if each.sealed else row.spec)[name] = value
    row.owner_id = heard.owner
    for name in ("budget", "budget_owner", "deadline", "success", "decides"):
        setattr(row, name, getattr(heard, name))


def reroute(*, by: str, at: dt.datetime) -> int:
    """Move on whatever its time has come for (safe to repeat); returns how many things moved.

    Introductions that a side left unanswered go to the broker; signed orders end them; those of a need that ended end with it;
    follow-ups that are due are asked.
    """
    today = period.day(at)
    late = Side.objects.filter(answer="", due__lt=today, introduction__state="asked").order_by("pk")
    signed = Introduction.objects.filter(state="ordering", order__signed_at__isnull=False).order_by("pk")
    ended = Introduction.objects.exclude(state__in=["ordered", "declined"]).filter(need__state__in=["closed", "withdrawn"]).order_by("pk")
    moved = sum(introductions.lapse(side=side, by=by, at=at) for side in late[:_BATCH])
    moved += sum(pilots.signed(introduction=row, by=by, at=at) for row in signed[:_BATCH])
    moved += sum(introductions.end_with_need(introduction=row, by=by, at=at) for row in ended[:_BATCH])
    return moved + follow_ups.ask_due(by=by, at=at)

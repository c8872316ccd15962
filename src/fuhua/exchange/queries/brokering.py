"""Reads of brokering: one introduction as its page shows it, the broker's queues, and who settles a dispute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from fuhua.desk.queries.clocks import newest
from fuhua.evidence.queries import told_of
from fuhua.exchange import access
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Brokering, CaseCard, Feedback, FollowUp, Introduction, Listing, Reading, Reservation, Shortlisted, Side
from fuhua.exchange.queries import rfqs
from fuhua.exchange.queries.conflicts import Conflict, conflicts
from fuhua.exchange.words import INTRODUCTIONS, LIVE, NEED, OFFER, PILOT_UNSIGNED, PUBLIC_BUYERS
from fuhua.kernel import period
from fuhua.kernel.words import Text
from fuhua.parties.models import Party
from fuhua.parties.queries import directory

ENDED = ("ordered", "declined")
_TOLD = (facts.IntroductionAsked, facts.IntroductionAnswered, facts.IntroductionConsented, facts.IntroductionLapsed, facts.MeetingConfirmed,
         facts.ConfidentialityAgreed, facts.SafetyApproved, facts.ReadingConfirmed, facts.ResultStated, facts.PilotMeasured,
         facts.IntroductionOrdered, facts.IntroductionDeclined, facts.FollowUpAnswered, facts.CaseShown, facts.CaseHidden,
         facts.ReuseDisputed)


@dataclass(frozen=True)
class IntroductionPage:
    """An introduction as one reader sees it; ``side`` is the reader's own (blank for brokers), ``veiled`` hides the other's name."""

    row: Introduction
    sides: dict[str, Side]
    side: str
    veiled: bool
    reasons: list[dict[str, Any]]
    conflicts: list[Conflict]
    readings: list[Reading]
    follow_ups: list[FollowUp]
    card: CaseCard | None
    told: list[tuple[dt.datetime, Text, str]]

    @property
    def mine(self) -> Side | None:
        """The reader's own side."""
        return self.sides.get(self.side)


def introductions() -> QuerySet[Introduction]:
    """Introductions with everything their lines show."""
    return Introduction.objects.select_related("need__party", "offer__party", "need__owner", "offer__owner", "pilot__deal", "order")


def state_of(row: Introduction) -> Text:
    """Where an introduction stands in words: a pilot runs once both have signed."""
    if row.state == "pilot" and row.pilot.deal.signed_at is None:
        return PILOT_UNSIGNED
    return INTRODUCTIONS[row.state]


def side_of(who: Any, row: Introduction) -> str:
    """Which side of the introduction the person speaks for; blank for neither."""
    ours = who.acts_for()
    return NEED if row.need.party_id in ours else OFFER if row.offer.party_id in ours else ""


def introduction_page(who: Any, row: Introduction, today: dt.date) -> IntroductionPage:
    """Everything the page of an introduction shows to ``who``."""
    side = side_of(who, row)
    kept = Shortlisted.objects.filter(need=row.need, offer=row.offer).values_list("reasons", flat=True).first()
    records = sorted(told_of(row.urn, *_TOLD, on=today), key=lambda record: record.known_at)
    return IntroductionPage(
        row=row, side=side, veiled=row.agreed_at is None and side != "", reasons=kept or [],
        sides={each.side: each for each in row.sides.select_related("party", "person")},
        conflicts=conflicts(row.need.party, row.offer.party),
        readings=list(row.pilot.readings.select_related("by", "confirmed_by").order_by("day", "pk")) if row.pilot else [],
        follow_ups=list(row.follow_ups.order_by("days")), card=CaseCard.objects.filter(introduction=row).first(),
        told=[(record.known_at, type(record.fact).LABEL, getattr(record.fact, "side", "")) for record in records])


def shortlist(need: Listing) -> list[Shortlisted]:
    """The need's shortlist in order."""
    return list(Shortlisted.objects.filter(need=need).select_related("offer__party", "by").order_by("rank"))


def spoken(reasons: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kept reasons with their words in both languages."""
    return [{"holds": each["holds"], "text": Text(each["zh"], each["en"])} for each in reasons]


def between(need: Listing, offers: Iterable[int]) -> dict[int, Introduction]:
    """Offer id → its newest introduction to the need."""
    rows = Introduction.objects.filter(need=need, offer__in=list(offers)).select_related("pilot__deal")
    return {row.offer_id: row for row in rows.order_by("pk")}


def refused(need: Listing) -> list[Feedback]:
    """The offers that were found irrelevant for the need, the newest first."""
    return list(Feedback.objects.filter(need=need).select_related("offer").order_by("-pk"))


def offer_for(who: Any, need: Listing, pk: int | None) -> Listing | None:
    """The open offer with that number, if the person may see it and it is not the need's own."""
    rows = access.LISTINGS.filter(who, Listing.objects.filter(side=OFFER, state__in=LIVE)).exclude(party=need.party_id)
    return rows.select_related("party").filter(pk=pk).first()


def asks_route(need: Listing) -> bool:
    """Whether the need is a public buyer's that does not yet say how it would be bought (采购方式)."""
    return need.party.sort in PUBLIC_BUYERS and not need.spec.get("route")


def broker_of(need: Listing) -> Party | None:
    """Whoever brokers the need."""
    held = Brokering.objects.filter(need=need).select_related("broker").first()
    return held.broker if held else None


def house_of_brokers(broker: Party | None) -> Party | None:
    """The organisation in which the broker (else any steward) holds that office: it settles what the two sides cannot."""
    seats = (directory.ties().filter(kind="employs", state="confirmed", until=None, office__in=access.BROKERING)
             .select_related("source").order_by("-office", "pk"))
    seat = (seats.filter(target=broker).first() if broker else None) or seats.first()
    return seat.source if seat else None


def brokers() -> QuerySet[Party]:
    """Everybody who may broker."""
    return Party.objects.filter(ties_in__kind="employs", ties_in__state="confirmed", ties_in__until=None,
                                ties_in__office__in=access.BROKERING).distinct().order_by("name", "pk")


# --- the broker's desk ---


def queue(name: str, today: dt.date) -> QuerySet[Any]:
    """The rows of one queue of the desk, what is longest waiting first; ``name`` is a key of :data:`QUEUES`."""
    return QUEUES[name](today)


def _needs(state: Q) -> QuerySet[Listing]:
    broker = Brokering.objects.filter(need=OuterRef("pk"))
    return (Listing.objects.filter(state, side=NEED).select_related("party").order_by("pk")
            .annotate(broker=Subquery(broker.values("broker")[:1]), broker_name=Subquery(broker.values("broker__name")[:1])))


def _to_qualify(_today: dt.date) -> QuerySet[Listing]:
    return _needs(Q(state="draft"))


def _to_shortlist(_today: dt.date) -> QuerySet[Listing]:
    """Open needs without a shortlist or a booking; those of a kind that is quoted come here when asking by themselves brought no quote."""
    quoted = Q(kind__in=[kind.code for kind in listing_kinds() if kind.front == "quote"])
    listed = Exists(Shortlisted.objects.filter(need=OuterRef("pk")))
    booked = Exists(Reservation.objects.filter(need=OuterRef("pk"), state__in=OCCUPYING))
    return _needs(Q(state="open")).filter(~quoted | rfqs.asking(rfqs.unquoted()), ~listed, ~booked)


def _with_broker(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    broker = Brokering.objects.filter(need=OuterRef("need"))
    return rows.annotate(broker=Subquery(broker.values("broker")[:1]), broker_name=Subquery(broker.values("broker__name")[:1]))


def _unanswered(_today: dt.date) -> QuerySet[Introduction]:
    due = Side.objects.filter(introduction=OuterRef("pk"), answer="").order_by("due").values("due")
    rows = introductions().filter(state__in=["asked", "silent"]).annotate(due=Subquery(due[:1]))
    return _with_broker(rows).order_by("-state", "due", "pk")


def _undecided(today: dt.date) -> QuerySet[Introduction]:
    late = Q(need__decides__lte=period.add_working_days(today, 10))
    return _with_broker(introductions().filter(late, agreed_at__isnull=False).exclude(state__in=ENDED)).annotate(
        due=F("need__decides")).order_by("due", "pk")


QUEUES = {"qualify": _to_qualify, "shortlist": _to_shortlist, "answers": _unanswered, "decisions": _undecided}


def due_days(needs: Iterable[Listing]) -> dict[str, dt.date]:
    """Need's URN → the day its broker is to act by, of those whose clock runs."""
    return {urn: clock.due for urn, clock in newest("broker", [need.urn for need in needs]).items() if clock.stopped_at is None}


def counts(today: dt.date) -> dict[str, int]:
    """How many rows each queue of the desk has."""
    return {name: queue(name, today).count() for name in QUEUES}

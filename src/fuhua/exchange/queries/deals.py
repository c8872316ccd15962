"""Reads of deals: whose turn, lists by what waits for me, and one deal with all that its page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fuhua.exchange import access
from fuhua.exchange.models import Deal, Deliverable, Dispute, Outcome, Rating, Receivable, Settlement, Signature
from fuhua.exchange.queries import ratings
from fuhua.exchange.words import RESOLUTIONS
from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.queries import Who, directory
from fuhua.parties.queries.timeline import timeline

VIEWS = ("waiting", "running", "done", "all")
_RUNNING = ("draft", "signed", "delivered", "disputed", "accepted")


def waits_for(mine: Collection[int], today: dt.date) -> Q:
    """The deals in which one of the organisations must act next: sign, deliver, judge, pay, rate or tell what came of it."""
    rated = Exists(Rating.objects.filter(deal=OuterRef("pk"), party__in=mine))
    signed = Exists(Signature.objects.filter(deal=OuterRef("pk"), party__in=mine))
    to_deliver = Exists(Deliverable.objects.filter(deal=OuterRef("pk"), state__in=("due", "rejected")))
    asked = Exists(Outcome.objects.filter(deal=OuterRef("pk"), answered_at=None))
    buys, provides = Q(buyer__in=mine), Q(provider__in=mine)
    since = period.end_of(today - dt.timedelta(days=ratings.DAYS + 1))
    to_rate = Q(state="settled", fee=False, settled_at__gt=since) & ~rated
    return ((Q(state="draft") & ~signed & (buys | provides)) | (provides & Q(state__in=("signed", "delivered")) & to_deliver)
            | (buys & Q(state__in=("delivered", "accepted"))) | (to_rate & (buys | provides)) | (buys & asked))


def listed(who: Who, view: str, today: dt.date) -> QuerySet[Deal]:
    """The deals that ``who`` may see, newest first, narrowed to a view (``VIEWS``)."""
    rows = access.DEALS.filter(who, Deal.objects.select_related("buyer", "provider")).distinct().order_by("-pk")
    if view == "waiting":
        return rows.filter(waits_for(who.acts_for(), today))
    if view == "running":
        return rows.filter(state__in=_RUNNING)
    return rows.filter(state__in=("settled", "cancelled")) if view == "done" else rows


def first_settled(party: Party, side: str, kinds: Collection[str]) -> Deal | None:
    """The first paid deal of those kinds that the party settled with somebody unrelated, as ``side`` (``buyer`` or ``provider``)."""
    rows = Deal.objects.filter(**{side: party}, kind__in=kinds, state="settled", affiliated=False, fee=False, total__gt=0)
    return rows.order_by("settled_at", "pk").first()


def awaits_first(item: Deliverable, among: Iterable[Deliverable]) -> bool:
    """Whether it is delivered only once what comes first ``among`` those of its deal is accepted."""
    return not item.first and any(each.first and each.state != "accepted" for each in among)


@dataclass(frozen=True)
class DealPage:
    """All that the page of a deal shows; ``side`` is the party id for which the reader acts, None for others."""

    deal: Deal
    side: int | None
    signatures: list[Signature]
    deliverables: list[Deliverable]
    settlements: list[Settlement]
    ratings: list[Rating]
    mine: Rating | None
    outcomes: list[Outcome]
    dispute: Dispute | None
    receivable: Receivable | None
    provider_rated: ratings.Standing | None
    history: list[dict[str, Any]]

    @property
    def paid(self) -> int:
        """Fen."""
        return sum(each.amount for each in self.settlements)

    @property
    def unconfirmed(self) -> bool:
        """Whether something is paid by the buyer's word alone."""
        return any(each.teller == "buyer" for each in self.settlements)

    @property
    def public(self) -> int:
        """Fen that public bodies paid."""
        return sum(each.amount for each in self.settlements if each.rule)


def side_of(who: Who, deal: Deal) -> int | None:
    """The side for which the reader acts; who acts for both is the buyer."""
    mine = who.acts_for()
    return deal.buyer_id if deal.buyer_id in mine else deal.provider_id if deal.provider_id in mine else None


def deal_page(who: Who, deal: Deal, now: dt.datetime) -> DealPage:
    """One deal as the reader may see it; ratings that are still sealed are left out."""
    today, side = period.day(now), side_of(who, deal)
    return DealPage(
        deal=deal, side=side, signatures=list(deal.signatures.select_related("person", "party").order_by("pk")),
        deliverables=list(deal.deliverables.order_by("number")),
        settlements=list(deal.settlements.select_related("payer").order_by("pk")),
        ratings=list(ratings.opened(today).filter(deal=deal).select_related("party").order_by("pk")),
        mine=deal.ratings.filter(party=side).first() if side else None,
        outcomes=list(deal.outcomes.order_by("months")),
        dispute=deal.disputes.filter(resolved_at=None).select_related("side", "deliverable").first(),
        receivable=Receivable.objects.filter(deal=deal).first(),
        provider_rated=ratings.standing([deal.provider_id], today).get(deal.provider_id),
        history=timeline(deal.urn, ("exchange.",), today, voided=True),
    )


def resolutions(deal: Deal, made: Dispute, side: int | None) -> dict[str, Text]:
    """How whoever acts for ``side`` (party id; None: a broker) may end the dispute: nobody decides alone in its own favour.

    Who raised it may withdraw it, and the provider may grant the buyer that it is delivered again; a broker hears both.
    """
    delivered = deal.deliverables.exclude(delivered_at=None).exists()
    if side is None:
        return {code: label for code, label in RESOLUTIONS.items() if code != "redeliver" or delivered}
    if side == made.side_id:
        return {"went_on": t("撤回争议，按原协议继续", "withdraw it and go on as agreed")}
    return {"redeliver": t("同意重新交付", "agree to deliver again")} if side == deal.provider_id and delivered else {}


def documents_of(deal: Deal) -> dict[str, str]:
    """SHA-256 → what the document of a deal is called, of everything that may be downloaded from its page."""
    found = {deal.agreement: f"{deal.number}.pdf", deal.sealed: f"{deal.number}-signed.pdf"}
    for each in deal.deliverables.all():
        found |= dict.fromkeys([each.document, *(old["document"] for old in each.earlier)], f"{deal.number}-delivery-{each.number}")
    if deal.state != "settled":  # what is paid is not shown to a lender any more
        found |= {each.document: f"{deal.number}-receivable.pdf" for each in Receivable.objects.filter(deal=deal)}
    return {digest: name for digest, name in found.items() if digest}


def public_bodies() -> QuerySet[Party]:
    """Who may pay with public money."""
    return directory.organisations().filter(sort__in=("agency", "district")).order_by("name")

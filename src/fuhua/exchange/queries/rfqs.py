"""Requests for quotes as their two sides may read them: who asks, who was asked and why not, what waits for a provider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from fuhua.exchange import access
from fuhua.exchange.kinds.fitting import fit
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.scales import QUALITY, unit_of
from fuhua.exchange.models import Deal, Invitation, Listing, Member, Quote, Rfq
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.words import EXCLUSIONS
from fuhua.exchange.words import LIVE as LISTED
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Consent, Party
from fuhua.parties.queries import READING, live_consents

_SUGGESTED = 20
LIVE = ("joined", "agreed", "ordered")  # states of a pool's member that counts
ASKED = ("asked", "quoted", "declined", "withdrawn")  # states of an invitation whose provider may quote until the deadline


def of_need(need: Listing) -> Rfq | None:
    """The request that stands for a need: its own, or that of the pool it joined."""
    row = Rfq.objects.filter(need=need).exclude(state="cancelled").select_related("pool", "need__party").first()
    if row is not None:
        return row
    joined = Member.objects.filter(need=need, state__in=LIVE).values("pool")
    return Rfq.objects.filter(pool__in=joined).exclude(state="cancelled").select_related("pool", "need__party").first()


def askers(rfq: Rfq) -> list[Party]:
    """The organisations that ask: the one whose need it is, or every member of the pool."""
    if rfq.pool_id is None:
        return [rfq.need.party]
    return [member.need.party for member in members(rfq)]


def members(rfq: Rfq) -> list[Member]:
    """The members of the pool that ask, in the order in which they were found."""
    return list(Member.objects.filter(pool=rfq.pool_id, state__in=LIVE).select_related("need__party", "need__owner").order_by("pk"))


def title_of(rfq: Rfq) -> Text:
    """What a provider knows the request by: the need's title, or of a pool its number, which names nobody."""
    if rfq.pool is None:
        return Text(rfq.need.title, rfq.need.title)
    return t("拼单 {number}", "Pooled order {number}").format(number=rfq.pool.number)


def left_out(row: Invitation) -> Text:
    """Why a provider was left out; for a credential which one and since when."""
    if not row.credential:
        return EXCLUSIONS[row.because]
    if row.lapsed:
        return t("{kind}已于 {day} 到期", "{kind} expired on {day}").format(kind=QUALITY[row.credential], day=formats.day(row.lapsed))
    return t("没有{kind}", "no {kind}").format(kind=QUALITY[row.credential])


def invitations(rfq: Rfq) -> list[Invitation]:
    """Everybody asked or left out, with the quote that stands as ``standing`` (a list of one or none)."""
    quotes = Prefetch("quotes", Quote.objects.filter(withdrawn_at=None).order_by("-number"), "standing")
    return list(rfq.invitations.select_related("provider", "nda").prefetch_related(quotes).order_by("pk"))


def received(who: Any) -> QuerySet[Invitation]:
    """The invitations of the reader's organisations, those that wait first, newest first."""
    return with_orders(access.INVITED.filter(who, Invitation.objects.all())).select_related("rfq__need__party", "provider").order_by("-pk")


def with_orders(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """The invitations, each with ``ordered``: whether an order to its provider came of the request and stands."""
    deals = Deal.objects.annotate(asked=KT("terms__rfq")).filter(asked=OuterRef("rfq__urn"), provider=OuterRef("provider"))
    return rows.annotate(ordered=Exists(deals.exclude(state="cancelled")))


def ended(row: Invitation) -> str:
    """How the request ended for its provider (``words.ENDINGS``), blank while it goes on; of a row of :func:`with_orders`."""
    if row.rfq.state == "chosen":
        return "won" if row.ordered else "lost"
    if row.rfq.state == "open" and row.rfq.need.state not in LISTED:
        return "over"
    return "cancelled" if row.rfq.state == "cancelled" else ""


def asked_rows(rfq: Rfq, need: Listing | None) -> list[dict[str, Any]]:
    """What is priced, each row with the test by which it is accepted: its own, else the test of success of ``need`` if one is given."""
    return [{**row, "unit": unit_of(row["unit"]), "test": row["test"] or (need.success if need else "")} for row in rfq.rows]


def suggested(who: Any, need: Listing) -> list[tuple[Party, Any]]:
    """Organisations with an open offer of the need's kind that is possible, the best fit first, each with how its offer stands."""
    kind = listing_kinds()[need.kind]
    rows = access.LISTINGS.filter(who, Listing.objects.filter(side="offer", kind=need.kind, state="open"))
    fits = [(row.party, fit(kind, need.spec, row.spec)) for row in rows.exclude(party=need.party_id).select_related("party")]
    best: dict[Party, Any] = {}
    for party, how in sorted((each for each in fits if each[1].possible), key=lambda each: -each[1].score):
        best.setdefault(party, how)
    return list(best.items())[:_SUGGESTED]


def consent_of(row: Invitation, at: dt.datetime) -> Consent | None:
    """The live consent that the provider's promise opened, if there is one."""
    return live_consents(at).filter(pk=row.nda.consent_id).first() if hasattr(row, "nda") else None


def reads(who: Any, row: Invitation, at: dt.datetime) -> bool:
    """Whether the reader sees the confidential part at ``at``: while an opening that was logged for them lasts, and no asker's rival.

    Whoever was left out or was silent sees none of it.
    """
    consent = consent_of(row, at)
    if consent is None or row.state not in ASKED or not consent.openings.filter(by=who.party_id, at__gt=at - READING).exists():
        return False
    against = {each.pk for each in askers(row.rfq)}
    return not any(rivals(house, against) for house in who.acts_for())


def unanswered(rows: Sequence[Invitation]) -> list[Invitation]:
    """Those who may still quote and have not said anything."""
    return [row for row in rows if row.state == "asked"]


def unquoted() -> QuerySet[Rfq]:
    """The requests that are open and have no quote, and nobody left who would give one."""
    return Rfq.objects.filter(~Exists(Invitation.objects.filter(rfq=OuterRef("pk"), state__in=["asked", "quoted"])), state="open")


def first_answers() -> dict[int, dt.datetime]:
    """Need (id) → when the first of those who were asked for a quote gave one or declined; silence is no answer."""
    told = (Invitation.objects.filter(state__in=["quoted", "withdrawn", "declined"]).order_by().values_list("rfq__need", "rfq__pool")
            .annotate(first=Min(Coalesce("quotes__at", "answered_at"))))
    pooled: dict[int, list[int]] = {}
    for pool, need in Member.objects.filter(state__in=LIVE).values_list("pool", "need"):
        pooled.setdefault(pool, []).append(need)
    found: dict[int, dt.datetime] = {}
    for need, pool, at in told:
        for each in [need] if pool is None else pooled.get(pool, []):
            found[each] = min(at, found.get(each, at))
    return found


def asking(rows: QuerySet[Rfq]) -> Q:
    """The needs that ask by these requests, each by itself or in a pool."""
    joined = Member.objects.filter(pool__in=rows.filter(pool__isnull=False).values("pool"), state__in=LIVE)
    return Q(pk__in=rows.values("need")) | Q(pk__in=joined.values("need"))


def discloser(rfq: Rfq) -> Party:
    """Who shows what is confidential: the asker, or for a pool the broker, so that no member is named."""
    return rfq.need.party if rfq.pool is None else rfq.pool.broker


def thing_of(rfq: Rfq) -> str:
    """The URN under which consents open the confidential part."""
    return rfq.need.urn if rfq.pool is None else rfq.pool.urn


def need_of(urn: str) -> Listing | None:
    """The need with that URN, None if it is an offer's or nobody's."""
    return Listing.objects.filter(urn=urn, side="need").first()


def deals_of(rfq: Rfq, need: Listing) -> QuerySet[Deal]:
    """The deals that came of a request for one need."""
    return Deal.objects.filter(need=need, terms__rfq=rfq.urn).select_related("provider").order_by("pk")

"""A pool as one of its members may see it: how many take part and how much together, and nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing, Member
from fuhua.exchange.queries.rfqs import LIVE
from fuhua.matching.splitting.offers import Offer
from fuhua.matching.splitting.shares import shares


@dataclass(frozen=True)
class Together:
    """How many joined, the quantity of all that did, and how many agreed to each quote (by id)."""

    members: int
    quantity: int
    agreed: dict[int, int]


def member_of(need: Listing) -> Member | None:
    """The place of a need in a pool, the newest; None when it was never invited."""
    return Member.objects.filter(need=need).select_related("pool", "need__party").order_by("-pk").first()


def together(member: Member) -> Together:
    """What the member may know of the others."""
    rows = list(member.pool.members.filter(state__in=LIVE))
    agreed: dict[int, int] = {}
    for row in rows:
        if row.state == "agreed":
            agreed[row.agreed_id] = agreed.get(row.agreed_id, 0) + 1
    return Together(len(rows), sum(row.quantity for row in rows), agreed)


def share(member: Member, offer: Offer) -> int | None:
    """What the member pays (fen) when all order at this quote: its pieces and its share of tooling; None if it cannot be had."""
    rows = list(member.pool.members.filter(state__in=LIVE).order_by("pk"))
    quantities = [row.quantity for row in rows]
    if member.pk not in [row.pk for row in rows] or not offer.sells(sum(quantities)):
        return None
    at = [row.pk for row in rows].index(member.pk)
    pieces = offer.cost(sum(quantities)) - offer.fixed
    return shares(pieces, quantities)[at] + shares(offer.fixed, quantities)[at]


def shared(need: Listing) -> Mapping[str, Any]:
    """What of an open spec all members of a pool have in common, so that showing it names nobody."""
    kind = listing_kinds()[need.kind]
    return {name: value for name, value in need.spec.items() if kind.one(name).hard or (kind.one(name).filter and not kind.one(name).fits)}

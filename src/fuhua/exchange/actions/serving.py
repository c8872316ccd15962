"""What becomes of a need when a slot that was booked for it ends."""

from __future__ import annotations

import datetime as dt

from fuhua.exchange.actions import listings, shortlists
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Deal, Listing, Reservation
from fuhua.exchange.words import LIVE


def slot_ended(row: Reservation, *, by: str, at: dt.datetime) -> None:
    """With the last slot booked for it the need was contracted, if one was used; otherwise it waits for its broker again.

    While another slot is ahead, or a statement waits to be signed, nothing is decided yet: signing that ends the need.
    """
    if row.need_id is None:
        return
    need = Listing.objects.select_for_update().get(pk=row.need_id)
    booked = Reservation.objects.filter(need=need)
    deals = Deal.objects.filter(need=need).exclude(state="cancelled").order_by("pk")
    if need.state not in LIVE or booked.filter(state__in=("offered", "held", "running")).exists() or deals.filter(state="draft").exists():
        return
    if booked.filter(state="used").exists():
        deal = deals.last()
        listings.close(listing=need, because="contracted", deal=deal.urn if deal else "", by=by, at=at)
    elif need.state == "open" and listing_kinds()[need.kind].front != "quote":
        shortlists.await_broker(need, at=at)

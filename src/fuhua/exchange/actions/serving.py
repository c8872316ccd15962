"""What becomes of a need when a slot that was booked for it, or an agreement about it, is decided."""

from __future__ import annotations

import datetime as dt

from fuhua.exchange.actions import listings
from fuhua.exchange.flow import AHEAD
from fuhua.exchange.models import Deal, Listing, Reservation
from fuhua.exchange.words import LIVE


def undecided(need: Listing) -> bool:
    """Whether a slot booked for the need is still ahead, or an agreement about it waits to be signed."""
    booked = Reservation.objects.filter(need=need, state__in=AHEAD)
    return booked.exists() or Deal.objects.filter(need=need, state="draft").exists()


def slot_ended(row: Reservation, *, by: str, at: dt.datetime) -> None:
    """With the last slot booked for it the need was contracted, if one was used; otherwise it waits for its broker again.

    While another slot is ahead, or a statement waits to be signed, nothing is decided yet: signing that ends the need.
    """
    if row.need_id is None:
        return
    need = Listing.objects.select_for_update().get(pk=row.need_id)
    if need.state not in LIVE or undecided(need):
        return
    if Reservation.objects.filter(need=need, state="used").exists():
        deal = Deal.objects.filter(need=need).exclude(state="cancelled").order_by("pk").last()
        listings.close(listing=need, because="contracted", deal=deal.urn if deal else "", by=by, at=at)
    elif need.state == "open":
        listings.await_broker(need, at=at)

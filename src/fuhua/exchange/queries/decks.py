"""The slides of a listing, and the ask at the IP clinic about it."""

from __future__ import annotations

from fuhua.desk.models import Ask
from fuhua.exchange.models import Deck, Listing


def deck_of(listing: Listing) -> Deck | None:
    """The slides that stand."""
    return Deck.objects.filter(listing=listing, ended_at=None).first()


def clinic_of(listing: Listing) -> Ask | None:
    """The newest ask at the IP clinic about the listing that was not withdrawn."""
    return Ask.objects.filter(kind="ip_clinic", about=listing.urn).exclude(state="withdrawn").order_by("-pk").first()

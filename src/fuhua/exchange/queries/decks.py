"""The slides of a listing, and the ask at the IP clinic about it."""

from __future__ import annotations

from django.db.models import QuerySet

from fuhua.desk.models import Ask
from fuhua.exchange.models import Deck, Listing


def decks_of(listing: Listing) -> QuerySet[Deck]:
    """The slides that stand, as rows for an access rule to narrow."""
    return Deck.objects.filter(listing=listing, ended_at=None)


def deck_of(listing: Listing) -> Deck | None:
    """The slides that stand."""
    return decks_of(listing).first()


def clinic_of(listing: Listing) -> Ask | None:
    """The newest ask at the IP clinic about the listing that was not withdrawn."""
    return Ask.objects.filter(kind="ip_clinic", about=listing.urn).exclude(state="withdrawn").order_by("-pk").first()

"""The slides of a listing, and what its organisation booked or asked of the IP clinic."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from fuhua.desk.models import Ask
from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.models import Deck, Listing, Reservation, Resource
from fuhua.exchange.words import CLINIC


def decks_of(listing: Listing) -> QuerySet[Deck]:
    """The slides that stand, as rows for an access rule to narrow."""
    return Deck.objects.filter(listing=listing, ended_at=None)


def deck_of(listing: Listing) -> Deck | None:
    """The slides that stand."""
    return decks_of(listing).first()


def clinics() -> QuerySet[Resource]:
    """IP clinics that anybody can book without training, as rows for an access rule to narrow."""
    return Resource.objects.filter(offer__kind=CLINIC, offer__state="open", published_at__isnull=False, qualify=False).select_related(
        "offer__party")


def session_of(listing: Listing, now: dt.datetime) -> Reservation | None:
    """The next session at an IP clinic that the listing's organisation has booked, for whichever listing."""
    rows = Reservation.objects.filter(organisation=listing.party_id, resource__offer__kind=CLINIC, state__in=OCCUPYING, end__gt=now)
    return rows.select_related("resource__offer").order_by("start").first()


def clinic_of(listing: Listing) -> Ask | None:
    """The newest ask at the IP clinic about the listing that was not withdrawn."""
    return Ask.objects.filter(kind=CLINIC, about=listing.urn).exclude(state="withdrawn").order_by("-pk").first()

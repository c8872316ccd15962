"""What the two sides of an introduction opened to each other, and who read it when."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from fuhua.exchange.models import Introduction
from fuhua.parties.models import Consent, Opening


def granted(row: Introduction) -> QuerySet[Consent]:
    """Consents that either side gave the other to read its listing's sealed fields."""
    return Consent.objects.filter(Q(giver=row.need.party_id, reader=row.offer.party_id, thing=row.need.urn)
                                  | Q(giver=row.offer.party_id, reader=row.need.party_id, thing=row.offer.urn)).order_by("pk")


def open_now(row: Introduction, at: dt.datetime) -> set[str]:
    """URNs of the listings that are open to the other side at the moment."""
    return set(granted(row).filter(withdrawn_at=None, since__lte=at, expires__gt=at).values_list("thing", flat=True))


def openings(row: Introduction) -> list[dict[str, str]]:
    """Every opening under those consents, oldest first, as the evidence file tells it: pseudonyms and moments only."""
    rows = Opening.objects.filter(consent__in=granted(row)).select_related("by", "consent__giver").order_by("at", "pk")
    return [{"opened_at": each.at.isoformat(), "reader": each.by.urn, "giver": each.consent.giver.urn, "thing": each.consent.thing,
             "since": each.consent.since.isoformat(), "expires": each.consent.expires.isoformat()} for each in rows]


def opened(row: Introduction) -> QuerySet[Opening]:
    """The same with names, for those who may see them."""
    return Opening.objects.filter(consent__in=granted(row)).select_related("by", "consent__giver").order_by("at", "pk")

"""Who may read the confidential fields of a listing now, under which consent, and who read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from fuhua.exchange import access
from fuhua.exchange.models import Listing
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.words import QUOTING, REVIEWING
from fuhua.parties.models import Consent
from fuhua.parties.queries import READING, live_consents, mine


def consent_for(who: Any, listing: Listing, at: dt.datetime) -> Consent | None:
    """The consent under which ``who`` may read the confidential fields at ``at``, the one that holds longest.

    What was granted for a review or for quoting is read there.
    """
    if not who.signed_in:
        return None
    rows = live_consents(at).filter(thing=listing.urn, reader__in=who.acts_for() | {who.party_id})
    rows = rows.exclude(purpose__in=(REVIEWING.zh, QUOTING.zh))
    return rows.select_related("reader").order_by("-expires").first()


def reads(who: Any, listing: Listing, at: dt.datetime) -> bool:
    """Whether ``who`` sees the confidential fields at ``at``: one's own always, another's while a logged opening lasts."""
    if access.OWNS.may(who, listing):
        return True
    consent = consent_for(who, listing, at)
    return consent is not None and not rivals(listing.party_id, who.acts_for()) and consent.openings.filter(
        by=who.party_id, at__gt=at - READING).exists()


def grants(listing: Listing) -> QuerySet[Consent]:
    """Every consent to read the listing's confidential fields, with each opening, newest first."""
    return mine.consents(Consent.objects.filter(thing=listing.urn))

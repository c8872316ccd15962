"""A listing as ranking reads it."""

from __future__ import annotations

from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.kernel.questions import spoken
from fuhua.matching.ranking.listings import Listing as Posting


def posting(listing: Listing) -> Posting:
    """Title and text, with what the fields say in words, and the section of GB/T 4754 as its field; nothing that is confidential."""
    kind = listing_kinds().get(listing.kind)
    told = spoken(kind.fields, listing.spec) if kind else ""
    return Posting(id=str(listing.pk), title=listing.title, text=f"{listing.text}\n{told}".strip(), field=listing.field[:1])

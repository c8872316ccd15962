"""The page of a thing that facts are about, for those who may open it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fuhua.exchange import access
from fuhua.exchange.models import Deal, Listing
from fuhua.kernel.urn import kind_of

_PAGES: dict[str, tuple[Any, Any, str]] = {
    "deal": (access.DEALS, Deal, "exchange:deal"), "need": (access.LISTINGS, Listing, "exchange:listing"),
    "offer": (access.LISTINGS, Listing, "exchange:listing"),
}


def page_of(who: Any, urn: str) -> str:
    """The address of the page of a deal, a need or an offer that ``who`` may open; blank for everything else."""
    rule, model, name = _PAGES.get(kind_of(urn), (None, None, ""))
    row = rule.filter(who, model.objects.filter(urn=urn)).first() if rule else None
    return reverse(name, kwargs={"pk": row.pk}) if row else ""

"""The page of a thing that facts are about, for those who may open it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from fuhua.exchange import access
from fuhua.exchange.models import Deal, Introduction, Listing
from fuhua.kernel.urn import kind_of
from fuhua.schemes import access as schemes
from fuhua.schemes.models import Placement, Practicum, Vacancy

_PAGES: dict[str, tuple[Any, Any, str]] = {
    "deal": (access.DEALS, Deal, "exchange:deal"), "need": (access.LISTINGS, Listing, "exchange:listing"),
    "offer": (access.LISTINGS, Listing, "exchange:listing"), "introduction": (access.INTRODUCED, Introduction, "exchange:introduction"),
    "practicum": (schemes.PRACTICUMS, Practicum, "schemes:practicum"),
    "placement": (schemes.PLACEMENTS, Placement, "schemes:placement"), "vacancy": (schemes.VACANCIES, Vacancy, "schemes:vacancy"),
}


def page_of(who: Any, urn: str) -> str:
    """The address of the page of the thing that ``who`` may open; blank for everything else."""
    rule, model, name = _PAGES.get(kind_of(urn), (None, None, ""))
    row = rule.filter(who, model.objects.filter(urn=urn)).first() if rule else None
    return reverse(name, kwargs={"pk": row.pk}) if row else ""


def closed(who: Any, urns: Iterable[str]) -> set[str]:
    """Which of the things have a page that ``who`` may not open; facts about them are shown without names."""
    asked: dict[tuple[Any, Any], set[str]] = defaultdict(set)
    for urn in urns:
        if kind_of(urn) in _PAGES:
            asked[_PAGES[kind_of(urn)][:2]].add(urn)
    return {urn for (rule, model), some in asked.items()
            for urn in some - set(rule.filter(who, model.objects.filter(urn__in=some)).values_list("urn", flat=True))}

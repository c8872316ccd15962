"""Whom an incubator admitted by its own rounds, and who of them has moved in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fuhua.journey import access
from fuhua.journey.models import Stay
from fuhua.schemes.models import Application
from fuhua.schemes.queries.applications import is_first


@dataclass(frozen=True)
class Admitted:
    """An awarded application, whether it was admitted first, and the latest stay at the incubator since (None: not moved in)."""

    it: Application
    first: bool
    stay: Stay | None


def admitted_one(who: Any, pk: int) -> Application:
    """One awarded application of the person's incubators; else 404."""
    return access.ADMITS.get(who, Application.objects.all(), pk=pk)


def admitted(who: Any) -> list[Admitted]:
    """Who was admitted to the person's incubators, the latest first; two queries."""
    rows = access.ADMITS.filter(who, Application.objects.select_related("call__issuer", "applicant")).order_by("-pk").distinct()[:200]
    found = list(rows)
    stays = Stay.objects.filter(venture__in=[each.applicant.urn for each in found], host__in={each.call.issuer.urn for each in found})
    latest = {(each.venture, each.host): each for each in stays.order_by("began", "pk") if each.ended is None}
    return [Admitted(each, is_first(each), latest.get((each.applicant.urn, each.call.issuer.urn))) for each in found]

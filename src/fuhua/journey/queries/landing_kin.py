"""Who has a landing case already, under whatever record of theirs; and who learns nothing of a case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from fuhua.journey.models import Landing, LandingCase
from fuhua.journey.words import LIVE
from fuhua.parties.models import Party
from fuhua.parties.queries import family


def kin(urns: Collection[str]) -> dict[int, str]:
    """Party id → URN of everybody who is read as one of ``urns``: merged records are one."""
    ids = list(Party.objects.filter(urn__in=[each for each in urns if each]).values_list("pk", flat=True))
    found: dict[int, str] = {}
    for each in family(ids).values():
        found |= each
    return found


def live_cases(same: Collection[int], *, but: str = "") -> list[LandingCase]:
    """The live cases of these parties (ids), oldest first, without the case ``but`` (URN)."""
    rows = LandingCase.objects.filter(Q(person__in=same) | Q(project__in=same), state__in=LIVE).exclude(urn=but)
    return list(rows.order_by("pk"))


def landings(urns: Collection[str], *, but: str = "") -> list[Landing]:
    """The landings on record of these parties, first told first, without that of the case ``but``."""
    rows = Landing.objects.filter(Q(person__in=urns) | Q(project__in=urns)).exclude(urn=but)
    return list(rows.order_by("pk"))


def hidden(who: Any) -> Q:
    """Rows with ``about`` that concern a case whose application ``who`` is recused from."""
    return Q(about__in=LandingCase.objects.filter(application__barred__person=who.party_id).values("urn"))

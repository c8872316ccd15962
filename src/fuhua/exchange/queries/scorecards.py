"""How a supplier kept its word, from the deliveries of its deals, and where in Beijing it has settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from fuhua.exchange.models import Deliverable
from fuhua.kernel import period
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState

_BEIJING = "11"


@dataclass(frozen=True)
class Scorecard:
    """Of ``count`` deliveries that were accepted or are overdue, how many came in time and how many passed at the first try."""

    count: int = 0
    in_time: int = 0
    first_try: int = 0


def scorecards(providers: Collection[int], on: dt.date) -> dict[int, Scorecard]:
    """Party id → scorecard on a day. What was accepted is in time when it came by its day; what is overdue is neither.

    Deals with those tied to it tell nothing, nor do statements of use and fees: those are delivered the moment they are drawn up.
    """
    rows = Deliverable.objects.filter(deal__provider__in=providers, deal__signed_at__isnull=False, deal__affiliated=False)
    rows = rows.exclude(deal__state="cancelled").exclude(deal__front="slot")
    rows = rows.filter(Q(state="accepted") | ~Q(state="accepted") & Q(due__lt=on)).exclude(state="delivered")
    found = {pk: Scorecard() for pk in providers}
    for provider, state, due, delivered, tries in rows.values_list("deal__provider", "state", "due", "delivered_at", "tries"):
        was, done = found[provider], state == "accepted"
        in_time = done and delivered is not None and period.day(delivered) <= due
        found[provider] = Scorecard(was.count + 1, was.in_time + in_time, was.first_try + (done and tries == 1))
    return found


def settled(providers: Collection[int]) -> dict[int, Party]:
    """Party id → the Beijing organisation with which it is linked, or of which it is part, as both sides confirmed."""
    ties = Tie.objects.filter(kind__in=(TieKind.LINKED, TieKind.PART_OF), state=TieState.CONFIRMED, until=None)
    ties = ties.filter(Q(source__in=providers) | Q(target__in=providers)).select_related("source", "target").order_by("pk")
    found: dict[int, Party] = {}
    for tie in ties:
        for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if one.pk in providers and other.district.startswith(_BEIJING):
                found.setdefault(one.pk, other)
    return found

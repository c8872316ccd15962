"""Ratings as they may be read: of one deal once they are open, and of a provider as a mean with its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from fuhua.exchange.models import Deal, Rating
from fuhua.kernel import period

DAYS = 30
LEAST = 3  # fewer ratings are not shown as a mean: they would tell who said what


@dataclass(frozen=True)
class Standing:
    """How a provider is rated: ``count`` open ratings and their ``mean``, None while there are too few."""

    count: int
    mean: Fraction | None


def last_day(deal: Deal) -> dt.date:
    """The last day to rate a settled deal."""
    return period.day(deal.settled_at) + dt.timedelta(days=DAYS)


def opened(on: dt.date) -> QuerySet[Rating]:
    """The ratings that may be read on a day: both sides have rated, or the time for it is over."""
    other = Rating.objects.filter(deal=OuterRef("deal")).exclude(party=OuterRef("party"))
    over = Q(deal__settled_at__lt=period.end_of(on - dt.timedelta(days=DAYS + 1)))
    return Rating.objects.filter(over | Exists(other))


def standing(providers: Collection[int], on: dt.date) -> dict[int, Standing]:
    """Party id → how buyers rated it as a provider; those who were never rated are left out."""
    rows = (opened(on).filter(deal__provider__in=providers, party=F("deal__buyer")).values("deal__provider")
            .annotate(count=Count("pk"), sum=Sum("points")).order_by())
    return {row["deal__provider"]: Standing(row["count"], Fraction(row["sum"], row["count"]) if row["count"] >= LEAST else None)
            for row in rows}

"""The ranking of a call: raw means beside those without the reviewers' leniency, of revealed scores only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from fuhua.schemes.kinds.leniency import Scored, leniency, normalised
from fuhua.schemes.models import Announcement, Application, Call, Decision, Objection, Review
from fuhua.schemes.queries.panels import applications_of

_FUNDED = ("proposed", "awarded")


@dataclass(frozen=True)
class Row:
    """An application in the ranking; points in hundredths, None while sealed.

    ``place`` is by normalised points, ``raw_place`` by raw ones.
    """

    application: Application
    reviews: tuple[Review, ...]
    raw: int | None = None
    normalised: int | None = None
    spread: int | None = None
    place: int | None = None
    raw_place: int | None = None

    @property
    def decision(self) -> Decision | None:
        """What was decided, if anything."""
        return getattr(self.application, "decision", None)


def ranking(call: Call, who: Any) -> list[Row]:
    """Every application under review or decided that ``who`` may see, the best first; places count only what they see."""
    seen = list(applications_of(call, who).exclude(state__in=["submitted", "gaps", "ineligible", "eligible"])
                .select_related("applicant", "decision", "recommendation").order_by("number"))
    reviews = last_reviews(call)
    even = normalised([Scored(each.application_id, each.seat_id, each.total) for rows in reviews.values() for each in rows])
    rows = [_row(each, reviews.get(each.pk, []), even.get(each.pk)) for each in seen]
    raw, level = ({each: at for at, each in _places(getattr(row, name) for row in rows)} for name in ("raw", "normalised"))
    found = [Row(row.application, row.reviews, row.raw, row.normalised, row.spread, level.get(row.normalised), raw.get(row.raw))
             for row in rows]
    return sorted(found, key=lambda row: (row.place is None, row.place or 0, row.application.number or ""))


def _row(application: Application, reviews: Sequence[Review], even: int | None) -> Row:
    totals = [each.total for each in reviews if each.total is not None]
    if not totals:
        return Row(application, ())
    return Row(application, tuple(reviews), round(sum(totals) / len(totals)), even, max(totals) - min(totals))


def _places(points: Any) -> list[tuple[int, int]]:
    """(place, points): equal points share the better place."""
    order = sorted((each for each in points if each is not None), reverse=True)
    return [(order.index(each) + 1, each) for each in dict.fromkeys(order)]


def last_reviews(call: Call) -> dict[int, list[Review]]:
    """Application → the revealed reviews of its last round; one query."""
    rows = Review.objects.filter(application__call=call, state="scored", revealed_at__isnull=False).select_related("seat__person")
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for each in rows.order_by("round", "pk"):
        if found[each.application_id] and found[each.application_id][-1].round < each.round:
            found[each.application_id] = []
        found[each.application_id].append(each)
    return found


def lenient(call: Call) -> dict[int, int]:
    """Seat → how many hundredths of a point it gives more than others would."""
    rows = [Scored(each.application_id, each.seat_id, each.total) for reviews in last_reviews(call).values() for each in reviews]
    return {seat: round(points) for seat, points in leniency(rows).items()}


def promised(call: Call) -> tuple[int, int]:
    """Fen of the city and number of applications that are proposed or awarded so far."""
    rows = Decision.objects.filter(application__call=call, application__state__in=_FUNDED)
    return rows.aggregate(sum=Sum("city"))["sum"] or 0, rows.count()


def announced(announcement: Announcement) -> list[Decision]:
    """The decisions that a public notice names: what is proposed for award or held in reserve (or was, when the notice is over)."""
    rows = Decision.objects.filter(application__call=announcement.call, application__state__in=[*_FUNDED, "reserve"])
    return list(rows.select_related("application__applicant").order_by("result", "application__number"))


def objections_of(call: Call) -> QuerySet[Objection]:
    """Every objection to the call's decisions, open ones first."""
    rows = Objection.objects.filter(application__call=call).select_related("application__applicant", "announcement")
    return rows.order_by("answered_at", "pk")

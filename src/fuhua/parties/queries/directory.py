"""Reads for the directory of organisations: search, keyset pages, one organisation with its names, ties and merges."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from fuhua.kernel.credit_code import tidy
from fuhua.parties import models
from fuhua.parties.words import NameKind, Sort, TieKind, TieState

PAGE = 25


def searched(
    rows: QuerySet[models.Party], *, q: str = "", sort: str = "", district: str = ""
) -> QuerySet[models.Party]:
    """Organisations that are called, or have the code, ``q``; merged duplicates are left out."""
    rows = rows.filter(merged_into=None)
    if sort:
        rows = rows.filter(sort=sort)
    if district:
        rows = rows.filter(district=district)
    if q := q.strip():
        called = Exists(models.Name.objects.filter(party=OuterRef("pk"), text__icontains=q))
        rows = rows.filter(called | Q(code=tidy(q)))
    return rows


def organisations() -> QuerySet[models.Party]:
    """Every organisation and project that was not merged into another; people are left out."""
    return models.Party.objects.filter(merged_into=None).exclude(sort=Sort.PERSON)


@dataclass(frozen=True)
class Sheet:
    """One page of rows, newest first, and the keys before and after it (None at an end)."""

    rows: list[models.Party]
    newer: int | None
    older: int | None


def sheet(rows: QuerySet[models.Party], *, newer: int | None = None, older: int | None = None) -> Sheet:
    """The :data:`PAGE` rows after ``older`` or before ``newer`` (ids), with their other names prefetched."""
    names = Prefetch(
        "names", models.Name.objects.exclude(kind=NameKind.OFFICIAL, until=None).order_by("pk"), "other_names"
    )
    rows = rows.prefetch_related(names)
    if newer is not None:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: PAGE + 1])
        more_newer, page = len(found) > PAGE, found[:PAGE][::-1]
        more_older = bool(page)
    else:
        found = list((rows if older is None else rows.filter(pk__lt=older)).order_by("-pk")[: PAGE + 1])
        more_older, page = len(found) > PAGE, found[:PAGE]
        more_newer = older is not None and bool(page)
    return Sheet(page, page[0].pk if page and more_newer else None, page[-1].pk if page and more_older else None)


def names_of(party: models.Party) -> QuerySet[models.Name]:
    """Every name now and once, the official line first, newest first."""
    return party.names.order_by("until", "-since", "pk")


def ties() -> QuerySet[models.Tie]:
    """Every tie, for access rules to narrow."""
    return models.Tie.objects.all()


def ties_of(rows: QuerySet[models.Tie], party_ids: list[int]) -> QuerySet[models.Tie]:
    """Ties of any of the parties, live ones first."""
    return (
        rows.filter(Q(source__in=party_ids) | Q(target__in=party_ids))
        .select_related("source", "target")
        .order_by("until", "-since", "pk")
    )


def merged_into(party: models.Party) -> QuerySet[models.Party]:
    """The duplicates that were merged straight into the party."""
    return models.Party.objects.filter(merged_into=party).order_by("pk")


def seated(districts: Collection[str]) -> QuerySet[models.Party]:
    """The URNs of every organisation in those districts, as a subquery."""
    return models.Party.objects.filter(district__in=sorted(districts)).values("urn")


def residents(hosts: Collection[int]) -> QuerySet[models.Tie]:
    """Ids of everybody who resides at one of the hosts (ids) now, by ties that both sides confirmed, as a subquery."""
    rows = models.Tie.objects.filter(kind=TieKind.RESIDES, target__in=hosts, state=TieState.CONFIRMED, until=None)
    return rows.values("source_id")

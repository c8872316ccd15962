"""Reads of people for the officers who enter and manage them: search, keyset pages, one person with every office."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from fuhua.kernel.urn import is_urn
from fuhua.parties import models
from fuhua.parties.words import TieKind, TieState


def searched(rows: QuerySet[models.Party], *, q: str = "", office: str = "") -> QuerySet[models.Party]:
    """People whose name or user name holds ``q`` (or whose URN it is), with ``office`` now; merged ones are left out."""
    rows = rows.filter(merged_into=None)
    if q := q.strip():
        rows = rows.filter(urn=q) if is_urn(q) else rows.filter(Q(name__icontains=q) | Q(account__username__icontains=q))
    if office:
        held = models.Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office=office)
        rows = rows.filter(pk__in=held.values("target_id"))
    return rows


def described(rows: QuerySet[models.Party]) -> QuerySet[models.Party]:
    """The people with their accounts and, as ``held``, the employments they have now."""
    now = models.Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None)
    return rows.select_related("account").prefetch_related(
        Prefetch("ties_in", now.select_related("source").order_by("pk"), "held")
    )


def employments(person: models.Party) -> QuerySet[models.Tie]:
    """Every employment of the person, now and once, live ones first."""
    ties = models.Tie.objects.filter(kind=TieKind.EMPLOYS, target=person).select_related("source")
    return ties.order_by("until", "-since", "-pk")

"""Reads of people for the officers who enter and manage them: search, keyset pages, one person with every office."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from fuhua.kernel.credit_code import is_credit_code, tidy
from fuhua.kernel.urn import is_urn
from fuhua.parties import models
from fuhua.parties.queries.matching import match
from fuhua.parties.words import Sort, TieKind, TieState


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


def readers(rows: QuerySet[models.Party], text: str) -> list[models.Party]:
    """Whom a text may mean as the reader of a consent: organisations of ``rows`` by name or code, people by whole name.

    People are found by their whole name or URN only, so that nobody can leaf through them; at most eight are given.
    """
    text = text.strip()
    if is_urn(text):
        return list(models.Party.objects.filter(urn=text, merged_into=None, erased_at=None)[:1])
    found = match(code=tidy(text) if is_credit_code(tidy(text)) else "", name=text)
    ids = [found.sure.pk] if found.sure is not None else [each.party.pk for each in found.candidates]
    named = Q(sort=Sort.PERSON, name=text, erased_at=None, merged_into=None)
    houses = {row.pk: row for row in rows.filter(pk__in=ids)}
    people = list(models.Party.objects.filter(named).order_by("pk")[:8])
    return ([houses[pk] for pk in ids if pk in houses] + people)[:8]

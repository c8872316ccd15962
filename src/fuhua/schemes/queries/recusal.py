"""What a recused person is told nothing of: the application, its objections, and its agreement with all that hangs on it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Replace

from fuhua.schemes.models import Agreement, Application, Change, Objection

_PREFIX = "urn:fuhua:agreement:"


def about(who: Any) -> Q:
    """Rows with ``about`` that concern an application from which ``who`` is barred."""
    return _about(who.party_id)


@lru_cache(1_000)
def _about(person: int | None) -> Q:
    """The condition, which reads nothing itself: every page asks for it several times, and to write it takes as long as to ask it."""
    told = ExpressionWrapper(OuterRef("about"), output_field=CharField())
    bound = Agreement.objects.filter(application__barred__person=person).annotate(told=told, identity=Replace("urn", Value(_PREFIX)))
    rows = ((Application, "barred__person"), (Objection, "application__barred__person"), (Change, "agreement__application__barred__person"))
    found = Q(Exists(bound.filter(told__contains=F("identity"))))  # milestones and tranches are named by their agreement
    for model, path in rows:
        found |= Q(about__in=model.objects.filter(**{path: person}).values("urn"))
    return found

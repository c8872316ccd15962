"""Reads for my account: offices, ways to sign in, consents with their openings, delegations."""

from __future__ import annotations

from collections import Counter

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet

from fuhua.parties import models
from fuhua.parties.words import TieKind, TieState


def offices(person_id: int | None) -> QuerySet[models.Tie]:
    """The confirmed employments of a person, oldest first."""
    return (
        models.Tie.objects.filter(kind=TieKind.EMPLOYS, target=person_id, state=TieState.CONFIRMED, until=None)
        .select_related("source")
        .order_by("id")
    )


def ways_to_sign_in(account_id: int) -> dict[str, int]:
    """How many authenticators of each sort the account has: ``totp``, ``webauthn``, ``recovery_codes``."""
    held = Counter(Authenticator.objects.filter(user_id=account_id).values_list("type", flat=True))
    return {kind: held[kind] for kind in Authenticator.Type.values}


def consents(rows: QuerySet[models.Consent]) -> QuerySet[models.Consent]:
    """Consents with both sides and every opening, newest first."""
    openings = Prefetch("openings", models.Opening.objects.select_related("by").order_by("-at"))
    return rows.select_related("giver", "reader").prefetch_related(openings).order_by("-since", "-pk")


def delegations(rows: QuerySet[models.Delegation]) -> QuerySet[models.Delegation]:
    """Delegations with both sides, newest first."""
    return rows.select_related("giver", "holder").order_by("-since", "-pk")

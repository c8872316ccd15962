"""Reads for my account: offices, ways to sign in, sessions, consents with their openings, delegations, all my data."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Prefetch, Q, QuerySet

from fuhua.evidence import queries as evidence
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


def sessions(account_id: int) -> QuerySet[UserSession]:
    """Where the account is signed in, latest first."""
    return UserSession.objects.filter(user=account_id).order_by("-created_at", "-pk")


def everything(account: models.Account) -> dict[str, Any]:
    """All that is kept of the person, as JSON can hold it: no secrets, and of others only URNs and names of houses."""
    person = account.party
    mine = Q(source=person) | Q(target=person)
    return {
        "account": {"user_name": account.username, "email": account.email, "last_sign_in": account.last_login},
        "person": person and {"urn": person.urn, "name": person.name, "entered_at": person.entered_at},
        "ways_to_sign_in": list(Authenticator.objects.filter(user=account).values("type", "created_at", "last_used_at")),
        "outside_identities": list(SocialAccount.objects.filter(user=account).values("provider", "uid", "date_joined")),
        "sessions": list(sessions(account.pk).values("created_at", "last_seen_at", "ip", "user_agent")),
        "ties": list(
            models.Tie.objects.filter(mine).order_by("pk").values(
                "kind", "office", "state", "since", "until", "source__urn", "source__name", "target__urn"
            )
        ) if person else [],
        "consents_given": _given(Q(giver=person)) if person else [],
        "consents_to_read": _given(Q(reader=person)) if person else [],
        "openings": list(
            models.Opening.objects.filter(by=person).order_by("at").values("at", "consent__giver__urn", "consent__thing")
        ) if person else [],
        "facts": [
            {"kind": kind, "digest": digest, "says": json.loads(body)}
            for kind, digest, body in evidence.facts().filter(subject=person.urn).order_by("pk").values_list("kind", "digest", "body")
        ] if person else [],
    }


def _given(rows: Q) -> list[dict[str, Any]]:
    found = models.Consent.objects.filter(rows).order_by("pk")
    return list(found.values("giver__urn", "reader__urn", "thing", "purpose", "since", "expires", "withdrawn_at"))

"""Whose policy a page is about: the subject of an address, those the reader acts for, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from fuhua.journey import access
from fuhua.journey.queries import profiles
from fuhua.kernel.access import Rule as AccessRule
from fuhua.kernel.words import t
from fuhua.parties.queries import directory, exact, root
from fuhua.policy import catalog
from fuhua.policy.reasoning.rule import Rule


def subject_of(request: HttpRequest, urn: str, rule: AccessRule = access.SUBJECTS) -> Any:
    """The party with that URN (or what it was merged into); hidden and unknown are both 404."""
    try:
        party = root(exact.party(urn))
    except exact.NoSuchParty as wrong:
        raise Http404 from wrong
    if not rule.may(request.who, party):
        raise Http404
    return party


def rule_of(party: Any, key: str) -> Rule:
    """The rule of that key, if it judges this sort of party; else 404."""
    rule = catalog.rule_of(key)
    if rule is None or rule not in profiles.rules_for(party.urn):
        raise Http404
    return rule


def mine(who: Any) -> list[dict[str, Any]]:
    """The parties that the reader may see policy for: their organisations, and themselves."""
    if not access.SUBJECTS.opens_for(who):
        return []
    found = list(access.SUBJECTS.filter(who, directory.organisations()).order_by("name"))
    if who.urn:
        found.append(exact.party(who.urn))
    return [
        {
            "name": each.name,
            "urn": each.urn,
            "url": board_url(each.urn),
            "count": len(profiles.rules_for(each.urn)),
            "me": each.urn == who.urn,
        }
        for each in found
    ]


def on_behalf(who: Any, party: Any) -> str | None:
    """For whom the reader tells what they tell here: nobody when it is about themselves."""
    return None if party.pk == who.party_id else party.urn


def board_url(urn: str) -> str:
    """The board of a subject."""
    return reverse("journey:policy", kwargs={"urn": urn})


def rule_url(urn: str, rule: str) -> str:
    """The page of one verdict of a subject."""
    return reverse("journey:policy_rule", kwargs={"urn": urn, "rule": rule})


def trail(party: Any, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    """The crumbs of a page below a subject's board; each step is a label and an address, the last without one."""
    head = [
        {"label": t("政策", "Policies"), "url": reverse("journey:policies")},
        {"label": party.name or party.urn, "url": board_url(party.urn) if steps else ""},
    ]
    return [*head, *({"label": label, "url": url} for label, url in steps)]

"""Reads of parties for whoever handles many at once: by codes, by names, by URNs, and an account by its name."""

from __future__ import annotations

from collections.abc import Collection

from fuhua.parties import models
from fuhua.parties.queries.matching import root

Party = models.Party  # the row that these reads give, for annotations on higher floors


def by_codes(codes: Collection[str]) -> dict[str, models.Party]:
    """Credit code → the organisation that has it now; one query."""
    return {party.code: party for party in models.Party.objects.filter(code__in=codes, merged_into=None)}


def by_names(keys: Collection[str]) -> dict[str, dict[int, models.Party]]:
    """Name key (``naming.key``) → id → organisation; duplicates answer as what they were merged into."""
    found: dict[str, dict[int, models.Party]] = {}
    for called in models.Name.objects.filter(key__in=keys).select_related("party").order_by("id"):
        party = root(called.party)
        found.setdefault(called.key, {})[party.pk] = party
    return found


def by_ids(ids: Collection[int]) -> list[models.Party]:
    """The parties with these ids, in order of entry."""
    return list(models.Party.objects.filter(pk__in=ids).order_by("pk"))


def live(urn: str) -> models.Party | None:
    """The party that the URN is read as, or None when nobody has it."""
    party = models.Party.objects.filter(urn=urn).first()
    return party and root(party)


def account(username: str) -> models.Account | None:
    """The active account of that name."""
    return models.Account.objects.filter(username=username, is_active=True).first()

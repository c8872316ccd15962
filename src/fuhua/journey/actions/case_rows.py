"""The row of a landing case as its verbs hold it: locked, with its page, and how a verb is refused."""

from __future__ import annotations

from django.urls import reverse

from fuhua.evidence.facts import BadFact
from fuhua.journey.models import LandingCase


class BadCase(BadFact):
    """The case cannot be moved so; ``text`` says how to mend it."""


def held(case: LandingCase) -> LandingCase:
    """The case as it is now, locked until the transaction ends."""
    rows = LandingCase.objects.select_for_update(of=("self",)).select_related(
        "person", "project", "entity", "host", "owner", "application__call__issuer", "application__lead")
    return rows.get(pk=case.pk)


def url_of(case: LandingCase) -> str:
    """The page of a case."""
    return reverse("journey:landing", kwargs={"pk": case.pk})


def name_of(case: LandingCase) -> str:
    """What people call the case: the project, else the person, else (they were erased) its URN."""
    party = case.project or case.person
    return (party.name if party is not None else "") or case.urn

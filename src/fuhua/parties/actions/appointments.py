"""Take a person in with their first office in one act, as an officer does who registers an organisation's staff."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.kernel.words import t
from fuhua.parties import models
from fuhua.parties.actions import people, ties
from fuhua.parties.words import TieKind


@transaction.atomic
def take_in(
    *,
    name: str,
    organisation: models.Party | None,
    office: str,
    since: dt.date | None,
    by: str,
    at: dt.datetime,
) -> models.Party:
    """Enter the person and, when an organisation is given, attest their office there; raises what either refuses."""
    person = people.enter(name=name, by=by, at=at)
    if organisation is not None:
        appoint(person, organisation=organisation, office=office, since=since, by=by, at=at)
    return person


@transaction.atomic
def appoint(
    person: models.Party,
    *,
    organisation: models.Party,
    office: str,
    since: dt.date | None,
    by: str,
    at: dt.datetime,
) -> models.Tie:
    """Attest that the person holds ``office`` in the organisation since a day (default: today)."""
    if person.erased_at is not None:
        raise people.BadPerson(
            t("此人信息已经删除，不能再任职", "this person has been erased and can hold no office")
        )
    return ties.attest(
        kind=TieKind.EMPLOYS, source=organisation, target=person, office=office, since=since, by=by, at=at
    )

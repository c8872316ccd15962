"""Who may use a resource: grant and withdraw qualifications, and ask the host for training."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import asks, notices
from fuhua.desk.models import Ask
from fuhua.desk.words import OPEN
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions.holding import BadSlot
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.models import Qualification, Resource
from fuhua.exchange.queries.calendars import calendar_url
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party


@transaction.atomic
def grant(*, resource: Resource, person: Party, expires: dt.date, by: str, at: dt.datetime, since: dt.date | None = None) -> Qualification:
    """The person passed training and may use the resource until ``expires``; granting again renews. Open asks are left to the desk."""
    first = since or period.day(at)
    if person.sort != "person":
        raise BadSlot(t("资格授予个人，请选择一个人", "a person is qualified; choose one"))
    if expires < first:
        raise BadSlot(t("有效期须晚于今天", "it must be valid beyond today"))
    row, _new = Qualification.objects.update_or_create(resource=resource, person=person, defaults={"since": first, "expires": expires})
    record(facts.UserQualified(subject=person.urn, offer=resource.offer.urn, until=expires), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=resource.offer.party.urn)
    notices.news(about=resource.offer.urn, title=resource.offer.title, url=calendar_url(resource), at=at, to=person.pk)
    return row


@transaction.atomic
def withdraw(*, qualification: Qualification, by: str, at: dt.datetime) -> None:
    """The person may not book from now on; what is booked stands until the host cancels it."""
    row = Qualification.objects.select_related("resource__offer__party", "person").get(pk=qualification.pk)
    record(facts.QualificationWithdrawn(subject=row.person.urn, offer=row.resource.offer.urn), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=row.resource.offer.party.urn)
    row.delete()


@transaction.atomic
def ask_training(*, resource: Resource, person: int, organisation: int, by: str, at: dt.datetime) -> Ask:
    """Ask the host to train the person; asking twice leads to the same ask while it is open."""
    about = resource.offer.urn
    there = Ask.objects.filter(kind="training", about=about, asker=person, state__in=OPEN).first()
    return there or asks.ask(
        kind="training", title=resource.offer.title, asker=person, asker_for=organisation, asked=resource.offer.party_id, about=about,
        about_url=calendar_url(resource), by=by, at=at)

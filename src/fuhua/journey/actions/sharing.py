"""Let an incubator see what a tenant could benefit from, take it back, and end it with the stay."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from fuhua.journey.models import Stay
from fuhua.journey.words import BENEFITS
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Opening, Party
from fuhua.parties.queries import live_consents

YEAR, READING = dt.timedelta(days=365), dt.timedelta(hours=12)


@transaction.atomic
def share(*, giver: Party, reader: Party, purpose: str, by: str, at: dt.datetime) -> Consent:
    """For a year the reader sees what the giver is eligible for; a consent that is live already is the one returned."""
    Party.objects.select_for_update(of=("self",)).get(pk=giver.pk)  # two requests at once give one consent
    live = _live(giver, reader, at).first()
    if live is not None:
        return live
    return consents.give(giver=giver, reader=reader, thing=BENEFITS, purpose=purpose, expires=at + YEAR, by=by, at=at)


@transaction.atomic
def unshare(*, giver: Party, reader: Party, by: str, at: dt.datetime) -> int:
    """The reader sees it no longer; returns how many consents were withdrawn."""
    Party.objects.select_for_update(of=("self",)).get(pk=giver.pk)
    found = list(_live(giver, reader, at))
    for consent in found:
        consents.withdraw(consent, by=by, at=at)
    return len(found)


def _live(giver: Party, reader: Party, at: dt.datetime) -> QuerySet[Consent]:
    return live_consents(at).filter(giver=giver, reader=reader, thing=BENEFITS)


@transaction.atomic
def looked(*, found: list[Consent], person: Party, at: dt.datetime) -> None:
    """Log that the person reads under these consents now, once in twelve hours for each."""
    lately = set(Opening.objects.filter(consent__in=found, by=person, at__gt=at - READING).values_list("consent_id", flat=True))
    for consent in found:
        if consent.pk not in lately:
            consents.open(consent, person=person, by=person.urn, at=at)


@transaction.atomic
def left(*, venture: str, host: str, by: str, at: dt.datetime) -> None:
    """The venture (URN) left the host: what it shared with it ends, unless it lives there still in another way."""
    giver, reader = Party.objects.filter(urn=venture).first(), Party.objects.filter(urn=host).first()
    if giver is None or reader is None or Stay.objects.filter(venture=venture, host=host, ended=None).exists():
        return
    unshare(giver=giver, reader=reader, by=by, at=at)

"""Grants to engineers and the notes they gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse

from fuhua.exchange.models import Listing, Note
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.words import REVIEWING
from fuhua.parties.models import Consent
from fuhua.parties.queries import live_consents, mine


def grant_for(need: Listing, readers: Collection[int], at: dt.datetime) -> Consent | None:
    """The live grant to review the need that one of the readers (party ids) holds; None for a rival."""
    if rivals(need.party_id, readers):
        return None
    rows = live_consents(at).filter(thing=need.urn, purpose=REVIEWING.zh, reader__in=readers)
    return rows.select_related("reader").order_by("-expires").first()


def grants(need: Listing) -> QuerySet[Consent]:
    """Every grant to review the need, newest first, each with its openings."""
    return mine.consents(Consent.objects.filter(thing=need.urn, purpose=REVIEWING.zh))


def notes(need: Listing) -> QuerySet[Note]:
    """What engineers said, newest first."""
    return Note.objects.filter(need=need).select_related("person").order_by("-at", "-pk")


def url_of(need: Listing) -> str:
    """The page on which an engineer reads the need and gives a note."""
    return reverse("exchange:review", kwargs={"pk": need.pk})

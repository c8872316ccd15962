"""Slides for a roadshow: handed in with a word about patents, shown only when nothing in them awaits a filing; and the IP clinic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import BinaryIO

from django.db import transaction

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import holding
from fuhua.exchange.actions.listings import url_of
from fuhua.exchange.models import Deck, Listing, Resource
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.brokers import broker
from fuhua.exchange.words import CLINIC, INVENTIONS
from fuhua.kernel.words import t


class BadDeck(BadFact):
    """The slides cannot be handed in or shown so; ``text`` says how to mend it."""


@transaction.atomic
def hand_in(*, listing: Listing, file: BinaryIO, name: str, invention: str, by: str, at: dt.datetime) -> Deck:
    """Keep the slides in place of earlier ones; they are shown at once unless something in them is not filed yet."""
    _known(invention)
    document, media = attach(file, by=by, at=at)
    row = Listing.objects.select_for_update(of=("self",)).select_related("party").get(pk=listing.pk)
    Deck.objects.filter(listing=row, ended_at=None).update(ended_at=at)
    deck = Deck.objects.create(listing=row, name=name[:200], document=document, media_type=media, invention=invention, at=at,
                               shown_at=None if invention == "unfiled" else at)
    record(facts.DeckKept(subject=row.urn, invention=invention), by=by, at=at, grade=Grade.DECLARED, on_behalf=row.party.urn,
           documents=[document])
    return deck


@transaction.atomic
def answer(*, deck: Deck, invention: str, by: str, at: dt.datetime) -> Deck:
    """Say anew how it stands with patents: once it is filed the slides are shown."""
    _known(invention)
    row = Deck.objects.select_for_update(of=("self",)).select_related("listing__party").get(pk=deck.pk)
    row.invention, row.shown_at = invention, None if invention == "unfiled" else row.shown_at or at
    row.save()
    record(facts.DeckKept(subject=row.listing.urn, invention=invention), by=by, at=at, grade=Grade.DECLARED,
           on_behalf=row.listing.party.urn, documents=[row.document])
    return row


@transaction.atomic
def ask_clinic(*, listing: Listing, person: int, by: str, at: dt.datetime) -> Ask:
    """Ask for somebody who looks at the invention before it is disclosed, where no clinic (知识产权门诊) has a free session.

    Asked twice, the same ask is returned.
    """
    asked = broker()
    if asked is None:
        raise BadDeck(t("还没有知识产权门诊，请联系市级主管", "there is no IP clinic yet; ask the city officers"))
    row = Listing.objects.select_for_update(of=("self",)).get(pk=listing.pk)
    open_ask = Ask.objects.filter(kind=CLINIC, about=row.urn).exclude(state__in=("confirmed", "withdrawn")).first()
    if open_ask is not None:
        return open_ask
    title = t("公开前检查：{title}", "Check before disclosure: {title}").format(title=row.title)
    return asks.ask(kind=CLINIC, title=title.zh[:200], asker=person, asker_for=row.party_id, asked=asked.pk, about=row.urn,
                    about_url=url_of(row), by=by, at=at)


def clinic_slot(clinics: Iterable[Resource], *, person: int, at: dt.datetime) -> tuple[Resource, dt.datetime] | None:
    """The first session that the person could book of any of the clinics, with its start; None when all are full."""
    found = [(row, span[0]) for row in clinics if (span := holding.free_slot(
        row, reads.terms_of(row), reads.policy_of(row).usual, at, person=person, exempt=False))]
    return min(found, key=lambda each: (each[1], each[0].pk), default=None)


def _known(invention: str) -> None:
    if invention not in INVENTIONS:
        raise BadDeck(t("请回答是否已申请专利", "say whether a patent has been filed"))

"""Let an engineer look at how a part can be made, and keep what they say."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import rfqs
from fuhua.exchange.actions.sealed import Rivals
from fuhua.exchange.models import Listing, Note
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.queries.reviews import grant_for, url_of
from fuhua.exchange.words import REVIEWING
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Opening, Party


class BadReview(BadFact):
    """The review cannot be asked for or given so; ``text`` says how to mend it."""


@transaction.atomic
def ask(*, need: Listing, engineer: Party, expires: dt.datetime, by: str, at: dt.datetime) -> Consent:
    """Let the experts of an organisation read the need with its confidential part, to say how it can be made, until ``expires``.

    Raises :class:`Rivals` for a rival's.
    """
    if rivals(need.party_id, (engineer.pk,)):
        raise Rivals
    consent = consents.give(giver=need.party, reader=engineer, thing=need.urn, purpose=REVIEWING.zh, expires=expires, by=by, at=at)
    notices.turn(about=f"{need.urn}.review", title=need.title, url=url_of(need), at=at, to=engineer.pk)
    return consent


@transaction.atomic
def read(*, need: Listing, consent: Consent, person: Party, by: str, at: dt.datetime) -> Opening:
    """Log that the engineer reads what is confidential."""
    if consent.thing != need.urn or consent.purpose != REVIEWING.zh:
        raise BadReview(t("该授权不适用于这条需求", "that consent is for something else"))
    return consents.open(consent, person=person, by=by, at=at)


@transaction.atomic
def note(*, need: Listing, person: Party, houses: frozenset[int], text: str, by: str, at: dt.datetime) -> Note:
    """The engineer's note for the asker; only while the grant lasts."""
    if grant_for(need, houses | {person.pk}, at) is None:
        raise BadReview(t("授权已到期或被撤回，请向需求单位重新申请", "the grant is over; ask the need's owner for another"))
    if not text.strip():
        raise BadReview(t("请写下意见", "write what you found"))
    row = Note.objects.create(need=need, person=person, text=text.strip(), at=at)
    notices.settle(about=f"{need.urn}.review", at=at)
    notices.news(about=need.urn, title=need.title, url=rfqs.page_of(need), at=at, to=need.owner_id)
    record(facts.NoteGiven(subject=need.urn, person=person.urn), by=by, at=at, grade=Grade.SYSTEM)
    return row

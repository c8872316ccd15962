"""An offer is sent to a contest: which, on what day and by whom, with the pack as it stood."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions.listings import BadListing
from fuhua.exchange.facts.brokered import OfferNominated
from fuhua.exchange.models import Listing, Nomination
from fuhua.exchange.queries import nominations
from fuhua.exchange.words import LIVE, OFFER
from fuhua.kernel import period
from fuhua.kernel.words import t


@transaction.atomic
def nominate(*, offer: Listing, contest: str, person: int, by: str, at: dt.datetime) -> Nomination:
    """Record that the offer is nominated for the contest; the pack of that moment is the fact's document.

    Refused (:class:`BadListing`) for what is not open, and a second time for the same contest.
    """
    row = Listing.objects.select_for_update(of=("self",)).select_related("party", "owner").get(pk=offer.pk)
    name, today = " ".join(contest.split())[:100], period.day(at)
    if row.side != OFFER or row.state not in LIVE:
        raise BadListing(t("只有开放中的供给可以推荐参赛", "only an open offer is nominated"))
    if not name:
        raise BadListing(t("请填写大赛和赛道", "name the contest and track"))
    if Nomination.objects.filter(listing=row, contest=name).exists():
        raise BadListing(t("已推荐参加“{name}”", "it is nominated for “{name}” already").format(name=name))
    pack = documents.keep(nominations.as_json(row, today, name), media_type="application/json", by=by, at=at)
    record(OfferNominated(subject=row.urn), by=by, at=at, grade=Grade.DECLARED, on_behalf=row.party.urn, documents=[pack])
    return Nomination.objects.create(listing=row, contest=name, person_id=person, document=pack, at=at)

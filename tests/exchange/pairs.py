"""A need and an offer that serve each other, as tests of brokering begin with them."""

from __future__ import annotations

from django.utils import timezone

from fuhua.exchange.actions import shortlists
from fuhua.exchange.models import Listing, Shortlisted
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party

BROKER = PLAYERS["steward"].urn
NEED = {"readiness": "4", "licences": "licence"}
OFFER = {"readiness": "6", "licences": "普通许可", "proven": "样机", "unproven": "寿命"}


def person(urn: str) -> Party:
    return Party.objects.get(urn=urn)


def chosen(need: Listing, *offers: Listing) -> list[Shortlisted]:
    return shortlists.choose(need=need, person=person(BROKER).pk, by=BROKER, at=timezone.now(),
                             chosen=[shortlists.Choice(offer, score=0.8) for offer in offers])

"""A need and an offer that serve each other, and their way to a pilot, as tests of brokering begin with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fuhua.exchange.actions import introductions, pilots, shortlists
from fuhua.exchange.models import Deal, Introduction, Listing, Shortlisted
from fuhua.kernel import period
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


def by(row: Introduction, side: str) -> dict[str, Any]:
    listing = row.need if side == "need" else row.offer
    return {"introduction": row, "side": side, "by": listing.owner.urn, "at": timezone.now()}


def met(row: Introduction) -> Introduction:
    for side in ("need", "offer"):
        introductions.answer(**by(row, side), says="yes")
    introductions.arrange(introduction=row, meets=period.day(timezone.now()), by=BROKER, at=timezone.now())
    for side in ("need", "offer"):
        row = introductions.confirm_met(**by(row, side))
    return row


def pilot(row: Introduction, **more: Any) -> Deal:
    trial = {"baseline": "3%", "site": "车间", "data": "不出厂", "safety": "班长批准"}
    agreed = pilots.Agreed(price=100_00, deliverable="样机", due=dt.date(2027, 1, 1), trial=trial | more)
    return pilots.begin(introduction=row, agreed=agreed, by=row.need.owner.urn, at=timezone.now())


def in_force(deal: Deal) -> None:
    deal.state, deal.signed_at = "signed", timezone.now()
    deal.save()


def reading(row: Introduction, side: str = "offer", value: str = "0.4", ago: int = 0) -> Any:
    told = pilots.Measured("漏检率", Decimal(value), "%", period.day(timezone.now()) - dt.timedelta(days=ago))
    owner = (row.need if side == "need" else row.offer).owner
    return pilots.log(**by(row, side), told=told, person=owner.pk)

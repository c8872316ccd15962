"""What tests of exchange share: organisations that need and offer, with people, and needs and offers that are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchange.lab import NOW, Lab
from exchange.pairs import BROKER, NEED, OFFER, chosen, person
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import deals, introductions, listings, shortlists
from fuhua.exchange.models import Introduction, Listing
from fuhua.kernel import period
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind
from stories import exchanging
from stories.visitor import Visitor

OFFICER = PLAYERS["city_officer"].urn


@pytest.fixture
def firm(cast: dict[str, Account], at: Any) -> Callable[..., tuple[Party, Account]]:
    """``firm("北京某某公司")``: an organisation on the register with one person who may act for it."""

    def made(name: str, sort: str = "firm", office: str = "founder", district: str = "110108") -> tuple[Party, Account]:
        told = {"by": OFFICER, "at": at("2023-01-04"), "grade": Grade.REGISTRY}
        house = organisations.register(sort=sort, name=name, district=district, **told)
        person = people.enter(name=f"{name}联系人", **told)
        account = people.open_account(username=f"u{house.pk}", password="a long enough password", party=person, by=OFFICER,
                                      at=at("2023-01-04"), strict=False)
        ties.attest(kind=TieKind.EMPLOYS, source=house, target=person, office=office, by=OFFICER, at=at("2023-01-04"))
        return house, account

    return made


@pytest.fixture
def client_for() -> Callable[[Account], Client]:
    """``client_for(account)``: a browser in which that account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return signed_in


@pytest.fixture
def an_offer(at: Any) -> Callable[..., Listing]:
    """``an_offer(party, account, kind, title, spec)``: an open offer."""

    def made(party: Party, account: Account, kind: str, title: str, spec: dict[str, Any], when: dt.datetime | None = None,
             **more: Any) -> Listing:
        moment = when or at()
        told = listings.Told(title=title, spec=spec, owner=account.party_id, **more)
        row = listings.draft(side="offer", kind=kind, party=party.pk, told=told, by=account.party.urn, at=moment)
        return listings.publish(listing=row, by=account.party.urn, at=moment)

    return made


@pytest.fixture
def a_need(at: Any) -> Callable[..., Listing]:
    """``a_need(party, account, kind, title, spec)``: an open, qualified need."""

    def made(party: Party, account: Account, kind: str, title: str, spec: dict[str, Any], when: dt.datetime | None = None,
             **more: Any) -> Listing:
        moment = when or at()
        told = listings.Told(**{
            "title": title, "spec": spec, "owner": account.party_id, "budget": 100_000_00, "budget_owner": "总经理", "success": "达到指标",
            "deadline": period.day(moment) + dt.timedelta(days=549), "decides": period.day(moment) + dt.timedelta(days=365), **more})
        row = listings.draft(side="need", kind=kind, party=party.pk, told=told, by=account.party.urn, at=moment)
        return listings.publish(listing=row, by=account.party.urn, at=moment)

    return made


@pytest.fixture
def a_deal(firm: Any, an_offer: Any, at: Any) -> Callable[..., tuple[Any, tuple[Party, Account], tuple[Party, Account]]]:
    """``a_deal()``: a draft of 200 hours on a cryostat, with the buyer and the provider, each with a person."""

    def made(**more: Any) -> tuple[Any, tuple[Party, Account], tuple[Party, Account]]:
        buyer = more.pop("buyer", None) or firm("北京寄灵量子有限公司", "venture")
        provider = more.pop("provider", None) or firm("北京未名低温实验室", "university", "expert")
        when = more.pop("when", None) or at()
        spec = {"instrument": "稀释制冷机", "temperature": "8"}
        offer = more.pop("offer", None) or an_offer(*provider, "equipment", "稀释制冷机机时", spec, when=when)
        due = more.pop("due", (deals.Due("机时 200 小时", "温度不高于 10 mK", period.day(when) + dt.timedelta(days=30)),))
        terms = deals.Terms(title="稀释制冷机机时 200 小时", kind=more.pop("kind", "equipment"), front=more.pop("front", "quote"), due=due,
                            lines=more.pop("lines", (deals.Line("稀释制冷机机时", 200, "小时", 300_00),)), **more)
        deal = deals.open_deal(buyer=buyer[0], provider=provider[0], terms=terms, by=buyer[1].party.urn, at=when, offer=offer,
                               buyer_person=buyer[1].party_id, provider_person=provider[1].party_id)
        return deal, buyer, provider

    return made


@pytest.fixture
def lab(firm: Any, an_offer: Any, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """The lab at noon of a Monday."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return Lab(firm, an_offer)


@pytest.fixture
def visit(client_for: Callable[..., Client]) -> Callable[..., Visitor]:
    """``visit(account)``: somebody who goes from page to page in a browser in which that account is signed in."""

    def signed_in(account: Any) -> Visitor:
        found = Visitor()
        found.client = client_for(account)
        return found

    return signed_in


@pytest.fixture
def pair(firm: Any, a_need: Any, an_offer: Any) -> Callable[..., tuple[Listing, Listing]]:
    """``pair()``: an open need for a result and an open offer that serves it, of two organisations."""

    def made(number: int = 1) -> tuple[Listing, Listing]:
        need = a_need(*firm(f"北京需方{number}号有限公司"), "result", "寻找固态电解质工艺", NEED, timezone.now())
        return need, an_offer(*firm(f"北京供方{number}号有限公司"), "result", "固态电解质工艺", OFFER, timezone.now())

    return made


@pytest.fixture
def asked(pair: Any) -> Callable[..., Introduction]:
    """``asked()``: an introduction of such a pair that both sides are asked about."""

    def made(number: int = 1, **more: Any) -> Introduction:
        need, offer = pair(number)
        chosen(need, offer)
        return introductions.ask(need=need, offer=offer, person=person(BROKER).pk, by=BROKER, at=timezone.now(), **more)

    return made


@pytest.fixture
def matched(firm: Any, a_need: Any, an_offer: Any) -> Callable[..., Introduction]:
    """``matched(n)``: an introduction of the n-th pair of organisations, both sides still to answer."""

    def made(number: int = 1, **more: Any) -> Introduction:
        need = a_need(*firm(f"北京需方{number}号有限公司"), "result", f"寻找固态电解质工艺 {number}", {"readiness": "4"}, timezone.now(),
                      **more)
        offer = an_offer(*firm(f"北京供方{number}号有限公司"), "result", f"固态电解质工艺 {number}", OFFER, timezone.now(), **more)
        told = {"person": Party.objects.get(urn=BROKER).pk, "by": BROKER, "at": timezone.now()}
        shortlists.choose(need=need, chosen=[shortlists.Choice(offer, score=0.8)], **told)
        return introductions.ask(need=need, offer=offer, **told)

    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> exchanging.Clock:
    """It is Wednesday, 1 April 2026."""
    return exchanging.clock_at(monkeypatch, "2026-04-01")

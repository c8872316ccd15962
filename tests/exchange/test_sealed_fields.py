"""Confidential fields: a consent ends by itself, somebody else's does not do, and a broker qualifies a need without reading them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask, Clock
from fuhua.exchange.actions import listings, sealed
from fuhua.exchange.models import Listing
from fuhua.exchange.queries import sealed as reads
from fuhua.parties.actions import ties
from fuhua.parties.actions.consents import BadConsent
from fuhua.parties.models import Account, Consent, Opening, Party
from fuhua.parties.queries import who
from stories.visitor import Visitor

SECRET = {"proven": "样机", "unproven": "寿命", "secret": "配比七比三"}


@pytest.fixture
def offer(firm: Any, an_offer: Any) -> Listing:
    """An open result with secret know-how."""
    house, account = firm("北京秘方研究院", sort="university", office="expert")
    return an_offer(house, account, "result", "秘方", SECRET)


def grant(offer: Listing, reader: Party, at: dt.datetime, days: int) -> Any:
    return sealed.grant(listing=offer, reader=reader, purpose="评估", expires=at + dt.timedelta(days=days), by=offer.owner.urn, at=at)


def read(offer: Listing, account: Account, at: dt.datetime) -> Opening:
    person = who(account, at)
    return sealed.read(listing=offer, consent=reads.consent_for(person, offer, at), person=account.party, houses=person.acts_for(),
                       by=person.urn, at=at)


def test_a_reading_lasts_half_a_day_and_the_consent_until_its_end(offer: Listing, firm: Any, at: Any) -> None:
    house, account = firm("北京读者科技有限公司")
    grant(offer, house, at(), 3)
    read(offer, account, at())
    after = [dt.timedelta(hours=1), dt.timedelta(hours=13), dt.timedelta(days=4)]
    assert [reads.reads(who(account), offer, at() + each) for each in after] == [True, False, False]
    assert [reads.consent_for(who(account), offer, at() + each) is None for each in after] == [False, False, True]
    read(offer, account, at() + after[1])
    assert [len(each.openings.all()) for each in reads.grants(offer)] == [2]


def test_a_consent_that_ended_opens_nothing_even_while_a_reading_lasts(offer: Listing, firm: Any, at: Any) -> None:
    house, account = firm("北京读者科技有限公司")
    consent = sealed.grant(listing=offer, reader=house, purpose="评估", expires=at() + dt.timedelta(hours=2), by=offer.owner.urn, at=at())
    read(offer, account, at())
    later = at() + dt.timedelta(hours=3)
    assert reads.reads(who(account), offer, later) is False
    with pytest.raises(BadConsent):
        sealed.read(listing=offer, consent=consent, person=account.party, houses=frozenset({house.pk}), by=account.party.urn, at=later)


def test_a_consent_for_another_thing_opens_nothing(offer: Listing, firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京读者科技有限公司")
    other = an_offer(*firm("北京别家研究院", sort="university", office="expert"), "result", "别的", SECRET)
    consent = grant(other, house, at(), 3)
    assert reads.consent_for(who(account), offer, at()) is None
    with pytest.raises(listings.BadListing):
        sealed.read(listing=offer, consent=consent, person=account.party, houses=frozenset({house.pk}), by=account.party.urn, at=at())


def test_only_a_confirmed_rivalry_that_stands_closes_it(offer: Listing, firm: Any, at: Any) -> None:
    house, account = firm("北京对手科技有限公司")
    claim = ties.propose(kind="rival", source=house, target=offer.party, side=house, by=account.party.urn, at=at("2025-06-01"))
    grant(offer, house, at(), 9)
    read(offer, account, at())
    tie = ties.confirm(claim, side=offer.party, by=offer.owner.urn, at=at())
    with pytest.raises(sealed.Rivals):
        read(offer, account, at())
    with pytest.raises(sealed.Rivals):
        sealed.ask(listing=offer, purpose="再看看", person=account.party_id, house=house.pk, by=account.party.urn, at=at())
    ties.end(tie, by=account.party.urn, at=at())
    assert read(offer, account, at()).by_id == account.party_id


def test_a_rival_of_whoever_posted_a_need_that_may_be_pooled_is_refused_in_the_same_words_as_all(firm: Any, a_need: Any, at: Any) -> None:
    part = {"part": "M3 铍铜螺钉", "category": "mechanical", "quantity": "60"}
    need, (house, account) = a_need(*firm("北京匿名科技有限公司"), "supply", "紧固件", part), firm("北京对手科技有限公司")
    claim = ties.propose(kind="rival", source=house, target=need.party, side=house, by=account.party.urn, at=at("2025-06-01"))
    ties.confirm(claim, side=need.party, by=need.owner.urn, at=at())
    with pytest.raises(listings.BadListing, match="does not show whose it is"):
        sealed.ask(listing=need, purpose="看看", person=account.party_id, house=house.pk, by=account.party.urn, at=at())


def test_asking_again_leads_to_the_same_case_while_it_is_open(offer: Listing, firm: Any, at: Any, client_for: Any) -> None:
    _house, account = firm("北京读者科技有限公司")
    browser = client_for(account)
    led = {browser.post(f"/exchange/{offer.pk}/ask/", {"purpose": f"评估 {n}"})["Location"] for n in range(25)}
    case = Ask.objects.get(kind="disclosure")
    assert (led, Clock.objects.filter(about=case.urn, stopped_at=None).count()) == ({f"/desk/asks/{case.pk}/"}, 1)
    asks.withdraw(ask=case, by=account.party.urn, at=at())
    browser.post(f"/exchange/{offer.pk}/ask/", {"purpose": "评估"})
    _other, colleague = firm("北京另一读者有限公司")
    client_for(colleague).post(f"/exchange/{offer.pk}/ask/", {"purpose": "评估"})
    assert Ask.objects.filter(kind="disclosure").count() == 3


def test_a_grant_sent_twice_is_given_once(offer: Listing, firm: Any, client_for: Any) -> None:
    reader, _account = firm("北京读者有限公司")
    browser = Visitor()
    browser.client = client_for(offer.owner.account)
    form = browser.open(f"/exchange/{offer.pk}/").forms("/grant/")[0]
    for _again in range(2):
        browser.send(form, reader=reader.name, purpose="评估", until=(timezone.now() + dt.timedelta(days=9)).date().isoformat())
    assert (browser.status, Consent.objects.filter(thing=offer.urn).count()) == (200, 1)
    browser.open(f"/exchange/{offer.pk}/").send("/grant/", reader=reader.name, purpose="评估", until="2020-01-01")
    assert (browser.status, browser.sees("到期时间须晚于现在")) == (422, True)


def test_changing_what_is_open_leaves_what_is_confidential(offer: Listing, at: Any) -> None:
    told = {"title": "秘方", "spec": {"proven": "量产", "unproven": "成本"}, "owner": offer.owner_id}
    row = listings.revise(listing=offer, told=listings.Told(**told), by=offer.owner.urn, at=at())
    assert (row.spec["proven"], row.sealed) == ("量产", {"secret": "配比七比三"})
    told["spec"] |= {"secret": ""}
    assert listings.revise(listing=row, told=listings.Told(**told), by=offer.owner.urn, at=at()).sealed == {}


def test_where_nothing_is_confidential_nothing_is_opened(firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京公开研究院", sort="university", office="expert")
    row = an_offer(house, account, "result", "公开", {"proven": "样机", "unproven": "寿命"})
    with pytest.raises(listings.BadListing, match="nothing confidential"):
        grant(row, firm("北京读者科技有限公司")[0], at(), 3)

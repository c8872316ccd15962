"""An order that falls through: the need is open again, another quote is chosen or others are asked, and a pool's member asks alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exchange.test_quotes import PART, asked, give  # noqa: F401 - a fixture and a helper
from fuhua.desk.models import Clock, Notice
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import disputes, listings, ndas, pools, rfqs, signing, ticking
from fuhua.exchange.actions.deals import url_of
from fuhua.exchange.models import Deal, Invitation, Listing, Member, Pool, Rfq
from fuhua.exchange.queries import rfqs as reads
from stories import exchanging
from stories.exchanging import Person
from stories.test_m10_supply import ask, market, page_of, post, quote  # noqa: F401 - a fixture and helpers

VALID = dt.date(2026, 6, 30)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> exchanging.Clock:
    """It is Monday, 30 June 2025."""
    return exchanging.clock_at(monkeypatch, "2025-06-30")


@pytest.fixture
def chosen(asked: Any, at: Any, clock: exchanging.Clock) -> tuple[Rfq, Person, list[Any]]:  # noqa: F811
    """A request that two laboratories quoted, of whom the first was chosen on 15 July; the asker and the laboratories."""
    rfq, asker, labs = asked()
    for lab, price in zip(labs, (100_00, 90_00), strict=True):
        ndas.accept(invitation=rfq.invitations.get(provider=lab[0]), person=lab[1].party, by=lab[1].party.urn, at=at())
        give(rfq, lab, [price, price], at(), valid_until=VALID)
    clock.to("2025-07-15")
    who = Person(asker[1])
    who.post(f"{page_of(rfq.need)}choose/", quote=rfq.invitations.get(provider=labs[0][0]).quotes.get().pk)
    return rfq, who, labs


def sign(deal: Deal, clock: exchanging.Clock) -> None:
    for side, person in ((deal.buyer_id, deal.buyer_person_id), (deal.provider_id, deal.provider_person_id)):
        signing.sign(deal=deal, side=side, person=person, wording=signing.agreement_of(deal).wording, by=deal.buyer.urn, at=clock())


@pytest.mark.parametrize("by_buyer", [True, False])
def test_when_either_side_cancels_another_quote_is_chosen(chosen: Any, by_buyer: bool, clock: exchanging.Clock) -> None:
    rfq, who, labs = chosen
    (who if by_buyer else Person(labs[0][1])).post(f"{url_of(Deal.objects.get())}cancel/")
    rfq.refresh_from_db()
    assert (rfq.state, rfq.ended_at, rfq.need.state) == ("open", None, "open")
    assert Clock.objects.filter(about=rfq.need.urn, name="reconfirm", stopped_at=None).exists()
    assert Notice.objects.filter(about=rfq.urn, to=who.account.party_id, url=page_of(rfq.need), at=clock()).exists()
    who.press(page_of(rfq.need), "/choose/$", quote=str(rfq.invitations.get(provider=labs[1][0]).quotes.get().pk))
    deal = Deal.objects.exclude(state="cancelled").get()
    assert (deal.provider, deal.state) == (labs[1][0], "draft")
    assert [reads.consent_of(row, clock()) is not None for row in reads.invitations(rfq)] == [False, True]
    sign(deal, clock)
    rfq.need.refresh_from_db()
    assert (rfq.need.state, rfq.need.because) == ("closed", "contracted")


def test_when_the_order_fell_the_request_can_be_taken_back_and_others_asked(chosen: Any) -> None:
    rfq, who, labs = chosen
    who.post(f"{url_of(Deal.objects.get())}cancel/")
    who.press(page_of(rfq.need), "/quotes/cancel/$")
    who.press(page_of(rfq.need), "/quotes/$", rows="单次 | 1 | 项", others=labs[1][0].name, invention="none")
    assert list(Rfq.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "open"]


def test_a_need_that_was_closed_meanwhile_asks_anew_once_reopened(chosen: Any, clock: exchanging.Clock) -> None:
    rfq, who, _labs = chosen
    who.post(f"/exchange/{rfq.need_id}/close/", because="price")
    who.post(f"{url_of(Deal.objects.get())}cancel/")
    need = Listing.objects.get(pk=rfq.need_id)
    assert (need.state, need.because) == ("closed", "price")
    need = listings.reopen(listing=need, by=who.account.party.urn, at=clock())
    listings.publish(listing=need, by=who.account.party.urn, at=clock())
    assert who.open(page_of(need)).forms("/quotes/$")


def split(market: dict[str, Any], clock: exchanging.Clock) -> tuple[Person, Listing, list[Deal]]:  # noqa: F811
    """1,200 pieces ordered of two suppliers."""
    arm, need = post(market["ventures"][0], "大批紧固件", "1200", clock)
    ask(arm, need, market, 1200)
    for (_house, account), prices, most in zip(market["suppliers"], (("90", "60", "41"), ("95", "52", "")), (1000, 400), strict=True):
        url = f"/exchange/invitations/{Invitation.objects.get(provider=_house).pk}/"
        quote(Person(account), url, prices, least=10, most=most, lead_days=20)
    arm.press(page_of(need), "/choose/$")
    return arm, need, list(Deal.objects.order_by("pk"))


def test_a_split_order_falls_with_its_last_part(market: Any, clock: exchanging.Clock) -> None:  # noqa: F811
    arm, need, deals = split(market, clock)
    arm.post(f"{url_of(deals[0])}cancel/")
    need.refresh_from_db()
    assert (need.state, Rfq.objects.get().state) == ("engaged", "chosen")
    Person(market["suppliers"][1][1]).post(f"{url_of(deals[1])}cancel/")
    need.refresh_from_db()
    assert (need.state, Rfq.objects.get().state) == ("open", "open")
    arm.press(page_of(need), "/choose/$")
    assert Deal.objects.filter(state="draft").count() == 2


def test_a_split_order_whose_other_parts_are_signed_ends_the_need_when_one_falls(market: Any, clock: exchanging.Clock) -> None:  # noqa: F811
    arm, need, deals = split(market, clock)
    sign(deals[0], clock)
    arm.post(f"{url_of(deals[1])}cancel/")
    need.refresh_from_db()
    assert (need.state, need.because, Rfq.objects.get().state) == ("closed", "contracted", "chosen")


def test_a_pools_member_whose_order_falls_asks_alone_and_the_others_keep_theirs(market: Any, clock: exchanging.Clock) -> None:  # noqa: F811
    (arm, first), (drone, second) = (post(house, f"{house[0].name}紧固件", "60", clock) for house in market["ventures"])
    for who, need in ((arm, first), (drone, second)):
        who.press(page_of(need), "/pool/join/", pieces=60)
    ask(arm, first, market, 60, count=1)
    row = Invitation.objects.get()
    quote(Person(market["suppliers"][0][1]), f"/exchange/invitations/{row.pk}/", ("90", "60", "41"), lead_days=20)
    for who, need in ((arm, first), (drone, second)):
        who.press(page_of(need), "/pool/agree/", quote=str(row.quotes.get().pk))
    mine, other = Deal.objects.get(need=first), Deal.objects.get(need=second)
    arm.post(f"{url_of(mine)}cancel/")
    states = dict(Member.objects.values_list("need", "state"))
    assert (states[first.pk], states[second.pk], Pool.objects.get().state) == ("left", "ordered", "ordered")
    assert drone.open(page_of(second)).sees(other.number)
    ask(arm, first, market, 60, count=1)
    assert arm.sees("报价截止于")
    drone.post(f"{url_of(other)}cancel/")
    second.refresh_from_db()
    assert (second.state, Pool.objects.get().state) == ("open", "dissolved")
    assert sorted(Rfq.objects.values_list("state", flat=True)) == ["cancelled", "open"]
    ask(drone, second, market, 60, count=1)
    assert Rfq.objects.filter(state="open").count() == 2


def test_a_need_whose_agreement_ended_in_a_dispute_is_open_again_and_another_quote_chosen(chosen: Any, clock: exchanging.Clock) -> None:
    rfq, who, labs = chosen
    deal, person = Deal.objects.get(), who.account.party
    sign(deal, clock)
    told = {"deal": deal, "by": person.urn, "at": clock()}
    disputes.dispute(side=deal.buyer_id, because="quality", text="未达指标", person=person.pk, **told)
    disputes.resolve(result="ended", side=None, **told)
    rfq.need.refresh_from_db()
    assert (rfq.need.state, rfq.need.because, rfq.need.closed_at) == ("open", "", None)
    who.press(page_of(rfq.need), "/choose/$", quote=str(rfq.invitations.get(provider=labs[1][0]).quotes.get().pk))
    assert Deal.objects.get(state="draft").provider == labs[1][0]


@pytest.mark.parametrize("signed", [True, False])
def test_a_need_whose_order_stands_is_not_reopened_and_the_page_says_why(chosen: Any, signed: bool, clock: exchanging.Clock) -> None:
    rfq, who, _labs = chosen
    deal = Deal.objects.get()
    if signed:
        sign(deal, clock)
    else:
        who.post(f"/exchange/{rfq.need_id}/close/", because="price")
    assert who.press(f"/exchange/{rfq.need_id}/", "/reopen/$").sees(f"协议 {deal.number} 仍在，不能重新打开")
    rfq.need.refresh_from_db()
    assert (rfq.need.state, Listing.objects.filter(because="").exists()) == ("closed", False)


@pytest.mark.parametrize("how", ["withdraw", "close", "expire"])
def test_a_need_that_ends_takes_its_request_with_it_and_blames_no_provider(asked: Any, clock: exchanging.Clock, how: str) -> None:  # noqa: F811
    rfq, asker, labs = asked()
    if how == "expire":
        listings.expire(at=clock.to("2025-12-01"))
    else:
        Person(asker[1]).post(f"/exchange/{rfq.need_id}/{how}/", because="price")
    rfq.refresh_from_db()
    assert rfq.state == "cancelled"
    assert not Clock.objects.filter(name="quote", stopped_at=None).exists()
    told = Notice.objects.filter(to__in=[lab[0] for lab in labs], settled_at=None)
    assert list(told.values_list("kind", flat=True)) == ["changed", "changed"]
    ticking.tick(at=clock.to("2026-01-05"))
    assert not Fact.objects.filter(kind="exchange.quote_refused").exists()
    lab = Person(labs[0][1]).open("/exchange/invitations/")
    assert (lab.sees("已取消"), lab.sees("逾期未答复")) == (True, False)


def test_whose_need_ends_is_out_of_the_pool_and_the_others_order_without_it(firm: Any, a_need: Any, clock: exchanging.Clock) -> None:
    houses, maker = [firm(f"北京第{n}科技有限公司", "venture") for n in range(4)], firm("苏州精工有限公司")
    needs = [a_need(*house, "supply", f"紧固件{n}", PART, clock()) for n, house in enumerate(houses)]
    people = [Person(house[1]) for house in houses]
    pools.invite(need=needs[0], at=clock())
    for who, need in zip(people, needs, strict=True):
        who.post(f"/exchange/{need.pk}/pool/join/", pieces=10)
    told = rfqs.Asked(rows=[rfqs.Row("M3 紧固件", 10, "件")], providers=[maker[0]], invention="filed")
    first = Member.objects.get(need=needs[0])
    rfq = pools.ask(member=first, asked=told, sender=houses[0][1].party_id, by=houses[0][1].party.urn, at=clock())
    people[0].post(f"/exchange/{needs[0].pk}/withdraw/")
    rfq.refresh_from_db()
    assert (rfq.state, rfq.need, rfq.quantity) == ("open", needs[1], 30)
    quote = give(rfq, maker, [100_00], clock(), valid_until=VALID)
    people[3].post(f"/exchange/{needs[3].pk}/close/", because="price")
    for who, need in zip(people[1:3], needs[1:3], strict=True):
        who.post(f"/exchange/{need.pk}/pool/agree/", quote=quote.pk)
    assert [deal.need for deal in Deal.objects.order_by("pk")] == needs[1:3]
    assert list(Member.objects.order_by("need").values_list("state", flat=True)) == ["left", "ordered", "ordered", "left"]


def test_a_need_that_ended_joins_no_pool(firm: Any, a_need: Any, clock: exchanging.Clock) -> None:
    houses = [firm(f"北京第{n}科技有限公司", "venture") for n in range(2)]
    needs = [a_need(*house, "supply", f"紧固件{n}", PART, clock()) for n, house in enumerate(houses)]
    pools.invite(need=needs[0], at=clock())
    who = Person(houses[0][1])
    who.post(f"/exchange/{needs[0].pk}/withdraw/")
    assert Member.objects.get(need=needs[0]).state == "declined"
    who.post(f"/exchange/{needs[0].pk}/pool/join/", pieces=10)
    assert Member.objects.get(need=needs[0]).state == "declined"

"""Ways round what is confidential, hidden or limited, each of which somebody found once: they lead nowhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fuhua.exchange.actions import feeds, listings, pools, reviews, rfqs
from fuhua.exchange.actions.sealed import Rivals
from fuhua.exchange.models import Listing, Member
from fuhua.exchange.queries.conflicts import conflicts, rivals
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Consent, Tie

pytestmark = pytest.mark.django_db
SPEC = {"model": "cro", "modality": "biologic", "scope": "毒理", "protocol": "化合物 K204"}
PART = {"part": "M3 紧固件", "category": "mechanical", "quantity": "60", "drawing": "图纸 7"}


def url(name: str, pk: int) -> str:
    return reverse(f"exchange:{name}", kwargs={"pk": pk})


def compete(one: Any, other: Any) -> None:
    """The two confirm that they are rivals."""
    now = timezone.now()
    tie = ties.propose(kind="rival", source=one[0], target=other[0], side=one[0], by=one[1].party.urn, at=now)
    ties.confirm(tie, side=other[0], by=other[1].party.urn, at=now)


def test_rivals_stay_rivals_when_one_of_them_is_merged_into_another_entry_of_the_register(sides: Any, firm: Any) -> None:
    asker, lab = sides
    compete(asker, lab)
    twin, other = firm("北京甲检测技术有限公司"), firm("北京乙检测有限公司")
    organisations.merge(duplicate=lab[0], into=twin[0], by=PLAYERS["city_officer"].urn, at=timezone.now())
    assert [rivals(asker[0].pk, {each[0].pk}) for each in (lab, twin, other)] == [True, True, False]
    assert [rivals(each[0].pk, {asker[0].pk}) for each in (lab, twin, other)] == [True, True, False]


def test_a_conflict_is_found_by_what_is_on_record_of_an_entry_that_was_merged(sides: Any, firm: Any) -> None:
    (buyer, _buyer), (provider, _provider) = sides
    twin, now = firm("北京甲检测技术有限公司")[0], timezone.now()
    ties.attest(kind="owns", source=buyer, target=twin, by=PLAYERS["city_officer"].urn, at=now)
    assert conflicts(buyer, provider) == []
    organisations.merge(duplicate=twin, into=provider, by=PLAYERS["city_officer"].urn, at=now)
    assert [(len(each.hops), each.rival) for each in conflicts(buyer, provider)] == [(1, None)]


@pytest.fixture
def sides(firm: Any) -> tuple[Any, Any]:
    return firm("北京新药研发有限公司", "venture"), firm("北京甲检测有限公司")


@pytest.fixture
def need(sides: Any, a_need: Any) -> Listing:
    return a_need(*sides[0], "contract_service", "毒理研究", SPEC, when=timezone.now())


def asked_for_quotes(need: Listing, asker: Any, *providers: Any) -> Any:
    asked = rfqs.Asked(rows=[rfqs.Row("单次", 1, "项")], providers=[each[0] for each in providers], invention="filed")
    return rfqs.send(need=need, asked=asked, sender=asker[1].party_id, by=asker[1].party.urn, at=timezone.now())


def test_a_grant_for_quoting_opens_on_the_page_of_the_quote_alone_and_not_to_somebody_who_became_a_rival(
    sides: Any, need: Listing, client_for: Any
) -> None:
    asker, lab = sides
    invitation = asked_for_quotes(need, asker, lab).invitations.get()
    browser, page = client_for(lab[1]), url("invitation", invitation.pk)
    browser.post(url("nda_accept", invitation.pk))
    browser.post(url("spec_read", invitation.pk))
    assert "化合物 K204" in browser.get(page).content.decode()
    reading = f"/me/readings/{Consent.objects.get(reader=lab[0]).pk}/"
    assert browser.post(reading).status_code == 403
    assert "请在所列用途的页面查阅" in browser.get(reading).content.decode()
    compete(asker, lab)
    assert "化合物 K204" not in browser.get(page).content.decode()


def test_a_rival_reviews_nothing_and_a_grant_for_a_review_opens_no_other_page(
    sides: Any, need: Listing, firm: Any, client_for: Any
) -> None:
    asker, lab = sides
    told = {"need": need, "expires": timezone.now() + dt.timedelta(days=9), "by": asker[1].party.urn, "at": timezone.now()}
    reviews.ask(engineer=lab[0], **told)
    browser = client_for(lab[1])
    assert browser.post(url("listing_read", need.pk)).status_code == 403
    assert "化合物 K204" not in browser.get(url("listing", need.pk)).content.decode()
    expert = firm("北京评审研究院", "university", "expert")
    reviews.ask(engineer=expert[0], **told)
    compete(asker, expert)
    assert client_for(expert[1]).post(url("review", need.pk)).status_code == 403
    with pytest.raises(Rivals):
        reviews.ask(engineer=expert[0], **told)


def test_rivals_are_never_in_one_pool_and_a_provider_does_not_learn_which_needs_are(firm: Any, a_need: Any, client_for: Any) -> None:
    now, houses = timezone.now(), [firm(f"北京第{n}科技有限公司", "venture") for n in range(3)]
    compete(houses[0], houses[1])
    needs = [a_need(*house, "supply", f"紧固件 {n}", PART, when=now) for n, house in enumerate(houses)]
    pool = pools.invite(need=needs[0], at=now)
    assert pool is not None
    assert set(pool.members.values_list("need", flat=True)) == {needs[0].pk, needs[2].pk}
    assert pools.invite(need=needs[1], at=now) is None
    for member in Member.objects.filter(pool=pool):
        pools.join(member=member, quantity=50, by=member.need.owner.urn, at=now)
    provider, first = firm("北京供应商有限公司"), pool.members.order_by("pk")[0]
    asked = rfqs.Asked(rows=[rfqs.Row("紧固件", 100, "件")], providers=[provider[0]], invention="filed")
    pools.ask(member=first, asked=asked, sender=houses[0][1].party_id, by=houses[0][1].party.urn, at=now)
    browser = client_for(provider[1])
    assert {browser.get(url("rfq", each.pk)).status_code for each in needs} == {200}


def test_whoever_left_reads_no_draft_of_the_organisation_and_a_feed_ends_with_the_account(firm: Any, client_for: Any) -> None:
    now, house, boss = timezone.now(), firm("北京旧东家科技有限公司", "venture"), firm("北京别家有限公司")
    told = listings.Told(title="内部草稿", text="不公开", owner=house[1].party_id)
    draft = listings.draft(side="need", kind="contract_service", party=house[0].pk, told=told, by=house[1].party.urn, at=now)
    feed = reverse("exchange:feed", kwargs={"token": feeds.renew(person=house[1].party_id, by=house[1].party.urn, at=now).token})
    browser = client_for(house[1])
    assert (browser.get(url("listing", draft.pk)).status_code, Client().get(feed).status_code) == (200, 200)
    for tie in Tie.objects.filter(target=house[1].party_id):
        ties.end(tie, by=boss[1].party.urn, at=now)
    assert browser.get(url("listing", draft.pk)).status_code == 404
    people.close_account(house[1], by=boss[1].party.urn, at=now)
    assert Client().get(feed).status_code == 404


def test_another_ones_hidden_draft_is_answered_as_if_it_were_not_there_and_numbers_that_are_none_are_left_out(
    sides: Any, need: Listing, cast: Any, client_for: Any
) -> None:
    asker, lab = sides
    told = listings.Told(title="隐藏的供给")
    hidden = listings.draft(side="offer", kind="result", party=lab[0].pk, told=told, by=lab[1].party.urn, at=timezone.now())
    answers = {client_for(asker[1]).post(url("shortlist_irrelevant", need.pk), {"offer": pk, "x-reason": "price"}).status_code
               for pk in (hidden.pk, 10**6)}
    assert answers == {409}
    broker = client_for(cast["steward"])
    for written in ("²", "9" * 5000, ""):
        answer = broker.post(url("shortlist_choose", need.pk), {"offer": written}, follow=True)
        assert "请勾选一项以上" in answer.content.decode()

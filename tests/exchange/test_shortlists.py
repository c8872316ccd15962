"""Shortlists and the brokers who make them: five at most, why each, what is not proposed, and rivals that are kept apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange.pairs import BROKER, OFFER, chosen, person
from fuhua.desk.models import Clock
from fuhua.exchange.actions import brokering, introductions, listings, shortlists
from fuhua.exchange.models import Feedback, Shortlisted
from fuhua.exchange.queries.candidates import candidates
from fuhua.exchange.queries.conflicts import conflicts
from fuhua.parties.actions import organisations, ties
from fuhua.parties.actions.cast import PLAYERS


def test_the_database_holds_a_shortlist_to_five(pair: Any, firm: Any, an_offer: Any) -> None:
    need, _offer = pair()
    offers = [an_offer(*firm(f"北京候选{number}号有限公司"), "result", f"固态电解质工艺 {number}", OFFER, timezone.now())
              for number in range(6)]
    with pytest.raises(shortlists.BadShortlist, match="at most 5"):
        chosen(need, *offers)
    chosen(need, *offers[:5])
    with pytest.raises(IntegrityError), transaction.atomic():
        Shortlisted.objects.create(need=need, offer=offers[5], rank=6, score=1, by=person(BROKER), at=timezone.now())


def test_an_offer_added_by_hand_says_why(pair: Any) -> None:
    need, offer = pair()
    told = {"need": need, "person": person(BROKER).pk, "by": BROKER, "at": timezone.now()}
    with pytest.raises(shortlists.BadShortlist, match="by hand"):
        shortlists.choose(chosen=[shortlists.Choice(offer)], **told)
    [row] = shortlists.choose(chosen=[shortlists.Choice(offer, note="同一条产线用过")], **told)
    assert (row.score, row.note) == (None, "同一条产线用过")


def test_what_is_irrelevant_is_not_proposed_again_until_that_is_taken_back(pair: Any) -> None:
    need, offer = pair()
    chosen(need, offer)
    told = {"need": need, "offer": offer, "by": BROKER, "at": timezone.now()}
    shortlists.irrelevant(reason="stage", person=person(BROKER).pk, **told)
    assert (Shortlisted.objects.count(), candidates(need, at=timezone.now()), Feedback.objects.get().reason) == (0, [], "stage")
    shortlists.relevant(**told)
    assert [each.offer for each in candidates(need, at=timezone.now())] == [offer]


def test_the_matcher_says_nothing_rather_than_guess(pair: Any, firm: Any, an_offer: Any) -> None:
    need, offer = pair()
    an_offer(*firm("北京无关有限公司"), "result", "葡萄酒酵母选育", {"proven": "小试", "unproven": "中试"}, timezone.now())
    found = candidates(need, at=timezone.now())
    assert [each.offer for each in found] == [offer]
    said = [reason.text.zh for reason in found[0].reasons]
    assert said[:2] == ["技术成熟度：6 级 样机演示 ≥ 4 级 实验室验证", "合作方式：普通许可"]
    listings.withdraw(listing=offer, by=BROKER, at=timezone.now())
    assert candidates(need, at=timezone.now()) == []


def test_rivals_are_neither_proposed_nor_introduced(pair: Any) -> None:
    need, offer = pair()
    ties.attest(kind="rival", source=need.party, target=offer.party, by=BROKER, at=timezone.now())
    chosen(need, offer)
    with pytest.raises(introductions.BadIntroduction, match="rivals"):
        introductions.ask(need=need, offer=offer, person=person(BROKER).pk, by=BROKER, at=timezone.now())
    assert candidates(need, at=timezone.now()) == []


def test_a_need_is_in_one_brokers_hands_and_can_be_handed_over_or_released(pair: Any) -> None:
    need, _offer = pair()
    steward, officer = person(BROKER), person(PLAYERS["city_officer"].urn)
    brokering.take(need=need, broker=steward, house=steward.ties_in.get().source_id, by=BROKER, at=timezone.now())
    with pytest.raises(brokering.BadBrokering):
        brokering.take(need=need, broker=officer, house=officer.ties_in.get().source_id, by=officer.urn, at=timezone.now())
    brokering.hand_over(need=need, to=officer, by=BROKER, at=timezone.now())
    assert Clock.objects.get(about=need.urn, name="broker", stopped_at=None).to == officer
    brokering.release(need=need, by=officer.urn, at=timezone.now())
    assert Clock.objects.get(about=need.urn, name="broker", stopped_at=None).office == "steward"


# --- introductions ---


def test_a_path_through_a_group_and_its_fund_to_a_rival_is_found(pair: Any) -> None:
    need, offer = pair()
    made = {name: organisations.register(sort=sort, name=name, by=BROKER, at=timezone.now())
            for name, sort in (("集团", "firm"), ("基金", "fund"), ("对手", "venture"))}
    for kind, source, target in (("part_of", need.party, made["集团"]), ("owns", made["集团"], made["基金"]),
                                 ("invests", made["基金"], made["对手"]), ("rival", made["对手"], offer.party)):
        ties.attest(kind=kind, source=source, target=target, by=BROKER, at=timezone.now())
    [found] = conflicts(need.party, offer.party)
    assert [(hop.source.name, hop.kind, hop.target.name) for hop in found.hops] == [
        (need.party.name, "part_of", "集团"), ("集团", "owns", "基金"), ("基金", "invests", "对手")]
    assert (found.rival.name, conflicts(offer.party, need.party)) == ("对手", [])

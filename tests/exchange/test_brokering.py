"""Brokering by its verbs: shortlists, introductions, what goes to the broker, pilots, and what must not happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fuhua.desk.models import Clock, Notice
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import brokering, cards, follow_ups, introductions, listings, pilots, shortlists
from fuhua.exchange.models import CaseCard, Deal, Feedback, FollowUp, Introduction, Listing, Shortlisted, Side
from fuhua.exchange.queries.candidates import candidates
from fuhua.exchange.queries.conflicts import conflicts
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import organisations, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party

BROKER = PLAYERS["steward"].urn
NEED = {"readiness": "4", "licences": "licence"}
OFFER = {"readiness": "6", "licences": "普通许可", "proven": "样机", "unproven": "寿命"}


def person(urn: str) -> Party:
    return Party.objects.get(urn=urn)


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


# --- the shortlist ---


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


def test_names_are_known_and_the_need_engaged_only_with_the_second_yes(asked: Any) -> None:
    row = asked(willing="need")
    assert [(side.side, side.answer) for side in row.sides.order_by("pk")] == [("need", "yes"), ("offer", "")]
    with pytest.raises(introductions.BadIntroduction, match="other side is waited for"):
        introductions.answer(**by(row, "need"), says="yes")
    row = introductions.answer(**by(row, "offer"), says="yes")
    assert (row.state, Listing.objects.get(pk=row.need_id).state) == ("agreed", "engaged")
    assert Clock.objects.get(about=row.urn, name="decide").due == row.need.decides


def test_a_no_says_why_and_leaves_nothing_running(asked: Any) -> None:
    row = asked()
    with pytest.raises(introductions.BadIntroduction, match="choose why"):
        introductions.answer(**by(row, "offer"), says="no")
    row = introductions.answer(**by(row, "offer"), says="no", because="timing")
    assert (row.state, row.because) == ("declined", "timing")
    assert not Clock.objects.filter(name="introduction", stopped_at=None).exists()
    assert not Notice.objects.filter(kind="turn", about__in=row.sides.values("urn"), settled_at=None).exists()


def test_silence_goes_to_the_needs_broker_once_and_a_late_yes_still_counts(asked: Any) -> None:
    row = asked()
    brokering.take(need=row.need, broker=person(BROKER), house=person(BROKER).ties_in.get().source_id, by=BROKER, at=timezone.now())
    Side.objects.update(due=period.day(timezone.now()))
    assert brokering.reroute(at=timezone.now()) == 0  # the last day is not over
    Side.objects.update(due=period.day(timezone.now()) - dt.timedelta(days=1))
    assert [brokering.reroute(at=timezone.now()) for _again in range(2)] == [1, 0]
    assert [notice.to for notice in Notice.objects.filter(about=row.urn, kind="turn")] == [person(BROKER)]
    for side in ("need", "offer"):
        row = introductions.answer(**by(row, side), says="yes")
    assert (row.state, Notice.objects.filter(about=row.urn, kind="turn", settled_at=None).count()) == ("agreed", 0)


def test_a_meeting_takes_both_and_a_new_day_voids_what_was_confirmed(asked: Any) -> None:
    row = asked()
    for side in ("need", "offer"):
        row = introductions.answer(**by(row, side), says="yes")
    today = period.day(timezone.now())
    introductions.arrange(introduction=row, meets=today + dt.timedelta(days=1), by=BROKER, at=timezone.now())
    with pytest.raises(introductions.BadIntroduction, match="the day on which you met"):
        introductions.confirm_met(**by(row, "need"))
    introductions.arrange(introduction=row, meets=today, by=BROKER, at=timezone.now())
    introductions.confirm_met(**by(row, "need"))
    introductions.arrange(introduction=row, meets=today, event="路演", by=BROKER, at=timezone.now())
    assert introductions.confirm_met(**by(row, "offer")).state == "agreed"
    assert introductions.confirm_met(**by(row, "need")).state == "met"


def test_what_is_introduced_is_not_introduced_twice_but_again_after_a_no(asked: Any) -> None:
    row = asked()
    again = {"need": row.need, "offer": row.offer, "person": person(BROKER).pk, "by": BROKER, "at": timezone.now()}
    with pytest.raises(introductions.BadIntroduction, match="already"):
        introductions.ask(**again)
    with pytest.raises(shortlists.BadShortlist, match="being introduced"):
        chosen(row.need)
    introductions.decline(introduction=row, because="timing", by=BROKER, at=timezone.now())
    assert introductions.ask(**again).state == "asked"


def test_a_need_that_is_closed_ends_its_introductions_for_the_same_reason(asked: Any) -> None:
    row = asked()
    listings.close(listing=row.need, because="budget_gone", by=BROKER, at=timezone.now())
    assert [brokering.reroute(at=timezone.now()) for _again in range(2)] == [1, 0]
    row.refresh_from_db()
    assert (row.state, row.because) == ("declined", "budget_gone")


def test_a_second_partner_keeps_the_need_engaged_when_the_first_falls_away(asked: Any, firm: Any, an_offer: Any) -> None:
    first = asked()
    other = an_offer(*firm("北京另一供方有限公司"), "result", "固态电解质另一工艺", OFFER, timezone.now())
    chosen(first.need, first.offer, other)
    second = introductions.ask(need=first.need, offer=other, person=person(BROKER).pk, by=BROKER, at=timezone.now())
    for row in (first, second):
        for side in ("need", "offer"):
            introductions.answer(**by(row, side), says="yes")
    states = []
    for row in (first, second):
        introductions.decline(introduction=row, because="technical", by=BROKER, at=timezone.now())
        states.append(Listing.objects.get(pk=row.need_id).state)
    assert states == ["engaged", "open"]


def test_two_yes_at_once_agree_once(durable_db: None, cast: Any, asked: Any) -> None:
    row = asked()

    def say(side: str) -> str:
        try:
            return introductions.answer(**by(row, side), says="yes").state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        states = sorted(both.map(say, ("need", "offer")))
    assert states == ["agreed", "asked"]
    assert Fact.objects.filter(kind="exchange.introduction_consented").count() == 1


# --- pilots, follow-ups, cards ---


def pilot(row: Introduction, **more: Any) -> Deal:
    trial = {"baseline": "3%", "site": "车间", "data": "不出厂", "safety": "班长批准"}
    agreed = pilots.Agreed(price=100_00, deliverable="样机", due=dt.date(2027, 1, 1), trial=trial | more)
    return pilots.begin(introduction=row, agreed=agreed, by=row.need.owner.urn, at=timezone.now())


def in_force(deal: Deal) -> None:
    deal.state, deal.signed_at = "signed", timezone.now()
    deal.save()


def reading(row: Introduction, side: str = "offer", value: str = "0.4") -> Any:
    told = pilots.Measured("漏检率", Decimal(value), "%", period.day(timezone.now()))
    owner = (row.need if side == "need" else row.offer).owner
    return pilots.log(**by(row, side), told=told, person=owner.pk)


def test_a_pilot_without_limits_is_refused_and_one_is_drawn_up_once(asked: Any) -> None:
    row = met(asked())
    with pytest.raises(introductions.BadIntroduction, match="limits of site"):
        pilot(row, safety=" ")
    deal = pilot(row)
    with pytest.raises(introductions.BadIntroduction, match=deal.number):
        pilot(row)
    deal.state = "cancelled"
    deal.save()
    assert pilot(row).pk != deal.pk


def test_what_no_font_has_is_named_when_an_order_is_drawn_up(asked: Any) -> None:
    row = met(asked())
    with pytest.raises(BadFact, match="😀 ⅓"):
        pilots.order(introduction=row, agreed=pilots.Agreed(price=0, deliverable="样机 😀 ⅓", due=dt.date(2027, 1, 1)), by=BROKER,
                     at=timezone.now())
    assert Deal.objects.count() == 0


def test_a_public_buyer_names_its_procurement_route(asked: Any) -> None:
    row = met(asked())
    Party.objects.filter(pk=row.need.party_id).update(sort="agency")
    agreed = pilots.Agreed(price=0, deliverable="系统", due=dt.date(2027, 1, 1))
    with pytest.raises(introductions.BadIntroduction, match="procurement"):
        pilots.order(introduction=row, agreed=agreed, by=BROKER, at=timezone.now())
    chosen_route = pilots.Agreed(price=0, deliverable="系统", due=dt.date(2027, 1, 1), procurement="innovation")
    assert pilots.order(introduction=row, agreed=chosen_route, by=BROKER, at=timezone.now()).terms["procurement"] == "合作创新采购"


@pytest.mark.parametrize("value", ["999999999.999999", "-999999999.999999", "0.000001"])
def test_every_reading_that_can_be_logged_is_kept_exactly_and_can_be_confirmed(asked: Any, value: str) -> None:
    row = met(asked())
    in_force(pilot(row))
    pilots.confirm_reading(reading=reading(row, value=value), side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    assert row.readings.get().value == Decimal(value)


@pytest.mark.parametrize("value", ["99999999999999.999999", "1000000000", "0.0000001", "NaN", "1e1000000", "-1e-1000000"])
def test_a_reading_that_would_not_be_kept_exactly_is_refused(asked: Any, value: str) -> None:
    row = met(asked())
    in_force(pilot(row))
    with pytest.raises(introductions.BadIntroduction, match="six decimals"):
        reading(row, value=value)


def test_results_that_differ_do_not_measure_a_pilot(asked: Any) -> None:
    row = met(asked())
    in_force(pilot(row))
    told = reading(row)
    with pytest.raises(introductions.BadIntroduction, match="other side"):
        pilots.confirm_reading(reading=told, side="offer", person=row.offer.owner_id, by=BROKER, at=timezone.now())
    pilots.confirm_reading(reading=told, side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    with pytest.raises(introductions.BadIntroduction, match="confirmed stands"):
        pilots.strike(reading=told, side="offer", by=BROKER, at=timezone.now())
    pilots.state_result(**by(row, "offer"), result="met")
    assert pilots.state_result(**by(row, "need"), result="partly").state == "pilot"
    row = pilots.state_result(**by(row, "offer"), result="partly")
    assert (row.state, row.result) == ("measured", "partly")


def test_a_signed_order_ends_the_need_and_its_other_introductions_once(asked: Any) -> None:
    row = met(asked())
    in_force(pilots.order(introduction=row, agreed=pilots.Agreed(price=1, deliverable="许可", due=dt.date(2027, 1, 1)), by=BROKER,
                          at=timezone.now()))
    assert [brokering.reroute(at=timezone.now()) for _again in range(2)] == [1, 0]
    need = Listing.objects.get(pk=row.need_id)
    assert (need.state, need.because, Introduction.objects.get(pk=row.pk).state) == ("closed", "contracted", "ordered")
    with pytest.raises(WrongState):
        introductions.decline(introduction=row, because="price", by=BROKER, at=timezone.now())


def test_follow_ups_come_once_each_and_a_missed_one_is_not_asked_late(asked: Any) -> None:
    row = met(asked())
    told = []
    for days in (13, 14, 14, 45, 90):
        Introduction.objects.filter(pk=row.pk).update(meets=period.day(timezone.now()) - dt.timedelta(days=days))
        follow_ups.ask_due(by=BROKER, at=timezone.now())
        told.append(list(FollowUp.objects.order_by("days").values_list("days", flat=True)))
    assert told == [[], [14], [14], [14, 30], [14, 30, 90]]


def test_rewriting_a_case_card_hides_it_until_both_consent_again(asked: Any) -> None:
    row = met(asked())
    in_force(pilot(row))
    pilots.confirm_reading(reading=reading(row), side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    for side in ("need", "offer"):
        pilots.state_result(**by(row, side), result="met")
    told = {"introduction": row, "title": "案例", "by": BROKER, "at": timezone.now()}
    cards.write(text="第一稿", **told)
    for side in ("need", "offer"):
        cards.consent(**by(row, side))
    assert CaseCard.objects.get().published_at is not None
    cards.write(text="第二稿", **told)
    assert (CaseCard.objects.get().published_at, Side.objects.exclude(card_at=None).count()) == (None, 0)


# --- conflicts ---


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

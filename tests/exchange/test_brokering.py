"""Brokering by its verbs: shortlists, introductions, what goes to the broker, pilots, and what must not happen."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from exchange.pairs import BROKER, OFFER, by, chosen, in_force, met, person, pilot, reading
from fuhua.desk.models import Clock, Notice
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import brokering, cards, disputes, follow_ups, introductions, listings, pilots, shortlists, signing
from fuhua.exchange.models import CaseCard, Deal, FollowUp, Introduction, Listing, Side
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.exchange.queries.brokering import state_of
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.kernel.ui import formats
from fuhua.parties.models import Party

# --- the shortlist ---


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


def test_a_meeting_is_arranged_for_a_day_to_come_within_a_year(asked: Any) -> None:
    row = asked()
    for side in ("need", "offer"):
        row = introductions.answer(**by(row, side), says="yes")
    for days in (-1, 366):
        meets = period.day(timezone.now()) + dt.timedelta(days=days)
        with pytest.raises(introductions.BadIntroduction, match="today or later"):
            introductions.arrange(introduction=row, meets=meets, by=BROKER, at=timezone.now())


def test_reasons_are_those_that_the_side_can_give(asked: Any) -> None:
    row = asked()
    for side, untrue in (("offer", "budget_gone"), ("need", "test_failed"), ("offer", "contracted")):
        with pytest.raises(introductions.BadIntroduction, match="choose why"):
            introductions.answer(**by(row, side), says="no", because=untrue)
    assert introductions.answer(**by(row, "offer"), says="no", because="offer_gone").state == "declined"


# --- pilots, follow-ups, cards ---


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


def test_a_pilot_runs_once_both_have_signed_and_until_then_its_agreement_is_to_be_signed(asked: Any) -> None:
    row = met(asked())
    deal = pilot(row)
    assert state_of(Introduction.objects.get()).en == "pilot’s agreement to be signed"
    in_force(deal)
    assert state_of(Introduction.objects.get()).en == "in pilot"


def test_an_agreement_leaves_the_budget_owner_out_and_tells_its_decision_day_in_the_readers_language(asked: Any) -> None:
    row = met(asked())
    further = agreement_of(pilot(row)).articles[-1][1]
    day = formats.day(row.need.decides)
    assert [(each.zh, each.en) for each in further if day.zh in each.zh] == [(f"决定日期：{day.zh}", f"decision date: {day.en}")]
    assert not any(row.need.budget_owner in each.zh for each in further)


def test_a_pilot_that_falls_through_leaves_the_introduction_where_it_was(asked: Any) -> None:
    row = met(asked())
    signing.cancel(deal=pilot(row), side=row.offer.party_id, by=BROKER, at=timezone.now())
    assert Introduction.objects.get(pk=row.pk).state == "met"
    assert pilots.order(introduction=row, agreed=pilots.Agreed(price=0, deliverable="许可", due=dt.date(2027, 1, 1)), by=BROKER,
                        at=timezone.now()).state == "draft"


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
    deal = pilots.order(introduction=row, agreed=chosen_route, by=BROKER, at=timezone.now())
    assert deal.terms["procurement"] == "合作创新采购"
    assert "procurement route: innovation partnership" in [each.en for each in agreement_of(deal).articles[-1][1]]


@pytest.mark.parametrize("value", ["999999999.999999", "-999999999.999999", "0.000001"])
def test_every_reading_that_can_be_logged_is_kept_exactly_and_can_be_confirmed(asked: Any, value: str) -> None:
    row = met(asked())
    in_force(pilot(row))
    pilots.confirm_reading(reading=reading(row, value=value), side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    assert Introduction.objects.get().pilot.readings.get().value == Decimal(value)


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


def order(row: Introduction) -> Deal:
    agreed = pilots.Agreed(price=1, deliverable="许可", due=dt.date(2027, 1, 1))
    return pilots.order(introduction=row, agreed=agreed, by=BROKER, at=timezone.now())


def sign(deal: Deal) -> None:
    for side, by_person in ((deal.buyer_id, deal.buyer_person), (deal.provider_id, deal.provider_person)):
        signing.sign(deal=deal, side=side, person=by_person.pk, wording=agreement_of(deal).wording, by=by_person.urn, at=timezone.now())


def test_an_introduction_that_ends_leaves_no_contract_to_be_signed(asked: Any) -> None:
    row = met(asked())
    deal = order(row)
    introductions.decline(introduction=row, because="price", by=BROKER, at=timezone.now())
    with pytest.raises(WrongState):
        sign(deal)
    assert (Deal.objects.get().state, Listing.objects.get(pk=row.need_id).state) == ("cancelled", "open")


def test_a_signed_contract_that_is_ended_leaves_the_need_open_and_another_to_be_drawn_up(asked: Any) -> None:
    row = met(asked())
    deal = order(row)
    sign(deal)
    assert (Introduction.objects.get().state, Listing.objects.get(pk=row.need_id).state) == ("ordered", "closed")
    told = {"deal": deal, "by": deal.buyer_person.urn, "at": timezone.now()}
    disputes.dispute(side=deal.buyer_id, because="quality", text="未达指标", person=deal.buyer_person_id, **told)
    disputes.resolve(result="ended", side=None, **told)
    need = Listing.objects.get(pk=row.need_id)
    assert (Introduction.objects.get().state, need.state, need.because) == ("ordering", "open", "")
    assert Notice.objects.filter(about=need.urn, kind="changed", to=need.owner_id).exists()
    assert Notice.objects.filter(about=row.urn, kind="turn", office="steward", settled_at=None).exists()
    again = order(row)
    sign(again)
    assert (Introduction.objects.get().order, Listing.objects.get(pk=row.need_id).because) == (again, "contracted")


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

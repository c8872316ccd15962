"""What was used: told within what can have been used, by the user's word too before it counts, and fees that are no service."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exchange.lab import NOW, Lab, clock
from fuhua.evidence.proof.figure import Terms
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import (
    absences,
    deliveries,
    disputes,
    metering,
    outcomes,
    ratings,
    reservations,
    resources,
    settlements,
    slot_clock,
)
from fuhua.exchange.actions.deals import BadDeal
from fuhua.exchange.actions.holding import BadSlot
from fuhua.exchange.facts import PlatformRegistered, UseMetered
from fuhua.exchange.models import Deal, Outcome, Reservation, Resource, Use
from fuhua.exchange.queries import deals, overview, scorecards, vouchers
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.plan.indicators.i03_professional_platforms import SPEC as I3

OFFICER = PLAYERS["city_officer"].urn
END = dt.date(2026, 6, 30)


@pytest.fixture
def lab(firm: Any, an_offer: Any) -> Lab:
    return Lab(firm, an_offer)


def tell(lab: Lab, row: Reservation, used: int, at: str, **more: Any) -> Use:
    """The host tells the minutes used at that time."""
    return metering.tell_minutes(reservation=row, used=used, meter=lab.account.party_id, by=lab.by, at=clock(at), **more)


def use(lab: Lab, who: Any, day: str) -> Deal:
    """An hour of that day is booked, told by the host, and the statement waits for the user."""
    row = lab.book(lab.microscope, who, day, "09:00", "10:00", at=clock(f"{day}T08:00"))
    return tell(lab, row, 60, f"{day}T10:00").deal


def accept(deal: Deal, who: Any, at: str) -> None:
    deliveries.accept(deliverable=deal.deliverables.get(), by=who[1].party.urn, at=clock(at))


def metered(platform: Party) -> list[tuple[int, int]]:
    return [(each.grade, each.fact.fee) for each in told_of(platform.urn, UseMetered, on=END)]


def i3(platform: Party) -> str:
    told = told_of(platform.urn, PlatformRegistered, UseMetered, on=END)
    return I3.definitions[0].judge(told, END, Terms(since=dt.date(2022, 12, 31), until=END)).reason


def test_the_host_tells_no_more_minutes_than_can_have_been_used(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    lab.book(lab.microscope, two, "2025-07-01", "12:00", "13:00")
    alone = lab.book(lab.microscope, two, "2025-07-01", "13:00", "14:00")
    for of, used, at, most in ((row, 44_640, "2025-07-01T09:01", 1), (row, 181, "2025-07-02T09:00", 180),
                               (alone, 301, "2025-07-02T09:00", 300)):
        with pytest.raises(BadSlot, match=f"^{most} minutes at most"):
            tell(lab, of, used, at)
    assert tell(lab, row, 180, "2025-07-02T09:00").minutes == 180


def test_who_forgets_to_check_out_is_metered_for_what_can_have_been_used(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    metering.check_in(reservation=row, by=who[1].party.urn, at=clock("2025-07-01T09:10"))
    found = metering.check_out(reservation=row, meter=who[1].party_id, by=who[1].party.urn, at=clock("2025-07-04T09:00"))
    assert found.minutes == 300  # from nine, four hours past the end


def test_an_operator_is_charged_only_when_asked_for_and_no_longer_than_the_use(lab: Lab) -> None:
    resources.set_up(offer=lab.microscope.offer, operator_price=300_00, by=lab.by, at=NOW)
    who = lab.venture("北京甲科技有限公司")
    alone = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    helped = lab.book(lab.microscope, who, "2025-07-01", "10:00", "11:00", operator=True)
    for row, operator_minutes in ((alone, 10), (helped, 61)):
        with pytest.raises(BadSlot, match="operator"):
            tell(lab, row, 60, "2025-07-01T11:00", operator_minutes=operator_minutes)
    assert tell(lab, helped, 60, "2025-07-01T11:00", operator_minutes=60).fee == 800_00 + 300_00


def test_use_is_never_more_than_the_open_time(lab: Lab) -> None:
    row = lab.book(lab.microscope, lab.venture("北京甲科技有限公司"), "2025-07-01", "09:00", "18:00")
    tell(lab, row, 13 * 60, "2025-07-02T09:00")
    day = dt.date(2025, 7, 1)
    [found] = overview.utilisation(Resource.objects.filter(pk=lab.microscope.pk), day, day)
    assert (found.used_hours, found.open_hours, found.share) == (13, 13, 1)


def test_what_the_host_tells_is_declared_until_the_user_accepts_and_void_once_the_statement_fell(lab: Lab, cast: Any) -> None:
    platform, who = lab.on_platform(lab.microscope), lab.venture("北京甲科技有限公司")
    deal = use(lab, who, "2025-07-01")
    assert metered(platform) == [(Grade.DECLARED, 0)]
    accept(deal, who, "2025-07-02T09:00")
    assert metered(platform) == [(Grade.COUNTERPART, 800_00)]
    for result, expected in (("redeliver", [(Grade.COUNTERPART, 0)]), ("ended", [])):
        disputes.dispute(deal=deal, side=who[0].pk, because="price", text="从未到场", person=who[1].party_id, by=who[1].party.urn,
                         at=clock("2025-07-03T09:00"))
        disputes.resolve(deal=deal, result=result, side=None, by=OFFICER, at=clock("2025-07-04T09:00"))
        assert metered(platform) == expected


def test_nobody_of_the_host_writes_a_fee_into_the_use_that_they_told(lab: Lab, visit: Any) -> None:
    lab.on_platform(lab.microscope)
    use(lab, lab.venture("北京甲科技有限公司"), "2025-07-01")
    assert visit(lab.account).open(f"/evidence/facts/{Use.objects.get().digest}/correct/").status == 404


def test_use_by_check_in_and_out_stays_born_of_the_system(lab: Lab) -> None:
    platform, who = lab.on_platform(lab.microscope), lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    metering.check_in(reservation=row, by=who[1].party.urn, at=clock("2025-07-01T09:00"))
    found = metering.check_out(reservation=row, meter=who[1].party_id, by=who[1].party.urn, at=clock("2025-07-01T10:00"))
    assert metered(platform) == [(Grade.SYSTEM, 0)]
    accept(found.deal, who, "2025-07-02T09:00")
    assert metered(platform) == [(Grade.SYSTEM, 800_00)]


def test_a_platform_counts_only_with_use_that_three_ventures_accepted(lab: Lab) -> None:
    platform = lab.on_platform(lab.microscope)
    users = [lab.venture(f"北京{name}科技有限公司") for name in "甲乙丙"]
    told = [use(lab, who, f"2025-07-0{day}") for day, who in enumerate(users, 1)]
    assert i3(platform) == "unused"
    for deal, who, expected in zip(told, users, ("too_few_users", "too_few_users", "counted"), strict=True):
        accept(deal, who, "2025-07-04T09:00")
        assert i3(platform) == expected


def test_a_parks_use_of_a_platform_is_metered(lab: Lab) -> None:
    platform, park = lab.on_platform(lab.microscope), lab.venture("北京某园区", "park")
    use(lab, park, "2025-07-01")
    assert told_of(platform.urn, UseMetered, on=END)[0].fact.user == park[0].urn


def test_nobody_begins_early_in_anothers_time_in_a_closure_or_before_it_opens(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    first = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    after = lab.book(lab.microscope, two, "2025-07-01", "10:00", "11:00")
    closed = lab.book(lab.microscope, two, "2025-07-01", "13:00", "14:00")
    free = lab.book(lab.microscope, two, "2025-07-01", "16:00", "17:00")
    resources.close_days(resource=lab.microscope, start=clock("2025-07-01T12:00"), end=clock("2025-07-01T13:00"), reason="检修", by=lab.by,
                         at=NOW)
    for row, at in ((first, "08:45"), (after, "09:40"), (closed, "12:45")):
        with pytest.raises(BadSlot, match="check in when it begins"):
            metering.check_in(reservation=row, by=two[1].party.urn, at=clock(f"2025-07-01T{at}"))
    assert metering.check_in(reservation=first, by=one[1].party.urn, at=clock("2025-07-01T09:45")).state == "running"
    metering.check_out(reservation=first, meter=one[1].party_id, by=one[1].party.urn, at=clock("2025-07-01T09:50"))
    assert metering.check_in(reservation=free, by=two[1].party.urn, at=clock("2025-07-01T15:31")).state == "running"


def test_a_no_show_fee_is_no_service_for_vouchers_scorecards_ratings_and_outcomes(lab: Lab, cast: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2026-03-03", "09:00", "17:00", at=clock("2026-03-02T09:00"))
    absences.miss(reservation=row, by=lab.by, at=clock("2026-03-03T10:00"))
    slot_clock.tick(by=OFFICER, at=clock("2026-03-20T10:00"))
    deal = Deal.objects.get()
    accept(deal, who, "2026-03-21T10:00")
    assert scorecards.scorecards([lab.house.pk], END)[lab.house.pk].count == 0
    day, at = dt.date(2026, 3, 21), clock("2026-03-22T10:00")
    agency = Party.objects.filter(sort="agency").first()
    public = settlements.Payment(deal.total, "R-1", day, rule="voucher", award="京科发1号")
    own = settlements.Payment(deal.total, "R-2", day)
    with pytest.raises(BadDeal, match="is no service"):
        settlements.pay(deal=deal, payer=agency, payment=public, teller="buyer", by=OFFICER, at=at)
    settlements.pay(deal=deal, payer=who[0], payment=own, teller="buyer", by=who[1].party.urn, at=at)
    with pytest.raises(BadDeal, match="is not rated"):
        ratings.rate(deal=deal, side=who[0].pk, points=5, text="", by=who[1].party.urn, at=at)
    assert deals.first_settled(who[0], "buyer", ("equipment",)) is None
    assert outcomes.ask_due(at=clock("2026-10-20T10:00")) == 0


def test_the_outcome_of_slots_is_asked_once_for_an_offer_and_buyer(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    for day, who in (("2025-07-01", one), ("2025-07-02", one), ("2025-07-03", two)):
        accept(use(lab, who, day), who, f"{day}T18:00")
    assert [outcomes.ask_due(at=clock(day)) for day in ("2026-01-10T09:00", "2026-02-10T09:00", "2026-07-10T09:00")] == [2, 0, 2]
    assert set(Outcome.objects.values_list("deal__buyer", "months")) == {(who[0].pk, months) for who in (one, two) for months in (6, 12)}


def test_statements_of_use_and_deals_of_the_affiliated_tell_nothing_of_punctuality(lab: Lab, a_deal: Any, at: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    accept(use(lab, who, "2025-07-01"), who, "2025-07-02T09:00")
    deal, _buyer, provider = a_deal(when=at("2026-03-02"))
    Deal.objects.filter(pk=deal.pk).update(affiliated=True, signed_at=at("2026-03-02"))
    found = scorecards.scorecards([lab.house.pk, provider[0].pk], END)
    assert [found[pk].count for pk in (lab.house.pk, provider[0].pk)] == [0, 0]
    verdict = vouchers.verdict_of(Deal.objects.get(pk=deal.pk), END)
    assert (verdict.answer, vouchers.why_not(verdict).zh) == ("not_eligible", "双方存在关联，不能使用财政资金")


def test_a_booking_cancelled_by_its_user_late_is_charged_as_a_fee(lab: Lab) -> None:
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=30, by=lab.by, at=NOW)
    who = lab.venture("北京甲科技有限公司")
    reservations.cancel(reservation=lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00"), by=who[1].party.urn, at=NOW)
    slot_clock.tick(by=OFFICER, at=clock("2025-07-20T10:00"))
    assert list(Deal.objects.values_list("fee", "total")) == [(True, 240_00)]

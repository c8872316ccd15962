"""Bookings from end to end below the pages: held once, moved, freed for the line, missed, metered, and rescued from faults."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from exchange.lab import NOW, Lab, clock, told
from fuhua.config import door
from fuhua.desk.models import Ask
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import (
    absences,
    metering,
    qualifications,
    reservations,
    resources,
    slot_clock,
    statements,
    ticking,
    waiting,
)
from fuhua.exchange.actions.holding import BadSlot, Refused
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import ALWAYS
from fuhua.exchange.models import Deal, Fault, Reservation, Waiting
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.words import TieKind

OFFICER = PLAYERS["city_officer"].urn


@pytest.fixture
def lab(firm: Any, an_offer: Any) -> Lab:
    return Lab(firm, an_offer)


def test_a_slot_is_held_once_and_the_second_is_told_the_next_free_one(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "12:30")
    assert (row.state, row.hour, told(row)) == ("held", 800_00, ["exchange.slot_booked"])
    with pytest.raises(Refused) as refused:
        lab.book(lab.microscope, two, "2025-07-01", "12:00", "13:00")
    assert refused.value.codes == ("taken",)
    assert refused.value.free == (clock("2025-07-01T12:30"), clock("2025-07-01T13:30"))
    assert lab.book(lab.microscope, two, "2025-07-01", "12:30", "13:30").state == "held"  # touching is not overlapping


def test_the_database_itself_refuses_a_second_holder_and_lets_cancelled_ones_be(lab: Lab) -> None:
    row = lab.book(lab.microscope, lab.venture("北京甲科技有限公司"), "2025-07-01", "09:00", "12:00")
    same = {"resource": row.resource, "person": row.person, "organisation": row.organisation, "booked_at": NOW}

    def put(start: str, end: str, state: str, number: int) -> Reservation:
        times = {"start": clock(start), "end": clock(end), "booked_end": clock(end)}
        return Reservation.objects.create(urn=f"urn:fuhua:booking:{number}", state=state, **times, **same)

    for number, (start, end) in enumerate([("2025-07-01T11:59", "2025-07-01T13:00"), ("2025-07-01T08:00", "2025-07-01T09:01"),
                                           ("2025-07-01T10:00", "2025-07-01T10:30"), ("2025-07-01T08:00", "2025-07-01T18:00")]):
        with pytest.raises(IntegrityError, match="slot_held_once"), transaction.atomic():
            put(start, end, "held", number)
    assert put("2025-07-01T12:00", "2025-07-01T13:00", "used", 10).pk
    cancelled = put("2025-07-01T09:00", "2025-07-01T12:00", "cancelled", 11)
    with pytest.raises(IntegrityError, match="slot_held_once"), transaction.atomic():
        Reservation.objects.filter(pk=cancelled.pk).update(state="held")
    with pytest.raises(IntegrityError, match="slot_held_once"), transaction.atomic():
        Reservation.objects.filter(pk=row.pk).update(end=clock("2025-07-01T12:01"))


def test_without_training_nobody_books_and_training_is_asked_for_once(lab: Lab) -> None:
    sem = lab.instrument("透射电镜", qualify=True)
    house, account = lab.venture("北京甲科技有限公司")
    with pytest.raises(Refused) as refused:
        lab.book(sem, (house, account), "2025-07-01", "09:00", "10:00")
    assert refused.value.codes == ("unqualified",)
    asked = [qualifications.ask_training(resource=sem, person=account.party_id, organisation=house.pk, by=account.party.urn, at=NOW)
             for _again in range(2)]
    assert {(each.pk, each.kind, each.asked_id) for each in asked} == {(asked[0].pk, "training", lab.house.pk)}
    lab.train(sem, account)
    row = lab.book(sem, (house, account), "2025-07-01", "09:00", "10:00")
    qualifications.withdraw(qualification=sem.qualifications.get(), by=lab.by, at=NOW)
    assert Reservation.objects.get(pk=row.pk).state == "held"
    with pytest.raises(Refused):
        lab.book(sem, (house, account), "2025-07-02", "09:00", "10:00")


def test_a_qualification_that_expires_before_the_slot_does_not_count(lab: Lab) -> None:
    sem = lab.instrument("透射电镜", qualify=True)
    who = lab.venture("北京甲科技有限公司")
    qualifications.grant(resource=sem, person=who[1].party, expires=dt.date(2025, 7, 1), by=lab.by, at=NOW)
    assert lab.book(sem, who, "2025-07-01", "09:00", "10:00").state == "held"
    with pytest.raises(Refused):
        lab.book(sem, who, "2025-07-02", "09:00", "10:00")


def test_the_price_goes_by_who_the_user_is_and_stays_as_agreed(lab: Lab) -> None:
    tenant = lab.venture("北京驻所科技有限公司")
    firm, park = lab.venture("北京乙科技有限公司", "firm"), lab.venture("北京丙园区", "park")
    ties.attest(kind=TieKind.RESIDES, source=tenant[0], target=lab.house, by=OFFICER, at=NOW)
    rows = [lab.book(lab.microscope, who, "2025-07-01", f"{hour:02}:00", f"{hour + 1:02}:00")
            for hour, who in enumerate((tenant, firm, park, (lab.house, lab.account)), 9)]
    assert [row.hour for row in rows] == [500_00, 800_00, 1_000_00, 0]
    resources.set_prices(resource=lab.microscope, prices={"university": Rate(1)}, by=lab.by, at=NOW)
    assert Reservation.objects.get(pk=rows[1].pk).hour == 800_00
    with pytest.raises(Refused) as refused:
        lab.book(lab.microscope, firm, "2025-07-02", "09:00", "10:00")
    assert refused.value.codes == ("price",)


def test_a_booking_moves_by_the_rules_and_what_it_leaves_goes_to_the_line(lab: Lab) -> None:
    one, two, three = (lab.venture(f"北京{name}科技有限公司") for name in "甲乙丙")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "18:00")
    places = [waiting.wait(resource=lab.microscope, organisation=house, person=account.party_id, start=clock("2025-07-01T09:00"),
                           end=clock("2025-07-01T18:00"), minutes=length, by=account.party.urn, at=NOW)
              for (house, account), length in ((two, 300), (three, 240))]
    assert [place.state for place in places] == ["waiting", "waiting"]
    moved = reservations.move(reservation=row, start=clock("2025-07-02T09:00"), end=clock("2025-07-02T18:00"), by=one[1].party.urn, at=NOW)
    assert (moved.state, told(row)) == ("held", ["exchange.slot_booked", "exchange.slot_moved"])
    offers = [Waiting.objects.get(pk=place.pk).offered for place in places]
    assert [(offer.state, offer.start, offer.end) for offer in offers] == [
        ("offered", clock("2025-07-01T09:00"), clock("2025-07-01T14:00")),
        ("offered", clock("2025-07-01T14:00"), clock("2025-07-01T18:00"))]
    with pytest.raises(Refused):  # an offer keeps the slot from others
        lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    taken = reservations.take(reservation=offers[0], by=two[1].party.urn, at=NOW + dt.timedelta(hours=1))
    assert (taken.state, told(taken)) == ("held", ["exchange.slot_booked"])
    assert slot_clock.tick(by=OFFICER, at=NOW + dt.timedelta(hours=4))["lapsed"] == 1
    assert [Waiting.objects.get(pk=place.pk).state for place in places] == ["taken", "left"]
    with pytest.raises(WrongState):
        reservations.take(reservation=offers[1], by=three[1].party.urn, at=NOW + dt.timedelta(hours=4))


def test_shortening_frees_the_end_and_the_booked_length_is_remembered(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "12:00")
    row = reservations.shorten(reservation=row, end=clock("2025-07-01T10:00"), by=one[1].party.urn, at=NOW)
    assert (row.end, row.booked_end) == (clock("2025-07-01T10:00"), clock("2025-07-01T12:00"))
    assert lab.book(lab.microscope, two, "2025-07-01", "10:00", "12:00").state == "held"
    with pytest.raises(BadSlot):
        reservations.shorten(reservation=row, end=clock("2025-07-01T11:00"), by=one[1].party.urn, at=NOW)


def test_a_booking_is_shortened_on_the_step_and_to_the_shortest_at_least(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    resources.set_up(offer=lab.microscope.offer, shortest=30, by=lab.by, at=NOW)
    row = lab.book(lab.microscope, who, "2025-07-01", "10:00", "12:00")
    with pytest.raises(Refused) as refused:
        reservations.shorten(reservation=row, end=clock("2025-07-01T10:10"), by=who[1].party.urn, at=NOW)
    assert [each.text.zh for each in refused.value.refusals] == [
        "结束时间以 15 分钟为一格，最近的是 2025年7月1日 10:15", "至少预约 30 分钟，请把结束改为 2025年7月1日 10:30 或更晚"]
    assert reservations.shorten(reservation=row, end=clock("2025-07-01T10:30"), by=who[1].party.urn, at=NOW).state == "held"


def test_moving_or_shortening_first_is_no_way_round_the_fee_for_a_late_cancellation(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    by = who[1].party.urn
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=30, by=lab.by, at=NOW)
    early, late, short = (lab.book(lab.microscope, who, f"2025-07-0{day}", hour, f"{int(hour[:2]) + 2}:00")
                          for day, hour in ((3, "09:00"), (1, "09:00"), (1, "11:00")))
    later = {"start": clock("2025-07-08T09:00"), "end": clock("2025-07-08T10:00")}
    reservations.move(reservation=late, **later, by=by, at=NOW)
    reservations.move(reservation=early, **{name: each + dt.timedelta(hours=2) for name, each in later.items()}, by=by, at=NOW)
    reservations.shorten(reservation=short, end=clock("2025-07-01T11:30"), by=by, at=NOW)
    assert [reservations.cancel(reservation=each, by=by, at=NOW).fee for each in (early, late, short)] == [0, 480_00, 480_00]


def test_cancelling_in_time_is_free_and_late_it_costs_what_the_rules_say(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=30, by=lab.by, at=NOW)
    early = lab.book(lab.microscope, who, "2025-07-02", "09:00", "10:00")
    late = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    rows = [reservations.cancel(reservation=each, by=who[1].party.urn, at=NOW) for each in (early, late)]
    assert [(row.state, row.fee, row.fee_state) for row in rows] == [("cancelled", 0, "none"), ("cancelled", 240_00, "due")]
    with pytest.raises(WrongState):
        reservations.cancel(reservation=late, by=who[1].party.urn, at=NOW)


def test_the_rules_stay_as_agreed_at_booking_whatever_the_host_sets_later(lab: Lab, visit: Any) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    rows = [lab.book(lab.microscope, one, "2025-07-09", "10:00", "18:00"), lab.book(lab.microscope, two, "2025-07-01", "09:00", "11:00")]
    resources.set_up(offer=lab.microscope.offer, cancel_hours=720, cancel_percent=100, miss_percent=100, by=lab.by, at=NOW)
    user = visit(one[1]).open(f"/exchange/bookings/{rows[0].pk}/")
    assert user.sees("开始前随时可免费取消", "开始后 30 分钟未到场为爽约，收价格的 50%")
    user.client.post(f"/exchange/bookings/{rows[0].pk}/cancel/")
    slot_clock.tick(by=OFFICER, at=clock("2025-07-01T09:30"))
    assert [Reservation.objects.get(pk=row.pk).fee for row in rows] == [0, 800_00]


def test_a_no_show_is_marked_after_grace_and_its_fee_is_charged_unless_appealed(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    rows = [lab.book(lab.microscope, one, "2025-07-01", "09:00", "11:00"), lab.book(lab.microscope, two, "2025-07-01", "11:00", "12:00")]
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-01T09:29"))["missed"] == 0
    assert [slot_clock.tick(by=OFFICER, at=clock("2025-07-01T11:30"))["missed"] for _again in range(2)] == [2, 0]
    rows = [Reservation.objects.get(pk=row.pk) for row in rows]
    assert [(row.state, row.fee, row.fee_state, row.appeal_until) for row in rows] == [
        ("no_show", 800_00, "due", dt.date(2025, 7, 8)), ("no_show", 400_00, "due", dt.date(2025, 7, 8))]
    case = absences.appeal(reservation=rows[0], text="当天园区停电", by=one[1].party.urn, at=clock("2025-07-02T09:00"))
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-09T09:00"))["charged"] == 1
    assert [(deal.buyer_id, deal.total, deal.state) for deal in Deal.objects.all()] == [(two[0].pk, 400_00, "delivered")]
    absences.waive(reservation=rows[0], person=lab.account.party_id, text="停电属实，免除", by=lab.by, at=clock("2025-07-09T10:00"))
    assert (Ask.objects.get(pk=case.pk).state, Reservation.objects.get(pk=rows[0].pk).fee_state) == ("answered", "waived")
    assert Deal.objects.count() == 1
    assert told(rows[0]) == ["exchange.slot_booked", "exchange.slot_ended", "exchange.slot_fee_decided", "exchange.slot_fee_decided"]


def test_one_bad_row_or_chore_does_not_stop_the_clock(lab: Lab, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [lab.book(lab.microscope, lab.venture(f"北京{name}科技有限公司"), "2025-07-01", *span)
            for name, span in (("甲", ("09:00", "10:00")), ("乙", ("11:00", "12:00")))]
    for row in rows:
        absences.miss(reservation=row, by=lab.by, at=clock("2025-07-01T11:30"))

    def draw_up(row: Reservation, *told: Any, **more: Any) -> Deal:
        if row.pk == rows[0].pk:
            raise RuntimeError(row.organisation.name)
        return drawn(row, *told, **more)

    def broken(*, at: dt.datetime) -> int:
        raise RuntimeError(at)

    drawn = statements.draw_up
    monkeypatch.setattr(statements, "draw_up", draw_up)
    monkeypatch.setattr(ticking, "CHORES", (broken, *ticking.CHORES))
    assert door.main(["exchange", "tick"]) == 1
    assert [Reservation.objects.get(pk=row.pk).fee_state for row in rows] == ["due", "charged"]
    out, logged = capfd.readouterr()
    assert ("slot_clock: 1，1 项失败" in out, "test_booking: 0，1 项失败" in out, "outcomes: 0\n" in out) == (True, True, True)
    assert (rows[0].urn in logged, "北京甲" in logged) == (True, False)


def test_nobody_is_a_no_show_before_the_grace_time_is_over(lab: Lab) -> None:
    row = lab.book(lab.microscope, lab.venture("北京甲科技有限公司"), "2025-07-01", "09:00", "17:00")
    with pytest.raises(BadSlot, match="09:30"):
        absences.miss(reservation=row, by=lab.by, at=clock("2025-07-01T09:29"))
    assert absences.miss(reservation=row, by=lab.by, at=clock("2025-07-01T09:30")).state == "no_show"


def test_the_host_pays_no_fee_for_its_own_late_cancellation(lab: Lab) -> None:
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=50, by=lab.by, at=NOW)
    resources.set_prices(resource=lab.microscope, prices={"all": Rate(1_000_00), "own": Rate(100_00)}, by=lab.by, at=NOW)
    own = lab.book(lab.microscope, (lab.house, lab.account), "2025-07-01", "09:00", "11:00")
    row = reservations.cancel(reservation=own, by=lab.by, at=NOW)
    assert (row.fee, row.fee_state) == (0, "none")


def test_a_booking_given_back_early_or_missed_still_counts_for_the_day(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    resources.set_up(offer=lab.microscope.offer, per_day=1, by=lab.by, at=NOW)
    used = lab.book(lab.microscope, one, "2025-07-01", "09:00", "11:00")
    metering.check_in(reservation=used, by=one[1].party.urn, at=clock("2025-07-01T09:00"))
    metering.check_out(reservation=used, meter=one[1].party_id, by=one[1].party.urn, at=clock("2025-07-01T09:20"))
    lab.book(lab.microscope, two, "2025-07-01", "12:00", "13:00")
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-01T12:30"))["missed"] == 1
    for who in (one, two):
        with pytest.raises(Refused) as refused:
            lab.book(lab.microscope, who, "2025-07-01", "16:00", "17:00", clock("2025-07-01T13:00"))
        assert refused.value.codes == ("per_day",)


def test_what_was_missed_still_keeps_the_next_booking_of_the_person_apart(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    resources.set_up(offer=lab.microscope.offer, apart=60, by=lab.by, at=NOW)
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "11:00")
    slot_clock.tick(by=OFFICER, at=clock("2025-07-01T09:30"))
    with pytest.raises(Refused) as refused:
        lab.book(lab.microscope, who, "2025-07-01", "11:30", "12:00", clock("2025-07-01T09:30"))
    assert refused.value.codes == ("apart",)
    assert lab.book(lab.microscope, who, "2025-07-01", "12:00", "13:00", clock("2025-07-01T09:30")).state == "held"


def test_a_slot_that_is_over_when_the_grace_ends_is_no_no_show_nor_is_the_hosts_own(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "09:30")
    lab.book(lab.microscope, who, "2025-07-01", "10:00", "10:45")
    lab.book(lab.microscope, (lab.house, lab.account), "2025-07-01", "11:00", "12:00")
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-01T15:00"))["missed"] == 1
    assert Reservation.objects.get(state="no_show").start == clock("2025-07-01T10:00")


def test_the_hosts_own_people_need_no_training_and_others_do(lab: Lab) -> None:
    resources.set_up(offer=lab.microscope.offer, qualify=True, by=lab.by, at=NOW)
    who = lab.venture("北京甲科技有限公司")
    with pytest.raises(Refused) as refused:
        lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    assert refused.value.codes == ("unqualified",)
    assert lab.book(lab.microscope, (lab.house, lab.account), "2025-07-01", "09:00", "10:00").state == "held"
    place = waiting.wait(resource=lab.microscope, organisation=lab.house, person=lab.account.party_id, start=clock("2025-07-01T11:00"),
                         end=clock("2025-07-01T12:00"), minutes=60, by=lab.by, at=NOW)
    assert place.state == "offered"


def test_an_appeal_that_fails_is_charged_with_the_hosts_reason(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "11:00")
    slot_clock.tick(by=OFFICER, at=clock("2025-07-01T10:00"))
    with pytest.raises(BadSlot):
        absences.appeal(reservation=row, text="晚了", by=who[1].party.urn, at=clock("2025-07-09T09:00"))
    absences.appeal(reservation=row, text="路上堵车", by=who[1].party.urn, at=clock("2025-07-02T09:00"))
    absences.uphold(reservation=row, person=lab.account.party_id, text="堵车不属免责情形", by=lab.by, at=clock("2025-07-03T09:00"))
    assert [(deal.total, deal.state) for deal in Deal.objects.all()] == [(800_00, "delivered")]
    assert Ask.objects.get(kind="fee_appeal").state == "answered"


def test_nobody_is_blamed_when_the_instrument_was_in_use_or_out_of_order(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    first = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    lab.book(lab.microscope, two, "2025-07-01", "10:00", "11:00")
    metering.check_in(reservation=first, by=one[1].party.urn, at=clock("2025-07-01T09:05"))
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-01T10:45"))["missed"] == 0  # the user before runs late
    other = lab.instrument("另一台")
    lab.book(other, two, "2025-07-01", "10:00", "11:00")
    Fault.objects.create(resource=other, person=lab.account.party, text="真空泵", stops=True, since=clock("2025-07-01T09:30"),
                         until=clock("2025-07-01T12:00"))
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-01T10:45"))["missed"] == 0


def test_use_is_metered_on_the_platform_and_becomes_a_statement_to_accept(lab: Lab) -> None:
    platform, who = lab.on_platform(lab.microscope), lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "18:00")
    metering.check_in(reservation=row, by=who[1].party.urn, at=clock("2025-07-01T09:00"))
    use = metering.check_out(reservation=row, meter=who[1].party_id, by=who[1].party.urn, at=clock("2025-07-01T12:30"))
    assert (use.minutes, use.fee, use.affiliated, use.deal.total, use.deal.state) == (210, 2_800_00, False, 2_800_00, "delivered")
    assert use.deal.lines == [
        {"item": "使用时长（费用见下行）", "quantity": 210, "unit": "分钟", "price": 0},
        {"item": "扫描电镜 S-4800：使用 210 分钟 × 800.00 元/小时", "quantity": 1, "unit": "次", "price": 2_800_00}]
    metered = Fact.objects.get(kind="exchange.use_metered")
    assert (metered.subject, '"minutes":210' in metered.body, '"affiliation":"none"' in metered.body) == (platform.urn, True, True)
    assert Reservation.objects.get(pk=row.pk).end == clock("2025-07-01T12:30")  # the rest is free for others
    with pytest.raises(WrongState):
        metering.check_out(reservation=row, meter=who[1].party_id, by=who[1].party.urn, at=clock("2025-07-01T12:31"))


def test_what_was_booked_under_a_title_that_no_font_has_is_used_and_charged_all_the_same(lab: Lab) -> None:
    scope, who = lab.instrument("扫描电镜 🔬"), lab.venture("北京甲科技有限公司")
    row = lab.book(scope, who, "2025-07-01", "09:00", "10:00")
    metering.check_in(reservation=row, by=who[1].party.urn, at=clock("2025-07-01T09:00"))
    use = metering.check_out(reservation=row, meter=who[1].party_id, by=who[1].party.urn, at=clock("2025-07-01T10:00"))
    missed = lab.book(scope, who, "2025-07-02", "09:00", "10:00")
    absences.miss(reservation=missed, by=lab.by, at=clock("2025-07-02T09:40"))
    assert (use.deal.state, absences.charge_due(by=OFFICER, at=clock("2025-07-25T12:00")), Deal.objects.count()) == ("delivered", 1, 2)


def test_the_hosts_own_use_is_metered_as_its_own_without_a_statement(lab: Lab) -> None:
    lab.on_platform(lab.microscope)
    row = lab.book(lab.microscope, (lab.house, lab.account), "2025-07-01", "09:00", "11:00")
    use = metering.tell_minutes(reservation=row, used=90, meter=lab.account.party_id, by=lab.by, at=clock("2025-07-01T10:40"))
    assert (use.affiliated, use.deal, use.fee) == (True, None, 0)
    assert '"affiliation":"self"' in Fact.objects.get(kind="exchange.use_metered").body


def test_the_operators_time_is_credited_in_the_statement(lab: Lab) -> None:
    resources.set_up(offer=lab.microscope.offer, operator_price=120_00, by=lab.by, at=NOW)
    row = lab.book(lab.microscope, lab.venture("北京甲科技有限公司"), "2025-07-01", "09:00", "11:00", operator=True)
    use = metering.tell_minutes(reservation=row, used=120, operator_minutes=45, meter=lab.account.party_id, by=lab.by,
                                at=clock("2025-07-01T11:00"))
    assert (use.fee, use.operator_minutes) == (1_600_00 + 90_00, 45)


def test_a_calendar_opens_with_hours_and_prices_and_only_for_bookable_kinds(lab: Lab, a_need: Any, an_offer: Any) -> None:
    offer = an_offer(lab.house, lab.account, "equipment", "新电镜", {"instrument": "扫描电镜"}, NOW)
    row = resources.set_up(offer=offer, by=lab.by, at=NOW)
    with pytest.raises(BadSlot, match="opening hours, prices"):
        resources.publish_calendar(resource=row, by=lab.by, at=NOW)
    with pytest.raises(BadSlot, match="time zone"):
        resources.set_up(offer=offer, zone="Mars/Olympus", by=lab.by, at=NOW)
    with pytest.raises(BadSlot, match="cannot be longer"):
        resources.set_up(offer=offer, shortest=90, longest=60, by=lab.by, at=NOW)
    need = a_need(lab.house, lab.account, "equipment", "需要电镜", {"instrument": "扫描电镜"}, NOW)
    with pytest.raises(BadSlot, match="bookable"):
        resources.set_up(offer=need, by=lab.by, at=NOW)


def test_whoever_waits_for_what_is_free_is_offered_it_at_once(lab: Lab) -> None:
    house, account = lab.venture("北京甲科技有限公司")
    resources.set_hours(resource=lab.microscope, hours=ALWAYS, by=lab.by, at=NOW)
    place = waiting.wait(resource=lab.microscope, organisation=house, person=account.party_id, start=NOW, end=NOW + dt.timedelta(days=1),
                         minutes=60, by=account.party.urn, at=NOW)
    assert (place.state, place.offered.start, place.offered.offer_until) == ("offered", NOW, NOW)
    with pytest.raises(BadSlot):
        waiting.wait(resource=lab.microscope, organisation=house, person=account.party_id, start=NOW, end=NOW + dt.timedelta(days=1),
                     minutes=60, by=account.party.urn, at=NOW)

"""Faults and closures: what they cancel, who says how long, what is offered instead, and when it is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exchange.lab import NOW, Lab, clock
from fuhua.desk.models import Notice
from fuhua.exchange.actions import (
    faults,
    reservations,
    resources,
    slot_clock,
)
from fuhua.exchange.actions.holding import BadSlot, Refused
from fuhua.exchange.models import Reservation
from fuhua.parties.actions.cast import PLAYERS

OFFICER = PLAYERS["city_officer"].urn


@pytest.fixture
def lab(firm: Any, an_offer: Any) -> Lab:
    return Lab(firm, an_offer)


def test_a_fault_cancels_what_it_hits_and_offers_the_first_equal_slot_also_on_a_sister(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    resources.set_up(offer=lab.microscope.offer, model="S-4800", by=lab.by, at=NOW)
    sister = lab.instrument("二号电镜", model="S-4800")
    hit = lab.book(lab.microscope, one, "2025-07-01", "09:00", "11:00")
    clear = lab.book(lab.microscope, two, "2025-07-03", "09:00", "11:00")
    fault = faults.report(resource=lab.microscope, person=lab.account.party_id, text="灯丝断", stops=True, until=clock("2025-07-02T12:00"),
                          by=lab.by, at=NOW)
    rows = [Reservation.objects.get(pk=row.pk) for row in (hit, clear)]
    assert [(row.state, row.because, row.fee) for row in rows] == [("cancelled", "fault", 0), ("held", "", 0)]
    assert Notice.objects.filter(about=hit.urn, to=one[1].party_id, settled_at=None).count() == 1
    found = faults.instead(rows[0], NOW)
    assert [(resource.pk, start) for resource, (start, _end) in found] == [
        (sister.pk, clock("2025-07-01T09:00")), (lab.microscope.pk, clock("2025-07-02T12:00"))]
    again = reservations.rebook(reservation=rows[0], resource=sister, start=found[0][1][0], by=one[1].party.urn, at=NOW)
    assert (again.instead_of_id, again.resource_id, again.end) == (hit.pk, sister.pk, clock("2025-07-01T11:00"))
    with pytest.raises(BadSlot):
        reservations.rebook(reservation=rows[0], resource=sister, start=clock("2025-07-04T09:00"), by=one[1].party.urn, at=NOW)
    with pytest.raises(Refused) as refused:
        lab.book(lab.microscope, one, "2025-07-02", "10:00", "11:00")
    assert refused.value.codes == ("outage",)
    faults.repair(fault=fault, by=lab.by, at=NOW + dt.timedelta(hours=2))
    assert lab.book(lab.microscope, one, "2025-07-02", "10:00", "11:00").state == "held"


def test_a_report_by_a_user_stops_it_until_the_end_of_the_next_working_day_and_the_host_says_how_long(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    rows = [lab.book(lab.microscope, one, f"2025-07-0{day}", "09:00", "10:00") for day in (1, 2, 3)]
    told = {"resource": lab.microscope, "person": two[1].party_id, "stops": True, "by": two[1].party.urn}

    def states() -> list[str]:
        return [Reservation.objects.get(pk=row.pk).state for row in rows]

    fault = faults.report(text="灯丝断", at=NOW, **told)
    assert (fault.until, fault.confirmed, states()) == (clock("2025-07-02T00:00"), False, ["cancelled", "held", "held"])
    notice = Notice.objects.get(to=lab.account.party, settled_at=None)
    assert (notice.title, notice.url) == ("故障待确认：扫描电镜 S-4800", f"/exchange/{lab.microscope.offer_id}/calendar/host/")
    with pytest.raises(BadSlot, match="has yet to confirm"):  # nobody keeps it shut by reporting day after day
        faults.report(text="又坏了", at=clock("2025-07-01T12:00"), **told)
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-02T00:00"))["lengthened"] == 0
    faults.confirm(fault=fault, until=clock("2025-07-03T00:00"), by=lab.by, at=clock("2025-07-01T12:00"))
    left = Notice.objects.get(to=lab.account.party, settled_at=None)  # to be repaired
    assert (states(), left.title) == (["cancelled", "cancelled", "held"], "扫描电镜 S-4800")
    assert slot_clock.tick(by=OFFICER, at=clock("2025-07-03T00:00"))["lengthened"] == 1


def test_what_was_shortened_is_offered_and_booked_anew_at_its_shortened_length(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "12:00")
    reservations.shorten(reservation=row, end=clock("2025-07-01T10:00"), by=who[1].party.urn, at=NOW)
    faults.report(resource=lab.microscope, person=lab.account.party_id, text="漏气", stops=True, until=clock("2025-07-01T12:00"),
                  by=lab.by, at=NOW)
    row.refresh_from_db()
    [(resource, (start, end))] = faults.instead(row, NOW)
    assert (start, end) == (clock("2025-07-01T12:00"), clock("2025-07-01T13:00"))
    assert reservations.rebook(reservation=row, resource=resource, start=start, by=who[1].party.urn, at=NOW).end == end


def test_an_outage_that_nobody_ended_lasts_a_day_longer(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    faults.report(resource=lab.microscope, person=lab.account.party_id, text="漏气", stops=True, until=clock("2025-07-01T09:00"),
                  by=lab.by, at=NOW)
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    assert [slot_clock.tick(by=OFFICER, at=clock("2025-07-01T09:00"))["lengthened"] for _again in range(2)] == [1, 0]
    assert Reservation.objects.get(pk=row.pk).because == "fault"


def test_a_closure_cancels_without_a_fee_and_can_be_undone(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    closure = resources.close_days(resource=lab.microscope, start=clock("2025-07-01T00:00"), end=clock("2025-07-02T00:00"),
                                   reason="消防检查", by=lab.by, at=NOW)
    assert (Reservation.objects.get(pk=row.pk).because, Reservation.objects.get(pk=row.pk).fee) == ("closure", 0)
    with pytest.raises(Refused):
        lab.book(lab.microscope, who, "2025-07-01", "11:00", "12:00")
    resources.reopen_days(closure=closure, by=lab.by, at=NOW)
    assert lab.book(lab.microscope, who, "2025-07-01", "11:00", "12:00").state == "held"


def test_the_hosts_turn_goes_on_to_the_next_fault_and_one_that_nobody_confirmed_bars_nobody_for_ever(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")[1]
    told = {"resource": lab.microscope, "person": who.party_id, "by": who.party.urn}
    stops, noise = (faults.report(text=text, stops=first, at=NOW, **told) for text, first in (("真空泵", True), ("异响", False)))
    turn = Notice.objects.filter(about=lab.microscope.offer.urn, kind="turn", settled_at=None)
    faults.confirm(fault=stops, until=clock("2025-07-03T09:00"), by=lab.by, at=NOW)
    assert turn.get().title.startswith("故障待确认")
    for each in (noise, stops):
        faults.repair(fault=each, by=lab.by, at=NOW)
    assert not turn.exists()
    faults.report(text="又停了", stops=True, at=NOW, **told)
    with pytest.raises(BadSlot, match="yet to confirm"):
        faults.report(text="又停了", stops=True, at=NOW, **told)
    assert faults.report(text="又停了", stops=True, at=clock("2025-07-10T09:00"), **told).stops


def test_a_closure_from_now_on_that_is_sent_twice_is_one(lab: Lab) -> None:
    told = {"resource": lab.microscope, "start": clock("2025-06-30T00:00"), "end": clock("2025-07-02T00:00"), "reason": "检修",
            "by": lab.by}
    rows = {resources.close_days(at=NOW + dt.timedelta(seconds=later), **told).pk for later in (0, 1)}
    assert len(rows) == 1

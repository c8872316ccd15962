"""Cross-border camps: who may set them up and vouch for attendance, what is refused, and that a camp is completed once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.journey.actions import camps, cases
from fuhua.journey.models import Attendance, Camp, CampSession
from fuhua.schemes.models import Call
from journey.camping import NOON, OFFICER, OPERATOR, a_call, a_case, house

pytestmark = pytest.mark.usefixtures("cast")
TOLD = {"by": OFFICER, "at": NOON}


def a_camp(call: Call | None = None, host: str = "incubator") -> Camp:
    return camps.set_up(call=call or a_call(), host=house(host), desks={"bank_account": house("finance")}, **TOLD)


def a_session(camp: Camp, days: int = 0, **more: Any) -> CampSession:
    starts = NOON + dt.timedelta(days=days)
    planned = camps.Planned(**{"title": "公司设立", "english": "Companies", "starts": starts, "place": "启明芯", **more})
    return camps.add_session(camp=camp, planned=planned, **TOLD)


def told(kind: str) -> int:
    return Fact.objects.filter(kind=f"journey.{kind}").count()


def test_a_camp_belongs_to_its_kind_of_call_and_to_a_host() -> None:
    call = a_call()
    with pytest.raises(camps.BadCamp):
        a_camp(call, "finance")
    Call.objects.filter(pk=call.pk).update(kind="gold_seed")
    with pytest.raises(camps.BadCamp):
        a_camp(Call.objects.get())
    with pytest.raises(camps.BadCamp):
        camps.set_up(call=a_call(2), host=house("incubator"), desks={"swimming": house("finance")}, **TOLD)


def test_said_again_a_camp_is_another_hosts_and_asks_others() -> None:
    camp = a_camp()
    again = camps.set_up(call=camp.call, host=house("park"), desks={"permit": house("haidian")}, **TOLD)
    assert (again.pk, again.host, list(again.desks.values_list("step", flat=True))) == (camp.pk, house("park"), ["permit"])


@pytest.mark.parametrize("lacks", [{"title": " "}, {"english": ""}, {"place": " "}])
def test_a_session_has_both_names_and_is_somewhere(lacks: dict[str, str]) -> None:
    with pytest.raises(camps.BadCamp):
        a_session(a_camp(), **lacks)


def test_attendance_said_twice_is_said_once_and_both_sides_complete_the_camp_once() -> None:
    camp = a_camp()
    case, session = a_case(), a_session(camp)
    for _again in range(2):
        camps.attend(case=case, session=session, side="project", **TOLD)
    with pytest.raises(camps.BadCamp):
        camps.complete(case=case, **TOLD)
    camps.attend(case=case, session=session, side="host", **TOLD)
    camps.complete(case=case, **TOLD)
    with pytest.raises(camps.BadCamp):
        camps.complete(case=case, **TOLD)
    assert (Attendance.objects.count(), told("session_attended"), told("camp_completed")) == (1, 2, 1)


def test_nobody_attends_what_has_not_begun_nor_a_camp_of_others() -> None:
    camp = a_camp()
    case, later = a_case(), a_session(camp, days=1)
    with pytest.raises(camps.BadCamp):
        camps.attend(case=case, session=later, side="host", **TOLD)
    other = a_session(a_camp(a_call(2)))
    with pytest.raises(camps.BadCamp):
        camps.attend(case=case, session=other, side="host", **TOLD)
    cases.lapse(case=case, reason="left", **TOLD)
    with pytest.raises(camps.BadCamp):
        camps.attend(case=case, session=a_session(camp), side="host", **TOLD)
    with pytest.raises(BadFact):
        camps.attend(case=a_case("Ben", "Ben's"), session=a_session(camp), side="audience", **TOLD)


def test_a_camp_without_sessions_is_completed_by_nobody() -> None:
    a_camp()
    with pytest.raises(camps.BadCamp):
        camps.complete(case=a_case(), by=OPERATOR, at=NOON)


def test_a_session_is_dropped_until_somebody_came() -> None:
    camp = a_camp()
    first, second = a_session(camp), a_session(camp)
    camps.drop_session(session=first, **TOLD)
    camps.attend(case=a_case(), session=second, side="host", **TOLD)
    with pytest.raises(camps.BadCamp):
        camps.drop_session(session=second, **TOLD)
    assert (list(camp.sessions.values_list("number", flat=True)), a_session(camp).number) == ([2], 3)


def test_only_the_host_and_officers_plan_and_only_the_host_vouches(client_of: Any) -> None:
    camp = a_camp()
    case, session = a_case(), a_session(camp)
    page = f"/camps/{camp.call_id}/"
    said = {"attend_host-case": case.pk, "attend_host-session": session.pk}
    statuses = {name: client_of(name).post(f"{page}attend-host/", said).status_code
                for name in ("city_officer", "auditor", "park_manager", "founder", "operator")}
    assert statuses == {"city_officer": 403, "auditor": 403, "park_manager": 404, "founder": 404, "operator": 302}
    planned = {"add-title": "课", "add-english": "Course", "add-starts": "2025-03-11T09:00", "add-place": "here"}
    assert client_of("auditor").post(f"{page}add/", planned).status_code == 403
    assert client_of("operator").post(f"{page}set-up/", {"set_up-host": house("incubator").name}).status_code == 403
    assert client_of("city_officer").post(f"{page}add/", planned).status_code == 302
    assert CampSession.objects.count() == 2


def test_a_page_of_a_camp_is_for_those_who_have_to_do_with_it(client_of: Any) -> None:
    call = a_call()
    assert client_of("city_officer").get(f"/camps/{call.pk}/").status_code == 200
    assert client_of("operator").get(f"/camps/{call.pk}/").status_code == 404
    a_camp(call)
    statuses = {name: client_of(name).get(f"/camps/{call.pk}/").status_code for name in ("operator", "founder", "auditor", "stranger")}
    assert statuses == {"operator": 200, "founder": 404, "auditor": 200, "stranger": 302}

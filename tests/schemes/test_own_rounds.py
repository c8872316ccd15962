"""An incubator's own round: its operators run it, officers and other houses have no part in it, and only ties of one's own bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fuhua.evidence.models import Fact
from fuhua.journey.actions import admissions
from fuhua.journey.actions.admissions import NotAdmitted
from fuhua.journey.actions.stays import StayOpen
from fuhua.journey.models import Stay
from fuhua.kernel import period
from fuhua.parties.models import Party
from fuhua.schemes.actions import barring, calls
from fuhua.schemes.actions.calls import BadCall
from fuhua.schemes.models import Announcement, Application, Barred
from fuhua.schemes.queries.applications import is_first
from schemes.calling import NOW, OPERATOR, party, told
from schemes.rounds import NOON, Round, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(round_of: Callable[..., Round], organisation: Callable[[str], Party]) -> Round:
    """A closed round of the cast's incubator with two applications."""
    one = round_of(applications=2, experts=3, kind="incubator_admission", title="入孵遴选")
    one.call.issuer = organisation("incubator")
    one.call.save()
    return one


def test_an_incubator_calls_for_admissions_and_nothing_else(cast: Any) -> None:
    made = calls.draft(issuer=party("incubator"), told=told("incubator_admission"), by=OPERATOR, at=NOW)
    assert made.issuer == party("incubator")
    with pytest.raises(BadCall, match="no calls of this kind"):
        calls.draft(issuer=party("incubator"), told=told("proof_of_concept"), by=OPERATOR, at=NOW)


def test_an_operator_is_offered_the_kinds_of_the_house_and_drafts_stay_in_it(client_of: Callable[[str], Client]) -> None:
    operator, officer = client_of("operator"), client_of("city_officer")
    offered = operator.get("/schemes/calls/new/").content.decode()
    assert ("incubator_admission" in offered, "benchmark_incubator" in offered) == (True, False)
    made = calls.draft(issuer=party("incubator"), told=told("incubator_admission"), by=OPERATOR, at=NOW)
    statuses = [client.get(page("call", made)).status_code for client in (operator, officer, client_of("auditor"), client_of("founder"))]
    assert statuses == [200, 404, 200, 404]


@pytest.mark.parametrize(("office", "sees", "verbs"), [
    ("operator", 200, 422), ("city_officer", 404, 403), ("district_officer", 404, 403), ("coordinator", 404, 403), ("founder", 404, 403)])
def test_whoever_does_not_run_the_round_learns_nothing_of_it(
    own: Round, client_of: Callable[[str], Client], office: str, sees: int, verbs: int,
) -> None:
    client, row = client_of(office), own.applications[0]
    Party.objects.filter(pk=row.applicant_id).update(district="110108")
    found = [client.get(page(name, own.call)).status_code for name in ("panel", "ranking", "objections", "pack")]
    found += [client.get(page(name, row)).status_code for name in ("application", "decision")]
    assert set(found) == {sees}
    closed = client.post(page("panel_seat", own.call), {}).status_code
    assert closed == verbs or (closed, office) == (404, "founder")


def test_the_operator_of_another_incubator_has_no_part_in_it(own: Round, firm: Any) -> None:
    _house, account = firm("北京另一家孵化器有限公司", "incubator", "operator")
    client = Client()
    client.force_login(account)
    assert [client.get(page(name, own.call)).status_code for name in ("call", "panel", "ranking")] == [200, 404, 404]
    assert client.get(page("application", own.applications[0])).status_code == 404
    assert client.get("/stays/admissions/").status_code == 200
    assert client.post(f"/stays/admissions/{own.applications[0].pk}/begin/", {}).status_code == 404


def test_an_operator_is_barred_by_ties_of_their_own_not_by_the_house_s(own: Round, organisation: Callable[[str], Party]) -> None:
    operator, house = own.cast["operator"].party, organisation("incubator")
    own.tie("resides", (own.applicants[0], house))
    own.tie("relative", (operator, own.leads[1]))
    barring.close_conflicts(call=own.call, **own.told)
    assert list(Barred.objects.filter(person=operator).values_list("application", "why")) == [(own.applications[1].pk, "kinship")]


def awarded(own: Round, sort: str = "venture") -> Application:
    """The first application, awarded on 30 June 2025."""
    row = own.applications[0]
    row.applicant = own.parties(sort, "入选企业", 1)[0]
    row.state, row.digest = "awarded", ""
    row.save()
    Announcement.objects.create(call=own.call, number="GS-1", first=NOON.date(), last=NOON.date(), at=NOON, concluded_at=NOON)
    return row


def test_who_was_admitted_moves_in_once_and_not_before_the_round_was_over(own: Round, at: Any) -> None:
    row = awarded(own)
    given = {"application": row, "stay": "physical", "by": OPERATOR}
    for day in ("2025-06-29", "2025-07-02"):
        with pytest.raises(NotAdmitted):
            admissions.move_in(**given, on=period.day(at(day)), at=at("2025-07-01"))
    digest = admissions.move_in(**given, on=period.day(at("2025-06-30")), at=at("2025-07-01"))
    assert (Stay.objects.get().digest, Fact.objects.get(digest=digest).grade) == (digest, 0)
    with pytest.raises(StayOpen):
        admissions.move_in(**given, on=period.day(at("2025-07-01")), at=at("2025-07-01"))


def test_who_was_not_admitted_does_not_move_in(own: Round, at: Any) -> None:
    with pytest.raises(NotAdmitted):
        admissions.move_in(application=own.applications[0], stay="physical", on=NOON.date(), by=OPERATOR, at=at("2025-07-01"))


def test_only_a_fact_that_the_applicant_confirms_gives_priority(own: Round) -> None:
    row = own.applications[0]
    known = {"value": True, "grade": 3, "day": "2025-01-01", "digest": "a" * 64, "says": "confirmed"}
    found = []
    for said, answer in (({}, True), ({"proven": known}, True), ({"proven": {**known, "says": ""}}, True),
                         ({"proven": {**known, "says": "contested"}}, True), ({"proven": {**known, "value": False}}, False)):
        row.known, row.values = said, {"proven": answer}
        found.append(is_first(row))
    assert found == [False, True, False, False, False]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_of_admissions_asks_the_same_whatever_its_length(
    own: Round, client_of: Callable[[str], Client], rows: int, django_assert_max_num_queries: Any,
) -> None:
    one = awarded(own)
    for number, applicant in enumerate(own.parties("venture", "又一家", rows - 1)):
        Application.objects.create(urn=f"urn:fuhua:application:more{number}", number=f"more{number}", call=own.call, applicant=applicant,
                                   lead=one.lead, title="入孵", state="awarded", begun_at=NOON, saved_at=NOON, submitted_at=NOON)
    client = client_of("operator")
    client.get("/stays/admissions/")
    with django_assert_max_num_queries(14):
        answer = client.get("/stays/admissions/")
    assert answer.content.decode().count('id="admitted-') == rows

"""What officers do with policies: numbers that the text leaves open, and what-if over the whole city."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from fuhua.evidence.actions import sequence
from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.journey.actions import profiles
from fuhua.journey.models import PolicyNumber, Standing
from fuhua.journey.pages import lines
from fuhua.kernel.urn import of
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account
from fuhua.policy.catalog import rule_of
from journey.policy_said import text, told

VENTURE = ORGANISATIONS["venture"].urn
BOARD = f"/policy/of/{VENTURE}/"
OFFICER = PLAYERS["city_officer"].urn
TECH_SME = {key: value for key, value in rule_of("tech_sme").examples[1].profile.items() if value is not None}


def test_a_number_set_by_an_officer_judges_again_and_can_be_taken_back(officer, cast):
    (case,) = [each for each in rule_of("incubatee").examples if each.key == "new measure set"]
    told(**{**case.profile, "registered_on": "2025-01-10", "incubation_entered_on": "2025-07-01"})
    assert Standing.objects.get(rule="incubatee").answer == "undetermined"
    for key, value in (("incubatee.age_months", "24"), ("incubatee.stay_months", "48")):
        assert officer.post("/policy/numbers/set/", {"key": key, "value": value, "since": "2026-01-01"}).status_code == 302
    assert Standing.objects.get(rule="incubatee").answer == "eligible"
    page = text(officer.get("/policy/numbers/"))
    assert "24 个月 自 2026年1月1日" in page
    number = PolicyNumber.objects.get(key="incubatee.age_months")
    assert officer.post(f"/policy/numbers/{number.pk}/unset/").status_code == 302
    assert Standing.objects.get(rule="incubatee").answer == "undetermined"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"key": "incubatee.age_months", "value": "许多", "since": "2026-01-01"}, "value"),
        ({"key": "incubatee.age_months", "value": "24", "since": "不久"}, "since"),
        ({"key": "no_such_number", "value": "24", "since": "2026-01-01"}, "key"),
        ({"key": "cost.rd_staff", "value": "-1", "since": "2026-01-01"}, "value"),
    ],
)
def test_a_number_that_cannot_be_set_comes_back_marked(officer, cast, sent, field):
    page = officer.post("/policy/numbers/set/", sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"]["value"].value() == sent["value"]
    assert not PolicyNumber.objects.exists()


def test_a_cost_that_an_officer_sets_ranks_the_ways_of_everybody(officer, founder, cast):
    told(**TECH_SME)
    assert "估算成本 30 万元" in text(founder.get(f"{BOARD}rules/tech_sme/"))
    officer.post("/policy/numbers/set/", {"key": "cost.rd_staff", "value": "250000", "since": "2026-01-01"})
    assert "估算成本 25 万元" in text(founder.get(f"{BOARD}rules/tech_sme/"))


def test_what_if_names_who_gains_and_who_loses(officer, cast, today):
    other = organisations.register(sort="venture", name="北京邻座科技有限公司", district="110105", by=OFFICER, at=today)
    told(**{**TECH_SME, "rd_staff": 12, "employees": 40})
    told(other.urn, **{**TECH_SME, "rd_staff": 200, "employees": 501})
    sent = {"edition": "tech_sme/2017", "bound-employees": "600", "bound-score": "60"}
    found = officer.post("/policy/what-if/", sent)
    result = found.context["result"]
    assert ([row["name"] for row in result["gain"]], result["lose"]) == (["北京邻座科技有限公司"], [])
    assert [(str(row["before"]), str(row["after"])) for row in result["changed"]] == [("不超过 500 人", "不超过 600 人")]
    assert [(str(row["label"]), row["gain"]) for row in result["places"]] == [("朝阳区", 1)]
    again = officer.post("/policy/what-if/", {**sent, "bound-employees": "30"}).context["result"]
    assert [row["name"] for row in again["lose"]] == [ORGANISATIONS["venture"].name]
    assert Standing.objects.get(subject=VENTURE, rule="tech_sme").answer == "eligible"  # nothing on record changed


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"bound-employees": "许多"}, "请填写数字"),
        ({"bound-employees": "1e9999"}, "请填写数字"),
        ({"bound-assets": "很多钱"}, "不是金额"),
        ({"since": "2030-01-01", "until": "2029-01-01"}, "生效日晚于截止日"),
    ],
)
def test_what_if_says_what_is_wrong_beside_the_form(officer, cast, sent, said):
    page = officer.post("/policy/what-if/", {"edition": "tech_sme/2017", **sent})
    assert (page.status_code, page.context["result"]) == (422, None)
    assert said in text(page)


@pytest.mark.parametrize("office", [*PLAYERS, "stranger"])
def test_numbers_and_what_if_are_for_the_city_and_benefits_for_operators(office, today, client_of, cast: dict[str, Account]):
    client, city = client_of(office), office in ("coordinator", "city_officer")
    closed = 302 if office == "stranger" else 404
    assert client.get("/policy/numbers/").status_code == (200 if city else closed)
    assert client.get("/policy/what-if/").status_code == (200 if city else closed)
    assert client.get("/policy/benefits/").status_code == (200 if office == "operator" else closed)
    refused = client.post("/policy/numbers/set/", {"key": "incubatee.age_months", "value": "1", "since": "2026-01-01"}).status_code
    assert refused == (302 if city or office == "stranger" else 403)
    assert PolicyNumber.objects.exists() is city


def test_a_line_of_the_board_is_the_same_in_the_table_and_on_the_page(founder):
    told(**TECH_SME)
    page = founder.get(BOARD)
    (row,) = [row for group in page.context["groups"] for row in group["rows"] if row["key"] == "tech_sme"]
    assert [str(change) for change in row["way"]["changes"]] == [str(change) for change in lines.changes(row["line"].near.ways[0])]
    assert str(row["way"]["changes"][0]) in founder.get(f"{BOARD}policy.csv").content.decode()


def test_every_run_of_what_if_is_on_record_and_a_link_alone_runs_none(officer, cast):
    assert officer.get("/policy/what-if/", {"edition": "tech_sme/2017", "bound-employees": "30"}).context["result"] is None
    officer.post("/policy/what-if/", {"edition": "tech_sme/2017", "bound-employees": "30", "until": "2025-12-31"})
    [run] = told_of(of("policy", "tech_sme"), facts.WhatIfRun, on=dt.date(2026, 3, 20))
    assert (run.fact.edition, run.fact.changes, run.by) == ("2017", ("employees=30", "until=2025-12-31"), OFFICER)


def test_people_are_counted_by_what_if_and_never_named(officer, cast):
    person = cast["expert"].party
    profiles.answer(subject=person.urn, values={"gaoju_listed": True}, by=person.urn, at=timezone.now())
    sequence.catch_up(at=timezone.now())
    page = officer.post("/policy/what-if/", {"edition": "gaoju/list", "until": "2020-01-01"})
    assert (page.context["result"]["found"].all.lose, page.context["result"]["lose"]) == ([person.urn], [])
    assert person.name not in text(page)


@pytest.mark.parametrize("bound", ["9" * 30, "1e9999", "9" * 400])
def test_a_threshold_beyond_all_measure_is_refused(officer, cast, bound):
    for name in ("bound-employees", "bound-assets"):
        assert officer.post("/policy/what-if/", {"edition": "tech_sme/2017", name: bound}).status_code == 422

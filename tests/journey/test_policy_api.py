"""Policy for machines: rules, verdicts, ways and worth as exact JSON, with the officers' numbers in force."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from fuhua.journey.actions import numbers
from fuhua.policy.catalog import rules
from fuhua.policy.rules.enterprise import tech_sme

CHECK = "/policy/api/rules/tech_sme/check/"
FIRM = {**tech_sme.SMALL, "rd_staff": 3, "rd": "80万元", "class_1": 1, "class_2": 0, "on": "2025-05-20"}
FIRM = {name: str(value).lower() if isinstance(value, bool) else value for name, value in FIRM.items()}

pytestmark = pytest.mark.django_db


def _get(client: Client, path: str, given: dict[str, Any] | None = None, status: int = 200) -> Any:
    response = client.get(path, given)
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    return json.loads(response.content, parse_float=Decimal)


def test_anybody_reads_the_rules_and_asks_for_a_verdict(client: Client) -> None:
    assert [each["rule"] for each in _get(client, "/policy/api/rules/")] == [each.key for each in rules()]
    assert {each["name"] for each in _get(client, "/policy/api/rules/tech_sme/")["inputs"]} >= {"employees", "rd_staff"}
    verdict = _get(client, CHECK, FIRM)
    assert (verdict["verdict"], verdict["score"], verdict["on"]) == ("not_eligible", {"least": 80, "most": 80}, "2025-05-20")


@pytest.mark.parametrize(
    ("given", "said"), [({"employes": "3"}, "employees"), ({"employees": "3万元"}, "people"), ({"on": "soon"}, "date")]
)
def test_what_is_not_understood_is_refused_and_says_why(client: Client, given: dict[str, str], said: str) -> None:
    error = _get(client, CHECK, given, 400)["error"]
    assert (said in error["en"], error["zh"].isascii()) == (True, False)
    assert _get(client, f"{CHECK}?employees=3&employees=4", status=400)["error"]
    assert _get(client, "/policy/api/rules/nothing/", status=404)["error"]
    assert _get(client, "/policy/api/titles/nothing/worth/", status=404)["error"]


def test_ranges_and_amounts_by_year_are_given_as_json(client: Client) -> None:
    score = _get(client, "/policy/api/rules/hnte/check/", {"organisation_points": "[5, 7]", "on": "2025-01-01"})["score_items"]
    assert next(each for each in score if each["key"] == "organisation")["score"] == {"least": 5, "most": 7}


def test_ways_are_for_those_who_sign_in_and_the_officers_cost_ranks_them(client: Client, client_of: Any, at: Any) -> None:
    assert client.get("/policy/api/rules/tech_sme/nearest/", FIRM).status_code == 302
    numbers.set_number(key="cost.rd_staff", value="99", since=dt.date(2025, 1, 1), by="urn:fuhua:person:x", at=at())
    found = _get(client_of("founder"), "/policy/api/rules/tech_sme/nearest/", FIRM)
    assert [(each["input"], each["to"]) for each in found["ways"][0]["changes"]] == [("rd_staff", 4)]
    assert (found["ways"][0]["cost"], found["first_is_proved_cheapest"]) == (99, True)


def test_the_worth_of_a_certificate_is_one_call(client: Client) -> None:
    found = _get(client, "/policy/api/titles/hnte/worth/", {"taxable_income": "1000万元", "on": "2024-06-01"})
    assert found["worth_a_year"] == 1_000_000


@pytest.mark.parametrize(
    "given",
    [
        {"sales": "[1e3000000, null]"},
        {"sales": "1e999999999"},
        {"sales": "[" * 900},
        {"employees": '{"value": 1, "value": 2}'},
        {"employees": "9" * 900},
        {"employees": "NaN"},
        {"on": "0000-00-00"},
        {"sales": "[1e99999999999999999999, null]"},
        {"employees": '{"value": 1, "unit": []}'},
        {"employees": '{"value": 1, "unit": "\\ud800"}'},
        {"on": "9999-12-31"},
        {"on": "0001-01-01"},
    ],
)
def test_hostile_values_are_refused_at_once(client: Client, given: dict[str, str]) -> None:
    assert _get(client, CHECK, given, 400)["error"]["zh"]


def test_years_that_are_no_years_are_refused(client: Client) -> None:
    assert _get(client, "/policy/api/rules/loss_ten_years/check/", {"title_years": '{"²²²²": 1}'}, 400)["error"]["en"]


def test_an_address_with_a_null_is_refused_before_any_database_sees_it(client: Client) -> None:
    for path in ("/policy/api/rules/tech_sme/check/?resident_enterprise=%00", "/search/?q=a%00b", "/policy/of/urn:fuhua:venture:a%00b/"):
        assert client.get(path).status_code == 400

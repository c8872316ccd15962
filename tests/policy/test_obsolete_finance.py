"""Shares and limits of subsidies that circulate and do not apply, and limits that the later texts keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.terms import percent, wan
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.rules.finance import first_loan, ip_pledge, pilot_scale, proof_of_concept, proof_to_equity
from fuhua.policy.titles import told_worth

ON = dt.date(2026, 3, 1)


def _judged(key: str, profile: Mapping[str, Any], tables: Mapping[str, Any] | None = None, on: dt.date = ON) -> Verdict:
    rule = rule_of(key)
    return judge(rule, read_profile(profile, rule.inputs), on, tables)


def _yuan(verdict: Verdict, figure: str) -> Fraction:
    return Fraction(next(value for each, value in verdict.figures if each.key == figure)) / 100


def test_interest_on_a_pledge_above_the_capped_rate_is_not_paid_for():
    loan = {**ip_pledge.NEW, "loan_rate": 10, "loan_interest": "100万元"}
    assert _yuan(_judged("ip_pledge", loan), "interest_aid") == 144_900  # uncapped it would be 300,000


def test_the_part_of_a_pledge_that_is_not_intellectual_property_earns_nothing():
    assert _yuan(_judged("ip_pledge", {**ip_pledge.NEW, "ip_share": 0}), "interest_aid") == 0


def test_the_calls_give_three_hundred_thousand_at_most_and_not_the_half_million_of_2021():
    big = {**ip_pledge.NEW, "loan_interest": "500万元", "ip_share": 100}
    assert _yuan(_judged("ip_pledge", big), "interest_aid") == 300_000


def test_forty_percent_and_not_fifty_was_paid_in_2021():
    assert _yuan(_judged("ip_pledge", ip_pledge.OLD), "interest_aid") == 200_000


def test_a_high_rate_loses_everything_in_2021_and_nothing_but_the_excess_later():
    high = {"loan_rate": 6, "loan_interest": "60万元"}
    assert _judged("ip_pledge", {**ip_pledge.OLD, **high}).answer == "not_eligible"
    assert _judged("ip_pledge", {**ip_pledge.NEW, **high}).answer == "eligible"


def test_revenue_does_not_matter_to_the_calls_though_it_did_in_2021():
    asked = [one.name for edition in rule_of("ip_pledge").editions[1:] for one in edition.inputs]
    assert "sales" not in asked


@pytest.mark.parametrize("repaid", ["2021-02-28", "2023-01-01", "2023-12-31", "2025-01-01"])
def test_between_the_texts_there_is_no_aid_to_pledge_loans(repaid: str):
    verdict = _judged("ip_pledge", {**ip_pledge.NEW, "loan_repaid_on": repaid})
    assert (verdict.answer, verdict.edition) == ("not_eligible", None)


def test_an_ordinary_first_loan_is_paid_twenty_percent_and_not_the_fifty_of_yizhuang():
    assert _yuan(_judged("first_loan", first_loan.FIRM), "aid") == 32_000


def test_the_forty_percent_of_an_innovative_sme_stops_at_two_percent_of_the_draw():
    rich = {**first_loan.FIRM, "innovative_sme_at_draw": True, "first_year_interest": "50万元"}
    assert _yuan(_judged("first_loan", rich), "aid") == 100_000


@pytest.mark.parametrize("before", [10_000, 80_000, 159_999])
def test_a_firm_recognised_within_the_year_gets_twenty_percent_before_and_forty_after(before: int):
    grown = {**first_loan.FIRM, "innovative_sme_at_draw": True, "interest_before_title": before}
    assert _yuan(_judged("first_loan", grown), "aid") == Fraction(before, 5) + Fraction(2 * (160_000 - before), 5)


def test_a_title_on_the_day_of_judging_is_not_asked_about_a_loan_drawn_before_it():
    assert "innovative_sme_valid" not in {one.name for one in rule_of("first_loan").inputs}


@pytest.mark.parametrize("before", [160_000, 500_000])
def test_a_title_that_came_when_all_interest_had_arisen_changes_neither_share_nor_limit(before: int):
    late = {**first_loan.FIRM, "innovative_sme_at_draw": True, "interest_before_title": before}
    assert (_yuan(_judged("first_loan", late), "aid"), _yuan(_judged("first_loan", late), "limit")) == (32_000, 50_000)


@pytest.mark.parametrize(
    ("drawn", "on", "worth"),
    [
        ("2025-03-10", dt.date(2025, 3, 9), 0),
        ("2025-03-10", dt.date(2025, 3, 10), 32_000),
        ("2025-03-10", dt.date(2026, 6, 10), 32_000),
        ("2025-03-10", dt.date(2026, 6, 11), 0),
        ("2024-11-30", dt.date(2026, 2, 28), 32_000),
        ("2024-11-30", dt.date(2026, 3, 1), 0),
    ],
)
def test_aid_for_a_first_loan_is_money_of_the_year_only_while_it_can_be_claimed(drawn: str, on: dt.date, worth: int):
    verdict = _judged("first_loan", {**first_loan.FIRM, "first_drawn_on": drawn}, on=on)
    assert (_yuan(verdict, "aid"), told_worth(verdict)) == (32_000, worth * 100)


@pytest.mark.parametrize(
    ("profile", "year", "worth"),
    [
        (ip_pledge.NEW, 2024, 0),
        (ip_pledge.NEW, 2025, 159_900),
        (ip_pledge.NEW, 2026, 0),
        (ip_pledge.OLD, 2021, 0),
        (ip_pledge.OLD, 2022, 200_000),
        (ip_pledge.OLD, 2023, 0),
    ],
)
def test_aid_for_a_pledge_is_money_of_the_year_of_its_call_and_of_no_other(profile: Mapping[str, Any], year: int, worth: int):
    for on in (dt.date(year, 1, 1), dt.date(year, 12, 31)):
        assert told_worth(_judged("ip_pledge", profile, on=on)) == worth * 100


def test_aid_that_is_over_asks_for_nothing_more():
    for key, bare in (("first_loan", first_loan.FIRM), ("ip_pledge", ip_pledge.NEW)):
        lacking = dict.fromkeys({"first_year_interest", "loan_interest", "loan_lpr"} & bare.keys())
        verdict = _judged(key, {**bare, **lacking}, on=dt.date(2030, 1, 1))
        over = {figure.key for figure, _value in verdict.figures if figure.worth}
        assert (told_worth(verdict), over & verdict.wanting.keys()) == (0, set())


@pytest.mark.parametrize(
    ("drawn", "edition"),
    [
        ("2021-12-31", None),
        ("2022-01-01", "2022"),
        ("2025-02-18", "2022"),
        ("2025-02-19", "2025"),
        ("2026-02-18", "2025"),
        ("2026-02-19", None),
    ],
)
def test_the_day_of_the_first_draw_chooses_the_text_on_first_loans(drawn: str, edition: str | None):
    verdict = _judged("first_loan", {**first_loan.FIRM, "first_drawn_on": drawn})
    assert (verdict.edition and verdict.edition.key) == edition


def test_an_independent_pilot_platform_gets_a_higher_share_but_no_higher_limit():
    large = {**pilot_scale.AI, "pilot_investment": "10亿元"}
    assert _yuan(_judged("pilot_scale", large), "support") == 100_000_000
    assert _yuan(_judged("pilot_scale", {**large, "pilot_independent": True}), "support") == 100_000_000


def test_without_an_officers_numbers_nobody_is_told_what_a_proof_of_concept_platform_gets():
    verdict = _judged("proof_of_concept", proof_of_concept.PLATFORM)
    assert {one.key for one in verdict.unset} == {"proof_of_concept.share", "proof_of_concept.limit"}


@pytest.mark.parametrize("tables", [{"proof_of_concept.share": percent(50)}, {"proof_of_concept.limit": wan(500)}])
def test_one_of_two_numbers_settles_no_platform(tables: Mapping[str, Any]):
    verdict = _judged("proof_of_concept", proof_of_concept.PLATFORM, tables)
    assert verdict.answer == "undetermined"
    assert next(value for figure, value in verdict.figures if figure.key == "most") is None


@pytest.mark.parametrize("lacking", ["conversion_valuation", "conversion_discount", "conversion_cap"])
def test_a_grant_converts_at_no_price_that_was_not_agreed(lacking: str):
    project = {name: value for name, value in proof_to_equity.PROJECT.items() if name != lacking}
    verdict = _judged("proof_to_equity", project)
    assert {figure.key: value for figure, value in verdict.figures}["share"] is None
    assert [one.name for one in verdict.wanting["share"]] == [lacking]

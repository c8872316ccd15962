"""Thresholds that circulate but do not apply to incubators are refused by the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.verdict import Verdict, judge


def _example(rule_key: str, example_key: str) -> Mapping[str, Any]:
    return next(example.profile for example in rule_of(rule_key).examples if example.key == example_key)


def _judged(rule_key: str, profile: Mapping[str, Any], on: dt.date) -> Verdict:
    rule = rule_of(rule_key)
    return judge(rule, read_profile(profile, rule.inputs), on)


def test_a_comprehensive_incubator_needs_twenty_graduates_and_not_twenty_five():
    profile = _example("national_comprehensive", "all edges")
    assert _judged("national_comprehensive", {**profile, "graduates": 20}, dt.date(2024, 6, 1)).answer == "eligible"
    assert _judged("national_comprehensive", {**profile, "graduates": 19}, dt.date(2024, 6, 1)).answer == "not_eligible"


def test_the_measure_of_2018_no_longer_makes_a_national_incubator_after_june_2025():
    profile = _example("national_comprehensive", "all edges")
    assert _judged("national_comprehensive", profile, dt.date(2025, 6, 13)).answer == "eligible"
    assert _judged("national_comprehensive", profile, dt.date(2025, 6, 14)).answer == "undetermined"


def test_the_three_levels_of_the_draft_of_2024_are_not_the_levels_in_force():
    edition = rule_of("national_comprehensive").edition(dt.date(2025, 7, 1))
    assert [level.key for level in edition.levels] == ["excellent", "standard"]


def test_a_makerspace_under_500_square_metres_is_not_refused_when_it_has_thirty_desks():
    profile = _example("makerspace", "O-4.5")
    assert _judged("makerspace", {**profile, "desks": 30}, dt.date(2024, 5, 10)).answer == "eligible"


def test_no_weights_of_the_national_evaluation_are_assumed():
    profile = _example("incubator_evaluation", "unset")
    verdict = _judged("incubator_evaluation", profile, dt.date(2022, 6, 1))
    assert verdict.answer == "undetermined"
    assert {operator.key for operator in verdict.unset} == {
        *(f"evaluation.comprehensive_{block}" for block in ("service", "performance", "sustainability", "bonus")),
        *(f"evaluation.{grade}" for grade in "abc"),
    }


def test_the_template_of_2019_never_grants_the_benchmark_title():
    assert rule_of("benchmark_template").grants == ""
    assert rule_of("benchmark_incubator").grants == "benchmark_incubator"
    assert _judged("benchmark_template", _example("benchmark_template", "edges"), dt.date(2025, 3, 1)).notes


def test_no_renewals_due_is_no_failure_in_beijing_but_five_of_seven_is_too_few():
    profile = _example("beijing_incubator", "O-4.1")
    none_due = {**profile, "hnte_renewals_due": 0, "hnte_renewals_passed": 0}
    assert _judged("beijing_incubator", none_due, dt.date(2026, 2, 2)).answer == "eligible"
    too_few = {**profile, "hnte_renewals_due": 7, "hnte_renewals_passed": 5}
    assert _judged("beijing_incubator", too_few, dt.date(2026, 2, 2)).answer == "not_eligible"


def test_a_district_title_opens_no_tax_exemption():
    profile = _example("incubator_tax", "O-5.1")
    verdict = _judged("incubator_tax", {**profile, "incubator_title": "district_title"}, dt.date(2026, 6, 15))
    assert verdict.answer == "not_eligible"
    assert [state.leaf.key for state in verdict.deciding] == ["title"]


def test_the_exemption_does_not_run_in_the_month_of_recognition():
    profile = _example("incubator_tax", "O-5.1")
    assert _judged("incubator_tax", profile, dt.date(2026, 5, 31)).answer == "not_eligible"
    assert _judged("incubator_tax", profile, dt.date(2026, 6, 1)).answer == "eligible"


def test_a_park_at_3_83_percent_is_not_held_to_the_old_four_percent_after_march_2023():
    profile = _example("reit", "O-8.1 2023")
    assert _judged("reit", profile, dt.date(2023, 3, 23)).answer == "not_eligible"
    assert _judged("reit", profile, dt.date(2023, 3, 24)).answer == "eligible"


def test_neither_reading_of_the_reit_floors_of_2024_is_assumed():
    profile = _example("reit", "O-8.3")
    plenty = dict.fromkeys(("distributable_cash_1", "distributable_cash_2", "distributable_cash_3"), "6亿元")
    assert _judged("reit", {**profile, **plenty}, dt.date(2024, 12, 15)).answer == "undetermined"


def test_a_professional_incubator_has_no_smaller_floor_area_than_a_comprehensive_one():
    profile = _example("national_professional", "edges")
    for area, answer in ((10_000, "eligible"), ("9999.99", "not_eligible")):
        sized = {**profile, "site_area": area, "incubatee_area": 8_000, "incubatees": 30, "incubatees_one_industry": 30}
        assert _judged("national_professional", sized, dt.date(2024, 6, 1)).answer == answer


@pytest.mark.parametrize(
    ("title", "answer"),
    [("national_university_park", "eligible"), ("national_incubator", "eligible"), ("university_park", "undetermined")],
)
def test_of_the_titles_of_2018_or_earlier_only_national_ones_go_on_for_certain(title: str, answer: str):
    profile = {**_example("incubator_tax", "O-5.1"), "incubator_title": title, "title_recognised_on": "2018-12-31"}
    assert _judged("incubator_tax", profile, dt.date(2024, 6, 1)).answer == answer


def test_the_press_named_the_first_benchmark_incubators_before_the_plan_was_dated_and_they_count():
    profile = _example("benchmark_incubator", "first batch")
    assert _judged("benchmark_incubator", profile, dt.date(2022, 12, 27)).answer == "eligible"
    assert _judged("benchmark_incubator", profile, dt.date(2022, 12, 26)).answer == "not_eligible"

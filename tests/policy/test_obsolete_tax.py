"""Tax thresholds that circulate but do not hold: the engine judges by the text, not by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.words import ELIGIBLE, NOT_ELIGIBLE


def _rule(key: str) -> Rule:
    rule = rule_of(key)
    assert rule is not None
    return rule


def _profile(key: str, example: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    found = next(each for each in _rule(key).examples if each.key == example)
    return {**found.profile, **changes}


def _judged(key: str, example: str, on: dt.date, **changes: Any) -> Verdict:
    rule = _rule(key)
    return judge(rule, read_profile(_profile(key, example, changes), rule.inputs), on)


def _yuan(verdict: Verdict, figure: str) -> Fraction:
    value = next(value for each, value in verdict.figures if each.key == figure)
    return Fraction(value) / 100


def test_only_net_income_of_a_technology_transfer_counts_and_all_above_the_allowance_is_taxed():
    verdict = _judged("tech_transfer", "O-5.4", dt.date(2021, 12, 31), transfer_income="800万元")
    assert _yuan(verdict, "tax") == 375_000
    meaning = next(one for one in _rule("tech_transfer").inputs if one.name == "transfer_income").meaning
    assert "net" in meaning.en


def test_the_half_on_technology_transfer_is_never_taken_from_fifteen_percent():
    verdict = _judged("tech_transfer", "O-5.4", dt.date(2021, 12, 31), cit_rate=15)
    assert _yuan(verdict, "tax") == 375_000 != Fraction(3_000_000) * Fraction(15, 100) / 2


def test_the_larger_allowance_of_the_zhongguancun_area_does_not_reach_back_before_2020():
    assert _yuan(_judged("tech_transfer", "O-5.4 area", dt.date(2019, 12, 31)), "tax") == 375_000
    assert _yuan(_judged("tech_transfer", "O-5.4 area", dt.date(2020, 1, 1)), "tax") == 0


def test_the_research_test_of_an_early_stage_target_looks_at_the_next_year_not_at_the_year_before():
    on = dt.date(2025, 12, 31)
    assert _judged("vc_deduction", "O-5.5", on, target_rd_next=0).answer == NOT_ELIGIBLE
    assert _judged("vc_deduction", "O-5.5", on, target_rd_year=0, target_rd_next="500万元").answer == ELIGIBLE
    assert not [one.name for one in _rule("vc_deduction").inputs if "before" in one.name or "previous" in one.name]


def test_the_research_share_is_taken_of_both_years_together_and_not_year_by_year():
    years = {"target_rd_year": "100万元", "target_costs_year": "1000万元", "target_rd_next": "300万元", "target_costs_next": "1000万元"}
    assert _judged("vc_deduction", "O-5.5", dt.date(2025, 12, 31), **years).answer == ELIGIBLE


def test_the_wider_limits_of_venture_investment_are_chosen_by_the_end_of_the_two_years_not_by_the_day_of_payment():
    wide = {"target_assets": "4000万元", "target_registered_on": "2014-01-01"}
    on = dt.date(2019, 6, 30)
    assert _judged("vc_deduction", "O-5.5", on, invested_on="2017-01-01", **wide).answer == ELIGIBLE
    assert _judged("vc_deduction", "O-5.5", on, invested_on="2016-12-31", **wide).answer == NOT_ELIGIBLE


def test_a_loss_need_not_arise_in_a_year_with_the_title_to_live_ten_years():
    verdict = _judged("loss_ten_years", "O-5.6", dt.date(2026, 12, 31), title_years={"2023": 1}, unabsorbed_losses={"2018": 4_000_000})
    assert _yuan(verdict, "usable") == 4_000_000


def test_a_title_does_not_revive_a_loss_that_had_lapsed():
    verdict = _judged("loss_ten_years", "O-5.6", dt.date(2024, 12, 31), title_years={"2024": 1})
    assert _yuan(verdict, "usable") == 0
    assert _yuan(verdict, "lapsed") == 5_000_000


def test_a_small_firm_above_three_million_has_no_relief_on_the_part_below():
    assert _judged("small_low_profit", "exactly 3m", dt.date(2024, 12, 31)).answer == ELIGIBLE
    over = _judged("small_low_profit", "exactly 3m", dt.date(2024, 12, 31), taxable_income=3_000_001)
    assert over.answer == NOT_ELIGIBLE
    assert over.figures == ()


def test_the_rates_of_2022_do_not_outlive_2022_although_their_document_ran_to_2024():
    assert _yuan(_judged("small_low_profit", "O-5.7 2022", dt.date(2022, 12, 31)), "tax") == 95_000
    assert _yuan(_judged("small_low_profit", "O-5.7 2022", dt.date(2023, 1, 1)), "tax") == 120_000


def test_equity_may_be_deferred_from_the_first_of_september_2016_and_not_only_from_the_sixteenth():
    assert _judged("equity_deferral", "exactly 30 %", dt.date(2016, 9, 1)).answer == ELIGIBLE
    assert _judged("equity_deferral", "exactly 30 %", dt.date(2016, 9, 15)).answer == ELIGIBLE


def test_the_seventy_five_percent_of_research_is_over_for_everybody_from_2023():
    assert _yuan(_judged("rd_super", "O-5.3", dt.date(2021, 12, 31)), "extra_deduction") == 1_500_000
    assert _yuan(_judged("rd_super", "O-5.3", dt.date(2023, 1, 1)), "extra_deduction") == 2_000_000

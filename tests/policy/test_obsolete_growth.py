"""Thresholds that circulate and do not apply: the rules of growth and of high-tech enterprises take none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.rules.enterprise import hnte
from fuhua.policy.rules.growth import gazelle_zgc, innovative_sme, little_giant, specialised_sme, unicorn

ON = dt.date(2025, 6, 1)


def _judged(key: str, profile: Mapping[str, Any], on: dt.date = ON) -> Verdict:
    rule = rule_of(key)
    return judge(rule, read_profile(profile, rule.inputs), on)


def test_rd_of_five_percent_is_enough_for_a_small_high_tech_enterprise_though_the_2008_text_wanted_six():
    assert _judged("hnte", hnte.TYPICAL).answer == "eligible"  # 5.22 %


def test_nobody_asks_a_high_tech_enterprise_for_college_staff():
    assert not [one.name for one in rule_of("hnte").inputs if "college" in one.name or "graduate" in one.name]


def test_the_2008_band_of_staff_is_gone_ten_percent_of_all_staff_is_the_only_floor():
    assert _judged("hnte", {**hnte.TYPICAL, "rd_staff": 5}).answer == "eligible"


def test_the_growth_of_a_high_tech_enterprise_is_worth_ten_points_at_most_and_not_twenty():
    items = {item.name: span for item, span in _judged("hnte", {**hnte.TYPICAL, "sales": "9000万元", "rd": "300万元"}).items}
    assert items["sales_growth"] == (9, 10)


def test_seventy_points_do_not_make_a_high_tech_enterprise():
    assert _judged("hnte", hnte.SEVENTY).answer == "not_eligible"


def test_the_fifteen_percent_that_another_city_asks_of_middle_gazelles_is_not_asked_here():
    assert _judged("gazelle_zgc", gazelle_zgc.MIDDLE).answer == "eligible"  # 10 %


def test_a_valuation_of_six_billion_yuan_alone_is_no_unicorn():
    assert _judged("unicorn", {**unicorn.FIRM, "valuation_usd": "8.5亿美元"}).answer == "not_eligible"


def test_a_potential_unicorn_needs_a_hundred_million_dollars_and_not_fifty():
    young = {"registered_on": "2022-01-01", "valuation_usd": "5000万美元"}
    assert _judged("potential_unicorn", young).answer == "not_eligible"


def test_a_specialised_sme_needs_two_years_in_its_niche_and_not_three_before_april_2026():
    assert _judged("specialised_sme", {**specialised_sme.FIRM, "niche_years": 2}).answer == "eligible"


def test_a_specialised_sme_may_grow_by_less_than_ten_percent():
    assert _judged("specialised_sme", specialised_sme.FIRM).answer == "eligible"  # 9 %


def test_a_little_giant_may_have_more_than_four_hundred_million_yuan_of_revenue():
    large = {"sales": "5亿元", "sales_1": "4.8亿元", "rd": "1500万元", "rd_1": "1440万元"}
    assert _judged("little_giant", {**little_giant.FIRM, **large}).answer == "eligible"


def test_a_little_giant_need_not_have_spent_ten_million_yuan_on_rd():
    assert _judged("little_giant", {**little_giant.FIRM, "rd": "480万元", "rd_1": "450万元"}).answer == "eligible"


def test_a_little_giant_may_grow_by_five_percent():
    assert _judged("little_giant", {**little_giant.FIRM, "rd": "480万元", "main_growth_2y": 5}).answer == "eligible"


def test_the_way_of_equity_below_fifty_million_is_closed_to_little_giants_from_april_2026():
    assert _judged("little_giant", little_giant.SMALL, dt.date(2026, 4, 1)).answer == "not_eligible"


def test_the_scores_of_2022_no_longer_make_an_innovative_sme_from_april_2026():
    assert _judged("innovative_sme", innovative_sme.FIRM, dt.date(2026, 4, 1)).answer == "undetermined"

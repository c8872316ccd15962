"""Thresholds that circulate and do not apply: the rules of growth and of high-tech enterprises take none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.profile import BadProfile, read_profile
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


@pytest.mark.parametrize(("name", "points"), [("right_advance_points", 9), ("right_core_points", 10), ("sales_growth_points", 16)])
def test_points_of_the_table_that_gives_six_to_ten_or_sixteen_to_twenty_are_refused(name: str, points: int):
    with pytest.raises(BadProfile):
        read_profile({**hnte.TYPICAL, name: points})


def test_the_five_items_of_rights_together_are_worth_thirty_points_at_most():
    full = {"right_quantity_points": 8, "right_source_points": 6, "standard_bonus_points": 2}
    items = {item.name: span for item, span in _judged("hnte", {**hnte.TYPICAL, **full}).items}
    assert items["rights"] == (30, 30)


def test_a_large_gazelle_may_grow_by_five_percent_and_not_ten_as_another_city_asks():
    large = {"sales": "1.05亿元", "sales_1": "1亿元", "profit": 0, "profit_1": 0}
    assert _judged("gazelle_zgc", large).answer == "eligible"
    assert _judged("gazelle_zgc", {**large, "sales": "1.0499亿元"}).answer == "not_eligible"


def test_an_older_potential_unicorn_needs_half_a_billion_dollars_and_not_a_hundred_million():
    older = {"registered_on": "2018-01-01", "valuation_usd": "1亿美元"}
    assert _judged("potential_unicorn", older).answer == "not_eligible"
    assert _judged("potential_unicorn", {**older, "valuation_usd": "5亿美元"}).answer == "eligible"


def test_a_golden_seed_is_asked_for_its_place_on_the_list_and_for_no_age_or_investor():
    assert [one.name for one in rule_of("gold_seed").inputs] == ["gold_seed_listed"]


def test_a_niche_share_abroad_counts_for_no_little_giant_before_april_2026():
    asked = {one.name for one in rule_of("little_giant").edition(dt.date(2026, 3, 31)).inputs}
    assert "world_niche_share" not in asked
    assert "world_niche_share" in {one.name for one in rule_of("little_giant").edition(dt.date(2026, 4, 1)).inputs}


def test_no_points_of_the_province_count_for_a_specialised_sme_from_april_2026():
    assert "distinctive_points" not in {one.name for one in rule_of("specialised_sme").edition(dt.date(2026, 4, 1)).inputs}


def test_a_certificate_of_high_tech_does_not_lift_the_size_of_a_technology_sme():
    holder = next(example.profile for example in rule_of("tech_sme").examples if example.key == "O-1.2 direct")
    assert _judged("tech_sme", holder).answer == "eligible"
    for limit in ({"employees": 501}, {"sales": "20000.01万元"}, {"assets": "20000.01万元"}):
        assert _judged("tech_sme", {**holder, **limit}).answer == "not_eligible"

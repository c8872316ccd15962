"""Thresholds of the capital market that circulate and do not apply, and the way of O-7.2 with a price on revenue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from fuhua.policy.catalog import rule_of
from fuhua.policy.inputs import firm
from fuhua.policy.reasoning.inputs import spending
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.terms import yuan
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.reasoning.ways import alone, nearest
from fuhua.policy.rules.market import bse, neeq_innovation

ON = dt.date(2025, 6, 1)
SECOND = {**bse.OFFER, **bse.SECOND}


def _judged(key: str, profile: Mapping[str, Any], on: dt.date = ON) -> Verdict:
    rule = rule_of(key)
    return judge(rule, read_profile(profile, rule.inputs), on)


def test_a_return_of_eight_percent_is_enough_for_the_beijing_exchange_though_a_copy_says_ten():
    verdict = _judged("bse", {**bse.OFFER, **bse.FIRST, "roe": 8, "roe_1": 8})
    assert (verdict.answer, verdict.level) == ("eligible", "set_1")


def test_growth_of_29_percent_is_not_rounded_up_to_thirty():
    growth = next(each for each in _judged("bse", SECOND).clauses if each.leaf.key == "growth")
    assert growth.state is False


def test_revenue_must_reach_exactly_124_800_000_and_alone_would_do():
    verdict = _judged("bse", SECOND)
    growth = next(each.leaf for each in verdict.deciding if each.leaf.key == "growth")
    assert (firm.sales, yuan(124_800_000)) in alone(verdict, growth)


def test_with_a_price_on_revenue_the_nearest_way_of_set_two_is_124_800_000():
    rule = rule_of("bse")
    found = nearest(rule, read_profile(SECOND, rule.inputs), ON, costs={"sales": spending(price="0.1")})
    assert [(one.name, value) for one, value in found.ways[0].changes] == [("sales", yuan(124_800_000))]
    assert found.proved


def test_a_public_share_of_ten_percent_is_not_enough_at_a_capital_of_exactly_four_hundred_million():
    large = {**bse.OFFER, **bse.FIRST, "public_share_after": 10}
    assert _judged("bse", {**large, "capital_after": "4亿元"}).answer == "not_eligible"
    assert _judged("bse", {**large, "capital_after": "4.01亿元"}).answer == "eligible"


def test_the_innovation_tier_of_2022_asks_six_percent_and_ten_million_not_ten_percent_and_twenty_million():
    verdict = _judged("neeq_innovation", {**neeq_innovation.FIRM, **neeq_innovation.PROFITABLE})
    assert (verdict.answer, verdict.level) == ("eligible", "set_1")


def test_the_innovation_tier_of_2022_asks_growth_of_thirty_percent_and_not_fifty():
    assert _judged("neeq_innovation", {**neeq_innovation.FIRM, **neeq_innovation.GROWING}).level == "set_2"


def test_growth_of_fifty_percent_on_revenue_of_sixty_million_is_the_set_of_2019_and_no_longer_enough():
    grown = {"sales": "7800万元", "sales_1": "5200万元", "sales_2": "3400万元"}
    assert _judged("neeq_innovation", {**neeq_innovation.FIRM, **grown}).answer == "not_eligible"
    assert _judged("neeq_innovation", {**neeq_innovation.FIRM, **grown}, dt.date(2021, 6, 1)).answer == "undetermined"


def test_a_capitalisation_of_three_hundred_million_is_enough_and_not_six_hundred_as_in_2016():
    makers = {**neeq_innovation.FIRM, "cap_60_days": "3亿元", "market_makers": 4}
    assert _judged("neeq_innovation", makers).level == "set_4"
    assert _judged("neeq_innovation", makers, dt.date(2017, 1, 1)).answer == "not_eligible"


def test_profits_of_ten_million_together_and_rd_of_five_million_open_nothing_since_2022():
    invented = {"profit": "500万元", "profit_1": "500万元", "roe": 10, "roe_1": 10, "rd": "250万元", "rd_1": "250万元"}
    assert _judged("neeq_innovation", {**neeq_innovation.FIRM, **invented}).answer == "not_eligible"


def test_the_numbers_of_2019_are_shown_beside_what_was_not_found():
    edge = {"profit": "1200万元", "profit_1": "800万元", "roe": 9, "roe_1": 7, "sales": "6500万元", "sales_1": 54_999_999}
    clauses = _judged("neeq_innovation", {**neeq_innovation.FIRM, **edge}, dt.date(2021, 1, 1)).clauses
    states = {each.leaf.key: each.state for each in clauses}
    assert (states["profit"], states["roe"], states["revenue"], states["rest"]) == (True, True, False, None)


@pytest.mark.parametrize("day", [dt.date(2016, 6, 1), dt.date(2018, 1, 1), dt.date(2021, 1, 1)])
def test_a_text_of_which_only_some_numbers_were_read_never_says_yes(day: dt.date):
    rich = {"profit": "1亿元", "profit_1": "1亿元", "roe": 30, "roe_1": 30, "cap_60_days": "20亿元"}
    assert _judged("neeq_innovation", {**neeq_innovation.FIRM, **rich}, day).answer == "undetermined"


def test_a_yes_on_numbers_from_memory_says_so():
    verdict = _judged("neeq_innovation", {**neeq_innovation.FIRM, **neeq_innovation.R_AND_D})
    assert {leaf.clause.evidence for leaf in verdict.on_memory} == {"memory"}


@pytest.mark.parametrize("key", ["tech_board", "green_channel"])
def test_a_board_without_public_conditions_never_says_no_for_want_of_a_place_on_its_list(key: str):
    known = {"listed_company": False, "tech_board_listed": False, "regional_board_listed": True, "green_channel_listed": False}
    rule = rule_of(key)
    asked = {one.name for one in rule.inputs}
    verdict = _judged(key, {name: value for name, value in known.items() if name in asked})
    assert (verdict.answer, verdict.missing) == ("undetermined", ())
    assert "gap" in {each.leaf.clause.evidence for each in verdict.deciding}

"""What a title is worth: edges that agree with the rules, money counted once and only when due, and what is assumed said aloud."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from fuhua.policy import told
from fuhua.policy.catalog import inputs, rule_of, rules
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.verdict import judge
from fuhua.policy.rules.finance import first_loan
from fuhua.policy.rules.market import neeq_innovation, srdi_board
from fuhua.policy.rules.tax import vc_deduction
from fuhua.policy.titles import TITLES, UNLOCKS_NOTHING, Unlocked, Worth, told_worth, worth, worth_of

MID_2026 = dt.date(2026, 6, 15)
TWO_YEARS = dt.date(2025, 3, 1)
INCUBATORS = ("national_incubator", "beijing_incubator", "filed_makerspace")
RULES = [pytest.param(rule, id=rule.key) for rule in rules()]
EACH = [pytest.param(title, id=title.key) for title in TITLES.values()]

TAXES = {
    "taxable_income": "1000万元",
    "quarterly_staff": 60,
    "quarterly_assets": "3000万元",
    "prohibited_trade": False,
    "hnte_or_tech_sme_before": False,
    "title_years": {},
    "unabsorbed_losses": {},
    "income_before_losses": "1000万元",
    "cit_rate": 25,
    "main_industry": "other",
    "rd_expensed": "200万元",
    "rd_amortised": 0,
    "income_before_rd_extra": "1000万元",
}
BEFORE_AUGUST_2022 = dt.date(2022, 6, 30)  # no edition of the ladder of small firms yet, so that nothing else is asked
PREMISES = {
    "incubator_title": "none",
    "premises_use": "both",
    "property_tax_month": 30_000,
    "land_tax_month": 5_000,
    "incubation_income_separate": True,
    "incubation_vat_month": 2_000,
}


def _answers(key: str) -> Mapping[str, Any]:
    """A profile that leaves nothing of a rule open."""
    return next(each.profile for each in rule_of(key).examples if each.verdict == "eligible")


def _worth(key: str, profile: Mapping[str, Any], on: dt.date) -> Worth:
    return worth(TITLES[key], read_profile(profile, inputs()), on)


def _yuan(found: Worth) -> Fraction:
    return Fraction(found.total) / 100


def _edge(found: Worth, rule: str) -> Unlocked:
    return next(each for each in found.unlocked if each.unlock.rule == rule)


def _passes(found: Worth, rule: str) -> tuple[str, str]:
    edge = _edge(found, rule)
    return edge.before.answer, edge.after.answer


@pytest.mark.parametrize("rule", [case for case in RULES if case.values[0].grants])
def test_what_a_rule_grants_is_a_title_that_names_it_or_one_that_unlocks_nothing(rule: Any):
    if rule.grants in TITLES:
        assert rule.key in TITLES[rule.grants].granted_by
        assert rule.grants not in UNLOCKS_NOTHING
    else:
        assert rule.grants in UNLOCKS_NOTHING


@pytest.mark.parametrize("title", EACH)
def test_a_title_is_granted_by_the_rules_it_names_and_never_unlocks_one_of_them(title: Any):
    assert {rule_of(key).grants for key in title.granted_by} <= {title.key}
    assert title.unlocks
    assert not {each.rule for each in title.unlocks} & set(title.granted_by)
    assert [each.rule for each in title.unlocks if rule_of(each.rule) is None] == []


def test_every_title_that_unlocks_nothing_is_granted_by_a_rule_and_listed_once():
    assert set(UNLOCKS_NOTHING) <= {rule.grants for rule in rules()}
    assert list(UNLOCKS_NOTHING) == sorted(set(UNLOCKS_NOTHING))


@pytest.mark.parametrize("title", EACH)
def test_what_holding_a_title_answers_is_asked_by_a_rule_that_it_unlocks(title: Any):
    assert title.given
    assert set(title.told_by) <= set(title.given)
    asked = {one.name for each in title.unlocks for one in rule_of(each.rule).inputs}
    assert set(title.given) <= asked


@pytest.mark.parametrize(("on", "gain"), [(BEFORE_AUGUST_2022, 125_000), (dt.date(2022, 12, 31), 93_750)])
def test_a_technology_sme_of_2022_deducts_all_its_rd_once_more_where_others_deduct_less(on: dt.date, gain: int):
    found = _worth("tech_sme", {**TAXES, "hnte_valid": False}, on)
    assert (_yuan(found), _edge(found, "rd_super").gain) == (gain, gain * 100)  # a quarter, or three sixteenths, of 2 million at 25 %


def test_with_a_full_profile_the_total_is_whole():
    assert _worth("tech_sme", {**TAXES, "hnte_valid": False}, BEFORE_AUGUST_2022).whole is True
    small = {**_answers("tech_sme"), **TAXES, "tech_sme_valid": False}
    assert _worth("hnte", small, BEFORE_AUGUST_2022).whole is True
    assert _yuan(_worth("hnte", small, BEFORE_AUGUST_2022)) == 1_000_000


def test_a_certificate_is_worth_the_ten_points_of_tax_that_it_saves():
    found = _worth("hnte", {**TAXES, "tech_sme_valid": False}, BEFORE_AUGUST_2022)
    assert (_yuan(found), _passes(found, "hnte_rate")) == (1_000_000, ("not_eligible", "eligible"))


def test_a_certificate_makes_a_technology_sme_of_a_firm_that_only_lacks_rd_staff():
    found = _worth("hnte", {**_answers("tech_sme"), "rd_staff": 0}, dt.date(2025, 5, 20))
    assert _passes(found, "tech_sme") == ("not_eligible", "eligible")


def test_an_innovative_sme_has_forty_percent_of_its_first_loan_paid_and_it_is_said_since_when():
    found = _worth("innovative_sme", first_loan.FIRM, dt.date(2025, 9, 1))
    assert (_yuan(found), _edge(found, "first_loan").gain) == (32_000, 3_200_000)  # 64,000 with it, 32,000 without
    assert "first drawn" in found.assumes.en


def test_it_need_not_be_known_when_the_firm_was_recognised():
    unknown = {name: value for name, value in first_loan.FIRM.items() if name not in ("innovative_sme_at_draw", "interest_before_title")}
    found = _edge(_worth("innovative_sme", unknown, dt.date(2025, 9, 1)), "first_loan")
    assert (found.gain, found.wanting) == (3_200_000, ())


def test_a_title_held_at_the_draw_assumes_nothing_and_keeps_what_arose_before_it():
    held = {**first_loan.FIRM, "innovative_sme_at_draw": True, "interest_before_title": "4万元"}
    found = _worth("innovative_sme", held, dt.date(2025, 9, 1))
    assert (_yuan(found), found.assumes) == (24_000, None)  # 56,000 with it, 32,000 without


@pytest.mark.parametrize(("on", "gain"), [(dt.date(2026, 6, 10), 32_000), (dt.date(2026, 6, 11), 0), (dt.date(2029, 1, 1), 0)])
def test_a_title_betters_no_first_loan_that_is_paid_out_and_over(on: dt.date, gain: int):
    found = _worth("innovative_sme", first_loan.FIRM, on)
    assert (_yuan(found), _edge(found, "first_loan").gain) == (gain, gain * 100)


@pytest.mark.parametrize("key", ["innovative_sme", "specialised_sme", "little_giant"])
def test_the_rungs_of_the_ladder_settle_entry_to_the_specialised_board_and_that_is_no_money(key: str):
    found = _worth(key, srdi_board.NOTHING, dt.date(2025, 6, 1))
    edge = _edge(found, "srdi_board")
    assert (*_passes(found, "srdi_board"), edge.gain, found.total) == ("undetermined", "eligible", None, 0)


def test_the_innovation_tier_opens_the_beijing_exchange():
    bse = rule_of("bse")
    case = next(each for each in bse.examples if each.verdict == "eligible")
    found = _worth("neeq_innovation", {**case.profile, "neeq_innovation_layer": False}, case.on)
    assert (_passes(found, "bse"), found.total) == (("not_eligible", "eligible"), 0)
    assert neeq_innovation.SPEC.grants == "neeq_innovation"


@pytest.mark.parametrize("key", INCUBATORS)
@pytest.mark.parametrize(
    ("on", "months"),
    [(dt.date(2026, 1, 1), 12), (MID_2026, 7), (dt.date(2026, 12, 31), 1), (dt.date(2027, 12, 1), 1), (dt.date(2028, 1, 1), 0)],
)
def test_an_incubator_is_relieved_for_the_months_that_are_left_of_the_year(key: str, on: dt.date, months: int):
    found = _worth(key, PREMISES, on)
    assert (_yuan(found), found.whole) == (months * 37_000, True)


@pytest.mark.parametrize("key", INCUBATORS)
def test_a_candidate_is_told_on_which_day_of_recognition_its_worth_rests(key: str):
    found = _worth(key, PREMISES, MID_2026)
    assert (found.assumes.zh, "2026-05-31" in found.assumes.en) == ("按 2026-05-31 认定、自本月起免税计算", True)
    assert told.worth(found)["assumes"] == {"zh": found.assumes.zh, "en": found.assumes.en}


@pytest.mark.parametrize(
    ("recognised", "months"), [("2020-08-10", 12), ("2026-03-31", 9), ("2026-05-31", 7), ("2026-06-01", 0), ("2026-07-01", 0)]
)
def test_an_incubator_that_holds_the_title_keeps_its_own_day_of_recognition(recognised: str, months: int):
    held = {**PREMISES, "incubator_title": "provincial_incubator", "title_recognised_on": recognised, "title_cancelled": False}
    found = _worth("beijing_incubator", held, MID_2026)
    assert (_yuan(found), found.assumes) == (months * 37_000, None)


def test_a_national_title_adds_no_relief_to_that_of_a_municipal_one():
    municipal = {**PREMISES, "incubator_title": "provincial_incubator", "title_recognised_on": "2020-08-10", "title_cancelled": False}
    found = _worth("national_incubator", municipal, MID_2026)
    assert (_passes(found, "incubator_tax"), found.total, found.whole) == (("eligible", "eligible"), 0, True)


@pytest.mark.parametrize(
    "title",
    [
        {"incubator_title": "district_title", "title_recognised_on": "2020-08-10", "title_cancelled": False},
        {"incubator_title": "provincial_incubator", "title_recognised_on": "2020-08-10", "title_cancelled": True,
         "title_cancelled_on": "2025-03-02"},
    ],
)  # fmt: skip
def test_the_day_of_a_title_without_relief_is_not_taken_for_that_of_the_new_one(title: Mapping[str, Any]):
    found = _worth("beijing_incubator", {**PREMISES, **title}, MID_2026)
    assert (_yuan(found), found.assumes is not None) == (7 * 37_000, True)


def test_a_title_whose_day_is_not_known_leaves_it_open_what_another_would_add():
    undated = {**PREMISES, "incubator_title": "provincial_incubator", "title_cancelled": False}
    found = _worth("national_incubator", undated, MID_2026)
    edge = _edge(found, "incubator_tax")
    assert ([one.name for one in edge.wanting], edge.gain, found.whole) == (["title_recognised_on"], None, False)


def test_a_young_technology_firm_as_target_saves_its_investor_a_quarter_of_what_is_deducted():
    found = _worth("early_stage_target", vc_deduction.CASH, TWO_YEARS)
    assert (_yuan(found), found.whole, _passes(found, "vc_deduction")) == (750_000, True, ("not_eligible", "eligible"))
    assert "target met every test" in found.assumes.en
    assert [each.leaf.key for each in _edge(found, "vc_deduction").before.deciding] == ["resident"]


@pytest.mark.parametrize(
    "target",
    [
        dict.fromkeys(vc_deduction.TARGET),
        {"target_resident": False},
        {"target_staff": 400, "target_assets": "8000万元"},
        {"target_registered_on": "2001-01-01", "target_listed": True},
        {"target_rd_year": 0, "target_rd_next": 0},
    ],
)
def test_with_the_title_the_target_meets_its_tests_whatever_is_known_of_it(target: Mapping[str, Any]):
    assert _yuan(_worth("early_stage_target", {**vc_deduction.CASH, **target}, TWO_YEARS)) == 750_000


@pytest.mark.parametrize("deal", [{"secondary_purchase": True}, {"stake_held": False}, {"invested_on": "2023-03-02"}])
def test_the_title_of_the_target_mends_nothing_that_is_wrong_with_the_deal(deal: Mapping[str, Any]):
    found = _worth("early_stage_target", {**vc_deduction.CASH, **deal}, TWO_YEARS)
    assert (found.total, _passes(found, "vc_deduction")) == (0, ("not_eligible", "not_eligible"))


def test_what_an_angel_saves_is_no_tax_of_a_company_and_is_not_told_as_nothing():
    found = _worth("early_stage_target", {**vc_deduction.CASH, "investor_kind": "angel"}, TWO_YEARS)
    edge = _edge(found, "vc_deduction")
    assert (edge.after.answer, edge.gain) == ("eligible", None)


@pytest.mark.parametrize(
    ("income", "worth_of_it"),
    [(2_400_000, 0), (3_000_000, 0), (3_000_001, Fraction(3_000_001, 10)), (10_000_000, 1_000_000)],
)
def test_of_the_rate_of_fifteen_and_the_relief_of_small_firms_only_the_better_counts(income: int, worth_of_it: Fraction):
    firm = {**TAXES, "tech_sme_valid": False, "taxable_income": income}
    assert _yuan(_worth("hnte", firm, dt.date(2024, 6, 1))) == worth_of_it
    assert _edge(_worth("hnte", firm, dt.date(2024, 6, 1)), "hnte_rate").gain == income * 10  # in fen: a tenth of it, taken alone


def test_the_order_of_rules_that_exclude_each_other_does_not_matter_and_neither_does_telling_one_twice():
    firm = read_profile({**TAXES, "taxable_income": "240万元", "hnte_valid": True}, inputs())
    both = [judge(rule_of(key), firm, dt.date(2024, 6, 1)) for key in ("hnte_rate", "small_low_profit")]
    assert list(map(told_worth, both)) == [24_000_000, 48_000_000]
    assert worth_of(both) == worth_of(both[::-1]) == worth_of(both * 2) == 48_000_000


@pytest.mark.parametrize(
    ("key", "profile", "on", "lacking"),
    [
        *(
            ("hnte", {**_answers("tech_sme"), **TAXES, "tech_sme_valid": False}, BEFORE_AUGUST_2022, name)
            for name in ("taxable_income", "unabsorbed_losses", "tech_sme_valid")
        ),
        *(
            ("tech_sme", {**TAXES, "hnte_valid": False}, BEFORE_AUGUST_2022, name)
            for name in ("hnte_valid", "main_industry", "rd_expensed", "income_before_rd_extra")
        ),
        *(("beijing_incubator", PREMISES, MID_2026, name) for name in ("property_tax_month", "incubation_vat_month", "premises_use")),
        *(("early_stage_target", vc_deduction.CASH, TWO_YEARS, name) for name in ("offset_income", "invested_on", "cit_rate")),
    ],
)
def test_a_total_is_not_whole_when_something_that_moves_it_is_not_known(
    key: str, profile: Mapping[str, Any], on: dt.date, lacking: str
):  # fmt: skip
    found = _worth(key, {**profile, lacking: None}, on)
    assert (found.whole, lacking in {one.name for each in found.unlocked for one in each.wanting}) == (False, True)


def test_a_total_is_not_whole_while_a_rule_that_excludes_the_unlocked_one_is_open():
    firm = {**_answers("tech_sme"), **TAXES, "tech_sme_valid": False}
    open_rival = _worth("hnte", {**firm, "taxable_income": "240万元", "quarterly_staff": None}, BEFORE_AUGUST_2022)
    assert (open_rival.whole, _edge(open_rival, "hnte_rate").gain) == (False, 24_000_000)
    assert _worth("hnte", {**firm, "taxable_income": "240万元"}, BEFORE_AUGUST_2022).whole is True


CASES = [
    pytest.param(title, rule_of(unlock.rule), example, id=f"{title.key}: {unlock.rule}: {example.key}")
    for title in TITLES.values()
    for unlock in title.unlocks
    if rule_of(unlock.rule).subject == title.subject and title.subject != "incubator"
    for example in rule_of(unlock.rule).examples
]


@pytest.mark.parametrize(("title", "rule", "example"), CASES)
def test_holding_a_title_already_changes_nothing_in_what_it_is_worth(title: Any, rule: Any, example: Any):
    known = read_profile(example.profile, rule.inputs)
    name = next(iter(title.told_by or title.given))
    years = {each: {**known.get(each, {}), example.on.year: 1} for each in title.years}
    without = worth(title, {**known, name: (0, 0)}, example.on, example.tables)
    held = worth(title, {**known, **years, name: (1, 1)}, example.on, example.tables)
    assert (without.total, without.whole) == (held.total, held.whole)
    assert [each.gain for each in without.unlocked] == [each.gain for each in held.unlocked]


def test_investors_in_a_certified_firm_are_another_subject_whose_deduction_is_named_and_not_judged():
    edge = _edge(_worth("hnte", {}, MID_2026), "vc_deduction")
    assert (edge.before, edge.after, edge.gain) == (None, None, None)


def test_points_for_a_work_permit_are_no_title_that_unlocks_itself():
    assert "work_permit" not in TITLES

"""Numbers of talent and of industries that circulate and do not apply, and the words in which people tell an industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from fuhua.kernel.words import t
from fuhua.parties.words import DISTRICTS
from fuhua.policy.catalog import rule_of
from fuhua.policy.inputs import field, person
from fuhua.policy.reasoning.inputs import INPUTS, Input, choice
from fuhua.policy.reasoning.profile import BadProfile, read_profile, read_value
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.rules.field import future_industry, high_precision, strategic_emerging
from fuhua.policy.rules.field._catalogue import PLACES, Catalogue
from fuhua.policy.rules.talent import hicool, overseas_landing, work_permit

ON = dt.date(2025, 6, 2)
CATALOGUES = [pytest.param(each.CATALOGUE, id=each.SPEC.key) for each in (high_precision, future_industry, strategic_emerging)]


def _judged(key: str, profile: Mapping[str, Any], on: dt.date = ON) -> Verdict:
    rule = rule_of(key)
    return judge(rule, read_profile(profile, rule.inputs), on)


def _points(item: str, profile: Mapping[str, Any]) -> tuple[int, int]:
    return next(span for each, span in _judged("work_permit", profile).items if each.name == item)


@pytest.mark.parametrize("age", [61, 65, 70, 71])
def test_nobody_above_sixty_is_promised_class_b_up_to_seventy_and_nobody_is_refused(age: int):
    verdict = _judged("work_permit", {**work_permit.SKILLED, "age": age})
    assert verdict.answer == "undetermined"
    assert verdict.level is None
    assert [each.leaf.key for each in verdict.deciding] == ["b_discretion"]
    assert verdict.on_memory


def test_age_alone_opens_no_class_when_no_way_of_b_is_met():
    assert _judged("work_permit", {**work_permit.FIFTY, "age": 65}).answer == "not_eligible"


def test_a_salary_of_six_hundred_thousand_yuan_is_no_class_a_in_beijing_as_it_is_in_shanghai():
    paid = {**work_permit.FIFTY, "annual_pay": "60万元", "monthly_offer": 50_000}
    verdict = _judged("work_permit", paid)
    assert (verdict.answer, verdict.level) == ("eligible", "b")  # 4.17 times the average wage
    assert not [one.name for one in rule_of("work_permit").inputs if "tax" in one.name]


def test_class_a_asks_neither_for_an_age_nor_for_a_degree():
    old = {**work_permit.FIFTY, "age": 78, "education": "none", "startup_talent": True}
    assert _judged("work_permit", old).level == "a"


@pytest.mark.parametrize(
    ("pay", "points"),
    [("45万元", 20), ("449999.99", 17), ("35万元", 17), ("25万元", 14), ("15万元", 11), ("7万元", 8), ("5万元", 5), ("49999.99", 0)],
)
def test_pay_on_the_edge_of_two_bands_counts_in_the_upper_one(pay: str, points: int):
    assert _points("pay", {"annual_pay": pay}) == (points, points)


@pytest.mark.parametrize(("years", "points"), [(1, 0), (2, 5), (3, 6), (8, 11), (16, 19), (17, 20), (40, 20)])
def test_two_years_of_work_give_five_points_and_each_further_year_one_up_to_twenty(years: int, points: int):
    assert _points("years", {"work_years": years}) == (points, points)


@pytest.mark.parametrize(("months", "points"), [(2, 0), (3, 5), (5, 5), (6, 10), (8, 10), (9, 15), (12, 15)])
def test_months_in_china_count_from_three_six_and_nine(months: int, points: int):
    assert _points("months", {"months_in_china": months}) == (points, points)


@pytest.mark.parametrize(
    ("age", "points"), [(17, 0), (18, 10), (25, 10), (26, 15), (45, 15), (46, 10), (55, 10), (56, 5), (60, 5), (61, 0), (75, 0)]
)
def test_age_counts_most_from_26_to_45_and_nothing_above_sixty(age: int, points: int):
    assert _points("age", {"age": age}) == (points, points)


@pytest.mark.parametrize(
    ("degree", "certificate", "points"),
    [("doctor", "none", 20), ("bachelor", "top", 20), ("none", "technician", 15), ("bachelor", "senior_worker", 10), ("none", "other", 0)],
)
def test_a_degree_and_a_certificate_do_not_add_up_the_better_counts(degree: str, certificate: str, points: int):
    assert _points("education", {"education": degree, "skill_certificate": certificate}) == (points, points)


def test_work_in_beijing_gives_no_points_for_the_region():
    assert _points("place", {"work_region": "北京市"}) == (0, 0)
    assert _points("place", {"work_region": "西部"}) == (10, 10)


@pytest.mark.parametrize(
    ("level", "points"), [("HSK5", 5), ("HSK4", 4), ("HSK 三级", 3), ("hsk_2", 2), ("HSK1", 1), ("former_citizen", 5), ("none", 0)]
)
def test_chinese_counts_by_the_hsk_level(level: str, points: int):
    assert _points("chinese", {"chinese_level": level}) == (points, points)


def test_several_other_merits_are_worth_five_points_as_one_is():
    merits = ("top_foreign_school", "fortune_500_work", "holds_ip", "five_years_in_china")
    assert _points("other", dict.fromkeys(merits, True)) == (5, 5)
    assert _points("other", dict.fromkeys(merits, False)) == (0, 0)
    for merit in merits:
        assert _points("other", {merit: True}) == (5, 5)


def test_the_table_of_points_adds_up_to_120_with_the_local_bonus():
    verdict = _judged("work_permit", {})
    assert sum(item.most for item, _ in verdict.items) == 120
    assert verdict.score == (0, 120)


def test_a_local_bonus_of_more_than_ten_points_is_refused():
    with pytest.raises(BadProfile):
        read_value(person.local_bonus_points, 11)


def test_three_seasons_of_hicool_make_the_total_that_was_published():
    assert hicool.projects_to_date("2022") == 2026 + 4018 + 5016 == 11_060


def test_the_awards_of_2022_are_140_and_the_projects_grew_by_about_a_quarter():
    assert hicool.BY_YEAR["2022"].awards == 140
    assert round((hicool.projects_multiple("2022") - 1) * 100, 2) == Fraction("24.84")


@pytest.mark.parametrize("stock", ["hicool_awarded", "hicool_season"])
def test_a_hicool_contestant_or_winner_has_not_landed_in_beijing_by_that(stock: str):
    asked = {one.name for one in rule_of("overseas_landing").inputs}
    assert stock not in asked
    assert asked == {"from_overseas", "beijing_entity", "lead_works_in_beijing", "incubator_lease"}
    assert _judged("overseas_landing", overseas_landing.BARE).answer == "not_eligible"


def test_every_clause_of_the_landing_test_says_that_it_is_derived():
    edition = rule_of("overseas_landing").edition(ON)
    assert {leaf.clause.evidence for leaf in edition.leaves} == {"derived"}


@pytest.mark.parametrize("key", ["gaoju", "zhuque", "yuying", "hicool"])
def test_a_roster_without_public_criteria_has_one_clause_and_no_score(key: str):
    edition = rule_of(key).edition(ON)
    assert [(leaf.key, leaf.clause.evidence) for leaf in edition.leaves] == [("listed", "gap")]
    assert edition.score is None


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_code_of_a_catalogue_but_none_is_in_one_group(catalogue: Catalogue):
    codes = [row.code for row in catalogue.rows]
    assert sorted([*codes, *catalogue.fields, "none"]) == sorted(catalogue.of.choices)
    assert set(catalogue.places) <= set(codes)
    assert {catalogue.group(code) for code in catalogue.fields} <= {group for group, _ in catalogue.groups}


def test_the_national_classification_has_nine_groups_of_these_sizes_and_forty_entries():
    sizes = [len(codes) for _, codes in strategic_emerging.CATALOGUE.groups]
    assert sizes == [5, 5, 7, 5, 4, 5, 3, 4, 2]
    assert len(strategic_emerging.CATALOGUE.rows) == 40


def test_the_future_has_six_fields_of_these_sizes_and_twenty_industries():
    assert [len(codes) for _, codes in future_industry.CATALOGUE.groups] == [5, 4, 2, 3, 4, 2]
    assert len(future_industry.CATALOGUE.rows) == 20


def test_the_high_precision_system_is_two_four_four_and_one():
    assert [len(codes) for _, codes in high_precision.CATALOGUE.groups] == [2, 4, 4, 1]


def test_integrated_circuits_are_sent_to_three_districts_and_smart_cities_to_none():
    named = high_precision.CATALOGUE.districts("integrated_circuits")
    assert [PLACES[code].zh for code in named] == ["北京经济技术开发区", "海淀区", "顺义区"]
    assert high_precision.CATALOGUE.districts("smart_city") == ()


def test_the_districts_of_the_catalogues_are_those_of_the_register():
    assert {code: DISTRICTS[code] for code in PLACES} == PLACES


@pytest.mark.parametrize(
    ("one", "word", "code"),
    [
        (field.future_industry, "人形机器人", "humanoid_robots"),
        (field.future_industry, "类人机器人", "humanoid_robots"),
        (field.future_industry, " Humanoid Robots ", "humanoid_robots"),
        (field.future_industry, "6g", "six_g"),
        (field.future_industry, "未来网络", "six_g"),
        (field.future_industry, "智慧能源", "future_energy"),
        (field.future_industry, "超材料", "future_materials"),
        (field.future_industry, "生物育种", "none"),
        (field.future_industry, "钙钛矿光伏", "none"),
        (field.strategic_industry, "钙钛矿光伏", "6.3"),
        (field.strategic_industry, "生物育种", "4.3"),
        (field.strategic_industry, "6.3", "6.3"),
        (field.strategic_industry, "下一代信息网络", "1.1"),
        (field.strategic_industry, "生物质能", "4.4"),
        (field.strategic_industry, "生物质能及其他", "6.4"),
        (field.strategic_industry, "先进环保", "7.2"),
        (field.future_industry, "第六代移动通信(6G)", "six_g"),
        (field.high_precision_industry, "原创新药", "medicine_health"),
        (field.high_precision_industry, "智能硬件", "information_technology"),
        (person.education, "phd", "doctor"),
    ],
)
def test_a_choice_is_told_by_its_code_its_name_or_a_usual_word(one: Input, word: str, code: str):
    assert read_value(one, word) == code


def test_an_unknown_word_is_refused_with_the_near_ones_named():
    with pytest.raises(BadProfile) as refused:
        read_value(field.future_industry, "人型机器人")
    assert "humanoid_robots（类人机器人）" in refused.value.text.zh
    assert "humanoid_robots (humanoid robots)" in refused.value.text.en


@pytest.mark.parametrize("raw", ["", "火锅", None, 6, True, ["6G"], {"code": "six_g"}])
def test_what_is_near_nothing_is_refused_with_every_code(raw: Any):
    with pytest.raises(BadProfile) as refused:
        read_value(field.future_industry, raw)
    assert "satellite_networks" in refused.value.text.en
    assert "did you mean" not in refused.value.text.en


@pytest.mark.parametrize("aliases", [{"apple": "gone"}, {"Pear": "apple"}, {"梨": "apple"}])
def test_an_alias_of_no_code_or_of_two_is_not_accepted(aliases: Mapping[str, str]):
    with pytest.raises(ValueError, match="cannot stand for"):
        choice("fruit_of_a_test", t("水果", "fruit"), {"apple": t("苹果", "apple"), "pear": t("梨", "a pear")}, aliases=aliases)
    assert "fruit_of_a_test" not in INPUTS

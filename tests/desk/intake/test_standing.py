"""Which office may hand in which roster about whom, and at which grade."""

from __future__ import annotations

from fuhua.desk.actions import intake as desk
from fuhua.desk.models import IntakeRow
from fuhua.evidence.words import Grade
from fuhua.journey.models import Stay
from fuhua.kernel.roster import ROSTERS
from fuhua.parties.actions import organisations
from fuhua.parties.queries import who

from .rosters_as_sent import HOST, STAYS, code, stay, workbook

BY = "urn:fuhua:person:clerk"


def elsewhere(at):
    return organisations.register(sort="incubator", name="北京东城示例孵化器有限公司", district="110101", by=BY, at=at())


def test_a_department_hands_in_funds_and_payments_and_nothing_else(cast):
    assert [each.name for each in desk.allowed(who(cast["department_officer"]))] == ["funds", "payments"]


def test_city_and_district_officers_may_hand_in_every_roster(cast):
    for name in ("coordinator", "city_officer", "district_officer"):
        assert {each.name for each in desk.allowed(who(cast[name]))} == set(ROSTERS.keys()), name


def test_what_a_department_says_of_funds_is_declared_and_no_registry(hand_in):
    content = workbook(("基金名称", "认缴规模（万元）", "是否早期基金", "申报日期"), ("北京示例基金", 100, "是", "2024-01-15"))
    assert hand_in(content, "funds", "department_officer").grade == Grade.DECLARED
    assert hand_in(content, "funds", "city_officer").grade == Grade.REGISTRY


def test_a_district_officer_cannot_enter_stays_at_a_house_of_another_district(load, at):
    other = elsewhere(at)
    intake = load(workbook(STAYS, stay(1), stay(2, host=other.name)), "stays", "district_officer")
    assert (intake.new, intake.wrong, Stay.objects.count()) == (1, 1, 1)
    row = IntakeRow.objects.get(intake=intake)
    assert (row.number, row.problems[0][2]) == (
        3, f"“{other.name}” is not of your district, or its district is not known; its own district or a city officer hands this in")
    assert load(workbook(STAYS, stay(2, host=other.name)), "stays", "city_officer").new == 1


def test_a_district_officer_cannot_register_ventures_of_another_district(load):
    rows = [(f"北京{number}号示例科技有限公司", code(number), district) for number, district in ((1, "海淀区"), (2, "东城区"), (3, ""))]
    intake = load(workbook(("企业名称", "统一社会信用代码", "所在区"), *rows), "ventures", "district_officer")
    assert (intake.new, intake.wrong) == (1, 2)


def test_a_district_officer_keeps_their_own_house(load):
    assert load(workbook(STAYS, stay(1, host=HOST)), "stays", "district_officer").new == 1


def test_an_amount_above_a_hundred_billion_yuan_is_refused_as_implausible(check, hand_in):
    titles = ("基金名称", "认缴规模（亿元）", "是否早期基金", "申报日期")
    content = workbook(titles, ("北京甲基金", 1000, "是", "2024-01-15"), ("北京乙基金", 1001, "是", "2024-01-15"))
    intake = check(hand_in(content, "funds"))
    assert (intake.new, intake.wrong) == (1, 1)
    assert "超过 1000 亿元" in IntakeRow.objects.get(intake=intake).problems[0][1]

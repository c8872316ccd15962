"""Which organisation a row means: by code, else by name; when it is not sure, an officer says, and never two of one."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.intake.rosters_as_sent import STAYS, code, stay, workbook
from fuhua.desk.actions import intake as desk
from fuhua.desk.actions.intake import BadRoster
from fuhua.desk.actions.intake_pass import work_once
from fuhua.desk.queries.intakes import questions
from fuhua.evidence.words import Grade
from fuhua.journey.models import Stay
from fuhua.parties.actions import organisations
from fuhua.parties.models import Party


@pytest.fixture
def register(cast, at):
    def made(name, **more):
        return organisations.register(sort=more.pop("sort", "venture"), name=name, by=cast["city_officer"].party.urn, at=at(),
                                      grade=Grade.REGISTRY, **more)

    return made


def test_the_credit_code_decides_whatever_the_name(load, register):
    known = register("北京甲乙丙科技有限公司", code=code(7))
    load(workbook(STAYS, stay(7, name="完全不同的名字有限公司")))
    assert list(Stay.objects.values_list("venture", flat=True)) == [known.urn]


def test_an_exact_name_without_a_code_is_sure(load, register):
    known = register("北京甲乙丙科技有限公司")
    load(workbook(STAYS, stay(1, name="甲乙丙科技有限公司", code=None)))
    assert list(Stay.objects.values_list("venture", flat=True)) == [known.urn]


def test_a_similar_name_waits_with_candidates_and_reasons_until_an_officer_picks(load, register, at):
    known = register("北京星海量子科技有限公司", district="110108")
    intake = load(workbook(STAYS, stay(1, name="星海量子技术有限公司", code=None),
                           stay(2, name="星海量子技术有限公司", code=None, began="2024-05-01"), stay(3)))
    assert (intake.new, intake.waiting) == (1, 2)
    [question] = questions(intake)
    assert (question["n"], [option["urn"] for option in question["options"]]) == (2, [known.urn])
    assert question["options"][0]["reasons"][0].zh == "字号相同：星海量子"
    assert desk.pick(intake, question=question["question"], party=known.urn, by=intake.by.urn, at=at()) == 2
    assert work_once(at(), intake=intake)
    intake.refresh_from_db()
    assert (intake.new, intake.waiting, intake.wrong) == (2, 0, 1)
    assert list(Stay.objects.filter(venture=known.urn).values_list("began", flat=True)) == [dt.date(2024, 3, 1)]
    assert intake.rows.get().problems[0][1] == "该企业在此载体已有未结束的同类入驻，请先办理离驻"


def test_an_officer_may_say_that_it_is_a_new_one_and_it_is_registered_once(load, register, at):
    register("北京星海量子科技有限公司")
    rows = [stay(1, name="星海量子技术有限公司", code=None, began=began, ended=ended, reason="退出")
            for began, ended in (("2023-05-01", "2023-12-31"), ("2024-05-01", "2024-12-31"))]
    intake = load(workbook(STAYS, *rows))
    [question] = questions(intake)
    desk.pick(intake, question=question["question"], party="", by=intake.by.urn, at=at())
    work_once(at(), intake=intake)
    intake.refresh_from_db()
    assert (intake.new, intake.waiting) == (2, 0)
    assert Party.objects.filter(name="星海量子技术有限公司").count() == 1
    with pytest.raises(BadRoster):
        desk.pick(intake, question=question["question"], party="", by=intake.by.urn, at=at())


def test_an_answer_given_after_the_dry_run_is_followed_when_entering(hand_in, check, register, at):
    known = register("北京星海量子科技有限公司")
    intake = check(hand_in(workbook(STAYS, stay(1, name="星海量子技术有限公司", code=None), stay(2))))
    [question] = questions(intake)
    desk.pick(intake, question=question["question"], party=known.urn, by=intake.by.urn, at=at())
    desk.confirm(intake, by=intake.by.urn, at=at())
    work_once(at(), intake=intake)
    intake.refresh_from_db()
    assert (intake.new, intake.waiting, intake.rows.count()) == (2, 0, 0)
    assert Stay.objects.filter(venture=known.urn, began=dt.date(2024, 3, 1)).count() == 1


def test_a_name_of_another_sort_is_wrong_and_not_a_second_organisation(load, organisation):
    intake = load(workbook(STAYS, stay(1, host=organisation("venture").name)))
    assert intake.rows.get().problems[0][1] == "“北京寄灵科技有限公司”登记为在孵企业，不能填在这一列，请核对"


def test_a_merged_duplicate_is_read_as_what_it_was_merged_into(load, register, cast, at):
    one, two = register("北京甲乙丙科技有限公司"), register("北京丁戊己科技有限公司")
    organisations.merge(two, one, by=cast["city_officer"].party.urn, at=at())
    load(workbook(STAYS, stay(1, name="丁戊己科技有限公司", code=None)))
    assert list(Stay.objects.values_list("venture", flat=True)) == [one.urn]

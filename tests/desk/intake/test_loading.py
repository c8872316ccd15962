"""From a file to facts: what is new goes in, the same again changes nothing, a change corrects, a bad row stays out."""

from __future__ import annotations

import datetime as dt

from desk.intake.rosters_as_sent import STAYS, code, stay, workbook
from fuhua.desk.models import RosterRecord
from fuhua.evidence.models import Fact
from fuhua.evidence.proof.records import decode
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays
from fuhua.journey.models import Stay
from fuhua.parties.models import Party


def told(kind):
    return [decode(row.kind, row.body, seq=-1, digest=row.digest) for row in Fact.objects.filter(kind=kind).order_by("id")]


def counts(intake):
    return {name: getattr(intake, name) for name in ("new", "changed", "unchanged", "repeated", "wrong", "waiting")
            if getattr(intake, name)}


def test_good_rows_become_facts_with_the_file_as_document_and_registry_grade(load):
    intake = load(workbook(STAYS, *[stay(number) for number in range(3)]))
    assert (intake.roster, intake.state, counts(intake)) == ("stays", "done", {"new": 3})
    stays = told("journey.stay_began")
    assert [(record.documents, record.grade, record.true_from) for record in stays] == [
        ((intake.document,), Grade.REGISTRY, dt.date(2024, 3, 1))] * 3
    assert {Party.objects.get(urn=record.subject).code for record in stays} == {code(0), code(1), code(2)}


def test_the_same_file_twice_changes_nothing(load):
    content = workbook(STAYS, *[stay(number) for number in range(5)])
    load(content)
    before = (Fact.objects.exclude(kind__startswith="desk.").count(), Party.objects.count(), Stay.objects.count())
    again = load(content)
    assert counts(again) == {"unchanged": 5}
    assert (Fact.objects.exclude(kind__startswith="desk.").count(), Party.objects.count(), Stay.objects.count()) == before


def test_a_changed_row_corrects_the_earlier_fact_and_shows_before_and_after(load, hand_in, check):
    load(workbook(STAYS, stay(1), stay(2, ended="2024-09-01", reason="毕业")))
    changed = workbook(STAYS, stay(1, ended="2024-12-31", reason="退出"), stay(2, ended="2024-09-30", reason="毕业"))
    dry = check(hand_in(changed))
    assert counts(dry) == {"changed": 2}
    assert list(dry.rows.order_by("number").values_list("changes", flat=True)) == [
        [["ended", "", "2024-12-31"], ["reason", "", "exited"]], [["ended", "2024-09-01", "2024-09-30"]]]
    assert counts(load(changed)) == {"changed": 2}
    ends = told("journey.stay_ended")
    assert [(end.true_from.isoformat(), end.replaces) for end in ends] == [
        ("2024-09-01", None), ("2024-12-31", None), ("2024-09-30", ends[0].digest)]
    assert sorted(Stay.objects.values_list("ended", flat=True)) == [dt.date(2024, 9, 30), dt.date(2024, 12, 31)]
    assert counts(load(changed)) == {"unchanged": 2}


def test_a_row_that_no_longer_says_it_ended_voids_the_end(load):
    load(workbook(STAYS, stay(1, ended="2024-09-01", reason="毕业")))
    load(workbook(STAYS, stay(1)))
    assert [record.fact.reason for record in told("evidence.voided")] == ["mistake"]
    assert list(Stay.objects.values_list("ended", flat=True)) == [None]


def test_ten_bad_rows_stay_out_and_say_what_and_how_and_the_others_go_in(load):
    bad = [
        stay(1, began="去年"), stay(2, began="2024-13-01"), stay(3, began=None), stay(4, name=None), stay(5, code="91110108MA0000000X"),
        stay(6, host="没有这家孵化器"), stay(7, ended="2023-01-01"), stay(8, reason="毕业"), stay(9, began="2031-01-01"),
        stay(10, code=911101080000000123),
    ]
    intake = load(workbook(STAYS, *[row for number, each in enumerate(bad) for row in (each, stay(100 + number))]))
    assert counts(intake) == {"new": 10, "wrong": 10}
    problems = {row.number: row.problems[0] for row in intake.rows.all()}
    assert [problems[number][0] for number in sorted(problems)] == [
        "began", "began", "began", "venture", "venture_code", "host", "ended", "ended", "", "venture_code"]
    assert problems[2][1:] == ["“去年”不是日期，请写成 2024-03-01 或 2024年3月1日", "“去年” is not a date; write 2024-03-01"]
    assert Stay.objects.count() == 10
    assert not Party.objects.filter(name__in=["北京9号示例科技有限公司"]).exists()


def test_rows_repeated_in_a_file_count_once_and_contradicting_ones_are_wrong(load):
    intake = load(workbook(STAYS, stay(1), stay(1), stay(2), stay(2, ended="2024-05-01", reason="毕业")))
    assert counts(intake) == {"new": 2, "repeated": 1, "wrong": 1}
    assert [row.problems[0][1] for row in intake.rows.order_by("number")] == [
        "与第 2 行相同，只计一次", "与第 4 行是同一条记录，但内容不同，请核对后只保留一行"]


def test_one_organisation_written_in_several_ways_is_registered_once(load):
    intake = load(workbook(STAYS, stay(1), stay(1, name="北京市１号示例科技有限公司", began="2024-05-01", host="启明芯孵化器"),
                           stay(1, name="1号示例科技有限公司", code=None, began="2024-06-01")))
    assert Party.objects.filter(sort="venture", code=code(1)).count() == 1
    assert Party.objects.filter(name__contains="号示例科技").count() == 1, counts(intake)


def test_a_stay_entered_by_hand_is_adopted_and_not_told_twice(load, organisation, cast, at):
    venture, host = organisation("venture"), organisation("incubator")
    digest = stays.begin(subject=venture.urn, host=host.urn, stay="physical", by=cast["operator"].party.urn, at=at(),
                         on=dt.date(2024, 3, 1))
    load(workbook(STAYS, stay(1, name=venture.name, code=None)))
    assert [record.digest for record in told("journey.stay_began")] == [digest]
    assert RosterRecord.objects.get().facts["began"][0] == digest


def test_an_operator_enters_only_stays_at_their_own_incubator_and_by_their_word_alone(load, organisation):
    intake = load(workbook(STAYS, stay(1), stay(2, host=None), stay(3, host="中关村东升科学园")), office="operator")
    assert counts(intake) == {"new": 2, "wrong": 1}
    assert intake.rows.get().problems[0][1] == "“中关村东升科学园”不是您运营的孵化器，只能填报本孵化器的记录"
    assert {(record.grade, record.on_behalf, record.fact.host) for record in told("journey.stay_began")} == {
        (Grade.DECLARED, organisation("incubator").urn, organisation("incubator").urn)}

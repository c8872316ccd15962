"""Importing a plan: what is read is kept with its place, and what cannot be read says why."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from tests.plan.editions.conftest import FIRST, OFFICER

from fuhua.evidence.models import Document, Fact
from fuhua.plan.actions.editions import BadImport, import_plan
from fuhua.plan.models import Edition
from fuhua.plan.queries.editions import content, open_points, progress
from fuhua.plan.queries.matching import group_of, plates, printed_units
from fuhua.plan.reading import PlanError


def test_a_document_becomes_a_draft_with_everything_it_says(draft: Edition) -> None:
    assert (draft.status, draft.title, draft.city, draft.doc_number) == (
        "draft", "云湖市创新孵化提升行动方案（2023—2025年）", "云湖市", "云科发〔2023〕7号")
    assert (draft.start, draft.end) == (dt.date(2023, 1, 1), dt.date(2025, 12, 31))
    assert list(draft.measures.values_list("no", "title")) == [(1, "选育示范孵化器"), (2, "建设公共技术平台"), (3, "畅通创业融资渠道")]
    goals = {each.metric: each for each in draft.targets.filter(measure=None)}
    assert goals["示范孵化器"].value == 12
    assert (goals["示范孵化器"].deadline, goals["示范孵化器"].unit) == (dt.date(2025, 12, 31), "家")
    seeds = next(each for each in goals.values() if each.unit == "元")
    assert (seeds.op, seeds.value) == (">=", Decimal(500_000_000))
    offshore = next(each for each in goals.values() if each.op == "range")
    assert (offshore.value, offshore.upper) == (2, 4)
    assert [each.value for each in draft.targets.filter(measure__no=1)] == [300]


def test_every_item_stands_where_the_text_says_it(draft: Edition) -> None:
    for measure in draft.measures.all():
        assert draft.source_text[measure.title_begin:measure.title_end] == measure.title
        for unit in measure.responsibilities.all():
            assert draft.source_text[unit.begin:unit.end] == unit.printed
    for target in draft.targets.all():
        assert draft.source_text[target.begin:target.end] == target.quote


def test_the_first_unit_leads_when_the_text_does_not_say_and_this_is_marked(draft: Edition) -> None:
    units = list(draft.measures.get(no=2).responsibilities.values_list("printed", "role", "role_printed"))
    assert units == [("市科技局", "lead", False), ("市教育局", "co", False)]


def test_the_source_is_kept_and_the_import_is_a_fact(draft: Edition) -> None:
    digest = hashlib.sha256(FIRST.encode()).hexdigest()
    assert draft.source_digest == digest
    assert Document.objects.filter(digest=digest).exists()
    fact = Fact.objects.get(kind="plan.edition_imported", subject=draft.urn)
    assert digest in fact.body
    assert "云湖" not in fact.body


def test_the_same_document_is_not_imported_twice(draft: Edition, write: Callable[[str, str], Path],
                                                  at: Callable[..., dt.datetime]) -> None:
    with pytest.raises(BadImport) as refusal:
        import_plan(write("again.txt", FIRST), by=OFFICER, at=at())
    assert "/plans/yunhu/" in refusal.value.text.zh
    assert Edition.objects.count() == 1


def test_a_plan_without_measures_is_a_clear_error_and_leaves_nothing(cast: object, write: Callable[[str, str], Path],
                                                                     at: Callable[..., dt.datetime]) -> None:
    path = write("empty.txt", "关于召开会议的通知\n\n请各单位准时参加会议，会议地点另行通知，请相互转告，谢谢大家的配合和支持。")
    with pytest.raises(PlanError) as refusal:
        import_plan(path, by=OFFICER, at=at())
    assert refusal.value.zh
    assert refusal.value.en
    assert Edition.objects.count() == 0


def test_a_slug_is_made_up_when_none_is_given(cast: object, write: Callable[[str, str], Path], at: Callable[..., dt.datetime]) -> None:
    first = import_plan(write("a.txt", FIRST), by=OFFICER, at=at())
    second = import_plan(write("b.txt", FIRST + "\n附件略。\n"), by=OFFICER, at=at())
    assert (first.slug, second.slug) == ("plan-2023-2025", "plan-2023-2025-2")


def test_groups_and_double_name_plates_are_recognised(draft: Edition) -> None:
    assert (group_of("各区政府"), group_of("有关市级部门"), group_of("有关银行机构"), group_of("市科技局")) == (
        "districts", "departments", "others", "")
    assert plates("市科委、中关村管委会") == ["市科委", "中关村管委会"]
    groups = {unit.printed: unit.proposed_group for unit in printed_units(draft)}
    assert groups["各区政府"] == "districts"


def test_a_unit_known_here_is_matched_at_once_and_another_citys_is_not(
    cast: object, write: Callable[[str, str], Path], at: Callable[..., dt.datetime], organisation: Callable[[str], object]
) -> None:
    here = import_plan(write("here.txt", FIRST.replace("云湖市", "北京市")), by=OFFICER, at=at(), slug="here")
    there = import_plan(write("there.txt", FIRST), by=OFFICER, at=at(), slug="there")
    assert here.measures.get(no=3).responsibilities.get(printed="市财政局").party == organisation("finance")
    assert there.measures.get(no=3).responsibilities.get(printed="市财政局").party is None
    assert next(unit.names for unit in printed_units(there) if unit.printed == "市财政局") == ["云湖市财政局"]


def test_a_former_name_still_finds_the_organisation(draft: Edition, organisation: Callable[[str], object],
                                                    at: Callable[..., dt.datetime]) -> None:
    from fuhua.parties.actions import organisations
    from fuhua.plan.queries.matching import candidates

    city = organisation("city")
    organisations.rename(city, name="云湖市科技创新委员会", since=dt.date(2024, 1, 1), by=OFFICER, at=at())
    found = candidates("北京市科学技术委员会、中关村科技园区管理委员会")
    assert (found[0].party, found[0].sure) == (city, 100)


def test_the_draft_says_what_is_open(draft: Edition) -> None:
    codes = [point.code for point in open_points(draft) if point.blocks]
    assert "units" in codes
    assert "period" not in codes
    assert progress(draft).done == 0


def test_content_follows_the_plan_format(draft: Edition) -> None:
    found = content(draft)
    assert found["measure_count"] == 3
    assert found["measures"][0]["units"] == ["市科技局", "市财政局", "各区政府"]
    target = next(each for each in found["targets"] if each["op"] == "range")
    assert (target["value"], target["max"], target["deadline"], target["measure"]) == (2, 4, "2025", 0)

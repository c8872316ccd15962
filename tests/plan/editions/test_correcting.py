"""Correcting a draft: every change is logged and can be undone, and nobody overwrites anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.plan.editions.conftest import OFFICER

from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions.cast import PLAYERS
from fuhua.plan.actions.corrections import (
    BadItem,
    add_item,
    confirm_items,
    edit_item,
    link_target,
    match_unit,
    register_unit,
    remove_item,
    settle_doubt,
)
from fuhua.plan.actions.editions import publish
from fuhua.plan.actions.revisions import NotUndoable, Overtaken, undo
from fuhua.plan.models import Edition, Target
from fuhua.plan.queries.editions import content, progress
from fuhua.plan.queries.history import history, said

OTHER = PLAYERS["coordinator"].urn
At = Callable[..., dt.datetime]


def _fresh(edition: Edition) -> Edition:
    edition.refresh_from_db()
    return edition


def test_an_edit_is_logged_with_who_and_what_and_undone(draft: Edition, at: At) -> None:
    measure = draft.measures.get(no=2)
    edit_item(draft, kind="measure", pk=measure.pk, values={"title": "建设开放技术平台"}, seen=draft.version, by=OFFICER, at=at())
    measure.refresh_from_db()
    assert (measure.title, measure.reviewed_by) == ("建设开放技术平台", OFFICER)
    newest = history(_fresh(draft))[0]
    assert (newest["who"], newest["undoable"]) == ("陈晓岚", True)
    assert {"label", "before", "after"} <= set(newest["fields"][0])
    assert "建设开放技术平台" in said(newest["revision"]).zh
    undo(draft, version=draft.version, by=OFFICER, at=at())
    measure.refresh_from_db()
    assert (measure.title, measure.reviewed_at) == ("建设公共技术平台", None)


def test_an_undo_can_be_undone(draft: Edition, at: At) -> None:
    pk = draft.measures.get(no=2).pk
    edit_item(draft, kind="measure", pk=pk, values={"title": "新标题"}, seen=draft.version, by=OFFICER, at=at())
    first = _fresh(draft).version
    undo(draft, version=first, by=OFFICER, at=at())
    undo(draft, version=_fresh(draft).version, by=OFFICER, at=at())
    assert draft.measures.get(pk=pk).title == "新标题"
    with pytest.raises(NotUndoable):
        undo(draft, version=first, by=OFFICER, at=at())


def test_a_removed_measure_comes_back_with_its_units_and_targets(draft: Edition, at: At) -> None:
    before = content(draft)
    measure = draft.measures.get(no=1)
    remove_item(draft, kind="measure", pk=measure.pk, seen=draft.version, by=OFFICER, at=at())
    assert draft.measures.count() == 2
    assert draft.targets.filter(metric__contains="经理人").count() == 0
    undo(draft, version=_fresh(draft).version, by=OFFICER, at=at())
    assert content(_fresh(draft)) == before


def test_an_added_target_is_undone_by_going_away(draft: Edition, at: At) -> None:
    count = draft.targets.count()
    row = add_item(draft, kind="target", values={"metric": "开放仪器", "op": ">=", "value": Decimal(40), "unit": "台"}, by=OFFICER, at=at())
    assert (row.reviewed_by, draft.targets.count()) == (OFFICER, count + 1)
    undo(draft, version=_fresh(draft).version, by=OFFICER, at=at())
    assert draft.targets.count() == count


def test_a_change_that_later_ones_build_on_is_not_undone_first(draft: Edition, at: At) -> None:
    pk = draft.measures.get(no=2).pk
    edit_item(draft, kind="measure", pk=pk, values={"title": "甲"}, seen=draft.version, by=OFFICER, at=at())
    first = _fresh(draft).version
    edit_item(draft, kind="measure", pk=pk, values={"title": "乙"}, seen=first, by=OTHER, at=at())
    second = _fresh(draft).version
    with pytest.raises(NotUndoable) as refusal:
        undo(draft, version=first, by=OFFICER, at=at())
    assert "何平" in refusal.value.text.zh
    undo(draft, version=second, by=OFFICER, at=at())
    undo(draft, version=first, by=OFFICER, at=at())
    assert draft.measures.get(pk=pk).title == "建设公共技术平台"


def test_two_officers_on_one_item_the_second_is_told_what_changed(draft: Edition, at: At) -> None:
    pk, seen = draft.measures.get(no=2).pk, draft.version
    edit_item(draft, kind="measure", pk=pk, values={"title": "甲"}, seen=seen, by=OFFICER, at=at())
    with pytest.raises(Overtaken) as refusal:
        edit_item(draft, kind="measure", pk=pk, values={"title": "乙"}, seen=seen, by=OTHER, at=at())
    assert "陈晓岚" in refusal.value.text.zh
    assert draft.measures.get(pk=pk).title == "甲"


def test_two_officers_on_different_items_do_not_disturb_each_other(draft: Edition, at: At) -> None:
    seen = draft.version
    one, other = draft.measures.get(no=1).pk, draft.measures.get(no=2).pk
    edit_item(draft, kind="measure", pk=one, values={"title": "甲"}, seen=seen, by=OFFICER, at=at())
    edit_item(draft, kind="measure", pk=other, values={"title": "乙"}, seen=seen, by=OTHER, at=at())
    assert list(draft.measures.values_list("title", flat=True)[:2]) == ["甲", "乙"]


def test_impossible_items_are_refused_with_a_way_to_mend_them(draft: Edition, at: At) -> None:
    target: Target = draft.targets.exclude(op="range").first()
    for values in ({"op": "range"}, {"upper": Decimal(5)}, {"op": "range", "upper": target.value - 1}):
        with pytest.raises(BadItem):
            edit_item(draft, kind="target", pk=target.pk, values=values, seen=draft.version, by=OFFICER, at=at())
    with pytest.raises(BadItem) as refusal:
        edit_item(draft, kind="measure", pk=draft.measures.get(no=1).pk, values={"no": 2}, seen=draft.version, by=OFFICER, at=at())
    assert "2" in refusal.value.text.zh
    with pytest.raises(BadItem):
        edit_item(draft, kind="target", pk=target.pk, values={"urn": "urn:fuhua:target:x"}, seen=draft.version, by=OFFICER, at=at())


def test_confirming_settles_the_doubts_about_the_same_place(draft: Edition, at: At) -> None:
    for target in draft.targets.all():
        draft.doubts.create(code="unsure_target", zh="请核对", en="please check", begin=target.begin, end=target.end)
    items = [("target", pk) for pk in draft.targets.values_list("pk", flat=True)]
    confirm_items(draft, items=items, by=OFFICER, at=at(), seen=draft.version)
    assert draft.doubts.filter(code="unsure_target", decision="").count() == 0
    assert progress(draft).done >= len(items)


def test_a_doubt_is_settled_once_with_a_decision(draft: Edition, at: At) -> None:
    doubt = draft.doubts.create(code="odd_unit", zh="请核对", en="please check", begin=0, end=4)
    settle_doubt(draft, pk=doubt.pk, decision="not_item", note="只是抬头", seen=draft.version, by=OFFICER, at=at())
    with pytest.raises(BadItem):
        settle_doubt(draft, pk=doubt.pk, decision="fine", seen=_fresh(draft).version, by=OFFICER, at=at())
    undo(draft, version=_fresh(draft).version, by=OFFICER, at=at())
    doubt.refresh_from_db()
    assert doubt.decision == ""


def test_one_match_settles_a_name_everywhere(draft: Edition, organisation: Callable[[str], object], at: At) -> None:
    match_unit(draft, printed="市科技局", party=organisation("city"), by=OFFICER, at=at())
    units = [unit for measure in draft.measures.all() for unit in measure.responsibilities.filter(printed="市科技局")]
    assert len(units) == 2
    assert {unit.party for unit in units} == {organisation("city")}


def test_a_new_body_is_registered_with_both_name_plates_in_one_step(draft: Edition, at: At) -> None:
    party = register_unit(draft, printed="市教育局", names=["云湖市教育局", "云湖市委教育工委"], by=OFFICER, at=at())
    assert (party.sort, sorted(party.names.values_list("text", flat=True))) == ("agency", ["云湖市委教育工委", "云湖市教育局"])
    assert draft.measures.get(no=2).responsibilities.get(printed="市教育局").party == party
    with pytest.raises(BadItem):
        register_unit(draft, printed="市科技局", names=["云湖市教育局"], by=OFFICER, at=at())


def test_changing_a_units_name_takes_its_match_back(draft: Edition, organisation: Callable[[str], object], at: At) -> None:
    match_unit(draft, printed="市财政局", party=organisation("finance"), by=OFFICER, at=at())
    draft.refresh_from_db()
    unit = draft.measures.get(no=3).responsibilities.get(printed="市财政局")
    edit_item(draft, kind="unit", pk=unit.pk, values={"printed": "区财政局"}, seen=draft.version, by=OFFICER, at=at())
    unit.refresh_from_db()
    assert (unit.party, unit.group) == (None, "")


def test_after_publication_only_indicator_links_change(ready: Edition, at: At) -> None:
    publish(ready, version=ready.version, by=OFFICER, at=at())
    edition = _fresh(ready)
    target = edition.targets.first()
    with pytest.raises(WrongState):
        edit_item(edition, kind="target", pk=target.pk, values={"metric": "别的"}, seen=edition.version, by=OFFICER, at=at())
    link_target(edition, pk=target.pk, values={"indicator": "I1", "definition": "1", "baseline_on": dt.date(2023, 3, 1),
                                               "baseline_value": Decimal(3)}, seen=edition.version, by=OFFICER, at=at())
    target.refresh_from_db()
    assert (target.indicator, target.baseline_value) == ("I1", 3)


def test_every_change_is_one_fact_without_names(draft: Edition, at: At) -> None:
    before = Fact.objects.filter(subject=draft.urn).count()
    edit_item(draft, kind="measure", pk=draft.measures.get(no=2).pk, values={"title": "甲乙丙"}, seen=draft.version, by=OFFICER, at=at())
    told = list(Fact.objects.filter(subject=draft.urn).order_by("id"))[before:]
    assert [each.kind for each in told] == ["plan.edition_revised"]
    assert "甲乙丙" not in told[0].body

"""Meetings: the agenda comes from what is open, decisions become work, and both print as Word files."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.kernel.flow import WrongState
from fuhua.plan.actions import blockers, meetings, tasks
from fuhua.plan.models import Meeting, Task
from fuhua.plan.pages import documents


@pytest.fixture
def meeting(edition: Any, organisation: Any, acting: Any, today: Any) -> Meeting:
    """A meeting called by the government office for today."""
    return meetings.call(edition=edition, title="统筹协调会", day=today, place="第一会议室", chair=organisation("steering").pk,
                         **acting("coordinator"))


@pytest.fixture
def blocked(issued: Any, acting: Any, cast: Any) -> Any:
    """A task with a blocker."""
    task = issued(title="落实中试场地")
    return blockers.raise_blocker(task=task, code="disagreement", text="两部门口径不一", person=cast["department_officer"].party_id,
                                  **acting("department_officer"))


def links(paper: bytes) -> tuple[list[str], list[str]]:
    document = docx.Document(io.BytesIO(paper))
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    return [paragraph.text for paragraph in document.paragraphs], targets


def test_the_agenda_holds_what_is_open_and_nothing_else(meeting: Any, blocked: Any, issued: Any, acting: Any) -> None:
    late = issued(title="逾期任务", days=-2)
    issued(title="正常任务")
    blockers.escalate(blocker=blocked, meeting=meeting, **acting("coordinator"))
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    items = list(meeting.items.order_by("position"))
    assert [(item.position, item.section, item.task_id) for item in items] == [
        (1, "blocker", blocked.task_id), (2, "overdue", late.pk), (3, "at_risk", blocked.task_id)]
    assert items[0].url == f"/supervision/tasks/{blocked.task_id}/"
    assert items[0].fact == blocked.fact


def test_the_agenda_prints_numbered_with_links_to_pages_and_facts(meeting: Any, blocked: Any, issued: Any, acting: Any) -> None:
    issued(title="逾期任务", days=-2)
    blockers.escalate(blocker=blocked, meeting=meeting, **acting("coordinator"))
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    texts, targets = links(documents.agenda(meeting, list(meeting.items.order_by("position")), "https://fuhua.test"))
    assert texts[:2] == ["统筹协调会", "会议议程（第1次）"]
    assert [text for text in texts if text[1:2] == "、"] == ["一、需要协调的问题", "二、逾期任务", "三、存在风险的任务"]
    assert [text[:2] for text in texts if text[1:3] == ". "] == ["1.", "2.", "3."]
    assert f"https://fuhua.test/supervision/tasks/{blocked.task_id}/" in targets
    assert f"https://fuhua.test/evidence/facts/{blocked.fact}/" in targets
    paper = docx.Document(io.BytesIO(documents.agenda(meeting, [], "https://fuhua.test")))
    assert "FZXiaoBiaoSong-B05S" in paper.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in paper.sections[0].footer._element.xml


def test_decisions_become_tasks_and_orders(meeting: Any, issued: Any, acting: Any, cast: Any, organisation: Any, today: Any) -> None:
    issued(days=-2)
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    meetings.issue_agenda(meeting=meeting, **acting("coordinator"))
    finance, person = organisation("finance").pk, cast["coordinator"].party_id
    item = meeting.items.get(position=1)
    one = meetings.decide(meeting=meeting, text="落实经费", organisation=finance, due=today, becomes="task", person=person,
                          item=item, **acting("coordinator"))
    two = meetings.decide(meeting=meeting, text="十日内答复", organisation=finance, due=today, becomes="order", person=person,
                          **acting("coordinator"))
    task = Task.objects.get(pk=one.task_id)
    order = Ask.objects.get(urn=two.ask)
    assert (task.title, task.lead_id, task.due, task.verifier) == ("落实经费", finance, today, organisation("steering"))
    assert (order.kind, order.issuer, order.promised, order.number) == (
        "supervision", organisation("steering"), today, f"督办〔{today.year}〕1号")
    texts, targets = links(documents.minutes(meeting, [one, two], "https://fuhua.test"))
    assert texts[-2].startswith("1. 落实经费（责任单位：北京市财政局；完成时限：")
    assert set(targets) == {f"https://fuhua.test{one.url}", f"https://fuhua.test{two.url}"}
    meetings.issue_minutes(meeting=meeting, **acting("coordinator"))
    with pytest.raises(WrongState):
        meetings.prepare(meeting=meeting, **acting("coordinator"))


def test_open_decisions_come_back_to_the_next_meeting(meeting: Any, issued: Any, acting: Any, cast: Any, organisation: Any, today: Any,
                                                      edition: Any) -> None:
    issued(days=-2)
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    meetings.issue_agenda(meeting=meeting, **acting("coordinator"))
    meetings.decide(meeting=meeting, text="落实经费", organisation=organisation("finance").pk, due=today, becomes="order",
                    person=cast["coordinator"].party_id, **acting("coordinator"))
    following = meetings.call(edition=edition, title="下次会议", day=today, chair=organisation("steering").pk,
                              **acting("coordinator"))
    meetings.prepare(meeting=following, **acting("coordinator"))
    assert [item.title for item in following.items.filter(section="decision")] == ["落实经费"]


def test_empty_papers_are_not_issued(meeting: Any, acting: Any, blocked: Any) -> None:
    with pytest.raises(meetings.BadMeeting):
        meetings.issue_agenda(meeting=meeting, **acting("coordinator"))
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    meetings.issue_agenda(meeting=meeting, **acting("coordinator"))
    with pytest.raises(meetings.BadMeeting):
        meetings.issue_minutes(meeting=meeting, **acting("coordinator"))
    with pytest.raises(blockers.BadBlocker):
        blockers.escalate(blocker=blocked, meeting=meeting, **acting("coordinator"))


def test_what_makes_a_task_late_is_linked(meeting: Any, issued: Any, acting: Any, cast: Any, organisation: Any) -> None:
    resting = issued(title="靠指标", links=[tasks.Linked(indicator="I8", goal=9)])
    ask = asks.ask(kind="green_channel", title="通关", asker=cast["founder"].party_id, asked=organisation("city").pk,
                   about=resting.urn, **acting("founder"))
    asks.own(ask=ask, owner=cast["city_officer"].party_id, **acting("city_officer"))
    asks.answer(ask=ask, answer="cannot", because="no_budget", text="无预算", **acting("city_officer"))
    asking = issued(title="靠事项", links=[tasks.Linked(ask=ask.urn)])
    meetings.prepare(meeting=meeting, **acting("coordinator"))
    said = ask.entries.get(verb="answer").fact
    assert [(item.section, item.task, item.url, item.fact) for item in meeting.items.order_by("position")] == [
        ("at_risk", resting, "/plans/test-plan/indicators/I8/", resting.fact),
        ("at_risk", asking, f"/desk/asks/{ask.pk}/", said), ("gap", resting, f"/desk/asks/{ask.pk}/", said)]
    _texts, targets = links(documents.agenda(meeting, list(meeting.items.order_by("position")), "https://fuhua.test"))
    assert f"https://fuhua.test/supervision/tasks/{resting.pk}/" in targets

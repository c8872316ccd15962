"""Publishing: not before all is settled, by exactly one officer, and what lives on goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.plan.editions.conftest import FIRST, NEXT, OFFICER, settle_everything

from fuhua.evidence.models import Fact
from fuhua.parties.actions.cast import PLAYERS, enter_cast
from fuhua.parties.models import Party
from fuhua.plan.actions import blockers, meetings, tasks
from fuhua.plan.actions.corrections import edit_item, link_target
from fuhua.plan.actions.editions import BadImport, NotReady, discard, import_plan, publish
from fuhua.plan.actions.revisions import Overtaken
from fuhua.plan.models import Edition, Revision, Task
from fuhua.plan.queries.editions import content_digest
from fuhua.plan.queries.succession import difference

At = Callable[..., dt.datetime]
Write = Callable[[str, str], Path]


def test_a_draft_with_open_points_is_not_published_and_says_which(draft: Edition, at: At) -> None:
    with pytest.raises(NotReady) as refusal:
        publish(draft, version=draft.version, by=OFFICER, at=at())
    assert "units" in [point.code for point in refusal.value.points]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_publication_testifies_to_the_content(ready: Edition, at: At) -> None:
    publish(ready, version=ready.version, by=OFFICER, at=at())
    fact = Fact.objects.get(kind="plan.edition_published", subject=ready.urn)
    ready.refresh_from_db()
    assert ready.status == "published"
    assert content_digest(ready) in fact.body


def test_a_change_since_the_page_was_opened_stops_the_publication(ready: Edition, at: At) -> None:
    seen = ready.version
    edit_item(ready, kind="measure", pk=ready.measures.get(no=2).pk, values={"title": "改过"}, seen=seen,
              by=PLAYERS["coordinator"].urn, at=at())
    with pytest.raises(Overtaken) as refusal:
        publish(ready, version=seen, by=OFFICER, at=at())
    assert "何平" in refusal.value.text.zh
    assert "改过" in refusal.value.text.zh


def test_of_two_officers_publishing_at_once_exactly_one_does(durable_db: None, write: Write, at: At) -> None:
    accounts = enter_cast("a long enough password", at("2022-01-04"))
    edition = settle_everything(import_plan(write("p.txt", FIRST), by=OFFICER, at=at("2025-03-01"), slug="yunhu"), at("2025-03-02"))
    clients = []
    for name in ("city_officer", "coordinator"):
        client = Client()
        client.force_login(accounts[name])
        clients.append(client)
    start, answers = Barrier(2), []

    def press(client: Client) -> None:
        start.wait()
        answers.append(client.post("/plans/yunhu/publish/", {"version": edition.version}))
        connection.close()

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    loser = next(answer for answer in answers if answer.status_code == 409).content.decode()
    assert "发布" in loser
    assert any(name in loser for name in ("陈晓岚", "何平"))
    assert Fact.objects.filter(kind="plan.edition_published").count() == 1
    assert Revision.objects.filter(verb="publish").count() == 1


def _next(first: Edition, write: Write, at: At) -> Edition:
    publish(first, version=first.version, by=OFFICER, at=at("2025-03-03"))
    first.refresh_from_db()
    goal = first.targets.get(metric="示范孵化器")
    link_target(first, pk=goal.pk, values={"indicator": "I1", "definition": "1", "baseline_on": dt.date(2023, 3, 1),
                                           "baseline_value": Decimal(0)}, seen=first.version, by=OFFICER, at=at("2025-03-03"))
    return import_plan(write("next.txt", NEXT), by=OFFICER, at=at("2025-06-01"), slug="yunhu-2", predecessor=first)


def test_the_next_edition_keeps_what_lives_on(ready: Edition, write: Write, at: At) -> None:
    edition = settle_everything(_next(ready, write, at), at("2025-06-02"))
    ready.refresh_from_db()
    former = {measure.title: measure.urn for measure in ready.measures.all()}
    publish(edition, version=edition.version, by=OFFICER, at=at("2025-06-03"))
    ready.refresh_from_db()
    assert (ready.status, ready.measures.count()) == ("superseded", 3)
    urns = {measure.title: measure.urn for measure in edition.measures.all()}
    assert urns["选育示范孵化器"] == former["选育示范孵化器"]
    assert urns["建设公共技术平台"] == former["建设公共技术平台"]
    assert urns["发展概念验证"] not in former.values()
    goal = edition.targets.get(metric="示范孵化器")
    assert (goal.indicator, goal.baseline_on, goal.value) == ("I1", dt.date(2023, 3, 1), 30)
    assert goal.urn == ready.targets.get(metric="示范孵化器").urn


def test_unfinished_tasks_go_on_under_the_measure_that_continues(ready: Edition, organisation: Callable[[str], Any], write: Write,
                                                                 at: At) -> None:
    edition = settle_everything(_next(ready, write, at), at("2025-06-02"))
    measures = {measure.no: measure for measure in ready.measures.all()}
    common = {"edition": ready, "year": 2025, "lead": organisation("city"), "verifier": organisation("finance"),
              "due": dt.date(2025, 12, 31), "issued_at": at("2025-03-05")}
    for no in (1, 3):
        Task.objects.create(**common, urn=f"urn:fuhua:task:t{no}", measure=measures[no], no=no, title=f"任务{no}")
    publish(edition, version=edition.version, by=OFFICER, at=at("2025-06-03"))
    held = {task.no: (task.edition, task.measure.title) for task in Task.objects.select_related("edition", "measure")}
    assert held == {1: (edition, "选育示范孵化器"), 3: (ready, "畅通创业融资渠道")}


def test_the_difference_names_kept_changed_new_and_ended(ready: Edition, write: Write, at: At) -> None:
    edition = _next(ready, write, at)
    fates = [(line["fate"], (line["now"] or line["before"]).title) for line in difference(edition)]
    assert fates == [("changed", "选育示范孵化器"), ("kept", "建设公共技术平台"), ("new", "发展概念验证"), ("ended", "畅通创业融资渠道")]


def test_the_officer_decides_what_a_measure_continues(ready: Edition, write: Write, at: At) -> None:
    edition = _next(ready, write, at)
    proof, ended = edition.measures.get(no=3), ready.measures.get(no=3)
    edit_item(edition, kind="measure", pk=proof.pk, values={"continues": ended}, seen=edition.version, by=OFFICER, at=at("2025-06-02"))
    assert "ended" not in [line["fate"] for line in difference(Edition.objects.get(pk=edition.pk))]


def test_two_next_editions_of_one_plan_only_one_comes_into_force(ready: Edition, write: Write, at: At) -> None:
    one = _next(ready, write, at)
    two = import_plan(write("other.txt", NEXT + "\n附件略。\n"), by=OFFICER, at=at("2025-06-01"), slug="yunhu-3", predecessor=ready)
    one, two = settle_everything(one, at("2025-06-02")), settle_everything(two, at("2025-06-02"))
    publish(one, version=one.version, by=OFFICER, at=at("2025-06-03"))
    with pytest.raises(Overtaken):
        publish(two, version=two.version, by=OFFICER, at=at("2025-06-03"))
    two.refresh_from_db()
    assert two.status == "draft"


def test_only_an_edition_in_force_can_be_followed(draft: Edition, write: Write, at: At) -> None:
    with pytest.raises(BadImport):
        import_plan(write("next.txt", NEXT), by=OFFICER, at=at(), predecessor=draft)


def test_a_discarded_draft_frees_its_document(draft: Edition, write: Write, at: At) -> None:
    discard(draft, version=draft.version, by=OFFICER, at=at())
    again = import_plan(write("again.txt", FIRST), by=OFFICER, at=at())
    assert Edition.objects.get(pk=draft.pk).status == "discarded"
    assert again.status == "draft"


@pytest.mark.parametrize("wrong", [
    {"status": "published", "published_at": None}, {"start": dt.date(2026, 1, 1), "end": dt.date(2025, 1, 1)},
])
def test_the_database_refuses_impossible_editions(draft: Edition, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(**wrong)


def test_after_the_next_edition_tasks_and_meetings_go_on_in_one_series(ready: Edition, organisation: Callable[[str], Any], write: Write,
                                                                      at: At) -> None:
    edition = settle_everything(_next(ready, write, at), at("2025-06-02"))
    common = {"year": 2025, "lead": organisation("city").pk, "verifier": organisation("finance").pk, "due": dt.date(2025, 12, 31),
              "by": OFFICER, "at": at("2025-03-05")}
    under = tasks.issue(edition=ready, title="有举措", measure=ready.measures.get(no=1), **common)
    free = tasks.issue(edition=ready, title="无举措", **common)
    call = {"day": dt.date(2025, 3, 5), "chair": organisation("steering").pk, "by": OFFICER, "at": at("2025-03-05")}
    former = meetings.call(edition=ready, title="上次", **call)
    blocker = blockers.raise_blocker(task=under, code="no_budget", text="无", person=Party.objects.get(urn=OFFICER).pk, by=OFFICER,
                                     at=at("2025-03-05"))
    blockers.escalate(blocker=blocker, meeting=former, by=OFFICER, at=at("2025-03-05"))
    meetings.prepare(meeting=former, by=OFFICER, at=at("2025-03-05"))
    meetings.issue_agenda(meeting=former, by=OFFICER, at=at("2025-03-05"))
    meetings.decide(meeting=former, text="落实", organisation=organisation("city").pk, due=dt.date(2025, 9, 1), becomes="order",
                    person=Party.objects.get(urn=OFFICER).pk, by=OFFICER, at=at("2025-03-05"))
    publish(edition, version=edition.version, by=OFFICER, at=at("2025-06-03"))
    third = tasks.issue(edition=edition, title="新任务", **common)
    assert {task.title: (task.no, task.edition) for task in Task.objects.select_related("edition")} == {
        "有举措": (under.no, edition), "无举措": (free.no, edition), "新任务": (third.no, edition)}
    assert [under.no, free.no, third.no] == [1, 2, 3]
    following = meetings.call(edition=edition, title="下次", **call)
    meetings.prepare(meeting=following, by=OFFICER, at=at("2025-06-04"))
    assert (following.no, [item.title for item in following.items.filter(section="decision")]) == (2, ["落实"])

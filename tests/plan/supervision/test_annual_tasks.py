"""Annual tasks: progress is derived, only exceptions are asked, nobody verifies their own work."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from fuhua.desk.actions import asks, clocks
from fuhua.desk.models import Ask, Clock, Notice
from fuhua.evidence.models import Fact
from fuhua.front.queries import standing
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.parties.models import Tie
from fuhua.parties.queries import who
from fuhua.plan.access import LEADS, TASKS, VERIFIES
from fuhua.plan.actions import blockers, tasks
from fuhua.plan.actions.task_import import BadTaskSheet, import_tasks
from fuhua.plan.actions.tasks import Linked
from fuhua.plan.flow import TASK
from fuhua.plan.models import Task
from fuhua.plan.queries.objectives import target_of, terms_of
from fuhua.plan.queries.supervision import lines


def progress_of(task: Task, on: dt.date) -> tuple[str, list[str]]:
    line = lines(Task.objects.filter(pk=task.pk), on)[0]
    return line.progress.state, [reason.en for reason in line.progress.reasons]


def test_the_flow_of_a_task_is_the_table() -> None:
    assert {state: TASK.verbs(state) for state in TASK.states()} == {
        "issued": ("accept",), "accepted": ("submit",), "submitted": ("send_back", "verify"), "done": ("close",), "closed": ()}


def test_a_task_goes_from_issued_to_closed(issued: Any, acting: Any, cast: Any, today: dt.date) -> None:
    task, officer, city = issued(), cast["department_officer"].party_id, cast["city_officer"].party_id
    task = tasks.accept(task=task, owner=officer, **acting("department_officer"))
    task = tasks.submit(task=task, person=officer, **acting("department_officer"))
    assert Clock.objects.get(about=task.urn).paused_since == today
    task = tasks.send_back(task=task, **acting("city_officer"))
    task = tasks.submit(task=task, person=officer, **acting("department_officer"))
    task = tasks.verify(task=task, person=city, **acting("city_officer"))
    assert list(Notice.objects.filter(about=task.urn, settled_at=None).values_list("to", "office")) == [(None, "coordinator")]
    task = tasks.close(task=task, **acting("coordinator"))
    assert (task.state, progress_of(task, today)) == ("closed", ("done", []))
    told = list(Fact.objects.filter(subject=task.urn).order_by("id").values_list("kind", flat=True))
    assert [kind.removeprefix("plan.task_") for kind in told] == [
        "issued", "accepted", "submitted", "sent_back", "submitted", "verified", "closed"]
    with pytest.raises(WrongState):
        tasks.close(task=task, **acting("coordinator"))


def test_nobody_verifies_their_own_work(issued: Any, acting: Any, cast: Any, organisation: Any) -> None:
    finance, officer = organisation("finance").pk, cast["department_officer"].party_id
    with pytest.raises(tasks.BadTask):
        issued(verifier=finance)
    task = tasks.accept(task=issued(), owner=officer, **acting("department_officer"))
    task = tasks.submit(task=task, person=officer, **acting("department_officer"))
    with pytest.raises(tasks.BadTask):
        tasks.verify(task=task, person=officer, **acting("department_officer"))
    assert [VERIFIES.may(who(cast[name]), task) for name in ("city_officer", "department_officer")] == [True, False]
    for broken in ({"verifier": finance}, {"verified_by": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**broken)


def test_progress_follows_the_indicator(issued: Any, certify: Any, today: dt.date) -> None:
    task = issued(links=[Linked(indicator="I8", goal=1)])
    state, reasons = progress_of(task, today)
    assert (state, reasons) == ("at_risk", ["I8: there is no evidence at all"])
    certify()
    assert progress_of(task, today) == ("on_track", [])
    behind = issued(links=[Linked(indicator="I8", goal=1000)], days=1)
    assert progress_of(behind, today)[0] == "at_risk"


def test_progress_follows_asks_blockers_and_dates(issued: Any, acting: Any, cast: Any, organisation: Any, at: Any, today: dt.date) -> None:
    ask = asks.ask(kind="green_channel", title="通关", asker=cast["founder"].party_id, asked=organisation("city").pk,
                   **acting("founder"))
    task = issued(links=[Linked(ask=ask.urn)])
    assert progress_of(task, today)[0] == "on_track"
    assert progress_of(task, today + dt.timedelta(days=20))[0] == "at_risk"
    assert progress_of(issued(days=3), today)[0] == "at_risk"
    assert progress_of(issued(days=-1), today) == ("overdue", ["1 days overdue"])
    plain = issued()
    blocker = blockers.raise_blocker(task=plain, code="no_budget", text="经费未到", person=cast["department_officer"].party_id,
                                     **acting("department_officer"))
    assert progress_of(plain, today) == ("at_risk", ["a blocker is open: money is missing"])
    blockers.remove(blocker=blocker, **acting("department_officer"))
    assert progress_of(plain, today) == ("on_track", [])
    blockers.reopen(blocker=blocker, **acting("department_officer"))
    assert progress_of(plain, today)[0] == "at_risk"


def test_only_exceptions_are_asked_and_only_once(issued: Any, edition: Any, acting: Any, cast: Any, organisation: Any) -> None:
    late, healthy = issued(days=-3, co_units=[organisation("haidian").pk]), issued()
    city = cast["city_officer"].party_id
    asked = tasks.explain_exceptions(edition=edition, asker=city, **acting("city_officer"))
    assert [(ask.about, ask.kind, ask.asked_id) for ask in asked] == [(late.urn, "explanation", organisation("finance").pk)]
    assert list(asked[0].parts.values_list("organisation", flat=True)) == [organisation("haidian").pk]
    assert tasks.explain_exceptions(edition=edition, asker=city, **acting("city_officer")) == []
    with pytest.raises(tasks.NothingToExplain):
        tasks.explain(task=healthy, asker=city, **acting("city_officer"))
    with pytest.raises(tasks.BadTask):
        tasks.explain(task=late, asker=city, **acting("city_officer"))
    assert not Ask.objects.filter(about=healthy.urn).exists()


def test_co_units_confirm_before_the_lead_submits(issued: Any, acting: Any, cast: Any, organisation: Any) -> None:
    officer = cast["department_officer"].party_id
    task = tasks.accept(task=issued(co_units=[organisation("haidian").pk]), owner=officer, **acting("department_officer"))
    with pytest.raises(tasks.BadTask):
        tasks.submit(task=task, person=officer, **acting("department_officer"))
    tasks.confirm_part(part=task.parts.get(), person=cast["district_officer"].party_id, **acting("district_officer"))
    assert tasks.submit(task=task, person=officer, **acting("department_officer")).state == "submitted"


def test_a_late_task_escalates_on_its_clock(issued: Any, cast: Any, organisation: Any, now: Any) -> None:
    task = issued(days=-30)
    assert clocks.tick(at=now) == 3
    told = Notice.objects.filter(about=task.urn).exclude(kind="turn").order_by("pk").values_list("kind", "to", "office")
    finance = organisation("finance").pk
    assert list(told) == [("breach", finance, ""), ("lead", finance, ""), ("coordinator", None, "coordinator")]


def test_whoever_has_no_part_sees_no_task(issued: Any, cast: Any, organisation: Any) -> None:
    issued(co_units=[organisation("haidian").pk])
    seen = {name: TASKS.filter(who(account), Task.objects.all()).distinct().count() for name, account in cast.items()}
    assert {name for name, count in seen.items() if count} == {
        "coordinator", "city_officer", "auditor", "department_officer", "district_officer"}


def sheet(*rows: tuple[Any, ...]) -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.append(("年度任务表",))
    book.active.append(("任务名称", "举措序号", "牵头单位", "配合单位", "核验单位", "完成时限", "关联指标"))
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_tasks_are_imported_from_a_spreadsheet(edition: Any, organisation: Any, acting: Any, cast: Any, today: dt.date) -> None:
    rows = (("新增高企 200 家", 3, "市财政局", "海淀区、中关村东升科学园", "北京市科学技术委员会", today, "I8:200、I9:5-8"),
            ("完善协调机制", "24", "北京市财政局", None, "北京市科学技术委员会", "2026年12月31日", None))
    made = import_tasks(edition=edition, file=sheet(*rows), **acting("city_officer"))
    first = made[0]
    assert [task.number for task in made] == [f"{today.year}-01", "2026-01" if today.year != 2026 else "2026-02"]
    assert (first.measure.no, first.lead, first.verifier, first.due) == (3, organisation("finance"), organisation("city"), today)
    assert list(first.links.order_by("indicator").values_list("indicator", "base", "goal")) == [("I8", 0, 200), ("I9", 5, 8)]
    assert {part.organisation_id for part in first.parts.all()} == {organisation("haidian").pk, organisation("park").pk}


@pytest.mark.parametrize(("row", "why"), [
    (("任务", 3, "不存在局", None, "市财政局", "2026-12-31", None), "nobody is known"),
    (("任务", 9, "市财政局", None, "北京市科学技术委员会", "2026-12-31", None), "no measure"),
    (("任务", 3, "市财政局", None, "市财政局", "2026-12-31", None), "cannot verify itself"),
    (("任务", 3, "市财政局", None, "北京市科学技术委员会", "明年", None), "not a date"),
    (("任务", 3, "市财政局", None, "北京市科学技术委员会", "2026-12-31", "I99"), "no indicator I99"),
    (("任务", 3, "市财政局", None, "北京市科学技术委员会", "2026-12-31", "高企"), "not understood"),
    (("任务", 3, "", None, "北京市科学技术委员会", "2026-12-31", None), "is empty"),
])
def test_one_wrong_row_imports_nothing_and_says_which(edition: Any, cast: Any, acting: Any, row: Any, why: str) -> None:
    good = ("好任务", 3, "市财政局", None, "北京市科学技术委员会", "2026-12-31", None)
    with pytest.raises(BadTaskSheet) as refused:
        import_tasks(edition=edition, file=sheet(good, row), **acting("city_officer"))
    assert "row 4" in refused.value.text.en
    assert why in refused.value.text.en
    assert "第 4 行" in refused.value.text.zh
    assert not Task.objects.exists()


def test_what_the_verifier_has_is_not_the_leads_lateness(issued: Any, edition: Any, acting: Any, cast: Any, organisation: Any,
                                                         today: dt.date) -> None:
    officer, handed_in = cast["department_officer"].party_id, today - dt.timedelta(days=30)
    then = {"by": cast["department_officer"].party.urn, "at": period.noon(handed_in)}
    task = tasks.accept(task=issued(days=-10), owner=officer, **then)
    assert lines(Task.objects.all(), today)[0].progress.waiting_on == organisation("finance")
    task = tasks.submit(task=task, person=officer, **then)
    line = lines(Task.objects.all(), today)[0]
    assert (line.progress.state, line.progress.waiting_on, line.progress.since) == ("at_risk", organisation("city"), handed_in)
    assert [(row["desk"], row["days"]) for row in standing.blocked([line], today, opened=True)["rows"]] == [
        ("北京市科学技术委员会", period.working_days_between(handed_in, today))]
    assert tasks.explain_exceptions(edition=edition, asker=cast["city_officer"].party_id, **acting("city_officer")) == []
    with pytest.raises(tasks.NothingToExplain, match="verifying unit"):
        tasks.explain(task=task, asker=cast["city_officer"].party_id, **acting("city_officer"))
    tasks.send_back(task=task, **acting("city_officer"))
    waited = period.working_days_between(handed_in, today)
    line = lines(Task.objects.all(), today)[0]
    assert (line.progress.waiting_on, line.progress.due) == (
        organisation("finance"), period.add_working_days(today - dt.timedelta(days=10), waited))
    assert line.progress.state != "overdue"


def test_a_task_submitted_in_time_is_closed_as_on_time_however_slow_the_verifier(issued: Any, acting: Any, cast: Any,
                                                                                 today: dt.date) -> None:
    officer, city = cast["department_officer"].party_id, cast["city_officer"].party_id
    then = {"by": cast["department_officer"].party.urn, "at": period.noon(today - dt.timedelta(days=30))}
    told = []
    for days in (-10, -31):
        task = tasks.submit(task=tasks.accept(task=issued(days=days), owner=officer, **then), person=officer, **then)
        task = tasks.verify(task=task, person=city, **acting("city_officer"))
        tasks.close(task=task, **acting("coordinator"))
        told.append('"on_time":1' in Fact.objects.get(subject=task.urn, kind="plan.task_closed").body)
    assert told == [True, False]


def test_co_units_are_told_and_the_lead_hears_of_the_last_part(issued: Any, acting: Any, cast: Any, organisation: Any) -> None:
    haidian, park = organisation("haidian").pk, organisation("park").pk
    task = issued(co_units=[haidian, park])

    def open_ones() -> list[tuple[str, int | None]]:
        return sorted(Notice.objects.filter(about=task.urn, settled_at=None).values_list("kind", "to"))

    finance = organisation("finance").pk
    assert open_ones() == sorted([("part", haidian), ("part", park), ("turn", finance)])
    task = tasks.accept(task=task, owner=cast["department_officer"].party_id, **acting("department_officer"))
    before = Notice.objects.get(about=task.urn, kind="turn", settled_at=None)
    for unit in (haidian, park):
        assert Notice.objects.filter(pk=before.pk, settled_at=None).exists()
        tasks.confirm_part(part=task.parts.get(organisation=unit), person=cast["district_officer"].party_id,
                           **acting("district_officer"))
    assert open_ones() == [("turn", cast["department_officer"].party_id)]
    assert not Notice.objects.filter(pk=before.pk, settled_at=None).exists()


def test_a_tasks_course_follows_the_targets_own_path(issued: Any, edition: Any, certify: Any, today: dt.date) -> None:
    certify()
    edition.targets.filter(indicator="I8").update(value=1000, trajectory="at_end")
    task = issued(links=[Linked(indicator="I8")])
    assert progress_of(task, today) == ("on_track", [])
    edition.targets.filter(indicator="I8").update(trajectory="linear")
    assert progress_of(task, today)[0] == "at_risk"


def test_one_target_of_an_indicator_sets_its_terms(edition: Any) -> None:
    goal, measure = edition.targets.get(indicator="I8"), edition.measures.get(no=24)
    under = edition.targets.create(urn="urn:fuhua:target:other", metric="另一", op=">=", value=3, unit="家", indicator="I8",
                                   definition="first", measure=measure)
    assert target_of(edition, "I8") == goal
    edition.targets.filter(pk=goal.pk).update(measure=edition.measures.get(no=3))
    assert target_of(edition, "I8") == goal
    edition.targets.filter(pk=under.pk).update(measure=None)
    assert target_of(edition, "I8") == under
    assert target_of(edition, "I1") is None


def test_without_a_first_day_terms_begin_on_the_day_of_import_in_beijing(edition: Any) -> None:
    edition.start, edition.imported_at = None, dt.datetime(2025, 3, 31, 20, tzinfo=dt.UTC)
    assert terms_of(edition, edition.targets.get(indicator="I8")).since == dt.date(2025, 4, 1)


def test_whoever_left_the_lead_no_longer_sees_the_task_they_took_on(issued: Any, cast: Any, acting: Any, now: dt.datetime) -> None:
    task, owner = issued(), cast["department_officer"]
    post = Tie.objects.get(kind="employs", target=owner.party_id, state="confirmed")
    assert post.source_id == task.lead_id
    tasks.accept(task=task, owner=owner.party_id, **acting("department_officer"))
    rules = (TASKS, LEADS)
    assert [each.may(who(owner, now), task) for each in rules] == [True, True]
    ties.end(post, **acting("city_officer"))
    assert [each.may(who(owner, now), task) for each in rules] == [False, False]

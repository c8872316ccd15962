"""The pages of supervision, for everybody of the cast: who sees, who may act, who is refused and why."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pytest

from fuhua.kernel import period
from fuhua.plan.actions import tasks
from fuhua.plan.models import Freeze, Meeting, Reading, Task

EVERYBODY = ("coordinator", "city_officer", "district_officer", "department_officer", "operator", "founder", "expert",
             "steward", "park_manager", "auditor", "stranger")


def statuses(client_of: Any, url: str) -> dict[str, int]:
    return {name: client_of(name).get(url).status_code for name in EVERYBODY}


def allowed(*names: str, refused: int = 404) -> dict[str, int]:
    return {name: 200 if name in names else 302 if name == "stranger" else refused for name in EVERYBODY}


def test_a_task_is_seen_by_its_units_and_their_overseers(client_of: Any, issued: Any, organisation: Any) -> None:
    task = issued(co_units=[organisation("haidian").pk])
    assert statuses(client_of, f"/supervision/tasks/{task.pk}/") == allowed(
        "coordinator", "city_officer", "auditor", "department_officer", "district_officer")


def test_frozen_quarters_are_open_to_officers_and_auditors(client_of: Any, edition: Any) -> None:
    assert statuses(client_of, "/plans/test-plan/freezes/") == allowed(
        "coordinator", "city_officer", "auditor", "department_officer", "district_officer")


@pytest.mark.parametrize("url", ["/plans/test-plan/tasks/exceptions/", "/plans/test-plan/tasks/import/",
                                 "/plans/test-plan/meetings/call/", "/plans/test-plan/freezes/freeze/"])
def test_only_the_city_supervises(client_of: Any, edition: Any, url: str) -> None:
    for name in EVERYBODY[2:-1]:
        assert client_of(name).post(url).status_code == 403
    assert client_of("stranger").post(url).status_code == 302
    assert client_of("city_officer").get(url).status_code == 405


def test_an_empty_list_says_what_to_do(client_of: Any, edition: Any) -> None:
    assert "没有任务" in client_of("founder").get("/plans/test-plan/tasks/").content.decode()
    assert client_of("founder").get("/plans/none/tasks/").status_code == 404


def test_verbs_belong_to_those_who_may(client_of: Any, issued: Any) -> None:
    task = issued()
    url = f"/supervision/tasks/{task.pk}/"
    assert client_of("city_officer").post(url + "accept/").status_code == 403
    assert client_of("founder").post(url + "accept/").status_code == 404
    officer = client_of("department_officer")
    assert officer.post(url + "submit/").status_code == 409
    assert officer.post(url + "accept/").status_code == 302
    assert officer.post(url + "submit/").status_code == 302
    assert officer.post(url + "verify/").status_code == 403
    assert client_of("city_officer").post(url + "verify/").status_code == 302
    assert client_of("coordinator").post(url + "close/").status_code == 302
    assert Task.objects.get().state == "closed"


def test_a_blocker_travels_to_the_papers_of_a_meeting(client_of: Any, issued: Any, edition: Any, organisation: Any, today: Any) -> None:
    task = issued()
    officer, coordinator = client_of("department_officer"), client_of("coordinator")
    wrong = officer.post(f"/supervision/tasks/{task.pk}/blockers/", {"code": "no_budget", "text": ""})
    assert wrong.status_code == 422
    officer.post(f"/supervision/tasks/{task.pk}/blockers/", {"code": "no_budget", "text": "经费未到"})
    blocker = task.blockers.get()
    assert coordinator.post("/plans/test-plan/meetings/call/", {"title": "例会", "day": today, "chair": "无此单位"}).status_code == 422
    coordinator.post("/plans/test-plan/meetings/call/", {"title": "例会", "day": today, "chair": "北京市人民政府办公厅"})
    meeting = Meeting.objects.get()
    assert officer.get(f"/supervision/meetings/{meeting.pk}/").status_code == 404
    coordinator.post(f"/supervision/blockers/{blocker.pk}/escalate/", {"meeting": meeting.pk})
    for verb in ("prepare", "issue-agenda"):
        assert coordinator.post(f"/supervision/meetings/{meeting.pk}/{verb}/").status_code == 302
    assert "经费未到" in officer.get(f"/supervision/meetings/{meeting.pk}/").content.decode()
    paper = officer.get(f"/supervision/meetings/{meeting.pk}/agenda.docx")
    assert any("经费未到" in each.text for each in docx.Document(io.BytesIO(paper.content)).paragraphs)
    assert officer.get(f"/supervision/meetings/{meeting.pk}/menu.docx").status_code == 404
    assert "例会" in officer.get("/plans/test-plan/issues/").content.decode()
    decided = {"text": "补足经费", "organisation": "市财政局", "due": today, "becomes": "task", "item": meeting.items.first().pk}
    assert coordinator.post(f"/supervision/meetings/{meeting.pk}/decide/", decided | {"text": ""}).status_code == 422
    assert coordinator.post(f"/supervision/meetings/{meeting.pk}/decide/", decided).status_code == 302
    assert Task.objects.get(title="补足经费").lead == organisation("finance")


def test_a_file_of_tasks_is_imported_or_refused_with_reasons(client_of: Any, edition: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(("任务名称", "牵头单位", "核验单位", "完成时限"))
    book.active.append(("任务甲", "市财政局", "北京市科学技术委员会", "2026-12-31"))
    file = io.BytesIO()
    book.save(file)
    client = client_of("city_officer")
    file.seek(0)
    assert client.post("/plans/test-plan/tasks/import/", {"file": file}).status_code == 302
    file.seek(0)
    assert Task.objects.get().title == "任务甲"
    broken = io.BytesIO("任务名称,牵头单位\n甲,乙\n".encode())
    broken.name = "tasks.csv"
    refused = client.post("/plans/test-plan/tasks/import/", {"file": broken})
    assert refused.status_code == 422
    assert "缺少列" in refused.content.decode()


def test_a_quarter_is_frozen_and_restated_through_the_page(client_of: Any, edition: Any, certify: Any, today: Any) -> None:
    certify()
    client, day = client_of("city_officer"), period.quarter_end(period.add_months(today, -3))
    assert client.post("/plans/test-plan/freezes/freeze/", {"day": day - dt.timedelta(days=1)}).status_code == 422
    assert client.post("/plans/test-plan/freezes/freeze/", {"day": day}).status_code == 302
    assert Freeze.objects.get().author.name == "陈晓岚"
    certify()
    reading = Reading.objects.get(indicator="I8")
    refused = client.post(f"/supervision/readings/{reading.pk}/restate/", {"reason": "late_facts", "note": ""})
    assert refused.status_code == 422
    client.post(f"/supervision/readings/{reading.pk}/restate/", {"reason": "late_facts", "note": "补报"})
    page = client_of("auditor").get("/plans/test-plan/freezes/I8/").content.decode()
    assert "补报" in page
    assert page.count("陈晓岚") >= 2
    assert client.get("/plans/test-plan/freezes/I7/").status_code == 404


def test_a_list_of_many_tasks_asks_no_more_of_the_database(client_of: Any, issued: Any, django_assert_max_num_queries: Any) -> None:
    client = client_of("city_officer")
    for _ in range(15):
        issued(days=-1, links=[tasks.Linked(indicator="I8", goal=1)])
    with django_assert_max_num_queries(25):
        client.get("/plans/test-plan/tasks/")

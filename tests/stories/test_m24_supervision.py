"""M24 Coordination and supervision, as its users live it: from the annual list to the document behind a number."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.actions import documents, sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.facts import StayBegan, TitleAwarded
from fuhua.kernel import period
from fuhua.parties.models import Account, Party
from fuhua.plan.models import Edition, Measure, Meeting, Reading, Target, Task

PLAN = "/plans/benchmark-incubators"
CERTIFICATE = "高新技术企业证书（扫描件）".encode()


@pytest.fixture
def today() -> dt.date:
    """The day on which the story is lived."""
    return period.day(timezone.now())


@pytest.fixture
def edition(cast: dict[str, Account], today: dt.date) -> Edition:
    """The plan in force: two years old, one to go, with a target each for high-tech firms and gazelles."""
    now = timezone.now()
    plan = Edition.objects.create(
        urn="urn:fuhua:edition:m24", slug="benchmark-incubators", programme="benchmark-incubators", source_digest="0" * 64,
        title="标杆孵化器培育行动方案", start=period.add_months(today, -24), end=period.add_months(today, 12), status="published",
        imported_at=now, published_at=now)
    measure = Measure.objects.create(edition=plan, urn="urn:fuhua:measure:m24", no=24, title="加强统筹协调")
    for code, definition in (("I8", "first"), ("I9", "gazelle")):
        Target.objects.create(edition=plan, measure=measure, urn=f"urn:fuhua:target:{code}", metric=code, op=">=", value=1,
                              unit="家", indicator=code, definition=definition)
    return plan


@pytest.fixture
def certified(edition: Edition, cast: dict[str, Account], organisation: Callable[[str], Party], today: dt.date) -> str:
    """The venture of the cast was certified during its stay, and became a gazelle; the certificate is kept. Its URN."""
    now, by = timezone.now(), cast["city_officer"].party.urn
    venture, host = organisation("venture").urn, organisation("incubator").urn
    paper = documents.keep(CERTIFICATE, media_type="application/pdf", by=by, at=now)
    for fact, months in ((StayBegan(subject=venture, host=host, stay="physical", district="110108"), -18),
                         (TitleAwarded(subject=venture, title="hnte", basis="certificate"), -12),
                         (TitleAwarded(subject=venture, title="gazelle", basis="list"), -12)):
        record(fact, by=by, at=now, grade=Grade.REGISTRY, true_from=period.add_months(today, months), documents=[paper])
    sequence.catch_up(at=now)
    return venture


def annual_list(today: dt.date) -> io.BytesIO:
    """The spreadsheet the commission keeps: a task on track, one overdue, one of another unit."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("任务名称", "举措序号", "牵头单位", "配合单位", "核验单位", "完成时限", "关联指标"))
    due = today + dt.timedelta(days=200)
    sheet.append(("新增高新技术企业", 24, "北京市财政局", None, "北京市科学技术委员会", due, "I8:1"))
    sheet.append(("拨付概念验证资金", 24, "市财政局", "海淀区", "北京市科学技术委员会", today - dt.timedelta(days=10), None))
    sheet.append(("提供中试场地", 24, "海淀区", None, "北京市科学技术委员会", due, None))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "年度任务.xlsx"
    return file


def link(client: Client, url: str, pattern: str) -> str:
    """The first link on the page that matches; the page must have one."""
    page = client.get(url)
    assert page.status_code == 200, url
    return re.search(f'href="({pattern})"', page.content.decode()).group(1).replace("&amp;", "&")


def imported(client_of: Callable[[str], Client], today: dt.date) -> tuple[Task, Task, Task]:
    """① annual tasks imported."""
    assert client_of("department_officer").post(f"{PLAN}/tasks/import/", {"file": annual_list(today)}).status_code == 403
    assert client_of("city_officer").post(f"{PLAN}/tasks/import/", {"file": annual_list(today)}).status_code == 302
    assert client_of("stranger").get(f"{PLAN}/tasks/").status_code == 302
    healthy, late, elsewhere = Task.objects.order_by("pk")
    return healthy, late, elsewhere


def explained(client_of: Callable[[str], Client], late: Task) -> None:
    """③ the overdue item alone asks for an explanation; its co-unit confirms its own part."""
    city, officer, district = client_of("city_officer"), client_of("department_officer"), client_of("district_officer")
    assert city.post(f"{PLAN}/tasks/exceptions/").status_code == 302
    assert city.post(f"{PLAN}/tasks/exceptions/").status_code == 302
    asked = Ask.objects.get()
    assert (asked.kind, asked.about, asked.asked) == ("explanation", late.urn, late.lead)
    assert f"/desk/asks/{asked.pk}/" in officer.get("/desk/").content.decode()
    assert district.post(f"/desk/parts/{asked.parts.get().pk}/confirm/").status_code == 302
    officer.post(f"/desk/asks/{asked.pk}/own/")
    said = {"answer-answer": "cannot", "answer-because": "no_budget", "answer-text": "年中没有追加预算"}
    assert officer.post(f"/desk/asks/{asked.pk}/answer/", said).status_code == 302


def escalated(client_of: Callable[[str], Client], late: Task, today: dt.date) -> Meeting:
    """④ the blocker escalates: owner, lead, coordinator on the clock, then the meeting."""
    officer, coordinator = client_of("department_officer"), client_of("coordinator")
    officer.post(f"/supervision/tasks/{late.pk}/accept/")
    officer.post(f"/supervision/tasks/{late.pk}/blockers/", {"code": "no_budget", "text": "经费未列入预算"})
    clocks.tick(at=timezone.now())
    climbed = Notice.objects.filter(about=late.urn).exclude(kind__in=("turn", "part")).order_by("pk").values_list("kind", flat=True)
    assert list(climbed) == ["breach", "lead", "coordinator"]
    coordinator.post(f"{PLAN}/meetings/call/", {"title": "标杆孵化器统筹协调会", "day": today, "chair": "北京市人民政府办公厅"})
    meeting = Meeting.objects.get()
    coordinator.post(f"/supervision/blockers/{late.blockers.get().pk}/escalate/", {"meeting": meeting.pk})
    for verb in ("prepare", "issue-agenda"):
        assert coordinator.post(f"/supervision/meetings/{meeting.pk}/{verb}/").status_code == 302
    return meeting


def test_m24_from_the_annual_list_to_the_decisions(edition: Edition, certified: str, client_of: Callable[[str], Client],
                                                   organisation: Any, today: dt.date) -> None:
    healthy, late, elsewhere = imported(client_of, today)
    assert [task.lead for task in (healthy, late, elsewhere)] == [organisation("finance")] * 2 + [organisation("haidian")]

    # ② progress derived: nobody typed a state
    rows = client_of("city_officer").get(f"{PLAN}/tasks/").context["rows"]
    assert {row["task"].title: (row["progress"].zh, [reason.zh for reason in row["reasons"]]) for row in rows} == {
        healthy.title: ("正常推进", []), late.title: ("已逾期", ["逾期 10 天"]), elsewhere.title: ("正常推进", [])}

    explained(client_of, late)
    meeting = escalated(client_of, late, today)
    answer = client_of("coordinator").get(f"/supervision/meetings/{meeting.pk}/agenda.docx")
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert [line for line in lines if line[1:2] == "、"] == ["一、需要协调的问题", "二、逾期任务", "三、答复“暂不能办”的事项"]
    assert any("经费未列入预算" in line for line in lines)
    assert not any(healthy.title in line for line in lines)
    decided(client_of, meeting, organisation, today)


def decided(client_of: Callable[[str], Client], meeting: Meeting, organisation: Any, today: dt.date) -> None:
    """⑤ the decision becomes a task and an order, each with an owner and a deadline."""
    officer, coordinator = client_of("department_officer"), client_of("coordinator")
    told = {"organisation": "市财政局", "due": today + dt.timedelta(days=30)}
    decide = f"/supervision/meetings/{meeting.pk}/decide/"
    assert coordinator.post(decide, told | {"text": "追加预算", "becomes": "task"}).status_code == 302
    assert coordinator.post(decide, told | {"text": "书面说明", "becomes": "order"}).status_code == 302
    assert coordinator.post(f"/supervision/meetings/{meeting.pk}/issue-minutes/").status_code == 302
    task, order = Task.objects.get(title="追加预算"), Ask.objects.get(kind="supervision")
    assert (task.lead, task.verifier, order.asked) == (organisation("finance"), organisation("steering"), organisation("finance"))
    assert order.number in officer.get(f"/desk/asks/{order.pk}/order/").content.decode()
    waiting = officer.get("/desk/").content.decode()
    assert all(url in waiting for url in (f"/supervision/tasks/{task.pk}/", f"/desk/asks/{order.pk}/"))


def test_m24_a_second_definition_shows_both_series(edition: Edition, certified: str, client_of: Callable[[str], Client],
                                                   today: dt.date) -> None:
    city, auditor = client_of("city_officer"), client_of("auditor")

    # ⑥ definition v2: both series shown
    quarter = period.quarter_end(period.add_months(today, -3))
    assert city.post(f"{PLAN}/freezes/freeze/", {"day": quarter}).status_code == 302
    frozen = Reading.objects.get(indicator="I9", definition="gazelle")
    told = {"reason": "new_definition", "note": "口径改为瞪羚或前沿企业", "definition": "either"}
    assert city.post(f"/supervision/readings/{frozen.pk}/restate/", told).status_code == 302
    groups = auditor.get(f"{PLAN}/freezes/I9/").context["groups"]
    read = {group["definition"]: [(each["row"].value, each["row"].note) for each in group["rows"]] for group in groups}
    assert {version: read[version] for version in ("gazelle", "either")} == {
        "gazelle": [(1, "")], "either": [(1, ""), (1, "口径改为瞪羚或前沿企业")]}
    for version in ("gazelle", "either"):
        assert auditor.get(f"{PLAN}/indicators/I9/?definition={version}").status_code == 200


def test_m24_a_number_opens_to_the_firm_and_its_document(edition: Edition, certified: str, client_of: Callable[[str], Client]) -> None:
    city = client_of("city_officer")

    # ⑦ drill: number → firm → document
    firm = link(city, f"{PLAN}/indicators/I8/", "/evidence/subjects/[^\"]+")
    assert certified in firm
    fact = link(city, firm, "/evidence/facts/[0-9a-f]{64}/")
    paper = city.get(link(city, fact, "/evidence/documents/[^\"]+"))
    assert b"".join(paper.streaming_content) == CERTIFICATE

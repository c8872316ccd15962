"""A round as people see it: the officer publishes, the operator writes, the district recommends, the officer judges; others see nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fuhua.evidence import queries as evidence
from fuhua.kernel import period
from fuhua.schemes.actions import applications
from fuhua.schemes.models import Application, Barred, Call
from schemes.calling import ANSWERS, OPERATOR, a_draft, an_open_call, filled, handed_in, party, pdf, person, recommended
from stories.visitor import Visitor

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def visit(client_of: Callable[[str], Client]) -> Callable[[str], Visitor]:
    """``visit("operator")``: a browser in which that member of the cast is signed in."""

    def signed_in(name: str) -> Visitor:
        found = Visitor()
        found.client = client_of(name)
        return found

    return signed_in


def now() -> dt.datetime:
    return timezone.now().replace(microsecond=0)


def open_now(kind: str = "benchmark_incubator", **more: Any) -> Call:
    start = now() - dt.timedelta(minutes=5)
    return an_open_call(kind, at=start, **{"opens_at": start, "closes_at": start + dt.timedelta(days=30), **more})


def clock(at: dt.datetime) -> str:
    return at.astimezone(period.SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")


def test_a_benchmark_round_from_the_call_to_eligibility(visit: Callable[[str], Visitor]) -> None:
    officer, operator, district = visit("city_officer"), visit("operator"), visit("district_officer")
    officer.open("/schemes/").follow("新建通知").follow("标杆孵化器")
    closes = now() + dt.timedelta(days=20)
    officer.send("new", title="2026 年标杆孵化器征集", opens_at=clock(now()), closes_at=clock(closes), budget="3000万元")
    officer.send("publish")
    assert officer.sees("申报中", "3,000 万元", "BJ-SC-", "所在区推荐并承诺配套")

    operator.open("/schemes/").follow("2026 年标杆孵化器征集").send("begin")
    assert operator.sees("已有记录，无须重填", "来自登记在北京", "登记机关")
    values = {name: value for name, value in ANSWERS["benchmark_incubator"].items() if name not in ("registered", "staff")}
    operator.send("save", **{**values, "title": "启明芯", "registered": "yes", "planned": "yes"} | {"tier": "leading"})
    operator.send(next(form for form in operator.forms("contest") if form.values["contest-name"] == "staff"),
                  **{"contest-reason": "wrong_amount", "contest-value": "12"})
    operator.send(operator.forms("confirm")[-1])
    assert operator.sees("有异议", "申报单位填写： 12 人", "还缺：", "三年工作方案")
    for code in ("plan", "site"):
        form = next(form for form in operator.forms("attach") if form.values["attach-code"] == code)
        operator.send(form, **{"attach-file": upload(code)})
    assert operator.sees("必填内容和材料齐全")
    row = Application.objects.get()
    for _press in range(10):
        operator.client.post(f"/schemes/applications/{row.pk}/submit/", operator.forms("save")[0].values)
    row.refresh_from_db()
    assert (row.state, row.number) == ("submitted", f"{row.call.number}-0001")

    officer.open(f"/schemes/applications/{row.pk}/").send("pass")
    assert (officer.status, officer.sees("有条件不满足", "所在区尚未推荐")) == (422, True)
    district.open("/schemes/recommendations/")
    assert district.sees("待推荐")
    district.follow("启明芯").send("recommend", **{"recommend-matched": "500万元", "recommend-letter": upload("letter")})
    assert district.sees("500 万元")
    officer.open(f"/schemes/applications/{row.pk}/").send("pass")
    row.refresh_from_db()
    assert (row.state, officer.sees("符合条件")) == ("eligible", True)


def upload(name: str) -> io.BytesIO:
    file = pdf(name)
    file.name = f"{name}.pdf"
    return file


def test_late_by_a_second_the_page_says_the_rule_and_keeps_what_was_written(visit: Callable[[str], Visitor]) -> None:
    start = now() - dt.timedelta(minutes=5)
    call = an_open_call(at=start, opens_at=start, closes_at=start + dt.timedelta(minutes=4))
    row = filled(a_draft(call, at=start), at=start)
    operator = visit("operator").open(f"/schemes/applications/{row.pk}/")
    assert (operator.sees("不能再提交；已填内容仍然保留"), operator.forms("submit")) == (True, [])
    answer = operator.client.post(f"/schemes/applications/{row.pk}/submit/", {**operator.forms("save")[0].values, "plan": "最后一刻的方案"})
    text = answer.content.decode()
    assert (answer.status_code, "截止 " in text, "以服务器时间为准，精确到秒" in text, "最后一刻的方案" in text) == (422, True, True, True)
    row.refresh_from_db()
    assert (row.state, row.values["plan"]) == ("draft", "最后一刻的方案")


def test_the_page_saves_by_itself_and_shows_what_another_wrote(visit: Callable[[str], Visitor]) -> None:
    row = a_draft(open_now(), at=now())
    operator, again = visit("operator"), visit("operator")
    for each in (operator, again):
        each.open(f"/schemes/applications/{row.pk}/")
    url, htmx = f"/schemes/applications/{row.pk}/save/", {"HX-Request": "true"}
    first = operator.client.post(url, {**operator.forms("save")[0].values, "plan": "甲", "events": "多"}, headers=htmx).content.decode()
    assert (["已保存" in first, "不是数值" in first, 'hx-swap-oob="true"' in first], "<html" in first) == ([True] * 3, False)
    second = again.client.post(url, {**again.forms("save")[0].values, "plan": "乙"}, headers=htmx).content.decode()
    assert ["他人已先保存" in second, "甲" in second, "乙" in second, "用我的：" in second] == [True] * 4
    mine = second.partition('name="mine" value="')[2].partition('"')[0]
    again.client.post(url, {**again.forms("save")[0].values, "plan": "乙", "mine": mine})
    row.refresh_from_db()
    assert row.values["plan"] == "乙"


def test_gaps_are_told_and_mended_on_the_pages(visit: Callable[[str], Visitor]) -> None:
    row = handed_in(open_now(), at=now())
    officer, operator = visit("city_officer"), visit("operator")
    officer.open(f"/schemes/applications/{row.pk}/").send("gaps", **{"gaps-gap_plan": "请补充预算表", "gaps-gap_site": "租赁合同缺页"})
    assert (officer.sees("补正事项（一次性告知）", "请补充预算表"), officer.forms("/gaps/")) == (True, [])
    operator.open(f"/schemes/applications/{row.pk}/")
    paper = operator.download(operator.link("补正通知书"))
    told = evidence.facts().get(subject=row.urn, kind="schemes.gaps_asked")
    assert (paper[:5], hashlib.sha256(paper).hexdigest() in told.body) == (b"%PDF-", True)
    asked = set(operator.forms("save")[0].values) - {"csrfmiddlewaretoken"}
    assert (asked, operator.sees("租赁合同缺页")) == ({"version", "base", "plan"}, True)
    operator.client.post(f"/schemes/applications/{row.pk}/mend/", {**operator.forms("save")[0].values, "plan": "含预算表"})
    row.refresh_from_db()
    assert (row.state, row.values["plan"], row.gaps.filter(mended_at=None).count()) == ("submitted", "含预算表", 0)


def test_who_may_see_and_do_what(visit: Callable[[str], Visitor]) -> None:
    row = handed_in(open_now(), at=now())
    draft = a_draft(open_now("gold_seed"), party("venture"), "founder", at=now())
    seen = {name: [visit(name).client.get(f"/schemes/applications/{each.pk}/").status_code for each in (row, draft)]
            for name in ("operator", "founder", "city_officer", "coordinator", "auditor", "district_officer", "expert", "steward")}
    assert seen == {"operator": [200, 404], "founder": [404, 200], "city_officer": [200, 404], "coordinator": [200, 404],
                    "auditor": [200, 404], "district_officer": [200, 404], "expert": [404, 404], "steward": [404, 404]}
    verbs = {"pass": ("operator", "auditor", "district_officer"), "recommend": ("city_officer", "operator"), "withdraw": ("city_officer",),
             "submit": ("city_officer", "auditor"), "attach": ("district_officer",)}
    found = {visit(name).client.post(f"/schemes/applications/{row.pk}/{verb}/").status_code for verb, names in verbs.items()
             for name in names}
    assert found == {403}
    assert {visit(name).client.post(f"/schemes/calls/{row.call_id}/cancel/").status_code for name in ("operator", "auditor")} == {403}
    assert [visit(name).client.get("/schemes/calls/new/").status_code for name in ("operator", "founder")] == [200, 404]  # its own round


def test_a_recused_officer_finds_neither_the_application_nor_its_count(visit: Callable[[str], Visitor]) -> None:
    row = handed_in(open_now(), at=now())
    recommended(row, at=now())
    Barred.objects.create(application=row, person=person("city_officer"), why="relative", at=now())
    officer = visit("city_officer")
    letter = row.recommendation.letter
    urls = [f"/schemes/applications/{row.pk}/{rest}" for rest in ("", "application.json", f"papers/{letter}/")]
    assert {officer.client.get(url).status_code for url in urls} == {404}
    posts = ("pass", "refuse", "gaps", "recommend", "withdraw", "submit", "save", "confirm", "attach", "detach", "invite", "import", "mend")
    assert {officer.client.post(f"/schemes/applications/{row.pk}/{verb}/").status_code for verb in posts} <= {403, 404}
    page = officer.open(f"/schemes/calls/{row.call_id}/")
    assert (page.sees("还没有收到申报"), "启明芯" in page.html, row.number in page.html) == (True, False, False)
    other = visit("coordinator").open(f"/schemes/calls/{row.call_id}/")
    assert other.sees("已提交 1", row.number)


def test_an_export_is_what_was_handed_in_byte_for_byte_and_comes_back_through_the_page(visit: Callable[[str], Visitor]) -> None:
    row = handed_in(open_now(), at=now())
    operator = visit("operator")
    content = operator.download(f"/schemes/applications/{row.pk}/application.json")
    assert content == visit("city_officer").download(f"/schemes/applications/{row.pk}/application.json")
    applications.withdraw(application=row, by=OPERATOR, at=now())
    again = a_draft(row.call, at=now())
    file = io.BytesIO(content)
    file.name = "a.json"
    operator.open(f"/schemes/applications/{again.pk}/").send("import", **{"import-file": file})
    again.refresh_from_db()
    assert (operator.sees("已导入"), again.values, again.known) == (True, row.values, row.known)


def test_a_coauthor_writes_but_neither_withdraws_nor_invites(visit: Callable[[str], Visitor]) -> None:
    row = a_draft(open_now(), at=now())
    visit("operator").open(f"/schemes/applications/{row.pk}/").send("invite", **{"invite-account": "expert"})
    expert = visit("expert").open(f"/schemes/applications/{row.pk}/")
    expert.send("save", plan="专家写的")
    row.refresh_from_db()
    assert row.values["plan"] == "专家写的"
    assert [expert.client.post(f"/schemes/applications/{row.pk}/{verb}/").status_code for verb in ("withdraw", "invite")] == [403, 403]


def test_strangers_read_open_calls_and_nothing_else(visit: Callable[[str], Visitor]) -> None:
    row = handed_in(open_now(), at=now())
    stranger = visit("stranger").open("/schemes/")
    assert stranger.sees("2025 年征集")
    stranger.follow("2025 年征集")
    assert (stranger.sees("登录后申报", "评分标准"), "启明芯" in stranger.html, row.call.seed in stranger.html) == (True, False, False)
    assert stranger.download(f"/schemes/calls/{row.call_id}/call.pdf")[:5] == b"%PDF-"
    assert stranger.client.get(f"/schemes/applications/{row.pk}/").status_code == 302

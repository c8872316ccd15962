"""The pages of plans: who sees what, importing, reviewing, correcting with and without htmx, publishing."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.plan.editions.conftest import FIRST, NEXT, OFFICER, settle_everything

from fuhua.parties.models import Party
from fuhua.plan.actions.corrections import edit_item
from fuhua.plan.actions.editions import import_plan, publish
from fuhua.plan.models import Edition

At = Callable[..., dt.datetime]
ClientOf = Callable[[str], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


def _upload(client: Client, name: str, body: bytes, **fields: str) -> object:
    return client.post("/plans/import/", {"file": SimpleUploadedFile(name, body), **fields})


def _page(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_without_plans_the_page_says_what_to_do(cast: object, client_of: ClientOf) -> None:
    assert "导入一份行动方案" in _page(client_of("city_officer").get("/plans/"))
    assert "发布后会显示" in _page(client_of("stranger").get("/plans/"))


@pytest.mark.parametrize(("persona", "draft_status", "review_status", "edit_status"), [
    ("city_officer", 200, 200, 200), ("coordinator", 200, 200, 200), ("department_officer", 200, 200, 404),
    ("auditor", 200, 200, 404), ("founder", 404, 404, 404), ("stranger", 404, 302, 302),
])
def test_who_reaches_a_draft(draft: Edition, client_of: ClientOf, persona: str, draft_status: int, review_status: int,
                             edit_status: int) -> None:
    client = client_of(persona)
    measure = draft.measures.first()
    assert client.get("/plans/yunhu/").status_code == draft_status
    assert client.get("/plans/yunhu/review/").status_code == review_status
    assert client.get(f"/plans/yunhu/review/measure/{measure.pk}/").status_code == edit_status
    assert ("云湖市创新孵化提升行动方案" in _page(client.get("/plans/"))) == (draft_status == 200)


def test_an_officer_who_may_only_read_is_told_why(draft: Edition, client_of: ClientOf) -> None:
    answer = client_of("department_officer").post("/plans/yunhu/publish/", {"version": draft.version})
    assert answer.status_code == 403
    assert "统筹协调" in _page(answer)


def test_a_published_plan_is_public_with_its_exports(ready: Edition, client_of: ClientOf, at: At) -> None:
    publish(ready, version=ready.version, by=OFFICER, at=at())
    client = client_of("stranger")
    page = _page(client.get("/plans/yunhu/"))
    for words in ("选育示范孵化器", "市教育局", "不少于", "开放共享仪器设备"):
        assert words in page
    found = json.loads(client.get("/plans/yunhu/export.json").content)
    assert (found["measure_count"], len(found["targets"])) == (3, 5)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/plans/yunhu/export.xlsx").content))
    assert [sheet.max_row for sheet in book] == [4, 6]
    assert client.get("/plans/yunhu/export.pdf").status_code == 404


def test_searching_in_a_plan(ready: Edition, client_of: ClientOf, at: At) -> None:
    publish(ready, version=ready.version, by=OFFICER, at=at())
    page = _page(client_of("stranger").get("/plans/yunhu/", {"q": "中试"}))
    assert "建设公共技术平台" in page
    assert "畅通创业融资渠道" not in page
    assert "没有符合的举措" in _page(client_of("stranger").get("/plans/yunhu/", {"q": "<script>"}))


def test_importing_by_upload_leads_to_the_review(cast: object, client_of: ClientOf) -> None:
    client = client_of("city_officer")
    answer = _upload(client, "方案.txt", FIRST.encode(), slug="yunhu")
    assert (answer.status_code, answer["Location"]) == (302, "/plans/yunhu/review/")
    assert "已读出 3 项举措、5 个目标" in _page(client.get("/plans/yunhu/review/"))


@pytest.mark.parametrize(("name", "body", "words"), [
    ("空.txt", b" \n ", "文件是空的"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "不认识这种文件"),
    ("坏.docx", b"PK\x03\x04 not a zip at all", "docx"),
    ("坏.pdf", b"%PDF-1.7\nbroken", "PDF"),
    ("旧.doc", b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版 Word"),
    ("通知.txt", "关于召开会议的通知：请各单位准时参加，会议地点另行通知，请相互转告，谢谢支持。".encode(), "没有找到任何举措"),
    ("../../etc/passwd.txt", b"root:x:0:0", "汉字"),
])
def test_a_hostile_or_useless_upload_is_a_clear_error(cast: object, client_of: ClientOf, name: str, body: bytes, words: str) -> None:
    answer = _upload(client_of("city_officer"), name, body)
    assert answer.status_code == 422
    assert words in _page(answer)
    assert Edition.objects.count() == 0


def test_the_review_shows_every_item_in_its_place(draft: Edition, client_of: ClientOf) -> None:
    page = _page(client_of("city_officer").get("/plans/yunhu/review/"))
    for kind, rows in (("measure", draft.measures.all()), ("target", draft.targets.all())):
        for row in rows:
            assert f'id="t-{kind}-{row.pk}"' in page
            assert f'href="#t-{kind}-{row.pk}"' in page
            assert f'id="i-{kind}-{row.pk}"' in page
    text = re.sub(r"<[^>]+>", "", page[page.index('class="review-body"') + 40: page.index('id="items"')])
    assert "到2025年，建成示范孵化器12家，引进海外项目60个" in text


def test_what_is_unsure_is_marked_with_its_reason_on_both_sides(draft: Edition, client_of: ClientOf) -> None:
    target = draft.targets.first()
    draft.targets.filter(pk=target.pk).update(sure=False)
    draft.doubts.create(code="unsure_target", zh="这个数字可能不是目标（没有期限），请核对。",
                        en="perhaps not a target", begin=target.begin, end=target.end)
    page = _page(client_of("city_officer").get("/plans/yunhu/review/"))
    assert page.count("hl-unsure") >= 2
    assert "item-unsure" in page
    assert "没有期限" in page


def test_an_item_is_corrected_without_script(draft: Edition, client_of: ClientOf) -> None:
    client, measure = client_of("city_officer"), draft.measures.get(no=2)
    url = f"/plans/yunhu/review/measure/{measure.pk}/"
    assert "建设公共技术平台" in _page(client.get(url))
    answer = client.post(url, {"no": 2, "title": "建设开放平台", "text": "略", "seen": draft.version})
    assert answer["Location"] == f"/plans/yunhu/review/#i-measure-{measure.pk}"
    measure.refresh_from_db()
    assert measure.title == "建设开放平台"


def test_with_htmx_form_and_card_are_swapped_in_place(draft: Edition, client_of: ClientOf) -> None:
    client, target = client_of("city_officer"), draft.targets.first()
    url = f"/plans/yunhu/review/target/{target.pk}/"
    form = _page(client.get(url, **HTMX))
    assert "<html" not in form
    assert 'name="seen"' in form
    answer = client.post(url, {"metric": "示范孵化器数量", "op": ">=", "value": "13", "unit": "家", "quote": target.quote,
                               "seen": draft.version}, **HTMX)
    page = _page(answer)
    assert "<html" not in page
    assert f'id="i-target-{target.pk}"' in page
    assert 'hx-swap-oob="true"' in page
    assert answer["HX-Retarget"] == f"#i-target-{target.pk}"


def test_a_quote_that_is_not_in_the_text_is_refused(draft: Edition, client_of: ClientOf) -> None:
    target = draft.targets.first()
    answer = client_of("city_officer").post(f"/plans/yunhu/review/target/{target.pk}/", {
        "metric": "甲", "op": "=", "value": "1", "quote": "原文没有的话", "seen": draft.version})
    assert answer.status_code == 422
    assert "原文中找不到" in _page(answer)


def test_selected_words_become_a_target(draft: Edition, client_of: ClientOf) -> None:
    client = client_of("city_officer")
    begin = draft.source_text.index("为在孵企业提供首贷服务")
    url = f"/plans/yunhu/review/target/add/?from={begin}&to={begin + 11}"
    assert "为在孵企业提供首贷服务" in _page(client.get(url))
    answer = client.post(url, {"metric": "首贷服务", "op": ">=", "value": "50", "unit": "次", "quote": "为在孵企业提供首贷服务",
                               "measure": draft.measures.get(no=3).pk})
    assert answer.status_code == 302
    added = draft.targets.get(metric="首贷服务")
    assert (added.begin, added.end, added.measure.no) == (begin, begin + 11, 3)


def test_a_stale_form_gets_409_with_what_changed(draft: Edition, client_of: ClientOf, at: At) -> None:
    measure, seen = draft.measures.get(no=2), draft.version
    edit_item(draft, kind="measure", pk=measure.pk, values={"title": "别人改的"}, seen=seen, by=OFFICER, at=at())
    answer = client_of("coordinator").post(f"/plans/yunhu/review/measure/{measure.pk}/", {"no": 2, "title": "我改的", "seen": seen})
    assert answer.status_code == 409
    assert "陈晓岚" in _page(answer)
    assert "我改的" in _page(answer)


def test_confirming_removing_and_undoing(draft: Edition, client_of: ClientOf) -> None:
    client, measure = client_of("city_officer"), draft.measures.get(no=1)
    client.post(f"/plans/yunhu/review/measure/{measure.pk}/confirm/", {"all": "1", "seen": draft.version})
    measure.refresh_from_db()
    assert measure.reviewed_at is not None
    assert draft.targets.get(measure=measure).reviewed_at is not None
    client.post(f"/plans/yunhu/review/measure/{measure.pk}/remove/")
    assert draft.measures.count() == 2
    draft.refresh_from_db()
    client.post(f"/plans/yunhu/undo/{draft.version}/")
    assert draft.measures.count() == 3
    assert "撤销" in _page(client.get("/plans/yunhu/history/"))


def test_units_are_matched_with_one_click(draft: Edition, client_of: ClientOf) -> None:
    client = client_of("city_officer")
    page = _page(client.get("/plans/yunhu/units/"))
    assert "市科技局" in page
    client.post("/plans/yunhu/units/match/", {"printed": "各区政府", "choice": "districts"})
    client.post("/plans/yunhu/units/match/", {"printed": "市科技局", "choice": "new", "names": "云湖市科学技术局", "sort": "agency"})
    client.post("/plans/yunhu/units/match/", {"printed": "市教育局", "choice": "other", "other": "北京市审计局"})
    finance = Party.objects.get(name="北京市财政局")
    client.post("/plans/yunhu/units/match/", {"printed": "市财政局", "choice": finance.urn})
    matched = {unit.printed: unit.party.name if unit.party else unit.group
               for measure in draft.measures.all() for unit in measure.responsibilities.all()}
    assert matched["各区政府"] == "districts"
    assert (matched["市科技局"], matched["市教育局"], matched["市财政局"]) == ("云湖市科学技术局", "北京市审计局", "北京市财政局")
    client.post("/plans/yunhu/units/match/", {"printed": "市教育局", "choice": "none"})
    answer = client.post("/plans/yunhu/units/match/", {"printed": "市教育局", "choice": "other", "other": "没有的单位"}, follow=True)
    assert "查无" in _page(answer)


def test_accepting_every_proposal_leaves_only_units_with_candidates(draft: Edition, client_of: ClientOf) -> None:
    client_of("city_officer").post("/plans/yunhu/units/accept/")
    open_units = {unit.printed for measure in draft.measures.all() for unit in measure.responsibilities.filter(party=None, group="")}
    assert open_units == set()


def test_publishing_too_early_says_what_is_open(draft: Edition, client_of: ClientOf) -> None:
    answer = client_of("city_officer").post("/plans/yunhu/publish/", {"version": draft.version})
    assert answer.status_code == 409
    assert "责任单位未对应" in _page(answer)


def test_publishing_an_outdated_view_is_409_with_what_changed(ready: Edition, client_of: ClientOf, at: At) -> None:
    edit_item(ready, kind="measure", pk=ready.measures.get(no=2).pk, values={"title": "刚改过"}, seen=ready.version, by=OFFICER, at=at())
    answer = client_of("coordinator").post("/plans/yunhu/publish/", {"version": ready.version})
    assert answer.status_code == 409
    assert "刚改过" in _page(answer)
    assert "陈晓岚" in _page(answer)


def test_the_comparison_page(ready: Edition, client_of: ClientOf, write: Callable[[str, str], Path], at: At) -> None:
    publish(ready, version=ready.version, by=OFFICER, at=at("2025-03-03"))
    edition = import_plan(write("n.txt", NEXT), by=OFFICER, at=at("2025-06-01"), slug="yunhu-2",
                          predecessor=Edition.objects.get(pk=ready.pk))
    settle_everything(edition, at("2025-06-02"))
    page = _page(client_of("city_officer").get("/plans/yunhu-2/changes/"))
    for words in ("沿用并修改", "新增", "终止", "畅通创业融资渠道"):
        assert words in page
    assert client_of("city_officer").get("/plans/yunhu/changes/").status_code == 404
    assert client_of("stranger").get("/plans/yunhu-2/changes/").status_code == 404


def test_the_pages_speak_english_too(draft: Edition, client_of: ClientOf) -> None:
    client = client_of("city_officer")
    client.cookies["fuhua_language"] = "en"
    page = _page(client.get("/plans/yunhu/review/"))
    assert "Publish the plan" in page
    assert "before publishing" in page


def test_an_item_of_another_plan_is_not_reached(draft: Edition, client_of: ClientOf, write: Callable[[str, str], Path], at: At) -> None:
    other = import_plan(write("b.txt", FIRST + "\n附件略。\n"), by=OFFICER, at=at(), slug="other")
    client = client_of("city_officer")
    assert client.get(f"/plans/yunhu/review/measure/{other.measures.first().pk}/").status_code == 404
    assert client.get("/plans/yunhu/review/nothing/1/").status_code == 404


def test_the_list_takes_as_many_queries_for_many_items(draft: Edition, client_of: ClientOf, django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("city_officer")
    client.get("/plans/yunhu/review/")
    with CaptureQueriesContext(connection, ) as few:
        client.get("/plans/yunhu/review/")
    for no in range(10, 60):
        measure = draft.measures.create(urn=f"urn:fuhua:measure:m{no}", no=no, title=f"举措{no}")
        measure.responsibilities.create(printed="市科技局", order=1)
        draft.targets.create(urn=f"urn:fuhua:target:t{no}", metric="某数", value=1, measure=measure)
    with CaptureQueriesContext(connection) as many:
        client.get("/plans/yunhu/review/")
    assert len(many) == len(few)

"""The pages of the desk, for everybody of the cast: what waits, who sees an ask, who may do what, and notices."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fuhua.desk.access import HANDLES
from fuhua.desk.actions import asks, notices
from fuhua.desk.models import Ask, Lead, Notice, Part
from fuhua.desk.pages.notices import count
from fuhua.parties.actions import ties
from fuhua.parties.models import Tie
from fuhua.parties.queries import who

EVERYBODY = ("coordinator", "city_officer", "district_officer", "department_officer", "operator", "founder", "expert",
             "steward", "park_manager", "auditor", "stranger")


@pytest.fixture
def ask(an_ask: Any, organisation: Any) -> Ask:
    """The founder asked the finance bureau, with the district as co-unit, a moment ago."""
    return an_ask(timezone.now(), co_units=[organisation("haidian").pk])


def test_an_ask_is_seen_by_those_concerned_and_hidden_from_all_others(client_of: Any, ask: Ask) -> None:
    seen = {name: client_of(name).get(f"/desk/asks/{ask.pk}/").status_code for name in EVERYBODY}
    assert seen == {"coordinator": 200, "city_officer": 200, "district_officer": 200, "department_officer": 200, "operator": 404,
                    "founder": 200, "expert": 404, "steward": 404, "park_manager": 404, "auditor": 200, "stranger": 302}


def test_a_district_sees_asks_of_its_own_district_only(client_of: Any, an_ask: Any, organisation: Any) -> None:
    here = an_ask(timezone.now(), asked=organisation("incubator").pk)
    elsewhere = an_ask(timezone.now())
    district = client_of("district_officer")
    assert district.get(f"/desk/asks/{here.pk}/").status_code == 200
    assert district.get(f"/desk/asks/{elsewhere.pk}/").status_code == 404


def test_an_ask_goes_all_the_way_through_the_pages(client_of: Any, ask: Ask) -> None:
    url, officer, founder = f"/desk/asks/{ask.pk}/", client_of("department_officer"), client_of("founder")
    assert founder.post(url + "own/").status_code == 403
    assert client_of("expert").post(url + "own/").status_code == 404
    assert officer.post(url + "own/").status_code == 302
    assert officer.post(url + "wait/", {"wait-text": "请补材料"}).status_code == 302
    assert "暂停计时" in founder.get("/desk/").content.decode()
    assert founder.post(url + "resume/", {"resume-text": "已补"}).status_code == 302
    wrong = officer.post(url + "answer/", {"answer-answer": "cannot", "answer-text": "办不了"})
    assert wrong.status_code == 422
    assert "请选择不能办的原因" in wrong.content.decode()
    told = {"answer-answer": "cannot", "answer-because": "no_rule", "answer-text": "现行政策没有依据"}
    assert officer.post(url + "answer/", told).status_code == 302
    assert officer.post(url + "answer/", told).status_code == 409
    assert officer.post(url + "confirm/").status_code == 403
    assert founder.post(url + "reopen/", {"reopen-reason": "not_solved"}).status_code == 302
    assert officer.post(url + "answer/", told).status_code == 302
    assert founder.post(url + "confirm/").status_code == 302
    assert "现行政策没有依据" in client_of("city_officer").get("/desk/gaps/").content.decode()
    assert founder.get("/desk/gaps/").status_code == 404


def test_what_waits_is_a_list_with_one_action_each(client_of: Any, ask: Ask) -> None:
    waiting = {name: f'href="/desk/asks/{ask.pk}/"' in client_of(name).get("/desk/").content.decode()
               for name in ("department_officer", "district_officer", "founder", "coordinator")}
    assert waiting == {"department_officer": True, "district_officer": True, "founder": False, "coordinator": False}
    assert "没有等您处理的事" in client_of("expert").get("/desk/").content.decode()


def test_only_the_unit_itself_confirms_its_part(client_of: Any, ask: Ask) -> None:
    part = Part.objects.get()
    assert client_of("department_officer").post(f"/desk/parts/{part.pk}/confirm/").status_code == 403
    assert client_of("expert").post(f"/desk/parts/{part.pk}/confirm/").status_code == 404
    district = client_of("district_officer")
    assert district.post(f"/desk/parts/{part.pk}/confirm/", {"part-text": "已落实"}).status_code == 302
    assert "已落实" in district.get(f"/desk/asks/{ask.pk}/").content.decode()
    assert district.post(f"/desk/parts/{part.pk}/confirm/").status_code == 409
    assert district.post(f"/desk/parts/{part.pk}/unconfirm/").status_code == 302


def test_an_ask_is_raised_through_the_form(client_of: Any, organisation: Any) -> None:
    founder = client_of("founder")
    told = {"kind": "question", "title": "补贴怎么申请", "asked": "市财政局"}
    assert founder.get("/desk/asks/new/").status_code == 200
    assert founder.post("/desk/asks/new/", told | {"asked": "无此单位"}).status_code == 422
    assert founder.post("/desk/asks/new/", told | {"kind": "supervision"}).status_code == 422
    assert founder.post("/desk/asks/new/", told | {"co_units": "无此单位"}).status_code == 422
    assert founder.post("/desk/asks/new/", told | {"co_units": "海淀区"}).status_code == 302
    ask = Ask.objects.get()
    assert (ask.asked, ask.asker_for) == (organisation("finance"), organisation("venture"))


def test_an_order_is_issued_and_printed(client_of: Any) -> None:
    city = client_of("city_officer")
    told = {"kind": "supervision", "title": "限期落实", "asked": "市财政局"}
    assert city.post("/desk/asks/new/", told).status_code == 422
    due = (timezone.now() + dt.timedelta(days=20)).date()
    assert city.post("/desk/asks/new/", told | {"issuer": "北京市科学技术委员会", "due": due}).status_code == 302
    ask = Ask.objects.get()
    printed = client_of("department_officer").get(f"/desk/asks/{ask.pk}/order/").content.decode()
    assert ask.number in printed
    assert "签发单位（盖章）" in printed
    assert client_of("founder").get(f"/desk/asks/{ask.pk}/order/").status_code == 404


def test_notices_are_counted_opened_and_taken_back(client_of: Any, cast: Any, ask: Ask) -> None:
    officer, reader = client_of("department_officer"), who(cast["department_officer"])
    assert [count(who(cast[name])) for name in ("department_officer", "founder", "expert")] == [1, 0, 0]
    notice = Notice.objects.get(kind="turn")
    assert officer.get("/notices/").status_code == 200
    assert client_of("founder").post(f"/notices/{notice.pk}/open/").status_code == 404
    opened = officer.post(f"/notices/{notice.pk}/open/")
    assert (opened.status_code, opened.url) == (302, f"/desk/asks/{ask.pk}/")
    assert count(reader) == 0
    officer.post(f"/notices/{notice.pk}/unread/")
    assert count(reader) == 1
    officer.post("/notices/read/")
    assert count(reader) == 0
    assert "设备通关受阻" in officer.get("/notices/?view=all").content.decode()


def test_a_person_silences_kinds_of_notice(client_of: Any, cast: Any, ask: Ask) -> None:
    officer, reader = client_of("department_officer"), who(cast["department_officer"])
    assert officer.get("/notices/settings/").status_code == 200
    assert officer.post("/notices/settings/", {"kinds": ["turn"]}).status_code == 302
    assert count(reader) == 0
    assert f"/desk/asks/{ask.pk}/" in officer.get("/desk/").content.decode()
    assert officer.post("/notices/settings/", {"kinds": ["nonsense"]}).status_code == 422
    notices.mute(person=reader.party_id, kinds=set())
    assert count(reader) == 1


def test_the_list_of_asks_filters_pages_and_hides(client_of: Any, an_ask: Any, acting: Any) -> None:
    now = timezone.now()
    made = [an_ask(now, title=f"事项 {number}") for number in range(51)]
    asks.withdraw(ask=made[0], **acting("founder", now))
    founder = client_of("founder")
    first = founder.get("/desk/asks/?view=mine").content.decode()
    assert "事项 50" in first
    assert f"before={made[1].pk}" in first
    assert "事项 0" in founder.get(f"/desk/asks/?before={made[1].pk}").content.decode()
    assert "事项 0<" in founder.get("/desk/asks/?state=withdrawn").content.decode()
    assert "没有符合条件的事项" in founder.get("/desk/asks/?kind=permit").content.decode()
    assert "没有符合条件的事项" in client_of("expert").get("/desk/asks/").content.decode()


def test_long_lists_ask_no_more_of_the_database(client_of: Any, an_ask: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        an_ask(timezone.now())
    officer = client_of("department_officer")
    for url in ("/desk/", "/desk/asks/", "/notices/"):
        with django_assert_max_num_queries(16):
            assert officer.get(url).status_code == 200


def test_the_pages_speak_english_too(client_of: Any, ask: Ask) -> None:
    client = client_of("department_officer")
    page = client.get(f"/desk/asks/{ask.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "to be triaged by" in page


def test_the_city_names_who_hears_of_late_work(client_of: Any, cast: Any, organisation: Any) -> None:
    city = client_of("city_officer")
    assert client_of("department_officer").get("/desk/leads/").status_code == 404
    assert "还没有指定" in city.get("/desk/leads/").content.decode()
    assert city.post("/desk/leads/", {"organisation": "市财政局", "person": "林舟"}).status_code == 422
    assert city.post("/desk/leads/", {"organisation": "市财政局", "person": "王敏"}).status_code == 302
    assert Lead.objects.get().person_id == cast["department_officer"].party_id
    assert "王敏" in city.get("/desk/leads/").content.decode()
    assert city.post("/desk/leads/", {"organisation": "市财政局", "person": ""}).status_code == 302
    assert not Lead.objects.exists()


def test_whoever_left_the_organisation_no_longer_sees_what_they_took_on_there(client_of: Any, ask: Ask, cast: Any, acting: Any) -> None:
    url, officer, now = f"/desk/asks/{ask.pk}/", client_of("department_officer"), timezone.now()
    assert officer.post(url + "own/").status_code == 302
    assert officer.get(url).status_code == 200
    post = Tie.objects.get(kind="employs", target=cast["department_officer"].party_id, state="confirmed")
    ties.end(post, **acting("city_officer", now))
    assert officer.get(url).status_code == 404
    assert officer.post(url + "answer/", {"answer-answer": "solved", "answer-text": "已办"}).status_code in (403, 404)
    assert not HANDLES.may(who(cast["department_officer"], now), ask)

"""Nobody stands before a wall: an address of a verb leads back, a listing leads on, search finds it, what waits says what it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fuhua.desk.actions import notices
from fuhua.exchange.actions import introductions, shortlists

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(("verb", "page"), [
    ("/exchange/3/calendar/book/", "/exchange/3/calendar/"), ("/exchange/invitations/7/quote/", "/exchange/invitations/7/"),
    ("/exchange/18/calendar/host/hours/", "/exchange/18/calendar/host/"), ("/exchange/bookings/5/move/", "/exchange/bookings/5/"),
])
def test_the_address_of_a_form_that_came_back_leads_to_the_page_above_it(client_of: Any, verb: str, page: str) -> None:
    answer = client_of("founder").get(verb, headers=HTML)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert Client().get(verb).status_code == 405  # a program is told that it is a verb


@pytest.fixture
def offer(firm: Any, an_offer: Any) -> Any:
    house = firm("北京未名前沿技术研究院", "university", "expert")
    spec = {"use": "湿实验室", "area": "300", "address": "亦庄", "assessment": "报告表"}
    return an_offer(*house, "space", "中试厂房三百平方米", spec, when=timezone.now())


def test_whoever_reads_an_offer_that_is_not_booked_is_led_to_post_the_need_for_it(offer: Any, client_of: Any, client_for: Any) -> None:
    page = f"/exchange/{offer.pk}/"
    assert "/exchange/new/?side=need&amp;kind=space" in client_of("founder").get(page).content.decode()
    assert "side=need" not in client_for(offer.owner.account).get(page).content.decode()


def test_an_instrument_without_a_calendar_is_not_said_to_be_booked(firm: Any, an_offer: Any, client_of: Any, client_for: Any) -> None:
    house = firm("北京未名低温实验室", "university", "expert")
    row = an_offer(*house, "equipment", "探针台", {"instrument": "探针台"}, when=timezone.now())
    read = client_of("founder").get(f"/exchange/{row.pk}/").content.decode()
    assert ("查看日历并预约" in read, "我需要这个：发布需求" in read) == (False, True)
    assert "设置并开放预约" in client_for(row.owner.account).get(f"/exchange/{row.pk}/").content.decode()


def test_search_finds_open_listings_that_hold_every_word(offer: Any, client_of: Any) -> None:
    found = client_of("founder").get("/search/?q=厂房 三百").content.decode()
    assert f'/exchange/{offer.pk}/">中试厂房三百平方米' in found
    assert f"/exchange/{offer.pk}/" not in client_of("founder").get("/search/?q=厂房 五千").content.decode()
    assert f"/exchange/{offer.pk}/" in client_of("founder").get("/search/?q=廠房 三百").content.decode()


def test_what_waits_says_what_is_to_be_done_and_until_when(cast: Any, client_of: Any) -> None:
    told = {"about": "urn:fuhua:reservation:1", "title": "扫描电镜 12-01 09:00", "url": "/exchange/bookings/1/", "at": timezone.now()}
    notices.turn(to=cast["founder"].party_id, due=timezone.now().date(), **told)
    for path in ("/", "/desk/"):
        page = client_of("founder").get(path).content.decode()
        assert f'<span class="muted">预约</span> <a href="{told["url"]}">{told["title"]}</a>' in page
    assert "0 个工作日" in client_of("founder").get("/desk/").content.decode()


def test_who_asked_for_an_introduction_can_end_it_before_the_other_side_answers(
    offer: Any, firm: Any, a_need: Any, client_for: Any, cast: Any
) -> None:
    house, now = firm("北京寄灵量子有限公司", "venture"), timezone.now()
    need = a_need(*house, "space", "需要中试厂房", {"use": "湿实验室", "area": "200", "assessment": "报告表"}, when=now)
    told = {"person": cast["steward"].party_id, "by": cast["steward"].party.urn, "at": now}
    shortlists.choose(need=need, chosen=[shortlists.Choice(offer, note="面积合适")], **told)
    asked = introductions.ask(need=need, offer=offer, willing="need", **told)
    browser, page = client_for(house[1]), f"/exchange/introductions/{asked.pk}/"
    assert "结束对接，说明原因" in browser.get(page).content.decode()
    assert browser.post(f"{page}decline/", {"decline-because": "need_gone"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "declined"

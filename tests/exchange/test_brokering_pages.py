"""Pages of brokering: who sees them, what is hidden from whom, the broker's queues, and officers' figures with their rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuhua.exchange.actions import introductions, listings, shortlists
from fuhua.exchange.models import Deal, Introduction, Listing, Side
from fuhua.kernel import period
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party

BROKER = PLAYERS["steward"].urn
OFFER = {"readiness": "6", "proven": "样机", "unproven": "寿命"}


@pytest.fixture
def matched(firm: Any, a_need: Any, an_offer: Any) -> Callable[..., Introduction]:
    """``matched(n)``: an introduction of the n-th pair of organisations, both sides still to answer."""

    def made(number: int = 1, **more: Any) -> Introduction:
        need = a_need(*firm(f"北京需方{number}号有限公司"), "result", f"寻找固态电解质工艺 {number}", {"readiness": "4"}, timezone.now(),
                      **more)
        offer = an_offer(*firm(f"北京供方{number}号有限公司"), "result", f"固态电解质工艺 {number}", OFFER, timezone.now(), **more)
        told = {"person": Party.objects.get(urn=BROKER).pk, "by": BROKER, "at": timezone.now()}
        shortlists.choose(need=need, chosen=[shortlists.Choice(offer, score=0.8)], **told)
        return introductions.ask(need=need, offer=offer, **told)

    return made


def test_only_the_two_sides_brokers_and_auditors_see_an_introduction(matched: Any, firm: Any, client_for: Any, client_of: Any) -> None:
    row = matched()
    page = f"/exchange/introductions/{row.pk}/"
    sides = [client_for(listing.owner.account).get(page).status_code for listing in (row.need, row.offer)]
    others = [client_of(office).get(page).status_code for office in ("steward", "auditor", "founder", "district_officer", "stranger")]
    assert (sides, others) == ([200, 200], [200, 200, 404, 404, 302])
    assert client_of("steward").post(f"{page}answer/", {"answer-says": "yes"}).status_code == 403
    assert client_of("founder").post(f"{page}answer/", {"answer-says": "yes"}).status_code == 404
    assert client_for(row.need.owner.account).post(f"{page}ask-again/").status_code == 403


def test_the_shortlist_is_for_the_needs_side_and_brokers(matched: Any, client_for: Any, client_of: Any) -> None:
    row = matched()
    page = f"/exchange/{row.need_id}/match/"
    seen = [client_for(row.need.owner.account), client_for(row.offer.owner.account), client_of("steward"), client_of("founder")]
    assert [client.get(page).status_code for client in seen] == [200, 404, 200, 404]
    assert client_for(row.need.owner.account).post(f"{page}choose/", {}).status_code == 403


def test_without_a_fitting_offer_the_page_says_so_and_what_to_do(firm: Any, a_need: Any, client_for: Any) -> None:
    house, account = firm("北京需方有限公司")
    need = a_need(house, account, "result", "寻找固态电解质工艺", {"readiness": "4"}, timezone.now())
    page = client_for(account).get(f"/exchange/{need.pk}/match/").content.decode()
    assert ("目前没有合适的供给" in page, "放宽需求中的硬指标" in page) == (True, True)


def test_a_broker_adds_an_offer_by_its_number_and_a_wrong_number_comes_back_marked(matched: Any, an_offer: Any, firm: Any,
                                                                                    client_of: Any) -> None:
    row = matched()
    other = an_offer(*firm("北京第三方有限公司"), "result", "硫化物前驱体", OFFER, timezone.now())
    add = f"/exchange/{row.need_id}/match/add/"
    wrong = client_of("steward").post(add, {"add-offer": "999999", "add-note": "同行推荐"})
    assert (wrong.status_code, "请核对编号或网址" in wrong.content.decode()) == (422, True)
    right = client_of("steward").post(add, {"add-offer": f"http://testserver/exchange/{other.pk}/", "add-note": "同行推荐"})
    assert right.status_code == 302
    page = client_of("steward").get(f"/exchange/{row.need_id}/match/").content.decode()
    assert ("同行推荐" in page, "硫化物前驱体" in page) == (True, True)


def test_the_desk_shows_each_queue_and_narrows_it(matched: Any, firm: Any, a_need: Any, client_of: Any) -> None:
    row, steward = matched(), client_of("steward")
    waiting = a_need(*firm("北京新需方有限公司"), "equipment", "扫描电镜机时", {"instrument": "扫描电镜"}, timezone.now())
    Side.objects.update(due=period.day(timezone.now()) - dt.timedelta(days=1))

    def titles(query: str) -> list[str]:
        return [line["title"] for line in steward.get(f"/exchange/desk/?{query}").context["rows"]]

    assert titles("queue=answers") == [row.need.title]
    assert titles("queue=shortlist") == [waiting.title]
    assert titles("queue=shortlist&kind=result") == []
    assert titles("queue=shortlist&whose=mine") == []
    steward.post(f"/exchange/{waiting.pk}/take/")
    assert titles("queue=shortlist&whose=mine") == [waiting.title]
    assert titles("queue=shortlist&whose=nobody") == []
    assert steward.post(f"/exchange/{waiting.pk}/hand-over/", {"to-to": ""}).status_code == 302
    assert titles("queue=shortlist&whose=nobody") == [waiting.title]
    assert client_of("founder").get("/exchange/desk/").status_code == 404


def figures(client: Client, query: str = "") -> dict[str, Any]:
    return client.get(f"/exchange/figures/{query}").context


def test_a_quote_and_an_order_are_contracts_and_a_pilot_is_none(matched: Any, a_deal: Any, client_of: Any) -> None:
    needs, first = [matched(number).need for number in (1, 2, 3)], timezone.now()
    for days, (need, terms) in enumerate(zip(needs, ({"rfq": "x"}, {"stage": "order"}, {"stage": "pilot"}), strict=True), 4):
        Deal.objects.filter(pk=a_deal()[0].pk).update(need=need, terms=terms, signed_at=first + dt.timedelta(days=2 * days))
    Listing.objects.filter(side="need").update(opened_at=first)
    shown = figures(client_of("city_officer"))
    assert (shown["opened"], shown["contracted"], shown["to_sign"]) == (3, 2, 9)


def test_figures_count_answers_contracts_reasons_and_gaps_and_open_to_their_rows(matched: Any, client_of: Any) -> None:
    first, second, third = matched(1, field="C39"), matched(2, field="C39"), matched(3)
    monday = dt.datetime(2026, 11, 2, 4, tzinfo=dt.UTC)
    Listing.objects.filter(side="need").update(opened_at=monday)
    for row, days in ((first, 2), (second, 4)):
        Side.objects.filter(introduction=row, side="offer").update(answer="yes", answered_at=monday + dt.timedelta(days=days))
    listings.close(listing=first.need, because="contracted", by=BROKER, at=timezone.now())
    listings.withdraw(listing=second.offer, by=BROKER, at=timezone.now())
    listings.withdraw(listing=first.offer, by=BROKER, at=timezone.now())
    shown = figures(client_of("city_officer"), "?by=division")
    found = shown["answers"]
    assert (found.median, found.most, found.answered, found.waiting) == (3.0, 4, 2, 1)
    assert [(row["it"].code, row["it"].opened, row["it"].contracted) for row in shown["rates"]] == [("C39", 2, 1), ("", 1, 0)]
    assert [(row["label"].zh, row["count"]) for row in shown["closures"]] == [("已在平台签约", 1)]
    assert [(row["it"].division, row["it"].readiness, row["it"].needs, row["it"].offers) for row in shown["gaps"]] == [("C39", "4", 1, 0)]
    client = client_of("city_officer")
    assert [row["it"].title for row in client.get(shown["gaps"][0]["url"]).context["rows"]] == [second.need.title]
    lines = list(csv.reader(io.StringIO(client.get(f"{shown['urls']['answered']}&as=csv").content.decode().lstrip("\ufeff"))))
    assert sorted((line[0], line[5]) for line in lines[1:]) == [(first.need.title, "2"), (second.need.title, "4")]
    assert client.get("/exchange/figures/rows/?of=views").status_code == 404
    assert third.need.state == "open"


def test_a_district_officer_sees_only_the_needs_of_the_district(matched: Any, client_of: Any) -> None:
    row = matched()
    assert figures(client_of("district_officer"))["opened"] == 1
    Party.objects.filter(pk=row.need.party_id).update(district="110105")
    assert figures(client_of("district_officer"))["opened"] == 0
    assert client_of("founder").get("/exchange/figures/").status_code == 404


@pytest.mark.parametrize("page", ["/exchange/desk/?queue=answers", "/exchange/desk/?queue=shortlist", "/exchange/figures/",
                                  "/exchange/introductions/", "/exchange/cases/"])
def test_pages_take_as_many_queries_for_many_rows_as_for_few(page: str, matched: Any, client_of: Any) -> None:
    client = client_of("steward")

    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    for number in (1, 2):
        matched(number)
    few = queries()
    for number in range(3, 9):
        matched(number)
    assert queries() == few

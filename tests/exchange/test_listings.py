"""A listing from draft to closing: what it must tell before it opens, how long it lives, and why it ends."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from fuhua.evidence.models import Fact
from fuhua.exchange.actions import listings
from fuhua.exchange.models import Listing
from fuhua.kernel.flow import WrongState
from fuhua.kernel.questions import BadValue
from fuhua.kernel.ui import formats


def facts_of(row: Listing) -> list[str]:
    return list(Fact.objects.filter(subject=row.urn).order_by("id").values_list("kind", flat=True))


def test_a_need_without_a_budget_owner_stays_a_draft_and_is_told_everything_it_lacks(firm: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = listings.Told(title="需要 10 mK 稀释制冷机 200 小时", spec={"temperature": "10 mK"}, owner=account.party_id)
    row = listings.draft(side="need", kind="equipment", party=house.pk, told=told, by=account.party.urn, at=at())
    with pytest.raises(listings.Unqualified) as refused:
        listings.publish(listing=row, by=account.party.urn, at=at())
    assert [label.zh for label in refused.value.lacking] == ["预算负责人", "预算", "期限", "成功标准", "决定日期", "仪器类别"]
    assert (Listing.objects.get(pk=row.pk).state, facts_of(row)) == ("draft", [])


def test_a_listing_that_nobody_confirms_expires_after_ninety_days_and_can_be_renewed(firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京供方科技有限公司")
    row = an_offer(house, account, "equipment", "稀释制冷机", {"instrument": "稀释制冷机", "temperature": "8"}, at("2025-01-06"))
    assert row.reconfirm == dt.date(2025, 4, 6)
    assert listings.expire(at=at("2025-04-06")) == 0
    assert [listings.expire(at=at("2025-04-07")) for _again in range(2)] == [1, 0]
    row = listings.renew(listing=row, by=account.party.urn, at=at("2025-04-08"))
    assert (row.state, row.reconfirm) == ("open", dt.date(2025, 7, 7))
    assert facts_of(row) == ["exchange.listing_opened", "exchange.listing_left", "exchange.listing_confirmed"]


def test_a_listing_closes_only_with_a_reason_and_closing_can_be_undone(firm: Any, a_need: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    row = a_need(house, account, "equipment", "扫描电镜", {"instrument": "扫描电镜"})
    with pytest.raises(listings.BadListing):
        listings.close(listing=row, because="", by=account.party.urn, at=at())
    row = listings.close(listing=row, because="no_offer", by=account.party.urn, at=at())
    with pytest.raises(WrongState):
        listings.withdraw(listing=row, by=account.party.urn, at=at())
    assert listings.reopen(listing=row, by=account.party.urn, at=at()).state == "draft"


def test_confidential_fields_are_kept_apart_and_a_dollar_price_is_refused(firm: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = listings.Told(title="扫描电镜", spec={"instrument": "扫描电镜", "samples": "钙钛矿薄膜"})
    row = listings.draft(side="need", kind="equipment", party=house.pk, told=told, by=account.party.urn, at=at())
    assert (row.spec, row.sealed) == ({"instrument": "扫描电镜"}, {"samples": "钙钛矿薄膜"})
    with pytest.raises(Exception, match="yuan"):
        listings.revise(listing=row, told=listings.Told(title="扫描电镜", spec={"price": "$300"}), by=account.party.urn, at=at())


def told(**more: Any) -> listings.Told:
    return listings.Told(**{"title": "扫描电镜", "spec": {"instrument": "扫描电镜"}, **more})


@pytest.mark.parametrize("wrong", [
    {"title": "\u200b\ufeff"}, {"success": "长" * 1001}, {"budget_owner": "长" * 101}, {"title": " "}, {"title": "长" * 201},
    {"title": "零\x00字"}, {"text": "长" * 20_001}, {"text": "钟\x07"}, {"budget": 0},
    {"budget": -1}, {"spec": {"instrument": "长" * 201}}, {"spec": {"temperature": "NaN"}}, {"spec": {"price": "€5"}},
    {"spec": {"hours": "-5"}}, {"spec": {"hours": "0"}}, {"spec": {"temperature": "-1 mK"}}, {"spec": {"price": "-300"}},
    {"spec": {"available": "明天"}}, {"spec": {"samples": "x" * (50 * 2**20)}}])
def test_what_no_listing_can_hold_is_refused_and_nothing_is_kept(firm: Any, at: Any, wrong: dict[str, Any]) -> None:
    house, account = firm("北京需方科技有限公司")
    with pytest.raises((listings.BadListing, BadValue)):
        listings.draft(side="need", kind="equipment", party=house.pk, told=told(**wrong), by=account.party.urn, at=at())
    assert Listing.objects.count() == 0


@pytest.mark.parametrize(("written", "said"), [
    ("decides", "the decision date 1 Jan 2020 has passed"), ("deadline", "an earlier one; the deadline 1 Jan 2020 has passed")])
def test_a_need_whose_days_have_passed_does_not_open(firm: Any, a_need: Any, written: str, said: str) -> None:
    with pytest.raises(listings.BadListing, match=said):
        a_need(*firm("北京需方科技有限公司"), "equipment", "扫描电镜", {"instrument": "扫描电镜"}, **{written: dt.date(2020, 1, 1)})
    assert Listing.objects.get().state == "draft"


def test_a_need_whose_deadline_has_passed_is_renewed_only_with_a_later_one(firm: Any, a_need: Any, at: Any, client_for: Any,
                                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    house, account = firm("北京需方科技有限公司")
    days = {"deadline": dt.date(2025, 4, 1), "decides": dt.date(2025, 3, 1)}
    row = a_need(house, account, "equipment", "扫描电镜", {"instrument": "扫描电镜"}, at("2025-01-06"), **days)
    listings.expire(at=at("2025-07-01"))
    monkeypatch.setattr(timezone, "now", lambda: at("2025-07-02"))
    answer = client_for(account).post(f"/exchange/{row.pk}/renew/", follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "expired"
    assert "期限 2025年4月1日 已过，请改为今天或以后的日期" in answer


def marked(page: str) -> dict[str, str]:
    """Field → the error that stands at it."""
    said = re.findall(r'class="field-error" id="id_(\w+)_error">.*?</svg>(.*?)</div>', page, re.DOTALL)
    return {name: " ".join(text.split()) for name, text in said}


ALL_WRONG = {"title": "", "hours": "很多", "price": "面议", "deadline": "2020-01-01", "decides": "2020-02-01", "budget": "0",
             "audience": "public"}


def test_whoever_opens_a_need_is_told_everything_that_is_wrong_at_once_each_at_its_field(firm: Any, client_for: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", {**ALL_WRONG, "party": str(house.pk), "open": "1"})
    found = marked(answer.content.decode())
    assert set(found) == {"title", "instrument", "hours", "price", "budget_owner", "budget", "deadline", "success", "decides", "owner"}
    assert found["price"].endswith("请写成 120 或 85.5（元/小时）")
    assert found["deadline"].endswith("期限 2020年1月1日 已过，请改为今天或以后的日期")
    assert found["decides"].endswith("决定日期 2020年2月1日 晚于期限 2020年1月1日，请改为期限当天或更早")
    assert Listing.objects.count() == 0


def test_a_need_whose_start_has_passed_is_marked_there_and_opens_in_no_other_way(firm: Any, client_for: Any, at: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = {"party": str(house.pk), "title": "机时", "instrument": "扫描电镜", "available": "2020-01-01", "deadline": "2099-01-01",
            "decides": "2099-01-01", "budget": "3w", "budget_owner": "总经理", "success": "达到指标", "owner": str(account.party_id),
            "audience": "public", "open": "1"}
    answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", told, follow=True)
    assert marked(answer.content.decode())["available"].endswith("最晚开始 2020年1月1日 已过，请改为今天或以后的日期")
    with pytest.raises(listings.BadListing, match="start at the latest: 1 Jan 2020 has passed"):
        listings.publish(listing=Listing.objects.get(), by=account.party.urn, at=at())


@pytest.mark.parametrize("given", [{"sample": "1000000000"}, {"hours": "1000000"}])
def test_a_number_that_nothing_of_its_unit_has_is_refused_at_its_field(firm: Any, client_for: Any, given: dict[str, str]) -> None:
    house, account = firm("北京需方科技有限公司")
    told = {"party": str(house.pk), "title": "机时", "audience": "public", **given}
    answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", told)
    assert (answer.status_code, set(marked(answer.content.decode()))) == (422, set(given))


def test_a_draft_may_lack_anything_but_a_choice_after_the_result_is_refused(firm: Any, client_for: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    browser = client_for(account)
    told = {"title": "机时", "deadline": "2020-01-01", "audience": "public", "party": str(house.pk)}
    answer = browser.post("/exchange/new/?side=need&kind=equipment", {**told, "decides": "2020-01-02"})
    assert (answer.status_code, set(marked(answer.content.decode()))) == (422, {"decides"})
    assert browser.post("/exchange/new/?side=need&kind=equipment", told).status_code == 302


def test_a_draft_whose_only_fault_is_a_day_that_has_passed_is_kept_and_the_day_is_marked(firm: Any, client_for: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = {"party": str(house.pk), "title": "机时", "instrument": "扫描电镜", "deadline": "2020-01-01", "decides": "2020-01-01",
            "budget": "3w", "budget_owner": "总经理", "success": "达到指标", "owner": str(account.party_id),
            "audience": "public", "open": "1"}
    answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", told, follow=True)
    assert (Listing.objects.get().state, Listing.objects.get().budget) == ("draft", 3_000_000)
    assert set(marked(answer.content.decode())) == {"deadline", "decides"}


def test_texts_too_long_for_what_keeps_them_and_titles_of_nothing_come_back_marked_at_their_fields(firm: Any, client_for: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    told = {"party": str(house.pk), "title": "\u200b\u200b", "success": "长" * 1001, "budget_owner": "长" * 101, "audience": "public"}
    answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", told)
    page = answer.content.decode()
    found = marked(page)
    assert (answer.status_code, set(found), "长" * 1001 in page) == (422, {"title", "success", "budget_owner"}, True)
    assert ["最多 1000 字" in found["success"], "最多 100 字" in found["budget_owner"]] == [True, True]


def test_what_nobody_sees_is_taken_out_of_what_is_typed(firm: Any, client_for: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    client_for(account).post("/exchange/new/?side=need&kind=equipment", {
        "party": str(house.pk), "title": "a\u202egnp.exe", "text": "一\u200b二", "instrument": "\u200b", "samples": "钙\ufeff钛矿",
        "success": "达\u2066到", "audience": "public"})
    row = Listing.objects.get()
    assert (row.title, row.text, row.spec, row.sealed, row.success) == ("agnp.exe", "一二", {}, {"samples": "钙钛矿"}, "达到")


def test_hours_below_nothing_come_back_marked_in_the_readers_language(firm: Any, client_for: Any) -> None:
    _house, account = firm("北京需方科技有限公司")
    for language, said in (("zh-hans", "“机时”不能小于 0.25 小时"), ("en", "hours: 0.25 h or more")):
        answer = client_for(account).post("/exchange/new/?side=need&kind=equipment", {"title": "机时", "hours": "-5", "audience": "public"},
                                          HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), language
    assert Listing.objects.count() == 0


def test_one_organisation_drafts_so_many_a_day_and_no_more(firm: Any, at: Any, settings: Any) -> None:
    settings.FUHUA_DRAFTS_A_DAY = 2
    house, account = firm("北京灌水科技有限公司")

    def drafted(title: str, when: dt.datetime) -> Listing:
        return listings.draft(side="offer", kind="equipment", party=house.pk, told=told(title=title), by=account.party.urn, at=when)

    drafted("一", at())
    drafted("二", at())
    with pytest.raises(listings.BadListing, match="24 hours"):
        drafted("三", at() + dt.timedelta(hours=23))
    assert drafted("三", at() + dt.timedelta(hours=25)).state == "draft"


def test_a_title_is_open_once_for_each_organisation_and_side(firm: Any, an_offer: Any, at: Any) -> None:
    house, account = firm("北京供方科技有限公司")
    spec = {"instrument": "扫描电镜"}
    row = an_offer(house, account, "equipment", "扫描电镜", spec)
    with pytest.raises(listings.SameTitle) as same:
        an_offer(house, account, "equipment", " 扫描电镜 ", spec)
    assert same.value.listing == row
    an_offer(*firm("北京别家科技有限公司"), "equipment", "扫描电镜", spec)
    listings.withdraw(listing=row, by=account.party.urn, at=at())
    assert an_offer(house, account, "equipment", "扫描电镜", spec).state == "open"


def test_whoever_confirms_a_listing_reads_until_when_it_holds(firm: Any, an_offer: Any, client_for: Any) -> None:
    house, account = firm("北京供方科技有限公司")
    row = an_offer(house, account, "equipment", "稀释制冷机", {"instrument": "稀释制冷机", "temperature": "8"})
    answer = client_for(account).post(f"/exchange/{row.pk}/renew/", follow=True).content.decode()
    row.refresh_from_db()
    assert f"请在 {formats.day(row.reconfirm).zh} 前再次确认" in answer


@pytest.mark.parametrize(("kind", "taken"), [("mentor_hours", True), ("ip_clinic", True), ("supply", False)])
def test_a_need_has_a_budget_of_nothing_only_where_some_offers_are_free(firm: Any, client_for: Any, kind: str, taken: bool) -> None:
    _house, account = firm("北京需方科技有限公司")
    answer = client_for(account).post(f"/exchange/new/?side=need&kind={kind}", {
        "title": "请教注册", "budget": "0", "audience": "members", "party": str(_house.pk)})
    assert (answer.status_code, Listing.objects.filter(budget=0).exists()) == ((302, True) if taken else (422, False))


def test_a_resolution_of_nothing_is_refused_with_the_least_there_is(firm: Any) -> None:
    house, account = firm("北京需方科技有限公司")
    with pytest.raises(BadValue, match=re.escape("resolution: 0.001 nm or more")):
        listings.draft(side="offer", kind="equipment", party=house.pk, told=listings.Told(title="扫描电镜", spec={"resolution": "0"}),
                       by=account.party.urn, at=timezone.now())


def test_whoever_posted_nothing_yet_reads_how_to_and_nothing_of_a_filter(firm: Any, client_for: Any) -> None:
    browser = client_for(firm("北京需方科技有限公司")[1])
    ours = browser.get("/exchange/?side=offer&view=ours").content.decode()
    assert ("本单位还没有发布供给" in ours, "放宽筛选条件" in ours) == (True, False)
    assert "放宽筛选条件" in browser.get("/exchange/?side=offer&view=ours&q=显微镜").content.decode()
    assert "没有可统计的资源" in browser.get("/exchange/utilisation/").content.decode()

"""Posting needs and offers, as its users live it: what is missing is told, what is confidential stays so, the public page is found."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from fuhua.desk.models import Ask
from fuhua.exchange.models import Listing
from fuhua.kernel import period
from fuhua.parties.actions import ties
from fuhua.parties.models import Account, Consent, Party
from stories.visitor import Visitor


@pytest.fixture
def visitor(cast: dict[str, Account]) -> Any:
    """``visitor("founder")``: that member of the cast with a browser; ``visitor()``: a stranger."""

    def arrived(office: str = "") -> Visitor:
        one = Visitor()
        if office:
            one.client.force_login(cast[office])
        return one

    return arrived


RESULT = {"title": "高容量固态电解质", "text": "室温离子电导率 5 mS/cm。", "readiness": "4", "proven": "扣式电池 500 次循环",
          "licences": ["licence"]}


def soon(days: int) -> str:
    return (period.day(timezone.now()) + dt.timedelta(days=days)).isoformat()


def test_an_offer_that_does_not_say_what_is_unproven_is_refused_and_then_found_by_search_engines(visitor: Any) -> None:
    office, stranger = visitor("expert"), visitor()
    office.open("/exchange/").follow("发布供给").follow("科研成果").send("new", **RESULT, open="1")
    row = Listing.objects.get()
    assert (row.state, office.at, office.sees("尚未证明", "开放前必须填写")) == ("draft", f"/exchange/{row.pk}/edit/?lacking=1", True)
    assert stranger.open(f"/exchange/{row.pk}/").status == 404
    office.send("edit", unproven="软包电池寿命、量产成本", open="1")
    assert (office.at, office.sees("开放中", "软包电池寿命、量产成本")) == (f"/exchange/{row.pk}/", True)
    stranger.open(f"/exchange/{row.pk}/")
    assert (stranger.status, stranger.sees("高容量固态电解质", "北京未名前沿技术研究院"), stranger.sees("周以宁")) == (200, True, False)
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', stranger.html).group(1))
    assert (said["@type"], said["name"], said["url"]) == ("Offer", RESULT["title"], f"http://testserver/exchange/{row.pk}/")
    assert f'<link rel="canonical" href="http://testserver/exchange/{row.pk}/">' in stranger.html
    assert '<meta name="description" content="室温离子电导率 5 mS/cm。">' in stranger.html
    assert addresses(stranger) == [f"http://testserver/exchange/{row.pk}/"]
    office.send("withdraw")
    assert (stranger.open(f"/exchange/{row.pk}/").status, addresses(stranger)) == (404, [])


def addresses(stranger: Visitor) -> list[str]:
    """Every address in the maps that robots.txt leads to."""
    top = re.search(r"Sitemap: http://testserver(\S+)", stranger.open("/robots.txt").html).group(1)
    return [address for part in listed(stranger, top) for address in listed(stranger, part.removeprefix("http://testserver"))]


def listed(stranger: Visitor, url: str) -> list[str]:
    """The addresses that a map holds."""
    return [each.text for each in ElementTree.fromstring(stranger.open(url).html).iter() if each.tag.endswith("}loc")]


def test_what_members_see_is_hidden_from_strangers(visitor: Any) -> None:
    office = visitor("expert")
    office.open("/exchange/new/?side=offer&kind=result").send("new", **RESULT, unproven="成本", audience="members", open="1")
    row = Listing.objects.get()
    assert (visitor().open(f"/exchange/{row.pk}/").status, visitor("founder").open(f"/exchange/{row.pk}/").status) == (404, 200)
    assert (addresses(visitor()), 'content="noindex"' in visitor("founder").open(f"/exchange/{row.pk}/").html) == ([], True)


SCENARIO = {"title": "产线视觉检测", "area": "factory", "route": "own", "baseline": "漏检率 3%", "site": "2 号车间", "data": "图像不出厂",
            "safety": "须断电安装", "then": "采购 10 套", "budget": "50 万元", "success": "漏检率低于 0.5%", "deployment": ["on_site"]}


def test_a_scenario_without_a_budget_owner_stays_a_draft_until_a_broker_qualifies_it(visitor: Any) -> None:
    factory, broker = visitor("park_manager"), visitor("steward")
    factory.open("/exchange/new/?side=need&kind=scenario").send(
        "new", **SCENARIO, deadline=soon(120), decides=soon(60), layout="工艺布局图", open="1")
    row = Listing.objects.get()
    assert (row.state, factory.sees("预算负责人", "开放前必须填写")) == ("draft", True)
    assert visitor("founder").open(f"/exchange/{row.pk}/").status == 404
    broker.open("/exchange/?view=drafts&side=need").follow("产线视觉检测")
    assert (broker.sees("仍缺", "预算负责人"), broker.sees("工艺布局图")) == (True, False)
    broker.follow("修改").send("edit", budget_owner="生产副总", open="1")
    row.refresh_from_db()
    assert (row.state, row.budget, row.budget_owner, row.sealed) == ("open", 50_000_000, "生产副总", {"layout": "工艺布局图"})
    assert visitor("founder").open(f"/exchange/{row.pk}/").sees("漏检率低于 0.5%", "50 万元")


CHALLENGE = {"title": "退役电池快速分选", "domain": "电池回收", "unit": "电池事业部", "payment": "60", "rights": "venture", "invests": "no",
             "budget": "80 万元", "budget_owner": "事业部总经理", "success": "每分钟 20 块", "details": "电芯型号 X7 的拆解节拍"}


@pytest.fixture
def challenge(visitor: Any) -> tuple[Listing, Visitor]:
    """An open challenge of the firm of the cast with a sealed second tier, and its poster."""
    poster = visitor("steward")
    poster.open("/exchange/new/?side=need&kind=challenge").send("new", **CHALLENGE, deadline=soon(90), decides=soon(30), open="1")
    assert (Listing.objects.get().state, poster.sees("部门发起人", "开放前必须填写")) == ("draft", True)
    poster.send("edit", sponsor="李总", open="1")
    return Listing.objects.get(), poster


def test_the_second_tier_opens_by_consent_with_a_trace(visitor: Any, challenge: tuple[Listing, Visitor]) -> None:
    row, poster = challenge
    venture = visitor("founder").open(f"/exchange/{row.pk}/")
    assert (row.state, venture.sees("题目细节（第二层）", "保密"), "拆解节拍" in venture.html) == ("open", True, False)
    venture.send("ask", purpose="评估能否承接")
    asked = Ask.objects.get()
    assert (asked.kind, asked.about, asked.asked_id, venture.at) == ("disclosure", row.urn, row.party_id, f"/desk/asks/{asked.pk}/")
    assert venture.client.post(f"/exchange/{row.pk}/read/").status_code == 403
    poster.open(f"/exchange/{row.pk}/").send("grant", reader="寄灵科技", purpose="评估能否承接", until=soon(10))
    venture.open(f"/exchange/{row.pk}/")
    assert ("拆解节拍" in venture.html, venture.sees("查阅（将留痕）")) == (False, True)
    venture.send("read")
    assert venture.sees("电芯型号 X7 的拆解节拍")
    assert poster.open(f"/exchange/{row.pk}/").sees("北京寄灵科技有限公司", "林舟")
    poster.follow("撤回授权").send("withdraw")
    assert "拆解节拍" not in venture.open(f"/exchange/{row.pk}/").html


def test_a_confirmed_rival_never_reads_the_second_tier(visitor: Any, challenge: tuple[Listing, Visitor], cast: Any) -> None:
    row, poster = challenge
    poster.open(f"/exchange/{row.pk}/").send("grant", reader="寄灵科技", purpose="评估能否承接", until=soon(10))
    venture = visitor("founder").open(f"/exchange/{row.pk}/").send("read")
    assert venture.sees("电芯型号 X7 的拆解节拍")
    ties.attest(kind="rival", source=Party.objects.get(pk=row.party_id), target=Party.objects.get(name="北京寄灵科技有限公司"),
                by=cast["city_officer"].party.urn, at=timezone.now())
    assert "拆解节拍" not in venture.open(f"/exchange/{row.pk}/").html
    venture.send("read")
    assert (venture.status, venture.sees("竞争关系")) == (409, True)
    poster.open(f"/exchange/{row.pk}/").send("grant", reader="寄灵科技", purpose="再评估", until=soon(10))
    assert (poster.status, poster.sees("竞争关系"), Consent.objects.count()) == (422, True, 1)


def test_a_form_sent_twice_makes_one_listing_and_a_title_is_open_once(visitor: Any) -> None:
    office = visitor("expert").open("/exchange/new/?side=offer&kind=result")
    form = office.forms("new")[0]
    form.action = office.at
    sent = {**RESULT, "unproven": "成本", "open": "1"}
    office.send(form, **sent)
    office.send(form, **sent)
    assert (Listing.objects.count(), office.status) == (1, 200)
    office.open("/exchange/new/?side=offer&kind=result").send("new", **sent)
    assert (office.status, office.sees("已有同名的开放信息"), office.link("打开已有的这条")) == (
        422, True, f"/exchange/{Listing.objects.get().pk}/")


def test_a_listing_closes_with_a_reason_and_others_may_not_touch_it(visitor: Any, challenge: tuple[Listing, Visitor]) -> None:
    row, poster = challenge
    other = visitor("founder")
    assert {verb: other.client.post(f"/exchange/{row.pk}/{verb}/").status_code for verb in ("close", "withdraw", "renew", "publish")} == {
        "close": 403, "withdraw": 403, "renew": 403, "publish": 403}
    assert other.open(f"/exchange/{row.pk}/edit/").status == 404
    poster.open(f"/exchange/{row.pk}/").send("close")
    assert (poster.status, poster.sees("请选择结束原因")) == (422, True)
    poster.send("close", because="budget_gone")
    assert (poster.sees("已结束", "预算取消"), other.open(f"/exchange/{row.pk}/").status) == (True, 404)
    poster.send("reopen")
    assert poster.sees("草稿")

"""One cryostat: Lin's startup needs 200 hours at 10 mK, and what comes of it, from the form to the indicator and the sealed fact."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fuhua.config.demo import plan
from fuhua.desk.models import Notice
from fuhua.evidence.actions import sequence
from fuhua.evidence.models import Fact
from fuhua.exchange.models import Deal, Introduction, Listing, Settlement
from fuhua.kernel import period
from fuhua.parties.models import Party
from stories.brokered import send_listing, signed, visiting
from stories.visitor import Visitor

NEED = {
    "title": "需要 10 mK 稀释制冷机 200 小时", "text": "超导量子比特退相干测量", "instrument": "稀释制冷机", "temperature": "10",
    "hours": "200", "available": "2027-05-31", "price": "400", "budget": "8 万元", "budget_owner": "林总",
    "success": "机时内温度不高于 10 mK", "deadline": "2027-08-31", "decides": "2027-05-20",
}
PLAN = """仪器共享行动方案（2026—2027年）

一、总体目标

到2027年，高校院所仪器面向创业企业共享1000小时以上。

二、重点任务

1.开放专业技术平台。高校院所的仪器设备面向创业企业开放共享。（责任单位：市科委、中关村管委会）
"""


@pytest.fixture
def lin(cast: Any) -> Visitor:
    """The founder of Jiling."""
    visitor = Visitor()
    visitor.client.force_login(cast["founder"])
    return visitor


@pytest.fixture
def chen(firm: Any) -> Visitor:
    """Chen's low-temperature laboratory at a university, which offers 8 mK from 6 May."""
    visitor = visiting(firm, "北京未名低温实验室", sort="university", office="expert")[1]
    offered(visitor, "稀释制冷机机时", "8", "2027-05-06")
    return visitor


@pytest.fixture
def others(firm: Any) -> tuple[Visitor, Visitor]:
    """One laboratory that is not cold enough, and one that is free only in July."""
    warm = visiting(firm, "北京常温实验室", sort="university", office="expert")[1]
    offered(warm, "稀释制冷机开放机时", "20", "2027-05-06")
    late = visiting(firm, "北京七月实验室", sort="university", office="expert")[1]
    offered(late, "稀释制冷机夏季机时", "8", "2027-07-01")
    return warm, late


@pytest.fixture
def in_force(cast: Any, tmp_path: Path) -> Any:
    """A plan is in force that asks for shared instrument time."""
    text = tmp_path / "plan.txt"
    text.write_text(PLAN, encoding="utf-8")
    hours = {"metric": "共享仪器机时", "op": ">=", "value": Decimal(60_000), "unit": "分钟", "deadline": dt.date(2027, 12, 31)}
    return plan.publish(text, at=timezone.now(), missed=[hours])


def offered(visitor: Visitor, title: str, temperature: str, free: str) -> None:
    send_listing(visitor.open("/exchange/new/?side=offer&kind=equipment"), title=title, instrument="稀释制冷机", temperature=temperature,
                 hours="400", available=free, price="300")


def someone(cast: Any, name: str) -> Visitor:
    visitor = Visitor()
    visitor.client.force_login(cast[name])
    return visitor


def posted(lin: Visitor) -> Listing:
    """① The form derives from the kind ② and one post opens the need, on record."""
    lin.open("/exchange/new/?side=need&kind=equipment")
    assert lin.sees("最低温度（mK）", "机时（小时）", "最晚开始", "可接受每小时价格", "预算负责人", "成功标准", "决定日期")
    send_listing(lin, **NEED)
    need = Listing.objects.get(side="need")
    assert (need.state, Fact.objects.filter(kind="exchange.listing_opened", subject=need.urn).count()) == ("open", 1)
    return need


def matched(broker: Visitor, need: Listing) -> Listing:
    """③ Offers come with reasons; Chen's laboratory ranks first, what is too warm is not there."""
    broker.open("/exchange/desk/?queue=shortlist").send(f"/exchange/{need.pk}/take/")
    assert broker.sees("最低温度：8 mK ≤ 10 mK", "可用时间：2027年5月6日 ≤ 2027年5月31日")
    links = [text for text, _url in broker.page.links if text.startswith("供给全文")]
    assert links == ["供给全文：稀释制冷机机时", "供给全文：稀释制冷机夏季机时"]
    offer = Listing.objects.get(title="稀释制冷机机时")
    assert broker.client.post(f"/exchange/{need.pk}/match/choose/", {"offer": [offer.pk]}).status_code == 302
    return offer


def talked(broker: Visitor, lin: Visitor, chen: Visitor, need: Listing) -> Introduction:
    """④ Both are asked and told, consent, and meet."""
    broker.open(f"/exchange/{need.pk}/match/").send("introduce")
    row = Introduction.objects.get()
    sides = {side.person_id: side.urn for side in row.sides.all()}
    assert {person: Notice.objects.filter(to=person, about=urn).exists() for person, urn in sides.items()} == dict.fromkeys(sides, True)
    for side in (lin, chen):
        side.open(f"/exchange/introductions/{row.pk}/").send("/answer/", **{"answer-says": "yes"})
    lin.open(f"/exchange/introductions/{row.pk}/").send("/arrange/", **{"arrange-meets": period.day(timezone.now()).isoformat()})
    for side in (lin, chen):
        side.open(f"/exchange/introductions/{row.pk}/").send("/confirm-met/")
    row.refresh_from_db()
    assert row.state == "met"
    return row


def contracted(row: Introduction, lin: Visitor, chen: Visitor) -> Deal:
    """⑤ The order stands filled in with the hours and the price; both sign; the digest of the agreement is a fact."""
    lin.open(f"/exchange/introductions/{row.pk}/").send("/order/", **{"order-due": "2027-06-30"})
    row.refresh_from_db()
    deal = row.order
    assert (deal.total, deal.lines[0]["quantity"], deal.lines[0]["unit"]) == (60_000_00, 200, "小时")
    signed(deal, lin, chen)
    [told] = Fact.objects.filter(kind="exchange.deal_signed", subject=deal.urn)
    assert deal.agreement in str(told.body)
    said = json.loads(told.body)["fact"]  # what policy says of it is stored beside it: rule, version, answer
    assert (said["rule"], said["edition"], said["verdict"]) == ("voucher", "2026", "undetermined")
    return deal


def settled(deal: Deal, lin: Visitor, chen: Visitor, office: str) -> None:
    """⑥ Policy says what a voucher may pay, with its edition ⑦ and both payments settle the deal."""
    page = f"/exchange/deals/{deal.pk}/"
    chen.open(page).send("/deliver/", **{"deliver-note": "200 小时机时已用完，全程 7.9 mK"})
    lin.open(page).send("/accept/")
    assert lin.open(page).sees("北京市中试若干措施（2026-01-04，文号未见） · 2026", "今年最多还可使用 500,000.00 元")
    today = period.day(timezone.now()).isoformat()
    lin.open(page).send("/pay-public/", **{
        "pay_public-amount": "18000", "pay_public-reference": "CZ2026001", "pay_public-paid_on": today, "pay_public-payer": office,
        "pay_public-award": "京科券〔2026〕7号"})
    voucher = Settlement.objects.get()
    assert (voucher.rule, voucher.edition) == ("voucher", "2026")
    lin.open(page).send("/pay/", **{"pay-amount": "42000", "pay-reference": "ICBC2026002", "pay-paid_on": today})
    deal.refresh_from_db()
    assert deal.state == "settled"
    sequence.catch_up(at=timezone.now())


def told_upward(officer: Visitor, lin: Visitor, deal: Deal) -> None:
    """⑧ Jiling's timeline has its first run on a shared instrument."""
    profile = f"/parties/{deal.buyer.urn}/profile/"
    assert officer.open(profile).sees("首次使用共享仪器")
    assert lin.open(profile).sees("首次使用共享仪器")
    assert lin.follow("首次使用共享仪器").at == f"/exchange/deals/{deal.pk}/"


def counted(edition: Any, deal: Deal, lin: Visitor, officer: Visitor, auditor: Visitor, stranger: Visitor) -> None:
    """⑨ The indicator shows 200 hours more ⑩ and opens down to the sealed fact, and to the deal for those who may see it."""
    figure = f"/plans/{edition.slug}/indicators/I12/"
    assert officer.open(f"/plans/{edition.slug}/cockpit/").sees("共享仪器机时", "12,000")
    assert officer.open(figure).sees("12,000", "分钟", "目标 60,000")
    about = officer.link(to="/evidence/subjects/")
    officer.open(about).follow("协议结清", to="/evidence/facts/")
    assert officer.sees("仪器与实验机时", "12,000", "科技创新券", "在日志中的位置", "刚刚重新验证", "I12 共享仪器机时")
    fact, page = officer.at, f"/exchange/deals/{deal.pk}/"
    names = (deal.provider.name, deal.buyer.name)
    assert [officer.sees(name) for name in names] == [False, False]  # the fact alone, pseudonymous
    assert [url for _words, url in officer.page.links if deal.provider.urn in url or deal.buyer.urn in url] == []
    assert [officer.open("/evidence/?kind=exchange.deal_settled").sees(name) for name in names] == [False, False]
    assert [auditor.open(fact).sees(name) for name in names] == [True, True]
    assert [each.open(page).status for each in (lin, auditor, officer, stranger)] == [200, 200, 404, 404]
    assert auditor.open(about).follow("打开它的页面").at == page
    assert stranger.open(fact).status == 404
    assert (stranger.open(figure).sees("12,000"), stranger.sees(deal.buyer.name)) == (True, False)


def test_one_cryostat(lin: Visitor, chen: Visitor, others: Any, in_force: Any, cast: Any, firm: Any) -> None:
    broker, officer = someone(cast, "steward"), someone(cast, "city_officer")
    stranger = visiting(firm, "北京旁观科技有限公司", sort="venture")[1]
    need = posted(lin)
    offer = matched(broker, need)
    row = talked(broker, lin, chen, need)
    deal = contracted(row, lin, chen)
    assert (deal.offer, deal.provider.name) == (offer, "北京未名低温实验室")
    settled(deal, lin, chen, str(Party.objects.get(name="北京市财政局").pk))
    told_upward(officer, lin, deal)
    counted(in_force, deal, lin, officer, someone(cast, "auditor"), stranger)

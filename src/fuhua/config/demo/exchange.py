"""What the demo city needs and offers: an institute's instruments, a result, a mentor, a clinic, a hall, and a firm's needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from fuhua.exchange.actions import listings, qualifications, resources
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import Hours
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party

OFFICE_HOURS = tuple(Hours(weekday, 9 * 60, 18 * 60) for weekday in range(5))
_PRICES = {"all": Rate(1_000_00, 500_00), "firm": Rate(800_00, 400_00), "university": Rate(500_00)}
_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Posting:
    """One posting: by whose person of the cast, its kind, title and text, and its fields as people write them."""

    player: str
    kind: str
    title: str
    text: str
    spec: dict[str, Any] = field(default_factory=dict)


OFFERS = (
    Posting("expert", "equipment", "稀释制冷机机时（8 mK）", "带 9 T 磁体，可测超导量子器件；有操作人员，首次使用须培训。",
            {"instrument": "稀释制冷机", "temperature": "8", "hours": "400", "price": "800元", "operator": "是", "training": "是"}),
    Posting("expert", "equipment", "场发射扫描电镜", "配能谱与电子背散射衍射，可看断口、镀层和颗粒。",
            {"instrument": "扫描电镜", "resolution": "1", "sample": "150", "hours": "600", "price": "600元", "operator": "否"}),
    Posting("expert", "result", "低温位移台驱动与控制技术", "毫开温区下纳米级步进，已在本院两台制冷机上长期运行。",
            {"readiness": "5", "licences": "普通许可、作价入股", "price": "80万元", "domain": "低温精密驱动",
             "proven": "10 mK 下连续运行 2000 小时", "unproven": "批量一致性、振动环境下的寿命"}),
    Posting("operator", "mentor_hours", "芯片流片与供应链导师时间", "三十年流片经验，讲清多项目晶圆怎么排、封测怎么选。",
            {"topics": "技术路线、量产", "domain": "半导体", "languages": "中文", "mode": "线上、面谈", "hours": "2", "price": "0",
             "background": "曾任代工厂工艺整合负责人，辅导过十余家设计企业", "conflicts": "未持有在孵企业股份"}),
    Posting("steward", "ip_clinic", "知识产权门诊（公开前检查）", "专利代理师每个工作日坐诊，路演、投稿、参展之前先来看一次。",
            {"topics": "公开前检查、申请与布局", "domain": "半导体、低温", "mode": "面谈、线上", "price": "0",
             "attorney": "合作专利代理机构的执业专利代理师"}),
    Posting("park_manager", "space", "东升科学园中试厂房 1200 平方米", "可做精密装配与小试，货梯 3 吨，可注册公司。",
            {"use": "中试车间", "area": "1200", "load": "8", "height": "6", "power": "400", "registers": "是", "price": "90元",
             "months": "12", "address": "海淀区东升科学园 B2"}),
)  # fmt: skip
NEEDS = (
    Posting("founder", "equipment", "需要 10 mK 稀释制冷机 200 小时", "测量低噪声放大芯片在 10 mK 下的噪声温度，六月前完成。",
            {"instrument": "稀释制冷机", "temperature": "10", "hours": "200", "price": "1000元", "operator": "是",
             "samples": "四片放大芯片，封装图另附"}),
    Posting("founder", "supply", "无磁铍铜紧固件小批量", "M2、M3 各一批，用于低温样品架，磁化率须低于千分之一。",
            {"part": "M3 铍铜螺钉", "category": "结构件", "process": "机加工", "tolerance": "0.05", "quantity": "100",
             "lead": "30", "unit_price": "15元"}),
)  # fmt: skip


def opened(at: dt.datetime) -> None:
    """Open every posting, let the instruments and the clinic be booked, and qualify the founder for the microscope."""
    for each in OFFERS:
        row = post("offer", each, at)
        if each.kind == "equipment":
            _calendar(row, at, _PRICES, qualify=True)
        elif each.kind == "ip_clinic":
            _calendar(row, at, {"all": Rate(0)}, qualify=False)
    for each in NEEDS:
        post("need", each, at)


def post(side: str, posting: Posting, at: dt.datetime) -> Listing:
    """Post and open what somebody of the cast needs or offers."""
    player = PLAYERS[posting.player]
    person = Party.objects.get(urn=player.urn)
    house = Party.objects.get(urn=ORGANISATIONS[player.organisation].urn)
    today = period.day(at)
    asked: dict[str, Any] = {} if side == "offer" else {
        "budget": 200_000_00, "budget_owner": "总经理", "deadline": today + dt.timedelta(days=180),
        "decides": today + dt.timedelta(days=60), "success": "按约定的测试方法达到所列指标"}
    when = listing_kinds()[posting.kind].when if side == "need" else None
    spec = posting.spec | ({when.name: (today + dt.timedelta(days=30)).isoformat()} if when else {})
    told = listings.Told(title=posting.title, text=posting.text, spec=spec, owner=person.pk, district=house.district,
                         audience="public", **asked)
    row = listings.draft(side=side, kind=posting.kind, party=house.pk, told=told, by=person.urn, at=at)
    return listings.publish(listing=row, by=person.urn, at=at)


def _calendar(offer: Listing, at: dt.datetime, prices: dict[str, Rate], *, qualify: bool) -> None:
    by, founder = offer.owner.urn, Party.objects.get(urn=PLAYERS["founder"].urn)
    row = resources.set_up(offer=offer, by=by, at=at, qualify=qualify, shortest=60, longest=480, horizon=28)
    resources.set_hours(resource=row, hours=OFFICE_HOURS, by=by, at=at)
    resources.set_prices(resource=row, prices=prices, by=by, at=at)
    resources.publish_calendar(resource=row, by=by, at=at)
    if "扫描电镜" in offer.title:
        qualifications.grant(resource=row, person=founder, expires=period.day(at) + _YEAR, by=by, at=at)

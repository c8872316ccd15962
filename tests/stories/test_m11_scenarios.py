"""M11 Scenarios, as their users live them: from a draft without a budget owner to an order, and to “no, because”."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.desk.models import Clock as DeskClock
from fuhua.desk.models import Notice
from fuhua.evidence.models import Fact
from fuhua.exchange.models import Brokering, Introduction, Listing, Shortlisted
from fuhua.kernel import period
from stories.brokered import send_listing, signed, visiting
from stories.exchanging import Clock, Person, clock_at
from stories.visitor import Visitor

SCENARIO = {
    "title": "冲压件表面缺陷在线检测", "text": "冲压产线节拍 12 秒，需要在线发现划伤、压痕、起皱等表面缺陷",
    "area": "factory", "route": "own",
    "baseline": "人工抽检，漏检率 3%", "site": "三号车间 2 米工位", "data": "图像不出厂", "safety": "停线操作须班长批准",
    "then": "达标后采购 12 套",
}
INSPECTION = {"area": "工业制造", "cases": "两家工厂在用"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is Monday, 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def factory(firm: Any) -> tuple[Any, Visitor]:
    """A factory with the person who posts its scenario."""
    return visiting(firm, "北京冲压件制造有限公司")


@pytest.fixture
def broker(cast: Any) -> Visitor:
    """The steward of the cast."""
    return Person(cast["steward"])


@pytest.fixture
def providers(firm: Any, an_offer: Any) -> list[tuple[Any, Visitor, Listing]]:
    """Six ventures that offer surface inspection."""
    found = []
    for number in range(6):
        who, visitor = visiting(firm, f"北京视觉检测{number}号科技有限公司", sort="venture")
        found.append((who, visitor, an_offer(*who, "scenario", f"表面缺陷在线检测方案 {number}", INSPECTION, timezone.now())))
    return found


def posted(visitor: Visitor, **more: str) -> Listing:
    """The factory fills in the form as it stands and asks to open it."""
    visitor.open("/exchange/new/?side=need&kind=scenario")
    soon = period.day(timezone.now()) + dt.timedelta(days=60)
    told = {**SCENARIO, "budget": "50 万元", "deadline": soon.isoformat(), "success": "漏检率低于 0.5%，连续 5 天",
            "decides": (soon - dt.timedelta(days=10)).isoformat()}
    send_listing(visitor, **told, **more)
    return Listing.objects.get(side="need")


def test_m11_from_a_draft_to_an_order(factory: Any, broker: Visitor, providers: Any, clock: Clock) -> None:
    (house, _account), visitor = factory

    # ① factory posts without budget owner → stays draft
    need = posted(visitor)
    assert (need.state, need.party, need.budget_owner) == ("draft", house, "")
    assert (visitor.sees("已保存，但还不能开放"), 'id="id_budget_owner_error"' in visitor.html) == (True, True)
    assert Visitor().open(f"/exchange/{need.pk}/").status == 404

    # ② broker interview qualifies it
    assert broker.open("/exchange/desk/?queue=qualify").sees(need.title)
    broker.send(f"/exchange/{need.pk}/take/")
    assert Brokering.objects.get(need=need).broker.name == "孙洁"
    send_listing(broker.follow("访谈补齐"), budget_owner="生产副总 李强")
    need.refresh_from_db()
    assert (need.state, need.budget_owner) == ("open", "生产副总 李强")

    # ③ shortlist ≤5 reasons
    offers = [offer.pk for _who, _visitor, offer in providers]
    broker.open(f"/exchange/{need.pk}/match/")
    assert broker.sees("场景领域：工业制造", "标题同有")
    choose = f"/exchange/{need.pk}/match/choose/"
    assert broker.client.post(choose, {"offer": offers}).status_code == 409
    assert broker.client.post(choose, {"offer": offers[:5]}).status_code == 302
    assert sorted(row.offer_id for row in Shortlisted.objects.filter(need=need)) == offers[:5]
    visitor.open(f"/exchange/{need.pk}/match/")
    assert visitor.sees("场景领域：工业制造", "单位名称在双方同意后显示")
    assert not visitor.sees(providers[0][0][0].name)

    row = introduced(visitor, providers[0], need)
    piloted(visitor, providers[0][1], row)
    decided(visitor, providers[0][1], row, clock)
    shown(visitor, providers[0][1], row)


def introduced(visitor: Visitor, provider: Any, need: Listing) -> Introduction:
    """The factory asks for an introduction, the venture agrees, they meet."""
    (house, _account), other, offer = provider
    visitor.send(next(form for form in visitor.forms("introduce") if form.values["offer"] == str(offer.pk)))
    row = Introduction.objects.get(need=need)
    assert not visitor.sees(house.name)
    assert other.open("/desk/").sees(need.title)
    other.open(f"/exchange/introductions/{row.pk}/")
    assert not other.sees(need.party.name)
    other.send("/answer/", **{"answer-says": "yes"})
    assert other.sees(need.party.name)
    assert visitor.open(f"/exchange/introductions/{row.pk}/").sees(house.name)
    visitor.send("/arrange/", **{"arrange-meets": period.day(timezone.now()).isoformat(), "arrange-event": "三号车间"})
    for side in (visitor, other):
        side.open(f"/exchange/introductions/{row.pk}/").send("/confirm-met/")
    row.refresh_from_db()
    assert row.state == "met"
    return row


def piloted(visitor: Visitor, other: Visitor, row: Introduction) -> None:
    """④ pilot signed ⑤ readings logged, both confirm."""
    page, due = f"/exchange/introductions/{row.pk}/", period.day(timezone.now()) + dt.timedelta(days=30)
    visitor.open(page)
    pilot = visitor.forms("/pilot/")[0]
    known = [pilot.values[f"pilot-{name}"].strip() for name in ("baseline", "site", "data", "safety", "if_success")]
    assert known == ["人工抽检，漏检率 3%", "三号车间 2 米工位", "图像不出厂", "停线操作须班长批准", "达标后采购 12 套"]
    visitor.send(pilot, **{"pilot-price": "8 万元", "pilot-deliverable": "试点检测工位一套", "pilot-due": due.isoformat()})
    row.refresh_from_db()
    terms = row.pilot.deal.terms
    assert terms | {"stage": "pilot", "success": row.need.success, "decides": row.need.decides.isoformat()} == terms
    assert (other.open(f"/exchange/deals/{row.pilot.deal_id}/").status, other.sees("生产副总 李强")) == (200, False)
    reading = {"log-measure": "漏检率", "log-value": "0.4", "log-unit": "%", "log-day": period.day(timezone.now()).isoformat()}
    assert visitor.client.post(f"{page}log/", reading).status_code == 422  # not signed yet
    signed(row.pilot.deal, visitor, other)
    other.open(page).send("/log/", **reading)
    assert visitor.client.post(f"{page}result/", {"result-result": "met"}).status_code == 422  # not confirmed yet
    assert other.client.post(f"/exchange/readings/{row.pilot.readings.get().pk}/confirm/").status_code == 409  # not by who logged it
    visitor.open(page).send("/confirm/")
    for side in (visitor, other):
        side.open(page).send("/result/", **{"result-result": "met"})
    row.refresh_from_db()
    assert (row.state, row.result) == ("measured", "met")
    assert visitor.open(f"{page}report/").sees("人工抽检，漏检率 3%", "0.4 %", "达到约定标准")
    assert not other.open(f"{page}report/").sees("生产副总 李强")


def decided(visitor: Visitor, other: Visitor, row: Introduction, clock: Clock) -> None:
    """⑥ decision-date reminder ⑦ order."""
    told = Notice.objects.filter(about=row.urn, kind="before_3")
    for day, people in (("2026-04-15", []), ("2026-04-16", [row.need.owner_id])):  # three working days before it
        clocks.tick(at=clock.to(day))
        assert (row.need.decides.isoformat(), [notice.to_id for notice in told.all()]) == ("2026-04-21", people)
    visitor.open(f"/exchange/introductions/{row.pk}/").send("/order/", **{
        "order-price": "48 万元", "order-deliverable": "检测工位 12 套", "order-due": "2027-06-30"})
    row.refresh_from_db()
    signed(row.order, visitor, other)
    row.refresh_from_db()
    assert (row.state, row.need.state, row.need.because) == ("ordered", "closed", "contracted")
    assert not DeskClock.objects.filter(about=row.urn, stopped_at=None).exists()
    assert Fact.objects.filter(kind="exchange.introduction_ordered", subject=row.urn).count() == 1


def shown(visitor: Visitor, other: Visitor, row: Introduction) -> None:
    """⑧ case card by consent."""
    page = f"/exchange/introductions/{row.pk}/"
    visitor.open(page).send("/card/", **{"card-title": "在线检测把漏检率从 3% 降到 0.4%", "card-text": "问题、做法与教训"})
    case = f"/exchange/cases/{row.card.pk}/"
    visitor.open(page).send("/card-consent/")
    assert Visitor().open(case).status == 404
    other.open(page).send("/card-consent/")
    assert Visitor().open("/exchange/cases/").follow("在线检测把漏检率").sees("0.4 %", row.offer.party.name)
    other.open(page).send("/card-hide/")
    assert Visitor().open(case).status == 404


def test_m11_or_no_because(factory: Any, broker: Visitor, providers: Any) -> None:
    """⑦ order, or “no, because”: the need is open to the others again, and the reason is told."""
    (_house, _account), visitor = factory
    need = posted(visitor, budget_owner="生产副总 李强")
    broker.open(f"/exchange/{need.pk}/match/").client.post(f"/exchange/{need.pk}/match/choose/", {"offer": [providers[0][2].pk]})
    visitor.open(f"/exchange/{need.pk}/match/")
    row = introduced(visitor, providers[0], need)
    assert visitor.client.post(f"/exchange/introductions/{row.pk}/decline/", {}).status_code == 422
    visitor.open(f"/exchange/introductions/{row.pk}/").send("/decline/", **{"decline-because": "budget_gone"})
    row.refresh_from_db()
    assert (row.state, row.because, row.need.state) == ("declined", "budget_gone", "open")
    assert providers[0][1].open(f"/exchange/introductions/{row.pk}/").sees("预算取消")

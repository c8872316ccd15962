"""M10 Supply chain, as its users live it: a ladder, a pool that names nobody, tooling shared to the fen, lateness scored, a landing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from exchange.conftest import a_need, an_offer, firm  # noqa: F401 - fixtures
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.actions import reactions, sequence
from fuhua.evidence.models import Fact
from fuhua.evidence.words import Grade
from fuhua.exchange.models import Deal, Invitation, Listing, Member, Pool
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Tie
from stories import exchanging
from stories.exchanging import Person
from stories.visitor import Visitor

SPEC = {"part": "M3 钛合金紧固件", "category": "mechanical", "process": "cnc", "tolerance": "0.02"}
DRAWING = "图号 TF-M3-07，材料 TC4，螺距 0.5"
VENTURES = ("北京轻臂机器人有限公司", "北京飞隼无人机有限公司")
Sides = tuple[tuple[Person, Listing], tuple[Person, Listing]]
SUPPLIERS = ("苏州精工紧固件有限公司", "宁波恒达五金有限公司")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> exchanging.Clock:
    """It is Wednesday, 1 April 2026."""
    return exchanging.clock_at(monkeypatch, "2026-04-01")


@pytest.fixture
def market(clock: exchanging.Clock, firm: Callable[..., Any], an_offer: Any) -> dict[str, Any]:  # noqa: F811
    """Two suppliers with offers, and two ventures that do not know of each other."""
    makers = [firm(name, district="") for name in SUPPLIERS]
    for house in makers:
        an_offer(*house, "supply", "紧固件加工", {**SPEC, "quantity": "100"}, clock())
    ventures = [firm(name, "venture") for name in VENTURES]
    return {"suppliers": makers, "ventures": ventures}


def post(house: tuple[Any, Any], title: str, quantity: str, clock: exchanging.Clock) -> tuple[Person, Listing]:
    """Post the part through the form of its kind and open it."""
    who = Person(house[1])
    who.press("/exchange/new/?side=need&kind=supply", "/new/", title=title, **SPEC, quantity=quantity, drawing=DRAWING,
              budget="20万", budget_owner="采购负责人", deadline="2026-09-30", success="首件全检合格", decides="2026-06-30",
              owner=str(house[1].party_id), open="1")
    assert who.sees("已开放"), who.at
    sequence.catch_up(at=clock())
    reactions.follow(at=clock())
    return who, Listing.objects.get(title=title)


def suppliers(market: dict[str, Any]) -> list[Person]:
    return [Person(house[1]) for house in market["suppliers"]]


def page_of(need: Listing) -> str:
    return f"/exchange/{need.pk}/quotes/"


def ask(who: Person, need: Listing, market: dict[str, Any], pieces: int, count: int = 2) -> Person:
    return who.press(page_of(need), "/quotes/$", item="M3 钛合金紧固件", unit="件", steps="10/100/1,000", pieces=pieces,
                     offered=[str(house[0].pk) for house in market["suppliers"][:count]], invention="none")


def quote(who: Person, url: str, prices: tuple[str, ...], **terms: Any) -> Person:
    told = {f"price_{index}": price for index, price in enumerate(prices)}
    return who.press(url, "/quote/$", **{**told, "valid_until": "2026-12-31", **terms})


def test_m10_from_a_ladder_to_a_supplier_in_beijing(market: dict[str, Any], clock: exchanging.Clock) -> None:
    sides = invited_to_pool(market, clock)
    urls = asked_together(sides, market)
    quoted_by_tiers(sides, market, urls)
    noted_by_an_engineer(sides)
    deals = ordered_by_both(sides, market, urls)
    delivered_in_time_and_late(sides, market, deals, clock)
    landed_in_beijing(market, clock)


def invited_to_pool(market: dict[str, Any], clock: exchanging.Clock) -> Sides:
    """① The part is posted; ② the second of the same spec makes both invited, and neither learns who the other is."""
    arm, first = post(market["ventures"][0], "机械臂用紧固件", "60", clock)
    assert not Pool.objects.exists()
    drone, second = post(market["ventures"][1], "旋翼用紧固件", "40", clock)
    assert Notice.objects.filter(kind="turn", settled_at=None, url=page_of(first)).exists()
    for who, need, theirs, other in ((arm, first, second, VENTURES[1]), (drone, second, first, VENTURES[0])):
        assert who.open(page_of(need)).sees("拼单 PD-2026-000001", "各成员互不知道是谁")
        assert not who.sees(other)
        masked_from(who, theirs, other)
    masked_from(Visitor(), first, VENTURES[0])
    assert second.title not in arm.open("/exchange/?side=need&q=飞隼无人机").html
    assert arm.open(f"/exchange/{first.pk}/").sees(VENTURES[0])
    assert Person(Account.objects.get(username="steward")).open(f"/exchange/{first.pk}/").sees(VENTURES[0])
    return (arm, first), (drone, second)


def masked_from(who: Visitor, need: Listing, name: str) -> None:
    """Whoever is neither of the need's own organisation nor a broker reads the need everywhere, and its organisation nowhere."""
    for page in ("/exchange/?side=need", f"/exchange/?side=need&q={need.title}", f"/exchange/{need.pk}/"):
        who.open(page)
        assert (need.title in who.html, name in who.html) == (True, False), page
    for page in ("/exchange/listings.csv?side=need", "/api/exchange/listings/?side=need", f"/api/exchange/listings/{need.pk}/"):
        answer = who.download(page).decode()
        assert (need.title in answer, name in answer) == (True, False), page
    assert who.client.post(f"/exchange/{need.pk}/ask/", {"purpose": "了解"}).status_code in (302, 404, 422)
    assert not Ask.objects.filter(kind="disclosure").exists()


def asked_together(sides: Sides, market: dict[str, Any]) -> list[str]:
    """Both join, and one asks for both; returns where the suppliers answer."""
    (arm, first), (drone, second) = sides
    assert arm.press(page_of(first), "/pool/join/", pieces=60).sees("等待另一家加入")
    drone.press(page_of(second), "/pool/join/", pieces=40)
    ask(arm, first, market, 60)
    assert arm.sees("2026年4月13日 23:59", "发出后 7 个工作日", "已加入 2 家，合计 100 件")
    told = Fact.objects.get(kind="exchange.pool_formed").body
    assert '"members":2' in told
    assert '"quantity":100' in told
    return [f"/exchange/invitations/{Invitation.objects.get(provider=house[0]).pk}/" for house in market["suppliers"]]


def quoted_by_tiers(sides: Sides, market: dict[str, Any], urls: list[str]) -> None:
    """③ Suppliers see the sum and no name, and quote by tiers."""
    jinggong, hengda = suppliers(market)
    jinggong.open(urls[0])
    assert jinggong.sees("拼单 PD-2026-000001", "披露方：北京创服管家科技服务有限公司")
    assert jinggong.sees("多家单位的相同需求合并询价，身份不公开；合计 100 件")
    assert jinggong.press(urls[0], "/accept/$").press(urls[0], "/read/$").sees(DRAWING)
    for page in (jinggong.html, jinggong.open("/me/consents/").html, jinggong.open("/desk/").html):
        assert not any(name in page for name in (*VENTURES, sides[0][1].title, sides[1][1].title))
    quote(jinggong, urls[0], ("90", "60.00", "41"), tooling="8000.01", least=100, lead_days=20)
    assert not jinggong.sees(SUPPLIERS[1])
    quote(hengda, urls[1], ("95", "64", "40"), tooling="6000", least=500, lead_days=15)
    for who, need in sides:
        assert who.open(page_of(need)).sees("10 件 90.00 元 95.00 元", "100 件 60.00 元 64.00 元", "1,000 件 41.00 元 40.00 元")
        assert who.sees("100 件总价 14,000.01 元 最低价 不接受此数量", "起订 100", "起订 500", "20 天 15 天 最快")
    assert sides[0][0].open(page_of(sides[0][1])).sees("本单位应付 8,400.01 元 —")


def noted_by_an_engineer(sides: Sides) -> None:
    """④ An engineer with a grant gives a note on how it can be made, to whoever gave the grant."""
    (arm, first), (drone, second) = sides
    expert, url = Person(Account.objects.get(username="expert")), f"/exchange/{first.pk}/review/"
    assert expert.get(url).status_code == 404
    arm.press(page_of(first), "/review/ask/", engineer=ORGANISATIONS["institute"].name, until="2026-05-31")
    assert not expert.open(url).sees(DRAWING)
    assert expert.send(expert.forms("/review/")[0]).sees(DRAWING)
    expert.send(next(form for form in expert.forms("/review/") if "text" in form.values), text="M3 螺纹底孔建议放大 0.05，避免断丝")
    assert arm.open(page_of(first)).sees("M3 螺纹底孔建议放大 0.05", "周以宁")
    assert not drone.open(page_of(second)).sees("M3 螺纹底孔建议放大 0.05")


def ordered_by_both(sides: Sides, market: dict[str, Any], urls: list[str]) -> list[Deal]:
    """⑤ Once both agree each has an order of its own, the tooling shared to the fen."""
    (arm, first), (drone, second) = sides
    chosen = Invitation.objects.get(provider=market["suppliers"][0][0]).quotes.get()
    arm.press(page_of(first), "/pool/agree/", quote=str(chosen.pk))
    assert not Deal.objects.exists()
    drone.press(page_of(second), "/pool/agree/", quote=str(chosen.pk))
    deals = list(Deal.objects.order_by("pk"))
    assert [(deal.buyer.name, deal.total) for deal in deals] == [(VENTURES[0], 360_000 + 480_001), (VENTURES[1], 240_000 + 320_000)]
    assert [line["price"] for deal in deals for line in deal.lines] == [6_000, 480_001, 6_000, 320_000]
    assert suppliers(market)[1].post(f"{urls[1]}read/").status_code == 403
    return deals


def delivered_in_time_and_late(sides: Sides, market: dict[str, Any], deals: list[Deal], clock: exchanging.Clock) -> None:
    """⑥ One order comes in time and one late, and the supplier's record says so."""
    jinggong = suppliers(market)[0]
    for (who, _need), deal, day in zip(sides, deals, ("2026-04-15", "2026-05-06"), strict=True):
        clock.to("2026-04-02")
        here = f"/exchange/deals/{deal.pk}/"
        who.verb(here, "sign", agreed="on")
        jinggong.verb(here, "sign", agreed="on")
        clock.to(day)
        jinggong.verb(here, "deliver", note="已发货，附首件检验单")
        who.verb(here, "accept")
    assert jinggong.open("/exchange/credentials/").sees("按时 1/2", "一次验收 2/2")


def landed_in_beijing(market: dict[str, Any], clock: exchanging.Clock) -> None:
    """⑦ The supplier opens an entity in Beijing, which both confirm; the next asker sees that and its record."""
    landed = land(market)
    again, third = post(market["ventures"][0], "下一批紧固件", "100", clock)
    ask(again, third, market, 100, count=1)
    quote(suppliers(market)[0], f"/exchange/invitations/{Invitation.objects.latest('pk').pk}/", ("90", "58", "41"), lead_days=20)
    assert again.open(page_of(third)).sees("按时 1/2，一次验收 2/2", f"在京主体 {landed}")


def land(market: dict[str, Any]) -> str:
    """The supplier says that it is linked with a new organisation in Beijing, which says so too."""
    name, supplier = "北京精工紧固件科技有限公司", market["suppliers"][0]
    told = {"by": PLAYERS["city_officer"].urn, "at": timezone.now(), "grade": Grade.REGISTRY}
    house, person = organisations.register(sort="firm", name=name, district="110115", **told), people.enter(name="落地负责人", **told)
    founder = people.open_account(username="landed", password="a long enough password", party=person, by=told["by"], at=told["at"])
    ties.attest(kind="employs", source=house, target=person, office="founder", by=told["by"], at=told["at"])
    one, other = Person(supplier[1]), Person(founder)
    one.press(f"/organisations/{house.urn}/", "/ties/$", side=str(supplier[0].pk), what="linked:out")
    tie = Tie.objects.get(kind="linked")
    assert tie.state == "proposed"
    assert one.post(f"/ties/{tie.pk}/confirm/").status_code == 403
    other.press(f"/organisations/{house.urn}/", f"/ties/{tie.pk}/confirm/")
    tie.refresh_from_db()
    assert (tie.state, Fact.objects.filter(kind="parties.tie_confirmed", subject=supplier[0].urn, body__contains="linked").count()) == (
        "confirmed", 1)
    return name


def test_m10_a_member_who_leaves_makes_the_others_agree_anew_and_the_last_asks_alone(market: Any, clock: exchanging.Clock) -> None:
    (arm, first), (drone, second) = (post(house, f"{house[0].name}紧固件", "60", clock) for house in market["ventures"])
    for who, need in ((arm, first), (drone, second)):
        who.press(page_of(need), "/pool/join/", pieces=60)
    ask(drone, second, market, 60, count=1)
    [row] = Invitation.objects.all()
    quote(Person(market["suppliers"][0][1]), f"/exchange/invitations/{row.pk}/", ("90", "60", "41"), lead_days=20)
    arm.press(page_of(first), "/pool/agree/", quote=str(row.quotes.get().pk))
    drone.press(page_of(second), "/pool/leave/")
    assert sorted(Member.objects.values_list("state", flat=True)) == ["left", "left"]
    assert Pool.objects.get().state == "dissolved"
    assert not Deal.objects.exists()
    assert Person(market["suppliers"][0][1]).open(f"/exchange/invitations/{row.pk}/").forms("/quote/$") == []
    ask(arm, first, market, 60, count=1)
    assert arm.sees("报价截止于")


def test_m10_an_order_is_split_over_suppliers_at_the_least_cost(market: Any, clock: exchanging.Clock) -> None:
    arm, need = post(market["ventures"][0], "大批紧固件", "1200", clock)
    ask(arm, need, market, 1200)
    rows = list(Invitation.objects.order_by("pk"))
    for row, (house, account), terms in zip(rows, market["suppliers"], (
            {"prices": ("90", "60", "41"), "tooling": "8000", "least": 100, "most": 1000},
            {"prices": ("95", "52", ""), "tooling": "2000", "least": 10, "most": 400}), strict=True):
        assert row.provider_id == house.pk
        quote(Person(account), f"/exchange/invitations/{row.pk}/", terms.pop("prices"), lead_days=20, **terms)
    arm.open(page_of(need))
    assert arm.sees("1,200 件最低总价 61,400.00 元", "苏州精工紧固件有限公司：1,000 件", "宁波恒达五金有限公司：200 件")
    assert arm.sees("苏州精工紧固件有限公司 不可行")
    assert arm.open(f"{page_of(need)}?pieces=1200&most=1").sees("现有报价凑不出这个数量")
    assert arm.open(f"{page_of(need)}?pieces=400&most=&days=").sees("400 件最低总价 22,800.00 元", "单独一家的总价")
    arm.press(page_of(need), "/choose/$")
    assert [(deal.provider.name, deal.total) for deal in Deal.objects.order_by("pk")] == [
        ("苏州精工紧固件有限公司", 4_100_000 + 800_000), ("宁波恒达五金有限公司", 1_040_000 + 200_000)]

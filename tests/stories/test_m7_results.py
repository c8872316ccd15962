"""M7 Research–incubation fusion, as its users live it: from a result that says what is unproven to its outcome on day 90."""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fuhua.desk.models import Clock as DeskClock
from fuhua.desk.models import Notice
from fuhua.evidence.actions import documents
from fuhua.evidence.models import Fact
from fuhua.evidence.proof.records import decode
from fuhua.exchange.actions import brokering
from fuhua.exchange.models import Deal, FollowUp, Introduction, Listing
from fuhua.kernel import period
from fuhua.parties.actions.cast import PLAYERS
from stories.brokered import send_listing, signed, visiting
from stories.exchanging import Clock, Person, clock_at
from stories.visitor import Visitor

STEWARD = PLAYERS["steward"].urn


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is Monday, 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def office(firm: Any) -> Any:
    """The technology transfer office of a university, with a person and their browser."""
    return visiting(firm, "北京未来大学技术转移中心", sort="university", office="expert")


@pytest.fixture
def incubator(firm: Any) -> Any:
    """An incubator that looks for projects."""
    return visiting(firm, "北京新材料孵化器有限公司", sort="incubator", office="operator")


@pytest.fixture
def broker(cast: Any) -> Visitor:
    """The steward of the cast."""
    return Person(cast["steward"])


def offered(visitor: Visitor) -> Listing:
    """① TTO publishes offer missing “unproven” → refused."""
    told = {"title": "耐高温陶瓷基复合材料", "text": "1400℃ 陶瓷基复合材料制备工艺", "readiness": "5", "licences": "licence",
            "proven": "试样在 1400℃ 保持 100 小时"}
    send_listing(visitor.open("/exchange/new/?side=offer&kind=result"), **told)
    offer = Listing.objects.get(side="offer")
    assert (offer.state, visitor.sees("已保存，但还不能开放"), 'id="id_unproven_error"' in visitor.html) == ("draft", True, True)
    send_listing(visitor, unproven="大尺寸构件与循环寿命")
    offer.refresh_from_db()
    assert offer.state == "open"
    return offer


def shortlisted(broker: Visitor, need: Listing, offer: Listing) -> None:
    """② broker shortlists incubator: its need is shown the offer, with reasons."""
    assert broker.open("/exchange/desk/?queue=shortlist").sees(need.title)
    broker.send(f"/exchange/{need.pk}/take/")
    assert broker.sees(offer.title, "技术成熟度：5 级 模拟环境验证 ≥ 4 级 实验室验证")
    assert broker.client.post(f"/exchange/{need.pk}/match/choose/", {"offer": [offer.pk]}).status_code == 302


def introduced(broker: Visitor, sides: tuple[Visitor, Visitor], need: Listing, clock: Clock) -> Introduction:
    """③ event meeting becomes consented introduction ④ 5 wd silence → broker."""
    met = period.day(timezone.now()) - dt.timedelta(days=3)
    form = broker.open(f"/exchange/{need.pk}/match/").forms("introduce")[0]
    row_key = next(name for name in form.values if name.endswith("-event")).removesuffix("-event")
    broker.send(form, **{f"{row_key}-event": "火花活动·新材料专场", f"{row_key}-meets": met.isoformat()})
    row = Introduction.objects.get()
    assert (row.event, row.meets, row.state) == ("火花活动·新材料专场", met, "asked")
    incubator, office = sides
    incubator.open(f"/exchange/introductions/{row.pk}/").send("/answer/", **{"answer-says": "yes"})

    assert brokering.reroute(at=clock.to("2026-03-09")) == 0  # the fifth working day
    assert [brokering.reroute(at=clock.to("2026-03-10")) for _again in range(2)] == [1, 0]
    row.refresh_from_db()
    assert row.state == "silent"
    assert broker.open("/desk/").sees(need.title)
    assert broker.open("/exchange/desk/?queue=answers").sees("超时未答复", "已逾期")
    broker.follow(to=f"/exchange/introductions/{row.pk}/").send("/ask-again/")
    assert DeskClock.objects.filter(name="introduction", stopped_at=None).count() == 1

    office.open(f"/exchange/introductions/{row.pk}/").send("/answer/", **{"answer-says": "yes"})
    for side in sides:
        side.open(f"/exchange/introductions/{row.pk}/").send("/confirm-met/")
    row.refresh_from_db()
    assert (row.state, Fact.objects.filter(kind="exchange.introduction_consented", subject=row.urn).count()) == ("met", 1)
    return row


def licensed(row: Introduction, sides: tuple[Visitor, Visitor]) -> None:
    """⑤ licence signed."""
    sides[0].open(f"/exchange/introductions/{row.pk}/").send("/order/", **{
        "order-price": "30 万元", "order-deliverable": "普通许可及技术资料", "order-due": "2027-12-31"})
    row.refresh_from_db()
    signed(row.order, *sides)
    row.refresh_from_db()
    assert (row.state, row.need.because) == ("ordered", "contracted")


def admitted(visitor: Visitor, incubator: Visitor, host: str, deal: Deal) -> None:
    """⑥ project admitted: it is registered, and its stay at the incubator rests on the licence that the two signed."""
    new = visitor.open("/organisations/new/")
    new.send(next(form for form in new.page.forms if "different" in form.values or "plates" in form.values), sort="project",
             name="陶瓷基复合材料项目", district="110108")
    assert visitor.sees("已登记：陶瓷基复合材料项目")
    licence = incubator.download(f"/exchange/deals/{deal.pk}/agreement.pdf")
    told = {"grade": "2", "file": SimpleUploadedFile("许可协议.pdf", licence, content_type="application/pdf"),
            "subject": "陶瓷基复合材料项目", "host": host, "stay": "pre_incubation", "district": "110108",
            "true_from": period.day(timezone.now()).isoformat()}
    visitor.open("/evidence/tell/journey.stay_began/")
    visitor.send(next(form for form in visitor.page.forms if "subject" in form.values), **told)
    stay = Fact.objects.get(kind="journey.stay_began")
    assert decode(stay.kind, stay.body, seq=-1, digest=stay.digest).documents == (sha256(licence).hexdigest(),)
    assert Fact.objects.filter(kind="exchange.deal_signed", subject=deal.urn, body__contains=sha256(licence).hexdigest()).exists()


def nominated(visitor: Visitor, offer: Listing) -> None:
    """⑦ nominated to contest without retyping: page, JSON and CSV say the same of what is on record."""
    page = visitor.open(f"/exchange/{offer.pk}/").open(f"/exchange/{offer.pk}/nomination/")
    assert page.sees("耐高温陶瓷基复合材料", "北京未来大学技术转移中心", "大尺寸构件与循环寿命", "主体登记")
    pack = json.loads(page.download(page.at + page.link("JSON")))
    values = {line["label"]: line["value"] for section in pack["sections"] for line in section["lines"]}
    assert (values["尚未证明"], values["单位名称"], values["第 1 次对接"]) == ("大尺寸构件与循环寿命", "北京未来大学技术转移中心", "已签约")
    assert "大尺寸构件与循环寿命" in page.download(page.at + page.link("CSV")).decode()
    page.send("/nominate/", contest="HICOOL 全球创业大赛 新材料赛道")
    assert page.sees("已推荐参赛", "HICOOL 全球创业大赛 新材料赛道")
    assert page.send("/nominate/", contest="HICOOL 全球创业大赛  新材料赛道").sees("已推荐参加“HICOOL 全球创业大赛 新材料赛道”")
    told = Fact.objects.get(kind="exchange.offer_nominated")
    with documents.open_document(decode(told.kind, told.body, seq=-1, digest=told.digest).documents[0]) as file:
        sent = json.load(file)
    assert (told.subject, sent["contest"], sent["sections"]) == (offer.urn, "HICOOL 全球创业大赛 新材料赛道", pack["sections"])
    assert visitor.open(f"/exchange/{offer.pk}/").sees("已推荐参赛", "HICOOL 全球创业大赛 新材料赛道")


def followed_up(row: Introduction, visitor: Visitor, clock: Clock) -> None:
    """⑧ day-90 outcome asked once."""
    brokering.reroute(at=clock.to("2026-05-27"))
    assert not FollowUp.objects.filter(days=90).exists()
    assert [brokering.reroute(at=clock.to("2026-05-28")) for _again in range(3)] == [1, 0, 0]
    asked = FollowUp.objects.get(days=90)
    assert (asked.days, Notice.objects.filter(about=asked.urn).count()) == (90, 1)
    visitor.open(f"/exchange/introductions/{row.pk}/").send(f"/{asked.pk}/answer/", **{f"follow{asked.pk}-outcome": "contract"})
    again = visitor.client.post(f"/exchange/follow-ups/{asked.pk}/answer/", {f"follow{asked.pk}-outcome": "ended"})
    asked.refresh_from_db()
    assert (again.status_code, asked.outcome) == (409, "contract")


def test_m7_from_a_result_to_its_outcome(office: Any, incubator: Any, broker: Visitor, a_need: Any, cast: Any, clock: Clock) -> None:
    (house, account), visitor = incubator
    offer = offered(office[1])
    need = a_need(house, account, "result", "寻找耐高温复合材料项目", {"readiness": "4", "licences": "licence"}, timezone.now(),
                  text="寻找 1400℃ 陶瓷基复合材料项目入驻")
    shortlisted(broker, need, offer)
    row = introduced(broker, (visitor, office[1]), need, clock)
    licensed(row, (visitor, office[1]))

    admitted(Person(cast["city_officer"]), visitor, house.name, row.order)

    nominated(office[1], offer)
    followed_up(row, visitor, clock)

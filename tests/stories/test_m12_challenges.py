"""M12 Corporate reverse incubation, as its users live it: a sponsor, two tiers, a flagged term of payment, and a receivable."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.models import Document, Fact
from fuhua.evidence.words import Grade
from fuhua.exchange.models import Deal, Introduction, Listing
from fuhua.kernel import period
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Account, Party
from stories.brokered import send_listing, signed, visiting
from stories.exchanging import Clock, Person, clock_at
from stories.visitor import Visitor

OFFICER = PLAYERS["city_officer"].urn
SECRET = "负极再生温度曲线"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is Monday, 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def corporate(firm: Any) -> Any:
    """A large firm with the person of its business unit."""
    return visiting(firm, "北京动力电池集团有限公司")


@pytest.fixture
def sponsor(corporate: Any) -> Account:
    """The director of the business unit, who did not post the challenge."""
    told = {"by": OFFICER, "at": timezone.now()}
    person = people.enter(name="王工", grade=Grade.REGISTRY, **told)
    ties.attest(kind="employs", source=corporate[0][0], target=person, office="founder", **told)
    return people.open_account(username="sponsor", password="a long enough password", party=person, strict=False, **told)


@pytest.fixture
def venture(firm: Any) -> Any:
    """A venture that recycles batteries."""
    return visiting(firm, "北京再生负极科技有限公司", sort="venture")


@pytest.fixture
def broker(cast: Any) -> Visitor:
    """The steward of the cast."""
    return Person(cast["steward"])


@pytest.fixture
def held_rival(corporate: Any, venture: Any, firm: Any) -> Party:
    """A rival of the venture in which a fund of the corporate has invested."""
    rival, _account = firm("北京竞品再生科技有限公司", sort="venture")
    now = timezone.now()
    fund = organisations.register(sort="fund", name="动力电池产业基金", by=OFFICER, at=now)
    for kind, source, target in (("owns", corporate[0][0], fund), ("invests", fund, rival), ("rival", rival, venture[0][0])):
        ties.attest(kind=kind, source=source, target=target, by=OFFICER, at=now)
    return rival


def challenged(visitor: Visitor, sponsor: Account) -> Listing:
    """① sponsor missing → blocked; whoever posts it names the sponsor as the one who answers."""
    soon = period.day(timezone.now()) + dt.timedelta(days=90)
    told = {"title": "废旧电池负极石墨再生", "text": "需要把退役动力电池的负极石墨再生到电池级", "domain": "电池回收",
            "unit": "回收事业部", "payment": "120", "rights": "venture", "invests": "yes", "budget": "100 万元",
            "budget_owner": "回收事业部总经理", "deadline": soon.isoformat(),
            "success": "首效不低于 93%", "decides": soon.isoformat()}
    send_listing(visitor.open("/exchange/new/?side=need&kind=challenge"), **told)
    need = Listing.objects.get(side="need")
    assert (need.state, visitor.sees("已保存，但还不能开放"), 'id="id_sponsor_error"' in visitor.html) == ("draft", True, True)
    send_listing(visitor, sponsor="回收事业部技术总监", owner=str(sponsor.party_id))
    need.refresh_from_db()
    assert (need.state, need.owner) == ("open", sponsor.party)
    return need


def answered(visitor: Visitor) -> Listing:
    """② venture reveals tier-1 only."""
    told = {"title": "负极石墨再生工艺", "text": "退役动力电池负极石墨低温再生", "domain": "电池回收", "rights": "venture",
            "answer": "低温再生，首效 94%", "technique": SECRET}
    send_listing(visitor.open("/exchange/new/?side=offer&kind=challenge"), **told)
    offer = Listing.objects.get(side="offer")
    assert (offer.state, offer.sealed) == ("open", {"technique": SECRET})
    return offer


def introduced(broker: Visitor, corporate: Visitor, venture: Visitor, need: Listing, offer: Listing) -> Introduction:
    """Shortlisted with the term of payment flagged; the conflict is shown before the venture answers, without names."""
    assert broker.open(f"/exchange/{need.pk}/match/").sees("付款期限：120 天 > 60 天")  # ④ flagged before anybody meets
    broker.client.post(f"/exchange/{need.pk}/match/choose/", {"offer": [offer.pk]})
    corporate.open(f"/exchange/{need.pk}/match/").send("/introduce/")
    row = Introduction.objects.get()
    page = f"/exchange/introductions/{row.pk}/"
    assert venture.open(page).sees("利益冲突：需方持有供方竞争对手", "北京竞品再生科技有限公司", "双方同意后显示")
    assert venture.sees("付款期限：120 天 > 60 天")
    assert not venture.sees("动力电池产业基金")
    assert not venture.sees("北京动力电池集团有限公司")
    venture.send("/answer/", **{"answer-says": "yes"})
    assert venture.sees("北京动力电池集团有限公司 持股 动力电池产业基金", "动力电池产业基金 投资 北京竞品再生科技有限公司")
    return row


def disclosed(corporate: Visitor, venture: Visitor, row: Introduction) -> None:
    """③ NDA→tier-2: both undertake, the venture opens until a day, the corporate reads with a trace."""
    page, until = f"/exchange/introductions/{row.pk}/", (period.day(timezone.now()) + dt.timedelta(days=30)).isoformat()
    offer = f"/exchange/{row.offer_id}/"
    assert not corporate.open(offer).sees(SECRET)
    assert corporate.client.post(f"{offer}read/").status_code == 403
    assert venture.client.post(f"{page}reveal/", {"reveal-until": until}).status_code == 422  # confidentiality is not agreed yet
    for side in (venture, corporate):
        side.open(page).send("/undertake/")
    venture.open(page).send("/reveal/", **{"reveal-until": until})
    corporate.open(offer).send("/read/")
    assert corporate.open(offer).sees(SECRET)
    assert venture.open(f"{page}openings/").sees("北京动力电池集团有限公司联系人")
    assert Fact.objects.filter(kind="exchange.confidentiality_agreed", subject=row.urn).count() == 2


def piloted(corporate: Visitor, venture: Visitor, row: Introduction) -> Deal:
    """⑤ pilot→order, ④ with the 120-day term flagged in the agreement before it is signed."""
    page, today = f"/exchange/introductions/{row.pk}/", period.day(timezone.now()).isoformat()
    corporate.open(page).send("/arrange/", **{"arrange-meets": today})
    for side in (corporate, venture):
        side.open(page).send("/confirm-met/")
    terms = {"price": "20 万元", "deliverable": "再生石墨 10 kg", "due": today}
    corporate.open(page).send("/pilot/", **{f"pilot-{name}": value for name, value in terms.items()}, **{
        "pilot-baseline": "外购石墨", "pilot-site": "不出厂区", "pilot-data": "只交检测报告", "pilot-safety": "按危废规程"})
    row.refresh_from_db()
    assert row.pilot.deal.pay_days == 120  # as the challenge says; nobody typed it again
    assert venture.open(f"/exchange/deals/{row.pilot.deal_id}/").sees("付款期限 120 日，超过 60 日", "外购石墨", "不出厂区")
    signed(row.pilot.deal, corporate, venture)
    corporate.open(page).send("/log/", **{"log-measure": "首效", "log-value": "94.1", "log-unit": "%", "log-day": today})
    venture.open(page).send("/confirm/")
    for side in (corporate, venture):
        side.open(page).send("/result/", **{"result-result": "met"})
    corporate.open(page).send("/order/", **{f"order-{name}": value for name, value in terms.items()}, **{"order-pay_days": "60"})
    row.refresh_from_db()
    signed(row.order, corporate, venture)
    row.refresh_from_db()
    assert row.state == "ordered"
    return row.order


def owed(corporate: Visitor, venture: Visitor, sponsor: Account, deal: Deal, clock: Clock) -> None:
    """⑥ invoice overdue → sponsor notified ⑦ receivable confirmation exported."""
    page = f"/exchange/deals/{deal.pk}/"
    venture.open(page).send("/deliver/", **{"deliver-note": "10 kg 已交付"})
    corporate.open(page).send("/accept/")
    breach = Notice.objects.filter(about=deal.urn, kind="breach")
    for day, whom in (("2026-05-01", []), ("2026-05-06", [sponsor.party])):  # 60 days on is a holiday until the 5th
        clocks.tick(at=clock.to(day))
        assert [each.to for each in breach.all()] == whom
    assert Person(sponsor).open("/desk/").sees(deal.title, "已逾期")
    corporate.open(page).send("/receivable/")
    paper = venture.download(venture.open(page).link("下载"))
    with closing(pypdfium2.PdfDocument(paper)) as pages:
        text = "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())
    assert ("200,000.00元（大写：贰拾万元整）" in text, "付款到期日2026年5月1日" in text) == (True, True)


def test_m12_from_a_challenge_to_a_receivable(corporate: Any, sponsor: Account, venture: Any, broker: Visitor, held_rival: Party,
                                                clock: Clock) -> None:
    firm_visitor, team = corporate[1], venture[1]
    need, offer = challenged(firm_visitor, sponsor), answered(team)
    row = introduced(broker, firm_visitor, team, need, offer)
    disclosed(firm_visitor, team, row)
    deal = piloted(firm_visitor, team, row)
    owed(firm_visitor, team, sponsor, deal, clock)

    # reuse of ideas disputed: a case with the access log as evidence
    page = f"/exchange/introductions/{row.pk}/"
    dispute = team.open(page).forms("/dispute/")[0]
    for _twice in range(2):
        team.send(dispute, **{"dispute-text": "对方内部项目与我方温度曲线一致"})
    case = Ask.objects.get(kind="idea_reuse")
    kept = Document.objects.get(media_type="text/csv")
    assert (case.asked.name, case.about, kept.digest in case.body) == ("北京创服管家科技服务有限公司", row.urn, True)
    log = broker.open(f"/desk/asks/{case.pk}/").follow("相关事项").follow("查阅记录")
    assert log.sees("负极石墨再生工艺", "北京动力电池集团有限公司联系人")

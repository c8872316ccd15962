"""M15 Gold mentors: from open day slots to a session, contradicting advice, an investment, six idle months and an award on evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.models import Notice
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import ticking
from fuhua.exchange.models import Clash, Listing, Mentoring
from fuhua.journey.actions import ticking as journey
from fuhua.journey.actions import titles
from fuhua.parties.actions import ties
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind
from fuhua.schemes.models import Barred, MentorTitle, Review
from stories.exchanging import Clock, Person, clock_at
from stories.mentored import OFFICER, awarded, begun, booked, drawn, handed_in, held, opened, passed, published, told_on, verb

SECRET, CARD, NEXT = "创始人之间有分歧", "样片噪声偏高，想知道先流片还是先仿真", "联系两家代工厂"
SAID, AGAINST = "先做一次多项目晶圆流片", "先把仿真做完，暂缓流片"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 5 January 2026."""
    return clock_at(monkeypatch, "2026-01-05")


@pytest.fixture
def someone(cast: dict[str, Account]) -> Callable[[str], Person]:
    """``someone("founder")``: that member of the cast with a browser."""
    return lambda name: Person(cast[name])


@pytest.fixture
def experts(firm: Any) -> list[Person]:
    """Four experts of four institutes."""
    return [Person(firm(f"北京第{number}研究院", "university", "expert")[1]) for number in "一二三四"]


def listed(mentor: Person, officer: Person, experts: list[Person], clock: Clock) -> MentorTitle:
    """Before the story: nominated, checked, and listed when the call is concluded."""
    row = begun(mentor, published(clock, "gold_mentor", "2026 年金牌导师遴选"), mentor.account.party)
    handed_in(mentor, row, title="周以宁", scope="低温芯片工艺", hours="8", disclosed="yes", cases="辅导三家设计企业完成流片")
    assert officer.open("/mentors/").sees("遴选中", "已推荐")
    passed(officer, row, clock)
    assert officer.open("/mentors/").sees("已核查")
    awarded(officer, row, experts[:3], clock)
    assert Person(mentor.account).open("/mentors/").sees("周以宁", "低温芯片工艺", "已入选")
    return MentorTitle.objects.get()


def day_slots(mentor: Person, founder: Person) -> tuple[Listing, str]:
    """① open day slots: the founder finds the mentor's hours among what can be booked, and books one."""
    offer = opened(mentor, "芯片工艺导师时间", "技术路线")
    assert founder.open("/exchange/calendars/?kind=mentor_hours&week=2026-03-09").sees("芯片工艺导师时间")
    return offer, booked(founder, offer, "2026-03-10")


def briefed(founder: Person, mentor: Person, operator: Person, page: str) -> None:
    """② founder grants briefing: what, for whom, until when; the mentor's opening is logged, and nobody else reads it."""
    verb(founder, page, "brief", text=CARD, until="2026-03-12")
    assert (mentor.open(page).sees(CARD), mentor.sees("打开后显示")) == (False, True)
    assert verb(mentor, page, "open").sees(CARD)
    assert founder.open(page).sees(CARD, "周以宁 于 2026年3月", "打开")
    assert [visitor.open(page).status for visitor in (operator, Person(operator.account))] == [404, 404]


def session(founder: Person, mentor: Person, operator: Person, page: str, clock: Clock) -> Mentoring:
    """③ session, two actions: confirmed by both, asked about once at thirty days; the operator sees counts and no note."""
    assert not founder.open(page).sees("登记辅导已进行")
    clock.to("2026-03-10")
    held(founder, mentor, page)
    verb(mentor, page, "advise", text=SAID)
    verb(founder, page, "note", text=SECRET)
    for text in (NEXT, "整理三组噪声数据"):
        verb(mentor, page, "agree", text=text, owner="venture", due="2026-03-31")
    assert mentor.open(page).sees(SECRET, NEXT)
    assert mentor.open("/mentors/").sees("已入选")
    journey.tick(at=clock())
    assert mentor.open("/mentors/").sees("辅导中")
    assert operator.open("/exchange/mentoring/").sees("周以宁", "北京寄灵科技有限公司", "双方已确认", "0/2")
    assert not operator.sees(SECRET)
    clock.to("2026-04-09")
    assert [ticking.tick(at=clock())["mentoring"] for _again in range(2)] == [2, 0]
    row = Mentoring.objects.get()
    assert Notice.objects.filter(about=f"{row.urn}.venture", to=founder.account.party, settled_at=None).count() == 1
    first, second = row.items.order_by("pk")
    verb(founder, page, "answer", **{f"said_{first.pk}": "done", f"said_{second.pk}": "not_done", f"word_{second.pk}": "设备检修"})
    assert founder.sees("已完成", "未完成", "设备检修")
    assert operator.open("/exchange/mentoring/").sees("1/2")
    verb(founder, page, "rate", points="5")
    assert not mentor.open(page).sees("评价这次辅导")
    return row


def continued(founder: Person, second: Person, clock: Clock) -> str:
    """④ second mentor sees prior decisions by consent: advice and actions, and never a note."""
    clock.to("2026-04-13")
    page = booked(founder, opened(second, "园区落地导师时间", "融资与财务"), "2026-04-20")
    assert not second.open(page).sees(SAID)
    verb(founder, page, "share", until="2026-05-31")
    assert not second.open(page).sees(SAID)
    assert verb(second, page, "read").sees(SAID, NEXT, "设备检修")
    assert not second.sees(SECRET)
    return page


def contradicted(founder: Person, mentor: Person, second: Person, page: str, first: str, clock: Clock) -> None:
    """⑤ conflicting advice kept side by side: both stay with author and date, and what the founder chose."""
    clock.to("2026-04-20")
    held(second, founder, page)
    verb(second, page, "advise", text=AGAINST)
    session = Mentoring.objects.latest("pk")
    earlier = Mentoring.objects.earliest("pk").advice.get()
    verb(founder, page, "clash", advice=str(session.advice.get().pk), against=str(earlier.pk))
    verb(founder, page, "choose", clash=str(Clash.objects.get().pk), choice="second", why="资金只够一次流片")
    assert founder.sees("相左的建议", SAID, "周以宁", AGAINST, "吴海", "2026年3月10日", "2026年4月20日", "采纳后一条", "资金只够一次流片")
    assert verb(second, page, "read").sees(SAID, AGAINST, "资金只够一次流片")  # opened anew, for another twelve hours
    assert not mentor.open(first).sees(AGAINST)  # nobody opened the second mentor's advice to the first
    clock.to("2026-06-01")
    assert not second.open(page).sees(SAID)  # the grant is over


def invested(mentor: Person, founder: Person, officer: Person, experts: list[Person], page: str, clock: Clock) -> None:
    """⑥ mentor invests → removed from panels, from the second in which the founder confirms what the mentor disclosed."""
    venture = Party.objects.get(name="北京寄灵科技有限公司")
    row = begun(founder, published(clock, "gold_seed", "2026 年金种子征集"), venture)
    handed_in(founder, row, title="毫开温区放大芯片", field="quantum", core="低温控制芯片", next="完成样机",
              **{name: value for name, value in (("registered", "yes"), ("staff", "8")) if name not in row.known})
    passed(officer, row, clock)
    review = drawn(officer, row, [*experts[:2], mentor])[mentor.account.party_id]
    officer.open(f"/schemes/calls/{row.call_id}/panel/").send("/seat/", **{"seat-person": experts[2].account.party_id, "seat-most": "5"})
    assert mentor.open(f"/schemes/reviews/{review.pk}/").status == 200
    verb(mentor, page, "disclose", share="3")
    assert mentor.sees("导师披露", "3%", "待企业确认")
    founder.open(page).send(r"/ties/\d+/confirm/$")
    told_on(clock)
    assert Barred.objects.get(person=mentor.account.party).why == "shares"
    assert mentor.open(f"/schemes/reviews/{review.pk}/").status == 404
    left = Review.objects.filter(application=row, state="asked").values_list("seat__person", flat=True)
    assert set(left) == {each.account.party_id for each in experts[:3]}
    assert founder.open(page).sees("利益关系", "持股或投资关系")


def idle(mentor: Person, founder: Person, officer: Person, title: MentorTitle, clock: Clock) -> None:
    """⑦ 6 idle months → honorary only: warned thirty days before, and never by what only one side says."""
    clock.to("2026-08-11")
    assert [journey.tick(at=clock())["mentors"] for _again in range(2)] == [1, 0]
    assert mentor.open("/mentors/").sees("2026年9月10日 前没有双方确认的辅导，将转为荣誉")
    clock.to("2026-09-09")
    assert journey.tick(at=clock())["mentors"] == 0
    clock.to("2026-09-10")
    assert [journey.tick(at=clock())["mentors"] for _again in range(2)] == [1, 0]
    title.refresh_from_db()
    assert (title.state, founder.open("/mentors/").sees("周以宁", "荣誉")) == ("honorary", True)
    assert mentor.open("/mentors/").sees("您的称号为荣誉称号")
    assert [visitor.post(f"/mentors/{title.pk}/restore/").status_code for visitor in (mentor, founder)] == [403, 403]
    assert officer.open("/mentors/").forms("/restore/")


def on_evidence(mentor: Person, officer: Person, experts: list[Person], title: MentorTitle, clock: Clock) -> None:
    """⑧ award draws on evidence: sessions, actions done and what followed are filled in from facts, and the title is active again."""
    titles.award(subject=Party.objects.get(name="北京寄灵科技有限公司").urn, title="hnte", basis="certificate", by=OFFICER, at=clock(),
                 grade=Grade.REGISTRY)
    clock.to("2026-10-12")
    row = begun(mentor, published(clock, "gold_mentor", "2027 年金牌导师遴选"), mentor.account.party)
    known = {name: (row.known[name]["value"], row.known[name]["grade"]) for name in ("sessions", "advised", "done", "followed")}
    assert known == {"sessions": ("1", 1), "advised": ("1", 1), "done": ("1", 0), "followed": ("1", 2)}
    assert mentor.open(f"/schemes/applications/{row.pk}/").sees("双方确认的辅导记录", "行动项回访", "辅导后的融资与认定记录")
    handed_in(mentor, row, title="周以宁", scope="低温芯片工艺与量产", hours="10", disclosed="yes", cases="辅导寄灵科技获得高企认定")
    passed(officer, row, clock)
    awarded(officer, row, experts[:3], clock)
    title.refresh_from_db()
    assert (title.state, title.application, mentor.open("/mentors/").sees("低温芯片工艺与量产", "已入选")) == ("listed", row, True)


def test_m15_from_open_slots_to_an_award_on_evidence(
    cast: dict[str, Account], someone: Any, experts: list[Person], clock: Clock,
) -> None:
    mentor, second, founder, operator, officer = (
        someone(name) for name in ("expert", "park_manager", "founder", "operator", "city_officer"))
    ties.attest(kind=TieKind.RESIDES, source=Party.objects.get(name="北京寄灵科技有限公司"),
                target=Party.objects.get(name="北京启明芯孵化器有限公司"), by=OFFICER, at=clock())
    title = listed(mentor, officer, experts, clock)
    clock.to("2026-03-02")
    _offer, page = day_slots(mentor, founder)
    briefed(founder, mentor, operator, page)
    session(founder, mentor, operator, page, clock)
    assert not mentor.open(page).sees(CARD)  # the briefing was open until 12 March
    later = continued(founder, second, clock)
    contradicted(founder, mentor, second, later, page, clock)
    invested(mentor, founder, officer, experts, page, clock)
    idle(mentor, founder, officer, title, clock)
    on_evidence(mentor, officer, experts, title, clock)

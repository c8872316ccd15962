"""M25 City–district and stewards: from the district's promise to partial pay, a late tranche, a new steward and a reopened answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.desk.actions import asks, clocks
from fuhua.desk.models import Ask, Notice
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import calls
from fuhua.schemes.models import Agreement, Application, Call, Review, Tranche
from schemes.calling import ANSWERS
from schemes.rounds import marks
from stories.exchanging import Clock, Person, clock_at

OFFICER = PLAYERS["city_officer"].urn
LIST = "入驻协议\n名单"


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7\n" + name.encode(), content_type="application/pdf")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def someone(cast: dict[str, Account]) -> Callable[[str], Person]:
    """``someone("operator")``: that member of the cast with a browser."""
    return lambda name: Person(cast[name])


@pytest.fixture
def experts(firm: Any) -> list[Person]:
    """Three experts of three institutes."""
    return [Person(firm(f"北京第{number}研究院", "university", "expert")[1]) for number in "一二三"]


def published(clock: Clock) -> Call:
    """A call of the city, open for four weeks."""
    closes = clock() + dt.timedelta(days=28)
    told = calls.Told(title="2026 年标杆孵化器征集", kind="benchmark_incubator", opens_at=clock(), closes_at=closes, budget=3_000_000_000)
    row = calls.draft(issuer=Party.objects.get(pk=house("city")), told=told, by=OFFICER, at=clock())
    return calls.publish(call=row, by=OFFICER, at=clock())


def handed_in(visitor: Person, call: Call, title: str) -> Application:
    """An incubator begins, fills in, attaches and submits."""
    visitor.open(f"/schemes/calls/{call.pk}/").send("begin")
    values = {name: value for name, value in ANSWERS["benchmark_incubator"].items() if name not in ("registered", "planned")}
    visitor.send("save", **values, title=title, registered="yes", planned="yes")
    visitor.send(next(form for form in visitor.forms("contest") if form.values["contest-name"] == "staff"),
                 **{"contest-reason": "wrong_amount", "contest-value": "12"})
    visitor.send(visitor.forms("confirm")[-1])
    for code in ("plan", "site"):
        form = next(form for form in visitor.forms("attach") if form.values["attach-code"] == code)
        visitor.send(form, **{"attach-file": paper(code)})
    row = Application.objects.get(call=call, title=title)
    visitor.client.post(f"/schemes/applications/{row.pk}/submit/", visitor.forms("save")[0].values)
    visitor.open(f"/schemes/applications/{row.pk}/")
    row.refresh_from_db()
    assert row.state == "submitted", " ".join(visitor.page.words)
    return row


def judged(officer: Person, district: Person, bare: Application, row: Application) -> None:
    """① no match commitment → not eligible; with the district's letter and its money, eligible."""
    for each in (bare, row):
        officer.open(f"/schemes/applications/{each.pk}/").send("pass")
        assert (officer.status, officer.sees("所在区推荐并承诺配套", "所在区尚未推荐")) == (422, True)
    officer.send("refuse") if officer.at.endswith(f"/{bare.pk}/pass/") else officer.open(f"/schemes/applications/{bare.pk}/").send("refuse")
    bare.refresh_from_db()
    assert bare.state == "ineligible"
    district.open("/schemes/recommendations/").follow(row.title)
    district.send("recommend", **{"recommend-matched": "300万元", "recommend-letter": paper("letter")})
    officer.open(f"/schemes/applications/{row.pk}/").send("pass")
    row.refresh_from_db()
    assert row.state == "eligible"


def awarded(officer: Person, experts: list[Person], row: Application, clock: Clock) -> None:
    """The panel is drawn, scores sealed until all are in, the award decided, announced, and concluded after five working days."""
    panel = f"/schemes/calls/{row.call_id}/panel/"
    for number, each in enumerate(experts):
        senior = {"seat-senior": "on"} if number == 0 else {}
        officer.open(panel).send("/seat/", **{"seat-person": each.account.party_id, "seat-most": "5", **senior})
    officer.open(panel).send("/draw/")
    reviews = {review.seat.person_id: review for review in Review.objects.filter(application=row)}
    assert len(reviews) == 3
    for each, points in zip(experts, (80, 85, 90), strict=True):
        each.open(f"/schemes/reviews/{reviews[each.account.party_id].pk}/").send("/score/", **{
            "score-comment": "团队强，方案可行", **{f"score-{line}": mark for line, mark in marks(points).items()}})
    decision = f"/schemes/applications/{row.pk}/decision/"
    officer.open(decision).send("/decide/", **{
        "decide-result": "award", "decide-city": "600万元", "decide-district": "300万元", "decide-why": "三位专家一致推荐"})
    officer.open(f"/schemes/calls/{row.call_id}/ranking/").send("/announce/")
    clock.to("2026-04-20")
    officer.open(f"/schemes/calls/{row.call_id}/ranking/").send("/conclude/")
    row.refresh_from_db()
    assert row.state == "awarded"


def signed(officer: Person, operator: Person, row: Application, steward: Party, expert: Party) -> Agreement:
    """② award, steward assigned: the agreement is drawn up with its milestones and both sign."""
    officer.open("/schemes/agreements/").follow(row.title)
    officer.send(rf"/new/{row.pk}/$|^$", starts="2026-05-01", ends="2029-04-30", steward=steward.pk, verifier=expert.pk, **{
        "m1-title": "新增入驻 40 家", "m1-measure": "stated", "m1-least": "40", "m1-due": "2026-12-31", "m1-weight": "60",
        "m1-evidence": LIST, "m2-title": "新增入驻 80 家", "m2-measure": "stated", "m2-least": "80", "m2-due": "2027-12-31",
        "m2-weight": "40", "m2-evidence": LIST})
    task = Agreement.objects.get(application=row)
    for each in (operator, officer):
        press(each, task, "sign", agreed="on")
    task.refresh_from_db()
    assert (task.state, task.steward, officer.sees(steward.name)) == ("signed", steward, True)
    return task


def press(visitor: Person, task: Agreement, verb: str, **changed: Any) -> Person:
    """Send the first form of a verb on the agreement's page."""
    said = {f"{verb.replace('-', '_')}-{name}": value for name, value in changed.items()}
    return visitor.press(f"/schemes/agreements/{task.pk}/", rf"/{verb}/$", **said)


def amounts(task: Agreement, level: str) -> list[tuple[int, int | None, str]]:
    return [(each.amount, each.owed, each.state) for each in task.tranches.filter(level=level).order_by("number")]


def paid_and_judged(task: Agreement, officer: Person, operator: Person, verifier: Person, clock: Clock) -> None:
    """③ tranche 1 by bank reference ④ milestone partial → partial pay."""
    press(officer, task, "pay", reference="SZ-2026-0001", paid_on="2026-04-20")
    assert amounts(task, "city")[0] == (180_000_000, 180_000_000, "paid")
    clock.to("2026-12-20")
    press(operator, task, "claim", reached="30", file_0=paper("a"), file_1=paper("b"))
    press(verifier, task, "judge", result="partial", reached="30", note="按入驻协议认定 30 家")
    assert amounts(task, "city")[1] == (252_000_000, 189_000_000, "due")  # 60 % of what is left, and 30 of 40
    assert verifier.sees("部分通过", "认定 30/40", "应拨 1,890,000.00 元")


def changed(task: Agreement, officer: Person, operator: Person) -> None:
    """⑤ change request: more time for the second milestone is no breach."""
    goal = task.milestones.get(number=2)
    press(operator, task, "change", sort="extension", milestone=str(goal.pk), due="2028-06-30", text="园区二期晚交付")
    press(officer, task, "decide", approve="yes", answer="同意延期")
    goal.refresh_from_db()
    assert (goal.due, goal.state, officer.sees("已同意")) == (dt.date(2028, 6, 30), "due", True)


def late(task: Agreement, coordinator: Person, clock: Clock) -> None:
    """⑥ district tranche late → coordinator sees."""
    item = Tranche.objects.get(agreement=task, level="district", number=1)
    assert item.state == "due"
    clocks.tick(at=clock())
    assert Notice.objects.filter(office="coordinator", kind="coordinator").exists()
    assert coordinator.open("/schemes/tranches/").sees("区级 1", "北京市海淀区人民政府", "逾期")


def handed_over(task: Agreement, officer: Person, former: Party, other: Account, clock: Clock) -> Ask:
    """⑦ steward leaves, queue transfers: what waited in the former one's queue is the new one's."""
    ask = asks.ask(kind="question", title="二期消防怎么报", asker=person("operator"), asked=house("city"),
                   asker_for=house("incubator"), about=task.urn, by=PLAYERS["operator"].urn, at=clock())
    asks.own(ask=ask, owner=former.pk, by=former.urn, at=clock())
    press(officer, task, "hand-over", steward=str(other.party_id), why="调离")
    task.refresh_from_db()
    ask.refresh_from_db()
    assert (task.steward_id, ask.owner_id, ask.state) == (other.party_id, other.party_id, "owned")
    return ask


def reopened(ask: Ask, steward: Person, operator: Person) -> None:
    """⑧ asker reopens “solved”."""
    page = f"/desk/asks/{ask.pk}/"
    steward.press(page, "/answer/", **{"answer-answer": "solved", "answer-text": "已电话说明"})
    assert operator.open(page).sees("已电话说明")
    operator.send("/reopen/", **{"reopen-reason": "not_solved"})
    ask.refresh_from_db()
    assert ask.state in ("owned", "reopened")


def person(name: str) -> int:
    return Party.objects.get(urn=PLAYERS[name].urn).pk


def house(key: str) -> int:
    return Party.objects.get(urn=ORGANISATIONS[key].urn).pk


def another_steward(cast: dict[str, Account], clock: Clock) -> Account:
    """A second steward of the same body."""
    told = {"by": OFFICER, "at": clock()}
    house = cast["steward"].party.ties_in.get().source
    person = people.enter(name="钱安", **told)
    account = people.open_account(username="steward2", password="a long enough password", party=person, strict=False, **told)
    ties.attest(kind=TieKind.EMPLOYS, source=house, target=person, office="steward", **told)
    return account


def test_m25_from_the_districts_promise_to_a_reopened_answer(
    cast: dict[str, Account], someone: Any, experts: list[Person], firm: Any, clock: Clock,
) -> None:
    officer, operator, district, coordinator = (someone(name) for name in ("city_officer", "operator", "district_officer", "coordinator"))
    call = published(clock)
    bare = handed_in(Person(firm("北京无配套孵化器有限公司", "incubator", "operator", "110105")[1]), call, "无配套")
    row = handed_in(operator, call, "启明芯三年方案")
    clock.to("2026-04-02")
    judged(officer, district, bare, row)
    calls.close_due(at=clock())
    awarded(officer, experts, row, clock)
    steward, verifier = cast["steward"].party, experts[0]
    task = signed(officer, operator, row, steward, verifier.account.party)
    paid_and_judged(task, officer, operator, verifier, clock)
    changed(task, officer, operator)
    late(task, coordinator, clock)
    other = another_steward(cast, clock)
    ask = handed_over(task, officer, steward, other, clock)
    reopened(ask, Person(other), operator)

"""M2 Tiered cultivation: from a prefilled appraisal to an uplift that counts for I2, and one that is warned, fails and appeals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.desk.actions import clocks
from fuhua.desk.models import Clock as DeskClock
from fuhua.evidence.actions import sequence
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays
from fuhua.kernel import period
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account
from fuhua.parties.words import TieKind
from fuhua.plan.models import Edition, Measure, Target
from fuhua.schemes.actions import agreements, ticking
from fuhua.schemes.facts import TierSet, UpliftMeasured
from fuhua.schemes.models import Appraisal, Uplift
from stories.exchanging import Clock, Person, clock_at

OFFICER = PLAYERS["city_officer"].urn
FIGURE = "/plans/benchmark-incubators/indicators/I2/"


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7\n" + name.encode(), content_type="application/pdf")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def people(cast: dict[str, Account], firm: Any) -> dict[str, Person]:
    """The cast with browsers, a benchmark incubator, a weak one, and two experts of other institutes."""
    found = {name: Person(account) for name, account in cast.items()}
    for name, house, sort, office in (("coach", "北京标杆硬科技孵化器有限公司", "incubator", "operator"),
                                      ("weak", "北京老楼宇孵化器有限公司", "incubator", "operator"),
                                      ("second", "北京第二研究院", "university", "expert"),
                                      ("third", "北京第三研究院", "university", "expert"),
                                      ("fourth", "北京第四研究院", "university", "expert")):
        party, account = firm(house, sort, office)
        found[name] = Person(account)
        found[name].house = party
    return found


@pytest.fixture
def edition(cast: dict[str, Account], clock: Clock) -> Edition:
    """The plan in force since the start of the year, with the target of measure 2."""
    plan = Edition.objects.create(
        urn="urn:fuhua:edition:m2", slug="benchmark-incubators", programme="benchmark-incubators", source_digest="0" * 64,
        title="标杆孵化器培育行动方案", start=dt.date(2026, 1, 1), end=dt.date(2027, 12, 31), status="published", imported_at=clock(),
        published_at=clock())
    measure = Measure.objects.create(edition=plan, urn="urn:fuhua:measure:m2", no=2, title="带动传统孵化器提升")
    Target.objects.create(edition=plan, measure=measure, urn="urn:fuhua:target:I2", metric="I2", op=">=", value=1, unit="家",
                          indicator="I2", definition="delta")
    return plan


def tenants(host: str, names: range, clock: Clock) -> None:
    """Ventures move in: what is on record of the incubator grows."""
    for name in names:
        stays.begin(subject=f"urn:fuhua:venture:{host[-6:]}{name}", host=host, stay="physical", district="110108", by=OFFICER, at=clock(),
                    grade=Grade.REGISTRY)


def benchmark(coach: Person, clock: Clock) -> None:
    """The benchmark incubator is leading, and by its own appraisal it is full and well staffed."""
    agreements.set_tier(subject=coach.house.urn, tier="leading", edition="2025", district="110108", by=OFFICER, at=clock(),
                        grade=Grade.REGISTRY)
    tenants(coach.house.urn, range(50), clock)


def opened(officer: Person, house: str, assessor: Person) -> Appraisal:
    """The officer opens an appraisal from the list of incubators."""
    officer.open(f"/schemes/cultivation/?q={house}").follow("开展测评")
    officer.send("/new/", person=assessor.account.party_id)
    return Appraisal.objects.order_by("-pk")[0]


def stated(assessor: Person, row: Appraisal, code: str, value: str, reason: str = "") -> Person:
    """The assessor states a line with evidence."""
    assessor.open(f"/schemes/appraisals/{row.pk}/")
    form = next(each for each in assessor.forms("/state/") if each.values["state-item"] == code)
    return assessor.send(form, **{"state-own": value, "state-reason": reason, "state-file": paper(code)})


def concluded(assessor: Person, row: Appraisal) -> Appraisal:
    assessor.press(f"/schemes/appraisals/{row.pk}/", "/conclude/", **{"conclude-text": "按测评表逐项认定"})
    row.refresh_from_db()
    assert row.state == "concluded", " ".join(assessor.page.words)
    return row


def appraised(officer: Person, expert: Person, operator: Person, clock: Clock) -> Appraisal:
    """① open assessment: numbers prefilled; ② assessor contests one, and both values stay."""
    tenants(ORGANISATIONS["incubator"].urn, range(10), clock)
    row = opened(officer, "启明芯", expert)
    line = row.lines.get(code="tenants")
    assert (line.value, line.grade, line.digest, line.day) == (10, Grade.REGISTRY, "", dt.date(2026, 3, 2))
    assert expert.open(f"/schemes/appraisals/{row.pk}/").sees("在孵入驻", "10 家", "2026年3月2日", "登记")
    assert operator.open(f"/schemes/appraisals/{row.pk}/").status == 404  # nothing is said before it is concluded
    stated(expert, row, "staff", "3", "wrong_amount")
    stated(expert, row, "invested", "100")
    line = row.lines.get(code="staff")
    assert (line.value, line.own, line.reason, expert.sees("数额有异议")) == (1, 3, "wrong_amount", True)
    concluded(expert, row)
    # 0.15·3/10 + 0.2·10/50 + 0.1·100/500
    assert (row.score, operator.open(f"/schemes/appraisals/{row.pk}/").sees("总分 10.5%")) == (105_000, True)
    assert operator.download(operator.link("测评报告")).startswith(b"%PDF")
    return row


def reserved(officer: Person, row: Appraisal) -> None:
    """The incubator without an agreement enters the reserve by the report."""
    officer.press(f"/schemes/appraisals/{row.pk}/", "/reserve/")
    told = told_of(row.incubator.urn, TierSet, on=period.day(row.concluded_at))
    assert [(each.fact.tier, each.documents) for each in told] == [("reserve", (row.document,))]


def planned(officer: Person, row: Appraisal, owner: Person, due: str) -> Uplift:
    """③ gap becomes task: each gap one, with owner, quarter and clock on the owner's desk."""
    officer.press(f"/schemes/appraisals/{row.pk}/", "/plan/", **{"plan-state_owned": "on"})
    plan = Uplift.objects.get(first=row)
    for code in ("staff", "mentors", "tenants", "hatched", "area", "invested", "earned"):
        officer.press(f"/schemes/uplifts/{plan.pk}/", "/task/", **{
            "task-line": code, "task-title": f"补齐 {code}", "task-owner": owner.account.party_id, "task-due": due})
    assert [each.owner_id for each in plan.tasks.all()] == [owner.account.party_id] * 7
    assert DeskClock.objects.filter(about__in=plan.tasks.values("urn"), to=owner.account.party_id, stopped_at=None).count() == 7
    assert owner.open("/notices/").sees("补齐 tenants")
    return plan


def paired(officer: Person, plan: Uplift, coach: Person, coached: Person) -> None:
    """④ pair with benchmark: suggested with reasons, proposed by the officer, accepted by both."""
    assert officer.open(f"/schemes/uplifts/{plan.pk}/").sees(coach.house.name, "在孵企业和团队 50/50 家")
    officer.send("/propose/")
    coach.press(f"/schemes/uplifts/{plan.pk}/", "/accept-coach/")
    coached.press(f"/schemes/uplifts/{plan.pk}/", "/accept-coached/")
    plan.refresh_from_db()
    assert (plan.state, plan.coach) == ("agreed", coach.house)
    assert coached.download(coached.link("提升方案（PDF）")).startswith(b"%PDF")


def carried_out(plan: Uplift, coach: Person, owner: Person) -> None:
    """The owner reports each task with evidence, the coach sends one back, then confirms them all; an approval is recorded."""
    url = f"/schemes/uplifts/{plan.pk}/"
    for task in plan.tasks.all():
        owner.press(url, "/report/", **{"report-item": task.pk, "report-text": "已完成", "report-file": paper(task.line)})
    first = plan.tasks.get(number=1)
    coach.press(url, "/send-back/", **{"send_back-item": first.pk, "send_back-text": "缺任职文件"})
    assert owner.open(url).sees("退回：缺任职文件")
    owner.send("/report/", **{"report-text": "补充任职文件", "report-file": paper("again")})
    for task in plan.tasks.all():
        coach.press(url, "/confirm-task/", **{"confirm_task-item": task.pk})
    assert set(plan.tasks.values_list("state", flat=True)) == {"confirmed"}
    owner.press(url, "/approve/", **{"approve-item": "plan", "approve-done_on": "2026-03-02", "approve-file": paper("board")})
    assert owner.sees("2026年3月2日")


def warned(officer: Person, plan: Uplift, weak: Person, clock: Clock) -> None:
    """Two missed quarters: warned once a quarter by the tick; ten working days later it may no longer appeal, and reads why."""
    assert (plan.state, [ticking.tick(at=clock.to(day))["uplift_warnings"] for day in ("2026-07-01", "2026-10-08", "2026-10-09")]) \
        == ("agreed", [0, 1, 0])
    url = f"/schemes/uplifts/{plan.pk}/"
    assert weak.open(url).sees("截至 2026Q3 连续 2 个季度未完成任务", "申诉截至 2026年10月21日（10 个工作日）")
    clock.to("2026-10-22")
    assert (weak.open(url).forms("/appeal/"), weak.sees("已过申诉期限")) == ([], True)
    late = weak.client.post(f"{url}appeal/", {"appeal-item": plan.warnings.get().pk, "appeal-text": "任务已完成"})
    said = late.content.decode()
    assert (late.status_code, "10 个工作日" in said, "截至 2026年10月21日" in said) == (422, True, True)


def reassessed(officer: Person, plan: Uplift, coach: Person, tied: Person, third: Person, clock: Clock) -> None:
    """⑤ clock +12 months reassess: the clock reminds; who is tied to the coach is refused; the delta is computed, never typed."""
    url = f"/schemes/uplifts/{plan.pk}/"
    clock.to("2027-03-01")
    early = officer.post(f"{url}reassess/", **{"reassess-person": third.account.party_id})
    assert (officer.open(url).forms("/reassess/"), early.status_code, "2027年3月2日" in early.content.decode()) == ([], 422, True)
    clocks.tick(at=clock())
    assert officer.open("/notices/").sees(f"{plan.number} {plan.incubator.name}：再次测评")
    clock.to("2027-03-02")
    ties.attest(kind=TieKind.EMPLOYS, source=coach.house, target=tied.account.party, by=OFFICER, at=clock())
    officer.press(url, "/reassess/", **{"reassess-person": tied.account.party_id})
    assert (officer.status, officer.sees("请另选独立人员")) == (422, True)
    officer.press(url, "/reassess/", **{"reassess-person": third.account.party_id})
    row = plan.appraisals.get()
    stated(third, row, "staff", "6", "wrong_amount")
    concluded(third, row)
    plan.refresh_from_db()
    told = told_of(plan.incubator.urn, UpliftMeasured, on=period.day(clock()))
    # 0.15·6/10 + 0.2·40/50, before 0.105: staff and tenants grew, what nobody proved again is nothing
    assert (row.score, plan.delta, [(each.fact.delta, each.fact.independent) for each in told]) == (250_000, 145_000, [(145_000, True)])


def counts(visitor: Person, clock: Clock, *words: str) -> bool:
    """What the page of indicator I2 says once everything told has its number."""
    sequence.catch_up(at=clock())
    return visitor.open(FIGURE).sees(*words)


def confirmed(plan: Uplift, officer: Person, operator: Person, coach: Person, clock: Clock) -> None:
    """⑥ counts for I2 only with plan, delta, both confirmations: read at the figure’s own page after each."""
    url, none = f"/schemes/uplifts/{plan.pk}/", "引领提升的传统孵化器 0 家"
    assert counts(officer, clock, none, "测评之后双方尚未都确认 1")
    operator.press(url, "/confirm-coached/")
    assert counts(officer, clock, none, "测评之后双方尚未都确认 1")
    coach.press(url, "/confirm-coach/")
    plan.refresh_from_db()
    assert (plan.state, coach.forms("/confirm-"), counts(officer, clock, "引领提升的传统孵化器 1 家", "计入 1")) == ("confirmed", [], True)


def failed(plan: Uplift, officer: Person, third: Person, weak: Person) -> str:
    """⑦ failing one is warned, may appeal: no gain is measured, and it appeals within ten working days."""
    url = f"/schemes/uplifts/{plan.pk}/"
    officer.press(url, "/reassess/", **{"reassess-person": third.account.party_id})
    concluded(third, plan.appraisals.get())
    plan.refresh_from_db()
    assert (plan.state, plan.delta, weak.open(url).sees("十二个月后测评未提升", "申诉截至 2027年3月16日")) == ("failed", 0, True)
    assert weak.open("/notices/").sees("十二个月后测评未提升")
    weak.press(url, "/appeal/", **{"appeal-text": "场地改造未计入"})
    assert weak.sees("申诉事项", "待指定复核人", "场地改造未计入")
    return weak.at


def reviewed(page: str, plan: Uplift, officer: Person, third: Person, fourth: Person, weak: Person) -> None:
    """The appeal goes to a second, independent person, who appraises once more; the decision is recorded as a paper."""
    officer.press(page, "/name/", **{"name-person": third.account.party_id})
    assert (officer.status, officer.sees("不能是原测评人")) == (422, True)
    officer.press(page, "/name/", **{"name-person": fourth.account.party_id})
    concluded(fourth, plan.appraisals.get(sort="appeal"))
    assert weak.open(page).sees("申诉不成立", "复评报告")
    assert weak.download(weak.link("复核结论")).startswith(b"%PDF")
    plan.refresh_from_db()
    assert plan.state == "failed"


def test_m2_one_is_uplifted_and_one_is_warned_and_appeals(people: dict[str, Person], edition: Edition, clock: Clock) -> None:
    officer, operator, expert, coach, weak = (people[name] for name in ("city_officer", "operator", "expert", "coach", "weak"))
    second, third, fourth = (people[name] for name in ("second", "third", "fourth"))
    benchmark(coach, clock)
    concluded(expert, opened(officer, "标杆硬科技", expert))
    row = appraised(officer, expert, operator, clock)
    reserved(officer, row)
    plan = planned(officer, row, operator, "2026-06-30")
    paired(officer, plan, coach, operator)
    carried_out(plan, coach, operator)
    other = planned(officer, concluded(expert, opened(officer, "老楼宇", expert)), weak, "2026-05-29")
    paired(officer, other, coach, weak)
    warned(officer, other, weak, clock)
    tenants(plan.incubator.urn, range(10, 40), clock)
    reassessed(officer, plan, coach, second, third, clock)
    confirmed(plan, officer, operator, coach, clock)
    appeal = failed(other, officer, third, weak)
    reviewed(appeal, other, officer, third, fourth, weak)
    assert counts(officer, clock, "引领提升的传统孵化器 1 家", "测评没有提升 1")
    seen = [each.open(f"/schemes/uplifts/{other.pk}/").status for each in (operator, people["founder"], weak)]
    assert seen == [404, 404, 200]

"""M4 Future-industry incubators: from a gap on the map through a consortium's agreement and a renamed field to a seed that leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib.resources import as_file, files
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.config.demo import plan
from fuhua.desk.models import Notice
from fuhua.evidence.actions import sequence
from fuhua.evidence.queries import told_of
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.schemes.actions import calls, ticking
from fuhua.schemes.facts import AgreementSigned, GoldSeedLeft
from fuhua.schemes.facts.review import ApplicationAwarded
from fuhua.schemes.models import Agreement, Application, Call, GoldSeed, Member, Review
from stories.exchanging import Clock, Person, clock_at

OFFICER = PLAYERS["city_officer"].urn
LEAD, INSTITUTE, PARK, VENTURE = (ORGANISATIONS[key].name for key in ("incubator", "institute", "park", "venture"))
OLD, NEW = "类脑智能", "类脑与神经形态智能"
FIELD = "brain_inspired"
MARKS = {"future_field_incubator": {"field": 22, "sources": 22, "team": 18, "services": 12, "plan": 12},
         "gold_seed": {"technology": 30, "team": 20, "market": 16, "plan": 16}}


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7\n" + name.encode(), content_type="application/pdf")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 4 March 2024."""
    return clock_at(monkeypatch, "2024-03-04")


@pytest.fixture
def someone(cast: dict[str, Account]) -> Callable[[str], Person]:
    """``someone("operator")``: that member of the cast with a browser."""
    return lambda name: Person(cast[name])


@pytest.fixture
def experts(firm: Any) -> list[Person]:
    """Three experts of three institutes."""
    return [Person(firm(f"北京第{number}研究院", "university", "expert")[1]) for number in "一二三"]


def the_map_shows_the_gap(officer: Person, founder: Person) -> None:
    """① the map shows the brain-inspired gap, by keyboard a row of a table, and as a file."""
    officer.open("/fields/map/?show=gaps")
    assert officer.sees("覆盖图", OLD, "空白", "起草专题征集")
    kept = officer.download("/fields/map/?as=csv").decode("utf-8-sig").splitlines()
    assert kept[0].split(",")[:5] == ["代码", "领域", "状态", "区", "孵化器"]
    assert f"{FIELD},{OLD},在列,全市,0,0,0,0,0,0,0,是" in kept
    assert founder.open("/fields/map/").sees(OLD)
    assert founder.forms("/call/") == []


def a_themed_call(officer: Person, clock: Clock) -> Call:
    """② issue themed call: one button drafts it with the field, the officer finishes and publishes it."""
    officer.open("/fields/map/?show=gaps").send(f"/of/{FIELD}/call/")
    assert officer.sees(OLD, "未来产业孵化器")
    officer.send("/edit/|^$", closes_at="2024-04-02T17:00", opens_at="2024-03-04T12:00", budget="1000万元", themes=[FIELD])
    row = Call.objects.get(kind="future_field_incubator")
    officer.open(f"/schemes/calls/{row.pk}/").send("/publish/")
    row.refresh_from_db()
    assert (row.state, row.themes, officer.sees("申报中", f"征集领域 {OLD}")) == ("open", [FIELD], True)
    return row


def written(visitor: Person, call: Call, title: str, answers: dict[str, str], codes: tuple[str, ...]) -> Application:
    """Somebody begins an application, fills in what is not on record, confirms what is, and attaches the documents."""
    visitor.open(f"/schemes/calls/{call.pk}/").send("/begin/")
    visitor.send("/save/", **answers, title=title)
    row = Application.objects.get(call=call)
    while confirming := [form for form in visitor.forms("/confirm/") if "name" not in form.values]:
        visitor.send(confirming[0])
    for code in codes:
        visitor.send(next(form for form in visitor.forms("/attach/") if form.values["attach-code"] == code), **{"attach-file": paper(code)})
    return row


def handed_in(visitor: Person, row: Application) -> None:
    page = f"/schemes/applications/{row.pk}/"
    visitor.open(page)
    visitor.client.post(f"{page}submit/", visitor.forms("/save/")[0].values)
    row.refresh_from_db()
    assert row.state == "submitted", " ".join(visitor.open(page).page.words)


def a_consortium(operator: Person, institute: Person, park: Person, call: Call) -> Application:
    """③ consortium applies: each member reads its part and the agreement and confirms for itself; then the lead hands in."""
    row = written(operator, call, "类脑智能孵化器", {
        "field": FIELD, "registered": "yes", "bound": "yes", "area": "3000", "sources": "未名研究院的类脑芯片团队",
        "plan": "三年孵化 30 个项目", "budget": "3000万元"}, ("consortium", "brief"))
    page = f"/schemes/applications/{row.pk}/"
    for name, part in ((INSTITUTE, "提供类脑计算平台和科学家团队"), (PARK, "提供场地")):
        operator.open(page).send("/members/ask/", **{"member-party": name, "member-part": part})
    assert operator.sees("还缺", f"{INSTITUTE} 确认分工和联合体协议", f"{PARK} 确认分工和联合体协议")
    parts = {each.party.name: f"/schemes/parts/{each.pk}/" for each in Member.objects.filter(application=row)}
    assert park.get(parts[INSTITUTE]).status_code == 404
    for visitor, name in ((institute, INSTITUTE), (park, PARK)):
        assert visitor.open(parts[name]).sees(LEAD, "联合体协议", "分工")
        visitor.send("/confirm/", **{"confirm-agreed": "on"})
        assert visitor.sees("已确认")
    handed_in(operator, row)
    assert operator.open(page).sees("联合体成员", "已确认")
    return row


def awarded(officer: Person, experts: list[Person], row: Application, clock: Clock) -> None:
    """It passes, is drawn for, scored, decided, announced, and stands after the public notice."""
    clock.to("2024-04-07")
    officer.open(f"/schemes/applications/{row.pk}/").send("/pass/")
    calls.close_due(at=clock())
    panel = f"/schemes/calls/{row.call_id}/panel/"
    for each in experts:
        officer.open(panel).send("/seat/", **{"seat-person": each.account.party_id, "seat-most": "5", "seat-senior": "on"})
    officer.open(panel).send("/draw/")
    for review in Review.objects.filter(application=row).select_related("seat"):
        expert = next(each for each in experts if each.account.party_id == review.seat.person_id)
        expert.open(f"/schemes/reviews/{review.pk}/").send("/score/", **{
            "score-comment": "方案可行", **{f"score-{line}": mark for line, mark in MARKS[row.call.kind].items()}})
    money = {"decide-city": "600万元"} if row.call.budget else {}
    officer.open(f"/schemes/applications/{row.pk}/decision/").send("/decide/", **{
        "decide-result": "award", "decide-why": "三位专家一致推荐", **money})
    ranking = f"/schemes/calls/{row.call_id}/ranking/"
    officer.open(ranking).send("/announce/")
    clock.to("2024-04-20")
    officer.open(ranking).send("/conclude/")
    row.refresh_from_db()
    assert row.state == "awarded", " ".join(officer.page.words)
    assert told_of(row.urn, ApplicationAwarded, on=clock().date())[-1].fact.field == FIELD


def signed(officer: Person, operator: Person, row: Application, steward: Party, verifier: Party) -> Agreement:
    """The agreement is drawn up and signed by both; its fact carries the field of the application and the district of the incubator."""
    officer.open("/schemes/agreements/").follow(row.title)
    officer.send(rf"/new/{row.pk}/$|^$", starts="2024-05-01", ends="2027-04-30", steward=steward.pk, verifier=verifier.pk, **{
        "m1-title": "孵化 30 个项目", "m1-measure": "stated", "m1-least": "30", "m1-due": "2026-12-31", "m1-weight": "100",
        "m1-evidence": "名单"})
    task = Agreement.objects.get(application=row)
    for each in (operator, officer):
        each.press(f"/schemes/agreements/{task.pk}/", "/sign/$", **{"sign-agreed": "on"})
    task.refresh_from_db()
    fact = told_of(ORGANISATIONS["incubator"].urn, AgreementSigned, on=dt.date(2024, 4, 20))[-1].fact
    assert (task.state, fact.field, fact.tier, fact.district, fact.task) == ("signed", FIELD, "", "110108", task.urn)
    return task


def renamed(officer: Person, operator: Person, row: Application, clock: Clock) -> None:
    """④ field renamed, history kept: the committee's decision with reason and brief; what was signed shows the name of its day."""
    clock.to("2024-06-03")
    page = f"/schemes/fields/of/{FIELD}/"
    assert operator.open(page).forms("/rename/") == []
    assert operator.post(f"{page}rename/").status_code == 403
    officer.open(page).send("/rename/", **{
        "rename-zh": NEW, "rename-en": "brain-inspired and neuromorphic intelligence", "rename-day": "2024-06-03",
        "rename-decided": "主题委员会 2024 年第 1 次会议", "rename-why": "与国家目录一致", "rename-brief": paper("brief")})
    assert officer.sees(NEW, OLD, "第一版目录", "与国家目录一致", "主题委员会 2024 年第 1 次会议", "第 2 版")
    assert officer.open("/schemes/fields/?edition=1").sees("以往版本", OLD, f"现名：{NEW}")
    assert operator.open(f"/schemes/applications/{row.pk}/").sees(f"{OLD}（现名：{NEW}）")
    assert operator.open(f"/schemes/calls/{row.call_id}/").sees(f"{OLD}（现名：{NEW}）")


def a_gold_seed(officer: Person, founder: Person, experts: list[Person], clock: Clock) -> GoldSeed:
    """A venture of the field is chosen as a gold seed: the end of the notice lists it, and everybody sees name, field and since when."""
    closes = clock() + dt.timedelta(days=28)
    told = calls.Told(title="2024 年金种子征集", kind="gold_seed", opens_at=clock(), closes_at=closes, themes=[FIELD])
    call = calls.draft(issuer=Party.objects.get(urn=ORGANISATIONS["city"].urn), told=told, by=OFFICER, at=clock())
    calls.publish(call=call, by=OFFICER, at=clock())
    row = written(founder, call, "毫开温区类脑芯片", {
        "field": FIELD, "registered": "yes", "staff": "8", "core": "低温类脑芯片", "next": "完成样机"}, ("technology",))
    handed_in(founder, row)
    awarded(officer, experts, row, clock)
    stranger = Person(founder.account)
    stranger.client.logout()
    super(Person, stranger).open("/schemes/gold-seeds/")
    assert stranger.sees(VENTURE, OLD, "2024年4月20日")
    return GoldSeed.objects.get()


def out(officer: Person, founder: Person, seed: GoldSeed, clock: Clock) -> None:
    """⑤ seed fails recheck, exits with reason: warned a month before the year is over, heard first, off the list, its history kept."""
    clock.to("2025-03-24")
    ticking.tick(at=clock())
    assert Notice.objects.filter(about=f"{seed.party.urn}.seed", office="city_officer", settled_at=None).exists()
    page = f"/schemes/gold-seeds/{seed.pk}/"
    assert officer.open(page).sees("入库条件与现有记录", NEW, "符合")
    assert officer.press(page, "/leave/", **{"leave-reason": "failed_recheck", "leave-why": "转向"}).sees("须先有未通过的复核结论")
    officer.press(page, "/recheck/", **{"recheck-result": "failed", "recheck-why": "主营业务已转向电商"})
    assert officer.sees("复核未通过", "主营业务已转向电商")
    officer.press(page, "/hear/", **{"hear-day": "2025-03-31"})
    assert founder.open(page).sees("听取意见", "2025年3月31日", "主营业务已转向电商")
    assert founder.forms("/leave/") == []
    clock.to("2025-04-01")
    officer.press(page, "/leave/", **{"leave-reason": "failed_recheck", "leave-why": "不再符合入库条件",
                                      "leave-heard": "企业认可，不再从事类脑芯片"})
    assert officer.sees("已出库", "复核未通过", "不再符合入库条件", "企业认可")
    assert told_of(seed.party.urn, GoldSeedLeft, on=dt.date(2025, 4, 1))[-1].fact.reason == "failed_recheck"
    assert not officer.open("/schemes/gold-seeds/").sees(VENTURE)
    assert officer.open("/schemes/gold-seeds/?view=left").sees(VENTURE)


def drilled(officer: Person, founder: Person, slug: str, counted: list[str], left: list[str], clock: Clock) -> None:
    """⑥ I5 drills to names: whoever may see them finds who is counted and who is left out and why; others see the numbers alone."""
    sequence.catch_up(at=clock())
    page = f"/plans/{slug}/indicators/I5/?definition=all"
    officer.open(page)
    assert officer.sees("数字背后的主体与事实", *counted)
    assert not any(officer.sees(name) for name in left)
    officer.open(f"{page}&show=left_out")
    assert officer.sees(*left, *(["协议终止或已出库"] if left else []))
    assert not founder.open(page).sees(LEAD)


def published_plan(clock: Clock) -> str:
    """The action plan of Beijing, whose target is I5."""
    with as_file(files("fuhua.config.demo") / "plan.txt") as text:
        return plan.publish(text, at=clock()).slug


def the_map_names(officer: Person, founder: Person, clock: Clock) -> None:
    """The gap is closed: the cell of incubators opens to the one that was agreed; the seed stands in its stage, for the public too."""
    sequence.catch_up(at=clock())
    officer.open("/fields/map/?district=110108")
    assert not officer.open("/fields/map/?show=gaps").sees(OLD)
    officer.open("/fields/map/").follow(to=f"/{FIELD}/incubator/")
    assert officer.sees(LEAD, "海淀")
    assert founder.open("/fields/map/").follow(to=f"/{FIELD}/venture/").sees(VENTURE)


def test_m4_from_a_gap_on_the_map_to_a_seed_that_leaves(
    cast: dict[str, Account], someone: Any, experts: list[Person], clock: Clock,
) -> None:
    officer, operator, founder = someone("city_officer"), someone("operator"), someone("founder")
    slug = published_plan(clock)
    sequence.catch_up(at=clock())
    the_map_shows_the_gap(officer, founder)
    call = a_themed_call(officer, clock)
    row = a_consortium(operator, someone("expert"), someone("park_manager"), call)
    clock.to("2024-03-05")
    seed = a_gold_seed(officer, founder, experts, clock)
    awarded(officer, experts, row, clock)
    task = signed(officer, operator, row, cast["steward"].party, experts[0].account.party)
    the_map_names(officer, founder, clock)
    drilled(officer, founder, slug, [LEAD, VENTURE], [], clock)
    renamed(officer, operator, row, clock)
    assert operator.open(f"/schemes/agreements/{task.pk}/").sees(f"{OLD}（现名：{NEW}）")
    out(officer, founder, seed, clock)
    drilled(officer, founder, slug, [LEAD], [VENTURE], clock)

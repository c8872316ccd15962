"""M3 Policy, as its users live it: from the one question asked first to the month in which an exemption ends."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.actions import reactions, sequence
from fuhua.evidence.words import Grade
from fuhua.journey.actions import profiles, stays, titles
from fuhua.journey.commands.judging import judge
from fuhua.kernel import period
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from stories.visitor import Visitor

JILING, QIMINGXIN = ORGANISATIONS["venture"], ORGANISATIONS["incubator"]
BOARD = f"/policy/of/{JILING.urn}/"
OFFICER = PLAYERS["city_officer"].urn
HOURS = dt.timedelta(hours=1)

# What Jiling's founder knows and nobody has told yet, as people write it.
CONDUCT = ("prohibited_trade", "major_accident", "environmental_offence", "research_misconduct", "abnormal_list", "national_award",
           "provincial_rd_body", "led_standard", "award_3y", "innovation_demo_firm", "ip_model_firm", "maker_china_500",
           "national_award_top5", "provincial_award_top3", "quality_award", "standards_part")
FIRM = {
    **dict.fromkeys(CONDUCT, "no"), "resident_enterprise": "yes", "emerging_product": "yes", "iso9001": "yes", "own_brand": "yes",
    "registered_on": "2023-05-08", "employees": "50", "rd_staff": "4", "sales": "2000万元", "costs": "1900万元", "assets": "1500万元",
    "rd": "95万元", "rd_1": "100万元", "class_1": "1", "class_1_own": "1", "class_1_high_value": "0", "class_2": "0",
    "new_equity_2y": "0", "new_equity_3y": "0", "main_growth": "12", "main_growth_2y": "9", "main_share": "85%", "debt_ratio": "55",
    "net_margin": "5", "niche_years": "3", "digital_level": "2", "distinctive_points": "15", "product_role": "base_heritage_supplier",
    "rd_body_level": "none", "taxable_income": "60万元", "quarterly_staff": "50", "quarterly_assets": "1500万元",
    "rd_expensed": "95万元", "rd_amortised": "0", "main_industry": "other", "cit_rate": "5", "income_before_rd_extra": "155万元",
}  # fmt: skip
HOUSE = {
    "premises_use": "both", "property_tax_month": "3万元", "land_tax_month": "5000", "incubation_income_separate": "yes",
    "incubation_vat_month": "2000",
}  # fmt: skip


class Clock:
    """The time of the story; ``clock.to("2026-04-01")`` is noon of that day."""

    def __init__(self, at: dt.datetime) -> None:
        self.now = at

    def __call__(self) -> dt.datetime:
        return self.now

    def to(self, day: str) -> None:
        self.now = period.noon(dt.date.fromisoformat(day))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 20 March 2026: the ladder of SMEs is about to change."""
    found = Clock(period.noon(dt.date(2026, 3, 20)))
    monkeypatch.setattr(timezone, "now", found)
    return found


@pytest.fixture
def city(clock: Clock, cast: dict[str, Account]) -> dict[str, Any]:
    """The cast, with what registers know: where Jiling lives, a title it once had, and the title of its incubator."""
    tenant = organisations.register(sort="venture", name="北京邻座科技有限公司", district="110108", by=OFFICER, at=clock())
    told = {"by": OFFICER, "at": clock(), "grade": Grade.REGISTRY}
    for venture in (JILING.urn, tenant.urn):
        stays.begin(subject=venture, host=QIMINGXIN.urn, stay="physical", district="110108", on=dt.date(2024, 6, 1), **told)
    titles.award(subject=JILING.urn, title="hnte", basis="certificate", on=dt.date(2021, 6, 1), **told)
    titles.award(subject=QIMINGXIN.urn, title="municipal_incubator", basis="list", on=dt.date(2024, 5, 20), **told)
    return {"tenant": tenant, **cast}


def visitor(account: Account, language: str = "zh-hans") -> Visitor:
    """That person with a browser."""
    found = Visitor()
    found.client.force_login(account)
    found.client.cookies["fuhua_language"] = language
    return found


def filled_in(person: Visitor, page: str = "", **values: str) -> Visitor:
    """The person fills in the form of a page (that they are on, or that address) and sends it."""
    person = person.open(page) if page else person
    return person.send(next(form for form in person.page.forms if not form.action), **values)


def rows(page: Any, standing: str) -> dict[str, dict[str, Any]]:
    """The lines of a board that stand so, by rule."""
    groups = {group["code"]: group["rows"] for group in page.context["groups"]}
    return {row["key"]: row for row in groups.get(standing, [])}


def answered(founder: Visitor) -> None:
    """The founder fills in what nobody knows yet, and leaves what is known alone."""
    filled_in(founder, f"{BOARD}profile/", **FIRM)


def test_m3_from_the_first_question_to_the_officers_desk(city: dict[str, Any], clock: Clock) -> None:
    founder = visitor(city["founder"])

    # ① the founder answers only what is unknown, the most informative first
    founder.open("/policy/").follow(JILING.name, to="/policy/of/")
    assert founder.at == BOARD
    (question,) = founder.forms("/answer/")[0].values.keys() - {"csrfmiddlewaretoken"}
    founder.open(f"{BOARD}profile/")
    blank = founder.page.forms[-1].values
    assert blank[question] == ""
    assert "hnte_valid" not in blank  # its certificate of 2021 is on record, and over
    assert blank["incubation_entered_on"] == "2024-06-01"
    assert founder.sees("有效期内的高新技术企业证书 否 来自认定记录")
    assert question in FIRM
    founder.open(BOARD).send("/answer/", **{question: FIRM[question]})
    assert founder.sees("已记录 1 项")
    founder.open(BOARD)
    assert question not in founder.forms("/answer/")[0].values
    answered(founder)
    assert founder.sees(f"已记录 {len(FIRM) - 1} 项")

    # ② three eligible and two short of something, each with its clause and its document
    board = founder.client.get(BOARD)
    eligible, short = rows(board, "eligible"), rows(board, "short")
    assert {"innovative_sme", "rd_super", "small_low_profit"} <= set(eligible)
    assert {key: [change.zh for change in row["way"]["changes"]] for key, row in short.items()} == {
        "tech_sme": ["再增加 1 人：科技人员数（4 人 → 5 人）"],
        "specialised_sme": ["再增加 5 万元：上一年度研发费用总额（95 万元 → 100 万元）"]}
    for row in (*eligible.values(), *short.values()):
        assert all(clause["document"] and clause["article"] for clause in row["clauses"])
        assert row["clauses"]
    assert short["tech_sme"]["clauses"][0]["document"] == "国科发政〔2017〕115号"
    assert founder.open(BOARD).sees("2026年3月31日", "12 万元")

    changed(city, founder, clock)
    applied(city, founder)


def changed(city: dict[str, Any], founder: Visitor, clock: Clock) -> None:
    """③ an edition ends: everybody judged is judged again, and exactly those whose answer changed are told."""
    neighbour, told = city["tenant"].urn, {"by": OFFICER, "at": clock()}
    profiles.answer(subject=neighbour, values={"listed_company": False}, **told)
    profiles.answer(subject=QIMINGXIN.urn, values={"premises_use": "both"}, **told)
    assert not Notice.objects.filter(about__startswith="policy:").exists()
    clock.to("2026-04-01")
    judge(argparse.Namespace())
    notice = Notice.objects.get(about__startswith="policy:")
    assert (notice.to.urn, notice.office, notice.url) == (JILING.urn, "founder", BOARD)
    assert "创新型中小企业 符合 → 暂不能判断（2026-04-01 起执行新版本），共 3 项有变化" in notice.title
    assert "科技型中小企业" not in notice.title
    founder.open("/notices/").send(f"/notices/{notice.pk}/open/")
    assert founder.at == BOARD
    after = founder.client.get(BOARD)
    assert {"innovative_sme", "specialised_sme"} <= set(rows(after, "cannot_tell"))
    assert {"rd_super", "small_low_profit"} <= set(rows(after, "eligible"))
    judge(argparse.Namespace())
    assert Notice.objects.filter(about__startswith="policy:").count() == 1


def applied(city: dict[str, Any], founder: Visitor) -> None:
    """④ one S&T employee more, and the application is filled from what is on record; the district's officer finds it on the desk."""
    filled_in(founder, f"{BOARD}profile/", rd_staff="5")
    assert "tech_sme" in rows(founder.client.get(BOARD), "eligible")
    founder.open(f"{BOARD}rules/tech_sme/").follow("提出申请")
    assert founder.sees("5 人", "北京市海淀区人民政府")
    filled_in(founder)
    case = Ask.objects.get(kind="policy_application")
    assert founder.at == f"/desk/asks/{case.pk}/"
    officer = visitor(city["district_officer"]).open("/desk/").follow(to=f"/desk/asks/{case.pk}/")
    assert officer.sees("申请：科技型中小企业", "系统结论：符合", "科技人员（从事研发和相关技术创新活动的人员）数：5 人", JILING.name)
    assert founder.open(BOARD).sees("已于 2026年4月1日 申请")
    assert visitor(city["district_officer"]).open(BOARD).status == 404


def filed(operator: Visitor, place: dict[str, str], name: str = "paper.pdf") -> None:
    """The operator puts a document in that place of the binder."""
    paper = SimpleUploadedFile(name, f"{place}".encode(), content_type="application/pdf")
    operator.send(next(form for form in operator.forms("/binder/paper/") if place.items() <= form.values.items()), file=paper)


def test_m3_a_binder_that_lacks_one_lease_is_red_and_names_it(city: dict[str, Any], clock: Clock) -> None:
    operator = visitor(city["operator"])
    binder = f"/policy/of/{QIMINGXIN.urn}/rules/incubator_tax/binder/"
    operator.open(binder)
    assert operator.sees("缺 5 份", "缺：与在孵企业的租赁合同：北京邻座科技有限公司")
    for paper in ("title", "premises", "accounts"):
        filed(operator, {"paper": paper})
    filed(operator, {"paper": "lease", "tenant": city["tenant"].urn})

    # ⑤ one lease is missing: red, by name; uploaded: green; taken out: red again
    missing = f"缺：与在孵企业的租赁合同：{JILING.name}"
    assert operator.sees("缺 1 份", missing)
    filed(operator, {"paper": "lease", "tenant": JILING.urn})
    assert operator.sees("资料齐全")
    assert not operator.sees(missing)
    operator.send(operator.forms("/take-out/")[-1])
    assert operator.sees("缺 1 份")


def test_m3_a_revoked_title_shows_the_month_in_which_the_exemption_ends(city: dict[str, Any], clock: Clock) -> None:
    operator, page = visitor(city["operator"]), f"/policy/of/{QIMINGXIN.urn}/rules/incubator_tax/"
    filled_in(operator, f"/policy/of/{QIMINGXIN.urn}/profile/", **HOUSE)
    assert operator.open(page).sees("免税截止日 2027年12月31日", "每年 44.4 万元")

    # ⑥ the officer tells that the title is revoked: the relief runs to the end of that month
    clock.to("2026-04-10")
    revoked = {"subject": QIMINGXIN.name, "title": "municipal_incubator", "reason": "revoked", "true_from": "2026-04-10", "grade": "2"}
    officer = filled_in(visitor(city["city_officer"]), "/evidence/tell/journey.title_ended/", **revoked)
    assert officer.sees("已记录")
    operator = visitor(city["operator"])  # the session of three weeks ago is over
    assert operator.open(page).sees("免税截止日 2026年4月30日", "符合条件")
    sequence.catch_up(at=clock())
    reactions.follow(at=clock())
    assert not Notice.objects.filter(about=f"policy:{QIMINGXIN.urn}").exists()  # in its last month nothing changes
    clock.to("2026-05-01")
    judge(argparse.Namespace())
    notice = Notice.objects.get(about=f"policy:{QIMINGXIN.urn}")
    assert (notice.office, "孵化器税收优惠 符合 → 不符合" in notice.title) == ("operator", True)
    assert visitor(city["operator"]).open(page).sees("免税截止日 2026年4月30日", "取消资格的，自次月起停止")


def test_m3_an_overdue_environment_ask_climbs_to_the_coordinator(city: dict[str, Any], clock: Clock) -> None:
    organisations.register(sort="agency", name="北京市生态环境局", plates=("市生态环境局",), by=OFFICER, at=clock())
    founder = visitor(city["founder"])
    asked = {"kind": "green_channel", "title": "中试线环评久拖未批", "body": "受理已满 60 天", "asked": "市生态环境局"}
    filled_in(founder, "/desk/asks/new/", **asked)
    ask = Ask.objects.get(kind="green_channel")

    # ⑦ nobody at the bureau looks at it: its owner, then the lead, then the coordinator hear of it
    clock.now = period.noon(period.add_working_days(period.day(clock()), 8))
    clocks.tick(at=clock())
    climbed = Notice.objects.filter(about=ask.urn).exclude(kind="turn").order_by("pk").values_list("kind", flat=True)
    assert [kind for kind in climbed if not kind.startswith("before")] == ["breach", "lead", "coordinator"]
    assert visitor(city["coordinator"]).open("/notices/").sees("中试线环评久拖未批")


@pytest.fixture
def neighbour(city: dict[str, Any], clock: Clock) -> Account:
    """The founder of the venture next door."""
    person = people.enter(name="许邻", by=OFFICER, at=clock())
    account = people.open_account(username="neighbour", password="a long phrase for a neighbour", party=person, by=OFFICER, at=clock())
    ties.attest(kind="employs", source=city["tenant"], target=person, office="founder", by=OFFICER, at=clock())
    return account


def test_m3_nobody_but_its_own_people_sees_a_board(city: dict[str, Any], neighbour: Account, clock: Clock,
                                                   client_of: Callable[[str], Client]) -> None:
    answered(visitor(city["founder"]))
    pages = [BOARD, f"{BOARD}profile/", f"{BOARD}policy.csv", f"{BOARD}rules/tech_sme/", f"{BOARD}rules/tech_sme/binder/",
             f"{BOARD}rules/tech_sme/apply/"]
    seen = {name: {visitor(account).open(page).status for page in pages} for name, account in [
        *((office, city[office]) for office in PLAYERS), ("neighbour", neighbour)]}
    assert seen == {**{office: {404} for office in PLAYERS}, "founder": {200}, "neighbour": {404}}
    assert client_of("stranger").get(BOARD).status_code == 302
    assert visitor(neighbour).client.post(f"{BOARD}answer/", {"employees": "1"}).status_code == 404


def test_m3_an_incubator_sees_only_tenants_that_agreed_and_nothing_but_what_they_can_get(
    city: dict[str, Any], neighbour: Account, clock: Clock,
) -> None:
    founder, operator = visitor(city["founder"]), visitor(city["operator"])
    answered(founder)
    filled_in(visitor(neighbour), f"/policy/of/{city['tenant'].urn}/profile/", **FIRM)
    assert operator.open("/policy/benefits/").sees("还没有企业同意公开")

    founder.open(BOARD).send("/share/")
    operator.open("/policy/benefits/")
    assert operator.sees(JILING.name, "创新型中小企业", "小型微利企业所得税优惠")
    assert not operator.sees(city["tenant"].name)
    for hidden in ("科技型中小企业", "60 万元", "12 万元", "专精特新中小企业"):
        assert not operator.sees(hidden)

    founder.open(BOARD).send("/unshare/")
    assert operator.open("/policy/benefits/").sees("还没有企业同意公开")


def test_m3_the_cast_is_where_the_story_puts_it(city: dict[str, Any]) -> None:
    assert Party.objects.get(urn=JILING.urn).district == ORGANISATIONS["haidian"].district

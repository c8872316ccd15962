"""M14 Five talent armies: a serial founder joins the pool, trains at a venture that consents, is certified, hired, nominated, rechecked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.desk.actions import clocks
from fuhua.desk.models import Notice
from fuhua.evidence.actions import papers, reactions, sequence
from fuhua.evidence.queries import told_of
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.schemes.actions import calls
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.models import Application, Call, Credential, Placement, Practicum, Review, Talent
from stories.exchanging import Clock, Person, clock_at
from stories.visitor import Visitor

OFFICER = PLAYERS["city_officer"].urn
POOL = "/schemes/talents/"
COURSE = {"background": "founder", "record": "三次创业，两次退出，擅长低温电子", "host": "启明芯孵化器", "venture": "北京量芯科技有限公司",
          "consent": "yes", "starts": "2026-06-01", "aim": "孵化器项目总监"}


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
def tutor(cast: dict[str, Account], clock: Clock) -> Person:
    """Somebody whom the cast's incubator employs, without an office."""
    told = {"by": OFFICER, "at": clock()}
    person = people.enter(name="钱安", **told)
    account = people.open_account(username="tutor", password="a long enough password", party=person, strict=False, **told)
    ties.attest(kind="employs", source=house("incubator"), target=person, **told)
    return Person(account)


def house(key: str) -> Party:
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def follow(clock: Clock) -> None:
    """What was told is numbered and reacted to, as the process ``keep`` does."""
    sequence.catch_up(at=clock())
    reactions.follow(at=clock())


def published(kind: str, title: str, clock: Clock) -> Call:
    told = calls.Told(title=title, kind=kind, opens_at=clock(), closes_at=clock() + dt.timedelta(days=28), budget=1_000_000)
    row = calls.draft(issuer=house("city"), told=told, by=OFFICER, at=clock())
    return calls.publish(call=row, by=OFFICER, at=clock())


def applied(person: Person, call: Call, title: str, papers_: tuple[str, ...], **answers: str) -> Application:
    """A person begins for themselves, confirms what was filled in, writes, attaches and hands it in."""
    begin = person.open(f"/schemes/calls/{call.pk}/").forms("begin")[0]
    person.send(begin, **{name: str(person.account.party_id) for name in begin.values if name.endswith("applicant")})
    person.send("save", title=title, **answers)
    while person.forms("confirm/$"):
        person.send(person.forms("confirm/$")[-1])
    for code in papers_:
        person.send(next(form for form in person.forms("attach") if form.values["attach-code"] == code), **{"attach-file": paper(code)})
    row = Application.objects.get(call=call, applicant=person.account.party)
    person.client.post(f"/schemes/applications/{row.pk}/submit/", person.forms("save")[0].values)
    row.refresh_from_db()
    assert row.state == "submitted", person.open(f"/schemes/applications/{row.pk}/").page.words
    return row


def awarded(officer: Person, experts: list[Person], row: Application, clock: Clock) -> None:
    """Passed, read by three experts, decided, announced, and concluded when the notice is over."""
    officer.open(f"/schemes/applications/{row.pk}/").send("pass")
    calls.close_due(at=clock.to("2026-04-01"))
    panel = f"/schemes/calls/{row.call_id}/panel/"
    for number, each in enumerate(experts):
        senior = {"seat-senior": "on"} if number == 0 else {}
        officer.open(panel).send("/seat/", **{"seat-person": each.account.party_id, "seat-most": "5", **senior})
    officer.open(panel).send("/draw/")
    for review in Review.objects.filter(application=row).select_related("seat"):
        expert = next(each for each in experts if each.account.party_id == review.seat.person_id)
        expert.open(f"/schemes/reviews/{review.pk}/").send("/score/", **{
            "score-comment": "经历扎实", "score-record": "35", "score-fit": "30", "score-will": "20"})
    officer.open(f"/schemes/applications/{row.pk}/decision/").send("/decide/", **{
        "decide-result": "award", "decide-city": "0", "decide-why": "三位专家一致推荐"})
    officer.open(f"/schemes/calls/{row.call_id}/ranking/").send("/announce/")
    clock.to("2026-04-20")
    officer.open(f"/schemes/calls/{row.call_id}/ranking/").send("/conclude/")


def joined(founder: Person, operator: Person, stranger: Person) -> Talent:
    """① serial founder joins pool: by the award; what is on record stands with its grade beside their own words, for whom they let."""
    founder.open(POOL).send("/join/")
    row = Talent.objects.get(person=founder.account.party)
    page = f"{POOL}{row.pk}/"
    assert founder.open(page).sees("连续创业者", "创办企业", "北京寄灵科技有限公司", "登记", "自报", "三次创业，两次退出，擅长低温电子")
    founder.send("/tell/", **{"tell-fields_": ["quantum", "six_g"], "tell-starts": "2026-06-01"})
    assert (operator.get(page).status_code, stranger.get(page).status_code) == (404, 404)
    operator.press("/schemes/vacancies/new/", "/new/", post="项目总监", count="1", starts="2026-09-01", fields_=["quantum"], text="懂量子")
    vacancy = operator.at
    founder.open(vacancy).send("/interest/", **{"interest-share": "on"})
    assert operator.open(vacancy).sees("林舟", "领域相合：量子信息", "可按期到岗")
    assert (operator.open(page).sees("本人已授权"), operator.sees("擅长低温电子")) == (True, False)
    assert operator.send("/open/").sees("创办企业", "擅长低温电子")
    return row


def assigned(operator: Person, officer: Person, row: Talent, rival: Party, venture: Person, tutor: Person, clock: Clock) -> Practicum:
    """② practicum assigned, conflict-checked: the founder's firm is a rival of one venture, whose path is shown; another consents."""
    page, term = f"{POOL}{row.pk}/", {"assign-starts": "2026-05-06", "assign-ends": "2026-08-05", "assign-aim": "跟随孵化两家量子企业"}
    operator.open(page).send("/assign/", **{"assign-venture": rival.name, "assign-tutor": "tutor", **term})
    assert (operator.status, operator.sees("利益冲突", "竞争关系", f"北京寄灵科技有限公司 —竞争→ {rival.name}")) == (422, True)
    operator.open(page).send("/assign/", **{"assign-venture": "北京量芯科技有限公司", "assign-tutor": "tutor", **term})
    found = Practicum.objects.get(talent=row)
    url = f"/schemes/practicums/{found.pk}/"
    assert officer.open(url).sees("利益冲突核查", "待实训企业同意")
    venture.open(url).send("/consent/", **{
        "consent-all_facts": "on", "consent-purpose": "完成实训报告", "consent-expires": "2026-08-05", "consent-file_0": paper("技术路线")})
    clock.to("2026-05-06")
    return found


def read_and_withdrawn(founder: Person, venture: Person, row: Practicum) -> None:
    """The trainee reads what the consent names, with a trace; a document is withdrawn, and at once nothing of it opens."""
    url = f"/schemes/practicums/{row.pk}/"
    link = founder.open(url).link("技术路线.pdf")
    founder.open(link).send(link)
    assert "技术路线" in founder.download(f"{link}document/").decode()
    venture.open(url).follow("撤回 技术路线.pdf").send(r"withdraw/$|^$")
    assert founder.get(f"{link}document/").status_code == 404
    assert (founder.open(url).sees("技术路线.pdf"), founder.sees("企业的全部事实")) == (False, True)


def judged(founder: Person, venture: Person, tutor: Person, officer: Person, row: Practicum, clock: Clock) -> None:
    """③ venture and tutor assess: each for themselves, sealed from everybody until both are in."""
    url = f"/schemes/practicums/{row.pk}/"
    clock.to("2026-08-03")
    founder.open(url).send("/report/", **{"report-file": paper("实训报告")})
    assert tutor.download(tutor.open(url).link("实训报告")).startswith(b"%PDF")
    venture.open(url).send("/judge-venture/", **{"judge_venture-result": "passed", "judge_venture-note": "能与科学家打成一片"})
    assert not any(each.open(url).sees("能与科学家打成一片") for each in (founder, tutor, officer))
    tutor.open(url).send("/judge-tutor/", **{"judge_tutor-result": "passed", "judge_tutor-note": "熟悉流程，服务意识强"})
    row.refresh_from_db()
    assert (row.state, founder.open(url).sees("能与科学家打成一片", "熟悉流程，服务意识强")) == ("passed", True)
    assert not founder.sees("企业的全部事实")  # what it was opened for is over


def certified(founder: Person, officer: Person, row: Practicum) -> Credential:
    """④ credential issued: numbered, in Chinese, verified by anybody by its number; the name only when its holder wants it."""
    officer.open(f"/schemes/practicums/{row.pk}/").send("/certify/")
    found = Credential.objects.get(practicum=row)
    anybody = Visitor()
    anybody.open(f"/schemes/credentials/?number={found.number.lower()}")
    assert (anybody.sees("有效", found.number, "持证人未公开姓名"), anybody.sees("林舟")) == (True, False)
    founder.open(anybody.at).send("/name/")
    assert anybody.open(anybody.at).sees("林舟")
    assert founder.download(founder.link("证书（PDF）")) == papers.read(found.document)
    fact = told_of(founder.account.party.urn, facts.CredentialIssued, on=found.issued)[-1].fact
    assert (fact.serial, fact.origin, fact.expires) == (found.number, "founder", dt.date(2029, 8, 3))
    return found


def hired(operator: Person, founder: Person, row: Talent, clock: Clock) -> Placement:
    """⑤ incubator hires, tie confirmed: shown on the person's page and among the incubator's."""
    page = f"{POOL}{row.pk}/"
    assert operator.get(page).status_code == 404  # what was opened in April has run out
    founder.open(page).send("/share/", **{"share-house": "北京启明芯孵化器有限公司"})
    operator.open(page).send("/hire/", **{"hire-post": "项目总监", "hire-since": "2026-08-03"})
    found = Placement.objects.get(talent=row)
    founder.open(f"/schemes/placements/{found.pk}/").send(r"/ties/\d+/confirm/$")
    follow(clock)
    found.refresh_from_db()
    assert (found.state, found.recheck, found.tie.state) == ("employed", dt.date(2027, 8, 3), "confirmed")
    assert founder.open(f"{POOL}{row.pk}/").sees("北京启明芯孵化器有限公司 · 项目总监", "在岗")
    assert operator.open("/schemes/placements/").sees("林舟", "项目总监", found.credential.number)
    return found


def nominated(founder: Person, credential: Credential, clock: Clock) -> Application:
    """⑥ nominated, file prefilled: origin, credential, placement and ventures founded come from facts and ties."""
    call = published("programme_nomination", "2026 年高聚工程推荐", clock)
    row = applied(founder, call, "林舟：高聚工程", ("letter",), programme="gaoju", works="孵化两家量子企业", nominator="启明芯孵化器",
                  agreed="yes")
    said = row.values
    assert (said["origin"], said["credential"], said["placements"], said["founded"]) == ("founder", credential.number, "1", "1")
    assert {"name", "origin", "credential", "placements", "founded"} <= set(row.known)
    return row


def rechecked(operator: Person, founder: Person, officer: Person, row: Placement, clock: Clock) -> None:
    """⑦ month 12 recheck: the clock asks the employer; the tie and both words make it count, among the facts behind I2."""
    url = f"/schemes/placements/{row.pk}/"
    clock.to("2027-08-04")
    clocks.tick(at=clock())
    assert Notice.objects.filter(about=row.urn, to=row.house, office="operator", settled_at=None).exists()
    operator.open(url).send("/recheck/", **{"recheck-still": "yes"})
    row.refresh_from_db()
    assert row.state == "employed"
    founder.open(url).send("/recheck/", **{"recheck-still": "yes"})
    row.refresh_from_db()
    assert (row.state, row.because, officer.open(url).sees("满 12 个月仍在岗", "双方确认")) == ("kept", "confirmed", True)
    follow(clock)
    officer.open(f"{POOL}figures/").follow("连续创业者 满 12 个月仍在岗")
    told = told_of(founder.account.party.urn, facts.EmploymentRechecked, on=dt.date(2027, 8, 4))[-1]
    assert officer.follow(told.digest[:12]).sees("满 12 个月在岗核实", "是否在岗")


def test_m14_a_serial_founder_becomes_incubation_staff_and_is_still_there(
    cast: dict[str, Account], someone: Any, firm: Any, tutor: Person, clock: Clock,
) -> None:
    officer, operator, founder = (someone(name) for name in ("city_officer", "operator", "founder"))
    experts = [Person(firm(f"北京第{number}研究院", "university", "expert")[1]) for number in "一二三"]
    venture = Person(firm("北京量芯科技有限公司", "venture")[1])
    rival = firm("北京对标科技有限公司", "venture")[0]
    ties.attest(kind="rival", source=house("venture"), target=rival, by=OFFICER, at=clock())
    application = applied(founder, published("talent_course", "2026 年孵化人才实训", clock), "林舟", ("record", "consent"), **COURSE)
    awarded(officer, experts, application, clock)
    row = joined(founder, operator, venture)
    practicum = assigned(operator, officer, row, rival, venture, tutor, clock)
    read_and_withdrawn(founder, venture, practicum)
    judged(founder, venture, tutor, officer, practicum, clock)
    credential = certified(founder, officer, practicum)
    placement = hired(operator, founder, row, clock)
    nominated(founder, credential, clock)
    rechecked(operator, founder, officer, placement, clock)

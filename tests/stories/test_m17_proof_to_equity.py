"""M17 Concept-verification fund: two sibling projects, one proven, made a company and converted, one that fails without fault."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.capital.queries import position
from fuhua.evidence.actions import papers
from fuhua.evidence.models import Fact
from fuhua.journey.models import Stay
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.parties.models import Account, Party
from fuhua.schemes.actions import calls
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Agreement, Application, Barred, Call, Review
from stories.exchanging import Clock, Person, clock_at

SPONSOR, FUND, NEWCO = "北京未来芯孵化器", "北京概念验证基金", "北京芯验科技有限公司"
PROTOCOL, STOP = "在 10 mK 下测量百个样品，成品率不低于 80% 为合格", "成品率低于 50% 即终止"
HOLDERS = "周研 700000\n北京第一研究院 300000"


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7\n" + name.encode(), content_type="application/pdf")


def text_of(digest: str) -> str:
    """The words of a kept PDF, without the breaks of its lines."""
    paper = pypdfium2.PdfDocument(papers.read(digest))
    return re.sub(r"\s", "", "".join(each.get_textpage().get_text_bounded() for each in paper))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is 2 March 2026."""
    return clock_at(monkeypatch, "2026-03-02")


@pytest.fixture
def someone(cast: dict[str, Account]) -> Callable[[str], Person]:
    """``someone("operator")``: that member of the cast with a browser."""
    return lambda name: Person(cast[name])


@pytest.fixture
def houses(firm: Any) -> dict[str, tuple[Party, Person]]:
    """The two projects, the sponsor with its expert, the fund, and three institutes with an expert each."""
    made = {"甲": ("低温芯片验证项目甲", "project", "founder"), "乙": ("低温芯片验证项目乙", "project", "founder"),
            "sponsor": (SPONSOR, "incubator", "expert"), "fund": (FUND, "fund", "expert"),
            **{name: (f"北京第{name}研究院", "university", "expert") for name in "一二三"}}
    found = {key: firm(*given) for key, given in made.items()}
    return {key: (house, Person(account)) for key, (house, account) in found.items()}


def published(visitor: Person, kind: str, closes: str, **more: str) -> Call:
    """Whoever runs the round writes the call and publishes it."""
    visitor.open(f"/schemes/calls/new/?kind={kind}").send("^$|/new/", title=f"2026 年{scheme_kinds()[kind].label.zh}",
                                                          opens_at="2026-03-02 09:00", closes_at=closes, **more)
    visitor.send("/publish/")
    return Call.objects.get(kind=kind, state="open")


def handed_in(visitor: Person, call: Call, party: Party, title: str, files: tuple[str, ...], **answers: str) -> Application:
    """The applicant begins, confirms what is on record, fills in, attaches and submits."""
    visitor.open(f"/schemes/calls/{call.pk}/").send("begin", applicant=str(party.pk))
    if visitor.forms("/confirm/"):
        visitor.send(visitor.forms("/confirm/")[-1])
    visitor.send("/save/", title=title, **answers)
    for code in files:
        form = next(form for form in visitor.forms("/attach/") if form.values["attach-code"] == code)
        visitor.send(form, **{"attach-file": paper(f"{title} {code}")})
    row = Application.objects.get(call=call, title=title)
    visitor.client.post(f"/schemes/applications/{row.pk}/submit/", visitor.forms("/save/")[0].values)
    row.refresh_from_db()
    assert row.state == "submitted", " ".join(visitor.open(f"/schemes/applications/{row.pk}/").page.words)
    return row


def judged(visitor: Person, call: Call, rows: list[Application], experts: list[Person]) -> None:
    """Each application is let through, the panel drawn from the experts, and every review handed in."""
    for row in rows:
        visitor.open(f"/schemes/applications/{row.pk}/").send("/pass/")
    for number, each in enumerate(experts):
        senior = {"seat-senior": "on"} if number < 3 else {}
        visitor.open(f"/schemes/calls/{call.pk}/panel/").send("/seat/", **{
            "seat-person": each.account.party_id, "seat-most": "5", **senior})
    visitor.open(f"/schemes/calls/{call.pk}/panel/").send("/draw/")
    by_person = {each.account.party_id: each for each in experts}
    reviews = list(Review.objects.filter(application__call=call).select_related("seat"))
    assert len(reviews) == 3 * len(rows), visitor.html
    marks = {f"score-{line.code}": line.most - 5 for line in scheme_kinds()[call.kind].rubric}
    for review in reviews:
        by_person[review.seat.person_id].open(f"/schemes/reviews/{review.pk}/").send("/score/", **marks, **{"score-comment": "方案可行"})


def awarded(visitor: Person, call: Call, rows: list[Application], clock: Clock, day: str, **money: str) -> None:
    """Both are decided, announced and, after the notice, awarded."""
    for row in rows:
        visitor.open(f"/schemes/applications/{row.pk}/decision/").send("/decide/", **{
            "decide-result": "award", "decide-why": "三位专家一致推荐", **money})
    visitor.open(f"/schemes/calls/{call.pk}/ranking/").send("/announce/")
    clock.to(day)
    visitor.open(f"/schemes/calls/{call.pk}/ranking/").send("/conclude/")
    assert {each.state for each in Application.objects.filter(pk__in=[row.pk for row in rows])} == {"awarded"}


def applied(officer: Person, houses: dict[str, tuple[Party, Person]], clock: Clock) -> list[Application]:
    """Both siblings apply, one with a sponsor, whose own expert never reads it; both are awarded."""
    call = published(officer, "proof_of_concept", "2026-03-30 17:00", budget="1000万元")
    answers = {"field": "quantum", "result": "低温控制芯片", "owned": "yes", "hypothesis": "芯片在 10 mK 下仍可工作",
               "protocol": PROTOCOL, "stop": STOP, "months": "9", "cost": "300万元", "converts": "yes"}
    rows = []
    for key in "甲乙":
        sponsor = {"sponsor": houses["sponsor"][0].urn} if key == "甲" else {}
        rows.append(handed_in(houses[key][1], call, houses[key][0], f"低温芯片{key}", ("protocol", "ownership"), **answers, **sponsor))
    clock.to("2026-04-01")
    calls.close_due(at=clock())
    judged(officer, call, rows, [houses[key][1] for key in ("一", "二", "三", "sponsor")])
    insider = houses["sponsor"][1].account.party
    barred = Barred.objects.get(application=rows[0], person=insider)
    assert (barred.why, rows[0].reviews.filter(seat__person=insider).exists()) == ("employment", False)
    assert not Barred.objects.filter(application=rows[1], person=insider).exists()
    awarded(officer, call, rows, clock, "2026-04-20", **{"decide-city": "300万元"})
    return rows


def agreed(officer: Person, team: Person, row: Application, people: dict[str, Account], holder: Party) -> Agreement:
    """① agreement states formula: and the protocol and the criterion to stop, word for word, and the changes it allows."""
    officer.open("/schemes/agreements/").follow(row.title)
    assert officer.sees(PROTOCOL, STOP)
    officer.send(rf"/new/{row.pk}/$|^$", starts="2026-05-01", ends="2028-04-30", steward=people["steward"].party_id,
                 verifier=people["expert"].party_id, basis="appraised", holder=holder.pk, discount="20", cap="1500万元", state="on",
                 pivots=["route", "material"], **{"m1-due": "2026-12-31", "m1-weight": "60", "m2-due": "2027-06-30", "m2-weight": "40"})
    task = Agreement.objects.get(application=row)
    assert [(each.role, each.title) for each in task.milestones.order_by("number")] == [
        ("test", "验证结论"), ("company", "成果转化公司设立")]
    for each in (team, officer):
        press(each, task, "sign", agreed="on")
    said = text_of(task.document)
    for words in ("评估备案价", "折扣：20%", "估值上限：15,000,000.00元", FUND, "国有资本", PROTOCOL, STOP, "技术路线、材料或器件"):
        assert words.replace(" ", "") in said, words
    task.refresh_from_db()
    assert task.state == "signed"
    return task


def press(visitor: Person, task: Agreement, verb: str, number: int = 0, **changed: Any) -> Person:
    """Send the form of a verb on the agreement's page; of a milestone's, that of milestone ``number``."""
    said = {f"{verb.replace('-', '_')}-{name}": value for name, value in changed.items()}
    visitor.open(f"/schemes/agreements/{task.pk}/")
    item = str(task.milestones.get(number=number).pk) if number else None
    form = next(each for each in visitor.forms(rf"/{verb}/$") if item in (None, each.values.get(f"{verb.replace('-', '_')}-item")))
    visitor.send(form, **said)
    return visitor


def paid(officer: Person, task: Agreement, number: int, amount: int, day: str) -> None:
    """② tranche 1 paid, and later the others: the payer records the bank's reference."""
    press(officer, task, "pay", reference=f"SZ-{task.pk}-{number}", paid_on=day)
    one = task.tranches.get(number=number)
    assert (one.state, one.owed) == ("paid", amount)


def pivoted(officer: Person, team: Person, task: Agreement) -> None:
    """③ pivot request approved: one that the agreement allows, answered by a numbered paper."""
    goal = task.milestones.get(role="test")
    press(team, task, "change", sort="pivot", pivot="partner", milestone=str(goal.pk), title="换平台", text="换测试平台")
    assert (team.status, task.changes.exists()) == (422, False)  # the agreement allows another route or material, no other partner
    press(team, task, "change", sort="pivot", pivot="material", milestone=str(goal.pk), title="钽膜芯片验证结论", text="改用钽膜")
    press(officer, task, "decide", approve="yes", answer="同意，验证方案不变")
    goal.refresh_from_db()
    assert (goal.title, goal.state, officer.sees("方向调整 · 材料或器件", "已同意")) == ("钽膜芯片验证结论", "due", True)


def verified(team: Person, verifier: Person, task: Agreement) -> None:
    """④ test passes: the verifier judges by the protocol that both signed."""
    press(team, task, "claim", 1, reached="1", file_0=paper("测试报告"))
    assert verifier.open(f"/schemes/agreements/{task.pk}/").sees(PROTOCOL, STOP)
    press(verifier, task, "test", 1, result="passed", note="百个样品成品率 86%")
    told = Fact.objects.get(kind="schemes.proof_concluded", subject=task.party.urn)
    assert '"result":"proven"' in told.body


def founded(officer: Person, team: Person, founder: Person, verifier: Person, task: Agreement) -> Party:
    """⑤ NewCo registers: it is tied to the project by both, named in the agreement, and judged by its licence."""
    officer.open("/organisations/new/").send("^$|/new/", sort="venture", name=NEWCO, district="110108")
    newco = Party.objects.get(name=NEWCO)
    officer.press(f"/people/{founder.account.party.urn}/", "/offices/$", organisation=NEWCO, office="founder")
    page = f"/organisations/{newco.urn}/"
    assert team.open(f"/schemes/agreements/{task.pk}/").sees("登记承接企业")
    team.press(page, "/ties/$", side=str(task.party_id), what="spun_out:in")
    founder.press(page, "/confirm/$")
    press(team, task, "pass-on", venture=str(newco.pk))
    assert team.sees(f"承接企业 {NEWCO}")
    press(founder, task, "claim", 2, reached="1", file_0=paper("营业执照"))
    press(verifier, task, "judge", 2, result="passed", reached="1")
    task.refresh_from_db()
    assert task.venture == newco
    return newco


def converted(officer: Person, founder: Person, task: Agreement, holder: Party) -> None:
    """⑥ preview then record conversion: cap tables in exact fractions, and state capital needs the appraisal on record."""
    officer.open(f"/schemes/agreements/{task.pk}/").follow("测算与登记")
    officer.send("/conversion/$", pre_money="2000万元", raised="", holders=HOLDERS)
    assert officer.sees(NEWCO, FUND, "15,000,000.00 元", "7/10", "7/12", "3/10", "1/4", "1/6")
    officer.send("/convert/$", **{"convert-appraised": ""})
    assert (officer.status, officer.sees("国务院国资委令第12号")) == (422, True)
    officer.send("/convert/$", **{"convert-appraised": "2000万元", "convert-filing": "京国资备2027-018", "convert-file": paper("评估备案")})
    made = Agreement.objects.get(pk=task.pk).conversion
    assert (made.numerator, made.denominator, made.amount, made.venture.name) == ("1", "6", 300_000_000, NEWCO)
    assert founder.open(f"/schemes/agreements/{task.pk}/").sees(f"{FUND} 持 1/6")
    for words in ("京国资备2027-018", "7/10（70%）→7/12（58.3333%）"):
        assert words in text_of(made.document)
    held = position(holder.urn, period.day(made.at))
    assert (held.deployed, [(each.venture, each.share) for each in held.stakes]) == (300_000_000, [(made.venture.urn, Fraction(1, 6))])


def admitted(operator: Person, officer: Person, founder: Person, task: Agreement, experts: list[Person], clock: Clock) -> None:
    """⑦ partner incubator admits: by its own call, with the proven concept filled in as a fact, and the stay begun by its operator."""
    call = published(operator, "incubator_admission", "2027-08-10 17:00")
    founder.open(f"/schemes/agreements/{task.pk}/").follow(call.title)
    row = handed_in(founder, call, task.venture, "低温芯片入孵", ("plan",), enters="2027-09-01", trade="integrated_circuits", sme="yes",
                    works="yes", project="低温控制芯片", needs="超净间与两个工位")
    assert (row.known["proven"]["value"], row.known["proven"]["says"]) == (True, "confirmed")
    clock.to("2027-08-11")
    calls.close_due(at=clock())
    assert operator.open(f"/schemes/calls/{call.pk}/").sees("概念验证通过，优先")
    assert officer.get(f"/schemes/applications/{row.pk}/").status_code == 404
    judged(operator, call, [row], experts)
    awarded(operator, call, [row], clock, "2027-08-20")
    clock.to("2027-09-01")
    operator.press("/stays/admissions/", "/begin/$", **{f"in{row.pk}-stay": "physical", f"in{row.pk}-on": "2027-09-01"})
    stay = Stay.objects.get(venture=task.venture.urn)
    assert (stay.host, stay.began, operator.sees("实体入驻")) == (ORGANISATIONS["incubator"].urn, dt.date(2027, 9, 1), True)


def closed(officer: Person, team: Person, verifier: Person, task: Agreement) -> None:
    """⑧ failed sibling closes without clawback: as it was agreed, with what was known frozen, and a lesson on record."""
    press(team, task, "claim", 1, reached="0", file_0=paper("乙测试报告"))
    press(verifier, task, "test", 1, result="failed", stop="on", lesson="performance", note="百个样品成品率 31%，低于约定的 50%")
    task.refresh_from_db()
    assert (task.state, task.because, verifier.sees("验证不成立（尽职免责）")) == ("ended", "disproved", True)
    press(officer, task, "recover", amount="90万元", because="failed")
    assert (officer.status, officer.sees("不追回资金")) == (422, True)
    assert [(each.state, each.returned) for each in task.tranches.order_by("number")] == [("paid", 0), ("withheld", 0), ("withheld", 0)]
    team.open(f"/schemes/agreements/{task.pk}/")
    care = {each.about: each.document for each in task.papers.filter(sort="care")}
    assert list(care) == ["milestone 1 failed", "ended disproved"]
    known = json.loads(team.download(team.link(to=care["ended disproved"])))
    assert (known["agreement"]["terms"]["said"]["stop"], known["milestones"][0]["note"][:2]) == (STOP, "百个")
    assert care["ended disproved"] in Fact.objects.get(kind="schemes.task_ended", subject=task.urn).body
    assert '"lesson":"performance"' in Fact.objects.get(kind="schemes.proof_concluded", subject=task.party.urn).body
    assert papers.read(care["milestone 1 failed"])


def test_m17_from_the_formula_to_a_share_and_an_honest_failure(
    cast: dict[str, Account], someone: Any, houses: dict[str, tuple[Party, Person]], clock: Clock,
) -> None:
    officer, operator, founder, verifier = (someone(name) for name in ("city_officer", "operator", "founder", "expert"))
    (_one, team), (_other, sibling), (fund, _manager) = (houses[key] for key in ("甲", "乙", "fund"))
    rows = applied(officer, houses, clock)
    task, other = (agreed(officer, each, row, cast, fund) for each, row in zip((team, sibling), rows, strict=True))
    for each in (task, other):
        paid(officer, each, 1, 90_000_000, "2026-04-20")
    pivoted(officer, team, task)
    clock.to("2026-12-20")
    verified(team, verifier, task)
    paid(officer, task, 2, 126_000_000, "2026-12-20")
    clock.to("2027-03-01")
    founded(officer, team, founder, verifier, task)
    paid(officer, task, 3, 84_000_000, "2027-03-01")
    clock.to("2027-07-01")
    converted(officer, founder, task, fund)
    task.refresh_from_db()
    admitted(operator, officer, founder, task, [houses[key][1] for key in "一二三"], clock)
    closed(officer, sibling, verifier, other)

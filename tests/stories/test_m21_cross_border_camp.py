"""M21 Cross-border camp: from an application in English to a landing that is counted once, six months on."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.desk.actions import clocks, notices
from fuhua.desk.models import Ask, Clock, Notice
from fuhua.evidence.actions import reactions, sequence
from fuhua.evidence.models import Fact
from fuhua.journey.actions import case_clock
from fuhua.journey.models import LandingCase, Passport
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.plan.models import Edition
from fuhua.schemes.actions import calls
from fuhua.schemes.models import Application, Call, Review
from stories import exchanging
from stories.exchanging import Clock as Time
from stories.exchanging import Person, clock_at
from stories.newcomer_papers import code
from stories.visitor import Form

PITCH = {"overseas": "yes", "country": "DE", "field": "quantum", "pitch": "Cryogenic sensors for quantum computers",
         "team": "Two physicists and an engineer", "arrives": "2026-05-01", "needs": "Entity, permit, a laboratory with helium"}
MARKS = {"technology": 27, "team": 22, "market": 20, "landing": 16}
PROJECT, ENTITY = "Cryo Sensors", "北京冷感量子科技有限公司"
ANNA = "Anna Müller"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
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


@pytest.fixture
def edition(clock: Time) -> Edition:
    """A plan in force with a target for landings from abroad."""
    row = Edition.objects.create(urn="urn:fuhua:edition:next", slug="next", programme="beijing", source_digest="0" * 64, title="下一版方案",
                                 start=period.day(clock()), end=period.add_months(period.day(clock()), 36), status="published",
                                 imported_at=clock(), published_at=clock())
    measure = row.measures.create(urn="urn:fuhua:measure:next-21", no=21, title="跨境创业营")
    row.targets.create(measure=measure, urn="urn:fuhua:target:next-21", metric="I7", op=">=", value=400, unit="个", indicator="I7",
                       definition="active")
    return row


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", exchanging.PDF + name.encode(), content_type="application/pdf")


def follow(clock: Time) -> None:
    """The house is kept: facts are numbered, reactions follow."""
    sequence.catch_up(at=clock())
    reactions.follow(at=clock())


def figure(visitor: Person, edition: Edition, clock: Time) -> str:
    """What the page of I7 counts today."""
    sequence.catch_up(at=clock())
    visitor.open(f"/plans/{edition.slug}/indicators/I7/")
    return re.search(r'<span class="big">(.*?)</span>', visitor.html).group(1)


def asks_for(visitor: Person, field: str) -> Form:
    """The form of the page that asks for that field."""
    return next(form for form in visitor.page.forms if field in form.values)


def house(key: str) -> Party:
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def invited(officer: Person, clock: Time) -> Person:
    """An officer enters a founder abroad and her project, without any credit code, and opens her an account with a one-time password."""
    officer.press("/organisations/new/", "/new/$", sort="project", name=PROJECT)
    person = entered(officer, ANNA)
    officer.press(f"/people/{person.urn}/", "/offices/$", organisation=PROJECT, office="founder")
    officer.press(f"/people/{person.urn}/", "/account/$", username="anna.mueller")
    password = re.findall(r'<code[^>]*>([^<]+)</code>', officer.html)[-1]
    anna = Person(Account.objects.get(username="anna.mueller"))
    anna.client.post("/language/", {"language": "en", "next": "/"})
    anna.open("/")
    assert anna.sees("this was a one-time password")
    own = "a password of Anna's own"
    anna.send(asks_for(anna, "oldpassword"), oldpassword=password, password1=own, password2=own)
    anna.account.refresh_from_db()
    assert anna.account.password_until is None
    return anna


def entered(officer: Person, name: str) -> Party:
    """A person on the register, without an office."""
    officer.press("/people/new/", "/new/$", name=name)
    return Party.objects.get(name=name)


def published(officer: Person, clock: Time) -> Call:
    """The city publishes a call for the camp, open for four weeks."""
    officer.open("/schemes/calls/new/?kind=cross_border_camp")
    officer.send(asks_for(officer, "closes_at"), title="2026 跨境创业营 Cross-border Camp 2026", opens_at="2026-03-02T12:00",
                  closes_at="2026-03-30T17:00", places="10")
    row = Call.objects.get(kind="cross_border_camp")
    officer.press(f"/schemes/calls/{row.pk}/", "/publish/$")
    row.refresh_from_db()
    assert (row.state, officer.sees("截止后 15 个工作日内")) == ("open", True)
    return row


def applied(anna: Person, officer: Person, call: Call, applicant: Party, title: str) -> Application:
    """① apply in English: the form, its errors and what is lacking are in English; the country is an ISO code."""
    anna.open(f"/schemes/calls/{call.pk}/").send("begin", **{"applicant": str(applicant.pk)})
    assert anna.sees("Hand in", "Still lacking:", "country or region it comes from")
    assert not re.search("[\u4e00-\u9fff]", " ".join(anna.page.words).split("Still lacking:")[1].split("It closes at")[0])
    anna.send("save", **PITCH | {"country": "Atlantis", "arrives": "soon"}, title=title)
    assert (anna.status, anna.sees("“Atlantis” is not one of:", "Afghanistan")) == (422, True)
    anna.open(f"/schemes/applications/{Application.objects.get(applicant=applicant).pk}/").send("save", **PITCH, title=title)
    for each in ("deck", "origin"):
        form = next(form for form in anna.forms("attach") if form.values["attach-code"] == each)
        anna.send(form, **{"attach-file": pdf(f"{title} {each}")})
    row = Application.objects.get(call=call, applicant=applicant)
    anna.client.post(f"/schemes/applications/{row.pk}/submit/", anna.forms("save")[0].values)
    row.refresh_from_db()
    assert (row.state, row.values["country"], anna.open(f"/schemes/applications/{row.pk}/").sees("Germany")) == ("submitted", "DE", True)
    return row


def mended(anna: Person, officer: Person, row: Application) -> None:
    """① the gaps: told in the officer's words, listed and printed in English, and mended."""
    officer.press(f"/schemes/applications/{row.pk}/", "/gaps/$", **{"gaps-gap_deck": "Please add the cap table"})
    assert Notice.objects.filter(about=row.urn, kind="turn", to=row.applicant, title=row.call.title).exists()
    page = anna.open(f"/schemes/applications/{row.pk}/")
    assert page.sees("Gaps, told once", "pitch deck", "Please add the cap table")
    with closing(pypdfium2.PdfDocument(anna.download(page.link("Notice (PDF)")))) as paper:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert all(each in text for each in ("Notice of gaps", "pitch deck", PROJECT, "there will be no second list"))
    form = next(form for form in anna.forms("attach") if form.values["attach-code"] == "deck")
    anna.send(form, **{"attach-file": pdf("cap table")}).send("/mend/")
    row.refresh_from_db()
    assert row.state == "submitted"


def selected(officer: Person, experts: list[Person], call: Call, clock: Time) -> None:
    """② panel selects, and decides within 15 working days from close: warned of before, and its clock stops with the decision."""
    clock.to("2026-03-31")
    calls.close_due(at=clock())
    timer = Clock.objects.get(about=call.urn, name="decide")
    assert timer.due == period.add_working_days(period.day(call.closes_at), 15)
    rows = list(Application.objects.filter(call=call).order_by("pk"))
    for row in rows:
        officer.press(f"/schemes/applications/{row.pk}/", "/pass/$")
    panel = f"/schemes/calls/{call.pk}/panel/"
    for number, each in enumerate(experts):
        senior = {"seat-senior": "on"} if number == 0 else {}
        officer.press(panel, "/seat/", **{"seat-person": each.account.party_id, "seat-most": "5", **senior})
    officer.press(panel, "/draw/")
    for review in Review.objects.filter(application__call=call).select_related("seat"):
        expert = next(each for each in experts if each.account.party_id == review.seat.person_id)
        expert.press(f"/schemes/reviews/{review.pk}/", "/score/", **{
            "score-comment": "Strong team", **{f"score-{name}": mark for name, mark in MARKS.items()}})
    clock.to("2026-04-16")
    clocks.tick(at=clock())
    assert Notice.objects.filter(clock=timer, kind="before_3", office="city_officer").exists()
    for row in rows:
        officer.press(f"/schemes/applications/{row.pk}/decision/", "/decide/", **{
            "decide-result": "award", "decide-city": "0", "decide-district": "0", "decide-why": "三位专家一致推荐"})
    timer.refresh_from_db()
    assert (timer.stopped_at is not None, period.day(timer.stopped_at) <= timer.due) == (True, True)


def set_up(officer: Person, call: Call) -> None:
    """The officer says who hosts the camp, and who is asked for each step of landing; the permit stays with the issuer."""
    desks = {"registration": "haidian", "bank_account": "finance", "space": "incubator", "first_scenario": "park"}
    officer.open("/landings/").follow("Cross-border Camp 2026")
    officer.send("/set-up/$", **{
        "set_up-host": house("incubator").name, **{f"set_up-{step}": house(key).name for step, key in desks.items()}})
    assert officer.sees("承办方：北京启明芯孵化器有限公司"), officer.html


def concluded(officer: Person, call: Call, clock: Time) -> LandingCase:
    """After the public notice the awards are final, and one case is opened for the project and its founder."""
    ranking = f"/schemes/calls/{call.pk}/ranking/"
    officer.press(ranking, "/announce/")
    clock.to("2026-04-29")
    officer.press(ranking, "/conclude/")
    follow(clock)
    return LandingCase.objects.get()


def sessions(operator: Person, anna: Person, case: LandingCase, call: Call, clock: Time) -> None:
    """③ camp sessions: an agenda in the reader's language; host and project confirm who came; then the camp is completed."""
    page = f"/camps/{call.pk}/"
    for title, english, day in (("公司设立与签证", "Companies and visas", "11"), ("场景对接", "Meeting first customers", "12")):
        operator.press(page, "/add/$", **{"add-title": title, "add-english": english, "add-starts": f"2026-05-{day}T09:30",
                                          "add-place": "启明芯一层"})
    assert anna.open(page).sees("Companies and visas", "Meeting first customers", "启明芯一层")
    assert anna.forms("attend") == []
    clock.to("2026-05-12")
    for visitor, side in ((anna, "project"), (operator, "host")):
        while visitor.open(page).forms(f"attend-{side}"):
            visitor.send(f"/attend-{side}/$")
    assert anna.open(page).sees("attended", "2/2")
    assert operator.open(page).forms("/complete/")
    operator.send("/complete/$")
    case.refresh_from_db()
    assert (case.completed_at, Fact.objects.filter(kind="journey.camp_completed", subject=case.urn).count()) == (clock(), 1)


def asked(case: LandingCase, anna: Person, operator: Person) -> None:
    """④ checklist asks auto-opened, on the first day, each on its desk with its clock, and the page shows whose and how long."""
    assert (case.person.name, case.project.name, case.state) == (ANNA, PROJECT, "open")
    rows = {each.kind: each for each in Ask.objects.filter(about=case.urn)}
    assert {step: each.asked for step, each in rows.items()} == {
        "registration": house("haidian"), "bank_account": house("finance"), "permit": house("city"), "space": house("incubator"),
        "first_scenario": house("park")}
    assert {(period.day(each.asked_at), each.asker, each.asker_for, each.clock.stopped_at) for each in rows.values()} == {
        (period.day(case.opened_at), case.person, case.project, None)}
    assert anna.open(f"/landings/{case.pk}/").sees("Landing checklist", "work permit and visa", "北京市财政局", "lapses without an entity")
    assert operator.open("/landings/").sees(PROJECT, "0/5 已办结")
    assert anna.open(f"/desk/asks/{rows['permit'].pk}/").sees("work permit and visa: Cryo Sensors")


def overdue(case: LandingCase, officer: Person, coordinator: Person, clock: Time) -> None:
    """⑤ permit overdue escalates: to the lead after two working days, to the coordinator after five."""
    ask = Ask.objects.get(about=case.urn, kind="permit")
    notices.name_lead(organisation=ask.asked_id, person=Party.objects.get(urn=PLAYERS["expert"].urn).pk)
    officer.press(f"/desk/asks/{ask.pk}/", "/own/$")
    clock.to(period.add_working_days(ask.promised, 2).isoformat())
    clocks.tick(at=clock())
    climbed = Notice.objects.filter(clock__about=ask.urn, clock__name="answer")
    assert set(climbed.values_list("kind", flat=True)) == {"breach", "lead"}
    clock.to(period.add_working_days(ask.promised, 5).isoformat())
    clocks.tick(at=clock())
    assert climbed.get(kind="coordinator").office == "coordinator"
    assert coordinator.open("/notices/").sees("工作许可与签证：Cryo Sensors")
    assert coordinator.open("/landings/").sees("工作许可与签证：Cryo Sensors", "陈晓岚")
    assert coordinator.open(f"/landings/{case.pk}/").sees("逾期 5 个工作日")


def passport(case: LandingCase, anna: Person, officer: Person, steward: Person) -> None:
    """Passport data is held by the case owner only, every opening is logged, and it is erased after filing."""
    page = f"/landings/{case.pk}/"
    officer.press(page, "/own/$", **{"own-owner": str(steward.account.party_id)})
    anna.press(page, "/passport/$", **{"passport-name": "MUELLER ANNA", "passport-number": "C01X00T47", "passport-country": "DE",
                                       "passport-expires": "2031-06-30"})
    held = Passport.objects.get(case=case)
    assert ("C01X00T47" in held.locked, "C01X00T47" in anna.html) == (False, False)
    assert [each.post(f"{page}passport/open/").status_code for each in (officer, anna)] == [403, 403]
    assert steward.press(page, "/passport/open/$").sees("C01X00T47", "德国", "MUELLER ANNA")
    assert Fact.objects.filter(kind="journey.passport_opened", subject=case.urn).count() == 1
    assert anna.open(page).sees("Who opened it", "孙洁")
    steward.press(page, "/erase/$", **{"erase-reason": "filed"})
    held.refresh_from_db()
    assert (held.locked, held.erased_at is not None, steward.forms("/passport/open/$")) == ("", True, [])
    assert Fact.objects.filter(kind="journey.passport_erased", subject=case.urn).count() == 1


def landed(case: LandingCase, officer: Person, steward: Person, clock: Time) -> None:
    """⑥ entity confirmed: “landed, provisional” — once it is on the register and its tie with the founder is confirmed."""
    clock.to("2026-08-10")
    page = f"/landings/{case.pk}/"
    said = {"land-entity": ENTITY, "land-host": house("incubator").name, "land-on": "2026-08-10"}
    officer.press("/organisations/new/", "/new/$", sort="venture", name=ENTITY, code=code(77), district="110108")
    assert steward.press(page, "/land/$", **said).sees("没有已确认的关系")
    officer.press(f"/people/{case.person.urn}/", "/offices/$", organisation=ENTITY, office="founder")
    assert steward.press(page, "/land/$", **said).sees("已落地（暂定）", ENTITY)
    case.refresh_from_db()
    assert (case.state, case.entity.name, Clock.objects.get(about=case.urn, name="activity").due.isoformat()) == (
        "provisional", ENTITY, "2027-02-10")


def active(case: LandingCase, anna: Person, operator: Person, clock: Time) -> None:
    """⑦ month 6 activity: the founder shows it by a paper, the host confirms."""
    page = f"/landings/{case.pk}/"
    clock.to("2027-02-09")
    assert anna.open(page).forms("/show/$") == []
    clock.to("2027-02-10")
    case_clock.watch(at=clock())
    anna.press(page, "/show/$", **{"show-evidence": "payroll", "show-file": pdf("payroll")})
    operator.press(page, "/confirm/$")
    case.refresh_from_db()
    assert (case.state, anna.open(page).sees("landed and active", "confirmed by the host")) == ("active", True)
    assert Clock.objects.get(about=case.urn, name="activity", stopped_at=None).due.isoformat() == "2027-08-10"


def never_twice(case: LandingCase, officer: Person, edition: Edition, clock: Time) -> None:
    """⑧ person and project never double count: a second case is refused with a pointer, and two records that are merged count once."""
    second = Application.objects.get(applicant=case.person)
    assert Notice.objects.filter(about=second.urn, office="city_officer", url=f"/landings/{case.pk}/").exists()
    for field, name in (("person", ANNA), ("project", PROJECT)):
        officer.post("/evidence/tell/journey.landed/", grade="2", **{field: name}, district="110108", true_from="2026-09-01")
        assert Fact.objects.filter(kind="journey.landed").count() == 1
    again = entered(officer, "Anna Mueller")
    for kind, told in (("landed", {"person": again.urn, "entity": ENTITY, "district": "110108", "true_from": "2026-08-10"}),
                       ("landing_active", {"subject": again.name, "month": "6", "true_from": "2027-02-10"})):
        assert officer.post(f"/evidence/tell/journey.{kind}/", grade="2", **told).status_code == 302
    officer.press(f"/people/{again.urn}/", "/merge/$", into=case.person.urn)
    follow(clock)
    assert figure(officer, edition, clock) == "1"
    assert Fact.objects.filter(kind="evidence.voided").count() == 1


def test_m21_from_an_application_in_english_to_a_landing_that_counts_once(
    cast: dict[str, Account], someone: Any, experts: list[Person], edition: Edition, clock: Time,
) -> None:
    names = ("city_officer", "operator", "steward", "coordinator")
    officer, operator, steward, coordinator = (someone(name) for name in names)
    anna = invited(officer, clock)
    call = published(officer, clock)
    clock.to("2026-03-24")
    project = applied(anna, officer, call, Party.objects.get(name=PROJECT), "Cryo sensors in Beijing")
    applied(anna, officer, call, anna.account.party, "Anna herself")
    mended(anna, officer, project)
    selected(officer, experts, call, clock)
    set_up(officer, call)
    case = concluded(officer, call, clock)
    asked(case, anna, operator)
    sessions(operator, anna, case, call, clock)
    overdue(case, officer, coordinator, clock)
    passport(case, anna, officer, steward)
    landed(case, officer, steward, clock)
    assert figure(officer, edition, clock) == "0"
    active(case, anna, operator, clock)
    assert figure(officer, edition, clock) == "1"
    never_twice(case, officer, edition, clock)

"""Rounds of the demo: one walked to its second milestone, one under review, one open to objections, and calls that are open."""

from __future__ import annotations

import datetime as dt
import heapq
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from fuhua.config.demo import papers
from fuhua.evidence.actions import documents
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.questions import Question
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import (
    agreements,
    applications,
    calls,
    changes,
    decisions,
    milestones,
    panels,
    recommendations,
    reviews,
    signing,
    tranches,
    writing,
)
from fuhua.schemes.actions.agreements import Planned
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Agreement, Application, Call, Review
from fuhua.schemes.queries.panels import house_of
from fuhua.schemes.queries.rounds import rubric_of

_OFFICER, _EDITION = PLAYERS["city_officer"].urn, "bj-biaogan-2022"
_WAN = 10_000_00
FIRST = dt.date(2026, 4, 2)  # what the timeline tells is sealed by then
_NAMES = ("许立言", "蒋南", "苏晚晴", "丁一帆", "韩松", "贺兰", "程越", "叶知秋")
_LETTER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

_BENCHMARK = {
    "tier": "cultivation", "field": "quantum", "registered": "是", "area": "3200", "investment": "1800万元", "hardware": "700万元",
    "staff": "18", "experienced": "9", "events": "24", "teams": "64",
    "plan": "以概念验证平台和产业资源对接为抓手，三年孵化硬科技企业 80 家。",
    "planned": "是", "budget": "2400万元"}
_UPLIFT = {
    "district": "110108", "staff": "9", "teams": "31", "mentors": "6", "weak": ["services", "capital"], "coach": "北京启明芯孵化器有限公司",
    "agreed": "是", "plan": "与辅导方共建概念验证服务，十二个月内引入早期基金一只。", "budget": "180万元"}
_SEED = {
    "field": "quantum", "registered": "是", "staff": "14", "core": "毫开温区低噪声放大芯片，源自未名前沿技术研究院的专利许可。",
    "next": "完成两家量子计算企业的样机验证，取得首个订单。", "rights": "6"}

_GOALS = (  # title, measure, at least, days until due, evidence, weight
    ("新增入驻硬科技企业 20 家", "residents", 20, 120, ("入驻协议", "名单"), 400_000),
    ("概念验证平台通过验收", "stated", 1, 180, ("验收报告",), 300_000),
    ("新增入驻硬科技企业 60 家", "residents", 60, 730, ("入驻协议", "名单"), 300_000),
)
Course = Iterator[dt.datetime]  # a round tells at which moment its next step is taken


def courses(at: dt.datetime) -> list[Course]:
    """Every round up to noon of the day before ``at``, by the verbs that people press."""
    first, at = period.noon(FIRST), period.noon(period.day(at) - dt.timedelta(days=1))
    near = Party.objects.filter(sort="incubator", merged_into=None, district__in=["110108", "110105", "110112"])
    houses = [cast_house("incubator"), *near.exclude(urn=ORGANISATIONS["incubator"].urn).order_by("pk")[:6]]
    experts = _experts(first)
    ties.attest(kind=TieKind.MENTORS, source=experts[2], target=houses[4], by=_OFFICER, at=first)
    return [_awarded(houses, experts, first, at), _announced(houses[2:6], experts, at), _reviewing(houses[3:7], experts, at), _open(at)]


@transaction.atomic
def walked(courses: Sequence[Course]) -> None:
    """Every course to its end, whichever has the earliest step next first."""
    waiting = [(next(course), place) for place, course in enumerate(courses)]
    heapq.heapify(waiting)
    while waiting:
        _moment, place = waiting[0]
        after = next(courses[place], None)
        if after is None:
            heapq.heappop(waiting)
        else:
            heapq.heapreplace(waiting, (after, place))


def cast_house(key: str) -> Party:
    """An organisation of the cast by its key."""
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def player(office: str) -> Party:
    """A person of the cast by office."""
    return Party.objects.get(urn=PLAYERS[office].urn)


def _employed(name: str, house: Party, office: str, at: dt.datetime) -> Party:
    person = people.enter(name=name, by=_OFFICER, at=at, grade=Grade.REGISTRY)
    ties.attest(kind=TieKind.EMPLOYS, source=house, target=person, office=office, by=_OFFICER, at=at)
    return person


def _experts(at: dt.datetime) -> list[Party]:
    """The cast's expert, and seven of the city's universities."""
    houses = Party.objects.filter(sort="university", merged_into=None).exclude(urn=ORGANISATIONS["institute"].urn).order_by("pk")[:7]
    return [player("expert"), *(_employed(name, house, "expert", at) for name, house in zip(_NAMES, houses, strict=False))]


def lead_of(house: Party, at: dt.datetime) -> Party:
    """Whoever writes for the house: its operator, entered when it has none; a person writes for themselves."""
    if house.sort == "person":
        return house
    found = house.ties_out.filter(kind=TieKind.EMPLOYS, office="operator", until=None).select_related("target").first()
    return found.target if found else _employed(f"{house.name[2:4]}负责人", house, "operator", at)


def published(kind: str, title: str, opens: dt.datetime, days: int, **more: Any) -> Call:
    """A call of the city, open for so many days."""
    told = calls.Told(title=title, kind=kind, opens_at=opens, closes_at=opens + dt.timedelta(days=days), edition=_EDITION, **more)
    call = calls.draft(issuer=cast_house("city"), told=told, by=_OFFICER, at=opens)
    return calls.publish(call=call, by=_OFFICER, at=opens)


def written(
    call: Call, house: Party, answers: dict[str, Any], title: str, at: dt.datetime, lead: Party | None = None,
) -> Application:
    """A draft in which what is on record is confirmed, and the rest filled in with its documents."""
    lead, kind = lead or lead_of(house, at), scheme_kinds()[call.kind]
    told: dict[str, Any] = {"by": lead.urn, "at": at}
    row = applications.begin(call=call, applicant=house, lead=lead, **told)
    for name in [name for name in row.known if name in answers and _differs(kind.ask(name), row.known[name]["value"], answers[name])]:
        writing.contest(application=row, name=name, reason="wrong_amount", written=answers[name], **told)
    row.refresh_from_db()
    writing.confirm(application=row, names=[name for name, known in row.known.items() if not known["says"]], **told)
    row.refresh_from_db()
    given = {"title": title} | {name: value for name, value in answers.items() if name not in row.known}
    writing.write(application=row, written=given, base={}, version=row.version, **told)
    for each in kind.evidence:
        if each.required:
            file = io.BytesIO(_LETTER + f"% {house.name} {each.code}".encode())
            writing.attach(application=row, code=each.code, name=f"{each.label.zh}.pdf", file=file, **told)
    return row


def _differs(ask: Question, known: Any, written: Any) -> bool:
    """Numbers on record that are far too small for an incubator of the demo are contested, as people would."""
    return ask.type == "number" and str(known) != written


def submitted(row: Application, at: dt.datetime) -> Application:
    """It is handed in by whoever leads it."""
    return applications.submit(application=row, by=row.lead.urn, at=at)


def _recommended(row: Application, matched: int, at: dt.datetime) -> None:
    district = Party.objects.filter(sort="district", district=row.applicant.district, merged_into=None).first() or cast_house("haidian")
    recommendations.recommend(application=row, district=district, matched=matched, day=period.day(at), letter=io.BytesIO(_LETTER),
                              by=PLAYERS["district_officer"].urn, at=at)


def drawn(call: Call, rows: Sequence[Application], experts: Sequence[Party], at: dt.datetime) -> None:
    """The applications are let through, the experts seated and drawn."""
    calls.close(call=call, by=_OFFICER, at=at)
    for row in rows:
        applications.pass_(application=row, by=_OFFICER, at=at)
    for place, person in enumerate(experts):
        least = 2 if person.urn == PLAYERS["expert"].urn else 0
        panels.seat(call=call, person=person, house=house_of(person), least=least, most=6, senior=place % 2 == 0, by=_OFFICER, at=at)
    panels.draw(call=call, by=_OFFICER, at=at)


def scored(call: Call, at: dt.datetime, but: Party | None = None) -> None:
    """Every review is handed in, except those of one expert; what spreads too far is read once more."""
    for turn in range(3):
        for review in Review.objects.filter(seat__call=call, state="asked").select_related("seat__person").order_by("pk"):
            if review.seat.person_id != (but.pk if but else None):
                best = 66 + (review.application_id * 11 + review.seat_id * 5 + turn) % 24
                _score(call, review, best, at)


def _score(call: Call, review: Review, points: int, at: dt.datetime) -> None:
    rubric = rubric_of(call)
    marks = {each.code: each.most * points // 100 for each in rubric}
    reviews.score(review=review, marks=marks, comment="团队和方向扎实，里程碑的衡量口径还可更具体。", by=review.seat.person.urn, at=at)


def decided(rows: Sequence[Application], awards: int, at: dt.datetime) -> None:
    """The first ``awards`` are awarded, the next is held in reserve, the others are refused."""
    for place, row in enumerate(rows):
        money = {"city": 600 * _WAN, "district": 300 * _WAN} if place < awards and hasattr(row, "recommendation") else {}
        result = "award" if place < awards else "reserve" if place == awards else "reject"
        why = ("评审均分居前，方案可行", "名额已满，列为候补", "量化目标不足，建议补充后再报")[("award", "reserve", "reject").index(result)]
        decisions.decide(application=row, result=result, why=why, person=player("city_officer").pk, by=_OFFICER, at=at, **money)


def _handed_in(call: Call, houses: Sequence[Party], answers: dict[str, Any], title: str, at: dt.datetime) -> list[Application]:
    """One application of each house, handed in three days after it was begun."""
    return [submitted(written(call, house, answers | {"district": house.district} if "district" in answers else answers,
                               f"{house.name[2:5]}{title}", at - dt.timedelta(days=3)), at) for house in houses]


def _awarded(houses: Sequence[Party], experts: Sequence[Party], opens: dt.datetime, at: dt.datetime) -> Course:
    """A finished round of benchmark incubators: the cast's incubator signed, was paid, reached one milestone and claims another."""
    yield opens
    call = published("benchmark_incubator", "2026 年第一批标杆孵化器征集", opens, 20, budget=3000 * _WAN, places=3)
    yield (now := opens + dt.timedelta(days=15))
    rows = _handed_in(call, houses[:5], _BENCHMARK, "三年建设方案", now)
    yield (now := opens + dt.timedelta(days=22))
    for row in rows:
        _recommended(row, 300 * _WAN, now)
    drawn(call, rows, experts[1:], now)
    yield (now := opens + dt.timedelta(days=30))
    scored(call, now)
    decided(rows, 2, now)
    decisions.announce(call=call, by=_OFFICER, at=now)
    yield (now := opens + dt.timedelta(days=45))
    decisions.conclude(call=call, by=_OFFICER, at=now)
    rows[0].refresh_from_db()
    task = _signed(rows[0], now)
    yield (now := at - dt.timedelta(days=45))
    _claimed(task, 1, 16, now)
    milestones.judge(milestone=task.milestones.get(number=1), result="partial", reached=16, note="入驻协议核实 16 家，余者未满一个月",
                     person=player("expert").pk, by=PLAYERS["expert"].urn, at=now)
    yield (now := at - dt.timedelta(days=39))
    tranches.pay(tranche=task.tranches.get(level="city", number=2), reference="DEMO-city-2", paid_on=period.day(now), by=_OFFICER, at=now)
    yield (now := at - dt.timedelta(days=4))
    goal, lead = task.milestones.get(number=3), task.application.lead
    after = {"due": (goal.due + dt.timedelta(days=90)).isoformat()}
    changes.ask(agreement=task, sort="extension", milestone=goal, text="园区二期延期交付", after=after, by=lead.urn, at=now)
    yield (now := at - dt.timedelta(days=2))
    _claimed(task, 2, 1, now)


def _signed(award: Application, at: dt.datetime) -> Agreement:
    """Drawn up, signed by both, and paid on signing by the city and the district."""
    first = period.day(at)
    goals = [Planned(title, measure, least, first + dt.timedelta(days=days), evidence, weight)
             for title, measure, least, days, evidence, weight in _GOALS]
    task = agreements.draw_up(application=award, starts=first, ends=first + dt.timedelta(days=1095), milestones=goals,
                              steward=player("steward"), verifier=player("expert"), by=_OFFICER, at=at)
    for side, person in (("party", award.lead), ("issuer", player("city_officer"))):
        task = signing.sign(agreement=task, side=side, person=person.pk, document=task.document, by=person.urn, at=at)
    for level, by in (("city", _OFFICER), ("district", PLAYERS["district_officer"].urn)):
        tranches.pay(tranche=task.tranches.get(level=level, number=1), reference=f"DEMO-{level}-1", paid_on=first, by=by, at=at)
    return task


def _claimed(task: Agreement, number: int, reached: int, at: dt.datetime) -> None:
    goal, lead = task.milestones.get(number=number), task.application.lead
    kept = {name: documents.keep(papers.text(name, task.party.name, period.day(at)), media_type="text/plain", by=lead.urn, at=at)
            for name in goal.evidence}
    milestones.claim(milestone=goal, reached=reached, documents=kept, by=lead.urn, at=at)


def _announced(houses: Sequence[Party], experts: Sequence[Party], at: dt.datetime) -> Course:
    """Uplift of traditional incubators: decided, and open to objections today."""
    yield (opens := at - dt.timedelta(days=60))
    call = published("traditional_uplift", "2026 年传统孵化器提升项目", opens, 21, places=2)
    yield (now := opens + dt.timedelta(days=18))
    rows = _handed_in(call, houses, _UPLIFT, "提升方案", now)
    yield (now := opens + dt.timedelta(days=24))
    drawn(call, rows, experts[1:], now)
    yield (now := opens + dt.timedelta(days=40))
    scored(call, now)
    yield at
    decided(rows, 2, at)
    decisions.announce(call=call, by=_OFFICER, at=at)


def _reviewing(houses: Sequence[Party], experts: Sequence[Party], at: dt.datetime) -> Course:
    """This autumn's benchmark round: the cast's expert has not scored yet, and no score is open before that."""
    yield (opens := at - dt.timedelta(days=45))
    call = published("benchmark_incubator", "2026 年第二批标杆孵化器征集", opens, 28, budget=4000 * _WAN, places=4)
    yield (now := opens + dt.timedelta(days=25))
    rows = _handed_in(call, houses, _BENCHMARK, "标杆建设方案", now)
    yield (now := opens + dt.timedelta(days=33))
    for row in rows:
        _recommended(row, 300 * _WAN, now)
    drawn(call, rows, experts, now)
    yield (now := opens + dt.timedelta(days=40))
    scored(call, now, but=experts[0])


def _open(at: dt.datetime) -> Course:
    """Calls that are open: gold seeds, to which the cast's venture has begun to write, and proof of concept."""
    yield (opens := at - dt.timedelta(days=6))
    call = published("gold_seed", "2026 年金种子企业遴选", opens, 30, themes=("quantum", "brain_inspired", "general_ai"))
    published("proof_of_concept", "2026 年概念验证支持", opens, 40, budget=2000 * _WAN)
    yield (now := opens + dt.timedelta(days=1))
    founder = player("founder")
    row = applications.begin(call=call, applicant=cast_house("venture"), lead=founder, by=founder.urn, at=now)
    given = {"title": "毫开温区低噪声放大芯片"} | {name: value for name, value in _SEED.items() if name not in row.known}
    writing.write(application=row, written=given, base={}, version=row.version, by=founder.urn, at=now)

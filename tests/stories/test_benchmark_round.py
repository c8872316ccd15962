"""A whole round of benchmark incubators: 80 applications, 60 experts, conflicts planted, from the closed call to the second tranche."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.evidence.actions import documents
from fuhua.kernel import period
from fuhua.parties.queries import who
from fuhua.schemes.actions import agreements, decisions, milestones, signing, tranches
from fuhua.schemes.actions.agreements import Planned
from fuhua.schemes.models import Agreement, Barred, Recommendation, Review
from fuhua.schemes.queries.ranking import ranking
from schemes.rounds import Round, page
from schemes.rounds import round_of as round_of

WAN = 10_000_00
SIGNED = 6  # awards whose agreements are walked to the second tranche; the papers of all twenty would take half a minute
GOALS = (Planned("新增入驻 40 家", "stated", 40, dt.date(2026, 6, 30), ("入驻协议",), 600_000),
         Planned("新增入驻 80 家", "stated", 80, dt.date(2027, 6, 30), ("入驻协议",), 400_000))


def planted(one: Round) -> set[tuple[int, int]]:
    """Every fourth expert works for, coached or is kin to an applicant, owns a part of it, or wrote with its lead."""
    found = set()
    for number, expert in enumerate(one.experts[::4]):
        applicant, lead, row = one.applicants[number], one.leads[number], one.applications[number]
        kind, ends = (("employs", (applicant, expert)), ("mentors", (expert, applicant)), ("relative", (expert, lead)),
                      ("owns", (expert, applicant)), ("coauthor", (expert, lead)))[number % 5]
        one.tie(kind, ends)
        found.add((row.pk, expert.pk))
    return found


def scored(one: Round) -> None:
    """Every expert hands in; what spreads by more than twenty points calls one more, who hands in too."""
    for place, review in enumerate(Review.objects.filter(state="asked").select_related("seat__person", "application").order_by("pk")):
        one.score(review, 60 + (review.application_id * 7 + place * 3) % 35)
    for review in Review.objects.filter(state="asked").select_related("seat__person", "application").order_by("pk"):
        one.score(review, 75)


def decided(one: Round) -> list[Any]:
    """The twenty best are awarded, five wait in reserve, the others are told why not; after the notice the awards stand."""
    order = [each.application for each in ranking(one.call, who(one.cast["city_officer"]))]
    for place, row in enumerate(order):
        result = "award" if place < 20 else "reserve" if place < 25 else "reject"
        money = {"city": 600 * WAN, "district": 300 * WAN} if result == "award" else {}
        decisions.decide(application=row, result=result, why=f"综合排名第 {place + 1}", person=one.officer.pk, **money, **one.told)
    decisions.announce(call=one.call, **one.told)
    one.at = period.noon(dt.date(2025, 7, 8))
    decisions.conclude(call=one.call, **one.told)
    return order[:20]


def agreed(one: Round, row: Any) -> Agreement:
    """The agreement is drawn up, signed by both, and its first tranches of city and district are paid."""
    steward, verifier = one.cast["steward"].party, one.cast["expert"].party
    task = agreements.draw_up(application=row, starts=dt.date(2025, 8, 1), ends=dt.date(2028, 7, 31), milestones=GOALS, steward=steward,
                              verifier=verifier, **one.told)
    for side, person in (("party", row.lead), ("issuer", one.officer)):
        task = signing.sign(agreement=task, side=side, person=person.pk, document=task.document, by=person.urn, at=one.at)
    for level in ("city", "district"):
        paid(one, task, level, 1)
    return task


def paid(one: Round, task: Agreement, level: str, number: int) -> None:
    tranche = task.tranches.get(level=level, number=number)
    tranches.pay(tranche=tranche, reference=f"{level}-{task.pk}-{number}", paid_on=period.day(one.at), **one.told)


def second(one: Round, task: Agreement, reached: int) -> None:
    """The first milestone is claimed and judged, and what it is worth is paid by both."""
    goal = task.milestones.get(number=1)
    paper = documents.keep(f"入驻协议 {task.pk}".encode(), media_type="text/plain", **one.told)
    milestones.claim(milestone=goal, reached=reached, documents={"入驻协议": paper}, **one.told)
    expert = one.cast["expert"].party
    milestones.judge(milestone=goal, result="passed" if reached >= 40 else "partial", reached=reached, note="据入驻协议", person=expert.pk,
                     by=expert.urn, at=one.at)
    for level in ("city", "district"):
        paid(one, task, level, 2)


@pytest.mark.django_db
def test_a_round_of_eighty_runs_from_its_call_to_the_second_tranche(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=80, experts=60, load=6, places=20, budget=20 * 600 * WAN)
    district = one.parties("district", "北京市示范区人民政府", 1)[0]
    Recommendation.objects.bulk_create([
        Recommendation(application=row, district=district, matched=300 * WAN, day=dt.date(2025, 6, 1), letter="0" * 64, at=one.at)
        for row in one.applications])
    conflicts = planted(one)
    drawn = one.draw()
    assert drawn.proved
    assert conflicts <= set(Barred.objects.values_list("application", "person"))
    given = set(Review.objects.values_list("application", "seat__person"))
    assert (len(given), given & conflicts) == (240, set())
    scored(one)
    awards = decided(one)
    tasks = [agreed(one, row) for row in awards[:SIGNED]]
    one.at = period.noon(dt.date(2026, 6, 20))
    for place, task in enumerate(tasks):
        second(one, task, 40 if place % 2 == 0 else 30)
    seconds = [[task.tranches.get(level=level, number=2).owed for level in ("city", "district")] for task in tasks[:2]]
    assert seconds == [[252 * WAN, 126 * WAN], [189 * WAN, 945_000_00]]
    city = sum(each.owed for task in tasks for each in task.tranches.filter(level="city", state="paid"))
    assert city == SIGNED * 180 * WAN + SIGNED // 2 * (252 + 189) * WAN
    notice = one.call.announcements.get()
    assert one.client(one.officer).get(page("notice", notice)).status_code == 200

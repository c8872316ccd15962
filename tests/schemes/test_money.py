"""Agreements and their money: parts that sum, partial milestones, no payment twice, changes, handovers, endings."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuhua.desk.actions import asks, clocks
from fuhua.desk.models import Clock, Notice
from fuhua.evidence import models as evidence
from fuhua.evidence.actions import sequence
from fuhua.evidence.proof.figure import Terms
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.words import TieKind
from fuhua.plan.queries import figures
from fuhua.schemes.actions import changes, costs, endings, milestones, recoveries, stewards, tranches
from fuhua.schemes.actions.agreements import BadAgreement, renew
from fuhua.schemes.actions.changes import BadChange
from fuhua.schemes.actions.costs import BadCost
from fuhua.schemes.actions.milestones import BadMilestone
from fuhua.schemes.actions.tranches import BadTranche
from fuhua.schemes.kinds.paying import split
from fuhua.schemes.models import Agreement, Milestone, Paper, Tranche
from fuhua.schemes.queries.measures import counted
from schemes.awarded import CITY, DISTRICT, GOALS, OFFICER, Evidence, an_award, drawn, house, person, signed

pytestmark = pytest.mark.django_db
CODE = "91110108MA01C8F06B"


@pytest.fixture
def task(cast: Any, at: Any) -> Agreement:
    """A benchmark agreement that both signed on 30 June 2023."""
    return signed(an_award(at("2023-06-30")), at("2023-06-30"))


def tranche(task: Agreement, level: str, number: int) -> Tranche:
    return task.tranches.get(level=level, number=number)


def told(at: Any, *when: Any) -> dict[str, Any]:
    return {"by": OFFICER, "at": at(*(when or ("2023-06-30",)))}


def paid(task: Agreement, level: str, number: int, at: Any, when: str = "2023-07-02", reference: str = "") -> Tranche:
    one = tranche(task, level, number)
    return tranches.pay(tranche=one, reference=reference or f"{level}-{number}", paid_on=at(when).date(), **told(at, when))


def judged(task: Agreement, number: int, result: str, at: Any, when: str = "2024-06-01", **more: Any) -> Milestone:
    one = task.milestones.get(number=number)
    milestones.claim(milestone=one, reached=one.least, documents=Evidence().of(one), **told(at, when))
    return milestones.judge(milestone=one, result=result, person=person("expert").pk, **told(at, when), **more)


@given(total=st.integers(0, 10**13), first=st.integers(0, 999_999), cuts=st.lists(st.integers(0, 1_000_000), max_size=6))
def test_the_parts_of_a_grant_sum_to_it_to_the_fen(total: int, first: int, cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), 1_000_000]
    parts = split(total, first, [upper - lower for lower, upper in pairwise(bounds)])
    assert sum(parts) == total
    assert min(parts) >= 0


def test_city_and_district_are_planned_side_by_side_and_sum_to_the_award(task: Agreement) -> None:
    planned = {level: list(task.tranches.filter(level=level).order_by("number").values_list("amount", flat=True))
               for level in ("city", "district")}
    assert {level: sum(amounts) for level, amounts in planned.items()} == {"city": CITY, "district": DISTRICT}
    assert [len(amounts) for amounts in planned.values()] == [3, 3]
    assert {each.payer.name for each in task.tranches.filter(level="district")} == {house("haidian").name}


def test_signing_puts_the_first_tranches_on_their_payers_desks_and_the_incubator_in_its_tier(task: Agreement, at: Any) -> None:
    assert task.state == "signed"
    assert set(task.tranches.filter(state="due").values_list("level", "number")) == {("city", 1), ("district", 1)}
    clock = Clock.objects.get(about=tranches.urn_of(tranche(task, "district", 1)), stopped_at=None)
    assert (clock.to, clock.due) == (house("haidian"), dt.date(2023, 7, 15))
    kinds = set(evidence.Fact.objects.filter(subject=task.party.urn).values_list("kind", flat=True))
    assert {"schemes.agreement_signed", "schemes.tier_set"} <= kinds
    assert task.papers.filter(sort="request").count() == 2


def test_a_second_agreement_of_one_award_is_refused_until_the_draft_is_given_up(cast: Any, at: Any) -> None:
    award = an_award(at("2023-06-30"))
    first = drawn(award, at("2023-06-30"))
    with pytest.raises(BadAgreement, match="already"):
        drawn(award, at("2023-06-30"))
    endings.end(agreement=first, because="withdrawn", **told(at))
    assert drawn(award, at("2023-06-30")).number != first.number


@pytest.mark.parametrize("wrong", [
    {"verifier": "steward"}, {"milestones": GOALS[:1]}, {"ends": dt.date(2023, 1, 1)},
    {"milestones": (*GOALS[:1], GOALS[1].__class__("x", "nothing", 1, dt.date(2024, 1, 1), ("x",), 600_000))},
])
def test_an_agreement_that_cannot_hold_is_not_drawn_up(cast: Any, at: Any, wrong: dict[str, Any]) -> None:
    given = {name: person(value) if isinstance(value, str) else value for name, value in wrong.items()}
    with pytest.raises(BadAgreement):
        drawn(an_award(at("2023-06-30")), at("2023-06-30"), **given)
    assert not Agreement.objects.exists()


def test_a_milestone_reached_in_part_pays_that_part_exactly(task: Agreement, at: Any) -> None:
    one = judged(task, 1, "partial", at, reached=2)
    assert (one.share, Fraction(one.reached, one.least)) == (666_666, Fraction(2, 3))
    for level in ("city", "district"):
        due = tranche(task, level, 2)
        assert (due.state, due.owed) == ("due", int(due.amount * Fraction(2, 3)))
    assert task.papers.get(sort="conclusion").about == "milestone 1"


def test_a_failed_milestone_withholds_its_tranches(task: Agreement, at: Any) -> None:
    judged(task, 1, "failed", at, reached=0)
    assert {each.because for each in task.tranches.filter(number=2)} == {"failed"}


def test_a_milestone_is_deferred_once_to_a_new_day(task: Agreement, at: Any) -> None:
    one = judged(task, 1, "deferred", at, until=dt.date(2024, 12, 31))
    one.refresh_from_db()
    assert (one.state, one.promised, one.due) == ("deferred", dt.date(2024, 6, 30), dt.date(2024, 12, 31))
    assert Clock.objects.get(about=milestones.urn_of(one), name="milestone", stopped_at=None).due == one.due
    with pytest.raises(BadMilestone, match="once"):
        judged(task, 1, "deferred", at, when="2024-07-01", until=dt.date(2025, 3, 1))


def test_only_the_verifier_judges_and_only_what_was_claimed(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=1)
    with pytest.raises(BadMilestone, match="claimed"):
        milestones.judge(milestone=one, result="failed", person=person("expert").pk, **told(at, "2024-06-30"))
    milestones.claim(milestone=one, reached=3, documents=Evidence().of(one), **told(at))
    with pytest.raises(BadMilestone, match="verifier"):
        milestones.judge(milestone=one, result="passed", person=person("steward").pk, **told(at))


def test_what_nobody_claims_escalates_and_may_fail_once_it_is_overdue(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=1)
    clocks.tick(at=at("2024-07-10"))
    assert Notice.objects.filter(about=milestones.urn_of(one), office="coordinator").count() == 1
    with pytest.raises(BadMilestone, match="claimed"):
        milestones.judge(milestone=one, result="passed", person=person("expert").pk, reached=3, **told(at, "2024-07-10"))
    milestones.judge(milestone=one, result="failed", person=person("expert").pk, **told(at, "2024-07-10"))
    assert {each.because for each in task.tranches.filter(number=2)} == {"failed"}


def test_residents_are_counted_by_their_ties_with_the_facts_that_say_so(task: Agreement, at: Any) -> None:
    founder = house("venture")
    ties.attest(kind=TieKind.RESIDES, source=founder, target=task.party, since=dt.date(2023, 7, 5), by=OFFICER, at=at("2023-07-06"))
    sequence.catch_up(at=at("2023-07-07"))
    found = counted("residents", task.party.urn, dt.date(2023, 6, 30), dt.date(2023, 12, 31))
    assert (found.value, len(found.digests)) == (1, 1)
    assert counted("residents", task.party.urn, dt.date(2023, 7, 5), dt.date(2023, 12, 31)).value == 0


def test_a_claim_needs_the_documents_that_were_fixed_at_signing(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=2)
    with pytest.raises(BadMilestone, match="名单"):
        milestones.claim(milestone=one, reached=20, documents={"入驻协议": "c" * 64}, **told(at))


def test_what_facts_count_stands_beside_the_claim_and_more_needs_a_reason(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=2)
    milestones.claim(milestone=one, reached=20, documents=Evidence().of(one), **told(at))
    with pytest.raises(BadMilestone, match="ground"):
        milestones.judge(milestone=one, result="passed", person=person("expert").pk, reached=20, **told(at))
    done = milestones.judge(milestone=one, result="passed", person=person("expert").pk, reached=20, note="现场核验", **told(at))
    assert (done.counted, done.claimed, done.reached) == (0, 20, 20)


def test_an_indicator_is_a_measure_of_milestones(cast: Any, at: Any) -> None:
    goals = (GOALS[0].__class__("孵化高企", "I8", 3, dt.date(2024, 6, 30), ("高企证书",), 1_000_000),)
    task = signed(an_award(at("2023-06-30")), at("2023-06-30"), milestones=goals)
    with pytest.raises(BadMilestone, match="does not fit"):
        judged(task, 1, "passed", at)
    with pytest.raises(WrongState):
        judged(task, 1, "passed", at)


def test_i1_follows_a_signed_agreement_whose_check_passed(task: Agreement, at: Any) -> None:
    judged(task, 1, "passed", at, reached=3)
    sequence.catch_up(at=at("2024-06-02"))
    on = dt.date(2024, 6, 2)
    assert figures.figure("I1", None, on, Terms()).value == 1
    endings.end(agreement=task, because="failed", **told(at, "2024-06-03"))
    sequence.catch_up(at=at("2024-06-04"))
    assert figures.figure("I1", None, dt.date(2024, 6, 4), Terms()).value == 0


def test_a_bank_reference_pays_once_whatever_the_level(task: Agreement, at: Any) -> None:
    paid(task, "city", 1, at, reference="ＡＢ 12")
    with pytest.raises(WrongState):
        paid(task, "city", 1, at, reference="other")
    with pytest.raises(BadTranche, match="once"):
        paid(task, "district", 1, at, reference="ab12")


@pytest.mark.parametrize("day", ["2023-06-29", "2023-07-03"])
def test_a_payment_lies_between_signing_and_today(task: Agreement, at: Any, day: str) -> None:
    with pytest.raises(BadTranche, match="day of payment"):
        tranches.pay(tranche=tranche(task, "city", 1), reference="A1", paid_on=at(day).date(), **told(at, "2023-07-02"))


def test_a_late_district_reaches_the_coordinator(task: Agreement, at: Any) -> None:
    paid(task, "city", 1, at)
    clocks.tick(at=at("2023-07-25"))
    late = Notice.objects.filter(about=tranches.urn_of(tranche(task, "district", 1)), office="coordinator")
    assert late.count() == 1
    paid(task, "district", 1, at, when="2023-07-28")
    assert not late.filter(settled_at=None).exists()


def test_the_end_of_the_budget_year_is_warned_of_once_sixty_days_ahead(task: Agreement, at: Any) -> None:
    assert tranches.warn_of_year_end(at=at("2023-10-31")) == 0
    assert tranches.warn_of_year_end(at=at("2023-11-01")) == 2
    assert tranches.warn_of_year_end(at=at("2023-12-01")) == 0


def test_an_invoice_counts_once_and_within_what_was_paid(task: Agreement, at: Any) -> None:
    from_city, from_district = paid(task, "city", 1, at), paid(task, "district", 1, at)
    cost = {"issuer": CODE, "invoice": "0312 4567", "title": "检测设备"}
    costs.claim(tranche=from_city, amount=100_00, **cost, **told(at, "2023-08-01"))
    with pytest.raises(BadCost, match="once"):
        costs.claim(tranche=from_district, amount=100_00, **{**cost, "invoice": "03124567"}, **told(at, "2023-08-01"))
    with pytest.raises(BadCost, match="left"):
        costs.claim(tranche=from_city, amount=from_city.owed, **{**cost, "invoice": "2"}, **told(at, "2023-08-01"))


def test_money_comes_back_by_a_numbered_notice(task: Agreement, at: Any) -> None:
    one = paid(task, "city", 1, at)
    recoveries.recover(tranche=one, amount=one.owed, because="misused", **told(at, "2023-09-01"))
    assert task.papers.get(sort="recovery").number == "ZH-2023-0001"
    with pytest.raises(BadTranche, match="once"):
        recoveries.pay_back(tranche=one, reference="city-1", returned_on=dt.date(2023, 9, 2), **told(at, "2023-09-03"))
    back = recoveries.pay_back(tranche=one, reference="R1", returned_on=dt.date(2023, 9, 2), **told(at, "2023-09-03"))
    assert (back.state, back.returned) == ("recovered", one.owed)


def test_an_honest_failure_closes_without_recovery_but_misuse_does_not(task: Agreement, at: Any) -> None:
    one = paid(task, "city", 1, at)
    endings.end(agreement=task, because="disproved", **told(at, "2023-09-01"))
    with pytest.raises(BadTranche, match="honest"):
        recoveries.recover(tranche=one, amount=1, because="failed", **told(at, "2023-09-01"))
    assert recoveries.recover(tranche=one, amount=1, because="misused", **told(at, "2023-09-01")).state == "recovering"


def test_nothing_is_paid_after_the_end(task: Agreement, at: Any) -> None:
    endings.end(agreement=task, because="left", **told(at))
    assert set(task.tranches.values_list("state", flat=True)) == {"withheld"}
    with pytest.raises(BadAgreement):
        paid(task, "city", 1, at)
    assert not Clock.objects.filter(stopped_at=None).exists()


def test_a_pivot_is_asked_answered_by_number_and_keeps_both_texts(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=1)
    asked = {"agreement": task, "sort": "pivot", "text": "改做光电子", "milestone": one, "after": {"title": "光电子验证", "least": 2}}
    change = changes.ask(**asked, **told(at))
    with pytest.raises(BadChange, match="already"):
        changes.ask(**asked, **told(at))
    changes.decide(change=change, approve=True, answer="同意", **told(at))
    one.refresh_from_db()
    change.refresh_from_db()
    assert (one.title, one.least, one.state) == ("光电子验证", 2, "due")
    assert (change.before, change.after) == ({"title": "孵化高企", "least": 3}, {"title": "光电子验证", "least": 2})
    assert Paper.objects.get(document=change.document).sort == "change"
    task.refresh_from_db()
    assert (task.state, task.because) == ("signed", "")


def test_an_approved_extension_moves_the_clock(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=1)
    change = changes.ask(agreement=task, sort="extension", text="设备到货晚", milestone=one, after={"due": "2024-09-30"}, **told(at))
    changes.decide(change=change, approve=True, answer="同意延期", **told(at))
    assert Clock.objects.get(about=milestones.urn_of(one), stopped_at=None).due == dt.date(2024, 9, 30)


def test_a_steward_who_leaves_passes_the_queue_on(task: Agreement, at: Any) -> None:
    service, asker = house("service"), person("operator")
    ask = asks.ask(kind="question", title="环评怎么办", asker=asker.pk, asked=service.pk, about=task.urn, **told(at))
    asks.own(ask=ask, owner=person("steward").pk, **told(at))
    asks.wait(ask=ask, on=asker.pk, **told(at))
    fresh = people.enter(name="新管家", by=OFFICER, at=at("2023-06-30"))
    stewards.hand_over(agreement=task, steward=fresh, why="离职", **told(at))
    ask.refresh_from_db()
    assert (ask.owner, ask.state, ask.waiting_on) == (fresh, "waiting", asker)
    assert evidence.Fact.objects.filter(kind="schemes.steward_set").count() == 1


def test_a_leave_cover_ends_by_itself(task: Agreement, at: Any) -> None:
    fresh = people.enter(name="代管", by=OFFICER, at=at("2023-06-30"))
    stewards.hand_over(agreement=task, steward=fresh, until=dt.date(2023, 7, 10), **told(at))
    assert stewards.return_covers(at=at("2023-07-10")) == 0
    assert stewards.return_covers(at=at("2023-07-11")) == 1
    task.refresh_from_db()
    assert task.steward.urn == PLAYERS["steward"].urn


def test_all_concluded_and_paid_it_finishes_and_is_renewed(task: Agreement, at: Any, client_of: Any) -> None:
    for number in (1, 2):
        judged(task, number, "passed", at, reached=20, note="核验")
    with pytest.raises(BadAgreement, match="paid"):
        endings.finish(agreement=task, **told(at, "2024-07-01"))
    for each in task.tranches.order_by("pk"):
        paid(task, each.level, each.number, at, when="2024-06-20")
    endings.finish(agreement=task, **told(at, "2024-07-01"))
    page = f"/schemes/agreements/{task.pk}/"
    officer, term = client_of("city_officer"), {"renew-starts": "2026-07-01", "renew-ends": "2026-06-30"}
    assert 'id="renew"' in officer.get(page).content.decode()
    assert 'id="renew"' not in client_of("operator").get(page).content.decode()
    assert (client_of("operator").post(f"{page}renew/", term).status_code, officer.post(f"{page}renew/", term).status_code) == (403, 422)
    again = renew(agreement=task, starts=dt.date(2026, 7, 1), ends=dt.date(2028, 6, 30), milestones=(), **told(at, "2024-07-01"))
    assert (again.former, again.city_amount, again.tranches.count()) == (task, 0, 0)

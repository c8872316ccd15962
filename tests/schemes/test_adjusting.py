"""Assessed each year, warned after two missed quarters, heard before it is lowered; and grants that become equity, exactly."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuhua.evidence.actions import papers
from fuhua.evidence.models import Fact
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.parties.models import Account
from fuhua.schemes.actions import assessments, milestones, ticking, tranches
from fuhua.schemes.actions.agreements import BadAgreement
from fuhua.schemes.actions.assessments import BadAssessment
from fuhua.schemes.kinds.conversion import BadRule, ConversionRule, preview
from fuhua.schemes.models import Agreement, Assessment, Tranche
from fuhua.schemes.queries.progress import progress
from schemes.awarded import GOALS, OFFICER, Evidence, an_award, drawn, person, signed
from stories.visitor import Visitor

pytestmark = pytest.mark.django_db
HOLDER = ORGANISATIONS["service"].urn
RULE = {"conversion": {"basis": "next_round", "holder": HOLDER, "discount": 200_000, "cap": 5_000_000_00}}


@pytest.fixture
def task(cast: Any, at: Any) -> Agreement:
    """A benchmark agreement in the leading tier, signed on 30 June 2023, its first milestone due on 30 June 2024."""
    return signed(an_award(at("2023-06-30")), at("2023-06-30"))


def text_of(digest: str) -> str:
    """The words of a kept PDF."""
    paper = pypdfium2.PdfDocument(papers.read(digest))
    return "".join(each.get_textpage().get_text_bounded() for each in paper)


def told(at: Any, when: str) -> dict[str, Any]:
    return {"by": OFFICER, "at": at(when)}


def test_two_missed_quarters_warn_once_a_quarter(task: Agreement, at: Any) -> None:
    days = ("2024-06-29", "2024-06-30", "2024-09-30", "2025-01-02")
    assert [progress(task, dt.date.fromisoformat(day)).missed for day in days] == [0, 1, 2, 3]
    assert assessments.warn_missed(at=at("2024-09-29")) == 0
    assert assessments.warn_missed(at=at("2024-10-08")) == 1
    assert assessments.warn_missed(at=at("2024-12-30")) == 0
    assert assessments.warn_missed(at=at("2025-01-02")) == 1


def test_the_chores_of_time_are_safe_to_repeat(task: Agreement, at: Any) -> None:
    assert ticking.tick(at=at("2024-11-05")) == {"calls": 0, "barring": 0, "tranches": 4, "stewards": 0, "assessments": 1,
                                                   "gold_seeds": 0, "uplift_warnings": 0}
    assert set(ticking.tick(at=at("2024-11-06")).values()) == {0}


def test_one_bad_tranche_holds_up_no_other_and_no_other_chore(task: Agreement, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, titled = Tranche.objects.order_by("pk").first(), tranches.titled
    monkeypatch.setattr(tranches, "titled", lambda agreement, one: titled(agreement, one) if one != bad else 1 // 0)
    done = ticking.tick(at=at("2024-11-05"))
    assert (done["tranches"], done["tranches"].failed, done["assessments"]) == (3, 1, 1)


def test_an_assessment_is_prefilled_and_lowers_only_after_a_hearing(task: Agreement, at: Any) -> None:
    one = assessments.begin(agreement=task, year=2024, **told(at, "2025-01-02"))
    assert (one.missed, one.share, one.tier, [line["number"] for line in one.lines]) == (3, 0, "leading", [1])
    lower = {"assessment": one, "result": "lowered", "text": "连续三个季度未达进度"}
    with pytest.raises(BadAssessment, match="hearing"):
        assessments.decide(**lower, heard="", **told(at, "2025-01-03"))
    with pytest.raises(BadAssessment, match="working days"):
        assessments.call_hearing(assessment=one, day=dt.date(2025, 1, 6), **told(at, "2025-01-03"))
    assessments.call_hearing(assessment=one, day=dt.date(2025, 1, 15), **told(at, "2025-01-03"))
    with pytest.raises(BadAssessment, match="hearing"):
        assessments.decide(**lower, heard="提前陈述", **told(at, "2025-01-14"))
    done = assessments.decide(**lower, heard="乙方陈述设备延误", **told(at, "2025-01-15"))
    assert (done.tier, task.papers.get(sort="assessment").number) == ("cultivation", "PG-2025-0001")
    tiers = Fact.objects.filter(subject=task.party.urn, kind="schemes.tier_set").order_by("pk")
    assert [str(each.true_from) for each in tiers] == ["2023-06-30", "2025-01-15"]


def test_there_is_no_tier_above_the_highest_and_one_assessment_a_year(task: Agreement, at: Any) -> None:
    one = assessments.begin(agreement=task, year=2023, **told(at, "2024-01-02"))
    with pytest.raises(BadAssessment, match="tier"):
        assessments.decide(assessment=one, result="raised", text="好", **told(at, "2024-01-03"))
    assessments.decide(assessment=one, result="kept", text="正常", **told(at, "2024-01-03"))
    with pytest.raises(BadAssessment, match="already"):
        assessments.begin(agreement=task, year=2023, **told(at, "2024-01-04"))


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(amount=st.integers(1, 10**12), valuation=st.integers(1, 10**13), discount=st.integers(0, 999_999),
       cap=st.none() | st.integers(1, 10**13), raised=st.integers(0, 10**13))
def test_shares_are_exact_and_sum_to_one(amount: int, valuation: int, discount: int, cap: int | None, raised: int) -> None:
    found = preview(ConversionRule("next_round", HOLDER, discount, cap), amount, pre_money=valuation, raised=raised)
    assert found.share + found.others == 1
    assert found.share == Fraction(amount) / (found.valuation + amount)
    assert found.valuation <= valuation
    assert found.diluted <= found.share
    assert found.capped == (cap is not None and cap < Fraction(valuation) * (1_000_000 - discount) / 1_000_000)


@pytest.mark.parametrize("wrong", [
    {"basis": "luck"}, {"basis": "fixed"}, {"basis": "next_round", "valuation": 1}, {"basis": "next_round", "cap": 0},
    {"basis": "next_round", "discount": 1_000_000},
])
def test_a_rule_that_cannot_be_reckoned_is_refused_at_signing(cast: Any, at: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadRule):
        ConversionRule(**{"holder": HOLDER, **wrong})
    with pytest.raises(BadAgreement):
        drawn(an_award(at("2023-06-30")), at("2023-06-30"), terms={"conversion": {"holder": HOLDER, **wrong}})


def test_what_was_known_at_a_decision_is_frozen_and_named_by_its_fact(task: Agreement, at: Any) -> None:
    one = task.milestones.get(number=1)
    milestones.claim(milestone=one, reached=3, documents=Evidence().of(one), **told(at, "2024-06-01"))
    milestones.judge(milestone=one, result="passed", person=person("expert").pk, **told(at, "2024-06-02"))
    care = task.papers.get(sort="care")
    body = Fact.objects.get(kind="schemes.milestone_concluded").body
    assert care.document in body
    assert b'"moment":"milestone 1 passed"' in papers.read(care.document)


def test_an_assessment_is_opened_and_decided_on_the_page(cast: dict[str, Account], at: Any) -> None:
    task = signed(an_award(at("2023-06-30"), district=0, city=1_000_000_00), at("2023-06-30"), milestones=GOALS)
    officer = Visitor()
    officer.client.force_login(cast["city_officer"])
    officer.open(f"/schemes/agreements/{task.pk}/")
    officer.send(r"/assess/$", **{"assess-year": "2023"})
    officer.send(r"/conclude/$", **{"conclude-result": "kept", "conclude-text": "进展正常"})
    assert officer.sees("维持", "进展正常")
    assert Assessment.objects.get(agreement=task).state == "decided"

"""Proofs of concept: judged by the protocol, ended without fault, taken on by a company, converted once and exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuhua.capital.facts import StakeTaken
from fuhua.capital.queries import position
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel.questions import BadValue
from fuhua.kernel.words import t
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import ORGANISATIONS
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import changes, conversions, endings, milestones, panels, proofs, recoveries, tranches
from fuhua.schemes.actions.agreements import BadAgreement, Planned
from fuhua.schemes.actions.changes import BadChange
from fuhua.schemes.actions.conversions import Appraisal, BadConversion
from fuhua.schemes.actions.milestones import BadMilestone
from fuhua.schemes.actions.proofs import BadProof
from fuhua.schemes.actions.tranches import BadTranche
from fuhua.schemes.kinds.conversion import BadRule, ConversionRule, cap_table, holders, preview
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Agreement, Barred
from fuhua.schemes.queries.answers import read, shown
from schemes.awarded import OFFICER, Evidence, an_award, drawn, person, signed
from schemes.rounds import Round
from schemes.test_adjusting import HOLDER, RULE, text_of

pytestmark = pytest.mark.django_db
GOALS = (Planned("完成样机验证", "stated", 1, dt.date(2024, 6, 30), ("验证报告",), 600_000, "test"),
         Planned("公司设立", "stated", 1, dt.date(2025, 6, 30), ("营业执照",), 400_000, "company"))
SAID = {"hypothesis": "低温下可工作", "protocol": "百个样品成品率 80%", "stop": "低于 50% 即终止"}
TERMS = {**RULE, "pivots": ["route"]}


def told(at: Any, when: str) -> dict[str, Any]:
    return {"by": OFFICER, "at": at(when)}


def a_proof(at: Any, applicant: str = "venture", **more: Any) -> Agreement:
    """A proof-of-concept agreement that both signed on 30 June 2023, with a conversion rule."""
    award = an_award(at("2023-06-30"), kind="proof_of_concept", applicant=applicant, city=1_000_000_00, district=0)
    award.values = SAID
    award.save()
    return signed(award, at("2023-06-30"), **{"milestones": GOALS, "terms": TERMS, **more})


@pytest.fixture
def task(cast: Any, at: Any) -> Agreement:
    """A proof of concept of the cast's venture."""
    return a_proof(at)


def claimed(task: Agreement, number: int, at: Any, when: str = "2024-06-01") -> Any:
    one = task.milestones.get(number=number)
    milestones.claim(milestone=one, reached=1, documents=Evidence().of(one), **told(at, when))
    return one


def concluded(task: Agreement, at: Any, result: str = "passed", note: str = "成品率 86%", **more: Any) -> None:
    proofs.conclude(milestone=claimed(task, 1, at), result=result, note=note, person=person("expert").pk, **told(at, "2024-06-02"), **more)


def paid(task: Agreement, number: int, at: Any, when: str) -> int:
    one = tranches.pay(tranche=task.tranches.get(number=number), reference=f"A{task.pk}{number}", paid_on=at(when).date(),
                       **told(at, when))
    return one.owed or 0


def ripe(task: Agreement, at: Any) -> int:
    """Proven, a company, and all paid; returns how much."""
    first = paid(task, 1, at, "2023-07-01")
    concluded(task, at)
    one = claimed(task, 2, at, "2024-07-01")
    milestones.judge(milestone=one, result="passed", person=person("expert").pk, **told(at, "2024-07-02"))
    return first + paid(task, 2, at, "2024-07-03") + paid(task, 3, at, "2024-07-03")


def convert(task: Agreement, at: Any, **more: Any) -> Any:
    return conversions.record_conversion(agreement=task, **{"pre_money": 10_000_000_00, **more}, **told(at, "2024-08-01"))


def test_what_the_application_said_is_part_of_the_agreement_and_printed(task: Agreement) -> None:
    assert task.terms["said"] == SAID
    said, wanted = text_of(task.document), (SAID["protocol"], SAID["stop"], "允许申请的方向调整：技术路线", "估值上限：5,000,000.00 元")
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize(("result", "note", "more"), [
    ("partial", "一半", {}), ("passed", "", {}), ("failed", " ", {}), ("failed", "低", {"stop": True}),
    ("failed", "低", {"lesson": "cost"}), ("passed", "高", {"stop": True, "lesson": "cost"}),
    ("failed", "低", {"stop": True, "lesson": "x"}),
])
def test_a_test_is_concluded_on_grounds_and_a_met_criterion_teaches_a_lesson(
    task: Agreement, at: Any, result: str, note: str, more: dict[str, Any],
) -> None:
    with pytest.raises(BadProof):
        concluded(task, at, result, note, **more)
    task.refresh_from_db()
    assert task.state == "signed"


def test_a_test_that_failed_without_the_criterion_ends_nothing_by_itself(task: Agreement, at: Any) -> None:
    concluded(task, at, "failed", "样品不足，未能完成")
    task.refresh_from_db()
    assert (task.state, Fact.objects.filter(kind="schemes.proof_concluded").exists()) == ("signed", False)


def test_only_the_verifier_finds_it_disproved(task: Agreement, at: Any) -> None:
    with pytest.raises(BadAgreement, match="verifier"):
        endings.end(agreement=task, because="disproved", **told(at, "2024-01-01"))
    concluded(task, at, "failed", "成品率 31%", stop=True, lesson="performance")
    task.refresh_from_db()
    assert (task.state, task.because) == ("ended", "disproved")


def test_an_honest_failure_is_neither_recovered_nor_converted(task: Agreement, at: Any) -> None:
    paid(task, 1, at, "2023-07-01")
    concluded(task, at, "failed", "成品率 31%", stop=True, lesson="performance")
    with pytest.raises(BadTranche, match="honest"):
        recoveries.recover(tranche=task.tranches.get(number=1), amount=1, because="failed", **told(at, "2024-08-02"))
    with pytest.raises(BadConversion, match="ended"):
        convert(task, at)


def test_a_pivot_is_one_that_the_agreement_allows(task: Agreement, at: Any) -> None:
    asked = {"agreement": task, "sort": "pivot", "text": "换路线", "milestone": task.milestones.get(number=1),
             "after": {"title": "新路线验证"}}
    for pivot in ("", "partner"):
        with pytest.raises(BadChange, match="technical route"):
            changes.ask(**asked, pivot=pivot, **told(at, "2023-08-01"))
    assert changes.ask(**asked, pivot="route", **told(at, "2023-08-01")).pivot == "route"


def test_the_company_is_claimed_after_the_test_only(task: Agreement, at: Any) -> None:
    with pytest.raises(BadMilestone, match="once the test has passed"):
        claimed(task, 2, at, "2023-08-01")


def test_a_project_names_a_company_that_was_spun_out_of_it(cast: Any, at: Any, organisation: Any, firm: Any) -> None:
    project, _account = firm("低温芯片项目", "project")
    award = an_award(at("2023-06-30"), kind="proof_of_concept", city=1_000_000_00, district=0)
    award.applicant, award.values = project, SAID
    award.save()
    task, venture = signed(award, at("2023-06-30"), milestones=GOALS, terms=TERMS), organisation("venture")
    with pytest.raises(BadProof, match="once the test has passed"):
        proofs.pass_on(agreement=task, venture=venture, **told(at, "2023-07-01"))
    concluded(task, at)
    with pytest.raises(BadProof, match="spun out"):
        proofs.pass_on(agreement=task, venture=venture, **told(at, "2024-06-03"))
    with pytest.raises(BadMilestone, match="company"):
        claimed(task, 2, at, "2024-06-03")
    ties.attest(kind=TieKind.SPUN_OUT, source=venture, target=project, **told(at, "2024-06-03"))
    assert proofs.pass_on(agreement=task, venture=venture, **told(at, "2024-06-03")).venture == venture
    claimed(task, 2, at, "2024-06-04")
    with pytest.raises(BadProof, match="stays as it is"):
        proofs.pass_on(agreement=task, venture=venture, **told(at, "2024-06-05"))
    known = SOURCES["proof"].read(venture.urn, dt.date(2024, 6, 30))
    assert known is not None
    assert (known.value, known.day) == (True, dt.date(2024, 6, 2))
    assert SOURCES["proof"].read(venture.urn, dt.date(2024, 6, 1)) is None


def test_it_converts_once_all_is_judged_and_paid_and_exactly_once(task: Agreement, at: Any) -> None:
    with pytest.raises(BadConversion, match="test has passed"):
        convert(task, at)
    amount = ripe(task, at)
    made = convert(task, at, holders={"林舟": 7, "周以宁": 3})
    assert Fraction(int(made.numerator), int(made.denominator)) == Fraction(amount, 5_000_000_00 + amount)
    assert (amount, made.venture) == (1_000_000_00, task.party)
    with pytest.raises(BadConversion, match="already"):
        convert(task, at)
    with pytest.raises(BadTranche, match="has become a share"):
        recoveries.recover(tranche=task.tranches.get(number=1), amount=1, because="misused", **told(at, "2024-08-02"))
    held = position(HOLDER, dt.date(2024, 8, 1))
    assert [(each.venture, each.share, each.amount) for each in held.stakes] == [(task.party.urn, Fraction(1, 6), amount)]
    assert (held.deployed, position(HOLDER, dt.date(2024, 7, 31)).stakes) == (amount, ())


def test_what_is_still_to_be_paid_is_not_left_behind(task: Agreement, at: Any) -> None:
    concluded(task, at)
    one = claimed(task, 2, at, "2024-07-01")
    milestones.judge(milestone=one, result="passed", person=person("expert").pk, **told(at, "2024-07-02"))
    with pytest.raises(BadConversion, match="to be paid"):
        convert(task, at)


def test_state_capital_needs_a_whole_appraisal_whatever_the_basis(cast: Any, at: Any) -> None:
    rule = {"conversion": {**RULE["conversion"], "state": True}}
    task = a_proof(at, terms=rule)
    assert "持股主体属国有资本" in text_of(task.document)
    ripe(task, at)
    for appraisal in (None, Appraisal(0, "18", "c" * 64), Appraisal(1, " ", "c" * 64), Appraisal(1, "18", "")):
        with pytest.raises(BadConversion):
            convert(task, at, appraisal=appraisal)
    made = convert(task, at, appraisal=Appraisal(9_000_000_00, "京国资备 18", "c" * 64))
    assert (made.valuation, made.appraised, made.filing) == (5_000_000_00, 9_000_000_00, "京国资备 18")


def test_without_a_rule_nothing_converts(cast: Any, at: Any) -> None:
    with pytest.raises(BadConversion, match="no conversion rule"):
        convert(a_proof(at, terms={}), at)


def test_money_that_came_back_returns_to_its_payer_and_never_converts(task: Agreement, at: Any) -> None:
    amount = paid(task, 1, at, "2023-07-01")
    one = recoveries.recover(tranche=task.tranches.get(number=1), amount=amount, because="misused", **told(at, "2023-08-01"))
    recoveries.pay_back(tranche=one, reference="R1", returned_on=dt.date(2023, 8, 2), **told(at, "2023-08-02"))
    assert position(ORGANISATIONS["city"].urn, dt.date(2023, 8, 2)).returned == amount
    task.milestones.update(state="passed")
    with pytest.raises(BadConversion, match="recovered"):
        convert(task, at)


@pytest.mark.parametrize("terms", [{"pivots": ["moon"]}, {"conversion": {**RULE["conversion"], "state": True, "basis": "luck"}}])
def test_terms_that_the_kind_does_not_know_are_refused(cast: Any, at: Any, terms: dict[str, Any]) -> None:
    award = an_award(at("2023-06-30"), kind="proof_of_concept", applicant="venture", city=1_000_000_00, district=0)
    with pytest.raises(BadAgreement):
        drawn(award, at("2023-06-30"), milestones=GOALS, terms=terms)


def test_a_milestone_is_one_of_its_kind(cast: Any, at: Any) -> None:
    with pytest.raises(BadAgreement, match="no milestone"):
        drawn(an_award(at("2023-06-30"), district=0), at("2023-06-30"), milestones=(Planned("x", "stated", 1, dt.date(2024, 6, 30), ("x",),
                                                                                          1_000_000, "test"),))


@pytest.mark.parametrize("written", ["林舟", "林舟 0", "林舟 -3", "林舟 1\n林舟 2", "林舟 三成"])
def test_a_cap_table_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(BadRule):
        holders(written)


def test_a_cap_table_is_read_as_people_write_it() -> None:
    assert holders("林舟，700000\n\n  Zhou Yining: 3 \n某 合伙 企业 5") == {"林舟": 700_000, "Zhou Yining": 3, "某 合伙 企业": 5}


@settings(deadline=None, derandomize=True)
@given(amount=st.integers(1, 10**12), valuation=st.integers(1, 10**13), discount=st.integers(0, 999_999), raised=st.integers(0, 10**13),
       shares=st.dictionaries(st.sampled_from("甲乙丙丁持"), st.integers(1, 10**12), min_size=1))
def test_every_column_of_the_cap_table_sums_to_one(
    amount: int, valuation: int, discount: int, raised: int, shares: dict[str, int],
) -> None:
    found = preview(ConversionRule("next_round", HOLDER, discount), amount, pre_money=valuation, raised=raised)
    table = cap_table(shares, "持", found)
    assert sum(each.before for each in table) == sum(each.after for each in table) == 1
    assert sum(each.later for each in table) == found.diluted / found.share
    before = Fraction(shares.get("持", 0), sum(shares.values()))
    assert (table[-1].name, table[-1].after) == ("持", before * found.others + found.share)


def test_a_stake_is_part_of_a_whole() -> None:
    fact = {"subject": HOLDER, "venture": ORGANISATIONS["venture"].urn, "amount": 1, "task": "urn:fuhua:agreement:a"}
    for numerator, denominator in (("0", "2"), ("2", "2"), ("x", "2"), ("-1", "2")):
        with pytest.raises(BadFact):
            StakeTaken(**fact, numerator=numerator, denominator=denominator).check()


def test_a_named_party_is_on_the_register_and_called_by_its_name(cast: Any, organisation: Any) -> None:
    ask, house = scheme_kinds()["proof_of_concept"].ask("sponsor"), organisation("incubator")
    assert (read(ask, house.urn), shown(ask, house.urn)) == (house.urn, t(house.name, house.name))
    for wrong in (organisation("venture").urn, "启明芯", "urn:fuhua:incubator:nobody"):
        with pytest.raises(BadValue):
            read(ask, wrong)


def test_people_of_the_sponsor_are_barred_before_the_draw(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=5, kind="proof_of_concept")
    sponsor, owner = one.parties("incubator", "推荐孵化器", 2)
    one.applications[0].values = {"sponsor": sponsor.urn}
    one.applications[0].save()
    one.tie("employs", (sponsor, one.experts[0]))
    one.tie("owns", (one.houses[1], sponsor), (owner, one.houses[4]))
    panels.draw(call=one.call, **one.told)
    barred = set(Barred.objects.filter(application=one.applications[0]).values_list("person", flat=True))
    assert barred == {one.experts[0].pk, one.experts[1].pk}
    assert not Barred.objects.filter(application=one.applications[1]).exists()
    assert {each.seat.person_id for each in one.reviews(one.applications[0])} == {each.pk for each in one.experts[2:5]}

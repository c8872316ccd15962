"""Every kind of scheme keeps the contract of kinds: its examples are tests, and what it names exists."""

from __future__ import annotations

import pytest

from fuhua.evidence.proof.figure import INDICATORS
from fuhua.kernel.questions import TYPES, read
from fuhua.kernel.written import rewritten
from fuhua.parties.words import SORTS
from fuhua.policy import catalog
from fuhua.policy.reasoning.profile import read_profile
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Ask, Example, Kind
from fuhua.schemes.queries.eligibility import profile_of

pytestmark = pytest.mark.django_db  # the list of fields, among which some questions ask to choose, is data

KINDS = list(scheme_kinds())
CASES = [(kind, example) for kind in KINDS for example in kind.examples]
WANTED = {"benchmark_incubator", "traditional_uplift", "future_field_incubator", "gold_seed", "platform_grant", "proof_of_concept",
          "cross_border_camp", "gold_mentor", "talent_course", "competition_nomination", "incubator_admission",
          "programme_nomination"}
_SAMPLES = {"words": "某某", "long": "某某", "number": "12", "money": 1200_00, "day": "2024-06-01", "yes": True}


def _sample(ask: Ask) -> object:
    first = next(iter(ask.choices), None)
    return {"choice": first, "choices": [first], "party": f"urn:fuhua:{first}:any"}.get(ask.type, _SAMPLES.get(ask.type))


def test_the_plan_s_selections_and_awards_each_have_a_kind() -> None:
    assert {kind.code for kind in KINDS} == WANTED


@pytest.mark.parametrize(("kind", "example"), CASES, ids=[f"{kind.code}-{n}" for n, (kind, _one) in enumerate(CASES)])
def test_an_example_of_a_kind_is_judged_as_written(kind: Kind, example: Example) -> None:
    found = {each.code: each.judge(example.case) for each in kind.requirements}
    assert tuple(code for code, state in found.items() if state is False) == example.misses
    assert tuple(code for code, state in found.items() if state is None) == example.unknown
    assert (example.case.sort in kind.applicants, set(example.case.values) <= {ask.name for ask in kind.asks}) == (True, True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_rubric_sums_to_100_and_its_lines_have_names_of_their_own(kind: Kind) -> None:
    codes = [each.code for each in kind.rubric]
    assert (sum(each.most for each in kind.rubric), len(set(codes)), min(each.most for each in kind.rubric) > 0) == (100, len(codes), True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_kind_names_only_what_the_house_knows(kind: Kind) -> None:
    names = [*(ask.name for ask in kind.asks), *(each.code for each in kind.evidence)]
    assert sorted(set(names) & {"title", "known", "version", "once", "gaps"}) == []
    asks = [ask.name for ask in kind.asks]
    assert (len(set(asks)), kind.applicants - set(SORTS), bool(kind.examples)) == (len(asks), set(), True)
    choosing = ("choice", "choices", "party")
    assert [ask.name for ask in kind.asks if ask.type not in TYPES or (ask.type in choosing) != bool(ask.choices)] == []
    assert [ask.source for ask in kind.asks if ask.source and ask.source not in SOURCES] == []
    assert [key for key in kind.rules if catalog.rule_of(key) is None] == []
    assert max(map(len, [kind.code, *names, *(each.code for each in kind.rubric)])) <= 24


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_input_of_a_policy_rule_can_be_read_from_the_answer_that_gives_it(kind: Kind) -> None:
    known = read_profile(profile_of(kind, {ask.name: _sample(ask) for ask in kind.asks}), catalog.inputs())
    assert set(known) == {ask.input for ask in kind.asks if ask.input}
    wanted = {one.name for key in kind.rules for edition in catalog.rule_of(key).editions for one in edition.inputs}
    assert {ask.input for ask in kind.asks if ask.input} - wanted - {"registered_on"} == set()
    for ask in kind.asks:
        if ask.input and ask.choices:
            assert set(ask.choices) == set(catalog.inputs()[ask.input].choices)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_stored_answer_comes_back_from_the_form_as_it_was(kind: Kind) -> None:
    assert {ask.name: read(ask, rewritten(ask, _sample(ask))) for ask in kind.asks} == {ask.name: _sample(ask) for ask in kind.asks}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_milestones_count_an_indicator_or_what_a_verifier_states(kind: Kind) -> None:
    INDICATORS.discover("fuhua.plan.indicators")
    known = {"stated", "residents", *INDICATORS.keys()}
    assert [each.measure for each in kind.milestones if each.measure not in known] == []
    assert (kind.tranches is None or 0 <= kind.tranches.on_signing <= 1_000_000, kind.panel.coverage >= 2) == (True, True)

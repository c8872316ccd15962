"""Every rule's worked cases are its tests, and every rule says where each clause stands."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest

from fuhua.policy.catalog import rules
from fuhua.policy.inputs import incubator
from fuhua.policy.reasoning.inputs import INPUTS, Input
from fuhua.policy.reasoning.profile import plain, read_profile, read_value
from fuhua.policy.reasoning.rule import Edition, Example, Rule
from fuhua.policy.reasoning.terms import Sight, ratio
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.reasoning.ways import alone, nearest
from fuhua.policy.words import EVIDENCE, SUBJECTS, TOPICS, UNITS

CASES = [pytest.param(rule, example, id=f"{rule.key}: {example.key}") for rule in rules() for example in rule.examples]
EDITIONS = [pytest.param(edition, id=f"{rule.key} {edition.key}") for rule in rules() for edition in rule.editions]


def _verdict(rule: Rule, example: Example) -> Verdict:
    return judge(rule, read_profile(example.profile, rule.inputs), example.on, example.tables)


def _shown(value: object, unit: str) -> object:
    return plain(Fraction(value) / 100) if unit in ("CNY", "USD") and value is not None else plain(value)


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_worked_case_comes_out_as_written(rule: Rule, example: Example):
    verdict = _verdict(rule, example)
    assert verdict.answer == example.verdict
    assert example.level in (None, verdict.level)
    assert example.score in (None, verdict.score)
    assert example.unmet in (None, tuple(each.leaf.key for each in verdict.deciding))
    assert example.missing in (None, tuple(one.name for one in verdict.missing))
    figures = {figure.key: _shown(value, figure.unit) for figure, value in verdict.figures}
    assert {key: figures[key] for key in example.figures} == dict(example.figures)


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if case.values[1].short])
def test_a_shortfall_is_the_exact_value_at_which_the_clause_is_met(rule: Rule, example: Example):
    verdict = _verdict(rule, example)
    found = {one.name: value for state in verdict.deciding for one, value in alone(verdict, state.leaf)}
    assert {name: found[name] for name in example.short} == {
        name: read_value(INPUTS[name], value)[0] for name, value in example.short.items()
    }


@pytest.mark.parametrize(("rule", "example"), [case for case in CASES if case.values[1].way is not None])
def test_the_nearest_way_is_the_one_written_down(rule: Rule, example: Example):
    known = read_profile(example.profile, rule.inputs)
    ways = nearest(rule, known, example.on, example.tables).ways
    assert {one.name: value for one, value in ways[0].changes} == {
        name: read_value(INPUTS[name], value)[0] for name, value in example.way.items()
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_has_its_own_key_and_says_what_it_rests_on(edition: Edition):
    keys = [leaf.key for leaf in edition.leaves]
    assert len(keys) == len(set(keys))
    for leaf in edition.leaves:
        assert leaf.key
        assert leaf.clause.evidence in EVIDENCE
        assert (leaf.clause.evidence == "memory") == bool(leaf.clause.confidence)
        assert leaf.clause.text.zh
        assert leaf.clause.text.en


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.key) for rule in rules()])
def test_a_rule_is_complete_and_its_editions_do_not_overlap(rule: Rule):
    assert rule.topic in TOPICS
    assert rule.subject in SUBJECTS
    assert rule.examples
    assert rule.instead_of == tuple(other for other in rule.instead_of if other in {each.key for each in rules()})
    spans = sorted(((edition.since, edition.until) for edition in rule.editions if edition.since), key=lambda span: span[0])
    assert all(before[1] is not None and before[1] < after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in INPUTS])
def test_every_input_has_a_unit_and_a_meaning_in_both_languages(one: Input):
    assert one.unit in UNITS
    assert one.meaning.zh
    assert one.meaning.en
    assert one.name.isascii()


def test_a_share_of_an_unknown_area_may_be_as_large_as_the_finest_area_allows():
    share = ratio(incubator.incubatees, incubator.site_area)
    assert share.range(Sight({"incubatees": (45, 45)}, dt.date(2025, 1, 1)))[1] == 4500  # 45 on a hundredth of a square metre

"""The columns and the single path are one text: the same verdict, clauses, score, gaps and cheapest way, edges above all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuhua.policy.catalog import rule_of, rules
from fuhua.policy.columns import calendar
from fuhua.policy.columns.judging import CODES, Compiled, Judged, supports
from fuhua.policy.columns.layout import BadColumns, missing, read
from fuhua.policy.columns.layout import profile as row_of
from fuhua.policy.columns.numbers import Fixed, Unsupported, constant, reaches
from fuhua.policy.reasoning.conditions import Cases, Condition
from fuhua.policy.reasoning.dates import elapsed
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Ratio, Sight
from fuhua.policy.reasoning.verdict import weighed
from policy.edge_profiles import edges, profile

ON = dt.date(2025, 5, 20)
EDITIONS = {f"{rule.key} {edition.key}": (rule, edition) for rule in rules() for edition in rule.editions}
REFUSED = {"beijing_incubator 2026", "incubator_tax 2019", "incubator_tax 2022", "incubator_tax 2024"}
SEEDS = st.integers(0, 2**32)
TECH_SME = rule_of("tech_sme")


@cache
def compiled(rule: Rule, edition: Edition, *, plain: bool = True) -> Compiled:
    return Compiled(rule, edition, plain=plain)


def has_cases(node: Condition) -> bool:
    return isinstance(node, Cases) or any(has_cases(inner) for inner in node.nodes)


def told(judged: Judged, row: int) -> dict[str, Any]:
    return {
        "answer": int(judged.answer[row]),
        "score": judged.score(row),
        "unmet": judged.keys(int(judged.unmet[row])),
        "unknown": judged.keys(int(judged.unknown[row])),
        "missing": set(judged.lacking(row)),
        "level": int(judged.level[row]),
    }


def single(rule: Rule, edition: Edition, known: Mapping[str, Any]) -> dict[str, Any]:
    verdict = weighed(rule, edition, Sight(known, ON), ON)
    deciding = () if verdict.answer == "eligible" else verdict.deciding
    keys = [level.key for level in edition.levels]
    return {
        "answer": CODES[verdict.answer],
        "score": verdict.score or (0, 0),
        "unmet": tuple(each.leaf.key for each in deciding if each.state is False),
        "unknown": tuple(each.leaf.key for each in deciding if each.state is None),
        "missing": {*verdict.missing, *verdict.unset},
        "level": -1 if verdict.level is None else keys.index(verdict.level),
    }


def differing(rule: Rule, edition: Edition, rows: list[dict[str, Any]], *, plain: bool = True) -> list[Any]:
    """Rows on which the two paths differ, with what each of them says; ways are compared where the columns have them."""
    one = compiled(rule, edition, plain=plain)
    judged = one.judge(read(one.inputs, rows, ON), len(rows), ON, ways=one.ways)
    found = []
    for row, known in enumerate(rows):
        ours, theirs = told(judged, row), single(rule, edition, known)
        if ours != theirs:
            found.append((known, ours, theirs))
        elif one.ways and ours["answer"] != 1 and not _way_agrees(one, judged, row, known):
            found.append((known, int(judged.cost[row]), judged.changes(row, known)))
    return found


def _way_agrees(one: Compiled, judged: Judged, row: int, known: Mapping[str, Any]) -> bool:
    """The cost of the single path, or a cheaper one where cases let it miss the cheapest; and applied, it is a yes."""
    way, cost = one.nearest(known, ON), int(judged.cost[row])
    if cost < 0 or (way is not None and way.not_before is not None):
        return cost == (-1 if way is None else way.cost)
    after = {**known, **{name: (value, value) for name, value in judged.changes(row, known).items()}}
    applied = weighed(one.rule, one.edition, Sight(after, ON), ON).answer == "eligible"
    return applied and (way is None or cost <= way.cost if has_cases(one.edition.whole) else way is not None and cost == way.cost)


@pytest.mark.parametrize("name", EDITIONS)
@settings(max_examples=3, deadline=None)
@given(seed=SEEDS)
def test_every_rule_says_the_same_by_columns_as_one_by_one(name: str, seed: int):
    (rule, edition), random = EDITIONS[name], Random(seed)
    if compiled(rule, edition).refused:
        assert name in REFUSED
        return
    rows = [
        profile(rule, edition, random, gaps=gaps, ranges=ranges) for gaps, ranges in product((0, 0.1, 0.3), (0, 0.2)) for _each in range(3)
    ]
    assert differing(rule, edition, rows) == []


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_machine_code_of_technology_smes_agrees_on_edges_and_gaps(seed: int):
    random = Random(seed)
    rows = [profile(TECH_SME, TECH_SME.editions[0], random, gaps=gaps, ranges=0) for gaps in (0, 0, 0.05, 0.2) for _each in range(25)]
    assert differing(TECH_SME, TECH_SME.editions[0], rows, plain=False) == []


def usual() -> dict[str, tuple[int, int]]:
    """A clean firm with odd denominators and 32 of the 60 points."""
    known = {one.name: 0 for one in TECH_SME.editions[0].inputs} | {"resident_enterprise": 1, "employees": 37, "rd_staff": 12, "class_2": 2}
    known |= {"sales": 999_999_937, "costs": 777_777_777, "assets": 10**9, "rd": 0}
    return {name: (value, value) for name, value in known.items()}


def edge_rows() -> list[dict[str, tuple[int, int]]]:
    """Every line of every table and every limit, on it and one stored unit to either side."""
    edition = TECH_SME.editions[0]
    rows = []
    for (of, edge), beside, staff in product(edges(edition), (-1, 0, 1), (37, 40, 499, 500)):
        row = {**usual(), "rd": (60_000_000,) * 2, "employees": (staff, staff)}
        if isinstance(of, Ratio):
            den = row[of.den.name][0] * of.den.factor
            for value in {int(edge * den) + beside, -int(-edge * den // 1) + beside}:
                rows.append({**row, of.num.name: (max(0, value),) * 2})
        elif of in edition.inputs:
            value = max(0, int(edge) + beside)
            rows.append({**row, of.name: (value, value)})
    return rows


def test_no_verdict_of_technology_smes_differs_on_the_edge_of_a_band():
    rows = edge_rows()
    assert len(rows) > 300
    assert differing(TECH_SME, TECH_SME.editions[0], rows, plain=False) == []


def test_a_row_says_no_more_than_the_clauses_that_decide():
    one = compiled(TECH_SME, TECH_SME.editions[0])
    known = {name: value for name, value in usual().items() if name != "rd_staff"} | {"major_accident": (1, 1)}
    judged = one.judge(read(one.inputs, [known], ON), 1, ON)
    assert judged.keys(int(judged.unmet[0])) == ("accident", "score", "hnte", "award", "rd_body", "standard")
    assert judged.lacking(0) == ()
    assert judged.cost[0] == -1


@pytest.mark.parametrize("name", ["tech_sme", "innovative_sme"])
def test_a_way_by_columns_costs_what_its_steps_cost(name: str):
    rule = rule_of(name)
    edition, random = rule.editions[0], Random(3)
    rows = [profile(rule, edition, random, gaps=0) for _each in range(200)]
    one = compiled(rule, edition)
    judged = one.judge(read(one.inputs, rows, ON), len(rows), ON)
    found = np.flatnonzero(judged.cost >= 0)
    assert len(found) > 10
    for row in found.tolist():
        steps = zip(judged.steps[row].tolist(), judged.moved, strict=True)
        assert sum(count * change.cost for count, (_one, change) in steps) == judged.cost[row]


def test_a_column_that_is_not_given_is_unknown_and_a_wrong_one_is_refused():
    one = compiled(TECH_SME, TECH_SME.editions[0])
    judged = one.judge({"resident_enterprise": np.ones(2, np.int8)}, 2, ON)
    assert judged.answer.tolist() == [-1, -1]
    assert len(judged.lacking(0)) == len(one.inputs) - 1
    with pytest.raises(BadColumns, match="employees"):
        one.judge({"employees": np.ones(2, np.int32)}, 2, ON)


def test_a_value_outside_the_bounds_of_its_input_goes_the_single_path():
    one = compiled(TECH_SME, TECH_SME.editions[0], plain=False)
    rows = [usual(), {**usual(), "sales": (10**17, 10**17)}]
    judged = one.judge(read(one.inputs, rows, ON), 2, ON)
    assert judged.alone == 1
    assert [told(judged, row) for row in range(2)] == [single(TECH_SME, TECH_SME.editions[0], known) for known in rows]


def test_which_rules_are_compiled_and_which_go_one_by_one():
    refused = {f"{rule.key} {key}": why for rule in rules() for key, why in supports(rule).items() if why}
    assert set(refused) == REFUSED
    assert len(EDITIONS) - len(refused) >= 60
    without = {rule.key for rule, edition in EDITIONS.values() if not compiled(rule, edition).refused and not compiled(rule, edition).ways}
    assert "tech_sme" not in without
    assert len(without) <= 14


@pytest.mark.parametrize("name", ["incubator_tax", "beijing_incubator"])
def test_a_rule_that_is_not_compiled_is_judged_all_the_same(name: str):
    rule = rule_of(name)
    edition, random = rule.editions[-1], Random(5)
    rows = [profile(rule, edition, random) for _each in range(12)]
    one = Compiled(rule, edition)
    judged = one.judge(read(one.inputs, rows, ON), len(rows), ON, ways=False)
    assert judged.alone == len(rows)
    assert [told(judged, row) for row in range(len(rows))] == [single(rule, edition, known) for known in rows]


@given(since=st.integers(693_600, 767_000), days=st.integers(-800, 9_000))
def test_time_is_counted_as_terms_count_it(since: int, days: int):
    assert Fraction(calendar.fine_months(since, since + days), calendar.FINE) == elapsed(since, since + days, "months")


@given(seed=SEEDS)
@settings(max_examples=20)
def test_rows_read_into_columns_come_out_again(seed: int):
    edition, random = TECH_SME.editions[0], Random(seed)
    rows = [profile(TECH_SME, edition, random) for _each in range(5)]
    inputs = compiled(TECH_SME, edition).inputs
    columns = read(inputs, rows, ON)
    assert [row_of(inputs, columns, row) for row in range(5)] == rows
    assert all(missing(one) < one.low for one in inputs)


def test_what_may_not_fit_in_64_bits_is_refused_and_never_wrong():
    big, small = Fixed("a", 1, 0, 10**17), Fixed("b", 1, 0, 10**3)
    assert reaches(big, constant(Fraction(1, 3)), strict=False) == "a * 3 >= 1"
    assert reaches(small, constant(10**17), strict=False) == "False"
    with pytest.raises(Unsupported):
        reaches(big, constant(Fraction(1, 97)), strict=False)

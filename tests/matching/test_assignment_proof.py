"""Certificates hold and no altered one does; draws are among the best only; repairs move the fewest."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from fuhua.matching.assignment.certificate import certificate
from fuhua.matching.assignment.checking import Refused, check, digest
from fuhua.matching.assignment.draw import lots
from fuhua.matching.assignment.problem import Impossible, Problem, problem
from fuhua.matching.assignment.repair import repair, without
from fuhua.matching.assignment.solve import TOTAL, WORST, Solution, solve
from matching.assigning import every_assignment, fair, problems, total, worst

SOME = settings(deadline=None, max_examples=60)


def told(solution: Solution) -> dict[str, Any]:
    """The certificate as it arrives: through a file."""
    return json.loads(json.dumps(certificate(solution)))


@SOME
@given(problems(quotas=True))
def test_a_certificate_proves_what_the_solver_says(task: Problem):
    for objective in (TOTAL, WORST):
        try:
            solution = solve(task, objective, seed="one")
        except Impossible:
            return
        found = check(told(solution))
        assert (found["total"], found["worst"]) == (solution.total, solution.worst)
        assert (found["total_bound"], found["worst_bound"]) == (solution.total_bound, solution.worst_bound)
        assert found["drawn"] == (solution.seed is not None)


@pytest.fixture(scope="module")
def paper() -> dict[str, Any]:
    return told(solve(fair(30, 25, seed=2, least=1), WORST))


def changed(paper: dict[str, Any], *where: Any, to: Any) -> dict[str, Any]:
    """A copy with one value altered, and its digest made anew, as a forger would."""
    copied = copy.deepcopy(paper)
    at: Any = copied
    for step in where[:-1]:
        at = at[step]
    at[where[-1]] = to(at[where[-1]])
    return copied | {"digest": digest(copied)}


def test_the_certificate_of_a_conference_is_optimal_in_both(paper: dict[str, Any]):
    found = check(paper)
    assert found["total_optimal"]
    assert found["worst_optimal"]


@pytest.mark.parametrize(
    ("where", "to", "code"),
    [
        (("assignment",), lambda pairs: pairs[1:], "coverage"),
        (("assignment",), lambda pairs: [*pairs, pairs[0]], "format"),
        (("assignment", 0, 0), lambda person: person + 999, "pair"),
        (("most",), lambda most: [0] * len(most), "load"),
        (("least",), lambda least: [9] * len(least), "load"),
        (("quotas",), lambda _none: [{"members": [], "least": 1, "most": 1}], "quota"),
        (("total", "found"), lambda units: units + 1, "sum"),
        (("worst", "found"), lambda units: units - 1, "sum"),
        (("floor",), lambda units: units + 1, "sum"),
        (("total", "bound"), lambda units: units - 1, "bound"),
        (("worst", "bound"), lambda units: units - 1, "bound"),
        (("total", "prices"), lambda prices: [price + 12_345_678_900 for price in prices], "bound"),
        (("total", "prices"), lambda prices: prices[1:], "format"),
        (("candidates", 0, 1, 0), float, "format"),
        (("format",), lambda _name: "another", "format"),
        (("total", "per"), lambda _per: None, "format"),
    ],
)
def test_an_altered_certificate_is_refused_even_with_a_new_digest(paper: dict[str, Any], where: tuple, to: Any, code: str):
    with pytest.raises(Refused, match=code):
        check(changed(paper, *where, to=to))


def test_without_a_new_digest_any_change_is_refused(paper: dict[str, Any]):
    for key in paper:
        if key != "digest":
            with pytest.raises(Refused, match=r"digest|format"):
                check(paper | {key: [paper[key]]})
    with pytest.raises(Refused, match="format"):
        check({})


def test_a_worse_assignment_cannot_pass_for_the_best():
    task = problem(np.array([[5, 1], [1, 5.0]]), np.array([1, 1]), np.array([1, 1]))
    forged = told(solve(task)) | {"assignment": [[0, 1], [1, 0]]}
    for part in ("total", "worst"):
        forged[part] = forged[part] | {"found": 2 if part == "total" else 1, "bound": 2 if part == "total" else 1}
    forged["floor"] = 1
    with pytest.raises(Refused, match="bound"):
        check(forged | {"digest": digest(forged)})


@SOME
@given(problems(least=False))
def test_every_draw_is_among_the_best(task: Problem):
    try:
        best = solve(task)
    except Impossible:
        return
    for seed in ("a", "b", "c"):
        drawn = solve(task, seed=seed)
        assert (drawn.worst, drawn.total) == (best.worst, best.total)
        assert tuple(drawn.chosen) in every_assignment(task)


@pytest.mark.parametrize("objective", [TOTAL, WORST])
def test_seeds_draw_different_panels_of_equal_worth_and_the_same_seed_the_same(objective: str):
    rng = np.random.default_rng(1)
    task = problem(rng.integers(0, 4, (20, 15)) / 2, np.full(20, 3), np.full(15, 3))
    drawn = [solve(task, objective, seed=f"2026-{number}") for number in range(8)]
    assert len({(each.worst, each.total) for each in drawn}) == 1
    assert all(each.seed for each in drawn)
    assert len({tuple(each.chosen) for each in drawn}) > 4
    assert solve(task, objective, seed="2026-0").pairs == drawn[0].pairs
    paper = told(drawn[0])
    assert check(paper)["drawn"]
    other = told(drawn[1])
    swapped = paper | {part: other[part] for part in ("assignment",)}
    assert not check(swapped | {"digest": digest(swapped)})["drawn"]


def test_lots_are_spread_over_their_range_and_differ_by_seed():
    task = fair(60, 50, seed=1)
    first, second = lots(task, "first"), lots(task, "second")
    assert (first.min(), first.max()) == (0, 1023)
    assert abs(first.mean() - 511.5) < 15
    assert (first != second).mean() > 0.99


@SOME
@given(problems(least=False))
def test_a_repair_moves_the_fewest_and_of_those_has_the_largest_total(task: Problem):
    try:
        before = solve(task).pairs
    except Impossible:
        return
    left = without(task, before[0][0])
    every = every_assignment(left)
    pairs = {each: [[int(left.person[edge]), int(left.paper[edge])] for edge in each] for each in every}
    if not every:
        with pytest.raises(Impossible):
            repair(left, before)
        return
    done = repair(left, before)
    moves = {each: sum(pair not in before for pair in pairs[each]) for each in every}
    assert len(done.taken) == len(done.given_up) == min(moves.values())
    assert task.score[done.chosen].sum() == max(total(left, each) for each in every if moves[each] == min(moves.values()))
    assert done.proved


def test_a_repair_keeps_the_floor_when_asked_and_says_when_it_cannot():
    task = fair(40, 30, seed=9)
    best = solve(task)
    left = without(task, best.pairs[0][0])
    done = repair(left, best.pairs, floor=best.worst // 2)
    assert worst(left, done.chosen) >= best.worst // 2
    assert len(done.taken) >= len(repair(left, best.pairs).taken)
    with pytest.raises(Impossible, match="lower the one or loosen the other"):
        repair(left, best.pairs, floor=9 * 10**9)

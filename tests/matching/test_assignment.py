"""The total, the worst and their proofs, against every assignment there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import optimize, sparse

from fuhua.matching.assignment.problem import BadProblem, Impossible, Problem, Quota, problem, units
from fuhua.matching.assignment.solve import TOTAL, WORST, Solution, solve
from fuhua.matching.assignment.teams import NO_FLOOR, reply
from fuhua.matching.assignment.total import largest
from matching.assigning import every_assignment, fair, problems, total, worst

SOME = settings(deadline=None, max_examples=80)


def solved(task: Problem, objective: str) -> Solution | None:
    try:
        return solve(task, objective)
    except Impossible:
        return None


@SOME
@given(problems())
def test_the_total_is_the_largest_of_all_assignments_and_none_is_given_only_where_there_is_none(task: Problem):
    found, every = solved(task, TOTAL), every_assignment(task)
    assert (found is None) == (not every)
    if found is not None:
        assert tuple(found.chosen) in every
        assert found.total == max(total(task, each) for each in every)
        assert found.proved["total"]
        assert found.worst_bound >= max(worst(task, each) for each in every)


@SOME
@given(problems(quotas=True))
def test_the_worst_is_the_highest_then_the_total_the_largest_also_with_seniors_and_places(task: Problem):
    found, every = solved(task, WORST), every_assignment(task)
    assert (found is None) == (not every)
    if found is not None:
        assert tuple(found.chosen) in every
        assert (found.worst, found.total) == max((worst(task, each), total(task, each)) for each in every)
        assert found.proved == {"total": True, "worst": True}


@SOME
@given(problems(quotas=True, least=False))
def test_the_total_with_quotas_is_the_largest(task: Problem):
    found, every = solved(task, TOTAL), every_assignment(task)
    assert (found is None) == (not every)
    if found is not None:
        assert tuple(found.chosen) in every
        assert found.total == max(total(task, each) for each in every)


@SOME
@given(problems())
def test_at_any_prices_the_bound_is_no_less_than_any_assignment(task: Problem):
    every = every_assignment(task)
    rng = np.random.default_rng(int(task.score.sum()) % 97)
    for floor in (int(NO_FLOOR), 2, 5):
        reached = [total(task, each) for each in every if worst(task, each) >= floor]
        bound = reply(task, task.score, rng.integers(-5, 6, task.people), floor).bound
        assert not reached or (bound is not None and bound >= max(reached))


def test_a_conference_gets_the_total_of_a_linear_program():
    task = fair(60, 80, seed=3, least=2)
    load = sparse.csr_array((np.ones(len(task.person)), (task.person, np.arange(len(task.person)))))
    own = sparse.csr_array((np.ones(len(task.person)), (task.paper, np.arange(len(task.person)))))
    told = optimize.linprog(
        -task.score / 1e9, A_ub=sparse.vstack([load, -load]), b_ub=np.append(task.most, -task.least), A_eq=own, b_eq=task.coverage,
        bounds=(0, 1),
    )  # fmt: skip
    assert solve(task, TOTAL).total / 1e9 == pytest.approx(-told.fun, abs=1e-7)


@pytest.mark.parametrize("least", [0, 2])
def test_a_conference_gets_a_proved_floor_that_costs_little(least: int):
    task = fair(118, 150, seed=5, least=least)
    most, found = solve(task, TOTAL), solve(task, WORST)
    assert found.proved["worst"]
    assert found.worst > most.worst
    assert found.total <= found.total_bound <= most.total
    assert found.total >= 0.99 * found.total_bound


def test_more_candidates_than_were_looked_at_first_are_taken_in():
    rng = np.random.default_rng(0)
    scores = np.sort(rng.random((400, 60)), axis=0)  # everybody wants the same last people
    task = problem(scores, np.full(400, 1), np.full(60, 5))
    flow = largest(task)
    rows, columns = optimize.linear_sum_assignment(np.repeat(scores, 5, axis=1), maximize=True)
    assert task.score[flow.chosen].sum() == np.rint(np.repeat(scores, 5, axis=1) * 1e9).astype(int)[rows, columns].sum()


def test_mentors_stewards_and_parks_are_paired_by_the_same_solver():
    mentors = problem(np.array([[3, 1, 2], [2, 3, 1.0]]), np.array([2, 2]), np.array([1, 1, 1]), least=np.array([1, 1]))
    assert solve(mentors, WORST).pairs == [[0, 0], [0, 2], [1, 1]]
    stewards = problem(np.ones((2, 6)), np.array([3, 3]), np.ones(6, int), least=np.array([3, 3]))
    assert solve(stewards).problem.loads(solve(stewards).chosen).tolist() == [3, 3]
    parks = problem(np.array([[5, 9], [4, 9], [0, 8.0]]), np.array([1, 1, 1]), np.array([1, 1]))
    assert solve(parks, TOTAL).pairs == [[0, 0], [1, 1]]
    nobody_needed = problem(np.ones((2, 2)), np.array([1, 1]), np.array([0, 0]))
    assert solve(nobody_needed).pairs == []


def test_seniors_are_in_every_team_and_no_place_has_more_than_one():
    task = fair(40, 50, seed=8, loads=5)
    seniors, places = np.arange(40) % 3 == 0, [np.arange(40) % 5 == place for place in range(5)]
    held = Problem(**vars(task) | {"quotas": (Quota(seniors, least=1), *(Quota(place, most=1) for place in places))})
    found = solve(held)
    teams = np.split(held.person[found.chosen], 50)
    assert all(seniors[team].any() for team in teams)
    assert all(len({who % 5 for who in team.tolist()}) == 3 for team in teams)
    assert found.proved == {"total": True, "worst": True}
    assert found.worst <= solve(task).worst


def test_scores_are_read_as_the_decimals_they_were_written_with():
    assert units(np.array([0.1, 0.25, -1]))[0].tolist() == [10, 25, -100]
    assert units(np.array([7.0, 3]))[1] == 0
    assert units(np.array([1 / 3]))[0].tolist() == [333333333]
    assert units(np.array([1e9 + 0.25]))[1] == 0
    with pytest.raises(BadProblem, match="too large"):
        units(np.array([3e9]))


def test_sparse_scores_give_what_dense_scores_with_conflicts_give():
    rng = np.random.default_rng(4)
    scores, barred = rng.random((12, 10)), rng.random((12, 10)) < 0.4
    dense = problem(scores, np.full(12, 3), np.full(10, 2), conflicts=barred)
    table = sparse.coo_array((scores[~barred], np.nonzero(~barred)), shape=(12, 10))
    assert solve(problem(table, np.full(12, 3), np.full(10, 2))).pairs == solve(dense).pairs
    whole = sparse.csr_array(scores)
    assert solve(problem(whole, np.full(12, 3), np.full(10, 2), conflicts=sparse.csr_array(barred))).pairs == solve(dense).pairs


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"most": [1, 1]}, "too few people: 4 places are to be filled; people may take 2"),
        ({"least": [3, 3]}, "people 0, 1 may take fewer papers than their least load"),
        ({"least": [2, 2], "coverage": [1, 1]}, "least loads are too high: 2 places"),
        ({"least": [2, 0], "most": [1, 9]}, "people 0 have a least load above their largest"),
        ({"coverage": [3, 1]}, "papers 0 have fewer people"),
        ({"conflicts": [[1, 0], [0, 0]]}, "papers 0 have fewer people"),
    ],
)
def test_limits_that_cannot_hold_are_named(changes: dict[str, list], said: str):
    given_ = {"most": [9, 9], "coverage": [2, 2], "least": [0, 0], "conflicts": [[0, 0], [0, 0]]} | changes
    rest = {name: np.array(value) for name, value in given_.items()}
    with pytest.raises(Impossible, match=said):
        solve(problem(np.ones((2, 2)), **rest))


def test_papers_whose_people_are_all_taken_are_named_and_people_who_cannot_reach_their_least():
    scores = np.ones((3, 3))
    only_first = np.array([[0, 0, 0], [1, 1, 0], [1, 1, 0]])
    with pytest.raises(Impossible, match=r"papers 0, 1 lack people: those who may take them, 0,"):
        solve(problem(scores, np.array([1, 2, 2]), np.array([1, 1, 1]), conflicts=only_first))
    only_last = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]])
    with pytest.raises(Impossible, match="people 0, 1 cannot all reach their least load"):
        solve(problem(scores, np.array([3, 3, 3]), np.array([1, 1, 1]), least=np.array([1, 1, 0]), conflicts=only_last))
    nobody = (Quota(np.zeros(3, bool), least=1),)
    with pytest.raises(Impossible, match="papers 0, 1, 2 cannot keep the quotas"):
        solve(problem(scores, np.array([3, 3, 3]), np.array([1, 1, 1]), quotas=nobody))

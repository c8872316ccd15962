"""Small problems of assignment, and the answer by trying everything."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import strategies as st

from fuhua.matching.assignment.problem import Problem, Quota, problem


def every_assignment(task: Problem) -> list[tuple[int, ...]]:
    """All sets of candidates that keep every limit."""
    ways = []
    for paper in range(task.papers):
        candidates = range(task.start[paper], task.start[paper + 1])
        teams = itertools.combinations(candidates, int(task.coverage[paper]))
        ways.append([team for team in teams if _keeps(task, team)])
    found = [tuple(itertools.chain(*teams)) for teams in itertools.product(*ways)]
    return [chosen for chosen in found if _loads_hold(task, chosen)]


def _keeps(task: Problem, team: tuple[int, ...]) -> bool:
    people = task.person[list(team)]
    return not team or all(quota.least <= quota.members[people].sum() <= quota.most for quota in task.quotas)


def _loads_hold(task: Problem, chosen: tuple[int, ...]) -> bool:
    loads = np.bincount(task.person[list(chosen)], minlength=task.people)
    return bool((loads >= task.least).all() and (loads <= task.most).all())


def total(task: Problem, chosen: Any) -> int:
    return int(task.score[list(chosen)].sum())


def worst(task: Problem, chosen: Any) -> int:
    return int(task.sums(np.array(list(chosen), np.int64))[task.coverage > 0].min())


@st.composite
def problems(draw: st.DrawFn, *, quotas: bool = False, least: bool = True) -> Problem:
    """Up to five people and four papers, some in conflict; a third of them cannot be solved."""
    people, papers = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    scores = np.array(draw(st.lists(st.integers(-4, 9), min_size=people * papers, max_size=people * papers)), float) / 4
    conflicts = np.array(draw(st.lists(st.booleans(), min_size=people * papers, max_size=people * papers))) & draw(st.booleans())
    most = draw(st.lists(st.integers(0, 4), min_size=people, max_size=people))
    low = [min(one, draw(st.integers(0, 2))) if least else 0 for one in most]
    coverage = draw(st.lists(st.integers(1, 2), min_size=papers, max_size=papers))
    kept = draw(st.lists(_quota(people), max_size=2)) if quotas else []
    shape = (people, papers)
    return problem(
        scores.reshape(shape), np.array(most), np.array(coverage), least=np.array(low), conflicts=conflicts.reshape(shape), quotas=kept
    )


def _quota(people: int) -> st.SearchStrategy[Quota]:
    members = st.lists(st.booleans(), min_size=people, max_size=people).map(np.array)
    return st.builds(Quota, members, st.integers(0, 1), st.integers(1, 2))


def fair(people: int, papers: int, *, seed: int, loads: int = 4, coverage: int = 3, least: int = 0) -> Problem:
    """A conference: topics decide who suits what, a third of the scores are zero and some are below it."""
    rng = np.random.default_rng(seed)
    who, what = rng.gamma(0.4, size=(people, 8)), rng.gamma(0.4, size=(papers, 8))
    scores = (who @ what.T) / np.outer(np.linalg.norm(who, axis=1), np.linalg.norm(what, axis=1))
    scores[rng.random(scores.shape) < 0.33] = 0
    scores[rng.random(scores.shape) < 0.1] *= -0.5
    return problem(scores, np.full(people, loads), np.full(papers, coverage), least=np.full(people, least))

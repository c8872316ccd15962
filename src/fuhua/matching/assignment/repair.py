"""Repair 递补 when limits change, as when somebody drops out: as few papers as possible change hands, then the total is the largest."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fuhua.kernel.words import t
from fuhua.matching.assignment.floors import at_floor
from fuhua.matching.assignment.problem import Impossible, Problem
from fuhua.matching.assignment.teams import NO_FLOOR
from fuhua.matching.assignment.total import largest


@dataclass(frozen=True)
class Repair:
    """The assignment after it (``chosen``: candidates of ``problem``), and what changed: [person, paper] given up and newly taken.

    ``proved``: no repair keeps more, and none that keeps as many has a larger total.
    """

    problem: Problem
    chosen: np.ndarray
    given_up: list[list[int]]
    taken: list[list[int]]
    proved: bool


def without(problem: Problem, person: int) -> Problem:
    """The problem when a person takes no paper at all."""
    most, least = problem.most.copy(), problem.least.copy()
    most[person] = least[person] = 0
    return replace(problem, most=most, least=least)


def repair(problem: Problem, pairs: list[list[int]], *, floor: int | None = None) -> Repair:
    """From the assignment ``pairs`` to one that keeps the limits of ``problem``, with every paper at ``floor`` (units) or above.

    Pairs that are no candidates any more, as after a conflict came to light, are given up. Raises :class:`Impossible`.
    """
    held = np.array(sorted(edge for pair in pairs if (edge := _edge(problem, pair)) is not None), np.int64)
    kept = np.zeros(len(problem.score), np.int64)
    kept[held] = 1
    spread = int(problem.score.max(initial=0)) - int(problem.score.min(initial=0))
    value = problem.score + kept * (spread * int(problem.coverage.sum()) + 1)
    flow = largest(problem, value, hint=held)
    found = at_floor(problem, int(NO_FLOOR) if floor is None else floor, flow, value=value)
    if found.chosen is None:
        raise Impossible(
            t(
                "无法递补到不低于底线并满足名额规则；请降低底线或放宽规则",
                "no repair keeps the floor and the quotas; lower the one or loosen the other",
            )
        )
    before = {(person, paper) for person, paper in pairs}
    after = set(zip(problem.person[found.chosen].tolist(), problem.paper[found.chosen].tolist(), strict=True))
    given_up, taken = ([list(pair) for pair in sorted(some)] for some in (before - after, after - before))
    return Repair(problem, found.chosen, given_up, taken, found.proved(value))


def _edge(problem: Problem, pair: list[int]) -> int | None:
    try:
        return problem.edge(*pair)
    except KeyError:
        return None

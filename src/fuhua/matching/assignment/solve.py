"""An answer to a problem of assignment: who takes what, the total and the worst, and what proves each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fuhua.matching.assignment.draw import drawn, scale_of
from fuhua.matching.assignment.floors import Found, Highest, Prices, at_floor, begun, highest
from fuhua.matching.assignment.problem import Problem
from fuhua.matching.assignment.teams import NO_FLOOR, reply
from fuhua.matching.assignment.total import largest

TOTAL, WORST = "total", "worst-then-total"
OBJECTIVES = (TOTAL, WORST)


@dataclass(frozen=True)
class Solution:
    """An assignment (``chosen``: candidates, ascending) with bounds and proofs, all in units of the problem.

    ``floor``: what every paper was to reach at least, None for the total alone. ``total_bound``: nobody exceeds it (at the floor);
    ``worst_bound``: no assignment has a better worst paper. ``total_proof`` are prices at which the total bound can be recomputed, and
    ``worst_proof`` those at which the floor ``worst_bound + 1`` cannot be reached. ``searched``: which of total and worst are proved by
    a whole program that tried all teams that could be better, and not by prices. ``seed``: of the draw, if one was held.
    """

    problem: Problem
    chosen: np.ndarray
    floor: int | None
    total_bound: int
    total_proof: Prices
    worst_bound: int
    worst_proof: Prices
    searched: tuple[str, ...] = ()
    seed: str | None = None

    @property
    def total(self) -> int:
        """The sum of all scores (units)."""
        return int(self.problem.score[self.chosen].sum())

    @property
    def worst(self) -> int:
        """The sum of the paper that has least; 0 when none needs anybody."""
        sums = self.problem.sums(self.chosen)[self.problem.coverage > 0]
        return int(sums.min()) if len(sums) else 0

    @property
    def proved(self) -> dict[str, bool]:
        """Whether nothing better exists: ``total`` (at the floor) and ``worst``."""
        return {
            "total": self.total == self.total_bound or "total" in self.searched,
            "worst": self.worst == self.worst_bound or "worst" in self.searched,
        }

    @property
    def pairs(self) -> list[list[int]]:
        """[person, paper], by person."""
        pairs = zip(self.problem.person[self.chosen].tolist(), self.problem.paper[self.chosen].tolist(), strict=True)
        return [list(pair) for pair in sorted(pairs)]

    def told(self, units: int) -> float:
        """A number of units as a score."""
        return units / 10**self.problem.decimals


def solve(problem: Problem, objective: str = WORST, *, seed: str | None = None) -> Solution:
    """The best assignment: the largest total, or the highest worst paper and then the largest total.

    ``seed`` draws among equally good ones (:mod:`draw`). Raises :class:`Impossible` when no assignment keeps all limits.
    """
    flow = largest(problem)
    if objective == TOTAL:
        found = (
            Found(flow.chosen, int(problem.score[flow.chosen].sum()), Prices(flow.prices)) if not problem.quotas else begun(problem, flow)
        )
        best = _reach(problem, found)
    else:
        best = highest(problem, flow)
    solution = Solution(
        problem, best.found.chosen, None if objective == TOTAL else best.floor, best.found.bound, best.found.prices,
        best.beyond - 1, best.proof, (("total",) if best.found.searched else ()) + (("worst",) if best.searched else ()),
    )  # fmt: skip
    return solution if seed is None else _drawn(solution, seed)


def _reach(problem: Problem, found: Found) -> Highest:
    """What no worst paper exceeds, whatever the loads: the best team of each paper by itself."""
    free = Prices(np.zeros(problem.people, np.int64))
    alone = reply(problem, problem.score, free.whole, NO_FLOOR).worths[problem.coverage > 0]
    return Highest(0, found, int(alone.min(initial=0) if not len(alone) else alone.min()) + 1, free)


def _drawn(solution: Solution, seed: str) -> Solution:
    """An assignment as good, by lots; the same one, without a seed, where 64 bits cannot hold the lots or no prices prove the draw."""
    problem = solution.problem
    try:
        value = drawn(problem, seed)
    except OverflowError:
        return solution
    floor = int(NO_FLOOR) if solution.floor is None else solution.floor
    found = at_floor(problem, floor, largest(problem, value), value=value)
    bound = None if found.bound is None else found.bound // scale_of(problem)
    if found.chosen is None or bound != solution.total or int(problem.score[found.chosen].sum()) != bound:
        return solution
    return replace(solution, chosen=found.chosen, total_bound=bound, total_proof=found.prices, seed=seed)

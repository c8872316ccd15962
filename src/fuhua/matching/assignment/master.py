"""Linear and whole programs over teams: prices that make the bound of :mod:`teams` as low as it gets, and the best mix of the teams met.

Papers that floor or quotas bear on (*hard*) choose among teams, the others among single candidates. Prices come out of floating-point
programs, but they are rounded to whole numbers and what they prove is computed from these anew, so that nothing rests on rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from fuhua.matching.assignment.problem import Problem
from fuhua.matching.assignment.teams import Reply, broken, reply

TURNS = 150
NEAR = 16  # candidates that an easy paper is given at first, beyond what it needs
COSTLY = 1e5  # the largest cost of a whole program: its tolerances are then below a unit
OPTIMAL, IMPOSSIBLE = 0, 2  # what scipy calls them
SHARE = 1e-6  # what is nearer than this to a whole number counts as one


@dataclass(frozen=True)
class Priced:
    """The best prices found (people), what all papers answered to them, and an assignment if the program came to one."""

    prices: np.ndarray
    reply: Reply
    chosen: np.ndarray | None


class Master:
    """A program that grows by what papers answer to its prices. ``value`` (candidates) and prices are in the same whole units.

    No assignment at all is worth less than ``least``: prices that prove less prove that there is none.
    """

    def __init__(self, problem: Problem, value: np.ndarray, floor: int, prices: np.ndarray, least: int) -> None:
        self.problem, self.value, self.floor, self.prices, self.least = problem, value, floor, prices, least
        self.hard = np.zeros(problem.papers, bool)
        self.known = np.zeros(len(value), bool)  # candidates that easy papers may choose among
        self.teams: dict[tuple[int, ...], int] = {}  # team → paper
        self.ends = np.append(0, np.cumsum(problem.coverage))
        self.scale = float(np.abs(value).max(initial=1))
        self.penalty = 4.0 * max(1, int(problem.coverage.sum()))

    def solve(self) -> Priced:
        """Grow until no answer is new or the bound cannot fall: to the program's value, or below what any assignment is worth."""
        best = Priced(self.prices, reply(self.problem, self.value, self.prices, self.floor), None)
        prices, told, near = self.prices, best.reply, len(self.value)
        for _turn in range(TURNS):
            if told.bound is None or best.reply.bound < self.least or not self._grow(told, prices, near):
                break
            prices, reached, chosen = self._priced()
            told, near = reply(self.problem, self.value, prices, self.floor), 0
            if told.bound is None or told.bound < best.reply.bound:
                best = Priced(prices, told, None)
            weak = np.zeros(len(self.hard), bool) if chosen is None else broken(self.problem, chosen, self.floor)
            if best.reply.bound <= reached + self.ends[-1] and not weak.any():
                return Priced(best.prices, best.reply, chosen)
            self.hard |= weak
        return best

    def mix(self, seconds: float) -> tuple[np.ndarray | None, bool]:
        """The best assignment from the teams and candidates met, and whether nothing among them is better."""
        paper, worth, load, own, need, column, member = self._matrices()
        problem, best = self.problem, np.full(self.problem.papers, -np.inf)
        np.maximum.at(best, paper, worth)
        behind = best[paper] - worth
        found = optimize.milp(
            behind * (COSTLY / max(1.0, behind.max(initial=0))), integrality=np.ones(len(worth)), bounds=optimize.Bounds(0, 1),
            constraints=[optimize.LinearConstraint(load, problem.least, problem.most), optimize.LinearConstraint(own, need, need)],
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )  # fmt: skip
        chosen = None if found.x is None else np.sort(member[np.rint(found.x).astype(bool)[column]])
        return chosen, found.status in (OPTIMAL, IMPOSSIBLE)

    def _grow(self, told: Reply, prices: np.ndarray, near: int) -> bool:
        """Take in what the papers answered, at first also some of the best candidates; whether anything was new."""
        before = (len(self.teams), int(self.known.sum()))
        self.hard |= told.poor
        for paper in np.flatnonzero(self.hard):
            self.teams.setdefault(tuple(sorted(told.teams[self.ends[paper] : self.ends[paper + 1]].tolist())), int(paper))
        self.known[told.teams] = True
        if near:
            worth = self.value - prices[self.problem.person]
            for first, last, places in zip(self.problem.start, self.problem.start[1:], self.problem.coverage, strict=False):
                self.known[first + np.argsort(-worth[first:last], kind="stable")[: places + NEAR]] = True
        return before != (len(self.teams), int(self.known.sum()))

    def _matrices(self) -> tuple[np.ndarray, ...]:
        """Columns are candidates of easy papers, then teams.

        Paper and value of each; who is in it, and whose it is, as matrices; what each paper needs; then columns and their candidates.
        """
        problem = self.problem
        edges = np.flatnonzero(self.known & ~self.hard[problem.paper])
        sizes = np.array([len(team) for team in self.teams], np.int64)
        flat = np.array([edge for team in self.teams for edge in team], np.int64)
        paper = np.concatenate([problem.paper[edges], np.array(list(self.teams.values()), np.int64)])
        column = np.concatenate([np.arange(len(edges)), len(edges) + np.repeat(np.arange(len(sizes)), sizes)])
        member = np.concatenate([edges, flat])
        worth = np.bincount(column, self.value[member], minlength=len(paper))
        load = sparse.csr_array((np.ones(len(member)), (problem.person[member], column)), shape=(problem.people, len(paper)))
        own = sparse.csr_array((np.ones(len(paper)), (paper, np.arange(len(paper)))), shape=(problem.papers, len(paper)))
        need = np.where(self.hard, np.minimum(problem.coverage, 1), problem.coverage)
        return paper, worth, load, own, need, column, member

    def _priced(self) -> tuple[np.ndarray, float, np.ndarray | None]:
        """Solve the linear program: whole prices of people, the value reached, and the assignment if it came to one."""
        problem = self.problem
        _paper, worth, load, own, need, column, member = self._matrices()
        people, papers, columns = problem.people, problem.papers, len(worth)
        eye, slack = sparse.eye_array(people), 2 * people + papers
        load = sparse.hstack([load, -eye, eye, sparse.csr_array((people, papers))])
        own = sparse.hstack([own, sparse.csr_array((papers, 2 * people)), sparse.eye_array(papers)])
        ends = np.append(np.ones(columns), np.full(slack, np.inf))
        found = optimize.linprog(
            np.append(-worth / self.scale, np.full(slack, self.penalty)),
            A_ub=sparse.vstack([load, -load]), b_ub=np.append(problem.most, -problem.least), A_eq=own, b_eq=need,
            bounds=np.stack([np.zeros(len(ends)), ends], axis=1), method="highs",
        )  # fmt: skip
        dual = found.ineqlin.marginals[people:] - found.ineqlin.marginals[:people]
        part = found.x[:columns]
        settled = bool((np.abs(part - np.rint(part)) < SHARE).all() and found.x[columns:].sum() < SHARE)
        chosen = np.sort(member[np.rint(part).astype(bool)[column]]) if settled else None
        return np.rint(dual * self.scale).astype(np.int64), -found.fun * self.scale, chosen

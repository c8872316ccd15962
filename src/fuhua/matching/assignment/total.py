"""The largest total, with the prices that prove it: solved on few candidates a paper, checked against all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fuhua.kernel.words import t
from fuhua.matching.assignment import auction, flow
from fuhua.matching.assignment.problem import Impossible, Problem
from fuhua.matching.compiled import compiled

FIRST = 24  # candidates a paper is given at first, beyond what it needs
NAMED = 12  # how many papers or people a message names


@dataclass(frozen=True)
class Flow:
    """An assignment (``chosen``: indices of candidates, ascending) and the prices of people (units) that prove it the best."""

    chosen: np.ndarray
    prices: np.ndarray


def largest(problem: Problem, gain: np.ndarray | None = None, prices: np.ndarray | None = None, hint: np.ndarray | None = None) -> Flow:
    """The assignment with the largest sum of ``gain`` (candidates, int64; else the scores); quotas are left aside.

    ``prices`` and ``hint`` (candidates in use) of a similar problem save work. Raises :class:`Impossible`.
    """
    gain = problem.score if gain is None else gain
    sizes_hold(problem)
    known = np.zeros(problem.people, np.int64) if prices is None else prices
    kept = np.zeros(len(gain), np.bool_)
    if hint is not None:
        kept[hint] = True
    used = kept.copy()
    wanted = FIRST
    flow.keep(problem.start, problem.person, gain, known, problem.coverage + wanted, kept)
    while True:
        edges = np.flatnonzero(kept)
        core = _Core(problem, edges, gain[edges])
        if prices is None and len(edges):
            auction.bid(core.network, problem.most, problem.coverage, known)
        stuck = core.settle(known, used[edges])
        prices = known = core.prices
        if stuck is not None:
            if len(edges) == len(gain):
                raise _stuck(problem, core, stuck)
            wanted *= 8
            flow.keep(problem.start, problem.person, gain, known, problem.coverage + wanted, kept)
            continue
        used[:] = False
        used[edges[core.used]] = True
        if not _violated(problem.start, problem.person, gain, known, core.worth, problem.coverage, kept):
            return Flow(edges[core.used], known)


class _Core:
    """The state of :mod:`flow` over some candidates."""

    def __init__(self, problem: Problem, edges: np.ndarray, gain: np.ndarray) -> None:
        people, papers, size = problem.people, problem.papers, len(edges)
        self.problem = problem
        person = problem.person[edges]
        open_start = np.append(0, np.cumsum(np.bincount(person, minlength=people)))
        self.network = (
            np.searchsorted(edges, problem.start),
            person,
            gain,
            problem.paper[edges],
            open_start,
            np.argsort(person, kind="stable"),
        )
        self.worth, self.used = np.zeros(papers, np.int64), np.zeros(size, np.bool_)
        self.lists = tuple(np.full(many, flow.NONE, np.int64) for many in (people, size, size))
        self.held, self.excess = np.zeros(people, np.int64), np.zeros(people, np.int64)
        room, nodes = size + 2 * people + 2, people + papers + 1
        self.far = np.full(nodes, flow.FAR)
        self.heap = (np.empty(room, np.int64), np.empty(room, np.int64))
        self.rest = (np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.zeros(1, np.int64))
        self.prices = np.zeros(people, np.int64)

    def settle(self, prices: np.ndarray, used: np.ndarray) -> int | None:
        """Solve from ``prices``; the node that has no way out when there is no solution among these candidates."""
        self.used[:] = used
        self.prices[:] = prices
        state = (self.prices, self.worth, self.used, *self.lists, self.held)
        search = (*self.heap, self.far, *self.rest, self.excess)
        limits = self.problem
        stuck = flow.settle(self.network, state, limits.least, limits.most, limits.coverage, search)
        return None if stuck == flow.NONE else int(stuck)


@compiled
def _violated(start, person, gain, prices, worth, coverage, kept):
    """Marks the candidates that some paper would rather have than what it has; returns how many."""
    found = 0
    for paper in range(len(start) - 1):
        if coverage[paper]:
            for edge in range(start[paper], start[paper + 1]):
                if not kept[edge] and gain[edge] - prices[person[edge]] > worth[paper]:
                    kept[edge] = True
                    found += 1
    return found


def sizes_hold(problem: Problem) -> None:
    """Raise :class:`Impossible` for what counting alone shows cannot be."""
    candidates, places = np.diff(problem.start), int(problem.coverage.sum())
    if short := named(problem.coverage > candidates):
        said = t(
            "篇目 {which} 可用的人少于所需人数；请减少其所需人数或回避",
            "papers {which} have fewer people who may take them than they need; lower their coverage or lift conflicts",
        )
        raise Impossible(said.format(which=short))
    if crossed := named(problem.least > problem.most):
        said = t("人员 {which} 的下限高于上限", "people {which} have a least load above their largest")
        raise Impossible(said.format(which=crossed))
    papers = np.bincount(problem.person[problem.coverage[problem.paper] > 0], minlength=problem.people)
    if short := named(problem.least > papers):
        said = t(
            "人员 {which} 可接的篇目少于其下限；请降低其下限或减少回避",
            "people {which} may take fewer papers than their least load; lower it or lift conflicts",
        )
        raise Impossible(said.format(which=short))
    limits = t(
        "所需人次 {places}，人员上限合计 {most}，下限合计 {least}",
        "{places} places are to be filled; people may take {most} in all and must take {least}",
    )
    told = limits.format(places=places, most=int(problem.most.sum()), least=int(problem.least.sum()))
    if places > problem.most.sum():
        raise Impossible(t("人员不够：{told}", "too few people: {told}").format(told=told))
    if places < problem.least.sum():
        raise Impossible(t("人员下限太高：{told}", "the least loads are too high: {told}").format(told=told))


def _stuck(problem: Problem, core: _Core, source: int) -> Impossible:
    """What the search from a node with too much reached: the limits that cannot hold together."""
    reached = core.far < flow.FAR
    people, papers = named(reached[: problem.people]), named(reached[problem.people + 1 :])
    if core.excess[source] < 0:
        said = t(
            "人员 {people} 达不到各自的下限：他们可接的篇目不够；请降低下限或减少回避",
            "people {people} cannot all reach their least load: the papers open to them are too few; lower it or lift conflicts",
        )
        return Impossible(said.format(people=people))
    said = t(
        "篇目 {papers} 缺人：可用的人员 {people} 都已到上限；请提高上限、减少回避或所需人数",
        "papers {papers} lack people: those who may take them, {people}, are all at their largest load; "
        "raise it, lift conflicts or lower coverage",
    )
    return Impossible(said.format(papers=papers, people=people))


def named(which: np.ndarray) -> str:
    """The first of those marked, for a message."""
    found = np.flatnonzero(which)
    return ", ".join(map(str, found[:NAMED])) + (f", … ({len(found)})" if len(found) > NAMED else "")

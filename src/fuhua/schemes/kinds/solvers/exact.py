"""Who reviews what: the worst-off application first, then the total, then a reproducible draw among all that are as good.

A whole panel is drawn by the solver of :mod:`fuhua.matching.assignment`, and where that gives up, by the program of repairs. That is a
small one of its own, for it knows more: reviews that were handed in stay where they are, and of those that are still open as few
as possible change hands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from fuhua.kernel.words import Text, listed, t
from fuhua.matching.assignment.certificate import certificate
from fuhua.matching.assignment.problem import BadProblem, Impossible, Quota, problem
from fuhua.matching.assignment.solve import solve
from fuhua.matching.expertise.affinity import affinities
from fuhua.schemes.kinds.drawing import BadDraw, Drawn, Expert, Round
from fuhua.schemes.kinds.solvers import Solver

_NAMED = 5
_SECONDS = 60


def draw(task: Round, seed: str) -> Drawn:
    """The best assignment; among equals the one that ``seed`` draws. Raises :class:`BadDraw`."""
    _require(task)
    return repaired(task, seed) if task.fixed or task.kept else _solved(task, seed)


def _solved(task: Round, seed: str) -> Drawn:
    """The draw of a whole panel, of which nothing stands yet."""
    size = (len(task.experts), len(task.coverage))
    barred = np.zeros(size, bool)
    for pair in task.barred:
        barred[pair] = True
    houses = np.array([each.house for each in task.experts])
    quotas = [Quota(np.array([each.senior for each in task.experts]), least=task.seniors)] if task.seniors else []
    quotas += [Quota(houses == each, most=task.together) for each in np.unique(houses[houses > 0]) if task.together]
    try:
        found = solve(problem(task.affinity, _most(task), np.array(task.coverage), least=np.array([each.least for each in task.experts]),
                              conflicts=barred, quotas=quotas), seed=seed)
    except Impossible as wrong:
        raise BadDraw(wrong.text) from wrong
    except BadProblem:  # its teams came to no whole assignment, which proves nothing: the program of repairs tries every pair
        return repaired(task, seed)
    pairs = tuple(sorted((who, what) for who, what in found.pairs))
    return Drawn(pairs, found.worst, found.total, all(found.proved.values()), 0, certificate(found))


def repaired(task: Round, seed: str) -> Drawn:
    """The draw when some of it stands; it may be nothing."""
    model = _Model(task)
    kept = np.array([pair in task.kept for pair in model.pairs], float)
    chosen, sure = model.best(kept) if task.kept else (None, True)
    if chosen is not None:
        model.hold(kept, kept[chosen].sum())
    chosen, worst_sure = model.floor()
    model.raise_floor(model.worst(chosen))
    chosen, total_sure = model.best(model.score)
    model.hold(model.score, model.score[chosen].sum())
    lots = np.array([int.from_bytes(hashlib.sha256(f"{seed}:{who}:{what}".encode()).digest()[:3]) for who, what in model.pairs], float)
    chosen, _sure = model.best(lots)
    pairs = tuple(sorted(model.pairs[each] for each in chosen))
    return Drawn(pairs, model.worst(chosen), int(model.score[chosen].sum()), sure and worst_sure and total_sure,
                 len(task.kept - set(pairs)))


class _Model:
    """The limits as rows over the pairs that may be, for HiGHS; everything is whole, so that sums are exact."""

    def __init__(self, task: Round) -> None:
        self._task = task
        self.pairs = [(who, what) for what in range(len(task.coverage)) for who in range(len(task.experts))
                      if (who, what) not in task.barred or (who, what) in task.fixed]
        self.who, self.what = (np.array(each, int) for each in zip(*self.pairs, strict=True))
        self.score = task.affinity[self.who, self.what].astype(float)
        self._lows = np.array([pair in task.fixed for pair in self.pairs], float)
        self._rows: list[LinearConstraint] = list(self._limits())
        self._floor = self._over(self.what, self.score, len(task.coverage))

    def _over(self, row: np.ndarray, weight: np.ndarray, rows: int) -> sparse.csr_array:
        return sparse.csr_array((weight, (row, np.arange(len(self.pairs)))), (rows, len(self.pairs)))

    def _limits(self) -> Iterator[LinearConstraint]:
        task, ones, papers = self._task, np.ones(len(self.pairs)), len(self._task.coverage)
        yield LinearConstraint(self._over(self.what, ones, papers), task.coverage, task.coverage)
        yield LinearConstraint(self._over(self.who, ones, len(task.experts)), [each.least for each in task.experts], _most(task))
        if task.seniors:
            senior = np.array([each.senior for each in task.experts], float)[self.who]
            yield LinearConstraint(self._over(self.what, senior, papers), task.seniors, np.inf)
        houses = {each: at for at, each in enumerate(sorted({expert.house for expert in task.experts} - {0}))}
        if task.together and houses:
            at = np.array([houses.get(each.house, -1) for each in task.experts])[self.who]
            row = np.where(at < 0, 0, self.what * len(houses) + at)
            table = self._over(row, (at >= 0).astype(float), papers * len(houses))
            fixed = table @ self._lows
            yield LinearConstraint(table, 0, np.maximum(task.together, fixed))

    def best(self, gain: np.ndarray) -> tuple[np.ndarray, bool]:
        """The pairs with the largest sum of ``gain``, and whether that is proved."""
        return self._run(-gain, self._rows, len(self.pairs))

    def floor(self) -> tuple[np.ndarray, bool]:
        """The pairs whose worst-off application is best, and whether that is proved; one more column is its sum."""
        wide = [LinearConstraint(_wider(each.A, 0.0), each.lb, each.ub) for each in self._rows]
        wide.append(LinearConstraint(_wider(self._floor, -1.0), 0, np.inf))
        return self._run(np.append(np.zeros(len(self.pairs)), -1.0), wide, len(self.pairs) + 1)

    def worst(self, chosen: np.ndarray) -> int:
        """The smallest sum of affinity that an application has."""
        return int(np.bincount(self.what[chosen], self.score[chosen], len(self._task.coverage)).min())

    def raise_floor(self, floor: int) -> None:
        """From now on every application has at least ``floor``."""
        self._rows.append(LinearConstraint(self._floor, floor, np.inf))

    def hold(self, gain: np.ndarray, least: float) -> None:
        """From now on the sum of ``gain`` is at least ``least``."""
        self._rows.append(LinearConstraint(sparse.csr_array(gain[None, :]), least, np.inf))

    def _run(self, cost: np.ndarray, rows: list[LinearConstraint], columns: int) -> tuple[np.ndarray, bool]:
        low, high = np.zeros(columns), np.full(columns, np.inf)
        low[: len(self.pairs)], high[: len(self.pairs)] = self._lows, 1
        found = milp(cost, constraints=rows, integrality=np.ones(columns), bounds=Bounds(low, high),
                     options={"mip_rel_gap": 0.0, "time_limit": _SECONDS})
        if found.x is None:
            raise BadDraw(t("专家人数、资历、同单位上限与回避合在一起无法满足，请增加专家或提高评审量上限",
                            "load, seniority, house and recusal cannot all hold; seat more experts or let them read more"))
        return np.flatnonzero(found.x[: len(self.pairs)] > 0.5), found.status == 0


def _most(task: Round) -> np.ndarray:
    """The most that each expert may have; what was handed in is theirs in any case."""
    held = np.bincount(np.array([who for who, _what in task.fixed], int), minlength=len(task.experts))
    return np.maximum(np.array([each.most for each in task.experts], int), held)


def _wider(table: sparse.csr_array, last: float) -> sparse.csr_array:
    return sparse.csr_array(sparse.hstack([table, sparse.csr_array(np.full((table.shape[0], 1), last))]))


def _require(task: Round) -> None:
    """Raise :class:`BadDraw` for what a person can see at once: too few hands, or an application that too few may read."""
    if not task.coverage:
        raise BadDraw(t("没有待评审的申报", "no application waits for review"))
    places, wanted = int(_most(task).sum()), sum(task.coverage)
    if places < wanted:
        raise BadDraw(t("需要 {wanted} 份评审，专家合计最多 {places} 份，请增加专家或提高评审量上限",
                        "{wanted} reviews are needed and the experts take {places} at most; seat more or let them read more")
                      .format(wanted=wanted, places=places))
    short = []
    for what, coverage in enumerate(task.coverage):
        free = [each for who, each in enumerate(task.experts) if (who, what) not in task.barred or (who, what) in task.fixed]
        if len(free) < coverage or sum(each.senior for each in free) < task.seniors:
            short.append(task.names[what] if task.names else str(what))
    if short:
        raise BadDraw(t("以下申报回避后可评审的专家（或资深专家）不足：{which}；请增加专家",
                        "after recusal too few experts (or seniors) are left for: {which}; seat more")
                      .format(which=listed([Text(each, each) for each in short[:_NAMED]])))


EXAMPLES = (
    (Round(experts=[Expert(0, 1), Expert(0, 1)], coverage=[1, 1], affinity=np.array([[2, 5], [3, 1]])), (3, 8)),
    (Round(experts=[Expert(0, 2), Expert(0, 2)], coverage=[1, 1], affinity=np.array([[4, 4], [3, 1]])), (4, 8)),
)

SPEC = Solver("exact", draw, affinities, EXAMPLES)

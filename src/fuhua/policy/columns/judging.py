"""Judging by columns: a compiled rule for a million subjects, with the single path for what it does not know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from fuhua.policy.columns.kernel import Kernel, written
from fuhua.policy.columns.layout import Columns, checked, profile
from fuhua.policy.columns.numbers import Fixed, Unsupported
from fuhua.policy.columns.search import ASK, NO_WAY
from fuhua.policy.reasoning.conditions import Leaf
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Exact, Operator, Sight
from fuhua.policy.reasoning.verdict import weighed
from fuhua.policy.reasoning.ways import Way, nearest
from fuhua.policy.words import ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED

WIDE = Fixed("", 10**6, -(2**62), 2**62)  # for a score of a rule that is not compiled
CODES = {ELIGIBLE: 1, NOT_ELIGIBLE: 0, UNDETERMINED: -1}


@dataclass
class Judged:
    """What was found, one row for each subject.

    ``answer`` is 1, 0 or -1 (eligible, not, cannot tell yet); ``low`` and ``high`` the score times ``scale``; ``unmet`` and
    ``unknown`` bits of the clauses that decide; ``missing`` bits of the inputs (and tables) that matter; ``level`` the place of
    the best level reached or -1; ``cost`` of the nearest way in fen, -1 when there is none or it is not needed; ``steps`` of
    each input of ``moved`` in its direction. ``alone`` counts the rows that the single path had to judge.
    """

    clauses: tuple[Leaf, ...]
    wanted: tuple[Input | Operator, ...]
    moved: tuple[tuple[Input, Change], ...]
    scale: tuple[int, int]
    answer: np.ndarray
    low: np.ndarray
    high: np.ndarray
    unmet: np.ndarray
    unknown: np.ndarray
    missing: np.ndarray
    level: np.ndarray
    cost: np.ndarray
    steps: np.ndarray
    alone: int = 0

    def score(self, row: int) -> tuple[Fraction, Fraction]:
        """The score of a row as a range."""
        return Fraction(int(self.low[row]), self.scale[0]), Fraction(int(self.high[row]), self.scale[1])

    def keys(self, bits: int) -> tuple[str, ...]:
        """The clauses of a mask, in the order of the text."""
        return tuple(leaf.key for place, leaf in enumerate(self.clauses) if bits >> place & 1)

    def lacking(self, row: int) -> tuple[Input | Operator, ...]:
        """The unknown inputs and tables of a row that can change its verdict."""
        return tuple(term for place, term in enumerate(self.wanted) if int(self.missing[row]) >> place & 1)

    def changes(self, row: int, known: Mapping[str, Any]) -> dict[str, int]:
        """The new stored values of the nearest way of a row whose profile is ``known``."""
        found = {}
        for (one, change), steps in zip(self.moved, self.steps[row].tolist(), strict=True):
            if steps:
                low, high = known.get(one.name) or (one.low, one.high)
                found[one.name] = low + steps * change.step if change.up else high - steps * change.step
        return found


class Compiled:
    """One edition of a rule, with the operator's tables and the costs of changes, ready to judge columns."""

    def __init__(
        self,
        rule: Rule,
        edition: Edition,
        tables: Mapping[str, Exact] | None = None,
        costs: Mapping[str, Change | None] | None = None,
        *,
        plain: bool = False,
    ) -> None:
        """``plain`` runs the same text as Python instead of machine code: for few rows, and to check the text."""
        self.rule, self.edition, self.tables, self.costs = rule, edition, dict(tables or {}), dict(costs or {})
        self.plain = plain
        self._kernels: dict[frozenset[str], tuple[Kernel, Any]] = {}

    @cached_property
    def refused(self) -> str:
        """Why the rule is judged one by one; empty when it is compiled."""
        try:
            self._kernel(frozenset())
        except Unsupported as why:
            return str(why)
        return ""

    @property
    def ways(self) -> bool:
        """Whether ways are compiled too."""
        return not self.refused and self._kernel(frozenset())[0].changing is not None

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs it looks at, which are its columns."""
        return tuple(one for one in self.edition.inputs if one in self.edition.terms)

    @cached_property
    def _alone_in_force(self) -> Rule:
        """The rule with this edition alone, in force on every day."""
        return replace(self.rule, editions=(replace(self.edition, since=None, until=None),))

    def _kernel(self, ranged: frozenset[str]) -> tuple[Kernel, Any]:
        if ranged not in self._kernels:
            kernel = written(self.edition, self.tables, self.costs, ranged)
            self._kernels[ranged] = kernel, kernel.plain() if self.plain else kernel.compiled()
        return self._kernels[ranged]

    def judge(self, columns: Columns, count: int, on: dt.date, *, ways: bool = True) -> Judged:
        """Judge ``count`` rows on a day by this edition; raises ``BadColumns``.

        Rows that the kernel finds too close to tell, or whose way needs time, go the single path, and so do all of a rule
        that cannot be compiled.
        """
        ready = checked(self.inputs, columns, count)
        ranged = self._ranges if any(column.ndim == 2 for column in ready.values()) else frozenset()
        kernel, run = (None, None) if self.refused else self._kernel(ranged)
        changing = None if kernel is None else kernel.changing
        moved = self._movable if changing is None else (*((mover.one, mover.change) for mover in changing.movers), *changing.idle)
        wanted = (*self.inputs, *self.edition.operators)
        found = _empty(self.edition, wanted, moved, (WIDE, WIDE) if kernel is None else kernel.score, count, blank=changing is None)
        hard, left = np.zeros(count, np.int8), count
        if kernel is not None:
            arrays = [array for one in self.inputs for array in _ends(ready[one.name], one.name in ranged)]
            results = (found.answer, found.low, found.high, found.unmet, found.unknown, found.missing, found.level, found.cost, found.steps)
            left = run(0, count, on.toordinal(), ways, *arrays, *results, hard)
        if left or (ways and changing is None):
            self._finish(found, ready, on, hard if kernel is not None else hard + 1, ways=ways, search=changing is None)
        return found

    def _finish(self, found: Judged, columns: Columns, on: dt.date, hard: np.ndarray, *, ways: bool, search: bool) -> None:
        """The rows left to the single path: whole verdicts, and ways only."""
        for row in np.flatnonzero(hard).tolist():
            found.alone += 1
            self._alone(found, columns, on, row)
        if ways:
            asked = (hard == 1) | (found.cost == ASK) | ((found.answer != 1) & search)
            for row in np.flatnonzero(asked & (found.answer != 1)).tolist():
                found.alone += not hard[row]
                self._way(found, columns, on, row)

    @cached_property
    def _ranges(self) -> frozenset[str]:
        return frozenset(one.name for one in self.inputs if one.kind in ("number", "date"))

    @cached_property
    def _movable(self) -> tuple[tuple[Input, Change], ...]:
        return tuple((one, change) for one in self.inputs if (change := self.costs.get(one.name, one.change)) is not None)

    def _alone(self, found: Judged, columns: Columns, on: dt.date, row: int) -> None:
        known = profile(self.inputs, columns, row)
        verdict = weighed(self.rule, self.edition, Sight(known, on, self.tables), on)
        clauses = {leaf: 1 << place for place, leaf in enumerate(found.clauses)}
        wanted = {term: 1 << place for place, term in enumerate(found.wanted)}
        found.answer[row], found.cost[row], found.steps[row] = CODES[verdict.answer], NO_WAY, 0
        found.low[row] = found.high[row] = 0
        if verdict.score is not None:
            found.low[row], found.high[row] = (_whole(end, by) for end, by in zip(verdict.score, found.scale, strict=True))
        deciding = () if verdict.answer == ELIGIBLE else verdict.deciding
        found.unmet[row] = sum(clauses[each.leaf] for each in deciding if each.state is False)
        found.unknown[row] = sum(clauses[each.leaf] for each in deciding if each.state is None)
        found.missing[row] = sum(wanted[term] for term in (*verdict.missing, *verdict.unset))
        keys = [level.key for level in self.edition.levels]
        found.level[row] = -1 if verdict.level is None else keys.index(verdict.level)

    def _way(self, found: Judged, columns: Columns, on: dt.date, row: int) -> None:
        known = profile(self.inputs, columns, row)
        way = self.nearest(known, on)
        found.cost[row] = NO_WAY if way is None else way.cost
        changes = {} if way is None else dict(way.changes)
        for place, (one, change) in enumerate(found.moved):
            steps = abs(changes[one] - way.before[one.name]) // change.step if way is not None and one in changes else 0
            found.steps[row, place] = steps

    def nearest(self, known: Mapping[str, Any], on: dt.date) -> Way | None:
        """The nearest way of one profile by this edition, whatever date would choose, on the single path."""
        chosen = self.rule.edition(self.rule.chosen_by.day(known, on))
        rule = self.rule if chosen is self.edition else self._alone_in_force
        ways = nearest(rule, known, on, self.tables, self.costs, most=1).ways
        return ways[0] if ways else None


def _whole(end: Exact, scale: int) -> int:
    stored = Fraction(end) * scale
    if stored.denominator != 1:
        raise Unsupported("a score finer than is kept")
    return int(stored)


def _ends(column: np.ndarray, ranged: bool) -> tuple[np.ndarray, ...]:
    """The arrays that a kernel takes for a column: one, or where it may hold ranges the least and the most."""
    if not ranged:
        return (column,)
    return (column, column) if column.ndim == 1 else (column[0], column[1])


def _empty(
    edition: Edition,
    wanted: tuple[Any, ...],
    moved: tuple[tuple[Input, Change], ...],
    score: tuple[Fixed, Fixed],
    count: int,
    *,
    blank: bool,
) -> Judged:
    """Room for what will be found; ``blank`` clears it, for a kernel that does not write everything."""
    masks = [narrow(0, 1 << len(edition.leaves))] * 2 + [narrow(0, 1 << len(wanted))]
    kinds = [np.dtype(np.int64), *(narrow(end.least, end.most) for end in score), *masks, *[np.dtype(np.int8)] * 2]
    sizes = [count * len(moved) * 8, *(-(-count * kind.itemsize // 64) * 64 for kind in kinds)]
    room = np.empty(sum(sizes), np.uint8)  # one piece, so that the system hands it over in few large pages
    pieces = np.split(room, np.cumsum(sizes)[:-1])
    steps = pieces[0].view(np.int64).reshape(count, len(moved))
    cost, low, high, unmet, unknown, missing, answer, level = (
        piece.view(kind)[:count] for piece, kind in zip(pieces[1:], kinds, strict=True)
    )
    if blank:
        room[:], cost[:], level[:] = 0, NO_WAY, -1
    scale = score[0].scale, score[1].scale
    return Judged(edition.leaves, wanted, moved, scale, answer, low, high, unmet, unknown, missing, level, cost, steps)


def narrow(least: int, most: int) -> np.dtype:
    """The narrowest signed type that holds both: half of a fast loop is writing what it found."""
    kinds = (np.int16, np.int32, np.int64)
    return np.dtype(next(kind for kind in kinds if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max))


def supports(rule: Rule) -> dict[str, str]:
    """For each edition of a rule why it is judged one by one; empty where it is compiled."""
    return {edition.key: Compiled(rule, edition, plain=True).refused for edition in rule.editions}

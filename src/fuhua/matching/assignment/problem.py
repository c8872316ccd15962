"""What is to be assigned: scores in whole units, how much each person may take, how many each paper needs, who must not meet what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from fuhua.kernel.words import Text, t
from fuhua.matching.assignment.limits import MOST_PLACES

DIGITS = 9  # decimals of a score that count at most, for scores up to about one; fewer where fewer say the same
LARGEST = 2_000_000_000  # a score in units: sums over paths of any length then fit in 64 bits


class BadProblem(Exception):
    """Scores, loads, coverage or conflicts that make no sense; ``text`` says which, and how to mend them."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Impossible(BadProblem):
    """Nobody could meet all limits; ``text`` says which cannot hold."""


@dataclass(frozen=True)
class Quota:
    """Of the people ``members`` (n, bool) every paper has at least ``least`` and at most ``most``.

    Seniority 资历搭配 is a quota of the seniors with ``least``; locality 地域回避 one of the people of each place with ``most``.
    """

    members: np.ndarray
    least: int = 0
    most: int = MOST_PLACES


@dataclass(frozen=True)
class Problem:
    """Candidates paper by paper: those of paper j are ``start[j]:start[j + 1]`` in ``person`` (ascending) and ``score``.

    ``score`` is in units of 10 ** -``decimals``; ``least`` and ``most`` (people): papers of a person; ``coverage`` (papers): exactly so
    many people. All are int64. Who is no candidate of a paper must not have it: conflicts of interest 回避 are hard.
    """

    start: np.ndarray
    person: np.ndarray
    score: np.ndarray
    least: np.ndarray
    most: np.ndarray
    coverage: np.ndarray
    decimals: int = 0
    quotas: tuple[Quota, ...] = ()

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.most)

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self.coverage)

    @cached_property
    def paper(self) -> np.ndarray:
        """The paper of every candidate."""
        return np.repeat(np.arange(self.papers, dtype=np.int64), np.diff(self.start))

    def sums(self, chosen: np.ndarray) -> np.ndarray:
        """The sum of scores of every paper (units), of the candidates ``chosen`` (indices)."""
        found = np.zeros(self.papers, np.int64)
        np.add.at(found, self.paper[chosen], self.score[chosen])
        return found

    def loads(self, chosen: np.ndarray) -> np.ndarray:
        """How many papers each person has."""
        return np.bincount(self.person[chosen], minlength=self.people)

    def edge(self, person: int, paper: int) -> int:
        """The index of a candidate; raises ``KeyError`` for who must not have the paper."""
        first, last = self.start[paper], self.start[paper + 1]
        at = first + np.searchsorted(self.person[first:last], person)
        if at == last or self.person[at] != person:
            raise KeyError((person, paper))
        return int(at)


def problem(
    scores: np.ndarray | sparse.sparray | sparse.spmatrix,
    most: np.ndarray,
    coverage: np.ndarray,
    *,
    least: np.ndarray | None = None,
    conflicts: np.ndarray | sparse.sparray | sparse.spmatrix | None = None,
    quotas: Sequence[Quota] = (),
) -> Problem:
    """The problem of ``scores`` (people × papers; of a sparse matrix only what is stored are candidates).

    ``conflicts`` (people × papers): what is not zero must not meet. Scores are read as decimal numbers: exactly where nine decimals say
    all (see :func:`units`), else rounded to them. Raises :class:`BadProblem`.
    """
    people, papers = _shape(scores)
    coverage = _counts(coverage, papers, t("篇目所需人数（coverage）", "coverage"), t("篇目", "papers"))
    most = _counts(most, people, t("人员上限（loads）", "loads"), t("人员", "people"))
    least = np.zeros(people, np.int64) if least is None else _counts(
        least, people, t("人员下限（loads-min）", "loads-min"), t("人员", "people"))  # fmt: skip
    start, person, values = _candidates(scores, conflicts)
    if not np.isfinite(values).all():
        raise BadProblem(t("分数里有空值或无穷（NaN、inf）；请换成数", "scores hold NaN or infinity; put numbers there"))
    whole, decimals = units(values)
    for quota in quotas:
        if quota.members.shape != (people,):
            raise BadProblem(t("名额规则的人员数与分数不符", "a quota names another number of people than the scores"))
    return Problem(start, person, whole, least, most, coverage, decimals, tuple(quotas))


def units(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Numbers as whole multiples of 10 ** -decimals: the fewest decimals that lose nothing, at most nine, and fewer for large numbers.

    Nothing is lost when the multiple, divided again, is the very same float: 0.1 is then taken as one tenth.
    """
    largest = float(np.abs(values).max()) if values.size else 0.0
    if largest > LARGEST:
        raise BadProblem(
            t("分数太大；请换用较大的单位，使其不超过二十亿", "scores are too large; use a larger unit, so that none is above 2e9")
        )
    decimals = 0
    while decimals < DIGITS and largest * 10 ** (decimals + 1) <= LARGEST and not _lossless(values, decimals):
        decimals += 1
    return np.rint(values * 10.0**decimals).astype(np.int64), decimals


def _lossless(values: np.ndarray, decimals: int) -> bool:
    head = values[:1000]
    return all(bool((np.rint(some * 10.0**decimals) / 10.0**decimals == some).all()) for some in (head, values))


def _shape(scores: np.ndarray | sparse.sparray | sparse.spmatrix) -> tuple[int, int]:
    if scores.ndim != 2 or 0 in scores.shape or scores.dtype.kind not in "biuf":
        raise BadProblem(t("分数应是数的表：人员 × 篇目", "scores must be a table of numbers: people × papers"))
    return scores.shape


def _counts(values: np.ndarray, wanted: int, what: Text, of: Text) -> np.ndarray:
    values = np.asarray(values)
    if values.ndim == 0 and values.dtype.kind in "iuf":
        values = np.full(wanted, values)
    if values.shape != (wanted,) or values.dtype.kind not in "iuf":
        said = t(
            "{what}应是 {wanted} 个数，每个{of}一个；得到的形状是 {shape}",
            "{what} must be {wanted} numbers, one for each of the {of}; the shape is {shape}",
        )
        raise BadProblem(said.format(what=what, wanted=wanted, of=of, shape=values.shape))
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int64)
    if (whole != values).any() or (whole < 0).any() or (whole > LARGEST).any():
        raise BadProblem(t("{what}应是不小于 0 的整数", "{what} must be whole numbers, none below 0").format(what=what))
    return whole


def _candidates(
    scores: np.ndarray | sparse.sparray | sparse.spmatrix, conflicts: np.ndarray | sparse.sparray | sparse.spmatrix | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start, person and value of what may meet, paper by paper."""
    if conflicts is not None and (conflicts.shape != scores.shape or conflicts.dtype.kind not in "biuf"):
        said = t(
            "回避表的形状应与分数相同：{wanted}；得到的是 {shape}",
            "conflicts must have the shape of the scores, {wanted}; theirs is {shape}",
        )
        raise BadProblem(said.format(wanted=scores.shape, shape=conflicts.shape))
    if sparse.issparse(scores):
        table = sparse.csc_array(scores)
        table.sum_duplicates()
        values, person, papers = table.data, table.indices, np.repeat(np.arange(table.shape[1]), np.diff(table.indptr))
        free = np.ones(len(values), bool)
        if conflicts is not None:
            free = ~_forbidden(sparse.csr_array(conflicts), person, papers)
        person, papers, values = person[free], papers[free], values[free]
    else:
        if sparse.issparse(conflicts):
            conflicts = conflicts.toarray()
        free = np.ones(scores.shape[::-1], bool) if conflicts is None else (np.asarray(conflicts) == 0).T
        papers, person = np.nonzero(free)
        values = np.asarray(scores).T[free]
    start = np.searchsorted(papers, np.arange(scores.shape[1] + 1))
    return start.astype(np.int64), person.astype(np.int64), values.astype(np.float64)


def _forbidden(conflicts: sparse.csr_array, person: np.ndarray, papers: np.ndarray) -> np.ndarray:
    conflicts.eliminate_zeros()
    stored = conflicts.tocoo()
    held = np.asarray(stored.row, np.int64) * conflicts.shape[1] + stored.col
    return np.isin(person.astype(np.int64) * conflicts.shape[1] + papers, held)

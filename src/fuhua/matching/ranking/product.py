"""The largest entries of each row of a product of matrices, exact, without ever holding the product."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.compiled import compiled

Floats = NDArray[np.float32]
FREQUENT = 1 / 16  # a column with entries in this share of the rows and more is kept whole: adding all of it takes less time
ROWS = 1_024  # rows that are gone through together: what the frequent columns have of them stays in the processor's cache
SOME = 4_096  # rows from which is told what is usual for all
ASKED = 16  # questions that go through them together
NONE = -1  # no row: there are fewer than were asked for


class Product:
    """``rows`` × columns, and beside them ``full`` columns that every row has, to be multiplied by questions with the same columns.

    The full columns give a row only what they give it above a floor of the question. An entry of the product is a sum in a fixed
    order, whatever other questions are asked with it: the full columns, the frequent ones, then the others, each in the order of
    columns. Arrays only, and nothing changes after it is made.
    """

    def __init__(self, rows: sparse.csr_array, full: Floats) -> None:
        self.length = rows.shape[0]
        frequent = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]) >= FREQUENT * max(1, self.length))
        self._place = np.full(rows.shape[1], NONE, np.int32)
        self._place[frequent] = full.shape[1] + np.arange(len(frequent), dtype=np.int32)
        self._blocks = _blocks(rows, frequent, full)
        self._some = np.ascontiguousarray(full[:: -(-self.length // SOME) or 1].T)
        few = self._place[rows.indices] == NONE
        bounds = np.concatenate([[0], np.cumsum(few)])[rows.indptr]
        others = sparse.csr_array((rows.data[few], rows.indices[few], bounds), shape=rows.shape).tocsc()
        self._starts, self._rows, self._values = others.indptr.astype(np.int64), others.indices, others.data

    def usual(self, full: Floats, share: float) -> Floats:
        """For each question what the full columns give a row that stands above ``share`` of the rows, judged by at most :data:`SOME`."""
        given = np.zeros((len(full), self._some.shape[1]), np.float32)
        if not given.size:
            return np.zeros(len(full), np.float32)
        _given(self._some, full, given)
        return np.quantile(given, share, axis=1).astype(np.float32)

    def largest(self, asked: sparse.csr_array, full: Floats, floors: Floats, most: int) -> tuple[NDArray[np.int64], Floats]:
        """The ``most`` largest entries for each question, the largest first, equal ones by row: their rows and values.

        Questions × ``most``; where there are fewer rows the rest has the row :data:`NONE`.
        """
        rows, values = np.full((asked.shape[0], most), NONE, np.int64), np.full((asked.shape[0], most), -np.inf, np.float32)
        if most and self.length:
            _largest(
                self.length, self._place, self._blocks, self._starts, self._rows, self._values,
                asked.indptr.astype(np.int64), asked.indices, asked.data, full, floors, rows, values,
            )  # fmt: skip
        return rows, values


def _blocks(rows: sparse.csr_array, frequent: NDArray[np.int64], full: Floats) -> Floats:
    """Full and frequent columns: blocks of :data:`ROWS` rows × columns × rows of the block, the last filled up with 0."""
    size = max(1, min(ROWS, rows.shape[0]))
    blocks = np.zeros((-(-rows.shape[0] // size), full.shape[1] + len(frequent), size), np.float32)
    for block, first in zip(blocks, range(0, rows.shape[0], size), strict=True):
        some = rows[first : first + size]
        block[: full.shape[1], : some.shape[0]] = full[first : first + size].T
        block[full.shape[1] :, : some.shape[0]] = some[:, frequent].toarray().T
    return blocks


@compiled
def _given(some, full, given):
    """What the full columns give some rows: questions × rows."""
    every = np.arange(full.shape[1])
    for one in range(len(full)):
        _whole_columns(given[one], some, every, full[one])


@compiled
def _whole_columns(sums, block, columns, weights):
    """Adds full columns of a block, each by its weight: four at a time, in their order."""
    at, count = 0, len(columns)
    while at + 4 <= count:
        a, b, c, d = block[columns[at]], block[columns[at + 1]], block[columns[at + 2]], block[columns[at + 3]]
        p, q, r, s = weights[at], weights[at + 1], weights[at + 2], weights[at + 3]
        for row in range(len(sums)):
            sums[row] = sums[row] + p * a[row] + q * b[row] + r * c[row] + s * d[row]
        at += 4
    while at < count:
        a, p = block[columns[at]], weights[at]
        for row in range(len(sums)):
            sums[row] = sums[row] + p * a[row]
        at += 1


@compiled
def _frequent(place, indices, data, columns, weights):
    """The frequent columns that a question has, with its weights; how many."""
    count = 0
    for at in range(len(indices)):
        if place[indices[at]] >= 0:
            columns[count], weights[count] = place[indices[at]], data[at]
            count += 1
    return count


@compiled
def _few(sums, place, starts, rows, values, indices, data):
    """Adds the columns that are not frequent."""
    for at in range(len(indices)):
        column, weight = indices[at], data[at]
        if place[column] < 0:
            for entry in range(starts[column], starts[column + 1]):
                sums[rows[entry]] += weight * values[entry]


@compiled
def _put(sums, length, best_rows, best):
    """Puts the rows among the best, best first; an equal one stands behind the row before it."""
    last = len(best) - 1
    for row in range(length):
        value = sums[row]
        if value > best[last]:
            at = last
            while at > 0 and best[at - 1] < value:
                best[at], best_rows[at] = best[at - 1], best_rows[at - 1]
                at -= 1
            best[at], best_rows[at] = value, row


@compiled
def _largest(length, place, blocks, starts, rows, values, bounds, indices, data, full, floors, best_rows, best):
    size, every = blocks.shape[2], np.arange(full.shape[1])
    sums = np.empty((ASKED, len(blocks) * size), np.float32)
    columns, weights = np.empty((ASKED, blocks.shape[1]), np.int64), np.empty((ASKED, blocks.shape[1]), np.float32)
    counts = np.empty(ASKED, np.int64)
    for first in range(0, len(best), ASKED):
        together = min(ASKED, len(best) - first)
        for one in range(together):
            mine = slice(bounds[first + one], bounds[first + one + 1])
            counts[one] = _frequent(place, indices[mine], data[mine], columns[one], weights[one])
        sums[:] = 0
        for block in range(len(blocks)):
            for one in range(together):
                part = sums[one, block * size : (block + 1) * size]
                _whole_columns(part, blocks[block], every, full[first + one])
                for row in range(size):
                    part[row] = max(np.float32(0), part[row] - floors[first + one])
                _whole_columns(part, blocks[block], columns[one, : counts[one]], weights[one, : counts[one]])
        for one in range(together):
            mine = slice(bounds[first + one], bounds[first + one + 1])
            _few(sums[one], place, starts, rows, values, indices[mine], data[mine])
            _put(sums[one], length, best_rows[first + one], best[first + one])

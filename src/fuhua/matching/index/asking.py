"""One batch of queries against all segments: from texts to keys and scores."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from fuhua.matching.index.scoring import UNIT, gathered, located, scored, weighed
from fuhua.matching.index.segment import MOST, SATURATION, STRENGTHS, Segment
from fuhua.matching.text.keys import keys_of

WIDEST, NARROW = 0.05, 64  # a term in more than this share of the documents, and more than this number, is not scored
SCORE = (SATURATION + 1) / (UNIT * STRENGTHS)  # what one of a whole-number score is in BM25


class _Room(threading.local):
    """What a thread needs to add up scores in, kept between searches: 768 KiB."""

    def __init__(self) -> None:
        self.sums, self.some, self.held = np.zeros(MOST, np.int32), np.empty(MOST, np.int32), np.empty(MOST, np.int32)


_ROOM = _Room()


def best_of(
    segments: Sequence[Segment], masks: Sequence[np.ndarray], queries: Sequence[str], k: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The keys and scores of the ``k`` best of each query among the rows that the ``masks`` leave, best first."""
    keys, repeats, bounds = gathered(*keys_of(queries))
    found, spread = np.empty((len(segments), len(keys)), np.int32), np.zeros(len(keys), np.int64)
    for one, places in zip(segments, found, strict=True):
        located(keys, one.heads, one.marks, one.starts, places, spread)
    documents = sum(len(one.keys) for one in segments)
    weights = weighed(repeats, spread, bounds, documents, max(NARROW, int(WIDEST * documents)))
    shape, before = (len(queries), k), 0
    best, rows, hits = np.zeros(shape, np.int32), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for one, mask, places in zip(segments, masks, found, strict=True):
        scored(
            places, weights, bounds, one.starts, one.peaks, one.rows, one.strengths, one.keys, mask, before,
            best, rows, hits, _ROOM.sums, _ROOM.some, _ROOM.held,
        )  # fmt: skip
        before += len(one.keys)
    counts = (best > 0).sum(axis=1).tolist()
    return [(hits[query, :count], best[query, :count] * SCORE) for query, count in enumerate(counts)]

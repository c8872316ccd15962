"""One batch of queries against all segments: from texts to keys and scores."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from fuhua.matching.compiled import compiled
from fuhua.matching.index.scoring import located, scored
from fuhua.matching.index.segment import MOST, SATURATION, STRENGTHS, Segment
from fuhua.matching.text.keys import keys_of

UNIT = 64  # weights are whole 64ths, so that sums are exact and their order does not matter
REPEATS = 1.0  # how soon a term that a query repeats counts no more
MOST_TERMS = 1_024  # of one query: the sum of the largest weights and strengths fits in 32 bits
NARROW, WIDEST, AFFORDED, WIDE = 64, 0.35, 13_000, 0.05  # which terms are too common to be scored: see `widest`
FEW, SEEK = 8_192, 4  # measured: see `scoring.scored`, which takes them
SCORE = (SATURATION + 1) / (UNIT * STRENGTHS)  # what one of a whole-number score is in BM25


class _Room(threading.local):
    """What a thread needs to add up scores in, kept between searches: 768 KiB."""

    def __init__(self) -> None:
        self.sums, self.some, self.held = np.zeros(MOST, np.int32), np.empty(MOST, np.int32), np.empty(MOST, np.int32)


_ROOM = _Room()


def best_of(
    segments: Sequence[Segment], masks: Sequence[np.ndarray], queries: Sequence[str], k: int, few: int = FEW, seek: int = SEEK
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The keys and scores of the ``k`` best of each query among the rows that the ``masks`` leave, best first.

    ``few`` and ``seek`` only choose between ways to the same result.
    """
    keys, repeats, bounds = gathered(*keys_of(queries))
    found, spread = np.empty((len(segments), len(keys)), np.int32), np.zeros(len(keys), np.int64)
    for one, places in zip(segments, found, strict=True):
        located(keys, one.heads, one.marks, one.starts, places, spread)
    documents = sum(len(one.keys) for one in segments)
    weights = weighed(repeats, spread, bounds, documents, widest(documents))
    shape, before = (len(queries), k), 0
    best, rows, hits = np.zeros(shape, np.int32), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for one, mask, places in zip(segments, masks, found, strict=True):
        scored(
            places, weights, bounds, one.starts, one.peaks, one.rows, one.strengths, one.keys, mask, before,
            best, rows, hits, _ROOM.sums, _ROOM.some, _ROOM.held, few, seek,
        )  # fmt: skip
        before += len(one.keys)
    counts = (best > 0).sum(axis=1).tolist()
    return [(hits[query, :count], best[query, :count] * SCORE) for query, count in enumerate(counts)]


@compiled
def gathered(terms, ends):
    """The distinct terms of each query, one query after the other: keys, how often it has each, and the bounds of the queries."""
    keys, repeats, bounds = np.empty(len(terms), np.uint64), np.empty(len(terms), np.int64), np.zeros(len(ends), np.int64)
    total = 0
    for query in range(len(ends) - 1):
        some = np.sort(terms[ends[query] : ends[query + 1]])
        for at in range(len(some)):
            if at > 0 and some[at] == some[at - 1]:
                repeats[total - 1] += 1
            else:
                keys[total], repeats[total] = some[at], 1
                total += 1
        bounds[query + 1] = total
    return keys[:total], repeats[:total], bounds


def widest(documents: int) -> int:
    """In how many of the documents a term may stand to be scored: a third, but of many documents a twentieth, which is twice as fast."""
    return max(NARROW, int(WIDE * documents), min(int(WIDEST * documents), AFFORDED))


@compiled
def weighed(repeats, spread, bounds, documents, most):
    """The whole-number weight of each term (int32): its rarity times its repeats; 0 for a term that is not scored.

    Not scored: terms that no document has; terms that more than ``most`` documents have, unless the query has no other; the lightest of
    more than :data:`MOST_TERMS`.
    """
    weights = np.zeros(len(repeats), np.int32)
    for query in range(len(bounds) - 1):
        first, last = bounds[query], bounds[query + 1]
        some = False
        for term in range(first, last):
            some |= 0 < spread[term] <= most
        for term in range(first, last):
            if spread[term] > 0 and (spread[term] <= most or not some):
                rarity = np.log(1 + (documents - spread[term] + 0.5) / (spread[term] + 0.5))
                weights[term] = max(1, round(UNIT * rarity * (repeats[term] * (REPEATS + 1) / (repeats[term] + REPEATS))))
        if last - first > MOST_TERMS:
            lightest = np.argsort(-weights[first:last], kind="mergesort")[MOST_TERMS:]
            for at in range(len(lightest)):
                weights[first + lightest[at]] = 0
    return weights

"""One batch of queries against all segments: from texts to keys and scores."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from fuhua.matching.index.scoring import located, scored
from fuhua.matching.index.segment import MOST, SATURATION, STRENGTHS, Segment
from fuhua.matching.text.keys import keys_of

UNIT = 64  # weights are whole 64ths, so that sums are exact and their order does not matter
REPEATS = 1.0  # how soon a term that a query repeats counts no more
MOST_TERMS = 1_024  # of one query: the sum of the largest weights and strengths fits in 32 bits
OWNER = np.uint64(48)  # where a key (48 bits) leaves room for the number of its query
NARROW, WIDEST, AFFORDED, WIDE = 64, 0.2, 13_000, 0.05  # which terms are too common to be scored: see `widest`
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
    keys, repeats, owners = gathered(*keys_of(queries))
    bounds = np.searchsorted(owners, np.arange(len(queries) + 1))
    found, spread = np.empty((len(segments), len(keys)), np.int32), np.zeros(len(keys), np.int64)
    for one, places in zip(segments, found, strict=True):
        located(keys, one.heads, one.marks, one.starts, places, spread)
    documents = sum(len(one.keys) for one in segments)
    weights = weighed(repeats, spread, owners, documents)
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


def gathered(terms: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The distinct terms of each query, one query after the other: keys, how often it has each, and the query's number."""
    owners = np.repeat(np.arange(len(ends) - 1, dtype=np.uint64), np.diff(ends))
    ordered = np.sort(owners << OWNER | terms)
    firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])
    repeats = np.diff(np.append(firsts, len(ordered)))
    distinct = ordered[firsts]
    return distinct & ((np.uint64(1) << OWNER) - np.uint64(1)), repeats, (distinct >> OWNER).astype(np.int64)


def widest(documents: int) -> int:
    """In how many of the documents a term may stand to be scored: a fifth, but of many documents a twentieth, which is twice as fast."""
    return max(NARROW, int(WIDE * documents), min(int(WIDEST * documents), AFFORDED))


def weighed(repeats: np.ndarray, spread: np.ndarray, owners: np.ndarray, documents: int) -> np.ndarray:
    """The whole-number weight of each term (int32): its rarity times its repeats; 0 for a term that is not scored.

    Not scored: terms that no document has; terms that more documents have than :func:`widest` says, unless the query has no other; the
    lightest of more than :data:`MOST_TERMS`.
    """
    rarity = np.log(1 + (documents - spread + 0.5) / (spread + 0.5))
    weights = np.maximum(1, np.rint(UNIT * rarity * (repeats * (REPEATS + 1) / (repeats + REPEATS)))).astype(np.int32)
    rare = (spread > 0) & (spread <= widest(documents))
    has_rare = np.bincount(owners[rare], minlength=int(owners[-1]) + 1 if len(owners) else 0) > 0
    weights[(spread == 0) | (~rare & has_rare[owners])] = 0
    for query in np.flatnonzero(np.bincount(owners) > MOST_TERMS).tolist():
        mine = np.flatnonzero(owners == query)
        weights[mine[np.argsort(-weights[mine], kind="stable")[MOST_TERMS:]]] = 0
    return weights

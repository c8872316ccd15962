"""A segment: up to 65,536 documents with their postings, built once, only ever losing documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from fuhua.matching.compiled import compiled

MOST = 1 << 16  # documents in a segment: a row is two bytes, and the scores of all rows stay in the processor's cache
STRENGTHS = 255
# BM25's two: how soon a repeated term counts no more, and how much a long text is held against it (docs/matching.md: measured).
SATURATION, LENGTH = 1.2, 0.75
EMPTY, ONE, TWO, HALF, LOW, HEADS = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(32), np.uint64(0xFFFFFFFF), 1 << 16


class Segment(NamedTuple):
    """Postings by term. The terms are numbered by ascending key (48 bits, `fuhua.matching.text.keys`).

    The low halves of the keys are in ``marks``; the terms with the high half ``h`` are ``heads[h]`` to ``heads[h + 1]``.
    The postings of term ``n`` are ``rows[starts[n]:starts[n + 1]]``, ascending, with their ``strengths``: 1 to 255, the part
    of BM25 that a document decides. ``peaks[n]`` is the greatest of them. ``keys`` and ``alive`` are by row.
    """

    heads: np.ndarray  # uint32 [65,537]
    marks: np.ndarray  # uint32 [terms]
    starts: np.ndarray  # uint32 [terms + 1]
    peaks: np.ndarray  # uint8 [terms]
    rows: np.ndarray  # uint16 [postings]
    strengths: np.ndarray  # uint8 [postings]
    keys: np.ndarray  # int64 [documents], the callers' numbers
    order: np.ndarray  # uint16 [documents]: the rows by ascending key
    alive: np.ndarray  # bool [documents]

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        return sum(column.nbytes for column in self)

    @property
    def terms(self) -> np.ndarray:
        """The key of each term, uint64, ascending."""
        high = np.repeat(np.arange(HEADS, dtype=np.uint64), np.diff(self.heads))
        return high << HALF | self.marks


def segment_of(
    keys: np.ndarray, parts: Iterable[tuple[np.ndarray, np.ndarray]], weights: np.ndarray, typical: float, room: int
) -> Segment:
    """The segment of documents that each have as many texts as there are ``weights``, at most :data:`MOST` documents.

    They come in ``parts``, so that the terms of a part are let go before the next: of each ``terms[ends[i]:ends[i + 1]]`` are the term
    keys of text ``i``; a term of text ``i % len(weights)`` counts as often as its weight says. ``typical`` is the weighted length that a
    document of middling length has, ``room`` how many terms there are at most, as far as is known.
    """
    table, vocabulary, known, first = np.zeros(1 << 13, np.uint64), np.empty(1 << 11, np.uint64), 0, 0
    entries, strengths, bounds = np.empty(room, np.uint32), np.empty(room, np.uint8), np.zeros(len(keys) + 1, np.int64)
    for terms, ends in parts:
        if bounds[first] + len(terms) > len(entries):
            entries, strengths = _roomier(entries, len(terms)), _roomier(strengths, len(terms))
        table, vocabulary, known = _entries(terms, ends, weights, typical, table, vocabulary, known, first, entries, strengths, bounds)
        first += (len(ends) - 1) // len(weights)
    del table
    order = np.argsort(vocabulary[:known])
    number = np.empty(known, np.uint32)
    number[order] = np.arange(known, dtype=np.uint32)
    starts, peaks, rows, strengths = _postings(entries[: bounds[-1]], strengths, bounds, number)
    return _whole(vocabulary[order], starts, peaks, rows, strengths, keys)


def _roomier(column: np.ndarray, more: int) -> np.ndarray:
    larger = np.empty(2 * len(column) + more, column.dtype)
    larger[: len(column)] = column
    return larger


def combined(segments: Sequence[Segment], kept: Sequence[np.ndarray]) -> Segment:
    """One segment of the documents of several that are ``kept`` (bool by row), in their order; at most :data:`MOST`."""
    before = np.cumsum([0, *(int(keep.sum()) for keep in kept)])
    places = [np.where(keep, np.cumsum(keep) - 1 + first, -1).astype(np.int32) for keep, first in zip(kept, before, strict=False)]
    counts = [_counted(one.starts, one.rows, place) for one, place in zip(segments, places, strict=True)]
    terms = [one.terms[count > 0] for one, count in zip(segments, counts, strict=True)]
    vocabulary = np.unique(np.concatenate(terms))
    numbers = [np.searchsorted(vocabulary, one) for one in terms]
    sizes = np.zeros(len(vocabulary) + 1, np.int64)
    for number, count in zip(numbers, counts, strict=True):
        sizes[number + 1] += count[count > 0]
    starts = np.cumsum(sizes).astype(np.uint32)
    rows, strengths = np.empty(starts[-1], np.uint16), np.empty(starts[-1], np.uint8)
    peaks, cursor = np.zeros(len(vocabulary), np.uint8), starts[:-1].copy()
    for one, place, number, count in zip(segments, places, numbers, counts, strict=True):
        _poured(one.starts, one.rows, one.strengths, place, np.flatnonzero(count), number, cursor, rows, strengths, peaks)
    keys = np.concatenate([one.keys[keep] for one, keep in zip(segments, kept, strict=True)])
    return _whole(vocabulary, starts, peaks, rows, strengths, keys)


def _whole(
    vocabulary: np.ndarray, starts: np.ndarray, peaks: np.ndarray, rows: np.ndarray, strengths: np.ndarray, keys: np.ndarray
) -> Segment:
    heads = np.searchsorted(vocabulary, np.arange(HEADS + 1, dtype=np.uint64) << HALF).astype(np.uint32)
    order = np.argsort(keys, kind="stable").astype(np.uint16)
    return Segment(heads, vocabulary.astype(np.uint32), starts, peaks, rows, strengths, keys, order, np.ones(len(keys), np.bool_))


@compiled
def _slot(table, key):
    """Where ``key`` is in the table, or the empty place where it would be."""
    last = np.uint64(len(table) - 2)
    at = key << ONE & last
    while table[at] != key and table[at] != EMPTY:
        at = (at + TWO) & last
    return np.int64(at)


@compiled
def _grown(table):
    """A table twice as large with the same keys and what belongs to them."""
    larger = np.zeros(2 * len(table), np.uint64)
    for at in range(0, len(table), 2):
        if table[at] != EMPTY:
            to = _slot(larger, table[at])
            larger[to], larger[to + 1] = table[at], table[at + 1]
    return larger


@compiled
def _longest(ends, texts):
    """How many terms the longest document has."""
    longest = 0
    for text in range(0, len(ends) - 1, texts):
        longest = max(longest, ends[text + texts] - ends[text])
    return longest


@compiled
def _entries(terms, ends, weights, typical, table, vocabulary, known, document, entries, strengths, bounds):
    """Writes the distinct terms (their numbers) of the documents from ``document`` on to entries, with the strength of each.

    The table, which is given back with the vocabulary and its size, holds a term's key and, beside it, so that one look at the memory
    finds all, its number (high half) and one more than the place of its latest entry (low half).
    """
    counts = np.empty(_longest(ends, len(weights)), np.float32)
    for text in range(0, len(ends) - 1, len(weights)):
        first, total, length = bounds[document], bounds[document], 0.0
        for part in range(len(weights)):
            length += weights[part] * (ends[text + part + 1] - ends[text + part])
            for at in range(ends[text + part], ends[text + part + 1]):
                where = _slot(table, terms[at])
                if table[where] == EMPTY:
                    table[where], table[where + 1], vocabulary[known] = terms[at], np.uint64(known) << HALF, terms[at]
                    known += 1
                    if known == len(vocabulary):
                        table, vocabulary = _grown(table), np.concatenate((vocabulary, np.empty(known, np.uint64)))
                        where = _slot(table, terms[at])
                place = np.int64(table[where + 1] & LOW) - 1
                if place < first:
                    place, entries[total], counts[total - first] = total, table[where + 1] >> HALF, 0
                    table[where + 1] += np.uint64(total + 1) - (table[where + 1] & LOW)
                    total += 1
                counts[place - first] += weights[part]
        damped = SATURATION * (1 - LENGTH + LENGTH * length / typical)
        for at in range(first, total):
            strengths[at] = max(1, round(STRENGTHS * counts[at - first] / (counts[at - first] + damped)))
        document += 1
        bounds[document] = total
    return table, vocabulary, known


@compiled
def _postings(entries, told, bounds, number):
    """The entries with the strengths ``told`` turned about: by term, rows ascending, with the strength of each."""
    sizes = np.zeros(len(number) + 1, np.int64)
    for at in range(len(entries)):
        sizes[number[entries[at]] + 1] += 1
    starts = np.cumsum(sizes).astype(np.uint32)
    cursor, peaks = starts[:-1].copy(), np.zeros(len(number), np.uint8)
    rows, strengths = np.empty(len(entries), np.uint16), np.empty(len(entries), np.uint8)
    for document in range(len(bounds) - 1):
        for at in range(bounds[document], bounds[document + 1]):
            term = number[entries[at]]
            rows[cursor[term]], strengths[cursor[term]] = document, told[at]
            cursor[term] += 1
            peaks[term] = max(peaks[term], told[at])
    return starts, peaks, rows, strengths


@compiled
def _counted(starts, rows, place):
    """How many postings of each term stay."""
    counts = np.zeros(len(starts) - 1, np.int64)
    for term in range(len(counts)):
        for at in range(starts[term], starts[term + 1]):
            counts[term] += place[rows[at]] >= 0
    return counts


@compiled
def _poured(starts, their_rows, their_strengths, place, staying, number, cursor, rows, strengths, peaks):
    """Moves the postings that stay to their new places: those of the ``staying`` terms, which get a new ``number``."""
    for at in range(len(staying)):
        to = number[at]
        for posting in range(starts[staying[at]], starts[staying[at] + 1]):
            row = place[their_rows[posting]]
            if row >= 0:
                rows[cursor[to]], strengths[cursor[to]] = row, their_strengths[posting]
                peaks[to] = max(peaks[to], their_strengths[posting])
                cursor[to] += 1

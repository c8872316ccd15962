"""The best documents of a segment for many queries: exact, leaving out what cannot reach the best found so far."""

from __future__ import annotations

import numpy as np

from fuhua.matching.compiled import compiled

HALF, ONE = np.uint64(32), np.uint64(1)
STRIDE = 64  # documents looked at together


@compiled
def located(keys, heads, marks, starts, found, spread):
    """The number of each term in a segment (-1: not there) to ``found``; how many documents have it is added to ``spread``."""
    for term in range(len(keys)):
        high, mark = keys[term] >> HALF, np.uint32(keys[term])
        at, last = heads[high], heads[high + ONE]
        while at < last and marks[at] < mark:
            at += np.uint32(1)
        if at < last and marks[at] == mark:
            found[term] = at
            spread[term] += starts[at + 1] - starts[at]
        else:
            found[term] = -1


@compiled
def _put(scores, rows, keys, score, row, key):
    """Puts a document among the best, best first; equal scores by lower row."""
    at = len(scores) - 1
    while at > 0 and (scores[at - 1] < score or (scores[at - 1] == score and rows[at - 1] > row)):
        scores[at], rows[at], keys[at] = scores[at - 1], rows[at - 1], keys[at - 1]
        at -= 1
    scores[at], rows[at], keys[at] = score, row, key


@compiled
def _beyond(rows, low, high, row):
    """The first place from ``low`` whose row is not below ``row``: leaps, then halves."""
    leap = 1
    while low + leap < high and rows[low + leap] < row:
        leap *= 2
    high = min(high, low + leap)
    low += leap // 2
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _chosen(found, weights, peaks, first, last):
    """The query's terms in this segment, strongest first: terms, weights, and the most that each and all after it can give."""
    terms, heavy, rest = np.empty(last - first, np.int64), np.empty(last - first, np.int32), np.zeros(last - first + 1, np.int64)
    total = 0
    for term in range(first, last):
        if weights[term] > 0 and found[term] >= 0:
            most = np.int64(weights[term]) * peaks[found[term]]
            at = total
            while at > 0 and rest[at - 1] < most:
                terms[at], heavy[at], rest[at] = terms[at - 1], heavy[at - 1], rest[at - 1]
                at -= 1
            terms[at], heavy[at], rest[at] = found[term], weights[term], most
            total += 1
    for at in range(total - 2, -1, -1):
        rest[at] += rest[at + 1]
    return terms[:total], heavy[:total], rest[: total + 1]


@compiled
def _summed(terms, heavy, rest, first, bar, starts, rows, strengths, sums):
    """Adds up the postings of the terms from ``first``, until those left cannot reach the bar alone; the next term."""
    term = first
    while term < len(terms) and rest[term] > bar:
        weight = heavy[term]
        for at in range(starts[terms[term]], starts[terms[term] + 1]):
            sums[rows[at]] += weight * np.int32(strengths[at])
        term += 1
    return term


@compiled
def _postings(terms, starts, first, last):
    """How many postings the terms from ``first`` to ``last`` have."""
    total = 0
    for term in range(first, last):
        total += starts[terms[term] + 1] - starts[terms[term]]
    return total


@compiled
def _above(sums, bar):
    """How many sums are above the bar."""
    count = np.int32(0)
    for row in range(len(sums)):
        count += np.int32(sums[row] > bar)
    return count


@compiled
def _walked(terms, used, starts, rows, alive, bar, sums, some, held):
    """Living documents above the bar among those touched, their sums in ``held``; leaves ``sums`` zero."""
    count = 0
    for term in range(used):
        for at in range(starts[terms[term]], starts[terms[term] + 1]):
            row = rows[at]
            if sums[row] > bar and alive[row]:
                some[count], held[count] = row, sums[row]
                count += 1
            sums[row] = 0
    return count


@compiled
def _swept(alive, bar, sums, some, held):
    """Living documents above the bar among all, their sums in ``held``; leaves ``sums`` zero."""
    count = 0
    for first in range(0, len(alive), STRIDE):
        last = min(first + STRIDE, len(alive))
        higher = False
        for row in range(first, last):
            higher |= (sums[row] > bar) & alive[row]
        if higher:
            for row in range(first, last):
                if sums[row] > bar and alive[row]:
                    some[count], held[count] = row, sums[row]
                    count += 1
    sums[: len(alive)] = 0
    return count


@compiled
def _completed(terms, heavy, rest, term, starts, rows, strengths, bar, count, some, held):
    """Adds the remaining terms to the documents that can still pass the bar; drops the others; how many remain."""
    while term < len(terms) and count > 0:
        first, last = starts[terms[term]], starts[terms[term] + 1]
        place, kept = np.int64(first), 0
        for at in range(count):
            if held[at] + rest[term] <= bar:
                continue
            row, score = some[at], held[at]
            if place > first and rows[place - 1] >= row:
                place = np.int64(first)
            place = _beyond(rows, place, last, row)
            if place < last and rows[place] == row:
                score += heavy[term] * np.int32(strengths[place])
            some[kept], held[kept] = row, score
            kept += 1
        count = kept
        term += 1
    return count


@compiled
def scored(
    found, weights, bounds, starts, peaks, rows, strengths, keys, alive, before, best, best_rows, best_keys, sums, some, held, few, seek
):
    """Puts the documents of one segment among the best of each query: scores int32, rows and keys int64, [queries, k].

    ``before`` documents are in earlier segments; segments come in order, so a later document must be better to be put in.
    ``sums`` (int32 [65,536], zero before and after), ``some`` and ``held`` are room to work in. ``alive`` is also the filter.
    Up to ``few`` postings are walked again; looking for a document among postings takes as long as adding up ``seek`` of them.
    """
    living = -1.0  # the share of the rows that are alive, counted when it is asked for
    for query in range(len(bounds) - 1):
        scores, at_rows = best[query], best_rows[query]
        terms, heavy, rest = _chosen(found, weights, peaks, bounds[query], bounds[query + 1])
        bar = scores[-1]
        if rest[0] <= bar:
            continue
        used = _summed(terms, heavy, rest, 0, bar, starts, rows, strengths, sums)
        if _postings(terms, starts, 0, used) <= few:
            count = _walked(terms, used, starts, rows, alive, np.int32(bar - rest[used]), sums, some, held)
        else:
            if living < 0:
                living = alive.sum() / len(alive)
            seeks = living * _above(sums, np.int32(bar - rest[used])) * (len(terms) - used)
            if _postings(terms, starts, used, len(terms)) < seek * seeks:
                used = _summed(terms, heavy, rest, used, -1, starts, rows, strengths, sums)
            count = _swept(alive, np.int32(bar - rest[used]), sums, some, held)
        count = _completed(terms, heavy, rest, used, starts, rows, strengths, bar, count, some, held)
        for at in range(count):
            if held[at] >= scores[-1]:
                row = np.int64(before) + some[at]
                if held[at] > scores[-1] or row < at_rows[-1]:
                    _put(scores, at_rows, best_keys[query], held[at], row, keys[some[at]])

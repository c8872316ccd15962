"""The best documents of a segment for many queries: exact, leaving out what cannot reach the best found so far."""

from __future__ import annotations

import numpy as np

from fuhua.matching.compiled import compiled

UNIT = 64  # weights are whole 64ths, so that sums are exact and their order does not matter
MOST_TERMS = 2_048  # of one query; with weights and strengths at their largest the sum still fits in 32 bits
REPEATS = 1.0  # how soon a term that a query repeats counts no more
HALF, ONE = np.uint64(32), np.uint64(1)
FEW = 8_192  # postings up to which walking them again is cheaper than looking at every document
SEEK = 4  # postings that are added up in the time that it takes to look for one document among them
STRIDE = 64  # documents looked at together


@compiled
def gathered(terms, ends):
    """The distinct terms of each query and how often it has them: keys, repeats, bounds."""
    keys, repeats = np.empty(len(terms), np.uint64), np.empty(len(terms), np.int32)
    bounds, total = np.zeros(len(ends), np.int64), 0
    for query in range(len(ends) - 1):
        ordered = np.sort(terms[ends[query] : ends[query + 1]])
        for at in range(len(ordered)):
            if at == 0 or ordered[at] != ordered[at - 1]:
                keys[total], repeats[total] = ordered[at], 0
                total += 1
            repeats[total - 1] += 1
        bounds[query + 1] = total
    return keys[:total], repeats[:total], bounds


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
def weighed(repeats, spread, bounds, documents, widest):
    """The whole-number weight of each term: its rarity times its repeats; 0 for a term that is not scored.

    Not scored: terms that no document has; terms that more than ``widest`` documents have, unless the query has no other;
    of more than :data:`MOST_TERMS` the lightest.
    """
    weights = np.zeros(len(repeats), np.int32)
    for query in range(len(bounds) - 1):
        first, last = bounds[query], bounds[query + 1]
        rare = False
        for term in range(first, last):
            rare = rare or 0 < spread[term] <= widest
        for term in range(first, last):
            if spread[term] > 0 and (spread[term] <= widest or not rare):
                rarity = np.log(1 + (documents - spread[term] + 0.5) / (spread[term] + 0.5))
                repeated = repeats[term] * (REPEATS + 1) / (repeats[term] + REPEATS)
                weights[term] = max(1, round(UNIT * rarity * repeated))
        if last - first > MOST_TERMS:
            weights[first + np.argsort(-weights[first:last], kind="mergesort")[MOST_TERMS:]] = 0
    return weights


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
    at = np.empty(last - first, np.int64)
    most = np.empty(last - first, np.int64)
    total = 0
    for term in range(first, last):
        if weights[term] > 0 and found[term] >= 0:
            at[total], most[total] = term, -np.int64(weights[term]) * peaks[found[term]]
            total += 1
    order = np.argsort(most[:total])
    terms, heavy, rest = np.empty(total, np.int64), np.empty(total, np.int32), np.zeros(total + 1, np.int64)
    for place in range(total - 1, -1, -1):
        term = at[order[place]]
        terms[place], heavy[place] = found[term], weights[term]
        rest[place] = rest[place + 1] - most[order[place]]
    return terms, heavy, rest


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
def _walked(terms, used, starts, rows, bar, sums, some, held):
    """Documents above the bar among those touched, their sums in ``held``; leaves ``sums`` zero."""
    count = 0
    for term in range(used):
        for at in range(starts[terms[term]], starts[terms[term] + 1]):
            row = rows[at]
            if sums[row] > bar:
                some[count], held[count] = row, sums[row]
                count += 1
            sums[row] = 0
    return count


@compiled
def _swept(bar, sums, some, held):
    """Documents above the bar among all, their sums in ``held``; leaves ``sums`` zero."""
    count = 0
    for first in range(0, len(sums), STRIDE):
        higher = False
        for row in range(first, first + STRIDE):
            higher |= sums[row] > bar
        if higher:
            for row in range(first, first + STRIDE):
                if sums[row] > bar:
                    some[count], held[count] = row, sums[row]
                    count += 1
    sums[:] = 0
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
def scored(found, weights, bounds, starts, peaks, rows, strengths, keys, alive, before, best, best_rows, best_keys, sums, some, held):
    """Puts the documents of one segment among the best of each query: scores int32, rows and keys int64, [queries, k].

    ``before`` documents are in earlier segments; segments come in order, so a later document must be better to be put in.
    ``sums`` (int32 [65,536], zero before and after), ``some`` and ``held`` are room to work in. ``alive`` is also the filter.
    """
    for query in range(len(bounds) - 1):
        scores, at_rows = best[query], best_rows[query]
        terms, heavy, rest = _chosen(found, weights, peaks, bounds[query], bounds[query + 1])
        bar = scores[-1]
        if rest[0] <= bar:
            continue
        used = _summed(terms, heavy, rest, 0, bar, starts, rows, strengths, sums)
        if _postings(terms, starts, 0, used) <= FEW:
            count = _walked(terms, used, starts, rows, np.int32(bar - rest[used]), sums, some, held)
        else:
            seeks = np.int64(_above(sums, np.int32(bar - rest[used]))) * (len(terms) - used)
            if _postings(terms, starts, used, len(terms)) < SEEK * seeks:
                used = _summed(terms, heavy, rest, used, -1, starts, rows, strengths, sums)
            count = _swept(np.int32(bar - rest[used]), sums, some, held)
        count = _completed(terms, heavy, rest, used, starts, rows, strengths, bar, count, some, held)
        for at in range(count):
            if held[at] >= scores[-1] and alive[some[at]]:
                row = np.int64(before) + some[at]
                if held[at] > scores[-1] or row < at_rows[-1]:
                    _put(scores, at_rows, best_keys[query], held[at], row, keys[some[at]])

"""Folding: which offers are the same offer posted again, so that a list may show one of them."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from fuhua.matching.ranking.listings import Listing
from fuhua.matching.text.tokens import normal

SHINGLE = 5  # letters
SAME = 0.8  # Jaccard similarity of the shingles from which two listings are the same
BANDS, ROWS = 16, 4  # MinHash of 64 values: at similarity .8 a pair meets in some band with probability 1 - 3e-4
_RANDOM = np.random.default_rng(0)
_FACTORS = _RANDOM.integers(1, 1 << 63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)  # odd: multiply-shift hashing
_SHIFTS = _RANDOM.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)


def fold(listings: Sequence[Listing], *, by_title: bool = True) -> list[int]:
    """For each listing the position of the first one that it repeats, its own when it is new.

    Two listings are the same when their titles are equal letter by letter (``by_title``), or title and text share four of five
    shingles; a chain of such pairs is one group.
    """
    parent = list(range(len(listings)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    titles: dict[str, int] = {}
    shingles = [_shingles(listing.words) for listing in listings]
    met: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, listing in enumerate(listings):
        title = _letters(listing.title)
        earlier = {titles.setdefault(title, place)} if title and by_title else set()
        for band in _bands(shingles[place]):
            earlier.update(other for other in met[band] if _alike(shingles[place], shingles[other]))
            met[band].append(place)
        roots = sorted({root(other) for other in (*earlier, place)})
        for other in roots:
            parent[other] = roots[0]
    return [root(place) for place in range(len(listings))]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normal(text)))


def _shingles(text: str) -> frozenset[int]:
    letters = _letters(text)
    return frozenset(zlib.crc32(letters[at : at + SHINGLE].encode()) for at in range(max(1, len(letters) - SHINGLE + 1)) if letters)


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = len(one & other)
    return shared >= SAME * (len(one) + len(other) - shared)


def _bands(shingles: frozenset[int]) -> list[tuple[int, ...]]:
    """The MinHash signature in bands; listings that are the same meet in one with near certainty."""
    if not shingles:
        return []
    hashed = (np.fromiter(shingles, np.uint64, len(shingles))[:, None] * _FACTORS + _SHIFTS) >> np.uint64(32)
    least = hashed.min(axis=0).reshape(BANDS, ROWS)
    return [(band, *map(int, values)) for band, values in enumerate(least)]

"""A channel: the offers as weighted term vectors, and how near a need's title and text come to each of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.commonness import Commonness
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.near import near
from fuhua.matching.text.tokens import normal, terms

Floats = NDArray[np.float32]
Pair = tuple[sparse.csr_array, sparse.csr_array]  # titles and texts: listings × terms
Split = Callable[[str], list[str]]
NEED_TITLE, OFFER_TITLE = 0.8, 2.0  # what a term in the title adds; in the text it adds less than 1, the more often the more
HALF, BY_LENGTH = 1.0, 0.6  # occurrences in a text of mean length that weigh one half, and how much its length counts (BM25's k and b)
IMAGINED = 100  # listings that have none of the terms, beside those counted: or among a dozen what all say would count for nothing
NEAR = 0.7  # weight of a near term beside a shared one


def characters(text: str) -> list[str]:
    """Han characters, their pairs and other words (:func:`terms`), then the groups of near terms."""
    return [*terms(text), *near(text)]


def words(text: str) -> list[str]:
    """Words of a Chinese dictionary, then the groups of near terms."""
    return [*(word for word in rjieba.cut(normal(text)) if word.isalnum() or any(map(str.isalnum, word))), *near(text)]


@dataclass(frozen=True)
class Closeness:
    """Needs as term vectors, and their cosines (rows) with offers (columns): of all they say, of the titles alone, of the texts alone."""

    needs: sparse.csr_array
    whole: Floats
    titles: Floats
    texts: Floats


class Channel:
    """Term vectors of ``offers`` and of ``others`` (needs) under one way of splitting a text.

    A term weighs ``log((n + 1) / (df + ½))``, scaled so that the rarest weighs 1; ``common`` tells n and df, else they are counted
    here. A listing is the sum of its text, where a term counts as in BM25, and of its title, where it counts once and a fixed amount.
    """

    def __init__(self, split: Split, offers: Sequence[Listing], others: Sequence[Listing] = (), common: Commonness | None = None) -> None:
        self._split = split
        self._column: dict[str, int] = defaultdict(count().__next__)
        mine = self._told(offers, self._column)
        background = self._told(others, self._column)
        for counts in mine:
            counts.resize((len(offers), len(self._column)))
        many, found = _counted((mine, background)) if common is None else (common.documents, common(list(self._column)))
        many += IMAGINED
        rarity = np.log((many + 1) / (found + 0.5)).clip(0) / math.log(2 * (many + 1))
        near_ones = np.fromiter((term[0] == "=" for term in self._column), bool, len(self._column))
        self._weight = np.where(near_ones, NEAR * rarity, rarity).astype(np.float32)
        self._mean = {True: _mean_length(mine[1]), False: _mean_length(background[1] if len(others) else mine[1])}
        title, text = self._weighed(mine, self._weight, offers=True)
        self._titles, self._texts = _transposed(_unit(title)), _transposed(_unit(text))
        self.offers = _unit(text + OFFER_TITLE * title)
        self._offers = _transposed(self.offers)
        title, text = self._weighed(background, self._weight, offers=False)
        self.listings = sparse.vstack([self.offers, _unit(text + NEED_TITLE * title)]).tocsr()

    def closeness(self, needs: Sequence[Listing]) -> Closeness:
        """How near each need comes to each offer; a term that no listing has only makes the need longer."""
        known = len(self._column)
        column = defaultdict(count(known).__next__, self._column)
        told = self._told(needs, column)
        weight = np.append(self._weight, np.ones(len(column) - known, np.float32))
        title, text = self._weighed(told, weight, offers=False)
        asked = [_unit(text + NEED_TITLE * title)[:, :known], _unit(title[:, :known]), _unit(text[:, :known])]
        near_ones = ((one @ mine).toarray() for one, mine in zip(asked, (self._offers, self._titles, self._texts), strict=True))
        return Closeness(asked[0], *near_ones)

    def weight(self, term: str) -> float:
        """How telling a term is: 0 for one that stands everywhere, 1 for one that no listing has."""
        column = self._column.get(term)
        return 1.0 if column is None else float(self._weight[column])

    def _told(self, listings: Sequence[Listing], column: dict[str, int]) -> Pair:
        """How often each listing's title, and its text, has each term; terms that are new get a column."""
        flat: list[int] = []
        ends = [0]
        for text in (part for listing in listings for part in (listing.title, listing.text)):
            flat += map(column.__getitem__, self._split(text))
            ends.append(len(flat))
        counts = sparse.csr_array((np.ones(len(flat), np.float32), flat, ends), shape=(2 * len(listings), len(column)))
        counts.sum_duplicates()
        return counts[::2], counts[1::2]

    def _weighed(self, told: Pair, weight: Floats, *, offers: bool) -> Pair:
        title, text = (counts.copy() for counts in told)
        slope = HALF * (1 - BY_LENGTH + BY_LENGTH * text.sum(axis=1) / self._mean[offers])
        title.data = weight[title.indices]
        text.data = weight[text.indices] * text.data / (text.data + np.repeat(slope, np.diff(text.indptr)).astype(np.float32))
        return title, text


def _counted(parts: Iterable[Pair]) -> tuple[int, NDArray[np.int64]]:
    """How many listings there are, and in how many of them each term stands."""
    both = sparse.vstack([title + text for title, text in parts])
    return both.shape[0], np.bincount(both.tocsr().indices, minlength=both.shape[1])


def _mean_length(texts: sparse.csr_array) -> float:
    return max(1.0, float(texts.sum()) / max(1, texts.shape[0]))


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    length = np.sqrt(np.bincount(of, np.square(rows.data), rows.shape[0]))
    scaled = (rows.data / np.where(length > 0, length, 1)[of]).astype(np.float32)
    return sparse.csr_array((scaled, rows.indices, rows.indptr), shape=rows.shape)


def _transposed(rows: sparse.csr_array) -> sparse.csr_array:
    return rows.T.tocsr()

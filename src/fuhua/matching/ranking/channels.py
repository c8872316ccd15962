"""A channel: the offers as weighted term vectors, and how near a need's title and text come to each of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.near import near
from fuhua.matching.text.tokens import normal, terms

Floats = NDArray[np.float32]
NEED_TITLE, OFFER_TITLE = 0.8, 2.0  # what a term in the title adds; in the text it adds less than 1, the more often the more
HALF, BY_LENGTH = 1.0, 0.6  # occurrences in a text of mean length that weigh one half, and how much its length counts (BM25's k and b)
NEAR = 0.7  # weight of a near term beside a shared one


def characters(text: str) -> list[str]:
    """Han characters, their pairs and other words (:func:`terms`), then the groups of near terms."""
    return terms(text) + near(text)


def words(text: str) -> list[str]:
    """Words of a Chinese dictionary, then the groups of near terms."""
    text = normal(text)
    return [word for word in rjieba.cut(text) if any(map(str.isalnum, word))] + near(text)


@dataclass(frozen=True)
class Closeness:
    """Needs as term vectors, and their cosines (rows) with offers (columns): of all they say, of the titles alone, of the texts alone."""

    needs: sparse.csr_array
    whole: Floats
    titles: Floats
    texts: Floats


class Channel:
    """Term vectors of ``offers`` under one way of splitting a text, with the document frequencies of ``others`` too.

    A term weighs ``log((n + 1) / (df + ½))``, scaled so that the rarest weighs 1. A listing is the sum of its text, where a term
    counts as in BM25, and of its title, where it counts once and a fixed amount.
    """

    def __init__(self, split: Callable[[str], list[str]], offers: Sequence[Listing], others: Iterable[Listing] = ()) -> None:
        self._split = split
        self._column: dict[str, int] = {}
        frequency: Counter[str] = Counter()
        mine = [self._counted(offer) for offer in offers]
        background = [self._counted(other) for other in others]
        for title, text in (*mine, *background):
            frequency.update(title.keys() | text.keys())
        self._column = {term: column for column, term in enumerate(frequency)}
        self._rarest = math.log(2 * (len(mine) + len(background) + 1))
        rarity = np.log((len(mine) + len(background) + 1) / (np.fromiter(frequency.values(), float) + 0.5)).clip(0) / self._rarest
        near_ones = np.fromiter((term[0] == "=" for term in frequency), bool, len(frequency))
        self._weight = np.where(near_ones, NEAR * rarity, rarity).astype(np.float32)
        self._mean = {True: _mean_length(mine), False: _mean_length(background or mine)}
        title, text, _ = self._vectors(mine, offers=True)
        self._titles, self._texts = _transposed(_unit(title)), _transposed(_unit(text))
        self.offers = _unit(text + OFFER_TITLE * title)
        self._offers = _transposed(self.offers)
        title, text, _ = self._vectors(background, offers=False)
        self.listings = sparse.vstack([self.offers, _unit(text + NEED_TITLE * title)]).tocsr()

    def closeness(self, needs: Sequence[Listing]) -> Closeness:
        """How near each need comes to each offer."""
        title, text, absent = self._vectors([self._counted(need) for need in needs], offers=False)
        whole = _unit(text + NEED_TITLE * title, absent)
        return Closeness(whole, *((each @ mine).toarray() for each, mine in self._pairs(whole, _unit(title), _unit(text))))

    def weight(self, term: str) -> float:
        """How telling a term is: 0 for one that stands everywhere, 1 for one that no listing has."""
        column = self._column.get(term)
        return 1.0 if column is None else float(self._weight[column])

    def _pairs(self, whole: sparse.csr_array, title: sparse.csr_array, text: sparse.csr_array) -> zip[tuple[sparse.csr_array, ...]]:
        return zip((whole, title, text), (self._offers, self._titles, self._texts), strict=True)

    def _counted(self, listing: Listing) -> tuple[Counter[str], Counter[str]]:
        return Counter(self._split(listing.title)), Counter(self._split(listing.text))

    def _vectors(
        self, counted: list[tuple[Counter[str], Counter[str]]], *, offers: bool
    ) -> tuple[sparse.csr_array, sparse.csr_array, Floats]:
        """Titles and texts as rows, and the squared length of what the columns do not know (only a need has that)."""
        title = _rows(self._column, [dict.fromkeys(title, 1.0) for title, _ in counted], self._weight)
        mean = self._mean[offers]
        saturated = [_saturated(text, mean) for _, text in counted]
        text = _rows(self._column, saturated, self._weight)
        absent = [self._absent(title, text) for (title, _), text in zip(counted, saturated, strict=True)]
        return title, text, np.array(absent, np.float32)

    def _absent(self, title: Counter[str], text: dict[str, float]) -> float:
        unknown = (term for term in title.keys() | text.keys() if term not in self._column)
        return sum((NEED_TITLE * (term in title) + text.get(term, 0.0)) ** 2 for term in unknown)


def _saturated(text: Counter[str], mean: float) -> dict[str, float]:
    slope = HALF * (1 - BY_LENGTH + BY_LENGTH * sum(text.values()) / mean)
    return {term: count / (count + slope) for term, count in text.items()}


def _mean_length(counted: list[tuple[Counter[str], Counter[str]]]) -> float:
    lengths = [sum(text.values()) for _, text in counted]
    return max(1.0, sum(lengths) / max(1, len(lengths)))


def _rows(column: dict[str, int], counted: list[dict[str, float]], weight: Floats) -> sparse.csr_array:
    known = [[(column[term], value) for term, value in row.items() if term in column] for row in counted]
    ends = np.cumsum([0, *map(len, known)])
    flat = [pair for row in known for pair in row]
    columns = np.fromiter((pair[0] for pair in flat), np.int32, len(flat))
    values = np.fromiter((pair[1] for pair in flat), np.float32, len(flat)) * weight[columns]
    return sparse.csr_array((values, columns, ends), shape=(len(counted), len(column)))


def _unit(rows: sparse.csr_array, beyond: Floats | float = 0.0) -> sparse.csr_array:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel() + beyond)
    return sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1)) @ rows, dtype=np.float32)


def _transposed(rows: sparse.csr_array) -> sparse.csr_array:
    return rows.T.tocsr()

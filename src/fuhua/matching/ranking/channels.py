"""A channel: one way of splitting a text into terms, how telling each term is, and listings as weighted vectors of terms."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.commonness import Commonness
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.near import near
from fuhua.matching.text.tokens import normal, terms

Floats = NDArray[np.float32]
Split = Callable[[str], list[str]]
NEED_TITLE, OFFER_TITLE = 0.8, 2.0  # what a term in the title adds; in the text it adds less than 1, the more often the more
HALF, BY_LENGTH = 1.0, 0.6  # occurrences in a text of mean length that weigh one half, and how much its length counts (BM25's k and b)
IMAGINED = 100  # listings that have none of the terms, beside those counted: or among a dozen what all say would count for nothing
NEAR = 0.7  # weight of a near term beside a shared one
COUNTED = 10_000  # needs whose terms are held at once, to be counted


def characters(text: str) -> list[str]:
    """Han characters, their pairs and other words (:func:`terms`), then the groups of near terms."""
    return [*terms(text), *near(text)]


def words(text: str) -> list[str]:
    """Words of a Chinese dictionary, then the groups of near terms."""
    return [*(word for word in rjieba.cut(normal(text)) if word.isalnum() or any(map(str.isalnum, word))), *near(text)]


class Vectors(NamedTuple):
    """Listings (rows) as unit vectors of terms (columns): of all they say, of the titles alone, of the texts alone."""

    whole: sparse.csr_array
    titles: sparse.csr_array
    texts: sparse.csr_array


class Channel:
    """One way of splitting a text, with how often each term stands in all the ``offers`` and ``needs`` there are.

    A term weighs ``log((n + 1) / (df + ½))``, scaled so that the rarest weighs 1; ``common`` tells n and df where offers and needs are
    a few of many. A listing is the sum of its text, where a term counts as in BM25, and of its title, where it counts once and a
    fixed amount. A term that no offer and no need has only makes a listing longer.
    """

    def __init__(
        self, split: Split, offers: Sequence[Listing], needs: Sequence[Listing] = (), common: Commonness | None = None
    ) -> None:
        self._split = split
        numbers = _Growing()
        told = self._counted(offers, numbers)
        frequency, length = np.zeros(0, np.int64), 0
        for first in range(0, len(needs), COUNTED):
            title, text = self._counted(needs[first : first + COUNTED], numbers)
            frequency, length = _spread(title, text, frequency), length + int(text.sum(dtype=np.int64))
        for each in told:
            each.resize(len(offers), len(numbers))
        self._offers, frequency = told, _spread(*told, frequency)
        self._mean_offer = max(1.0, float(told[1].sum(dtype=np.float64)) / max(1, len(offers)))
        self._mean_need = max(1.0, length / len(needs)) if needs else self._mean_offer
        self._column = dict(numbers)
        many, found = (len(offers) + len(needs), frequency) if common is None else (common.documents, common(list(numbers)))
        many += IMAGINED
        rarity = np.log((many + 1) / (found + 0.5)).clip(0) / math.log(2 * (many + 1))
        near_ones = np.fromiter((term[0] == "=" for term in self._column), bool, len(self._column))
        self._weight = np.where(near_ones, NEAR * rarity, rarity).astype(np.float32)

    def __getstate__(self) -> dict[str, object]:
        """Travels without the offers: who is sent a channel reads needs."""
        return {name: value for name, value in self.__dict__.items() if name != "_offers"}

    def offers(self, rows: slice = slice(None)) -> Vectors:
        """The vectors of the offers, or of some of them."""
        title, text = (each[rows].copy() for each in self._offers)
        return _vectors(title, text, self._weight, OFFER_TITLE, self._mean_offer)

    def needs(self, needs: Sequence[Listing]) -> Vectors:
        """The vectors of needs."""
        numbers, known = _Beyond(self._column), len(self._column)
        title, text = self._counted(needs, numbers)
        weight = np.append(self._weight, np.ones(len(numbers) - known, np.float32))
        return _vectors(title, text, weight, NEED_TITLE, self._mean_need, known)

    def weight(self, term: str) -> float:
        """How telling a term is: 0 for one that stands everywhere, 1 for one that no listing has."""
        column = self._column.get(term)
        return 1.0 if column is None else float(self._weight[column])

    def _counted(self, listings: Sequence[Listing], numbers: _Growing | _Beyond) -> tuple[sparse.csr_array, sparse.csr_array]:
        """How often each listing's title, and its text, has each term."""
        titles = _numbered((self._split(one.title) for one in listings), numbers)
        texts = _numbered((self._split(one.text) for one in listings), numbers)
        return _counts(*titles, len(numbers)), _counts(*texts, len(numbers))


class _Growing(dict[str, int]):
    """The numbers of terms as they come: one that is new gets the next."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def __call__(self, terms: list[str]) -> Iterable[int]:
        return map(self.__getitem__, terms)


class _Beyond:
    """The numbers of terms that are ``known``, and further ones for those that are not."""

    def __init__(self, known: dict[str, int]) -> None:
        self._known, self._others = known, _Growing()

    def __len__(self) -> int:
        return len(self._known) + len(self._others)

    def __call__(self, terms: list[str]) -> Iterable[int]:
        numbers = list(map(self._known.get, terms))
        if None not in numbers:
            return numbers
        return [len(self._known) + self._others[term] if number is None else number for term, number in zip(terms, numbers, strict=True)]


def _numbered(texts: Iterable[list[str]], numbers: _Growing | _Beyond) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The numbers of all terms, one text after the other, and where each text begins and the last one ends."""
    found, bounds = array("i"), array("i", [0])
    for text in texts:
        found.extend(numbers(text))
        bounds.append(len(found))
    return np.array(found, np.int32), np.array(bounds, np.int32)


def _counts(numbers: NDArray[np.int32], bounds: NDArray[np.int32], columns: int) -> sparse.csr_array:
    counts = sparse.csr_array((np.ones(len(numbers), np.float32), numbers, bounds), shape=(len(bounds) - 1, columns))
    counts.sum_duplicates()
    return counts


def _spread(title: sparse.csr_array, text: sparse.csr_array, others: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many listings have each term, in title or text, with the ``others``, whose columns may be fewer."""
    in_title, in_text, twice = (np.bincount(each.indices, minlength=title.shape[1]) for each in (title, text, title.multiply(text)))
    frequency = in_title + in_text - twice
    frequency[: len(others)] += others
    return frequency


def _vectors(
    title: sparse.csr_array, text: sparse.csr_array, weight: Floats, in_title: float, mean: float, known: int | None = None
) -> Vectors:
    """The vectors of listings that have these terms so often; columns from ``known`` on count for the length of the whole only."""
    slopes = (HALF * (1 - BY_LENGTH + BY_LENGTH * text.sum(axis=1) / mean)).astype(np.float32)
    text.data /= text.data + np.repeat(slopes, np.diff(text.indptr))
    text.data *= weight[text.indices]
    title.data[:] = weight[title.indices]
    return Vectors(_unit(text + in_title * title)[:, :known], _unit(title[:, :known]), _unit(text[:, :known]))


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    """The rows divided by their lengths; a row comes out the same in any company."""
    row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    lengths = np.sqrt(np.bincount(row_of, np.square(rows.data), rows.shape[0]))
    data = (rows.data / np.where(lengths > 0, lengths, 1)[row_of]).astype(np.float32)
    return sparse.csr_array((data, rows.indices, rows.indptr), shape=rows.shape)

"""Texts as arrays: which term stands where, how often a text has it, and how rare it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fuhua.matching.expertise.terms import terms


@dataclass(frozen=True)
class Running:
    """Texts as one run of terms: ``term[i]`` (< ``kinds``) stands in text ``text[i]`` (< ``texts``), in reading order."""

    term: np.ndarray
    text: np.ndarray
    kinds: int
    texts: int

    def counted(self) -> sparse.csr_array:
        """How often each text has each term: texts × kinds."""
        ones = np.ones(len(self.term))
        return sparse.csr_array((ones, (self.text, self.term)), shape=(self.texts, self.kinds))

    def kept(self, keep: np.ndarray) -> Running:
        """The same texts with only the terms that ``keep`` (a Boolean for each kind) names, numbered anew without gaps."""
        here = keep[self.term]
        return Running((np.cumsum(keep) - 1)[self.term[here]], self.text[here], int(keep.sum()), self.texts)

    def with_neighbours(self) -> Running:
        """The terms, and after them every two that follow each other in a text as a term of its own."""
        together = self.text[1:] == self.text[:-1]
        pairs = self.term[:-1][together] * self.kinds + self.term[1:][together]
        distinct, number = np.unique(pairs, return_inverse=True)
        term = np.concatenate([self.term, self.kinds + number])
        return Running(term, np.concatenate([self.text, self.text[1:][together]]), self.kinds + len(distinct), self.texts)


def read(texts: Iterable[str]) -> Running:
    """The texts as numbers; terms are numbered as they are first met."""
    numbers: dict[str, int] = {}
    found = [np.array([numbers.setdefault(term, len(numbers)) for term in terms(text)], dtype=np.int64) for text in texts]
    lengths = [len(each) for each in found]
    flat = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    return Running(flat, np.repeat(np.arange(len(found)), lengths), len(numbers), len(found))


def texts_with(counts: sparse.csr_array) -> np.ndarray:
    """In how many texts each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def rarity(counts: sparse.csr_array) -> np.ndarray:
    """The weight of each term: 1 for one that all texts have, and more the fewer have it (inverse document frequency, smoothed)."""
    return np.log((counts.shape[0] + 1) / (texts_with(counts) + 1)) + 1


def damped(counts: sparse.csr_array) -> sparse.csr_array:
    """Counts with repetition damped: 1 + ln n."""
    found = counts.copy()
    found.data = 1 + np.log(found.data)
    return found

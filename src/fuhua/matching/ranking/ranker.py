"""The ranker: offers prepared once, then the best of them for one need or for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.channels import COUNTED, Channel, Vectors, characters, words
from fuhua.matching.ranking.latent import Topics
from fuhua.matching.ranking.listings import Listing, major
from fuhua.matching.ranking.product import NONE, Product
from fuhua.matching.ranking.scoring import BEST, SHIPPED, Scoring

Floats = NDArray[np.float32]
AT_ONCE = 256  # needs scored together
LEARNT = 20_000  # listings that topics are learnt from, at most


@dataclass(frozen=True)
class Found:
    """An offer for a need: which, and how probable it is that it is worth a look."""

    offer: Listing
    score: float


@dataclass(frozen=True)
class Ranking:
    """The best offers for a need, best first, and whether even the best says that nothing fits."""

    need: Listing
    abstain: bool
    found: tuple[Found, ...]


class Ranker:
    """Ranks ``offers``; texts of other ``needs`` tell which terms are common among needs. Nothing here changes after it is built.

    The mix of a pair's features is linear in what is told of the offer and in what is told of the need, so that all pairs are one
    product of matrices (:class:`Product`). A need's ranking does not depend on the needs that are ranked with it.
    """

    def __init__(self, offers: Sequence[Listing], needs: Sequence[Listing] = (), scoring: Scoring = SHIPPED) -> None:
        self.offers = tuple(offers)
        self.scoring = scoring
        self.characters = Channel(characters, self.offers, needs)
        self.words = Channel(words, self.offers, needs)
        every = -(-(len(offers) + len(needs)) // LEARNT) or 1
        learnt = self.characters.offers(self.offers[::every]).whole, self.characters.needs(needs[::every]).whole
        self._topics = Topics(sparse.vstack(learnt, format="csr"))
        self._fields = {field: at for at, field in enumerate(dict.fromkeys(filter(None, (major(one.field) for one in offers))))}
        parts = [self.offers[first : first + COUNTED] for first in range(0, len(offers) or 1, COUNTED)]
        ones = np.ones(len(scoring.weights), np.float32)
        self._product = Product(sparse.vstack([self._side(self._offered(part), ones) for part in parts], format="csr"))

    def features(self, needs: Sequence[Listing], offers: Sequence[Listing] | None = None) -> Floats:
        """Needs × offers × :data:`FEATURES`; all offers, unless some are named."""
        told = zip(self._needed(needs), self._offered(self.offers if offers is None else offers), strict=True)
        return np.stack([(need @ offer.T).toarray() for need, offer in told], axis=-1, dtype=np.float32)

    def rank(self, need: Listing, most: int = 10) -> Ranking:
        """The best ``most`` offers for one need."""
        return next(self.rank_all([need], most))

    def rank_all(self, needs: Sequence[Listing], most: int = 10) -> Iterator[Ranking]:
        """:meth:`rank` for each of ``needs``, in their order."""
        weights = np.asarray(self.scoring.weights, np.float32)
        for first in range(0, len(needs), AT_ONCE):
            some = needs[first : first + AT_ONCE]
            rows, mixed = self._product.largest(self._side(self._needed(some), weights), max(most, BEST))
            for need, mine, mixes in zip(some, rows, mixed, strict=True):
                there = mine != NONE
                yield self._ranking(need, mine[there], mixes[there], most)

    def _ranking(self, need: Listing, rows: NDArray[np.int64], mixed: Floats, most: int) -> Ranking:
        scores = self.scoring.probability(mixed)
        found = tuple(Found(self.offers[row], score) for row, score in zip(rows[:most].tolist(), scores.tolist(), strict=False))
        return Ranking(need, self.scoring.abstains(mixed), found)

    def _offered(self, offers: Sequence[Listing]) -> list[sparse.csr_array]:
        return self._told(offers, self.characters.offers(offers), self.words.offers(offers).whole)

    def _needed(self, needs: Sequence[Listing]) -> list[sparse.csr_array]:
        return self._told(needs, self.characters.needs(needs), self.words.needs(needs).whole)

    def _told(self, listings: Sequence[Listing], near: Vectors, spoken: sparse.csr_array) -> list[sparse.csr_array]:
        """What is told of listings (rows) for each of :data:`FEATURES`; a feature is the product of a need's row and an offer's."""
        topics = sparse.csr_array(self._topics.place(near.whole))
        numbers = [self._fields.get(major(one.field)) for one in listings]
        known = [number for number in numbers if number is not None]
        bounds = np.cumsum([0, *(number is not None for number in numbers)])
        fields = sparse.csr_array((np.ones(len(known), np.float32), known, bounds), shape=(len(listings), len(self._fields)))
        return [near.whole, spoken, topics, near.titles, near.texts, fields]

    def _side(self, told: list[sparse.csr_array], weights: Floats) -> sparse.csr_array:
        """The features that count side by side, each times its weight: one factor of the product."""
        pairs = zip(self.scoring.weights, weights, told, strict=True)
        return sparse.hstack([weight * each for counts, weight, each in pairs if counts], format="csr", dtype=np.float32)

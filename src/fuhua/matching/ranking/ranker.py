"""The ranker: offers prepared once, then the best of them for one need or for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.channels import Channel, characters, words
from fuhua.matching.ranking.commonness import Commonness
from fuhua.matching.ranking.latent import Topics
from fuhua.matching.ranking.listings import Listing, major
from fuhua.matching.ranking.scoring import SHIPPED, Scoring

Floats = NDArray[np.float32]
AT_ONCE = 64  # needs scored together
USUAL = 0.9  # share of the offers whose nearness in topics counts for nothing


@dataclass(frozen=True)
class Found:
    """An offer for a need: which, and how probable it is that it is worth a look."""

    offer: Listing
    score: float
    features: Floats


@dataclass(frozen=True)
class Ranking:
    """The best offers for a need, best first, and whether even the best says that nothing fits."""

    need: Listing
    abstain: bool
    found: tuple[Found, ...]


class Ranker:
    """Ranks ``offers``; texts of other ``needs`` tell which terms are common among needs. Nothing here changes after it is built.

    With ``common`` the offers are a few of many (hits of an index), and it tells how common terms are among the many. There are no
    topics then, which only the many could teach: rank with :data:`~fuhua.matching.ranking.scoring.HITS`.
    """

    def __init__(self, offers: Sequence[Listing], needs: Sequence[Listing] = (), scoring: Scoring = SHIPPED,
                 common: Commonness | None = None) -> None:
        self.offers = tuple(offers)
        self.scoring = scoring
        self.characters = Channel(characters, self.offers, needs, common)
        self.words = Channel(words, self.offers, needs, common)
        self._topics = Topics(self.characters.listings) if common is None else None
        self._places = self._topics.place(self.characters.offers) if self._topics else None
        self._fields = np.array([major(offer.field) for offer in self.offers])

    def features(self, needs: Sequence[Listing]) -> Floats:
        """Needs × offers × :data:`FEATURES`."""
        near, spoken = self.characters.closeness(needs), self.words.closeness(needs)
        unknown = np.zeros_like(near.whole)
        topics = self._near_topics(near.needs) if self._topics and self.offers else unknown
        fields = np.array([major(need.field) for need in needs])[:, None]
        same = (fields == self._fields) & (fields != "")
        return np.stack([near.whole, spoken.whole, topics, near.titles, near.texts, same, unknown], axis=-1, dtype=np.float32)

    def _near_topics(self, needs: sparse.csr_array) -> Floats:
        """How much nearer an offer's topics are than those of nine in ten: how near all are depends on what topics were learnt from."""
        near = self._topics.place(needs) @ self._places.T
        return (near - np.quantile(near, USUAL, axis=1, keepdims=True)).clip(0)

    def rank(self, need: Listing, most: int = 10) -> Ranking:
        """The best ``most`` offers for one need."""
        return next(self.rank_all([need], most))

    def rank_all(self, needs: Sequence[Listing], most: int = 10) -> Iterator[Ranking]:
        """:meth:`rank` for each of ``needs``, in their order."""
        for begin in range(0, len(needs), AT_ONCE):
            batch = needs[begin : begin + AT_ONCE]
            features = self.features(batch)
            for need, mine, mixed in zip(batch, features, self.scoring.mix(features), strict=True):
                yield self._ranking(need, mine, mixed, most)

    def _ranking(self, need: Listing, features: Floats, mixed: Floats, most: int) -> Ranking:
        rows = self._ordered(mixed, most)
        scores = self.scoring.probability(mixed[rows])
        found = tuple(Found(self.offers[row], float(score), features[row]) for row, score in zip(rows, scores, strict=True))
        return Ranking(need, self.scoring.abstains(self.scoring.probability(mixed)), found)

    def _ordered(self, mixed: Floats, most: int) -> NDArray[np.int64]:
        """The rows of the best; ties by the order of the offers."""
        most = min(len(mixed), most)
        if most == 0:
            return np.zeros(0, np.int64)
        edge = np.partition(mixed, len(mixed) - most)[len(mixed) - most]
        rows = np.flatnonzero(mixed >= edge)
        return rows[np.argsort(-mixed[rows], kind="stable")][:most]


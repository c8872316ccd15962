"""The ranker: offers prepared once, then the best of them for one need or for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.channels import COUNTED, Channel, Vectors, characters, words
from fuhua.matching.ranking.commonness import Commonness
from fuhua.matching.ranking.latent import Topics
from fuhua.matching.ranking.listings import Listing, major
from fuhua.matching.ranking.product import NONE, SOME, Product
from fuhua.matching.ranking.scoring import BEST, FEATURES, SHIPPED, Scoring

Floats = NDArray[np.float32]
AT_ONCE = 256  # needs scored together
LEARNT = 20_000  # listings that topics are learnt from, at most
USUAL = 0.9  # share of the offers whose nearness in topics counts for nothing


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


class _Told(NamedTuple):
    """What is told of listings (rows): terms as characters and as words, coordinates among topics, the industry's major class."""

    near: Vectors
    spoken: sparse.csr_array
    topics: Floats
    fields: sparse.csr_array

    def side(self, weights: dict[str, float]) -> sparse.csr_array:
        """One factor of a product: each feature but topics side by side, times its weight, those left out that have none."""
        parts = {"characters": self.near.whole, "words": self.spoken, "titles": self.near.titles, "texts": self.near.texts}
        parts["field"] = self.fields
        counting = [np.float32(weights[name]) * part for name, part in parts.items() if weights[name]]
        return sparse.hstack(counting, format="csr", dtype=np.float32)


class Ranker:
    """Ranks ``offers``; texts of other ``needs`` tell which terms are common among needs. Nothing here changes after it is built.

    With ``common`` the offers are a few of many (hits of an index), and it tells how common terms are among the many. There are no
    topics then, which only the many could teach: rank with :data:`~fuhua.matching.ranking.scoring.HITS`.
    """

    def __init__(
        self, offers: Sequence[Listing], needs: Sequence[Listing] = (), scoring: Scoring = SHIPPED, common: Commonness | None = None
    ) -> None:
        self.offers = tuple(offers)
        self.scoring = scoring
        self.characters = Channel(characters, self.offers, needs, common)
        self.words = Channel(words, self.offers, needs, common)
        self._topics = self._learnt(needs) if common is None else None
        self._fields = {field: at for at, field in enumerate(dict.fromkeys(filter(None, (major(one.field) for one in offers))))}

    def __getstate__(self) -> dict[str, object]:
        """Travels with its product: who is sent a ranker need not make it."""
        return {**self.__dict__, "product": self.product}

    def features(self, needs: Sequence[Listing]) -> Floats:
        """Needs × offers × :data:`FEATURES`."""
        asked, offered = self._needed(needs), self._offered(slice(None))
        near = {name: (one @ other.T).toarray() for name, one, other in zip(Vectors._fields, asked.near, offered.near, strict=True)}
        spoken, same = ((one @ other.T).toarray() for one, other in ((asked.spoken, offered.spoken), (asked.fields, offered.fields)))
        topics = _unusual(asked.topics @ offered.topics.T)
        found = (near["whole"], spoken, topics, near["titles"], near["texts"], same, np.zeros_like(spoken))
        return np.stack(found, axis=-1, dtype=np.float32)

    def rank(self, need: Listing, most: int = 10) -> Ranking:
        """The best ``most`` offers for one need."""
        return next(self.rank_all([need], most))

    def rank_all(self, needs: Sequence[Listing], most: int = 10) -> Iterator[Ranking]:
        """:meth:`rank` for each of ``needs``, in their order; a ranking does not depend on the needs that are ranked with it."""
        weights = self._weights()
        for first in range(0, len(needs), AT_ONCE):
            some = needs[first : first + AT_ONCE]
            asked = self._needed(some)
            topics = np.float32(weights["topics"]) * asked.topics
            floors = self.product.usual(topics, USUAL)
            rows, mixed = self.product.largest(asked.side(weights), topics, floors, max(most, BEST))
            for need, mine, mixes in zip(some, rows, mixed, strict=True):
                there = mine != NONE
                yield self._ranking(need, mine[there], mixes[there], most)

    @cached_property
    def product(self) -> Product:
        """All offers as one factor of the product that ranks them; made when it is first wanted."""
        kept = {name: 1.0 if weight else 0.0 for name, weight in self._weights().items()}
        sides, topics = [], []
        for first in range(0, len(self.offers) or 1, COUNTED):
            part = self._offered(slice(first, first + COUNTED))
            sides.append(part.side(kept))
            topics.append(part.topics)
        return Product(sparse.vstack(sides, format="csr"), np.concatenate(topics))

    def _weights(self) -> dict[str, float]:
        return dict(zip(FEATURES, self.scoring.weights, strict=True))

    def _ranking(self, need: Listing, rows: NDArray[np.int64], mixed: Floats, most: int) -> Ranking:
        scores = self.scoring.probability(mixed)
        found = tuple(Found(self.offers[row], score) for row, score in zip(rows[:most].tolist(), scores.tolist(), strict=False))
        return Ranking(need, self.scoring.abstains(scores), found)

    def _learnt(self, needs: Sequence[Listing]) -> Topics:
        every = -(-(len(self.offers) + len(needs)) // LEARNT) or 1
        some = self.characters.offers(slice(None, None, every)).whole, self.characters.needs(needs[::every]).whole
        return Topics(sparse.vstack(some, format="csr"))

    def _offered(self, rows: slice) -> _Told:
        return self._told(self.offers[rows], self.characters.offers(rows), self.words.offers(rows).whole)

    def _needed(self, needs: Sequence[Listing]) -> _Told:
        return self._told(needs, self.characters.needs(needs), self.words.needs(needs).whole)

    def _told(self, listings: Sequence[Listing], near: Vectors, spoken: sparse.csr_array) -> _Told:
        topics = self._topics.place(near.whole) if self._topics else np.zeros((len(listings), 0), np.float32)
        numbers = [self._fields.get(major(one.field)) for one in listings]
        known = [number for number in numbers if number is not None]
        bounds = np.cumsum([0, *(number is not None for number in numbers)])
        fields = sparse.csr_array((np.ones(len(known), np.float32), known, bounds), shape=(len(listings), len(self._fields)))
        return _Told(near, spoken, np.asarray(topics, np.float32), fields)


def _unusual(near: Floats) -> Floats:
    """How much nearer an offer's topics are than those of nine in ten: how near all are depends on what topics were learnt from."""
    if not near.size:
        return near
    return (near - np.quantile(near[:, :: -(-near.shape[1] // SOME)], USUAL, axis=1, keepdims=True)).clip(0)

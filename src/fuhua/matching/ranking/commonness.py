"""How common a term is: in how many listings it stands, told by the indexes of all that are live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fuhua.matching.index.index import Index
from fuhua.matching.ranking.near import members_of

Counts = NDArray[np.float64]


class Commonness(Protocol):
    """``documents`` is how many listings are counted; called with terms it tells in how many of them each stands."""

    documents: int

    def __call__(self, terms: Sequence[str]) -> Counts:
        """One number a term, 0 for one that no listing has."""
        ...


class Indexed:
    """From the indexes of all listings, so that a few of them can be ranked as they would be among all.

    An index knows characters and their pairs. A longer word is taken to be as common as its rarest pair, a group of near terms as
    its members together but never commoner than half of the listings: measured, no worse than exact counts (docs/matching.md).
    """

    def __init__(self, *indexes: Index) -> None:
        self._indexes = indexes
        self.documents = sum(map(len, indexes))

    def __call__(self, terms: Sequence[str]) -> Counts:
        """At most how many of the listings have each term."""
        found = self._spread(terms)
        groups = [place for place, term in enumerate(terms) if term[0] == "="]
        spoken = [members_of(terms[place]) for place in groups]
        owners = np.repeat(np.arange(len(groups)), [len(members) for members in spoken])
        together = np.bincount(owners, self._spread([member for members in spoken for member in members]), len(groups))
        found[groups] = np.minimum(together, self.documents / 2)
        return found

    def _spread(self, words: Sequence[str]) -> Counts:
        return sum((one.spread(words).astype(np.float64) for one in self._indexes), np.zeros(len(words)))

"""This project's index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.search.engines import HUNDREDTHS
from fuhua.matching.index.index import Document, Index


class Engine:
    """This project's index, from plain text."""

    apart = False  # whether it is given the words apart, as a segmenter would have left them, or the text as it was written

    def build(self, listings: Iterable[Document]) -> None:
        self.index = Index.build(listings)

    def add(self, listings: Iterable[Document]) -> None:
        self.index.add(listings)

    def query(self, words: Sequence[str], short: bool) -> str:
        return (" " if short else "").join(words)

    def find(self, query: str) -> list[int]:
        return self.index.search(query).keys.tolist()

    def find_many(self, queries: list[str]) -> list[list[int]]:
        return [one.keys.tolist() for one in self.index.search_many(queries)]

    def narrow(self, part: int) -> None:
        """Leaves one hundredth of the documents."""
        every = np.concatenate([one.keys for one in self.index.segments])
        self.whole, self.among = self.index, every[every % HUNDREDTHS == part]
        self.index = self.index.narrow(self.among)

    def find_among(self, queries: list[str]) -> list[list[int]]:
        """As `find_many` with the filter given with the call instead of once before."""
        return [one.keys.tolist() for one in self.whole.search_many(queries, among=self.among)]

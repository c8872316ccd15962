"""bm25s on words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bm25s
import numpy as np

from benchmarks.search.engines import BEST, HUNDREDTHS, THREADS
from fuhua.matching.index.index import Document


class Engine:
    """bm25s with numba, from words that are apart already; it cannot add, so everything is built anew."""

    apart = True

    def __init__(self) -> None:
        self.mask = None
        self.listings: list[list[str]] = []

    def build(self, listings: Iterable[Document]) -> None:
        self.listings += [f"{one.title} {one.text}".split() for one in listings]
        self.engine = bm25s.BM25(backend="numba")
        self.engine.index(self.listings, show_progress=False)

    add = build

    def query(self, words: Sequence[str], short: bool) -> list[str]:  # noqa: ARG002
        return list(words)

    def find(self, query: list[str]) -> list[int]:
        return self.find_many([query])[0]

    def find_many(self, queries: list[list[str]]) -> list[list[int]]:
        hits = self.engine.retrieve(queries, k=BEST, show_progress=False, n_threads=THREADS, weight_mask=self.mask)
        return hits.documents.tolist()

    def narrow(self, part: int) -> None:
        self.mask = (np.arange(len(self.listings)) % HUNDREDTHS == part).astype(np.float32)

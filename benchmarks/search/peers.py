"""The other engines, each as its makers mean it to be used, and ours, behind the same few calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from benchmarks.search.others import OTHERS
from fuhua.matching.index.index import Document, Index

with suppress(ModuleNotFoundError):  # they are in the group of peers, which a plain set-up does not install
    import bm25s
    import tantivy

INSTALL = "uv run --group peers python -m benchmarks.search"
HUNDREDTHS = 100
THREADS = os.cpu_count() or 1


class Ours:
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


class Tantivy:
    """Tantivy, either from words that are apart already, or with its own n-gram tokenizer (characters and pairs)."""

    def __init__(self, grams: bool) -> None:
        self.grams, self.apart, self.part = grams, not grams, None
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("key", stored=True, fast=True)
        builder.add_integer_field("part", indexed=True)
        for field in ("title", "text"):
            builder.add_text_field(field, tokenizer_name="ours", index_option="freq")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        kind = tantivy.Tokenizer.ngram(min_gram=1, max_gram=2) if grams else tantivy.Tokenizer.whitespace()
        self.analyser = tantivy.TextAnalyzerBuilder(kind).filter(tantivy.Filter.lowercase()).build()
        self.index.register_tokenizer("ours", self.analyser)

    def build(self, listings: Iterable[Document]) -> None:
        self.writer = self.index.writer(heap_size=300_000_000, num_threads=THREADS)
        self.add(listings)

    def add(self, listings: Iterable[Document]) -> None:
        for one in listings:
            self.writer.add_document(tantivy.Document(key=one.key, part=one.key % HUNDREDTHS, title=one.title, text=one.text))
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, words: Sequence[str], short: bool) -> Any:
        terms = self.analyser.analyze((" " if short or not self.grams else "").join(words))
        some = []
        for term in dict.fromkeys(term for term in terms if term.strip()):
            title = tantivy.Query.term_query(self.schema, "title", term, "freq")
            some.append((tantivy.Occur.Should, tantivy.Query.boost_query(title, 3.0)))
            some.append((tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "text", term, "freq")))
        return tantivy.Query.boolean_query(some)

    def find(self, query: Any) -> list[int]:
        if self.part is not None:
            part = tantivy.Query.const_score_query(tantivy.Query.term_query(self.schema, "part", self.part), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part), (tantivy.Occur.Must, query)])
        hits = self.searcher.search(query, limit=10, count=False).hits
        return [self.searcher.doc(address)["key"][0] for _score, address in hits]

    def find_many(self, queries: list[Any]) -> list[list[int]]:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(self.find, queries))

    def narrow(self, part: int) -> None:
        self.part = part


class Bm25s:
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
        hits = self.engine.retrieve(queries, k=10, show_progress=False, n_threads=THREADS, weight_mask=self.mask)
        return hits.documents.tolist()

    def narrow(self, part: int) -> None:
        self.mask = (np.arange(len(self.listings)) % HUNDREDTHS == part).astype(np.float32)


ENGINES: dict[str, Callable[[], Any]] = {"fuhua": Ours}
if "tantivy" in globals():
    ENGINES |= {"tantivy, words": partial(Tantivy, False), "tantivy, n-grams": partial(Tantivy, True), "bm25s, words": Bm25s}
ENGINES |= OTHERS

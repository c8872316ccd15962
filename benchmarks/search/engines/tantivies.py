"""Tantivy on words and on n-grams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tantivy

from benchmarks.search.engines import BEST, HUNDREDTHS, THREADS, side_by_side
from fuhua.matching.index.index import Document


class Engine:
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
        hits = self.searcher.search(query, limit=BEST, count=False).hits
        return [self.searcher.doc(address)["key"][0] for _score, address in hits]

    def find_many(self, queries: list[Any]) -> list[list[int]]:
        return side_by_side(self.find, queries)

    def narrow(self, part: int) -> None:
        self.part = part

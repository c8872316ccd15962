"""Xapian, by its binding for this Python (Debian: ``python3-xapian``)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import xapian

from benchmarks.search.engines import BEST, HUNDREDTHS, THREADS
from fuhua.matching.index.index import Document

LONGEST = 240  # bytes of a term that Xapian takes


class Engine:
    """Xapian with a term for each word, those of the title three times; a searcher for each thread, as it wants."""

    apart = True

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.writer = xapian.WritableDatabase(self.folder.name, xapian.DB_CREATE_OR_OPEN)
        self.part: int | None = None

    def build(self, listings: Iterable[Document]) -> None:
        for one in listings:
            document = xapian.Document()
            for words, weight in ((one.title, 3), (one.text, 1)):
                for word in words.lower().split():
                    if len(word.encode()) <= LONGEST:
                        document.add_term(word, weight)
            document.add_boolean_term(f"XP{one.key % HUNDREDTHS}")
            document.set_data(str(one.key))
            self.writer.add_document(document)
        self.writer.commit()
        self.readers = [xapian.Database(self.folder.name) for _each in range(THREADS)]

    add = build

    def query(self, words: Sequence[str], short: bool) -> Any:  # noqa: ARG002
        return xapian.Query(xapian.Query.OP_OR, list(dict.fromkeys(word.lower() for word in words)))

    def find(self, query: Any) -> list[int]:
        return self._found(self.readers[0], query)

    def find_many(self, queries: list[Any]) -> list[list[int]]:
        turns = [queries[first::THREADS] for first in range(THREADS)]
        mine: Callable[[Any, list[Any]], list[list[int]]] = lambda reader, some: [self._found(reader, each) for each in some]  # noqa: E731
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(mine, self.readers, turns))
        return [found[at % THREADS][at // THREADS] for at in range(len(queries))]

    def narrow(self, part: int) -> None:
        self.part = part

    def _found(self, reader: Any, query: Any) -> list[int]:
        if self.part is not None:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(f"XP{self.part}"))
        enquire = xapian.Enquire(reader)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        enquire.set_query(query)
        return [int(hit.document.get_data()) for hit in enquire.get_mset(0, BEST)]

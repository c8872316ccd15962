"""LanceDB's tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import lancedb
import pyarrow as pa

from benchmarks.search.engines import BEST, HUNDREDTHS, side_by_side
from benchmarks.search.engines.batches import batches
from fuhua.matching.index.index import Document


class Engine:
    """LanceDB's full-text index over the words of title and text, which are apart already."""

    apart = True

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.part: int | None = None

    def build(self, listings: Iterable[Document]) -> None:
        columns = pa.schema([("key", pa.int64()), ("part", pa.int64()), ("words", pa.string())])
        rows = (pa.RecordBatch.from_pylist(list(map(self._row, some)), columns) for some in batches(listings))
        self.table = lancedb.connect(self.folder.name).create_table("listings", rows, schema=columns)
        plain = {"stem": False, "remove_stop_words": False, "ascii_folding": False}
        self.table.create_fts_index("words", base_tokenizer="whitespace", **plain)
        self.table.create_scalar_index("part")

    def add(self, listings: Iterable[Document]) -> None:
        self.table.add(list(map(self._row, listings)))
        self.table.optimize()

    def query(self, words: Sequence[str], short: bool) -> str:  # noqa: ARG002
        return " ".join(words)

    def find(self, query: str) -> list[int]:
        asked = self.table.search(query, query_type="fts", fts_columns="words").select(["key"]).limit(BEST)
        if self.part is not None:
            asked = asked.where(f"part = {self.part}", prefilter=True)
        return asked.to_arrow()["key"].to_pylist()

    def find_many(self, queries: list[str]) -> list[list[int]]:
        return side_by_side(self.find, queries)

    def narrow(self, part: int) -> None:
        self.part = part

    @staticmethod
    def _row(one: Document) -> dict[str, Any]:
        return {"key": one.key, "part": one.key % HUNDREDTHS, "words": f"{one.title} {one.text}"}

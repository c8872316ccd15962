"""Engines that need more than a Python package of their own: LanceDB's tables, Lucene in a virtual machine, Xapian of the system.

Lucene: a JDK of version 11 or newer, and the jars of lucene-core and lucene-analysis-common 9 as a class path in ``$LUCENE``.
Xapian: its binding for this Python (Debian: ``python3-xapian``).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from fuhua.matching.index.index import Document

os.environ.setdefault("LANCE_LOG", "error")  # or else it warns at every query of what a later version will do
with suppress(ModuleNotFoundError):
    import jpype
with suppress(ModuleNotFoundError):
    import lancedb
    import pyarrow as pa
with suppress(ModuleNotFoundError):
    import xapian

HUNDREDTHS, BEST, BATCH = 100, 10, 10_000
THREADS = os.cpu_count() or 1
CLASSES = os.environ.get("LUCENE", "")
SOURCE = Path(__file__).with_name("Lucene.java")
LONGEST = 240  # bytes of a term that Xapian takes


def _batches(listings: Iterable[Document]) -> Iterator[list[Document]]:
    each = iter(listings)
    while some := list(islice(each, BATCH)):
        yield some


class Lance:
    """LanceDB's full-text index over the words of title and text, which are apart already."""

    apart = True

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.part: int | None = None

    def build(self, listings: Iterable[Document]) -> None:
        columns = pa.schema([("key", pa.int64()), ("part", pa.int64()), ("words", pa.string())])
        batches = (pa.RecordBatch.from_pylist(list(map(self._row, some)), columns) for some in _batches(listings))
        self.table = lancedb.connect(self.folder.name).create_table("listings", batches, schema=columns)
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
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(self.find, queries))

    def narrow(self, part: int) -> None:
        self.part = part

    @staticmethod
    def _row(one: Document) -> dict[str, Any]:
        return {"key": one.key, "part": one.key % HUNDREDTHS, "words": f"{one.title} {one.text}"}


class Lucene:
    """Lucene through its own language: what is measured happens in the virtual machine, which lives in this process."""

    apart = True

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        if not jpype.isJVMStarted():
            made = tempfile.mkdtemp()
            subprocess.run(["javac", "-cp", CLASSES, "-d", made, SOURCE], check=True)
            jpype.startJVM("-Xmx2g", classpath=[*CLASSES.split(os.pathsep), made])
        self.engine = jpype.JClass("Lucene")(self.folder.name, THREADS)

    def build(self, listings: Iterable[Document]) -> None:
        for some in _batches(listings):
            self.engine.add([one.key for one in some], [one.title for one in some], [one.text for one in some])
        self.engine.commit()

    add = build

    def query(self, words: Sequence[str], short: bool) -> str:  # noqa: ARG002
        return " ".join(words)

    def find(self, query: str) -> list[int]:
        return self.find_many([query])[0]

    def find_many(self, queries: list[str]) -> list[list[int]]:
        return [list(map(int, keys)) for keys in self.engine.find(queries)]

    def narrow(self, part: int) -> None:
        self.engine.narrow(part)


class Xapian:
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


OTHERS: dict[str, Callable[[], Any]] = {}
if "lancedb" in globals():
    OTHERS["LanceDB, words"] = Lance
if "jpype" in globals() and CLASSES:
    OTHERS["Lucene, words"] = Lucene
if "xapian" in globals():
    OTHERS["Xapian, words"] = Xapian

"""Ours and the other engines, each as its makers mean it to be used, behind the same few calls; a file loads its own library only."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from typing import Any

INSTALL = "uv run --group peers python -m benchmarks.search"
HUNDREDTHS = 100  # the part of a listing is its key modulo this: a filter leaves one of them
BEST = 10
THREADS = os.cpu_count() or 1
os.environ.setdefault("LANCEDB_LOG", "error")  # before it is loaded: it warns at every query of what a later version will do
FILES = {  # the name in the table: the file here, the library it needs, and how it is made
    "fuhua": ("ours", "fuhua", {}),
    "tantivy, words": ("tantivies", "tantivy", {"grams": False}),
    "tantivy, n-grams": ("tantivies", "tantivy", {"grams": True}),
    "bm25s, words": ("bm25", "bm25s", {}),
    "LanceDB, words": ("lance", "lancedb", {}),
    "Lucene, words": ("lucene", "jpype", {}),
    "Xapian, words": ("xapians", "xapian", {}),
}


def new_engine(name: str) -> Any:
    """A new one of this name; raises `KeyError` for an unknown name and `ModuleNotFoundError` where its library is missing."""
    file, _library, choices = FILES[name]
    make: Callable[..., Any] = import_module(f"{__name__}.{file}").Engine
    return make(**choices)


def side_by_side(find: Callable[[Any], list[int]], queries: Sequence[Any]) -> list[list[int]]:
    """What ``find`` gives for each query, on all processors."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(find, queries))


def installed() -> list[str]:
    """Names of those that can be measured here; Lucene needs its class path too."""
    here = [name for name, (_file, library, _choices) in FILES.items() if find_spec(library)]
    return [name for name in here if name != "Lucene, words" or os.environ.get("LUCENE")]

"""Listings, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from fuhua.matching.index.index import Document

BATCH = 10_000


def batches(listings: Iterable[Document]) -> Iterator[list[Document]]:
    """The listings in lists of ten thousand, as engines take them that do not take an iterator."""
    each = iter(listings)
    while some := list(islice(each, BATCH)):
        yield some

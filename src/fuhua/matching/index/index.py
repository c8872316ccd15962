"""The index: documents come and go, the best for a query are found at once, in one process on all its processors."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from fuhua.matching.index.asking import best_of
from fuhua.matching.index.keeping import Kept, keep, read
from fuhua.matching.index.scoring import located
from fuhua.matching.index.segment import MOST, Segment, combined, segment_of
from fuhua.matching.text.keys import keys_of, keys_within, packed

WEIGHTS = np.array([3.0, 1.0], np.float32)  # how often a term of the title counts, and one of the text
TYPICAL = 300.0  # terms of a document of middling length, until the first are counted
PART = 2_048  # documents whose terms are in hand at once
COUNTED = 4  # parts whose documents tell what length is typical
BATCH = 64  # queries that are taken through the segments together
SMALL = 8_192  # documents that are put together with their neighbours while somebody waits
T, R = TypeVar("T"), TypeVar("R")
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Document(NamedTuple):
    """What is indexed: the caller's number for it, and two texts of which the title counts more."""

    key: int
    title: str
    text: str = ""


class Part(NamedTuple):
    """Some documents as they are indexed: their keys, and their texts packed, as many for each as there are weights."""

    keys: np.ndarray
    texts: str
    bounds: np.ndarray


class Hits(NamedTuple):
    """The best documents of a query, best first: their keys (int64) and BM25 scores (float64, above zero)."""

    keys: np.ndarray
    scores: np.ndarray


class Index:
    """Documents by their terms. All methods may be called from several threads; a search sees what was there when it began."""

    def __init__(self, segments: Sequence[Segment] = (), typical: float = TYPICAL, stamp: str = "") -> None:
        self.segments, self.typical, self.stamp = tuple(segments), typical, stamp
        self._writing = threading.Lock()

    def __len__(self) -> int:
        return sum(int(one.alive.sum()) for one in self.segments)

    @property
    def nbytes(self) -> int:
        """Bytes of all segments."""
        return sum(one.nbytes for one in self.segments)

    @classmethod
    def build(cls, documents: Iterable[Document]) -> Index:
        """An index of many documents at once, read as they come; raises ValueError when a key comes twice."""
        parts = _parts(documents)
        first = list(islice(parts, COUNTED))
        if not first:
            return cls()
        lengths = [np.diff(keys_within(one.texts, one.bounds)[1]).reshape(-1, len(WEIGHTS)) @ WEIGHTS for one in first]
        typical = max(1.0, float(np.concatenate(lengths).mean()))
        segments = list(_side_by_side(lambda some: _segment(some, typical), _batches(chain(first, parts), MOST // PART)))
        keys = np.concatenate([one.keys for one in segments])
        if len(np.unique(keys)) < len(keys):
            raise ValueError("a key may be given to one document only; give each document its own")
        _give_back()
        return cls(segments, typical)

    def add(self, documents: Iterable[Document]) -> None:
        """Put documents in; one whose key is there already takes its place. The next search finds them."""
        latest = {one.key: one for one in documents}
        new = [_segment(some, self.typical) for some in _batches(_parts(latest.values()), MOST // PART)]
        with self._writing:
            self._bury(np.fromiter(latest, np.int64, len(latest)))
            self.segments = _settled((*self.segments, *new))

    def remove(self, keys: Iterable[int]) -> None:
        """Take documents out; keys that are not there are passed over."""
        with self._writing:
            self._bury(np.fromiter(keys, np.int64))

    def tidy(self) -> None:
        """Forget the documents that were taken out and put small segments together: at leisure, up to a second each."""
        with self._writing:
            living = (one for one in self.segments if one.alive.any())
            self.segments = _filled(one if one.alive.all() else combined([one], [one.alive]) for one in living)

    def narrow(self, keys: Iterable[int]) -> Index:
        """An index of some of the documents as they are now: for many searches of the same choice.

        It does not follow later changes, and counts rarity among its own documents, where ``among`` of a search counts it among all.
        """
        segments = self.segments
        chosen = [(one, mask) for one, mask in zip(segments, _masks(segments, keys), strict=True) if mask.any()]
        return Index(_filled(_side_by_side(lambda pair: combined(pair[:1], pair[1:]), chosen)), self.typical)

    def save(self, folder: Path, stamp: str = "") -> None:
        """Write it to a folder of its own; ``stamp`` is the caller's note of what it was made from, as :attr:`stamp` after a load.

        A crash at any moment leaves what was there readable. What has not changed since the last save is not written again.
        """
        with self._writing:
            keep(Kept(self.segments, self.typical, stamp), folder)
            self.stamp = stamp

    @classmethod
    def load(cls, folder: Path) -> Index:
        """The index that was saved there; raises `keeping.Unreadable` when it is missing, torn or of another make."""
        return cls(*read(folder))

    def search(self, query: str, k: int = 10, among: Iterable[int] | None = None) -> Hits:
        """The ``k`` best documents that have a term of the query; ``among`` leaves only documents with these keys."""
        return self.search_many([query], k, among)[0]

    def search_many(self, queries: Sequence[str], k: int = 10, among: Iterable[int] | None = None) -> list[Hits]:
        """As :meth:`search` for each query, on all processors. Equal scores: the document that was put in earlier first."""
        if k < 1:
            raise ValueError("k is how many documents are wanted; ask for at least one")
        segments = self.segments
        masks = [one.alive for one in segments] if among is None else _masks(segments, among)
        batches = [queries[first : first + BATCH] for first in range(0, len(queries), BATCH)]
        found = _side_by_side(lambda batch: best_of(segments, masks, batch, k), batches)
        return [Hits(*one) for several in found for one in several]

    def spread(self, texts: Sequence[str]) -> np.ndarray:
        """For each text in how many documents its rarest term stands (int64); one that was removed counts until :meth:`tidy`."""
        terms, ends = keys_of(texts)
        keys, places = np.unique(terms, return_inverse=True)
        spread, unused = np.zeros(len(keys), np.int64), np.empty(len(keys), np.int32)
        for one in self.segments:
            located(keys, one.heads, one.marks, one.starts, unused, spread)
        rarest = np.zeros(len(texts), np.int64)
        some = np.flatnonzero(np.diff(ends))
        rarest[some] = np.minimum.reduceat(spread[places], ends[:-1][some]) if len(some) else 0
        return rarest

    def _bury(self, keys: np.ndarray) -> None:
        for one, mask in zip(self.segments, _masks(self.segments, keys), strict=True):
            one.alive[mask] = False


def _parts(documents: Iterable[Document]) -> Iterator[Part]:
    """The documents some at a time; of each nothing is held but the letters, where small objects would leave holes in the memory."""
    for some in _batches(documents, PART):
        yield Part(np.fromiter((one.key for one in some), np.int64, len(some)), *packed([text for one in some for text in one[1:]]))
        some.clear()


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch


def _side_by_side(work: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
    """The results in order; at most one batch more in hand than there are processors, and no thread for a single one."""
    batches = iter(batches)
    first = list(islice(batches, 2))
    if len(first) < 2 or PROCESSORS == 1:
        yield from map(work, chain(first, batches))
        return
    with ThreadPoolExecutor(PROCESSORS) as pool:
        running: deque[Future[R]] = deque()
        running.extend(pool.submit(work, first.pop(0)) for _each in range(2))  # popped: nothing here holds a batch that is done
        while (one := next(batches, None)) is not None:
            running.append(pool.submit(work, one))
            del one
            if len(running) > PROCESSORS:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _segment(parts: list[Part], typical: float) -> Segment:
    keys, signs = np.concatenate([one.keys for one in parts]), sum(len(one.texts) for one in parts)
    segment = segment_of(keys, _terms(parts), WEIGHTS, typical, room=2 * signs)  # each character, and each pair of neighbours
    _give_back()
    return segment


def _terms(parts: list[Part]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    parts.reverse()
    while parts:  # each is let go when its terms are known
        one = parts.pop()
        yield keys_within(one.texts, one.bounds)


def _give_back() -> None:
    """Hands memory that was freed back to the system, where the C library would keep it (glibc): some 250 MiB for a million documents."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _joined(segments: list[Segment]) -> Segment:
    return segments[0] if len(segments) == 1 else combined(segments, [one.alive for one in segments])


def _settled(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Puts the last segments together while the one before is not much larger and both are small."""
    left = list(segments)
    while len(left) > 1 and len(left[-2].keys) <= 2 * len(left[-1].keys) and len(left[-2].keys) + len(left[-1].keys) <= SMALL:
        left[-2:] = [_joined(left[-2:])]
    return tuple(left)


def _filled(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Puts neighbours together as long as they fit into one segment."""
    groups: list[list[Segment]] = []
    for one in segments:
        if groups and sum(len(other.keys) for other in groups[-1]) + len(one.keys) <= MOST:
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(map(_joined, groups))


def _masks(segments: Iterable[Segment], keys: Iterable[int]) -> list[np.ndarray]:
    """For each segment which rows are alive and have one of the keys (bool)."""
    wanted = np.unique(keys if isinstance(keys, np.ndarray) else np.fromiter(keys, np.int64))
    masks = []
    for one in segments:
        mask = np.zeros(len(one.keys), np.bool_)
        near = wanted[np.searchsorted(wanted, one.keys[one.order[0]]) : np.searchsorted(wanted, one.keys[one.order[-1]], "right")]
        rows = one.order[np.minimum(np.searchsorted(one.keys, near, sorter=one.order), len(mask) - 1)]
        mask[rows] = (one.keys[rows] == near) & one.alive[rows]
        masks.append(mask)
    return masks

"""An index on disk: whole or not at all, noticed when torn or of another make, shared in memory by the processes that load it."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fuhua.matching.index.segment import Segment
from fuhua.matching.text.tokens import reading

MAKE = 3  # to be raised whenever terms, keys, strengths or the files come out otherwise
MANIFEST, ENDING = "index.json", ".segment"
ALIGNED = 64  # bytes; arrays begin at multiples of it
TYPES = {"heads": "<u4", "marks": "<u4", "starts": "<u4", "peaks": "u1", "rows": "<u2", "strengths": "u1", "keys": "<i8", "order": "<u2"}


class Unreadable(ValueError):
    """What is in the folder is missing, torn or of another make; build the index anew and save it there."""


class Kept(NamedTuple):
    """What a folder holds: the segments, the typical length, and the caller's own note of what the index was made from."""

    segments: tuple[Segment, ...]
    typical: float
    stamp: str


def keep(kept: Kept, folder: Path) -> None:
    """Write it; segments that are there already are not written again. A crash at any moment leaves the former state readable."""
    folder.mkdir(parents=True, exist_ok=True)
    told = [_segment_kept(one, folder) for one in kept.segments]
    text = json.dumps({"make": _make(), "typical": kept.typical, "stamp": kept.stamp, "segments": told})
    _written(folder / MANIFEST, [f"{_digest([text.encode()])}\n{text}".encode()])
    names = {one["name"] for one in told}
    for old in folder.glob(f"*{ENDING}"):
        if old.name not in names:
            old.unlink(missing_ok=True)


def read(folder: Path) -> Kept:
    """Read it back; raises :class:`Unreadable`. The arrays are mapped from the files, so processes share them."""
    try:
        digest, text = (folder / MANIFEST).read_text("utf-8").split("\n", 1)
    except (OSError, ValueError) as why:
        raise Unreadable(f"no index in {folder}: build it anew and save it there") from why
    if digest != _digest([text.encode()]):
        raise Unreadable(f"{folder / MANIFEST} is torn: build the index anew and save it there")
    told = json.loads(text)
    if told["make"] != _make():
        raise Unreadable(f"the index in {folder} is of another make: build it anew and save it there")
    return Kept(tuple(_segment_read(one, folder) for one in told["segments"]), told["typical"], told["stamp"])


def _make() -> str:
    """What the files here are written by, and read by again."""
    return f"{MAKE} {reading()}"


def _segment_kept(one: Segment, folder: Path) -> dict[str, Any]:
    """Writes a segment to a file named by its content; what the manifest tells of it."""
    pieces: list[bytes | memoryview] = []
    sizes = {}
    for name, kind in TYPES.items():
        column = np.ascontiguousarray(getattr(one, name), kind)
        sizes[name] = len(column)
        pieces += [column.data.cast("B") if len(column) else b"", bytes(-column.nbytes % ALIGNED)]
    name = _digest(pieces) + ENDING
    if not (folder / name).exists():
        _written(folder / name, pieces)
    return {"name": name, "sizes": sizes, "dead": np.flatnonzero(~one.alive).tolist()}


def _segment_read(told: dict[str, Any], folder: Path) -> Segment:
    path = folder / told["name"]
    nbytes = {name: told["sizes"][name] * np.dtype(kind).itemsize for name, kind in TYPES.items()}
    length = sum(math.ceil(size / ALIGNED) * ALIGNED for size in nbytes.values())
    if not path.is_file() or path.stat().st_size != length:
        raise Unreadable(f"{path} is missing or cut short: build the index anew and save it there")
    # Copy-on-write: compiled code takes only arrays that may be written to, and nothing ever is.
    whole = np.asarray(np.memmap(path, np.uint8, "c"))
    if _digest([whole.data]) + ENDING != told["name"]:
        raise Unreadable(f"{path} is torn: build the index anew and save it there")
    columns, first = {}, 0
    for name, kind in TYPES.items():
        columns[name] = whole[first : first + nbytes[name]].view(kind)
        first += math.ceil(nbytes[name] / ALIGNED) * ALIGNED
    alive = np.ones(told["sizes"]["keys"], np.bool_)
    alive[told["dead"]] = False
    return Segment(**columns, alive=alive)


def _digest(pieces: Iterable[bytes | memoryview]) -> str:
    digest = hashlib.blake2b(digest_size=20)
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _written(path: Path, pieces: Sequence[bytes | memoryview]) -> None:
    """Writes a file beside its place and then moves it there, each step flushed to the disk."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    with suppress(OSError):  # some systems have no folders that can be flushed
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

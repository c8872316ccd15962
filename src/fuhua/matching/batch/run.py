"""A run from its parts: each is kept as it is done, a run that was cut short goes on, and the file is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from fuhua.matching.batch.answers import Engine, Work
from fuhua.matching.ranking.listings import Listing

SIZE = 512  # needs in a part
ABSTAINED = b'"abstain":true'


def run(work: Work, needs: Sequence[Listing], output: Path, engine: Engine, say: Callable[[int, int], None], size: int = SIZE) -> int:
    """Write the answers for all ``needs``, a line each in their order, to ``output``; returns how many have no offer that fits.

    ``say`` is told how many parts are done, and of how many. Parts are kept beside the output in ``<name>.parts`` until it is whole:
    the same run, started again, does only what is missing. Engine and ``size`` leave no trace in the output.
    """
    parts = {number: needs[first : first + size] for number, first in enumerate(range(0, len(needs), size))}
    beside = output.with_name(f"{output.name}.parts")
    folder = beside / work.digest(parts)
    _emptied(beside, but=folder)
    missing = {number: part for number, part in parts.items() if not _place(folder, number).exists()}
    done = len(parts) - len(missing)
    say(done, len(parts))
    for number, lines in engine(work, missing) if missing else ():
        _written(_place(folder, number), [lines])
        done += 1
        say(done, len(parts))
    abstained = _written(output, (_place(folder, number).read_bytes() for number in parts))
    shutil.rmtree(beside)
    return abstained


def _place(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.jsonl"


def _emptied(beside: Path, but: Path) -> None:
    """Takes away what other runs left."""
    beside.mkdir(exist_ok=True)
    but.mkdir(exist_ok=True)
    for other in beside.iterdir():
        if other != but:
            shutil.rmtree(other)


def _written(path: Path, pieces: Iterable[bytes]) -> int:
    """Writes a file beside its place, then moves it there; how often it abstains."""
    unfinished, abstained = path.with_name(f"{path.name}.part"), 0
    with unfinished.open("wb") as out:
        for lines in pieces:
            out.write(lines)
            abstained += lines.count(ABSTAINED)
    os.replace(unfinished, path)
    return abstained

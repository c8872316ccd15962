"""A run from its parts: each is kept as it is done, a run that was cut short goes on, and the file is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fuhua.kernel.files.writing import Output, replace
from fuhua.matching.batch.answers import Engine, Parts, Work
from fuhua.matching.batch.parts import clear, part
from fuhua.matching.ranking.listings import Listing

SIZE = 512  # needs in a part
ABSTAINED = b'"abstain":true'


def run(
    work: Work, needs: Sequence[Listing], out: Output, beside: Path, engine: Engine, say: Callable[[int, int], None], size: int = SIZE
) -> int:
    """Write the answers for all ``needs``, a line each in their order, to ``out``; returns how many have no offer that fits.

    ``say`` is told how many parts are done, and of how many. Parts are kept in the folder ``beside`` until the output is whole:
    the same run, started again, does only what is missing. Engine and ``size`` leave no trace in the output.
    """
    parts = {number: needs[first : first + size] for number, first in enumerate(range(0, len(needs), size))}
    folder = beside / work.digest(parts)
    for other in beside.iterdir():
        if other != folder:
            clear(other)
    folder.mkdir(exist_ok=True)
    missing = {number: some for number, some in parts.items() if not part(folder, number).exists()}
    done = len(parts) - len(missing)
    say(done, len(parts))
    for number, lines in engine(work, missing) if missing else ():
        replace(part(folder, number), [lines], folder)
        done += 1
        say(done, len(parts))
    abstained: list[int] = []
    out.write(_whole(folder, parts, abstained), folder)
    clear(folder)
    return sum(abstained)


def _whole(folder: Path, parts: Parts, abstained: list[int]) -> Iterator[bytes]:
    for number in parts:
        lines = part(folder, number).read_bytes()
        abstained.append(lines.count(ABSTAINED))
        yield lines

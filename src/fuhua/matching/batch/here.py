"""The engine of one machine: a thread for each processor, which compiled code keeps busy."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

from fuhua.matching.batch.answers import Parts, Work
from fuhua.matching.index.index import PROCESSORS


def each(work: Work, parts: Parts) -> Iterator[tuple[int, bytes]]:
    """The parts as they are done."""
    pool = ThreadPoolExecutor(PROCESSORS)
    try:
        for done in as_completed([pool.submit(work, number, part) for number, part in parts.items()]):
            yield done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # who stops it hears so at once

"""The engine of many machines: a Dask cluster, whose workers may come and go."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from itertools import islice

from distributed import Client, Future, as_completed

from fuhua.matching.batch.answers import Parts, Work
from fuhua.matching.batch.clusters import Way

AHEAD = 3  # parts in hand for each thread of the cluster


class Cluster:
    """The cluster whose scheduler is at ``address`` (``tcp://host:port``), from when it has so many ``workers``.

    ``patience`` are the seconds to wait for the scheduler, and for each worker that there must be.
    """

    def __init__(self, address: str, workers: int = 1, patience: float = 20) -> None:
        self._address, self._workers, self._patience = address, workers, patience

    def __call__(self, work: Work, parts: Parts) -> Iterator[tuple[int, bytes]]:
        """The parts as they are done; raises ``OSError`` or ``TimeoutError`` when there is no scheduler or no worker."""
        with Client(self._address, timeout=self._patience, set_as_default=False) as client:
            client.wait_for_workers(self._workers, self._patience)
            yield from self._each(client, work, parts)

    def _each(self, client: Client, work: Work, parts: Parts) -> Iterator[tuple[int, bytes]]:
        """Every worker gets the work once; a part whose worker is lost is done by another, for a part can be done again."""
        held = client.scatter(work, broadcast=True, hash=False)
        left = iter(parts)
        given: dict[Future, int] = {}
        ready = as_completed(loop=client.loop)

        def give(number: int) -> None:
            future = client.submit(_answered, held, number, parts[number], pure=False)
            given[future] = number
            ready.add(future)

        for number in islice(left, AHEAD * max(1, sum(client.nthreads().values()))):
            give(number)
        for future in ready:
            number = given.pop(future)
            try:
                answers = future.result()
            except CancelledError:  # every worker that held the work is gone
                if held.status != "finished":
                    client.wait_for_workers(1, self._patience)
                    held = client.scatter(work, broadcast=True, hash=False)
                give(number)
                continue
            yield answers
            for another in islice(left, 1):
                give(another)


def _answered(work: Work, number: int, needs: list) -> tuple[int, bytes]:
    return work(number, needs)


SPEC = Way("dask", Cluster)

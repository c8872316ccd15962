"""Ways to reach a cluster, one file each, whose libraries are loaded when a cluster is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fuhua.kernel.registry import Registry
from fuhua.matching.batch.answers import Engine


@dataclass(frozen=True)
class Way:
    """One way: its code, and what makes an engine of a scheduler's address."""

    code: str
    at: Callable[[str], Engine]


_WAYS: Registry[Way] = Registry("clusters", key=lambda way: way.code)


def cluster(address: str, code: str = "dask") -> Engine:
    """The engine of the cluster whose scheduler has this address; raises ``KeyError`` when there is no file for the way."""
    _WAYS.discover(__name__)
    return _WAYS[code].at(address)

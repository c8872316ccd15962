"""Time, memory and the one line of JSON that every benchmark prints."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Took:
    """Seconds of the processor in this process, and by the clock."""

    cpu: float = 0.0
    wall: float = 0.0

    def plain(self) -> dict[str, float]:
        return {"cpu_s": round(self.cpu, 3), "wall_s": round(self.wall, 3)}


@contextmanager
def timed() -> Iterator[Took]:
    """Times what is inside."""
    took, cpu, wall = Took(), time.process_time(), time.perf_counter()
    yield took
    took.cpu, took.wall = time.process_time() - cpu, time.perf_counter() - wall


def peak_mib() -> float:
    """The most memory this process ever held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that ``share`` of the values do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(share * len(ranked) + 0.5) - 1)]


def options(size: int) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=size, help="facts")
    parser.add_argument("--mix", choices=("demo", "lives"), default="demo")
    parser.add_argument("--keep", type=Path, help="keep the scratch database in this folder, or use the one that is there")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of readable JSON")
    parser.add_argument("--part", default="", help=argparse.SUPPRESS)
    return parser


def report(values: dict[str, Any], chosen: argparse.Namespace) -> None:
    """Print what was measured, with the machine."""
    database = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    machine = {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}
    print(json.dumps({"database": database, "machine": machine, **values}, indent=None if chosen.json else 1))

"""The total and the floor of made problems beside others' min-cost flow and linear program: seconds, memory and worth, each in a process.

``python -m benchmarks.assignment`` (``--data`` names the folder of the conference, else ``$FUHUA_SHARED_DATA/assignment/midl``; it is left
out where it is not at hand). ``--small`` shrinks the made problems tenfold. Every part runs twice and tells the second time: the first
compiles. Peers need ``uv sync --group peers``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.assignment import tasks
from benchmarks.assignment.peers import flow_of_or_tools, program_of_scipy
from benchmarks.measure import peak_mib, report, timed
from fuhua.matching.assignment.problem import Problem
from fuhua.matching.assignment.solve import TOTAL, WORST, solve

MIDL = Path(os.environ.get("FUHUA_SHARED_DATA", "../shared/data")) / "assignment" / "midl"
PEERS: dict[str, Callable[[Problem], float]] = {"or_tools_flow": flow_of_or_tools, "scipy_program": program_of_scipy}
OURS = (TOTAL, WORST)
PARTS = {
    "conference": (*OURS, *PEERS),
    "conference_least": OURS,
    "dense": (*OURS, "or_tools_flow"),
    "dense_least": OURS,
    "sparse": (*OURS, "or_tools_flow"),
    "sparse_least": OURS,
    "sparse_alike": (TOTAL, "or_tools_flow"),
}


def main() -> None:
    """Print the table as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=MIDL, help="folder with scores.npy, loads.npy, loads-lb.npy, covs.npy")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part:
        print(json.dumps(_measured(_task(chosen.part[0], chosen), chosen.part[1])))
        return
    values: dict[str, Any] = {"benchmark": "assignment"}
    for task, ways in PARTS.items():
        if not task.startswith("conference") or chosen.data.is_dir():
            values[task] = {way: _apart(task, way) for way in ways}
            ours = values[task][TOTAL]["cpu_s"]
            values[task]["ratio_cpu"] = {way: round(values[task][way]["cpu_s"] / max(ours, 1e-4), 1) for way in ways if way in PEERS}
    report(values, chosen)


def _apart(task: str, way: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "benchmarks.assignment", *sys.argv[1:], "--part", task, way]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def _task(name: str, chosen: argparse.Namespace) -> Problem:
    small = 10 if chosen.small else 1
    if name.startswith("conference"):
        return tasks.conference(chosen.data, least=name.endswith("_least"))
    if name.startswith("dense"):
        return tasks.dense(2840 // small, 5062 // small, least=4 if name.endswith("_least") else 0)
    return tasks.sparsely(
        10_000 // small, 30_000 // small, least=5 if name.endswith("_least") else 0, alike=0.5 if name.endswith("_alike") else 0.0
    )


def _measured(task: Problem, way: str) -> dict[str, Any]:
    before, unit = peak_mib(), 10**task.decimals
    if way in PEERS:
        with timed() as took:
            total = PEERS[way](task)
        return {"total": total / unit, **took.plain(), "more_mib": round(peak_mib() - before, 1)}
    for _turn in range(2):
        with timed() as took:
            found = solve(task, way)
    bounds = {"total_bound": found.told(found.total_bound), "worst_bound": found.told(found.worst_bound)}
    told = {"total": found.told(found.total), "worst": found.told(found.worst), **bounds, "proved": found.proved}
    return told | took.plain() | {"more_mib": round(peak_mib() - before, 1)}


if __name__ == "__main__":
    main()

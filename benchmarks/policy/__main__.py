"""Judge a million ventures by one rule with everything told, check it on every edge, and run OpenFisca beside it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import psycopg

from benchmarks.measure import peak_mib, report, timed
from benchmarks.policy.peer import INSTALL, PERIOD, installed, simulation
from benchmarks.policy.ventures import EDITION, INPUTS, RULE, Columns, on_edges, truth, ventures, without_gaps
from fuhua.policy.columns.judging import CODES, Compiled, Judged
from fuhua.policy.columns.layout import cell, missing, profile
from fuhua.policy.reasoning.terms import Sight
from fuhua.policy.reasoning.verdict import weighed

DAY = dt.date(2025, 5, 20)
TURNS = 7
SAMPLE = 3_000
BATCH = 50_000


def main(chosen: argparse.Namespace) -> None:
    """Each part in a process of its own; without OpenFisca its part says how to get it."""
    if chosen.part:
        print(json.dumps(PARTS[chosen.part](chosen)))
        return
    words = [sys.executable, "-m", "benchmarks.policy", "--size", str(chosen.size), "--part"]
    found = {}
    for part in PARTS:
        done = subprocess.run([*words, part], check=True, stdout=subprocess.PIPE, text=True)
        found[part] = json.loads(done.stdout.strip().rsplit("\n", 1)[-1])
    ours, theirs = found["columns"]["ventures_per_cpu_s"], found["openfisca"].get("ventures_per_cpu_s")
    ratio = None if theirs is None else round(ours / theirs, 2)
    report({"benchmark": "policy", "rule": RULE.key, **found, "times_openfisca": ratio}, chosen)


def _best(count: int, run: Any) -> dict[str, Any]:
    """Processor seconds of the fastest and the middle of several turns; the rest is what other work took."""
    took = []
    for _turn in range(TURNS):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    middle = statistics.median(took)
    return {"cpu_s": round(min(took), 4), "median_cpu_s": round(middle, 4), "ventures_per_cpu_s": round(count / min(took))}


def _columns(chosen: argparse.Namespace) -> dict[str, Any]:
    columns, one = ventures(chosen.size), Compiled(RULE, EDITION)
    with timed() as compiling:
        one.judge({name: column[:8] for name, column in columns.items()}, 8, DAY)
    judged = one.judge(columns, chosen.size, DAY)
    answers = {name: int((judged.answer == code).sum()) for name, code in CODES.items()}
    verdicts = _best(chosen.size, lambda: one.judge(columns, chosen.size, DAY, ways=False))
    return {
        **_best(chosen.size, lambda: one.judge(columns, chosen.size, DAY)), "verdicts_without_ways": verdicts,
        "compile_s": round(compiling.cpu, 1), "answers": answers, "with_gaps": int((~without_gaps(columns)).sum()),
        "ways": int((judged.cost >= 0).sum()), "ways_that_fail_when_applied": _failing(one, columns, judged),
        "one_by_one": judged.alone, "peak_mib": peak_mib(), "mismatches": _mismatches(one, columns, judged),
    }  # fmt: skip


def _failing(one: Compiled, columns: Columns, judged: Judged) -> int:
    """How many of the ways, carried out, do not lead to a yes."""
    rows = np.flatnonzero(judged.cost >= 0)
    after = {name: column[rows].copy() for name, column in columns.items()}
    for place, (moved, change) in enumerate(judged.moved):
        steps = judged.steps[rows, place]
        after[moved.name] += (steps * change.step * (1 if change.up else -1)).astype(cell(moved))
    return int((one.judge(after, len(rows), DAY, ways=False).answer != 1).sum())


def _mismatches(one: Compiled, columns: Columns, judged: Judged) -> dict[str, int]:
    """Against whole numbers by hand: those drawn without gaps, as many on edges; a sample against the single path."""
    whole = without_gaps(columns)
    eligible, score = truth(columns)
    edges = on_edges(len(whole))
    edged = one.judge(edges, len(whole), DAY, ways=False)
    right, points = truth(edges)
    return {
        "drawn": int((((judged.answer == 1) != eligible) | (judged.low != score))[whole].sum()),
        "edges": int((((edged.answer == 1) != right) | (edged.low != points)).sum()),
        "single_path": sum(bool(_differs(one, columns, judged, row)) for row in range(min(SAMPLE, len(whole)))),
    }


def _differs(one: Compiled, columns: Columns, judged: Judged, row: int) -> bool:
    known = profile(one.inputs, columns, row)
    verdict = weighed(RULE, EDITION, Sight(known, DAY), DAY)
    deciding = () if verdict.answer == "eligible" else verdict.deciding
    same = (
        CODES[verdict.answer] == judged.answer[row]
        and verdict.score == judged.score(row)
        and judged.keys(int(judged.unmet[row])) == tuple(each.leaf.key for each in deciding if each.state is False)
        and judged.keys(int(judged.unknown[row])) == tuple(each.leaf.key for each in deciding if each.state is None)
        and set(verdict.missing) == set(judged.lacking(row))
    )
    way = None if verdict.answer == "eligible" else one.nearest(known, DAY)
    return not same or judged.cost[row] != (-1 if way is None else way.cost)


def _openfisca(chosen: argparse.Namespace) -> dict[str, Any]:
    if not installed():
        return {"missing": INSTALL}
    columns = ventures(chosen.size)

    def asked(table: Columns) -> tuple[float, np.ndarray, np.ndarray]:
        ready = simulation(table)
        began = time.process_time()
        eligible, score = ready.calculate("eligible", PERIOD), ready.calculate("score", PERIOD)
        return time.process_time() - began, eligible, score

    took = [asked(columns) for _turn in range(TURNS)]
    whole, (eligible, score) = without_gaps(columns), truth(columns)
    edges = on_edges(chosen.size)
    _cpu, theirs, points = asked(edges)
    right, exact = truth(edges)
    seconds = min(cpu for cpu, _verdict, _score in took)
    return {
        "tells": "verdict and score", "cpu_s": round(seconds, 4), "ventures_per_cpu_s": round(chosen.size / seconds),
        "median_cpu_s": round(statistics.median(cpu for cpu, _verdict, _score in took), 4),
        "mismatches": {
            "drawn": int(((took[0][1] != eligible) | (took[0][2] != score))[whole].sum()),
            "edges": int(((theirs != right) | (points != exact)).sum()), "edges_verdict": int((theirs != right).sum()),
        },
        "gaps_answered_as_if_known": int((~whole).sum()),
    }  # fmt: skip


Row = msgspec.defstruct("Row", [(name, int, missing(one)) for name, one in INPUTS.items()], gc=False)


def _profiles(columns: Columns, count: int) -> Iterator[bytes]:
    """Each venture as a JSON text without what is unknown."""
    nothing = [missing(one) for one in INPUTS.values()]
    for first in range(0, count, BATCH):
        for row in zip(*(columns[name][first : first + BATCH].tolist() for name in INPUTS), strict=True):
            yield msgspec.json.encode({name: v for name, v, gap in zip(INPUTS, row, nothing, strict=True) if v != gap})


def _sqlite(chosen: argparse.Namespace) -> dict[str, Any]:
    """From a table of a file, each profile a JSON text, to verdicts and ways."""
    columns = ventures(chosen.size)
    with tempfile.TemporaryDirectory(prefix="fuhua-bench-") as folder, sqlite3.connect(Path(folder) / "ventures.db") as link:
        link.execute("CREATE TABLE venture (id INTEGER PRIMARY KEY, profile TEXT NOT NULL)")
        told = ((each.decode(),) for each in _profiles(columns, chosen.size))
        link.executemany("INSERT INTO venture (profile) VALUES (?)", told)
        link.commit()
        return _end_to_end(columns, chosen.size, lambda: link.execute("SELECT profile FROM venture ORDER BY id"))


def _postgresql(chosen: argparse.Namespace) -> dict[str, Any]:
    """From a table of a server, each profile jsonb, to verdicts and ways; the server's own work counts in wall seconds."""
    if not (url := os.environ.get("DATABASE_URL", "")):
        return {"missing": "set DATABASE_URL to a PostgreSQL database"}
    columns = ventures(chosen.size)
    with psycopg.connect(url) as link:
        link.execute("CREATE TEMPORARY TABLE venture (id serial PRIMARY KEY, profile jsonb NOT NULL)")
        with link.cursor().copy("COPY venture (profile) FROM STDIN") as copy:
            for each in _profiles(columns, chosen.size):
                copy.write_row((each.decode(),))
        link.execute("ANALYZE venture")

        def rows() -> Any:
            return link.cursor("ventures").execute("SELECT profile::text FROM venture ORDER BY id")

        return _end_to_end(columns, chosen.size, rows)


def _end_to_end(columns: Columns, count: int, rows: Callable[[], Any]) -> dict[str, Any]:
    one = Compiled(RULE, EDITION)
    one.judge({name: column[:8] for name, column in columns.items()}, 8, DAY)
    with timed() as reading:
        table = _read(rows(), count)
    with timed() as judging:
        judged = one.judge(table, count, DAY)
    if not all((table[name] == columns[name]).all() for name in INPUTS):
        raise SystemExit("what was read is not what was written")
    return {
        "reading": reading.plain(), "judging": judging.plain(), "cpu_s": round(reading.cpu + judging.cpu, 2),
        "wall_s": round(reading.wall + judging.wall, 2), "eligible": int((judged.answer == 1).sum()), "peak_mib": peak_mib(),
    }  # fmt: skip


def _read(rows: Any, count: int) -> Columns:
    table = {name: np.empty(count, cell(one)) for name, one in INPUTS.items()}
    decode, first = msgspec.json.Decoder(Row).decode, 0
    while batch := rows.fetchmany(BATCH):
        values = np.array([msgspec.structs.astuple(decode(text)) for (text,) in batch], np.int64)
        for place, column in enumerate(table.values()):
            column[first : first + len(batch)] = values[:, place]
        first += len(batch)
    return table


PARTS = {"columns": _columns, "openfisca": _openfisca, "sqlite": _sqlite, "postgresql": _postgresql}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1_000_000, help="ventures")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of readable JSON")
    parser.add_argument("--part", default="", choices=["", *PARTS], help=argparse.SUPPRESS)
    main(parser.parse_args())

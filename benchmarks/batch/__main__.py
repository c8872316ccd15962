"""Made needs with made offers, ten best each: on this machine, and on a cluster of which a worker is killed half-way.

``python -m benchmarks.batch`` runs `match rank --no-reasons` as a person would, and starts a Dask scheduler and workers here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import report
from benchmarks.search.corpus import Corpus

PORT = 8798
FIELDS = ("制造业", "农、林、牧、渔业", "信息传输、软件和信息技术服务业", "科学研究和技术服务业")


def main() -> None:
    """One line of JSON: processor seconds, seconds by the clock, peak memory, digest of the run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="needs, and offers")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="workers of the cluster")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, seed in (("offers", 0), ("needs", 303)):
            _made(folder / f"{side}.jsonl", chosen.size, seed)
        found = {"one machine": _ranked(folder, []), "a cluster, a worker killed": _on_a_cluster(folder, chosen.workers)}
    digests = {values["digest"] for values in found.values()}
    report({"benchmark": "batch", "size": chosen.size, "workers": chosen.workers, "same": len(digests) == 1, **found}, chosen)


def _made(path: Path, count: int, seed: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for at, (title, text) in enumerate(Corpus().documents(count, seed)):
            row = {"id": str(at), "name": "".join(title), "context": "".join(text), "classification": FIELDS[at % len(FIELDS)]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _ranked(folder: Path, workers: list[subprocess.Popen[bytes]]) -> dict[str, Any]:
    """Runs the command; kills the first of the workers when half of the parts are done."""
    command = [sys.executable, "-m", "fuhua.config.door", "match", "rank", "--no-reasons", "-o", str(folder / "run.jsonl")]
    command += ["--offers", str(folder / "offers.jsonl"), "--needs", str(folder / "needs.jsonl")]
    command += ["--scheduler", f"tcp://127.0.0.1:{PORT}"] if workers else []
    began = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in running.stderr or ():
        done, _, parts = line.partition(" / ")
        if workers and done.isdigit() and int(done) >= int(parts.split()[0]) / 2 and workers[0].returncode is None:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()
    values = _spent(running)
    took = round(time.perf_counter() - began, 1)
    return {"wall_s": took, **values, "digest": hashlib.sha256((folder / "run.jsonl").read_bytes()).hexdigest()[:16]}


def _spent(process: subprocess.Popen[Any]) -> dict[str, float]:
    """What a process took until it ended."""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {"cpu_s": round(usage.ru_utime + usage.ru_stime, 1), "peak_mib": round(usage.ru_maxrss / 1024, 1)}


def _on_a_cluster(folder: Path, count: int) -> dict[str, Any]:
    with ExitStack() as stack:
        stack.enter_context(_process("dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"))
        worker = ("dask_worker", f"tcp://127.0.0.1:{PORT}", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [stack.enter_context(_process(*worker)) for _each in range(count)]
        values = _ranked(folder, workers)
        for left in workers[1:]:
            left.terminate()
        return values | {"each worker left": [_spent(left) for left in workers[1:]]}


@contextmanager
def _process(module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-m", f"distributed.cli.{module}", *words], **quiet)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()

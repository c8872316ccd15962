"""A million listings in the index and in other engines, in one run: seconds, memory, queries a second, what is found."""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.measure import peak_mib, percentile
from benchmarks.search.corpus import Corpus, long_queries, short_queries
from benchmarks.search.engines import INSTALL, installed, new_engine
from fuhua.matching.index.index import Document

SHORT, LONG, ALONE, ADDED, PART = 1_000, 200, 200, 1_000, 7
APART, WRITTEN = "apart.tsv", "written.tsv"  # the same listings with their words apart, and as they were written
ASKED = "asked.json"  # queries and what is added, made elsewhere: the maker would count as held by every engine
TURNS, ENOUGH = 3, 30.0  # how often a figure is taken, and after how many seconds it is not taken again
KNOWN = 5_000  # made documents whose titles are asked for
ROWS = (
    "documents", "build_s", "build_cpu_s", "held_mib", "peak_mib", "short_qps", "short_cpu_ms", "short_p50_ms", "short_p95_ms",
    "long_qps", "long_cpu_ms", "long_p50_ms", "long_p95_ms", "filter_s", "filtered_short_qps", "filtered_short_cpu_ms",
    "filtered_long_qps", "filtered_long_cpu_ms", "filtered_ad_hoc_short_qps", "filtered_ad_hoc_long_qps", "add_1000_s", "add_1000_cpu_s",
    "made_ndcg", "made_mrr", "real_ndcg", "real_mrr",
)  # fmt: skip
LESS_IS_BETTER = re.compile(r"_s$|_ms$|_mib$")


def main(chosen: argparse.Namespace) -> None:
    """Each engine in a process of its own, on the same file of listings."""
    if chosen.part:
        print(json.dumps(measured(chosen.part, chosen)))
        return
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), chosen.size)
        words = [sys.executable, "-m", "benchmarks.search", "--size", str(chosen.size), "--listings", folder]
        words += ["--real", str(chosen.real)] if chosen.real else []
        known, found = installed(), {}
        for name in [one for one in known if not chosen.only or one in chosen.only]:
            done = subprocess.run([*words, "--part", name], check=True, stdout=subprocess.PIPE, text=True)
            found[name] = json.loads(done.stdout.strip().rsplit("\n", 1)[-1])
            print(name, found[name], file=sys.stderr, flush=True)  # what one has taken an hour for is not lost with the next
    printed(found)
    if len(known) == 1:
        print(f"No other engine is installed: {INSTALL}")


def write(folder: Path, size: int) -> None:
    """The listings of both forms and what is asked of them."""
    corpus = Corpus()
    with (folder / APART).open("w", encoding="utf-8") as apart, (folder / WRITTEN).open("w", encoding="utf-8") as written:
        for title, text in corpus.documents(size):
            apart.write(f"{' '.join(title)}\t{' '.join(text)}\n")
            written.write(f"{''.join(title)}\t{''.join(text)}\n")
    asked = {"short": short_queries(corpus, SHORT), "long": long_queries(corpus, LONG), "added": list(corpus.documents(ADDED, seed=9))}
    (folder / ASKED).write_text(json.dumps(asked), encoding="utf-8")


def printed(found: dict[str, dict[str, Any]]) -> None:
    """The figures, and in brackets how many times better ours are."""
    table = Table("", *found)
    ours = found.get("fuhua", {})
    for row in ROWS:
        cells = []
        for name, values in found.items():
            cell = f"{values[row]:,}" if row in values else "-"
            if name != "fuhua" and ours.get(row) and values.get(row) and row != "documents":
                ratio = values[row] / ours[row] if LESS_IS_BETTER.search(row) else ours[row] / values[row]
                cell += f" (×{ratio:.3g})"
            cells.append(cell)
        table.add_row(row, *cells)
    Console(width=200).print(table)


def measured(name: str, chosen: argparse.Namespace) -> dict[str, Any]:
    """All figures of one engine."""
    size, engine = chosen.size, new_engine(name)
    values: dict[str, Any] = {"documents": size}
    if name == "fuhua":
        new_engine(name).build([Document(1, "预热", "compiled")])
    clock, cpu = time.perf_counter(), time.process_time()
    engine.build(islice(listings(Path(chosen.listings, APART if engine.apart else WRITTEN)), size))
    values |= {"build_s": since(clock), "build_cpu_s": round(time.process_time() - cpu, 2)}
    gc.collect()
    values |= {"held_mib": held_mib(), "peak_mib": peak_mib()}
    given = json.loads(Path(chosen.listings, ASKED).read_text())
    asked = {kind: [engine.query(words, kind == "short") for words in given[kind]] for kind in ("short", "long")}
    for kind, queries in asked.items():
        values |= rate(engine.find_many, kind, queries) | alone(engine, kind, queries)
    values["held_mib"] = max(values["held_mib"], held_mib())
    new = [told(engine, size + at, title, text) for at, (title, text) in enumerate(given["added"])]
    clock, cpu = time.perf_counter(), time.process_time()
    engine.add(new)
    values |= {"add_1000_s": since(clock), "add_1000_cpu_s": round(time.process_time() - cpu, 3)}
    clock = time.perf_counter()
    engine.narrow(PART)
    values["filter_s"] = since(clock)
    for kind, queries in asked.items():
        values |= rate(engine.find_many, f"filtered_{kind}", queries * (5 if name == "fuhua" else 1))
        values |= rate(engine.find_among, f"filtered_ad_hoc_{kind}", queries) if name == "fuhua" else {}
    return values | quality(name, "made", made_texts()) | (quality(name, "real", real_texts(chosen.real)) if chosen.real else {})


def listings(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8") as file:
        for key, line in enumerate(file):
            yield Document(key, *line.rstrip("\n").split("\t"))


def told(engine: Any, key: int, title: list[str], text: list[str]) -> Document:
    """A document of these words as the engine is given it."""
    between = " " if engine.apart else ""
    return Document(key, between.join(title), between.join(text))


def since(clock: float) -> float:
    return round(time.perf_counter() - clock, 3)


def held_mib() -> float:
    """What the process holds now, in MiB (Linux)."""
    return round(int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20, 1)


def rate(find_many: Callable[[list[Any]], Any], kind: str, queries: list[Any]) -> dict[str, float]:
    """Queries a second on all processors, the best of three turns; and processor milliseconds of one, which other work disturbs less.

    Who has taken half a minute has no further turn.
    """
    find_many(queries[:64])
    walls, cpus = [], []
    while len(walls) < TURNS and sum(walls) < ENOUGH:
        clock, cpu = time.perf_counter(), time.process_time()
        find_many(queries)
        walls.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
    return {f"{kind}_qps": round(len(queries) / min(walls), 1), f"{kind}_cpu_ms": round(min(cpus) / len(queries) * 1e3, 4)}


def alone(engine: Any, kind: str, queries: list[Any]) -> dict[str, float]:
    """Milliseconds of one query after the other."""
    took = []
    for query in queries[:ALONE]:
        clock = time.perf_counter()
        engine.find(query)
        took.append((time.perf_counter() - clock) * 1e3)
    return {f"{kind}_p50_ms": round(percentile(took, 0.5), 3), f"{kind}_p95_ms": round(percentile(took, 0.95), 3)}


def made_texts() -> list[tuple[list[str], list[str]]]:
    return [(title, text) for title, text in Corpus().documents(KNOWN, seed=5) if title]


def real_texts(path: Path) -> list[tuple[list[str], list[str]]]:
    """Names and texts of a file of JSON lines (``name``, ``context``), cut into words; those of a name that only one has."""
    import rjieba  # noqa: PLC0415 - only where there are real texts

    rows = {row["context"]: row["name"] for row in map(json.loads, path.read_text("utf-8").splitlines()) if row["context"].strip()}
    names = list(rows.values())
    cut = lambda text: [word for word in rjieba.cut(text) if re.search(r"\w", word)]  # noqa: E731
    return [(cut(name), cut(text)) for text, name in rows.items() if names.count(name) == 1]


def quality(name: str, kind: str, texts: list[tuple[list[str], list[str]]]) -> dict[str, float]:
    """How high the text of a title stands when the title is asked for, titles themselves left out of the index."""
    engine = new_engine(name)
    engine.build([told(engine, at, [], text) for at, (_title, text) in enumerate(texts)])
    hits = engine.find_many([engine.query(title, False) for title, _text in texts])
    places = np.array([found.index(at) + 1 if at in found else np.inf for at, found in enumerate(hits)])
    return {f"{kind}_ndcg": round(float((1 / np.log2(places + 1)).mean()), 4), f"{kind}_mrr": round(float((1 / places).mean()), 4)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=1_000_000, help="listings")
    parser.add_argument("--real", type=Path, help="a file of JSON lines with name and context: titles are asked for among its texts")
    parser.add_argument("--only", nargs="*", default=[], help="names of engines")
    parser.add_argument("--listings", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--part", default="", help=argparse.SUPPRESS)
    main(parser.parse_args())

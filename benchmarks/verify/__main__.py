"""Write the offline proof of the most-read indicator from a large log, verify it, and compare with one audit path a fact."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.figures.__main__ import DAY, TERMS
from benchmarks.measure import options, peak_mib, report, timed
from benchmarks.scratch import END_OF_TELLING, child, fill, scratch
from fuhua.evidence import queries
from fuhua.evidence.proof import tree
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.evidence.proof.verify import verify
from fuhua.plan.queries import proofs
from fuhua.plan.queries.figures import Ask

SAMPLE = 5_000
INDICATOR = {"demo": "I3", "lives": "I8"}


def main(chosen: argparse.Namespace) -> None:
    """Fill, write, verify: each in a process of its own."""
    if chosen.part:
        print(json.dumps(PARTS[chosen.part](chosen)))
        return
    words = ("--size", str(chosen.size), "--mix", chosen.mix)
    with scratch(chosen.keep) as environment:
        found = {part: json.loads(child("benchmarks.verify", environment, "--part", part, *words)) for part in PARTS}
    ratio = round(found["verify"]["facts_per_s"] / found["paths"]["facts_per_s"], 1)
    report({"benchmark": "verify", "mix": chosen.mix, **found, "times_faster_than_paths": ratio}, chosen)


def _fill(chosen: argparse.Namespace) -> dict[str, Any]:
    with timed() as took:
        facts = fill(chosen.size, chosen.mix)
    return {"facts": facts, **took.plain()}


def _path() -> Path:
    return Path(os.environ["FUHUA_DATA"]) / "proof.zip"


def _write(chosen: argparse.Namespace) -> dict[str, Any]:
    indicator = INDICATORS[INDICATOR[chosen.mix]]
    with timed() as took, _path().open("wb") as file:
        proofs.write(file, Ask(indicator, indicator.definition(), TERMS, (DAY,)), at=END_OF_TELLING + dt.timedelta(days=1))
    return {**took.plain(), "peak_mib": peak_mib(), "bytes": _path().stat().st_size}


def _verify(_chosen: argparse.Namespace) -> dict[str, Any]:
    with timed() as took:
        held = verify(_path())
    if not held.holds or held.manifest is None:
        raise SystemExit("; ".join(fault.en for fault in held.faults))
    return {**took.plain(), "peak_mib": peak_mib(), "leaves": held.manifest.size, "bodies": held.manifest.facts,
            "facts_per_s": round(held.manifest.size / took.cpu), "bodies_per_s": round(held.manifest.facts / took.cpu)}


def _paths(_chosen: argparse.Namespace) -> dict[str, Any]:
    """The usual proof: an audit path for every fact, checked one by one (paths made before the clock starts)."""
    leaves = [hashed for _kind, _digest, hashed in queries.leaves(0, SAMPLE)]
    subtree, size = tree.subtree_of(leaves), len(leaves)
    root = subtree(0, size)
    some = range(0, size, 25)
    paths = [tree.inclusion(index, size, subtree) for index in some]
    bodies = [body for _seq, body in queries.bodies([fact.KIND for fact in INDICATORS["I3"].reads], until=SAMPLE)] or ["{}"]
    with timed() as took:
        for index, path in zip(some, paths, strict=True):
            sha256(bodies[index % len(bodies)].encode()).digest()
            if tree.root_from(index, size, leaves[index], path) != root:
                raise SystemExit("a path does not hold")
    return {**took.plain(), "facts_per_s": round(len(paths) / took.cpu), "tree_of": size}


PARTS = {"fill": _fill, "write": _write, "verify": _verify, "paths": _paths}

if __name__ == "__main__":
    main(options(1_000_000).parse_args())

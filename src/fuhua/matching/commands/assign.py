"""`assign`: who takes what, from arrays of scores, loads and coverage, with what is proved about it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec
import numpy as np

from fuhua.kernel.command import command
from fuhua.matching.assignment.files import read_array
from fuhua.matching.assignment.problem import BadProblem, Problem, problem
from fuhua.matching.assignment.solve import OBJECTIVES, WORST, Solution, solve

UNUSABLE = 2


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scores", type=Path, required=True, help="亲和分，人员 × 篇目（.npy，或稀疏 .npz） affinities, people × papers")
    parser.add_argument("--loads", type=Path, required=True, help="每人最多几篇 the most papers of each person")
    parser.add_argument("--loads-min", type=Path, help="每人最少几篇 the least papers of each person")
    parser.add_argument("--coverage", type=Path, required=True, help="每篇恰好几人 the people each paper needs, exactly")
    parser.add_argument(
        "--conflicts", type=Path, help="回避，人员 × 篇目，非零即不得相配 conflicts, people × papers: not zero is forbidden"
    )
    parser.add_argument("--objective", choices=OBJECTIVES, default=WORST, help="总分最大，或先最差篇再总分 (default: %(default)s)")
    parser.add_argument("--seed", help="公开的种子，在同样好的分配中抽取 published seed: draws among equally good assignments")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command("assign", help="按亲和分分配专家、导师等，并证明最优 assign people to papers, optimally and with proof", arguments=_arguments)
def assign(options: argparse.Namespace) -> int:
    """The assignment with its total, its worst paper and what is proved; exit status 2 with the reason when there is none."""
    try:
        found = solve(_problem(options), options.objective, seed=options.seed)
    except BadProblem as wrong:
        print(f"{wrong.text.zh} / {wrong.text.en}", file=sys.stderr)
        return UNUSABLE
    if options.json:
        print(msgspec.json.encode(_told(found)).decode())
    else:
        _print(found)
    return 0


def _problem(options: argparse.Namespace) -> Problem:
    least, conflicts = (None if path is None else read_array(path) for path in (options.loads_min, options.conflicts))
    return problem(
        read_array(options.scores), np.asarray(read_array(options.loads)), np.asarray(read_array(options.coverage)),
        least=least, conflicts=conflicts,
    )  # fmt: skip


def _told(found: Solution) -> dict[str, object]:
    return {
        "total": found.told(found.total),
        "worst": found.told(found.worst),
        "proved": found.proved,
        "bound": {"total": found.told(found.total_bound), "worst": found.told(found.worst_bound)},
        "floor": None if found.floor is None else found.told(found.floor),
        "decimals": found.problem.decimals,
        "seed": found.seed,
        "assignment": found.pairs,
    }


def _print(found: Solution) -> None:
    for name, told, bound in (("总分 total", found.total, found.total_bound), ("最差 worst", found.worst, found.worst_bound)):
        proved = "已证最优 proved" if found.proved[name.split()[1]] else f"上界 bound {found.told(bound)}"
        print(f"{name} {found.told(told)}  {proved}")
    for person, paper in found.pairs:
        print(f"{person}\t{paper}")

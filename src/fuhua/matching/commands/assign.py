"""`assign`: who takes what, from arrays of scores, loads and coverage, with what is proved about it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec
import numpy as np

from fuhua.kernel.command import command
from fuhua.kernel.files import BadFile
from fuhua.kernel.files.reading import document
from fuhua.kernel.files.writing import output
from fuhua.kernel.words import t
from fuhua.matching.assignment.certificate import certificate
from fuhua.matching.assignment.checking import Refused, check
from fuhua.matching.assignment.files import read_array
from fuhua.matching.assignment.problem import BadProblem, Problem, problem
from fuhua.matching.assignment.solve import OBJECTIVES, WORST, Solution, solve

UNUSABLE = 2
INPUTS = ("scores", "loads", "loads_min", "coverage", "conflicts")
CERTIFICATE = '{"format": "fuhua-assignment-1", …}'
REASONS = {
    "format": t("格式不对", "it is not of the known format"),
    "digest": t("内容与摘要不符", "its content is not what its digest says"),
    "pair": t("有人得到了回避的或不存在的篇目", "somebody has a paper that is in conflict or does not exist"),
    "coverage": t("有篇目的人数不对", "a paper has not as many people as it needs"),
    "load": t("有人超过上限或不足下限", "somebody is above the largest load or below the least"),
    "quota": t("有篇目违反名额规则", "a paper breaks a quota"),
    "sum": t("总分、最差或底线与分配不符", "total, worst or floor are not those of the assignment"),
    "bound": t("价格证明不了所称的上界", "the prices do not prove the bounds that it claims"),
}


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
    parser.add_argument("--certificate", type=Path, help="把证书写入文件 write the certificate to this file, for `assign check`")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command("assign", help="按亲和分分配专家、导师等，并证明最优 assign people to papers, optimally and with proof", arguments=_arguments)
def assign(options: argparse.Namespace) -> int:
    """The assignment with its total, its worst paper and what is proved; exit status 2 with the reason when there is none."""
    try:
        paper = options.certificate and output(options.certificate, filter(None, map(vars(options).get, INPUTS)))
        found = solve(_problem(options), options.objective, seed=options.seed)
        if paper:
            paper.write([msgspec.json.encode(certificate(found), order="sorted")])
    except (BadProblem, BadFile) as wrong:
        print(f"{wrong.text.zh} / {wrong.text.en}", file=sys.stderr)
        return UNUSABLE
    if options.json:
        print(msgspec.json.encode(_told(found)).decode())
    else:
        _print(found)
    return 0


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("certificate", type=Path, help="证书 what assign --certificate wrote")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command("assign check", help="独立验算分配证书 recompute a certificate of assignment, independently of the solver", arguments=_file)
def assign_check(options: argparse.Namespace) -> int:
    """What a certificate proves; exit status 2 when it does not hold, with the reason."""
    try:
        told = check(document(options.certificate, dict, CERTIFICATE))
    except BadFile as wrong:
        print(f"{wrong.text.zh} / {wrong.text.en}", file=sys.stderr)
        return UNUSABLE
    except Refused as wrong:
        text = REASONS[str(wrong)]
        print(f"证书不成立：{text.zh} / the certificate does not hold: {text.en}", file=sys.stderr)
        return UNUSABLE
    if options.json:
        print(msgspec.json.encode(told).decode())
        return 0
    print("无冲突、未超限 no conflict, all limits kept")
    for name, part in (("总分 total", "total"), ("最差 worst", "worst")):
        optimal = "最优 optimal" if told[f"{part}_optimal"] else f"上界 bound {told[f'{part}_bound']}"
        print(f"{name} {told[part]}  {optimal}")
    print("按种子抽取无误 drawn by the seed" if told["drawn"] else "没有可验证的抽取 no draw to be verified")
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

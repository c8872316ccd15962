"""`match rank`: the best offers for every need, with reasons, as JSON lines; on this machine or on a cluster."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fuhua.kernel.command import CommandError, command
from fuhua.matching.batch import here
from fuhua.matching.batch.answers import OtherMake, Work, make
from fuhua.matching.batch.clusters import cluster
from fuhua.matching.batch.run import SIZE, run
from fuhua.matching.ranking.listings import Listing, listing
from fuhua.matching.ranking.ranker import Ranker

SCHEDULER = os.environ.get("DASK_SCHEDULER_ADDRESS", "")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offers", type=Path, required=True, help="成果（每行一个 JSON） offers, a JSON object a line")
    parser.add_argument("--needs", type=Path, required=True, help="需求（每行一个 JSON） needs, a JSON object a line")
    parser.add_argument("-o", "--output", type=Path, required=True, help="结果文件，每个需求一行 the run, a line a need")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="理由的语言 language of the reasons (default: zh)")
    parser.add_argument("--no-reasons", action="store_true", help="不写理由，较快 without reasons, which is faster")
    parser.add_argument("--part", type=_at_least_one, default=SIZE, help=f"每批需求数 needs done together (default: {SIZE})")
    parser.add_argument("--scheduler", default=SCHEDULER, help="Dask 集群地址 address of a Dask cluster, tcp://host:port")


def _at_least_one(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


@command("match rank", help="为每个需求排出最合适的成果并说明理由 rank the offers for every need, with reasons", arguments=_arguments)
def rank(options: argparse.Namespace) -> int:
    """Ten offers a need; `abstain` says that none of them fits."""
    offers, needs = list(_listings(options.offers)), list(_listings(options.needs))
    work = Work(Ranker(offers, needs), "" if options.no_reasons else options.lang, make())
    engine = cluster(options.scheduler) if options.scheduler else here.each
    try:
        abstained = run(work, needs, options.output, engine, _say, options.part)
    except (OSError, OtherMake) as wrong:
        raise CommandError(f"未能完成，再次运行即可继续 not finished; start again to go on: {wrong}") from wrong
    print(f"{len(needs)} 个需求 needs, {len(offers)} 项成果 offers; {abstained} 个无合适成果 without an offer that fits → {options.output}")
    return 0


def _say(done: int, parts: int) -> None:
    end = "\r" if sys.stderr.isatty() and done < parts else "\n"
    if sys.stderr.isatty() or done * 10 // max(1, parts) > (done - 1) * 10 // max(1, parts):
        print(f"{done} / {parts} 批 parts", end=end, file=sys.stderr, flush=True)


def _listings(path: Path) -> Iterator[Listing]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as wrong:
        raise CommandError(f"无法读取 cannot read {path}: {wrong}") from wrong
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = listing(msgspec.json.decode(line, type=dict))
        except (ValueError, msgspec.MsgspecError) as wrong:
            raise CommandError(f"{path}, 第 {number} 行 line {number}: {wrong}") from wrong
        if one.id in seen:
            raise CommandError(f"{path}, 第 {number} 行 line {number}: id “{one.id}” 重复 / is there twice")
        seen.add(one.id)
        yield one

"""`match rank`: the best offers for every need, with reasons, as JSON lines; on this machine or on a cluster."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files import BadFile
from fuhua.kernel.files.reading import decoded, lines, place
from fuhua.kernel.files.writing import Output, output
from fuhua.kernel.words import Text, t
from fuhua.matching.batch import here
from fuhua.matching.batch.answers import OtherMake, Work, make
from fuhua.matching.batch.clusters import cluster
from fuhua.matching.batch.parts import held
from fuhua.matching.batch.run import SIZE, run
from fuhua.matching.ranking.listings import BadListing, Listing, listing
from fuhua.matching.ranking.ranker import Ranker

SCHEDULER = os.environ.get("DASK_SCHEDULER_ADDRESS", "")
SHAPE = '{"id": "…", "name": "…", "context": "…"}'
MOST = 1 << 20  # bytes of a line: of more, nobody can say what is sought


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offers", type=Path, required=True, help="成果（每行一个 JSON） offers, a JSON object a line")
    parser.add_argument("--needs", type=Path, required=True, help="需求（每行一个 JSON） needs, a JSON object a line")
    parser.add_argument("-o", "--output", type=Path, required=True, help="结果文件，每个需求一行 the run, a line a need (- stdout)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="理由的语言 language of the reasons (default: zh)")
    parser.add_argument("--no-reasons", action="store_true", help="不写理由，较快 without reasons, which is faster")
    parser.add_argument("--part", type=_at_least_one, default=SIZE, help=f"每批需求数 needs done together (default: {SIZE})")
    parser.add_argument("--scheduler", type=_address, default=SCHEDULER, help="Dask 集群地址 address of a Dask cluster, tcp://host:port")


def _at_least_one(text: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", text):
        raise argparse.ArgumentTypeError(f"“{text}”：应为 1 以上的整数 / must be a whole number from 1 on")
    return int(text)


def _address(text: str) -> str:
    found = re.fullmatch(r"((tcp|tls)://)?[^\s/]+:(?P<port>[0-9]{1,5})", text)
    if text and not (found and int(found["port"]) < 1 << 16):
        raise argparse.ArgumentTypeError(f"“{text}”：应写成 tcp://主机:端口 / must be written as tcp://host:port")
    return text


@command("match rank", help="为每个需求排出最合适的成果并说明理由 rank the offers for every need, with reasons", arguments=_arguments)
def rank(options: argparse.Namespace) -> int:
    """Ten offers a need; `abstain` says that none of them fits."""
    try:
        out = output(options.output, [options.offers, options.needs])
        with held(out) as beside:
            told = _ranked(options, out, beside)
    except BrokenPipeError:
        raise
    except (OSError, OtherMake) as wrong:
        raise CommandError(f"未能完成，再次运行即可继续 not finished; start again to go on: {wrong}") from wrong
    print(f"{told} → {options.output}", file=sys.stderr if out.is_stdout else sys.stdout)
    return 0


def _ranked(options: argparse.Namespace, out: Output, beside: Path) -> str:
    offers, needs = list(_listings(options.offers)), list(_listings(options.needs))
    ranker = Ranker(*(sorted(each, key=lambda one: one.id) for each in (offers, needs)))  # in whatever order the files have them
    work = Work(ranker, "" if options.no_reasons else options.lang, make())
    engine = cluster(options.scheduler) if options.scheduler else here.each
    abstained = run(work, needs, out, beside, engine, _say, options.part)
    return f"{len(needs)} 个需求 needs, {len(offers)} 项成果 offers; {abstained} 个无合适成果 without an offer that fits"


def _say(done: int, parts: int) -> None:
    end = "\r" if sys.stderr.isatty() and done < parts else "\n"
    if sys.stderr.isatty() or done * 10 // max(1, parts) > (done - 1) * 10 // max(1, parts):
        print(f"{done} / {parts} 批 parts", end=end, file=sys.stderr, flush=True)


def _listings(path: Path) -> Iterator[Listing]:
    seen: set[str] = set()
    for number, line in lines(path):
        where = place(path, number)
        if len(line) > MOST:
            raise BadFile(t("{where}：超过 1 MB；请缩短正文", "{where}: above 1 MB; shorten its text").format(where=where))
        try:
            one = listing(decoded(line, dict, where, SHAPE))
        except BadListing as wrong:
            raise BadFile(Text(where.zh + wrong.text.zh, where.en + wrong.text.en)) from wrong
        if one.id in seen:
            raise BadFile(t("{where}：id “{id}” 重复", "{where}: id “{id}” is there twice").format(where=where, id=one.id))
        seen.add(one.id)
        yield one

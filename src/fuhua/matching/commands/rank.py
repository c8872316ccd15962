"""`match rank`: the best offers for every need, with reasons, as JSON lines."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fuhua.kernel.command import CommandError, command
from fuhua.matching.ranking.listings import Listing, listing
from fuhua.matching.ranking.ranker import Ranker, Ranking
from fuhua.matching.ranking.reasons import Explainer


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--offers", type=Path, required=True, help="成果（每行一个 JSON） offers, a JSON object a line")
    parser.add_argument("--needs", type=Path, required=True, help="需求（每行一个 JSON） needs, a JSON object a line")
    parser.add_argument("-o", "--output", type=Path, required=True, help="结果文件，每个需求一行 the run, a line a need")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="理由的语言 language of the reasons (default: zh)")


@command("match rank", help="为每个需求排出最合适的成果并说明理由 rank the offers for every need, with reasons", arguments=_arguments)
def rank(options: argparse.Namespace) -> int:
    """Ten offers a need; `abstain` says that none of them fits."""
    offers, needs = list(_listings(options.offers)), list(_listings(options.needs))
    ranker = Ranker(offers, needs)
    explainer = Explainer(ranker.words)
    encode = msgspec.json.Encoder().encode
    unfinished = options.output.with_name(f"{options.output.name}.part")
    abstained = 0
    try:
        with unfinished.open("wb") as out:
            for ranking in ranker.rank_all(needs):
                abstained += ranking.abstain
                out.write(encode(_told(ranking, explainer, options.lang)) + b"\n")
        os.replace(unfinished, options.output)
    except OSError as wrong:
        raise CommandError(f"无法写入 cannot write {options.output}: {wrong}") from wrong
    print(f"{len(needs)} 个需求 needs, {len(offers)} 项成果 offers; {abstained} 个无合适成果 without an offer that fits → {options.output}")
    return 0


def _told(ranking: Ranking, explainer: Explainer, language: str) -> dict[str, object]:
    why = explainer.reasons(ranking.need, [found.offer for found in ranking.found])
    offers = [
        {"offer": found.offer.id, "score": round(found.score, 4), "reasons": [reason.told.in_language(language) for reason in reasons]}
        for found, reasons in zip(ranking.found, why, strict=True)
    ]
    return {"need": ranking.need.id, "abstain": ranking.abstain, "offers": offers}


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

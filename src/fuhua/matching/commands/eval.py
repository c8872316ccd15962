"""`match eval`: how good a run of `match rank` is by graded judgements."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from fuhua.kernel.command import CommandError, command
from fuhua.matching.ranking.measures import Answer, Quality, quality, read_qrels


class _Offer(msgspec.Struct):
    offer: str


class _Line(msgspec.Struct):
    need: str
    offers: list[_Offer]
    abstain: bool = False


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="match rank 的结果 what match rank wrote")
    parser.add_argument("--qrels", type=Path, required=True, help="评判，TREC 格式 judgements: need 0 offer grade")
    parser.add_argument("--json", action="store_true", help="输出 JSON as JSON")


@command("match eval", help="按分级评判衡量排序和弃权 measure a ranking by graded judgements", arguments=_arguments)
def evaluate(options: argparse.Namespace) -> int:
    """nDCG@10, P@1 and MRR over needs that have a relevant offer (grade ≥ 1), and what was abstained on."""
    try:
        judged = read_qrels(_text(options.qrels).splitlines())
    except ValueError as wrong:
        raise CommandError(f"{options.qrels}: {wrong}") from wrong
    found = quality(_answers(options.run), judged)
    if options.json:
        print(msgspec.json.encode(found).decode())
    else:
        _print(found)
    return 0


def _print(found: Quality) -> None:
    print(f"有合适成果的需求 needs with a relevant offer (grade ≥ 1): {found.needs}")
    print(f"  nDCG@10   {found.ndcg:.3f}   (2^grade − 1: {found.ndcg_exponential:.3f})")
    print(f"  P@1       {found.precision_at_1:.3f}")
    print(f"  MRR       {found.mrr:.3f}")
    print(f"  作答 answered {found.answered} / {found.needs}")
    print(f"没有合适成果的需求 needs without: {found.empty}")
    print(f"  弃权 abstained {found.abstained} / {found.empty}")


def _answers(path: Path) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        try:
            one = msgspec.json.decode(line, type=_Line)
        except msgspec.MsgspecError as wrong:
            raise CommandError(f"{path}, 第 {number} 行 line {number}: {wrong}") from wrong
        offers = tuple(each.offer for each in one.offers)
        if one.need in found or len(set(offers)) < len(offers):
            raise CommandError(f"{path}, 第 {number} 行重复 line {number} repeats: {one.need}")
        found[one.need] = Answer(offers, one.abstain)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandError(f"无法读取 cannot read {path}: {wrong}") from wrong

"""`match eval`: how good a run of `match rank` is by graded judgements."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from fuhua.kernel.command import command
from fuhua.kernel.files import BadFile
from fuhua.kernel.files.reading import decoded, lines, place, read
from fuhua.kernel.words import Text, t
from fuhua.matching.ranking.measures import CUT, Answer, Judgements, Quality, quality, read_qrels

SHAPE = '{"need": "…", "abstain": false, "offers": [{"offer": "…", "score": 0.9}]}'


class _Offer(msgspec.Struct):
    offer: str
    score: float | None = None


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
    judged, answers = _judged(options.qrels), _answers(options.run)
    left_out = len(judged.keys() - answers.keys())
    if left_out == len(judged):
        said = t(
            "{run}：其中没有一个评判过的需求；请检查两个文件是否配套",
            "{run}: none of the judged needs is in it; check that the two files belong together",
        )
        raise BadFile(said.format(run=options.run))
    if left_out:
        print(f"{left_out} 个评判过的需求不在结果中，记 0 分 / judged needs are not in the run, and count 0", file=sys.stderr)
    found = quality(answers, judged)
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


def _judged(path: Path) -> Judgements:
    try:
        found = read_qrels(line.decode() for line in read(path).splitlines())
    except ValueError as wrong:
        raise BadFile(Text(*(f"{path}: {each}" for each in str(wrong).split(" / ")))) from wrong
    if not found:
        raise BadFile(t("{path}：没有评判", "{path}: there are no judgements").format(path=path))
    return found


def _answers(path: Path) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for number, line in lines(path):
        where = place(path, number)
        one = decoded(line, _Line, where, SHAPE)
        if one.need in found:
            raise BadFile(t("{where}：需求“{need}”重复", "{where}: the need “{need}” is there twice").format(where=where, need=one.need))
        if wrong := _unfit(one.offers):
            raise BadFile(t("{where}：{what}", "{where}: {what}").format(where=where, what=wrong))
        found[one.need] = Answer(tuple(each.offer for each in one.offers), one.abstain)
    if not found:
        raise BadFile(t("{path}：没有结果", "{path}: the run is empty").format(path=path))
    return found


def _unfit(offers: list[_Offer]) -> Text | None:
    """Why these are not the offers of a need, best first, if they are not."""
    if len(offers) > CUT:
        return t("成果多于 {most} 项", "more than {most} offers").format(most=CUT)
    if len({each.offer for each in offers}) < len(offers):
        return t("有成果重复", "an offer is there twice")
    scores = [each.score for each in offers if each.score is not None]
    if scores != sorted(scores, reverse=True):
        return t("成果没有按分数从高到低排列", "the offers are not in the order of their scores, highest first")
    return None

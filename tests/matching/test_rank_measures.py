"""Measures: nDCG, P@1, MRR and abstention on cases worked by hand; the judgements' form; the two commands end to end."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import msgspec
import pytest
from benchmarks.match.__main__ import QRELS

from fuhua.config import door
from fuhua.matching.ranking.measures import Answer, ndcg, quality, read_qrels
from matching.listings_of_a_fair import NEEDS, OFFERS

EXCHANGE = Path(os.environ.get("FUHUA_SHARED_DATA", "/work/shared/data")) / "exchange"


def test_ndcg_is_the_discounted_gain_over_the_best_possible() -> None:
    best = 3 + 2 / math.log2(3)
    assert ndcg([3, 2, 0], [2, 3, 0]) == pytest.approx(1)
    assert ndcg([0, 3, 2], [2, 3, 0]) == pytest.approx((3 / math.log2(3) + 2 / 2) / best)
    assert ndcg([0] * 10 + [3], [3]) == 0
    assert ndcg([1], [1] * 20) == pytest.approx(1 / sum(1 / math.log2(rank + 1) for rank in range(1, 11)))
    assert ndcg([-1, 1], [1, -1]) == pytest.approx(1 / math.log2(3))


def test_means_are_over_needs_with_a_relevant_offer_and_abstention_over_both() -> None:
    judged = read_qrels(["n1 0 a 2", "n1 0 b 1", "", "n2 0 a 1", "n3 0 a 0", "n4 0 b 0", "n5 0 c 3"])
    answers = {
        "n1": Answer(("b", "x", "a"), abstain=False),
        "n2": Answer(("x", "a"), abstain=True),
        "n3": Answer(("a",), abstain=True),
        "n4": Answer(("b",), abstain=False),
        "unjudged": Answer(("a",), abstain=False),
    }
    found = quality(answers, judged)
    first = (1 + 2 / 2) / (2 + 1 / math.log2(3))
    assert (found.needs, found.empty, found.answered, found.abstained) == (3, 2, 1, 1)
    assert found.ndcg == pytest.approx((first + 1 / math.log2(3) + 0) / 3)
    assert found.ndcg_exponential == pytest.approx(((1 + 3 / 2) / (3 + 1 / math.log2(3)) + 1 / math.log2(3) + 0) / 3)
    assert found.precision_at_1 == pytest.approx(1 / 3)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)


@pytest.mark.parametrize(
    "lines", [["n 0 a"], *([f"n 0 a {grade}"] for grade in ("good", "--2", "²", "３", "1.5", "5000")), ["n 0 a 1", "n 0 a 2"]]
)
def test_judgements_that_cannot_be_read_are_told_by_their_line(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=f"line {len(lines)}"):
        read_qrels(lines)


def test_our_judgements_are_graded_from_nought_to_three_and_name_known_postings() -> None:
    judged = read_qrels(QRELS.read_text().splitlines())
    assert {grade for grades in judged.values() for grade in grades.values()} == {0, 1, 2, 3}
    assert all(need[0] == "N" and offer[0] == "A" for need, grades in judged.items() for offer in grades)


def _written(path: Path, listings: tuple[msgspec.Struct, ...]) -> Path:
    names = {"title": "name", "text": "context", "field": "classification"}
    rows = [{names.get(key, key): value for key, value in msgspec.to_builtins(each).items()} for each in listings]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _run(*words: object) -> int:
    return door.main(["match", *map(str, words)])


def test_the_commands_rank_and_measure_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offers, needs = _written(tmp_path / "offers.jsonl", OFFERS), _written(tmp_path / "needs.jsonl", NEEDS)
    run, qrels = tmp_path / "run.jsonl", tmp_path / "qrels.txt"
    assert _run("rank", "--offers", offers, "--needs", needs, "-o", run, "--lang", "en") == 0
    lines = [json.loads(line) for line in run.read_text().splitlines()]
    assert [line["need"] for line in lines] == [need.id for need in NEEDS]
    assert lines[4]["offers"][0]["offer"] == "A5"
    assert "Figure satisfied: 制冷机温度 8mK ≤ 10mK" in lines[4]["offers"][0]["reasons"]
    qrels.write_text("N1 0 A1 3\nN2 0 A2 3\nN4 0 A1 0\n")
    capsys.readouterr()
    assert _run("eval", run, "--qrels", qrels, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["needs"], told["ndcg"], told["precision_at_1"], told["empty"], told["abstained"]) == (2, 1.0, 1.0, 1, 1)
    assert _run("eval", run, "--qrels", qrels) == 0
    assert "nDCG@10   1.000" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", '{"name": "无"}', '{"id": "A"}\n{"id": "A"}'])
def test_offers_that_cannot_be_read_are_told_by_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    (tmp_path / "offers.jsonl").write_text(line)
    needs = _written(tmp_path / "needs.jsonl", NEEDS)
    assert _run("rank", "--offers", tmp_path / "offers.jsonl", "--needs", needs, "-o", tmp_path / "run.jsonl") == 1
    assert f"line {len(line.splitlines())}" in capsys.readouterr().err
    assert not (tmp_path / "run.jsonl").exists()


def _offer(name: str, score: float = 0.5) -> dict[str, object]:
    return {"offer": name, "score": score}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ([], "应为对象"),
        ({"need": "N"}, "缺少“offers”"),
        ({"need": 1, "offers": []}, "“need”应为文字，而不是整数"),
        ({"need": "N", "offers": [_offer("A"), _offer("A")]}, "an offer is there twice"),
        ({"need": "N", "offers": [_offer(f"A{at}") for at in range(11)]}, "more than 10 offers"),
        ({"need": "N", "offers": [_offer("A", 0.1), _offer("B", 0.9)]}, "not in the order of their scores"),
        ({"need": "M", "offers": []}, "the need “M” is there twice"),
    ],
)
def test_what_is_no_line_of_a_run_is_told_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: object, said: str
) -> None:
    (tmp_path / "run.jsonl").write_text(f'{{"need": "M", "offers": []}}\n\n{json.dumps(line)}\n', encoding="utf-8")
    (tmp_path / "qrels.txt").write_text("N 0 A 1\nM 0 A 1\n")
    assert _run("eval", tmp_path / "run.jsonl", "--qrels", tmp_path / "qrels.txt") == 1
    told = capsys.readouterr().err
    assert "第 3 行" in told
    assert "line 3" in told
    assert said in told
    assert "Expected" not in told


def test_a_run_is_read_with_a_mark_of_its_encoding_blank_lines_and_separators_within(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"need": "N", "offers": [{"offer": "A", "reasons": ["红外\u2028控制\u0085"]}]}, {"need": "M", "offers": [_offer("B")]}]
    text = "\ufeff" + "\r\n\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    (tmp_path / "run.jsonl").write_bytes(text.encode())
    (tmp_path / "qrels.txt").write_bytes("\ufeffN 0 A 1\r\n\r\nM 0 B 1\nlost 0 A 1".encode())
    assert _run("eval", tmp_path / "run.jsonl", "--qrels", tmp_path / "qrels.txt", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["mrr"] == pytest.approx(2 / 3)
    assert told.err == "1 个评判过的需求不在结果中，记 0 分 / judged needs are not in the run, and count 0\n"


@pytest.mark.parametrize(
    ("run", "qrels", "said"),
    [
        ("\n", "N 0 A 1\n", "the run is empty"),
        ('{"need": "N", "offers": []}', " \n", "there are no judgements"),
        ('{"need": "N", "offers": []}', "other 0 A 1\n", "none of the judged needs is in it"),
        ('{"need": "N", "offers": []}', "需求 0 成果 1\n".encode("gb18030"), "请另存为 UTF-8"),
        ('{"need": "N", "offers": []}'.encode("utf-16"), "N 0 A 1\n", "line 1: not in UTF-8"),
        ('{"need": "N", "offers": []}\n{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "N 0 A 1\n", "line 2: nested too deep"),
    ],
)
def test_nothing_is_measured_where_nothing_can_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: str | bytes, qrels: str | bytes, said: str
) -> None:
    for name, text in (("run.jsonl", run), ("qrels.txt", qrels)):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    assert _run("eval", tmp_path / "run.jsonl", "--qrels", tmp_path / "qrels.txt") == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_an_offer_below_the_tenth_counts_for_nothing() -> None:
    answer = Answer(tuple(f"A{at}" for at in range(11)), abstain=False)
    assert quality({"N": answer}, {"N": {"A10": 1}}).mrr == 0


def test_files_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs = _written(tmp_path / "needs.jsonl", NEEDS)
    assert _run("rank", "--offers", tmp_path / "none.jsonl", "--needs", needs, "-o", tmp_path / "run.jsonl") == 1
    assert _run("rank", "--offers", needs, "--needs", needs, "-o", tmp_path / "no folder" / "run.jsonl") == 1
    assert _run("eval", tmp_path / "none.jsonl", "--qrels", needs) == 1
    assert capsys.readouterr().err.count(str(tmp_path)) >= 3


@pytest.mark.skipif(not EXCHANGE.is_dir(), reason="the postings of an exchange are not at hand")
def test_the_ranking_of_a_real_exchange_keeps_its_quality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judged = {line.split()[0] for line in QRELS.read_text().splitlines()}
    needs = tmp_path / "needs.jsonl"
    lines = (EXCHANGE / "needs_zh.jsonl").read_text().splitlines()
    needs.write_text("\n".join(line for line in lines if json.loads(line)["id"] in judged))
    _run("rank", "--offers", EXCHANGE / "achievements_zh.jsonl", "--needs", needs, "-o", tmp_path / "run.jsonl")
    capsys.readouterr()
    _run("eval", tmp_path / "run.jsonl", "--qrels", QRELS, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["ndcg"] > 0.68
    assert told["precision_at_1"] > 0.63
    assert told["abstained"] / told["empty"] > 0.55
    assert told["answered"] / told["needs"] > 0.85

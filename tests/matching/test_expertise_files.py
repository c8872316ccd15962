"""`fuhua match expertise`: files in, a whole file of scores out, and errors that name the place and say how to mend it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.expertise.ratings import loss, read_ratings

from fuhua.config import door
from fuhua.matching.expertise.affinity import affinities
from fuhua.matching.expertise.files import read_archives, read_submissions

Run = Callable[[], tuple[int, str, str]]
REAL = Path(os.environ.get("FUHUA_SHARED_DATA", "/work/shared/data")) / "expertise"


def paper(title: Any = None, abstract: Any = None) -> dict[str, Any]:
    return {"id": "any", "content": {"title": title, "abstract": abstract, "year": 2024}}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Two people, an empty archive and two papers in a folder; ``run()`` → exit status, output, errors."""
    (tmp_path / "archives").mkdir()
    lines = [json.dumps(paper("Lithium batteries", "An electrolyte.")), "", json.dumps(paper("Solid electrolytes"))]
    (tmp_path / "archives" / "~ada.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "archives" / "~li.jsonl").write_text("\ufeff" + json.dumps(paper("水稻育种", "抗病"), ensure_ascii=False), encoding="utf-8")
    (tmp_path / "archives" / "~none.jsonl").write_text("\n", encoding="utf-8")
    papers = {"p1": paper("Electrolytes of batteries"), "p2": paper(None, "水稻")}
    (tmp_path / "papers.json").write_text(json.dumps(papers), encoding="utf-8")

    def command() -> tuple[int, str, str]:
        words = ["--archives", str(tmp_path / "archives"), "--submissions", str(tmp_path / "papers.json"), "-o", str(tmp_path / "out.json")]
        status = door.main(["match", "expertise", *words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


def test_scores_are_by_person_and_paper_and_an_empty_archive_is_told(run: Run, tmp_path: Path):
    status, out, err = run()
    assert (status, out) == (0, f"3 人 people × 2 篇 papers → {tmp_path / 'out.json'}\n")
    assert err == "~none: 没有成果，全部记 0 分 / no works, every score is 0\n"
    scores = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert {person: list(row) for person, row in scores.items()} == {person: ["p1", "p2"] for person in ("~ada", "~li", "~none")}
    assert scores["~none"] == {"p1": 0, "p2": 0}
    assert scores["~ada"]["p1"] > scores["~ada"]["p2"]
    assert scores["~li"]["p2"] > scores["~li"]["p1"]


def test_scores_in_the_file_are_those_of_the_function(run: Run, tmp_path: Path):
    run()
    archives, papers = read_archives(tmp_path / "archives"), read_submissions(tmp_path / "papers.json")
    assert archives["~ada"] == ["Lithium batteries\nAn electrolyte.", "Solid electrolytes"]
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert np.allclose([list(row.values()) for row in told.values()], affinities(archives, papers), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "text", "place", "advice"),
    [
        ("archives/~ada.jsonl", '{"content": {"title": "one"}}\n{"content": {"title"', "第 2 行", "请写成 UTF-8 的 JSON"),
        ("archives/~ada.jsonl", '{"content": {"title": "one"}}\n\n{"content": {}}', "line 3", "give one of them, or take the entry out"),
        ("archives/~ada.jsonl", '{"content": {"title": 7}}', "line 1", "Expected `str | null`, got `int`"),
        ("archives/~ada.jsonl", '{"title": "one"}', "line 1", "missing required field `content`"),
        ("papers.json", "[]", "papers.json", "请写成 UTF-8 的 JSON"),
        ("papers.json", "{}", "papers.json", "give one at least"),
        ("papers.json", '{"p9": {"content": {"title": " "}}}', "“p9”", "标题和摘要都没有"),
    ],
)
def test_a_broken_file_is_named_with_how_to_mend_it_and_nothing_is_written(
    run: Run, tmp_path: Path, name: str, text: str, place: str, advice: str
):
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, err = run()
    assert (status, out) == (1, "")
    assert name.rpartition("/")[2] in err
    assert place in err
    assert advice in err
    assert not (tmp_path / "out.json").exists()


def test_a_folder_without_archives_and_a_missing_file_are_told(run: Run, tmp_path: Path):
    (tmp_path / "papers.json").unlink()
    assert "check the path and its permissions" in run()[2]
    for each in (tmp_path / "archives").iterdir():
        each.unlink()
    assert "name the folder that has one file a person" in run()[2]


def test_scores_that_cannot_be_written_leave_what_was_there(run: Run, tmp_path: Path):
    (tmp_path / "out.json").mkdir()
    (tmp_path / "out.json" / "kept").write_text("kept", encoding="utf-8")
    status, _out, err = run()
    assert status == 1
    assert "name a place that can" in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archives", "out.json", "papers.json"]


@pytest.mark.skipif(not (REAL / "d_20_1").is_dir(), reason="the rated papers are not at hand")
def test_an_expert_s_own_ratings_are_ordered_as_promised():
    ratings = read_ratings(REAL / "evaluations.csv")
    archives, papers = read_archives(REAL / "d_20_1" / "archives"), read_submissions(REAL / "d_20_1" / "submissions.json")
    assert loss(affinities(archives, papers), list(archives), list(papers), ratings) <= 0.24

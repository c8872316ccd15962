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
        ("archives/~ada.jsonl", '{"content": {"title": 7}}', "line 1", "“content.title” must be text or null, not a whole number"),
        ("archives/~ada.jsonl", '{"title": "one"}', "line 1", "缺少“content”"),
        ("archives/~ada.jsonl", '{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "line 1", "嵌套过深"),
        ("papers.json", '{"p1": {"content": {"title": "x"}}, "p9": {"title": "y"}}', "“p9”", "“content” is missing"),
        ("papers.json", '{"p": {"content": {"title": "x"}}, "p": {"content": {"title": "y"}}}', "“p”", "出现两次"),
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


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["archives/~li.jsonl", "papers.json"])
def test_a_file_in_another_encoding_is_to_be_saved_as_utf_8(run: Run, tmp_path: Path, name: str, encoding: str):
    (tmp_path / name).write_bytes(json.dumps(paper("水稻育种"), ensure_ascii=False).encode(encoding))
    status, _out, err = run()
    assert status == 1
    assert err.startswith(f"{tmp_path / name} 第 1 行：不是 UTF-8 编码（可能是 GB18030 或 UTF-16）；请另存为 UTF-8 / ")


def test_scores_never_take_the_place_of_what_is_read(run: Run, tmp_path: Path):
    for name in ("papers.json", "archives/~ada.jsonl"):
        before = (tmp_path / name).read_bytes()
        (tmp_path / "out.json").unlink(missing_ok=True)
        (tmp_path / "out.json").symlink_to(tmp_path / name)
        assert "the result would overwrite" in run()[2]
        assert (tmp_path / name).read_bytes() == before


def test_archives_are_known_by_their_ending_and_what_is_left_out_is_told(run: Run, tmp_path: Path):
    archives = tmp_path / "archives"
    (archives / "~LI.JSONL").write_text(json.dumps(paper("Rice")), encoding="utf-8")
    (archives / "~wu.json").write_text(json.dumps(paper("Wheat")), encoding="utf-8")
    (archives / "._~li.jsonl").write_bytes(b"\0\5\x16\7")
    status, out, err = run()
    assert (status, out[:4]) == (0, "4 人 ")
    assert "~wu.json: 不是 .jsonl 文件，没有读取 / not a .jsonl file, and was not read" in err
    (archives / "~li.JSONL").write_text(json.dumps(paper("Rice")), encoding="utf-8")
    assert "“~li” has two files" in run()[2]


def test_a_person_must_have_a_name_that_is_text(run: Run, tmp_path: Path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/archives/\xff.jsonl")).write_text(json.dumps(paper("x")), encoding="utf-8")
    status, _out, err = run()
    assert status == 1
    assert "文件名不是 UTF-8；请改名" in err


def test_a_folder_without_archives_and_a_missing_file_are_told(run: Run, tmp_path: Path):
    (tmp_path / "papers.json").unlink()
    assert "check the path and its permissions" in run()[2]
    for each in (tmp_path / "archives").iterdir():
        each.unlink()
    assert "name the folder that has one file a person" in run()[2]
    (tmp_path / "archives").rmdir()
    assert "打不开这个文件夹（No such file or directory）" in run()[2]
    (tmp_path / "archives").write_text("", encoding="utf-8")
    assert "no folder that can be opened (Not a directory)" in run()[2]


def test_scores_that_cannot_be_written_leave_what_was_there(run: Run, tmp_path: Path):
    (tmp_path / "out.json").mkdir()
    (tmp_path / "out.json" / "kept").write_text("kept", encoding="utf-8")
    status, _out, err = run()
    assert status == 1
    assert "name a file in it" in err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archives", "out.json", "papers.json"]


@pytest.mark.skipif(not (REAL / "d_20_1").is_dir(), reason="the rated papers are not at hand")
def test_an_expert_s_own_ratings_are_ordered_as_promised():
    ratings = read_ratings(REAL / "evaluations.csv")
    archives, papers = read_archives(REAL / "d_20_1" / "archives"), read_submissions(REAL / "d_20_1" / "submissions.json")
    assert loss(affinities(archives, papers), list(archives), list(papers), ratings) <= 0.24

"""`fuhua assign` and `fuhua assign check`: arrays in, an assignment and a certificate out, and errors that say what is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from fuhua.config import door

Run = Callable[..., tuple[int, str, str]]
MIDL = Path(os.environ.get("FUHUA_SHARED_DATA", "/work/shared/data")) / "assignment" / "midl"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Writes the arrays it is given, runs the command → exit status, output, errors."""

    def command(*words: str, **arrays: Any) -> tuple[int, str, str]:
        for name, value in arrays.items():
            path = tmp_path / f"{name.replace('_', '-')}.npy"
            if not path.exists() or value is not None:
                np.save(path, value, allow_pickle=True)
            words += (f"--{name.replace('_', '-')}", str(path))
        status = door.main(["assign", *words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return command


PLAIN = {"scores": np.array([[0.9, 0.1], [0.8, 0.3]]), "loads": np.array([1, 1]), "coverage": np.array([1, 1])}


def test_the_answer_tells_total_worst_pairs_and_what_is_proved(run: Run):
    status, out, err = run("--json", **PLAIN)
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert told == {
        "total": 1.2, "worst": 0.3, "proved": {"total": True, "worst": True}, "bound": {"total": 1.2, "worst": 0.3}, "floor": 0.3,
        "decimals": 1, "seed": None, "assignment": [[0, 0], [1, 1]],
    }  # fmt: skip
    told = json.loads(run("--json", "--objective", "total", **PLAIN | {"conflicts": np.array([[True, False], [False, False]])})[1])
    assert (told["total"], told["assignment"], told["floor"]) == (0.9, [[0, 1], [1, 0]], None)


def test_without_json_people_can_read_it(run: Run):
    assert run(**PLAIN)[1] == "总分 total 1.2  已证最优 proved\n最差 worst 0.3  已证最优 proved\n0\t0\n1\t1\n"


def test_sparse_scores_are_read_from_npz(run: Run, tmp_path: Path):
    sparse.save_npz(tmp_path / "scores.npz", sparse.csr_array(np.array([[0, 0.5], [0.25, 0]])))
    words = ("--json", "--scores", str(tmp_path / "scores.npz"))
    status, out, _err = run(*words, loads=np.array([1, 1]), coverage=np.array([1, 1]))
    assert (status, json.loads(out)["assignment"]) == (0, [[0, 1], [1, 0]])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"loads": np.array([1, 0])}, "too few people: 2 places are to be filled; people may take 1"),
        ({"loads": np.array([1, 1, 1])}, "loads must be 2 numbers, one for each of the people; the shape is (3,)"),
        ({"coverage": np.array([0.5, 1])}, "coverage must be whole numbers"),
        ({"coverage": np.array([-1, 1])}, "coverage must be whole numbers, none below 0"),
        ({"scores": np.array([[np.nan, 1], [1, 1]])}, "scores hold NaN or infinity"),
        ({"scores": np.array([1.0, 2])}, "scores must be a table of numbers"),
        ({"scores": np.array([["a", "b"]])}, "scores must be a table of numbers"),
        ({"scores": np.array([[{}, {}]], object)}, "no usable array"),
        ({"conflicts": np.array([[1, 0, 0]])}, "conflicts must have the shape of the scores, (2, 2); theirs is (1, 3)"),
        ({"loads_min": np.array([2, 0])}, "people 0 have a least load above their largest"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages_and_nothing_else(run: Run, changes: dict[str, Any], said: str):
    status, out, err = run("--json", **PLAIN | changes)
    assert (status, out) == (2, "")
    chinese, _slash, english = err.partition(" / ")
    assert said in english
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_files_that_are_missing_or_no_arrays_are_named(run: Run, tmp_path: Path):
    (tmp_path / "text.npy").write_text("scores")
    for name, said in (("text.npy", "write numbers with numpy.save"), ("none.npy", "check the path")):
        status, out, err = run("--scores", str(tmp_path / name), loads=np.array([1]), coverage=np.array([1]))
        assert (status, out) == (2, "")
        assert f"{name}: " in err
        assert said in err


def test_a_certificate_is_written_and_checked_and_an_altered_one_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    paper = tmp_path / "paper.json"
    assert run("--certificate", str(paper), "--seed", "2026 第一批", **PLAIN)[0] == 0
    assert door.main(["assign", "check", str(paper)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "无冲突、未超限 no conflict, all limits kept",
        "总分 total 12  最优 optimal",
        "最差 worst 3  最优 optimal",
        "按种子抽取无误 drawn by the seed",
    ]
    assert door.main(["assign", "check", str(paper), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total_optimal"]
    paper.write_text(paper.read_text().replace('"most":[1,1]', '"most":[1,2]'))
    assert door.main(["assign", "check", str(paper)]) == 2
    assert "its content is not what its digest says" in capsys.readouterr().err
    paper.write_text("{")
    assert door.main(["assign", "check", str(paper)]) == 2
    assert "cut short or no JSON" in capsys.readouterr().err
    status, out, err = run("--certificate", str(tmp_path / "no" / "paper.json"), **PLAIN)
    assert (status, out) == (2, "")
    assert "make it first" in err


@pytest.mark.skipif(not MIDL.is_dir(), reason="the conference's scores are not at hand")
def test_the_conference_gets_its_known_optimum_and_the_highest_floor_also_with_least_loads(run: Run, tmp_path: Path):
    words = ["--json", *(f"--{name}={MIDL / file}.npy" for name, file in (("scores", "scores"), ("loads", "loads"), ("coverage", "covs")))]
    most = json.loads(run(*words, "--objective", "total")[1])
    assert (round(most["total"], 4), round(most["worst"], 4), most["proved"]["total"]) == (201.8849, 0.9033, True)
    paper = tmp_path / "paper.json"
    best = json.loads(run(*words, "--certificate", str(paper))[1])
    assert (round(best["total"], 4), round(best["worst"], 5)) == (201.7687, 0.94484)
    assert best["proved"] == {"total": True, "worst": True}
    assert door.main(["assign", "check", str(paper)]) == 0

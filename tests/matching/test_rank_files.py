"""`match rank` and the files of a person: nothing is destroyed, and what is wrong is told before any work with how to mend it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from fuhua.config import door
from fuhua.matching.batch import here
from fuhua.matching.ranking.quantities import quantities

OFFER, NEED = {"id": "A1", "name": "红外开关"}, {"id": "N1", "name": "红外控制的手电筒"}
Told = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "offers").write_text(json.dumps(OFFER), encoding="utf-8")
    (tmp_path / "needs").write_text(json.dumps(NEED), encoding="utf-8")
    return tmp_path


def _rank(folder: Path, output: str | Path, *more: str) -> int:
    files = ["--offers", str(folder / "offers"), "--needs", str(folder / "needs"), "-o", str(output)]
    return door.main(["match", "rank", *files, "--no-reasons", *more])


def test_a_file_that_is_read_is_never_written_by_whatever_name(folder: Path, capsys: Told) -> None:
    (folder / "link").symlink_to(folder / "needs")
    os.link(folder / "offers", folder / "same")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in ("needs", "offers", "link", "same"):
        assert _rank(folder, folder / name) == 1
        told = capsys.readouterr().err
        assert "结果会覆盖要读取的" in told
        assert "name another file for the result" in told
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "that is a folder; name a file in it"),
        ("{folder}", "这是文件夹；请写上其中的文件名"),
        ("{folder}/none/run", "there is no folder"),
        ("{folder}/needs/run", "请先建立，或换一个位置"),
        ("{folder}/" + "a" * 300, "name a place that can"),
    ],
)
def test_an_output_that_cannot_be_is_told_before_anything_is_read(folder: Path, capsys: Told, output: str, said: str) -> None:
    (folder / "offers").write_text("no JSON", encoding="utf-8")
    assert _rank(folder, output.format(folder=folder)) == 1
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["needs", "offers"]


def test_a_dash_is_standard_output_and_what_is_told_goes_beside(folder: Path, capsys: Told) -> None:
    assert _rank(folder, "-") == 0
    told = capsys.readouterr()
    assert [json.loads(line)["need"] for line in told.out.splitlines()] == ["N1"]
    assert "1 个需求 needs" in told.err


def test_a_run_that_is_stopped_says_so_and_keeps_what_is_done(folder: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(work, parts):
        yield work(0, parts[0])
        raise KeyboardInterrupt

    (folder / "needs").write_text(json.dumps(NEED) + "\n" + json.dumps({**NEED, "id": "N2"}), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(here, "each", stopped)
        assert _rank(folder, folder / "run", "--part", "1") == 130
    assert "已中断，再次运行即可继续 / stopped; run it again to go on" in capsys.readouterr().err
    assert _rank(folder, folder / "run", "--part", "1") == 0
    assert "1 / 2" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["needs", "offers", "run"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id": 1.5}', "“id” must be text or a whole number"),
        (b'{"id": true}', "id 应为文字或整数"),
        (b'{"id": " "}', "must not have spaces"),
        (b'{"id": "a b"}', "不能含空格"),
        (b'{"id": "A", "context": ["x"]}', "id “A”：“context” 应为文字"),
        (b'{"id": "A", "maturity": 3}', "id “A”: “maturity” must be text"),
        (b'{"id": "A1"}', "id “A1” 重复"),
        (b'{"id": "A", "name"', "it is cut short or no JSON"),
        (b'{"id": "A", name}', "no JSON from byte 12 on"),
        (b"[]", "应为对象 {…}，而不是数组 […]"),
        (b'{"id": "A", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "嵌套过深"),
        ('{"id": "A", "name": "红外"}'.encode("gb18030"), "请另存为 UTF-8"),
        ('{"id": "A"}'.encode("utf-16-le"), "save it as UTF-8"),
        (b'{"id": "A", "name": "' + b"a" * (1 << 20) + b'"}', "above 1 MB"),
    ],
)
def test_a_line_that_is_no_listing_is_told_by_file_and_number_in_both_languages(folder: Path, capsys: Told, line: bytes, said: str) -> None:
    (folder / "offers").write_bytes(json.dumps(OFFER).encode() + b"\n\n" + line)
    assert _rank(folder, folder / "run") == 1
    told = capsys.readouterr().err
    assert f"{folder / 'offers'} 第 3 行" in told
    assert f"{folder / 'offers'}, line 3" in told
    assert said in told
    assert not (folder / "run").exists()


def test_a_mark_of_the_encoding_is_no_part_of_the_first_line(folder: Path) -> None:
    (folder / "needs").write_text("\ufeff" + json.dumps(NEED), encoding="utf-8")
    assert _rank(folder, folder / "run") == 0


def test_a_folder_whose_name_is_no_text_is_written_to_and_named(folder: Path, capsys: Told) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/\xff"))
    odd.mkdir()
    assert _rank(folder, odd / "run") == 0
    assert "\\udcff" in capsys.readouterr().out


@pytest.mark.parametrize(("option", "value"), [("--part", "0"), ("--part", "x"), ("--scheduler", "foo"), ("--scheduler", "tcp://a:99999")])
def test_a_number_or_address_that_is_none_is_told_in_both_languages(folder: Path, capsys: Told, option: str, value: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        _rank(folder, folder / "run", option, value)
    told = capsys.readouterr().err
    assert f"“{value}”：应" in told
    assert " / must be " in told


@pytest.mark.parametrize("text", ["温度不低于5 m " * 20_000, "5" + " " * 200_000 + "x"])
def test_the_figures_of_a_long_text_are_found_in_the_time_of_its_length(text: str) -> None:
    started = time.process_time()
    list(quantities(text))
    assert time.process_time() - started < 5

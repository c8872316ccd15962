"""`fuhua intake load` and `fuhua intake template` at the terminal."""

from __future__ import annotations

import json

import pytest

from desk.intake.rosters_as_sent import STAYS, stay, workbook
from fuhua.config.door import main
from fuhua.desk.models import Intake
from fuhua.journey.models import Stay


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(workbook(STAYS, stay(1), stay(2, began="去年")))
    return path


def test_load_enters_the_good_rows_and_writes_the_bad_ones(cast, file, tmp_path, capsys):
    bad = tmp_path / "bad.xlsx"
    assert main(["intake", "load", str(file), "--roster", "stays", "--as", "city_officer", "--json", "--bad", str(bad)]) == 1
    result = json.loads(capsys.readouterr().out)
    assert (result["state"], result["new"], result["wrong"], result["rows"][0]["row"]) == ("done", 1, 1, 3)
    assert bad.read_bytes()[:2] == b"PK"


def test_a_dry_run_enters_nothing(cast, file, capsys):
    assert main(["intake", "load", str(file), "--as", "city_officer", "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "新增 new: 1" in said
    assert "第 3 行 row 3" in said
    assert not Stay.objects.exists()


def test_what_cannot_be_read_or_done_is_said_in_both_languages(cast, file, tmp_path, capsys):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(file.read_bytes()[:300])
    for words in ([str(broken), "--as", "city_officer"], [str(tmp_path / "none.xlsx"), "--as", "city_officer"],
                  [str(file), "--as", "nobody"], [str(file), "--as", "founder"]):
        assert main(["intake", "load", *words]) == 1
    said = capsys.readouterr().err
    for phrase in ("文件不完整或已损坏", "cut short or damaged", "无法读取（No such file", "没有账号 nobody", "ask your officer"):
        assert phrase in said
    assert not Intake.objects.exists()


def test_a_template_is_written(tmp_path):
    path = tmp_path / "template.xlsx"
    assert main(["intake", "template", "stays", "-o", str(path)]) == 0
    assert path.read_bytes()[:2] == b"PK"

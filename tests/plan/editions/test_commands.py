"""`plan read`, `plan import` and `plan score` at the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.plan.editions.conftest import FIRST

from fuhua.config.door import main
from fuhua.plan.models import Edition

Write = Callable[[str, str], Path]


def test_read_prints_the_plan_as_json(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(write("p.txt", FIRST)), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [measure["title"] for measure in found["measures"]] == ["选育示范孵化器", "建设公共技术平台", "畅通创业融资渠道"]
    assert found["measures"][1]["units"] == ["市科技局", "市教育局"]
    assert len(found["targets"]) == 5


def test_read_prints_tables_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(write("p.txt", FIRST))]) == 0
    said = capsys.readouterr().out
    assert "建设公共技术平台" in said
    assert "云科发〔2023〕7号" in said


def test_what_cannot_be_read_is_told_in_both_languages(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(write("p.txt", " "))]) == 1
    said = capsys.readouterr().err
    assert "文件是空的" in said
    assert "The file is empty" in said
    assert main(["plan", "read", str(tmp_path / "none.txt")]) == 1
    assert main(["plan", "read", str(tmp_path)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_import_makes_a_draft_and_does_not_publish_what_is_open(cast: object, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "import", str(write("p.txt", FIRST)), "--as", "city_officer", "--slug", "yunhu", "--publish"]) == 1
    said = capsys.readouterr()
    assert "/plans/yunhu/review/" in said.out
    assert "not ready to publish" in said.err
    assert Edition.objects.get().status == "draft"


def test_only_officers_import(cast: object, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    for user in ("department_officer", "nobody"):
        assert main(["plan", "import", str(write("p.txt", FIRST)), "--as", user]) == 1
    assert "no such account" in capsys.readouterr().err
    assert Edition.objects.count() == 0


def test_score_compares_with_a_gold(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("p.txt", FIRST)
    main(["plan", "read", str(path), "--json"])
    gold = write("gold.json", capsys.readouterr().out)
    assert main(["plan", "score", str(path), str(gold)]) == 0
    assert capsys.readouterr().out.count("F1 1.000") == 4
    assert main(["plan", "score", str(path), str(path)]) == 1

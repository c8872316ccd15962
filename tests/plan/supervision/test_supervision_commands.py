"""`fuhua plan tasks import`, `fuhua plan exceptions` and `fuhua desk tick` at the terminal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from fuhua.config import door
from fuhua.desk.models import Ask
from fuhua.plan.models import Task


def test_tasks_are_imported_asked_about_and_reminded_of(edition: Any, cast: Any, tmp_path: Path, today: dt.date,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tasks.csv"
    late = today - dt.timedelta(days=40)
    file.write_text(f"title,lead,verifier,due\n任务甲,市财政局,北京市科学技术委员会,{late}\n", encoding="utf-8")
    whose = ["--edition", "test-plan", "--by", cast["city_officer"].party.urn]
    assert door.main(["plan", "tasks", "import", str(file), *whose]) == 0
    assert door.main(["plan", "exceptions", *whose]) == 0
    assert door.main(["desk", "tick"]) == 0
    assert door.main(["desk", "tick"]) == 0
    assert capsys.readouterr().out.splitlines() == ["已下达 1 项任务 tasks issued", "已要求 1 项说明 explanations asked",
                                                    "3 条新提醒 new notices", "0 条新提醒 new notices"]
    assert Ask.objects.get().about == Task.objects.get().urn


@pytest.mark.parametrize("words", [["import", "missing.csv", "--edition", "test-plan"], ["import", "missing.csv", "--edition", "none"]])
def test_what_cannot_be_imported_is_explained(edition: Any, cast: Any, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["plan", "tasks", *words, "--by", cast["city_officer"].party.urn]) == 1
    assert capsys.readouterr().err

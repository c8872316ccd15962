"""Adding “night school” is adding one file: call, form, conditions, rubric and reference have it with no other change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from fuhua.kernel.registry import Registry
from fuhua.schemes.actions import applications
from fuhua.schemes.kinds import schemes as kinds
from fuhua.schemes.queries import eligibility
from schemes.calling import NOW, OFFICER, a_draft, an_open_call

PLANT = '''"""Night school (夜校)."""

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Example, Kind, Requirement

SPEC = Kind(
    code="night_school", label=t("创业夜校", "night school"), why=t("夜间授课", "taught at night"), applicants=frozenset({"incubator"}),
    asks=(Ask("lamps", t("灯具数量", "lamps"), "number", unit=t("盏", "lamps"), required=True),
          Ask("quiet", t("是否安静", "it is quiet"), "yes", required=True)),
    rubric=(Criterion("light", t("照明", "light"), 100),),
    requirements=(Requirement("quiet", t("安静", "quiet"), t("夜校办法", "rule of the school"), says_yes("quiet")),),
    examples=(Example(Case({"quiet": True}, sort="incubator")),),
)
'''


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The one file, dropped into the folder of kinds."""
    (tmp_path / "night_school.py").write_text(PLANT, "utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    monkeypatch.setattr(kinds, "_KINDS", Registry("kinds of scheme", key=lambda kind: kind.code))
    yield
    sys.modules.pop(f"{kinds.__name__}.night_school", None)


@pytest.mark.usefixtures("planted", "cast")
def test_a_kind_that_was_dropped_in_is_called_for_written_and_judged(client_of: Callable[[str], Client]) -> None:
    assert "创业夜校" in client_of("city_officer").get("/schemes/calls/new/").content.decode()
    call = an_open_call("night_school")
    assert [each["code"] for each in call.rules["rubric"]] == ["light"]
    row = a_draft(call)
    operator = client_of("operator")
    assert "灯具数量（盏）" in operator.get(f"/schemes/applications/{row.pk}/").content.decode()
    operator.post(f"/schemes/applications/{row.pk}/save/", {"version": "1", "title": "夜校", "lamps": "12 盏", "quiet": "no"})
    row = applications.submit(application=row, by=OFFICER, at=NOW)
    assert (row.values, eligibility.of(row, NOW).failing) == ({"lamps": "12", "quiet": False}, ["quiet"])

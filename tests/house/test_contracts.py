"""import-linter's contracts: the real tree keeps them, and every one of them breaks on a planted import."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

# contract id → the module that offends, and the import that is wrong there
PLANTS = {
    "floors": [
        ("kernel.planted_up", "plan.words"),
        ("desk.words", "journey.words"),
        ("exchange.words", "schemes.planted_apart"),
        ("kernel.planted_sideways", "config.settings"),
    ],
    "rooms": [
        ("parties.words", "parties.queries"),
        ("evidence.facts", "evidence.actions.facts"),
    ],
    "circles": [
        ("kernel.planted_circle.one", "kernel.planted_circle.two"),
        ("kernel.planted_circle.two", "kernel.planted_circle.one"),
    ],
    "entrances": [("plan.pages.planted_guest", "parties.pages.adapter")],
    "pure": [
        ("evidence.proof.tree", "evidence.models"),
        ("plan.indicators.planted_reader", "plan.models"),
        ("plan.indicators.planted_query", "evidence.queries"),
        ("kernel.sheet.archive", "kernel.access"),
    ],
    "no-django": [("plan.twin.planted_django", "django.db")],
    "indicators": [("plan.indicators.planted_dreamer", "plan.twin"), ("plan.indicators.planted_flow", "kernel.flow")],
    "tables-of-evidence": [("front.pages.planted_rows", "evidence.models"), ("plan.commands.planted_rows", "evidence.models")],
    "tables-of-parties": [("desk.pages.planted_rows", "parties.models"), ("journey.reactions.planted_rows", "parties.models")],
    "tables-of-desk": [("journey.pages.planted_rows", "desk.models")],
    "tables-of-capital": [("plan.panels.planted_rows", "capital.models")],
    "tables-of-exchange": [("journey.pages.planted_rows", "exchange.models")],
    "tables-of-schemes": [("journey.kinds.planted_rows", "schemes.models")],
    "tables-of-journey": [("plan.pages.planted_rows", "journey.models")],
    "tables-of-plan": [("front.pages.planted_rows", "plan.models")],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Contract id → what import-linter says of it in a copy of the tree in which every offence above is planted."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "migrations")
    )
    (copy / "src" / "fuhua" / "plan" / "planted_room.py").touch()
    for offences in PLANTS.values():
        for importer, imported in offences:
            _plant(copy / "src" / "fuhua", importer, imported)
    said = _lint(copy, pythonpath=copy / "src")
    assert said.returncode == 1, said.stdout + said.stderr
    broken = said.stdout.split("Broken contracts", 1)[1]
    names = dict(re.findall(r'^id = "(.+)"\nname = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M))
    starts = {key: broken.find(f"\n{name}\n") for key, name in names.items()}
    assert all(start >= 0 for start in starts.values()), (starts, broken[:2000])
    ends = sorted([*starts.values(), len(broken)])
    return {key: broken[start : next(end for end in ends if end > start)] for key, start in starts.items()}


def test_the_tree_keeps_every_contract():
    said = _lint(ROOT, pythonpath=ROOT / "src")
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_contract_has_a_plant():
    assert set(PLANTS) == set(re.findall(r'^id = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M))


@pytest.mark.parametrize("contract", PLANTS)
def test_a_contract_names_the_planted_import(contract: str, told: dict[str, str]):
    for importer, imported in PLANTS[contract]:
        named = f"in fuhua.{importer.rsplit('.', 1)[0]}." if contract == "circles" else f"fuhua.{importer} -> "
        assert named in told[contract], told[contract]
        assert imported.split(".")[0] in told[contract]


def test_an_unknown_room_is_named(told: dict[str, str]):
    assert "- fuhua.plan.planted_room\n" in told["rooms"]


def _plant(package: Path, importer: str, imported: str) -> None:
    """Make sure both modules are there, and let the first import the second."""
    target = imported if imported.startswith("django") else f"fuhua.{imported}"
    for dotted in (importer, *([] if target == imported else [imported])):
        _ensure(package, dotted)
    file = _file(package, importer)
    file.write_text(f"{file.read_text('utf-8')}\nimport {target} as planted\n", "utf-8")


def _ensure(package: Path, dotted: str) -> None:
    parts = dotted.split(".")
    for depth in range(1, len(parts)):
        folder = package.joinpath(*parts[:depth])
        if folder.with_suffix(".py").exists():
            return
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    file = _file(package, dotted)
    if not file.exists():
        file.touch()


def _file(package: Path, dotted: str) -> Path:
    path = package.joinpath(*dotted.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _lint(folder: Path, *, pythonpath: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(pythonpath),
        "COLUMNS": "400",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [str(LINT), "--no-cache", "--no-logo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )

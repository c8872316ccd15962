"""The reference says what the registries say: up to date, complete, and every command and variable is explained."""

from __future__ import annotations

import argparse
import ast
import os
import sys
from pathlib import Path

import pytest

from fuhua.config import commands, reference
from fuhua.config.reference.variables import SOURCES, declared
from fuhua.kernel.command import COMMANDS
from fuhua.kernel.registry import Registry

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
# docs/reference/access.md has a test of its own; running.md tells of clusters, reviewing.md of draws
ELSEWHERE = {"pages", "access rules", "clusters", "solvers of draws"}


@pytest.fixture(scope="module", autouse=True)
def _full_registries() -> None:
    """As at the command door: every engine's commands are found."""
    commands.discover()


@pytest.fixture(scope="module")
def derived() -> dict[str, str]:
    """File name → what the declarations say now."""
    return reference.pages()


def test_the_committed_reference_is_what_the_declarations_say(derived):
    if os.environ.get("FUHUA_UPDATE") == "1":
        reference.write()
    committed = {name: (reference.FOLDER / name).read_text(encoding="utf-8") for name in derived}
    stale = [name for name in derived if committed[name] != derived[name]]
    assert stale == [], "run ./fuhua docs, or this test with FUHUA_UPDATE=1"


def test_only_what_differs_is_written(tmp_path):
    assert {str(path.relative_to(tmp_path)) for path in reference.write(tmp_path)} == set(reference.pages())
    (tmp_path / "facts.md").write_text("stale", encoding="utf-8")
    assert [path.name for path in reference.write(tmp_path)] == ["facts.md"]


def _registries() -> list[Registry]:
    """Every registry of the package that a module holds."""
    found = {
        id(value): value
        for name, module in list(sys.modules.items())
        if name.startswith("fuhua.")
        for value in vars(module).values()
        if isinstance(value, Registry)
    }
    return list(found.values())


def test_every_registry_entry_appears(derived):
    registries = {registry.name: registry.keys() for registry in _registries() if registry.name not in ELSEWHERE}
    assert {"facts", "indicators", "rosters", "commands", "kinds of ask"} <= set(registries)
    text = "\n".join(derived.values())
    assert [(name, key) for name, keys in registries.items() for key in keys if key not in text] == []


def test_every_command_is_listed_with_every_argument(derived):
    page = derived["commands.md"]
    for each in COMMANDS:
        section = page.split(f"## `./fuhua {each.name}`\n", 1)[1].split("\n## ", 1)[0]
        parser = argparse.ArgumentParser()
        each.arguments(parser)
        wanted = [word for action in parser._actions for word in action.option_strings or [action.dest]]
        assert [word for word in wanted if word not in ("-h", "--help") and word not in section] == []


def test_every_action_module_that_writes_is_listed(derived):
    page = derived["actions.md"]
    for path in sorted((ROOT / "src" / "fuhua").glob("*/actions/*.py")):
        public = [
            node.name for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        missing = [name for name in public if f"`{name}(" not in page]
        assert missing == [], path


def test_every_environment_variable_is_explained():
    names = {each.name for each in declared()}
    assert {"DATABASE_URL", "FUHUA_DATA", "FUHUA_OIDC_CLIENT", "REDIS_URL"} <= names
    written = (DOCS / "settings.md").read_text("utf-8")
    explained = {line.split("`")[1] for line in written.splitlines() if line.startswith("| `")}
    assert explained == names


def test_no_variable_of_ours_is_read_elsewhere_in_the_package():
    known = {each.name for each in declared()}
    read = {
        (str(path.relative_to(ROOT)), each.name)
        for path in (ROOT / "src" / "fuhua").rglob("*.py")
        if path not in SOURCES
        for each in declared(path)
        if each.name.startswith("FUHUA_") and each.name not in known
    }
    assert read == set()


def test_a_variable_is_found_however_it_is_read(tmp_path):
    source = tmp_path / "settings.py"
    source.write_text(
        'import os\na = os.environ.get("FUHUA_A", "x")\nb = os.environ["OTHER_B"]\n'
        'def c(given):\n    return given.get("FUHUA_C", "") or given["FUHUA_A"]\nd = {}["default"]\n',
        encoding="utf-8",
    )
    assert [(each.name, each.default) for each in declared(source)] == [("FUHUA_A", "'x'"), ("FUHUA_C", ""), ("OTHER_B", "")]

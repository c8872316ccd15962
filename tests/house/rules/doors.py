"""Where engines meet: an engine leans on a lower one only through its doors, and on nobody's private names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.rules.tree import FLOORS, Finding, Module, Tree, engine_of, name_of, room_of

DOORS = {"actions", "queries", "kinds", "words", "facts", "access", "proof", "catalog", "reasoning", "columns", "titles", "told"} | {
    "index", "text", "ranking", "splitting", "expertise", "dense", "assignment"}  # of matching, all of which is pure
JOINS_TABLES = {"models", "queries", "actions"}
DECLARED_AT_START = (
    "config/commands/__init__.py",
    "config/door.py",
    "config/urls.py",
    "kernel/engine.py",
    "kernel/registry.py",
)
FROM_TEXT = ("import_module", "__import__", "import_string")
INDICATORS_READ = {"facts", "words"}


def engines_meet_at_doors(tree: Tree) -> Iterator[Finding]:
    """Of another engine, actions, queries, kinds, words, facts, access, proof, policy's catalogue and matching are open; panels to pages.

    Models are open to foreign keys and to rooms that read or write: queries and actions. Everything else is its own.
    """
    for module in tree.modules:
        if module.engine in ("", "config"):
            continue
        for line, dotted, _name in module.imports:
            engine, room = engine_of(dotted), room_of(dotted)
            if engine in ("", "kernel", module.engine) or room in _open_to(module.room):
                continue
            yield module.find(line, f"{dotted} is no door of {engine}: its doors are {', '.join(sorted(DOORS))}")


def _open_to(room: str) -> set[str]:
    if room in ("pages", "panels"):
        return DOORS | {"panels"}
    return DOORS | {"models"} if room in JOINS_TABLES else DOORS


def imports_go_down(tree: Tree) -> Iterator[Finding]:
    """The floors once more, line by line, so that a finding names the line that import-linter's chain may bury."""
    for module in tree.modules:
        for line, dotted, _name in module.imports:
            target = engine_of(dotted)
            lower = FLOORS.get(module.engine, 0) > FLOORS.get(target, 99)
            if module.engine and target in FLOORS and target != module.engine and not lower:
                yield module.find(line, f"{module.engine} stands below or beside {target} and must not import {dotted}")


def indicators_read_facts_only(tree: Tree) -> Iterator[Finding]:
    """An indicator imports facts and words of engines, the kernel, evidence.proof and its siblings."""
    for module in tree.modules:
        if (module.engine, module.room) != ("plan", "indicators"):
            continue
        for line, dotted, _name in module.imports:
            ours = dotted.startswith("fuhua.")
            known = (
                engine_of(dotted) == "kernel"
                or room_of(dotted) in INDICATORS_READ
                or dotted.startswith(("fuhua.evidence.proof", "fuhua.plan.indicators"))
            )
            if (ours and not known) or dotted.split(".")[0] == "django":
                yield module.find(line, f"an indicator reads facts only, not {dotted}")


def private_names_stay_home(tree: Tree) -> Iterator[Finding]:
    """A name that opens with an underscore is used in its own engine only."""
    for module in tree.modules:
        aliases = {}
        for line, dotted, name in module.imports:
            other = engine_of(dotted)
            if other and other != module.engine:
                aliases[name] = other
                if any(_private(part) for part in dotted.split(".")):
                    yield module.find(line, f"{dotted} is private to {other}")
        yield from _private_attributes(module, aliases)


def _private_attributes(module: Module, aliases: dict[str, str]) -> Iterator[Finding]:
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and _private(node.attr):
            other = aliases.get(name_of(node.value).split(".")[0])
            if other:
                yield module.find(node.lineno, f"{node.attr} is private to {other}")


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in ("_meta", "_default_manager")


def imports_stand_at_the_top(tree: Tree) -> Iterator[Finding]:
    """No import hides in a function, and none is made from a string but where rooms are found at start."""
    for module in tree.modules:
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        yield module.find(inner.lineno, "an import inside a function: move it to the top")
        if module.path.endswith(DECLARED_AT_START):
            continue
        for node in module.nodes:
            if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in FROM_TEXT:
                yield module.find(node.lineno, "an import made from text escapes the contracts")

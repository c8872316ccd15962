"""Which modules there may be: known rooms, pure rooms where they belong, and names that say what a thing is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from house.rules.tree import FLOORS, Finding, Tree

ROOMS = {
    "commands",
    "pages",
    "reactions",
    "panels",
    "actions",
    "queries",
    "models",
    "kinds",
    "flow",
    "access",
    "facts",
    "words",
    "migrations",
    "apps",
    "__init__",
}
PURE = {
    "evidence": {"proof"},
    "matching": {"assignment", "batch", "compiled", "dense", "expertise", "index", "ranking", "splitting", "text"},
    "plan": {"indicators", "reading", "twin"},
    "policy": {"catalog", "rules", "inputs", "reasoning", "columns", "titles", "told"},
}
SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "shared",
    "lib",
    "tools",
}


def rooms_are_known(tree: Tree) -> Iterator[Finding]:
    """An engine is made of the rooms of docs/house.md and no others; the kernel and config name theirs freely."""
    for module in tree.modules:
        if module.engine in ("", "kernel", "config"):
            continue
        if module.engine not in FLOORS:
            yield module.find(1, f"there is no floor “{module.engine}” in docs/house.md")
        if module.room not in ROOMS | PURE.get(module.engine, set()):
            yield module.find(1, f"“{module.room}” is no room of {module.engine}; see docs/house.md")


def names_say_something(tree: Tree) -> Iterator[Finding]:
    """No module or folder is called utils, helpers, common, base, manager, service or the like."""
    for module in tree.python:
        for part in PurePosixPath(module.path).with_suffix("").parts:
            if part in SAYS_NOTHING or part.endswith(("_utils", "_helpers", "_manager", "_service")):
                yield module.find(1, f"“{part}” says nothing: name it by what it is in the field")

"""The reference of actions: each engine's public functions and verbs, read from the source of its actions room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from fuhua.config.reference.markdown import code, first_line, table

_HEAD = """Actions are the only functions that write. `by` is the URN of whoever acts, `at` the moment, `on` the Beijing day from
which it is true. A *verb* (of `evidence.actions.verbs`) takes the fields of its kind of fact, which are in
[facts](facts.md), and has `.correct(digest, …)` and `.void(digest, reason=…)` beside the call itself.

"""
_PACKAGE = Path(__file__).resolve().parents[2]


def page() -> str:
    """One section an engine, one table a module."""
    parts = [_HEAD]
    for engine in settings.ENGINES:
        modules = sorted((_PACKAGE / engine / "actions").glob("*.py"))
        tables = [text for path in modules if (text := _module(path))]
        if tables:
            parts += [f"## {engine}\n\n", *tables]
    return "".join(parts)


def _module(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rows = list(_rows(tree))
    if not rows:
        return ""
    return f"### `{path.parts[-3]}.actions.{path.stem}`\n\n{first_line(ast.get_docstring(tree))}\n\n" + table(("call", "does"), rows)


def _rows(tree: ast.Module) -> Iterator[tuple[str, str]]:
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) if not name.startswith("_"):
                yield code(_signature(node)), first_line(ast.get_docstring(node))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="Verb")) as call) if not name.startswith("_"):
                yield code(f"{name}(*, by, at, on, grade, …)"), _verb(call)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=made))) if made in classes and name[0] != "_":
                yield code(f"{name}(…)"), first_line(ast.get_docstring(classes[made]))


def _verb(call: ast.Call) -> str:
    """What a verb records, in words."""
    said = f"verb; records {code(ast.unparse(call.args[0]).rsplit('.', 1)[-1])}"
    for keyword in call.keywords:
        if keyword.arg == "after":
            said += f"; only after {code(ast.unparse(keyword.value).rsplit('.', 1)[-1])}"
        elif keyword.arg == "fill":
            said += "; computes fields that nobody types in"
        elif keyword.arg == "state":
            said += "; keeps a row in step"
    return said


def _signature(node: ast.FunctionDef) -> str:
    returns = f" → {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"

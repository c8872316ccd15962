"""The reference of environment variables: what the settings read, found in their source."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from fuhua.config.reference.markdown import code, table

SOURCE = Path(__file__).resolve().parents[1] / "settings.py"
_HEAD = """Every variable that `config/settings.py` reads, with the default as it stands there. What each is for, and which
of them production needs, is in [settings](../settings.md).

"""


@dataclass(frozen=True)
class Variable:
    """One environment variable and the expression that stands in for it when it is unset."""

    name: str
    default: str


def declared(source: Path = SOURCE) -> list[Variable]:
    """Every variable read from ``os.environ`` in a Python file, each once, in order of appearance."""
    found: dict[str, Variable] = {}
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr="get", value=ast.Attribute(attr="environ")), args=[ast.Constant(value=name), *rest]):
                found.setdefault(name, Variable(name, _unparsed(rest)))
            case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=name)):
                found.setdefault(name, Variable(name, ""))
    return sorted(found.values(), key=lambda each: each.name)


def _unparsed(rest: list[ast.expr]) -> str:
    return ast.unparse(rest[0]) if rest and not (isinstance(rest[0], ast.Constant) and rest[0].value == "") else ""


def page() -> str:
    """The table of variables."""
    return _HEAD + table(("variable", "default"), [(code(each.name), code(each.default) or "unset") for each in declared()])

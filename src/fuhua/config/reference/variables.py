"""The reference of environment variables: what the settings read, found in their source."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fuhua.config.reference.markdown import code, table

HOUSE = Path(__file__).resolve().parents[2]
SOURCES = (HOUSE / "config" / "settings.py", HOUSE / "matching" / "commands" / "rank.py")  # matching is pure and knows no settings
_HEAD = """Every variable that `config/settings.py`, or a command that knows no Django, reads, with the default as it stands there. What
each is for, and which of them production needs, is in [settings](../settings.md).

"""


@dataclass(frozen=True)
class Variable:
    """One environment variable and the expression that stands in for it when it is unset."""

    name: str
    default: str


def declared(*sources: Path) -> list[Variable]:
    """Every variable that Python files read, by name: from ``os.environ``, or by a name of ours from what they were given."""
    found: dict[str, Variable] = {}
    for node in chain.from_iterable(ast.walk(ast.parse(source.read_text(encoding="utf-8"))) for source in sources or SOURCES):
        match node:
            case ast.Call(func=ast.Attribute(attr="get", value=where), args=[ast.Constant(value=str(name)), *rest]):
                default = _unparsed(rest)
            case ast.Subscript(value=where, slice=ast.Constant(value=str(name))):
                default = ""
            case _:
                continue
        if name.startswith("FUHUA_") or ast.unparse(where).endswith("environ"):
            known = found.get(name)
            found[name] = Variable(name, known.default if known and known.default else default)
    return sorted(found.values(), key=lambda each: each.name)


def _unparsed(rest: list[ast.expr]) -> str:
    return ast.unparse(rest[0]) if rest and not (isinstance(rest[0], ast.Constant) and rest[0].value == "") else ""


def page() -> str:
    """The table of variables."""
    return _HEAD + table(("variable", "default"), [(code(each.name), code(each.default) or "unset") for each in declared()])

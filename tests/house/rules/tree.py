"""The source tree as the house rules see it: modules by engine and room, templates, and what is found where."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FLOORS = {
    "config": 10,
    "front": 9,
    "plan": 8,
    "spaces": 8,
    "journey": 7,
    "exchange": 6,
    "schemes": 6,
    "capital": 5,
    "scouting": 5,
    "desk": 4,
    "parties": 3,
    "evidence": 2,
    "policy": 2,
    "matching": 2,
    "kernel": 1,
}
WRITTEN_IN = ("src", "tests", "benchmarks")
HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3001-\u303f]")


@dataclass(frozen=True)
class Finding:
    """One offence: where it stands and what is wrong, with the way to mend it."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


@dataclass(frozen=True)
class Written:
    """A text file of the tree; ``path`` is relative to the root, with slashes."""

    path: str
    text: str

    @property
    def engine(self) -> str:
        """``plan`` of ``src/fuhua/plan/…``, or blank outside the engines."""
        parts = self.path.split("/")
        return parts[2] if parts[:2] == ["src", "fuhua"] and len(parts) > 3 else ""

    @property
    def room(self) -> str:
        """``queries`` of ``src/fuhua/plan/queries/…`` or ``…/queries.py``, or blank."""
        parts = self.path.split("/")
        return parts[3].removesuffix(".py") if self.engine else ""

    def find(self, line: int, says: str) -> Finding:
        """A finding in this file."""
        return Finding(self.path, line, says)


class Module(Written):
    """A Python module, parsed once."""

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax; a module that does not parse raises SyntaxError with its path."""
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of its syntax."""
        return list(ast.walk(self.tree))

    @property
    def dotted(self) -> str:
        """``fuhua.plan.queries`` of ``src/fuhua/plan/queries/__init__.py``."""
        return ".".join(Path(self.path).with_suffix("").parts[1:]).removesuffix(".__init__")

    @property
    def generated(self) -> bool:
        """Whether it is a migration, which Django writes."""
        return self.room == "migrations"

    @cached_property
    def imports(self) -> list[tuple[int, str, str]]:
        """Line, dotted name and local name of everything imported; relative imports are made absolute."""
        return list(self._imports())

    def _imports(self) -> Iterator[tuple[int, str, str]]:
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name, alias.asname or alias.name.split(".")[0]
            elif isinstance(node, ast.ImportFrom):
                package = self._absolute(node)
                for alias in node.names:
                    yield node.lineno, f"{package}.{alias.name}", alias.asname or alias.name

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.dotted.split(".")
        above = parts[: len(parts) - node.level + (1 if self.path.endswith("/__init__.py") else 0)]
        return ".".join([*above, *([node.module] if node.module else [])])

    def prose(self) -> set[int]:
        """The ids of its docstring nodes, which are no text for the reader of a page."""
        owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        return {
            id(node.body[0].value)
            for node in self.nodes
            if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
        }


class Tree:
    """A checkout, or a planted copy of one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def modules(self) -> list[Module]:
        """Every module of the package."""
        return [module for module in self.python if module.path.startswith("src/fuhua/")]

    @cached_property
    def python(self) -> list[Module]:
        """Every module of the package, the tests and the benchmarks, and the script at the root."""
        script = [self.root / "fuhua"] if (self.root / "fuhua").is_file() else []
        return [Module(self._name(path), path.read_text("utf-8")) for path in [*script, *self._files("*.py")]]

    @cached_property
    def templates(self) -> list[Written]:
        """Every template of the package."""
        return [
            Written(self._name(path), path.read_text("utf-8"))
            for path in self._files("*.html")
            if "templates" in path.parts
        ]

    @cached_property
    def assets(self) -> list[Written]:
        """Every style sheet and script of the package."""
        return [
            Written(self._name(path), path.read_text("utf-8"))
            for pattern in ("*.css", "*.js")
            for path in self._files(pattern)
        ]

    def paper(self, name: str) -> Written | None:
        """A file at the root by name, if it is there."""
        path = self.root / name
        return Written(name, path.read_text("utf-8")) if path.is_file() else None

    def _files(self, pattern: str) -> Iterator[Path]:
        for folder in WRITTEN_IN:
            yield from sorted(path for path in (self.root / folder).rglob(pattern) if "__pycache__" not in path.parts)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def engine_of(dotted: str) -> str:
    """``plan`` of ``fuhua.plan.queries``, or blank for what is not ours."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "fuhua" and len(parts) > 1 else ""


def room_of(dotted: str) -> str:
    """``queries`` of ``fuhua.plan.queries.figures``, or blank."""
    parts = dotted.split(".")
    return parts[2] if parts[0] == "fuhua" and len(parts) > 2 else ""


def goes_down(source: str, target: str) -> bool:
    """Whether the engine ``source`` may lean on the engine ``target``: itself, or one on a lower floor."""
    return source == target or FLOORS.get(source, 0) > FLOORS.get(target, 99)


def name_of(node: ast.expr | None) -> str:
    """``a.b.c`` of an expression made of names only; calls and subscripts in between are kept as ``()`` and ``[]``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{name_of(value)}.{name}"
        case ast.Call(func=function):
            return f"{name_of(function)}()"
        case ast.Subscript(value=value):
            return f"{name_of(value)}[]"
        case _:
            return ""


def literal(node: ast.expr | None) -> str | None:
    """The text of a string literal (also of a formatted one, without its values), else None."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value for part in parts if isinstance(part, ast.Constant))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = literal(left), literal(right)
            return None if one is None or other is None else one + other
        case _:
            return None

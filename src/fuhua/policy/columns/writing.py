"""The text of a kernel as it is written: lines, depth, names, and what is already worked out at each depth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fuhua.policy.columns.numbers import Fixed


class Writer:
    """Lines of one function; names are never used twice, and what is remembered inside a block is forgotten after it."""

    def __init__(self, first: str) -> None:
        self.lines = [first]
        self._depth, self._names = 1, 0
        self._known: list[dict[Any, Any]] = [{}]

    @property
    def text(self) -> str:
        """All that is written."""
        return "\n".join(self.lines)

    def add(self, line: str) -> None:
        """One line."""
        self.lines.append("    " * self._depth + line)

    def name(self, stem: str) -> str:
        """A new name."""
        self._names += 1
        return f"{stem}{self._names}"

    def let(self, code: str, stem: str = "t") -> str:
        """The name of an expression, the same for the same text; names and literals stand for themselves."""
        if code.isidentifier() or code.lstrip("(-").rstrip(")").isdigit():
            return code
        found = self.remembered(code)
        if found is not None:
            return found
        name = self.name(stem)
        self.add(f"{name} = {code}")
        return self.remember(code, name)

    def kept(self, value: Fixed) -> Fixed:
        """The value under a name."""
        return replace(value, code=self.let(value.code))

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """An indented block below ``opening``; what is worked out in it is not known outside."""
        self.add(opening)
        self._depth += 1
        self._known.append({})
        length = len(self.lines)
        yield
        if len(self.lines) == length:
            self.add("pass")
        self._known.pop()
        self._depth -= 1

    def remembered(self, key: Any) -> Any:
        """What was worked out for the key here or in a block around, or None."""
        return next((level[key] for level in reversed(self._known) if key in level), None)

    def remember(self, key: Any, value: Any) -> Any:
        """Keep a value for the rest of this block."""
        self._known[-1][key] = value
        return value

"""Pieces of Markdown: tables whose cells cannot break them, phrases in both languages, docstrings as prose."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any

from fuhua.kernel.words import Text

_ROLE = re.compile(r":\w+:`~?([^`]+)`")
_LITERAL = re.compile(r"``([^`]+)``")


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table with a blank line after it; empty text when there are no rows."""
    body = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    if not body:
        return ""
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *body]) + "\n\n"


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ").strip()


def both(text: Text) -> str:
    """Chinese, then English."""
    return f"{text.zh} · {text.en}" if text.zh or text.en else ""


def prose(docstring: str | None) -> str:
    """A docstring as Markdown: roles and literals become code."""
    text = inspect.cleandoc(docstring or "")
    return _LITERAL.sub(r"`\1`", _ROLE.sub(r"`\1`", text))


def first_line(docstring: str | None) -> str:
    """The sentence that a docstring opens with."""
    return prose(docstring).split("\n\n")[0].replace("\n", " ")


def code(value: object) -> str:
    """The value as code; nothing for an empty one."""
    return f"`{value}`" if str(value) else ""

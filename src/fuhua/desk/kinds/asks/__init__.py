"""Kinds of ask, one file each; dropping a file here adds a kind to the form, the clocks and the filters."""

from __future__ import annotations

from fuhua.desk.words import AskKind
from fuhua.kernel.registry import Registry

_KINDS: Registry[AskKind] = Registry("kinds of ask", key=lambda kind: kind.code)


def ask_kinds() -> Registry[AskKind]:
    """Every kind of ask, by code."""
    _KINDS.discover(__name__)
    return _KINDS

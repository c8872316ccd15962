"""What Python says to people: every phrase in both languages, and nothing in Chinese beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.rules.screens import one_sided
from house.rules.tree import HAN, Finding, Tree, literal, name_of

SPEAK_TO_PEOPLE = {"pages", "panels", "access", "flow", "facts"}


def both_languages_are_said(tree: Tree) -> Iterator[Finding]:
    """Each ``t(zh, en)`` has two literals: Chinese and English, with the same placeholders."""
    for module in tree.modules:
        for node in module.nodes:
            if not isinstance(node, ast.Call) or name_of(node.func) not in ("t", "words.t") or _declares_t(module.path):
                continue
            sides = [literal(argument) for argument in node.args]
            if len(sides) != 2 or node.keywords or None in sides:
                yield module.find(
                    node.lineno,
                    "t() takes two literals, Chinese and English: fill values in by .format(), compose with Text()",
                )
            elif any(isinstance(part, ast.JoinedStr) for argument in node.args for part in ast.walk(argument)):
                yield module.find(
                    node.lineno, "t() takes no f-string: fill values in by .format(), compose with Text()"
                )
            elif wrong := one_sided(sides[0] or "", sides[1] or ""):
                yield module.find(node.lineno, wrong)


def _declares_t(path: str) -> bool:
    return path.endswith(("kernel/words.py", "ui/templatetags/ui.py"))


def _reads(call: ast.Call) -> bool:
    """Whether the call matches text that somebody wrote, rather than writing any."""
    return name_of(call.func).startswith("re.")


def pages_speak_both_languages(tree: Tree) -> Iterator[Finding]:
    """In rooms that speak to people, Chinese text stands in ``t()`` and nowhere else."""
    for module in tree.modules:
        if module.room not in SPEAK_TO_PEOPLE or module.engine == "kernel":
            continue
        inside = {
            id(part)
            for node in module.nodes
            if isinstance(node, ast.Call) and (name_of(node.func) in ("t", "words.t") or _reads(node))
            for part in ast.walk(node)
        } | module.prose()
        for node in module.nodes:
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in inside
                and HAN.search(node.value)
            ):
                yield module.find(node.lineno, f"“{node.value[:20]}” stands outside t(): English readers get Chinese")

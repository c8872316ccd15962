"""How long things may be: a file 400 lines, a function 40."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.rules.tree import Finding, Tree

FILE_LINES = 400
FUNCTION_LINES = 40


def files_are_short(tree: Tree) -> Iterator[Finding]:
    """No module, template, style sheet or script is longer than 400 lines; migrations are written by Django."""
    written = [module for module in tree.python if not module.generated]
    papers = [paper for name in (".ci/run", "pyproject.toml") if (paper := tree.paper(name))]
    for file in [*written, *tree.templates, *tree.assets, *papers]:
        lines = len(file.text.splitlines())
        if lines > FILE_LINES:
            yield file.find(FILE_LINES + 1, f"{lines} lines, at most {FILE_LINES}: split it by what it is about")


def functions_are_short(tree: Tree) -> Iterator[Finding]:
    """No function is longer than 40 lines from its ``def`` to its end, docstring included."""
    for module in tree.python:
        if module.generated:
            continue
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield module.find(
                        node.lineno, f"{node.name} is {lines} lines, at most {FUNCTION_LINES}: name its steps"
                    )

"""How things open: a module with one sentence, a public class or function with what it gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.rules.tree import Finding, Module, Tree

_TWO_SENTENCES = re.compile(r"[a-z)`][.!?] +[A-Z]")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def modules_open_with_a_sentence(tree: Tree) -> Iterator[Finding]:
    """The first line of a module's docstring is one sentence that says what the module is for."""
    for module in tree.python:
        if module.generated:
            continue
        said = (ast.get_docstring(module.tree) or "").splitlines()
        if not said:
            yield module.find(1, "opens without a sentence saying what it is for")
        elif not said[0].endswith((".", "。")) or _TWO_SENTENCES.search(said[0]):
            yield module.find(1, f"its first line is not one sentence: “{said[0]}”")


def public_things_are_explained(tree: Tree) -> Iterator[Finding]:
    """Every public function and class of the package has a docstring; so has a public method where it is declared.

    A method needs none that overrides (its class has bases), or that does what a protocol or a class of the same module
    explains.
    """
    protocols = {
        name
        for module in tree.modules
        for node in module.nodes
        if isinstance(node, ast.ClassDef) and not _overrides(node) and node.bases
        for name in _explained(node)
    }
    for module in tree.modules:
        if not module.generated:
            own = {name for node in module.nodes if isinstance(node, ast.ClassDef) for name in _explained(node)}
            yield from _unexplained(module, protocols | own)


def _explained(node: ast.ClassDef) -> Iterator[str]:
    return (method.name for method in node.body if isinstance(method, _FUNCTION) and ast.get_docstring(method))


def _unexplained(module: Module, explained: set[str]) -> Iterator[Finding]:
    for node in module.tree.body:
        if not isinstance(node, ast.ClassDef | _FUNCTION) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield module.find(node.lineno, f"{node.name} is public and has no docstring")
        if isinstance(node, ast.ClassDef) and not _overrides(node):
            for method in node.body:
                if isinstance(method, _FUNCTION) and not method.name.startswith("_") and method.name not in explained:
                    yield module.find(method.lineno, f"{node.name}.{method.name} is public and has no docstring")


def _overrides(node: ast.ClassDef) -> bool:
    return any(not isinstance(base, ast.Subscript) and ast.unparse(base) != "Protocol" for base in node.bases)

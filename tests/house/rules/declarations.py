"""What is declared: facts of codes and numbers only, and kinds that explain themselves with examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.rules.tree import Finding, Module, Tree, literal, name_of

_FIELD = re.compile(
    r"(str|int|bool|None|Literal\[[^\[\]]*\]"
    r"|(dt|datetime)\.(date|datetime)|date"
    r"|tuple\[(str|int|(dt\.)?date)(, \.\.\.|, (str|int|(dt\.)?date))*\])"
)
_FREE = {
    "name",
    "names",
    "title",
    "text",
    "note",
    "notes",
    "remark",
    "remarks",
    "comment",
    "comments",
    "description",
    "summary",
    "address",
    "phone",
    "mobile",
    "email",
    "mail",
    "contact",
    "label",
    "message",
    "explanation",
    "surname",
    "filename",
}
_NO_CODES = {"Text", "Any", "Decimal", "Fraction"}
KINDS = {("plan", "indicators")}


def facts_hold_no_text(tree: Tree) -> Iterator[Finding]:
    """The fields of a fact are URNs, codes, whole numbers and dates; none is named like free text or personal data."""
    for module in tree.modules:
        for node in _facts(module):
            for field in node.body:
                if not isinstance(field, ast.AnnAssign) or "ClassVar" in ast.unparse(field.annotation):
                    continue
                name = name_of(field.target)
                if not _plain(field.annotation):
                    yield module.find(
                        field.lineno,
                        f"{node.name}.{name}: {ast.unparse(field.annotation)} is no URN, code, number or date",
                    )
                if not _limited(field.annotation) and {name, *name.split("_")} & _FREE:
                    yield module.find(
                        field.lineno, f"{node.name}.{name} sounds like free text; a fact holds URNs, numbers and codes"
                    )


def facts_are_frozen_and_named(tree: Tree) -> Iterator[Finding]:
    """A fact is frozen, keyword-only and not collected; its kind is ``engine.verb`` of its own engine, with a label."""
    for module in tree.modules:
        for node in _facts(module):
            given = {word.arg for word in node.keywords if isinstance(word.value, ast.Constant)}
            missing = {"frozen", "kw_only", "gc"} - given
            if missing:
                yield module.find(node.lineno, f"{node.name} lacks {', '.join(sorted(missing))}")
            said = {name_of(line.targets[0]): line.value for line in node.body if isinstance(line, ast.Assign)}
            kind = literal(said.get("KIND"))
            if kind is not None and not re.fullmatch(rf"{module.engine}\.[a-z][a-z0-9_]*", kind):
                yield module.find(node.lineno, f"{node.name} is of kind “{kind}”, which is not of {module.engine}")
            if kind is not None and "LABEL" not in said:
                yield module.find(node.lineno, f"{node.name} has no LABEL")


def _facts(module: Module) -> Iterator[ast.ClassDef]:
    if module.room != "facts" or module.engine == "kernel":
        return
    for node in module.tree.body:
        if (
            isinstance(node, ast.ClassDef)
            and node.name != "Fact"
            and any(word.arg == "frozen" for word in node.keywords)
        ) or (isinstance(node, ast.ClassDef) and any(name_of(base) == "Fact" for base in node.bases)):
            yield node


def _limited(annotation: ast.expr) -> bool:
    """Whether the type itself says which URNs, codes or numbers it holds."""
    return not re.search(r"\bstr\b", ast.unparse(annotation)) or "Annotated[" in ast.unparse(annotation)


def _plain(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.BinOp):
        return _plain(annotation.left) and _plain(annotation.right)
    if isinstance(annotation, ast.Subscript) and name_of(annotation.value).endswith("Annotated"):
        first = annotation.slice.elts[0] if isinstance(annotation.slice, ast.Tuple) else annotation.slice
        return _plain(first)
    enumeration = isinstance(annotation, ast.Name) and annotation.id[:1].isupper() and annotation.id not in _NO_CODES
    return enumeration or bool(_FIELD.fullmatch(ast.unparse(annotation)))


def kinds_explain_themselves(tree: Tree) -> Iterator[Finding]:
    """A file among kinds or indicators declares ``SPEC``, or others are made of it; if it computes, it has examples."""
    for module in tree.modules:
        inside = module.path.count("/") > 3 and (module.room == "kinds" or (module.engine, module.room) in KINDS)
        if not inside or module.path.endswith("__init__.py") or module.path.split("/")[-1].startswith("_"):
            continue
        declared = {
            name_of(target): node.value
            for node in module.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
        }
        declared |= {
            name_of(node.target): node.value
            for node in module.tree.body
            if isinstance(node, ast.AnnAssign) and node.value
        }
        if "SPEC" not in declared:
            if not _used(tree, module):
                yield module.find(1, "a kind declares SPEC; this file does not, and nobody uses it")
            continue
        spec = declared["SPEC"]
        given = {word.arg for word in spec.keywords} if isinstance(spec, ast.Call) else set()
        computes = module.room == "indicators" or any(
            isinstance(node, ast.FunctionDef | ast.Lambda) for node in module.nodes
        )
        if computes and "EXAMPLES" not in declared and "examples" not in given and None not in given:
            yield module.find(spec.lineno, "a kind gives EXAMPLES, which are its test and its documentation")


def _used(tree: Tree, module: Module) -> bool:
    return any(
        dotted.startswith(module.dotted)
        for other in tree.modules
        if other.path != module.path
        for _line, dotted, _name in other.imports
    )

"""What import-linter cannot see of tables: string foreign keys, the way back up, and triggers of append-only tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.rules.tree import FLOORS, Finding, Module, Tree, engine_of, goes_down, literal, name_of

_KEYS = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ForeignObject"}
APPEND_ONLY = {"evidence": {"fact", "position", "head", "node"}}


def foreign_keys_go_down(tree: Tree) -> Iterator[Finding]:
    """A foreign key points into its own engine or a lower one, and across engines it leaves no way back up."""
    for module in tree.modules:
        if module.generated:
            continue
        engines = {name: engine_of(dotted) for _line, dotted, name in module.imports if engine_of(dotted)}
        for node in module.nodes:
            if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in _KEYS:
                yield from _judge(module, node, engines)


def _judge(module: Module, call: ast.Call, engines: dict[str, str]) -> Iterator[Finding]:
    named = {word.arg: word.value for word in call.keywords}
    target = _target(call.args[0] if call.args else named.get("to"), engines) or module.engine
    if target not in FLOORS or target == module.engine:
        return
    if not goes_down(module.engine, target):
        yield module.find(call.lineno, f"a foreign key goes up from {module.engine} to {target}")
    if literal(named.get("related_name")) != "+":
        yield module.find(call.lineno, f'a foreign key to {target} sets related_name="+", or {target} gets a way up')


def _target(to: ast.expr | None, engines: dict[str, str]) -> str:
    text = literal(to)
    if text is not None:
        return text.split(".")[0] if "." in text else ""
    name = name_of(to)
    return "parties" if name.endswith("AUTH_USER_MODEL") else engines.get(name.split(".")[0], "")


def names_in_text_go_down(tree: Tree) -> Iterator[Finding]:
    """``get_model("journey", …)`` and an ``app_label`` are imports in disguise: they go down too."""
    for module in tree.modules:
        for node in module.nodes:
            if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] == "get_model" and node.args:
                target = (literal(node.args[0]) or "").split(".")[0]
                if module.engine and target in FLOORS and not goes_down(module.engine, target):
                    yield module.find(node.lineno, f"get_model reaches up from {module.engine} to {target}")
            elif isinstance(node, ast.Assign) and any(name_of(name) == "app_label" for name in node.targets):
                wrong = literal(node.value) != module.engine
                yield from [module.find(node.lineno, "app_label puts a table of one engine into another")] * wrong


def append_only_tables_have_triggers(tree: Tree) -> Iterator[Finding]:
    """Every table that calls itself append-only is named in a migration of its engine that makes triggers."""
    guarded = {
        engine: "\n".join(
            module.text
            for module in tree.modules
            if module.engine == engine and module.generated and "TRIGGER" in module.text
        )
        for engine in FLOORS
    }
    for module in tree.modules:
        if module.room != "models":
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and _append_only(module.engine, node):
                table = f"{module.engine}_{node.name.lower()}"
                if table not in guarded.get(module.engine, ""):
                    yield module.find(
                        node.lineno,
                        f"{table} is append-only, and no migration of {module.engine} guards it by triggers",
                    )


def _append_only(engine: str, node: ast.ClassDef) -> bool:
    said = (ast.get_docstring(node) or "").lower()
    return node.name.lower() in APPEND_ONLY.get(engine, ()) or "append-only" in said

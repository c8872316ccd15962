"""Who writes: only actions change rows, by the ORM or by SQL, and every action says who acts and when."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.rules.tree import Finding, Module, Tree, name_of

WRITERS = {"actions", "migrations"}
_ALWAYS = {
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "create_user",
    "create_superuser",
    "raw_delete",
    "aget_or_create",
    "aupdate_or_create",
    "abulk_create",
    "abulk_update",
    "asave",
    "adelete",
    "acreate",
    "aupdate",
}
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_QUERYSET = {
    "filter()",
    "exclude()",
    "all()",
    "order_by()",
    "select_for_update()",
    "annotate()",
    "using()",
    "none()",
    "select_related()",
    "get_queryset()",
    "get_object_or_404()",
}
_SQL = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+[\w\"]+\s+SET|DELETE\s+FROM|TRUNCATE\s+|COPY\s+\w+.*\sFROM\s+STDIN)",
    re.I,
)


def only_actions_write(tree: Tree) -> Iterator[Finding]:
    """Outside ``actions`` and migrations nothing saves, creates, updates or deletes rows, nor says so in SQL."""
    for module in tree.modules:
        if module.room in WRITERS:
            continue
        mappings, querysets = _known_names(module)
        for node in module.nodes:
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and _writes(node, node.func, mappings, querysets)
            ):
                said = f"{name_of(node.func).removeprefix('.')}()"
                yield module.find(node.lineno, f"{said} writes, and only actions write: call an action")
        prose = module.prose()
        for node in module.nodes:
            if id(node) not in prose and _SQL.search(_statement(node)):
                yield module.find(node.lineno, "SQL that writes belongs to actions or migrations")


def _statement(node: ast.AST) -> str:
    """The text of a literal, with ``x`` for whatever is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_statement(part) or "x" for part in parts)
        case _:
            return ""


def _writes(call: ast.Call, function: ast.Attribute, mappings: set[str], querysets: set[str]) -> bool:
    steps = name_of(function.value).split(".")
    managed = bool({*_MANAGERS, *_QUERYSET} & set(steps)) or steps[0] in querysets
    match function.attr:
        case name if name in _ALWAYS:
            return True
        case "save" | "delete":
            return not call.args or managed or "storage" in steps[-1]
        case "create":
            return managed or not (steps[0][:1].islower() and len(steps) == 1 and call.args)
        case "update":
            only_named = bool(call.keywords) and not call.args and all(word.arg for word in call.keywords)
            return managed or (only_named and steps[0] not in mappings and steps[-1] not in mappings)
    return False


def _known_names(module: Module) -> tuple[set[str], set[str]]:
    """Names that hold dictionaries, sets or digests, and names that hold querysets, as their assignments show."""
    mappings, querysets = set(), set()
    for node in module.nodes:
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            name = node.arg if isinstance(node, ast.arg) else name_of(node.target).split(".")[-1]
            told = ast.unparse(node.annotation)
            if re.match(r"(dict|set|Counter|defaultdict|OrderedDict|MutableMapping)\b", told):
                mappings.add(name)
            elif "QuerySet" in told:
                querysets.add(name)
        elif isinstance(node, ast.Assign):
            names = {name_of(target).split(".")[-1] for target in node.targets}
            if isinstance(node.value, ast.Dict | ast.DictComp | ast.Set | ast.SetComp) or _makes_mapping(node.value):
                mappings |= names
            elif {*_MANAGERS, *_QUERYSET} & set(name_of(node.value).split(".")) and not name_of(node.value).endswith(
                ("first()", "get()")
            ):
                querysets |= names
    return mappings, querysets


def _makes_mapping(value: ast.expr) -> bool:
    return name_of(value).split(".")[-1] in (
        "dict()",
        "set()",
        "Counter()",
        "defaultdict()",
        "sha256()",
        "md5()",
        "copy()",
        "get_context_data()",
        "OrderedDict()",
    )


def actions_say_who_and_when(tree: Tree) -> Iterator[Finding]:
    """A public verb that records a fact takes ``by`` and ``at`` by keyword only, and is atomic."""
    for module in tree.modules:
        if module.room != "actions" or module.path.endswith("evidence/actions/facts.py"):
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or not _records(node):
                continue
            missing = {"by", "at"} - {argument.arg for argument in node.args.kwonlyargs}
            if missing:
                yield module.find(
                    node.lineno, f"{node.name} records a fact and lacks the keyword-only {', '.join(sorted(missing))}"
                )
            if not any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
                yield module.find(node.lineno, f"{node.name} records a fact outside of @transaction.atomic")


def _records(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(inner, ast.Call) and name_of(inner.func) in ("record", "facts.record") for inner in ast.walk(node)
    )

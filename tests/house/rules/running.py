"""What runs when: no signal receivers, the clock is read at the edge, reactions cause no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from house.rules.tree import Finding, Tree, name_of

AT_THE_EDGE = {"pages", "panels", "commands"}
GUARD = (
    "src/fuhua/evidence/actions/facts.py"  # it refuses what claims to come from the future, so it must know the present
)
_SIGNALS = {
    "pre_init",
    "post_init",
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
    "pre_migrate",
    "post_migrate",
    "request_started",
    "request_finished",
    "connection_created",
    "setting_changed",
    "user_logged_in",
    "user_logged_out",
    "user_login_failed",
    "class_prepared",
    "got_request_exception",
}
_CLOCKS = {
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "datetime.now",
    "datetime.utcnow",
    "date.today",
    "datetime.today",
    "time.time",
}


def no_signal_receivers(tree: Tree) -> Iterator[Finding]:
    """Nothing listens to Django's signals: who reacts to what is in ``reactions``."""
    for module in tree.modules:
        for line, dotted, _name in module.imports:
            if dotted.startswith("django.dispatch") or "signals" in dotted.split("."):
                yield module.find(line, f"{dotted}: no signals; react to a fact in reactions.py")
        for node in module.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
                steps = name_of(node.func.value).split(".")
                if steps[-1] in _SIGNALS or "signals" in steps or steps[-1].endswith("_signal"):
                    yield module.find(
                        node.lineno, f"{name_of(node.func)}(): no signals; react to a fact in reactions.py"
                    )
            elif isinstance(node, ast.FunctionDef) and any(
                name_of(_called(d)).endswith("receiver") for d in node.decorator_list
            ):
                yield module.find(node.lineno, f"{node.name} is a signal receiver; react to a fact in reactions.py")


def _called(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def the_clock_is_read_at_the_edge(tree: Tree) -> Iterator[Finding]:
    """Pages, panels, commands and config read the clock; everything else is told ``at`` or ``on``."""
    for module in tree.modules:
        if (
            module.engine in ("", "config")
            or (module.engine, module.room) == ("kernel", "ui")
            or module.room in AT_THE_EDGE
        ):
            continue
        if module.path == GUARD:
            continue
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and ".".join(name_of(node).split(".")[-2:]) in _CLOCKS:
                yield module.find(node.lineno, f"{name_of(node)} is read below the edge: take the time as an argument")
            elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                yield module.find(node.value.lineno, f"{node.arg} reads the clock in a table: store the action's at")


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """A circle of a graph (node → where it leads), its first node repeated at the end; empty when there is none."""
    done: set[str] = set()

    def follow(node: str, path: list[str]) -> list[str]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return []
        for following in sorted(graph.get(node, ())):
            if found := follow(following, [*path, node]):
                return found
        done.add(node)
        return []

    return next((found for node in sorted(graph) if (found := follow(node, []))), [])

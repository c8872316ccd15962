"""The reference of reactions: a graph of facts and what is done about them, as a picture and as a table."""

from __future__ import annotations

from fuhua.config.reference.markdown import code, first_line, table
from fuhua.evidence.actions.reactions import REACTIONS, Reaction

_HEAD = """A reaction follows the sealed sequence and does something about facts of its kinds, perhaps recording facts in turn. A
test keeps the graph free of circles.

"""


def page() -> str:
    """The graph in Mermaid's notation and the same as a table; a sentence when nothing reacts."""
    declared = sorted(REACTIONS, key=lambda each: each.name)
    if not declared:
        return _HEAD + "No engine declares a reaction in this version: facts are counted and shown, and lead to no other facts.\n"
    rows = [
        (code(each.name), ", ".join(map(code, each.kinds)), first_line(each.handle.__doc__), ", ".join(map(code, each.causes)))
        for each in declared
    ]
    arrows = "".join(arrow for each in declared for arrow in _arrows(each))
    return _HEAD + f"```mermaid\nflowchart LR\n{arrows}```\n\n" + table(("reaction", "on", "does", "may record"), rows)


def _arrows(each: Reaction) -> list[str]:
    named = f"{_node(each.name)}([{each.name}])"
    return [f"  {_node(kind)}[{kind}] --> {named}\n" for kind in each.kinds] + [
        f"  {named} --> {_node(kind)}[{kind}]\n" for kind in each.causes
    ]


def _node(name: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in name)

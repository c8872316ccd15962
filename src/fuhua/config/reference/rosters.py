"""The reference of rosters: what each lists, its columns with synonyms and examples, and whom its rows speak of."""

from __future__ import annotations

from fuhua.config.reference.markdown import both, code, table
from fuhua.kernel.roster import ROSTERS, Column, Reference, Roster

_HEAD = """How a file is taken in is in [rosters](../rosters.md); `./fuhua intake template NAME -o FILE.xlsx` writes a blank one.
A column is recognised by its Chinese or English title, its field name or a synonym.

"""


def page() -> str:
    """Every roster by rank."""
    return _HEAD + "".join(_roster(each) for each in sorted(ROSTERS, key=lambda each: each.rank))


def _roster(each: Roster) -> str:
    who = "officers, and operators for their own incubator" if each.operators else "officers"
    return "".join(
        (
            f"## `{each.name}` {both(each.title)}\n\n{both(each.about)}\n\nHanded in by {who}.\n\n",
            table(("column", "field", "required", "synonyms", "example", "choices", "notes"), map(_column, each.columns)),
            "Organisations that a row speaks of:\n\n",
            table(("role", "found by", "sorts", "registered when new"), map(_reference, each.references)),
        )
    )


def _column(each: Column) -> tuple[str, ...]:
    notes = "; ".join(filter(None, (both(each.help), f"blank means {code(each.default)}" if each.default is not None else "")))
    return (
        both(each.title),
        code(each.name),
        "yes" if each.required else "",
        "、".join(each.synonyms),
        each.example,
        "、".join(each.options),
        notes,
    )


def _reference(each: Reference) -> tuple[str, ...]:
    found = f"{code(each.code)}, else {code(each.name)}" if each.code else code(each.name)
    return each.role, found, " / ".join(each.sorts), f"as {each.sorts[0]}" if each.creates else "no"

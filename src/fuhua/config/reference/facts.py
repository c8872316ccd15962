"""The reference of facts: every kind by engine, what it says, its fields and what each may hold."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec

from fuhua.config.reference.markdown import both, code, prose, table
from fuhua.evidence.facts import FACTS, Between, CodeOf, DivisionCode, Fact, Limit, Listed, UrnOf, fields_of, limits_of

_HEAD = """Every fact has a `subject` (the URN it is about) beside the fields below. A blank default means that the field may
be left blank. What surrounds a fact (who, when, how good) is in [facts](../facts.md).

"""


def page() -> str:
    """One section an engine, one table a kind."""
    kinds = sorted(FACTS, key=lambda kind: kind.KIND)
    parts = [_HEAD]
    for engine, group in groupby(kinds, key=lambda kind: kind.KIND.split(".")[0]):
        parts.append(f"## {engine}\n\n")
        parts += [_kind(kind) for kind in group]
    return "".join(parts)


def _kind(kind: type[Fact]) -> str:
    limits, types = limits_of(kind), fields_of(kind)
    rows = [
        (code(field.name), _type(types[field.name]), _limit(limits[field.name][0]) if field.name in limits else "", _default(field))
        for field in msgspec.structs.fields(kind)
        if field.name != "subject"
    ]
    about = f"### `{kind.KIND}` {both(kind.LABEL)}\n\n{prose(kind.__doc__)}\n\n"
    return about + table(("field", "type", "holds", "default"), rows)


def _type(hint: Any) -> str:
    return getattr(hint, "__name__", None) if isinstance(hint, type) else str(hint).replace("datetime.", "")


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    return "blank" if field.default == "" else code(field.default)


def _limit(limit: Limit) -> str:
    match limit:
        case UrnOf(sorts=sorts):
            return "URN of " + " / ".join(sorts)
        case CodeOf(codes=codes):
            return "one of " + ", ".join(code(each) for each in codes)
        case Listed():
            return "a code of the list in force"
        case Between(low=low, high=high):
            return f"{low:,} or more" if high == Between(0).high else f"{low:,} to {high:,}"
        case DivisionCode():
            return "six-digit division code"
    return prose(type(limit).__doc__)

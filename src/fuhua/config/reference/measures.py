"""The reference of measures: what the milestones of an agreement may count."""

from __future__ import annotations

from fuhua.config.reference.markdown import both, code, table
from fuhua.schemes.kinds.measures import MEASURES

_HEAD = """A milestone is so much of a measure by a day ([agreements](../agreements.md)). Every [indicator](indicators.md) is one.

"""


def page() -> str:
    """Every measure with its unit, and whether facts count it."""
    return _HEAD + table(("measure", "name", "unit", "counted by"), [
        (code(each.code), both(each.label), both(each.unit), "facts" if each.count else "the verifier, from the evidence")
        for each in MEASURES])

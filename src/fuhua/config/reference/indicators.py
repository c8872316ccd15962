"""The reference of indicators: every declared field, definition, reason and worked example."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from fuhua.config.reference.markdown import both, code, table
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.figure import INDICATORS, Example, Indicator
from fuhua.kernel.urn import identity_of, is_urn, kind_of

_HEAD = """Each indicator is one file of `plan/indicators`; how they work is in [indicators](../indicators.md). The examples
are tests: for each, every definition named must give exactly the verdict shown.

"""


def page() -> str:
    """Every indicator in the order in which people count."""
    ordered = sorted(INDICATORS, key=lambda each: (len(each.code), each.code))
    return _HEAD + "".join(_indicator(each) for each in ordered)


def _indicator(each: Indicator) -> str:
    fields = [
        ("unit", both(each.unit)),
        ("amounts", "fen (hundredths of a yuan)" if each.money else "whole numbers"),
        ("period", both(each.period)),
        ("baseline", both(each.baseline)),
        ("one subject is", both(each.key)),
        ("credit", both(each.attribution)),
        ("source", both(each.source)),
        ("stops", both(each.blocks)),
        ("reads", ", ".join(code(kind.KIND) for kind in each.reads)),
        ("evidence is stale after", f"{each.stale_after_days} days"),
    ]
    definitions = [
        (code(one.version) + (" (default)" if index == 0 else ""), both(one.label), both(one.rule))
        for index, one in enumerate(each.definitions)
    ]
    return "".join(
        (
            f"## {each.code} {both(each.name)}\n\n",
            table(("field", "says"), fields),
            "**Definitions**\n\n",
            table(("version", "name", "rule"), definitions),
            "**Reasons**\n\n",
            table(("code", "says"), [(code(key), both(text)) for key, text in each.reasons.items()]),
            "**Examples**\n\n",
            table(("case", "told", "read on", "verdicts"), map(_example, each.examples)),
        )
    )


def _example(each: Example) -> tuple[str, str, str, str]:
    told = "<br>".join(f"{day.isoformat()} {code(fact.KIND)} {_fields(fact)}".strip() for fact, day in each.facts)
    verdicts = "<br>".join(f"{code(version)}: {state} {amount:,} ({reason})" for version, (state, amount, reason) in each.expect.items())
    return both(each.name), told, each.on.isoformat(), verdicts


def _fields(fact: Fact) -> str:
    said = []
    for field in msgspec.structs.fields(fact):
        value = getattr(fact, field.name)
        if field.name != "subject" and (field.required or value != field.default):
            said.append(f"{field.name}={_plain(value)}")
    return " ".join(said)


def _plain(value: Any) -> str:
    if isinstance(value, str) and is_urn(value):
        return f"{kind_of(value)}:{identity_of(value)}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)

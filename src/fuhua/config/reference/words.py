"""The reference of words: grades, tables of codes with their labels, kinds of ask, and the flows as tables."""

from __future__ import annotations

import sys
from types import ModuleType

from django.conf import settings

from fuhua.config.reference.markdown import both, code, table
from fuhua.desk.kinds.asks import ask_kinds
from fuhua.evidence.words import Grade
from fuhua.kernel.flow import Flow
from fuhua.kernel.words import Text


def page() -> str:
    """Grades first, then every engine's codes and flows, then the kinds of ask."""
    grades = table(("grade", "name", "label"), [(int(each), code(each.name.lower()), both(each.label)) for each in Grade])
    parts = ["## Grades of evidence\n\nA larger number is stronger.\n\n", grades]
    for engine in settings.ENGINES:
        tables = _codes(sys.modules.get(f"fuhua.{engine}.words")) + _flows(sys.modules.get(f"fuhua.{engine}.flow"))
        if tables:
            parts += [f"## {engine}\n\n", *tables]
    return "".join([*parts, "## Kinds of ask\n\n", _asks()])


def _codes(module: ModuleType | None) -> list[str]:
    found = []
    for name, value in vars(module).items() if module else ():
        if name.isupper() and not name.startswith("_") and _labels(value):
            rows = [(code(key) or "(blank)", both(label)) for key, label in value.items()]
            found.append(f"### {name.lower().replace('_', ' ')}\n\n" + table(("code", "label"), rows))
    return found


def _labels(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(label, Text) for label in value.values())


def _flows(module: ModuleType | None) -> list[str]:
    found = []
    for value in vars(module).values() if module else ():
        if isinstance(value, Flow):
            rows = [(code(step.verb), ", ".join(map(code, step.sources)), code(step.target)) for step in value.steps]
            found.append(f"### flow `{value.name}`\n\nBegins as `{value.initial}`.\n\n" + table(("verb", "from", "to"), rows))
    return found


def _asks() -> str:
    rows = [
        (
            code(kind.code),
            both(kind.label),
            both(kind.why),
            kind.answer_days,
            "yes" if kind.order else "",
            ", ".join(sorted(kind.offices)) or "whoever has signed in",
        )
        for kind in ask_kinds()
    ]
    return table(("kind", "label", "what for", "working days to answer", "numbered order", "raised by"), rows)

"""What lives on from one edition to the next: proposed by likeness of titles, and shown as a difference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

from fuhua.plan.models import Edition, Measure, Target

T = TypeVar("T")
_SAME = 0.6  # likeness from which two titles are taken for one measure
_PLAIN = re.compile(r"[\s，。、；：“”（）()《》,.:;·—-]")


def likeness(one: str, other: str) -> float:
    """How alike two titles are without punctuation: 0 (nothing shared) to 1 (the same)."""
    first, second = _PLAIN.sub("", one), _PLAIN.sub("", other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def pairs(new: Sequence[tuple[T, str]], old: Sequence[tuple[T, str]]) -> list[tuple[T, T]]:
    """(new, old) pairs of like titles, each used once, the most alike first."""
    scored = sorted(((likeness(title, before), place, former) for place, (_, title) in enumerate(new)
                     for former, (_, before) in enumerate(old)), key=lambda each: (-each[0], each[1], each[2]))
    found, taken, given = [], set(), set()
    for score, place, former in scored:
        if score >= _SAME and place not in taken and former not in given:
            taken.add(place)
            given.add(former)
            found.append((new[place][0], old[former][0]))
    return found


def difference(edition: Edition) -> list[dict[str, Any]]:
    """Every measure of the edition and of its predecessor: ``fate`` (kept, changed, new, ended), ``now``, ``before``, ``rows``."""
    if edition.predecessor is None:
        return []
    now = list(_measures(edition))
    before = {each.pk: each for each in _measures(edition.predecessor)}
    lines = []
    for measure in now:
        former = before.pop(measure.continues_id, None) if measure.continues_id else None
        rows = _rows(measure, former) if former else []
        fate = "new" if former is None else "changed" if any(row["before"] != row["after"] for row in rows) else "kept"
        lines.append({"fate": fate, "now": measure, "before": former, "rows": rows})
    return [*lines, *({"fate": "ended", "now": None, "before": each, "rows": []} for each in before.values())]


def _measures(edition: Edition) -> Any:
    return Measure.objects.filter(edition=edition).prefetch_related("responsibilities", "targets")


def _rows(now: Measure, before: Measure) -> list[dict[str, Any]]:
    return [
        {"field": "title", "before": before.title, "after": now.title},
        {"field": "text", "before": before.text, "after": now.text},
        {"field": "units", "before": _units(before), "after": _units(now)},
        {"field": "targets", "before": _goals(before), "after": _goals(now)},
    ]


def _units(measure: Measure) -> str:
    return "，".join(unit.printed for unit in measure.responsibilities.all())


def _goals(measure: Measure) -> str:
    return "；".join(goal_words(target) for target in measure.targets.all())


def goal_words(target: Target) -> str:
    """A target as one short phrase: metric, comparison, value, unit and year."""
    number = plain_number(target.value)
    number += f"–{plain_number(target.upper)}" if target.upper is not None else ""
    sign = "" if target.op in ("=", "range") else {">=": "≥", "<=": "≤"}.get(target.op, target.op)
    year = f"（{target.deadline.year}）" if target.deadline else ""
    return f"{target.metric} {sign}{number}{target.unit}{year}"


def plain_number(value: Any) -> str:
    """A decimal without trailing zeros and with thousands parted."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

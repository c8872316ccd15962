"""What the commands of policy share: profiles and tables read exactly from JSON, errors told in both languages."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from fuhua.kernel import period
from fuhua.kernel.command import CommandError
from fuhua.kernel.files.reading import read
from fuhua.kernel.words import Text
from fuhua.policy import catalog
from fuhua.policy.reasoning.exact import read_object
from fuhua.policy.reasoning.inputs import FIRST_DAY, LAST_DAY, Change, Input
from fuhua.policy.reasoning.profile import BadProfile, in_terms, read_profile, read_value
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.terms import Exact

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def date(text: str) -> dt.date:
    """The day of an option."""
    try:
        found = dt.date.fromisoformat(text)
        if FIRST_DAY <= found.toordinal() <= LAST_DAY:
            return found
        raise ValueError(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” 不是日期，请写成 2025-12-31 / not a date, write 2025-12-31") from None


def today() -> dt.date:
    """The day in Beijing."""
    return period.day(dt.datetime.now(dt.UTC))


def rule(key: str) -> Rule:
    """The rule named on the command line; raises :class:`CommandError` with near names."""
    found = catalog.rule_of(key)
    if found is None:
        known = ", ".join(each.key for each in catalog.rules())
        raise CommandError(f"没有规则 no rule is called “{key}”; 可选 one of: {known}")
    return found


def profile() -> dict[str, Any]:
    """The profile on standard input, with any input that some rule asks for; raises :class:`CommandError`."""
    raw = _object(sys.stdin.read() or "{}", "标准输入 standard input")
    try:
        return read_profile(raw, catalog.inputs())
    except BadProfile as wrong:
        raise CommandError(line(wrong.text)) from wrong


def tables(path: Path | None, rules: Iterable[Rule]) -> dict[str, Exact]:
    """Operator numbers from a JSON file ``{key: value in the declared unit}``; raises :class:`CommandError`."""
    if path is None:
        return {}
    terms = {term.key: term for each in rules for edition in each.editions for term in edition.operators}
    found = {}
    for key, value in _object(read(path).decode(), str(path)).items():
        if key not in terms:
            raise CommandError(f"这些规则没有参数 no such operator number “{key}”; 可选 one of: {', '.join(sorted(terms)) or '—'}")
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise CommandError(f"参数 “{key}” 应为数字 is a number, not {value!r}")
        found[key] = in_terms(terms[key].unit, Fraction(value))
    return found


def costs(path: Path | None) -> dict[str, Change | None]:
    """Costs of changes from JSON ``{input: {"step": …, "cost": 元, "up": true}}``; null fixes an input. Raises :class:`CommandError`."""
    if path is None:
        return {}
    found: dict[str, Change | None] = {}
    for name, raw in _object(read(path).decode(), str(path)).items():
        one = catalog.inputs().get(name)
        if one is None or not one.changeable:
            raise CommandError(f"没有可改变的输入项 no input that can be changed is called “{name}”")
        if raw is not None and (not isinstance(raw, dict) or set(raw) - {"step", "cost", "up"} or "cost" not in raw):
            raise CommandError(f'“{name}” 请写成 write {{"step": …, "cost": …, "up": true}}')
        found[name] = None if raw is None else _change(one, raw)
    return found


def _change(one: Input, raw: dict[str, Any]) -> Change:
    try:
        step = read_value(one, raw["step"])[0] if "step" in raw else 1
    except BadProfile as wrong:
        raise CommandError(line(wrong.text)) from wrong
    cost = raw["cost"]
    if isinstance(cost, bool) or not isinstance(cost, int | Decimal) or cost < 0 or step < 1:
        raise CommandError(f"“{one.name}” 的成本须为非负的元数，步长大于零 / its cost is a number of yuan, its step more than nothing")
    return Change(step, int(Fraction(cost) * 100), raw.get("up", True) is True)


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        return read_object(text)
    except BadProfile as wrong:
        raise CommandError(f"{where}: {line(wrong.text)}") from wrong


def line(text: Text) -> str:
    """A text in both languages on one line."""
    return f"{text.zh} / {text.en}"


def print_json(data: Any) -> None:
    """Print data as readable JSON: numbers exact, dates as ISO days."""
    print(msgspec.json.format(_ENCODER.encode(data), indent=2).decode())

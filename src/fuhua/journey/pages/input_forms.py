"""The form in which a subject says what rules ask: one field for each input, read by the input's own type and unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from fuhua.journey.pages import values
from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import BadProfile, Listing, plain, read_value
from fuhua.policy.words import UNITS

_CHOOSE = t("（未填）", "(not told)")
_WAN = 10_000 * 100  # fen
_RANGE = re.compile(r"\s*([0-9.]+)\s*(?:-|–|—|~|～|至|to)\s*([0-9.]+)\s*")
_YEAR = re.compile(r"\s*([12][0-9]{3})\s*[:：= ]\s*(\S.*)")
_YES_NO = [("", _CHOOSE), ("yes", values.YES), ("no", values.NO)]


class Answer(forms.CharField):
    """An answer in words or figures: wanted, yet it may be left for later."""

    def validate(self, _value: Any) -> None:
        """Nothing is refused for being empty."""


class Choice(forms.ChoiceField):
    """An answer out of several: wanted, yet it may be left for later."""

    def validate(self, value: Any) -> None:
        """A code that is not offered is refused; nothing is, for being empty."""
        if value:
            super().validate(value)


class InputsForm(forms.Form):
    """Fields for some inputs, filled with what is known; :meth:`changed` are the answers that are new.

    A field that is left empty tells nothing. ``known`` are stored values by name, as a profile holds them.
    """

    use_required_attribute = False

    def __init__(self, inputs: Iterable[Input], known: Mapping[str, Any], data: Any = None) -> None:
        self.inputs = {one.name: one for one in inputs}
        self.known = known
        super().__init__(data, initial={name: shown(one, known.get(name)) for name, one in self.inputs.items()}, auto_id="in-%s")
        for name, one in self.inputs.items():
            self.fields[name] = _field(one)

    def clean(self) -> dict[str, Any]:
        """Every answer read by its input; what cannot be read is told at its field."""
        given = super().clean() or {}
        self.answers: dict[str, Any] = {}
        for name, one in self.inputs.items():
            text = given.get(name) or ""
            raw = written(one, text)
            if raw is None or name in self.errors or text == self.initial[name]:
                continue
            try:
                value = read_value(one, raw)
            except BadProfile as wrong:
                self.add_error(name, str(wrong.text))
                continue
            if value != self._before(one, value):
                self.answers[name] = raw
        return given

    def _before(self, one: Input, value: Any) -> Any:
        """What is on record of the same: of amounts by year, the years that are told."""
        before = self.known.get(one.name)
        return {year: before[year] for year in value if year in before} if one.kind == "by_year" and before else before

    def changed(self) -> dict[str, Any]:
        """The answers that differ from what is known, as :func:`profiles.answer` takes them."""
        return self.answers


def _field(one: Input) -> forms.Field:
    label = one.meaning
    if one.kind in ("yes_no", "listing"):
        return Choice(label=label, choices=_YES_NO)
    if one.kind == "choice":
        return Choice(label=label, choices=[("", _CHOOSE), *one.choices.items()])
    if one.kind == "date":
        return Answer(label=label, max_length=10, widget=forms.DateInput(attrs={"type": "date"}))
    if one.kind == "by_year":
        return Answer(
            label=label,
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=t("每行一年，如 2023: 100", "one year per line, like 2023: 100"),
        )
    mode = "text" if one.unit in ("CNY", "USD") or one.judged else "decimal"
    return Answer(label=label, max_length=60, help_text=_hint(one), widget=forms.TextInput(attrs={"inputmode": mode}))


def _hint(one: Input) -> Text:
    if one.judged:
        return t("{low}–{high} 分，由专家评定，可填区间，如 5-7", "{low}–{high} points, given by experts; a range like 5-7 will do").format(
            low=plain(one.low), high=plain(one.high)
        )
    if one.unit == "CNY":
        return t("元，也可写 120万元 或 1.5亿元", "yuan, like 1200000")
    return t("单位：{unit}", "unit: {unit}").format(unit=UNITS[one.unit])


def written(one: Input, text: str) -> Any:
    """What somebody wrote, as :func:`read_value` takes it; None when nothing was."""
    text = text.strip()
    if not text:
        return None
    if one.kind == "by_year":
        rows = [row.strip() for row in text.splitlines() if row.strip()]
        found = [_YEAR.fullmatch(row) for row in rows]
        return {each.group(1): each.group(2).strip() for each in found if each} if all(found) else text
    if one.kind == "number" and (span := _RANGE.fullmatch(text)):
        return [span.group(1), span.group(2)]
    return text


def shown(one: Input, value: Any) -> str:
    """A known value as its field shows it, so that sending it unchanged tells nothing new."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(f"{year}: {_plain(one, amount)}" for year, amount in sorted(value.items()))
    low, high = value
    if isinstance(value, Listing):
        return "yes"
    if one.kind in ("yes_no", "listing"):
        return ("no", "yes")[low] if low == high else ""
    if one.kind == "date":
        return dt.date.fromordinal(low).isoformat() if low == high else ""
    return _plain(one, low) if low == high else f"{_plain(one, low)}-{_plain(one, high)}"


def _plain(one: Input, stored: int) -> str:
    if one.unit == "CNY" and stored and stored % _WAN == 0:
        return str(t("{n}万元", "{n}0000").format(n=stored // _WAN))
    exact = Fraction(stored, one.scale)
    return str(int(exact)) if exact.denominator == 1 else f"{Decimal(exact.numerator) / exact.denominator:f}"

"""Form fields that read what people write, in the reader's words of what is wrong: money, and the questions that kinds declare."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from fuhua.kernel.questions import BadValue, Question, amount_like, read
from fuhua.kernel.sheet import values
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.words import Text, t

_ANY = t("不限", "any")
_UNTOLD = t("未说明", "not said")
_CHOOSE = t("请选择", "choose")


def area(rows: int = 3) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def choices(words: Mapping[str, Text]) -> list[tuple[str, Any]]:
    """What a list offers, with the question first."""
    return [("", _CHOOSE), *words.items()]


class MoneyField(forms.CharField):
    """An amount as people write it (``50 万元``); gives integer fen, None for nothing."""

    def clean(self, value: Any) -> int | None:
        """Integer fen."""
        written = super().clean(value)
        try:
            return values.money(written) if written else None
        except BadCell as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong

    def prepare_value(self, value: Any) -> Any:
        """Fen are shown in yuan."""
        return f"{Decimal(value) / 100:f}" if isinstance(value, int) else value


class Written(forms.Field):
    """One field of a kind, as people write it; checked by the kind's reader, whose words are the error.

    A field that is needed in the end is shown as required, but a draft may leave it empty.
    """

    def __init__(self, spec: Question, **given: Any) -> None:
        self.spec = spec
        measured = spec.unit.zh and spec.type != "money"
        label = t("{label}（{unit}）", "{label} ({unit})").format(label=spec.label, unit=spec.unit) if measured else spec.label
        like = t("如 {like}", "such as {like}").format(like=amount_like(spec)) if spec.type == "money" else ""
        help_text = spec.help if spec.help.zh else like
        super().__init__(**{"label": label, "help_text": help_text, "required": spec.required, "widget": widget_of(spec), **given})

    def clean(self, value: Any) -> Any:
        """What was written, once it can be read; blank where nothing of it is seen."""
        try:
            return "" if read(self.spec, value) is None else value
        except BadValue as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong


def widget_of(spec: Question, *, one: bool = False) -> forms.Widget:
    """The widget of a question; with ``one``, to choose one answer of several, as a filter does."""
    if spec.type == "long":
        return forms.Textarea(attrs={"rows": 3})
    if spec.type == "day":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if spec.type == "choices" and not one:
        return forms.CheckboxSelectMultiple(choices=list(spec.choices.items()))
    if spec.type in ("choice", "choices"):
        return forms.Select(choices=[("", _ANY if one else _UNTOLD), *spec.choices.items()])
    if spec.type == "yes":
        return forms.Select(choices=[("", _ANY if one else _UNTOLD), ("yes", t("是", "yes")), ("no", t("否", "no"))])
    if spec.type == "party":  # whoever shows the form fills in who is on the register
        return forms.Select(choices=[("", _UNTOLD)])
    return forms.TextInput(attrs={"inputmode": "decimal"} if spec.type in ("number", "money") else {"maxlength": spec.most or 200})


def rewritten(spec: Question, stored: Any) -> Any:
    """A stored value as a person would write it in the form."""
    if spec.type == "money" and stored is not None:
        return f"{Decimal(stored) / 100:f}"
    if spec.type == "yes" and stored is not None:
        return "yes" if stored else "no"
    return stored

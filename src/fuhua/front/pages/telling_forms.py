"""The form in which a fact is told by hand: derived from the fact's fields and their limits."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact, CodeOf, DivisionCode, Listed, UrnOf, fields_of, limits_of
from fuhua.evidence.proof.records import Record
from fuhua.evidence.words import Grade
from fuhua.front.queries import telling
from fuhua.front.queries.testimony import MILLIONTHS, MONEY
from fuhua.front.words import FIELDS, NO, YES
from fuhua.kernel import period
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import Text, cut, t
from fuhua.kernel.written import MoneyField
from fuhua.parties.words import DISTRICTS, SORTS

NEW_SORTS = ("platform", "offshore", "project")  # registered from here, by their name
_HOUSES = tuple(sort for sort in SORTS if sort not in ("person", "project"))
_CHOOSE = t("请选择", "choose")
_NONE = t("不填", "none")
_PERCENT = re.compile(r"([+-]?)([0-9]{1,12}(?:\.[0-9]{1,4})?)\s*[%％]?")


class WholeField(forms.CharField):
    """A whole number, written with or without thousands separators."""

    def clean(self, value: Any) -> int | None:
        """The number; None when nothing was written."""
        written = re.sub(r"[,\uff0c]", "", super().clean(value))
        if written and not re.fullmatch(r"-?[0-9]{1,18}", written):
            raise ValidationError(str(t("“{it}”不是整数，请写成 120", "“{it}” is not a whole number; write 120").format(it=cut(written))))
        return int(written) if written else None


class CountField(MoneyField):
    """A count, or an amount when a unit of money is written with it."""

    def clean(self, value: Any) -> int | None:
        """Integer fen of money, else the number itself."""
        written = (value or "").strip()
        return super().clean(value) if re.search("[元万亿¥￥]", written) else WholeField(required=self.required).clean(value)


class PercentField(forms.CharField):
    """A share or a change in percent, as parts per million."""

    def clean(self, value: Any) -> int | None:
        """Parts per million; None when nothing was written."""
        written = super().clean(value)
        if not written:
            return None
        found = _PERCENT.fullmatch(written.replace("−", "-"))
        if found is None:
            raise ValidationError(str(t("“{it}”不是百分数，请写成 15 或 15%（至多四位小数）",
                                        "“{it}” is not a percentage; write 15 or 15% (four decimals at most)").format(it=cut(written))))
        return int(Decimal(found.group(1) + found.group(2)) * 10_000)


class PartyField(forms.CharField):
    """A party or thing by name, credit code or URN; the form finds out who is meant."""

    def __init__(self, sorts: tuple[str, ...], **given: Any) -> None:
        what = t("{sorts}：填名称、统一社会信用代码或标识", "{sorts}: name, credit code or URN")
        super().__init__(max_length=200, help_text=what.format(sorts=telling.sorts_said(sorts)), **given)
        self.sorts = sorts


def _yes(value: str) -> bool:
    return value == "yes"


def _grade(value: str) -> Grade:
    return Grade(int(value))


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def _choice(choices: list[tuple[Any, Any]], *, coerce: Any = str, **given: Any) -> forms.TypedChoiceField:
    blank = _CHOOSE if given["required"] else _NONE
    return forms.TypedChoiceField(choices=[("", blank), *choices], coerce=coerce, empty_value=None, **given)


def field_for(name: str, sort: type, limit: Any, required: bool) -> forms.Field:
    """The form's field for one field of a fact."""
    given: dict[str, Any] = {"label": FIELDS[name], "required": required}
    match limit:
        case UrnOf():
            return PartyField(limit.sorts, **given)
        case DivisionCode():
            return _choice(list(DISTRICTS.items()), **given)
        case Listed():
            return _choice(list(limit.names().items()), **given)
        case CodeOf():
            codes = limit.codes if isinstance(limit.codes, dict) else {code: code for code in limit.codes}
            return _choice(list(codes.items()), coerce=sort, **given)
    if sort is bool:
        return _choice([("yes", YES), ("no", NO)], coerce=_yes, **given)
    if sort is dt.date:
        return _day(**given)
    if name in MONEY:
        return MoneyField(help_text=t("如 1,200万元 或 12000000", "in yuan, such as 12000000; a Chinese unit may follow"), **given)
    if name in MILLIONTHS:
        return PercentField(help_text=t("百分数，如 15%", "in percent, such as 15%"), **given)
    if name == "value":
        return CountField(help_text=t("金额写明单位，如 80亿元；家数写整数",
                                      "money in yuan with its sign, such as ¥8000000000; a count as a number"), **given)
    if sort is int:
        return WholeField(**given)
    return _code_field(name, **given)


def _code_field(name: str, **given: Any) -> forms.Field:
    if name == "edition" and (known := telling.editions()):
        return _choice(known, **given)
    if name == "country":
        return forms.CharField(max_length=2, help_text=t("两位代码，如 SG、DE、US", "two letters, such as SG, DE, US"), **given)
    return forms.CharField(max_length=100, help_text=t("只填代码（字母、数字），不填姓名和文字",
                                                      "a code (letters and digits), never names or free text"), **given)


class Telling(forms.Form):
    """Tell a fact by ``verb``, or mend the fact ``told``; ``settles`` offers what only officers choose."""

    once = OnceField()

    def __init__(self, *args: Any, verb: Verb, told: Record[Any] | None = None, settles: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb, self.told = verb, told
        self.mints = told is None and _minted(verb)
        self.meant: dict[str, telling.Meant] = {}
        hidden = telling.FILLED.get(verb.kind.KIND, frozenset()) | ({"subject"} if told is not None or self.mints else set())
        self.names = [name for name in fields_of(verb.kind) if name not in hidden]
        self._add_fact_fields()
        self._add_record_fields(settles)
        for name, field in list(self.fields.items()):
            if isinstance(field, PartyField) and self.is_bound:
                self._understand(name, field)
        if told is not None:
            self.initial = {**_written(told, self.fields), **self.initial}

    def _add_fact_fields(self) -> None:
        kind = self.verb.kind
        sorts, limits = fields_of(kind), limits_of(kind)
        required = {each.name: each.required for each in msgspec.structs.fields(kind)}
        for name in self.names:
            self.fields[name] = field_for(name, sorts[name], limits.get(name, (None, True))[0], required[name])
        new = self._new_sort()
        if new:
            what = t("名录中没有：按以上名称新登记为{sort}", "not in the register: register it under this name as a {sort}")
            self.fields["subject_new"] = forms.BooleanField(required=False, label=what.format(sort=SORTS[new]))
            self.order_fields(["once", "subject", "subject_new"])

    def _new_sort(self) -> str:
        """The sort of which a new subject may be registered here, or blank."""
        field = self.fields.get("subject")
        if self.verb.after is not None or self.verb.fill is not None or not isinstance(field, PartyField):
            return ""
        return next((sort for sort in NEW_SORTS if sort in field.sorts), "")

    def _add_record_fields(self, settles: bool) -> None:
        self.fields["true_from"] = _day(label=t("自何日起为真", "True from"), initial=lambda: period.day(timezone.now()))
        if settles:
            grades = [(int(grade), grade.label) for grade in (Grade.DECLARED, Grade.COUNTERPART, Grade.REGISTRY)]
            self.fields["grade"] = forms.TypedChoiceField(label=t("证据等级", "Grade"), choices=grades, coerce=_grade,
                                                          initial=int(Grade.DECLARED))
            self.fields["on_behalf"] = PartyField(_HOUSES, label=t("代哪个单位填报", "On behalf of"), required=False)
        self.fields["file"] = forms.FileField(label=t("证明文件", "Document"), required=False, help_text=t(
            "按内容摘要留存；选了文件而表单有误时须重新选择", "kept by its digest; after an error a chosen file must be chosen again"))

    def _understand(self, name: str, field: PartyField) -> None:
        """Find out who is meant, and offer the candidates as a choice where that is open."""
        text = (self.data.get(name) or "").strip()
        if not text:
            return
        self.meant[name] = meant = telling.resolve(text, field.sorts)
        if meant.candidates:
            self.fields[f"{name}_choice"] = forms.ChoiceField(
                label=t("{label}：是哪一个？", "{label}: which one?").format(label=field.label), required=False,
                choices=list(meant.candidates), widget=forms.RadioSelect)
            order = list(self.fields)
            order.insert(order.index(name) + 1, order.pop())
            self.order_fields(order)

    def clean_true_from(self) -> dt.date:
        """The day, not in the future."""
        on = self.cleaned_data["true_from"]
        if on > period.day(timezone.now()):
            raise ValidationError(str(t("日期在未来，请填写已经发生的日期", "the date is in the future; give the day it happened")))
        return on

    def clean(self) -> dict[str, Any]:
        """Every value within its limit; who is meant is known."""
        for name in self.meant:
            self._settle(name)
        limits = limits_of(self.verb.kind)
        for name in self.names:
            value, limit = self.cleaned_data.get(name), limits.get(name, (None, True))[0]
            if name == "country" and value:
                value = self.cleaned_data[name] = value.upper()
            if limit is not None and value not in (None, "") and not (name == "subject" and self.is_new()):
                try:
                    limit.hold(self.fields[name].label, value)
                except BadFact as wrong:
                    self.add_error(name, str(wrong.text))
        return self.cleaned_data

    def is_new(self) -> bool:
        """Whether the subject is to be registered first under the written name."""
        meant = self.meant.get("subject")
        chosen = self.cleaned_data.get("subject_choice")
        return bool(self.cleaned_data.get("subject_new") and meant is not None and not meant.urn and not chosen)

    def _settle(self, name: str) -> None:
        if name not in self.cleaned_data or (name == "subject" and self.is_new()):
            return
        meant, choice = self.meant[name], self.cleaned_data.get(f"{name}_choice")
        if meant.urn or choice:
            self.cleaned_data[name] = meant.urn or choice
            return
        many = t("不能确定是哪一个，请在下方选择，或改写全称", "this may mean several; choose one below, or write the full name")
        self.add_error(name, str(meant.wrong or many))

    def new_sort(self) -> str:
        """The sort as which the new subject is registered; blank when it is known."""
        return self._new_sort() if self.is_new() else ""

    def fact_fields(self) -> dict[str, Any]:
        """The fields of the fact for its verb; what was left blank has its default."""
        defaults = {each.name: each.default for each in msgspec.structs.fields(self.verb.kind) if not each.required}
        given = {name: self.cleaned_data.get(name) for name in self.names}
        return {name: defaults[name] if value in (None, "") and name in defaults else value for name, value in given.items()}


def _minted(verb: Verb) -> bool:
    """Whether the fact opens a case that nobody can name before it is told."""
    limit = limits_of(verb.kind).get("subject", (None, False))[0]
    return isinstance(limit, UrnOf) and limit.sorts == ("landing",) and verb.after is None


def _written(told: Record[Any], fields: dict[str, forms.Field]) -> dict[str, Any]:
    """What the form shows of a fact, so that sending it unchanged tells the same."""
    values = {name: _rewritten(getattr(told.fact, name), field) for name, field in fields.items() if hasattr(told.fact, name)}
    behalf = telling.written(told.on_behalf, _HOUSES) if told.on_behalf else ""
    return {**values, "true_from": told.true_from, "grade": min(told.grade, int(Grade.REGISTRY)), "on_behalf": behalf}


def _rewritten(value: Any, field: forms.Field) -> Any:
    match field:
        case PartyField():
            return telling.written(value, field.sorts) if value else ""
        case CountField():
            return str(value)
        case MoneyField():
            return telling.amount(value)
        case PercentField():
            return f"{Decimal(value) / 10_000:f}%"
    return ("no", "yes")[value] if isinstance(value, bool) else value


def said(form: Telling) -> Text:
    """What the form does, as its heading."""
    does = t("更正：{label}", "Correct: {label}") if form.told else t("补录：{label}", "Enter: {label}")
    return does.format(label=form.verb.kind.LABEL)

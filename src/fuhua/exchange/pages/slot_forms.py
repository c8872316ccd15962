"""The forms of booking: a slot, the line, and a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from fuhua.exchange.kinds.booking import Question
from fuhua.exchange.kinds.hours import BadTime, minutes, moment
from fuhua.exchange.kinds.safety import HAZARDS, digest_of
from fuhua.exchange.models import Listing
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import Text, t

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_TEXT = forms.Textarea(attrs={"rows": 2})
_CHANGED = t("安全要求刚刚更新，请重新阅读并勾选", "the safety rules have just been changed: read them again and tick this")


def plausible(on: dt.date) -> None:
    """A validator: nobody means a day outside of these years, and time ends soon after them."""
    if not 1949 <= on.year <= 2100:
        raise forms.ValidationError(str(t("日期须在 1949 年至 2100 年之间，请核对", "the day lies between 1949 and 2100; check it")))


def whole(label: Text, low: int, high: int, **more: Any) -> forms.IntegerField:
    """A field of a whole number from ``low`` to ``high``."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, **more)


class LocalTimeField(forms.DateTimeField):
    """A day and time on the wall of a resource, without a zone."""

    default_validators: ClassVar[list[Any]] = [plausible]
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> dt.datetime | None:
        """The naive time."""
        if not value:
            return None
        try:
            return dt.datetime.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["invalid"]) from wrong


class LocalForm(forms.Form):
    """A form whose local times are read in the zone of its resource."""

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        """Every local time as a moment in UTC."""
        told = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, LocalTimeField) and told.get(name):
                try:
                    told[name] = moment(told[name], self.zone)
                except BadTime as wrong:
                    self.add_error(name, str(wrong.text))
        return told


class SpanForm(forms.Form):
    """A day with start and end on the wall of the resource, in steps of so many minutes; an end before the start is on the next day."""

    day = forms.DateField(label=t("日期", "Day"), widget=DAY, validators=[plausible])
    start = forms.TimeField(label=t("开始", "Start"), widget=TIME)
    end = forms.TimeField(label=t("结束", "End"), widget=TIME,
                          help_text=t("早于开始则为次日", "if earlier than the start, the next day is meant"))

    def __init__(self, *args: Any, zone: ZoneInfo, step: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for name in ("start", "end"):
            self.fields[name].widget.attrs["step"] = 60 * step

    def clean(self) -> dict[str, Any]:
        """``span``: the two moments in UTC."""
        told = super().clean() or {}
        if {"day", "start", "end"} <= told.keys():
            later = dt.timedelta(days=told["end"] < told["start"])
            try:
                told["span"] = (moment(dt.datetime.combine(told["day"], told["start"]), self.zone),
                                moment(dt.datetime.combine(told["day"] + later, told["end"]), self.zone))
            except BadTime as wrong:
                self.add_error("start", str(wrong.text))
        return told


class TakeForm(forms.Form):
    """What the host wants to know of a booking: the sample sheet, unless there are no ``samples``, and answers to its questions.

    Where there are ``safety`` rules they are agreed to by a box that is named after their words, so that a box ticked before they
    were changed is no yes to the new ones.
    """

    sheet = forms.FileField(label=t("样品单或材料", "Sample sheet or papers"), required=False,
                            help_text=t("PDF、图片、Excel、Word 或文本，最大 10 MB；只有承接的提供方能看到",
                                        "PDF, picture, Excel, Word or text, 10 MB at most; only the host that handles it sees it"))

    def __init__(self, *args: Any, questions: tuple[Question, ...] = (), samples: bool = True, safety: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not samples:
            del self.fields["sheet"]
        self.questions, self.safety = questions, safety
        if safety:
            self.fields["hazards"] = forms.MultipleChoiceField(
                label=t("样品和工作涉及", "Samples and work involve"), required=False,
                choices=list(HAZARDS.items()), widget=forms.CheckboxSelectMultiple)
            box = f"agree_{digest_of(safety)}"
            others = [name for name in self.data if name.startswith(self.add_prefix("agree_")) and name != self.add_prefix(box)]
            self.fields[box] = forms.BooleanField(
                label=t("已阅读并遵守上述安全要求", "I have read these safety rules and follow them"),
                error_messages={"required": _CHANGED if others else t("请阅读安全要求并勾选", "read the safety rules and tick this")})
        for each in questions:
            self.fields[f"ask_{each.name}"] = _asked(each)

    def clean(self) -> dict[str, Any]:
        """``safety``: the digest of the rules agreed to; ``hazards``, each once."""
        told = super().clean() or {}
        return {**told, "safety": digest_of(self.safety), "hazards": list(dict.fromkeys(told.get("hazards", ())))}

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the host's questions, by name."""
        return {each.name: self.cleaned_data.get(f"ask_{each.name}", "") for each in self.questions}


class BookForm(TakeForm, SpanForm):
    """A booking: when, for whom, and what the host wants to know."""

    once = OnceField()
    organisation = forms.ChoiceField(label=t("为哪个单位预约", "For which organisation"))
    need = forms.ModelChoiceField(Listing.objects.none(), label=t("对应的需求", "For which need"), required=False,
                                  empty_label=t("不对应已发布的需求", "none that was posted"))
    operator = forms.BooleanField(label=t("需要操作人员", "With an operator"), required=False)
    note = forms.CharField(label=t("给提供方的说明", "Note to the host"), required=False, max_length=500, widget=_TEXT)

    field_order = ("day", "start", "end", "once", "organisation", "need", "operator", "sheet", "note")

    def __init__(self, *args: Any, organisations: Iterable[tuple[int, str]] = (), operator: bool = False,
                 needs: QuerySet[Listing] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs:
            self.fields["need"].queryset = needs
        else:
            del self.fields["need"]
        choices = list(organisations)
        self.fields["organisation"].choices = choices
        if len(choices) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = choices[0][0]
        if not operator:
            del self.fields["operator"]

    @property
    def length(self) -> int:
        """Minutes of the times filled in; 0 of none."""
        span = self.cleaned_data.get("span") if self.is_bound else None
        return max(minutes(span), 0) if span else 0 if self.is_bound else self.initial.get("minutes", 0)

    @property
    def payer(self) -> int:
        """The organisation (id) chosen, else the first that may be; 0 of none."""
        chosen = self.cleaned_data.get("organisation") if self.is_bound else None
        return int(chosen or next((pk for pk, _name in self.fields["organisation"].choices), 0))

    @property
    def operated(self) -> bool:
        """Whether an operator is asked for."""
        return self.is_bound and bool(self.cleaned_data.get("operator"))

def _asked(question: Question) -> forms.Field:
    if question.choices:
        return forms.ChoiceField(label=question.label, required=question.required, choices=[("", "—"), *((c, c) for c in question.choices)],
                                 initial=question.current)
    return forms.CharField(label=question.label, required=question.required, max_length=200)


class WaitForm(SpanForm):
    """Standing in line: between when and when, and for how long."""

    minutes = whole(t("需要多少分钟", "For how many minutes"), 1, 10_000)


class MoveForm(SpanForm):
    """Another time for a booking."""


class EndForm(forms.Form):
    """A new end of a booking, on the day on which it ends."""

    end = forms.TimeField(label=t("新的结束时间", "New end"), widget=TIME)


class HandoverForm(forms.Form):
    """In what state the resource is taken over or handed back; nothing when all is in order."""

    remark = forms.CharField(
        label=t("设备状态、清洁、样品与废弃物", "State, cleanliness, samples and waste"), max_length=500, required=False, widget=_TEXT,
        help_text=t("无异常不用填写；有说明会告知提供方", "leave empty if all is in order; the host is told what you write"))


class MinutesForm(forms.Form):
    """Minutes used, and the operator's."""

    minutes = whole(t("使用分钟数", "Minutes used"), 1, 44_640)
    operator_minutes = whole(t("操作人员分钟数", "Operator’s minutes"), 0, 44_640, required=False)


class WhyForm(forms.Form):
    """A reason in words."""

    text = forms.CharField(label=t("理由", "Why"), max_length=2000, widget=_TEXT)


class FaultForm(LocalForm):
    """What is wrong, whether it stops the resource, and, for its ``host`` alone to say, when it may be mended."""

    text = forms.CharField(label=t("故障现象", "What is wrong"), max_length=1000, widget=_TEXT)
    stops = forms.BooleanField(label=t("已不能使用", "It cannot be used"), required=False,
                               help_text=t("勾选后，修复前的预约会取消并通知改约", "bookings until then are cancelled, their users told"))
    until = LocalTimeField(label=t("预计修复时间", "Expected repair"))

    def __init__(self, *args: Any, host: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not host:
            del self.fields["until"]
            self.fields["stops"].help_text = t(
                "勾选后停用到下一个工作日结束，其间的预约会取消并通知改约；提供方会立即收到通知并决定停用多久",
                "bookings until the end of the next working day are cancelled, their users told; the host is told and says how long")

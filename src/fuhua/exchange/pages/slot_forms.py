"""The forms of booking: a slot, the line, a fault, and what a host sets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from fuhua.evidence.facts import BadFact
from fuhua.exchange.kinds.booking import Question
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import MIDNIGHT, WEEKDAYS, BadTime, Hours, Span, minutes, moment, said
from fuhua.exchange.kinds.spec import Field
from fuhua.exchange.models import Listing
from fuhua.exchange.words import USER_CLASSES
from fuhua.kernel.once import OnceField
from fuhua.kernel.questions import BadValue, read
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.queries import exact

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_LINE = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)\s*[-–—~至]\s*([01]?\d|2[0-4])[:：]([0-5]\d)")
_TEXT = forms.Textarea(attrs={"rows": 2})


def _whole(label: Text, low: int, high: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, **more)


class LocalTimeField(forms.DateTimeField):
    """A day and time on the wall of a resource, without a zone."""

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
                except (BadTime, OverflowError) as wrong:
                    self.add_error(name, str(wrong.text) if isinstance(wrong, BadTime) else str(t("日期超出范围", "out of range")))
        return told


class SpanForm(forms.Form):
    """A day with start and end on the wall of the resource, in steps of so many minutes; an end before the start is on the next day."""

    day = forms.DateField(label=t("日期", "Day"), widget=_DAY)
    start = forms.TimeField(label=t("开始", "Start"), widget=_TIME)
    end = forms.TimeField(label=t("结束", "End"), widget=_TIME, help_text=t("早于开始则为次日", "before the start: on the next day"))

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
            except OverflowError:
                self.add_error("day", str(t("日期超出范围", "the day is out of range")))
        return told


class TakeForm(forms.Form):
    """What the host wants to know of a booking: the sample sheet, unless there are no ``samples``, and answers to its questions."""

    sheet = forms.FileField(label=t("样品单或材料", "Sample sheet or papers"), required=False,
                            help_text=t("PDF、图片、Excel、Word 或文本，最大 10 MB；只有承接的提供方能看到",
                                        "PDF, picture, Excel, Word or text, 10 MB at most; only the host that handles it sees it"))

    def __init__(self, *args: Any, questions: tuple[Question, ...] = (), samples: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not samples:
            del self.fields["sheet"]
        self.questions = questions
        for each in questions:
            self.fields[f"ask_{each.name}"] = _asked(each)

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

    minutes = _whole(t("需要多少分钟", "For how many minutes"), 1, 10_000)


class MoveForm(SpanForm):
    """Another time for a booking."""


class EndForm(forms.Form):
    """A new end of a booking, on the day on which it ends."""

    end = forms.TimeField(label=t("新的结束时间", "New end"), widget=_TIME)


class MinutesForm(forms.Form):
    """Minutes used, and the operator's."""

    minutes = _whole(t("使用分钟数", "Minutes used"), 1, 44_640)
    operator_minutes = _whole(t("操作人员分钟数", "Operator’s minutes"), 0, 44_640, required=False)


class WhyForm(forms.Form):
    """A reason in words."""

    text = forms.CharField(label=t("理由", "Why"), max_length=2000, widget=_TEXT)


class FaultForm(LocalForm):
    """What is wrong, whether it stops the resource, and when it may be mended."""

    text = forms.CharField(label=t("故障现象", "What is wrong"), max_length=1000, widget=_TEXT)
    stops = forms.BooleanField(label=t("已不能使用", "It cannot be used"), required=False,
                               help_text=t("勾选后，修复前的预约会取消并通知改约", "bookings until then are cancelled, their users told"))
    until = LocalTimeField(label=t("预计修复时间", "Expected repair"))


class RulesForm(forms.Form):
    """The rules of booking; durations in minutes unless the label says otherwise, empty is no such rule."""

    zone = forms.CharField(label=t("时区", "Time zone"), max_length=40, initial="Asia/Shanghai")
    model = forms.CharField(label=t("型号", "Model"), max_length=100, required=False,
                            help_text=t("同型号的设备互为备用", "instruments of one model stand in for each other"))
    place = forms.CharField(label=t("地点", "Place"), max_length=100, required=False)
    platform = forms.CharField(label=t("所属专业平台", "Registered platform"), max_length=100, required=False,
                               help_text=t("名称或标识；填写后使用时长计入该平台", "name or URN; use is metered on it"))
    qualify = forms.BooleanField(label=t("须先培训取得资格", "Training first"), required=False)
    sheet = forms.BooleanField(label=t("预约须交样品单", "A sample sheet is needed"), required=False)
    holidays = forms.BooleanField(label=t("法定节假日停用", "Closed on public holidays"), required=False)
    step = _whole(t("时间格（分钟）", "Step (minutes)"), 1, 60, initial=15)
    shortest = _whole(t("最短（分钟）", "Shortest (minutes)"), 1, 100_000, required=False)
    longest = _whole(t("最长（分钟）", "Longest (minutes)"), 1, 100_000, required=False)
    lead = _whole(t("至少提前（分钟）", "Book ahead at least (minutes)"), 0, 1_000_000, initial=0)
    horizon = _whole(t("最多提前（天）", "Book ahead at most (days)"), 0, 1000, required=False, initial=14)
    per_day = _whole(t("每人每天次数", "Bookings a person and day"), 1, 1000, required=False)
    apart = _whole(t("同一人两次间隔（分钟）", "Between two of a person (minutes)"), 1, 100_000, required=False)
    ahead = _whole(t("每人今后合计（分钟）", "Ahead in all a person (minutes)"), 1, 1_000_000, required=False)
    off_from = forms.TimeField(label=t("免规则时段：起", "Hours without rules: from"), widget=_TIME, required=False)
    off_to = forms.TimeField(label=t("免规则时段：止", "Hours without rules: to"), widget=_TIME, required=False)
    off_weekend = forms.BooleanField(label=t("周末免规则", "No rules on weekends"), required=False)
    grace = _whole(t("未到场多久算爽约（分钟）", "A no-show after (minutes)"), 1, 10_000, required=False, initial=30)
    miss_percent = _whole(t("爽约费（价格的 %）", "No-show fee (% of the price)"), 0, 100, initial=50)
    cancel_hours = _whole(t("免费取消截止（提前小时）", "Free to cancel until (hours ahead)"), 0, 10_000, initial=24)
    cancel_percent = _whole(t("晚取消费（价格的 %）", "Late cancellation (% of the price)"), 0, 100, initial=0)
    offer_hours = _whole(t("候补确认时限（小时）", "The line answers within (hours)"), 1, 200, initial=4)
    operator_price = forms.CharField(label=t("操作人员（元/小时）", "Operator (yuan an hour)"), max_length=20, required=False, initial="0")

    def __init__(self, *args: Any, samples: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not samples:
            del self.fields["sheet"]

    def clean_operator_price(self) -> int:
        """Fen."""
        return _fen(self.cleaned_data["operator_price"]) or 0

    def clean_platform(self) -> int | None:
        """The platform's id."""
        written = self.cleaned_data["platform"]
        if not written:
            return None
        try:
            found = exact.organisation(written)
        except BadFact as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong
        if found.sort != "platform":
            raise forms.ValidationError(str(t("这不是已登记的专业平台", "this is no registered platform")))
        return found.pk


class HoursForm(forms.Form):
    """Opening hours, one field a weekday: ``09:00-12:00, 13:00-18:00``; empty is closed."""

    def __init__(self, *args: Any, hours: tuple[Hours, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            there = ", ".join(said(each).replace("–", "-") for each in hours if each.weekday == number)
            self.fields[f"day_{number}"] = forms.CharField(label=name, required=False, max_length=120, initial=there)

    def clean(self) -> dict[str, Any]:
        """``hours``: all of them."""
        told, found = super().clean() or {}, []
        for number in range(7):
            written = told.get(f"day_{number}", "")
            for piece in filter(None, re.split(r"[,，;；、\s]+(?=\d)", written.strip())):
                read_as = _LINE.fullmatch(piece.strip())
                if read_as is None:
                    self.add_error(f"day_{number}", str(t("请写成 09:00-12:00, 13:00-18:00", "write 09:00-12:00, 13:00-18:00")))
                    break
                one, two, three, four = map(int, read_as.groups())
                found.append(Hours(number, one * 60 + two, min(three * 60 + four, MIDNIGHT)))
        return {**told, "hours": tuple(found)}


class PricesForm(forms.Form):
    """The price an hour and the least charge of each class of user, in yuan; empty is no price of its own."""

    def __init__(self, *args: Any, prices: dict[str, Rate] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in USER_CLASSES.items():
            rate = (prices or {}).get(code)
            self.fields[f"hour_{code}"] = _price(t("{who}（元/小时）", "{who} (yuan an hour)").format(who=label), rate and rate.hour)
            self.fields[f"least_{code}"] = _price(t("{who}：每次最低（元）", "{who}: least for a use (yuan)").format(who=label),
                                                  rate and rate.least)

    def clean(self) -> dict[str, Any]:
        """``prices``: rate by class."""
        told, found = super().clean() or {}, {}
        for code in USER_CLASSES:
            hour, least = (self._fen(told, f"{part}_{code}") for part in ("hour", "least"))
            if hour is not None:
                found[code] = Rate(hour, least or 0)
        return {**told, "prices": found}

    def _fen(self, told: dict[str, Any], name: str) -> int | None:
        try:
            return _fen(told.get(name, ""))
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return None


def _price(label: Text, fen: int | None) -> forms.CharField:
    initial = "" if fen is None else f"{fen // 100}.{fen % 100:02}"
    return forms.CharField(label=label, required=False, max_length=20, initial=initial)


_MONEY = Field("price", t("价格", "price"), "money")


def _fen(written: str) -> int | None:
    """Fen of what was written in yuan; a foreign currency is refused."""
    try:
        return read(_MONEY, written)
    except BadValue as wrong:
        raise forms.ValidationError(str(wrong.text)) from wrong


class ClosureForm(LocalForm):
    """A closure from one local time to another; ``booked`` tells which bookings touch a span, and their cancelling must be agreed to."""

    start = LocalTimeField(label=t("停用自", "Closed from"))
    end = LocalTimeField(label=t("至", "Until"))
    reason = forms.CharField(label=t("原因（用户可见）", "Why (users read it)"), max_length=200)
    cancel = forms.BooleanField(label=t("取消这些预约并通知", "Cancel these bookings and tell their users"), required=False)

    def __init__(self, *args: Any, booked: Callable[[Span], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booked = booked
        if not self.is_bound:
            del self.fields["cancel"]

    def clean(self) -> dict[str, Any]:
        """The box stands there only while bookings lie in the time."""
        told = super().clean()
        found = self.booked((told["start"], told["end"])) if {"start", "end", "reason"} <= told.keys() else []
        if not found:
            del self.fields["cancel"]
        elif not told["cancel"]:
            self.add_error("cancel", str(t("停用会取消 {n} 个预约：{which}。确认取消请勾选",
                                           "this would cancel {n} bookings: {which}. Tick the box to cancel them")
                                         .format(n=len(found), which=listed(Text(each, each) for each in found))))
        return told


class QualifyForm(forms.Form):
    """A person who passed training, until a day."""

    person = forms.CharField(label=t("姓名或个人标识", "Name or URN of the person"), max_length=100)
    expires = forms.DateField(label=t("有效期至", "Valid until"), widget=_DAY)

    def clean_person(self) -> Any:
        """The person's row."""
        try:
            return exact.person(self.cleaned_data["person"])
        except BadFact as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong

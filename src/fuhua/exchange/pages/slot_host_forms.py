"""The forms of what a host sets: rules, hours, prices, closures, who is qualified, and when a fault is mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms

from fuhua.evidence.facts import BadFact
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import MIDNIGHT, WEEKDAYS, BadTime, Hours, Span, checked, said
from fuhua.exchange.kinds.spec import Field
from fuhua.exchange.pages.slot_forms import DAY, TIME, LocalForm, LocalTimeField, plausible, whole
from fuhua.exchange.words import USER_CLASSES
from fuhua.kernel.questions import BadValue, read
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.queries import exact

_HOUR = t("小时", "hour")
_LINE = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*(?:[-–~至]|—+)\s*([01]?\d|2[0-4]):([0-5]\d)")


class RepairForm(LocalForm):
    """By when a fault may be mended."""

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
    safety = forms.CharField(
        label=t("安全、健康与环保要求（EHS）", "Safety, health and environment (EHS)"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=t("用户预约时逐次确认并申报危险，已有预约以确认时的文本为准",
                    "users agree to it with each booking and declare hazards; bookings made keep the words agreed to"))
    holidays = forms.BooleanField(label=t("法定节假日停用", "Closed on public holidays"), required=False)
    step = whole(t("时间格（分钟）", "Step (minutes)"), 1, 60, initial=15)
    shortest = whole(t("最短（分钟）", "Shortest (minutes)"), 1, 100_000, required=False)
    longest = whole(t("最长（分钟）", "Longest (minutes)"), 1, 100_000, required=False)
    lead = whole(t("至少提前（分钟）", "Book ahead at least (minutes)"), 0, 1_000_000, initial=0)
    horizon = whole(t("最多提前（天）", "Book ahead at most (days)"), 0, 1000, required=False, initial=14)
    per_day = whole(t("每人每天次数", "Bookings a person and day"), 1, 1000, required=False)
    apart = whole(t("同一人两次间隔（分钟）", "Between two of a person (minutes)"), 1, 100_000, required=False)
    ahead = whole(t("每人今后合计（分钟）", "Ahead in all a person (minutes)"), 1, 1_000_000, required=False)
    off_from = forms.TimeField(label=t("免规则时段：起", "Hours without rules: from"), widget=TIME, required=False)
    off_to = forms.TimeField(label=t("免规则时段：止", "Hours without rules: to"), widget=TIME, required=False)
    off_weekend = forms.BooleanField(label=t("周末免规则", "No rules on weekends"), required=False)
    grace = whole(t("未到场多久算爽约（分钟）", "A no-show after (minutes)"), 1, 10_000, required=False, initial=30)
    miss_percent = whole(t("爽约费（价格的 %）", "No-show fee (% of the price)"), 0, 100, initial=50)
    cancel_hours = whole(t("免费取消截止（提前小时）", "Free to cancel until (hours ahead)"), 0, 10_000, initial=24)
    cancel_percent = whole(t("晚取消费（价格的 %）", "Late cancellation (% of the price)"), 0, 100, initial=0)
    offer_hours = whole(t("候补确认时限（小时）", "The line answers within (hours)"), 1, 200, initial=4,
                        help_text=t("工作时间以外顺延到下一个工作日中午", "out of working hours it lasts to the next noon at work"))
    operator_price = forms.CharField(label=t("操作人员（元/小时）", "Operator (yuan an hour)"), max_length=20, required=False, initial="0")

    def __init__(self, *args: Any, samples: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not samples:
            del self.fields["sheet"], self.fields["safety"]

    def clean_operator_price(self) -> int:
        """Fen."""
        return _fen(self.cleaned_data["operator_price"], _HOUR) or 0

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
    """Opening hours, one field a weekday: ``09:00-12:00, 13:00-18:00``; empty is closed.

    ``booked`` tells which bookings would lie outside of hours, and that they stay must be agreed to.
    """

    def __init__(self, *args: Any, hours: tuple[Hours, ...] = (), booked: Callable[[tuple[Hours, ...]], list[Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booked = booked
        for number, name in enumerate(WEEKDAYS):
            there = ", ".join(said(each).replace("–", "-") for each in hours if each.weekday == number)
            self.fields[f"day_{number}"] = forms.CharField(label=name, required=False, max_length=120, initial=there)
        if self.is_bound:
            self.fields["despite"] = forms.BooleanField(label=t("保留这些预约，仍然修改", "Keep these bookings and change the hours"),
                                                        required=False)

    def clean(self) -> dict[str, Any]:
        """``hours``: all of them."""
        told, found = super().clean() or {}, []
        for number in range(7):
            written = unicodedata.normalize("NFKC", told.get(f"day_{number}", ""))  # ：－， as 09：00－12：00，… is typed
            for piece in filter(None, re.split(r"[,;、\s]+(?=\d)", written.strip())):
                read_as = _LINE.fullmatch(piece.strip())
                if read_as is None:
                    self.add_error(f"day_{number}", str(t("请写成 09:00-12:00, 13:00-18:00", "write 09:00-12:00, 13:00-18:00")))
                    break
                one, two, three, four = map(int, read_as.groups())
                found.append(Hours(number, one * 60 + two, min(three * 60 + four, MIDNIGHT)))
        try:
            return {**told, "hours": self._agreed(checked(found), despite=told["despite"])}
        except BadTime as wrong:
            self.add_error(None, str(wrong.text))
            return told

    def _agreed(self, hours: tuple[Hours, ...], *, despite: bool) -> tuple[Hours, ...]:
        """The box stands there only while bookings lie outside of the hours."""
        outside = [] if self.errors else self.booked(hours)
        if not outside:
            del self.fields["despite"]
        elif not despite:
            self.add_error("despite", str(t("这样修改后有 {n} 个预约不在开放时间内：{which}。保留这些预约请勾选，否则请先逐个取消",
                                            "bookings outside of these hours ({n}): {which}. Tick the box to keep them, or cancel them "
                                            "first").format(n=len(outside), which=listed(outside))))
        return hours


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
            hour, least = self._fen(told, f"hour_{code}", _HOUR), self._fen(told, f"least_{code}", t("次", "use"))
            if hour is not None:
                found[code] = Rate(hour, least or 0)
        return {**told, "prices": found}

    def _fen(self, told: dict[str, Any], name: str, of: Text) -> int | None:
        try:
            return _fen(told.get(name, ""), of)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return None


def _price(label: Text, fen: int | None) -> forms.CharField:
    initial = "" if fen is None else f"{fen // 100}.{fen % 100:02}"
    return forms.CharField(label=label, required=False, max_length=20, initial=initial)


def _fen(written: str, of: Text) -> int | None:
    """Fen of what was written in yuan as the price ``of`` one; a foreign currency is refused."""
    try:
        return read(Field("price", t("价格", "price"), "money", unit=of), written)
    except BadValue as wrong:
        raise forms.ValidationError(str(wrong.text)) from wrong


class ClosureForm(LocalForm):
    """A closure from one local time to another; ``booked`` tells which bookings touch a span, and their cancelling must be agreed to."""

    start = LocalTimeField(label=t("停用自", "Closed from"))
    end = LocalTimeField(label=t("至", "Until"))
    reason = forms.CharField(label=t("原因（用户可见）", "Why (users read it)"), max_length=200)
    cancel = forms.BooleanField(label=t("取消这些预约并通知", "Cancel these bookings and tell their users"), required=False)

    def __init__(self, *args: Any, booked: Callable[[Span], list[Text]], **kwargs: Any) -> None:
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
                                           "this would cancel ({n}): {which}. Tick the box to cancel them")
                                         .format(n=len(found), which=listed(found))))
        return told


class QualifyForm(forms.Form):
    """A person who passed training, until a day."""

    person = forms.CharField(label=t("姓名或个人标识", "Name or URN of the person"), max_length=100)
    expires = forms.DateField(label=t("有效期至", "Valid until"), widget=DAY, validators=[plausible])

    def clean_person(self) -> Any:
        """The person's row."""
        try:
            return exact.person(self.cleaned_data["person"])
        except BadFact as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong

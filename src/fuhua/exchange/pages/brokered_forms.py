"""The forms of brokering: the shortlist, the desk, and what each verb of an introduction wants to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions.deals import require_ahead, require_price
from fuhua.exchange.actions.introductions import require_day
from fuhua.exchange.actions.pilots import Agreed, Measured
from fuhua.exchange.words import CLOSINGS, FOLLOW_UPS, IRRELEVANT, PROCUREMENT, RESULTS
from fuhua.kernel import period
from fuhua.kernel.once import OnceField
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import MoneyField

_LINES = forms.Textarea(attrs={"rows": 3})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _choices(words: dict[str, Text], none: Text | None = None) -> list[tuple[str, Any]]:
    return [*([("", none)] if none else []), *words.items()]


def _held(require: Callable[..., None], value: Any, *more: Any) -> Any:
    """The value, once the action's own check holds; what it says stands at the field."""
    try:
        require(value, *more)
    except BadFact as wrong:
        raise forms.ValidationError(str(wrong.text)) from wrong
    return value


class PersonChoice(forms.ModelChoiceField):
    """One of several people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return obj.name


class AddForm(forms.Form):
    """An offer added to a shortlist by hand."""

    offer = forms.CharField(label=t("供给编号或网址", "Number or address of the offer"), max_length=200)
    note = forms.CharField(label=t("推荐理由", "Why it is added"), max_length=500)


class IrrelevantForm(forms.Form):
    """Why an offer is not relevant."""

    reason = forms.ChoiceField(label=t("原因", "Why"), choices=_choices(IRRELEVANT))


class IntroduceForm(forms.Form):
    """How the two are introduced: at an event where they met, or from the list."""

    event = forms.CharField(label=t("活动", "Event"), max_length=200, required=False,
                            help_text=t("在哪场活动上已见面；没有则不填", "where they met already; leave empty if they did not"))
    meets = forms.DateField(label=t("会面日期", "Day they meet"), required=False, widget=_DAY)

    def __init__(self, *args: Any, brokers: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not brokers:
            self.fields.clear()


class HandOverForm(forms.Form):
    """Another broker, or nobody: back into the queue."""

    to = PersonChoice(None, label=t("转交给", "Hand over to"), required=False, empty_label=t("放回队列", "back into the queue"))

    def __init__(self, *args: Any, brokers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = brokers


class EmptyForm(forms.Form):
    """A verb that needs no words."""


class AnswerForm(forms.Form):
    """Yes, or no with a reason."""

    says = forms.ChoiceField(label=t("是否对接", "Do you want to meet?"), widget=forms.RadioSelect,
                             choices=[("yes", t("同意，可以告知我方名称", "yes, and our name may be told")), ("no", t("不对接", "no"))])
    because = forms.ChoiceField(label=t("不对接的原因", "Why not"), required=False,
                                choices=_choices(CLOSINGS, t("（同意则不填）", "(leave empty for yes)")))

    def clean(self) -> dict[str, Any]:
        """“No” takes a reason."""
        told = super().clean() or {}
        if told.get("says") == "no" and not told.get("because"):
            self.add_error("because", str(t("请选择原因，对方据此改进", "choose why; the other side learns from it")))
        if told.get("says") == "yes" and told.get("because"):
            self.add_error("because", str(t("同意则不选原因；如不对接请选“不对接”", "for a yes leave this empty; or say no above")))
        return told


class ArrangeForm(forms.Form):
    """When and at which event the two meet."""

    meets = forms.DateField(label=t("会面日期", "Day you meet"), widget=_DAY)
    event = forms.CharField(label=t("活动或地点", "Event or place"), max_length=200, required=False)

    def clean_meets(self) -> dt.date:
        """A day to come."""
        return _held(require_day, self.cleaned_data["meets"], period.day(timezone.now()))


class RevealForm(forms.Form):
    """Until when the second tier is open."""

    until = forms.DateField(label=t("开放至", "Open until"), widget=_DAY)


class AgreedForm(forms.Form):
    """The terms of an order."""

    hours = forms.IntegerField(label=t("机时（小时）", "Hours"), min_value=1, max_value=100_000, required=False,
                               help_text=t("填写后，金额为每小时单价", "when given, the amount is the price of one hour"))
    price = MoneyField(label=t("金额", "Amount"), help_text=t("如 50 万元；无偿填 0", "such as 500000; 0 when it is free"))
    deliverable = forms.CharField(label=t("交付内容", "What is delivered"), max_length=200)
    due = forms.DateField(label=t("交付日期", "Delivered by"), widget=_DAY)
    pay_days = forms.IntegerField(label=t("付款期限（天）", "Days to pay"), min_value=0, max_value=365, initial=30,
                                  help_text=t("自验收之日起", "from acceptance"))
    procurement = forms.ChoiceField(label=t("采购方式", "Procurement route"), required=False,
                                    choices=_choices(PROCUREMENT, t("（非公共部门不填）", "(only for a public buyer)")))

    def clean_price(self) -> int:
        """Nothing or more."""
        return _held(require_price, self.cleaned_data["price"])

    def clean_due(self) -> dt.date:
        """A day to come."""
        return _held(require_ahead, self.cleaned_data["due"], period.day(timezone.now()))

    def agreed(self) -> Agreed:
        """The terms."""
        return Agreed(**self.cleaned_data)


class PilotForm(AgreedForm):
    """The terms of a pilot."""

    baseline = forms.CharField(label=t("基线", "Baseline"), max_length=2000, widget=_LINES,
                               help_text=t("试点前的指标和数值", "the measure and its value before the pilot"))
    site = forms.CharField(label=t("场地边界", "Limits of the site"), max_length=2000, widget=_LINES)
    data = forms.CharField(label=t("数据边界", "Limits of data use"), max_length=2000, widget=_LINES)
    safety = forms.CharField(label=t("安全要求", "Safety"), max_length=2000, widget=_LINES)
    approval = forms.BooleanField(label=t("现场安全批准后才能测量", "Measured once the site’s safety is approved"), required=False,
                                  help_text=t("需求方上传批准文件后才能登记读数", "readings are logged once the needing side has filed it"))
    if_success = forms.CharField(label=t("达标之后", "If it succeeds"), max_length=2000, widget=_LINES, required=False,
                                 help_text=t("买多少、多久签约", "how much is ordered, and by when"))
    field_order = ("baseline", "site", "data", "safety", "approval", "if_success", "deliverable", "due", "hours", "price", "pay_days",
                   "procurement")

    def agreed(self) -> Agreed:
        """The terms, the pilot's own apart."""
        told = dict(self.cleaned_data)
        trial = {name: told.pop(name) for name in ("baseline", "site", "data", "safety", "if_success")}
        if told.pop("approval"):
            trial["approval"] = "yes"
        return Agreed(**told, trial=trial)


class ApprovalForm(forms.Form):
    """The approval of the site's safety."""

    file = forms.FileField(label=t("安全批准文件", "The approval"), help_text=t(
        "PDF、Office 文档或图片，最大 10 MB；双方和负责记录的主管、审计人员可查阅",
        "PDF, Office or a picture, 10 MB at most; read by both sides, and by officers and auditors who answer for the record"))


class ReadingForm(forms.Form):
    """One reading of a pilot."""

    measure = forms.CharField(label=t("指标", "Measure"), max_length=100)
    value = forms.DecimalField(label=t("数值", "Value"), max_digits=15, decimal_places=6)
    unit = forms.CharField(label=t("单位", "Unit"), max_length=20, required=False)
    day = forms.DateField(label=t("测量日期", "Day"), widget=_DAY)
    note = forms.CharField(label=t("说明", "Note"), max_length=500, required=False)

    def told(self) -> Measured:
        """The reading."""
        return Measured(**self.cleaned_data)


class ResultForm(forms.Form):
    """What the pilot showed."""

    result = forms.ChoiceField(label=t("试点结果", "What the pilot showed"), choices=_choices(RESULTS))


class DeclineForm(forms.Form):
    """No, because."""

    because = forms.ChoiceField(label=t("未成的原因", "No, because"), choices=_choices(CLOSINGS))


class FollowUpForm(forms.Form):
    """What has come of the meeting."""

    outcome = forms.ChoiceField(label=t("进展", "What came of it"), choices=_choices(FOLLOW_UPS))
    text = forms.CharField(label=t("说明", "Note"), max_length=1000, required=False, widget=_LINES)


class CardForm(forms.Form):
    """The case card."""

    title = forms.CharField(label=t("案例标题", "Title of the case"), max_length=100)
    text = forms.CharField(label=t("案例内容", "The case"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
                           help_text=t("问题、做法、实测结果、条件与教训；双方同意后公开", "problem, approach, measured result, "
                                       "conditions and lessons; shown once both sides consent"))


class DisputeForm(forms.Form):
    """What seems to be reused."""

    once = OnceField()
    text = forms.CharField(label=t("情况说明", "What happened"), max_length=3000, widget=_LINES)


class DeskFilter(forms.Form):
    """How the broker's desk is narrowed."""

    queue = forms.CharField(required=False, widget=forms.HiddenInput)
    whose = forms.ChoiceField(label=t("由谁负责", "Whose"), required=False, choices=[
        ("", t("全部", "all")), ("mine", t("我负责的", "mine")), ("nobody", t("无人负责的", "nobody’s"))])
    kind = forms.ChoiceField(label=t("类别", "Kind"), required=False)

    def __init__(self, *args: Any, kinds: dict[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _choices(kinds, t("全部", "all"))

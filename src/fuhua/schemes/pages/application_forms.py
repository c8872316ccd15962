"""Forms of calls and applications: one form derived from the kind's questions, and what each verb wants to know."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django import forms

from fuhua.evidence.words import CONTEST_REASONS
from fuhua.kernel import period
from fuhua.kernel.questions import Question
from fuhua.kernel.words import t
from fuhua.kernel.written import MoneyField, Written, area, rewritten
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.words import DISTRICTS
from fuhua.schemes.actions.calls import Told
from fuhua.schemes.actions.writing import TITLE, mark
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Call
from fuhua.schemes.queries.answers import parties_for
from fuhua.schemes.words import CALL_CANCELLATIONS, FUTURE_FIELDS

_CHOOSE = ("", t("请选择", "choose"))


class WritingForm(forms.Form):
    """The questions of an application that may be written now, with the marks of what they held when the form was opened."""

    use_required_attribute = False

    def __init__(self, row: Application, asks: Iterable[Question], data: Any = None) -> None:
        asks = list(asks)
        stored = {each.name: (row.title or None) if each.name == TITLE.name else row.values.get(each.name) for each in asks}
        super().__init__(data, initial={name: rewritten(each, stored[each.name]) for each in asks for name in [each.name]} | {
            "version": row.version, "base": json.dumps({name: mark(value) for name, value in stored.items()})})
        self.fields["version"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
        self.fields["base"] = forms.CharField(required=False, max_length=10_000, widget=forms.HiddenInput)
        self.fields |= {each.name: Written(each) for each in asks}
        for each in asks:
            if each.type == "party":
                self.fields[each.name].widget.choices = [_CHOOSE, *((one.urn, one.name) for one in parties_for(each))]
        self.asks = asks

    def written(self) -> dict[str, Any]:
        """What was sent of the questions, as people write it."""
        data: Any = self.data
        sent = {each.name: data.getlist(each.name) if each.type == "choices" else data.get(each.name) for each in self.asks}
        return {name: value for name, value in sent.items() if value is not None}

    def base(self) -> dict[str, str]:
        """The marks with which the form was opened; those of questions whose clash the writer settled are the newest."""
        try:
            told = json.loads(self.data.get("base", ""))
        except (ValueError, RecursionError):
            told = {}
        found = {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}
        name, _colon, newest = self.data.get("mine", "").partition(":")
        return found | ({name: newest} if newest else {})

    def version(self) -> int:
        """The version with which the form was opened; 0 when it does not say."""
        sent = self.data.get("version", "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


class ContestForm(forms.Form):
    """Why what is on record is wrong, and what is right."""

    name = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=t("异议原因", "Why"), choices=[_CHOOSE, *CONTEST_REASONS.items()])

    def __init__(self, *args: Any, ask: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = Written(ask, required=True, label=t("正确内容", "What is right"))


class AttachForm(PressForm):
    """A document under one code of the evidence."""

    code = forms.CharField(max_length=24, widget=forms.HiddenInput)
    file = forms.FileField(label=t("文件", "File"), allow_empty_file=True,
                           help_text=t("PDF、Office 文档或图片", "PDF, Office document or picture"))


class InviteForm(PressForm):
    """Who writes it too."""

    account = forms.CharField(label=t("对方的登录名", "Their user name"), max_length=150)


class ImportForm(PressForm):
    """An exported application."""

    file = forms.FileField(label=t("导出的申报书（JSON）", "Exported application (JSON)"), allow_empty_file=True)


class GapsForm(PressForm):
    """What is lacking: a line of words for each question or document that is."""

    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = scheme_kinds()[row.call.kind]
        named = [(each.name, each.label) for each in (TITLE, *kind.asks)] + [(each.code, each.label) for each in kind.evidence]
        self.fields |= {f"gap_{name}": forms.CharField(label=label, required=False, max_length=500) for name, label in named}

    def gaps(self) -> dict[str, str]:
        """Name → what to do, of those that were filled in."""
        return {name.removeprefix("gap_"): text for name, text in self.cleaned_data.items() if name.startswith("gap_") and text}


class ObjectForm(PressForm):
    """Whom the applicant asks to be kept out of its review."""

    person = forms.CharField(label=t("专家姓名", "Expert’s name"), max_length=100)
    house = forms.CharField(label=t("所在单位全称", "Organisation they work for"), max_length=200)
    said = forms.CharField(label=t("理由", "Why"), max_length=500, widget=area(),
                           help_text=t("在抽取专家之前提出；不会告知此人是否在专家库中",
                                       "before experts are drawn; whether they are in the pool is not told"))


class RecommendForm(PressForm):
    """The district's letter: money, day and file."""

    matched = MoneyField(label=t("承诺配套金额（元）", "Money committed (yuan)"), max_length=30)
    day = forms.DateField(label=t("推荐函日期", "Day of the letter"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    letter = forms.FileField(label=t("推荐函", "Letter"), allow_empty_file=True)


class MomentField(forms.DateTimeField):
    """A moment in Beijing, to the second."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    input_formats = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")

    def to_python(self, value: Any) -> Any:
        """An aware moment."""
        found = None if value in self.empty_values else super().to_python(value)
        return found.replace(tzinfo=period.SHANGHAI) if isinstance(found, dt.datetime) else found

    def prepare_value(self, value: Any) -> Any:
        """Shown in Beijing time."""
        return value.astimezone(period.SHANGHAI).replace(tzinfo=None) if isinstance(value, dt.datetime) and value.tzinfo else value


class CallForm(PressForm):
    """A call of a kind."""

    use_required_attribute = False
    title = forms.CharField(label=t("标题", "Title"), max_length=200)
    text = forms.CharField(label=t("通知正文", "Text"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}),
                           help_text=t("支持方式、金额和条件以公开文件为准", "support, amounts and conditions as published"))
    opens_at = MomentField(label=t("开始时间", "Opens"))
    closes_at = MomentField(label=t("截止时间（含当秒）", "Closes (that second included)"))
    edition = forms.SlugField(label=t("所属方案（代码）", "Plan edition (code)"), required=False, max_length=60)
    themes = forms.MultipleChoiceField(label=t("征集领域", "Fields asked for"), required=False, widget=forms.CheckboxSelectMultiple)
    district = forms.ChoiceField(label=t("仅限所在区", "One district only"), required=False,
                                 choices=[("", t("全市", "the whole city")), *DISTRICTS.items()])
    places = forms.IntegerField(label=t("支持数量", "Places"), required=False, min_value=1, max_value=100_000)
    budget = MoneyField(label=t("预算（元）", "Budget (yuan)"), required=False, max_length=30)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        if not any(ask.name == "field" and ask.choices for ask in scheme_kinds()[kind].asks):
            del self.fields["themes"]
        else:
            self.fields["themes"].choices = list(FUTURE_FIELDS.items())

    def told(self) -> Told:
        """What was written, for ``actions.calls``."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        return Told(kind=self._kind, **given)


def of_call(row: Call) -> dict[str, Any]:
    """What the form of a call holds."""
    names = ("title", "text", "opens_at", "closes_at", "edition", "themes", "district", "places", "budget")
    return {name: getattr(row, name) for name in names}


class ExtendForm(PressForm):
    """The later moment."""

    closes_at = MomentField(label=t("新的截止时间", "Closes at"))


class CancelForm(PressForm):
    """Why a call is taken back."""

    because = forms.ChoiceField(label=t("取消原因", "Why"), choices=[_CHOOSE, *CALL_CANCELLATIONS.items()])


class BeginForm(PressForm):
    """For whom one applies."""

    applicant = forms.ChoiceField(label=t("申报主体", "Applicant"))

    def __init__(self, *args: Any, houses: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applicant"].choices = [(str(each.pk), each.name) for each in houses]



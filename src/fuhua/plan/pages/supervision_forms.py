"""The forms of supervision: files of tasks, blockers, meetings, decisions, freezes and restatements."""

from __future__ import annotations

from typing import Any

from django import forms

from fuhua.kernel.words import Text, t
from fuhua.parties.panels import OrganisationField
from fuhua.plan.words import BLOCKER_CODES, RESTATE_REASONS

_DAY = forms.DateInput(attrs={"type": "date"})
_LINES = forms.Textarea(attrs={"rows": 3})


class ImportForm(forms.Form):
    """A spreadsheet of annual tasks."""

    file = forms.FileField(
        label=t("年度任务表（.xlsx 或 .csv）", "Annual tasks (.xlsx or .csv)"),
        help_text=t("列：任务名称、牵头单位、核验单位、完成时限；可选：年度、举措序号、配合单位、关联指标（如 I8:200）",
                    "columns title, lead, verifier, due; optional year, measure, co-units, indicators (such as I8:200)"))


class BlockerForm(forms.Form):
    """What stands in the way."""

    code = forms.ChoiceField(label=t("问题类别", "Kind"), choices=list(BLOCKER_CODES.items()))
    text = forms.CharField(label=t("卡在哪里", "What is in the way"), max_length=1000, widget=_LINES)


class MeetingForm(forms.Form):
    """A meeting to be called."""

    title = forms.CharField(label=t("会议名称", "Title"), max_length=200)
    day = forms.DateField(label=t("日期", "Day"), widget=_DAY)
    place = forms.CharField(label=t("地点", "Place"), max_length=200, required=False)
    chair = OrganisationField(label=t("召集单位", "Chaired by"))


class DecisionForm(forms.Form):
    """What the meeting decided, and what it becomes."""

    text = forms.CharField(label=t("议定事项", "Decision"), max_length=1000, widget=_LINES)
    organisation = OrganisationField(label=t("责任单位", "Done by"))
    due = forms.DateField(label=t("完成时限", "By"), widget=_DAY)
    becomes = forms.ChoiceField(label=t("转为", "Becomes"), choices=[
        ("task", t("年度任务", "an annual task")), ("order", t("督办单", "a supervision order"))])
    verifier = OrganisationField(label=t("核验单位", "Verified by"), required=False,
                                 help_text=t("仅任务填写；不填即召集单位", "tasks only; left empty, the chair"))
    item = forms.ChoiceField(label=t("对应议题", "Agenda item"), required=False)

    def __init__(self, *args: Any, items: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none: Text = t("（无）", "(none)")
        self.fields["item"].choices = [("", none), *((str(item.pk), f"{item.position}. {item.title}") for item in items)]


class FreezeForm(forms.Form):
    """The quarter to be frozen."""

    day = forms.DateField(label=t("季末日期", "Last day of the quarter"), widget=_DAY)


class RestateForm(forms.Form):
    """Why a reading is read anew, and under which definition."""

    definition = forms.CharField(label=t("统计口径", "Definition"), required=False, max_length=16,
                                 help_text=t("不填即原口径", "left empty, the same"))
    reason = forms.ChoiceField(label=t("原因", "Reason"), choices=list(RESTATE_REASONS.items()))
    note = forms.CharField(label=t("说明", "Note"), max_length=500)

"""Forms of cultivation: who appraises, a line stated, a task, its report, an approval, and an appeal with its decision."""

from __future__ import annotations

from typing import Any

from django import forms

from fuhua.evidence.words import CONTEST_REASONS
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area, choices
from fuhua.parties.panels.pressing import PressForm
from fuhua.schemes.actions.appraisals import ASSESSORS
from fuhua.schemes.kinds import appraising, reform
from fuhua.schemes.pages.agreement_forms import day_field
from fuhua.schemes.queries.agreements import bearers
from fuhua.schemes.words import UPLIFT_ENDS


def file_field(label: Text) -> forms.FileField:
    """A file that is told by its first bytes when it is kept."""
    return forms.FileField(label=label, allow_empty_file=True, help_text=t("PDF、Office 文档或图片", "PDF, Office document or picture"))


class ItemForm(PressForm):
    """A verb of one line, task, warning or assessment."""

    item = forms.CharField(max_length=20, widget=forms.HiddenInput)


class JudgeForm(PressForm):
    """Who appraises, measures again, or reviews an appeal: an expert or a city officer in office."""

    person = forms.ModelChoiceField(label=t("人员", "Person"), queryset=None)

    def __init__(self, *args: Any, label: Text | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = bearers(*ASSESSORS)
        self.fields["person"].label = label or self.fields["person"].label


class LineForm(ItemForm):
    """The assessor's own value of a line."""

    own = forms.DecimalField(label=t("认定值", "Value found"), min_value=0, max_digits=15, decimal_places=2)
    reason = forms.ChoiceField(label=t("异议原因（与预填数不同时必选）", "Why (needed against what is on record)"), required=False,
                               choices=choices(CONTEST_REASONS))
    note = forms.CharField(label=t("说明", "Note"), required=False, max_length=500)
    file = file_field(t("证据", "Evidence"))


class ConcludeForm(PressForm):
    """The assessor's remarks on the whole."""

    text = forms.CharField(label=t("测评意见", "Remarks"), required=False, max_length=2000, widget=area())


class DraftForm(PressForm):
    """Whether the approvals of state-owned incubators belong to the plan."""

    state_owned = forms.BooleanField(label=t("国有孵化器（附国企改革清单）", "State-owned (with the checklist of approvals)"),
                                     required=False)


class TaskForm(PressForm):
    """A gap becomes a task of somebody of the incubator."""

    line = forms.ChoiceField(label=t("差距", "Gap"), choices=[(each.code, each.label) for each in appraising.LINES])
    title = forms.CharField(label=t("任务", "Task"), max_length=200)
    owner = forms.ModelChoiceField(label=t("责任人", "Owner"), queryset=None)
    due = day_field(t("期限", "Due"))

    def __init__(self, *args: Any, owners: Any, gaps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["line"].choices = choices({code: appraising.BY_CODE[code].label for code in gaps})


class ReportForm(ItemForm):
    """What was done, with evidence."""

    text = forms.CharField(label=t("完成情况", "What was done"), max_length=2000, widget=area())
    file = file_field(t("证据", "Evidence"))


class TextForm(ItemForm):
    """What is missing of a task, or why one appeals."""

    text = forms.CharField(label=t("理由", "Why"), max_length=4000, widget=area())


class ApproveForm(ItemForm):
    """An approval of the checklist."""

    item = forms.ChoiceField(label=t("事项", "Approval"), choices=choices({each.code: each.label for each in reform.APPROVALS}))
    done_on = day_field(t("获批日期", "Approved on"))
    file = file_field(t("依据文件", "Paper"))


class EndForm(PressForm):
    """Why a plan is over."""

    because = forms.ChoiceField(label=t("终止原因", "Why"), choices=choices(UPLIFT_ENDS))


class DecideForm(PressForm):
    """The reviewer's decision."""

    upheld = forms.TypedChoiceField(label=t("复核结论", "Decision"), coerce=lambda value: value == "yes",
                                    choices=choices({"yes": t("申诉成立", "upheld"), "no": t("申诉不成立", "dismissed")}))
    text = forms.CharField(label=t("复核意见", "Why"), max_length=4000, widget=area())

"""Forms of the list of fields, of consortiums and of gold seeds: what each verb wants to know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from fuhua.kernel.words import t
from fuhua.kernel.written import area, choices
from fuhua.parties.panels.pressing import PressForm
from fuhua.schemes.actions.fields import Grounds
from fuhua.schemes.words import FUTURE_FIELDS, LEAVING_REASONS, SEED_RESULTS


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


class DecisionForm(PressForm):
    """Why and by whom something about a field was decided; every verb has this."""

    use_required_attribute = False

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "day": day_field(t("生效日期", "Holds from"), initial=today),
            "decided": forms.CharField(label=t("由谁决定（委员会和会议）", "Decided by (committee and meeting)"), max_length=200),
            "why": forms.CharField(label=t("理由", "Why"), max_length=2_000, widget=area()),
            "brief": forms.FileField(label=t("领域说明（PDF）", "Field brief (PDF)"), allow_empty_file=True),
        }

    def grounds(self, person: int) -> Grounds:
        """The grounds as they were written, recorded by the officer ``person``."""
        said = self.cleaned_data
        return Grounds(said["day"], said["why"], said["decided"], said["brief"].file, person)


class RenameForm(DecisionForm):
    """The new names."""

    zh = forms.CharField(label=t("新中文名", "New Chinese name"), max_length=60)
    en = forms.CharField(label=t("新英文名", "New English name"), max_length=100)


class EnterForm(DecisionForm):
    """A field that is not on the list, or came off it."""

    code = forms.CharField(label=t("代码（永久不变）", "Code (for ever)"), max_length=24,
                           help_text=t("小写字母、数字、下划线，如 quantum_sensing；重新列入已退出的领域填其原代码",
                                       "small letters, digits, underscores, such as quantum_sensing; its former code to enter one anew"))
    zh = forms.CharField(label=t("中文名", "Chinese name"), max_length=60)
    en = forms.CharField(label=t("英文名", "English name"), max_length=100)
    former = forms.ChoiceField(label=t("承接哪个领域", "Follows which field"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["former"].choices = [("", t("无", "none")), *FUTURE_FIELDS.ever().items()]


class MergeForm(DecisionForm):
    """Where the field goes."""

    into = forms.ChoiceField(label=t("并入哪个领域", "Into which field"))

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [each for each in choices(FUTURE_FIELDS) if each[0] != code]


class MemberForm(PressForm):
    """Whom the consortium asks, and for what."""

    party = forms.CharField(label=t("成员单位", "Member"), max_length=200,
                            help_text=t("填写全称、挂牌名或统一社会信用代码", "registered name, plate or credit code"))
    part = forms.CharField(label=t("分工", "Its part"), max_length=300)


class ConfirmForm(PressForm):
    """A member confirms the text that it read."""

    document = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=t("我已阅读联合体协议，确认本单位的分工",
                                        "I have read the consortium agreement and confirm our part"))


class RecheckForm(PressForm):
    """What the recheck of a gold seed finds."""

    result = forms.ChoiceField(label=t("复核结论", "Result"), choices=choices(SEED_RESULTS))
    why = forms.CharField(label=t("理由", "Why"), max_length=2_000, widget=area())
    heard = forms.CharField(label=t("企业意见（听取过的）", "What the firm said, if it was heard"), max_length=2_000, required=False,
                            widget=area(2))


class HearForm(PressForm):
    """The day on which the firm is heard."""

    day = day_field(t("听取意见日期", "Heard on"), help_text=t("至少提前 5 个工作日", "five working days ahead at least"))


class LeaveForm(PressForm):
    """Why a gold seed leaves."""

    reason = forms.ChoiceField(label=t("出库原因", "Reason"), choices=choices(LEAVING_REASONS))
    why = forms.CharField(label=t("理由", "Why"), max_length=2_000, widget=area())
    heard = forms.CharField(label=t("企业意见（安排过听取的必填）", "What the firm said (needed if a hearing was set)"), max_length=2_000,
                            required=False, widget=area(2))

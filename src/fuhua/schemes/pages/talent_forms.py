"""The forms of talents: the pool, vacancies, practicums and their assessments, credentials and placements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area, choices
from fuhua.parties.panels import OrganisationField
from fuhua.parties.panels.pressing import PressForm
from fuhua.schemes.kinds.training import SHARED_DAYS
from fuhua.schemes.pages.agreement_forms import day_field
from fuhua.schemes.words import ASSESSED_AS, FUTURE_FIELDS, LACKING, LEAVINGS, ORIGINS, PRACTICUM_STOPS, RECHECKED

DOCUMENTS = 3  # files that one consent form takes
_YES, _NO = t("仍在岗", "still here"), t("已不在岗", "no longer here")


def fields_field(*, required: bool = False) -> forms.MultipleChoiceField:
    """Codes of future fields."""
    return forms.MultipleChoiceField(label=t("领域", "Fields"), required=required, choices=lambda: list(FUTURE_FIELDS.items()),
                                     widget=forms.CheckboxSelectMultiple)


class HousesForm(PressForm):
    """A form sent for one of the reader's organisations; with only one there is nothing to choose."""

    label: Text = t("以哪个单位的名义", "On behalf of")

    def __init__(self, *args: Any, houses: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.houses = {str(each.pk): each for each in houses}
        found = [(key, each.name) for key, each in self.houses.items()]
        field = forms.ChoiceField(label=self.label, choices=found, initial=found[0][0] if found else None)
        if len(found) == 1:
            field.widget = forms.HiddenInput()
        self.fields = {"house": field, **self.fields}

    def clean_house(self) -> Any:
        """The organisation's row."""
        return self.houses[self.cleaned_data["house"]]


class InviteTalentForm(HousesForm):
    """Whom to invite, by user name, and where they come from."""

    account = forms.CharField(label=t("对方的登录名", "Their user name"), max_length=150)
    origin = forms.ChoiceField(label=t("来自", "Comes from"), choices=choices(ORIGINS))


class TellForm(PressForm):
    """What somebody says of themselves."""

    record = forms.CharField(label=t("自述经历", "In my own words"), max_length=4000, required=False, widget=area(5),
                             help_text=t("展示时标为“自报”；创办、任职、辅导等由平台依据双方确认的关系自动列出",
                                         "shown as declared; ventures, posts and mentoring are listed from confirmed ties"))
    fields_ = fields_field()
    aim = forms.CharField(label=t("希望承担的岗位", "Post aimed at"), max_length=200, required=False)
    starts = day_field(t("可到岗日期", "Can start on"), required=False)


class ShareForm(PressForm):
    """To which organisation the record is opened."""

    house = OrganisationField(label=t("向哪个单位开放履历", "Open my record to"),
                              help_text=t("登记全称、挂牌名或统一社会信用代码；{n} 天后自动到期，可随时撤回",
                                          "registered name, plate or credit code; for {n} days, and you can withdraw at any time")
                              .format(n=SHARED_DAYS))


class VacancyForm(HousesForm):
    """A post to be filled."""

    post = forms.CharField(label=t("岗位", "Post"), max_length=200)
    count = forms.IntegerField(label=t("人数", "People"), min_value=1, max_value=50, initial=1)
    starts = day_field(t("到岗日期", "First day"))
    fields_ = fields_field()
    text = forms.CharField(label=t("要求", "What is wanted"), max_length=2000, required=False, widget=area())


class InterestForm(PressForm):
    """Whether the incubator may read the record."""

    share = forms.BooleanField(label=t("允许该孵化器查看我的履历", "let this incubator read my record"), required=False,
                               initial=True,
                               help_text=t("不勾选则对方只知道有人感兴趣，不知道是谁",
                                           "without it they only know that somebody is interested"))


class AssignForm(HousesForm):
    """Where somebody trains, with whom, and when."""

    label = t("带教孵化器", "Host incubator")
    venture = OrganisationField(label=t("实训企业或项目", "Venture or project"),
                                help_text=t("登记全称、挂牌名或统一社会信用代码", "registered name, plate or credit code"))
    tutor = forms.CharField(label=t("带教导师的登录名", "The tutor’s user name"), max_length=150,
                            help_text=t("须是该孵化器的在职人员", "somebody whom the incubator employs"))
    aim = forms.CharField(label=t("实训内容", "What is to be learnt"), max_length=500, widget=area())
    starts = day_field(t("开始日期", "From"))
    ends = day_field(t("结束日期", "Until"))


class ConsentForm(PressForm):
    """What the venture lets the trainee read, for what and until when."""

    all_facts = forms.BooleanField(label=t("允许查阅本企业在平台上的全部事实", "let them read every fact about us"), required=False)
    purpose = forms.CharField(label=t("查阅目的", "What for"), max_length=120,
                              initial=t("了解企业成长过程，完成实训报告", "to write the practicum report"))
    expires = day_field(t("查阅截止日期", "Reading ends on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(DOCUMENTS):
            self.fields[f"file_{number}"] = forms.FileField(label=t("可读文件 {n}", "Document {n}").format(n=number + 1), required=False)


class ReportForm(PressForm):
    """The practicum report."""

    file = forms.FileField(label=t("实训报告", "Practicum report"),
                           help_text=t("PDF、Office 文档或图片", "PDF, Office document or picture"))


class StopForm(PressForm):
    """Why a practicum ends before its time."""

    because = forms.ChoiceField(label=t("原因", "Why"), choices=[])

    def __init__(self, *args: Any, reasons: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [(code, PRACTICUM_STOPS[code]) for code in reasons]


class JudgeTraineeForm(PressForm):
    """One side's assessment."""

    result = forms.ChoiceField(label=t("评价", "Assessment"), choices=choices(ASSESSED_AS))
    lacking = forms.MultipleChoiceField(label=t("所缺能力（仅不合格时填）", "What was lacking (only for a failure)"), required=False,
                                        choices=list(LACKING.items()), widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=t("评价意见", "What you found"), max_length=2000, widget=area())


class HireForm(HousesForm):
    """The post and since when."""

    post = forms.CharField(label=t("岗位", "Post"), max_length=200)
    since = day_field(t("入职日期", "Since"))


class RecheckForm(PressForm):
    """Whether the person still works there."""

    still = forms.ChoiceField(label=t("满 12 个月是否在岗", "Still employed at twelve months"), choices=[("yes", _YES), ("no", _NO)])
    reason = forms.ChoiceField(label=t("原因（不在岗时选择）", "Why (when no longer)"), required=False,
                               choices=choices({code: RECHECKED[code] for code in LEAVINGS}))


class NumberForm(forms.Form):
    """The number of a credential."""

    number = forms.CharField(label=t("证书编号", "Number of the credential"), max_length=40, required=False,
                             widget=forms.TextInput(attrs={"placeholder": "BJ-FH-2026-0001"}))

"""Forms of landing cases and camps: what each verb wants to know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fuhua.journey.queries import landing_cases
from fuhua.journey.words import ACTIVITY, CASE_STATES, ERASED, LAPSE_REASONS, STEPS
from fuhua.kernel import period
from fuhua.kernel.countries import COUNTRIES
from fuhua.kernel.urn import is_urn, kind_of
from fuhua.kernel.words import t
from fuhua.kernel.written import choices
from fuhua.parties.panels import OrganisationField
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries import exact

_HOSTS = t("孵化器、园区或高校", "an incubator, park or university")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BoardForm(forms.Form):
    """The filter bar of the board."""

    state = forms.ChoiceField(label=t("状态", "State"), required=False, choices=[("", t("全部", "All")), *CASE_STATES.items()])


class OwnForm(PressForm):
    """Who looks after the case."""

    owner = forms.ModelChoiceField(label=t("案例负责人", "Owner of the case"), queryset=None,
                                   help_text=t("护照信息只有此人可以查阅", "nobody else reads the passport data"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = landing_cases.owners()


class LinkForm(PressForm):
    """The person or project that the case lacks."""

    party = forms.CharField(label=t("人才或项目", "Person or project"), max_length=200,
                            help_text=t("姓名、项目名称或 URN", "a name, a project’s name or a URN"))

    def clean_party(self) -> Any:
        """The project of that name, else the person."""
        text = self.cleaned_data["party"].strip()
        try:
            return exact.person(text) if is_urn(text) and kind_of(text) == "person" else exact.organisation(text)
        except exact.NoSuchParty as wrong:
            try:
                return exact.person(text)
            except exact.NoSuchParty:
                raise ValidationError(str(wrong.text)) from wrong


class LandForm(PressForm):
    """The entity that was registered, its host, and since when."""

    entity = OrganisationField(label=t("在京主体", "Entity in Beijing"),
                               help_text=t("须已登记，并与本人或项目有已确认的关系",
                                           "on the register, with a confirmed tie to the person or project"))
    host = OrganisationField(label=t("承接载体", "Host"), help_text=_HOSTS)
    on = forms.DateField(label=t("落地日期", "Landed on"), widget=_DAY)


class LapseForm(PressForm):
    """Why it came to nothing."""

    reason = forms.ChoiceField(label=t("失效原因", "Why it lapses"), choices=choices(LAPSE_REASONS))


class PassportForm(PressForm):
    """What stands in the passport; it is never shown back but to the owner of the case."""

    name = forms.CharField(label=t("护照姓名", "Name as in the passport"), max_length=200,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))
    number = forms.RegexField(r"^[A-Za-z0-9]{5,15}$", label=t("护照号码", "Passport number"), strip=True,
                              widget=forms.TextInput(attrs={"autocomplete": "off"}),
                              error_messages={"invalid": t("护照号码为 5 至 15 位字母和数字", "5 to 15 letters and digits")})
    country = forms.ChoiceField(label=t("国籍", "Nationality"), choices=choices(COUNTRIES))
    expires = forms.DateField(label=t("有效期至", "Expires"), widget=_DAY)

    def said(self) -> dict[str, str]:
        """What is kept."""
        found = self.cleaned_data
        return {"name": found["name"], "number": found["number"].upper(), "country": found["country"],
                "expires": found["expires"].isoformat()}


class EraseForm(PressForm):
    """Why it is erased."""

    reason = forms.ChoiceField(label=t("删除原因", "Why it is erased"), choices=[(code, label) for code, label in ERASED.items()
                                                                           if code != "closed"])


class ShowForm(PressForm):
    """By what the landed side shows that it is active."""

    evidence = forms.ChoiceField(label=t("活跃证明", "What shows it"), choices=choices(ACTIVITY))
    file = forms.FileField(label=t("文件（PDF 或图片）", "File (PDF or picture)"))


class CampForm(PressForm):
    """Who hosts the camp, and who is asked for each step of landing."""

    host = OrganisationField(label=t("承办方", "Host"), help_text=_HOSTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step, label in STEPS.items():
            self.fields[step] = OrganisationField(label=t("{step}由谁办理", "{step}: asked of").format(step=label),
                                                  required=False, help_text=t("不填为组织单位", "blank: the issuer of the call"))

    def desks(self) -> dict[str, Any]:
        """Step → organisation, of those that were named."""
        return {step: self.cleaned_data[step] for step in STEPS if self.cleaned_data.get(step) is not None}


class SessionForm(PressForm):
    """One session of the curriculum, in both languages."""

    title = forms.CharField(label=t("课程名称（中文）", "Title in Chinese"), max_length=200)
    english = forms.CharField(label=t("课程名称（英文）", "Title in English"), max_length=200)
    starts = forms.DateTimeField(label=t("开始时间（北京时间）", "Starts (Beijing time)"),
                                 widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
    place = forms.CharField(label=t("地点", "Place"), max_length=200, required=False)
    link = forms.URLField(label=t("线上链接", "Link"), max_length=300, required=False, assume_scheme="https")
    held_by = OrganisationField(label=t("主讲或承办单位", "Held by"), required=False,
                                help_text=t("不填为创业营承办方", "blank: the host of the camp"))

    def clean_starts(self) -> dt.datetime:
        """The moment in Beijing."""
        starts: dt.datetime = self.cleaned_data["starts"]
        return starts.replace(tzinfo=period.SHANGHAI)


class AttendForm(PressForm):
    """Which case came to which session."""

    case = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    session = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CompleteForm(PressForm):
    """Which case completed the camp."""

    case = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class DropForm(PressForm):
    """Which session is dropped."""

    session = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

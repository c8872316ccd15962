"""The forms by which officers enter people, give offices and open accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import models
from fuhua.parties.pages.forms import OrganisationField
from fuhua.parties.queries import exact
from fuhua.parties.words import OFFICES

_DAY = forms.DateInput(attrs={"type": "date"})


class PeopleSearch(forms.Form):
    """The filter bar of the list of people."""

    q = forms.CharField(label=t("姓名或用户名", "Name or user name"), required=False, max_length=200)
    office = forms.ChoiceField(
        label=t("职务", "Office"), required=False, choices=[("", t("全部", "All")), *OFFICES.items()]
    )
    newer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    older = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OfficeForm(forms.Form):
    """An office in an organisation: only offices one may give, only organisations one answers for."""

    organisation = OrganisationField(
        label=t("单位", "Organisation"),
        help_text=t("全称、挂牌名或统一社会信用代码", "full name, plate or credit code"),
        projects=True,
    )
    office = forms.ChoiceField(label=t("职务", "Office"))
    since = forms.DateField(label=t("任职自", "Since"), required=False, widget=_DAY, help_text=t("不填为今天", "blank: today"))

    def __init__(self, *args: Any, offices: tuple[str, ...], houses: QuerySet[models.Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.houses = houses
        self.fields["office"].choices = [("", "—"), *((office, OFFICES[office]) for office in offices)]

    def clean_organisation(self) -> models.Party | None:
        """The organisation, if it is one of those the officer answers for."""
        found = self.cleaned_data["organisation"]
        if found is not None and not self.houses.filter(pk=found.pk).exists():
            raise ValidationError(
                str(t("只能选择本区的单位", "choose an organisation of your district"))
            )
        return found

    def clean_since(self) -> Any:
        """A day that has come."""
        since = self.cleaned_data["since"]
        if since is not None and since > period.day(timezone.now()):
            raise ValidationError(str(t("日期不能晚于今天", "the day lies in the future")))
        return since


class NewPerson(OfficeForm):
    """A person and their first office; only city officers may leave the office out."""

    field_order = ("name", "organisation", "office", "since")
    name = forms.CharField(
        label=t("姓名", "Name"),
        max_length=200,
        help_text=t("姓名只存于名册，不写入事实；本人可随时要求删除", "kept in the register only, never in facts; erased when they ask"),
    )

    def __init__(self, *args: Any, free: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].required = self.fields["office"].required = not free

    def clean(self) -> dict[str, Any]:
        """Organisation and office come together."""
        given = super().clean()
        if bool(given.get("organisation")) != bool(given.get("office")) and not self.errors:
            raise ValidationError(str(t("单位和职务须同时填写", "give both the organisation and the office, or neither")))
        return given


class NewAccount(forms.Form):
    """The name somebody signs in with."""

    username = forms.CharField(
        label=t("用户名", "User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=t("字母、数字和 @ . + - _，不用本人姓名亦可", "letters, digits and @ . + - _; it need not be their name"),
    )


class SamePerson(forms.Form):
    """The record that is kept of two that are one person."""

    into = forms.CharField(
        label=t("保留的人员", "The record that is kept"),
        max_length=200,
        help_text=t("URN 或唯一的姓名", "a URN, or a name that only one person bears"),
    )

    def clean_into(self) -> models.Party:
        """That person."""
        try:
            return exact.person(self.cleaned_data["into"])
        except exact.NoSuchParty as wrong:
            raise ValidationError(str(wrong.text)) from wrong


class NewPassword(forms.Form):
    """Whether the person has lost their devices too."""

    lost = forms.BooleanField(
        label=t("本人设备已遗失：同时移除通行密钥和动态验证码", "devices are lost: remove passkeys and authenticator codes too"),
        required=False,
    )

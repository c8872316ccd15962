"""What officers change of an organisation: its name from a day, another plate, its district, its credit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties import access, models
from fuhua.parties.actions import organisations as actions
from fuhua.parties.queries import directory
from fuhua.parties.words import DISTRICTS


class _Dated(forms.Form):
    since = forms.DateField(label=t("生效日期", "From"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since is not None and since > period.day(timezone.now()):
            raise ValidationError(str(t("日期不能晚于今天，请在生效后办理", "the day lies in the future; come back when it has come")))
        return since


class Rename(_Dated):
    """The new official name and its first day."""

    field_order = ("name", "since")
    name = forms.CharField(
        label=t("新的正式名称", "New official name"), max_length=200, help_text=t("与变更后的证照一致", "as on the new licence")
    )


class Plate(_Dated):
    """Another name-plate, and since when if that is known."""

    field_order = ("name", "since")
    name = forms.CharField(label=t("挂牌名称", "Name-plate"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = False


class District(_Dated):
    """Another district and the first day there."""

    field_order = ("district", "since")
    district = forms.ChoiceField(
        label=t("所在区", "District"), required=False, choices=[("", t("不在本市或不分区", "elsewhere or none")), *DISTRICTS.items()]
    )


class Code(forms.Form):
    """The right credit code, or none."""

    code = forms.CharField(
        label=t("统一社会信用代码", "Unified social credit code"),
        required=False,
        max_length=18,
        help_text=t("留空表示没有", "blank: it has none"),
    )


def _change(request: HttpRequest, urn: str, title: Text, why: Text, form: forms.Form, act: Callable[..., object]) -> HttpResponse:
    """Ask, check, act once and go back to the organisation's page."""
    if request.method == "POST" and form.is_valid():
        try:
            act(_party(request, urn), **form.cleaned_data, by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已保存：{title}", "saved: {title}").format(title=title))
            return redirect("parties:organisation", urn=urn)
    party = _party(request, urn)
    given = {"title": title, "why": why, "form": form, "party": party, "names": directory.names_of(party)}
    return render(request, "parties/change.html", given)


def _party(request: HttpRequest, urn: str) -> models.Party:
    party = access.ORGANISATIONS.get(request.who, models.Party.objects.all(), urn=urn)
    access.CHANGE_ORGANISATION.require(request.who, party)
    return party


_HOW: dict[str, Any] = {"can": access.CHANGE_ORGANISATION, "methods": ("GET", "POST")}
_RENAME, _PLATE = t("更名", "Rename"), t("加挂牌子", "Add a name-plate")
_DISTRICT, _CODE = t("变更所在区", "Set the district"), t("更正信用代码", "Correct the credit code")


@page("organisations/<str:urn>/rename/", name="parties:rename", title=_RENAME, **_HOW)
def rename(request: HttpRequest, urn: str) -> HttpResponse:
    """Another official name from a day; the former one stays and is still found."""
    why = t("原名称保留在历史中，仍可按原名称查到。", "The former name stays in its history and is still found.")
    return _change(request, urn, _RENAME, why, Rename(request.POST or None), actions.rename)


@page("organisations/<str:urn>/plate/", name="parties:add_plate", title=_PLATE, **_HOW)
def plate(request: HttpRequest, urn: str) -> HttpResponse:
    """Another name it works under."""
    why = t("按挂牌名称也能查到和填报该组织。", "The organisation is found and named by its plates too.")
    return _change(request, urn, _PLATE, why, Plate(request.POST or None), actions.add_plate)


@page("organisations/<str:urn>/district/", name="parties:set_district", title=_DISTRICT, **_HOW)
def district(request: HttpRequest, urn: str) -> HttpResponse:
    """Another district from a day."""
    party = _party(request, urn)
    form = District(request.POST or None, initial={"district": party.district})
    why = t("区级主管只能管理本区的组织：变更后由新的区负责。",
            "District officers answer for their own: the new district is responsible from now on.")
    return _change(request, urn, _DISTRICT, why, form, actions.set_district)


@page("organisations/<str:urn>/code/", name="parties:correct_code", title=_CODE, **_HOW)
def code(request: HttpRequest, urn: str) -> HttpResponse:
    """The right credit code."""
    party = _party(request, urn)
    form = Code(request.POST or None, initial={"code": party.code})
    why = t("仅用于更正登记错误；换发新代码的法人请核对证照。", "Only to mend a mistake; check the licence if a new code was issued.")
    return _change(request, urn, _CODE, why, form, actions.correct_code)

"""Pages of operators: whom their incubator admitted, and the day on which each moves in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.actions import admissions
from fuhua.journey.queries.admissions import Admitted, admitted, admitted_one
from fuhua.journey.words import STAYS
from fuhua.kernel import period
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import t
from fuhua.kernel.written import choices
from fuhua.parties.panels.pressing import PressForm, press

_TITLE = t("入驻办理", "Moving in")


class MoveInForm(PressForm):
    """From which day, and how."""

    stay = forms.ChoiceField(label=t("入驻方式", "Kind of stay"), choices=choices(STAYS))
    on = forms.DateField(label=t("入驻日期", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


@page("stays/admissions/", name="journey:admissions", can=access.ADMITS, title=_TITLE, menu=Menu(_TITLE, "scheme", 39))
def listed(request: HttpRequest) -> HttpResponse:
    """Who was admitted by a round of my incubator, those who have not moved in first."""
    return _shown(request)


@page("stays/admissions/<int:pk>/begin/", name="journey:move_in", can=access.ADMITS, title=t("办理入驻", "Move in"), methods=("POST",))
def move_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the stay."""
    row = admitted_one(request.who, pk)
    form = MoveInForm(request.POST, prefix=f"in{row.pk}")

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        admissions.move_in(application=row, stay=said["stay"], on=said["on"], by=by, at=at)

    return press(request, form, act, reverse("journey:admissions"), t("入驻已登记", "the stay is on record")) \
        or _shown(request, {row.pk: form}, 422)


def _shown(request: HttpRequest, wrong: dict[int, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    today = period.day(timezone.now())
    found = sorted(admitted(request.who), key=lambda each: each.stay is not None)
    return render(request, "journey/admissions.html", {"rows": [_line(each, today, wrong or {}) for each in found]}, status=status)


def _line(each: Admitted, today: Any, wrong: dict[int, forms.Form]) -> dict[str, Any]:
    key = each.it.pk
    form = None if each.stay else wrong.get(key) or MoveInForm(prefix=f"in{key}", initial={"on": today})
    return {"it": each, "form": form, "stay": STAYS.get(each.stay.kind, "") if each.stay else ""}

"""The desk of possible duplicates: compare side by side, merge or keep apart, undo either."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties import access, models
from fuhua.parties.actions import duplicates as pairs
from fuhua.parties.actions import organisations as actions
from fuhua.parties.queries.matching import kept_apart, possible_duplicates
from fuhua.parties.words import APART, DISTRICTS, SORTS


class Reason(forms.Form):
    """Why two organisations that look alike are two."""

    reason = forms.ChoiceField(label=t("理由", "Why"), choices=list(APART.items()))


@page(
    "organisations/duplicates/",
    name="parties:duplicates",
    can=access.MERGE,
    title=t("疑似重复的组织", "Possible duplicates"),
)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one, and what has been merged."""
    who = request.who
    everywhere = access.CITY.opens_for(who)
    mine = access.MERGE.filter(who, models.Party.objects.all())
    merged = mine.exclude(merged_into=None).select_related("merged_into").order_by("-pk")[:50]
    return render(
        request,
        "parties/duplicates.html",
        {
            "pairs": possible_duplicates(districts=None if everywhere else who.districts),
            "merged": merged,
            "apart": [
                {"row": row, "reason": APART.get(row.reason, row.reason)}
                for row in access.KEEP_APART.filter(who, kept_apart()).select_related("first", "second", "by").order_by("-pk")[:50]
            ],
        },
    )


@page(
    "organisations/duplicates/<str:one>/<str:other>/",
    name="parties:compare",
    can=access.MERGE,
    title=t("比对两个组织", "Compare two organisations"),
)
def compare(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two organisations side by side; either can become the other's duplicate."""
    rows = models.Party.objects.filter(merged_into=None).prefetch_related("names", "ties_out", "ties_in")
    first = access.MERGE.get(request.who, rows, urn=one)
    second = access.MERGE.get(request.who, rows, urn=other)
    sides = [_described(first), _described(second)]
    return render(
        request,
        "parties/compare.html",
        {
            "first": first,
            "second": second,
            "rows": [{"label": label, "before": sides[0][key], "after": sides[1][key]} for key, label in _ROWS],
            "reason_form": Reason(),
            "two_codes": bool(first.code and second.code and first.code != second.code),
        },
    )


_ROWS = (
    ("name", t("正式名称", "official name")),
    ("names", t("全部名称", "all names")),
    ("sort", t("类别", "sort")),
    ("code", t("统一社会信用代码", "credit code")),
    ("district", t("所在区", "district")),
    ("ties", t("关系数", "ties")),
    ("entered", t("登记日期", "registered on")),
    ("urn", "URN"),
)


def _described(party: models.Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "names": " / ".join(name.text for name in party.names.all()),
        "sort": SORTS[party.sort],
        "code": party.code or "—",
        "district": DISTRICTS.get(party.district, "—"),
        "urn": party.urn,
        "ties": len(party.ties_out.all()) + len(party.ties_in.all()),
        "entered": period.day(party.entered_at).isoformat(),
    }


@page(
    "organisations/merge/",
    name="parties:merge",
    can=access.MERGE,
    methods=("POST",),
    title=t("合并重复组织", "Merge a duplicate"),
)
def merge(request: HttpRequest) -> HttpResponse:
    """Read the duplicate as the other one from now on."""
    rows = models.Party.objects.all()
    duplicate = access.MERGE.get(request.who, rows, urn=request.POST.get("duplicate", ""))
    into = access.MERGE.get(request.who, rows, urn=request.POST.get("into", ""))
    try:
        actions.merge(duplicate, into, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(
            request,
            t("已将“{one}”合并到“{other}”，可随时撤销", "“{one}” is now read as “{other}”; it can be undone").format(
                one=duplicate.name, other=into.name
            ),
        )
    return redirect("parties:duplicates")


@page(
    "organisations/unmerge/",
    name="parties:unmerge",
    can=access.MERGE,
    methods=("POST",),
    title=t("撤销合并", "Undo a merge"),
)
def unmerge(request: HttpRequest) -> HttpResponse:
    """The two are two again."""
    duplicate = access.MERGE.get(request.who, models.Party.objects.all(), urn=request.POST.get("duplicate", ""))
    try:
        actions.unmerge(duplicate, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已撤销合并：{name}", "the merge of {name} is undone").format(name=duplicate.name))
    return redirect("parties:duplicates")


@page(
    "organisations/duplicates/<str:one>/<str:other>/apart/",
    name="parties:keep_apart",
    can=access.MERGE,
    methods=("POST",),
    title=t("标为“不是重复”", "Mark as not duplicates"),
)
def keep_apart(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The two are not one: the pair leaves the desk until somebody asks again."""
    rows = models.Party.objects.filter(merged_into=None)
    first = access.MERGE.get(request.who, rows, urn=one)
    second = access.MERGE.get(request.who, rows, urn=other)
    form = Reason(request.POST)
    if not form.is_valid():
        messages.error(request, t("请选择理由", "choose a reason"))
        return redirect("parties:compare", one=one, other=other)
    try:
        pairs.keep_apart(first, second, reason=form.cleaned_data["reason"], by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(
            request,
            t("已标为“不是重复”：{one}、{other}；可在下方撤销", "marked as two: {one}, {other}; it can be undone below").format(
                one=first.name, other=second.name
            ),
        )
    return redirect("parties:duplicates")


@page(
    "organisations/apart/<int:pk>/undo/",
    name="parties:undo_apart",
    can=access.KEEP_APART,
    methods=("POST",),
    title=t("撤销“不是重复”", "Undo “not duplicates”"),
)
def undo_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair comes back to the desk."""
    apart = access.KEEP_APART.get(request.who, models.Apart.objects.all(), pk=pk)
    try:
        pairs.undo_apart(apart, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已撤销，这一对重新列入疑似重复", "undone; the pair is on the list again"))
    return redirect("parties:duplicates")

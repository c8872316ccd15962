"""Matching the printed units of a draft to organisations: candidates with reasons, groups, or a new one in one click."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import page
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import t
from fuhua.parties.queries.exact import organisation
from fuhua.parties.words import SORTS
from fuhua.plan.access import EDIT, REVIEW
from fuhua.plan.actions import corrections
from fuhua.plan.actions.corrections import BadItem
from fuhua.plan.models import Edition
from fuhua.plan.pages.review import edition_of
from fuhua.plan.queries.matching import PrintedUnit, printed_units
from fuhua.plan.words import UNIT_GROUPS

_SORTS = ("agency", "district", "park", "university", "firm", "platform", "incubator")
_LOOKS = ((re.compile(r"区(?:人民)?政府$"), "district"), (re.compile(r"大学|学院|研究院|研究所"), "university"),
          (re.compile(r"公司|集团|银行|资本|电网"), "firm"))


@page("plans/<slug:slug>/units/", name="plan:units", can=REVIEW, title=t("对应责任单位", "Match responsible units"))
def units(request: HttpRequest, slug: str) -> HttpResponse:
    """Every printed unit with whom it is, or who it may be."""
    edition = edition_of(request, slug)
    rows = printed_units(edition)
    return render(request, "plan/units.html", {
        "edition": edition, "open": [_shown(unit) for unit in rows if not unit.matched],
        "matched": [_shown(unit) for unit in rows if unit.matched], "groups": list(UNIT_GROUPS.items()),
        "sorts": [(sort, SORTS[sort]) for sort in _SORTS], "may": EDIT.may(request.who, edition) and edition.status == "draft",
    })


def _shown(unit: PrintedUnit) -> dict[str, object]:
    return {"unit": unit, "group": UNIT_GROUPS.get(unit.group), "sort": sort_of(unit.printed), "names": ", ".join(unit.names),
            "choice": unit.proposed_group or (unit.candidates[0].party.urn if unit.candidates else "new")}


def sort_of(printed: str) -> str:
    """What a unit of that name most likely is; a government agency unless its name says otherwise."""
    return next((sort for shape, sort in _LOOKS if shape.search(printed)), "agency")


@page("plans/<slug:slug>/units/match/", name="plan:match", can=EDIT, title=t("对应责任单位", "Match responsible units"), methods=("POST",))
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Match one printed unit as chosen, or take a match back."""
    edition = edition_of(request, slug)
    printed = request.POST.get("printed", "")
    try:
        _choose(edition, printed, request)
    except (BadFact, WrongState) as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("“{name}”已处理", "“{name}” is settled").format(name=printed))
    return redirect("plan:units", slug=slug)


def _choose(edition: Edition, printed: str, request: HttpRequest) -> None:
    choice, by, at = request.POST.get("choice", ""), request.who.urn, timezone.now()
    if choice == "new":
        sort = request.POST.get("sort", "")
        names = [name.strip() for name in re.split(r"[、，,;；]", request.POST.get("names", "")) if name.strip()]
        if sort not in _SORTS or not names:
            raise BadItem(t("请填写机构名称并选择类别", "give the organisation's name and choose its sort"))
        corrections.register_unit(edition, printed=printed, names=names, sort=sort, by=by, at=at)
    elif choice == "other" or is_urn(choice):
        party = organisation(request.POST.get("other", "") if choice == "other" else choice)
        corrections.match_unit(edition, printed=printed, party=party, by=by, at=at)
    elif choice in UNIT_GROUPS or choice == "none":
        corrections.match_unit(edition, printed=printed, group="" if choice == "none" else choice, by=by, at=at)
    else:
        raise BadItem(t("请先选择一个机构", "choose an organisation first"))


@page("plans/<slug:slug>/units/accept/", name="plan:accept", can=EDIT, title=t("采纳全部建议", "Accept every proposal"), methods=("POST",))
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Settle every open unit as proposed: groups as groups, the rest without candidates registered anew."""
    edition = edition_of(request, slug)
    by, at, done = request.who.urn, timezone.now(), 0
    for unit in printed_units(edition):
        if unit.matched or unit.candidates:
            continue
        try:
            if unit.proposed_group:
                corrections.match_unit(edition, printed=unit.printed, group=unit.proposed_group, by=by, at=at)
            else:
                corrections.register_unit(edition, printed=unit.printed, names=unit.names, sort=sort_of(unit.printed), by=by, at=at)
            done += 1
        except (BadFact, WrongState) as wrong:
            messages.error(request, t("“{name}”：{why}", "“{name}”: {why}").format(name=unit.printed, why=wrong.text))
    messages.success(request, t("已按建议处理 {n} 个单位", "{n} units settled as proposed").format(n=done))
    return redirect("plan:units", slug=slug)

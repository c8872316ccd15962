"""Pages of placements (到岗): mine, one with its confirmation and recheck at twelve months, and the figures of talents with their facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import newest, page
from fuhua.kernel.words import Text, t
from fuhua.parties.access import CONFIRM_TIE
from fuhua.schemes import access, words
from fuhua.schemes.actions import placements as verbs
from fuhua.schemes.models import Placement
from fuhua.schemes.pages import talent_forms as asked
from fuhua.schemes.pages.talent_verbs import Thing, Verb
from fuhua.schemes.pages.talents import PLACEMENT_TONES
from fuhua.schemes.queries import talent_figures, talents

_PAGE = 50
_TITLE = t("到岗", "Placements")
_FIGURES = t("孵化人才数据", "Figures of incubation people")
_COLUMNS: dict[str, Text] = {
    "issued": t("持证", "certified"),
    "hired": t("到岗", "hired"),
    "due": t("满 12 个月已核实", "rechecked at 12 months"),
    "still": t("满 12 个月仍在岗", "still there at 12 months"),
}


def _trail(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": t("孵化人才", "Incubation people"), "url": reverse("schemes:talents")}, *more]


@page("schemes/placements/", name="schemes:placements", can=access.PLACEMENTS, title=_TITLE)
def listed(request: HttpRequest) -> HttpResponse:
    """The placements of my incubator, or mine, newest first."""
    rows = talents.placements(request.who)
    found, older = newest(request, rows, _PAGE)
    return render(request, "schemes/placements.html", {
        "rows": [{"it": each, "state": words.PLACEMENT_STATES[each.state], "tone": PLACEMENT_TONES[each.state]} for each in found],
        "older": older, "trail": _trail({"label": _TITLE, "url": ""}),
    })


def _get(request: HttpRequest, pk: int) -> Placement:
    rows = Placement.objects.select_related("talent__person", "house", "tie", "credential")
    return access.PLACEMENTS.get(request.who, rows, pk=pk)


@page("schemes/placements/<int:pk>/", name="schemes:placement", can=access.PLACEMENTS, title=_TITLE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One placement: whether the person confirmed it, and what both said twelve months on."""
    return _shown(request, _get(request, pk), {}, 200)


def _shown(request: HttpRequest, row: Placement, wrong: Mapping[str, forms.Form], status: int) -> HttpResponse:
    who = request.who
    sides = (("employer", row.employer_still), ("person", row.person_still))
    return render(request, "schemes/placement.html", {
        "row": row, "state": words.PLACEMENT_STATES[row.state], "tone": PLACEMENT_TONES[row.state],
        "because": words.RECHECKED.get(row.because, ""), "reason": words.RECHECKED.get(row.reason, ""),
        "answers": [{"side": words.PLACEMENT_SIDES[side], "still": still} for side, still in sides],
        "confirm": row.state == "proposed" and CONFIRM_TIE.may(who, row.tie), "verbs": PLACEMENT.offered(row, who, wrong),
        "trail": _trail({"label": _TITLE, "url": reverse("schemes:placements")}, {"label": row.talent.person.name, "url": ""}),
    }, status=status)


PLACEMENT = Thing("placement", "schemes/placements/", _get, _shown)


def _side(row: Placement, who: Any) -> str:
    """The person answers for themselves even where they could answer for the house."""
    return "person" if row.talent.person_id == who.party_id else "employer"


def _due(row: Placement, who: Any) -> bool:
    return row.state == "employed" and row.recheck is not None and period.day(timezone.now()) >= row.recheck \
        and getattr(row, f"{_side(row, who)}_still") is None


PLACEMENT.declare(Verb(
    "recheck", access.ANSWERS_RECHECK, t("答复在岗核实", "Answer the recheck"), t("已答复", "answered"),
    lambda row, who, said, told: verbs.answer(placement=row, side=_side(row, who), still=said["still"] == "yes", reason=said["reason"],
                                              **told),
    form=asked.RecheckForm, when=_due,
    note=t("任职关系有效、用人单位和本人都确认，才计入“满 12 个月仍在岗”。", "It counts only when the tie holds and both sides confirm.")))


# --- figures ---


@page("schemes/talents/figures/", name="schemes:talent_figures", can=access.TALENT_FIGURES, title=_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Certified, hired, and still employed at twelve months, by where people come from; ``?origin=&column=`` lists the facts behind."""
    found = talent_figures.figures(period.day(timezone.now()))
    origin, column = request.GET.get("origin", ""), request.GET.get("column", "")
    behind, here = found.cells.get(origin, {}).get(column), reverse("schemes:talent_figures")
    return render(request, "schemes/talent_figures.html", {
        "heads": list(_COLUMNS.values()),
        "totals": [{"label": label, "n": found.people[code]} for code, label in _COLUMNS.items()],
        "rows": [{"origin": label, "cells": [
            {"label": head, "n": len(found.cells[code][each]), "url": f"{here}?origin={code}&column={each}#facts"}
            for each, head in _COLUMNS.items()]} for code, label in words.ORIGINS.items()],
        "behind": behind, "of": "" if behind is None else t("{origin}：{column}", "{origin}: {column}").format(
            origin=words.ORIGINS[origin], column=_COLUMNS[column]), "trail": _trail({"label": _FIGURES, "url": ""}),
    })

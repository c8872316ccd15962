"""The coverage map of the fields of the future: field by stage, in the city or a district, its gaps, and who stands in a cell."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.queries import coverage
from fuhua.journey.queries.coverage import RESIDENT, Coverage, Place
from fuhua.journey.words import FIELD_STAGES
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries import names
from fuhua.parties.words import DISTRICTS
from fuhua.schemes.access import FIELDS
from fuhua.schemes.words import FIELD_STATES

_TITLE = t("未来产业覆盖图", "Coverage of future fields")
_CITY = t("全市", "the whole city")
_COLUMNS: dict[str, Text] = {**FIELD_STAGES, RESIDENT: t("其中在孵", "resident")}


class MapFilter(forms.Form):
    """Where, and whether gaps alone."""

    district = forms.ChoiceField(label=t("区", "District"), required=False, choices=[("", _CITY), *DISTRICTS.items()])
    show = forms.ChoiceField(label=t("显示", "Show"), required=False,
                             choices=[("", t("全部领域", "every field")), ("gaps", t("仅空白领域", "gaps only"))])


@page("fields/map/", name="journey:field_map", can=access.SIGNED_IN, title=_TITLE)
def shown(request: HttpRequest) -> HttpResponse:
    """The map as a table, or as a file to keep; an empty field leads an officer to a themed call."""
    form = MapFilter(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    district, found = said.get("district") or "", coverage.coverage(period.day(timezone.now()))
    if request.GET.get("as") == "csv":
        answer = HttpResponse(_csv(found, district), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="field-coverage.csv"'
        return answer
    counts, gaps = found.counts(district=district), set(found.gaps(district=district))
    issues = FIELDS.opens_for(request.who)
    rows = [{"field": each, "url": reverse("schemes:field", kwargs={"code": code}), "gap": code in gaps,
             "state": "" if each.state == "in_force" else FIELD_STATES[each.state],
             "cells": [_cell(code, stage, counts[code][stage], district) for stage in _COLUMNS],
             "draft": (reverse("schemes:field_call", kwargs={"code": code}), PressForm(auto_id=f"id_{code}_%s"))
             if issues and code in gaps else None}
            for code, each in found.fields.items()
            if (each.state == "in_force" or sum(counts[code].values())) and (said.get("show") != "gaps" or code in gaps)]
    query = request.GET.copy()
    query["as"] = "csv"
    return render(request, "journey/field_map.html", {
        "form": form, "rows": rows, "columns": list(_COLUMNS.values()), "gaps": len(gaps), "district": district,
        "where": DISTRICTS.get(district, _CITY), "csv": f"?{query.urlencode()}",
        "trail": [_list(), {"label": _TITLE, "url": ""}]})


def _list() -> dict[str, Any]:
    return {"label": t("未来产业领域目录", "Future fields"), "url": reverse("schemes:fields")}


def _cell(code: str, stage: str, count: int, district: str) -> dict[str, Any]:
    url = reverse("journey:field_names", kwargs={"code": code, "stage": stage}) + (f"?district={district}" if district else "")
    return {"count": count, "label": _COLUMNS[stage], "url": url if count else ""}


def _csv(found: Coverage, district: str) -> str:
    """A line for each field in the city (or the district asked for), then one for each district in which somebody stands in it."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow([t("代码", "code"), t("领域", "field"), t("状态", "state"), t("区", "district"), *_COLUMNS.values(), t("空白", "gap")])
    for where in [district] if district else ["", *found.districts()]:
        counts, gaps = found.counts(district=where), set(found.gaps(district=where))
        for code, each in found.fields.items():
            if not where or where == district or sum(counts[code].values()):
                table.writerow([code, harmless(str(each.name)), FIELD_STATES[each.state], DISTRICTS.get(where, _CITY),
                                *(counts[code][stage] for stage in _COLUMNS), t("是", "yes") if code in gaps else ""])
    return "\ufeff" + lines.getvalue()


@page("fields/map/<slug:code>/<slug:stage>/", name="journey:field_names", can=access.SIGNED_IN,
      title=t("覆盖图中的主体", "Who stands in a cell"))
def named(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    """Who stands in one cell: the names that the reader may see, and how many there are beside them."""
    district, found = request.GET.get("district", ""), coverage.coverage(period.day(timezone.now()))
    if code not in found.fields or stage not in _COLUMNS or district not in ("", *DISTRICTS):
        raise Http404
    inside = [each for each in found.of(district=district) if each.field == code
              and (each.stage == stage or (stage == RESIDENT and each.resident))]
    seen = [each for each in inside if _may_see(request.who, each)]
    called, field = names(each.urn for each in seen), found.fields[code]
    return render(request, "journey/field_names.html", {
        "field": field, "stage": _COLUMNS[stage], "where": DISTRICTS.get(district, _CITY),
        "rows": [{"name": called.get(each.urn) or each.urn.rsplit(":", 1)[1][:12], "district": DISTRICTS.get(each.district, ""),
                  "stage": FIELD_STAGES[each.stage], "resident": each.resident,
                  "url": reverse("front:subject", kwargs={"urn": each.urn}) if _opens(request.who, each) else ""} for each in seen],
        "hidden": len(inside) - len(seen),
        "trail": [_list(), {"label": _TITLE, "url": reverse("journey:field_map")}, {"label": field.name, "url": ""}]})


def _may_see(who: Any, each: Place) -> bool:
    """What stands on a public list or notice is for everybody; the rest for overseers, and for a party's own people."""
    return each.public or _opens(who, each)


def _opens(who: Any, each: Place) -> bool:
    """Officers of the city and auditors, a district's officers in the own district, and the party's own people."""
    if who.offices & access.OVERSEERS:
        return True
    return each.urn in who.organisation_urns or each.urn == who.urn or (each.district in who.districts and bool(each.district))

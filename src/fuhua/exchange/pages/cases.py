"""Case cards: what pilots showed, public by the consent of both sides; and an offer's pack for contests."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.actions import nominating
from fuhua.exchange.actions.listings import url_of
from fuhua.exchange.models import CaseCard, Listing
from fuhua.exchange.queries import nominations
from fuhua.exchange.words import LIVE, OFFER, RESULTS
from fuhua.kernel import period
from fuhua.kernel.page import newest, page
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import t
from fuhua.parties.panels.pressing import PressForm, press

_PAGE = 30


@page("exchange/cases/", name="exchange:cases", can=access.CARDS, title=t("场景案例", "Cases"))
def cases(request: HttpRequest) -> HttpResponse:
    """Every case that both sides let be seen, newest first."""
    rows = CaseCard.objects.exclude(published_at=None).select_related("introduction__need").order_by("-pk")
    found, older = newest(request, rows, _PAGE)
    return render(request, "exchange/cases.html", {
        "rows": [{"card": card, "result": RESULTS[card.introduction.result]} for card in found],
        "older": older})


@page("exchange/cases/<int:pk>/", name="exchange:case", can=access.CARDS, title=t("场景案例", "Case"))
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case card; its two sides may see it before it is public."""
    rows = CaseCard.objects.select_related("introduction__need__party", "introduction__offer__party", "introduction__pilot")
    card = access.CARDS.get(request.who, rows, pk=pk)
    readings = card.introduction.pilot.readings.exclude(confirmed_at=None).order_by("day", "pk")
    return render(request, "exchange/case.html", {
        "card": card, "row": card.introduction, "result": RESULTS[card.introduction.result], "readings": list(readings),
        "trail": [{"label": t("场景案例", "Cases"), "url": reverse("exchange:cases")}, {"label": card.title, "url": ""}]})


class NominateForm(PressForm):
    """Which contest."""

    contest = forms.CharField(label=t("大赛和赛道", "Contest and track"), max_length=100)


@page("exchange/<int:pk>/nomination/", name="exchange:nomination", can=access.NOMINATES, title=t("大赛推荐材料", "Pack for a contest"))
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """An offer with what is on record of it and its organisation, to be printed or taken as JSON or CSV: nothing is typed again."""
    row = access.NOMINATES.get(request.who, Listing.objects.filter(side=OFFER).select_related("party", "owner"), pk=pk)
    form, today = request.GET.get("as"), period.day(timezone.now())
    if form == "json":
        answer = HttpResponse(nominations.as_json(row, today), content_type="application/json")
    elif form == "csv":
        answer = HttpResponse(_csv(nominations.pack(row, today)), content_type="text/csv; charset=utf-8")
    else:
        return _pack(request, row, NominateForm())
    answer["Content-Disposition"] = f'attachment; filename="nomination-{row.pk}.{form}"'
    return answer


def _pack(request: HttpRequest, row: Listing, form: NominateForm, status: int = 200) -> HttpResponse:
    today = period.day(timezone.now())
    return render(request, "exchange/nomination.html", {
        "offer": row, "pack": nominations.pack(row, today), "nominated": nominations.nominated(row),
        "form": form if row.state in LIVE else None,
        "trail": [{"label": row.title, "url": url_of(row)}, {"label": t("大赛推荐材料", "Pack for a contest"), "url": ""}],
    }, status=status)


@page("exchange/<int:pk>/nominate/", name="exchange:nominate", can=access.NOMINATES, title=t("推荐参赛", "Nominate"), methods=("POST",))
def nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """Nominate the offer for a contest; nothing but the contest is asked."""
    row, form = access.NOMINATES.get(request.who, Listing.objects.select_related("party", "owner"), pk=pk), NominateForm(request.POST)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        nominating.nominate(offer=row, contest=said["contest"], person=request.who.party_id, by=by, at=at)

    return press(request, form, act, reverse("exchange:nomination", kwargs={"pk": pk}), t("已推荐参赛", "it is nominated")) \
        or _pack(request, row, form, 422)


def _csv(pack: list[Any]) -> str:
    lines = io.StringIO("\ufeff")
    lines.seek(1)
    table = csv.writer(lines)
    for section in pack:
        table.writerows([harmless(str(section.title)), harmless(str(line.label)), harmless(str(line.value))] for line in section.lines)
    return lines.getvalue()

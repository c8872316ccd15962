"""Pages of frozen readings: the quarters, each indicator's series under every definition, freezing and restating."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.kernel.page import page
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.plan import access
from fuhua.plan.actions import freezes
from fuhua.plan.models import Edition, Reading
from fuhua.plan.pages.supervision_forms import FreezeForm, RestateForm
from fuhua.plan.queries import supervision as reads
from fuhua.plan.queries.linking import indicators
from fuhua.plan.words import RESTATE_REASONS


def _written(value: int | None, code: str) -> Text:
    if value is None:
        return t("待定", "undetermined")
    spec = INDICATORS.get(code)
    return formats.money(value) if spec is not None and spec.money else formats.num(value)


def _quarters(request: HttpRequest, edition: Edition, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    indicators()
    rows = list(edition.freezes.select_related("author").order_by("-day"))
    codes = sorted(set(Reading.objects.filter(freeze__edition=edition).values_list("indicator", flat=True)),
                   key=lambda code: (len(code), code))
    return render(request, "plan/freezes.html", {
        "edition": edition, "rows": rows, "form": form or FreezeForm(), "supervises": access.SUPERVISES.opens_for(request.who),
        "codes": [{"code": code, "name": INDICATORS[code].name if code in INDICATORS else code} for code in codes],
        "trail": _crumbs(edition, t("季度冻结", "Frozen quarters")),
    }, status=status)


def _crumbs(edition: Edition, label: object, *, within: bool = False) -> list[dict[str, object]]:
    steps: list[dict[str, object]] = [
        {"label": edition.title, "url": reverse("plan:edition", kwargs={"slug": edition.slug})}]
    if within:
        steps.append({"label": t("季度冻结", "Frozen quarters"), "url": reverse("plan:freezes", kwargs={"slug": edition.slug})})
    return [*steps, {"label": label, "url": ""}]


@page("plans/<slug:slug>/freezes/", name="plan:freezes", can=access.FREEZES, title=t("季度冻结", "Frozen quarters"))
def quarters(request: HttpRequest, slug: str) -> HttpResponse:
    """The quarters frozen, and the indicators with their series."""
    return _quarters(request, get_object_or_404(reads.supervised(slug)))


@page("plans/<slug:slug>/freezes/freeze/", name="plan:freeze", can=access.SUPERVISES, methods=("POST",),
      title=t("冻结季度", "Freeze a quarter"))
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze a quarter that is over."""
    edition = get_object_or_404(reads.supervised(slug))
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            freezes.freeze(edition=edition, day=form.cleaned_data["day"], person=request.who.party_id, by=request.who.urn,
                           at=timezone.now())
            return redirect("plan:freezes", slug=slug)
        except BadFact as wrong:
            form.add_error("day", str(wrong.text))
    return _quarters(request, edition, form, status=422)


def _series(request: HttpRequest, edition: Edition, code: str, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    indicators()
    found = reads.series(edition, code)
    if not found or code not in INDICATORS:
        raise Http404
    spec = INDICATORS[code]
    labels = {each.version: each.label for each in spec.definitions}
    groups = [{"definition": each.definition, "label": labels.get(each.definition, each.definition), "rows": [
        {"row": row, "value": _written(row.value, code), "reason": RESTATE_REASONS.get(row.reason, ""),
         "last": not hasattr(row, "restated_by")} for row in each.readings]} for each in found]
    return render(request, "plan/series.html", {
        "edition": edition, "indicator": spec, "groups": groups, "form": form or RestateForm(),
        "supervises": access.SUPERVISES.opens_for(request.who),
        "trail": _crumbs(edition, f"{code} {spec.name}", within=True)}, status=status)


@page("plans/<slug:slug>/freezes/<slug:code>/", name="plan:series", can=access.FREEZES, title=t("冻结序列", "Frozen series"))
def series(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One indicator's frozen and restated readings, one series for each definition."""
    return _series(request, get_object_or_404(reads.supervised(slug)), code)


@page("supervision/readings/<int:pk>/restate/", name="plan:restate", can=access.SUPERVISES, methods=("POST",),
      title=t("重述读数", "Restate a reading"))
def restate(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a frozen day anew, with author and reason; the former reading stays."""
    reading = get_object_or_404(Reading.objects.select_related("freeze__edition"), pk=pk)
    form = RestateForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            freezes.restate(reading=reading, reason=told["reason"], note=told["note"], definition=told["definition"] or None,
                            person=request.who.party_id, by=request.who.urn, at=timezone.now())
            return redirect("plan:series", slug=reading.freeze.edition.slug, code=reading.indicator)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
    return _series(request, reading.freeze.edition, reading.indicator, form, status=422)

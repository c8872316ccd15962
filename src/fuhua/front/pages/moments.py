"""Reads the day and the "as known on" of a request; nonsense falls back to now and says so."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from fuhua.evidence.actions import sequence
from fuhua.front.queries.cockpit import Moment
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.plan.queries.objectives import reading_day
from fuhua.plan.queries.overview import Edition


def _date(label: str, **options: object) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class MomentForm(forms.Form):
    """The day a page is read for, and the day as known on which (end of day, Beijing)."""

    on = _date(t("截至日期", "Read for the day"))
    known = _date(t("按哪天已知", "As known on"))

    def clean_on(self) -> dt.date | None:
        """A day that has come."""
        return self._past("on")

    def clean_known(self) -> dt.date | None:
        """A day that has come."""
        return self._past("known")

    def _past(self, name: str) -> dt.date | None:
        chosen: dt.date | None = self.cleaned_data[name]
        if chosen and chosen > period.day(timezone.now()):
            raise forms.ValidationError(t("日期还没到，请选择今天或更早的日期", "that day has not come; choose today or earlier"))
        return chosen


def moment_of(request: HttpRequest, edition: Edition) -> tuple[Moment, MomentForm]:
    """The moment asked for and the form to change it; everything told so far is sealed first, so figures are current."""
    now = timezone.now()
    sequence.catch_up(at=now)
    today = reading_day(edition, period.day(now))
    form = MomentForm({"on": request.GET.get("on") or today, "known": request.GET.get("known") or None})
    chosen = form.cleaned_data if form.is_valid() else {**{"on": None, "known": None}, **form.cleaned_data}
    on, known = chosen.get("on") or today, chosen.get("known")
    if not request.who.signed_in:  # the public reads whole quarters as known now: few enough to be remembered
        on, known = min(period.quarter_end(on), today), None
    return Moment(on, period.end_of(known) if known else None), form

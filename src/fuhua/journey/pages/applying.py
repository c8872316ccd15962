"""Apply under a rule: the values that are on record are shown once more, then they are the application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.journey import access
from fuhua.journey.actions import applications
from fuhua.journey.pages import lines, subjects, verdicts
from fuhua.journey.queries import board, profiles
from fuhua.kernel import period
from fuhua.kernel.once import OnceField
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.actions.once import once
from fuhua.parties.queries import directory
from fuhua.policy.reasoning.rule import Rule


class ApplyForm(forms.Form):
    """The word that this is the application."""

    once = OnceField()


@page(
    "policy/of/<str:urn>/rules/<slug:rule>/apply/",
    name="journey:policy_apply",
    can=access.SUBJECTS,
    title=t("提出申请", "Apply"),
    methods=("GET", "POST"),
)
def apply(request: HttpRequest, urn: str, rule: str) -> HttpResponse:
    """Show what goes into the application; when it is sent, a case with a clock is opened at the authority."""
    party, who, now = subjects.subject_of(request, urn), request.who, timezone.now()
    spec, office = subjects.rule_of(party, rule), authority(party)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and office is not None:
        try:
            led_to = once(who.account_id, form.cleaned_data["once"], lambda: _made(request, party, spec, office), at=now)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已提出申请，办理进度在此跟进", "the application is made; follow it here"))
            return HttpResponseRedirect(led_to)
    line = board.one(party.urn, spec, period.day(now), most=1)
    asked = line.verdict.edition.inputs if line.verdict.edition else ()
    steps = ((spec.name, subjects.rule_url(party.urn, rule)), (t("提出申请", "Apply"), ""))
    return render(
        request,
        "journey/policy_apply.html",
        {
            "party": party,
            "rule": spec,
            "trail": subjects.trail(party, *steps),
            "form": form,
            "office": office,
            "row": lines.shown(line, party.urn),
            "edition": line.verdict.edition,
            "number": lines.document(line.verdict.edition.source) if line.verdict.edition else "",
            "applied": line.applied,
            "inputs": [each for each in verdicts.sources(profiles.profile_of(party.urn, period.day(now)), asked) if each["known"]],
        },
        status=422 if form.is_bound else 200,
    )


def _made(request: HttpRequest, party: Any, rule: Rule, office: Any) -> str:
    who = request.who
    case = applications.make(subject=party, rule=rule, asked=office.pk, person=who.party_id, by=who.urn, at=timezone.now())
    return reverse("desk:ask", kwargs={"pk": case.pk})


def authority(party: Any) -> Any:
    """The body that hears the subject: where its district's officers sit, else where the city's do; None without any."""
    seats = directory.ties().filter(kind="employs", state="confirmed", until=None).select_related("source").order_by("pk")
    near = seats.filter(office="district_officer", source__district=party.district) if party.district else seats.none()
    seat = near.first() or seats.filter(office="city_officer").first()
    return seat and seat.source

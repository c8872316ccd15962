"""The verbs of ties: propose, confirm and end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties import access, models
from fuhua.parties.actions import ties
from fuhua.parties.pages.forms import Proposal, spoken


@page(
    "organisations/<str:urn>/ties/",
    name="parties:propose_tie",
    can=access.OWN,
    methods=("POST",),
    title=t("提出关系", "Propose a tie"),
)
def propose(request: HttpRequest, urn: str) -> HttpResponse:
    """Say for one's own side that it is tied with the organisation."""
    party = access.ORGANISATIONS.get(request.who, models.Party.objects.filter(merged_into=None), urn=urn)
    form = Proposal(request.POST, sides=spoken(request.who, party), party=party)
    if not form.is_valid():
        messages.error(request, " ".join(f"{form[name].label}: {' '.join(said)}" for name, said in form.errors.items()))
        return redirect("parties:organisation", urn=urn)
    try:
        ties.propose(**form.tie(party), by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已提出，等待对方确认", "proposed; it waits for the other side"))
    return redirect("parties:organisation", urn=urn)


@page(
    "ties/<int:pk>/confirm/",
    name="parties:confirm_tie",
    can=access.OWN,
    methods=("POST",),
    title=t("确认关系", "Confirm a tie"),
)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm for the side that did not propose."""
    tie = access.TIES.get(request.who, models.Tie.objects.select_related("source", "target"), pk=pk)
    access.CONFIRM_TIE.require(request.who, tie)
    side = tie.source if tie.proposed_for_id == tie.target_id else tie.target
    ties.confirm(tie, side=side, by=request.who.urn, at=timezone.now())
    return _back(request, tie, t("已确认", "confirmed"))


@page(
    "ties/<int:pk>/end/",
    name="parties:end_tie",
    can=access.SIGNED_IN,
    methods=("GET", "POST"),
    title=t("终止关系", "End a tie"),
)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The tie holds no longer from today; asked once more first."""
    tie = access.TIES.get(request.who, models.Tie.objects.select_related("source", "target"), pk=pk)
    access.END_TIE.require(request.who, tie)
    if request.method == "GET":
        house = tie.source if tie.source.sort != "person" else tie.target
        return render(request, "parties/sure.html", {
            "title": t("终止 {one} 与 {other} 的关系？", "End the tie of {one} and {other}?").format(one=tie.source, other=tie.target),
            "why": t("自今天起不再有效；记录保留，恢复须重新提出并由对方确认。",
                     "It holds no longer from today. Its record stays; to restore it, propose it anew for the other side to confirm."),
            "verb": t("终止", "End"), "back": reverse("parties:organisation", kwargs={"urn": house.urn}), "danger": True,
        })
    try:
        ties.end(tie, by=request.who.urn, at=timezone.now())
    except (BadFact, WrongState) as wrong:
        messages.error(request, wrong.text)
        return redirect("parties:me")
    return _back(request, tie, t("已终止", "ended"))


def _back(request: HttpRequest, tie: models.Tie, said: Text) -> HttpResponse:
    messages.success(request, said)
    back = tie.source if tie.source.sort != "person" else tie.target
    return redirect("parties:organisation", urn=back.urn) if back.sort != "person" else redirect("parties:me")

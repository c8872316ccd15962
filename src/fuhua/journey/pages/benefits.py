"""What an incubator sees of its tenants' policies, and the tenant's word that it may: nothing without consent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.actions import sharing
from fuhua.journey.pages import subjects
from fuhua.journey.queries import benefits
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.queries import in_bulk


@page("policy/benefits/", name="journey:policy_benefits", can=access.BENEFITS, title=t("在孵企业可享受的政策", "What tenants can get"))
def listed(request: HttpRequest) -> HttpResponse:
    """The tenants that agreed, and the policies each is eligible for; no values, no refusals."""
    now = timezone.now()
    found = benefits.benefits(request.who.acts_for("operator"), now)
    person = in_bulk.live(request.who.urn)
    sharing.looked(found=[each.consent for each in found], person=person, at=now)
    return render(
        request,
        "journey/policy_benefits.html",
        {
            "rows": [
                {
                    "tenant": each.tenant,
                    "rules": [
                        {"name": rule.name, "url": reverse("journey:policy_about", kwargs={"rule": rule.key})} for rule in each.rules
                    ],
                }
                for each in found
            ]
        },
    )


def _reader(request: HttpRequest, urn: str, reader: int) -> tuple[Any, Any]:
    """The subject, and the incubator in which it lives."""
    party = subjects.subject_of(request, urn, access.SHARES)
    for house, _consent in benefits.readers(party, timezone.now()):
        if house.pk == reader:
            return party, house
    raise Http404


@page(
    "policy/of/<str:urn>/share/<int:reader>/",
    name="journey:policy_share",
    can=access.SHARES,
    title=t("向孵化器公开", "Let the incubator see"),
    methods=("POST",),
)
def share(request: HttpRequest, urn: str, reader: int) -> HttpResponse:
    """Let the incubator see for a year which policies the subject is eligible for."""
    party, house = _reader(request, urn, reader)
    purpose = t("协助办理可享受的政策", "help with the policies it can get")
    sharing.share(giver=party, reader=house, purpose=str(purpose), by=request.who.urn, at=timezone.now())
    messages.success(
        request,
        t("{name} 可看到您符合哪些政策，可随时收回", "{name} sees what you are eligible for; take it back at any time").format(
            name=house.name
        ),
    )
    return redirect("journey:policy", urn=party.urn)


@page(
    "policy/of/<str:urn>/unshare/<int:reader>/",
    name="journey:policy_unshare",
    can=access.SHARES,
    title=t("收回公开", "Take it back"),
    methods=("POST",),
)
def unshare(request: HttpRequest, urn: str, reader: int) -> HttpResponse:
    """The incubator sees it no longer, from now on."""
    party, house = _reader(request, urn, reader)
    sharing.unshare(giver=party, reader=house, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已收回", "taken back"))
    return redirect("journey:policy", urn=party.urn)

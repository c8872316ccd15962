"""My account: who I am, how I sign in and who may file for my organisations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.page import number, page
from fuhua.kernel.words import t
from fuhua.parties import access, models
from fuhua.parties.actions import delegations, people
from fuhua.parties.pages.forms import NewDelegation
from fuhua.parties.queries import mine
from fuhua.parties.words import OFFICES, SCOPES


@page("me/", name="parties:me", can=access.SIGNED_IN, title=t("我的账号", "My account"))
def me(request: HttpRequest) -> HttpResponse:
    """Everything about the person who asks."""
    who, now = request.who, timezone.now()
    filed = mine.delegations(access.DELEGATIONS.filter(who, models.Delegation.objects.all()))
    offices = mine.offices(who.party_id) if who.party_id else []
    return render(
        request,
        "parties/me.html",
        {
            "account": request.user,
            "ways": mine.ways_to_sign_in(who.account_id),
            "offices": [
                {
                    "tie": tie,
                    "office": OFFICES.get(tie.office, t("职员", "staff")),
                    "acting": tie.source.name == who.acting,
                }
                for tie in offices
            ],
            "given": access.CONSENTS.filter(who, models.Consent.objects.filter(withdrawn_at=None, expires__gt=now)).count(),
            "readable": access.READINGS.filter(who, models.Consent.objects.filter(withdrawn_at=None, expires__gt=now)).count(),
            "signed_in_at": mine.sessions(who.account_id).count(),
            "outside": bool(settings.SOCIALACCOUNT_PROVIDERS),
            "delegations": [_delegation(row, who, now) for row in filed],
            "may_delegate": access.HOUSES.opens_for(who),
        },
    )


def _delegation(row: models.Delegation, who: Any, now: Any) -> dict[str, Any]:
    live = row.revoked_at is None and row.expires > now
    return {
        "row": row,
        "scope": SCOPES.get(row.scope, row.scope),
        "live": live,
        "revocable": live and row.giver_id in (who.acts_for() | {who.party_id}),
    }


@page(
    "me/acting/",
    name="parties:act_for",
    can=access.SIGNED_IN,
    methods=("POST",),
    title=t("切换身份", "Act for another"),
)
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose for which of one's organisations one acts."""
    tie = mine.offices(request.who.party_id).filter(pk=number(request, "tie") or 0).first()
    people.act_for(request.user, tie)
    return redirect("parties:me")


@page(
    "me/delegations/new/",
    name="parties:new_delegation",
    can=access.HOUSES,
    methods=("GET", "POST"),
    title=t("委托代办", "Delegate"),
)
def new_delegation(request: HttpRequest) -> HttpResponse:
    """Let another organisation file for one of mine."""
    houses = access.HOUSES.filter(request.who, models.Party.objects.filter(merged_into=None)).order_by("pk")
    form = NewDelegation(request.POST or None, houses=list(houses))
    if request.method == "POST" and form.is_valid():
        try:
            delegations.give(**form.delegation(), by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已委托", "delegated"))
            return redirect("parties:me")
    return render(request, "parties/new_delegation.html", {"form": form})


@page(
    "me/delegations/<int:pk>/revoke/",
    name="parties:revoke_delegation",
    can=access.REVOKE,
    methods=("POST",),
    title=t("撤销委托", "Revoke a delegation"),
)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is filed under this delegation."""
    delegation = access.DELEGATIONS.get(request.who, models.Delegation.objects.all(), pk=pk)
    access.REVOKE.require(request.who, delegation)
    try:
        delegations.revoke(delegation, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已撤销委托", "the delegation is revoked"))
    return redirect("parties:me")

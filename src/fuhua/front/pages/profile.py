"""The profile of an organisation: everything the house knows of it, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fuhua.front import access
from fuhua.front.pages.moments import moment_of
from fuhua.front.queries import profile as reads
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.access import MERGE
from fuhua.parties.queries import directory
from fuhua.plan.queries.objectives import objectives, published


@page("parties/<str:urn>/profile/", name="front:profile", can=access.PROFILES, title=t("组织全貌", "Profile"))
def profile(request: HttpRequest, urn: str) -> HttpResponse:
    """Names, ties, what happened, what it counts towards and why, documents and possible duplicates."""
    party = access.PROFILES.get(request.who, directory.organisations(), urn=urn)
    shown = reads.described(party)
    urns = [party.urn, *(each.urn for each in shown["merged"])]
    edition, figures = published(), {}
    if edition is not None:
        moment, form = moment_of(request, edition)
        found = objectives(edition, moment.on, known=moment.known)
        figures = {"edition": edition, "moment": moment, "form": form, "standing": reads.standing(edition, found, urns, moment),
                   "credited": reads.credited(edition, found, urns, moment)}
    return render(request, "front/profile.html", {
        **shown, **figures, "ties": reads.ties(request.who, party), "told": reads.told(request.who, party, urns, access.FACTS),
        "duplicates": reads.duplicates(party) if MERGE.may(request.who, party) else [], "urn": party.urn,
        "sees_documents": access.BEHIND.opens_for(request.who),
    })

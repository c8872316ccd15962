"""One indicator of an edition: its figure, its definition, what is counted and left out, and its offline proof."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fuhua.front import access
from fuhua.front.pages.cockpit import edition_or_404
from fuhua.front.pages.moments import moment_of
from fuhua.front.queries import behind, standing
from fuhua.front.queries import cockpit as reads
from fuhua.front.queries.cockpit import Moment
from fuhua.kernel.page import number, page
from fuhua.kernel.words import t
from fuhua.plan.queries import overview, proofs
from fuhua.plan.queries.objectives import Objective, under_every_definition
from fuhua.plan.queries.overview import Edition


@page("plans/<slug:slug>/indicators/<slug:code>/", name="front:indicator", can=access.PUBLIC, title=t("指标", "Indicator"))
def indicator(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The figure opened: everybody sees how it is counted, overseers see the subjects behind it."""
    edition = edition_or_404(slug)
    moment, form = moment_of(request, edition)
    every = under_every_definition(edition, code, moment.on, known=moment.known)
    objective = _chosen(every, request.GET.get("definition"))
    second = next((each for each in every if each.definition.version == request.GET.get("second")), None)
    show = request.GET.get("show") if request.GET.get("show") in behind.STATES else "counted"
    opened = access.BEHIND.opens_for(request.who)
    chosen = {name: request.GET.get(name, "") for name in ("district", "reason")}
    frozen = overview.frozen_days(edition).get((code, objective.definition.version), ())
    if request.who.districts and not request.who.offices & access.CITYWIDE:
        chosen["district"] = min(request.who.districts)  # a district officer sees the parties of the own district
    return render(request, "front/indicator.html", {
        "edition": edition, "moment": moment, "form": form, "objective": objective, "indicator": objective.indicator,
        "card": reads.card(edition, objective, moment), "opened": opened, "show": show,
        "chart": reads.trajectory(objective, frozen, second),
        "definitions": behind.definitions(objective, every, edition, moment), "reasons": behind.reasons(objective, edition, moment),
        "lines": behind.lines(objective, show, request.who, start=_start(request), **chosen) if opened else None,
        "tabs": _tabs(edition, objective, moment, show),
        "credit": behind.credit(objective) if request.who.offices & access.CITYWIDE else [],
        "readings": standing.readings(edition, objective, opened=opened), "query": _query(edition, objective, moment, show, chosen),
        "proof_url": proofs.url(edition, objective, moment.on, moment.known),
    })


@page("plans/<slug:slug>/indicators/<slug:code>/proof.zip", name="front:proof", can=access.BEHIND, title=t("离线证明", "Offline proof"))
def proof(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The offline proof of the figure, as a file."""
    edition = edition_or_404(slug)
    moment, _form = moment_of(request, edition)
    every = under_every_definition(edition, code, moment.on, known=moment.known)
    objective = _chosen(every, request.GET.get("definition"))
    name = f"fuhua-{code}-{objective.definition.version}-{moment.on.isoformat()}.zip"
    file = proofs.written(objective.answer.ask, at=timezone.now(), known=moment.known)
    return FileResponse(file, as_attachment=True, filename=name)


def _chosen(every: list[Objective], version: str | None) -> Objective:
    for objective in every:
        if objective.definition.version == (version or objective.target.definition):
            return objective
    if version or not every:
        raise Http404
    return every[0]


def _start(request: HttpRequest) -> int:
    return number(request, "start") or 0


def _tabs(edition: Edition, objective: Objective, moment: Moment, show: str) -> list[dict[str, object]]:
    figure = objective.figure
    counts = {"counted": figure.counted, "left_out": figure.left_out, "unsure": figure.unsure}
    return [{"label": label, "count": counts[state], "active": state == show,
             "url": reads.indicator_url(edition, objective.indicator.code, moment, definition=objective.definition.version, show=state)}
            for state, label in behind.STATES.items()]


def _query(edition: Edition, objective: Objective, moment: Moment, show: str, chosen: dict[str, str]) -> str:
    return reads.indicator_url(edition, objective.indicator.code, moment, definition=objective.definition.version, show=show,
                               **{name: value for name, value in chosen.items() if value})

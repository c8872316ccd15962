"""The cockpit of an edition, and its districts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.front import access
from fuhua.front.pages.moments import moment_of
from fuhua.front.pages.remembered import remembered
from fuhua.front.queries import cockpit as reads
from fuhua.front.queries import districts, standing
from fuhua.kernel import period
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import t
from fuhua.parties.words import DISTRICTS
from fuhua.plan.queries import overview
from fuhua.plan.queries.objectives import Objective, objectives, published
from fuhua.plan.queries.overview import Edition

MAP_INDICATOR = "I8"


def edition_or_404(slug: str) -> Edition:
    """The published edition with that slug; 404 for a draft and for none."""
    edition = published(slug)
    if edition is None:
        raise Http404
    return edition


@page("cockpit/", name="front:cockpit_now", can=access.PUBLIC, title=t("驾驶舱", "Cockpit"),
      menu=Menu(t("驾驶舱", "Cockpit"), "chart", 10))
def cockpit_now(request: HttpRequest) -> HttpResponse:
    """The cockpit of the edition in force."""
    edition = published()
    if edition is None:
        return render(request, "front/no_edition.html", {"plans_url": reverse("plan:editions")})
    return redirect("front:cockpit", slug=edition.slug)


@page("plans/<slug:slug>/cockpit/", name="front:cockpit", can=access.PUBLIC, title=t("驾驶舱", "Cockpit"))
def cockpit(request: HttpRequest, slug: str) -> HttpResponse:
    """Every objective of the edition for a day, as known at a moment."""
    edition = edition_or_404(slug)
    moment, form = moment_of(request, edition)
    found = objectives(edition, moment.on, known=moment.known)
    closed = not access.BEHIND.opens_for(request.who)
    today = period.day(timezone.now())
    body = remembered("front/cockpit_body.html", (edition.slug, moment, closed, today),
                      lambda: _shown(edition, found, moment, today, closed=closed))
    return render(request, "front/cockpit.html", {"edition": edition, "moment": moment, "form": form, "objectives": found, "body": body})


def _shown(edition: Edition, found: list[Objective], moment: reads.Moment, today: dt.date, *, closed: bool) -> dict[str, Any]:
    tasks, frozen = overview.task_lines(edition, today), overview.frozen_days(edition)
    on_map = next((each for each in found if each.indicator.code == MAP_INDICATOR), None)
    return {
        "edition": edition, "moment": moment, "objectives": found,
        "cards": [reads.card(edition, each, moment) for each in found],
        "courses": [{"chart": reads.trajectory(each, frozen.get((each.indicator.code, each.definition.version), ())),
                     "url": reads.indicator_url(edition, each.indicator.code, moment)} for each in found],
        "map": on_map and reads.district_map(edition, on_map, moment, closed=closed),
        "grades": reads.grades(found), "freshness": reads.freshness(edition, found, moment),
        "matrix": standing.matrix(edition, tasks), "blocked": standing.blocked(tasks, today, opened=not closed),
        "flaws": standing.flaws(edition, found, moment) if not closed else [],
    }


@page("plans/<slug:slug>/districts/<slug:code>/", name="front:district", can=access.PUBLIC, title=t("分区", "District"))
def district(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One district's part in every objective, and its incubators."""
    edition = edition_or_404(slug)
    if code not in DISTRICTS:
        raise Http404
    moment, form = moment_of(request, edition)
    found = objectives(edition, moment.on, known=moment.known)
    closed = not access.BEHIND.opens_for(request.who)
    return render(request, "front/district.html", {
        "edition": edition, "moment": moment, "form": form, "name": DISTRICTS[code], "code": code,
        "rows": districts.shares(edition, found, code, moment, closed=closed),
        "chart": districts.compared(found, code, closed=closed), "hosts": districts.hosts(code),
        "others": districts.others(edition, moment),
    })

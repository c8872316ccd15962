"""Home: what waits for me, and where the plan stands; and the language the pages are read in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from fuhua.desk.queries.notices import waiting
from fuhua.front import access
from fuhua.front.pages.moments import moment_of
from fuhua.front.queries import cockpit as reads
from fuhua.front.queries import mine
from fuhua.front.queries import search as searching
from fuhua.kernel import period
from fuhua.kernel.page import Menu, page
from fuhua.kernel.words import t
from fuhua.plan.queries.objectives import objectives, published
from fuhua.plan.queries.overview import published_editions

_MOST_WAITING = 12


@page("", name="front:home", can=access.PUBLIC, title=t("首页", "Home"), menu=Menu(t("首页", "Home"), "home", 0))
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, and the plan's figures in short."""
    today = period.day(timezone.now())
    edition = published()
    moment, found = None, []
    if edition is not None:
        moment, _form = moment_of(request, edition)
        found = objectives(edition, moment.on)
    return render(request, "front/home.html", {
        "edition": edition, "cards": [reads.card(edition, each, moment) for each in found], "today": today,
        "houses": mine.organisations(request.who, edition, found, moment), "rosters": mine.rosters(request.who),
        "log": mine.log(request.who, edition, found, moment), "plans": [] if request.who.signed_in else published_editions(),
        "waiting": waiting(request.who, today, _MOST_WAITING) if request.who.signed_in else [],
    })


@page("search/", name="front:search", can=access.PUBLIC, title=t("搜索", "Search"))
def search(request: HttpRequest) -> HttpResponse:
    """Everything that fits the words, in groups."""
    text = request.GET.get("q", "")[:100]
    return render(request, "front/search.html", {"q": text, "groups": searching.found(request.who, text)})


@page("language/", name="front:language", can=access.PUBLIC, title=t("语言", "Language"), methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and return to where they were."""
    here = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure()):
        here = "/"
    response = HttpResponseRedirect(here)
    chosen = request.POST.get("language")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax", httponly=True,
                            secure=request.is_secure())
    return response

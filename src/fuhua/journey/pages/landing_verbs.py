"""The verbs of a landing case as people press them: hidden is 404, what is not yours is 403, wrong words come back marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.journey import access
from fuhua.journey.actions import activity, cases, passports
from fuhua.journey.actions.case_rows import name_of, url_of
from fuhua.journey.models import LandingCase
from fuhua.journey.pages.landing_cases import FORMS, TITLE, case_of, shown
from fuhua.kernel.access import Rule
from fuhua.kernel.countries import COUNTRIES
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import Pressed
from fuhua.parties.queries import in_bulk

_Act = Callable[[LandingCase, Any, Any, dict[str, Any]], Any]
_PRESSED = Pressed("landings/", "journey:landing", case_of, shown, lambda row, _found: url_of(row))


def _verb(verb: str, can: Rule, title: Text, done: Text, act: _Act) -> None:
    """Declare the page of one verb; ``act`` gets the case, the person's row, the valid form, and ``by`` and ``at``."""
    _PRESSED.verb(verb, can, title, done, lambda request, _row: FORMS[verb](request.POST, request.FILES, prefix=verb),
                  lambda request, row, form, told: act(row, in_bulk.by_ids([request.who.party_id])[0], form, told))


def _land(row: LandingCase, _person: Any, form: Any, told: dict[str, Any]) -> None:
    said = form.cleaned_data
    cases.land(case=row, entity=said["entity"], host=said["host"], on=said["on"], **told)


_verb("own", access.RUNS_CASES, t("指定负责人", "Name the owner"), t("已指定负责人", "the owner is named"),
      lambda row, _person, form, told: cases.own(case=row, owner=form.cleaned_data["owner"], **told))
_verb("link", access.KEEPS_CASE, t("关联人才或项目", "Link the person or project"), t("已关联", "linked"),
      lambda row, _person, form, told: cases.link(case=row, party=form.cleaned_data["party"], **told))
_verb("land", access.KEEPS_CASE, t("确认主体，登记落地", "Confirm the entity"), t("已登记：已落地（暂定）", "landed, provisional"), _land)
_verb("lapse", access.KEEPS_CASE, t("失效", "Lapse"), t("已登记失效", "it lapsed"),
      lambda row, _person, form, told: cases.lapse(case=row, reason=form.cleaned_data["reason"], **told))
_verb("passport", access.GIVES_PASSPORT, t("提交护照信息", "Hand in passport data"),
      t("已提交，仅案例负责人可查阅", "handed in; only the owner of the case can open it"),
      lambda row, _person, form, told: passports.keep(case=row, said=form.said(), **told))
_verb("erase", access.OWNS_CASE, t("删除护照信息", "Erase passport data"), t("已删除，不留副本", "erased; nothing of it is kept"),
      lambda row, _person, form, told: passports.erase(case=row, reason=form.cleaned_data["reason"], **told))
_verb("show", access.LANDED_SIDE, t("提交活跃证明", "Show that it is active"),
      t("已提交，等待承接载体确认", "handed in; the host confirms it"),
      lambda row, person, form, told: activity.show(
          case=row, evidence=form.cleaned_data["evidence"], file=form.cleaned_data["file"].file, person=person, **told))
_verb("confirm", access.HOST_SIDE, t("确认活跃", "Confirm that it is active"), t("已确认", "confirmed"),
      lambda row, person, _form, told: activity.confirm(case=row, person=person, **told))


@page("landings/<int:pk>/passport/open/", name="journey:passport_open", can=access.OWNS_CASE, title=t("查阅护照信息", "Passport data"),
      methods=("POST",))
def open_passport(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the passport data once, to the owner of the case; that it was opened is on record."""
    row = case_of(request, pk)
    access.OWNS_CASE.require(request.who, row)
    try:
        said = passports.read(case=row, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
        return HttpResponseRedirect(url_of(row))
    answer = render(request, "journey/passport.html", {
        "row": row, "name": name_of(row), "said": said, "country": COUNTRIES.get(said["country"], said["country"]),
        "trail": [{"label": TITLE, "url": ""}, {"label": name_of(row), "url": url_of(row)},
                  {"label": t("护照信息", "Passport data"), "url": ""}],
    })
    answer["Cache-Control"] = "no-store"
    return answer


@page("landings/<int:pk>/papers/<slug:digest>/", name="journey:landing_paper", can=access.CASES, title=t("活跃证明", "Proof of activity"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A proof of activity, always as a download."""
    row = case_of(request, pk)
    known = row.activities.filter(document=digest).exists()
    return download(digest, f"landing-{row.pk}-{digest[:8]}" if known else None)

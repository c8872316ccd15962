"""Pages of landings from abroad: the board of all cases, and one with its checklist, papers and activity."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.desk.words import STATES
from fuhua.journey import access
from fuhua.journey.actions.case_rows import name_of
from fuhua.journey.flow import CASE
from fuhua.journey.models import LandingCase, Passport
from fuhua.journey.pages import landing_forms
from fuhua.journey.queries import landing_cases as reads
from fuhua.journey.words import ACTIVITY, CASE_STATES, LANDING_MONTHS, LAPSE_REASONS, LIVE, STEPS
from fuhua.kernel import period
from fuhua.kernel.page import PAGES, Menu, newest, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries.timeline import timeline

TITLE = t("海外落地", "Landings from abroad")
TONES = {"open": "ochre", "provisional": "indigo", "active": "jade", "lapsed": "zhu"}
_PAGE, _LATE = 50, 20
_TOLD = ("journey.landing", "journey.landed", "journey.case", "journey.camp")
FORMS: dict[str, type[forms.Form]] = {
    "own": landing_forms.OwnForm, "link": landing_forms.LinkForm, "land": landing_forms.LandForm, "lapse": landing_forms.LapseForm,
    "passport": landing_forms.PassportForm, "erase": landing_forms.EraseForm, "show": landing_forms.ShowForm, "confirm": PressForm,
}


@page("landings/", name="journey:landings", can=access.CASE_BOARD, title=TITLE, menu=Menu(TITLE, "globe", 45))
def board(request: HttpRequest) -> HttpResponse:
    """Cases by state, what is overdue and on whose desk, why landings were lost; the cases themselves, newest first."""
    who, today = request.who, period.day(timezone.now())
    form = landing_forms.BoardForm(request.GET or None)
    state = form.cleaned_data.get("state", "") if form.is_valid() else ""
    every = reads.cases(who)
    rows = every.filter(state=state) if state else every
    found, older = newest(request, rows, _PAGE, state=state)
    steps = reads.checklist(found, today)
    late = list(reads.late(every.filter(state__in=LIVE), today)[:_LATE])
    states = reads.counts(every, "state")
    return render(request, "journey/landings.html", {
        "form": form, "rows": [_line(row, steps[row.urn]) for row in found],
        "older": older,
        "states": [{"label": label, "n": states.get(code, 0), "url": f"?state={code}"} for code, label in CASE_STATES.items()],
        "lost": [{"label": LAPSE_REASONS[code], "n": n} for code, n in sorted(reads.counts(every, "because").items()) if code],
        "late": _late(who, late, today),
        "calls": list(reads.calls()[:10])
        if access.CAMP_CALLS.opens_for(who) else [],
    })


def _line(row: LandingCase, items: list[reads.Item]) -> dict[str, Any]:
    asked = [each for each in items if each.ask is not None]
    return {"it": row, "name": name_of(row), "state": CASE_STATES[row.state], "tone": TONES.get(row.state, "plain"),
            "done": sum(each.ask.state == "confirmed" for each in asked if each.ask), "of": len(asked),
            "late": sum(each.open and each.left < 0 for each in items), "because": LAPSE_REASONS.get(row.because, "")}


def _late(who: Any, late: list[Any], today: dt.date) -> list[dict[str, Any]]:
    opened = reads.readable(who, late)
    return [{"it": each, "step": STEPS[each.kind], "days": period.working_days_between(each.due, today), "opens": each.pk in opened,
             "desk": each.waiting_on or each.owner or each.handler} for each in late]


@page("landings/<int:pk>/", name="journey:landing", can=access.CASES, title=t("落地案例", "Landing case"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where it stands, the checklist with whose desk each step is on, the camp, papers and activity."""
    return shown(request, case_of(request, pk))


def case_of(request: HttpRequest, pk: int) -> LandingCase:
    """The case, if the reader may see it; else 404."""
    rows = LandingCase.objects.select_related("person", "project", "owner", "host", "entity", "application__call__issuer", "instead")
    return access.CASES.get(request.who, rows, pk=pk)


def url(row: LandingCase, verb: str) -> str:
    """The address of a verb of the case."""
    return reverse(f"journey:landing_{verb}", kwargs={"pk": row.pk})


def shown(request: HttpRequest, row: LandingCase, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of a case, with the form that came back marked."""
    who, today = request.who, period.day(timezone.now())
    items = reads.checklist([row], today)[row.urn]
    opened = reads.readable(who, [each.ask for each in items if each.ask])
    passport = Passport.objects.filter(case=row).first()
    acts = _acts(who, row, passport, today)
    owner = acts["owner"]
    return render(request, "journey/landing.html", {
        "row": row, "name": name_of(row), "state": CASE_STATES[row.state], "tone": TONES.get(row.state, "plain"),
        "because": LAPSE_REASONS.get(row.because, ""), "steps": _steps(row), "live": row.state in LIVE,
        "items": [_item(each, opened) for each in items], "places": _places(row),
        "passport": passport, "gives": acts["passport"], "owner": owner,
        "openings": timeline(row.urn, ("journey.passport",), today) if owner or row.person_id == who.party_id else [],
        "activities": [{"it": each, "month": LANDING_MONTHS[each.month], "evidence": ACTIVITY[each.evidence]}
                       for each in row.activities.select_related("shown_by", "confirmed_by").order_by("month")],
        "next": _next(row), "forms": {verb: (wrong or {}).get(verb) or FORMS[verb](prefix=verb) for verb, may in acts.items()
                                      if may and verb in FORMS},
        "verbs": _verbs(row, acts, wrong or {}), "events": timeline(row.urn, _TOLD, today),
        "trail": [{"label": TITLE, "url": reverse("journey:landings") if access.CASE_BOARD.opens_for(who) else ""},
                  {"label": name_of(row), "url": ""}],
    }, status=status)


def _acts(who: Any, row: LandingCase, passport: Passport | None, today: dt.date) -> dict[str, bool]:
    """What the reader may do now, by verb."""
    live, steps = row.state in LIVE, CASE.verbs(row.state)
    keeps = live and access.KEEPS_CASE.may(who, row)
    month = reads.due_month(row)
    due = month is not None and row.landed is not None and today >= period.add_months(row.landed, month)
    waits = row.activities.filter(confirmed_at=None).exists()
    owner = access.OWNS_CASE.may(who, row)
    return {
        "own": live and access.RUNS_CASES.may(who, row), "land": keeps and "land" in steps, "lapse": keeps,
        "link": keeps and row.state == "open" and (row.person_id is None or row.project_id is None),
        "passport": live and access.GIVES_PASSPORT.may(who, row), "owner": owner,
        "erase": owner and passport is not None and passport.erased_at is None,
        "show": live and due and access.LANDED_SIDE.may(who, row), "confirm": live and waits and access.HOST_SIDE.may(who, row),
    }


def _verbs(row: LandingCase, acts: dict[str, bool], wrong: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """The verbs of whoever looks after the case, each with its form."""
    return [{"verb": verb, "label": PAGES[f"journey:landing_{verb}"].title, "url": url(row, verb),
             "form": wrong.get(verb) or FORMS[verb](prefix=verb)} for verb in ("own", "link", "land", "lapse") if acts[verb]]


def _item(item: reads.Item, opened: frozenset[int]) -> dict[str, Any]:
    ask = item.ask
    return {"step": STEPS[item.step], "ask": ask, "item": item, "opens": ask is not None and ask.pk in opened,
            "state": STATES[ask.state] if ask else t("未交办", "not asked"), "late": item.open and item.left < 0, "over": -item.left,
            "done": ask is not None and ask.state == "confirmed",
            "desk": (ask.waiting_on or ask.owner or ask.handler) if ask else None}


def _places(row: LandingCase) -> list[dict[str, Any]]:
    return [{"title": Text(each.session.title, each.session.english), "it": each} for each in reads.own_places(row)]


def _next(row: LandingCase) -> dict[str, Any] | None:
    month = reads.due_month(row)
    if month is None or row.landed is None:
        return None
    return {"label": LANDING_MONTHS[month], "day": period.add_months(row.landed, month)}


def _steps(row: LandingCase) -> list[dict[str, Any]]:
    at = {"open": 1, "provisional": 2, "active": 3}.get(row.state, 1 if row.landed is None else 2)
    labels = (t("入选", "selected"), t("办理落地", "landing"), t("已落地（暂定）", "landed, provisional"),
              t("六个月活跃", "active at six months"))
    state = {True: "skipped", False: "now"}[row.state not in LIVE]
    return [{"label": label, "state": "done" if number < at or row.state == "active" else state if number == at else
             "skipped" if row.state not in LIVE else "ahead"} for number, label in enumerate(labels)]

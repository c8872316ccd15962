"""The page of a cross-border camp, for those who take part, its host and officers: agenda, attendance, completion, and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.actions import camps
from fuhua.journey.actions.case_rows import name_of
from fuhua.journey.models import Camp, LandingCase
from fuhua.journey.pages import landing_forms
from fuhua.journey.queries import landing_cases as reads
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import press

_TITLE = t("跨境创业营", "Cross-border camp")


def _url(call: int) -> str:
    return reverse("journey:camp", kwargs={"pk": call})


def _camp_of(request: HttpRequest, pk: int) -> tuple[Any, Camp | None]:
    """The call with its camp; officers also see a call whose camp is not set up yet."""
    if access.CAMP_CALLS.opens_for(request.who):
        call = access.CAMP_CALLS.get(request.who, reads.calls(), pk=pk)
        return call, Camp.objects.filter(call=call).select_related("host").first()
    camp = access.CAMPS.get(request.who, Camp.objects.select_related("host", "call"), call=pk)
    return camp.call, camp


@page("camps/<int:pk>/", name="journey:camp", can=access.CAMPS, title=_TITLE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, and of each session who came."""
    return _shown(request, pk)


def _shown(request: HttpRequest, pk: int, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    (call, camp), who, now, wrong = _camp_of(request, pk), request.who, timezone.now(), wrong or {}
    runs = access.CAMP_CALLS.opens_for(who)
    holds = camp is not None and access.HOLDS_CAMP.may(who, camp)
    curriculum = reads.sessions(camp) if camp is not None else []
    rows = LandingCase.objects.all() if holds or runs else reads.cases(who)
    people = reads.participants(camp, curriculum, rows) if camp is not None else []
    theirs = LandingCase.objects.filter(pk__in=[each.case.pk for each in people])
    mine = set(access.LANDED_SIDE.filter(who, theirs).values_list("pk", flat=True))
    return render(request, "journey/camp.html", {
        "call": call, "camp": camp, "holds": holds, "plans": camp is not None and (holds or runs),
        "set_up": wrong.get("set_up") or landing_forms.CampForm(prefix="set_up", initial=_initial(camp)) if runs else None,
        "add": wrong.get("add") or landing_forms.SessionForm(prefix="add") if camp is not None and (holds or runs) else None,
        "sessions": [_session(each, number, people, mine, holds=holds, past=each.starts <= now, runs=holds or runs)
                     for number, each in enumerate(curriculum)],
        "people": [{"it": each, "name": name_of(each.case), "all": len(curriculum), "mine": each.case.pk in mine,
                    "completes": holds and each.case.completed_at is None and curriculum and each.attended == len(curriculum),
                    "form": landing_forms.CompleteForm(prefix="complete", initial={"case": each.case.pk},
                                                       auto_id=f"id_complete_{each.case.pk}_%s")} for each in people],
        "again": [(form, verb) for verb, form in wrong.items() if verb not in ("set_up", "add")],
        "trail": [{"label": _TITLE, "url": ""}, {"label": call.title, "url": ""}],
    }, status=status)


def _initial(camp: Camp | None) -> dict[str, Any]:
    if camp is None:
        return {}
    return {"host": camp.host, **{each.step: each.organisation for each in camp.desks.select_related("organisation")}}


def _session(row: Any, number: int, people: list[reads.Participant], mine: set[int], *, holds: bool, past: bool,
             runs: bool) -> dict[str, Any]:
    """One session with the word of both sides on each who takes part, and the button of whoever has not said theirs."""
    lines = []
    for each in people:
        said = each.places[number].attendance
        project, host = bool(said and said.project_at), bool(said and said.host_at)
        side = "project" if past and each.case.pk in mine and not project else "host" if past and holds and not host else ""
        lines.append({"case": each.case, "name": name_of(each.case), "project": project, "host": host, "side": side,
                      "form": landing_forms.AttendForm(prefix=f"attend_{side}", initial={"case": each.case.pk, "session": row.pk},
                                                       auto_id=f"id_{row.pk}_{each.case.pk}_%s") if side else None})
    drop = landing_forms.DropForm(prefix="drop", initial={"session": row.pk}, auto_id=f"id_drop_{row.pk}_%s")
    return {"it": row, "title": Text(row.title, row.english), "past": past, "lines": lines,
            "drop": drop if runs and not past else None}


def _verb(verb: str, title: Text, done: Text, form_of: type[forms.Form], act: Callable[..., Any]) -> None:
    """Declare the page of one verb of a camp; ``act`` gets the request, the call, the camp, the form, and ``by`` and ``at``."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        call, camp = _camp_of(request, pk)
        form = form_of(request.POST, prefix=verb)
        led = press(request, form, lambda _said, by, at: act(request, call, camp, form, {"by": by, "at": at}), _url(call.pk), done)
        return led or _shown(request, pk, {verb: form}, status=422)

    view.__name__, view.__doc__ = verb, title.en
    page(f"camps/<int:pk>/{verb.replace('_', '-')}/", name=f"journey:camp_{verb}", can=access.CAMPS, title=title, methods=("POST",))(view)


def _require(may: bool, reason: Text) -> None:
    if not may:
        raise Forbidden(reason)


def _holds(request: HttpRequest, camp: Camp | None) -> Camp:
    if camp is None:
        raise Http404
    _require(access.HOLDS_CAMP.may(request.who, camp), access.HOLDS_CAMP.reason)
    return camp


def _plans(request: HttpRequest, camp: Camp | None) -> Camp:
    """The camp, for its host and for officers."""
    if camp is not None and access.CAMP_CALLS.opens_for(request.who):
        return camp
    return _holds(request, camp)


def _found(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _set_up(request: HttpRequest, call: Any, _camp: Camp | None, form: Any, told: dict[str, Any]) -> None:
    _require(access.CAMP_CALLS.opens_for(request.who), access.CAMP_CALLS.reason)
    camps.set_up(call=call, host=form.cleaned_data["host"], desks=form.desks(), **told)


def _add(request: HttpRequest, _call: Any, camp: Camp | None, form: Any, told: dict[str, Any]) -> None:
    said = form.cleaned_data
    planned = camps.Planned(**{name: said[name] for name in ("title", "english", "starts", "place", "link")})
    camps.add_session(camp=_plans(request, camp), planned=planned, host=said["held_by"], **told)


def _drop(request: HttpRequest, _call: Any, camp: Camp | None, form: Any, told: dict[str, Any]) -> None:
    camps.drop_session(session=_found(_plans(request, camp).sessions, form.cleaned_data["session"]), **told)


def _attends(request: HttpRequest, camp: Camp | None, form: Any, side: str, told: dict[str, Any]) -> None:
    if camp is None:
        raise Http404
    rows = LandingCase.objects.filter(application__call=camp.call_id)
    case = _found(rows, form.cleaned_data["case"])
    if side == "project":
        _found(access.CASES.filter(request.who, rows), case.pk)
        access.LANDED_SIDE.require(request.who, case)
    else:
        _holds(request, camp)
    camps.attend(case=case, session=_found(camp.sessions.select_related("camp"), form.cleaned_data["session"]), side=side, **told)


def _completed(request: HttpRequest, _call: Any, camp: Camp | None, form: Any, told: dict[str, Any]) -> None:
    held = _holds(request, camp)
    camps.complete(case=_found(LandingCase.objects.filter(application__call=held.call_id), form.cleaned_data["case"]), **told)


_verb("set_up", t("确定承办方和办理单位", "Set the camp up"), t("已保存", "saved"), landing_forms.CampForm, _set_up)
_verb("add", t("安排课程", "Add a session"), t("已安排", "added"), landing_forms.SessionForm, _add)
_verb("drop", t("取消课程", "Drop a session"), t("已取消", "dropped"), landing_forms.DropForm, _drop)
_verb("attend_project", t("我方已出席", "We were there"), t("已登记", "noted"), landing_forms.AttendForm,
      lambda request, _call, camp, form, told: _attends(request, camp, form, "project", told))
_verb("attend_host", t("确认出席", "They were there"), t("已确认", "confirmed"), landing_forms.AttendForm,
      lambda request, _call, camp, form, told: _attends(request, camp, form, "host", told))
_verb("complete", t("登记完成", "Completed the camp"), t("已登记完成", "completed"), landing_forms.CompleteForm, _completed)

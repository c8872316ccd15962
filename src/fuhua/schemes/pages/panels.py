"""Pages of a call's panel: who sits, who is barred and by which path, the draws and their records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fuhua.evidence.actions import documents
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area, choices
from fuhua.parties.panels.pressing import Act, PressForm, press
from fuhua.parties.words import TIES
from fuhua.schemes import access
from fuhua.schemes.actions import barring, panels
from fuhua.schemes.models import Application, Call, Draw, Seat
from fuhua.schemes.queries import panels as reads
from fuhua.schemes.queries.rounds import panel_of
from fuhua.schemes.words import BARRED, CALL_STATES

_SAID = {code: BARRED[code] for code in ("declared", "objected")}


class SeatForm(PressForm):
    """Somebody for the pool."""

    person = forms.ModelChoiceField(None, label=t("专家", "Expert"), empty_label=t("请选择", "choose"))
    most = forms.IntegerField(label=t("最多评审", "Reads at most"), min_value=1, max_value=200)
    least = forms.IntegerField(label=t("最少评审", "Reads at least"), min_value=0, initial=0)
    senior = forms.BooleanField(label=t("资深专家", "Senior"), required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = reads.experts(call)
        self.fields["most"].initial = panel_of(call).load


class BarForm(PressForm):
    """Somebody who must not review an application, for a reason no tie shows."""

    application = forms.ModelChoiceField(None, label=t("申报", "Application"), empty_label=t("请选择", "choose"))
    seat = forms.ModelChoiceField(None, label=t("专家", "Expert"), empty_label=t("请选择", "choose"))
    why = forms.ChoiceField(label=t("来源", "Who says so"), choices=choices(_SAID))
    said = forms.CharField(label=t("理由", "Why"), max_length=500, widget=area())

    def __init__(self, *args: Any, call: Call, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = reads.applications_of(call, who)
        self.fields["seat"].queryset = Seat.objects.filter(call=call, left_at=None).select_related("person")


def call_of(request: HttpRequest, pk: int) -> Call:
    """The call, if it is published; else 404."""
    return access.CALLS.get(request.who, Call.objects.select_related("issuer"), pk=pk)


def run_call(request: HttpRequest, pk: int) -> Call:
    """The call, for whoever runs its round or audits it; else 404."""
    return access.PANELS.get(request.who, Call.objects.select_related("issuer"), pk=pk)


def crumbs(call: Call, last: Text) -> list[dict[str, Any]]:
    """The way to a page of the call."""
    return [{"label": call.title, "url": reverse("schemes:panel", kwargs={"pk": call.pk})}, {"label": last, "url": ""}]


@page("schemes/calls/<int:pk>/panel/", name="schemes:panel", can=access.PANELS, title=t("专家组", "Panel"))
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The pool with loads, recusals with their proofs, and the draws."""
    return _shown(request, run_call(request, pk))


def _shown(request: HttpRequest, call: Call, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    who, wrong = request.who, wrong or {}
    runs = access.RUNS.may(who, call)
    rows = reads.applications_of(call, who)
    waiting = rows.filter(state="eligible").count()
    return render(request, "schemes/panel.html", {
        "call": call, "state": CALL_STATES[call.state], "rule": panel_of(call), "runs": runs, "seats": reads.seats_of(call, who),
        "waiting": waiting, "reviewing": rows.filter(state="in_review").count(),
        "barred": [{**each, "why": BARRED[each["it"].why], "hops": [{**hop, "kind": TIES[hop["kind"]]} for hop in each["hops"]]}
                   for each in reads.barred_of(call, who)],
        "draws": list(access.DRAWS.filter(who, call.draws.order_by("pk"))), "wrong": wrong,
        "seat": wrong.get("seat") or SeatForm(prefix="seat", call=call),
        "bar": wrong.get("bar") or BarForm(prefix="bar", call=call, who=who),
        "draw": wrong.get("draw") or PressForm(prefix="draw"), "drawable": runs and waiting and call.state in ("closed", "reviewing"),
        "trail": crumbs(call, t("专家组", "Panel")),
    }, status=status)


def _press(request: HttpRequest, call: Call, verb: str, form: forms.Form, act: Act, done: Text) -> HttpResponse:
    if not access.RUNS.may(request.who, call):
        raise Forbidden(access.RUNS.reason)
    url = reverse("schemes:panel", kwargs={"pk": call.pk})
    return press(request, form, act, url, done) or _shown(request, call, {verb: form}, 422)


@page("schemes/calls/<int:pk>/panel/seat/", name="schemes:panel_seat", can=access.RUNS, title=t("加入专家", "Seat an expert"),
      methods=("POST",))
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an expert into the pool."""
    call = call_of(request, pk)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        panels.seat(call=call, person=said["person"], house=reads.house_of(said["person"]), most=said["most"], least=said["least"],
                    senior=said["senior"], by=by, at=at)

    return _press(request, call, "seat", SeatForm(request.POST, prefix="seat", call=call), act, t("已加入专家组", "seated"))


@page("schemes/seats/<int:pk>/leave/", name="schemes:panel_unseat", can=access.RUNS, title=t("退出专家组", "Leave the panel"),
      methods=("POST",))
def unseat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an expert leave; open reviews go to others."""
    found = access.SEATS.get(request.who, Seat.objects.select_related("call"), pk=pk)
    done = t("已退出，未完成的评审已改派", "they left; open reviews go to others")
    return _press(request, call_of(request, found.call_id), "unseat", PressForm(request.POST),
                  lambda _said, by, at: panels.unseat(seat=found, by=by, at=at), done)


@page("schemes/calls/<int:pk>/panel/bar/", name="schemes:panel_bar", can=access.RUNS, title=t("登记回避", "Bar an expert"),
      methods=("POST",))
def bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a conflict that was declared or objected to."""
    call = call_of(request, pk)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        application: Application = said["application"]
        barring.bar(application=application, person=said["seat"].person, why=said["why"], said=said["said"], by=by, at=at)

    return _press(request, call, "bar", BarForm(request.POST, prefix="bar", call=call, who=request.who), act, t("已登记回避", "barred"))


@page("schemes/calls/<int:pk>/panel/draw/", name="schemes:panel_draw", can=access.RUNS, title=t("抽取专家", "Draw the panel"),
      methods=("POST",))
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close conflicts and draw."""
    call = call_of(request, pk)
    return _press(request, call, "draw", PressForm(request.POST, prefix="draw"), lambda _said, by, at: panels.draw(call=call, by=by, at=at),
                  t("已抽取专家并通知", "the panel is drawn and told"))


@page("schemes/draws/<int:pk>/", name="schemes:draw", can=access.DRAWS, title=t("抽取记录", "Record of a draw"))
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What was drawn by which seed, and how to check it offline."""
    found = access.DRAWS.get(request.who, Draw.objects.select_related("call"), pk=pk)
    return render(request, "schemes/draw.html", {"draw": found, "call": found.call, "trail": [
        {"label": found.call.title, "url": ""}, {"label": t("抽取记录", "Record of a draw"), "url": ""}]})


@page("schemes/draws/<int:pk>/record.json", name="schemes:draw_record", can=access.DRAWS, title=t("下载抽取记录", "Record as a file"))
def record_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The record itself, without names: everything that checking needs."""
    found = access.DRAWS.get(request.who, Draw.objects.all(), pk=pk)
    return FileResponse(documents.open_document(found.certificate), as_attachment=True, filename=f"draw-{found.pk}.json",
                        content_type="application/json")

"""Pages of decisions: the ranking raw and without leniency, one decision, the decision pack, and the applicant's result."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import papers
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.kernel.written import MoneyField, area, choices
from fuhua.parties.panels.pressing import Act, PressForm, press
from fuhua.schemes import access
from fuhua.schemes.actions import decisions
from fuhua.schemes.models import Application, Call
from fuhua.schemes.pages.panels import call_of, crumbs, run_call
from fuhua.schemes.pages.reviews import answers
from fuhua.schemes.queries import comment_notice
from fuhua.schemes.queries.applications import is_first
from fuhua.schemes.queries.outcomes import foreseen
from fuhua.schemes.queries.printed import pack, points
from fuhua.schemes.queries.ranking import Row, promised, ranking
from fuhua.schemes.queries.rounds import panel_of, rubric_of
from fuhua.schemes.words import APPLICATION_STATES, CALL_STATES, RESULTS


class DecideForm(PressForm):
    """What is decided, and why."""

    result = forms.ChoiceField(label=t("决定", "Decision"), choices=choices(RESULTS))
    city = MoneyField(label=t("市级资金", "City’s money"), required=False)
    district = MoneyField(label=t("区级资金", "District’s money"), required=False)
    why = forms.CharField(label=t("理由", "Why"), max_length=2000, widget=area())


@page("schemes/calls/<int:pk>/ranking/", name="schemes:ranking", can=access.PANELS, title=t("评审排名", "Ranking"))
def ranked(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking of what is revealed, with decisions, the notice and what follows."""
    return _shown(request, run_call(request, pk))


def _shown(request: HttpRequest, call: Call, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    runs = access.RUNS.may(request.who, call)
    return render(request, "schemes/ranking.html", {
        "call": call, "state": CALL_STATES[call.state], "rows": [_line(row) for row in ranking(call, request.who)], "wrong": wrong,
        "promised": promised(call) if runs else None, "announces": runs and call.state == "decided",
        "concludes": runs and call.state == "announced", "form": PressForm(), "notices": list(call.announcements.order_by("pk")),
        "foresight": foreseen(call) if call.state == "concluded" else None, "spread": panel_of(call).spread,
        "trail": crumbs(call, t("评审排名", "Ranking")),
    }, status=status)


def _line(row: Row) -> dict[str, Any]:
    return {"it": row, "raw": points(row.raw), "normalised": points(row.normalised), "spread": points(row.spread),
            "state": APPLICATION_STATES[row.application.state], "first": is_first(row.application)}


@page("schemes/calls/<int:pk>/pack.pdf", name="schemes:pack", can=access.PANELS, title=t("决策材料", "Decision pack"))
def pack_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Ranking, reasons, panel and draws on paper, of what the reader may see."""
    call, who = run_call(request, pk), request.who
    draws = list(access.DRAWS.filter(who, call.draws.order_by("pk")))
    paper = papers.pdf_of("schemes/pack.typ", pack(call, who, ranking(call, who), draws), at=timezone.now())
    return FileResponse(io.BytesIO(paper), filename=f"{call.number}-pack.pdf", content_type=papers.PDF)


def _run(request: HttpRequest, pk: int, act: Act, done: Any) -> HttpResponse:
    call, form = call_of(request, pk), PressForm(request.POST)
    if not access.RUNS.may(request.who, call):
        raise Forbidden(access.RUNS.reason)
    url = reverse("schemes:ranking", kwargs={"pk": call.pk})
    return press(request, form, act, url, done) or _shown(request, call, form, 422)


@page("schemes/calls/<int:pk>/announce/", name="schemes:announce", can=access.RUNS, title=t("公示", "Announce"), methods=("POST",))
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the decisions on public notice."""
    call = call_of(request, pk)
    return _run(request, pk, lambda _said, by, at: decisions.announce(call=call, by=by, at=at), t("已公示", "announced"))


@page("schemes/calls/<int:pk>/conclude/", name="schemes:conclude", can=access.RUNS, title=t("立项", "Conclude"), methods=("POST",))
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """End the call after the notice."""
    call = call_of(request, pk)
    return _run(request, pk, lambda _said, by, at: decisions.conclude(call=call, by=by, at=at), t("公示无异议事项，已立项", "awarded"))


@page("schemes/applications/<int:pk>/decision/", name="schemes:decision", can=access.OVERSEES, title=t("决定", "Decision"))
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with its revealed reviews, and what is decided."""
    return _decision(request, _application(request, pk))


def _application(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.exclude(state__in=["draft", "withdrawn"]).select_related("call", "applicant", "decision", "recommendation")
    return access.OVERSEES.get(request.who, rows, pk=pk)


def _decision(request: HttpRequest, application: Application, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    call = application.call
    row = next((each for each in ranking(call, request.who) if each.application.pk == application.pk), None)
    reviews = list(application.reviews.filter(revealed_at__isnull=False).select_related("seat__person").order_by("round", "pk"))
    return render(request, "schemes/decision.html", {
        "application": application, "call": call, "state": APPLICATION_STATES[application.state], "row": _line(row) if row else None,
        "answers": answers(call, application), "made": getattr(application, "decision", None),
        "letter": getattr(application, "recommendation", None), "rubric": rubric_of(call),
        "reviews": [{"it": each, "points": points(each.total), "marks": _marks(call, each.marks)} for each in reviews],
        "decides": bool(reviews) and call.state in ("reviewing", "decided", "announced")
        and application.state in ("in_review", "proposed", "reserve", "rejected") and access.HANDLES.may(request.who, application),
        "form": wrong or DecideForm(prefix="decide"),
        "trail": [{"label": call.title, "url": reverse("schemes:ranking", kwargs={"pk": call.pk})},
                  {"label": application.number or "", "url": ""}],
    }, status=status)


def _marks(call: Call, marks: dict[str, int]) -> list[dict[str, Any]]:
    return [{"label": line.label, "points": marks.get(line.code), "most": line.most} for line in rubric_of(call)]


@page("schemes/applications/<int:pk>/decide/", name="schemes:decide", can=access.HANDLES, title=t("作出决定", "Decide"), methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one application."""
    application, form = _application(request, pk), DecideForm(request.POST, prefix="decide")
    if not access.HANDLES.may(request.who, application):
        raise Forbidden(access.HANDLES.reason)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        decisions.decide(application=application, result=said["result"], city=said["city"] or 0, district=said["district"] or 0,
                         why=said["why"], person=request.who.party_id, by=by, at=at)

    url = reverse("schemes:ranking", kwargs={"pk": application.call_id})
    return press(request, form, act, url, t("决定已记录", "the decision is on record")) or _decision(request, application, form, 422)


@page("schemes/applications/<int:pk>/result/", name="schemes:result", can=access.RESULTS, title=t("评审结果", "Result"))
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided on our application, with every comment of the experts."""
    rows = Application.objects.select_related("call", "decision").distinct()
    application = access.RESULTS.get(request.who, rows, pk=pk)
    reviews = application.reviews.filter(revealed_at__isnull=False).select_related("seat__person").order_by("round", "pk")
    return render(request, "schemes/result.html", {
        "application": application, "call": application.call, "made": application.decision, "result": RESULTS[application.decision.result],
        "reviews": [{"it": each, "points": points(each.total), "marks": _marks(application.call, each.marks)} for each in reviews],
        "objections": list(application.objections.order_by("pk")), "notice": application.call.announcements.order_by("-pk").first(),
        "trail": [{"label": application.call.title, "url": ""}, {"label": t("评审结果", "Result"), "url": ""}],
    })


@page("schemes/applications/<int:pk>/comments.pdf", name="schemes:result_paper", can=access.RESULTS,
      title=t("评审意见告知书", "Notice of comments"))
def result_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision and every comment as PDF, to be kept or printed."""
    rows = Application.objects.select_related("call__issuer", "decision", "applicant").distinct()
    application = access.RESULTS.get(request.who, rows, pk=pk)
    notice = application.call.announcements.order_by("pk").last()
    if notice is None:
        raise Http404
    paper = papers.pdf_of("schemes/notice.typ", comment_notice.said_of(application, notice), at=notice.at)
    name = f'inline; filename="{application.number}-PY.pdf"'
    return HttpResponse(paper, content_type=papers.PDF, headers={"Content-Disposition": name})

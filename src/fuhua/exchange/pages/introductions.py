"""Pages of introductions: mine, one with what I may do next, its joint report, and its log of openings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import attachments
from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import cards, disclosures, follow_ups, introductions, pilots
from fuhua.exchange.models import FollowUp, Introduction, Reading
from fuhua.exchange.pages import brokered_forms as asked
from fuhua.exchange.pages.introduction_views import context, steps
from fuhua.exchange.queries import brokering as reads
from fuhua.exchange.queries import disclosures as disclosed
from fuhua.exchange.words import ACTS, OFFER, RESULTS, SIDES
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden, Rule
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import newest, page, sent, sent_with_files
from fuhua.kernel.words import t
from fuhua.parties.actions.once import once
from fuhua.parties.panels.downloads import download

_PAGE = 50
_APPROVAL = 10  # MB of a safety approval


@page("exchange/introductions/", name="exchange:introductions", can=access.INTRODUCED, title=t("对接", "Introductions"))
def listed(request: HttpRequest) -> HttpResponse:
    """The introductions I may see, newest first."""
    rows = access.INTRODUCED.filter(request.who, reads.introductions()).order_by("-pk")
    found, older = newest(request, rows, _PAGE)
    lines = [{"row": row, "state": reads.state_of(row), "side": SIDES.get(reads.side_of(request.who, row), "")}
             for row in found]
    return render(request, "exchange/introductions.html", {
        "rows": lines, "older": older})


@page("exchange/introductions/<int:pk>/", name="exchange:introduction", can=access.INTRODUCED, title=t("对接", "Introduction"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction: where it stands, the other side as far as it may be known, and what I may do now."""
    return _shown(request, _row(request, pk))


def _row(request: HttpRequest, pk: int) -> Introduction:
    return access.INTRODUCED.get(request.who, reads.introductions(), pk=pk)


def _shown(request: HttpRequest, row: Introduction, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    found = context(request.who, row, timezone.now(), wrong or {})
    offered = {each["verb"] for each in (*found["verbs"], *found["quiet"])}
    for verb, form in (wrong or {}).items():
        for said in form.non_field_errors() if verb in ACTS and verb not in offered else ():  # its form is not on the page any more
            messages.error(request, said)
    return render(request, "exchange/introduction.html", found, status=status)


@page("exchange/introductions/<int:pk>/report/", name="exchange:report", can=access.INTRODUCED, title=t("联合测评报告", "Joint report"))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The pilot's joint measurement report, to be printed: baseline, readings that both confirmed, test and result; not before a pilot."""
    row = _row(request, pk)
    if row.pilot is None:
        raise Http404
    found = reads.introduction_page(request.who, row, period.day(timezone.now()))
    return render(request, "exchange/report.html", {
        "row": row, "readings": [each for each in found.readings if each.confirmed_at], "terms": row.pilot.deal.terms,
        "sides": [{"label": SIDES[code], "side": side, "result": RESULTS.get(row.pilot.results.get(code), "")}
                  for code, side in found.sides.items()],
        "result": RESULTS.get(row.result, ""), "buyers": found.side != OFFER, "steps": steps(found),
        "trail": _trail(row, t("报告", "Report"))})


@page("exchange/introductions/<int:pk>/approval/", name="exchange:approval", can=access.EITHER,
      title=t("现场安全批准", "Safety approval of the site"))
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The approval of the site's safety, for the two sides; to be kept, never shown in the browser."""
    row = access.EITHER.get(request.who, reads.introductions(), pk=pk)
    if row.pilot is None:
        raise Http404
    return download(row.pilot.approval, row.pilot.approval_name or None)


@page("exchange/introductions/<int:pk>/openings/", name="exchange:openings", can=access.INTRODUCED,
      title=t("查阅记录", "Log of openings"))
def openings(request: HttpRequest, pk: int) -> HttpResponse:
    """Who opened what was disclosed, and when."""
    row = _row(request, pk)
    return render(request, "exchange/openings.html", {"row": row, "rows": list(disclosed.opened(row)), "need_urn": row.need.urn,
                                                      "trail": _trail(row, t("查阅记录", "Log of openings"))})


def _trail(row: Introduction, last: Any) -> list[dict[str, Any]]:
    return [{"label": t("对接", "Introductions"), "url": reverse("exchange:introductions")},
            {"label": row.need.title, "url": introductions.url_of(row)}, {"label": last, "url": ""}]


# --- verbs ---

Act = Callable[[dict[str, Any], dict[str, Any]], Any]


def _verb(verb: str, rule: Rule, form_class: type[forms.Form], act: Act) -> None:
    """Declare the page of one verb: hidden rows are 404, a verb that is not yours is 403, wrong words come back marked.

    ``act`` gets what every action of it wants (``introduction, side, by, at``) and what the form said.
    """

    files = "file" in form_class.base_fields
    told_by = sent_with_files if files else sent

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = _row(request, pk)
        if not rule.may(request.who, row):
            raise Forbidden(rule.reason)
        form = form_class(*told_by(request), prefix=verb)
        if form.is_valid():
            told = {"introduction": row, "by": request.who.urn, "at": timezone.now()}
            side = reads.side_of(request.who, row)
            try:
                act({**told, "side": side, "person": request.who.party_id, "account": request.who.account_id}, form)
                messages.success(request, t("已办理：{what}", "Done: {what}").format(what=ACTS[verb]))
                return redirect("exchange:introduction", pk=pk)
            except WrongState:
                raise
            except BadFact as wrong:
                form.add_error(None, str(wrong.text))
        return _shown(request, row, {verb: form}, status=422)

    view.__name__, view.__doc__ = verb, ACTS[verb].en
    page(f"exchange/introductions/<int:pk>/{verb.replace('_', '-')}/", name=f"exchange:introduction_{verb}", can=rule, title=ACTS[verb],
         methods=("POST",), files=files)(view)


def _of(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: told[name] for name in ("introduction", "by", "at", *names)}


def _dispute(told: dict[str, Any], form: Any) -> None:
    row = told["introduction"]
    house = reads.house_of_brokers(reads.broker_of(row.need))
    if house is None:
        raise BadFact(t("还没有设撮合机构，请联系市级主管", "there is no body of brokers yet; turn to a city officer"))
    said = form.cleaned_data
    once(told["account"], said["once"], lambda: disclosures.dispute(
        **_of(told, "side", "person"), text=said["text"], asked=house).urn, at=told["at"])


def _approve(told: dict[str, Any], form: Any) -> None:
    file = form.cleaned_data["file"]
    kept = attachments.attach(file.file, most=_APPROVAL, by=told["by"], at=told["at"])[0]
    pilots.approve(**_of(told), document=kept, name=file.name)


_verb("answer", access.EITHER, asked.AnswerForm, lambda told, form: introductions.answer(**_of(told, "side"), **form.cleaned_data))
_verb("ask_again", access.BROKERS, asked.EmptyForm, lambda told, _form: introductions.ask_again(**_of(told)))
_verb("arrange", access.BROKER_OR_EITHER, asked.ArrangeForm, lambda told, form: introductions.arrange(**_of(told), **form.cleaned_data))
_verb("confirm_met", access.EITHER, asked.EmptyForm, lambda told, _form: introductions.confirm_met(**_of(told, "side")))
_verb("undertake", access.EITHER, asked.EmptyForm, lambda told, _form: disclosures.undertake(**_of(told, "side")))
_verb("reveal", access.EITHER, asked.RevealForm, lambda told, form: disclosures.reveal(**_of(told, "side"), **form.cleaned_data))
_verb("pilot", access.EITHER, asked.PilotForm, lambda told, form: pilots.begin(**_of(told), agreed=form.agreed()))
_verb("approve", access.BUYING, asked.ApprovalForm, _approve)
_verb("log", access.EITHER, asked.ReadingForm, lambda told, form: pilots.log(**_of(told, "side", "person"), told=form.told()))
_verb("result", access.EITHER, asked.ResultForm, lambda told, form: pilots.state_result(**_of(told, "side"), **form.cleaned_data))
_verb("order", access.EITHER, asked.AgreedForm, lambda told, form: pilots.order(**_of(told), agreed=form.agreed()))
_verb("decline", access.BROKER_OR_EITHER, asked.DeclineForm,
      lambda told, form: introductions.decline(**_of(told, "side"), **form.cleaned_data))
_verb("card", access.BROKER_OR_EITHER, asked.CardForm, lambda told, form: cards.write(**_of(told), **form.cleaned_data))
_verb("card_consent", access.EITHER, asked.EmptyForm, lambda told, _form: cards.consent(**_of(told, "side")))
_verb("card_hide", access.EITHER, asked.EmptyForm, lambda told, _form: cards.hide(**_of(told, "side")))
_verb("dispute", access.EITHER, asked.DisputeForm, _dispute)


def _reading(request: HttpRequest, pk: int) -> tuple[Reading, Introduction, str]:
    reading = Reading.objects.select_related("pilot__introduction").filter(pk=pk, pilot__introduction__isnull=False).first()
    row = _row(request, reading.pilot.introduction.pk if reading else 0)
    access.EITHER.require(request.who, row)
    return reading, row, reads.side_of(request.who, row)  # type: ignore[return-value] - _row has raised without a reading


@page("exchange/readings/<int:pk>/confirm/", name="exchange:reading_confirm", can=access.EITHER, title=t("确认读数", "Confirm a reading"),
      methods=("POST",))
def confirm_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The side that did not log the reading confirms it."""
    reading, row, side = _reading(request, pk)
    pilots.confirm_reading(reading=reading, side=side, person=request.who.party_id, by=request.who.urn, at=timezone.now())
    return redirect("exchange:introduction", pk=row.pk)


@page("exchange/readings/<int:pk>/strike/", name="exchange:reading_strike", can=access.EITHER, title=t("撤下读数", "Strike a reading"),
      methods=("POST",))
def strike_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reading off that is not confirmed."""
    reading, row, side = _reading(request, pk)
    pilots.strike(reading=reading, side=side, by=request.who.urn, at=timezone.now())
    return redirect("exchange:introduction", pk=row.pk)


@page("exchange/follow-ups/<int:pk>/answer/", name="exchange:follow_up_answer", can=access.BUYING,
      title=t("答复回访", "Answer a follow-up"), methods=("POST",))
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The need's side says what came of the meeting."""
    asked_row = FollowUp.objects.filter(pk=pk).first()
    row = _row(request, asked_row.introduction_id if asked_row else 0)
    access.BUYING.require(request.who, row)
    form = asked.FollowUpForm(request.POST, prefix=f"follow{pk}")
    if not form.is_valid():
        return _shown(request, row, {f"follow{pk}": form}, status=422)
    follow_ups.answer(follow_up=asked_row, by=request.who.urn, at=timezone.now(), **form.cleaned_data)
    messages.success(request, t("已记录进展", "noted"))
    return redirect("exchange:introduction", pk=row.pk)

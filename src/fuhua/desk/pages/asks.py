"""Pages of asks: what waits for me, lists, one ask with its verbs, the printable order, and the policy gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.desk import access
from fuhua.desk.actions import asks
from fuhua.desk.kinds.asks import ask_kinds
from fuhua.desk.models import Ask, Part
from fuhua.desk.pages.ask_forms import FORMS, AskForm, FilterForm, TextForm
from fuhua.desk.queries import asks as reads
from fuhua.desk.queries import notices as told
from fuhua.desk.words import BECAUSE, CLOCKS, NOTICES, STATES, VERBS
from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.words import t
from fuhua.parties.actions.once import once
from fuhua.parties.queries import Who

_PAGE = 50
_VIEWS = {"all": t("我能看到的", "all I may see"), "mine": t("我提出的", "asked by me"), "ours": t("我或本单位承办的", "handled by us")}


@page("desk/", name="desk:waiting", can=access.NOTICES, title=t("待我处理", "Waiting for me"),
      menu=Menu(t("待我处理", "Waiting for me"), "desk", 10))
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for me: due dates, whose turn, one action each."""
    rows = told.waiting(request.who, period.day(timezone.now()))
    return render(request, "desk/waiting.html", {"rows": [{"it": row, "kind": NOTICES[row.notice.kind]} for row in rows]})


@page("desk/asks/", name="desk:asks", can=access.SEES, title=t("事项", "Asks"))
def listed(request: HttpRequest) -> HttpResponse:
    """The asks I may see, narrowed by kind, state and whose they are."""
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    view = chosen.get("view") if chosen.get("view") in _VIEWS else "all"
    rows = reads.listed(request.who, view=view, kind=chosen.get("kind", ""), state=chosen.get("state", ""))
    before = number(request, "before")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: _PAGE + 1])
    query = request.GET.copy()
    if len(found) > _PAGE:
        query["before"] = str(found[_PAGE - 1].pk)
    return render(request, "desk/asks.html", {
        "form": form, "rows": [_row(ask) for ask in found[:_PAGE]],
        "older": f"?{query.urlencode()}" if len(found) > _PAGE else "",
        "tabs": [{"label": label, "url": f"?view={code}", "active": code == view} for code, label in _VIEWS.items()],
    })


def _row(ask: Ask) -> dict[str, Any]:
    kind = ask_kinds().get(ask.kind)
    clock = ask.clock if ask.clock and ask.clock.stopped_at is None else None
    return {"ask": ask, "kind": kind.label if kind else ask.kind, "state": STATES[ask.state], "clock": clock,
            "turn": ask.waiting_on or ask.owner or ask.handler}


@page("desk/asks/new/", name="desk:ask_new", can=access.ASKS, title=t("提出事项", "Raise an ask"), methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Raise an ask."""
    who = request.who
    form = AskForm(request.POST or None, offices=who.offices)
    if request.method == "POST" and form.is_valid():
        told_form = form.cleaned_data
        try:
            return HttpResponseRedirect(once(who.account_id, told_form["once"], lambda: _raised(who, told_form), at=timezone.now()))
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
    status = 422 if form.is_bound else 200
    return render(request, "desk/ask_new.html", {"form": form, "kinds": list(ask_kinds())}, status=status)


def _raised(who: Who, told: dict[str, Any]) -> str:
    ours = sorted(who.acts_for())
    row = asks.ask(
        kind=told["kind"], title=told["title"], body=told["body"], asker=who.party_id,
        asker_for=ours[0] if len(ours) == 1 else None, asked=told["asked"].pk,
        issuer=told["issuer"].pk if told["issuer"] else None, due=told["due"],
        co_units=[unit.pk for unit in told["co_units"]], by=who.urn, at=timezone.now())
    return reverse("desk:ask", kwargs={"pk": row.pk})


def _shown(request: HttpRequest, ask: Ask, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    found = reads.ask_page(request.who, ask)
    verbs = [{"verb": verb, "label": VERBS[verb], "url": f"desk:ask_{verb}",
              "form": (wrong or {}).get(verb) or FORMS[verb](prefix=verb)}
             for verb in found.verbs]
    kind = ask_kinds().get(ask.kind)
    clock = ask.clock if ask.clock and ask.clock.stopped_at is None else None
    events = [{"at": line.entry.at, "title": VERBS.get(line.entry.verb, line.entry.verb), "who": line.who,
               "detail": line.entry.text} for line in found.lines]
    return render(request, "desk/ask.html", {
        "ask": ask, "kind": kind, "state": STATES[ask.state], "verbs": verbs, "events": events, "clock": clock,
        "clock_name": CLOCKS.get(clock.name, "") if clock else "", "because": BECAUSE.get(ask.because, ""),
        "parts": [{"part": part, "own": part.pk in found.own_parts} for part in found.parts],
        "part_form": TextForm(prefix="part"), "trail": _trail(ask),
    }, status=status)


def _trail(ask: Ask) -> list[dict[str, Any]]:
    return [{"label": t("事项", "Asks"), "url": reverse("desk:asks")}, {"label": ask.number or ask.said, "url": ""}]


@page("desk/asks/<int:pk>/", name="desk:ask", can=access.SEES, title=t("事项", "Ask"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One ask: whose turn, until when, the thread, and what I may do."""
    rows = Ask.objects.select_related("asked", "handler", "owner", "waiting_on", "asker", "asker_for", "issuer", "clock")
    return _shown(request, access.SEES.get(request.who, rows, pk=pk))


@page("desk/asks/<int:pk>/order/", name="desk:order", can=access.SEES, title=t("督办单", "Supervision order"))
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervision order as it is printed, signed and sealed."""
    rows = Ask.objects.filter(order_no__isnull=False).select_related("asked", "issuer", "asker")
    ask = access.SEES.get(request.who, rows, pk=pk)
    return render(request, "desk/order.html", {"ask": ask, "parts": list(ask.parts.select_related("organisation").order_by("pk")),
                                               "trail": [*_trail(ask)]})


def _verb(verb: str, act: Callable[[Ask, Any, dict[str, Any]], Any]) -> Callable[..., HttpResponse]:
    """The view of one verb: hidden asks are 404, a verb that is not yours is 403, wrong words come back marked."""

    rule = reads.rule_of(verb)

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        ask = access.SEES.get(request.who, Ask.objects.select_related("clock", "handler", "asked"), pk=pk)
        if not rule.may(request.who, ask):
            raise Forbidden(rule.reason)
        form = FORMS[verb](request.POST, prefix=verb)
        if form.is_valid():
            try:
                act(ask, request.who, form.cleaned_data)
                return redirect("desk:ask", pk=pk)
            except WrongState:
                raise
            except BadFact as wrong:
                form.add_error(None, str(wrong.text))
        return _shown(request, ask, {verb: form}, status=422)

    view.__name__, view.__doc__ = verb, str(VERBS[verb].en)
    return page(f"desk/asks/<int:pk>/{verb.replace('_', '-')}/", name=f"desk:ask_{verb}", can=rule, title=VERBS[verb],
                methods=("POST",))(view)


def _by(who: Any) -> dict[str, Any]:
    return {"by": who.urn, "at": timezone.now()}

_verb("triage", lambda ask, who, _said: asks.triage(ask=ask, **_by(who)))
_verb("own", lambda ask, who, _said: asks.own(ask=ask, owner=who.party_id, **_by(who)))
_verb("hand_back", lambda ask, who, _said: asks.hand_back(ask=ask, **_by(who)))
_verb("pass_on", lambda ask, who, said: asks.pass_on(ask=ask, to=said["to"].pk, text=said["text"], **_by(who)))
_verb("wait", lambda ask, who, said: asks.wait(
    ask=ask, on=said["on"].pk if said["on"] else ask.asker_id, text=said["text"], **_by(who)))
_verb("resume", lambda ask, who, said: asks.resume(ask=ask, text=said["text"], **_by(who)))
_verb("answer", lambda ask, who, said: asks.answer(
    ask=ask, answer=said["answer"], because=said["because"], text=said["text"], **_by(who)))
_verb("confirm", lambda ask, who, said: asks.confirm(ask=ask, text=said["text"], **_by(who)))
_verb("reopen", lambda ask, who, said: asks.reopen(ask=ask, reason=said["reason"], text=said["text"], **_by(who)))
_verb("withdraw", lambda ask, who, said: asks.withdraw(ask=ask, text=said["text"], **_by(who)))


def _part(request: HttpRequest, pk: int) -> Part:
    part = Part.objects.select_related("ask").filter(pk=pk).first()
    access.SEES.get(request.who, Ask.objects.all(), pk=part.ask_id if part else None)
    access.OWN_PART.require(request.who, part)
    return part


@page("desk/parts/<int:pk>/confirm/", name="desk:part_confirm", can=access.OWN_PART, title=VERBS["confirm_part"], methods=("POST",))
def confirm_part(request: HttpRequest, pk: int) -> HttpResponse:
    """A co-unit confirms its own part."""
    part = _part(request, pk)
    asks.confirm_part(part=part, person=request.who.party_id, by=request.who.urn, at=timezone.now(),
                      note=request.POST.get("part-text", "")[:1000])
    return redirect("desk:ask", pk=part.ask_id)


@page("desk/parts/<int:pk>/unconfirm/", name="desk:part_unconfirm", can=access.OWN_PART, title=VERBS["unconfirm_part"],
      methods=("POST",))
def unconfirm_part(request: HttpRequest, pk: int) -> HttpResponse:
    """A co-unit takes its confirmation back."""
    part = _part(request, pk)
    asks.unconfirm_part(part=part, by=request.who.urn, at=timezone.now())
    return redirect("desk:ask", pk=part.ask_id)


@page("desk/gaps/", name="desk:gaps", can=access.GAPS, title=t("政策缺口", "Policy gaps"))
def gaps(request: HttpRequest) -> HttpResponse:
    """What could not be done and why, counted; the asks behind each count."""
    counts = [{"kind": getattr(ask_kinds().get(row["kind"]), "label", row["kind"]), "because": BECAUSE[row["because"]],
               "count": row["count"]} for row in reads.gaps(request.who)]
    rows = [{**_row(ask), "because": BECAUSE[ask.because]} for ask in reads.gap_asks(request.who)[:_PAGE]]
    return render(request, "desk/gaps.html", {"counts": counts, "rows": rows})

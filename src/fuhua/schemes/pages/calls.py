"""Pages of calls: what is open and what I applied for, one call, and the issuer's verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents, papers
from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.page import PAGES, Menu, page
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.actions.once import once
from fuhua.parties.panels.pressing import Pressed, PressForm
from fuhua.parties.queries import in_bulk
from fuhua.parties.words import DISTRICTS, SORTS
from fuhua.policy import catalog
from fuhua.schemes import access
from fuhua.schemes.actions import applications, calls
from fuhua.schemes.flow import CALL
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Call
from fuhua.schemes.pages.application_forms import BeginForm, CallForm, CancelForm, ExtendForm, of_call
from fuhua.schemes.queries import applications as reads
from fuhua.schemes.queries import rounds
from fuhua.schemes.queries.call_text import moment
from fuhua.schemes.words import APPLICATION_STATES, CALL_CANCELLATIONS, CALL_STATES, FUTURE_FIELDS

_SCHEMES = t("项目申报", "Schemes")
_PAGE = 50
CALL_TONES = {"open": "jade", "draft": "ochre", "cancelled": "zhu"}
TONES = {"draft": "ochre", "gaps": "zhu", "ineligible": "zhu", "eligible": "jade", "proposed": "jade", "awarded": "jade"}


@page("schemes/", name="schemes:calls", can=access.CALLS, title=_SCHEMES, menu=Menu(_SCHEMES, "scheme", 32))
def listed_calls(request: HttpRequest) -> HttpResponse:
    """The calls that are open, those that are over, and what I apply for."""
    rows = access.CALLS.filter(request.who, Call.objects.select_related("issuer")).order_by("-closes_at", "-pk")[:_PAGE]
    mine = reads.mine(request.who)[:_PAGE] if request.who.signed_in else []
    return render(request, "schemes/calls.html", {
        "open": [_line(row) for row in rows if row.state in ("open", "draft")], "past": [_line(row) for row in rows if row.state not in (
            "open", "draft")],
        "mine": [{"it": row, "state": APPLICATION_STATES[row.state], "tone": TONES.get(row.state, "indigo"), "closes": moment(
            row.call.closes_at)} for row in mine],
        "issues": access.ISSUES.opens_for(request.who), "reviews": "expert" in request.who.offices,
        "recommends": access.RECOMMENDS.opens_for(request.who),
    })


def _line(row: Call) -> dict[str, Any]:
    return {"it": row, "kind": scheme_kinds()[row.kind].label, "state": CALL_STATES[row.state], "tone": CALL_TONES.get(row.state, "indigo"),
            "closes": moment(row.closes_at)}


@page("schemes/calls/<int:pk>/", name="schemes:call", can=access.CALLS, title=t("申报通知", "Call"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: who may apply, by when, by what it is judged; for officers what was handed in and is not hidden from them."""
    return shown(request, _call_of(request, pk))


def _call_of(request: HttpRequest, pk: int) -> Call:
    return access.CALLS.get(request.who, Call.objects.select_related("issuer"), pk=pk)


def shown(request: HttpRequest, row: Call, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of a call, with the forms that came back marked."""
    kind, who, wrong = scheme_kinds()[row.kind], request.who, wrong or {}
    houses = reads.applicants(who, kind) if who.signed_in else []
    open_now = row.state == "open" and row.opens_at <= timezone.now().replace(microsecond=0) <= row.closes_at
    issues, runs = access.ISSUES.may(who, row), access.PANELS.may(who, row)
    rows = access.APPLICATIONS.filter(who, reads.of_call(row)) if runs else None
    verbs = [_verb_form(row, verb, wrong) for verb in ("publish", "extend", "cancel") if issues and (
        verb in CALL.verbs(row.state) or (verb == "extend" and row.state == "open"))]
    return render(request, "schemes/call.html", {
        "call": row, "kind": kind, "state": CALL_STATES[row.state], "tone": CALL_TONES.get(row.state, "indigo"),
        "because": CALL_CANCELLATIONS.get(row.because, ""), "opens": moment(row.opens_at), "closes": moment(row.closes_at),
        "sorts": listed([SORTS[each] for each in sorted(kind.applicants)]), "themes": _themes(row),
        "district": DISTRICTS.get(row.district, ""), "rules": [catalog.rule_of(key) for key in kind.rules],
        "rubric": rounds.rubric_of(row), "clocks": rounds.clocks_of(row), "links": _links(row) if runs else [],
        "money": formats.money(row.budget) if row.budget else "",
        "begin": wrong.get("begin") or (BeginForm(houses=houses) if houses and open_now else None), "open_now": open_now, "verbs": verbs,
        "edits": row.state == "draft" and issues, "desk": rows is not None and _desk(rows),
        "gaps_due": reads.gaps_due(row), "decided": reads.decision_due(row),
        "trail": [{"label": _SCHEMES, "url": reverse("schemes:calls")}, {"label": row.number or row.title, "url": ""}],
    }, status=status)


def _themes(row: Call) -> Text:
    """Its fields by the names they had when it was published, with the present ones."""
    said, day = FUTURE_FIELDS.telling(), period.day(row.published_at or timezone.now())
    return listed([said(each, day) for each in row.themes])


def _links(row: Call) -> list[dict[str, Any]]:
    """Where its officers go on once it is closed."""
    names = ("schemes:panel", "schemes:ranking", "schemes:objections") if row.state not in ("draft", "open", "cancelled") else ()
    return [{"label": PAGES[name].title, "url": reverse(name, kwargs={"pk": row.pk})} for name in names]


def _desk(rows: Any) -> dict[str, Any]:
    return {"counts": [{"label": APPLICATION_STATES[state], "n": n} for state, n in sorted(reads.counts(rows).items())],
            "rows": [{"it": each, "state": APPLICATION_STATES[each.state], "tone": TONES.get(each.state, "indigo"),
                      "letter": getattr(each, "recommendation", None), "first": reads.is_first(each)} for each in rows.distinct()[:500]]}


_VERBS: dict[str, tuple[Text, type[forms.Form]]] = {
    "publish": (t("发布", "Publish"), PressForm), "extend": (t("延长申报", "Extend"), ExtendForm),
    "cancel": (t("取消申报", "Cancel"), CancelForm),
}


def _verb_form(row: Call, verb: str, wrong: dict[str, forms.Form]) -> dict[str, Any]:
    label, form = _VERBS[verb]
    return {"verb": verb, "label": label, "form": wrong.get(verb) or form(prefix=verb),
            "url": reverse(f"schemes:call_{verb}", kwargs={"pk": row.pk})}


_PRESSED = Pressed("schemes/calls/", "schemes:call", _call_of, shown, lambda row, _found: calls.url_of(row))


def _verb(verb: str, done: Text, act: Callable[[Call, dict[str, Any], dict[str, Any]], Any]) -> None:
    """Declare the page of one verb of the issuer."""
    title, form_of = _VERBS[verb]
    _PRESSED.verb(verb, access.ISSUES, title, done, lambda request, _row: form_of(request.POST, prefix=verb),
                  lambda _request, row, form, told: act(row, form.cleaned_data, told))


_verb("publish", t("已发布", "published"), lambda row, _said, told: calls.publish(call=row, **told))
_verb("extend", t("已延长", "extended"), lambda row, said, told: calls.extend(call=row, closes_at=said["closes_at"], **told))
_verb("cancel", t("已取消，已告知申报人", "cancelled; applicants are told"),
      lambda row, said, told: calls.cancel(call=row, because=said["because"], **told))


@page("schemes/calls/<int:pk>/begin/", name="schemes:begin", can=access.APPLIES, title=t("开始申报", "Apply"), methods=("POST",))
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an application, or go on with the one there is."""
    row, who, now = _call_of(request, pk), request.who, timezone.now()
    houses = {str(each.pk): each for each in reads.applicants(who, scheme_kinds()[row.kind])}
    form = BeginForm(request.POST, houses=houses.values())
    if form.is_valid():
        lead = in_bulk.by_ids([who.party_id])[0]
        try:
            found = applications.begin(call=row, applicant=houses[form.cleaned_data["applicant"]], lead=lead, by=who.urn, at=now)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            return HttpResponseRedirect(applications.url_of(found))
    return shown(request, row, {"begin": form}, status=422)


@page("schemes/calls/new/", name="schemes:call_new", can=access.ISSUES, title=t("新建申报通知", "New call"), methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Choose a kind, then write the call; it is kept as a draft."""
    who, kind = request.who, scheme_kinds().get(request.GET.get("kind", ""))
    houses = in_bulk.by_ids(who.acts_for(*access.ISSUING, "operator"))
    issuers = [each for each in houses if kind and each.sort in kind.issuers]
    if kind is None or not issuers:
        sorts = {each.sort for each in houses}
        return render(request, "schemes/call_kinds.html", {"kinds": [each for each in scheme_kinds() if each.issuers & sorts]})
    form = CallForm(request.POST or None, kind=kind.code)

    def keep() -> str:
        return calls.url_of(calls.draft(issuer=issuers[0], told=form.told(), by=who.urn, at=timezone.now()))

    return _kept(request, form, keep, t("新建：{kind}", "New: {kind}").format(kind=kind.label), kind)


@page("schemes/calls/<int:pk>/edit/", name="schemes:call_edit", can=access.ISSUES, title=t("修改申报通知", "Change a call"),
      methods=("GET", "POST"))  # fmt: skip
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = access.ISSUES.get(request.who, Call.objects.select_related("issuer"), pk=pk)
    form = CallForm(request.POST or None, kind=row.kind, initial=of_call(row))

    def keep() -> str:
        return calls.url_of(calls.change(call=row, told=form.told(), by=request.who.urn, at=timezone.now()))

    return _kept(request, form, keep, Text(row.title, row.title), scheme_kinds()[row.kind])


def _kept(request: HttpRequest, form: CallForm, keep: Callable[[], str], heading: Text, kind: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(once(request.who.account_id, form.cleaned_data["once"], keep, at=timezone.now()))
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
    return render(request, "schemes/call_form.html", {
        "form": form, "heading": heading, "kind": kind,
        "trail": [{"label": _SCHEMES, "url": reverse("schemes:calls")}, {"label": heading, "url": ""}],
    }, status=422 if form.is_bound else 200)


@page("schemes/calls/<int:pk>/call.pdf", name="schemes:call_paper", can=access.CALLS, title=t("申报通知文本", "Text of a call"))
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The call as PDF."""
    row = _call_of(request, pk)
    if not row.document:
        raise Http404
    return FileResponse(documents.open_document(row.document), filename=f"{row.number}.pdf", content_type=papers.PDF)


@page("schemes/recommendations/", name="schemes:recommendations", can=access.RECOMMENDS, title=t("区级推荐", "Recommendations"))
def recommendations(request: HttpRequest) -> HttpResponse:
    """What applicants of my districts handed in, those that wait for a recommendation first."""
    rows = access.RECOMMENDS.filter(request.who, Application.objects.select_related("call", "applicant", "recommendation"))
    found = list(rows.filter(number__isnull=False).order_by("-submitted_at")[:200])
    lines = [{"it": row, "state": APPLICATION_STATES[row.state], "tone": TONES.get(row.state, "indigo"),
              "letter": getattr(row, "recommendation", None), "wanted": scheme_kinds()[row.call.kind].recommended} for row in found]
    lines.sort(key=lambda line: not (line["wanted"] and line["letter"] is None and line["it"].state in ("submitted", "gaps")))
    return render(request, "schemes/recommendations.html", {
        "rows": lines,
        "trail": [{"label": _SCHEMES, "url": reverse("schemes:calls")}, {"label": t("区级推荐", "Recommendations"), "url": ""}]})

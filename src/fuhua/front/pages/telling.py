"""Facts told by hand: every kind that a verb records, one form for each, and the same form to correct a fact."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.verbs import VERBS
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.front import access
from fuhua.front.pages.telling_forms import Telling, said
from fuhua.front.queries import telling, testimony
from fuhua.kernel import urn as urns
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.actions import organisations
from fuhua.parties.actions.once import once


@page("evidence/tell/", name="front:tell", can=access.TELL, title=t("补录事实", "Enter a fact"))
def tell(request: HttpRequest) -> HttpResponse:
    """Every kind of fact that can be told by hand, by engine."""
    return render(request, "front/tell.html", {"engines": telling.engines()})


@page("evidence/tell/<str:kind>/", name="front:tell_kind", can=access.TELL, title=t("补录一条事实", "Enter one fact"),
      methods=("GET", "POST"), files=True)
def tell_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell one fact of the kind."""
    verb = VERBS.get(kind)
    if verb is None:
        raise Http404
    posted = request.method == "POST"
    form = Telling(request.POST if posted else None, request.FILES if posted else None, verb=verb)
    led_to = _done(request, form, lambda: _told(request, form)) if posted and form.is_valid() else ""
    return HttpResponseRedirect(led_to) if led_to else _shown(request, form, back=reverse("front:tell"))


@page("evidence/facts/<slug:digest>/correct/", name="front:correct_fact", can=access.CORRECT, title=t("更正事实", "Correct a fact"),
      methods=("GET", "POST"), files=True)
def correct(request: HttpRequest, digest: str) -> HttpResponse:
    """Replace a fact by a better one about the same subject."""
    row = access.CORRECT.get(request.who, evidence.facts(), digest=digest)
    verb, found = VERBS.get(row.kind), evidence.fact(row.digest)
    if verb is None or found is None:
        raise Http404
    posted = request.method == "POST"
    form = Telling(request.POST if posted else None, request.FILES if posted else None, verb=verb, told=found.record,
                   settles=access.TELL.opens_for(request.who))
    led_to = ""
    if posted and form.is_valid():
        led_to = _done(request, form, lambda: _corrected(request, form))
    elif found.standing != "standing":
        messages.error(request, t("这条事实已被更正或作废，请在现行的事实上操作",
                                  "this fact was corrected or voided already; act on the one that stands"))
        return redirect(_place(request, digest))
    return HttpResponseRedirect(led_to) if led_to else _shown(request, form, back=_place(request, digest))


def _place(request: HttpRequest, digest: str) -> str:
    """The page of the fact, or home for whoever told it about somebody else and may not open it."""
    seen = access.FACTS.filter(request.who, evidence.facts()).filter(digest=digest).exists()
    return reverse("front:fact", kwargs={"digest": digest}) if seen else reverse("front:home")


def _shown(request: HttpRequest, form: Telling, *, back: str) -> HttpResponse:
    kind = form.verb.kind
    subject = testimony.subject_name(form.told.subject) if form.told else ""
    return render(request, "front/tell_kind.html", {
        "form": form, "heading": said(form), "meaning": telling.meaning(form.verb), "subject": subject, "mints": form.mints,
        "after": form.verb.after.LABEL if form.verb.after and not form.told else "", "indicators": telling.indicators_of(kind.KIND),
        "back": back})


def _done(request: HttpRequest, form: Telling, do: Any) -> str:
    """Where the fact now stands; blank when it must not be recorded, and the form says why."""
    try:
        led_to = once(request.who.account_id, form.cleaned_data["once"], do, at=timezone.now())
    except BadFact as wrong:
        form.add_error(None, str(wrong.text))
        return ""
    messages.success(request, _saying(form))
    return led_to


def _saying(form: Telling) -> Text:
    codes = [Text(each["code"], each["code"]) for each in telling.indicators_of(form.verb.kind.KIND)]
    done = t("已更正", "corrected") if form.told else t("已记录", "recorded")
    if not codes:
        return done
    return t("{done}，指标 {codes} 将据此重新计算，链接见“计入指标”",
             "{done}; indicators {codes} are counted anew, see the links at “Read by”").format(done=done, codes=listed(codes))


def _told(request: HttpRequest, form: Telling) -> str:
    at, given = timezone.now(), form.cleaned_data
    fields = form.fact_fields()
    if form.mints:
        fields["subject"] = urns.new("landing")
    elif sort := form.new_sort():
        fields["subject"] = organisations.register(
            sort=sort, name=given["subject"], district=fields.get("district", ""), by=request.who.urn, at=at, grade=given["grade"]).urn
    digest = form.verb(**fields, by=request.who.urn, at=at, on=given["true_from"], grade=given["grade"],
                       documents=_kept(request, form), on_behalf=given["on_behalf"] or None)
    return reverse("front:fact", kwargs={"digest": digest})


def _corrected(request: HttpRequest, form: Telling) -> str:
    told, given = form.told, form.cleaned_data
    if evidence.fact(told.digest).standing != "standing":
        raise BadFact(t("这条事实已被更正或作废，请在现行的事实上操作",
                        "this fact was corrected or voided already; act on the one that stands"))
    behalf = given["on_behalf"] or None if "on_behalf" in form.fields else told.on_behalf
    digest = form.verb.correct(
        told.digest, **form.fact_fields(), by=request.who.urn, at=timezone.now(), on=given["true_from"],
        grade=given.get("grade", Grade.DECLARED), documents=[*told.documents, *_kept(request, form)], on_behalf=behalf)
    return _place(request, digest)


def _kept(request: HttpRequest, form: Telling) -> list[str]:
    file = form.cleaned_data["file"]
    if not file:
        return []
    return [documents.keep(file.file, media_type=file.content_type or "application/octet-stream", by=request.who.urn, at=timezone.now())]

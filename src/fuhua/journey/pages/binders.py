"""The binder of one rule: which papers it asks for, which are there, and which one is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.journey import access
from fuhua.journey.actions import papers
from fuhua.journey.pages import subjects
from fuhua.journey.queries import binders
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t


@page("policy/of/<str:urn>/rules/<slug:rule>/binder/", name="journey:policy_binder", can=access.SUBJECTS, title=t("资料册", "Binder"))
def binder(request: HttpRequest, urn: str, rule: str) -> HttpResponse:
    """Green when every paper is there, else red with the name of each that is missing."""
    party = subjects.subject_of(request, urn)
    found, spec = _binder(party, rule), subjects.rule_of(party, rule)
    steps = ((spec.name, subjects.rule_url(party.urn, rule)), (t("资料册", "Binder"), ""))
    return render(
        request,
        "journey/policy_binder.html",
        {
            "party": party,
            "rule": spec,
            "binder": found,
            "trail": subjects.trail(party, *steps),
            "missing": [called(p) for p in found.missing],
            "papers": [_shown(party.urn, rule, paper, index) for index, paper in enumerate(found.papers)],
        },
    )


def _binder(party: Any, rule: str) -> binders.Binder:
    subjects.rule_of(party, rule)
    found = binders.binder(party.urn, rule, period.day(timezone.now()))
    if not found.papers:
        raise Http404
    return found


def called(paper: binders.Paper) -> Text:
    """What a place in the binder is called; the lease with a tenant by the tenant's name."""
    if not paper.tenant:
        return paper.text
    return t("{paper}：{tenant}", "{paper}: {tenant}").format(paper=paper.text, tenant=paper.tenant_name)


def _shown(urn: str, rule: str, paper: binders.Paper, index: int) -> dict[str, Any]:
    filed = paper.filed
    back = {"urn": urn, "rule": rule}
    return {
        "paper": paper,
        "name": called(paper),
        "key": f"paper-{index}",
        "filed": filed,
        "fact": reverse("front:fact", kwargs={"digest": filed.digest}) if filed else "",
        "take_out": reverse("journey:binder_take_out", kwargs={**back, "digest": filed.digest}) if filed else "",
    }


@page(
    "policy/of/<str:urn>/rules/<slug:rule>/binder/paper/",
    name="journey:binder_paper",
    can=access.SUBJECTS,
    title=t("归入资料册", "File a paper"),
    methods=("POST",), files=True,
)
def paper(request: HttpRequest, urn: str, rule: str) -> HttpResponse:
    """Put a document in its place."""
    party, sent = subjects.subject_of(request, urn), request.FILES.get("file")
    _binder(party, rule)
    if sent is None:
        messages.error(request, t("请先选择文件", "choose a file first"))
        return redirect("journey:policy_binder", urn=party.urn, rule=rule)
    try:
        papers.file(
            subject=party.urn,
            rule=rule,
            paper=request.POST.get("paper", ""),
            tenant=request.POST.get("tenant", ""),
            content=sent.file,
            by=request.who.urn,
            at=timezone.now(),
            on_behalf=subjects.on_behalf(request.who, party),
        )
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已归入资料册", "it is in the binder"))
    return redirect("journey:policy_binder", urn=party.urn, rule=rule)


@page(
    "policy/of/<str:urn>/rules/<slug:rule>/binder/<slug:digest>/take-out/",
    name="journey:binder_take_out",
    can=access.SUBJECTS,
    title=t("从资料册取出", "Take a paper out"),
    methods=("POST",),
)
def take_out(request: HttpRequest, urn: str, rule: str, digest: str) -> HttpResponse:
    """A paper filed by mistake leaves its place."""
    party = subjects.subject_of(request, urn)
    if digest not in {each.filed.digest for each in _binder(party, rule).papers if each.filed}:
        raise Http404
    papers.take_out(digest=digest, subject=party.urn, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已取出，记录保留", "taken out; the record stays"))
    return redirect("journey:policy_binder", urn=party.urn, rule=rule)

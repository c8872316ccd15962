"""Facts opened: the list, one subject, one fact with its proof and documents, and what may be said of a fact."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import documents, sequence
from fuhua.evidence.actions import facts as verbs
from fuhua.evidence.actions import verbs as voiding
from fuhua.evidence.words import CONTEST_REASONS, VOID_REASONS
from fuhua.front import access
from fuhua.front.queries import telling, testimony, things
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import t
from fuhua.parties.actions import testimony as testimonies


class FactFilter(forms.Form):
    """Narrows the list of facts."""

    kind = forms.ChoiceField(label=t("种类", "Kind"), required=False)
    subject = forms.CharField(label=t("主体标识", "Subject (URN)"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", t("全部", "all")), *testimony.kinds()]


class ContestForm(forms.Form):
    """Why a fact is disputed."""

    reason = forms.ChoiceField(label=t("理由", "Reason"), choices=list(CONTEST_REASONS.items()))


class VoidForm(forms.Form):
    """Why a fact no longer counts."""

    reason = forms.ChoiceField(label=t("理由", "Reason"), choices=list(VOID_REASONS.items()))


@page("evidence/", name="front:facts", can=access.FACTS, title=t("事实", "Facts"), menu=Menu(t("事实", "Facts"), "document", 50))
def facts(request: HttpRequest) -> HttpResponse:
    """Every fact the reader may see, newest first."""
    sequence.catch_up(at=timezone.now())
    form = FactFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {"kind": "", "subject": ""}
    found = testimony.page_of_facts(access.FACTS.rows(request.who), request.who, **chosen, before=number(request, "before"),
                                    after=number(request, "after"))
    kept = "".join(f"&{name}={value}" for name, value in chosen.items() if value)
    return render(request, "front/facts.html", {
        "form": form, "facts": found, "kept": kept, "may_tell": access.TELL.opens_for(request.who)})


@page("evidence/subjects/<path:urn>/", name="front:subject", can=access.FACTS, title=t("主体", "Subject"))
def subject(request: HttpRequest, urn: str) -> HttpResponse:
    """Everything told about one subject that the reader may see."""
    sequence.catch_up(at=timezone.now())
    visible = access.FACTS.filter(request.who, evidence.facts())
    if not is_urn(urn) or not visible.filter(subject=urn).exists():
        raise Http404
    found = testimony.page_of_facts(access.FACTS.rows(request.who), request.who, subject=urn, before=number(request, "before"),
                                    after=number(request, "after"))
    return render(request, "front/subject.html", {
        "urn": urn, "name": testimony.subject_name(urn), "facts": found, "thing": things.page_of(request.who, urn)})


@page("evidence/facts/<slug:digest>/", name="front:fact", can=access.FACTS, title=t("事实", "Fact"))
def fact(request: HttpRequest, digest: str) -> HttpResponse:
    """One fact, its grade and times, what was said of it, and its verified place in the log."""
    row = access.FACTS.get(request.who, evidence.facts(), digest=digest)
    sequence.catch_up(at=timezone.now())
    return render(request, "front/fact.html", {
        "fact": testimony.fact(row.digest, request.who), "digest": row.digest, "may_settle": access.SETTLE.opens_for(request.who),
        "may_contest": access.CONTEST.may(request.who, row), "may_confirm": access.CONFIRM.may(request.who, row),
        "may_correct": row.kind in voiding.VERBS and access.CORRECT.may(request.who, row),
        "read_by": telling.indicators_of(row.kind), "contest_form": ContestForm(), "void_form": VoidForm(),
    })


@page("evidence/documents/<slug:digest>/", name="front:document", can=access.FACTS, title=t("文件", "Document"))
def document(request: HttpRequest, digest: str) -> HttpResponse:
    """A document behind the fact ``?fact=``, for whoever may see that fact; checked against its digest before it is sent."""
    told = access.FACTS.get(request.who, evidence.facts(), digest=request.GET.get("fact", ""))
    row = evidence.documents().filter(digest=digest).first()
    if row is None or not testimony.rests_on(told.digest, digest):
        raise Http404
    return FileResponse(documents.open_document(row.digest), as_attachment=True, filename=row.digest[:16], content_type=row.media_type)


@page("evidence/facts/<slug:digest>/confirm/", name="front:confirm_fact", can=access.CONFIRM, title=t("确认事实", "Confirm a fact"),
      methods=("POST",))
def confirm(request: HttpRequest, digest: str) -> HttpResponse:
    """The counterpart confirms the fact."""
    row = access.CONFIRM.get(request.who, evidence.facts(), digest=digest)
    testimonies.confirm(row.digest, who=request.who, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已确认，该事实的等级随之提高", "confirmed; the fact's grade rises with it"))
    return redirect("front:fact", digest=digest)


@page("evidence/facts/<slug:digest>/contest/", name="front:contest_fact", can=access.CONTEST, title=t("提出异议", "Contest a fact"),
      methods=("POST",))
def contest(request: HttpRequest, digest: str) -> HttpResponse:
    """Dispute the fact; it is marked wherever it is counted."""
    row = access.CONTEST.get(request.who, evidence.facts(), digest=digest)
    form = ContestForm(request.POST)
    if form.is_valid():
        verbs.contest(row.digest, reason=form.cleaned_data["reason"], by=request.who.urn, at=timezone.now())
        messages.success(request, t("异议已记录，凡计入处都会标出", "the challenge is recorded and shown wherever the fact counts"))
    else:
        messages.error(request, t("请选择理由", "choose a reason"))
    return redirect("front:fact", digest=digest)


@page("evidence/facts/<slug:digest>/uphold/", name="front:uphold_fact", can=access.SETTLE, title=t("驳回异议", "Uphold a fact"),
      methods=("POST",))
def uphold(request: HttpRequest, digest: str) -> HttpResponse:
    """The challenge was examined; the fact stands."""
    row = access.SETTLE.get(request.who, evidence.facts(), digest=digest)
    verbs.uphold(row.digest, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已维持该事实，异议标记消除", "the fact is upheld and its mark is gone"))
    return redirect("front:fact", digest=digest)


@page("evidence/facts/<slug:digest>/void/", name="front:void_fact", can=access.SETTLE, title=t("作废事实", "Void a fact"),
      methods=("POST",))
def void(request: HttpRequest, digest: str) -> HttpResponse:
    """The fact no longer counts; the record of it stays."""
    row = access.SETTLE.get(request.who, evidence.facts(), digest=digest)
    form = VoidForm(request.POST)
    if form.is_valid():
        voiding.void(row.digest, reason=form.cleaned_data["reason"], by=request.who.urn, at=timezone.now())
        messages.success(request, t("已作废，相关数字已更新；记录仍可查", "voided; figures have moved, the record stays"))
    else:
        messages.error(request, t("请选择理由", "choose a reason"))
    return redirect("front:fact", digest=digest)

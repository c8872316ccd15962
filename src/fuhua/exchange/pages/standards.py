"""Pages of standard texts: what they say, who reviewed them; a city officer records a review with the opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import standards
from fuhua.exchange.kinds.standard import STANDARDS, Standard
from fuhua.exchange.queries.standards import review_of
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.panels import OrganisationField


class ReviewForm(forms.Form):
    """Who reviewed the text when, and the signed opinion."""

    wording = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reviewer = OrganisationField(label=t("审核单位", "Reviewed by"),
                                 help_text=t("律师事务所或法务部门，请先在名录登记", "a law firm or legal office that is on the register"))
    on = forms.DateField(label=t("审核日期", "Day of the review"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    opinion = forms.FileField(label=t("审核意见（签字盖章件）", "The signed opinion"))


def _row(text: Standard, form: forms.Form | None) -> dict[str, Any]:
    return {"text": text, "review": review_of(text.version, period.day(timezone.now())), "form": form}


@page("exchange/texts/", name="exchange:texts", can=access.POSTS, title=t("协议范本", "Standard texts"))
def listed(request: HttpRequest) -> HttpResponse:
    """Every standard text in full, with its review."""
    return _shown(request, {})


def _shown(request: HttpRequest, wrong: dict[str, forms.Form], status: int = 200) -> HttpResponse:
    records = access.COUNSELS.opens_for(request.who)
    rows = [_row(text, (wrong.get(version) or ReviewForm(prefix=version, initial={"wording": text.wording})) if records else None)
            for version, text in STANDARDS.items()]
    return render(request, "exchange/texts.html", {"rows": rows, "opens": access.OPINIONS.opens_for(request.who)}, status=status)


@page("exchange/texts/<slug:version>/review/", name="exchange:text_review", can=access.COUNSELS, title=t("登记法律审核", "Record a review"),
      methods=("POST",), files=True)  # fmt: skip
def review(request: HttpRequest, version: str) -> HttpResponse:
    """The officer records that counsel reviewed the text as it stands."""
    if version not in STANDARDS:
        raise Http404
    form = ReviewForm(request.POST, request.FILES, prefix=version)
    if form.is_valid():
        told = form.cleaned_data
        try:
            standards.review(version=version, wording=told["wording"], reviewer=told["reviewer"], on=told["on"],
                             opinion=told["opinion"].file, by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
            form.data = {**form.data.dict(), form.add_prefix("wording"): STANDARDS[version].wording}  # the text is shown as it stands
        else:
            messages.success(request, t("已登记，协议页会写明审核单位和日期", "recorded; pages of agreements say who reviewed it and when"))
            return redirect("exchange:texts")
    return _shown(request, {version: form}, status=422)

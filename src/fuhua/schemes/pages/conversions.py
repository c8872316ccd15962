"""Try out a conversion of a grant to equity before it is recorded: exact fractions, and nothing is written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.schemes import access
from fuhua.schemes.kinds.conversion import BASES, BadRule, preview, rule_of
from fuhua.schemes.pages.agreement_forms import PreviewForm
from fuhua.schemes.pages.agreements import agreement_of
from fuhua.schemes.queries.money import paid_to

_TITLE = t("转股测算", "Preview of the conversion")


@page("schemes/agreements/<int:pk>/conversion/", name="schemes:agreement_conversion", can=access.AGREEMENTS, title=_TITLE)
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """What the grant paid so far would become at a valuation, by the rule of the agreement."""
    row = agreement_of(request, pk)
    rule = rule_of(row.terms)
    if rule is None:
        raise Http404
    form, found, wrong = PreviewForm(request.GET or None), None, None
    said = form.cleaned_data if form.is_valid() else {}
    amount = paid_to(row)
    try:
        if rule.basis == "fixed" or said.get("pre_money"):
            found = preview(rule, amount, pre_money=said.get("pre_money") or rule.valuation, raised=said.get("raised") or 0)
    except BadRule as refused:
        wrong = refused.text
    shares: list[tuple[Text, object]] = [] if found is None else [
        (t("持股主体", "the holder"), found.share), (t("原股东合计", "everybody else"), found.others),
        (t("同轮融资后持股主体", "the holder after the round"), found.diluted)]
    return render(request, "schemes/conversion.html", {
        "row": row, "rule": rule, "basis": BASES[rule.basis], "form": form, "found": found, "wrong": wrong, "amount": amount,
        "shares": shares, "discount": rule.discount / 1_000_000, "valuation": int(found.valuation) if found else None,
        "trail": [{"label": row.number, "url": reverse("schemes:agreement", kwargs={"pk": row.pk})}, {"label": _TITLE, "url": ""}],
    })

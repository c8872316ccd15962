"""Grant to equity: try a conversion out, with the cap table before and after in exact fractions, and then record it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.capital.queries import position
from fuhua.evidence.actions.attachments import attach
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden
from fuhua.kernel.once import OnceField
from fuhua.kernel.page import PAGES, page
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import MoneyField, area
from fuhua.parties.panels.pressing import press
from fuhua.parties.queries import names
from fuhua.schemes import access
from fuhua.schemes.actions import conversions
from fuhua.schemes.actions.agreements import url_of
from fuhua.schemes.kinds.conversion import BASES, BadRule, ConversionRule, Preview, cap_table, holders, preview, rule_of
from fuhua.schemes.models import Agreement
from fuhua.schemes.pages.agreements import agreement_of
from fuhua.schemes.queries.money import paid_to
from fuhua.schemes.queries.proofs import company_of

_TITLE = t("转股测算", "Preview of the conversion")
_FORMER = t("原股东合计", "everybody else")


class PreviewForm(forms.Form):
    """At what valuation a conversion is tried out, and who holds how much before; it writes nothing."""

    pre_money = MoneyField(label=t("投前估值或评估价（元）", "Pre-money valuation or appraisal (yuan)"), required=False, max_length=30,
                           help_text=t("约定估值的不填", "leave it blank when it was agreed at signing"))
    raised = MoneyField(label=t("同轮融资额（元）", "New money in the same round (yuan)"), required=False, max_length=30)
    holders = forms.CharField(label=t("转股前股东和出资额或股数（每行一名）", "Shareholders before, and their shares (one a line)"),
                              required=False, max_length=2000, widget=area(),
                              help_text=t("如“林舟 700000”；不填则合并为原股东", "as “Lin Zhou 700000”"))

    def clean_holders(self) -> dict[str, int]:
        """Shareholder → shares."""
        try:
            return holders(self.cleaned_data["holders"])
        except BadRule as wrong:
            raise forms.ValidationError(str(wrong.text)) from wrong


class ConvertForm(PreviewForm):
    """What was tried out, recorded, with the appraisal on record where one is needed."""

    once = OnceField()
    appraised = MoneyField(label=t("评估值（元）", "Appraised value (yuan)"), required=False, max_length=30)
    filing = forms.CharField(label=t("评估备案编号", "Number of the appraisal on record"), required=False, max_length=60)
    file = forms.FileField(label=t("评估备案文件", "The appraisal on record"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pre_money", "raised", "holders"):
            self.fields[name].widget = forms.HiddenInput()


@page("schemes/agreements/<int:pk>/conversion/", name="schemes:agreement_conversion", can=access.AGREEMENTS, title=_TITLE,
      methods=("GET", "POST"))
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    """What the grant paid so far would become at a valuation, by the rule of the agreement; sent, so that no cap table is in an address."""
    row = agreement_of(request, pk)
    form = PreviewForm(request.POST or None)
    return _shown(request, row, form, None, 422 if form.is_bound and not form.is_valid() else 200)


@page("schemes/agreements/<int:pk>/convert/", name="schemes:agreement_convert", can=access.MANAGES,
      title=t("登记转股", "Record the conversion"), methods=("POST",), files=True)
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was tried out."""
    row = agreement_of(request, pk)
    if not access.MANAGES.may(request.who, row):
        raise Forbidden(access.MANAGES.reason)
    form = ConvertForm(request.POST, request.FILES, prefix="convert")

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        told = {"by": by, "at": at}
        appraisal = None
        if said["appraised"] or said["filing"] or said["file"]:
            document = attach(said["file"].file, **told)[0] if said["file"] else ""
            appraisal = conversions.Appraisal(said["appraised"] or 0, said["filing"], document)
        conversions.record_conversion(agreement=row, pre_money=said["pre_money"], holders=said["holders"], appraisal=appraisal, **told)

    led = press(request, form, act, url_of(row), t("转股已登记", "the conversion is recorded"))
    tried_out = PreviewForm({name: request.POST.get(f"convert-{name}", "") for name in ("pre_money", "raised", "holders")})
    return led or _shown(request, agreement_of(request, pk), tried_out, form, 422)


def _shown(request: HttpRequest, row: Agreement, form: PreviewForm, record: ConvertForm | None, status: int = 200) -> HttpResponse:
    rule = rule_of(row.terms)
    if rule is None:
        raise Http404
    amount, holder = paid_to(row), names([rule.holder]).get(rule.holder, rule.holder)
    said = form.cleaned_data if form.is_valid() else {}
    found, wrong = _tried(rule, amount, said)
    made, who = getattr(row, "conversion", None), request.who
    able = found is not None and made is None and row.state in ("signed", "finished") and access.MANAGES.may(who, row)
    known = {name: request.POST.get(name, "") for name in ("pre_money", "raised", "holders")}
    if rule.basis == "appraised":
        known["appraised"] = said.get("pre_money")
    return render(request, "schemes/conversion.html", {
        "row": row, "rule": rule, "basis": BASES[rule.basis], "form": form, "found": found, "wrong": wrong, "amount": amount,
        "holder": holder, "company": company_of(row), "made": made, "table": _table(said, holder, found) if found else [],
        "later": bool(said.get("raised")), "rest": 1 - found.diluted / found.share if found else 0,
        "discount": rule.discount / 1_000_000, "valuation": int(found.valuation) if found else None,
        "record": record or (ConvertForm(prefix="convert", initial=known) if able else None), "record_title": PAGES[
            "schemes:agreement_convert"].title,
        "stakes": _stakes(rule.holder),
        "trail": [{"label": row.number, "url": reverse("schemes:agreement", kwargs={"pk": row.pk})}, {"label": _TITLE, "url": ""}],
    }, status=status)


def _tried(rule: ConversionRule, amount: int, said: dict[str, Any]) -> tuple[Preview | None, Text | None]:
    """What comes of it, or why nothing does."""
    try:
        if rule.basis == "fixed" or said.get("pre_money"):
            return preview(rule, amount, pre_money=said.get("pre_money") or rule.valuation, raised=said.get("raised") or 0), None
    except BadRule as refused:
        return None, refused.text
    return None, None


def _table(said: dict[str, Any], holder: str, found: Preview) -> list[dict[str, Any]]:
    before = said.get("holders") or {_FORMER.zh: 1}
    return [{"name": _FORMER if each.name == _FORMER.zh else each.name, "it": each} for each in cap_table(before, holder, found)]


def _stakes(holder: str) -> list[dict[str, Any]]:
    """What the holder holds for grants already, as the facts of capital tell it."""
    held = position(holder, period.day(timezone.now())).stakes
    called = names({each.venture for each in held})
    return [{"it": each, "venture": called.get(each.venture, each.venture)} for each in held]

"""Pages of credentials: a provider's own, with its certificates; brokers check them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import credentials
from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.models import Credential
from fuhua.exchange.pages.quote_forms import CredentialForm
from fuhua.exchange.queries import credentials as reads
from fuhua.exchange.queries.scorecards import scorecards
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.queries import in_bulk

_MOST = 200


@page("exchange/credentials/", name="exchange:credentials", can=access.POSTS, title=t("资质", "Credentials"),
      methods=("GET", "POST"), files=True)
def listed(request: HttpRequest) -> HttpResponse:
    """One's own credentials and how one kept one's word; a broker sees those that wait to be checked."""
    who, now = request.who, timezone.now()
    houses = [each for each in in_bulk.by_ids(who.acts_for()) if each.merged_into_id is None]
    form = CredentialForm(request.POST or None, request.FILES or None, houses=houses)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        party = next(each for each in houses if str(each.pk) == told["party"])
        try:
            credentials.enter(party=party, kind=told["kind"], number=told["number"], expires=told["expires"], file=told["file"].file,
                              by=who.urn, at=now)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已登记；因缺此资质而未受邀的询价已重新开放",
                                        "entered; requests that left you out for lack of it are open to you"))
            return redirect("exchange:credentials")
    records = scorecards([each.pk for each in houses], period.day(now))
    return render(request, "exchange/credentials.html", {
        "form": form if houses else None, "rows": [_row(row, who, now) for row in access.CREDENTIALS.filter(who, reads.held())[:_MOST]],
        "records": [{"name": each.name, "it": records[each.pk]} for each in houses if records[each.pk].count]},
        status=422 if form.is_bound else 200)


def _row(row: Credential, who: Any, now: Any) -> dict[str, Any]:
    left = (row.expires - period.day(now)).days
    return {"it": row, "key": f"end-{row.pk}", "kind": QUALITY[row.kind], "over": left < 0, "soon": 0 <= left <= 60, "left": left,
            "ours": row.party_id in who.acts_for(), "checks": access.BROKERS.opens_for(who) and row.checked_at is None}


def _held(request: HttpRequest, pk: int) -> Credential:
    return access.CREDENTIALS.get(request.who, reads.held(), pk=pk)


@page("exchange/credentials/<int:pk>/check/", name="exchange:credential_check", can=access.BROKERS,
      title=t("核验资质", "Check a credential"), methods=("POST",))  # fmt: skip
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """A broker found it on the issuer's register."""
    credentials.check(credential=_held(request, pk), person=request.who.party_id, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已核验", "checked"))
    return redirect("exchange:credentials")


@page("exchange/credentials/<int:pk>/end/", name="exchange:credential_end", can=access.POSTS, title=t("撤下资质", "Remove a credential"),
      methods=("POST",))  # fmt: skip
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no longer held, or was entered by mistake."""
    credentials.end(credential=_held(request, pk), by=request.who.urn, at=timezone.now())
    messages.success(request, t("已撤下", "removed"))
    return redirect("exchange:credentials")


@page("exchange/credentials/<int:pk>/document/", name="exchange:credential_document", can=access.POSTS, title=t("证书", "Certificate"))
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The scan, to its holder and brokers."""
    row = _held(request, pk)
    return FileResponse(documents.open_document(row.document), as_attachment=True, filename=f"{row.kind}-{row.number}")

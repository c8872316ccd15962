"""What the pages of quotes show: the request, who was asked, the comparison, the split, and the pool."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.exchange.actions import rfqs
from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.models import Invitation, Listing, Member, Rfq
from fuhua.exchange.pages.quote_forms import LADDERS, ProvidersForm, QuantityForm, ReviewForm, SplitForm
from fuhua.exchange.queries import comparing, pooling, reviews
from fuhua.exchange.queries import rfqs as reads
from fuhua.exchange.words import DECLINES, EXCLUSIONS, INVITATION_STATES, LIVE, MEMBER_STATES, POOL_STATES, RFQ_STATES, VAT
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.matching.splitting.cheapest import TooManyWays, alone

_TONES = {"quoted": "jade", "asked": "ochre", "silent": "zhu", "excluded": "zhu"}
_SAID = {**EXCLUSIONS, **DECLINES}


def about(need: Listing) -> dict[str, Any]:
    """The need and the way back to it."""
    return {"need": need, "trail": [{"label": t("供需对接", "Exchange"), "url": reverse("exchange:listings")},
                                    {"label": need.title, "url": reverse("exchange:listing", kwargs={"pk": need.pk})},
                                    {"label": t("询价与报价", "Quotes"), "url": ""}]}


def invite_form(request: HttpRequest, need: Listing, rfq: Rfq, *sent: Any) -> ProvidersForm:
    """The form by which another provider is asked, of those with a fitting offer who were not; ``sent`` is what was filled in."""
    known = set(rfq.invitations.values_list("provider", flat=True))
    suggested = [each for each in reads.suggested(request.who, need) if each[0].pk not in known]
    return ProvidersForm(*sent, suggested=suggested, auto_id="invite_%s")


def shown(request: HttpRequest, need: Listing, rfq: Rfq, inviting: ProvidersForm | None = None) -> HttpResponse:
    """The request with everything that came of it; ``inviting`` comes back with what is to be mended."""
    today, rows = period.day(timezone.now()), reads.invitations(rfq)
    form = SplitForm(request.GET if "pieces" in request.GET else None, initial={"pieces": rfq.quantity})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    pieces = (asked.get("pieces") if rfq.pool is None else None) or rfq.quantity
    found = comparing.compare(rfq, today, pieces)
    waiting, member = reads.unanswered(rows), pooling.member_of(need) if rfq.pool else None
    decides = rfq.state == "open" and need.state in LIVE and (not waiting or timezone.now() > rfq.deadline)
    context = {
        **about(need), "rfq": rfq, "rule": rfqs.until(rfq), "over": timezone.now() > rfq.deadline, "state": RFQ_STATES[rfq.state],
        "required": [QUALITY[code] for code in rfq.required], "invited": [_invited(row, rfq) for row in rows],
        "comparison": found, "noted": any(each.quote.note for each in found.columns),
        "columns": [_column(each, member, rfq) for each in found.columns], "pieces": pieces,
        "waiting": waiting, "decides": decides, "split_form": form, "split": _split(rfq, found, pieces, asked),
        "pool": pool(need, member), "notes": list(reviews.notes(need)), "grants": reviews.grants(need),
        "deals": list(reads.deals_of(rfq, need)), "review_form": ReviewForm(auto_id="review_%s"),
        "rows": reads.asked_rows(rfq, need), "needed": need.deadline, "inviting": inviting or _inviting(request, need, rfq),
    }
    return render(request, "exchange/rfq.html", context, status=422 if inviting else 200)


def _inviting(request: HttpRequest, need: Listing, rfq: Rfq) -> ProvidersForm | None:
    takes = rfq.state == "open" and need.state in LIVE and timezone.now() <= rfq.deadline
    return invite_form(request, need, rfq) if takes else None


def _invited(row: Invitation, rfq: Rfq) -> dict[str, Any]:
    state = "silent" if row.state == "asked" and timezone.now() > rfq.deadline else row.state
    return {"it": row, "state": INVITATION_STATES[state], "tone": _TONES.get(state, "plain"),
            "why": reads.left_out(row) if row.state == "excluded" else _SAID.get(row.because, ""), "promised": hasattr(row, "nda")}


def _column(each: comparing.Column, member: Member | None, rfq: Rfq) -> dict[str, Any]:
    """A column with what is said of it: missing rows, record, and for a pool the reader's own part."""
    share = pooling.share(member, comparing.offer_of(rfq, each.quote)) if member else None
    record = t("按时 {in_time}/{n}，一次验收 {first}/{n}", "in time {in_time}/{n}, passed at once {first}/{n}").format(
        in_time=each.record.in_time, first=each.record.first_try, n=each.record.count)
    return {"it": each, "name": each.invitation.provider.name, "share": share, "key": f"choose-{each.quote.pk}",
            "record": record if each.record.count else t("尚无交付记录（0 次）", "no deliveries yet (0)"),
            "agree_key": f"agree-{each.quote.pk}", "vat": VAT[each.quote.vat],
            "picked": {"quote": each.quote.pk}, "sells": each.total is not None,
            "bounds": _bounds(each) if rfq.ladder else ""}


def _bounds(each: comparing.Column) -> Any:
    least, most = formats.num(each.quote.least), each.quote.most
    bounds = t("起订 {least}", "from {least}") if most is None else t("起订 {least}，至多 {most}", "from {least}, at most {most}")
    told = bounds.format(least=least, most=formats.num(most))
    return t("{told}；{how}", "{told}; {how}").format(told=told, how=LADDERS["yes"]) if each.quote.incremental else told


def _split(rfq: Rfq, found: comparing.Comparison, pieces: int | None, asked: dict[str, Any]) -> dict[str, Any] | None:
    """The cheapest split beside what each supplier alone would cost; None where nothing is to be split."""
    if not rfq.ladder or not found.columns or not pieces or rfq.pool is not None:
        return None
    best, too_many = None, False
    try:
        best = comparing.split(rfq, found.columns, pieces, most=asked.get("most"), days=asked.get("days"))
    except TooManyWays:
        too_many = True
    names = {str(each.quote.pk): each.invitation.provider.name for each in found.columns}
    singly = [{"name": each.invitation.provider.name, "key": f"alone-{each.quote.pk}",
               "picked": {"quote": each.quote.pk, "pieces": pieces},
               "cost": alone(pieces, comparing.offer_of(rfq, each.quote), days=asked.get("days")) if each.valid else None}
              for each in found.columns]
    dearer = min((each["cost"] for each in singly if each["cost"] is not None), default=None)
    return {"best": best, "too_many": too_many, "pieces": pieces, "alone": singly, "saves": dearer - best.cost if best and dearer else 0,
            "parts": [{"name": names[name], "pieces": count} for name, count in best.parts] if best else [],
            "picked": {f"part_{name}": count for name, count in best.parts} if best else {}}


def pool(need: Listing, member: Member | None) -> dict[str, Any] | None:
    """The pool as this member may see it."""
    if member is None:
        return None
    return {"it": member, "pool": member.pool, "state": POOL_STATES[member.pool.state], "mine": MEMBER_STATES[member.state],
            "together": pooling.together(member), "form": QuantityForm(auto_id="pool_%s", initial={"pieces": _wanted(need)}),
            "forming": member.pool.state == "forming", "confidential": bool(need.sealed)}


def _wanted(need: Listing) -> Any:
    wanted = str(need.spec.get("quantity", ""))
    return wanted if wanted.isdigit() else None


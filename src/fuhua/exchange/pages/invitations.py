"""Pages of a provider that was asked to quote: its invitations, the agreement on confidentiality, the spec, its own quote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import ndas, quotes, rfqs
from fuhua.exchange.kinds import nda
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.scales import QUALITY, unit_of
from fuhua.exchange.models import Invitation, Quote, Rfq
from fuhua.exchange.pages.quote_forms import LADDERS, DeclineForm, QuoteForm, written
from fuhua.exchange.queries import comparing, pooling
from fuhua.exchange.queries import rfqs as reads
from fuhua.exchange.queries.standards import review_of
from fuhua.exchange.words import DECLINES, ENDINGS, INVITATION_STATES, VAT
from fuhua.kernel import period, questions
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.actions.once import once
from fuhua.parties.queries import exact

_MINE = t("报价邀请", "Invitations to quote")
_LIST = 100


@page("exchange/invitations/", name="exchange:invitations", can=access.POSTS, title=_MINE)
def listed(request: HttpRequest) -> HttpResponse:
    """Whatever one's organisations were asked to quote."""
    rows = [{"it": row, "title": reads.title_of(row.rfq), "state": ENDINGS.get(reads.ended(row)) or _state(row),
             "waits": row.state == "asked" and not reads.ended(row) and not _late(row)} for row in reads.received(request.who)[:_LIST]]
    return render(request, "exchange/invitations.html", {"rows": sorted(rows, key=lambda each: not each["waits"])})


def _late(row: Invitation) -> bool:
    return timezone.now() > row.rfq.deadline


def _state(row: Invitation) -> Any:
    return INVITATION_STATES["silent" if row.state == "asked" and _late(row) else row.state]


@page("exchange/invitations/<int:pk>/", name="exchange:invitation", can=access.INVITED, title=t("报价邀请", "Invitation to quote"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what is confidential, and the quote."""
    return _shown(request, _row(request, pk))


def _row(request: HttpRequest, pk: int) -> Invitation:
    rows = Invitation.objects.select_related("rfq__need__party", "rfq__pool__broker", "rfq__sent_by", "provider", "nda")
    return access.INVITED.get(request.who, reads.with_orders(rows), pk=pk)


def _shown(request: HttpRequest, row: Invitation, wrong: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    who, rfq, now = request.who, row.rfq, timezone.now()
    need, kind = rfq.need, listing_kinds()[rfq.need.kind]
    reads_it, promised = reads.reads(who, row, now), hasattr(row, "nda")
    spec = pooling.shared(need) if rfq.pool else {name: value for name, value in need.spec.items() if not rfq.ladder or name != "quantity"}
    standing = row.quotes.filter(withdrawn_at=None).order_by("-number").first()
    ended = reads.ended(row)
    live = not ended
    taken = bool(wrong) or (live and not _late(row) and row.state in reads.ASKED)
    return render(request, "exchange/invitation.html", {
        "row": row, "rfq": rfq, "title": reads.title_of(rfq), "pool": rfq.pool, "rule": rfqs.until(rfq),
        "state": "" if ended and row.state == "asked" else _state(row), "ended": ENDINGS.get(ended, ""),
        "changed": live and need.changed_at > rfq.sent_at,
        "trail": [{"label": _MINE, "url": reverse("exchange:invitations")}, {"label": reads.title_of(rfq), "url": ""}],
        "why": reads.left_out(row) if row.state == "excluded" else DECLINES.get(row.because, ""),
        "facts": [(each.label, questions.shown(each, spec[each.name])) for each in kind.on("need") if each.name in spec],
        "sealed": [(each.label, questions.shown(each, need.sealed[each.name]) if reads_it else None) for each in kind.on("need")
                   if each.name in need.sealed],
        "promised": promised, "may_read": row.state in reads.ASKED and reads.consent_of(row, now) is not None, "reads": reads_it,
        "clauses": nda.CLAUSES, "nda_title": nda.TITLE, "review": partial(review_of, nda.TEMPLATE, period.day(now)),
        "discloser": reads.discloser(rfq), "required": [QUALITY[x] for x in rfq.required],
        "taken": taken, "live": live, "withdrawable": live and row.state == "quoted",
        "quote_form": QuoteForm(rfq=rfq, initial=written(standing) if standing else {}), "decline_form": DeclineForm(auto_id="decline_%s"),
        **_asked(rfq), **(_standing(rfq, standing) if standing else {}),
        **(wrong or {})}, status=status)


def _asked(rfq: Rfq) -> dict[str, Any]:
    """What is to be priced and by when it is needed; of a pool nothing that one member's need says, for that would name it."""
    need = None if rfq.pool else rfq.need
    return {"rows": reads.asked_rows(rfq, need), "needed": need.deadline if need else None}


def _standing(rfq: Rfq, quote: Quote) -> dict[str, Any]:
    """The quote that stands, whole: every price with its amount, what all of it costs, and its terms."""
    return {
        "standing": quote, "vat": VAT[quote.vat],
        "total": comparing.total_of(rfq, quote, rfq.quantity), "ladder": LADDERS["yes" if quote.incremental else ""],
        "prices": [{"row": row, "unit": unit_of(row["unit"]), "price": price,
                    "amount": None if price is None or rfq.ladder else price * row["quantity"]}
                   for row, price in zip(rfq.rows, quote.prices, strict=True)],
        "missing": sum(price is None for price in quote.prices),
    }


@page("exchange/invitations/<int:pk>/quote/", name="exchange:quote_give", can=access.POSTS, title=t("报价", "Quote"), methods=("POST",))
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Quote, or quote anew until the deadline."""
    row, who = _row(request, pk), request.who
    form = QuoteForm(request.POST, rfq=row.rfq)
    if not form.is_valid():
        return _shown(request, row, {"quote_form": form}, status=422)
    try:
        led_to = once(who.account_id, form.cleaned_data["once"], lambda: _given(row, form, who), at=timezone.now())
    except BadFact as wrong:
        form.add_error((wrong.field if isinstance(wrong, quotes.BadQuote) else "") or None, str(wrong.text))
        return _shown(request, row, {"quote_form": form}, status=422)
    said = t("报价已送达；截止前可修改，其他单位看不到您的价格",
             "your quote is in; you can revise it until the deadline, and no rival sees it")
    messages.success(request, said)
    return HttpResponseRedirect(led_to)


def _given(row: Invitation, form: QuoteForm, who: Any) -> str:
    quotes.give(invitation=row, offered=form.offered(), person=who.party_id, by=who.urn, at=timezone.now())
    return rfqs.url_of(row)


def _verb(path: str, name: str, title: Any, act: Callable[[Invitation, Any, Any], Any], done: Any) -> None:
    """The view of a verb that asks nothing: hidden invitations are 404, what stands against it is said on the page."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row, who = _row(request, pk), request.who
        try:
            act(row, who, exact.party(who.urn))
        except BadFact as wrong:
            raise Forbidden(wrong.text) from wrong
        messages.success(request, done)
        return redirect("exchange:invitation", pk=pk)

    view.__name__, view.__doc__ = name, title.en
    page(f"exchange/invitations/<int:pk>/{path}/", name=f"exchange:{name}", can=access.POSTS, title=title, methods=("POST",))(view)


_verb("accept", "nda_accept", t("接受保密协议", "Accept the agreement"),
      lambda row, who, person: ndas.accept(invitation=row, person=person, by=who.urn, at=timezone.now()),
      t("已接受保密协议，可查阅保密内容，每次查阅留痕", "accepted: you can read what is confidential, and each reading is logged"))
_verb("read", "spec_read", t("查阅保密规格", "Read the confidential spec"),
      lambda row, who, person: ndas.read(invitation=row, person=person, by=who.urn, at=timezone.now()),
      t("本次查阅已留痕，12 小时内可继续查看", "this reading is logged; you can go on reading for 12 hours"))
_verb("withdraw", "quote_withdraw", t("撤回报价", "Take the quote back"),
      lambda row, who, _person: quotes.withdraw(invitation=row, by=who.urn, at=timezone.now()),
      t("报价已撤回，截止前可重新报价", "your quote is taken back; until the deadline you can give another"))


@page("exchange/invitations/<int:pk>/decline/", name="exchange:quote_decline", can=access.POSTS, title=t("不报价", "Do not quote"),
      methods=("POST",))  # fmt: skip
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that no quote will come, and why."""
    row, form = _row(request, pk), DeclineForm(request.POST, auto_id="decline_%s")
    if form.is_valid():
        try:
            quotes.decline(invitation=row, because=form.cleaned_data["because"], by=request.who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已告知对方不报价", "the asker knows that you do not quote"))
            return redirect("exchange:invitation", pk=pk)
    return _shown(request, row, {"decline_form": form}, status=422)


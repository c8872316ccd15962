"""Pages of a request for quotes for whoever asks: send it, compare what comes, split an order, choose."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import deals, decks, orders, pools, rfqs
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing, Rfq
from fuhua.exchange.pages import quote_tables, quote_view
from fuhua.exchange.pages.quote_forms import RfqForm, asking
from fuhua.exchange.queries import comparing, pooling
from fuhua.exchange.queries import rfqs as reads
from fuhua.exchange.queries.calendars import calendar_url
from fuhua.exchange.queries.decks import clinics
from fuhua.exchange.queries.slots import local
from fuhua.kernel import period
from fuhua.kernel.page import number, page, whole
from fuhua.kernel.words import listed, t
from fuhua.parties.actions.once import once

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CLINICS = 20  # whose next session is looked for
_TITLE = t("询价与报价", "Quotes")


def _need(request: HttpRequest, pk: int) -> Listing:
    """The need of the reader's own organisation, of a kind that is quoted; else 404, or 403 for a verb of another's."""
    rows = Listing.objects.select_related("party", "owner").filter(side="need", kind__in=_kinds())
    row = access.LISTINGS.get(request.who, rows, pk=pk)
    if request.method == "POST":
        access.OWNS.require(request.who, row)
    return row


def _kinds() -> list[str]:
    return [kind.code for kind in listing_kinds() if kind.front == "quote"]


@page("exchange/<int:pk>/quotes/", name="exchange:rfq", can=access.POSTS, title=_TITLE, methods=("GET", "POST"))
def rfq(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it is sent, the form; afterwards who answered and what, side by side. Whoever was asked is led to their invitation."""
    need, who = _need(request, pk), request.who
    found = reads.of_need(need)
    if not access.OWNS.may(who, need):
        mine = reads.received(who).filter(rfq=found).first() if found and found.pool is None else None  # which needs a pool has is not told
        return redirect("exchange:invitation", pk=mine.pk) if mine else render(request, "exchange/rfq_other.html", quote_view.about(need))
    if found is not None:
        if request.method == "POST":
            messages.info(request, t("该需求已发出询价", "quotes have been asked for this need"))
        return quote_view.shown(request, need, found)
    return _asked(request, need)


def _asked(request: HttpRequest, need: Listing) -> HttpResponse:
    who, now, kind = request.who, timezone.now(), listing_kinds()[need.kind]
    member = pooling.member_of(need)
    suggested = reads.suggested(who, need)
    form_class, initial = asking(need, kind.price == "ladder")
    form = form_class(request.POST or None, suggested=suggested, initial=initial)
    unfiled = False
    if form.is_bound and form.is_valid():
        try:
            led_to = once(who.account_id, form.cleaned_data["once"], lambda: _sent(request, need, form, member), at=now)
        except BadFact as wrong:
            unfiled = isinstance(wrong, rfqs.Unfiled)
            form.add_error("invention" if unfiled else None, str(wrong.text))
        else:
            messages.success(request, t("已发出询价，对方已收到通知", "sent; those you asked have been told"))
            return HttpResponseRedirect(led_to)
    return render(request, "exchange/rfq_new.html", {
        **quote_view.about(need), "form": form, "unfiled": unfiled, "state": need.state,
        "seals": listed(each.label for each in kind.on("need") if each.sealed), "days": kind.clocks.quote,
        "pool": quote_view.pool(need, member)}, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest, need: Listing, form: RfqForm, member: Any) -> str:
    told, who, now = form.cleaned_data, request.who, timezone.now()
    asked = rfqs.Asked(rows=told["rows"], providers=form.providers(), invention=told["invention"], required=told["required"],
                       quantity=form.quantity(), sample=told.get("sample", False))
    if member is not None and member.state == "joined":
        pools.ask(member=member, asked=asked, sender=who.party_id, by=who.urn, at=now)
    else:
        rfqs.send(need=need, asked=asked, sender=who.party_id, by=who.urn, at=now)
    return rfqs.page_of(need)


def _found(request: HttpRequest, pk: int) -> tuple[Listing, Rfq]:
    need = _need(request, pk)
    if request.method != "POST" and not access.OWNS.may(request.who, need):
        raise Http404
    found = reads.of_need(need)
    if found is None:
        raise Http404
    return need, found


@page("exchange/<int:pk>/quotes/invite/", name="exchange:rfq_invite", can=access.POSTS, title=t("再邀请单位", "Ask another provider"),
      methods=("POST",))  # fmt: skip
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another provider while the request is open; it has until the same deadline."""
    need, found = _found(request, pk)
    form, who = quote_view.invite_form(request, need, found, request.POST), request.who
    if form.is_valid():
        try:
            rfqs.widen(rfq=found, providers=form.providers(), by=who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已邀请，对方已收到通知", "asked; they have been told"))
            return redirect("exchange:rfq", pk=pk)
    return quote_view.shown(request, need, found, form)


@page("exchange/<int:pk>/quotes/choose/", name="exchange:rfq_choose", can=access.POSTS, title=t("选定报价", "Choose a quote"),
      methods=("POST",))  # fmt: skip
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the quote whose number is sent, or the cheapest split as it was shown; deals follow, to be signed."""
    need, found = _found(request, pk)
    try:
        made = orders.choose(rfq=found, picks=_picks(request, found), by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
        return redirect("exchange:rfq", pk=pk)
    messages.success(request, t("已选定，协议草稿已生成，双方签署后生效",
                                "chosen; the agreement is drawn up and holds once both have signed"))
    return redirect(deals.url_of(made[0]) if len(made) == 1 else rfqs.page_of(need))


def _picks(request: HttpRequest, found: Rfq) -> dict[int, int]:
    """Quote id → pieces: ``quote`` alone with ``pieces``, or every ``part_<quote>``."""
    parts = {pk: number(request, name) or 0 for name in request.POST
             if name.startswith("part_") and (pk := whole(name.removeprefix("part_"))) is not None}
    quote = number(request, "quote")
    return parts or ({} if quote is None else {quote: number(request, "pieces") or found.quantity or 0})


@page("exchange/<int:pk>/quotes/cancel/", name="exchange:rfq_cancel", can=access.POSTS, title=t("取消询价", "Cancel the request"),
      methods=("POST",))  # fmt: skip
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the request back; another can be sent."""
    _need_row, found = _found(request, pk)
    try:
        rfqs.cancel(rfq=found, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已取消，受邀单位已收到通知；可以重新询价", "cancelled, and those asked were told; you can ask again"))
    return redirect("exchange:rfq", pk=pk)


@page("exchange/<int:pk>/quotes/export/", name="exchange:rfq_export", can=access.POSTS, title=t("导出比价表", "Export the comparison"))
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The comparison as a workbook, amounts in yuan."""
    need, found = _found(request, pk)
    out = io.BytesIO()
    quote_tables.write(out, found, comparing.compare(found, period.day(timezone.now())))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{need.title}.xlsx", content_type=_SHEET)


@page("exchange/<int:pk>/clinic/", name="exchange:clinic", can=access.POSTS, title=t("预约知识产权门诊", "Book the IP clinic"),
      methods=("POST",))  # fmt: skip
def clinic(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the invention looked at before it is disclosed: the next free session of a clinic, or an ask where there is none."""
    row = access.LISTINGS.get(request.who, Listing.objects.all(), pk=pk)
    access.OWNS.require(request.who, row)
    who, now = request.who, timezone.now()
    free = decks.clinic_slot(access.CALENDARS.filter(who, clinics())[:_CLINICS], person=who.party_id, at=now)
    if free is not None:
        messages.info(request, t("最早的空闲时段已填好，请确认预约", "the first free session is filled in; book it"))
        return redirect(f"{calendar_url(free[0])}?start={local(free[1], free[0]):%Y-%m-%dT%H:%M}")
    case = decks.ask_clinic(listing=row, person=who.party_id, by=who.urn, at=now)
    messages.success(request, t("门诊暂无空闲时段，已请人检查，在此跟进",
                                "no clinic has a free session; somebody is asked, follow it here"))
    return redirect(reverse("desk:ask", kwargs={"pk": case.pk}))

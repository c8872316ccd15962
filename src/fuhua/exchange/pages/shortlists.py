"""Pages of a need being matched: its shortlist with reasons, feedback, introductions, taking and handing it over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import brokering, introductions, listings, shortlists
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Reason
from fuhua.exchange.models import Listing, Shortlisted
from fuhua.exchange.pages.brokered_forms import AddForm, HandOverForm, IntroduceForm, IrrelevantForm
from fuhua.exchange.queries import brokering as reads
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries.candidates import Candidate, candidates, misses
from fuhua.exchange.words import IRRELEVANT, LISTING_STATES, LIVE, NEED, OFFER
from fuhua.kernel.page import number, page, whole
from fuhua.kernel.ui import drawings
from fuhua.kernel.words import Text, t

_PROPOSED = 10  # candidates a broker is shown
_FAIR = 0.5
_FITS = ((0.75, t("很吻合", "a strong fit")), (_FAIR, t("较吻合", "a fair fit")), (0.0, t("部分吻合", "a partial fit")))


def _need(request: HttpRequest, pk: int) -> Listing:
    return access.MATCHES.get(request.who, Listing.objects.select_related("party", "owner"), pk=pk)


@page("exchange/<int:pk>/match/", name="exchange:shortlist", can=access.MATCHES, title=t("匹配与候选", "Shortlist"))
def shortlist(request: HttpRequest, pk: int) -> HttpResponse:
    """The need's shortlist with reasons; for its broker also what else may fit."""
    return _shown(request, _need(request, pk))


def _shown(request: HttpRequest, need: Listing, add: forms.Form | None = None, status: int = 200) -> HttpResponse:
    who = request.who
    brokers = access.BROKERS.opens_for(who)
    chosen = reads.shortlist(need)
    met = reads.between(need, [row.offer_id for row in chosen])
    taken = {row.offer_id for row in chosen}
    found = [each for each in candidates(need, at=timezone.now()) if each.offer.pk not in taken] if need.state in LIVE else []
    bookable = calendars.resources().filter(offer__in={*taken, *(each.offer.pk for each in found)}, published_at__isnull=False)
    booked = {row.offer_id: f"{calendars.calendar_url(row)}?need={need.pk}" for row in access.CALENDARS.filter(who, bookable)}
    broker = reads.broker_of(need)
    return render(request, "exchange/shortlist.html", {
        "need": need, "kind": listing_kinds()[need.kind], "state": LISTING_STATES[need.state], "brokers": brokers, "broker": broker,
        "mine": broker is not None and broker.pk == who.party_id,
        "lacking": listings.lacking(need).values() if need.state == "draft" else (),
        "rows": [_row(each, met.get(each.offer_id), brokers, booked) for each in chosen], "live": need.state in LIVE,
        "found": [_candidate(each, booked) for each in found[:_PROPOSED] if brokers or each.offer.pk in booked],
        "abstains": not found and not chosen, "misses": misses(need) if not found and not chosen and need.state in LIVE else None,
        "add": add or AddForm(prefix="add"), "hand_over": HandOverForm(prefix="to", brokers=reads.brokers()),
        "refused": [{"row": row, "reason": IRRELEVANT[row.reason]} for row in reads.refused(need)] if brokers else [],
        "trail": [{"label": t("撮合台", "Broker’s desk"), "url": reverse("exchange:broker_desk")} if brokers else
                  {"label": t("需求", "Need"), "url": listings.url_of(need)}, {"label": need.title, "url": ""}],
    }, status=status)


def _row(row: Shortlisted, introduction: Any, brokers: bool, booked: dict[int, str]) -> dict[str, Any]:
    named = brokers or (introduction is not None and introduction.agreed_at is not None)
    live = introduction is not None and introduction.state != "declined"
    return {
        "row": row, "offer": row.offer, "kind": listing_kinds()[row.offer.kind].label, "party": row.offer.party if named else None,
        "fit": None if row.score is None else _fit(row.score / 1_000_000, row.reasons), "reasons": reads.spoken(row.reasons),
        "introduction": introduction, "calendar": booked.get(row.offer_id),
        "state": reads.state_of(introduction) if introduction else "", "live": live,
        "introduce": IntroduceForm(prefix=f"i{row.pk}", brokers=brokers), "irrelevant": IrrelevantForm(prefix=f"n{row.pk}"),
    }


def _candidate(each: Candidate, booked: dict[int, str]) -> dict[str, Any]:
    reasons = [{"holds": reason.holds, "text": reason.text} for reason in each.reasons]
    return {"offer": each.offer, "kind": listing_kinds()[each.offer.kind].label, "party": each.offer.party,
            "fit": _fit(each.score, reasons), "reasons": reasons, "copies": each.copies,
            "irrelevant": IrrelevantForm(prefix=f"c{each.offer.pk}"), "calendar": booked.get(each.offer.pk)}


def _fit(score: float, reasons: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How well it fits, in words and as a bar, as a number says more than is known. What misses a figure is no strong fit."""
    held = score if all(each["holds"] for each in reasons) else min(score, _FAIR)
    return {"words": next(words for least, words in _FITS if held >= least), "bar": drawings.bar(round(score * 100), 100)}


# --- verbs of the shortlist ---


def _chosen(need: Listing, offers: list[int]) -> list[shortlists.Choice]:
    """The choices of those offers: as they stood for what is on the list, as the matcher finds them for what is new."""
    kept = {row.offer_id: row for row in reads.shortlist(need)}
    found = {each.offer.pk: each for each in candidates(need, at=timezone.now())}
    choices = [_kept(kept[pk]) for pk in kept if pk in offers]
    return choices + [shortlists.Choice(found[pk].offer, found[pk].reasons, found[pk].score) for pk in found
                      if pk in offers and pk not in kept]


def _kept(row: Shortlisted) -> shortlists.Choice:
    reasons = [Reason(each["holds"], Text(each["zh"], each["en"]), each["field"]) for each in row.reasons]
    return shortlists.Choice(row.offer, reasons, None if row.score is None else row.score / 1_000_000, row.note)


@page("exchange/<int:pk>/match/choose/", name="exchange:shortlist_choose", can=access.BROKERS,
      title=t("确定候选名单", "Choose the shortlist"), methods=("POST",))
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The broker makes the ticked offers the shortlist; with ``?none`` the need's side is told that nothing fits."""
    need = _need(request, pk)
    offers = [pk for pk in map(whole, request.POST.getlist("offer")) if pk is not None]
    if not offers and "none" not in request.GET:
        messages.error(request, t("还没有选入候选，请勾选一项以上", "nothing is ticked; tick one offer or more"))
        return redirect("exchange:shortlist", pk=pk)
    made = shortlists.choose(need=need, chosen=_chosen(need, offers), **_by(request))
    messages.success(request, t("候选名单已确定（{n} 项），已通知需方", "the shortlist stands ({n}); the need’s side is told")
                     .format(n=len(made)))
    return redirect("exchange:shortlist", pk=pk)


@page("exchange/<int:pk>/match/add/", name="exchange:shortlist_add", can=access.BROKERS, title=t("手工加入", "Add by hand"),
      methods=("POST",))
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The broker adds an offer by hand, saying why."""
    need, form = _need(request, pk), AddForm(request.POST, prefix="add")
    if form.is_valid():
        written = re.findall(r"\d+", form.cleaned_data["offer"])
        offer = reads.offer_for(request.who, need, whole(written[-1]) if written else None)
        if offer is None:
            form.add_error("offer", str(t("没有这项开放的供给，请核对编号或网址", "no such offer is open; check its number or address")))
        else:
            try:
                chosen = [*map(_kept, reads.shortlist(need)), shortlists.Choice(offer, note=form.cleaned_data["note"])]
                shortlists.choose(need=need, chosen=chosen, **_by(request))
                return redirect("exchange:shortlist", pk=pk)
            except BadFact as wrong:
                form.add_error(None, str(wrong.text))
    return _shown(request, need, form, status=422)


@page("exchange/<int:pk>/match/irrelevant/", name="exchange:shortlist_irrelevant", can=access.POSTS, title=t("不相关", "Not relevant"),
      methods=("POST",))
def irrelevant(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an offer is not relevant, with a reason that the matcher learns from."""
    need = _need(request, pk)
    offer = access.LISTINGS.filter(request.who, Listing.objects.filter(side=OFFER, pk=number(request, "offer"))).first()
    reason = next((value for name, value in request.POST.items() if name.endswith("reason")), "")
    if offer is None:
        raise BadFact(t("没有这项供给", "there is no such offer"))
    shortlists.irrelevant(need=need, offer=offer, reason=reason, **_by(request))
    messages.success(request, t("已记录，不再推荐这项供给", "noted; it is not proposed again"))
    return redirect("exchange:shortlist", pk=pk)


@page("exchange/<int:pk>/match/relevant/", name="exchange:shortlist_relevant", can=access.BROKERS, title=t("恢复推荐", "Propose again"),
      methods=("POST",))
def relevant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the feedback on an offer back."""
    need = _need(request, pk)
    offer = access.LISTINGS.filter(request.who, Listing.objects.filter(side=OFFER, pk=number(request, "offer"))).first()
    if offer is not None:
        shortlists.relevant(need=need, offer=offer, by=request.who.urn, at=timezone.now())
    return redirect("exchange:shortlist", pk=pk)


@page("exchange/<int:pk>/match/introduce/", name="exchange:introduce", can=access.POSTS, title=t("请求对接", "Ask for an introduction"),
      methods=("POST",))
def introduce(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask both sides of the need and a shortlisted offer; the need's own side has said yes by asking."""
    need, brokers = _need(request, pk), access.BROKERS.opens_for(request.who)
    row = next((each for each in reads.shortlist(need) if each.offer_id == number(request, "offer")), None)
    if row is None:
        raise BadFact(t("请先把这项供给加入候选名单", "put the offer on the shortlist first"))
    form = IntroduceForm(request.POST, prefix=f"i{row.pk}", brokers=brokers)
    told = form.cleaned_data if form.is_valid() else {}
    made = introductions.ask(need=need, offer=row.offer, willing="" if brokers else NEED, event=told.get("event", ""),
                             meets=told.get("meets"), **_by(request))
    messages.success(request, t("已征求意见，双方各有 5 个工作日答复", "both are asked; each has five working days"))
    return redirect("exchange:introduction", pk=made.pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"person": request.who.party_id, "by": request.who.urn, "at": timezone.now()}


# --- a need in a broker's hands ---


@page("exchange/<int:pk>/take/", name="exchange:need_take", can=access.BROKERS, title=t("接手", "Take it"), methods=("POST",))
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The broker answers for the need from now on."""
    need, who = _need(request, pk), request.who
    brokering.take(need=need, broker=request.user.party, house=min(who.acts_for(*access.BROKERING)), by=who.urn, at=timezone.now())
    return redirect("exchange:shortlist", pk=pk)


@page("exchange/<int:pk>/hand-over/", name="exchange:need_hand_over", can=access.BROKERS, title=t("转交", "Hand over"), methods=("POST",))
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Another broker takes the need from here, or it goes back into the queue."""
    need, form = _need(request, pk), HandOverForm(request.POST, prefix="to", brokers=reads.brokers())
    told = {"need": need, "by": request.who.urn, "at": timezone.now()}
    if not form.is_valid():
        raise BadFact(t("请选择一位撮合人", "choose a broker"))
    if form.cleaned_data["to"] is None:
        brokering.release(**told)
    else:
        brokering.hand_over(to=form.cleaned_data["to"], **told)
    return redirect("exchange:broker_desk")

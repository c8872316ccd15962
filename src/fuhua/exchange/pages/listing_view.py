"""One listing as its reader may see it, and the confidential part: granted, asked for, and read with a trace."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import listings as actions
from fuhua.exchange.actions import sealed as opening
from fuhua.exchange.flow import LISTING
from fuhua.exchange.kinds.asked import ASKED
from fuhua.exchange.kinds.industries import INDUSTRIES
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.exchange.pages.listing_forms import AskForm, CloseForm, GrantForm
from fuhua.exchange.queries import calendars, listings, nominations, sealed
from fuhua.exchange.queries.decks import decks_of
from fuhua.exchange.words import AUDIENCES, CLOSINGS, FRONTS, LISTING_STATES, LISTING_VERBS, LIVE, NEED, OFFER, SIDES
from fuhua.kernel import questions
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.panels.pressing import press
from fuhua.parties.queries import exact
from fuhua.parties.words import DISTRICTS

_TONES = {"open": "jade", "engaged": "indigo", "expired": "ochre"}
# Where the reader goes on from an open listing, by front and side: the page, and what its link says
_ONWARDS = {
    ("slot", OFFER): ("exchange:calendar", t("查看日历并预约", "See the calendar and book")),
    ("quote", NEED): ("exchange:rfq", t("询价与报价", "Quotes")),
    ("brokered", NEED): ("exchange:shortlist", t("匹配与推荐", "Matches")),
    ("slot", NEED): ("exchange:shortlist", t("可预约的资源", "What can be booked")),
}
# What somebody else posts who reads a listing that is not booked or quoted at once: the other side, and what the link says
_OTHERS = {
    OFFER: (NEED, t("我需要这个：发布需求", "I need this: post a need")),
    NEED: (OFFER, t("我能提供：发布供给", "I can offer this: post it")),
}


def seen(request: HttpRequest, pk: int) -> Listing:
    """The listing if the reader may see it, else 404."""
    return access.LISTINGS.get(request.who, Listing.objects.select_related("party", "owner"), pk=pk)


def shown(request: HttpRequest, row: Listing, wrong: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page of a listing; ``wrong`` are forms that come back with what is to be mended."""
    who, kind = request.who, listing_kinds()[row.kind]
    ours, edits = access.OWNS.may(who, row), access.EDITS.may(who, row)
    top = f"{reverse('exchange:listings')}?side={row.side}"
    trail = [{"label": t("供需对接", "Exchange"), "url": top}, {"label": kind.label, "url": f"{top}&kind={row.kind}"},
             {"label": row.title, "url": ""}]
    return render(request, "exchange/listing.html", {
        "listing": row, "poster": listings.poster(who, row), "named": listings.named(who, row),
        "kind": kind, "trail": trail, "ours": ours, "edits": edits,
        "side": SIDES[row.side], "front": FRONTS[kind.front], "state": LISTING_STATES[row.state], "tone": _TONES.get(row.state, "plain"),
        "audience": AUDIENCES[row.audience], "because": CLOSINGS.get(row.because, ""),
        "industry": INDUSTRIES.get(row.field, ""), "district": DISTRICTS.get(row.district, ""),
        "facts": [(each.label, questions.shown(each, row.spec[each.name]), each.type == "long") for each in kind.on(row.side)
                  if each.name in row.spec],
        "asked": _asked_of_a_need(row, edits) if row.side == NEED else [],
        "doubts": [reason.text for reason in kind.judge(row.spec, {}) if not reason.holds] if kind.judge and row.side == NEED else [],
        "lacking": list(actions.lacking(row).values()) if edits and row.state == "draft" else [],
        "verbs": _verbs(row, ours, edits), "close_form": CloseForm(auto_id="close_%s", side=row.side),
        "onward": _onward(row, request.who, ours),
        "nominates": row.side == OFFER and ours,
        "nominated": nominations.nominated(row) if row.side == OFFER else [],
        "brief": " ".join(strip_tags(row.text).split())[:150], "canonical": request.build_absolute_uri(actions.url_of(row)),
        "structured": _structured(request, row), "indexed": row.audience == "public" and row.state in LIVE,
        "deck": access.DECKS.filter(who, decks_of(row)).first(),
        **_confidential(request, row, ours), **(wrong or {})}, status=status)


def _asked_of_a_need(row: Listing, edits: bool) -> list[tuple[Any, Any, bool]]:
    """What every need tells; who holds the budget only to those who may change it."""
    return [(each.label, questions.shown(each, _stored(getattr(row, each.name))), each.type == "long") for each in ASKED
            if getattr(row, each.name) not in (None, "") and (edits or each.name != "budget_owner")]


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _verbs(row: Listing, ours: bool, edits: bool) -> list[dict[str, Any]]:
    """The buttons: verbs of the flow that exist now and that the reader may use; closing asks why in a form of its own."""
    may = {"publish": edits, "renew": ours, "close": ours, "withdraw": ours, "reopen": ours}
    return [{"verb": verb, "label": LISTING_VERBS[verb], "url": reverse(f"exchange:listing_{verb}", kwargs={"pk": row.pk})}
            for verb in LISTING.verbs(row.state) if may.get(verb)]


def _onward(row: Listing, who: Any, ours: bool) -> dict[str, Any] | None:
    """Where one goes on from an open listing: it is booked, quoted or matched there, or the other side of it is posted."""
    if row.state not in LIVE:
        return None
    name, label = _ONWARDS.get((listing_kinds()[row.kind].front, row.side), ("", None))
    if name == "exchange:calendar" and not calendars.published(row):
        name, label = ("exchange:host", t("设置并开放预约", "Set up booking")) if ours else ("", None)
    if name == "exchange:shortlist" and not (ours or access.BROKERS.opens_for(who)):
        name = ""
    if name:
        return {"url": reverse(name, kwargs={"pk": row.pk}), "label": label}
    other, label = _OTHERS[row.side]
    return None if ours else {"url": f"{reverse('exchange:listing_new')}?side={other}&kind={row.kind}", "label": label}


def _confidential(request: HttpRequest, row: Listing, ours: bool) -> dict[str, Any]:
    """The labels of what is confidential, its values for whoever may read them now, and how to come to read it."""
    who, now = request.who, timezone.now()
    if not row.sealed:
        return {}
    kind, reads = listing_kinds()[row.kind], sealed.reads(who, row, now)
    consent = None if ours else sealed.consent_for(who, row, now)
    return {
        "sealed": [(each.label, questions.shown(each, row.sealed[each.name]) if reads else None) for each in kind.on(row.side)
                   if each.name in row.sealed],
        "reads": reads, "consent": consent, "may_ask": not ours and not consent and bool(who.acts_for()) and listings.named(who, row),
        "grants": [{"it": each, "live": each.withdrawn_at is None and each.expires > now, "openings": list(each.openings.all())}
                   for each in sealed.grants(row)] if ours else [],
        "grant_form": GrantForm(auto_id="grant_%s"), "ask_form": AskForm(auto_id="ask_%s"),
    }


def _structured(request: HttpRequest, row: Listing) -> SafeString:
    """The listing as schema.org says it (a Demand or an Offer), for search engines; only what the public page shows."""
    kind, named = listing_kinds()[row.kind], listings.named(request.who, row)
    said = {"@context": "https://schema.org", "@type": "Demand" if row.side == NEED else "Offer", "name": row.title,
            "description": row.text[:5000], "category": kind.label.zh, "url": request.build_absolute_uri(actions.url_of(row)),
            "validFrom": row.opened_at and row.opened_at.date().isoformat(), "validThrough": row.reconfirm and row.reconfirm.isoformat(),
            "offeredBy" if row.side == OFFER else "seller": named and {"@type": "Organization", "name": row.party.name},
            "areaServed": str(DISTRICTS[row.district].zh) if row.district in DISTRICTS else None}
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - the three signs that could end the block are written by their numbers


@page("exchange/<int:pk>/grant/", name="exchange:listing_grant", can=access.OWNS, title=t("授权查阅保密信息", "Open what is confidential"),
      methods=("POST",))  # fmt: skip
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an organisation read what is confidential, for a purpose, until a day."""
    row = seen(request, pk)
    access.OWNS.require(request.who, row)
    form = GrantForm(request.POST, auto_id="grant_%s")
    led = press(request, form, lambda said, by, at: opening.grant(
        listing=row, reader=said["reader"], purpose=said["purpose"], expires=form.expires(), by=by, at=at),
        actions.url_of(row), t("已授权，对方每次查阅都会留痕", "granted; every time they read it is logged"))
    return led or shown(request, row, {"grant_form": form}, status=422)


@page("exchange/<int:pk>/read/", name="exchange:listing_read", can=access.POSTS, title=t("查阅保密信息", "Read what is confidential"),
      methods=("POST",))  # fmt: skip
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what is confidential under a consent; the opening is logged first."""
    row, who, now = seen(request, pk), request.who, timezone.now()
    consent = sealed.consent_for(who, row, now)
    if consent is None:
        raise Forbidden(t("未获授权或授权已到期，请向发布单位申请", "there is no consent, or it has expired; ask whoever posted it"))
    opening.read(listing=row, consent=consent, person=exact.party(who.urn), houses=who.acts_for(), by=who.urn, at=now)
    return redirect("exchange:listing", pk=pk)


@page("exchange/<int:pk>/ask/", name="exchange:listing_ask", can=access.POSTS, methods=("POST",),
      title=t("申请查阅保密信息", "Ask to read what is confidential"))  # fmt: skip
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whoever posted the listing to open what is confidential; it becomes a case with a clock."""
    row, who = seen(request, pk), request.who
    houses = sorted(who.acts_for())
    if not houses:
        raise Http404
    form = AskForm(request.POST, auto_id="ask_%s")
    if form.is_valid():
        try:
            case = opening.ask(listing=row, purpose=form.cleaned_data["purpose"], person=who.party_id, house=houses[0], by=who.urn,
                               at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已提出申请，5 个工作日内答复", "asked; the answer is due in 5 working days"))
            return redirect("desk:ask", pk=case.pk)
    return shown(request, row, {"ask_form": form}, status=422)

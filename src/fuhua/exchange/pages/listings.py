"""Pages of listings: the list, one listing with its verbs, posting and changing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.actions import listings
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import PRICES
from fuhua.exchange.models import Listing
from fuhua.exchange.pages import listing_search, listing_view
from fuhua.exchange.pages.listing_forms import CloseForm, ListingForm, written
from fuhua.exchange.queries import listings as reads
from fuhua.exchange.words import FRONTS, LISTING_STATES, LISTING_VERBS, NEED, SIDES
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.questions import BadValue
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.actions.once import once
from fuhua.parties.queries import in_bulk

_PAGE = 25
_EXCHANGE = t("供需对接", "Exchange")
_HOLDS = {"publish": t("已开放；{day} 前请确认仍有效，否则自动过期", "it is open; confirm it by {day}, or it expires"),
          "renew": t("已确认仍有效；请在 {day} 前再次确认，否则自动过期", "confirmed; confirm it again by {day}, or it expires")}


@page("exchange/", name="exchange:listings", can=access.LISTINGS, title=_EXCHANGE, menu=Menu(_EXCHANGE, "exchange", 25))
def listed(request: HttpRequest) -> HttpResponse:
    """Needs and offers, narrowed by words, kind and whatever that kind lets one filter by."""
    asked = listing_search.asked(request)
    found, older = _sheet(request, asked)
    return render(request, "exchange/listings.html", {
        "form": asked.form, "side": asked.side, "kind": asked.kind, "view": asked.view,
        "narrowed": any(value for name, value in asked.form.cleaned_data.items() if name not in ("side", "view")),
        "tabs": [{"label": label, "url": _address(request, side=side), "active": side == asked.side} for side, label in _TABS.items()],
        "views": [{"label": label, "url": _address(request, view=view), "active": view == asked.view}
                  for view, label in _views(request.who).items()],
        "columns": [label for _name, label in listing_search.columns(asked.kind, asked.side)],
        "rows": [_row(row, asked, request.who) for row in found], "older": older,
        "csv": f"{reverse('exchange:listings_csv')}?{request.GET.urlencode()}",
        "new": f"{reverse('exchange:listing_new')}?side={asked.side}" + (f"&kind={asked.kind.code}" if asked.kind else ""),
        "may_post": bool(request.who.acts_for()),
    })


def _sheet(request: HttpRequest, asked: listing_search.Asked) -> tuple[list[Listing], str]:
    """One page of the listings and the address of the next: by how well they fit when words were asked, else newest first."""
    if asked.best is not None:
        start = number(request, "from") or 0
        more = len(asked.best) > start + _PAGE
        return asked.page(start, _PAGE), _address(request, **{"from": start + _PAGE}) if more else ""
    before = number(request, "before")
    rows = asked.rows.filter(pk__lt=before) if before is not None else asked.rows
    found = list(rows[: _PAGE + 1])
    return found[:_PAGE], _address(request, before=found[_PAGE - 1].pk) if len(found) > _PAGE else ""


_TABS = {"offer": t("供给", "Offers"), "need": t("需求", "Needs")}


def _views(who: Any) -> dict[str, Any]:
    """The views that make sense to the reader; none for strangers."""
    if not who.signed_in:
        return {}
    drafts = {"drafts": t("待完善的草稿", "drafts to be completed")} if access.BROKERS.opens_for(who) else {}
    return {"open": t("开放中", "open"), "ours": t("本单位的", "our own"), **drafts}


def _address(request: HttpRequest, **changed: Any) -> str:
    query = request.GET.copy()
    for place in ("before", "from"):
        query.pop(place, None)
    for name, value in changed.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _row(row: Listing, asked: listing_search.Asked, who: Any) -> dict[str, Any]:
    return {"it": row, "kind": listing_kinds()[row.kind].label, "cells": listing_search.cells(row, asked.kind),
            "poster": reads.poster(who, row),
            "price": listing_search.price_of(row), "state": LISTING_STATES[row.state] if row.state != "open" else ""}


@page("exchange/<int:pk>/", name="exchange:listing", can=access.LISTINGS, title=t("供需信息", "Listing"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One listing: what it says, what is confidential, and what the reader may do."""
    return listing_view.shown(request, listing_view.seen(request, pk))


@page("exchange/new/", name="exchange:listing_new", can=access.POSTS, title=t("发布供需", "Post a listing"), methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Choose a kind, then fill in its form; it is kept as a draft however much is missing."""
    who, side = request.who, request.GET.get("side", NEED)
    kind = listing_kinds().get(request.GET.get("kind", ""))
    houses = [each for each in in_bulk.by_ids(who.acts_for()) if each.merged_into_id is None]
    if side not in SIDES or kind is None or not houses:
        kinds = [{"it": each, "front": FRONTS[each.front], "price": PRICES[each.price]} for each in listing_kinds()]
        return render(request, "exchange/listing_kinds.html", {"kinds": kinds, "side": side if side in SIDES else NEED, "houses": houses})
    people = [each for house in houses for each in reads.answerers(house.pk)]
    form = ListingForm(request.POST or None, kind=kind, side=side, houses=houses, people=dict.fromkeys(people),
                       initial={"owner": str(who.party_id), "district": houses[0].district})
    if form.is_bound and form.is_valid():
        party = int(form.cleaned_data["party"])
        led_to = _kept(form, lambda: once(who.account_id, form.cleaned_data["once"], at=timezone.now(), do=lambda: listings.url_of(
            listings.draft(side=side, kind=kind.code, party=party, told=form.told(), by=who.urn, at=timezone.now()))))
        if led_to:
            return _opened(request, resolve(led_to).kwargs["pk"])
    return _form(request, form, {"kind": kind, "side": side, "heading": t("发布：{kind}", "Post: {kind}").format(kind=kind.label)})


@page("exchange/<int:pk>/edit/", name="exchange:listing_edit", can=access.EDITS, title=t("修改供需信息", "Change a listing"),
      methods=("GET", "POST"))  # fmt: skip
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a listing says; with ``?lacking=1`` every field that it still needs to open is marked."""
    row = access.EDITS.get(request.who, Listing.objects.select_related("party"), pk=pk)
    kind, lacking = listing_kinds()[row.kind], listings.lacking(row)
    marked = request.method == "GET" and "lacking" in request.GET
    data = request.POST if request.method == "POST" else written(row) if marked else None
    form = ListingForm(data, kind=kind, side=row.side, people=reads.answerers(row.party_id), initial=written(row),
                       sealed=access.OWNS.may(request.who, row))
    if marked:
        form.mark()
    elif form.is_bound and form.is_valid() and _kept(form, lambda: listings.url_of(
            listings.revise(listing=row, told=form.told(), by=request.who.urn, at=timezone.now()))):
        return _opened(request, pk)
    return _form(request, form, {"kind": kind, "side": row.side, "heading": row.title, "listing": row,
                                 "lacking": [] if marked else lacking.values()})


def _kept(form: ListingForm, keep: Callable[[], str]) -> str:
    """The address of the listing that was kept, or blank when the form says why it was not."""
    try:
        return keep()
    except (listings.BadListing, BadValue) as wrong:
        unqualified = isinstance(wrong, listings.Unqualified)
        if not unqualified:
            form.add_error(None, str(wrong.text))
        if unqualified or "open" in form.data:
            form.mark()
        form.same = getattr(wrong, "listing", None)
        return ""


def _opened(request: HttpRequest, pk: int) -> HttpResponse:
    """After keeping it: open it when that was asked, and lead to what is still lacking if it cannot be."""
    row = access.EDITS.get(request.who, Listing.objects.all(), pk=pk)
    if "open" not in request.POST or row.state != "draft":
        messages.success(request, t("已保存", "saved"))
        return redirect("exchange:listing", pk=pk)
    try:
        row = listings.publish(listing=row, by=request.who.urn, at=timezone.now())
    except listings.BadListing as wrong:
        return _lacking(request, pk, wrong)
    messages.success(request, _HOLDS["publish"].format(day=formats.day(row.reconfirm)))
    return redirect("exchange:listing", pk=pk)


def _lacking(request: HttpRequest, pk: int, wrong: listings.BadListing) -> HttpResponse:
    """To the form with every lacking field marked; what is wrong otherwise is said above it."""
    unqualified = isinstance(wrong, listings.Unqualified)
    messages.error(request, t("已保存，但还不能开放：请补齐标出的内容", "kept, but it cannot open yet: fill in what is marked")
                   if unqualified else wrong.text)
    return HttpResponseRedirect(reverse("exchange:listing_edit", kwargs={"pk": pk}) + "?lacking=1")


def _form(request: HttpRequest, form: ListingForm, more: dict[str, Any]) -> HttpResponse:
    trail = [{"label": _EXCHANGE, "url": reverse("exchange:listings")}, {"label": more["heading"], "url": ""}]
    return render(request, "exchange/listing_form.html", {"form": form, "trail": trail, "side_label": SIDES[more["side"]], **more},
                  status=422 if request.method == "POST" else 200)


def _verb(verb: str, rule: Any, act: Callable[[Listing, Any, dict[str, Any]], Any]) -> None:
    """The view of one verb: a listing that is hidden is 404, a verb that is not yours 403, wrong words come back marked."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = listing_view.seen(request, pk)
        if not rule.may(request.who, row):
            raise Forbidden(rule.reason)
        form = CloseForm(request.POST, side=row.side) if verb == "close" else None
        if form is not None and not form.is_valid():
            return listing_view.shown(request, row, {"close_form": form}, status=422)
        try:
            row = act(row, request.who, form.cleaned_data if form else {})
        except listings.Unqualified as wrong:
            return _lacking(request, pk, wrong)
        except listings.BadListing as wrong:
            messages.error(request, wrong.text)
        else:
            if verb in _HOLDS:
                messages.success(request, _HOLDS[verb].format(day=formats.day(row.reconfirm)))
        return redirect("exchange:listing", pk=pk)

    view.__name__, view.__doc__ = verb, LISTING_VERBS[verb].en
    page(f"exchange/<int:pk>/{verb}/", name=f"exchange:listing_{verb}", can=rule, title=LISTING_VERBS[verb], methods=("POST",))(view)


def _by(who: Any) -> dict[str, Any]:
    return {"by": who.urn, "at": timezone.now()}


_verb("publish", access.EDITS, lambda row, who, _said: listings.publish(listing=row, **_by(who)))
_verb("renew", access.OWNS, lambda row, who, _said: listings.renew(listing=row, **_by(who)))
_verb("close", access.OWNS, lambda row, who, said: listings.close(listing=row, because=said["because"], **_by(who)))
_verb("withdraw", access.OWNS, lambda row, who, _said: listings.withdraw(listing=row, **_by(who)))
_verb("reopen", access.OWNS, lambda row, who, _said: listings.reopen(listing=row, **_by(who)))

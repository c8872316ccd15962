"""The broker's desk: what waits to be qualified, shortlisted, answered or decided, what is late first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.pages.brokered_forms import DeskFilter
from fuhua.exchange.queries import brokering as reads
from fuhua.exchange.words import LISTING_STATES
from fuhua.kernel import period
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.words import t

_PAGE = 50
_QUEUES = {
    "qualify": t("待访谈补齐", "to be qualified"),
    "shortlist": t("待出候选", "to be shortlisted"),
    "answers": t("待答复", "to be answered"),
    "decisions": t("临近决定", "to be decided"),
}
_NEEDS = ("qualify", "shortlist")


@page("exchange/desk/", name="exchange:broker_desk", can=access.BROKERS, title=t("撮合台", "Broker’s desk"),
      menu=Menu(t("撮合台", "Broker’s desk"), "exchange", 42))
def desk(request: HttpRequest) -> HttpResponse:
    """One queue of the desk, narrowed by whose and by kind."""
    kinds = {kind.code: kind.label for kind in listing_kinds()}
    form = DeskFilter(request.GET or None, kinds=kinds)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    name = chosen.get("queue") if chosen.get("queue") in _QUEUES else "answers"
    today = period.day(timezone.now())
    rows = _narrowed(reads.queue(name, today), chosen, request.who.party_id, "kind" if name in _NEEDS else "need__kind")
    start = number(request, "from") or 0
    found = list(rows[start:start + _PAGE + 1])
    query = request.GET.copy()
    query["from"] = str(start + _PAGE)
    due = reads.due_days(found[:_PAGE]) if name in _NEEDS else {}
    lines = [_need(row, due, kinds, today) if name in _NEEDS else _introduction(row, today) for row in found[:_PAGE]]
    counts = reads.counts(today)
    return render(request, "exchange/broker_desk.html", {
        "form": DeskFilter(request.GET or None, kinds=kinds, initial={"queue": name}), "rows": lines, "needs": name in _NEEDS, "name": name,
        "older": f"?{query.urlencode()}" if len(found) > _PAGE else "",
        "tabs": [{"label": label, "url": f"?queue={code}", "active": code == name, "count": counts[code]}
                 for code, label in _QUEUES.items()]})


def _narrowed(rows: Any, chosen: dict[str, Any], person: int | None, kind: str) -> Any:
    if chosen.get("whose") == "mine":
        rows = rows.filter(broker=person)
    elif chosen.get("whose") == "nobody":
        rows = rows.filter(broker=None)
    return rows.filter(**{kind: chosen["kind"]}) if chosen.get("kind") else rows


def _need(row: Any, due: dict[str, Any], kinds: dict[str, Any], today: Any) -> dict[str, Any]:
    acts_by = due.get(row.urn)
    return {"title": row.title, "url": reverse("exchange:shortlist", kwargs={"pk": row.pk}), "who": row.party.name, "pk": row.pk,
            "kind": kinds.get(row.kind, row.kind), "state": LISTING_STATES[row.state], "broker": row.broker_name,
            "free": row.broker is None, "since": row.opened_at or row.posted_at, "due": acts_by,
            "late": acts_by is not None and acts_by < today, "draft": row.state == "draft"}


def _introduction(row: Any, today: Any) -> dict[str, Any]:
    return {"title": row.need.title, "url": reverse("exchange:introduction", kwargs={"pk": row.pk}),
            "who": f"{row.need.party.name} × {row.offer.party.name}", "state": reads.state_of(row), "broker": row.broker_name,
            "since": row.asked_at, "due": row.due, "late": row.due is not None and row.due < today}

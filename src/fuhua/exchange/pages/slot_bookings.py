"""My bookings, and one booking with everything that may be done to it by its user and by its host."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import faults, reservations, waiting
from fuhua.exchange.actions.holding import rate_agreed
from fuhua.exchange.flow import AHEAD
from fuhua.exchange.kinds.hours import minutes
from fuhua.exchange.kinds.safety import FINE, HAZARDS, digest_of
from fuhua.exchange.models import Reservation
from fuhua.exchange.pages.slot_verbs import VERBS, Verb
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import BOOKING_ENDS, BOOKING_STATES, BY_HOST, FEE_STATES
from fuhua.kernel.access import Forbidden
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import number, page, sent, sent_with_files
from fuhua.kernel.ui.formats import yuan
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download

_MINE = t("我的预约", "My bookings")
_PAGE = 50
_TONES = {"offered": "ochre", "held": "indigo", "running": "jade", "used": "plain", "no_show": "zhu", "cancelled": "plain"}


@page("exchange/bookings/", name="exchange:bookings", can=access.POSTS, title=_MINE)
def mine(request: HttpRequest) -> HttpResponse:
    """Bookings of mine and of my organisations, the live ones first; where I stand in line; my calendar feed."""
    who, now = request.who, timezone.now()
    rows = calendars.mine(who.party_id, who.acts_for())
    past = request.GET.get("view") == "past"
    before = number(request, "before")
    live = Q(state="running") | Q(state__in=AHEAD, end__gte=now)
    found = rows.exclude(live).order_by("-pk") if past else rows.filter(live).order_by("start")
    if past and before is not None:
        found = found.filter(pk__lt=before)
    listed = list(found[: _PAGE + 1])
    return render(request, "exchange/bookings.html", {
        "rows": [_line(row) for row in listed[:_PAGE]], "places": [] if past else calendars.places(who.party_id),
        "older": f"?view=past&before={listed[_PAGE - 1].pk}" if past and len(listed) > _PAGE else "",
        "feed": calendars.feed_of(who.party_id), "past": past, "several": len(who.acts_for()) > 1,
        "tabs": [{"label": t("接下来", "To come"), "url": "?", "active": not past},
                 {"label": t("以往", "Past"), "url": "?view=past", "active": past}]})


def _line(row: Reservation) -> dict[str, Any]:
    return {"it": row, "state": BOOKING_STATES[row.state], "tone": _TONES[row.state], "start": reads.local(row.start, row.resource),
            "end": reads.local(row.end, row.resource), "shortened": row.end < row.booked_end and row.state in ("held", "running"),
            "url": calendars.url_of(row)}


def _booking(request: HttpRequest, pk: int) -> Reservation:
    return access.BOOKINGS.get(request.who, calendars.reservations(), pk=pk)


@page("exchange/bookings/<int:pk>/", name="exchange:booking", can=access.BOOKINGS, title=t("预约", "Booking"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking: when, its price, its sheet, its fee, and what may be done."""
    return _shown(request, _booking(request, pk))


def _shown(request: HttpRequest, row: Reservation, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    who, now, resource = request.who, timezone.now(), row.resource
    user = row.person_id == who.party_id or row.organisation_id in who.acts_for()
    host = resource.offer.party_id in who.acts_for()
    late_fee = reservations.late_fee(row, now) if row.state == "held" else 0
    verbs = [{"verb": verb, "key": name, "url": reverse(f"exchange:booking_{name}", kwargs={"pk": row.pk}),
              "why": _why(verb, name, late_fee),
              "form": (wrong or {}).get(name) or (verb.form and verb.form(row, prefix=name))}
             for name, verb in VERBS.items() if (user if verb.by_user else host) and verb.fits(row, now)]
    rebookable = user and row.state == "cancelled" and row.because in BY_HOST and not calendars.rebooked(row)
    instead = faults.instead(row, now) if rebookable else []
    held, agreed = minutes((row.start, row.end)), rate_agreed(row)
    questions = {each.name: each.label for each in reads.questions_of(resource)}
    return render(request, "exchange/booking.html", {
        "row": row, "line": _line(row), "because": BOOKING_ENDS.get(row.because, ""), "reason": calendars.why_closed(row),
        "fee_state": FEE_STATES[row.fee_state],
        "verbs": verbs, "user": user, "host": host, "use": getattr(row, "use", None), "late_fee": late_fee,
        "session": access.MENTORINGS.may(who, row), "sheet": access.SHEETS.may(who, row),
        "answers": [(questions.get(name, name), said) for name, said in row.answers.items() if said],
        "instead": [{"resource": each, "start": reads.local(span[0], each), "end": reads.local(span[1], each), "at": span[0].isoformat(),
                     "asks": bool(each.safety) and digest_of(each.safety) != row.safety} for each, span in instead],
        "price": calendars.price_said(row.hour, row.least), "operator": row.operator and calendars.price_said(row.operator_price),
        "rules": calendars.ends_said(row) if row.state in AHEAD else [],
        "total": agreed.of(held, held if row.operator else 0) if row.state in AHEAD else 0,
        "ended": row.state in ("cancelled", "no_show"), "handed_over": calendars.handed_over(row), "fine": FINE,
        "hazards": [HAZARDS[code] for code in row.hazards], "agreed": calendars.rules_agreed(row),
        "rebooked": calendars.rebooked(row), "day": calendars.day_of(row),
        "trail": [{"label": _MINE, "url": reverse("exchange:bookings")}, {"label": resource.offer.title, "url": ""}]}, status=status)


def _why(verb: Verb, name: str, late_fee: int) -> Text | None:
    """What the question before a verb says: of a late cancellation first what it costs."""
    if name != "cancel" or not late_fee:
        return verb.why
    return t("现在取消须付 {fee}。{why}", "Cancelling now costs {fee}. {why}").format(fee=yuan(late_fee), why=verb.why)


def _declare(name: str, verb: Verb) -> None:
    rule, told_by = access.USES if verb.by_user else access.HANDLES, sent_with_files if verb.files else sent

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = _booking(request, pk)
        if not rule.may(request.who, row):
            raise Forbidden(rule.reason)
        form = verb.form(row, *told_by(request), prefix=name) if verb.form else None
        if form is None or form.is_valid():
            try:
                verb.act(row, request.who, form.cleaned_data if form else {}, by=request.who.urn, at=timezone.now())
            except WrongState:
                raise
            except BadFact as wrong:
                if form is None:
                    messages.error(request, wrong.text)
                    return redirect("exchange:booking", pk=pk)
                form.add_error(None, str(wrong.text))
            else:
                messages.success(request, verb.said)
                return redirect("exchange:booking", pk=pk)
        return _shown(request, row, {name: form}, status=422)

    view.__name__, view.__doc__ = name, verb.label.en
    page(f"exchange/bookings/<int:pk>/{name.replace('_', '-')}/", name=f"exchange:booking_{name}", can=rule, title=verb.label,
         methods=("POST",), files=verb.files)(view)


for _name, _verb in VERBS.items():
    _declare(_name, _verb)


@page("exchange/bookings/<int:pk>/rebook/", name="exchange:rebook", can=access.USES, title=t("改约", "Book anew"), methods=("POST",))
def rebook(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the slots offered instead of a cancelled booking."""
    row = _booking(request, pk)
    access.USES.require(request.who, row)
    resource = access.CALENDARS.get(request.who, calendars.resources(), pk=number(request, "resource"))
    try:
        start = dt.datetime.fromisoformat(request.POST.get("start", ""))
        made = reservations.rebook(reservation=row, resource=resource, start=start, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
        return redirect("exchange:booking", pk=pk)
    except (ValueError, TypeError) as wrong:
        raise Http404 from wrong
    messages.success(request, t("已改约", "it is booked anew"))
    return redirect("exchange:booking", pk=made.pk)


@page("exchange/bookings/<int:pk>/sheet/", name="exchange:sheet", can=access.SHEETS, title=t("样品单", "Sample sheet"))
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample sheet, for the user and the host that handles the sample; to be kept, never shown in the browser."""
    row = access.SHEETS.get(request.who, calendars.reservations(), pk=pk)
    return download(row.sheet, row.sheet_name)


@page("exchange/places/<int:pk>/leave/", name="exchange:leave_line", can=access.POSTS, title=t("退出排队", "Leave the line"),
      methods=("POST",))
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the line."""
    place = next((each for each in calendars.places(request.who.party_id) if each.pk == pk), None)
    if place is None:
        raise Http404
    waiting.leave(place=place, by=request.who.urn, at=timezone.now())
    messages.success(request, t("已退出排队", "you have left the line"))
    return redirect("exchange:bookings")

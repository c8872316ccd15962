"""Bookings for machines: the week of a resource as JSON, and a person's bookings as an iCalendar feed behind a secret address."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from fuhua.exchange import access
from fuhua.exchange.actions import feeds
from fuhua.exchange.kinds.hours import zone_of
from fuhua.exchange.pages.slots import day_asked, resource_of
from fuhua.exchange.queries import calendars, week
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.page import page
from fuhua.kernel.seen import seen
from fuhua.kernel.words import t

_BACK, _FORTH = dt.timedelta(days=60), dt.timedelta(days=400)


@page("exchange/<int:pk>/calendar/week.json", name="exchange:week", can=access.CALENDARS, title=t("一周数据", "Week as data"))
def week_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken time of the week of ``?week=``: ``start``, ``end`` (RFC 3339), ``state`` busy or mine; who comes only for the host."""
    resource, who, now = resource_of(request, pk), request.who, timezone.now()
    monday = week.monday_of(day_asked(request, "week", reads.day_there(now, resource)))
    bounds = week.bounds_of(monday, zone_of(resource.zone))
    acts_for = who.acts_for() if who.signed_in else frozenset()
    reader = week.Reader(who.party_id, acts_for, resource.offer.party_id in acts_for)
    around, hours = reads.around(resource, bounds), reads.terms_of(resource).hours
    return JsonResponse({
        "resource": resource.offer.title, "zone": resource.zone, "from": bounds[0].isoformat(), "until": bounds[1].isoformat(),
        "open": [[start.isoformat(), end.isoformat()] for start, end in reads.open_spans(resource, hours, bounds)],
        "closed": [[start.isoformat(), end.isoformat()] for start, end in around.closed],
        "taken": [_plain(each) for each in week.booked(around, reader)],
    }, json_dumps_params={"ensure_ascii": False})


def _plain(block: week.Block) -> dict[str, object]:
    found: dict[str, object] = {"start": block.start.isoformat(), "end": block.end.isoformat(), "state": block.state}
    return {**found, "booking": block.booking, "name": block.name} if block.booking else found


@page("exchange/feeds/<str:token>.ics", name="exchange:feed", can=access.FEEDS, title=t("日历订阅", "Calendar feed"))
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The bookings of whoever made the secret address, as iCalendar (RFC 5545)."""
    person = calendars.whose_feed(token)
    if person is None:
        raise Http404
    now = timezone.now()
    rows = calendars.mine(person, ()).filter(end__gt=now - _BACK, start__lt=now + _FORTH, state__in=("held", "running", "used"))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fuhua//Bookings//ZH", "METHOD:PUBLISH"]
    for row in rows.order_by("start"):
        lines += ["BEGIN:VEVENT", f"UID:{row.urn}", f"DTSTAMP:{_utc(row.booked_at)}",
                  f"DTSTART:{_utc(row.start)}", f"DTEND:{_utc(row.end)}",
                  f"SUMMARY:{_escaped(row.resource.offer.title)}", f"LOCATION:{_escaped(row.resource.place)}",
                  f"URL:{request.build_absolute_uri(calendars.url_of(row))}", "END:VEVENT"]
    body = "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Text of RFC 5545 without controls: backslash, comma, semicolon and line break escaped."""
    text = seen(re.sub(r"\r\n?", "\n", text))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued with a space; no character is torn."""
    found, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 74:
            found.append(" ")
            size = 1
        found[-1] += sign
        size += width
    return "\r\n".join(found)


@page("exchange/feeds/renew/", name="exchange:feed_renew", can=access.POSTS, title=t("更换订阅地址", "New feed address"), methods=("POST",))
def renew(request: HttpRequest) -> HttpResponse:
    """A new secret address; the old one ends."""
    feeds.renew(person=request.who.party_id, by=request.who.urn, at=timezone.now())
    messages.success(request, t("订阅地址已更新，旧地址已失效", "there is a new address; the old one has ended"))
    return redirect("exchange:bookings")

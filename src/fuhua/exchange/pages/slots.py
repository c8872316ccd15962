"""The calendar of a resource: the week, booking, the line, training and faults; and all resources at a glance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import faults, qualifications, reservations, waiting
from fuhua.exchange.actions.holding import UNPRICED, Booking, Refused
from fuhua.exchange.kinds.hours import Span, zone_of
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Resource
from fuhua.exchange.pages.slot_forms import BookForm, FaultForm, WaitForm
from fuhua.exchange.pages.slot_verbs import sheet_of
from fuhua.exchange.queries import calendars, mentoring, overview, week
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import MENTORED, USER_CLASSES
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.ui.formats import yuan
from fuhua.kernel.words import Text, t
from fuhua.parties.actions.once import once

_CALENDAR = t("预约日历", "Calendar")
_REPORTERS = t("只有提供方和使用者可以报告故障", "only the host and users report faults")


def resource_of(request: HttpRequest, pk: int) -> Any:
    """The resource of the offer ``pk`` as far as the reader may see it."""
    return access.CALENDARS.get(request.who, calendars.resources(), offer=pk)


def day_asked(request: HttpRequest, name: str, otherwise: dt.date) -> dt.date:
    """The day of the address' parameter; nonsense and far-off days are ``otherwise``."""
    try:
        found = dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
    return found if abs((found - otherwise).days) < 4000 else otherwise


@page("exchange/<int:pk>/calendar/", name="exchange:calendar", can=access.CALENDARS, title=_CALENDAR)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The week of a resource; ``?start=`` fills the form in. The host of an offer without a calendar is led to where it is set up."""
    resource = access.CALENDARS.filter(request.who, calendars.resources()).filter(offer=pk).first()
    if resource is None and access.OWNS.filter(request.who, calendars.offers()).filter(pk=pk).exists():
        return redirect("exchange:host", pk=pk)
    if resource is None:
        raise Http404
    return _shown(request, resource)


def _shown(request: HttpRequest, resource: Any, wrong: dict[str, forms.Form] | None = None, free: Span | None = None,
           status: int = 200) -> HttpResponse:
    who, now, zone, need = request.who, timezone.now(), zone_of(resource.zone), number(request, "need")
    today, asked_start = now.astimezone(zone).date(), _start_asked(request)
    ours = who.acts_for() if who.signed_in else frozenset()
    reader = week.Reader(who.party_id, ours, host=resource.offer.party_id in ours)
    terms = reads.terms_of(resource, who.party_id, ours, today)
    monday = week.monday_of(day_asked(request, "week", asked_start.date() if asked_start else week.coming([(resource, terms.hours)], now)))
    around = reads.around(resource, week.bounds_of(monday, zone))
    found = week.week_of(resource, terms, around, monday, reader, now)
    begin = asked_start or found.first_free(resource.shortest or resource.step) or now.astimezone(zone).replace(minute=0)
    untrained = who.signed_in and not terms.may_ever(resource, today, exempt=reader.host)
    reports = who.signed_in and calendars.apparatus(resource) and terms.may_report(exempt=reader.host)
    barred = _barred(resource, terms) if who.signed_in else None
    books = who.signed_in and not untrained and not barred
    asked = _forms(request, resource, begin, books=books, reports=reports) | (wrong or {})
    return render(request, "exchange/calendar.html", {
        **asked, "resource": resource, "offer": resource.offer, "host": reader.host, "faults": around.faults, "week": found, "now": now,
        "before": monday - dt.timedelta(days=7), "after": monday + dt.timedelta(days=7), "need": need,
        "here": f"{calendars.calendar_url(resource)}?" + (f"need={need}&" if need else ""),  # a need is carried from page to page
        "untrained": untrained, "training": terms.training, "barred": barred, "books": books, "reports": reports,
        "prices": [(label, calendars.price_said(*terms.prices[code]), code in terms.classes.values())
                   for code, label in USER_CLASSES.items() if code in terms.prices],
        "operator": calendars.price_said(resource.operator_price), "estimate": _estimate(resource, terms, asked.get("book")),
        "hours": calendars.hours_said(terms.hours), "rules": calendars.rules_said(resource),
        "free": free and {"start": free[0].astimezone(zone), "end": free[1].astimezone(zone)},
        "zone": "" if resource.zone == "Asia/Shanghai" else resource.zone, "mentor": _mentor(resource),
        "trail": [{"label": resource.offer.title, "url": reverse("exchange:listing", kwargs={"pk": resource.offer_id})},
                  {"label": _CALENDAR, "url": ""}],
    }, status=status)


def _mentor(resource: Any) -> mentoring.MentorStanding | None:
    """How the mentor whose time it is stands; None for other resources."""
    owner = resource.offer.owner_id if resource.offer.kind in MENTORED else None
    return mentoring.standings((owner,)).get(owner, mentoring.MentorStanding()) if owner else None


def _barred(resource: Resource, terms: reads.Terms) -> Text | None:
    """Why the reader can book it for none of the organisations that they act for; None when they can."""
    if not terms.classes:
        return t("您还没有可代表的单位，加入单位后即可预约", "you act for no organisation yet; once you do you can book")
    if not any(reads.rate_of(resource, terms, each) for each in terms.classes):
        return UNPRICED
    return None


def _estimate(resource: Resource, terms: reads.Terms, form: Any) -> Text | None:
    """What the times filled in would cost the organisation chosen; None while these are not known."""
    if form is None or not form.length or form.payer not in terms.classes:
        return None
    rate, paid = reads.rate_of(resource, terms, form.payer), USER_CLASSES[terms.classes[form.payer]]
    if rate is None:
        return UNPRICED
    fee = rate.of(form.length, form.length if form.operated else 0)
    return t("预计费用：{fee}（{n} 分钟，按“{paid}”的价格；以实际使用结算）",
             "Estimate: {fee} ({n} minutes at the price for {paid}; what is used is charged)").format(
                 fee=yuan(fee) if fee else t("免费", "free of charge"), n=form.length, paid=paid)


def _forms(request: HttpRequest, resource: Any, begin: dt.datetime, *, books: bool, reports: bool) -> dict[str, forms.Form]:
    """The booking form, and that of ``?ask=wait``, for whoever ``books``; that of ``?ask=fault`` for whoever ``reports``."""
    zone, there = zone_of(resource.zone), _initial(resource, begin)
    found: dict[str, forms.Form] = {"book": _book_form(request, resource, begin=begin)} if books else {}
    if request.GET.get("ask") == "wait" and books:
        found["wait"] = WaitForm(prefix="wait", zone=zone, step=resource.step, initial=there)
    elif request.GET.get("ask") == "fault" and reports:
        found["fault"] = FaultForm(prefix="fault", zone=zone, host=_is_host(request, resource))
    return found


def _is_host(request: HttpRequest, resource: Resource) -> bool:
    return resource.offer.party_id in request.who.acts_for()


def _start_asked(request: HttpRequest) -> dt.datetime | None:
    """The start that a link filled in, on the wall of the resource."""
    try:
        found = dt.datetime.fromisoformat(request.GET.get("start", "")).replace(tzinfo=None)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None


def _initial(resource: Any, begin: dt.datetime) -> dict[str, Any]:
    length = reads.policy_of(resource).usual
    return {"day": begin.date(), "start": begin.time(), "end": (begin + dt.timedelta(minutes=length)).time(), "minutes": length}


def _book_form(request: HttpRequest, resource: Any, *sent: Any, begin: dt.datetime | None = None) -> BookForm:
    who, carried = request.who, number(request, "need")
    chosen = sent or carried or _start_asked(request)  # who only looks at the week is spared the question, and the database too
    return BookForm(
        *sent, zone=zone_of(resource.zone), step=resource.step, organisations=calendars.organisations(who.acts_for()),
        questions=reads.questions_of(resource), operator=bool(resource.operator_price), samples=calendars.apparatus(resource),
        safety=resource.safety if who.acts_for() - {resource.offer.party_id} else "",
        needs=calendars.served(who, resource.offer.kind, carried) if chosen else None,
        initial={**_initial(resource, begin), "need": carried} if begin else None)


@page("exchange/<int:pk>/calendar/book/", name="exchange:book", can=access.POSTS, title=t("预约", "Book"), methods=("POST",), files=True)
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a slot; what is wrong comes back all at once, with the next slot that could be had."""
    resource, who = resource_of(request, pk), request.who
    form, free = _book_form(request, resource, request.POST, request.FILES), None
    if form.is_valid():
        try:
            return HttpResponseRedirect(once(who.account_id, form.cleaned_data["once"], lambda: _booked(request, resource, form),
                                             at=timezone.now()))
        except Refused as wrong:
            free = wrong.free
            for each in wrong.refusals:
                form.add_error(None, str(each.text))
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
    return _shown(request, resource, {"book": form}, free, status=422)


@page("exchange/<int:pk>/calendar/estimate/", name="exchange:estimate", can=access.POSTS, title=t("预计费用", "Estimate"))
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    """What the times in the booking form would cost, each time that they change; nothing while they are not complete."""
    resource, who = resource_of(request, pk), request.who
    form = _book_form(request, resource, request.GET)
    form.full_clean()
    terms = reads.terms_of(resource, None, who.acts_for(), reads.day_there(timezone.now(), resource))
    return render(request, "exchange/calendar.html#estimate", {"estimate": _estimate(resource, terms, form)})


def _booked(request: HttpRequest, resource: Any, form: BookForm) -> str:
    who, told, now = request.who, form.cleaned_data, timezone.now()
    wish = Booking(
        start=told["span"][0], end=told["span"][1], organisation=calendars.organisation(int(told["organisation"])), person=who.party_id,
        operator=bool(told.get("operator")), need=told.get("need"), note=told["note"], answers=form.answers,
        safety=told["safety"], hazards=told["hazards"], **sheet_of(told, by=who.urn, at=now))
    row = reservations.book(resource=resource, wish=wish, by=who.urn, at=now)
    messages.success(request, t("预约成功", "it is booked"))
    return calendars.url_of(row)


@page("exchange/<int:pk>/calendar/wait/", name="exchange:wait", can=access.POSTS, title=t("排队等候", "Wait in line"), methods=("POST",))
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand in line for a stretch of time."""
    resource, who = resource_of(request, pk), request.who
    form = WaitForm(request.POST, prefix="wait", zone=zone_of(resource.zone))
    ours = sorted(who.acts_for())
    if form.is_valid() and ours:
        try:
            place = waiting.wait(resource=resource, organisation=calendars.organisation(ours[0]), person=who.party_id,
                                 start=form.cleaned_data["span"][0], end=form.cleaned_data["span"][1],
                                 minutes=form.cleaned_data["minutes"], by=who.urn, at=timezone.now())
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("已有空位，请确认", "a slot is free already; confirm it") if place.offered_id else
                             t("已排队，有空位会通知您", "you are in line; you will be told when a slot is free"))
            return redirect("exchange:booking", pk=place.offered_id) if place.offered_id else redirect("exchange:bookings")
    elif not ours:
        form.add_error(None, str(t("您还没有可代表的单位", "you act for no organisation yet")))
    return _shown(request, resource, {"wait": form}, status=422)


@page("exchange/<int:pk>/calendar/training/", name="exchange:training", can=access.POSTS, title=t("申请培训", "Ask for training"),
      methods=("POST",))
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the host for training."""
    resource, who = resource_of(request, pk), request.who
    ours = sorted(who.acts_for())
    case = qualifications.ask_training(resource=resource, person=who.party_id, organisation=ours[0] if ours else None, by=who.urn,
                                       at=timezone.now())
    messages.success(request, t("已申请培训，进度在此跟进", "training is asked for; follow it here"))
    return redirect("desk:ask", pk=case.pk)


@page("exchange/<int:pk>/calendar/fault/", name="exchange:fault", can=access.POSTS, title=t("报告故障", "Report a fault"),
      methods=("POST",))
def fault(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a fault: the host's people, and whoever may use the resource; only the former say how long it takes."""
    resource, who = resource_of(request, pk), request.who
    if not calendars.apparatus(resource):
        raise Http404
    host = _is_host(request, resource)
    if not reads.terms_of(resource, who.party_id).may_report(exempt=host):
        raise Forbidden(_REPORTERS)
    form = FaultForm(request.POST, prefix="fault", zone=zone_of(resource.zone), host=host)
    if form.is_valid():
        try:
            faults.report(resource=resource, person=who.party_id, by=who.urn, at=timezone.now(), **form.cleaned_data)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        else:
            messages.success(request, t("故障已登记，提供方已收到通知", "the fault is on record and the host is told"))
            return redirect("exchange:calendar", pk=pk)
    return _shown(request, resource, {"fault": form}, status=422)


class WeekForm(forms.Form):
    """Which week, and what kind."""

    week = forms.DateField(label=t("周", "Week"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=t("类别", "Kind"), required=False)
    q = forms.CharField(label=t("名称", "Name"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.code, each.label) for each in listing_kinds() if each.front == "slot"]
        self.fields["kind"].choices = [("", t("全部", "all")), *kinds]


@page("exchange/calendars/", name="exchange:calendars", can=access.CALENDARS, title=t("可预约资源", "What can be booked"),
      menu=Menu(t("预约仪器与服务", "Book instruments"), "calendar", 46))
def every(request: HttpRequest) -> HttpResponse:
    """Every resource over a week: what is left of each day."""
    now = timezone.now()
    form = WeekForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = access.CALENDARS.filter(request.who, calendars.resources().filter(published_at__isnull=False))
    if chosen.get("kind"):
        rows = rows.filter(offer__kind=chosen["kind"])
    if chosen.get("q"):
        rows = rows.filter(offer__title__icontains=chosen["q"])
    found = overview.resources_of(rows)
    monday = week.monday_of(day_asked(request, "week", overview.coming(found, now)))
    query = request.GET.copy()
    return render(request, "exchange/calendars.html", {
        "form": form, "lines": overview.lines(found, monday, now, request.who.acts_for()), "monday": monday,
        "days": [monday + dt.timedelta(days=offset) for offset in range(7)], "weekdays": week.WEEKDAYS,
        "before": _other(query, monday - dt.timedelta(days=7)), "after": _other(query, monday + dt.timedelta(days=7)),
    })


def _other(query: Any, monday: dt.date) -> str:
    query["week"] = monday.isoformat()
    return f"?{query.urlencode()}"

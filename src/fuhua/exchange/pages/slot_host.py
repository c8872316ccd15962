"""The host's page of a resource: rules, hours, prices, closures, qualifications, faults, bookings and utilisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange import access
from fuhua.exchange.actions import faults, qualifications, resources
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import zone_of
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Fault, Listing, Resource
from fuhua.exchange.pages.slot_forms import plausible
from fuhua.exchange.pages.slot_host_forms import ClosureForm, HoursForm, PricesForm, QualifyForm, RepairForm, RulesForm
from fuhua.exchange.queries import calendars, overview
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import BOOKING_STATES, FEE_STATES
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t

_HOST = t("预约管理", "Manage booking")
_SHOWN = 200


def _offer(request: HttpRequest, pk: int) -> Listing:
    offer = access.OWNS.get(request.who, calendars.offers(), pk=pk)
    if listing_kinds()[offer.kind].front != "slot":
        raise Http404
    return offer


@page("exchange/<int:pk>/calendar/host/", name="exchange:host", can=access.OWNS, title=_HOST)
def host(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the host sets and sees."""
    return _shown(request, _offer(request, pk))


def _shown(request: HttpRequest, offer: Listing, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    resource, now = calendars.resource_for(offer), timezone.now()
    told = {"offer": offer, "resource": resource, "trail": [
        {"label": offer.title, "url": reverse("exchange:listing", kwargs={"pk": offer.pk})}, {"label": _HOST, "url": ""}]}
    made = {name: (wrong or {}).get(name) or form(offer, resource) for name, (form, _act, _label, _said) in VERBS.items()
            if resource is not None or name == "rules"}
    told["forms"] = [{"key": name, "form": form, "label": VERBS[name][2], "url": reverse(f"exchange:host_{name}", kwargs={"pk": offer.pk})}
                     for name, form in made.items()]
    if resource is not None:
        told |= _seen(resource, now) | {"faults": [{"it": each, "form": (wrong or {}).get(_key(each)) or _repair_form(each, resource)}
                                                   for each in calendars.open_faults(resource)]}
    return render(request, "exchange/host.html", told, status=status)


def _seen(resource: Resource, now: dt.datetime) -> dict[str, Any]:
    today = reads.day_there(now, resource)
    rows = calendars.at_host(resource)
    coming = rows.filter(end__gte=now).exclude(state="cancelled").order_by("start")[:_SHOWN]
    appeals = rows.filter(fee_state__in=("due", "appealed")).order_by("appeal_until")[:_SHOWN]
    return {
        "utilisation": overview.utilisation(calendars.resources().filter(pk=resource.pk), today - dt.timedelta(days=29), today)[0],
        "coming": [_line(row) for row in coming], "appeals": [{**_line(row), "fee": FEE_STATES[row.fee_state]} for row in appeals],
        "closures": [{"it": each, "said": reads.span_said((each.start, each.end), resource)}
                     for each in resource.closures.filter(end__gte=now).order_by("start")],
        "qualified": list(resource.qualifications.select_related("person").order_by("expires", "pk")[:_SHOWN]),
        "today": today,
    }


def _line(row: Any) -> dict[str, Any]:
    return {"it": row, "state": BOOKING_STATES[row.state], "start": reads.local(row.start, row.resource),
            "end": reads.local(row.end, row.resource), "url": calendars.url_of(row)}


def _rules_form(offer: Listing, resource: Resource | None, *data: Any) -> RulesForm:
    kind = listing_kinds()[offer.kind]
    if resource is None:  # training comes first where the offer says so
        return RulesForm(*data, prefix="rules", samples=kind.apparatus, initial={"qualify": bool(offer.spec.get(kind.trains))})
    there = {name: getattr(resource, name) for name in resources.RULES if name != "questions"}
    price = resource.operator_price
    there |= {"operator_price": f"{price // 100}.{price % 100:02}", "platform": resource.platform.urn if resource.platform else ""}
    return RulesForm(*data, prefix="rules", samples=kind.apparatus, initial=there)


def _hours_form(_offer: Listing, resource: Resource, *data: Any) -> HoursForm:
    return HoursForm(*data, prefix="hours", hours=reads.terms_of(resource).hours, booked=lambda hours: [
        reads.span_said((row.start, row.end), resource) for row in calendars.left_outside(resource, hours, timezone.now())])


def _prices_form(_offer: Listing, resource: Resource | None, *data: Any) -> PricesForm:
    there = {code: Rate(*price) for code, price in reads.terms_of(resource).prices.items()} if resource else {}
    return PricesForm(*data, prefix="prices", prices=there)


def _closure_form(_offer: Listing, resource: Resource, *data: Any) -> ClosureForm:
    return ClosureForm(*data, prefix="close", zone=zone_of(resource.zone), booked=lambda span: [
        reads.span_said((row.start, row.end), resource) for row in calendars.in_the_way(resource, span)])


def _qualify_form(_offer: Listing, _resource: Resource, *data: Any) -> QualifyForm:
    return QualifyForm(*data, prefix="qualify")


def _key(fault: Fault) -> str:
    return f"fault_{fault.pk}"


def _repair_form(fault: Fault, resource: Resource, *data: Any) -> RepairForm:
    there = {"until": reads.local(fault.until, resource).replace(tzinfo=None)}
    return RepairForm(*data, prefix=_key(fault), zone=zone_of(resource.zone), initial=there)


def _close(_offer: Listing, row: Resource, told: dict[str, Any], *, by: str, at: dt.datetime) -> Text | None:
    """Close it; what there is to say of bookings that were cancelled."""
    made = resources.close_days(resource=row, by=by, at=at, **told)
    count = calendars.cancelled_by(made, at)
    said = t("已停用，取消了 {n} 个预约并已通知", "closed; bookings cancelled, their users told: {n}")
    return said.format(n=count) if count else None


def _now(who: Any) -> dict[str, Any]:
    return {"by": who.urn, "at": timezone.now()}


VERBS: dict[str, tuple[Callable[..., forms.Form], Callable[..., Any], Text, Text]] = {
    "hours": (
        _hours_form, lambda _offer, row, told, **by: resources.set_hours(resource=row, hours=told["hours"], despite=told["despite"], **by),
        t("开放时间", "Opening hours"), t("开放时间已保存", "the hours are kept")),
    "prices": (
        _prices_form, lambda _offer, row, told, **by: resources.set_prices(resource=row, prices=told["prices"], **by),
        t("价格", "Prices"), t("价格已保存，已成立的预约不受影响", "the prices are kept; bookings made keep theirs")),
    "close": (
        _closure_form, _close, t("临时停用", "Close for a while"), t("已停用", "closed")),
    "qualify": (
        _qualify_form, lambda _offer, row, told, **by: qualifications.grant(resource=row, **told, **by),
        t("授予使用资格", "Qualify a person"), t("已授予资格", "the person is qualified")),
    "rules": (
        _rules_form, lambda offer, _row, told, **by: resources.set_up(offer=offer, **told, **by),
        t("预约规则", "Rules of booking"), t("规则已保存", "the rules are kept")),
}


def _declare(name: str) -> None:
    make, act, label, said = VERBS[name]

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        offer = _offer_of_verb(request, pk)
        resource = calendars.resource_for(offer)
        if resource is None and name != "rules":
            raise Http404
        form = make(offer, resource, request.POST)
        if form.is_valid():
            try:
                done = act(offer, resource, form.cleaned_data, **_now(request.who))
            except BadFact as wrong:
                form.add_error(None, str(wrong.text))
            else:
                messages.success(request, done if isinstance(done, Text) else said)
                return redirect("exchange:host", pk=pk)
        return _shown(request, offer, {name: form}, status=422)

    view.__name__, view.__doc__ = name, label.en
    page(f"exchange/<int:pk>/calendar/host/{name}/", name=f"exchange:host_{name}", can=access.OWNS, title=label, methods=("POST",))(view)


def _offer_of_verb(request: HttpRequest, pk: int) -> Listing:
    """The offer: hidden is 404, another's is 403."""
    offer = access.LISTINGS.get(request.who, calendars.offers(), pk=pk)
    if not access.OWNS.may(request.who, offer):
        raise Forbidden(access.OWNS.reason)
    return _offer(request, pk)


for _name in VERBS:
    _declare(_name)


def _one(request: HttpRequest, pk: int, act: Callable[[Resource], Any], said: Text) -> HttpResponse:
    """Do something to the resource of an own offer; what is wrong is told on its page."""
    resource = calendars.resource_for(_offer_of_verb(request, pk))
    if resource is None:
        raise Http404
    try:
        act(resource)
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, said)
    return redirect("exchange:host", pk=pk)


@page("exchange/<int:pk>/calendar/host/publish/", name="exchange:host_publish", can=access.OWNS, title=t("开放预约", "Open for booking"),
      methods=("POST",))
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the calendar."""
    return _one(request, pk, lambda row: resources.publish_calendar(resource=row, **_now(request.who)), t("已开放预约", "it can be booked"))


@page("exchange/<int:pk>/calendar/host/unpublish/", name="exchange:host_unpublish", can=access.OWNS,
      title=t("暂停预约", "Take no bookings"), methods=("POST",))
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more bookings."""
    return _one(request, pk, lambda row: resources.unpublish_calendar(resource=row, **_now(request.who)),
                t("已暂停，已有预约不受影响", "no more bookings are taken; those made stand"))


@page("exchange/<int:pk>/calendar/host/reopen/<int:closure>/", name="exchange:host_reopen", can=access.OWNS,
      title=t("撤销停用", "Undo a closure"), methods=("POST",))
def reopen(request: HttpRequest, pk: int, closure: int) -> HttpResponse:
    """Undo a closure."""
    return _one(request, pk, lambda row: resources.reopen_days(closure=calendars.found(row.closures, closure), **_now(request.who)),
                t("已恢复开放", "it is open again"))


@page("exchange/<int:pk>/calendar/host/confirm/<int:fault>/", name="exchange:host_confirm", can=access.OWNS,
      title=t("确认故障", "Confirm a fault"), methods=("POST",))
def confirm(request: HttpRequest, pk: int, fault: int) -> HttpResponse:
    """Confirm a fault and say by when it is mended."""
    offer = _offer_of_verb(request, pk)
    resource = calendars.resource_for(offer)
    if resource is None:
        raise Http404
    row = calendars.found(resource.faults, fault)
    form = _repair_form(row, resource, request.POST)
    if form.is_valid():
        try:
            faults.confirm(fault=row, until=form.cleaned_data["until"], **_now(request.who))
        except BadFact as wrong:
            form.add_error("until", str(wrong.text))
        else:
            messages.success(request, t("已确认，停用期间的预约会取消并通知", "confirmed; bookings while it is out of use are cancelled"))
            return redirect("exchange:host", pk=pk)
    return _shown(request, offer, {_key(row): form}, status=422)


@page("exchange/<int:pk>/calendar/host/repair/<int:fault>/", name="exchange:host_repair", can=access.OWNS,
      title=t("已修复", "Repaired"), methods=("POST",))
def repair(request: HttpRequest, pk: int, fault: int) -> HttpResponse:
    """A fault is repaired."""
    return _one(request, pk, lambda row: faults.repair(fault=calendars.found(row.faults, fault), **_now(request.who)),
                t("已恢复使用", "it works again"))


@page("exchange/<int:pk>/calendar/host/disqualify/<int:qualification>/", name="exchange:host_disqualify", can=access.OWNS,
      title=t("撤销资格", "Withdraw a qualification"), methods=("POST",))
def disqualify(request: HttpRequest, pk: int, qualification: int) -> HttpResponse:
    """Withdraw a qualification."""
    return _one(request, pk, lambda row: qualifications.withdraw(qualification=calendars.found(row.qualifications, qualification),
                                                                 **_now(request.who)), t("已撤销资格", "it is withdrawn"))


class SpanOfDays(forms.Form):
    """From which day to which."""

    first = forms.DateField(label=t("自", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=[plausible])
    last = forms.DateField(label=t("至", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=[plausible])


@page("exchange/utilisation/", name="exchange:utilisation", can=access.UTILISATION, title=t("利用率", "Utilisation"))
def utilisation(request: HttpRequest) -> HttpResponse:
    """How much every resource is used, self-use apart; numbers, never users or projects."""
    today = reads.today(timezone.now())
    form = SpanOfDays(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    last = chosen.get("last") or today
    first = chosen.get("first") or last - dt.timedelta(days=29)
    first = min(max(first, last - dt.timedelta(days=400)), last)
    rows = access.UTILISATION.filter(request.who, calendars.once_open())
    found = [each for each in overview.utilisation(rows, first, last) if each.open or each.resource.published_at]
    return render(request, "exchange/utilisation.html", {"form": form, "rows": found, "first": first, "last": last})

"""What the pages of booking read: resources with what belongs to them, and their rules in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fuhua.evidence.actions import documents, papers
from fuhua.exchange.flow import AHEAD
from fuhua.exchange.kinds.hours import WEEKDAYS, Hours, Span, said
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Closure, Fault, Feed, Listing, Reservation, Resource, Timetable, Waiting
from fuhua.exchange.queries import slots
from fuhua.exchange.words import LIVE
from fuhua.kernel.ui.formats import yuan
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.models import Party


def resources() -> QuerySet[Resource]:
    """Every resource with its offer and host, for access rules to narrow."""
    return Resource.objects.select_related("offer__party", "platform")


def once_open() -> QuerySet[Resource]:
    """Of those, the ones that can be booked or could be once."""
    return resources().filter(Exists(Timetable.objects.filter(resource=OuterRef("pk"), open=True)))


def offers() -> QuerySet[Listing]:
    """Offers, for access rules to narrow."""
    return Listing.objects.filter(side="offer").select_related("party")


def reservations() -> QuerySet[Reservation]:
    """Every booking with what it is of, for access rules to narrow."""
    return Reservation.objects.select_related("resource__offer__party", "person", "organisation", "use__deal", "need")


def resource_for(offer: Listing) -> Resource | None:
    """The resource of an offer, if it has one."""
    return resources().filter(offer=offer).first()


def hours_said(hours: tuple[Hours, ...]) -> list[tuple[Text, Text]]:
    """The weekly hours in words, days with the same hours together."""
    by_day = {number: listed(Text(said(each), said(each)) for each in sorted(hours) if each.weekday == number) for number in range(7)}
    found: list[tuple[list[int], Text]] = []
    for number, words in by_day.items():
        if words.zh and found and found[-1][1] == words and found[-1][0][-1] == number - 1:
            found[-1][0].append(number)
        elif words.zh:
            found.append(([number], words))
    return [(WEEKDAYS[days[0]] if len(days) == 1 else t("{first}至{last}", "{first} to {last}").format(
        first=WEEKDAYS[days[0]], last=WEEKDAYS[days[-1]]), words) for days, words in found]


def price_said(hour: int, least: int = 0) -> Text:
    """A price in fen an hour, and the least that a use costs, in words."""
    if not hour:
        return t("每次 {least}", "{least} a use").format(least=yuan(least)) if least else t("免费", "free of charge")
    said = t("{hour}/小时", "{hour} an hour").format(hour=yuan(hour))
    return t("{said}，每次最低 {least}", "{said}, at least {least}").format(said=said, least=yuan(least)) if least else said


def rules_said(resource: Resource) -> list[Text]:
    """The rules of booking in words, one a line; what is not limited is left out."""
    row = resource
    told = [
        (row.qualify, t("须先通过培训", "training first"), {}),
        (row.sheet, t("预约时提交样品单", "a sample sheet at booking"), {}),
        (row.safety, t("预约时确认安全要求（EHS）", "safety rules (EHS) to agree to at booking"), {}),
        (row.step > 1, t("开始和结束以 {n} 分钟为一格", "start and end on steps of {n} minutes"), {"n": row.step}),
        (row.shortest, t("每次至少 {n} 分钟", "{n} minutes at least"), {}),
        (row.longest, t("每次最多 {n} 分钟", "{n} minutes at most"), {}),
        (row.lead, t("至少提前 {n} 分钟预约", "book {n} minutes ahead"), {}),
        (row.horizon is not None, t("最多提前 {n} 天预约", "days ahead at most: {n}"), {"n": row.horizon}),
        (row.per_day, t("每人每天最多 {n} 次", "bookings a person and day: {n}"), {}),
        (row.apart, t("同一人两次之间至少隔 {n} 分钟", "{n} minutes between two bookings of a person"), {}),
        (row.ahead, t("每人今后合计最多 {n} 分钟", "{n} minutes in all ahead a person"), {}),
        (row.off_weekend, t("周末不受时长和次数限制", "on weekends length and number are free"), {}),
        (row.off_from and row.off_to, t("{a} 至 {b} 不受时长和次数限制", "from {a} to {b} length and number are free"),
         {"a": f"{row.off_from:%H:%M}" if row.off_from else "", "b": f"{row.off_to:%H:%M}" if row.off_to else ""}),
        (row.holidays, t("法定节假日停用，调休上班日按周一开放", "closed on public holidays; made-up days as on Monday"), {}),
    ]
    return [*(text.format(**{"n": value, **more}) for value, text, more in told if value), *ends_said(row)]


def ends_said(row: Resource | Reservation) -> list[Text]:
    """What cancelling and not coming cost, in words: by the rules of now, or by those that were agreed at booking."""
    told = [
        (row.cancel_percent, t("开始前 {n} 小时以上取消免费，之后取消收价格的 {p}%",
                               "free to cancel until {n} h before the start, later {p}% of the price"),
         {"n": row.cancel_hours, "p": row.cancel_percent}),
        (not row.cancel_percent, t("开始前随时可免费取消", "free to cancel until the start"), {}),
        (row.grace is not None, t("开始后 {n} 分钟未到场为爽约，{fee}", "a no-show after {n} minutes: {fee}"),
         {"n": row.grace, "fee": _share_said(row.miss_percent)}),
        (row.grace is None, t("未到场为爽约，{fee}", "a no-show: {fee}"), {"fee": _share_said(row.miss_percent)}),
    ]
    return [text.format(**more) for holds, text, more in told if holds]


def _share_said(percent: int) -> Text:
    return t("收价格的 {p}%", "{p}% of the price").format(p=percent) if percent else t("不收费", "no fee")


def organisations(ids: Collection[int]) -> list[tuple[int, str]]:
    """The organisations by id and name, by name."""
    if len(ids) == 1:
        return [(next(iter(ids)), "")]  # nothing to choose from
    return list(Party.objects.filter(pk__in=ids, merged_into=None).order_by("name").values_list("pk", "name"))


def served(who: Any, kind: str, carried: int | None) -> QuerySet[Listing]:
    """The open needs of the reader's organisations that a booking may serve: those of the kind, and the one that a link carries."""
    rows = Listing.objects.filter(Q(kind=kind) | Q(pk=carried), side="need", state__in=LIVE, party__in=who.acts_for())
    return rows.order_by("pk")


def organisation(pk: int) -> Party:
    """One organisation."""
    return Party.objects.get(pk=pk)


def open_faults(resource: Resource) -> list[Fault]:
    """Faults that nobody has repaired yet."""
    return list(resource.faults.filter(repaired_at=None).order_by("since"))


def mine(person: int, ids: Collection[int]) -> QuerySet[Reservation]:
    """Bookings of a person and of the organisations, the soonest end first."""
    return reservations().filter(Q(person=person) | Q(organisation__in=ids))


def places(person: int) -> list[Waiting]:
    """Where the person stands in line."""
    rows = Waiting.objects.filter(person=person, state="waiting").select_related("resource__offer")
    return list(rows.order_by("start"))


def at_host(resource: Resource) -> QuerySet[Reservation]:
    """Bookings of a resource for its host."""
    return reservations().filter(resource=resource)


def in_the_way(resource: Resource, span: Span) -> QuerySet[Reservation]:
    """Bookings and offers that touch the time and have not been checked in, the first first: what a closure would cancel."""
    return at_host(resource).filter(state__in=AHEAD[:2], end__gt=span[0], start__lt=span[1]).order_by("start")


def left_outside(resource: Resource, hours: tuple[Hours, ...], now: dt.datetime) -> list[Reservation]:
    """Bookings and offers to come that lie in the weekly hours of now and would not lie in ``hours``, the first first."""
    before = slots.terms_of(resource).hours

    def inside(row: Reservation, weekly: tuple[Hours, ...]) -> bool:
        spans = slots.open_spans(resource, weekly, (row.start, row.end))
        return any(first <= row.start and row.end <= last for first, last in spans)

    rows = at_host(resource).filter(state__in=AHEAD[:2], end__gt=now).order_by("start")
    return [row for row in rows if inside(row, before) and not inside(row, hours)]


def cancelled_by(closure: Closure, at: dt.datetime) -> int:
    """How many bookings the closure cancelled when it was made."""
    rows = Reservation.objects.filter(resource=closure.resource_id, because="closure", ended_at=at)
    return rows.filter(end__gt=closure.start, start__lt=closure.end).count()


def why_closed(row: Reservation) -> str:
    """The host's reason for the closure that cancelled the booking; blank when there is none or it was undone."""
    rows = Closure.objects.filter(resource=row.resource_id, end__gt=row.start, start__lt=row.booked_end).order_by("pk")
    return (rows.values_list("reason", flat=True).first() or "") if row.because == "closure" else ""


def day_of(row: Reservation) -> str:
    """The local day of a booking, for links to its week."""
    return slots.day_there(row.start, row.resource).isoformat()


def rebooked(row: Reservation) -> Reservation | None:
    """The booking that was made instead of a cancelled one."""
    return reservations().filter(instead_of=row).exclude(state="cancelled").first()


def feed_of(person: int) -> str:
    """The address of a person's calendar feed; blank without one."""
    token = Feed.objects.filter(person=person).values_list("token", flat=True).first()
    return reverse("exchange:feed", kwargs={"token": token}) if token else ""


def whose_feed(token: str) -> int | None:
    """The person whose secret address this is, while they can sign in."""
    rows = Feed.objects.filter(token=token, person__merged_into=None, person__account__is_active=True)
    return rows.values_list("person_id", flat=True).first()


def published(offer: Listing) -> bool:
    """Whether the offer has a calendar that can be booked."""
    return Resource.objects.filter(offer=offer, published_at__isnull=False).exists()


def calendar_url(resource: Resource) -> str:
    """The calendar of a resource."""
    return reverse("exchange:calendar", kwargs={"pk": resource.offer_id})


def host_url(resource: Resource) -> str:
    """Where its host manages a resource."""
    return reverse("exchange:host", kwargs={"pk": resource.offer_id})


def url_of(row: Reservation) -> str:
    """The page of a booking."""
    return reverse("exchange:booking", kwargs={"pk": row.pk})


def apparatus(resource: Resource) -> bool:
    """Whether it is a thing that samples are handed in for, that has faults, and that is handed over."""
    return listing_kinds()[resource.offer.kind].apparatus


def rules_agreed(row: Reservation) -> str:
    """The host's safety rules in the words that were agreed to; blank where there were none, or where their file was erased."""
    try:
        return papers.read(row.safety).decode() if row.safety else ""
    except documents.NoSuchDocument:
        return ""


def handed_over(row: Reservation) -> bool:
    """Whether there is a sheet on which the two hand the thing over and back."""
    return apparatus(row.resource) and row.state in ("held", "running", "used")


def found(rows: Any, pk: int) -> Any:
    """The row of those, or 404."""
    return get_object_or_404(rows, pk=pk)

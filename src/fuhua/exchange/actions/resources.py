"""Make an offer bookable: its rules, weekly hours, prices and closures, and the calendar published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import listings, reservations
from fuhua.exchange.actions.holding import BadSlot, locked
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import BadTime, Hours, checked, zone_of
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Closure, Listing, OpeningHours, Price, Resource, Timetable
from fuhua.exchange.queries import calendars, slots
from fuhua.exchange.words import USER_CLASSES
from fuhua.kernel.seen import seen
from fuhua.kernel.words import Text, listed, t

_SAFETY = 4000  # characters
RULES = ("zone", "model", "place", "holidays", "qualify", "sheet", "step", "shortest", "longest", "lead", "horizon", "per_day", "apart",
         "ahead", "off_from", "off_to", "off_weekend", "grace", "cancel_hours", "cancel_percent", "miss_percent", "offer_hours",
         "operator_price", "questions", "safety")


@transaction.atomic
def set_up(*, offer: Listing, by: str, at: dt.datetime, platform: int | None = None, source: str | None = None,
           **rules: Any) -> Resource:
    """The resource of an offer with these rules (``RULES``), made when there is none; rules that are not given stay.

    ``platform``: id of the registered platform whose use is metered. Raises :class:`BadSlot`.
    """
    if offer.side != "offer" or listing_kinds()[offer.kind].front != "slot":
        raise BadSlot(t("只有“预约”类供给才有日历", "only offers of a bookable kind have a calendar"))
    row = Resource.objects.select_for_update().filter(offer=offer).first() or Resource(offer=offer, source=source)
    if platform is not None:
        row.platform_id = platform
    for name, value in rules.items():
        if name not in RULES:
            raise TypeError(name)
        setattr(row, name, value)
    row.place, row.model = (seen(" ".join(each.split())) for each in (row.place, row.model))
    row.safety = seen(row.safety).replace("\r\n", "\n").strip()
    _check(row)
    if row.safety:  # whoever agrees to it can read later what it said
        documents.keep(row.safety.encode(), media_type="text/plain", by=by, at=at)
    row.save()
    _note(row, at)
    return row


def _note(row: Resource, at: dt.datetime) -> None:
    """From this day on it is open so; one that never could be booked has nothing to remember."""
    if row.published_at is None and not row.timetables.exists():
        return
    hours = [[each.weekday, each.opens, each.closes] for each in row.hours.order_by("weekday", "opens")]
    since = slots.day_there(at, row)
    if (last := row.timetables.order_by("since").last()) is not None:  # a change of zone leaves the days before it alone
        since = max(since, last.since, at.astimezone(zone_of(last.zone)).date())
    Timetable.objects.update_or_create(resource=row, since=since, defaults={
        "zone": row.zone, "hours": hours, "holidays": row.holidays, "open": row.published_at is not None})


def _check(row: Resource) -> None:
    try:
        zone_of(row.zone)
    except BadTime as wrong:
        raise BadSlot(wrong.text) from wrong
    if len(row.safety) > _SAFETY:
        raise BadSlot(t("安全要求最多 {n} 字，请缩短", "the safety rules have at most {n} characters; shorten them").format(n=_SAFETY))
    if row.shortest and row.longest and row.shortest > row.longest:
        raise BadSlot(t("最短时长不能超过最长时长", "the shortest booking cannot be longer than the longest"))
    if (row.off_from is None) != (row.off_to is None):
        raise BadSlot(t("免规则时段须同时填写起止", "give both the beginning and the end of the hours without rules"))
    try:
        row.full_clean(exclude=["offer", "platform", "source"], validate_unique=False)
    except ValidationError as wrong:
        raise BadSlot(t("预约规则的数值超出范围：{names}，请核对", "these rules are out of range: {names}; check them")
                      .format(names=", ".join(wrong.message_dict))) from wrong


@transaction.atomic
def set_hours(*, resource: Resource, hours: Iterable[Hours], by: str, at: dt.datetime, despite: bool = True) -> Resource:  # noqa: ARG001
    """The weekly opening hours from now on; bookings made stand. Overlapping hours raise :class:`BadSlot`.

    Without ``despite`` they change only where no booking is left outside of them.
    """
    row = locked(resource.pk)
    try:
        told = checked(hours)
    except BadTime as wrong:
        raise BadSlot(wrong.text) from wrong
    if not despite and calendars.left_outside(row, told, at):
        raise BadSlot(t("有预约不在新的开放时间内，须同意保留这些预约才能修改",
                        "bookings would lie outside of these hours; agree to keep them first"))
    row.hours.all().delete()
    OpeningHours.objects.bulk_create([OpeningHours(resource=row, weekday=each.weekday, opens=each.opens, closes=each.closes)
                                      for each in told])
    _note(row, at)
    return row


@transaction.atomic
def set_prices(*, resource: Resource, prices: Mapping[str, Rate], by: str, at: dt.datetime) -> Resource:  # noqa: ARG001
    """The price of each class of user in fen an hour; bookings made keep the price agreed. The class ``all`` is for everybody else.

    The offer names what a firm pays from now on.
    """
    row = locked(resource.pk)
    if unknown := prices.keys() - USER_CLASSES.keys():
        raise BadSlot(t("没有这类用户：{names}", "there are no such users: {names}").format(names=", ".join(sorted(unknown))))
    if any(rate.hour < 0 or rate.least < 0 for rate in prices.values()):
        raise BadSlot(t("价格不能为负数", "a price is not negative"))
    row.prices.all().delete()
    Price.objects.bulk_create([Price(resource=row, user_class=name, hour=rate.hour, least=rate.least) for name, rate in prices.items()])
    listings.price_from_calendar(listing=row.offer, at=at)
    return row


@transaction.atomic
def publish_calendar(*, resource: Resource, by: str, at: dt.datetime) -> Resource:
    """Let people book. It needs opening hours and a price; publishing again changes nothing."""
    row = locked(resource.pk)
    lacking: list[Text] = []
    if not row.hours.all():
        lacking.append(t("开放时间", "opening hours"))
    if not row.prices.exists():
        lacking.append(t("价格", "prices"))
    if lacking:
        raise BadSlot(t("还不能开放预约，请先设置：{what}", "it cannot be booked yet; first set {what}").format(what=listed(lacking)))
    if row.published_at is None:
        row.published_at = at
        row.save(update_fields=["published_at"])
        _note(row, at)
        record(facts.CalendarPublished(subject=row.offer.urn, platform=row.platform.urn if row.platform else ""), by=by, at=at,
               grade=Grade.SYSTEM, on_behalf=row.offer.party.urn)
    return row


@transaction.atomic
def unpublish_calendar(*, resource: Resource, by: str, at: dt.datetime) -> Resource:  # noqa: ARG001
    """Take no more bookings; those made stand."""
    row = locked(resource.pk)
    row.published_at = None
    row.save(update_fields=["published_at"])
    _note(row, at)
    return row


@transaction.atomic
def close_days(*, resource: Resource, start: dt.datetime, end: dt.datetime, reason: str, by: str, at: dt.datetime,
               cancel: bool = True) -> Closure:
    """Close it for a while; bookings in that time are cancelled free of charge, their users told and offered another slot.

    Without ``cancel`` it is closed only where nothing is booked.
    """
    row = locked(resource.pk)
    if end <= start or end <= at:
        raise BadSlot(t("停用须先开始后结束，且在以后", "a closure begins before it ends, and lies ahead"))
    if not reason.strip():
        raise BadSlot(t("请写明停用原因，用户会看到", "say why; users read it"))
    if not cancel and calendars.in_the_way(row, (start, end)).exists():
        raise BadSlot(t("其间有预约，须同意取消这些预约才能停用", "there are bookings in that time; agree to cancel them first"))
    start = max(start, at)  # what was open until now stays so
    if (known := row.closures.filter(start__lte=start, end=end).first()) is not None:  # sent twice
        return known
    made = Closure.objects.create(resource=row, start=start, end=end, reason=reason.strip()[:200])
    clear(row, start, end, because="closure", by=by, at=at)
    return made


@transaction.atomic
def reopen_days(*, closure: Closure, by: str, at: dt.datetime) -> None:  # noqa: ARG001
    """Undo what is left of a closure; one that is over stays on record."""
    locked(closure.resource_id)
    if closure.start < at:
        Closure.objects.filter(pk=closure.pk, end__gt=at).update(end=at)
    else:
        Closure.objects.filter(pk=closure.pk).delete()


def clear(resource: Resource, start: dt.datetime, end: dt.datetime, *, because: str, by: str, at: dt.datetime) -> int:
    """Cancel every booking that has not begun and touches the time; returns how many."""
    found = list(calendars.in_the_way(resource, (start, end)))
    for each in found:
        reservations.cancel(reservation=each, because=because, by=by, at=at)
    return len(found)

"""The line for a resource: join, leave, and what is freed is offered to the first who can use it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.exchange.actions.holding import CLOSED, UNPRICED, BadSlot, Booking, Refused, bookable, free_slot, futile, hold, locked
from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.hours import Span, within, zone_of
from fuhua.exchange.models import Reservation, Resource, Waiting
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.calendars import url_of
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party

_WORK = dt.time(9), dt.time(18)  # in Beijing on working days: when people are at work and read what they are offered
_LOOKED_AT = 50  # how many in line are looked at for one freed slot


@transaction.atomic
def wait(*, resource: Resource, organisation: Party, person: int, start: dt.datetime, end: dt.datetime, minutes: int, by: str,  # noqa: ARG001
         at: dt.datetime) -> Waiting:
    """Stand in line for ``minutes`` between ``start`` and ``end``; a slot that is free already is offered at once.

    Raises :class:`Refused` when the rules would let the person have none there, whatever others gave back.
    """
    row = locked(resource.pk)
    if not bookable(row):
        raise BadSlot(CLOSED.text)
    if end <= start or end <= at:
        raise BadSlot(t("候补的时间段须在以后，且先开始后结束", "the time waited for must lie ahead, and begin before it ends"))
    if not 1 <= minutes <= (end - start).total_seconds() / 60:
        raise BadSlot(t("候补时长须在所选时间段以内", "the length waited for must fit into the time chosen"))
    exempt, terms = organisation.pk == row.offer.party_id, reads.terms_of(row, person, (organisation.pk,), reads.day_there(at, row))
    if not terms.may_use(row, reads.day_there(start, row), exempt=exempt):
        raise BadSlot(t("排队前须先通过培训，请申请培训", "training comes before waiting; ask for training"))
    if reads.rate_of(row, terms, organisation.pk) is None:
        raise BadSlot(UNPRICED)
    if Waiting.objects.filter(resource=row, person=person, start=start, state__in=("waiting", "offered")).exists():
        raise BadSlot(t("您已在排队，无需重复", "you are in line already"))
    if row.reservations.filter(person=person, state__in=OCCUPYING, start__lte=start, end__gte=end).exists():
        raise BadSlot(t("这段时间已由您预约，无需排队", "that time is yours already; there is no need to wait"))
    if found := futile(row, terms, minutes, at, person=person, exempt=exempt, within=(max(start, at), end)):
        raise Refused(found)
    place = Waiting.objects.create(resource=row, person_id=person, organisation=organisation, start=start, end=end, minutes=minutes,
                                   since=at)
    freed(row, (start, end), at=at)
    place.refresh_from_db()
    return place


@transaction.atomic
def leave(*, place: Waiting, by: str, at: dt.datetime) -> Waiting:  # noqa: ARG001
    """Leave the line; leaving twice changes nothing."""
    row = Waiting.objects.select_for_update().get(pk=place.pk)
    if row.state == "waiting":
        row.state = "left"
        row.save(update_fields=["state"])
    return row


def freed(resource: Resource, span: Span, *, at: dt.datetime) -> int:
    """Offer what was freed to whoever waits for it, first come first served; returns how many offers were made.

    The resource is locked by the caller. An offer keeps the slot from others until it lapses.
    """
    rows = Waiting.objects.filter(resource=resource, state="waiting", start__lt=span[1], end__gt=max(span[0], at))
    made = 0
    for row in list(rows.select_related("organisation").order_by("since", "pk")[:_LOOKED_AT]):
        made += _offered(resource, row, at)
    return made


def _offered(resource: Resource, row: Waiting, at: dt.datetime) -> bool:
    window = within((row.start, row.end), (at, row.end))
    terms = reads.terms_of(resource, row.person_id, (row.organisation_id,), reads.day_there(at, resource))
    rate = reads.rate_of(resource, terms, row.organisation_id)
    if window is None or rate is None or not bookable(resource):
        return False
    exempt = row.organisation_id == resource.offer.party_id
    free = free_slot(resource, terms, row.minutes, at, person=row.person_id, exempt=exempt, within=window)
    if free is None or not terms.may_use(resource, reads.day_there(free[0], resource), exempt=exempt):
        return False
    wish = Booking(start=free[0], end=free[1], organisation=row.organisation, person=row.person_id)
    until = min(_answered_by(at, resource.offer_hours), free[0])
    row.offered = hold(resource, wish, rate, at, state="offered", offer_until=until)
    row.state = "offered"
    row.save(update_fields=["state", "offered"])
    title = t("候补到您，{until} 前确认：{title}", "your turn in line, take it by {until}: {title}").format(
        until=formats.clock(until, zone_of(resource.zone)), title=title_of(row.offered))
    notices.turn(about=row.offered.urn, title=title, url=url_of(row.offered), at=at, to=row.person_id, due=period.day(until))
    return True


def _answered_by(at: dt.datetime, hours: int) -> dt.datetime:
    """So many hours from ``at``; a time that begins or ends out of working hours, when nobody watches, lasts to the next noon at work."""
    until = at + dt.timedelta(hours=hours)
    if _at_work(at) and _at_work(until):
        return until
    day = period.day(until)
    if not period.is_working_day(day) or until > period.noon(day):
        day = period.add_working_days(day, 1)
    return period.noon(day)


def _at_work(at: dt.datetime) -> bool:
    return period.is_working_day(period.day(at)) and _WORK[0] <= at.astimezone(period.SHANGHAI).time() <= _WORK[1]


def settle_place(reservation: Reservation, state: str) -> None:
    """The offer was taken, or its place in line is given up."""
    Waiting.objects.filter(offered=reservation, state="offered").update(state=state)


def title_of(row: Reservation) -> Text:
    """What notices call a booking: the offer and when it begins there."""
    at = formats.clock(row.start, zone_of(row.resource.zone))
    return Text("{title} {at}", "{title} {at}").format(title=row.resource.offer.title, at=at)

"""The line for a resource: join, leave, and what is freed is offered to the first who can use it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.exchange.actions.holding import CLOSED, BadSlot, Booking, bookable, free_slot, hold, locked
from fuhua.exchange.kinds.hours import Span, within
from fuhua.exchange.models import Reservation, Resource, Waiting
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.calendars import url_of
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party

_LOOKED_AT = 50  # how many in line are looked at for one freed slot


@transaction.atomic
def wait(*, resource: Resource, organisation: Party, person: int, start: dt.datetime, end: dt.datetime, minutes: int, by: str,  # noqa: ARG001
         at: dt.datetime) -> Waiting:
    """Stand in line for ``minutes`` between ``start`` and ``end``; a slot that is free already is offered at once."""
    row = locked(resource.pk)
    if not bookable(row):
        raise BadSlot(CLOSED.text)
    if end <= start or end <= at:
        raise BadSlot(t("候补的时间段须在以后，且先开始后结束", "the time waited for lies ahead, and begins before it ends"))
    if not 1 <= minutes <= (end - start).total_seconds() / 60:
        raise BadSlot(t("候补时长须在所选时间段以内", "the length waited for fits into the time chosen"))
    if not reads.terms_of(row, person).may_use(row, reads.day_there(start, row), exempt=organisation.pk == row.offer.party_id):
        raise BadSlot(t("排队前须先通过培训，请申请培训", "training comes before waiting; ask for training"))
    if Waiting.objects.filter(resource=row, person=person, start=start, state__in=("waiting", "offered")).exists():
        raise BadSlot(t("您已在排队，无需重复", "you are in line already"))
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
    until = min(at + dt.timedelta(hours=resource.offer_hours), free[0])
    row.offered = hold(resource, wish, rate, at, state="offered", offer_until=until)
    row.state = "offered"
    row.save(update_fields=["state", "offered"])
    notices.turn(about=row.offered.urn, title=title_of(row.offered), url=url_of(row.offered), at=at, to=row.person_id,
                 due=period.day(until))
    return True


def settle_place(reservation: Reservation, state: str) -> None:
    """The offer was taken, or its place in line is given up."""
    Waiting.objects.filter(offered=reservation, state="offered").update(state=state)


def title_of(row: Reservation) -> str:
    """What notices call a booking: the offer and when it begins there."""
    return f"{row.resource.offer.title} {reads.local(row.start, row.resource):%m-%d %H:%M}"

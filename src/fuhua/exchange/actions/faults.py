"""Faults: reported by a user or the host, bookings in the outage cancelled and another slot offered, repaired."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import waiting
from fuhua.exchange.actions.holding import BadSlot, free_slot, locked
from fuhua.exchange.actions.resources import clear
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.kinds.hours import Span
from fuhua.exchange.models import Fault, Reservation, Resource
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.calendars import calendar_url
from fuhua.kernel import chores
from fuhua.kernel.words import t

_LONGER = dt.timedelta(days=1)  # by so much an outage grows that nobody ended


@transaction.atomic
def report(*, resource: Resource, person: int, text: str, stops: bool, until: dt.datetime, by: str, at: dt.datetime) -> Fault:
    """Something is wrong, expected to be mended by ``until``; when it ``stops`` the resource, bookings until then are cancelled."""
    row = locked(resource.pk)
    if not text.strip():
        raise BadSlot(t("请说明故障现象", "say what is wrong"))
    if until <= at:
        raise BadSlot(t("预计修复时间须在以后", "the expected repair lies ahead"))
    made = Fault.objects.create(resource=row, person_id=person, text=text.strip()[:1000], stops=stops, since=at, until=until)
    record(facts.FaultReported(subject=row.offer.urn, stops=stops, until=reads.day_there(until, row)), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=row.offer.party.urn)
    if stops:
        clear(row, at, until, because="fault", by=by, at=at)
    notices.turn(about=row.offer.urn, title=row.offer.title, url=calendar_url(row), at=at, to=row.offer.owner_id or row.offer.party_id)
    return made


@transaction.atomic
def repair(*, fault: Fault, by: str, at: dt.datetime) -> Fault:
    """It works again: the rest of the outage can be booked, and is offered to whoever waits."""
    resource = locked(fault.resource_id)
    row = Fault.objects.select_for_update().get(pk=fault.pk)
    if row.repaired_at is not None:
        return row
    row.repaired_at = at
    row.save(update_fields=["repaired_at"])
    record(facts.FaultRepaired(subject=resource.offer.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=resource.offer.party.urn)
    notices.settle(about=resource.offer.urn, at=at)
    if row.stops:
        waiting.freed(resource, (at, row.until), at=at)
    return row


def lengthen(*, by: str, at: dt.datetime) -> int:
    """Outages that nobody ended by the expected time last a day longer (safe to repeat); returns how many."""
    rows = Fault.objects.filter(stops=True, repaired_at=None, until__lte=at).order_by("pk")
    return chores.each(list(rows), lambda row: _lengthen(row, by=by, at=at))


@transaction.atomic
def _lengthen(fault: Fault, *, by: str, at: dt.datetime) -> bool:
    resource = locked(fault.resource_id)
    row = Fault.objects.select_for_update().get(pk=fault.pk)
    if row.repaired_at is not None or row.until > at:
        return False
    before, row.until = row.until, at + _LONGER
    row.save(update_fields=["until"])
    clear(resource, before, row.until, because="fault", by=by, at=at)
    notices.turn(about=resource.offer.urn, title=resource.offer.title, url=calendar_url(resource), at=at,
                 to=resource.offer.owner_id or resource.offer.party_id)
    return True


def instead(row: Reservation, at: dt.datetime) -> list[tuple[Resource, Span]]:
    """Where a cancelled booking could go: the first free slot of the same length here and on sisters, the soonest first."""
    length = int((row.booked_end - row.start).total_seconds()) // 60
    found = []
    for resource in (row.resource, *reads.sisters(row.resource)):
        exempt, terms = row.organisation_id == resource.offer.party_id, reads.terms_of(resource, row.person_id)
        if resource.published_at is None or not terms.may_use(resource, reads.day_there(at, resource), exempt=exempt):
            continue
        free = free_slot(resource, terms, length, at, person=row.person_id, exempt=exempt, after=max(row.start, at))
        if free is not None:
            found.append((resource, free))
    return sorted(found, key=lambda each: each[1])

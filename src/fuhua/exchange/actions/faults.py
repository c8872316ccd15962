"""Faults: reported by a user or the host, confirmed by the host, bookings in the outage cancelled and another slot offered, repaired."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import waiting
from fuhua.exchange.actions.holding import BadSlot, free_slot, locked
from fuhua.exchange.actions.resources import clear
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.kinds.hours import Span, day_of, minutes, zone_of
from fuhua.exchange.models import Fault, Reservation, Resource
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.calendars import host_url
from fuhua.kernel import chores, period
from fuhua.kernel.words import t

_LONGER = dt.timedelta(days=1)  # by so much an outage grows that nobody ended


@transaction.atomic
def report(*, resource: Resource, person: int, text: str, stops: bool, by: str, at: dt.datetime, until: dt.datetime | None = None) -> Fault:
    """Something is wrong, expected to be mended by ``until``; when it ``stops`` the resource, bookings until then are cancelled.

    Only the host's own people say ``until``. Without it the resource stops for what cannot wait for the host's word: the rest of the day
    and the next working day.
    """
    row = locked(resource.pk)
    if not text.strip():
        raise BadSlot(t("请说明故障现象", "say what is wrong"))
    if until is None and stops and row.faults.filter(stops=True, confirmed=False, repaired_at=None, until__gt=at).exists():
        raise BadSlot(t("已有停用报告在等提供方确认；如是另一故障，请不勾选“已不能使用”再报告",
                        "the host has yet to confirm an earlier report; report another fault without ticking that it cannot be used"))
    made = Fault.objects.create(resource=row, person_id=person, text=text.strip()[:1000], stops=stops, since=at,
                                until=_ahead(until, at) if until else _soon(row, at), confirmed=until is not None)
    _tell(made, row, by=by, at=at)
    if stops:
        clear(row, at, made.until, because="fault", by=by, at=at)
    _turn(made, row, at)
    return made


@transaction.atomic
def confirm(*, fault: Fault, until: dt.datetime, by: str, at: dt.datetime) -> Fault:
    """The host confirms the fault and says by when it is mended: bookings until then are cancelled, what comes free is offered."""
    resource = locked(fault.resource_id)
    row = Fault.objects.select_for_update().get(pk=fault.pk)
    if row.repaired_at is not None:
        raise BadSlot(t("故障已修复，无需再确认", "it is repaired already; there is nothing to confirm"))
    before, row.until, row.confirmed = row.until, _ahead(until, at), True
    row.save(update_fields=["until", "confirmed"])
    _tell(row, resource, by=by, at=at)
    _next_turn(resource, at)
    if row.stops:
        clear(resource, at, until, because="fault", by=by, at=at)
        waiting.freed(resource, (until, max(before, until)), at=at)
    return row


def _ahead(until: dt.datetime, at: dt.datetime) -> dt.datetime:
    if until <= at:
        raise BadSlot(t("预计修复时间须在以后", "the expected repair lies ahead"))
    return until


def _soon(resource: Resource, at: dt.datetime) -> dt.datetime:
    """The end of the next working day where the resource is."""
    return day_of(period.add_working_days(reads.day_there(at, resource), 1), zone_of(resource.zone))[1]


def _tell(row: Fault, resource: Resource, *, by: str, at: dt.datetime) -> None:
    record(facts.FaultReported(subject=resource.offer.urn, stops=row.stops, until=reads.day_there(row.until, resource)), by=by, at=at,
           grade=Grade.SYSTEM, on_behalf=resource.offer.party.urn)


def _turn(row: Fault, resource: Resource, at: dt.datetime) -> None:
    """It is the host's turn: to repair it, and first to confirm what a user reported."""
    title = resource.offer.title
    said = title if row.confirmed else t("故障待确认：{title}", "a fault to confirm: {title}").format(title=title)
    notices.turn(about=resource.offer.urn, title=said, url=host_url(resource), at=at, to=resource.offer.owner_id or resource.offer.party_id)


def _next_turn(resource: Resource, at: dt.datetime) -> None:
    """The host's turn goes on to what is left to confirm, then to what is left to repair."""
    row = resource.faults.filter(repaired_at=None).order_by("confirmed", "pk").first()
    if row is None:
        notices.settle(about=resource.offer.urn, at=at, kinds=(NoticeKind.TURN,))
    else:
        _turn(row, resource, at)


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
    _next_turn(resource, at)
    if row.stops:
        waiting.freed(resource, (at, row.until), at=at)
    return row


def lengthen(*, by: str, at: dt.datetime) -> int:
    """Outages of the host that nobody ended by the expected time last a day longer (safe to repeat); returns how many."""
    rows = Fault.objects.filter(stops=True, confirmed=True, repaired_at=None, until__lte=at).order_by("pk")
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
    _turn(row, resource, at)
    return True


def instead(row: Reservation, at: dt.datetime) -> list[tuple[Resource, Span]]:
    """Where a cancelled booking could go: the first free slot of the same length here and on sisters, the soonest first."""
    length = minutes((row.start, row.end))
    found = []
    for resource in (row.resource, *reads.sisters(row.resource)):
        exempt, terms = row.organisation_id == resource.offer.party_id, reads.terms_of(resource, row.person_id)
        if resource.published_at is None or not terms.may_use(resource, reads.day_there(at, resource), exempt=exempt):
            continue
        free = free_slot(resource, terms, length, at, person=row.person_id, exempt=exempt, after=max(row.start, at))
        if free is not None:
            found.append((resource, free))
    return sorted(found, key=lambda each: each[1])

"""The week of a resource as it is drawn: blocks of free, taken and closed time, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from fuhua.exchange.kinds.hours import WEEKDAYS, Hours, Span, day_of, joined, less, within, zone_of
from fuhua.exchange.models import Resource
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import BLOCKS
from fuhua.kernel import period
from fuhua.kernel.words import Text

_UNIT = 15  # minutes of the smallest height a block is drawn with


@dataclass(frozen=True)
class Block:
    """A stretch of one day: ``state`` is free, past, soon or later than may be booked, closed, gap (not open), busy or mine.

    ``booking`` and ``name`` are there where the reader may know them; ``units`` is the height in quarters of an hour.
    """

    start: dt.datetime
    end: dt.datetime
    state: str
    booking: int | None = None
    name: str = ""
    units: int = 0

    @property
    def hours(self) -> str:
        """``09:00–12:30`` on the wall of the resource."""
        end = f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}–{'24:00' if end == '00:00' else end}"

    @property
    def looks(self) -> str:
        """The classes that give colour and height: the state, whole hours and quarters."""
        return f"is-{self.state} hours-{self.units // 4} quarters-{self.units % 4}"

    @property
    def begin(self) -> str:
        """The start of free time as the address of a calendar fills it in; nothing of other time."""
        return f"{self.start:%Y-%m-%dT%H:%M}" if self.state == "free" else ""

    @property
    def url(self) -> str:
        """The booking, for who may know it."""
        return reverse("exchange:booking", kwargs={"pk": self.booking}) if self.booking else ""

    @property
    def said(self) -> str:
        """The hours, and whose or what it is; nothing of a gap."""
        if self.state == "gap":
            return ""
        return f"{self.hours} {self.name if self.name and self.state != 'mine' else BLOCKS[self.state]}"


@dataclass(frozen=True)
class Day:
    """One day of the week with its blocks in order, from the first hour shown to the last without a hole."""

    on: dt.date
    weekday: Text
    blocks: tuple[Block, ...]
    today: bool

    @property
    def open(self) -> bool:
        """Whether there is anything but closed time."""
        return any(block.state != "gap" for block in self.blocks)

    @property
    def over(self) -> bool:
        """Whether all of it lies behind."""
        return self.open and all(block.state in ("gap", "past") for block in self.blocks)


@dataclass(frozen=True)
class Week:
    """Seven days of a resource, and the full hours (``09:00``) at their side."""

    monday: dt.date
    days: tuple[Day, ...]
    hours: tuple[str, ...]

    def first_free(self, minutes: int) -> dt.datetime | None:
        """Where the first free stretch of so many minutes begins."""
        wanted = dt.timedelta(minutes=minutes)
        return next((block.start for day in self.days for block in day.blocks
                     if block.state == "free" and block.end - block.start >= wanted), None)


def monday_of(on: dt.date) -> dt.date:
    """The Monday of that day's week."""
    return on - dt.timedelta(days=on.weekday())


def bounds_of(monday: dt.date, zone: ZoneInfo) -> Span:
    """The seven days from a Monday on."""
    return day_of(monday, zone)[0], day_of(monday + dt.timedelta(days=6), zone)[1]


def coming(resources: Sequence[tuple[Resource, tuple[Hours, ...]]], now: dt.datetime, *, working: bool = False) -> dt.date:
    """The Monday of this week while any of the resources (each with its hours) still opens in it, else of the next; no reads.

    ``working``: only working days count.
    """
    monday = monday_of(reads.today(now))
    week = [monday + dt.timedelta(days=offset) for offset in range(7)]
    days = [on for on in week if period.is_working_day(on)] if working else week

    def opens(resource: Resource, hours: tuple[Hours, ...]) -> bool:
        zone = zone_of(resource.zone)
        left = [part for day in days if (part := within(day_of(day, zone), (now, bounds_of(monday, zone)[1])))]
        return any(within(each, part) for each in reads.open_spans(resource, hours, bounds_of(monday, zone)) for part in left)

    if not resources or any(opens(*each) for each in resources):
        return monday
    return monday_of(period.add_working_days(week[-1], 1)) if working else monday + dt.timedelta(days=7)


@dataclass(frozen=True)
class Reader:
    """Who reads: their own bookings are marked (``person``, ``organisations``), and a ``host`` sees who comes."""

    person: int | None = None
    organisations: frozenset[int] = frozenset()
    host: bool = False


def booked(around: reads.Around, reader: Reader) -> list[Block]:
    """The taken time as the reader may know it, in UTC."""
    return [_taken(row, reader) for row in around.taken]


def _taken(row: reads.Taken, reader: Reader) -> Block:
    mine = reader.person is not None and (row.person == reader.person or row.organisation in reader.organisations)
    known = mine or reader.host
    return Block(row.start, row.end, "mine" if mine else "busy", row.pk if known else None, row.name if known else "")


def week_of(resource: Resource, terms: reads.Terms, around: reads.Around, monday: dt.date, reader: Reader, now: dt.datetime) -> Week:
    """The week from ``monday`` on, on the wall of the resource's time zone."""
    zone = zone_of(resource.zone)
    bounds = bounds_of(monday, zone)
    taken = booked(around, reader)
    free = less(reads.open_spans(resource, terms.hours, bounds), [*around.closed, *((each.start, each.end) for each in taken)])
    edges = reads.bookable(resource, now, exempt=reader.host)
    found = [sorted(_of_day(day_of(monday + dt.timedelta(days=offset), zone), zone, free, joined(around.closed), taken, (now, *edges)),
                    key=lambda each: each.start) for offset in range(7)]
    first, last = _shown([block for blocks in found for block in blocks])
    today = now.astimezone(zone).date()
    days = []
    for offset, blocks in enumerate(found):
        on = monday + dt.timedelta(days=offset)
        days.append(Day(on, WEEKDAYS[offset], tuple(_filled(on, zone, blocks, first, last)), on == today))
    return Week(monday, tuple(days), tuple(f"{hour:02}:00" for hour in range(first, last)))


def _of_day(day: Span, zone: ZoneInfo, free: list[Span], closed: list[Span], taken: list[Block],
            edges: tuple[dt.datetime, ...]) -> Iterator[Block]:
    """The blocks of a day; ``edges`` are now, and the first and last moment at which a slot may begin."""
    def there(span: Span, *more: Any) -> Block:
        return Block(span[0].astimezone(zone), span[1].astimezone(zone), *more)

    for span in free:
        if (part := within(span, day)) is None:
            continue
        for state, *bounds in zip(("past", "soon", "free", "later"), (day[0], *edges), (*edges, day[1]), strict=True):
            if some := within(part, (bounds[0], bounds[1])):
                yield there(some, state)
    for span in closed:
        if part := within(span, day):
            yield there(part, "closed")
    for each in taken:
        if part := within((each.start, each.end), day):
            yield there(part, each.state, each.booking, each.name)


def _shown(blocks: list[Block]) -> tuple[int, int]:
    """The hours between which anything happens in the week; none of a week in which it is never open."""
    if not blocks:
        return 0, 0
    ends = [block.end.hour + (block.end.minute > 0) if block.end.date() == block.start.date() else 24 for block in blocks]
    return min(block.start.hour for block in blocks), max(ends)


def _filled(on: dt.date, zone: ZoneInfo, blocks: list[Block], first: int, last: int) -> Iterator[Block]:
    """The blocks with their heights, and what lies between them as gaps."""
    at = first * 60
    for block in blocks:
        start, end = (max(_minute(on, each), at) for each in (block.start, block.end))
        yield from _gap(on, zone, at, start)
        if end > start:
            yield replace(block, units=max(_units(end) - _units(start), 1))
            at = end
    yield from _gap(on, zone, at, last * 60)


def _gap(on: dt.date, zone: ZoneInfo, start: int, end: int) -> Iterator[Block]:
    if end > start:
        midnight = dt.datetime.combine(on, dt.time(), zone)
        yield Block(midnight + dt.timedelta(minutes=start), midnight + dt.timedelta(minutes=end), "gap", units=_units(end) - _units(start))


def _units(minute: int) -> int:
    return (minute + _UNIT // 2) // _UNIT


def _minute(on: dt.date, at: dt.datetime) -> int:
    """Minutes from midnight of ``on`` by the wall clock (1440 at its end)."""
    return (at.date() - on).days * 1440 + at.hour * 60 + at.minute

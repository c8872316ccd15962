"""The week of a resource as it is drawn: blocks of free, taken and closed time day by day, and the grid they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.hours import WEEKDAYS, Span, day_of, joined, less, within, zone_of
from fuhua.exchange.models import Reservation, Resource
from fuhua.exchange.queries import slots as reads
from fuhua.kernel.words import Text

_ROW = 30  # minutes of one row of the grid


@dataclass(frozen=True)
class Block:
    """A stretch of one day: ``state`` is free, past, closed, busy or mine; ``booking`` and ``name`` where the reader may know them."""

    start: dt.datetime
    end: dt.datetime
    state: str
    booking: int | None = None
    name: str = ""

    @property
    def hours(self) -> str:
        """``09:00–12:30`` on the wall of the resource."""
        end = f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}–{'24:00' if end == '00:00' else end}"


@dataclass(frozen=True)
class Day:
    """One day of the week with its blocks in order."""

    on: dt.date
    weekday: Text
    blocks: tuple[Block, ...]
    today: bool


@dataclass(frozen=True)
class Cell:
    """A cell of the grid that spans ``rows`` rows, with the blocks that lie in it."""

    rows: int
    blocks: tuple[Block, ...]

    @property
    def state(self) -> str:
        """How the cell is coloured: as its one block, or mixed."""
        states = {block.state for block in self.blocks}
        return "closed" if not states else states.pop() if len(states) == 1 else "mixed"


@dataclass(frozen=True)
class Row:
    """A row of the grid: the time at its head (on the hour) and the cells that begin in it, one day after the other."""

    at: str
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    """Seven days of a resource."""

    monday: dt.date
    days: tuple[Day, ...]
    rows: tuple[Row, ...]


def monday_of(on: dt.date) -> dt.date:
    """The Monday of that day's week."""
    return on - dt.timedelta(days=on.weekday())


def bounds_of(monday: dt.date, zone: ZoneInfo) -> Span:
    """The seven days from a Monday on."""
    return day_of(monday, zone)[0], day_of(monday + dt.timedelta(days=6), zone)[1]


@dataclass(frozen=True)
class Reader:
    """Who reads: their own bookings are marked (``person``, ``organisations``), and a ``host`` sees who comes."""

    person: int | None = None
    organisations: frozenset[int] = frozenset()
    host: bool = False


def booked(resource: Resource, bounds: Span, reader: Reader) -> list[Block]:
    """The taken time within ``bounds`` as the reader may know it, in UTC."""
    rows = Reservation.objects.filter(resource=resource, state__in=OCCUPYING, end__gt=bounds[0], start__lt=bounds[1]).order_by("start")
    return [_taken(row, reader) for row in rows.values_list("pk", "start", "end", "person_id", "organisation_id", "organisation__name")]


def _taken(row: tuple[int, dt.datetime, dt.datetime, int, int, str], reader: Reader) -> Block:
    pk, start, end, person, organisation, name = row
    mine = reader.person is not None and (person == reader.person or organisation in reader.organisations)
    known = mine or reader.host
    return Block(start, end, "mine" if mine else "busy", pk if known else None, name if known else "")


def week_of(resource: Resource, monday: dt.date, reader: Reader, now: dt.datetime) -> Week:
    """The week from ``monday`` on, on the wall of the resource's time zone."""
    zone = zone_of(resource.zone)
    bounds = bounds_of(monday, zone)
    closed = joined(reads.closed_spans([resource.pk], bounds).get(resource.pk, ()))
    taken = booked(resource, bounds, reader)
    free = less(reads.open_spans(resource, bounds), [*closed, *((each.start, each.end) for each in taken)])
    today = now.astimezone(zone).date()
    days = []
    for offset in range(7):
        on = monday + dt.timedelta(days=offset)
        blocks = sorted(_of_day(day_of(on, zone), zone, free, closed, taken, now), key=lambda each: each.start)
        days.append(Day(on, WEEKDAYS[offset], tuple(blocks), on == today))
    return Week(monday, tuple(days), tuple(_grid(days)))


def _of_day(day: Span, zone: ZoneInfo, free: list[Span], closed: list[Span], taken: list[Block], now: dt.datetime) -> Iterator[Block]:
    for span in free:
        if (part := within(span, day)) is None:
            continue
        if past := within(part, (day[0], now)):
            yield Block(past[0].astimezone(zone), past[1].astimezone(zone), "past")
        if ahead := within(part, (now, day[1])):
            yield Block(ahead[0].astimezone(zone), ahead[1].astimezone(zone), "free")
    for span in closed:
        if part := within(span, day):
            yield Block(part[0].astimezone(zone), part[1].astimezone(zone), "closed")
    for each in taken:
        if part := within((each.start, each.end), day):
            yield Block(part[0].astimezone(zone), part[1].astimezone(zone), each.state, each.booking, each.name)


def _grid(days: list[Day]) -> Iterator[Row]:
    """Rows of half an hour from the first block of the week to the last; equal neighbours of a day become one cell."""
    blocks = [(day.on, block) for day in days for block in day.blocks]
    if not blocks:
        return
    first = min(_minute(on, block.start) for on, block in blocks) // 60 * 60
    last = max(_minute(on, block.end) for on, block in blocks)
    count = -(-(last - first) // _ROW)
    rows = [Row(_label(first + index * _ROW)) for index in range(count)]
    for day in days:
        _column(day, first, rows)
    yield from rows


def _column(day: Day, first: int, rows: list[Row]) -> None:
    lying: list[tuple[Block, ...]] = [()] * len(rows)
    for block in day.blocks:
        start, end = _minute(day.on, block.start) - first, _minute(day.on, block.end) - first
        for index in range(start // _ROW, -(-end // _ROW)):
            lying[index] = (*lying[index], block)
    begin = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or lying[index] != lying[begin]:
            rows[begin].cells.append(Cell(index - begin, lying[begin]))
            begin = index


def _minute(on: dt.date, at: dt.datetime) -> int:
    """Minutes from midnight of ``on`` by the wall clock (1440 at its end)."""
    return (at.date() - on).days * 1440 + at.hour * 60 + at.minute


def _label(minute: int) -> str:
    return "" if minute % 60 else f"{minute // 60:02}:00"

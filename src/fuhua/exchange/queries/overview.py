"""All bookable resources over a week in a few reads: free time day by day, and how much they are used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from django.db.models import Count, Q, QuerySet, Sum

from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.hours import Hours, Span, day_of, joined, laid, less, minutes, within, zone_of
from fuhua.exchange.models import Reservation, Resource, Timetable, Use
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries import week
from fuhua.exchange.queries.calendars import calendar_url
from fuhua.exchange.queries.week import bounds_of
from fuhua.exchange.words import BLOCKS
from fuhua.kernel.ui.formats import grouped
from fuhua.kernel.words import Text, t

_FULL = t("已满", "full")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class FreeDay:
    """What is left of a resource on a day: ``free`` and ``open`` minutes, and when the first free stretch begins (``09:00``).

    ``out``: why nothing of what is left may be booked (soon or later, as in ``BLOCKS``); blank otherwise.
    """

    label: str
    free: int
    open: int
    first: str
    over: bool
    out: str = ""

    @property
    def said(self) -> Text | str:
        """Why the day cannot be booked; blank when it can, or is closed."""
        return "" if self.state == "closed" or self.free else BLOCKS.get(self.out, _FULL)

    @property
    def hours(self) -> str:
        """Free hours as people write them: 6.5."""
        return grouped(Fraction(self.free, 60), 1)

    @property
    def state(self) -> str:
        """closed (or over), soon or later than may be booked, full, some or free."""
        if not self.open or self.over:
            return "closed"
        return self.out or "full" if not self.free else "free" if self.free * 2 >= self.open else "some"


@dataclass(frozen=True)
class Line:
    """A resource with its seven days."""

    resource: Resource
    days: tuple[FreeDay, ...]
    url: str

    @property
    def shut(self) -> bool:
        """Whether nothing of the week is open to book, or all of it is over."""
        return all(day.state in ("closed", "soon", "later") for day in self.days)


def resources_of(rows: QuerySet[Resource]) -> list[Resource]:
    """The resources with host and hours, by title: two reads however many there are."""
    return list(rows.select_related("offer__party").prefetch_related("hours").order_by("offer__title", "pk"))


def coming(resources: list[Resource], now: dt.datetime) -> dt.date:
    """The Monday of the week in which any of them opens next on a working day."""
    return week.coming([(each, hours_of(each)) for each in resources], now, working=True)


def lines(resources: list[Resource], monday: dt.date, now: dt.datetime, ours: Collection[int] = ()) -> list[Line]:
    """The week from ``monday`` of every resource, as whoever acts for ``ours`` may book it: three reads however many there are."""
    wide = (dt.timedelta(days=1), dt.timedelta(days=8))
    around = (day_of(monday, zone_of("UTC"))[0] - wide[0], day_of(monday, zone_of("UTC"))[0] + wide[1])
    ids = [each.pk for each in resources]
    closed, taken = reads.closed_spans(ids, around), taken_spans(ids, around)
    return [_line(each, monday, (now, *reads.bookable(each, now, exempt=each.offer.party_id in ours)),
                  closed.get(each.pk, []) + taken.get(each.pk, [])) for each in resources]


def taken_spans(resource_ids: list[int], bounds: Span) -> dict[int, list[Span]]:
    """Time that is held, by resource."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Reservation.objects.filter(resource__in=resource_ids, state__in=OCCUPYING, end__gt=bounds[0], start__lt=bounds[1])
    for pk, start, end in rows.values_list("resource_id", "start", "end"):
        found[pk].append((start, end))
    return found


def _line(resource: Resource, monday: dt.date, edges: tuple[dt.datetime, ...], gone: list[Span]) -> Line:
    """``edges``: now, and the first and last moment at which a slot may begin."""
    zone = zone_of(resource.zone)
    bounds = bounds_of(monday, zone)
    opened = reads.open_spans(resource, hours_of(resource), bounds)
    free, now, may = less(opened, gone), edges[0], (edges[1], edges[2])
    days = []
    for offset in range(7):
        on = monday + dt.timedelta(days=offset)
        day = day_of(on, zone)
        ahead = [part for span in free if (part := within(span, (max(day[0], now), day[1])))]
        left = [part for span in ahead if (part := within(span, may))]
        first = f"{left[0][0].astimezone(zone):%H:%M}" if left else ""
        out = "" if left or not ahead else "later" if ahead[-1][1] > may[1] else "soon"
        days.append(FreeDay(f"{on:%m-%d}", sum(map(minutes, left)), _total(opened, day), first, day[1] <= now, out))
    return Line(resource, tuple(days), f"{calendar_url(resource)}?week={monday}")


def hours_of(resource: Resource) -> tuple[Hours, ...]:
    """Its weekly hours, as :func:`resources_of` read them."""
    return tuple(Hours(each.weekday, each.opens, each.closes) for each in resource.hours.all())


def _total(spans: list[Span], bounds: Span) -> int:
    return sum(minutes(part) for span in spans if (part := within(span, bounds)))


@dataclass(frozen=True)
class Usage:
    """Minutes within a time: ``open``, ``used`` by others, ``own`` use by the host and those tied to it."""

    open: int
    used: int
    own: int

    @property
    def share(self) -> Fraction | None:
        """Used by others of what was open; None when it was never open."""
        return Fraction(self.used, self.open) if self.open else None

    @property
    def open_hours(self) -> Fraction:
        """Hours open."""
        return Fraction(self.open, 60)

    @property
    def used_hours(self) -> Fraction:
        """Hours used by others."""
        return Fraction(self.used, 60)

    @property
    def own_hours(self) -> Fraction:
        """Hours of own and affiliated use."""
        return Fraction(self.own, 60)


@dataclass(frozen=True)
class Utilisation(Usage):
    """How a resource was used. ``users``: how many unaffiliated organisations used it. ``missed``: slots to which nobody came."""

    resource: Resource
    users: int
    missed: int


def utilisation(rows: QuerySet[Resource], first: dt.date, last: dt.date) -> list[Utilisation]:
    """Every resource from ``first`` to ``last`` (both included), by the days on which slots began; open as it was on each day."""
    resources = resources_of(rows)
    ids = [each.pk for each in resources]
    around = (day_of(first, zone_of("Asia/Shanghai"))[0], day_of(last, zone_of("Asia/Shanghai"))[1])
    closed, tables = reads.closed_spans(ids, around), defaultdict(list)
    for table in Timetable.objects.filter(resource__in=ids).order_by("since"):
        tables[table.resource_id].append(table)
    uses = Use.objects.filter(reservation__resource__in=ids, reservation__start__gte=around[0], reservation__start__lt=around[1])
    used = {row["reservation__resource"]: row for row in uses.values("reservation__resource").annotate(
        others=Sum("minutes", filter=Q(affiliated=False)), own=Sum("minutes", filter=Q(affiliated=True)),
        users=Count("reservation__organisation", filter=Q(affiliated=False), distinct=True))}
    missed = dict(Reservation.objects.filter(resource__in=ids, state="no_show", start__gte=around[0], start__lt=around[1])
                  .values_list("resource").annotate(Count("pk")))
    found = []
    for each in resources:
        row = used.get(each.pk, {})
        opened = less(_opened(tables[each.pk], around), joined(closed.get(each.pk, ())))
        others, own = row.get("others") or 0, row.get("own") or 0
        total = max(_total(opened, around), others + own)  # when it was used it was open, whatever its hours say
        found.append(Utilisation(total, others, own, each, row.get("users") or 0, missed.get(each.pk, 0)))
    return found


def _opened(tables: Sequence[Timetable], around: Span) -> list[Span]:
    """When it could be booked within ``around``, each day by the timetable of that day."""
    found: list[Span] = []
    for table, after in zip_longest(tables, tables[1:]):
        zone = zone_of(table.zone)
        part = within(around, (day_of(table.since, zone)[0], day_of(after.since, zone_of(after.zone))[0] if after else around[1]))
        if part and table.open:
            first, last = (each.astimezone(zone).date() for each in part)
            spans = laid([Hours(*each) for each in table.hours], first - _DAY, last + _DAY, zone, holidays=table.holidays)
            found += [piece for span in spans if (piece := within(span, part))]
    return found


def by_kind(rows: Iterable[Utilisation]) -> dict[str, Usage]:
    """Everything added up by kind of offer."""
    found: dict[str, list[Utilisation]] = defaultdict(list)
    for each in rows:
        found[each.resource.offer.kind].append(each)
    return {kind: whole(found[kind]) for kind in sorted(found)}


def whole(rows: Iterable[Usage]) -> Usage:
    """Everything added up."""
    parts = list(rows)
    return Usage(*(sum(getattr(each, name) for each in parts) for name in ("open", "used", "own")))

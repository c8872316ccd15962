"""Opening hours as spans of time: weekly hours laid onto days of a time zone, joined, and lessened by what is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t

MIDNIGHT = 24 * 60
Span = tuple[dt.datetime, dt.datetime]  # aware moments in UTC; the end does not belong to it


class BadTime(ValueError):
    """A time or hours that cannot be; ``text`` says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, order=True)
class Hours:
    """Open on ``weekday`` (0 is Monday) from minute ``opens`` to minute ``closes`` of the day, 1440 being midnight."""

    weekday: int
    opens: int
    closes: int


ALWAYS = tuple(Hours(weekday, 0, MIDNIGHT) for weekday in range(7))


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises :class:`BadTime`."""
    if name not in _zones():
        raise BadTime(t("没有这个时区：{name}，例如 Asia/Shanghai", "there is no time zone {name}; for example Asia/Shanghai")
                      .format(name=name[:40]))
    return ZoneInfo(name)


@lru_cache(1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def checked(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """The hours in order; raises :class:`BadTime` for those that end before they begin or overlap."""
    ordered = sorted(hours)
    for each in ordered:
        if not (0 <= each.weekday <= 6 and 0 <= each.opens < each.closes <= MIDNIGHT):
            raise BadTime(t("{day}的开放时间须先开后关：{hours}；跨午夜请分两天填写",
                            "on {day} opening comes before closing: {hours}; give hours past midnight on the next day")
                          .format(day=WEEKDAYS[each.weekday % 7], hours=said(each)))
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise BadTime(t("{day}的开放时间重叠：{one} 与 {other}，请合并", "hours of {day} overlap: {one} and {other}; join them")
                          .format(day=WEEKDAYS[one.weekday], one=said(one), other=said(other)))
    return tuple(ordered)


WEEKDAYS = (t("周一", "Monday"), t("周二", "Tuesday"), t("周三", "Wednesday"), t("周四", "Thursday"), t("周五", "Friday"),
            t("周六", "Saturday"), t("周日", "Sunday"))


def said(hours: Hours) -> str:
    """``09:00–17:30``; midnight at the end is 24:00."""
    return f"{_clock(hours.opens)}–{_clock(hours.closes)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def moment(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """A time on the wall of ``zone`` as a moment in UTC; of a time that comes twice, the first.

    Raises :class:`BadTime` for one that the clock jumps over when summer time begins.
    """
    found = local.replace(tzinfo=zone).astimezone(dt.UTC)
    back = found.astimezone(zone).replace(tzinfo=None)
    if back != local:
        raise BadTime(t("{time} 这一刻不存在（当地夏令时拨快），请改为 {later} 或更晚",
                        "there is no {time} on that day (the clock jumps ahead); choose {later} or later")
                      .format(time=formats.clock(local.replace(tzinfo=zone), zone), later=f"{back:%H:%M}"))
    return found


def laid(hours: Sequence[Hours], first: dt.date, last: dt.date, zone: ZoneInfo, *, holidays: bool = False) -> list[Span]:
    """When it is open from ``first`` to ``last`` (both included), joined where one follows on the other.

    ``holidays``: closed on public holidays in China; a weekend day that is made up for (调休) has Monday's hours.
    """
    spans = []
    for offset in range((last - first).days + 1):
        on = first + dt.timedelta(days=offset)
        weekday = on.weekday()
        if holidays:
            if period.is_holiday(on):
                continue
            weekday = 0 if weekday > 4 and period.is_working_day(on) else weekday
        spans += [(_at(on, each.opens, zone), _at(on, each.closes, zone)) for each in hours if each.weekday == weekday]
    return joined(spans)


def _at(on: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    days, minute = divmod(minute, MIDNIGHT)
    return dt.datetime.combine(on + dt.timedelta(days=days), dt.time(minute // 60, minute % 60), zone).astimezone(dt.UTC)


def day_of(on: dt.date, zone: ZoneInfo) -> Span:
    """From midnight to midnight of a day in ``zone``."""
    return _at(on, 0, zone), _at(on, MIDNIGHT, zone)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap made one, empty ones left out."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def less(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of ``spans`` is left when ``taken`` is taken away."""
    gone, left = joined(taken), []
    for start, end in joined(spans):
        for away, back in gone:
            if back <= start or away >= end:
                continue
            if away > start:
                left.append((start, away))
            start = max(start, back)
        if start < end:
            left.append((start, end))
    return left


def within(span: Span, bounds: Span) -> Span | None:
    """The part of ``span`` inside ``bounds``, if any."""
    start, end = max(span[0], bounds[0]), min(span[1], bounds[1])
    return (start, end) if start < end else None


def minutes(span: Span) -> int:
    """Whole minutes of a span."""
    return int((span[1] - span[0]).total_seconds()) // 60

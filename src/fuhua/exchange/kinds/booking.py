"""Whether a slot may be booked: every rule of a resource held against a wish, all refusals at once, and the next slot that can be had.

The rules are those that shared laboratories keep; those of NIST's NEMO are among them with NEMO's meaning: shortest and longest block,
bookings a day, time between two bookings, total time ahead, horizon, hours and weekends in which these rules are off, qualification.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from fuhua.exchange.kinds.hours import Span, day_of, less, minutes, within
from fuhua.kernel.period import SHANGHAI
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, listed, t

_USUAL = 60  # minutes
_MOST_TRIED = 3_000  # candidate starts looked at for the next slot


@dataclass(frozen=True)
class Policy:
    """The rules of one resource; None or 0 is no such rule.

    In minutes: ``step`` (starts and ends lie on it), ``shortest``, ``longest``, ``lead`` (from now to the start), ``apart`` (between two
    bookings of one person), ``ahead`` (all that one person holds from now on). ``horizon`` in days, ``per_day`` bookings of a person.
    From ``off_from`` to ``off_to`` of the local day, and on weekends when ``off_weekend``, rules on length, number and distance are off.
    """

    zone: ZoneInfo = SHANGHAI
    step: int = 15
    shortest: int | None = None
    longest: int | None = None
    lead: int = 0
    horizon: int | None = None
    per_day: int | None = None
    apart: int | None = None
    ahead: int | None = None
    off_from: dt.time | None = None
    off_to: dt.time | None = None
    off_weekend: bool = False

    @property
    def usual(self) -> int:
        """Minutes of a slot where nobody says how long: the shortest, else an hour; on the step, within what is allowed."""
        length = -(-(self.shortest or _USUAL) // self.step) * self.step
        return min(length, *(max(most // self.step, 1) * self.step for most in (self.longest or length, self.ahead or length)))


@dataclass(frozen=True)
class Diary:
    """What is on record of a resource around a wish, as spans: when it is ``open``, ``closed`` and ``taken``.

    ``own`` is all that the person booked and did not cancel, missed bookings and what is left of shortened ones included.
    """

    open: tuple[Span, ...]
    closed: tuple[Span, ...] = ()
    taken: tuple[Span, ...] = ()
    own: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Question:
    """Something a host asks at booking, such as the blade to be mounted: ``choices``, and how many hours ahead a change must be told."""

    name: str
    label: Text
    choices: tuple[str, ...] = ()
    required: bool = False
    notice: int = 0
    current: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why not: the rule's ``code``, and words that say how to mend it."""

    code: str
    text: Text


def refusals(policy: Policy, wish: Span, diary: Diary, now: dt.datetime, *, exempt: bool = False) -> tuple[Refusal, ...]:
    """Every rule that ``wish`` breaks; none when it may be booked. ``exempt``: the host's own people keep only to time itself."""
    found = list(_of_time(policy, wish, diary, now))
    if wish[1] > wish[0] and not exempt and not _off(policy, wish):
        found += _of_length(policy, wish)
        found += _of_person(policy, wish, diary, now)
    if not exempt:
        found += _of_distance(policy, wish, now)
    return tuple(found)


def bookable(policy: Policy, now: dt.datetime, *, exempt: bool = False) -> tuple[dt.datetime, dt.datetime | None]:
    """The first moment on the step at which a slot may begin as things stand ``now``, and the last; None: as late as one likes."""
    lead = dt.timedelta(minutes=0 if exempt else policy.lead)
    return _stepped(now + lead, policy), None if exempt or policy.horizon is None else now + dt.timedelta(days=policy.horizon)


def _of_time(policy: Policy, wish: Span, diary: Diary, now: dt.datetime) -> Iterator[Refusal]:
    start, end = wish
    if end <= start:
        yield Refusal("backwards", t("结束时间须晚于开始时间，请修改结束时间", "the end comes after the start; mend the end"))
        return
    if start < now:
        yield Refusal("past", t("开始时间已过（现在 {now}），请选以后的时间", "the start has passed (it is {now}); choose a later time")
                      .format(now=_said(now, policy)))
    if any(_minute(each, policy) % policy.step or each.second or each.microsecond for each in wish):
        yield Refusal("step", t("起止时间以 {n} 分钟为一格，最近的开始时间是 {at}", "start and end lie on steps of {n} minutes; start "
                                "at {at}").format(n=policy.step, at=_said(_stepped(start, policy), policy)))
    if not any(first <= start and end <= last for first, last in diary.open):
        yield Refusal("closed", _hours_said(policy, start, diary))
    for away, back in diary.closed:
        if start < back and away < end:
            yield Refusal("outage", t("{start} 至 {end} 停用（停机、维修或闭馆），请避开",
                                      "out of use from {start} to {end}; choose another time")
                          .format(start=_said(away, policy), end=_said(back, policy)))
    for away, back in diary.taken:
        if start < back and away < end:
            yield Refusal("taken", t("{start} 至 {end} 已被预约，请避开或排队等候",
                                     "booked from {start} to {end}; choose another time or wait in line")
                          .format(start=_said(away, policy), end=_said(back, policy)))


def _hours_said(policy: Policy, start: dt.datetime, diary: Diary) -> Text:
    today = day_of(start.astimezone(policy.zone).date(), policy.zone)
    parts = [part for each in diary.open if (part := within(each, today))]
    if not parts:
        return t("当天不开放，请换一天", "it is not open on that day; choose another")
    hours = listed(_plain(f"{_clock(first, policy)}–{_clock(last, policy)}") for first, last in parts)
    return t("超出开放时间，当天开放 {hours}", "outside its hours; it is open {hours} on that day").format(hours=hours)


def _of_length(policy: Policy, wish: Span) -> Iterator[Refusal]:
    asked, start = minutes(wish), _stepped(wish[0], policy)
    if policy.shortest and asked < policy.shortest:
        yield Refusal("shortest", t("至少预约 {n} 分钟，请把结束改为 {end} 或更晚",
                                    "book at least {n} minutes; let it end at {end} or later")
                      .format(n=policy.shortest, end=_said(start + dt.timedelta(minutes=policy.shortest), policy)))
    if policy.longest and asked > policy.longest:
        yield Refusal("longest", t("最多预约 {n} 分钟，请把结束改为 {end} 或更早",
                                   "book at most {n} minutes; let it end at {end} or earlier")
                      .format(n=policy.longest, end=_said(start + dt.timedelta(minutes=policy.longest), policy)))


def ending(policy: Policy, span: Span, *, exempt: bool = False) -> tuple[Refusal, ...]:
    """What forbids that a booking is shortened to ``span``: the end lies on the step, and the shortest length is kept."""
    found = []
    if _minute(span[1], policy) % policy.step or span[1].second or span[1].microsecond:
        found.append(Refusal("step", t("结束时间以 {n} 分钟为一格，最近的是 {at}", "the end lies on steps of {n} minutes; end at {at}")
                             .format(n=policy.step, at=_said(_stepped(span[1], policy), policy))))
    if not exempt and not _off(policy, span):
        found += [each for each in _of_length(policy, span) if each.code == "shortest"]
    return tuple(found)


def _of_distance(policy: Policy, wish: Span, now: dt.datetime) -> Iterator[Refusal]:
    earliest = now + dt.timedelta(minutes=policy.lead)
    if policy.lead and now <= wish[0] < earliest:
        yield Refusal("lead", t("须提前 {n} 小时预约，最早可约 {at}", "book {n} h ahead; the earliest is {at}")
                      .format(n=f"{policy.lead / 60:g}", at=_said(earliest, policy)))
    if policy.horizon is not None and wish[0] > (last := now + dt.timedelta(days=policy.horizon)):
        yield Refusal("horizon", t("最多提前 {n} 天预约，最晚可约 {at}", "days ahead at most: {n}; the latest start is {at}")
                      .format(n=policy.horizon, at=_said(last, policy)))


def _of_person(policy: Policy, wish: Span, diary: Diary, now: dt.datetime) -> Iterator[Refusal]:
    today = day_of(wish[0].astimezone(policy.zone).date(), policy.zone)
    on_day = sum(today[0] <= first and last <= today[1] for first, last in diary.own)
    if policy.per_day and on_day >= policy.per_day:
        yield Refusal("per_day", t("每人每天最多 {n} 次，您当天已有 {had} 次，请换一天或取消一次",
                                   "bookings a person and day: {n}; you have {had}. Choose another day or cancel one")
                      .format(n=policy.per_day, had=on_day))
    if policy.apart:
        gap = dt.timedelta(minutes=policy.apart)
        near = [(first, last) for first, last in diary.own if first < wish[1] + gap and wish[0] - gap < last]
        if near:
            yield Refusal("apart", t("您的两次预约须间隔 {n} 分钟，请选 {before} 前结束或 {after} 后开始", "your bookings lie {n} minutes "
                                     "apart; end by {before} or start from {after}")
                          .format(n=policy.apart, before=_said(near[0][0] - gap, policy), after=_said(near[-1][1] + gap, policy)))
    held = sum(minutes(each) for each in diary.own if each[0] >= now)
    if policy.ahead and held + minutes(wish) > policy.ahead:
        yield Refusal("ahead", t("每人今后合计最多预约 {n} 分钟，您已约 {had} 分钟，还可约 {left} 分钟",
                                 "{n} minutes in all a person from now on; you hold {had}, {left} are left")
                      .format(n=policy.ahead, had=held, left=max(policy.ahead - held, 0)))


def _off(policy: Policy, wish: Span) -> bool:
    """Whether rules on length, number and distance are off: the wish begins and ends in the free hours, or on a weekend."""
    start, end = (each.astimezone(policy.zone) for each in wish)
    if policy.off_weekend and start.weekday() > 4 and end.weekday() > 4:
        return True
    if policy.off_from is None or policy.off_to is None:
        return False
    if policy.off_from <= policy.off_to:
        return all(policy.off_from <= each.time() <= policy.off_to for each in (start, end))
    return all(policy.off_from <= each.time() or each.time() <= policy.off_to for each in (start, end))


def next_free(policy: Policy, length: int, diary: Diary, now: dt.datetime, after: dt.datetime, *, exempt: bool = False) -> Span | None:
    """The first slot of ``length`` minutes from ``after`` on that breaks no rule, within what ``diary`` covers."""
    wanted = dt.timedelta(minutes=length)
    for start in islice(_starts(policy, wanted, diary, now, max(after, now)), _MOST_TRIED):
        if not refusals(policy, (start, start + wanted), diary, now, exempt=exempt):
            return start, start + wanted
    return None


def never(policy: Policy, length: int, diary: Diary, now: dt.datetime, *, exempt: bool = False) -> tuple[Refusal, ...]:
    """Why no slot of ``length`` minutes could be had in what is open, even if nothing there were taken or closed; none when one could."""
    cleared = Diary(diary.open, (), (), diary.own)
    start = diary.open[0][0] if diary.open else now
    if next_free(policy, length, cleared, now, start, exempt=exempt):
        return ()
    first = next_free(policy, length, cleared, now, start, exempt=True) or (start, start + dt.timedelta(minutes=length))
    return refusals(policy, first, cleared, now, exempt=exempt)


def _starts(policy: Policy, wanted: dt.timedelta, diary: Diary, now: dt.datetime, after: dt.datetime) -> Iterator[dt.datetime]:
    """Where a slot may be had first, in order: each gap's begin, and where in it a rule ends; between those nothing becomes allowed."""
    gaps = [(max(first, after), last) for first, last in less(diary.open, (*diary.closed, *diary.taken))]
    fitting = [(first, last) for first, last in gaps if last - first >= wanted]
    edges = sorted(_edges(policy, wanted, diary, now, fitting)) if fitting else []
    for first, last in fitting:
        inside = edges[bisect_right(edges, first):bisect_right(edges, last - wanted)]
        yield from (start for each in (first, *inside) if (start := _stepped(each, policy)) + wanted <= last)


def _edges(policy: Policy, wanted: dt.timedelta, diary: Diary, now: dt.datetime, gaps: list[Span]) -> set[dt.datetime]:
    """The moments from which a start no longer breaks a rule, or from which the rules are off."""
    found = {last + dt.timedelta(minutes=policy.apart or 0) for _first, last in diary.own}
    found.add(now + dt.timedelta(minutes=policy.lead))
    turns = [dt.time()] if policy.per_day or policy.off_weekend else []
    turns += [policy.off_from] if policy.off_from else []
    day, end = (each.astimezone(policy.zone).date() for each in (gaps[0][0], gaps[-1][1]))
    while turns and day <= end:
        for turn in turns:
            begin = dt.datetime.combine(day, turn, policy.zone).astimezone(dt.UTC)
            found |= {begin, begin - wanted}  # the rules are off when both ends of the slot lie there
        day += dt.timedelta(days=1)
    return found


def unanswered(questions: tuple[Question, ...], answers: Mapping[str, str], start: dt.datetime, now: dt.datetime) -> tuple[Refusal, ...]:
    """What the answers to a host's questions lack: a required one, one of the choices, or notice of a change."""
    found = []
    for each in questions:
        given = answers.get(each.name, "").strip()
        if not given:
            if each.required:
                found.append(Refusal("question", t("请填写“{label}”", "answer “{label}”").format(label=each.label)))
        elif each.choices and given not in each.choices:
            found.append(Refusal("question", t("“{label}”请从 {choices} 中选择", "choose “{label}” from {choices}")
                                 .format(label=each.label, choices=listed(map(_plain, each.choices)))))
        elif each.notice and given != each.current and start < now + dt.timedelta(hours=each.notice):
            found.append(Refusal("notice", t("“{label}”换成 {given} 须提前 {n} 小时，现装 {current}",
                                             "“{label}”: {given} needs {n} h notice; {current} is mounted now")
                                 .format(label=each.label, given=given, n=each.notice, current=each.current or "—")))
    return tuple(found)


def _stepped(at: dt.datetime, policy: Policy) -> dt.datetime:
    """The first moment on the step that is not before ``at``."""
    even = at.replace(second=0, microsecond=0)
    even += dt.timedelta(minutes=1) if even < at else dt.timedelta(0)
    return even + dt.timedelta(minutes=-_minute(even, policy) % policy.step)


def _minute(at: dt.datetime, policy: Policy) -> int:
    local = at.astimezone(policy.zone)
    return local.hour * 60 + local.minute


def _said(at: dt.datetime, policy: Policy) -> Text:
    return formats.clock(at, policy.zone)


def _plain(words: str) -> Text:
    return Text(words, words)


def _clock(at: dt.datetime, policy: Policy) -> str:
    return f"{at.astimezone(policy.zone):%H:%M}"

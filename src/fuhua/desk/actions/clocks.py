"""Clocks in Chinese working days: start, pause, go on, hand over, stop; and the tick that tells each rung once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from fuhua.desk.flow import LAST_RUNG, Rung, reached
from fuhua.desk.models import Clock, Lead, Notice, titled
from fuhua.evidence.facts import BadFact
from fuhua.kernel import chores, period
from fuhua.kernel.words import Text, t

_AHEAD = dt.timedelta(days=45)  # ten working days never span more, whatever the holidays
_BATCH = 500


class NoRunningClock(BadFact):
    """No such clock runs for this thing."""


@transaction.atomic
def start(
    *, about: str, name: str, title: str | Text, url: str, due: dt.date, at: dt.datetime, to: int, answers_for: int,
    office: str = "", statutory: bool = False,
) -> Clock:
    """Start the clock ``name`` of ``about``, due at the end of ``due``.

    ``to`` (party id; with ``office``, whoever holds it there) is told before and after the day, ``answers_for``'s lead
    two working days later, the coordinator after five. Raises :class:`BadFact` when that clock already runs.
    """
    if Clock.objects.filter(about=about, name=name, stopped_at=None).exists():
        raise BadFact(t("该事项的时限已在计时，请先停止再重新开始", "this clock already runs; stop it before starting it again"))
    return Clock.objects.create(about=about, name=name, url=url, due=due, since=period.day(at), to_id=to,
                                office=office, answers_for_id=answers_for, statutory=statutory, **titled(title))


def running(about: str, name: str) -> Clock:
    """The running clock, locked; raises :class:`NoRunningClock`."""
    clock = Clock.objects.select_for_update().filter(about=about, name=name, stopped_at=None).first()
    if clock is None:
        raise NoRunningClock(t("该事项没有正在计时的时限", "no clock runs for this"))
    return clock


def runs(*, about: str, name: str) -> bool:
    """Whether that clock runs."""
    return Clock.objects.filter(about=about, name=name, stopped_at=None).exists()


@transaction.atomic
def pause(*, about: str, name: str, at: dt.datetime) -> Clock:
    """Stand still: the asker is waited for. Pausing a paused clock changes nothing."""
    clock = running(about, name)
    if clock.paused_since is None:
        clock.paused_since = period.day(at)
        clock.save(update_fields=["paused_since"])
    return clock


@transaction.atomic
def go_on(*, about: str, name: str, at: dt.datetime) -> Clock:
    """Run again: the due day moves by the working days that passed while it stood still."""
    clock = running(about, name)
    if clock.paused_since is not None:
        waited = period.working_days_between(clock.paused_since, period.day(at))
        clock.due = period.add_working_days(clock.due, max(waited, 0))
        clock.paused_since = None
        clock.save(update_fields=["due", "paused_since"])
    return clock


@transaction.atomic
def hand_over(*, about: str, name: str, to: int, office: str = "") -> Clock:
    """The clock's owner is another from now on; the due day stands."""
    clock = running(about, name)
    clock.to_id, clock.office = to, office
    clock.save(update_fields=["to", "office"])
    return clock


@transaction.atomic
def stop(*, about: str, name: str, at: dt.datetime) -> None:
    """The work is done or void; what the clock told is settled. Stopping what does not run changes nothing."""
    for clock in Clock.objects.select_for_update().filter(about=about, name=name, stopped_at=None):
        clock.stopped_at = at
        clock.save(update_fields=["stopped_at"])
        Notice.objects.filter(clock=clock, settled_at=None).update(settled_at=at)


def tick(*, at: dt.datetime) -> int:
    """Tell every rung that the running clocks have reached by the day of ``at``; returns how many notices were new.

    Ticking twice, or by two processes at once, tells once: a rung of a clock and due day is unique.
    """
    today = period.day(at)
    told_all = Notice.objects.filter(clock=OuterRef("pk"), due=OuterRef("due"), kind=LAST_RUNG)
    rows = (Clock.objects.filter(stopped_at=None, paused_since=None, due__lte=today + _AHEAD).exclude(Exists(told_all))
            .order_by("pk"))
    told, last = chores.Done(), 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        told += _tell(batch, today, at)
    return told


@transaction.atomic
def _tell(batch: list[Clock], today: dt.date, at: dt.datetime) -> chores.Done:
    told = set(Notice.objects.filter(clock__in=batch, due=F("clock__due")).values_list("clock_id", "kind"))
    wanted = {clock: [rung for rung in reached(since=clock.since, due=clock.due, today=today) if (clock.pk, rung.code) not in told]
              for clock in batch}
    due = [clock for clock in batch if wanted[clock]]
    leads = dict(Lead.objects.filter(organisation__in=[clock.answers_for_id for clock in due]).values_list("organisation_id", "person_id"))
    return chores.each(due, lambda clock: sum(_tell_once(clock, rung, leads, at) for rung in wanted[clock]))


def _tell_once(clock: Clock, rung: Rung, leads: dict[int, int], at: dt.datetime) -> bool:
    to, office = clock.to_id, clock.office
    if rung.to == "lead":
        to, office = leads.get(clock.answers_for_id, clock.answers_for_id), ""
    elif rung.to == "coordinator":
        to, office = None, "coordinator"
    _notice, new = Notice.objects.get_or_create(
        clock=clock, kind=rung.code, due=clock.due,
        defaults={"to_id": to, "office": office, "about": clock.about, **titled(clock.said),
                  "url": clock.url, "at": at, "statutory": clock.statutory},
    )
    return new

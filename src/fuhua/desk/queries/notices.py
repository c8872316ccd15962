"""What waits for a person, and what they have been told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery

from fuhua.desk.access import NOTICES
from fuhua.desk.models import Clock, Lead, Mute, Notice, Read
from fuhua.desk.words import NoticeKind
from fuhua.kernel import period

_DIGEST = 200


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the reader: what, until when, and how many working days are left (negative: late)."""

    notice: Notice
    due: dt.date | None
    paused: bool
    left: int | None

    @property
    def state(self) -> str:
        """The light of the due day: late is critical, three working days or fewer is behind."""
        if self.left is None or self.paused:
            return "undetermined"
        return "critical" if self.left < 0 else "behind" if self.left <= 3 else "good"


@dataclass(frozen=True)
class Told:
    """One thing about which the reader was told: the newest notice, how many there are, and whether all were read."""

    notice: Notice
    count: int
    unread: bool


def waiting(who: Any, today: dt.date, limit: int = 200) -> list[Waiting]:
    """What it is the reader's turn to do, the soonest due first; what has no due day comes last."""
    clocks = Clock.objects.filter(about=OuterRef("about"), stopped_at=None).order_by("due")
    rows = (NOTICES.filter(who, Notice.objects.filter(kind__in=(NoticeKind.TURN, NoticeKind.PART), settled_at=None))
            .annotate(clock_due=Subquery(clocks.values("due")[:1], output_field=DateField()),
                      clock_paused=Subquery(clocks.values("paused_since")[:1], output_field=DateField()))
            .order_by("pk")[:limit])
    found = [_waiting(row, row.clock_due or row.due, today) for row in rows]
    return sorted(found, key=lambda each: (each.due or dt.date.max, each.notice.pk))


def _waiting(row: Any, due: dt.date | None, today: dt.date) -> Waiting:
    return Waiting(row, due, row.clock_paused is not None, None if due is None else period.working_days_between(today, due))


def shown(who: Any) -> QuerySet[Notice]:
    """The notices that speak to the reader and are not silenced, newest first, each with ``seen``."""
    rows = NOTICES.filter(who, Notice.objects.all())
    muted = Mute.objects.filter(person=who.party_id, kind=OuterRef("kind"))
    seen = Read.objects.filter(notice=OuterRef("pk"), person=who.party_id)
    return rows.filter(Q(statutory=True) | ~Exists(muted)).annotate(seen=Exists(seen)).order_by("-at", "-pk")


def unread(who: Any) -> QuerySet[Notice]:
    """Of those, the ones about which something is still to be done and that the reader has not read."""
    return shown(who).filter(seen=False, settled_at=None)


def digest(who: Any) -> list[Told]:
    """The newest notices by what they are about: one line for each thing, however often it was told."""
    by_about: dict[str, list[Notice]] = {}
    for notice in shown(who)[:_DIGEST]:
        by_about.setdefault(notice.about, []).append(notice)
    return [Told(rows[0], len(rows), any(not row.seen and row.settled_at is None for row in rows))  # type: ignore[attr-defined]
            for rows in by_about.values()]


def leads() -> list[Lead]:
    """Every organisation with a named lead, by name."""
    return list(Lead.objects.select_related("organisation", "person").order_by("organisation__name"))


def muted(person: int | None) -> set[str]:
    """The kinds of notice that a person has silenced."""
    return set(Mute.objects.filter(person=person).values_list("kind", flat=True))

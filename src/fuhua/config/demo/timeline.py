"""The demo's history as a queue of moments: told in order of knowing, sealed at every quarter's end."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from fuhua.evidence.actions import sequence
from fuhua.kernel import period

Tell = Callable[..., object]


@dataclass
class Timeline:
    """Collects what is to be told and tells it in order; ``chance`` is the one source of accident.

    Nothing can have been known before ``first``; what happened earlier is told then.
    """

    chance: random.Random
    first: dt.datetime
    _queue: list[tuple[dt.datetime, int, Tell]] = field(default_factory=list)
    _count: int = 0

    def add(self, on: dt.date, tell: Tell, *, late: int | None = None) -> None:
        """``tell(at=…)`` runs at the moment of knowing: ``late`` days after ``on`` (default: a few), in office hours."""
        delay = self.chance.choice((0, 0, 1, 1, 2, 3, 5, 8, 13)) if late is None else late
        moment = dt.datetime.combine(on + dt.timedelta(days=delay), dt.time(9), period.SHANGHAI)
        self.at(max(self.first, moment) + dt.timedelta(seconds=self.chance.randrange(8 * 3600)), tell)

    def at(self, moment: dt.datetime, tell: Tell) -> None:
        """``tell`` runs at exactly ``moment``."""
        self._count += 1
        heapq.heappush(self._queue, (moment, self._count, tell))

    def __len__(self) -> int:
        return len(self._queue)

    def run(self, until: dt.datetime, step: Callable[[], None]) -> None:
        """Tell everything up to ``until``, sealing at each quarter's end; ``step`` is called once a telling."""
        while self._queue and self._queue[0][0] <= until:
            quarter = period.quarter_end(period.day(self._queue[0][0]))
            with transaction.atomic():  # one commit a quarter: a demo cut off is thrown away, not mended
                while self._queue and period.day(self._queue[0][0]) <= quarter:
                    moment, _order, tell = heapq.heappop(self._queue)
                    tell(at=moment)
                    step()
            sequence.catch_up(at=min(period.end_of(quarter), until))

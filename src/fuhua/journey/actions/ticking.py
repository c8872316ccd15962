"""What journeys do by themselves as time passes; each chore takes the moment, is safe to repeat, and says how much it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fuhua.journey.actions import case_clock, mentors
from fuhua.kernel import chores

CHORES: tuple[Callable[..., int], ...] = (mentors.keep_titles, case_clock.watch)


def tick(*, at: dt.datetime) -> dict[str, chores.Done]:
    """Do every chore once; module of the chore → how much it did."""
    return chores.run(CHORES, at=at)

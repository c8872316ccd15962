"""What exchange does by itself as time passes; each chore takes the moment, is safe to repeat, and says how much it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fuhua.exchange.actions import brokering, listings, mentoring, outcomes, rfqs, slot_clock
from fuhua.kernel import chores

CHORES: tuple[Callable[..., int], ...] = (listings.expire, brokering.reroute, rfqs.fall_silent, slot_clock.on_time, outcomes.ask_due,
                                          mentoring.ask_due)


def tick(*, at: dt.datetime) -> dict[str, chores.Done]:
    """Do every chore once; module of the chore → how much it did."""
    return chores.run(CHORES, at=at)

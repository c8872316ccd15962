"""What schemes does by itself as time passes; each chore takes the moment, is safe to repeat, and says how much it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from fuhua.kernel import chores
from fuhua.schemes.actions import assessments, barring, calls, gold_seeds, stewards, tranches, uplift_warnings

CHORES: tuple[Callable[..., int], ...] = (calls.close_due, barring.watch, tranches.warn_of_year_end, stewards.return_covers,
                                          assessments.warn_missed, gold_seeds.start_due, uplift_warnings.warn_missed)


def tick(*, at: dt.datetime) -> dict[str, chores.Done]:
    """Do every chore once; module of the chore → how much it did."""
    return chores.run(CHORES, at=at)

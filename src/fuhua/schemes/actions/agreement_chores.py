"""What agreements do by themselves as time passes; each chore takes the moment, is safe to repeat, and says how much it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from fuhua.kernel import urn
from fuhua.schemes.actions import assessments, stewards, tranches

KEEPER = urn.of("engine", "schemes")  # who tells what happens by itself; no party of ours

CHORES: dict[str, Callable[..., int]] = {
    "warned_of_year_end": tranches.warn_of_year_end,
    "covers_ended": partial(stewards.return_covers, by=KEEPER),
    "warned_of_missed_quarters": partial(assessments.warn_missed, by=KEEPER),
}


def tick(*, at: dt.datetime) -> dict[str, int]:
    """Do every chore once; what was done → how much."""
    return {name: chore(at=at) for name, chore in CHORES.items()}

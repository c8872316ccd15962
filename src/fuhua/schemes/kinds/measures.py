"""What milestones count: measures by code, each a count over facts; engines above add theirs (an indicator's credit)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text


@dataclass(frozen=True)
class Count:
    """How many were counted, and the digests of the facts that were."""

    value: int
    digests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A measure: ``count(urn, since, until)`` is what facts say of the party after ``since`` up to ``until``, both days.

    ``unit`` is shown behind the number. ``count`` is None for what no fact says: then the verifier reads the evidence and states it.
    """

    code: str
    label: Text
    unit: Text
    count: Callable[[str, dt.date, dt.date], Count] | None = None


MEASURES: Registry[Measure] = Registry("measures of milestones", key=lambda measure: measure.code)

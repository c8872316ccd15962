"""Imagined parties and days of which the worked examples are made."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import Terms
from fuhua.kernel.urn import of

TERMS = Terms(dt.date(2022, 12, 30), dt.date(2025, 12, 31))
BEFORE = dt.date(2022, 6, 1)
START = dt.date(2023, 3, 1)
LATER = dt.date(2024, 4, 1)
ON = dt.date(2024, 6, 30)


def urn(kind: str, number: int = 1) -> str:
    """The URN of the ``number``-th imagined party of that kind."""
    return of(kind, f"example-{number}")


VENTURE, FUND, INCUBATOR = urn("venture"), urn("fund"), urn("incubator")
COACH, PARK, PLATFORM = urn("incubator", 2), urn("park"), urn("platform")
HAIDIAN, CHANGPING = "110108", "110114"

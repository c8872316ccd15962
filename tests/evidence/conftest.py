"""What the tests of evidence share: telling a fact in one word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from fuhua.evidence.actions import facts
from fuhua.evidence.facts import Fact
from fuhua.evidence.words import Grade
from fuhua.journey.facts import WentAbroad
from fuhua.kernel.urn import of

TELLER = of("incubator", "teller")


@pytest.fixture
def tell(at: Callable[..., dt.datetime]) -> Callable[..., str]:
    """``tell(fact)`` records it, told by an incubator at noon of 30 June 2025 unless said otherwise; returns its digest."""

    def told(fact: Fact, **given: object) -> str:
        return facts.record(fact, **{"by": TELLER, "at": at(), "grade": Grade.DECLARED, **given})

    return told


@pytest.fixture
def trip() -> Callable[..., WentAbroad]:
    """``trip(3)``: the third venture went abroad."""
    return lambda number=1: WentAbroad(subject=of("venture", f"v{number}"), evidence="order", country="DE")

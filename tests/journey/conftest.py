"""For the pages of policy: a day on which the SME ladder is about to change, and who looks at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from exchange.conftest import an_offer, firm  # noqa: F401 - mentors' hours are offers of the exchange
from fuhua.kernel import period


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """It is noon of 20 March 2026."""
    now = period.noon(dt.date(2026, 3, 20))
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


@pytest.fixture
def founder(today: dt.datetime, client_of: Callable[[str], Client]) -> Client:
    """The venture's founder on that day."""
    return client_of("founder")


@pytest.fixture
def officer(today: dt.datetime, client_of: Callable[[str], Client]) -> Client:
    """A city officer on that day."""
    return client_of("city_officer")

"""What the desk's tests share: asks of the fixed cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.parties.models import Account, Party


@pytest.fixture
def acting(cast: dict[str, Account]) -> Callable[[str, dt.datetime], dict[str, Any]]:
    """``acting("founder", at)``: who does it and when, as every action wants it."""
    return lambda office, moment: {"by": cast[office].party.urn, "at": moment}


@pytest.fixture
def an_ask(cast: dict[str, Account], organisation: Callable[[str], Party], acting: Any) -> Callable[..., Ask]:
    """``an_ask(at)``: the founder asks the finance bureau for a green channel; keywords change it."""

    def raised(moment: dt.datetime, **changes: Any) -> Ask:
        asker = changes.pop("asker", "founder")
        wanted = {"kind": "green_channel", "title": "设备通关受阻", "asked": organisation("finance").pk,
                  "asker": cast[asker].party_id} | changes
        return asks.ask(**wanted, **acting(asker, moment))

    return raised

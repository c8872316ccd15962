"""What stories of the exchange share: the time of the story, and one person with a browser who presses what a page offers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from fuhua.kernel import period
from stories.visitor import Visitor

PDF = b"%PDF-1.7 "


class Clock:
    """The time of a story; ``clock.to("2026-04-01")`` is noon of that day."""

    def __init__(self, at: dt.datetime) -> None:
        self.now = at

    def __call__(self) -> dt.datetime:
        return self.now

    def to(self, day: str) -> dt.datetime:
        """Noon of that day, from now on."""
        self.now = period.noon(dt.date.fromisoformat(day))
        return self.now


def clock_at(monkeypatch: pytest.MonkeyPatch, day: str) -> Clock:
    """It is noon of ``day`` for everything that asks the time."""
    clock = Clock(period.noon(dt.date.fromisoformat(day)))
    monkeypatch.setattr(timezone, "now", clock)
    return clock


class Person(Visitor):
    """Somebody signed in with the account."""

    def __init__(self, account: Any) -> None:
        super().__init__()
        self.account = account

    def open(self, url: str) -> Person:
        """Go to an address, signed in anew: weeks may have passed."""
        self.client.force_login(self.account)
        super().open(url)
        return self

    def press(self, url: str, action: str, **changed: Any) -> Person:
        """Open a page and send the form whose address fits ``action``."""
        self.open(url)
        self.send(action, **changed)
        return self

    def verb(self, url: str, verb: str, **changed: Any) -> Person:
        """Send a verb's form of a deal's page, whose fields carry the verb as a prefix."""
        return self.press(url, rf"/{verb}/$", **{f"{verb}-{name}": value for name, value in changed.items()})

    def get(self, url: str) -> Any:
        """What an address answers, without following it."""
        self.client.force_login(self.account)
        return self.client.get(url)

    def post(self, url: str, **told: Any) -> Any:
        """What an address answers to what is sent, without following it."""
        self.client.force_login(self.account)
        return self.client.post(url, told)

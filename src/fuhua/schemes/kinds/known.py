"""Where answers are prefilled from: sources by key, each telling what is on record of a party, with its grade and day.

Engines above this one add sources of their own (stays, titles); a question names the key and need not know who answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text


@dataclass(frozen=True)
class Known:
    """A stored value that is on record since ``day``, with the ``grade`` of the fact and its ``digest`` (blank: a register's row)."""

    value: Any
    grade: int
    day: dt.date
    digest: str = ""


@dataclass(frozen=True)
class Source:
    """A source: ``read(urn, on)`` gives what is on record of the party on a day, or None."""

    key: str
    label: Text
    read: Callable[[str, dt.date], Known | None]


SOURCES: Registry[Source] = Registry("sources of answers", key=lambda source: source.key)

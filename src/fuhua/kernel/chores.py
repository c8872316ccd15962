"""Chores of a tick: row by row, each in a transaction of its own; what fails is logged and counted, and the others go on."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

_log = logging.getLogger("fuhua.chores")


class Done(int):
    """How much a chore did, as a number; ``failed`` is how much of it failed and is tried again. Sums keep both."""

    failed: int

    def __new__(cls, done: int = 0, failed: int = 0) -> Done:
        """``done`` of them went well."""
        made = super().__new__(cls, done)
        made.failed = failed
        return made

    def __add__(self, other: int) -> Done:
        return Done(int(self) + int(other), self.failed + getattr(other, "failed", 0))

    __radd__ = __add__


def each(rows: Iterable[Any], act: Callable[[Any], Any]) -> Done:
    """Let ``act`` do its work (how much it says, true is one) for every row; a row that fails undoes itself alone."""
    return sum((_row(row, act) for row in rows), Done())


def run(chores: Iterable[Callable[..., int]], *, at: dt.datetime) -> dict[str, Done]:
    """Do every chore once; module of the chore → how much it did. One that fails as a whole ends no other."""
    return {chore.__module__.rsplit(".", 1)[-1]: _whole(chore, at) for chore in chores}


def said(done: dict[str, Done]) -> str:
    """A line for each chore: how much it did and how much failed."""
    return "\n".join(f"{name}: {each}{failures(each)}" for name, each in done.items())


def failures(done: Done) -> str:
    """What a command adds to the number: how many failed; blank when none did."""
    return f"，{done.failed} 项失败，详见日志 {done.failed} failed, see the log" if done.failed else ""


def status(done: Iterable[Done]) -> int:
    """The exit status of the command that did them: 1 when anything failed."""
    return int(any(each.failed for each in done))


def _whole(chore: Callable[..., int], at: dt.datetime) -> Done:
    try:
        return Done() + chore(at=at)
    except Exception as wrong:
        return _failed(f"{chore.__module__}.{chore.__qualname__}", wrong)


def _row(row: Any, act: Callable[[Any], Any]) -> Done:
    try:
        with transaction.atomic():
            return Done(int(act(row)))
    except Exception as wrong:
        return _failed(getattr(row, "urn", "") or f"{row._meta.label_lower} {row.pk}", wrong)


def _failed(name: str, wrong: Exception) -> Done:
    """Log where it went wrong, but not the message: that may name somebody."""
    _log.error("%s failed and will be tried again: %s\n%s", name, type(wrong).__name__, "".join(traceback.format_tb(wrong.__traceback__)))
    return Done(failed=1)

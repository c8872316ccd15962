"""How requirements look at an application: what was answered yes, what was said at all, and numbers within bounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fuhua.schemes.kinds.spec import Case

Judge = Callable[[Case], bool | None]


def says_yes(name: str) -> Judge:
    """The yes-or-no question was answered yes; open while it was not answered."""
    return lambda case: case.values.get(name)


def told(name: str) -> Judge:
    """Something was answered; it is never open, for nothing told is a no."""
    return lambda case: case.values.get(name) not in (None, "", [])


def at_least(name: str, least: int) -> Judge:
    """The number (or the amount in fen) is ``least`` or more; open while it was not answered."""

    def judge(case: Case) -> bool | None:
        given = case.values.get(name)
        return None if given is None else Decimal(given) >= least

    return judge


def at_most(name: str, other: str) -> Judge:
    """The number (or amount) is no more than that of the question ``other``; open while one of them was not answered."""

    def judge(case: Case) -> bool | None:
        given, most = case.values.get(name), case.values.get(other)
        return None if given is None or most is None else Decimal(given) <= Decimal(most)

    return judge


def matched(case: Case) -> bool | None:
    """The district recommends it and commits money of its own; without a word of the district it does not."""
    return case.recommended and (case.matched or 0) > 0

"""The rules of practicums and placements: how often, how long a credential holds, who fits a vacancy, what counts as still employed.

京科发〔2022〕19号, measure 14, asks for trained incubation people; it names no numbers. Those below are the platform's defaults, but for
the twelve months: "certified staff still employed at 12 months" is what supports I2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fuhua.kernel import period
from fuhua.kernel.words import Text, t

TRIES = 2  # a failed practicum is repeated once (product default)
VALID_MONTHS = 36  # how long a credential holds (product default)
RECHECK_MONTHS = 12  # months after the tie began (I2's supporting evidence)
ANSWER_DAYS = 10  # working days to answer the recheck (product default)
SHARED_DAYS = 90  # days for which a record is opened to a house (product default)


def judged(venture: str, tutor: str) -> str:
    """``passed`` when both pass it, else ``failed``."""
    return "passed" if venture == tutor == "passed" else "failed"


def rechecked(*, tied: bool, employer: bool | None, person: bool | None, reason: str) -> tuple[bool, str] | None:
    """Whether the person counts as still employed, and why (a code of ``words.RECHECKED``); None while an answer is missing.

    It needs the tie and both words. ``reason`` is what a side that said no gave.
    """
    if not tied:
        return False, "tie_ended"
    if employer is None or person is None:
        return None
    if employer and person:
        return True, "confirmed"
    return False, "disputed" if employer != person else reason


def answerable(since: dt.date) -> dt.date:
    """The first day on which a placement that began on ``since`` can be rechecked."""
    return period.add_months(since, RECHECK_MONTHS)


@dataclass(frozen=True)
class Fit:
    """How well somebody fits a vacancy: ``points`` to sort by, and the reasons in words."""

    points: int
    reasons: tuple[Text, ...]


def fit(
    *, wanted: Collection[str], fields: Collection[str], names: Mapping[str, Text], certified: bool, starts: dt.date | None, by: dt.date,
) -> Fit:
    """Two points for every shared field (``names`` by code), three for a credential in force, one for being free by the first day.

    >>> from fuhua.schemes.words import FIRST_FIELDS
    >>> fit(wanted=["quantum"], fields=["quantum", "six_g"], names=FIRST_FIELDS, certified=True, starts=None, by=dt.date(2026, 6, 1)).points
    5
    """
    shared = [code for code in names if code in wanted and code in fields]
    reasons = [t("领域相合：{field}", "same field: {field}").format(field=names[code]) for code in shared]
    points = 2 * len(shared)
    if certified:
        points, reasons = points + 3, [*reasons, t("持有效证书", "holds a credential in force")]
    if starts is not None and starts <= by:
        points, reasons = points + 1, [*reasons, t("可按期到岗", "can start in time")]
    return Fit(points, tuple(reasons))

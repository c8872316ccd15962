"""The board of tranches: what is due, on whose desk it lies and how late it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.kernel.period import working_days_between
from fuhua.parties.queries import Who
from fuhua.schemes import access
from fuhua.schemes.models import Tranche

VIEWS = ("due", "late", "planned", "paid", "recovering")


@dataclass(frozen=True)
class Line:
    """One tranche; ``late`` are working days after its due day, 0 while there is time."""

    tranche: Tranche
    late: int


@dataclass(frozen=True)
class Sum:
    """What one level owes, has paid and pays late, in fen."""

    level: str
    due: int
    late: int
    paid: int


def lines(who: Who, view: str, today: dt.date, *, most: int = 200) -> list[Line]:
    """The tranches of a view (``VIEWS``) that the reader may see, the longest due first."""
    rows = access.TRANCHES.filter(who, Tranche.objects.select_related("payer", "milestone", "agreement__party", "agreement__application"))
    rows = rows.filter(state="due", due__lt=today) if view == "late" else rows.filter(state=view)
    found = rows.order_by("due", "milestone__due", "pk")[:most]
    return [Line(each, working_days_between(each.due, today) if view in ("due", "late") and each.due < today else 0) for each in found]


def sums(who: Who, today: dt.date) -> list[Sum]:
    """The same in sums by level."""
    rows = access.TRANCHES.filter(who, Tranche.objects.filter(state__in=["due", "paid", "recovering", "recovered"]))
    found: dict[str, list[int]] = {}
    for level, state, owed, returned, due in rows.values_list("level", "state", "owed", "returned", "due"):
        line = found.setdefault(level, [0, 0, 0])
        line[0] += owed if state == "due" else 0
        line[1] += owed if state == "due" and due < today else 0
        line[2] += owed - returned if state != "due" else 0
    return [Sum(level, *line) for level, line in sorted(found.items())]

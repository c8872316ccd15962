"""How an agreement stands against its milestones, quarter by quarter, from what was judged and what facts count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fuhua.evidence.queries import told_of
from fuhua.kernel import period
from fuhua.schemes.facts import TierSet
from fuhua.schemes.kinds.paying import parts_per_million, share
from fuhua.schemes.models import Agreement, Milestone
from fuhua.schemes.queries.measures import counted

_REACHED = ("passed", "partial")


@dataclass(frozen=True)
class Progress:
    """``lines`` one for each milestone due by the day, ``share`` what was reached of them in parts per million, ``missed`` quarters."""

    lines: list[dict[str, Any]]
    share: int
    missed: int


def progress(agreement: Agreement, on: dt.date) -> Progress:
    """Where the agreement stands on a day: prefilled from facts where they count the measure, else from the judgement."""
    rows = list(agreement.milestones.exclude(state="dropped").order_by("number"))
    lines, parts = [], []
    for each in rows:
        if each.due > on:
            continue
        found = counted(each.measure, agreement.party.urn, period.day(agreement.signed_at), on) if agreement.signed_at else None
        number = found.value if found else each.reached
        part = share(number or 0, each.least)
        parts.append(part)
        lines.append({"number": each.number, "code": each.measure, "wanted": each.least, "counted": number,
                      "share": parts_per_million(part), "digests": list(found.digests) if found else [], "state": each.state})
    whole = sum(parts, Fraction(0)) / len(parts) if parts else Fraction(1)
    return Progress(lines, parts_per_million(whole), missed_quarters(agreement, rows, on))


def missed_quarters(agreement: Agreement, rows: list[Milestone], on: dt.date) -> int:
    """Quarters in a row, up to the last one that ended by ``on``, at whose end a milestone was due and had not been reached."""
    if agreement.signed_at is None:
        return 0
    ends = [each for each in period.quarter_ends(period.day(agreement.signed_at), on) if each <= on]
    missed = 0
    for last in reversed(ends):
        if not any(each.due <= last and not _reached_by(each, last) for each in rows):
            break
        missed += 1
    return missed


def _reached_by(each: Milestone, last: dt.date) -> bool:
    return each.state in _REACHED and each.judged_at is not None and period.day(each.judged_at) <= last


def tier_of(agreement: Agreement, on: dt.date) -> str:
    """The tier of the agreement's incubator on a day; blank for others."""
    told = told_of(agreement.party.urn, TierSet, on=on)
    return told[-1].fact.tier if told else ""

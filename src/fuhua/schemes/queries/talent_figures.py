"""Figures of talents from facts alone: credentials issued, people hired, still employed at twelve months, by where they come from.

"Certified staff still employed at 12 months" supports I2; the indicator itself counts incubators that were lifted, not people.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fuhua.evidence.facts import META
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import aliases, standing
from fuhua.evidence.queries import records
from fuhua.schemes.facts.talents import CredentialIssued, EmploymentRechecked, PersonPlaced
from fuhua.schemes.words import ORIGINS

COLUMNS = ("issued", "hired", "due", "still")  # people certified, hired, rechecked at twelve months, and found still employed
_OF = {CredentialIssued.KIND: "issued", PersonPlaced.KIND: "hired", EmploymentRechecked.KIND: "due"}


@dataclass(frozen=True)
class Figures:
    """``cells[origin][column]`` are the facts counted, one a person; ``people`` how many persons a column counts in all."""

    cells: dict[str, dict[str, list[Record[Any]]]]
    people: dict[str, int]


def figures(on: dt.date) -> Figures:
    """What stands on a day; a person counts once in a column, by their latest fact, and under the origin that it states.

    A person is still employed when any of their placements was confirmed at twelve months.
    """
    told = list(records(list(_OF)))
    told += records([kind.KIND for kind in META], subjects=sorted({one.subject for one in told}))
    same = aliases(told)
    latest: dict[str, dict[str, Record[Any]]] = {column: {} for column in COLUMNS}
    for one in standing(told, on).told:
        if one.kind not in _OF:
            continue
        person = same.get(one.subject, one.subject)
        latest[_OF[one.kind]][person] = one
        if one.kind == EmploymentRechecked.KIND and one.fact.still:
            latest["still"][person] = one
    cells: dict[str, dict[str, list[Record[Any]]]] = {origin: {column: [] for column in COLUMNS} for origin in ORIGINS}
    for column, people in latest.items():
        for one in people.values():
            cells[one.fact.origin][column].append(one)
    return Figures(cells, {column: len(people) for column, people in latest.items()})

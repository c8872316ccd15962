"""Bitemporal resolution: which records of a subject stand, for a day D, as known at a moment K."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fuhua.evidence.facts import Confirmed, Contested, Merged, Unmerged, Upheld, Voided
from fuhua.evidence.proof.records import Record
from fuhua.evidence.words import Grade


@dataclass(frozen=True)
class Standing:
    """``told``: the records that stand, oldest truth first; ``fallen``: those corrected or voided, with the reason."""

    told: list[Record[Any]]
    fallen: list[tuple[Record[Any], str]] = field(default_factory=list)


def standing(records: Sequence[Record[Any]], on: dt.date) -> Standing:
    """Resolve one subject's records (those known by K, any order) to what stands on the day ``on``.

    A correction or a voiding holds from the moment it is known, for every day: it says that the record was
    wrong, not that the world changed. Records true only after ``on`` are not there yet.
    """
    if not any(record.replaces or record.kind.startswith("evidence.") for record in records):
        told = [record for record in records if record.true_from <= on]
        if len(told) > 1:
            told.sort(key=_age)
        return Standing(told)
    return _with_corrections(sorted(records, key=_sequence), on)


def _with_corrections(records: list[Record[Any]], on: dt.date) -> Standing:
    plain: dict[str, Record[Any]] = {}
    fallen: list[tuple[Record[Any], str]] = []
    for record in records:
        match record.fact:
            case Voided(about=about, reason=reason):
                if about in plain:
                    fallen.append((plain.pop(about), f"voided.{reason}"))
            case Confirmed(about=about):
                if about in plain and plain[about].grade < Grade.COUNTERPART:
                    plain[about] = msgspec.structs.replace(plain[about], grade=int(Grade.COUNTERPART))
            case Contested(about=about):
                if about in plain:
                    plain[about] = msgspec.structs.replace(plain[about], contested=True)
            case Upheld(about=about):
                if about in plain:
                    plain[about] = msgspec.structs.replace(plain[about], contested=False)
            case Merged() | Unmerged():
                pass
            case _:
                if record.replaces in plain:
                    fallen.append((plain.pop(record.replaces), "corrected"))
                plain[record.digest] = record
    told = sorted((record for record in plain.values() if record.true_from <= on), key=_age)
    return Standing(told, [(record, why) for record, why in fallen if record.true_from <= on])


def aliases(records: Iterable[Record[Any]]) -> dict[str, str]:
    """Duplicate URN → the URN it is read as, from the merges among ``records``; chains are followed, loops cut."""
    direct: dict[str, str] = {}
    for record in sorted(records, key=_sequence):
        match record.fact:
            case Merged(subject=subject, into=into):
                direct[subject] = into
            case Unmerged(subject=subject):
                direct.pop(subject, None)
    return {subject: _follow(direct, subject) for subject in direct}


def _follow(direct: dict[str, str], subject: str) -> str:
    seen = {subject}
    while (following := direct.get(subject)) is not None and following not in seen:
        subject = following
        seen.add(subject)
    return subject


def _sequence(record: Record[Any]) -> int:
    return record.seq


def _age(record: Record[Any]) -> tuple[dt.date, int]:
    return record.true_from, record.seq

"""Bitemporal resolution: which records of a subject stand, for a day D, as known at a moment K."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import msgspec

from fuhua.evidence.facts import META, Confirmed, Contested, Merged, Unmerged, Upheld, Voided
from fuhua.evidence.proof.records import Record
from fuhua.evidence.words import Grade

_SAYINGS = frozenset(kind.KIND for kind in META)
_kind, _replaces, _sequence, _true_from = map(attrgetter, ("kind", "replaces", "seq", "true_from"))


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
    whole = settled(records)
    return Standing(by(whole.told, on), [(record, why) for record, why in whole.fallen if record.true_from <= on])


def settled(records: Sequence[Record[Any]]) -> Standing:
    """What stands of one subject's records whatever the day: settle once, then take each day with :func:`by`."""
    told = sorted(records, key=_sequence)
    if any(map(_replaces, told)) or not _SAYINGS.isdisjoint(map(_kind, told)):
        return _with_corrections(told)
    told.sort(key=_true_from)
    return Standing(told)


def by(told: list[Record[Any]], on: dt.date) -> list[Record[Any]]:
    """Of settled records (oldest truth first) those true by the day ``on``."""
    if not told or told[-1].true_from <= on:
        return told
    return told[: bisect_right(told, on, key=_true_from)]


def _with_corrections(records: list[Record[Any]]) -> Standing:
    plain: dict[str, Record[Any]] = {}
    fallen: list[tuple[Record[Any], str]] = []
    for record in records:
        if record.kind in _SAYINGS:
            _say(record.fact, plain, fallen)
            continue
        if record.replaces:
            if record.replaces not in plain:  # what it corrects no longer stood: another correction or a voiding was first
                fallen.append((record, "corrected"))
                continue
            fallen.append((plain.pop(record.replaces), "corrected"))
        plain[record.digest] = record
    return Standing(sorted(sorted(plain.values(), key=_sequence), key=_true_from), fallen)


def _say(saying: Any, plain: dict[str, Record[Any]], fallen: list[tuple[Record[Any], str]]) -> None:
    """Apply what one fact says of another that still stands."""
    about = plain.get(getattr(saying, "about", ""))
    if about is None:
        return
    match saying:
        case Voided(reason=reason):
            fallen.append((plain.pop(about.digest), f"voided.{reason}"))
        case Confirmed() if about.grade < Grade.COUNTERPART:
            plain[about.digest] = msgspec.structs.replace(about, grade=int(Grade.COUNTERPART))
        case Contested():
            plain[about.digest] = msgspec.structs.replace(about, contested=True)
        case Upheld():
            plain[about.digest] = msgspec.structs.replace(about, contested=False)


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

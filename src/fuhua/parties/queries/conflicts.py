"""Conflicts of interest (利益冲突) of people with parties: the shortest path of ties that leads from one to the other, as proof."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import CONFLICTS, Sort, TieKind, TieState

K = TypeVar("K", bound=Hashable)
TEACHING = "teaching"  # a tie of mentoring between two people 师生
FOR_GOOD = None


@dataclass(frozen=True)
class Ground:
    """Why ties of a kind conflict: ``why`` (a key of ``words.CONFLICTS``), and so many ``months`` after they ended (None: for good)."""

    why: str
    months: int | None
    reason: Text


_STRONGEST = tuple(CONFLICTS)  # of several kinds on one path, the first names it

GROUNDS: dict[str, Ground] = {
    TieKind.RELATIVE: Ground("kinship", FOR_GOOD, t("亲属关系始终回避", "kin never judge kin")),
    TEACHING: Ground("teaching", FOR_GOOD, t("师生关系不因毕业而消除", "a teacher stays a teacher after graduation")),
    TieKind.OWNS: Ground("shares", 24, t("退出持股后两年内仍可能有利益", "money may still follow for two years after a sale")),
    TieKind.INVESTS: Ground("shares", 24, t("退出投资后两年内仍可能有利益", "money may still follow for two years after an exit")),
    TieKind.MENTORS: Ground("mentoring", 36, t("辅导结束后三年内回避", "a mentor abstains for three years after the last advice")),
    TieKind.COAUTHOR: Ground("coauthor", 36, t("合作发表后三年内回避", "co-authors abstain for three years")),
    TieKind.EMPLOYS: Ground("employment", 36, t("离职后三年内回避", "people abstain for three years after they left an employer")),
    TieKind.RIVAL: Ground("rival", 0, t("竞争关系存续期间回避", "rivals abstain while they are rivals")),
    TieKind.SPUN_OUT: Ground("organisation", 60, t("孵化或成果来源单位五年内回避", "an origin counts for five years")),
    TieKind.PART_OF: Ground("organisation", 12, t("隶属关系解除后一年内回避", "a group counts for a year after it parted")),
    TieKind.LINKED: Ground("organisation", 12, t("关联关系解除后一年内回避", "a link counts for a year after it ended")),
    TieKind.RESIDES: Ground("organisation", 12, t("迁出后一年内回避", "host and resident abstain for a year after the move")),
}
_LONGEST = 60

_HOLDING = frozenset({TieKind.OWNS, TieKind.INVESTS})
_HOUSE = _HOLDING | {TieKind.PART_OF, TieKind.LINKED, TieKind.EMPLOYS}
# What a path may go on with, so that it stays one interest: a co-author's co-author or a fellow resident is nobody's interest
_THEN: dict[str, frozenset[str]] = {
    TieKind.RELATIVE: _HOUSE | {TieKind.RELATIVE, TieKind.MENTORS},
    TieKind.EMPLOYS: _HOUSE | {TieKind.MENTORS, TieKind.RESIDES, TieKind.RIVAL, TieKind.SPUN_OUT},
    TieKind.COAUTHOR: _HOLDING | {TieKind.EMPLOYS},
    TieKind.MENTORS: _HOUSE | {TieKind.RESIDES},
    TieKind.OWNS: _HOUSE | {TieKind.RESIDES, TieKind.RIVAL, TieKind.SPUN_OUT},
    TieKind.INVESTS: _HOUSE | {TieKind.RESIDES, TieKind.RIVAL, TieKind.SPUN_OUT},
    TieKind.PART_OF: _HOUSE | {TieKind.RIVAL},
    TieKind.LINKED: _HOUSE,
    TieKind.SPUN_OUT: _HOLDING,
    TieKind.RIVAL: frozenset(),
    TieKind.RESIDES: frozenset(),
}
_OFFICES = (Sort.AGENCY, Sort.DISTRICT)  # to serve the same government is no interest; what it owns is


@dataclass(frozen=True)
class Hop:
    """One step of a path: a tie of ``kind`` from ``source`` to ``target`` (URNs), as it is on record."""

    source: str
    kind: str
    target: str


@dataclass(frozen=True)
class Conflict:
    """``why`` (a key of ``words.CONFLICTS``) and the shortest path that shows it; no hops where the person is a party itself."""

    why: str
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class _Tie:
    pk: int
    kind: str
    ends: tuple[int, int]
    hop: Hop
    ground: Ground


_Steps = dict[int, list[tuple[int, _Tie]]]


def conflicts(people: Collection[int], parties: Mapping[K, Collection[int]], on: dt.date) -> dict[tuple[int, K], Conflict]:
    """Who of ``people`` (ids) conflicts with which set of ``parties`` (ids by any key) on a day, by at most three ties; five queries.

    Parties that were merged are one, and so are an organisation's name-plates. Of several shortest paths the strongest reason is given.
    """
    one = _Merged()
    asked = {person: one.of(person) for person in people}
    keys: defaultdict[int, list[K]] = defaultdict(list)
    for key, ids in parties.items():
        for party in {one.of(each) for each in ids}:
            keys[party].append(key)
    steps, sorts = _ties(one, set(asked.values()), set(keys), on)
    last: _Steps = {near: found for near, ties in steps.items() if (found := [each for each in ties if each[0] in keys])}
    best: dict[tuple[int, K], Conflict] = {}
    for person, start in asked.items():
        for key in keys.get(start, ()):
            best[person, key] = Conflict("own")
        for end, path in _paths(start, steps, last, sorts):
            for key in keys[end]:
                _keep(best, (person, key), path)
    return best


def _keep(best: dict[tuple[int, K], Conflict], at: tuple[int, K], path: tuple[_Tie, ...]) -> None:
    why = _why(path)
    known = best.get(at)
    if known is None or (len(known.hops), _STRONGEST.index(known.why)) > (len(path), _STRONGEST.index(why)):
        best[at] = Conflict(why, tuple(each.hop for each in path))


def _why(path: tuple[_Tie, ...]) -> str:
    whys = {each.ground.why for each in path} - {"employment"}
    return min(whys, key=_STRONGEST.index) if whys else "employment" if len(path) == 1 else "colleague"


def _paths(start: int, steps: _Steps, last: _Steps, sorts: dict[int, str]) -> Iterator[tuple[int, tuple[_Tie, ...]]]:
    """Every path of one, two or three ties from ``start`` to a party, the shorter ones first."""
    yield from ((end, (tie,)) for end, tie in last.get(start, ()))
    first = [(near, (tie,)) for near, tie in steps.get(start, ())]
    for near, path in first:
        yield from ((end, (*path, tie)) for end, tie in last.get(near, ()) if end != start and _goes_on(path, sorts[near], tie))
    for near, path in first:
        for far, tie in steps.get(near, ()):
            if far == start or far not in last or not _goes_on(path, sorts[near], tie):
                continue
            longer, gone = (*path, tie), (start, near)
            yield from ((end, (*longer, then)) for end, then in last[far] if end not in gone and _goes_on(longer, sorts[far], then))


def _goes_on(path: tuple[_Tie, ...], via: str, tie: _Tie) -> bool:
    """Whether the path may go on with ``tie`` through a party of the sort ``via``."""
    if tie.kind not in _THEN[path[-1].kind] or (via in _OFFICES and tie.kind not in _HOLDING):
        return False
    both = [each.kind for each in path] == [TieKind.EMPLOYS, TieKind.EMPLOYS]
    two_jobs = via == Sort.PERSON and path[-1].kind == tie.kind == TieKind.EMPLOYS
    return not two_jobs and (not both or tie.kind in _HOLDING)  # a colleague's own interests are a colleague's, but for what they hold


class _Merged:
    """Which party each merged one became."""

    def __init__(self) -> None:
        self._into = dict(Party.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
        self._from: defaultdict[int, set[int]] = defaultdict(set)
        for each in self._into:
            self._from[self.of(each)].add(each)

    def of(self, party: int) -> int:
        while (into := self._into.get(party)) is not None:
            party = into
        return party

    def all_of(self, parties: Collection[int]) -> set[int]:
        """The parties and everything that was merged into them."""
        return {each for party in parties for each in (party, *self._from.get(party, ()))}


def _ties(one: _Merged, people: set[int], parties: set[int], on: dt.date) -> tuple[_Steps, dict[int, str]]:
    """The ties that can stand on a path of three: those of the people, those of the parties, and those between the two."""
    found: dict[int, _Tie] = {}
    sorts: dict[int, str] = {}
    near, far = one.all_of(people), one.all_of(parties)
    for ids in (near, far):
        _read(Q(source__in=ids) | Q(target__in=ids), one, on, found, sorts)
    around = [one.all_of({end for tie in found.values() if middle & set(tie.ends) for end in tie.ends}) for middle in (people, parties)]
    _read(Q(source__in=around[0], target__in=around[1]) | Q(source__in=around[1], target__in=around[0]), one, on, found, sorts)
    steps: _Steps = defaultdict(list)
    for tie in sorted(found.values(), key=lambda tie: tie.pk):
        first, second = tie.ends
        steps[first].append((second, tie))
        steps[second].append((first, tie))
    return dict(steps), sorts


def _read(where: Q, one: _Merged, on: dt.date, found: dict[int, _Tie], sorts: dict[int, str]) -> None:
    """Adds the ties that count on the day: those confirmed that began by then, and ended ones until their kind's months are over."""
    once = Q(state=TieState.CONFIRMED) | Q(state=TieState.ENDED, confirmed_by__isnull=False)
    recent = Q(until=None) | Q(until__gte=period.add_months(on, -_LONGEST)) | Q(kind__in=(TieKind.RELATIVE, TieKind.MENTORS))
    rows = Tie.objects.filter(where, once, recent, since__lte=on).values_list(
        "pk", "kind", "until", "source", "target", "source__urn", "target__urn", "source__sort", "target__sort")
    for pk, kind, until, source, target, source_urn, target_urn, source_sort, target_sort in rows:
        taught = kind == TieKind.MENTORS and source_sort == target_sort == Sort.PERSON
        ground = GROUNDS[TEACHING if taught else kind]
        if until is not None and ground.months is not None and period.add_months(until, ground.months) < on:
            continue
        ends = (one.of(source), one.of(target))
        if ends[0] != ends[1]:
            found[pk] = _Tie(pk, kind, ends, Hop(source_urn, kind, target_urn), ground)
            sorts.update(zip(ends, (source_sort, target_sort), strict=True))

"""Conflicts of interest between a buyer and a provider: rivals, and paths of ownership that lead from one to the other's rivals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from fuhua.kernel.words import Text
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family
from fuhua.parties.words import TIES, TieKind, TieState

_OWNING = (TieKind.OWNS, TieKind.INVESTS, TieKind.PART_OF)
_STEPS = 3  # a group, its fund, what the fund holds


@dataclass(frozen=True)
class Hop:
    """One step of a path: from ``source`` by a tie of ``kind`` to ``target``, as the tie is on record."""

    source: Party
    kind: str
    target: Party

    @property
    def label(self) -> Text:
        """The tie in words."""
        return TIES[self.kind]


@dataclass(frozen=True)
class Conflict:
    """A path of confirmed ties from the buyer to a rival of the provider (``rival``) or to the provider itself."""

    hops: tuple[Hop, ...]
    rival: Party | None


def rivals_of(party: int) -> set[int]:
    """Ids of everybody who is on record as a rival of the party, of those that were merged as well."""
    return _against(*_same(party))


def _against(mine: set[int]) -> set[int]:
    pairs = _live().filter(Q(source__in=mine) | Q(target__in=mine), kind=TieKind.RIVAL).values_list("source_id", "target_id")
    others = {each for pair in pairs for each in pair} - mine
    return {each for ids in family(others).values() for each in ids}


def rivals(party: int, others: Collection[int]) -> bool:
    """Whether any of the others (ids) is a rival of the party."""
    return bool(others) and not rivals_of(party).isdisjoint(others)


def conflicts(buyer: Party, provider: Party) -> list[Conflict]:
    """Every shortest path by which the buyer, its group or its funds hold the provider or a rival of it.

    Four queries at most for who was merged and who is a rival, and one a step.
    """
    theirs, wave = _same(provider.pk, buyer.pk)
    targets = _against(theirs) | theirs
    paths: dict[int, tuple[Hop, ...]] = dict.fromkeys(wave, ())
    found: list[Conflict] = []
    for _step in range(_STEPS):
        reached: set[int] = set()
        for end, near, tie in _held_by(wave):
            if end.pk in paths:
                continue
            paths[end.pk] = (*paths[near], Hop(tie.source, tie.kind, tie.target))
            reached.add(end.pk)
            if end.pk in targets:
                found.append(Conflict(paths[end.pk], None if end.pk in theirs else end))
        wave = reached - targets
        if not wave:
            break
    return found


def _same(*parties: int) -> list[set[int]]:
    """For each party (id) its own and those of what was merged with it."""
    kin = family(parties)
    return [{party, *kin.get(party, ())} for party in parties]


def _held_by(wave: Iterable[int]) -> list[tuple[Party, int, Tie]]:
    """What the parties own or invest in, and the group each is part of: (what is reached, from where, the tie)."""
    near = set(wave)
    ties = _live().filter(Q(source__in=near) | Q(target__in=near), kind__in=_OWNING).select_related("source", "target").order_by("pk")
    found = []
    for tie in ties:
        if tie.source_id in near:
            found.append((tie.target, tie.source_id, tie))
        if tie.target_id in near and tie.kind == TieKind.PART_OF:
            found.append((tie.source, tie.target_id, tie))
    return found


def _live() -> QuerySet[Tie]:
    return Tie.objects.filter(state=TieState.CONFIRMED, until=None)

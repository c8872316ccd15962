"""Whether two parties are affiliated on a day: by a tie between them, or by a third that owns both."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from fuhua.parties import models
from fuhua.parties.words import TieKind, TieState

_DIRECT = (
    TieKind.OWNS,
    TieKind.INVESTS,
    TieKind.PART_OF,
    TieKind.SPUN_OUT,
    TieKind.LINKED,
    TieKind.RELATIVE,
    TieKind.EMPLOYS,
)


def akin(one: str, other: str, on: dt.date) -> bool:
    """Whether a tie confirmed by both sides and in force on ``on`` affiliates the two URNs, directly or by one owner.

    A resident or a mentored firm is not affiliated. An ended tie affiliates up to the day before it ended.
    """
    ties = list(
        models.Tie.objects.filter(
            _in_force(on), Q(source__urn__in=(one, other)) | Q(target__urn__in=(one, other)), kind__in=_DIRECT
        ).values_list("kind", "source__urn", "target__urn")
    )
    if any({source, target} == {one, other} for _kind, source, target in ties):
        return True
    return bool(_above(one, ties) & _above(other, ties))


def _in_force(on: dt.date) -> Q:
    told = Q(confirmed_by__isnull=False) & ~Q(state=TieState.PROPOSED)
    return told & Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def _above(urn: str, ties: list[tuple[str, str, str]]) -> set[str]:
    owners = {source for kind, source, target in ties if kind == TieKind.OWNS and target == urn}
    return owners | {target for kind, source, target in ties if kind == TieKind.PART_OF and source == urn}

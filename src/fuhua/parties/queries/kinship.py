"""Whether two parties are affiliated on a day: by a tie between them, or by a third that owns both."""

from __future__ import annotations

import datetime as dt

from django.db import connection

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

# in SQL because it runs once for every metered use of a shared instrument, and composing it anew costs more than asking it
_TIES = f"""
SELECT tie.kind, source.urn, target.urn FROM parties_tie tie
JOIN parties_party source ON source.id = tie.source_id JOIN parties_party target ON target.id = tie.target_id
WHERE (tie.source_id IN (SELECT id FROM parties_party WHERE urn IN (%s, %s))
    OR tie.target_id IN (SELECT id FROM parties_party WHERE urn IN (%s, %s)))
  AND tie.confirmed_by_id IS NOT NULL AND tie.state <> '{TieState.PROPOSED}'
  AND tie.since <= %s AND (tie.until IS NULL OR tie.until > %s)
  AND tie.kind IN ({", ".join(f"'{kind}'" for kind in _DIRECT)})
"""  # noqa: S608 - words of this house only


def akin(one: str, other: str, on: dt.date) -> bool:
    """Whether a tie confirmed by both sides and in force on ``on`` affiliates the two URNs, directly or by one owner.

    A resident or a mentored firm is not affiliated. An ended tie affiliates up to the day before it ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TIES, [one, other, one, other, on.isoformat(), on.isoformat()])
        ties = cursor.fetchall()
    if any({source, target} == {one, other} for _kind, source, target in ties):
        return True
    return bool(_above(one, ties) & _above(other, ties))


def _above(urn: str, ties: list[tuple[str, str, str]]) -> set[str]:
    owners = {source for kind, source, target in ties if kind == TieKind.OWNS and target == urn}
    return owners | {target for kind, source, target in ties if kind == TieKind.PART_OF and source == urn}

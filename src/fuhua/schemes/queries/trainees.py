"""Whether practicums are free of conflicts, with the path of ties that says they are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.queries import names
from fuhua.parties.queries.conflicts import Conflict, conflicts
from fuhua.parties.words import CONFLICTS, TIES
from fuhua.schemes.models import Practicum

_WITH: dict[str, Text] = {"venture": t("实训企业", "the venture"), "tutor": t("带教导师", "the tutor")}


def conflict_of(person: Party, venture: Party, tutor: Party, on: dt.date) -> Text | None:
    """Why the person cannot train there, with the path; None when no path of at most three ties leads to the venture or the tutor."""
    found = conflicts({person.pk}, {"venture": {venture.pk}, "tutor": {tutor.pk}}, on)
    for key in _WITH:
        if (conflict := found.get((person.pk, key))) is not None:
            return t("利益冲突：学员与{side}有{why}（{path}）。请另选实训企业或导师",
                     "conflict of interest between the trainee and {side}: {why} ({path}). Choose another venture or tutor").format(
                side=_WITH[key], why=CONFLICTS[conflict.why], path=_path(conflict))
    return None


def conflicted(rows: Iterable[Practicum], on: dt.date) -> list[Practicum]:
    """Those whose trainee conflicts with their venture or tutor on a day; as many queries for one as for a hundred."""
    found = {row.pk: row for row in rows}
    if not found:
        return []
    trainees = {row.talent.person_id for row in found.values()}
    pairs = conflicts(trainees, {pk: {row.venture_id, row.tutor_id} for pk, row in found.items()}, on)
    return [row for pk, row in found.items() if (row.talent.person_id, pk) in pairs]


def _path(conflict: Conflict) -> Text:
    called = names({end for hop in conflict.hops for end in (hop.source, hop.target)})
    hops = [[called.get(hop.source, hop.source), TIES[hop.kind], called.get(hop.target, hop.target)] for hop in conflict.hops]
    if not hops:
        return t("本人", "the same person")
    return Text("；".join(f"{source} —{kind.zh}→ {target}" for source, kind, target in hops),
                "; ".join(f"{source} —{kind.en}→ {target}" for source, kind, target in hops))

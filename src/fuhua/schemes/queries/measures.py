"""What milestones count from below: residents by their ties, and what no fact says and a verifier states."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence import queries as evidence
from fuhua.kernel.words import t
from fuhua.parties.facts import TieConfirmed
from fuhua.parties.queries import directory
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.kinds.measures import MEASURES, Count, Measure

_CHUNK = 500  # subjects of one query


def _residents(urn: str, since: dt.date, until: dt.date) -> Count:
    rows = directory.ties().filter(kind=TieKind.RESIDES, target__urn=urn, since__gt=since, since__lte=until)
    sources = sorted(set(rows.exclude(state=TieState.PROPOSED).values_list("source__urn", flat=True)))
    told = [each for start in range(0, len(sources), _CHUNK)
            for each in evidence.records([TieConfirmed.KIND], subjects=sources[start : start + _CHUNK])]
    return Count(len(sources), tuple(sorted(each.digest for each in told if (each.fact.tie, each.fact.target) == (TieKind.RESIDES, urn))))


RESIDENTS = MEASURES.add(Measure("residents", t("新增入驻企业", "new residents"), t("家", "firms"), _residents))
STATED = MEASURES.add(Measure("stated", t("考核人据材料认定", "stated by the verifier from the documents"), t("项", "in number")))


def counted(code: str, urn: str, since: dt.date, until: dt.date) -> Count | None:
    """What facts say of the measure of the party after ``since`` up to ``until``; None when no fact speaks to it."""
    measure = MEASURES.get(code)
    return measure.count(urn, since, until) if measure is not None and measure.count is not None else None

"""Offers every indicator to agreements as a measure of milestones: the credit of a party since its agreement was signed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from fuhua.evidence.proof.figure import COUNTED, INDICATORS, Terms
from fuhua.plan.queries.figures import answers, ask
from fuhua.schemes.kinds.measures import MEASURES, Count, Measure


def _credit(code: str, urn: str, since: dt.date, until: dt.date) -> Count:
    """Whole units of the party's credit: half a firm of two hosts makes nothing alone, and one with another half."""
    answer = answers([ask(code, None, Terms(since=since), until)])[0]
    mine = [verdict.records for verdict in answer.lines.values()
            if verdict.state == COUNTED and any(holder == urn for holder, _share in verdict.credit)]
    return Count(int(answer.figure.credit.get(urn, 0)), tuple(sorted({record.digest for records in mine for record in records})))


INDICATORS.discover("fuhua.plan.indicators")
for _indicator in INDICATORS:
    MEASURES.add(Measure(_indicator.code, _indicator.name, _indicator.unit, partial(_credit, _indicator.code)))

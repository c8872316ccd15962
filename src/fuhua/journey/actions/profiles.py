"""State what policy rules ask of a subject, once; only what is new is recorded, then the rules judge again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.actions import verdicts
from fuhua.journey.queries import known as on_record
from fuhua.journey.queries.profiles import profile_of
from fuhua.kernel import period
from fuhua.policy import catalog
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import BadProfile, read_profile
from fuhua.schemes.kinds.known import SOURCES

for _source in on_record.TOLD:  # what is stated here, and stays and titles, prefill forms of schemes
    SOURCES.add(_source)


class BadAnswer(BadFact):
    """A value that the input does not take; the text names the input and says how to mend it."""


@transaction.atomic
def answer(
    *,
    subject: str,
    values: Mapping[str, Any],
    by: str,
    at: dt.datetime,
    on: dt.date | None = None,
    grade: Grade = Grade.DECLARED,
    on_behalf: str | None = None,
    judged: bool = True,
) -> list[str]:
    """State values by input name, as people write them (``"120万元"``, ``"5.2%"``, ``true``, ``[5, 7]``); returns the digests.

    What is on record already is not stated again. Raises :class:`BadAnswer`; then nothing is recorded.
    """
    day = on or period.day(at)
    try:
        known = read_profile(values, catalog.inputs())
    except BadProfile as wrong:
        raise BadAnswer(wrong.text) from wrong
    verdicts.hold(subject)
    before = profile_of(subject, day).known
    if judged and before:  # what the day alone moved is told, before the answer hides it
        verdicts.tell(changed=verdicts.judge_subject(subject=subject, by=by, at=at), at=at)
    told = [fact for name, value in known.items() if before.get(name) != value for fact in _told(subject, catalog.inputs()[name], value)]
    digests = [record(fact, by=by, at=at, grade=grade, true_from=day, on_behalf=on_behalf) for fact in told]
    if judged and (digests or not before):
        verdicts.judge_subject(subject=subject, by=by, at=at)
    return digests


def _told(subject: str, one: Input, value: Any) -> list[facts.ValueStated]:
    if one.kind == "choice":
        return [facts.ValueStated(subject=subject, input=one.name, code=value)]
    if one.kind == "by_year":
        years = [facts.ValueStated(subject=subject, input=one.name, low=amount, high=amount, year=year) for year, amount in value.items()]
        return years or [facts.ValueStated(subject=subject, input=one.name)]
    return [facts.ValueStated(subject=subject, input=one.name, low=int(value[0]), high=int(value[1]))]

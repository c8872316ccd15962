"""What if a threshold or a date were another: the rule and its changed copy over every venture in the city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import META
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import standing
from fuhua.journey.models import Stay
from fuhua.journey.queries import numbers, profiles
from fuhua.journey.words import STAYS
from fuhua.parties.models import Party
from fuhua.policy.reasoning.amend import amended
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.reasoning.verdict import Verdict, answer, judge
from fuhua.policy.titles import worth_of
from fuhua.policy.words import ELIGIBLE

NO_STAY = "none"


@dataclass
class Sides:
    """Who gains and who loses, as URNs."""

    gain: list[str] = field(default_factory=list)
    lose: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WhatIf:
    """The change seen over all subjects: counts before and after, who moves, by district and stage, at what cost.

    ``before`` and ``after`` count verdicts by answer. ``cost`` is fen a year that those who gain would be entitled to, less what
    those who lose would not; ``uncounted`` says of how many of them the worth is not told.
    """

    rule: Rule
    changed: Rule
    on: dt.date
    judged: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    all: Sides
    by_district: Mapping[str, Sides]
    by_stage: Mapping[str, Sides]
    cost: int
    uncounted: int


def what_if(
    rule: Rule,
    edition: str,
    on: dt.date,
    *,
    bounds: Mapping[str, Exact] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> WhatIf:
    """Run the rule and its copy (see ``policy.reasoning.amend.amended``, whose errors it raises) over the whole city."""
    changed = amended(rule, edition, bounds, since=since, until=until)
    tables = numbers.tables_on(on)
    places, stages = _places(rule), _stages(on)
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    every, districts, by_stage = Sides(), {}, {}
    cost = uncounted = judged = 0
    for subject, profile in _profiles(places, on):
        was, becomes = answer(rule, profile, on, tables), answer(changed, profile, on, tables)
        judged += 1
        before[was] = before.get(was, 0) + 1
        after[becomes] = after.get(becomes, 0) + 1
        gains = becomes == ELIGIBLE
        if (was == ELIGIBLE) is gains:
            continue
        old, new = judge(rule, profile, on, tables), judge(changed, profile, on, tables)
        for sides in (every, districts.setdefault(places[subject], Sides()), by_stage.setdefault(stages.get(subject, NO_STAY), Sides())):
            (sides.gain if gains else sides.lose).append(subject)
        cost += worth_of([new]) - worth_of([old])
        uncounted += _untold(new if gains else old)
    return WhatIf(rule, changed, on, judged, before, after, every, districts, by_stage, cost, uncounted)


def _untold(verdict: Verdict) -> int:
    keys = [figure.key for figure, _value in verdict.figures if figure.worth]
    return int(not keys or any(key in verdict.wanting for key in keys))


def _places(rule: Rule) -> dict[str, str]:
    sorts = [sort for sort, subject in profiles.SUBJECTS.items() if subject == rule.subject]
    return dict(Party.objects.filter(sort__in=sorts, merged_into=None).values_list("urn", "district"))


def _stages(on: dt.date) -> dict[str, str]:
    """The kind of stay that each venture is in on the day; the furthest where there are several."""
    order = list(STAYS)
    found: dict[str, str] = {}
    for venture, kind in Stay.objects.filter(began__lte=on).exclude(ended__lt=on).values_list("venture", "kind"):
        if venture not in found or order.index(kind) > order.index(found[venture]):
            found[venture] = kind
    return found


def _profiles(places: Mapping[str, str], on: dt.date) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every subject with what is known of it, duplicates' facts with it; one of which nothing is known is judged too."""
    told: dict[str, list[Record[Any]]] = {}
    wanted = [kind.KIND for kind in (*profiles.KINDS, *META)]
    names = evidence.merges()
    for record in evidence.records(wanted):
        subject = names.get(record.subject, record.subject)
        if subject in places:
            told.setdefault(subject, []).append(record)
    for subject, district in places.items():
        records = standing(told[subject], on).told if subject in told else []
        yield subject, profiles.profile_from(subject, records, on, district).known

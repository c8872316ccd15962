"""Run a changed copy of a rule over the city, and keep on record who did: the result names firms by what they told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.queries.what_if import WhatIf, what_if
from fuhua.kernel import period, urn
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.terms import Exact


@transaction.atomic
def try_out(
    *,
    rule: Rule,
    edition: str,
    by: str,
    at: dt.datetime,
    bounds: Mapping[str, Exact] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> WhatIf:
    """What would change, by today's facts; raises what :func:`policy.reasoning.amend.amended` raises, and then keeps nothing."""
    found = what_if(rule, edition, period.day(at), bounds=bounds, since=since, until=until)
    changed = [f"{key}={value}" for key, value in sorted((bounds or {}).items())]
    of = next(each for each in rule.editions if each.key == edition)
    days = (("since", since, of.since), ("until", until, of.until))
    changed += [f"{name}={day.isoformat()}" for name, day, before in days if day is not None and day != before]
    fact = facts.WhatIfRun(
        subject=urn.of("policy", rule.key), edition=edition, changes=tuple(changed), gained=len(found.all.gain), lost=len(found.all.lose)
    )
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
    return found

"""Two landings of one person or project become one: the first told stays, the other is voided as a duplicate and its case closed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.journey.actions import cases, landings
from fuhua.journey.queries import landing_kin


@transaction.atomic
def keep_one(*, party: str, by: str, at: dt.datetime) -> int:
    """Two records turned out to be ``party`` (URN); returns how many landings and cases were given up. Nothing to do, nothing done."""
    same = landing_kin.kin([party])
    told, live = landing_kin.landings(same.values()), landing_kin.live_cases(same)
    urns = list(dict.fromkeys([each.urn for each in (*told, *live)]))
    if len(urns) < 2:
        return 0
    kept = urns[0]
    for landing in told[1:]:
        landings.land.void(landing.digest, reason="duplicate", by=by, at=at)
    for case in live:
        if case.urn != kept:
            cases.join(case=case, into=kept, by=by, at=at)
    return len(urns) - 1

"""What a person's home shows of their own: their organisations, their rosters, the log an auditor checks, public plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from fuhua.desk.access import HANDS_IN
from fuhua.desk.queries import intakes
from fuhua.evidence import queries as evidence
from fuhua.evidence.proof.heads import fingerprint, head_holds
from fuhua.front import access
from fuhua.front.queries import profile
from fuhua.front.queries.cockpit import Moment
from fuhua.parties.queries import directory
from fuhua.parties.words import SORTS
from fuhua.plan.queries import proofs
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition

OWNERS = frozenset({"operator", "founder", "expert", "steward", "park_manager"})
NEWEST, ROSTERS = 5, 5


def organisations(who: Any, edition: Edition | None, objectives: Sequence[Objective], moment: Moment | None) -> list[dict[str, Any]]:
    """The reader's own organisations: what counts through them and what was last told of them."""
    if not who.offices & OWNERS:
        return []
    found = []
    for party in access.PROFILES.filter(who, directory.organisations()).filter(pk__in=who.acts_for(*OWNERS)).order_by("pk"):
        counts = edition is not None and moment is not None
        told = profile.told(who, party, [party.urn], access.FACTS)
        found.append({
            "name": party.name, "sort": SORTS[party.sort], "url": reverse("front:profile", kwargs={"urn": party.urn}),
            "standing": profile.standing(edition, objectives, [party.urn], moment) if counts else [],
            "credited": profile.credited(edition, objectives, [party.urn], moment) if counts else [],
            "newest": told["events"][:NEWEST], "total": told["total"],
        })
    return found


def rosters(who: Any) -> list[dict[str, Any]] | None:
    """The rosters the reader handed in last; None for those who hand none in."""
    if not HANDS_IN.opens_for(who):
        return None
    return [intakes.shown(intake) for intake in intakes.listed(who)[:ROSTERS]]


def log(who: Any, edition: Edition | None, objectives: Sequence[Objective], moment: Moment | None) -> dict[str, Any] | None:
    """For an auditor: the newest signed head, checked now, and the offline proof of every figure; else None."""
    head = evidence.head() if "auditor" in who.offices else None
    if head is None:
        return None
    return {
        "size": head.size, "root": head.root, "key": fingerprint(head.key), "holds": head_holds(head), "sealed_at": head.sealed_at,
        "proofs": [{"code": each.indicator.code, "name": each.indicator.name, "url": proofs.url(edition, each, moment.on, moment.known)}
                   for each in objectives] if edition is not None and moment is not None else [],
    }

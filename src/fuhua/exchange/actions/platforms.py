"""Professional platforms: register with proof of assets, meter use; affiliation is computed, never typed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.verbs import NotYet, Verb
from fuhua.evidence.queries import told_of
from fuhua.exchange import facts
from fuhua.kernel.words import t
from fuhua.parties.queries.kinship import akin


def _affiliation(fields: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """How the user is tied to the platform's owner on the day: itself, by confirmed ties, or not at all."""
    platform, user = fields["subject"], fields["user"]
    registered = told_of(platform, facts.PlatformRegistered, on=on)
    if not registered:
        raise NotYet(
            t(
                "{day} 之前没有登记该平台，请先登记平台", "the platform was not registered by {day}; register it first"
            ).format(day=on.isoformat())
        )
    owner = registered[-1].fact.owner
    if user in (owner, platform):
        return {"affiliation": "self"}
    return {"affiliation": "owner" if akin(user, owner, on) else "none"}


register = Verb(facts.PlatformRegistered)
meter = Verb(facts.UseMetered, fill=_affiliation)

"""When a stay ends, the venture's word that the incubator may see its benefits ends with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.journey import facts
from fuhua.journey.actions import sharing
from fuhua.parties.facts import ConsentWithdrawn


@reaction("journey.stays_to_consents", facts.StayEnded, causes=(ConsentWithdrawn,))
def stay_ended(told: Record[Any], at: dt.datetime) -> None:
    """Withdraw what was shared with a host in which the venture lives no longer; nothing shared, nothing done."""
    sharing.left(venture=told.subject, host=told.fact.host, by=told.by, at=at)

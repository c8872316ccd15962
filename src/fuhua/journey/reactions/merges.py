"""When two records turn out to be one person or project, their landings become one, so that nobody is counted twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.desk.facts import AskWithdrawn
from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.facts import Merged, Voided
from fuhua.evidence.proof.records import Record
from fuhua.journey.actions import doubles
from fuhua.journey.facts.landing_cases import CaseJoined, PassportErased


@reaction("journey.merges_to_cases", Merged, causes=(Voided, CaseJoined, AskWithdrawn, PassportErased))
def merged(told: Record[Any], at: dt.datetime) -> None:
    """The landing that was told first stays."""
    doubles.keep_one(party=told.fact.into, by=told.by, at=at)

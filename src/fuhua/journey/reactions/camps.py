"""An award of a cross-border camp opens a landing case and asks for every step of it on the same day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.desk.facts import AskRaised
from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.journey.actions import cases
from fuhua.journey.facts.landing_cases import CaseOpened
from fuhua.schemes.facts.review import ApplicationAwarded


@reaction("journey.awards_to_cases", ApplicationAwarded, causes=(CaseOpened, AskRaised))
def awarded(told: Record[Any], at: dt.datetime) -> None:
    """Whoever has a case already gets no second one; the issuer is shown the one there is."""
    if told.fact.sort == cases.CAMP:
        cases.award(application=told.subject, by=told.by, at=at)

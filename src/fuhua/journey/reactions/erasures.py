"""When a person is erased from the register, what is held of their passport goes too."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.journey.actions import passports
from fuhua.journey.facts.landing_cases import PassportErased
from fuhua.parties.facts import PersonErased


@reaction("journey.erasures_to_passports", PersonErased, causes=(PassportErased,))
def erased(told: Record[Any], at: dt.datetime) -> None:
    """Nothing held, nothing done."""
    passports.forget(person=told.subject, by=told.by, at=at)

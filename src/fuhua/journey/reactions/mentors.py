"""When an application for gold mentors is awarded, its applicant is listed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.journey.actions import mentors
from fuhua.schemes.facts.mentors import MentorListed
from fuhua.schemes.facts.review import ApplicationAwarded


@reaction("journey.awards_to_mentors", ApplicationAwarded, causes=(MentorListed,))
def awarded(told: Record[Any], at: dt.datetime) -> None:
    """Awards of other kinds pass by."""
    mentors.awarded(application=told.subject, by=told.by, at=at)

"""What schemes does about what was told of ties: they bar people from applications, end practicums, begin and end placements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.parties.facts import ConsentWithdrawn, PersonErased, TieConfirmed, TieEnded
from fuhua.schemes.actions import barring, placements, practicums
from fuhua.schemes.facts.review import PanelDrawn, PersonBarred, ReviewerReplaced
from fuhua.schemes.facts.talents import EmploymentRechecked, PersonPlaced, PracticumStopped, TalentLeft


@reaction("schemes.bar_the_newly_tied", TieConfirmed, causes=(PersonBarred, ReviewerReplaced, PanelDrawn))
def bar_the_newly_tied(told: Record[Any], at: dt.datetime) -> None:
    """Whom the tie brings near an application is out of its panel, and of everything else of it, from this second."""
    barring.look_again(parties=(told.fact.subject, told.fact.target), by=told.by, at=at)


@reaction("schemes.stop_conflicted_practicums", TieConfirmed, causes=(PracticumStopped, ConsentWithdrawn))
def stop_conflicted_practicums(told: Record[Any], at: dt.datetime) -> None:
    """A trainee whom the tie brings near the venture or the tutor trains there no longer, and reads nothing more."""
    practicums.look_again(parties=(told.fact.subject, told.fact.target), by=told.by, at=at)


@reaction("schemes.begin_placements", TieConfirmed, causes=(PersonPlaced,))
def begin_placements(told: Record[Any], at: dt.datetime) -> None:
    """The person confirmed the employment that an incubator proposed: they are placed, and the twelve months run."""
    placements.begin(house=told.fact.subject, person=told.fact.target, by=told.by, at=at)


@reaction("schemes.end_placements", TieEnded, causes=(EmploymentRechecked,))
def end_placements(told: Record[Any], at: dt.datetime) -> None:
    """The employment ended: whoever was placed by it is not counted at twelve months."""
    placements.end(house=told.fact.subject, person=told.fact.target, by=told.by, at=at)


@reaction("schemes.forget_the_erased", PersonErased, causes=(PracticumStopped, TalentLeft, ConsentWithdrawn))
def forget_the_erased(told: Record[Any], at: dt.datetime) -> None:
    """Whoever was erased leaves the pool, and what they said of themselves goes with their name."""
    practicums.forget(person=told.subject, by=told.by, at=at)

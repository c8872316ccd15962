"""What schemes does about what was told: a tie that is confirmed may bar people from applications, at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.parties.facts import TieConfirmed
from fuhua.schemes.actions import barring
from fuhua.schemes.facts.review import PanelDrawn, PersonBarred, ReviewerReplaced


@reaction("schemes.bar_the_newly_tied", TieConfirmed, causes=(PersonBarred, ReviewerReplaced, PanelDrawn))
def bar_the_newly_tied(told: Record[Any], at: dt.datetime) -> None:
    """Whom the tie brings near an application is out of its panel, and of everything else of it, from this second."""
    barring.look_again(parties=(told.fact.subject, told.fact.target), by=told.by, at=at)

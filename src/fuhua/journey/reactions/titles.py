"""When a title comes, goes or is voided, the rules that ask about it judge its holder again, and the holder is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.facts import Voided
from fuhua.evidence.proof.records import Record
from fuhua.journey import facts
from fuhua.journey.actions import verdicts


@reaction("journey.titles_to_verdicts", facts.TitleAwarded, facts.TitleEnded, Voided)
def title_changed(told: Record[Any], _at: dt.datetime) -> None:
    """The holder is due to be judged again, if it was ever judged; whoever never asked is left in peace."""
    verdicts.holder_due(subject=told.subject)

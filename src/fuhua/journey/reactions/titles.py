"""When a title comes or goes, the rules that ask about it judge its holder again, and the holder is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.journey import facts
from fuhua.journey.actions import verdicts
from fuhua.journey.models import Standing


@reaction("journey.titles_to_verdicts", facts.TitleAwarded, facts.TitleEnded, causes=(facts.VerdictGiven,))
def title_changed(told: Record[Any], at: dt.datetime) -> None:
    """Judge the holder again if it was ever judged; whoever never asked is left in peace."""
    if Standing.objects.filter(subject=told.subject).exists():
        verdicts.rejudge(by=told.by, at=at, subjects=[told.subject])

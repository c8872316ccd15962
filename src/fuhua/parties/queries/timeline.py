"""What was testified of one thing, as a timeline shows it: in the order in which it came to be known, with who told it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.facts import FACTS
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.parties.queries import names


def timeline(subject: str, kinds: tuple[str, ...], on: dt.date) -> list[dict[str, Any]]:
    """What stands of the subject (URN) on a day, of facts whose kind begins with one of ``kinds``: ``at, title, who, grade, detail``."""
    told = told_of(subject, *(fact for fact in FACTS if fact.KIND.startswith(kinds)), on=on)
    told.sort(key=lambda each: each.known_at)
    called = names({each.by for each in told})
    return [{"at": each.known_at, "title": FACTS[each.kind].LABEL, "who": called.get(each.by, ""), "grade": Grade(each.grade).name.lower(),
             "detail": each.digest[:16]} for each in told]

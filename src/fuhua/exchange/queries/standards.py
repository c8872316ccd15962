"""Whether counsel has reviewed a standard text as it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.evidence.queries import told_of
from fuhua.exchange.facts import TextReviewed
from fuhua.exchange.kinds.standard import STANDARDS
from fuhua.parties.queries import names


@dataclass(frozen=True)
class Review:
    """Who reviewed the text, and on which day; ``fact`` is the digest of the fact that has the opinion."""

    reviewer: str
    on: dt.date
    fact: str


def review_of(version: str, on: dt.date) -> Review | None:
    """The latest review of this version that stands on a day; one of other words does not count."""
    text = STANDARDS[version]
    found = [each for each in told_of(text.urn, TextReviewed, on=on) if each.fact.wording == text.wording]
    if not found:
        return None
    last = found[-1]
    return Review(names([last.fact.reviewer]).get(last.fact.reviewer, ""), last.true_from, last.digest)

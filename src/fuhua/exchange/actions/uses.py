"""What the record of a platform's use says of its price: nothing until the user accepts the statement, and no use at all once that fell."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions import facts as evidence
from fuhua.evidence.facts import BadFact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import platforms
from fuhua.exchange.models import Deal, Use


def accepted(*, deal: Deal, by: str, at: dt.datetime) -> None:
    """The user accepted the statement: the use is told with its price, and no longer by the host alone."""
    if found := _told(deal):
        use, told = found
        _again(use, fee=use.fee, by=by, at=at, grade=Grade(max(told.grade, Grade.COUNTERPART)), on_behalf=deal.buyer.urn)


def reopened(*, deal: Deal, by: str, at: dt.datetime) -> None:
    """The statement is drawn up anew: what was accepted to pay is open again."""
    if (found := _told(deal)) and found[1].fact.fee:
        use, told = found
        _again(use, fee=0, by=by, at=at, grade=Grade(told.grade), on_behalf=told.on_behalf)


def fell(*, deal: Deal, by: str, at: dt.datetime) -> None:
    """The statement was given up: the use counts nowhere."""
    if found := _told(deal):
        platforms.meter.void(found[0].digest, reason="out_of_scope", by=by, at=at)


def _again(use: Use, **told: Any) -> None:
    use.digest = platforms.meter.correct(use.digest, **told)
    use.save(update_fields=["digest"])


def _told(deal: Deal) -> tuple[Use, Record[Any]] | None:
    """The use that the deal charges, with what is on record of it; None when there is none, or somebody put the record right by hand."""
    use = Use.objects.filter(deal=deal).exclude(digest="").first() if deal.front == "slot" else None
    try:
        return (use, evidence.standing(use.digest)) if use else None
    except BadFact:
        return None

"""What a venture did for the first time, read from its settled deals; so it goes when a payment is taken back."""

from __future__ import annotations

from fuhua.exchange.models import Deal
from fuhua.exchange.queries import deals
from fuhua.journey.words import SHOWN_BY
from fuhua.parties.models import Party

_VENTURES = ("venture", "project", "firm")


def firsts_of(party: Party) -> list[tuple[str, Deal]]:
    """Each first (a code of ``words.FIRSTS``) with the deal that shows it; empty for what is no venture."""
    if party.sort not in _VENTURES:
        return []
    found = [(first, deals.first_settled(party, side, kinds)) for first, (side, kinds) in SHOWN_BY.items()]
    return [(first, deal) for first, deal in found if deal is not None]

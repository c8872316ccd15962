"""What exchange does about what was told: a need that opens is held against equal ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.actions.reactions import reaction
from fuhua.evidence.proof.records import Record
from fuhua.exchange import facts
from fuhua.exchange.actions import pools
from fuhua.exchange.queries.rfqs import need_of


@reaction("exchange.pool_equal_needs", facts.ListingOpened)
def pool_equal_needs(told: Record[Any], at: dt.datetime) -> None:
    """Invite the owners of equal needs to order together."""
    need = need_of(told.fact.subject)
    if need is not None:
        pools.invite(need=need, at=at)

"""The statement of use (使用结算单): a deal under the terms accepted at booking, delivered when it is drawn up."""

from __future__ import annotations

import datetime as dt

from fuhua.exchange.actions import deals, deliveries, signing
from fuhua.exchange.models import Deal, Reservation
from fuhua.kernel import period
from fuhua.kernel.words import t

_WHAT = t("使用结算单", "statement of use")
_TEST = t("使用时长与计时记录一致，价格与预约时约定一致", "the time agrees with the metering, the price with what was agreed at booking")
_TIME = t("使用时长（费用见下行）", "time used (the fee is in the next line)")


def draw_up(row: Reservation, line: str, amount: int, at: dt.datetime, *, minutes: int = 0) -> Deal:
    """The deal of one booking with one ``line`` of ``amount`` fen for ``minutes`` of use, waiting for the user to accept it.

    Nobody signs it anew: the published rules and the price were accepted with the booking. Use serves the need that the booking named;
    a fee for a missed slot serves none.
    """
    host, who = row.resource.offer, row.resource.offer.party.urn
    fee = deals.Line(item=line, quantity=1, unit="次", price=amount)
    time = deals.Line(item=_TIME.zh, quantity=minutes, unit="分钟", price=0)
    terms = deals.Terms(title=line, kind=host.kind, front="slot", lines=[time, fee] if minutes else [fee],
                        due=[deals.Due(title=_WHAT.zh, test=_TEST.zh, on=period.day(at))], more={"booking": row.urn},
                        fee=not minutes)
    deal = deals.open_deal(buyer=row.organisation, provider=host.party, terms=terms, by=who, at=at, offer=host,
                           need=row.need if minutes else None, buyer_person=row.person_id, provider_person=host.owner_id)
    signing.conclude(deal=deal, buyer_person=row.person_id, provider_person=host.owner_id, by=row.person.urn, at=at)
    deliveries.deliver(deliverable=deal.deliverables.get(), note=line, by=who, at=at)
    deal.refresh_from_db()
    return deal

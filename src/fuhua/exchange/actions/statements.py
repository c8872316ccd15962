"""The statement of use (使用结算单): a deal under the terms accepted at booking, delivered when it is drawn up."""

from __future__ import annotations

import datetime as dt

from fuhua.desk.actions import notices
from fuhua.exchange.actions import deals
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Reservation
from fuhua.kernel import period
from fuhua.kernel.words import t

_TEST = t("使用时长与计时记录一致，价格与预约时约定一致", "the time agrees with the metering, the price with what was agreed at booking")


def draw_up(row: Reservation, line: str, amount: int, at: dt.datetime) -> Deal:
    """The deal of one booking with one ``line`` of ``amount`` fen, waiting for the user to accept it.

    Nobody signs it anew: the published rules and the price were accepted with the booking.
    """
    host, today = row.resource.offer, period.day(at)
    terms = deals.Terms(
        title=line, kind=host.kind, front="slot", lines=[deals.Line(item=line, quantity=1, unit="次", price=amount)],
        due=[deals.Due(title=t("使用结算单", "statement of use").zh, test=_TEST.zh, on=today)], more={"booking": row.urn})
    deal = deals.open_deal(buyer=row.organisation, provider=host.party, terms=terms, by=host.party.urn, at=at, offer=host,
                           buyer_person=row.person_id, provider_person=host.owner_id)
    deal.state = DEAL.after(DEAL.after(deal.state, "sign"), "deliver")
    deal.signed_at = row.booked_at
    deal.save(update_fields=["state", "signed_at"])
    deal.deliverables.update(state="delivered", delivered_at=at, tries=1)
    notices.turn(about=deal.urn, title=deal.title, url=deals.url_of(deal), at=at, to=row.person_id)
    return deal

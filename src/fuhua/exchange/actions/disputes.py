"""A side disputes a deal, or denies a payment twice; a broker hears both; it goes on, is delivered again, or ends."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import asks, clocks, notices
from fuhua.desk.words import OPEN
from fuhua.exchange import facts
from fuhua.exchange.actions import orders, settlements, uses
from fuhua.exchange.actions.deals import BadDeal, held, pass_turn, tell, url_of, urn_of
from fuhua.exchange.actions.deliveries import run_clocks
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Deliverable, Dispute, Settlement
from fuhua.exchange.queries.deals import resolutions
from fuhua.exchange.words import DISPUTES
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.queries import directory

_CLOCKS = ("delivery", "acceptance", "payment")


@transaction.atomic
def dispute(
    *, deal: Deal, side: int, because: str, text: str, person: int, by: str, at: dt.datetime, deliverable: Deliverable | None = None,
) -> Dispute:
    """The organisation ``side`` disputes the deal (or one deliverable of it) for a coded reason; its clocks stop and a broker is asked.

    Raises :class:`BadDeal` without a reason, and when there is no broker to ask.
    """
    if because not in DISPUTES or not text.strip():
        raise BadDeal(t("请选择争议原因并说明经过", "choose what is disputed and say what happened"))
    broker = _broker()
    if broker is None:
        raise BadDeal(t("目前没有服务管家可受理争议，请联系市级主管", "there is no broker who could hear it; ask the city officers"))
    made = Dispute(side_id=side, because=because, text=text.strip()[:2000], deliverable=deliverable, at=at)
    return _raise(held(deal), made, broker, person, by=by)


@transaction.atomic
def deny(*, settlement: Settlement, person: int, by: str, at: dt.datetime) -> Deal:
    """The provider has not received what the buyer told (``settlements.deny``); a second time it is disputed and a broker asked."""
    row = settlements.deny(settlement=settlement, by=by, at=at)
    broker = _broker()
    if settlements.denied(row) > 1 and broker is not None:
        _raise(row, Dispute(side_id=row.provider_id, because="unpaid", at=at), broker, person, by=by)
    return row


def _raise(row: Deal, made: Dispute, broker: Party, person: int, *, by: str) -> Dispute:
    side, at = made.side_id, made.at
    row.state = DEAL.after(row.state, "dispute")
    row.save()
    title = t("协议争议：{number}", "Dispute: {number}").format(number=row.number)
    made.deal, made.ask = row, asks.ask(kind="dispute", title=title, body=made.text, asker=person, asker_for=side, asked=broker.pk, by=by,
                                        at=at, about=row.urn, about_url=url_of(row))
    made.save()
    for name in _CLOCKS:
        clocks.stop(about=row.urn, name=name, at=at)
    pass_turn(row, None, at=at)
    other = row.provider_id if side == row.buyer_id else row.buyer_id
    notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=other)
    tell(row, facts.DealDisputed(subject=row.urn, side=urn_of(row, side), because=made.because, ask=made.ask.urn), by=by, at=at, side=side)
    return made


@transaction.atomic
def resolve(*, deal: Deal, result: str, side: int | None, by: str, at: dt.datetime) -> Deal:
    """The dispute is over (``words.RESOLUTIONS``), as far as the organisation ``side`` may say so (``queries.deals.resolutions``).

    Without a side a broker says it, who hears both. Raises :class:`BadDeal`, and ``WrongState`` when nothing is disputed.
    """
    row = held(deal)
    row.state = DEAL.after(row.state, "end" if result == "ended" else "resolve")
    made = row.disputes.select_related("ask", "deliverable").get(resolved_at=None)
    if result not in resolutions(row, made, side):
        raise BadDeal(t("提出方可以撤回争议，提供方可以同意重新交付，其他结果须由服务管家登记",
                        "who raised it may withdraw it, the provider may agree to deliver again; all else is recorded by a broker"))
    made.result, made.resolved_at = result, at
    made.save()
    if result == "redeliver":
        _again(row, made)
        uses.reopened(deal=row, by=by, at=at)
    fact = facts.DisputeResolved(subject=row.urn, result=result)
    tell(row, fact, by=by, at=at, side=made.side_id)
    if result == "ended":
        row.save()
        tell(row, facts.DealCancelled(subject=row.urn, because="ended"), by=by, at=at, side=made.side_id)
        orders.fell(deal=row, by=by, at=at)
        uses.fell(deal=row, by=by, at=at)
    else:
        _go_on(row, by=by, at=at)
    if side not in (None, made.side_id):
        notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=made.side_id)
    if side is not None and made.ask.state in OPEN:
        asks.withdraw(ask=made.ask, by=by, at=at)
    return row


def _again(row: Deal, made: Dispute) -> None:
    """What is disputed is delivered again: the deliverable that was named, else whatever was delivered last."""
    item = made.deliverable or row.deliverables.exclude(delivered_at=None).order_by("-delivered_at")[0]
    item.state, item.because, item.remark = "rejected", "", ""
    item.save()
    row.accepted_at = None


def _go_on(row: Deal, *, by: str, at: dt.datetime) -> None:
    """Back to where its deliverables are: the flow leads from ``signed`` over ``delivered`` to ``accepted``."""
    left = set(row.deliverables.values_list("state", flat=True))
    if "delivered" in left or left == {"accepted"}:
        row.state = DEAL.after(row.state, "deliver")
    if left == {"accepted"}:
        row.state = DEAL.after(row.state, "accept")
    row.save()
    run_clocks(row, at)
    if left == {"accepted"}:
        settlements.fall_due(row, by=by, at=at)
    else:
        pass_turn(row, row.buyer_id if "delivered" in left else row.provider_id, at=at)


def _broker() -> Party | None:
    """Where the stewards sit; None when there are none."""
    seats = directory.ties().filter(kind="employs", state="confirmed", until=None, office="steward").select_related("source")
    seat = seats.order_by("pk").first()
    return seat and seat.source

"""Open a deal: the agreement that every front ends in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Deliverable, Listing
from fuhua.exchange.words import MOST_AMOUNT
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.queries.kinship import akin


class BadDeal(BadFact):
    """The deal cannot be made or moved so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Line:
    """One line of an agreement: ``price`` is integer fen for one ``unit``; ``quantity`` is a whole number or minutes."""

    item: str
    quantity: int
    unit: str
    price: int

    @property
    def amount(self) -> int:
        """Fen."""
        return self.quantity * self.price


@dataclass(frozen=True)
class Due:
    """Something to be delivered by ``on``, and the test by which it is accepted (验收标准); ``first``: before the rest, as a sample is."""

    title: str
    test: str
    on: dt.date
    first: bool = False


@dataclass(frozen=True)
class Terms:
    """What two parties agree on. ``more``: further clauses by code, as the template of the kind's front prints them.

    ``fee``: for a slot that was missed or cancelled late.
    """

    title: str
    kind: str
    front: str
    lines: Sequence[Line]
    due: Sequence[Due]
    pay_days: int = 30
    more: Mapping[str, Any] = field(default_factory=dict)
    fee: bool = False


@transaction.atomic
def open_deal(
    *, buyer: Party, provider: Party, terms: Terms, by: str, at: dt.datetime, need: Listing | None = None, offer: Listing | None = None,
    buyer_person: int | None = None, provider_person: int | None = None,
) -> Deal:
    """Draw up the agreement of ``buyer`` with ``provider``; both sign it next. Raises :class:`BadDeal`."""
    today = period.day(at)
    _require(buyer, provider, terms, today)
    row = Deal.objects.create(
        urn=urn.new("deal"), number=numbered("FH", "deal", at, digits=6), front=terms.front, kind=terms.kind,
        title=terms.title[:200], need=need, offer=offer, buyer=buyer, provider=provider, buyer_person_id=buyer_person,
        provider_person_id=provider_person, terms=dict(terms.more), total=sum(line.amount for line in terms.lines),
        lines=[{"item": line.item, "quantity": line.quantity, "unit": line.unit, "price": line.price} for line in terms.lines],
        pay_days=terms.pay_days, affiliated=akin(buyer.urn, provider.urn, today), fee=terms.fee, opened_at=at,
    )
    Deliverable.objects.bulk_create([
        Deliverable(deal=row, number=number, title=due.title[:200], test=due.test[:1000], due=due.on, first=due.first)
        for number, due in enumerate(terms.due, 1)])
    record(facts.DealOpened(subject=row.urn, buyer=buyer.urn, provider=provider.urn, front=row.front, sort=row.kind, total=row.total,
                            need=need.urn if need else "", offer=offer.urn if offer else "",
                            affiliation="owner" if row.affiliated else "none"), by=by, at=at, grade=Grade.SYSTEM, on_behalf=buyer.urn)
    for side in (buyer, provider):
        notices.part(about=row.urn, title=row.title, url=url_of(row), at=at, to=side.pk)
    return row


def _require(buyer: Party, provider: Party, terms: Terms, today: dt.date) -> None:
    if buyer.pk == provider.pk:
        raise BadDeal(t("不能与自己签约，请选择另一家单位", "one cannot make a deal with oneself; choose another organisation"))
    if not terms.due:
        raise BadDeal(t("协议至少要有一项交付物和验收标准", "an agreement has at least one deliverable with its test"))
    for each in terms.due:
        require_ahead(each.on, today)
    for line in terms.lines:
        require_price(line.amount)
    require_price(sum(line.amount for line in terms.lines))


def require_ahead(due: dt.date, today: dt.date) -> None:
    """Nothing is agreed to be delivered on a day that has passed."""
    if due < today:
        raise BadDeal(t("交付日期已过，请填今天或以后的日期", "that day has passed; it is delivered today or later"))


def require_price(amount: int) -> None:
    """A price is nothing or more, and no more than a deal may be worth."""
    if amount < 0:
        raise BadDeal(t("金额不能为负，无偿填 0", "an amount is not negative; it is 0 when it is free"))
    if amount > MOST_AMOUNT:
        raise BadDeal(t("金额超过 10 万亿元，请核对金额和数量", "that is above ten trillion yuan; check the amount and the quantity"))


def held(deal: Deal) -> Deal:
    """The deal as it is now, locked until the transaction ends: whoever moves it waits for whoever is moving it."""
    return Deal.objects.select_for_update(of=("self",)).select_related("buyer", "provider").get(pk=deal.pk)


@transaction.atomic
def tell(row: Deal, fact: Fact, *, by: str, at: dt.datetime, side: int, documents: Sequence[str] = (), grade: Grade = Grade.SYSTEM) -> str:
    """Record a fact on behalf of the side (party id) that acts; returns its digest."""
    return record(fact, by=by, at=at, grade=grade, on_behalf=urn_of(row, side), documents=[each for each in documents if each])


def urn_of(row: Deal, side: int) -> str:
    """The URN of the side with that party id."""
    return row.buyer.urn if side == row.buyer_id else row.provider.urn


def give_up(row: Deal, side: int, *, by: str, at: dt.datetime) -> None:
    """The draft, which the caller holds, is cancelled on behalf of a side (party id); the other side is told."""
    row.state = DEAL.after(row.state, "cancel")
    row.save()
    pass_turn(row, None, at=at)
    other = row.provider_id if side == row.buyer_id else row.buyer_id
    notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=other)
    tell(row, facts.DealCancelled(subject=row.urn, because="not_signed"), by=by, at=at, side=side)


def pass_turn(row: Deal, to: int | None, *, at: dt.datetime) -> None:
    """It is now the turn of the organisation ``to``; with None nobody is waited for."""
    if to is None:
        notices.settle(about=row.urn, at=at)
    else:
        notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, to=to)


def url_of(row: Deal) -> str:
    """The page of a deal."""
    return reverse("exchange:deal", kwargs={"pk": row.pk})

"""Every verb of a quote: given and revised until the deadline, taken back, or declined with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import rfqs
from fuhua.exchange.flow import INVITATION
from fuhua.exchange.models import Invitation, Quote, Rfq
from fuhua.exchange.queries.rfqs import title_of
from fuhua.exchange.words import DECLINES, MOST_AMOUNT, MOST_PIECES, VAT
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t

_MOST = 10**13  # fen: no price of one unit is higher


class BadQuote(BadFact):
    """The quote cannot be given so; ``text`` says how to mend it, ``field`` where, if that is one place (``price_3``: the fourth row)."""

    def __init__(self, text: Text, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Offered:
    """What a provider offers: ``prices`` in fen for one unit of each row (None: not offered); the rest as :class:`models.Quote`."""

    prices: Sequence[int | None]
    lead_days: int
    valid_until: dt.date
    sample_days: int | None = None
    tooling: int = 0
    least: int = 1
    most: int | None = None
    incremental: bool = False
    vat: int | None = None
    note: str = ""


@transaction.atomic
def give(*, invitation: Invitation, offered: Offered, person: int, by: str, at: dt.datetime) -> Quote:
    """Quote, or quote anew until the deadline; raises :class:`BadQuote`, and ``rfqs.BadRfq`` when it is too late or the provider unfit."""
    row = rfqs.held_invitation(invitation)
    rfqs.require_open(row, at)
    state = INVITATION.after(row.state, "quote")
    rfqs.require_fit(row, period.day(at))
    _check(row, offered)
    number = (row.quotes.aggregate(last=Max("number"))["last"] or 0) + 1
    quote = Quote.objects.create(
        invitation=row, number=number, prices=list(offered.prices), tooling=offered.tooling, least=offered.least, most=offered.most,
        incremental=offered.incremental, lead_days=offered.lead_days, sample_days=offered.sample_days if row.rfq.sample else None,
        valid_until=offered.valid_until, vat=offered.vat, note=offered.note.strip(), person_id=person, at=at)
    _moved(row, state, at)
    for need in rfqs.owners(row.rfq):
        rfqs.from_brokers(need, at)
    priced = sum(price is not None for price in offered.prices)
    days = max(period.working_days_between(period.day(row.asked_at), period.day(at)), 0)
    told = facts.QuoteGiven(subject=row.rfq.need.urn, provider=row.provider.urn, days=days, lines=priced,
                            missing=len(offered.prices) - priced)
    record(told, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.provider.urn)
    return quote


def _check(row: Invitation, offered: Offered) -> None:
    prices = [price for price in offered.prices if price is not None]
    if len(offered.prices) != len(row.rfq.rows) or not prices:
        raise BadQuote(t("请至少报一行价格；不提供的行留空", "price at least one row; leave empty what you do not offer"))
    if any(not 0 < price <= _MOST for price in prices) or offered.tooling < 0:
        raise BadQuote(t("单价须大于 0，模具费不能为负", "a price is above 0, and tooling is not negative"))
    if offered.vat not in VAT:
        raise BadQuote(t("没有这种增值税税率", "there is no such rate of value-added tax"))
    papers.require_printable([offered.note])  # the agreement will say it
    if offered.lead_days < 1 or offered.least < 1 or (offered.most is not None and offered.most < offered.least):
        raise BadQuote(t("交期和起订量至少为 1，最大供货量不小于起订量",
                         "lead time and least order are 1 or more, and the most that can be made is no less than the least order"))
    if max(offered.least, offered.most or 0) > MOST_PIECES:
        raise BadQuote(t("起订量和最大供货量不能超过 {most}", "least order and the most that can be made are at most {most}")
                       .format(most=formats.num(MOST_PIECES)))
    amounts = [price * line["quantity"] for line, price in zip(row.rfq.rows, offered.prices, strict=True) if price is not None]
    if offered.tooling + (max(amounts) if row.rfq.ladder else sum(amounts)) > MOST_AMOUNT:
        raise BadQuote(t("总额不能超过 {most}，请核对单价和单位", "it may come to {most} at most; check the prices and their units")
                       .format(most=formats.yuan(MOST_AMOUNT)))
    if row.rfq.ladder:
        _check_ladder(row.rfq, offered)
    if offered.valid_until < period.day(row.rfq.deadline):
        raise BadQuote(t("报价有效期须到 {day} 或以后，需方才来得及选定",
                         "the quote must hold until {day} or later, so that it can be chosen").format(day=formats.day(row.rfq.deadline)))


def _check_ladder(rfq: Rfq, offered: Offered) -> None:
    """A sample that was asked for comes before the rest, and no price stands at more than can be made."""
    if rfq.sample and not 1 <= (offered.sample_days or 0) < offered.lead_days:
        raise BadQuote(t("请填写交样时间，且须早于交期", "say in how many days the sample comes, which is sooner than the rest"),
                       "sample_days")
    for index, (asked, price) in enumerate(zip(rfq.rows, offered.prices, strict=True)):
        if price is not None and offered.most is not None and asked["quantity"] > offered.most:
            said = t("最大供货量为 {most}，{item} × {n} 不能报价：请留空，或提高最大供货量",
                     "at most {most} can be made, so {item} × {n} has no price: leave it empty, or raise the most")
            raise BadQuote(said.format(most=formats.num(offered.most), item=asked["item"], n=formats.num(asked["quantity"])),
                           f"price_{index}")


@transaction.atomic
def withdraw(*, invitation: Invitation, by: str, at: dt.datetime) -> Invitation:
    """Take the quote back before it is chosen; until the deadline another can be given."""
    row = rfqs.held_invitation(invitation)
    rfqs.require_undecided(row)
    state = INVITATION.after(row.state, "withdraw")
    row.quotes.filter(withdrawn_at=None).update(withdrawn_at=at)
    _moved(row, state, at)
    _refused(row, by, at)
    return row


@transaction.atomic
def decline(*, invitation: Invitation, because: str, by: str, at: dt.datetime) -> Invitation:
    """Say that no quote will come, for a coded reason (``words.DECLINES``); until the deadline one can change one's mind."""
    if because not in DECLINES:
        raise BadQuote(t("请选择不报价的原因", "choose why you do not quote"))
    row = rfqs.held_invitation(invitation)
    rfqs.require_open(row, at)
    state = INVITATION.after(row.state, "decline")
    row.quotes.filter(withdrawn_at=None).update(withdrawn_at=at)
    row.because = because
    _moved(row, state, at)
    _refused(row, by, at)
    return row


def _moved(row: Invitation, state: str, at: dt.datetime) -> None:
    """The provider has answered: nothing waits for it, and the asker is told."""
    row.state, row.answered_at = state, at
    row.because = row.because if state == "declined" else ""
    row.save()
    clocks.stop(about=rfqs.about(row), name=rfqs.CLOCK, at=at)
    notices.settle(about=rfqs.about(row), at=at)
    for member in rfqs.owners(row.rfq):
        notices.news(about=row.rfq.urn, title=title_of(row.rfq), url=rfqs.page_of(member), at=at, to=member.owner_id)


def _refused(row: Invitation, by: str, at: dt.datetime) -> None:
    record(facts.QuoteRefused(subject=row.rfq.need.urn, provider=row.provider.urn, state=row.state, because=row.because),
           by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.provider.urn)
    rfqs.no_quote_left(row.rfq, at)

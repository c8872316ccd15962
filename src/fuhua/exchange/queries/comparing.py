"""Quotes side by side: row by row, with the cheapest and the fastest, what is missing, and the cheapest split of an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fuhua.exchange.kinds.scales import unit_of
from fuhua.exchange.models import Invitation, Quote, Rfq
from fuhua.exchange.queries import scorecards
from fuhua.exchange.queries.rfqs import invitations
from fuhua.kernel.words import Text
from fuhua.matching.splitting.cheapest import Split, alone, cheapest
from fuhua.matching.splitting.offers import Offer, Rung
from fuhua.parties.models import Party


@dataclass(frozen=True)
class Column:
    """One provider: its quote that stands, what all of it (with a ladder: the quantity wanted) costs in fen, None if it cannot be had.

    ``late`` and ``dear``: it comes after the day by which, or costs more than, its owner needs; of a pool neither is told.
    """

    invitation: Invitation
    quote: Quote
    total: int | None
    missing: int
    cheapest: bool
    fastest: bool
    valid: bool
    late: bool
    dear: bool
    record: scorecards.Scorecard
    settled: Party | None


@dataclass(frozen=True)
class Cell:
    """The price of one unit in fen, the amount of the row, and whether no other is lower; None where it is not offered."""

    price: int | None
    amount: int | None
    lowest: bool


@dataclass(frozen=True)
class Line:
    """One row that was asked, with a cell for every column."""

    row: dict[str, Any]
    cells: tuple[Cell, ...]

    @property
    def unit(self) -> Text:
        """What it is counted in."""
        return unit_of(self.row["unit"])


@dataclass(frozen=True)
class Comparison:
    """Everybody who quoted as ``columns``, the rows as ``lines``."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def compare(rfq: Rfq, on: dt.date, quantity: int | None = None) -> Comparison:
    """The quotes that stand, side by side on a day, in the order in which the providers were asked; ``quantity`` of a ladder's part."""
    rows = [row for row in invitations(rfq) if row.standing and row.state == "quoted"]
    quotes = [row.standing[0] for row in rows]
    wanted = quantity or rfq.quantity
    totals = [total_of(rfq, quote, wanted) for quote in quotes]
    missing = [sum(price is None for price in quote.prices) for quote in quotes]
    whole = [total for total, lacks in zip(totals, missing, strict=True) if total is not None and (rfq.ladder or not lacks)]
    days = [quote.lead_days for quote in quotes]
    providers = [row.provider_id for row in rows]
    need, own = rfq.need, rfq.pool_id is None
    records, settled = scorecards.scorecards(providers, on), scorecards.settled(providers)
    columns = tuple(Column(
        row, quote, total, lacks, cheapest=_least(total, whole, len(quotes)) and (rfq.ladder or not lacks),
        fastest=_least(quote.lead_days, days, len(quotes)), valid=quote.valid_until >= on,
        late=own and on + dt.timedelta(days=quote.lead_days) > need.deadline, dear=own and total is not None and total > need.budget,
        record=records[row.provider_id], settled=settled.get(row.provider_id),
    ) for row, quote, total, lacks in zip(rows, quotes, totals, missing, strict=True))
    return Comparison(columns, tuple(_line(row, [quote.prices[index] for quote in quotes]) for index, row in enumerate(rfq.rows)))


def _line(row: dict[str, Any], prices: Sequence[int | None]) -> Line:
    given = [price for price in prices if price is not None]
    return Line(row, tuple(Cell(price, None if price is None else price * row["quantity"], _least(price, given, len(prices)))
                           for price in prices))


def _least(value: int | None, given: Sequence[int], of: int) -> bool:
    """Whether the value is the least of those given, ``of`` so many quotes that are not all the same."""
    return value is not None and value == min(given, default=None) and (len(given) < of or value < max(given))


def total_of(rfq: Rfq, quote: Quote, quantity: int | None) -> int | None:
    """What all that is priced costs in fen, with a ladder so many of it; None where that quantity cannot be had."""
    if rfq.ladder:
        return alone(quantity or 0, offer_of(rfq, quote))
    return quote.tooling + sum(price * row["quantity"] for row, price in zip(rfq.rows, quote.prices, strict=True) if price is not None)


def offer_of(rfq: Rfq, quote: Quote) -> Offer:
    """A quote on a ladder as the splitting knows it, named by the quote's id."""
    rungs = tuple(Rung(row["quantity"], price) for row, price in zip(rfq.rows, quote.prices, strict=True) if price is not None)
    return Offer(str(quote.pk), rungs, fixed=quote.tooling, least=quote.least, most=quote.most, incremental=quote.incremental,
                 days=quote.lead_days)


def split(rfq: Rfq, columns: Sequence[Column], quantity: int, *, most: int | None, days: int | None) -> Split | None:
    """The cheapest split of an order over the quotes that are still valid, at most ``most`` suppliers, within ``days``."""
    return cheapest(quantity, [offer_of(rfq, each.quote) for each in columns if each.valid], most=most, days=days)


def quote_of(pk: int | None) -> Quote | None:
    """The quote with that id that was not withdrawn."""
    return Quote.objects.filter(pk=pk, withdrawn_at=None).select_related("invitation__rfq").first()

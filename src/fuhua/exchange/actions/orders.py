"""Choose: the quote, or the split of an order over several, becomes one deal per buyer and provider; when all fell, choose again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import deals, listings, ndas, pilots, rfqs
from fuhua.exchange.actions.deals import Due, Line, Terms
from fuhua.exchange.flow import MEMBER, RFQ
from fuhua.exchange.models import Deal, Listing, Member, Quote, Rfq
from fuhua.exchange.queries.comparing import offer_of
from fuhua.exchange.queries.rfqs import deals_of, invitations, members, unanswered
from fuhua.exchange.words import LIVE, MOST_AMOUNT, MOST_PIECES
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.matching.splitting.offers import Offer
from fuhua.matching.splitting.shares import shares


class BadOrder(BadFact):
    """The order cannot be placed so; ``text`` says how to mend it."""


@transaction.atomic
def choose(*, rfq: Rfq, picks: Mapping[int, int], by: str, at: dt.datetime) -> list[Deal]:
    """Order from the quotes (by id); of a ladder so many from each, else everything one of them priced. Returns the deals, to be signed.

    Only once the deadline has passed or everybody asked has answered. Raises :class:`BadOrder`.
    """
    row = rfqs.held(rfq)
    quotes = _picked(row, picks, at)
    if row.pool is not None:
        raise BadOrder(t("拼单由各成员分别同意后自动下单", "a pooled order is placed when every member has agreed to it"))
    _check_quantities(row, quotes, picks)
    made = [_deal(row, row.need, quote, _lines(row, quote, picks[quote.pk]), by, at) for quote in quotes]
    listings.engage(listing=row.need, by=by, at=at)
    _finish(row, quotes, by, at)
    return made


@transaction.atomic
def choose_together(*, rfq: Rfq, quote: Quote, by: str, at: dt.datetime) -> list[Deal]:
    """Order for every member of the pool what it wants, at the price of all together; tooling is shared by quantity, to the fen."""
    row = rfqs.held(rfq)
    quotes = _picked(row, {quote.pk: 0}, at)
    who = members(row)
    offer, quantities = offer_of(row, quotes[0]), [member.quantity for member in who]
    if not offer.sells(sum(quantities)):
        raise BadOrder(t("该供方不接受合计 {n} 件的数量", "this supplier does not sell {n} pieces in all").format(n=sum(quantities)))
    made = [_deal(row, member.need, quotes[0], lines, by, at)
            for member, lines in zip(who, pooled_lines(row, offer, quantities), strict=True)]
    for member in who:
        _ordered(member, by, at)
    row.pool.state = "ordered"
    row.pool.save(update_fields=["state"])
    _finish(row, quotes, by, at)
    return made


@transaction.atomic
def fell(*, deal: Deal, by: str, at: dt.datetime) -> None:
    """The deal was cancelled: if it came of a request, then with the last part of the order the need is open again, for another quote.

    A need that ended meanwhile stays so, and its request ends. While other parts stand the order does; once all of those are signed,
    they end the need. A member of a pool that has no part left is out of it and may ask by itself.
    """
    if "rfq" not in deal.terms:
        pilots.fell(deal=deal, by=by, at=at)
        return
    row = rfqs.held(Rfq.objects.get(urn=deal.terms["rfq"]))
    need = Listing.objects.select_for_update().get(pk=deal.need_id)  # whoever signs another part locks it too
    parts = list(deals_of(row, need).exclude(state="cancelled"))
    if parts:
        if need.state in LIVE and all(each.state != "draft" for each in parts):
            listings.close(listing=need, because="contracted", deal=parts[-1].urn, by=by, at=at)
        return
    if need.state == "engaged" or (need.state == "closed" and need.because == "contracted"):
        need = listings.disengage(listing=need, by=by, at=at)
    if row.pool is not None:
        _drop_out(row, need, by, at)
    else:
        row.state, row.ended_at = RFQ.after(row.state, "fall"), None
        row.save()
        if need.state not in LIVE:
            rfqs.cancel(rfq=row, by=by, at=at)
    notices.news(about=row.urn, title=need.title, url=rfqs.page_of(need), at=at, to=need.owner_id)


def _drop_out(row: Rfq, need: Listing, by: str, at: dt.datetime) -> None:
    """The member's order fell; the others keep theirs, and with the last of them the pool is dissolved."""
    member = row.pool.members.get(need=need, state="ordered")
    member.state, member.agreed, member.answered_at = MEMBER.after(member.state, "fall"), None, at
    member.save()
    if rest := members(row):
        row.need = rest[0].need
        row.save()
        return
    row.state = RFQ.after(row.state, "fall")
    row.save()
    rfqs.cancel(rfq=row, by=by, at=at)
    row.pool.state = "dissolved"
    row.pool.save(update_fields=["state"])


def pooled_lines(rfq: Rfq, offer: Offer, quantities: Sequence[int]) -> list[list[Line]]:
    """For each member, its lines: pieces at the price of the whole quantity, and its share of the tooling."""
    whole, item, unit = sum(quantities), rfq.rows[0]["item"], rfq.rows[0]["unit"]
    pieces = offer.cost(whole) - offer.fixed
    found = []
    for quantity, part, tooling in zip(quantities, shares(pieces, quantities), shares(offer.fixed, quantities), strict=True):
        if offer.incremental:
            said = t("{item} × {n} {unit}（按合计数量分段计价）", "{item} × {n} {unit} (priced by rungs of the whole)")
            lines = [Line(said.format(item=item, n=quantity, unit=unit).zh, 1, t("批", "lot").zh, part)]
        else:
            lines = [Line(item, quantity, unit, pieces // whole)]
        found.append([*lines, *_tooling(tooling)])
    return found


def _picked(row: Rfq, picks: Mapping[int, int], at: dt.datetime) -> list[Quote]:
    """The quotes that are picked, each still standing and in force."""
    RFQ.after(row.state, "choose")
    waiting = unanswered(invitations(row))
    if waiting and at <= row.deadline:
        raise BadOrder(t("还有 {n} 家未答复；{rule}，截止后或全部答复后才能选定",
                         "not answered yet: {n}; {rule}. Choose after that, or once all have answered")
                       .format(n=len(waiting), rule=rfqs.until(row)))
    standing = {each.standing[0].pk: each.standing[0] for each in invitations(row) if each.standing and each.state == "quoted"}
    if not picks or not set(picks) <= set(standing):
        raise BadOrder(t("所选报价已被撤回或修改，请刷新后重新选择", "a quote you chose was withdrawn or revised; reload and choose again"))
    quotes = [standing[pk] for pk in picks]
    if any(each.valid_until < period.day(at) for each in quotes):
        raise BadOrder(t("所选报价已过有效期，请联系供方重新报价", "a quote you chose is no longer valid; ask the provider for another"))
    return quotes


def _check_quantities(row: Rfq, quotes: Sequence[Quote], picks: Mapping[int, int]) -> None:
    if not row.ladder and len(quotes) != 1:
        raise BadOrder(t("请选择一家的报价", "choose the quote of one provider"))
    for quote in quotes if row.ladder else ():
        if picks[quote.pk] > MOST_PIECES or not offer_of(row, quote).sells(picks[quote.pk]):
            raise BadOrder(t("{name} 不接受 {n} 件的数量，请核对起订量和供货量", "{name} does not sell {n} pieces; see its least and most")
                           .format(name=quote.invitation.provider.name, n=picks[quote.pk]))


def _lines(row: Rfq, quote: Quote, quantity: int) -> list[Line]:
    """What is bought: of a ladder the quantity by rungs, else every row that was priced; then the tooling."""
    if row.ladder:
        item, unit = row.rows[0]["item"], row.rows[0]["unit"]
        lines = [Line(item, pieces, unit, price) for pieces, price in offer_of(row, quote).pieces(quantity) if pieces]
    else:
        lines = [Line(each["item"], each["quantity"], each["unit"], price)
                 for each, price in zip(row.rows, quote.prices, strict=True) if price is not None]
    return lines + _tooling(quote.tooling)


def _tooling(amount: int) -> list[Line]:
    return [Line(t("模具与工装", "tooling").zh, 1, t("项", "item").zh, amount)] if amount else []


def _deal(row: Rfq, need: Listing, quote: Quote, lines: Sequence[Line], by: str, at: dt.datetime) -> Deal:
    if sum(line.amount for line in lines) > MOST_AMOUNT:
        raise BadOrder(t("一份订单不能超过 {most}，请减少数量", "one order comes to {most} at most; order less")
                       .format(most=formats.yuan(MOST_AMOUNT)))
    on = period.day(at) + dt.timedelta(days=quote.lead_days)
    if row.ladder:
        due = [*_sample(row, need, quote, at), Due(row.rows[0]["item"], row.rows[0]["test"] or need.success, on)]
    else:
        due = [Due(each["item"], each["test"] or need.success, on)
               for each, price in zip(row.rows, quote.prices, strict=True) if price is not None]
    terms = Terms(title=need.title, kind=need.kind, front="quote", lines=lines, due=due, more=_more(row, quote))
    deal = deals.open_deal(buyer=need.party, provider=quote.invitation.provider, terms=terms, by=by, at=at, need=need,
                           buyer_person=need.owner_id, provider_person=quote.person_id)
    told = facts.QuoteChosen(subject=need.urn, provider=deal.provider.urn, deal=deal.urn)
    record(told, by=by, at=at, grade=Grade.SYSTEM, on_behalf=need.party.urn)
    return deal


def _sample(row: Rfq, need: Listing, quote: Quote, at: dt.datetime) -> list[Due]:
    """The sample that comes first, judged by the same test; none where none was asked for."""
    if quote.sample_days is None:
        return []
    title = t("样品：{item}", "sample: {item}").format(item=row.rows[0]["item"][:190]).zh
    return [Due(title, row.rows[0]["test"] or need.success, period.day(at) + dt.timedelta(days=quote.sample_days), first=True)]


def _more(row: Rfq, quote: Quote) -> dict[str, Any]:
    """What the quote says besides its prices, which the agreement keeps."""
    said = {"vat": quote.vat, "sample_days": quote.sample_days, "lead_days": quote.lead_days, "note": quote.note}
    return {"rfq": row.urn, "quote": quote.number, **{name: value for name, value in said.items() if value not in (None, "")}}


def _ordered(member: Member, by: str, at: dt.datetime) -> None:
    member.state = MEMBER.after(member.state, "order")
    member.save(update_fields=["state"])
    listings.engage(listing=member.need, by=by, at=at)


def _finish(row: Rfq, quotes: Sequence[Quote], by: str, at: dt.datetime) -> None:
    """The request is decided: silence is recorded, those not chosen are told, and what was shown to them closes."""
    chosen = {each.invitation_id for each in quotes}
    for each in unanswered(invitations(row)):
        rfqs.silence(each, by=by, at=at)
    asked = [each for each in invitations(row) if each.state != "excluded"]
    rfqs.over(row, [each for each in asked if each.pk not in chosen], how="lost", by=by, at=at)
    for each in asked:
        if each.pk in chosen:
            ndas.renew(each, at=at)
    row.state, row.ended_at = RFQ.after(row.state, "choose"), at
    row.save(update_fields=["state", "ended_at"])

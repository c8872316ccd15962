"""Sign an agreement: each side once and the same text, then it is sealed and in force; amend or cancel it before that."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions import papers
from fuhua.exchange import facts
from fuhua.exchange.actions import listings, orders, pilots, serving
from fuhua.exchange.actions.deals import BadDeal, give_up, held, pass_turn, tell, url_of, urn_of
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Listing, Signature
from fuhua.exchange.queries import vouchers
from fuhua.exchange.queries.agreements import FIRST, SECOND, agreement_of
from fuhua.exchange.words import LIVE
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t

_MOST_DAYS = 365


class Changed(BadDeal):
    """The agreement is no longer what the signer read."""


@transaction.atomic
def sign(*, deal: Deal, side: int, person: int, wording: str, by: str, at: dt.datetime) -> Deal:
    """The organisation ``side`` signs by its ``person`` (party ids) the text whose ``wording`` they have read.

    The second signature puts the agreement in force. Raises :class:`Changed` when the text is another by now, :class:`BadDeal` when
    the side has signed it, or a listing it rests on was taken back, and ``WrongState`` when it is no draft.
    """
    row = held(deal)
    DEAL.after(row.state, "sign")
    _require_listings(row)
    _require_wording(row, wording)
    _put_down(row, side, person, by=by, at=at)
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.PART,), to=side)
    if row.signatures.count() == 2:
        return _in_force(row, side, by=by, at=at)
    row.save()
    tell(row, facts.SideSigned(subject=row.urn, side=urn_of(row, side)), by=by, at=at, side=side, documents=[row.agreement])
    return row


@transaction.atomic
def conclude(*, deal: Deal, buyer_person: int, provider_person: int, by: str, at: dt.datetime) -> Deal:
    """Put an agreement in force whose terms both accepted before: the host by publishing them, the user by booking.

    ``by`` acts for the buyer. Both signatures are recorded at ``at``.
    """
    row = held(deal)
    DEAL.after(row.state, "sign")
    row.wording = agreement_of(row).wording
    _put_down(row, row.provider_id, provider_person, by=by, at=at)
    _put_down(row, row.buyer_id, buyer_person, by=by, at=at)
    notices.settle(about=row.urn, at=at)
    return _in_force(row, row.buyer_id, by=by, at=at)


@transaction.atomic
def amend(*, deal: Deal, side: int, pay_days: int, by: str, at: dt.datetime) -> Deal:
    """Change the term of payment before both have signed; a signature under the former text falls away."""
    row = held(deal)
    if row.state != "draft":
        raise BadDeal(t("协议已签署，不能再修改；请双方另签补充协议", "the agreement is signed; agree on changes in a further agreement"))
    if not 0 <= pay_days <= _MOST_DAYS:
        raise BadDeal(t("付款期限应在 0 至 {most} 日之间", "payment is due within 0 to {most} days").format(most=_MOST_DAYS))
    row.pay_days, row.wording, row.agreement = pay_days, "", ""
    row.save()
    row.signatures.all().delete()
    _ask_to_sign(row, at)
    tell(row, facts.DealAmended(subject=row.urn, days=pay_days), by=by, at=at, side=side)
    return row


@transaction.atomic
def cancel(*, deal: Deal, side: int, by: str, at: dt.datetime) -> Deal:
    """Give it up before both have signed; what it rested on is open to others again."""
    row = held(deal)
    give_up(row, side, by=by, at=at)
    orders.fell(deal=row, by=by, at=at)
    return row


def printed(deal: Deal) -> bytes:
    """The agreement as PDF as it would be signed now; the same deal gives the same bytes.

    Raises ``CannotPrint`` for a character that the font lacks in what the two themselves word and can word otherwise; names print always,
    and so does what was accepted with a booking.
    """
    said = agreement_of(deal).printed()
    if deal.front != "slot":
        papers.require_printable([said[name] for name in ("lines", "due", "sections")])
    return papers.pdf_of("exchange/agreement.typ", said, at=deal.opened_at)


def _require_listings(row: Deal) -> None:
    """What the agreement rests on must still be there; a need that other parts of the same order closed is."""
    for each in Listing.objects.select_for_update().filter(pk__in=[row.need_id, row.offer_id]).order_by("pk"):
        if each.state not in LIVE and each.because != "contracted":
            raise BadDeal(t("“{title}”已撤回、过期或结束，不能签署；请与对方联系，或取消本协议",
                            "“{title}” was withdrawn, has expired or ended, so this cannot be signed; talk to the other side, or cancel it")
                          .format(title=each.title))


def _require_wording(row: Deal, wording: str) -> None:
    now = agreement_of(row).wording
    if row.wording != now and row.signatures.exists():
        row.signatures.all().delete()  # they signed another text
    row.wording = now
    if wording != now:
        raise Changed(t("协议内容在您阅读后有变化，请重新阅读后再签署",
                        "the agreement changed after you read it; read it again before you sign"))


def _put_down(row: Deal, side: int, person: int, *, by: str, at: dt.datetime) -> None:
    if side not in (row.buyer_id, row.provider_id):
        raise BadDeal(t("只有合同双方可以签署", "only the two sides sign it"))
    if row.signatures.filter(party=side).exists():
        raise BadDeal(t("贵单位已经签署，请等待对方", "your side has signed it; wait for the other"))
    if not row.signatures.exists():
        row.agreement = papers.kept(printed(row), by=by, at=at)
    Signature.objects.create(deal=row, party_id=side, person_id=person, digest=row.agreement, at=at)


def _in_force(row: Deal, side: int, *, by: str, at: dt.datetime) -> Deal:
    verdict = vouchers.verdict_of(row, period.day(at))
    row.state, row.signed_at = DEAL.after(row.state, "sign"), at
    row.sealed = papers.kept(_sealed(row, at), by=by, at=at)
    row.save()
    first = row.deliverables.order_by("due", "number")[0]
    clocks.start(about=row.urn, name="delivery", title=row.title, url=url_of(row), due=max(first.due, period.day(at)), at=at,
                 to=row.provider_person_id or row.provider_id, answers_for=row.provider_id)
    pass_turn(row, row.provider_id, at=at)
    tell(row, facts.DealSigned(
        subject=row.urn, buyer=row.buyer.urn, provider=row.provider.urn, sort=row.kind, total=row.total,
        rule=verdict.rule.key if verdict else "", edition=verdict.edition.key if verdict and verdict.edition else "",
        verdict=verdict.answer if verdict else ""), by=by, at=at, side=side, documents=[row.agreement, row.sealed])
    if not pilots.deal_signed(deal=row, by=by, at=at):
        _end_need(row, by=by, at=at)
    return row


def _sealed(row: Deal, at: dt.datetime) -> bytes:
    signed = {each.party_id: each for each in row.signatures.select_related("person")}
    rows = [[label.zh, party.name, signed[party.pk].person.name, formats.clock(signed[party.pk].at).zh]
            for label, party in ((FIRST, row.buyer), (SECOND, row.provider))]
    return papers.sealed(papers.read(row.agreement), title="签署记录", rows=rows, digest=row.agreement, at=at)


def _end_need(row: Deal, *, by: str, at: dt.datetime) -> None:
    """A need ends with the last agreement of its order or the last slot booked for it; a brokered one goes on, for its pilot decides."""
    if row.need is None or row.front == "brokered" or row.need.state not in LIVE:
        return
    if not serving.undecided(row.need):
        listings.close(listing=row.need, because="contracted", deal=row.urn, by=by, at=at)


def _ask_to_sign(row: Deal, at: dt.datetime) -> None:
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.PART,))
    for side in (row.buyer_id, row.provider_id):
        notices.part(about=row.urn, title=row.title, url=url_of(row), at=at, to=side)


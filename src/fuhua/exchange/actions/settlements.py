"""Payments made elsewhere are recorded, never twice and never more than was agreed; the last one settles the deal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions import facts as evidence
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.queries import told_of, voided_of
from fuhua.evidence.words import NOT_RECEIVED, Grade
from fuhua.exchange import facts
from fuhua.exchange.actions.deals import BadDeal, held, pass_turn, tell, url_of
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Rating, Settlement
from fuhua.exchange.queries import vouchers
from fuhua.exchange.words import MINUTES_OF
from fuhua.kernel import period
from fuhua.kernel.money import reference_of
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.policy.words import NOT_ELIGIBLE

_PUBLIC = ("agency", "district")
_GRADES = {"buyer": Grade.DECLARED, "provider": Grade.COUNTERPART, "bank": Grade.REGISTRY}


@dataclass(frozen=True)
class Payment:
    """``amount`` fen on ``paid_on`` under the bank's ``reference``; a public body pays under a policy ``rule`` by its ``award``."""

    amount: int
    reference: str
    paid_on: dt.date
    rule: str = ""
    award: str = ""


@transaction.atomic
def pay(*, deal: Deal, payer: Party, payment: Payment, teller: str, by: str, at: dt.datetime) -> tuple[Settlement, str]:
    """Record that ``payer`` paid, as ``teller`` (``words.TELLERS``) tells it; returns the row, and what that changed.

    That is ``recorded``, ``confirmed`` when the provider tells again what the buyer told (payer, reference, deal, amount, day), else
    ``known``. Raises :class:`BadDeal` when the reference stands for another payment or day, when more would be paid than was agreed,
    when it is dated before the agreement, or when public money has no ground.
    """
    row = held(deal)
    payment = Payment(payment.amount, reference_of(payment.reference), payment.paid_on, payment.rule, reference_of(payment.award))
    if (known := _known(row, payer, payment)) is not None:
        return known, _again(row, known, payment, teller, by=by, at=at)
    DEAL.after(row.state, "settle")
    edition = _require(row, payer, payment, period.day(at))
    try:
        with transaction.atomic():
            settled = Settlement.objects.create(
                deal=row, payer=payer, amount=payment.amount, reference=payment.reference, rule=payment.rule, edition=edition,
                award=payment.award, teller=teller, paid_on=payment.paid_on, at=at)
    except IntegrityError as wrong:
        raise _taken() from wrong
    side = row.provider_id if teller == "provider" else row.buyer_id
    tell(row, facts.PaymentRecorded(subject=row.urn, payer=payer.urn, amount=payment.amount, teller=teller, rule=payment.rule,
                                    edition=edition), by=by, at=at, side=side, grade=_GRADES[teller])
    if paid(row) == row.total:
        _settle(row, side, by=by, at=at)
    return settled, "recorded"


def _again(row: Deal, known: Settlement, payment: Payment, teller: str, *, by: str, at: dt.datetime) -> str:
    """What is on record is told again; what the bank tells too can no longer be taken back by a side."""
    if teller == "bank" != known.teller:
        if known.teller == "buyer":
            _confirm(row, known, by=by, at=at)
        known.teller, known.paid_on = teller, payment.paid_on
        known.save(update_fields=["teller", "paid_on"])
    elif known.paid_on != payment.paid_on:
        raise BadDeal(t("这笔付款已登记为 {day} 支付；如该日期有误，请先撤销原记录再登记",
                        "this payment is on record as made on {day}; if that day is wrong, take the old record back first")
                      .format(day=formats.day(known.paid_on)))
    elif (teller, known.teller) == ("provider", "buyer"):
        _confirm(row, known, by=by, at=at)
        return "confirmed"
    return "known"


@transaction.atomic
def confirm(*, settlement: Settlement, by: str, at: dt.datetime) -> Settlement:
    """The provider has received what the buyer told; from then on the buyer does not take it back. Raises :class:`BadDeal`."""
    row, known = _recorded(settlement)
    _require_unconfirmed(known)
    _confirm(row, known, by=by, at=at)
    return known


def _confirm(row: Deal, known: Settlement, *, by: str, at: dt.datetime) -> None:
    """The word of both counts for more than the buyer's, in the fact of the payment and once all are confirmed in that of settling."""
    if (told := _told(row, facts.PaymentRecorded, at, known)) is not None:
        evidence.confirm(told.digest, by=by, at=at)
    known.teller = "provider"
    known.save(update_fields=["teller"])
    if row.state == "settled" and not row.settlements.filter(teller="buyer").exists():
        settled = _told(row, facts.DealSettled, at)
        if settled is not None and by not in (settled.by, settled.on_behalf):
            evidence.confirm(settled.digest, by=by, at=at)


@transaction.atomic
def deny(*, settlement: Settlement, by: str, at: dt.datetime) -> Deal:
    """The provider has not received what the buyer alone told: it is taken back and owed again, and both are told.

    Raises :class:`BadDeal` once it is confirmed or the provider has rated, and ``WrongState`` during a dispute.
    """
    row, known = _recorded(settlement)
    _require_unconfirmed(known)
    _undo(row, known, NOT_RECEIVED, row.ratings.filter(party=row.provider_id), by=by, at=at)
    for side in (row.buyer_id, row.provider_id):
        notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=side)
    return row


def denied(deal: Deal) -> int:
    """How many payments that the buyer told the provider has not received."""
    return sum(voiding.fact.reason == NOT_RECEIVED for _told, voiding in voided_of(deal.urn, facts.PaymentRecorded))


@transaction.atomic
def take_back(*, settlement: Settlement, side: int, reason: str, by: str, at: dt.datetime) -> Deal:
    """The side (party id) that recorded a payment wrongly takes it back, for one of ``evidence.words.VOID_REASONS``.

    Its fact no longer counts and the amount is owed again; a deal that it settled waits for payment anew, unless a side has rated.
    A receivable that was confirmed stays as the sealed paper says. Raises :class:`BadDeal`, and ``WrongState`` during a dispute.
    """
    row, known = _recorded(settlement)
    if known.teller != ("buyer" if side == row.buyer_id else "provider"):
        raise BadDeal(t("由登记这笔付款的一方撤销；银行通知的付款请联系银行更正",
                        "whoever recorded this payment takes it back; what a bank told is put right by the bank"))
    _undo(row, known, reason, row.ratings.all(), by=by, at=at)
    notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.provider_id if side == row.buyer_id else row.buyer_id)
    return row


def _recorded(settlement: Settlement) -> tuple[Deal, Settlement]:
    row = held(settlement.deal)
    known = row.settlements.filter(pk=settlement.pk).first()
    if known is None:
        raise BadDeal(t("这笔付款已撤销，请刷新查看", "this payment was taken back already; reload to see"))
    return row, known


def _require_unconfirmed(known: Settlement) -> None:
    if known.teller != "buyer":
        raise BadDeal(t("这笔付款已由提供方或银行确认，请刷新查看", "the provider or a bank has confirmed this payment; reload to see"))


def _undo(row: Deal, known: Settlement, reason: str, ratings: QuerySet[Rating], *, by: str, at: dt.datetime) -> None:
    """The payment no longer counts; a deal that it settled waits for payment anew, unless there are ``ratings`` that say it was paid."""
    settled, row.state = row.state == "settled", DEAL.after(row.state, "take_back")
    if settled and ratings.exists():
        raise BadDeal(t("已有一方评价，不能再撤销付款；请提请服务管家协助",
                        "a side has rated by now, so it cannot be taken back; ask a broker to help"))
    _void(row, facts.PaymentRecorded, reason, by=by, at=at, payment=known)
    known.delete()
    if settled:
        _owed_again(row, reason, by=by, at=at)


def _void(row: Deal, kind: type[Fact], reason: str, *, by: str, at: dt.datetime, payment: Settlement | None = None) -> None:
    """What stands of the deal's settling, or of one payment, no longer counts; an officer may have voided it before."""
    if (told := _told(row, kind, at, payment)) is not None:
        evidence.void(told.digest, reason=reason, by=by, at=at)


def _told(row: Deal, kind: type[Fact], at: dt.datetime, payment: Settlement | None = None) -> Record[Any] | None:
    """What stands of the deal's settling, or of one payment."""
    return next((each for each in told_of(row.urn, kind, on=period.day(at)) if payment is None or (
        each.known_at == payment.at and each.fact.amount == payment.amount and each.fact.payer == payment.payer.urn)), None)


def _owed_again(row: Deal, reason: str, *, by: str, at: dt.datetime) -> None:
    _void(row, facts.DealSettled, reason, by=by, at=at)
    row.settled_at = None
    row.save()
    notices.settle(about=row.urn, at=at)
    fall_due(row, by=by, at=at)


def rule_of(deal: Deal) -> str:
    """The key of the policy rule under which a public body may pay a part of the deal; blank when there is none."""
    return vouchers.RULES.get(deal.kind, "")


def fall_due(row: Deal, *, by: str, at: dt.datetime) -> None:
    """Everything is accepted: the buyer has its days to pay; what costs nothing is settled at once."""
    if not row.total:
        _settle(row, row.buyer_id, by=by, at=at)
        return
    clocks.start(about=row.urn, name="payment", title=row.title, url=url_of(row), due=row.payment_due, at=at,
                 to=row.buyer_person_id or row.buyer_id, answers_for=row.buyer_id)
    pass_turn(row, row.buyer_id, at=at)


def paid(deal: Deal) -> int:
    """Fen paid so far, by everybody."""
    return deal.settlements.aggregate(sum=Sum("amount"))["sum"] or 0


def _known(row: Deal, payer: Party, payment: Payment) -> Settlement | None:
    known = Settlement.objects.filter(payer=payer, reference=payment.reference).first()
    if known is not None and (known.deal_id, known.amount) != (row.pk, payment.amount):
        raise _taken()
    return known


def _taken() -> BadDeal:
    return BadDeal(t("该银行流水号已用于另一笔付款，请核对流水号和金额",
                     "this bank reference stands for another payment; check the reference and the amount"))


def _require(row: Deal, payer: Party, payment: Payment, today: dt.date) -> str:
    """What must hold of a payment; returns the edition of the rule that public money rests on."""
    if not payment.reference or len(payment.reference) > 64:
        raise BadDeal(t("请填写银行流水号（最多 64 个字符）", "give the bank’s reference (64 characters at most)"))
    if payment.amount <= 0:
        raise BadDeal(t("金额应大于零", "the amount is more than nothing"))
    if payment.paid_on > today:
        raise BadDeal(t("付款日期不能晚于今天", "the day of payment cannot lie ahead"))
    if payment.paid_on < (signed := period.day(row.signed_at)):
        raise BadDeal(t("付款不能早于协议签订日（{day}），请核对日期", "nothing is paid before the deal is signed ({day}); check the day")
                      .format(day=formats.day(signed)))
    if payment.amount > (left := row.total - paid(row)):
        raise BadDeal(t("超出应付金额：尚余 {left} 未付", "that is more than is owed: {left} are left to pay")
                      .format(left=formats.yuan(left)))
    if payment.rule:
        return _public(row, payer, payment)
    if payer.pk != row.buyer_id:
        raise BadDeal(t("付款方应为购买方；财政资金请注明所依据的政策", "the buyer pays; for public money name the policy it rests on"))
    return ""


def _public(row: Deal, payer: Party, payment: Payment) -> str:
    """What the rule in force on the day of payment says; the buyer is held, so that two payments at once share one year's room."""
    Party.objects.select_for_update().get(pk=row.buyer_id)
    verdict = vouchers.verdict_of(row, payment.paid_on)
    if verdict is None or payment.rule != verdict.rule.key:
        raise BadDeal(t("这类交易没有可用的财政支持政策", "no policy pays for this kind of deal"))
    if payer.sort not in _PUBLIC or not payment.award:
        raise BadDeal(t("财政资金由政府部门支付，须填写批准文号",
                        "public money is paid by a public body under a numbered decision: give both"))
    if verdict.answer == NOT_ELIGIBLE:
        raise BadDeal(t("按现行规定不能使用：{why}", "the rule in force does not allow it: {why}").format(why=vouchers.why_not(verdict)))
    room = vouchers.room(row, payment.paid_on)
    if payment.amount > room:
        raise BadDeal(t("超过当年还可使用的额度：最多 {room}", "more than the room left that year: {room} at most")
                      .format(room=formats.yuan(room)))
    return verdict.edition.key


def _settle(row: Deal, side: int, *, by: str, at: dt.datetime) -> None:
    row.state, row.settled_at = DEAL.after(row.state, "settle"), at
    row.save()
    clocks.stop(about=row.urn, name="payment", at=at)
    pass_turn(row, None, at=at)
    for party in () if row.fee else (row.buyer_id, row.provider_id):  # each is asked to rate the other
        notices.part(about=row.urn, title=row.title, url=url_of(row), at=at, to=party)
    payments = list(row.settlements.all())
    public = [each for each in payments if each.rule]
    tell(row, facts.DealSettled(
        subject=row.urn, buyer=row.buyer.urn, provider=row.provider.urn, front=row.front, sort=row.kind, total=row.total,
        public=sum(each.amount for each in public), minutes=minutes(row), rule=public[0].rule if public else "",
        edition=public[0].edition if public else "", affiliation="owner" if row.affiliated else "none",
    ), by=by, at=at, side=side, grade=min((_GRADES[each.teller] for each in payments), default=Grade.SYSTEM))


def minutes(deal: Deal) -> int:
    """Minutes of time that the deal bought; 0 when it bought none."""
    return sum(line["quantity"] * MINUTES_OF.get(line["unit"], 0) for line in deal.lines)


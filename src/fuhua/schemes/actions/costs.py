"""What a tranche was used for: one invoice is claimed once, whatever the level and the scheme, and never beyond what was paid."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Sum

from fuhua.evidence.facts import BadFact
from fuhua.kernel.credit_code import is_credit_code
from fuhua.kernel.money import reference_of
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.schemes.actions.agreements import tell
from fuhua.schemes.actions.tranches import locked
from fuhua.schemes.facts import money as facts
from fuhua.schemes.models import Cost, Tranche


class BadCost(BadFact):
    """The cost cannot be claimed; ``text`` says how to mend it."""


@transaction.atomic
def claim(
    *, tranche: Tranche, issuer: str, invoice: str, amount: int, title: str, by: str, at: dt.datetime, document: str = "",
) -> Cost:
    """Claim an invoice (``issuer`` is the seller's credit code) of ``amount`` fen against a paid tranche. Raises :class:`BadCost`."""
    row, one = locked(tranche)
    if one.state != "paid":
        raise BadCost(t("只能对已拨付的资金登记支出", "costs are claimed against money that was paid"))
    seller, number = reference_of(issuer), reference_of(invoice)
    if not is_credit_code(seller):
        raise BadCost(t("开票单位的统一社会信用代码有误", "the seller’s credit code is wrong"))
    if not number or len(number) > 40 or not title.strip():
        raise BadCost(t("请填写发票号码和支出内容", "give the invoice’s number and what it was for"))
    used = one.costs.aggregate(sum=Sum("amount"))["sum"] or 0
    if not 0 < amount <= (left := (one.owed or 0) - used):
        raise BadCost(t("超出本期可列支余额 {left}", "more than is left of this tranche: {left}").format(left=formats.yuan(left)))
    try:
        with transaction.atomic():
            made = Cost.objects.create(tranche=one, issuer=seller, invoice=number, amount=amount, title=title.strip()[:200],
                                       document=document, at=at)
    except IntegrityError as wrong:
        raise BadCost(t("该发票已经列支过（不论层级和项目），不能重复登记",
                        "this invoice was claimed before, at whatever level and in whatever scheme; it counts once")) from wrong
    tell(facts.CostClaimed(subject=row.urn, level=one.level, number=one.number, amount=amount), by=by, at=at, behalf=row.party,
         documents=[document])
    return made

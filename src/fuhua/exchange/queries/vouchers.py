"""What public money says to a deal: the rule, its verdict, what it still lacks, and the room that is left this year."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Sum

from fuhua.exchange.models import Deal, Settlement
from fuhua.kernel.words import Text, listed, t
from fuhua.policy.catalog import rule_of
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.words import NOT_ELIGIBLE

RULES: dict[str, str] = {"pilot_line": "voucher", "contract_service": "voucher", "equipment": "voucher"}  # kind of deal → rule
_BEIJING = "11"
_UNTOLD = 10**15  # fen: what was granted outside of the platform is not known here


def verdict_of(deal: Deal, on: dt.date) -> Verdict | None:
    """The verdict of the rule that may pay a part of the deal, for its buyer on a day; None when no rule does."""
    used = used_this_year(deal.buyer_id, on)
    return _judged(deal, on, (used, max(used, _UNTOLD)))


def barred(deal: Deal) -> Text | None:
    """Why no public money pays for the deal, whatever a rule says of its buyer; None when the rule decides."""
    if deal.fee:
        return t("爽约费和晚取消费不是服务，不能使用财政资金",
                 "a fee for a missed or late-cancelled slot is no service; public money does not pay it")
    if deal.affiliated:
        return t("双方存在关联，不能使用财政资金", "the two sides are affiliated; public money does not pay for it")
    return None


def room(deal: Deal, on: dt.date) -> int:
    """The most that can still be paid this year under the rule, in fen, as far as payments recorded here show."""
    used = used_this_year(deal.buyer_id, on)
    verdict = _judged(deal, on, (used, used))
    return next((value for figure, value in verdict.figures if figure.key == "left"), None) or 0 if verdict else 0


def used_this_year(buyer: int, on: dt.date) -> int:
    """Fen that public bodies paid under these rules for the buyer in the calendar year."""
    rows = Settlement.objects.filter(deal__buyer=buyer, rule__in=set(RULES.values()), paid_on__year=on.year)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def lacking(verdict: Verdict) -> list[Text]:
    """What keeps the verdict open: the words of each clause that decides it."""
    return [each.leaf.clause.text for each in verdict.deciding]


def why_not(verdict: Verdict) -> Text:
    """The reason of a no."""
    return verdict.why or listed(lacking(verdict))


def _judged(deal: Deal, on: dt.date, used: tuple[int, int]) -> Verdict | None:
    rule = rule_of(RULES.get(deal.kind, ""))
    if rule is None:
        return None
    known: dict[str, tuple[int, int]] = {"vouchers_this_year": used}
    if deal.buyer.district:
        known["beijing_firm"] = (int(deal.buyer.district.startswith(_BEIJING)),) * 2
    verdict, why = judge(rule, known, on), barred(deal)
    return replace(verdict, answer=NOT_ELIGIBLE, why=why) if why else verdict

"""I12 共享仪器机时 instrument time shared with others.

Why: kit is opened on paper and used by its owner. Source: 行动方案 measure 8 (platforms open to ventures; no number). Cheat: the
owner's own use and that of tied firms, free trials. Minutes of a settled and paid deal for instrument time, once for each deal.
"""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.exchange.facts import DealSettled
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, INCUBATOR, LATER, ON, TERMS, VENTURE, urn
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END

_SORTS = frozenset(("equipment", "pilot_line"))
DEAL = urn("deal")


def _shared(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    for record in told:
        fact = record.fact
        if type(fact) is not DealSettled or fact.sort not in _SORTS or not fact.minutes:
            continue
        reason = _against(fact, record.true_from, terms)
        if reason:
            return left_out(reason, (record,), amount=fact.minutes)
        return counted((record,), amount=fact.minutes, credit=((fact.provider, WHOLE),))
    return None


def _against(fact: DealSettled, on: dt.date, terms: Terms) -> str:
    if fact.affiliation != "none":
        return "affiliated_use"
    if not fact.total:
        return "unpaid"
    if on <= terms.since:
        return "not_new"
    return "too_late" if on > terms.until else ""


def _settled(on: dt.date = LATER, **changed: object) -> tuple[DealSettled, dt.date]:
    told = {"subject": DEAL, "buyer": VENTURE, "provider": INCUBATOR, "front": "slot", "sort": "equipment", "total": 70_000_00, "public": 0,
            "minutes": 12_000, **changed}
    return DealSettled(**told), on  # type: ignore[arg-type]


EXAMPLES = (
    Example(t("200 小时已结清", "200 hours, settled"), (_settled(),), ON, {"settled": ("counted", 12_000, "counted")}, TERMS),
    Example(t("作弊：关联企业使用", "the cheat: use by a tied firm"), (_settled(affiliation="owner"),), ON,
            {"settled": ("left_out", 12_000, "affiliated_use")}, TERMS),
    Example(t("免费试用", "a free trial"), (_settled(total=0),), ON, {"settled": ("left_out", 12_000, "unpaid")}, TERMS),
    Example(t("基期前的机时", "time before the baseline"), (_settled(BEFORE),), ON, {"settled": ("left_out", 12_000, "not_new")}, TERMS),
    Example(t("不是机时的交易", "a deal that is no instrument time"), (_settled(sort="supply", minutes=0),), ON, {}, TERMS),
)

SPEC = Indicator(
    code="I12",
    name=t("共享仪器机时", "instrument time shared"),
    unit=t("分钟", "minutes"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("协议（一份只计一次）", "the deal, once"),
    attribution=t("计给提供方", "the provider"),
    source=t("行动方案第 8 条：专业平台开放共享", "action plan, measure 8: platforms open to others"),
    blocks=t("自用和关联方使用充作共享", "the owner's and tied firms' use passed off as sharing"),
    reads=(DealSettled,),
    definitions=(
        Definition("settled", t("已结清的付费机时", "paid time, settled"),
                   t("无关联方购买并已结清的仪器和中试线机时", "time on instruments and pilot lines, bought by others and settled"),
                   _shared),
    ),
    reasons={
        **NEW,
        "affiliated_use": t("自用或关联方使用", "used by the owner or those tied to it"),
        "unpaid": t("没有付费", "not paid for"),
    },
    examples=EXAMPLES,
)

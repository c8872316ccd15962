"""I10 手拉手接力 relays from incubators to parks.

Why: projects are taken elsewhere and the first host gets no credit. Source: 行动方案 行动目标 (链条有效贯通);
measures 10, 22, 23. Cheat: signing ceremonies. A relay counts once it is confirmed at six months or later; host and
park share the credit as they agreed.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.journey.facts import RelayAgreed, RelayConfirmed, RelayFailed
from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import CHANGPING, INCUBATOR, LATER, ON, PARK, START, TERMS, VENTURE
from fuhua.plan.indicators.reasons import FLOW, NEW, YEAR_END

_WHOLE = 1_000_000


def _relayed(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    agreed = confirmed = failed = won = None
    for record in told:
        kind = type(record.fact)
        if kind is RelayAgreed:
            agreed, confirmed, failed = record, None, None
        elif agreed is None:
            continue
        elif kind is RelayFailed:
            failed = record
            won = None if won and won[0] is agreed else won
        elif kind is RelayConfirmed:
            confirmed = record
            if won is None and _at_work(agreed, record, terms):
                won = (agreed, record)
    if agreed is None:
        return None
    if won is not None:
        relay = won[0].fact
        host = Fraction(relay.split, _WHOLE)
        return counted(won, district=relay.district, credit=((relay.from_host, host), (relay.to_park, 1 - host)))
    district = agreed.fact.district
    if agreed.true_from <= terms.since:
        return left_out("not_new", (agreed,), district=district)
    if failed is not None:
        return left_out("failed", (agreed, failed), district=district)
    if confirmed is None:
        return left_out("only_agreed", (agreed,), district=district)
    late = confirmed.true_from > terms.until
    return left_out("too_late" if late else "confirmed_too_early", (agreed, confirmed), district=district)


def _at_work(agreed: Record[Any], confirmed: Record[Any], terms: Terms) -> bool:
    return (
        agreed.true_from > terms.since
        and confirmed.fact.month >= 6
        and confirmed.true_from <= terms.until
        and confirmed.true_from >= add_months(agreed.true_from, 6)
    )


_AGREED = (RelayAgreed(subject=VENTURE, from_host=INCUBATOR, to_park=PARK, split=600_000, district=CHANGPING), START)

EXAMPLES = (
    Example(
        t("六个月后确认，功劳六四分", "confirmed at six months, credit 60/40"),
        (_AGREED, (RelayConfirmed(subject=VENTURE, month=6), LATER)),
        ON,
        {"confirmed": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：只有签约仪式", "the cheat: a signing ceremony"),
        (_AGREED,),
        ON,
        {"confirmed": ("left_out", 0, "only_agreed")},
        TERMS,
    ),
    Example(
        t("三个月时确认，尚不计入", "confirmed at three months: not yet"),
        (_AGREED, (RelayConfirmed(subject=VENTURE, month=3), dt.date(2023, 6, 2))),
        ON,
        {"confirmed": ("left_out", 0, "confirmed_too_early")},
        TERMS,
    ),
    Example(
        t("落地失败", "the landing failed"),
        (_AGREED, (RelayFailed(subject=VENTURE, reason="environment"), LATER)),
        ON,
        {"confirmed": ("left_out", 0, "failed")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I10",
    name=t("手拉手接力落地", "relays that held"),
    unit=t("个", "ventures"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("企业（接力几次都只计一次）", "the venture, once however often it moves"),
    attribution=t("按双方约定比例计给原载体与承接园区", "split between host and park as they agreed"),
    source=t(
        "行动方案“行动目标”：转化、孵化、产业培育链条得到有效贯通；第 23 条接力",
        "action plan, targets: the chain from research to industry joined up; measure 23",
    ),
    blocks=t("以签约仪式充数", "signing ceremonies"),
    reads=(RelayAgreed, RelayConfirmed, RelayFailed),
    definitions=(
        Definition(
            "confirmed",
            t("六个月确认", "confirmed at six months"),
            t("基期后商定，至少六个月后确认在园", "agreed after the baseline, found at work at least six months later"),
            _relayed,
        ),
    ),
    reasons={
        **NEW,
        "only_agreed": t("只有签约，没有落地确认", "agreed, never confirmed"),
        "confirmed_too_early": t("确认时不满六个月", "confirmed before six months had passed"),
        "failed": t("接力未成", "the relay failed"),
    },
    examples=EXAMPLES,
)

"""I11 本土企业国际化 local ventures doing business abroad.

Why: trips are counted as business. Source: 行动方案 行动目标 (“一批”: no number); measures 20, 21. Cheat: delegation
trips. An entity abroad, an order from abroad or an approval abroad counts; the venture once.
"""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.journey.facts import WentAbroad
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, LATER, ON, START, TERMS, VENTURE
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END


def _abroad(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    old = late = trip = None
    for record in told:
        if type(record.fact) is not WentAbroad:
            continue
        if record.fact.evidence == "delegation":
            trip = record
        elif record.true_from <= terms.since:
            old = record
        elif record.true_from > terms.until:
            late = record
        else:
            return counted((record,), credit=((record.fact.subject, WHOLE),))
    if old is not None:
        return left_out("not_new", (old,))
    if late is not None:
        return left_out("too_late", (late,))
    return left_out("delegation", (trip,)) if trip else None


def _went(evidence: str, on: dt.date) -> tuple[WentAbroad, dt.date]:
    return WentAbroad(subject=VENTURE, evidence=evidence, country="DE"), on


EXAMPLES = (
    Example(
        t("拿到境外订单", "an order from abroad"),
        (_went("delegation", START), _went("order", LATER)),
        ON,
        {"business": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：随团出访", "the cheat: a delegation trip"),
        (_went("delegation", START),),
        ON,
        {"business": ("left_out", 0, "delegation")},
        TERMS,
    ),
    Example(
        t("基期前已有境外主体", "an entity abroad since before the baseline"),
        (_went("entity", BEFORE),),
        ON,
        {"business": ("left_out", 0, "not_new")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I11",
    name=t("走出去的本土企业", "local ventures abroad"),
    unit=t("家", "ventures"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("企业（一家只计一次）", "the venture, once"),
    attribution=t("计给该企业", "the venture"),
    source=t(
        "行动方案“行动目标”：推动一批本土创业企业国际化发展",
        "action plan, targets: a batch of local ventures go international",
    ),
    blocks=t("以出访团组充数", "delegation trips"),
    reads=(WentAbroad,),
    definitions=(
        Definition(
            "business",
            t("有实绩", "business done"),
            t("基期后有境外主体、订单或准入", "an entity, an order or an approval abroad after the baseline"),
            _abroad,
        ),
    ),
    reasons={**NEW, "delegation": t("只有出访团组", "only delegation trips")},
    examples=EXAMPLES,
)

"""I2 传统孵化器提升 traditional incubators uplifted, target 100.

Why: leading others to market, professional and international ways of work shows only after a year. Source: 行动方案
行动目标; measures 2, 14, 22. Cheat: counting whoever sat in a training. A plan, an independent measurement at least
12 months later that shows a gain, and both sides' confirmation are all needed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import COACH, HAIDIAN, INCUBATOR, LATER, ON, START, TERMS
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END
from fuhua.schemes.facts import UpliftConfirmed, UpliftMeasured, UpliftPlanAgreed


def _uplifted(told: Told, on: dt.date, terms: Terms) -> Verdict | None:
    plan = measured = coach = coached = None
    for record in told:
        kind = type(record.fact)
        if kind is UpliftPlanAgreed:
            if plan is not None and coach is not None and coached is not None and _gained(measured, plan):
                break
            plan, measured, coach, coached = record, None, None, None
        elif plan is None:
            continue
        elif kind is UpliftMeasured:
            measured = record
        elif kind is UpliftConfirmed:
            if record.fact.role == "coach":
                coach = record
            else:
                coached = record
    if plan is None:
        return None
    district = plan.fact.district
    if plan.true_from <= terms.since:
        return left_out("not_new", (plan,), district=district)
    if measured is None:
        due = add_months(plan.true_from, 12) <= on
        return left_out("not_measured" if due else "within_12_months", (plan,), district=district)
    if not _gained(measured, plan):
        return left_out(_why_no_gain(measured, plan), (plan, measured), district=district)
    if coach is None or coached is None:
        return left_out("unconfirmed", tuple(r for r in (plan, measured, coach, coached) if r), district=district)
    if max(measured.true_from, coach.true_from, coached.true_from) > terms.until:
        return left_out("too_late", (plan, measured, coach, coached), district=district)
    return counted((plan, measured, coach, coached), district=district, credit=((plan.fact.coach, WHOLE),))


def _gained(measured: Record[Any] | None, plan: Record[Any]) -> bool:
    return measured is not None and _why_no_gain(measured, plan) == ""


def _why_no_gain(measured: Record[Any], plan: Record[Any]) -> str:
    if not measured.fact.independent:
        return "not_independent"
    if measured.fact.delta <= 0:
        return "no_gain"
    return "measured_too_early" if measured.true_from < add_months(plan.true_from, 12) else ""


_PLAN = (UpliftPlanAgreed(subject=INCUBATOR, coach=COACH, district=HAIDIAN), START)
_GAIN = (UpliftMeasured(subject=INCUBATOR, delta=150_000, independent=True), LATER)
_BOTH = (
    (UpliftConfirmed(subject=INCUBATOR, role="coach"), LATER),
    (UpliftConfirmed(subject=INCUBATOR, role="coached"), LATER),
)

EXAMPLES = (
    Example(
        t("有方案、12 个月后独立测评提升、双方确认", "a plan, an independent gain after 12 months, both confirmed"),
        (_PLAN, _GAIN, *_BOTH),
        ON,
        {"delta": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：只参加了培训，双方都“确认”", "the cheat: attended a training, and both “confirmed”"),
        (_PLAN, *_BOTH),
        ON,
        {"delta": ("left_out", 0, "not_measured")},
        TERMS,
    ),
    Example(
        t("自行测评", "measured by itself"),
        (_PLAN, (UpliftMeasured(subject=INCUBATOR, delta=150_000, independent=False), LATER), *_BOTH),
        ON,
        {"delta": ("left_out", 0, "not_independent")},
        TERMS,
    ),
    Example(
        t("辅导方没有确认", "the coach has not confirmed"),
        (_PLAN, _GAIN, _BOTH[1]),
        ON,
        {"delta": ("left_out", 0, "unconfirmed")},
        TERMS,
    ),
    Example(
        t("测评显示退步", "the measurement shows a loss"),
        (_PLAN, (UpliftMeasured(subject=INCUBATOR, delta=-20_000, independent=True), LATER), *_BOTH),
        ON,
        {"delta": ("left_out", 0, "no_gain")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I2",
    name=t("引领提升的传统孵化器", "traditional incubators uplifted"),
    unit=t("家", "incubators"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("被辅导的孵化器（一家只计一次）", "the coached incubator, once"),
    attribution=t("计给辅导方", "the coach"),
    source=t(
        "行动方案“行动目标”：带动 100 家传统孵化器实现市场化、专业化、国际化发展",
        "action plan, targets: 100 traditional incubators uplifted",
    ),
    blocks=t("把参加培训当作提升", "attendance at a training"),
    reads=(UpliftPlanAgreed, UpliftMeasured, UpliftConfirmed),
    definitions=(
        Definition(
            "delta",
            t("12 个月实效", "12-month delta"),
            t(
                "基期后商定方案，至少 12 个月后独立测评有提升，双方均确认",
                "plan agreed after the baseline, an independent gain at least 12 months later, both sides confirmed",
            ),
            _uplifted,
        ),
    ),
    reasons={
        **NEW,
        "within_12_months": t("方案未满 12 个月", "the plan is younger than 12 months"),
        "not_measured": t("满 12 个月而没有测评", "12 months are over and nothing was measured"),
        "measured_too_early": t("测评距方案不足 12 个月", "measured less than 12 months after the plan"),
        "not_independent": t("不是独立测评", "not measured independently"),
        "no_gain": t("测评没有提升", "no gain was measured"),
        "unconfirmed": t("双方尚未都确认", "not confirmed by both"),
    },
    examples=EXAMPLES,
)

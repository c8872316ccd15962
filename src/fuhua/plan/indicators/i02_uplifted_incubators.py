"""I2 传统孵化器提升 traditional incubators uplifted, target 100.

Why: leading others to market, professional and international ways of work shows only after a year. Source: 行动方案
行动目标; measures 2, 14, 22. Cheat: counting whoever sat in a training. A plan, an independent measurement at least
12 months later that shows a gain, and both sides' confirmation of it, no earlier than it, are all needed. Once all are
there in time they stay, whatever is measured or confirmed later.
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
from fuhua.schemes.words import UPLIFT_ROLES


class _Course:
    """How one plan went: the gain that was measured in time, if any, and who confirmed it."""

    def __init__(self, plan: Record[Any], terms: Terms) -> None:
        self.plan, self._until = plan, terms.until
        self.gain: Record[Any] | None = None
        self.measured: Record[Any] | None = None
        self.confirmed: dict[str, Record[Any]] = {}

    def measure(self, record: Record[Any]) -> None:
        """A gain stays, until an independent measurement in time finds none."""
        if record.true_from > self._until:
            self.measured = self.measured or record
            return
        self.measured = record
        why = _why_no_gain(record, self.plan)
        if why == "no_gain":
            self.gain = None
        elif not why:
            self.gain = self.gain or record

    def proof(self, by: dt.date) -> tuple[Record[Any], ...]:
        """The plan, its gain and both confirmations of it, none later than ``by``; empty when one is missing."""
        gain = self.gain
        if gain is None or len(self.confirmed) < len(UPLIFT_ROLES):
            return ()
        said = self.confirmed.values()
        holds = all(gain.true_from <= record.true_from <= by for record in said)
        return (self.plan, gain, *said) if holds else ()


def _uplifted(told: Told, on: dt.date, terms: Terms) -> Verdict | None:
    course = None
    for record in told:
        kind = type(record.fact)
        if kind is UpliftPlanAgreed:
            course = _Course(record, terms)
        elif course is None:
            continue
        elif kind is UpliftMeasured:
            course.measure(record)
        elif kind is UpliftConfirmed:
            course.confirmed[record.fact.role] = record
        if course.gain is not None and course.proof(terms.until):
            break  # what was proved once stays
    return None if course is None else _judged(course, on, terms)


def _judged(course: _Course, on: dt.date, terms: Terms) -> Verdict:
    plan, measured, district = course.plan, course.measured, course.plan.fact.district
    if plan.true_from <= terms.since:
        return left_out("not_new", (plan,), district=district)
    if measured is None:
        due = add_months(plan.true_from, 12) <= on
        return left_out("not_measured" if due else "within_12_months", (plan,), district=district)
    if course.gain is None:
        return left_out(_why_no_gain(measured, plan) or "too_late", (plan, measured), district=district)
    if proof := course.proof(terms.until):
        return counted(proof, district=district, credit=((plan.fact.coach, WHOLE),))
    if proof := course.proof(dt.date.max):
        return left_out("too_late", proof, district=district)
    return left_out("unconfirmed", (plan, course.gain, *course.confirmed.values()), district=district)


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
        t("作弊：商定方案当天双方就“确认”", "the cheat: both “confirmed” on the day of the plan"),
        (_PLAN, *((said, START) for said, _on in _BOTH), _GAIN),
        ON,
        {"delta": ("left_out", 0, "unconfirmed")},
        TERMS,
    ),
    Example(
        t("截止日之后再次测评，不影响已计入的", "measured again after the deadline: what counted stays"),
        (_PLAN, _GAIN, *_BOTH, (UpliftMeasured(subject=INCUBATOR, delta=-20_000, independent=True), ON)),
        ON,
        {"delta": ("counted", 1, "counted")},
        Terms(TERMS.since, LATER),
    ),
    Example(
        t("截止日之后才测评", "measured only after the deadline"),
        (_PLAN, _GAIN, *_BOTH),
        ON,
        {"delta": ("left_out", 0, "too_late")},
        Terms(TERMS.since, START),
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
                "基期后商定方案，至少 12 个月后独立测评有提升，测评后双方均确认",
                "plan agreed after the baseline, an independent gain at least 12 months later, confirmed by both sides",
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
        "unconfirmed": t("测评之后双方尚未都确认", "not confirmed by both since it was measured"),
    },
    examples=EXAMPLES,
)

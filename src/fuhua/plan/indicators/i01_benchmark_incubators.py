"""I1 标杆孵化器 benchmark incubators, target 20.

Why: the plan asks for 20 without saying of which tier; two days before it was signed the press reported 9 leading and
14 cultivation ones. Source: 标杆孵化器培育行动方案(2022—2025年), 行动目标; measures 1, 2, 25. Cheat: adding the
cultivation tier in. Unless a definition says so aloud, only the leading tier counts, with an agreement in force and
the last check under it passed; a check of an earlier agreement says nothing of the next. Once its agreement has
ended an incubator counts under no definition, until a new one is signed. An agreement for one field of the future has no
tier and is no benchmark agreement: neither its signature nor its end moves the figure.
"""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import (
    Definition,
    Example,
    Indicator,
    Judge,
    Terms,
    Told,
    Verdict,
    counted,
    left_out,
    unsure,
)
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, HAIDIAN, INCUBATOR, LATER, ON, START, TERMS
from fuhua.plan.indicators.reasons import COUNTED, STATE, WHOLE, YEAR_END
from fuhua.schemes.facts import AgreementEnded, AgreementSigned, CheckConcluded, TierSet

_LEFT_TIERS = {"cultivation": "cultivation_tier", "reserve": "reserve_tier", "leading": "leading_tier"}


def _in_tiers(*tiers: str, checked: bool) -> Judge:
    wanted = frozenset(tiers)

    def judge(told: Told, _on: dt.date, _terms: Terms) -> Verdict | None:
        signed = tier = check = ended = None
        for record in told:
            kind = type(record.fact)
            if (kind is AgreementSigned and not record.fact.tier) or (kind is AgreementEnded and record.fact.field):
                continue  # of an agreement for one field of the future (I5), which says nothing of a tier
            if kind is AgreementSigned:
                signed, tier, check, ended = record, record, None, None
            elif kind is TierSet:
                tier = record
            elif kind is CheckConcluded:
                check = record
            elif kind is AgreementEnded:
                ended = record
        if tier is None:
            return None
        district = tier.fact.district or (signed.fact.district if signed else "")
        if ended is not None:
            return left_out("ended", (tier, ended), district=district)
        if tier.fact.tier not in wanted:
            return left_out(_LEFT_TIERS[tier.fact.tier], (tier,), district=district)
        if not checked:
            return counted((tier,), district=district, credit=((tier.fact.subject, WHOLE),))
        if signed is None:
            return unsure("no_agreement", (tier,), district=district, amount=1)
        basis = (signed,) if signed is tier else (signed, tier)
        if check is None:
            return left_out("unchecked", basis, district=district)
        if check.fact.result != "passed":
            return left_out("check_not_passed", (*basis, check), district=district)
        return counted((*basis, check), district=district, credit=((signed.fact.subject, WHOLE),))

    return judge


_SIGNED = (AgreementSigned(subject=INCUBATOR, edition="2022", tier="leading", district=HAIDIAN), START)
_PASSED = (CheckConcluded(subject=INCUBATOR, result="passed"), LATER)

EXAMPLES = (
    Example(
        t("引领类，已签任务书，最近一次考核通过", "leading, agreement signed, last check passed"),
        (_SIGNED, _PASSED),
        ON,
        {"signed": ("counted", 1, "counted"), "leading": ("counted", 1, "counted"), "both": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：把培育类算进来", "the cheat: a cultivation-tier one added in"),
        ((TierSet(subject=INCUBATOR, tier="cultivation", district=HAIDIAN), BEFORE),),
        ON,
        {
            "signed": ("left_out", 0, "cultivation_tier"),
            "leading": ("left_out", 0, "cultivation_tier"),
            "both": ("counted", 1, "counted"),
        },
        TERMS,
    ),
    Example(
        t("只有名单，没有任务书", "on a list, but no agreement on record"),
        ((TierSet(subject=INCUBATOR, tier="leading", district=HAIDIAN), BEFORE),),
        ON,
        {
            "signed": ("unsure", 1, "no_agreement"),
            "leading": ("counted", 1, "counted"),
            "both": ("counted", 1, "counted"),
        },
        TERMS,
    ),
    Example(
        t("最近一次考核未通过", "the last check failed"),
        (_SIGNED, _PASSED, (CheckConcluded(subject=INCUBATOR, result="failed"), ON)),
        ON,
        {"signed": ("left_out", 0, "check_not_passed"), "leading": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("任务书已终止", "the agreement has ended"),
        (_SIGNED, _PASSED, (AgreementEnded(subject=INCUBATOR, reason="withdrawn"), ON)),
        ON,
        {"signed": ("left_out", 0, "ended"), "leading": ("left_out", 0, "ended"), "both": ("left_out", 0, "ended")},
        TERMS,
    ),
    Example(
        t("另签又终止的未来产业孵化器任务书与标杆无关", "an agreement for a field alone, signed and ended, changes nothing"),
        (
            _SIGNED,
            _PASSED,
            (AgreementSigned(subject=INCUBATOR, edition="2025", field="quantum", district=HAIDIAN), ON),
            (AgreementEnded(subject=INCUBATOR, reason="withdrawn", field="quantum"), ON),
        ),
        ON,
        {"signed": ("counted", 1, "counted"), "leading": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("终止后重新签约，旧的考核不能沿用", "signed anew after the end: the old check does not carry over"),
        (
            _SIGNED,
            (CheckConcluded(subject=INCUBATOR, result="passed"), START),
            (AgreementEnded(subject=INCUBATOR, reason="withdrawn"), START),
            (AgreementSigned(subject=INCUBATOR, edition="2024", tier="leading", district=HAIDIAN), LATER),
        ),
        ON,
        {"signed": ("left_out", 0, "unchecked"), "leading": ("counted", 1, "counted")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I1",
    name=t("标杆孵化器", "benchmark incubators"),
    unit=t("家", "incubators"),
    period=YEAR_END,
    baseline=STATE,
    key=t("孵化器（一家只计一次）", "the incubator, once"),
    attribution=t("计给该孵化器及所在区", "the incubator and its district"),
    source=t("行动方案“行动目标”：到 2025 年，建成 20 家标杆孵化器", "action plan, targets: 20 benchmark incubators by 2025"),
    blocks=t("把培育类混入引领类充数", "the cultivation tier added in"),
    reads=(AgreementSigned, TierSet, CheckConcluded, AgreementEnded),
    definitions=(
        Definition(
            "signed",
            t("已签约引领类", "leading, signed and checked"),
            t(
                "任务书在有效期内、梯次为引领类、该任务书下最近一次考核通过",
                "agreement in force, leading tier, last check under it passed",
            ),
            _in_tiers("leading", checked=True),
        ),
        Definition(
            "leading",
            t("仅引领类", "leading tier only"),
            t(
                "梯次为引领类，不论有无任务书、考核如何；任务书已终止的不计",
                "leading tier, with or without an agreement and checks; not once its agreement has ended",
            ),
            _in_tiers("leading", checked=False),
        ),
        Definition(
            "both",
            t("引领类与培育类", "leading and cultivation"),
            t(
                "梯次为引领类或培育类；任务书已终止的不计",
                "leading or cultivation tier; not once its agreement has ended",
            ),
            _in_tiers("leading", "cultivation", checked=False),
        ),
    ),
    reasons={
        **COUNTED,
        "cultivation_tier": t("梯次为培育类", "cultivation tier"),
        "reserve_tier": t("仅入库", "only in reserve"),
        "leading_tier": t("梯次为引领类", "leading tier"),
        "ended": t("任务书已终止", "the agreement has ended"),
        "no_agreement": t("有梯次而没有任务书记录，无法判断", "a tier but no agreement on record: undecided"),
        "unchecked": t("现行任务书尚未考核", "not checked yet under its agreement"),
        "check_not_passed": t("最近一次考核未通过", "the last check was not passed"),
    },
    examples=EXAMPLES,
)

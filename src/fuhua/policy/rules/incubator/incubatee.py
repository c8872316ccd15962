"""在孵企业 incubatee: young at entry, at work in the incubator, and only for a time.

Why: only incubatees count for the incubator's thresholds, and services to them are what the tax exemption covers.
Source: 国科发区〔2018〕300号; from June 2025 the ministry's measure, whose numbers were not found.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import incubatee as kept
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, yes
from fuhua.policy.reasoning.rule import Edition, Example, Note, Rule
from fuhua.policy.reasoning.terms import Operator
from fuhua.policy.rules.incubator._incubation import AGE_AT_ENTRY, ENTRY, LATEST_EXIT, STAYED, times
from fuhua.policy.rules.incubator._national import NEWS_DATE, SINCE_300, SINCE_2025, SOURCE_300, SOURCE_2025, START_BY_MEMORY, UNTIL_300

BASE = all_of(
    yes(
        "tech_sme",
        kept.tech_sme_requirements,
        Clause("入驻条件", t("符合科技型中小企业要求", "meets the requirements for a technology-based SME")),
    ),
    yes("place", kept.works_in_incubator, Clause("入驻条件", t("注册地和工作场所在孵化器内", "registered and at work in the incubator"))),
)

V1 = Edition(
    "2018",
    SINCE_300,
    UNTIL_300,
    SOURCE_300,
    all_of(BASE, times("text")),
    figures=(LATEST_EXIT,),
    notes=(NEWS_DATE, START_BY_MEMORY),
    dates_rest_on="memory",
)
V2 = Edition(
    "2025",
    SINCE_2025,
    None,
    SOURCE_2025,
    all_of(
        yes(
            "place",
            kept.works_in_incubator,
            Clause("入驻条件（未公开见到）", t("注册地和工作场所在孵化器内", "registered and at work in the incubator"), "gap"),
        ),
        at_most(
            "age",
            AGE_AT_ENTRY,
            Operator("incubatee.age_months", "months", t("入驻时成立月数上限", "most months since registration on entry")),
            Clause("入驻条件（数值未公开见到）", t("入驻时成立月数不超过上限", "not older on entry than allowed"), "gap"),
        ),
        at_most(
            "stay",
            STAYED,
            Operator(
                "incubatee.stay_months", "months", t("在孵月数上限（按该企业所属领域）", "most months of stay, for the trade of the firm")
            ),
            Clause("在孵期限（数值未公开见到）", t("在孵月数不超过上限", "no longer in the incubator than allowed"), "gap"),
        ),
    ),
    notes=(
        NEWS_DATE,
        Note(
            t(
                "新办法对在孵企业的年限要求未见公开文本，须由管理人员设定",
                "the new measure's limits of age and stay were not found; an officer sets them",
            )
        ),
    ),
    dates_rest_on="derived",
)

CASE = {
    "registered_on": "2023-01-15",
    "incubation_entered_on": "2025-01-10",
    "incubation_trade": "other",
    "tech_sme_requirements": True,
    "works_in_incubator": True,
}
LATER = {**CASE, "registered_on": "2024-06-01", "incubation_entered_on": "2025-06-14"}
ON = dt.date(2025, 1, 10)

EXAMPLES = (
    Example(
        "O-4.4",
        t("成立 23 个月 26 天时入驻", "entered 23 months and 26 days after registration"),
        ON,
        CASE,
        "eligible",
        figures={"latest_exit": dt.date(2029, 1, 10)},
    ),
    Example(
        "O-4.4 biotech",
        t("同一企业，生物医药", "the same firm in biomedicine"),
        ON,
        {**CASE, "incubation_trade": "biomedicine"},
        "eligible",
        figures={"latest_exit": dt.date(2030, 1, 10)},
    ),
    Example(
        "24 months",
        t("恰好 24 个月", "exactly 24 months"),
        dt.date(2025, 1, 15),
        {**CASE, "incubation_entered_on": "2025-01-15"},
        "eligible",
    ),
    Example(
        "24 months and a day",
        t("24 个月零 1 天", "24 months and a day"),
        dt.date(2025, 1, 16),
        {**CASE, "incubation_entered_on": "2025-01-16"},
        "not_eligible",
        unmet=("age",),
    ),
    Example("last day of stay", t("在孵期限最后一天", "last day of the stay"), dt.date(2029, 1, 10), CASE, "eligible"),
    Example("stayed too long", t("超过 48 个月", "more than 48 months"), dt.date(2029, 1, 11), CASE, "not_eligible", unmet=("stay",)),
    Example(
        "longer trade",
        t("集成电路可至 60 个月", "integrated circuits may stay for 60 months"),
        dt.date(2029, 1, 11),
        {**CASE, "incubation_trade": "integrated_circuits"},
        "eligible",
    ),
    Example(
        "trade unknown, early",
        t("领域未填，但两种期限都未到", "trade not told, but neither limit is reached"),
        ON,
        {name: value for name, value in CASE.items() if name != "incubation_trade"},
        "eligible",
        missing=(),
    ),
    Example(
        "trade unknown, late",
        t("领域未填且已过 48 个月", "trade not told and more than 48 months"),
        dt.date(2029, 6, 1),
        {name: value for name, value in CASE.items() if name != "incubation_trade"},
        "undetermined",
        missing=("incubation_trade",),
    ),
    Example("old measure", t("按入驻日适用旧办法", "the day of entry keeps the old measure"), dt.date(2026, 1, 10), CASE, "eligible"),
    Example(
        "new measure",
        t("新办法之日入驻：数值未设定", "entered under the new measure: not set"),
        dt.date(2025, 6, 14),
        LATER,
        "undetermined",
        missing=(),
    ),
    Example(
        "new measure set",
        t("数值设定后", "with the numbers set"),
        dt.date(2025, 6, 14),
        LATER,
        "eligible",
        tables={"incubatee.age_months": 24, "incubatee.stay_months": 48},
    ),
)

SPEC = Rule(
    key="incubatee",
    topic="incubator",
    name=t("在孵企业", "incubatee"),
    about=t(
        "入驻时成立不超过 24 个月，在孵化器内注册和工作，在孵不超过 48 个月（生物医药等 60 个月）。",
        "24 months old at most on entry, registered and at work in the incubator, for 48 months at most (60 in some trades).",
    ),
    subject="venture",
    chosen_by=ENTRY,
    editions=(V1, V2),
    examples=EXAMPLES,
    grants="incubatee",
)

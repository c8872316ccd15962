"""国家级专业科技企业孵化器 national professional technology incubator: fewer incubatees, of one industry, with a platform.

Why: an incubator that serves one industry may be national with 30 incubatees instead of 50.
Source: 国科发区〔2018〕300号 until June 2025; then the measure of the Ministry of Industry and Information Technology,
whose numbers were not found in a public text and are set by an officer.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule
from fuhua.policy.reasoning.terms import percent, ratio
from fuhua.policy.rules.incubator._national import (
    AGE,
    GRADED,
    HOW_GRADED,
    MONEY,
    NEWS_DATE,
    PEOPLE,
    RIGHTS,
    SINCE_300,
    SOURCE_300,
    START_BY_MEMORY,
    UNTIL_300,
    results,
    space,
)

INDUSTRY = all_of(
    at_least(
        "one_industry",
        ratio(inc.incubatees_one_industry, inc.incubatees),
        percent(75),
        Clause("专业方向", t("从事同一产业的在孵企业占 75% 以上", "75 % or more of the incubatees are in one industry")),
    ),
    yes(
        "platform",
        inc.technical_platform,
        Clause("专业方向", t("自建专业公共技术服务平台", "its own public technical service platform")),
    ),
)

V1 = Edition(
    "2018",
    SINCE_300,
    UNTIL_300,
    SOURCE_300,
    all_of(AGE, space("derived"), MONEY, PEOPLE, RIGHTS, results(30, 2, 15), INDUSTRY),
    notes=(
        NEWS_DATE,
        START_BY_MEMORY,
        Note(
            t(
                "所见文本没有为专业孵化器另列场地面积，按与综合孵化器相同处理，请核对原文",
                "no smaller floor area for the professional kind was found; the same one is used: check the original",
            )
        ),
    ),
    dates_rest_on="memory",
)

CASE = {
    "incubator_running_since": "2018-03-01",
    "statistics_years": 3,
    "site_area": 12_000,
    "incubatee_area": 9_600,
    "incubator_fund": "600万元",
    "incubatees": 45,
    "incubatees_financed": 6,
    "fund_cases": 3,
    "incubator_staff": 10,
    "professional_staff": 8,
    "mentors": 5,
    "incubatees_ip_applied": 30,
    "incubatees_ip_valid": 10,
    "graduates": 16,
    "incubatees_one_industry": 36,
    "technical_platform": True,
}
ON = dt.date(2024, 6, 1)

EXAMPLES = (
    Example(
        "O-4.3",
        t("45 家在孵、36 家同一产业、16 家毕业：专业孵化器符合", "45 incubatees, 36 in one industry, 16 graduates: professional"),
        ON,
        CASE,
        "eligible",
    ),
    Example(
        "edges",
        t("在孵、密度、毕业、同一产业恰好达标", "incubatees, density, graduates and industry exactly on the threshold"),
        ON,
        {**CASE, "site_area": 20_000, "incubatee_area": 15_000, "incubatees": 40, "incubatees_one_industry": 30, "graduates": 15},
        "eligible",
    ),
    Example(
        "one off industry",
        t("同一产业 33 家，不足 75%", "33 in one industry are under 75 %"),
        ON,
        {**CASE, "incubatees_one_industry": 33},
        "not_eligible",
        unmet=("one_industry",),
        short={"incubatees_one_industry": 34},
        way={"incubatees_one_industry": 34},
    ),
    Example(
        "29 incubatees",
        t("在孵企业差一家", "one incubatee short"),
        ON,
        {**CASE, "incubatees": 29, "incubatees_one_industry": 29},
        "not_eligible",
        unmet=("incubatees",),
        short={"incubatees": 30},
    ),
    Example("14 graduates", t("毕业企业差一家", "one graduate short"), ON, {**CASE, "graduates": 14}, "not_eligible", unmet=("graduates",)),
    Example(
        "no platform",
        t("没有自建平台", "no platform of its own"),
        ON,
        {**CASE, "technical_platform": False},
        "not_eligible",
        unmet=("platform",),
    ),
    Example(
        "unknown industry",
        t("同一产业数未填", "firms of one industry not told"),
        ON,
        {name: value for name, value in CASE.items() if name != "incubatees_one_industry"},
        "undetermined",
        missing=("incubatees_one_industry",),
    ),
    Example("last day", t("旧办法最后一天", "last day of the old measure"), dt.date(2025, 6, 13), CASE, "eligible"),
    Example(
        "first day",
        t("新办法第一天：数值未设定", "first day of the new measure: its numbers are not set"),
        dt.date(2025, 6, 14),
        {**CASE, "independent_legal_person": True},
        "undetermined",
    ),
    Example(
        "no legal person",
        t("新办法：不具有独立法人资格即不符合", "new measure: not an independent legal person, so no"),
        dt.date(2025, 6, 14),
        {**CASE, "independent_legal_person": False},
        "not_eligible",
        unmet=("legal_person",),
    ),
)

SPEC = Rule(
    key="national_professional",
    topic="incubator",
    name=t("国家级专业科技企业孵化器", "national professional incubator"),
    about=t(
        "75% 以上在孵企业属同一产业并有自建平台，在孵 30 家、毕业 15 家即可；2025 年 6 月起改为标准级、卓越级。",
        "With 75 % of incubatees in one industry and an own platform, 30 incubatees and 15 graduates do; since June 2025 "
        "standard or excellent instead.",
    ),
    subject="incubator",
    chosen_by=APPLICATION,
    editions=(V1, GRADED),
    examples=EXAMPLES,
    grants="national_incubator",
    how=HOW_GRADED,
)

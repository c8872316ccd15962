"""国家级综合科技企业孵化器 national comprehensive technology incubator.

Why: the national title opens the tax exemption of incubators.
Source: 国科发区〔2018〕300号 until June 2025; then the measure of the Ministry of Industry and Information Technology,
whose numbers were not found in a public text and are set by an officer.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.reasoning.conditions import all_of
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule
from fuhua.policy.reasoning.terms import wan
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

V1 = Edition(
    "2018",
    SINCE_300,
    UNTIL_300,
    SOURCE_300,
    all_of(AGE, space("text"), MONEY, PEOPLE, RIGHTS, results(50, 3, 20)),
    notes=(
        NEWS_DATE,
        START_BY_MEMORY,
        Note(
            t(
                "来源互相矛盾：网上流传的一份文本写累计毕业 25 家，本规则采用 20 家",
                "sources disagree: a text that circulates says 25 graduates; 20 is used here",
            )
        ),
    ),
    dates_rest_on="memory",
)

FULL = {
    "incubator_running_since": "2018-03-01",
    "statistics_years": 3,
    "site_area": 15_000,
    "incubatee_area": 11_250,
    "incubator_fund": "500万元",
    "incubatees": 50,
    "incubatees_financed": 5,
    "fund_cases": 3,
    "incubator_staff": 10,
    "professional_staff": 8,
    "mentors": 5,
    "incubatees_ip_applied": 25,
    "incubatees_ip_valid": 0,
    "graduates": 20,
}
GRADED_PROFILE = {
    "independent_legal_person": True,
    "focus_future_industry": True,
    "incubator_running_since": "2018-03-01",
    "site_area": 12_000,
    "incubator_fund": "800万元",
    "professional_staff": 10,
    "mentors": 10,
    "incubatees": 60,
    "graduates": 30,
}
TABLES = {
    "national_incubator.years": 2,
    "national_incubator.site_area": 8_000,
    "national_incubator.fund": wan(500),
    "national_incubator.professional_staff": 5,
    "national_incubator.mentors": 5,
    "national_incubator.incubatees": 40,
    "national_incubator.graduates": 0,
}
ON = dt.date(2024, 6, 1)

EXAMPLES = (
    Example("all edges", t("各项恰好达到标准", "exactly on every threshold"), ON, FULL, "eligible"),
    Example(
        "O-4.3",
        t("12,000 平方米、45 家在孵、16 家毕业：综合孵化器不符合", "12,000 m², 45 incubatees, 16 graduates: not comprehensive"),
        ON,
        {
            **FULL,
            "site_area": 12_000,
            "incubatee_area": 9_600,
            "incubatees": 45,
            "incubatees_financed": 6,
            "incubatees_ip_applied": 30,
            "graduates": 16,
        },
        "not_eligible",
        unmet=("incubatees", "graduates"),
        short={"incubatees": 50, "graduates": 20},
        way={"incubatees": 50, "graduates": 20},
    ),
    Example("19 graduates", t("毕业企业差一家", "one graduate short"), ON, {**FULL, "graduates": 19}, "not_eligible", unmet=("graduates",)),
    Example(
        "density",
        t("面积增大，密度不足", "a larger house, not enough firms for it"),
        ON,
        {**FULL, "site_area": 16_700, "incubatee_area": 13_000},
        "not_eligible",
        unmet=("density",),
        short={"incubatees": 51},
    ),
    Example(
        "valid rights instead",
        t("申请率不足但有效知识产权达 30%", "few applications, but 30 % hold valid rights"),
        ON,
        {**FULL, "incubatees_ip_applied": 24, "incubatees_ip_valid": 15},
        "eligible",
    ),
    Example(
        "neither right",
        t("两项知识产权比例都差一家", "one firm short of either test of rights"),
        ON,
        {**FULL, "incubatees_ip_applied": 24, "incubatees_ip_valid": 14},
        "not_eligible",
        unmet=("ip_applied", "ip_valid"),
    ),
    Example(
        "three years tomorrow",
        t("明天才满三年", "three years tomorrow"),
        dt.date(2021, 2, 28),
        FULL,
        "not_eligible",
        unmet=("age",),
    ),
    Example("three years today", t("今天满三年", "three years today"), dt.date(2021, 3, 1), FULL, "eligible"),
    Example(
        "unknown graduates",
        t("毕业企业数未填", "graduates not told"),
        ON,
        {name: value for name, value in FULL.items() if name != "graduates"},
        "undetermined",
        missing=("graduates",),
    ),
    Example("last day", t("旧办法最后一天", "last day of the old measure"), dt.date(2025, 6, 13), FULL, "eligible"),
    Example(
        "first day",
        t("新办法第一天：数值未设定", "first day of the new measure: its numbers are not set"),
        dt.date(2025, 6, 14),
        GRADED_PROFILE,
        "undetermined",
        missing=(),
    ),
    Example(
        "numbers set",
        t("数值设定后达到标准级；卓越级须由部里遴选", "with the numbers set: standard; excellent is the ministry's choice"),
        dt.date(2025, 6, 14),
        GRADED_PROFILE,
        "eligible",
        level="standard",
        tables=TABLES,
    ),
    Example(
        "numbers set higher",
        t("设定的在孵企业数高于实际", "the number set for incubatees is higher"),
        dt.date(2025, 6, 14),
        GRADED_PROFILE,
        "not_eligible",
        unmet=("incubatees",),
        tables={**TABLES, "national_incubator.incubatees": 61},
    ),
    Example("before", t("2018 年尚无版本", "no edition in 2018"), dt.date(2018, 12, 31), FULL, "not_eligible"),
)

SPEC = Rule(
    key="national_comprehensive",
    topic="incubator",
    name=t("国家级综合科技企业孵化器", "national comprehensive incubator"),
    about=t(
        "运营满 3 年，场地、资金、队伍、知识产权和在孵、毕业企业数都要达标；2025 年 6 月起改为标准级、卓越级。",
        "Three years of running, and thresholds for space, money, people, rights, incubatees and graduates; since June 2025 "
        "standard or excellent instead.",
    ),
    subject="incubator",
    chosen_by=APPLICATION,
    editions=(V1, GRADED),
    examples=EXAMPLES,
    grants="national_incubator",
    how=HOW_GRADED,
)

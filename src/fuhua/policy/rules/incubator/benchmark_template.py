"""2019 年“标杆型”孵化器征集条件 the city's call of 2019: a template for whoever prepares for the benchmark list.

Why: the calls of 2022–2025 were not found; that of 2019 is the closest public one. Meeting it grants nothing.
Source: Beijing's call of 2019 for “标杆型” incubators, number not seen.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio, wan

SOURCE = Source(
    "北京市 2019 年标杆型孵化器征集通知（文号未见）",
    t("2019 年标杆型孵化器征集通知", "call of 2019 for benchmark-type incubators"),
)

CONDITIONS = all_of(
    yes("beijing", inc.beijing_legal_person, Clause("征集条件", t("在北京注册的法人", "a legal person registered in Beijing"))),
    at_least("site_area", inc.site_area, 1_000, Clause("征集条件", t("场地不低于 1,000 平方米", "1,000 m² or more"))),
    at_least(
        "investment", inc.investment_total, wan(500), Clause("征集条件", t("投资不低于 500 万元", "an investment of ¥5 million or more"))
    ),
    at_least(
        "hardware",
        ratio(inc.investment_hardware, inc.investment_total),
        percent(30),
        Clause("征集条件", t("其中硬件投入占 30% 以上", "30 % or more of it in hardware")),
    ),
    at_least("team", inc.incubator_staff, 10, Clause("征集条件", t("团队不少于 10 人", "a team of 10 or more"))),
    at_least(
        "background",
        ratio(inc.experienced_staff, inc.incubator_staff),
        percent(20),
        Clause(
            "征集条件",
            t("有产业、创业或投资背景的占 20% 以上", "20 % or more with an industry, startup or investment background"),
        ),
    ),
    at_least("events", inc.events_year, 10, Clause("征集条件", t("每年活动不少于 10 场", "10 or more events a year"))),
    at_least("teams", inc.resident_teams, 50, Clause("征集条件", t("在孵企业和团队不少于 50 个", "50 or more incubatees and teams"))),
    yes("plan", inc.work_plan, Clause("征集条件", t("提交三年工作方案", "a three-year work plan is delivered"))),
)

EDITION = Edition(
    "2019",
    None,
    None,
    SOURCE,
    CONDITIONS,
    notes=(
        Note(
            t(
                "这是 2019 年的类似征集，仅作准备用的模板；满足它不等于获得标杆孵化器资格，现行申报指南的门槛未见",
                "this is a similar call of 2019, a template to prepare with; meeting it grants no title, and the thresholds of the "
                "calls in force were not found",
            )
        ),
    ),
    dates_rest_on="derived",
)

CASE = {
    "beijing_legal_person": True,
    "site_area": 1_000,
    "investment_total": "500万元",
    "investment_hardware": "150万元",
    "incubator_staff": 10,
    "experienced_staff": 2,
    "events_year": 10,
    "resident_teams": 50,
    "work_plan": True,
}
ON = dt.date(2025, 3, 1)

EXAMPLES = (
    Example("edges", t("各项恰好达标", "exactly on every threshold"), ON, CASE, "eligible"),
    Example(
        "hardware",
        t("硬件投入占 29.8%", "29.8 % in hardware"),
        ON,
        {**CASE, "investment_hardware": "149万元"},
        "not_eligible",
        unmet=("hardware",),
        short={"investment_hardware": 1_500_000},
        way={"investment_hardware": 1_500_000},
    ),
    Example(
        "one of ten",
        t("有背景的仅 1 人", "one of ten with such a background"),
        ON,
        {**CASE, "experienced_staff": 1},
        "not_eligible",
        unmet=("background",),
    ),
    Example("49 teams", t("团队和企业差一个", "one team short"), ON, {**CASE, "resident_teams": 49}, "not_eligible", unmet=("teams",)),
    Example(
        "plan not told",
        t("工作方案未填", "work plan not told"),
        ON,
        {name: value for name, value in CASE.items() if name != "work_plan"},
        "undetermined",
        missing=("work_plan",),
    ),
)

SPEC = Rule(
    key="benchmark_template",
    topic="incubator",
    name=t("标杆孵化器准备模板（2019 年征集）", "benchmark template (call of 2019)"),
    about=t(
        "2019 年类似征集的条件，供准备申报时自查；不产生任何资格。",
        "Conditions of a similar call of 2019, to check oneself when preparing; it grants nothing.",
    ),
    subject="incubator",
    chosen_by=ON_THE_DAY,
    editions=(EDITION,),
    examples=EXAMPLES,
)

"""国家备案众创空间 nationally filed makerspace: small space, many teams, real cases.

Why: filing opens the tax exemption of incubators; since June 2025 makerspaces are graded with the national incubators.
Source: 国家众创空间备案暂行规定 (2017-10-12); then the ministry's measure of 2025, numbers not found.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, at_least, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio
from fuhua.policy.rules.incubator._national import GRADED, HOW_GRADED, NEWS_DATE, UNTIL_300

SOURCE = Source(
    "国家众创空间备案暂行规定（2017）",
    t("国家众创空间备案暂行规定", "Provisional rules for filing national makerspaces"),
)

SPACE = all_of(
    at_least(
        "age",
        Elapsed(inc.incubator_running_since, "months"),
        18,
        Clause("运营时间", t("实际运营满 18 个月", "running for 18 months or more")),
    ),
    any_of(
        at_least("site_area", inc.site_area, 500, Clause("场地", t("场地不低于 500 平方米", "500 m² or more"))),
        at_least("desks", inc.desks, 30, Clause("场地", t("或提供不少于 30 个工位", "or 30 desks or more"))),
    ),
    at_least(
        "working_area",
        ratio(inc.incubatee_area, inc.site_area),
        percent(75),
        Clause("场地", t("工位和公共服务面积占 75% 以上", "desks and public service area are 75 % or more")),
    ),
)
TENANTS = all_of(
    at_least("teams", inc.resident_teams, 20, Clause("入驻", t("每年入驻团队和企业不少于 20 个", "20 or more teams and firms a year"))),
    any_of(
        at_least("new_firms", inc.new_firms_year, 10, Clause("成效", t("每年新注册企业不少于 10 家", "10 or more new firms a year"))),
        at_least("financed", inc.financed_year, 5, Clause("成效", t("或每年获得融资的不少于 5 个", "or 5 or more financed a year"))),
    ),
    at_least("cases", inc.typical_cases, 3, Clause("成效", t("典型孵化案例不少于 3 个", "3 or more typical cases"))),
)
SERVICE = all_of(
    at_least("staff", inc.full_time_staff, 3, Clause("服务", t("专职服务人员不少于 3 人", "3 or more full-time staff"))),
    at_least("mentors", inc.mentors, 3, Clause("服务", t("创业导师不少于 3 人", "3 or more mentors"))),
    at_least("events", inc.events_year, 10, Clause("服务", t("每年创业活动不少于 10 场", "10 or more events a year"))),
    yes("statistics", inc.statistics_filed, Clause("统计", t("按要求上报统计数据", "statistics are filed as required"))),
)

V1 = Edition("2017", dt.date(2017, 10, 12), UNTIL_300, SOURCE, all_of(SPACE, TENANTS, SERVICE), notes=(NEWS_DATE,), dates_rest_on="derived")
ENDED = Note(
    t(
        "众创空间已并入《科技型企业孵化器管理办法》，不再单独备案",
        "makerspaces are now under the measure for incubators of technology-based firms, and are not filed on their own",
    )
)

CASE = {
    "incubator_running_since": "2022-01-10",
    "site_area": 480,
    "desks": 32,
    "incubatee_area": 360,
    "resident_teams": 20,
    "new_firms_year": 10,
    "financed_year": 0,
    "typical_cases": 3,
    "full_time_staff": 3,
    "mentors": 3,
    "events_year": 10,
    "statistics_filed": True,
}
ON = dt.date(2024, 5, 10)

EXAMPLES = (
    Example("O-4.5", t("480 平方米但有 32 个工位", "480 m² but 32 desks"), ON, CASE, "eligible"),
    Example(
        "neither",
        t("480 平方米、29 个工位", "480 m² and 29 desks"),
        ON,
        {**CASE, "desks": 29},
        "not_eligible",
        unmet=("site_area", "desks"),
        short={"desks": 30, "site_area": 500},
        way={"desks": 30},
    ),
    Example(
        "500 m²",
        t("恰好 500 平方米，没有工位", "exactly 500 m², no desks"),
        ON,
        {**CASE, "site_area": 500, "incubatee_area": 375, "desks": 0},
        "eligible",
    ),
    Example(
        "desks unknown",
        t("工位数未填，面积不足", "desks not told, area too small"),
        ON,
        {name: value for name, value in CASE.items() if name != "desks"},
        "undetermined",
        missing=("desks",),
    ),
    Example(
        "desks do not matter",
        t("面积已够，工位数不影响结论", "with enough area the desks do not matter"),
        ON,
        {name: value for name, value in CASE.items() if name != "desks"} | {"site_area": 600, "incubatee_area": 450},
        "eligible",
        missing=(),
    ),
    Example(
        "financed instead",
        t("新注册 9 家但融资 5 个", "9 new firms but 5 financed"),
        ON,
        {**CASE, "new_firms_year": 9, "financed_year": 5},
        "eligible",
    ),
    Example(
        "financed 4",
        t("新注册 9 家、融资 4 个", "9 new firms and 4 financed"),
        ON,
        {**CASE, "new_firms_year": 9, "financed_year": 4},
        "not_eligible",
        unmet=("new_firms", "financed"),
        way={"new_firms_year": 10},
    ),
    Example(
        "18 months tomorrow",
        t("明天才满 18 个月", "18 months tomorrow"),
        dt.date(2023, 7, 9),
        CASE,
        "not_eligible",
        unmet=("age",),
    ),
    Example("18 months", t("今天满 18 个月", "18 months today"), dt.date(2023, 7, 10), CASE, "eligible"),
    Example("last day", t("单独备案的最后一天", "last day of filing on its own"), dt.date(2025, 6, 13), CASE, "eligible"),
    Example(
        "first day", t("并入新办法后：数值未设定", "under the new measure: numbers not set"), dt.date(2025, 6, 14), CASE, "undetermined"
    ),
)

SPEC = Rule(
    key="makerspace",
    topic="incubator",
    name=t("国家备案众创空间", "nationally filed makerspace"),
    about=t(
        "运营满 18 个月，500 平方米或 30 个工位，每年 20 个团队和企业；2025 年 6 月并入部级孵化器。",
        "18 months of running, 500 m² or 30 desks, 20 teams and firms a year; graded with the incubators since June 2025.",
    ),
    subject="incubator",
    chosen_by=APPLICATION,
    editions=(V1, replace(GRADED, notes=(ENDED, *GRADED.notes))),
    examples=EXAMPLES,
    grants="filed_makerspace",
    how=HOW_GRADED,
)

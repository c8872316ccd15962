"""平谷区在孵企业 incubatee of Pinggu district: small, young at entry, and only for a time.

Why: the district gives numbers of its own for firms in its incubators; a district title opens no tax exemption.
Source: 平谷区孵化器政策 of 2025-08-29, title and number not seen.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm
from fuhua.policy.reasoning.conditions import Clause, all_of, less_than
from fuhua.policy.reasoning.rule import Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import wan
from fuhua.policy.rules.incubator._incubation import ENTRY, LATEST_EXIT, times

SOURCE = Source(
    "平谷区孵化器政策（2025-08-29，名称、文号未见）",
    t("平谷区孵化器政策", "Pinggu district policy for incubators"),
    dt.date(2025, 8, 29),
)

CONDITIONS = all_of(
    less_than("employees", firm.employees, 100, Clause("在孵企业", t("职工不满 100 人", "fewer than 100 staff"))),
    less_than("sales", firm.sales, wan(2000), Clause("在孵企业", t("营业收入低于 2000 万元", "revenue under ¥20 million"))),
    times("derived"),
)

EDITION = Edition(
    "2025",
    dt.date(2025, 8, 29),
    None,
    SOURCE,
    CONDITIONS,
    figures=(LATEST_EXIT,),
    notes=(
        Note(
            t(
                "公开摘要只写在孵 48 或 60 个月，未写哪些领域可到 60 个月，此处按全国办法的领域处理，请核对原文",
                "the digest says 48 or 60 months without naming trades; those of the national measure are used: check the original",
            )
        ),
    ),
    dates_rest_on="derived",
)

CASE = {
    "employees": 99,
    "sales": "1999.99万元",
    "registered_on": "2023-09-10",
    "incubation_entered_on": "2025-09-10",
    "incubation_trade": "other",
}
ON = dt.date(2025, 9, 10)

EXAMPLES = (
    Example(
        "just below", t("各项恰在界内", "just inside every limit"), ON, CASE, "eligible", figures={"latest_exit": dt.date(2029, 9, 10)}
    ),
    Example(
        "100 staff",
        t("恰好 100 人", "exactly 100 staff"),
        ON,
        {**CASE, "employees": 100},
        "not_eligible",
        unmet=("employees",),
        short={"employees": 99},
    ),
    Example(
        "20 million", t("收入恰好 2000 万元", "exactly ¥20 million"), ON, {**CASE, "sales": "2000万元"}, "not_eligible", unmet=("sales",)
    ),
    Example(
        "older",
        t("成立 24 个月零 1 天入驻", "24 months and a day old on entry"),
        ON,
        {**CASE, "registered_on": "2023-09-09"},
        "not_eligible",
        unmet=("age",),
    ),
    Example(
        "biomedicine",
        t("生物医药在孵至 60 个月", "biomedicine stays for 60 months"),
        dt.date(2030, 9, 10),
        {**CASE, "incubation_trade": "biomedicine"},
        "eligible",
        figures={"latest_exit": dt.date(2030, 9, 10)},
    ),
    Example(
        "staff not told",
        t("职工数未填", "staff not told"),
        ON,
        {name: value for name, value in CASE.items() if name != "employees"},
        "undetermined",
        missing=("employees",),
    ),
    Example(
        "before",
        t("办法之前入驻", "entered before the measure"),
        ON,
        {**CASE, "registered_on": "2024-01-01", "incubation_entered_on": "2025-08-28"},
        "not_eligible",
    ),
)

SPEC = Rule(
    key="pinggu_incubatee",
    topic="incubator",
    name=t("平谷区在孵企业", "Pinggu incubatee"),
    about=t(
        "职工不满 100 人、收入低于 2000 万元，入驻时成立不超过 24 个月，在孵不超过 48 或 60 个月。",
        "Fewer than 100 staff, revenue under ¥20 million, 24 months old at most on entry, 48 or 60 months of stay at most.",
    ),
    subject="venture",
    chosen_by=ENTRY,
    editions=(EDITION,),
    examples=EXAMPLES,
)

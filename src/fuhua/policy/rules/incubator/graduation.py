"""毕业企业 graduation from an incubator: one of four achievements.

Why: graduates count for the incubator's national title, and mark the end of the services that are tax-exempt.
Source: 国科发区〔2018〕300号, from memory; from June 2025 the ministry's measure, whose text was not found.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm
from fuhua.policy.inputs import incubatee as kept
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, more_than, yes
from fuhua.policy.reasoning.rule import Edition, Example, Relevant, Rule
from fuhua.policy.reasoning.terms import total, wan
from fuhua.policy.rules.incubator._national import NEWS_DATE, SINCE_300, SINCE_2025, SOURCE_300, SOURCE_2025, START_BY_MEMORY, UNTIL_300

LEFT = Relevant("graduation", t("毕业日", "day of graduation"))

ACHIEVED = any_of(
    yes("hnte", firm.hnte_valid, Clause("毕业条件", t("获得高新技术企业证书", "a high-tech enterprise certificate"), "memory", "0.9")),
    more_than(
        "capital",
        kept.venture_capital_total,
        wan(500),
        Clause(
            "毕业条件", t("累计获天使或风险投资超过 500 万元", "more than ¥5 million of angel or venture capital in all"), "memory", "0.9"
        ),
    ),
    more_than(
        "revenue",
        total(firm.sales, firm.sales_1),
        wan(1000),
        Clause(
            "毕业条件",
            t("连续 2 年营业收入累计超过 1000 万元", "more than ¥10 million of revenue over two consecutive years"),
            "memory",
            "0.9",
        ),
    ),
    yes("acquired", kept.acquired, Clause("毕业条件", t("被兼并或收购", "merged or acquired"), "memory", "0.9")),
    yes(
        "listed",
        kept.listed_on_market,
        Clause("毕业条件", t("在资本市场挂牌或上市", "quoted or listed on a capital market"), "memory", "0.9"),
    ),
)

V1 = Edition("2018", SINCE_300, UNTIL_300, SOURCE_300, ACHIEVED, notes=(NEWS_DATE, START_BY_MEMORY), dates_rest_on="memory")
V2 = Edition(
    "2025",
    SINCE_2025,
    None,
    SOURCE_2025,
    all_of(Open("criteria", Clause("毕业条件", t("新办法的毕业条件未见公开文本", "the new measure's conditions were not found"), "gap"))),
    notes=(NEWS_DATE,),
    dates_rest_on="derived",
)

CASE = {
    "hnte_valid": False,
    "venture_capital_total": "500万元",
    "sales": "600万元",
    "sales_1": "400万元",
    "acquired": False,
    "listed_on_market": False,
}
ON = dt.date(2024, 6, 1)

EXAMPLES = (
    Example(
        "on both edges",
        t("投资恰好 500 万元、收入恰好 1000 万元：都不“超过”", "exactly ¥5 million and ¥10 million: neither is more"),
        ON,
        CASE,
        "not_eligible",
        unmet=("hnte", "capital", "revenue", "acquired", "listed"),
        short={"venture_capital_total": "500.000001万元", "sales": "600.000001万元"},
        way={"venture_capital_total": "501万元"},
    ),
    Example("capital", t("投资多 1 元", "one yuan more of capital"), ON, {**CASE, "venture_capital_total": 5_000_001}, "eligible"),
    Example("revenue", t("收入多 1 元", "one yuan more of revenue"), ON, {**CASE, "sales": 6_000_001}, "eligible"),
    Example(
        "certificate alone", t("有高新证书，其他未填", "a certificate, nothing else told"), ON, {"hnte_valid": True}, "eligible", missing=()
    ),
    Example(
        "not told",
        t("前一年收入未填", "revenue of the year before not told"),
        ON,
        {name: value for name, value in CASE.items() if name != "sales_1"},
        "undetermined",
        missing=("sales_1",),
    ),
    Example("last day", t("旧办法最后一天", "last day of the old measure"), dt.date(2025, 6, 13), {**CASE, "acquired": True}, "eligible"),
    Example(
        "new measure",
        t("新办法：条件未见", "new measure: conditions not found"),
        dt.date(2025, 6, 14),
        {**CASE, "acquired": True},
        "undetermined",
    ),
)

SPEC = Rule(
    key="graduation",
    topic="incubator",
    name=t("孵化毕业", "graduation"),
    about=t(
        "高新证书、投资超过 500 万元、连续两年收入超过 1000 万元、被收购或上市，满足一项即可毕业。",
        "A high-tech certificate, more than ¥5 million raised, more than ¥10 million of revenue in two years, acquisition or "
        "listing: one is enough.",
    ),
    subject="venture",
    chosen_by=LEFT,
    editions=(V1, V2),
    examples=EXAMPLES,
    grants="graduate",
)

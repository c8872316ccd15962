"""瞪羚企业（中关村口径） gazelle by the older Zhongguancun plan: three bands of income, each with its own growth.

Why: the action plan counts newly incubated gazelles without defining them; this is the second definition in use, and a
count must say which it used. Source: 中关村瞪羚计划, no public text with these numbers, so all of them are from memory.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm
from fuhua.policy.reasoning.conditions import Clause, Condition, all_of, any_of, at_least, at_most, by_case, more_than, when
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan, yi

SOURCE = Source("中关村瞪羚计划", t("中关村瞪羚计划", "Zhongguancun gazelle plan"), evidence="memory", confidence="0.6")


def _clause(item: str, text: Text) -> Clause:
    return Clause(item, text, "memory", "0.6")


SALES_BASE = more_than(
    "sales_base", firm.sales_1, 0, _clause("收入增长", t("前一年度有收入，才谈得上增长", "income in the year before, to grow from"))
)
PROFIT = all_of(
    more_than(
        "profit_base", firm.profit_1, 0, _clause("利润增长", t("前一年度有利润，才谈得上增长", "a profit in the year before, to grow from"))
    ),
    at_least(
        "profit_growth",
        firm.profit,
        firm.profit_1 * (1 + percent(10)),
        _clause("利润增长", t("上一年度利润增长率不低于 10%", "profit grew by 10 % or more in the last year")),
    ),
)


def _band(key: str, growth: int) -> Condition:
    text = t("本档收入增长率不低于 {growth}%", "in this band of income: growth of {growth} % or more").format(growth=growth)
    return any_of(
        all_of(SALES_BASE, at_least(key, firm.sales, firm.sales_1 * (1 + percent(growth)), _clause("收入增长", text))),
        PROFIT,
    )


CONDITIONS = all_of(
    at_least(
        "income_least", firm.sales, wan(1000), _clause("收入规模", t("上一年度收入不低于 1000 万元", "income of ¥10 million or more"))
    ),
    at_most("income_most", firm.sales, yi(5), _clause("收入规模", t("上一年度收入不超过 5 亿元", "income of ¥500 million at most"))),
    by_case(
        (when(firm.sales, "<", wan(5000)), _band("growth_20", 20)),
        (when(firm.sales, "<", yi(1)), _band("growth_10", 10)),
        (None, _band("growth_5", 5)),
    ),
)

EDITIONS = (
    Edition(
        "zgc",
        None,
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(
                t(
                    "外地转载的口径为 20%/15%/10%，与此不同；中关村 2010 年文本只分两类，未见数字。这里的数字凭记忆，请核对",
                    "a copy from another city says 20/15/10 %; the 2010 text names two kinds without numbers: these are from memory, check",
                )
            ),
            Note(t("档与档之间的边界值归入较高一档（推断）", "an amount on the edge of two bands counts in the upper one (our reading)")),
            Note(
                t(
                    "瞪羚没有统一口径：统计时须注明用的是国家高新区口径还是中关村口径",
                    "there is no single definition of a gazelle: a count says whether it used the zones' or Zhongguancun's",
                )
            ),
        ),
        dates_rest_on="memory",
    ),
)

ON = dt.date(2024, 6, 1)
FLAT = {"profit": "100万元", "profit_1": "100万元"}
LOW = {**FLAT, "sales": "1200万元", "sales_1": "1000万元"}
MIDDLE = {**FLAT, "sales": "5500万元", "sales_1": "5000万元"}
HIGH = {**FLAT, "sales": "1.05亿元", "sales_1": "1亿元"}

EXAMPLES = (
    Example("low", t("小档恰增 20%", "lower band, exactly 20 %"), ON, LOW, "eligible"),
    Example(
        "low short",
        t("小档增长不足 20%", "lower band, less than 20 %"),
        ON,
        {**LOW, "sales": 11_999_999},
        "not_eligible",
        unmet=("growth_20", "profit_growth"),
        short={"sales": 12_000_000, "profit": 1_100_000},
    ),
    Example("profit", t("改走利润增长", "by profit instead"), ON, {**LOW, "sales": "1100万元", "profit": "110万元"}, "eligible"),
    Example(
        "from a loss",
        t("前一年亏损，利润增长不成立", "no growth of profit from a loss"),
        ON,
        {**LOW, "sales": "1100万元", "profit": "110万元", "profit_1": "-10万元"},
        "not_eligible",
        unmet=("growth_20", "profit_base"),
    ),
    Example(
        "edge",
        t("恰 5000 万元归中档，增 10% 即可", "exactly ¥50 million: 10 % will do"),
        ON,
        {**MIDDLE, "sales": "5000万元", "sales_1": "4500万元"},
        "eligible",
    ),
    Example(
        "below edge",
        t("不满 5000 万元须增 20%", "below ¥50 million: 20 % is needed"),
        ON,
        {**MIDDLE, "sales": 49_999_999, "sales_1": "4500万元"},
        "not_eligible",
    ),
    Example("middle", t("中档恰增 10%", "middle band, exactly 10 %"), ON, MIDDLE, "eligible"),
    Example("high", t("大档恰增 5%", "upper band, exactly 5 %"), ON, HIGH, "eligible"),
    Example(
        "too small", t("收入不足 1000 万元", "less than ¥10 million"), ON, {**LOW, "sales": 9_999_999, "sales_1": "500万元"}, "not_eligible"
    ),
    Example("largest", t("收入恰 5 亿元", "exactly ¥500 million"), ON, {**HIGH, "sales": "5亿元", "sales_1": "4亿元"}, "eligible"),
    Example(
        "unknown last year",
        t("前一年收入未填", "income of the year before unknown"),
        ON,
        {**FLAT, "sales": "1200万元"},
        "undetermined",
        missing=("sales_1",),
    ),
)

SPEC = Rule(
    key="gazelle_zgc",
    topic="growth",
    name=t("瞪羚企业（中关村口径）", "gazelle (Zhongguancun's definition)"),
    about=t(
        "收入 1000 万元至 5 亿元，按三档收入分别要求收入增长 20%、10%、5%，或利润增长 10%。",
        "Income of ¥10–500 million; by three bands, income growth of 20, 10 or 5 %, or profit growth of 10 %.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    grants="gazelle",
    how=t("由中关村管委会按年度统计数据筛选、公布", "the Zhongguancun committee selects from yearly statistics and publishes"),
)

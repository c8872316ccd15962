"""瞪羚企业（国家高新区口径） gazelle by the definition of the national high-tech zones.

Why: the action plan counts newly incubated gazelles without defining them, so every count names its definition; this is
one of two. Source: no public national text; a provincial table mirrors it and a district repeats the income paths, so
that it is the national definition is from memory. Compound growth over three intervals is (R3 / R0)^(1/3) − 1, judged
exactly as R3 ≥ R0 × (1 + rate)³.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, growth
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, at_least, at_most, more_than, no
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import ON_THE_DAY, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import compound, percent, wan, yi

SOURCE = Source(
    "国家高新区瞪羚企业口径", t("国家高新区瞪羚企业", "Gazelles of the national high-tech zones"), evidence="memory", confidence="0.8"
)
AGE = Elapsed(firm.registered_on, "years")
INCOME_TIMES, STAFF_TIMES = compound(percent(20), 3), compound(percent(30), 3)


def _clause(item: str, text: Text) -> Clause:
    return Clause(item, text, "memory", "0.8")


INCOME = all_of(
    at_least(
        "income_base",
        firm.sales_3,
        wan(1000),
        _clause("收入增长", t("基期年收入不低于 1000 万元", "income of the base year ¥10 million or more")),
    ),
    at_least(
        "income_growth",
        firm.sales,
        firm.sales_3 * INCOME_TIMES,
        _clause("收入增长", t("四个年度收入的三年复合增长率不低于 20%", "income grew by 20 % a year or more over three years")),
    ),
    more_than("income_last", firm.sales, firm.sales_1, _clause("收入增长", t("最近一年收入正增长", "income grew in the last year"))),
)
STAFF = all_of(
    at_least(
        "staff_base", growth.employees_3, 100, _clause("雇员增长", t("基期年雇员不少于 100 人", "100 staff or more in the base year"))
    ),
    at_least(
        "staff_growth",
        firm.employees,
        growth.employees_3 * STAFF_TIMES,
        _clause("雇员增长", t("四个年度雇员数的三年复合增长率不低于 30%", "staff grew by 30 % a year or more over three years")),
    ),
    more_than(
        "staff_last", firm.employees, growth.employees_1, _clause("雇员增长", t("最近一年雇员数正增长", "staff grew in the last year"))
    ),
)
YOUNG = all_of(
    at_most("age_5", AGE, 5, _clause("年轻高收入", t("成立不超过 5 年", "founded five years ago at most"))),
    at_least("income_5", firm.sales, yi(5), _clause("年轻高收入", t("最近一年收入不低于 5 亿元", "income of ¥500 million or more"))),
)
GROWN = all_of(
    at_most("age_10", AGE, 10, _clause("高收入", t("成立不超过 10 年", "founded ten years ago at most"))),
    at_least("income_10", firm.sales, yi(10), _clause("高收入", t("最近一年收入不低于 10 亿元", "income of ¥1 billion or more"))),
    no("no_fall", growth.sales_fell_sharply, _clause("高收入", t("收入没有大幅下滑", "income has not fallen sharply"))),
)
CONDITIONS = all_of(
    any_of(YOUNG, GROWN, STAFF, INCOME),
    at_least(
        "st_spend",
        growth.st_spend_share,
        percent("2.5"),
        _clause(
            "科技活动投入",
            t("四年平均科技活动投入强度不低于 2.5%", "spending on S&T activities 2.5 % of income or more, mean of four years"),
        ),
    ),
)


def _income_needed(case: Case) -> int:
    exact = Fraction(case[firm.sales_3]) * INCOME_TIMES
    return -(-exact.numerator // exact.denominator)


EDITIONS = (
    Edition(
        "torch",
        None,
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure(
                "income_needed",
                t("按收入路径，最近一年收入至少", "by the income path, the least income of the last year"),
                "CNY",
                (firm.sales_3,),
                _income_needed,
                always=True,
            ),
        ),
        notes=(
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
FIRM = {
    "registered_on": "2015-03-01",
    "sales_3": "1200万元",
    "sales_1": "1800万元",
    "sales": "2200万元",
    "employees_3": 60,
    "employees_1": 80,
    "employees": 90,
    "st_spend_share": 3,
    "sales_fell_sharply": False,
}
SLOW = {**FIRM, "sales": "2070万元"}
STAFFED = {**SLOW, "employees_3": 1000, "employees_1": 2000, "employees": 2197}

EXAMPLES = (
    Example(
        "O-3.1", t("三年复合增长 22.4%", "22.4 % a year over three years"), ON, FIRM, "eligible", figures={"income_needed": 20_736_000}
    ),
    Example(
        "O-3.2",
        t("三年复合增长 19.93%，差 3.6 万元", "19.93 % a year: ¥36 000 short"),
        ON,
        SLOW,
        "not_eligible",
        unmet=("age_5", "income_5", "income_10", "staff_base", "staff_growth", "income_growth"),
        short={"sales": 20_736_000},
    ),
    Example("20 %", t("恰好 20%", "exactly 20 %"), ON, {**FIRM, "sales": 20_736_000}, "eligible"),
    Example("one fen", t("差一分钱", "one fen short"), ON, {**FIRM, "sales": "20735999.99"}, "not_eligible"),
    Example("fell", t("最近一年下降", "fell in the last year"), ON, {**FIRM, "sales_1": "2300万元"}, "not_eligible"),
    Example("staff 30 %", t("雇员恰好三年增长 30%", "staff grew by exactly 30 % a year"), ON, STAFFED, "eligible"),
    Example("staff", t("雇员差一人", "one person short"), ON, {**STAFFED, "employees": 2196}, "not_eligible", short={"employees": 2197}),
    Example(
        "five years",
        t("成立恰 5 年，收入 5 亿元", "five years old to the day, ¥500 million"),
        ON,
        {**SLOW, "registered_on": "2019-06-01", "sales": "5亿元", "sales_1": "6亿元"},
        "eligible",
    ),
    Example(
        "over five",
        t("5 年零 1 天，收入 5 亿元", "five years and a day, ¥500 million"),
        ON,
        {**SLOW, "registered_on": "2019-05-31", "sales": "5亿元", "sales_1": "6亿元"},
        "not_eligible",
    ),
    Example(
        "spending", t("科技投入不足", "too little for S&T"), ON, {**FIRM, "st_spend_share": "2.49"}, "not_eligible", unmet=("st_spend",)
    ),
    Example(
        "unknown spending",
        t("科技投入未填", "spending unknown"),
        ON,
        {key: value for key, value in FIRM.items() if key != "st_spend_share"},
        "undetermined",
        missing=("st_spend_share",),
    ),
)

SPEC = Rule(
    key="gazelle_torch",
    topic="growth",
    name=t("瞪羚企业（国家高新区口径）", "gazelle (high-tech zones' definition)"),
    about=t(
        "收入或雇员三年高速增长，或成立不久即达高收入；且科技活动投入强度不低于 2.5%。",
        "Fast growth of income or staff over three years, or high income soon after founding; and 2.5 % spent on S&T.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    grants="gazelle",
    how=t("由所在高新区按年度统计数据筛选、公布", "the high-tech zone selects from yearly statistics and publishes"),
)

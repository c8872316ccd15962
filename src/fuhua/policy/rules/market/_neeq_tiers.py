"""新三板分层标准（2022 年以前） tiers of the NEEQ before 2022: the texts of 2016, 2017 and 2019, of which only some numbers were read.

Why: their numbers still circulate as if they held today; kept by date, they can rule out a firm of their time and never one of
today.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, Compare, Condition, Open, all_of, any_of, at_least, yes
from fuhua.policy.reasoning.rule import Edition, Note, Source
from fuhua.policy.reasoning.terms import compound, percent, total, wan, yi

HALF = percent(50)
MEAN_ROE = total(market.roe, market.roe_1) * HALF
MEAN_PROFIT = total(firm.profit, firm.profit_1) * HALF
MEAN_REVENUE = total(firm.sales, firm.sales_1) * HALF
OVER_YEARS = 2


def grown(key: str, rate: int, clause: Clause) -> Compare:
    """Revenue grew by ``rate`` percent a year or more, compounded over the last two years."""
    return at_least(key, firm.sales, firm.sales_2 * compound(percent(rate), OVER_YEARS), clause)


ON_NEEQ = yes("on_neeq", market.neeq_listed, Clause("适用对象", t("已在新三板挂牌", "quoted on the NEEQ"), "derived"))


def rest(article: str) -> Open:
    """What an old text asks beyond the numbers that were read."""
    return Open(
        "rest",
        Clause(
            article,
            t("该版本的其余条件未见，请核对原文", "the other conditions of this text were not found: check it"),
            "gap",
        ),
    )


def old_sets(profit: tuple[int, Text], roe: int, revenue: tuple[int, Text], cap: tuple[int, Text] | None) -> Condition:
    """The numbers of an old text: mean profit and return, or revenue and growth of 50 % a year, or capitalisation."""
    sets = [
        all_of(
            at_least("profit", MEAN_PROFIT, profit[0], Clause("标准一", profit[1])),
            at_least(
                "roe",
                MEAN_ROE,
                percent(roe),
                Clause("标准一", t("平均净资产收益率不低于 {n}%", "mean return on equity of {n} % or more").format(n=roe)),
            ),
        ),
        all_of(
            at_least("revenue", MEAN_REVENUE, revenue[0], Clause("标准二", revenue[1])),
            grown("growth", 50, Clause("标准二", t("营业收入年均复合增长率不低于 50%", "revenue grew by 50 % a year or more"))),
        ),
    ]
    if cap is not None:
        sets.append(at_least("cap", market.cap_60_days, cap[0], Clause("标准三", cap[1])))
        return any_of(*sets)
    other = Open(
        "third_set",
        Clause("标准三", t("市值标准的数值未见", "the number of the set of capitalisation was not found"), "gap"),
    )
    return any_of(*sets, other)


V2016 = all_of(
    ON_NEEQ,
    old_sets(
        (wan(2000), t("两年平均净利润不少于 2000 万元", "mean net profit of two years ¥20 million or more")),
        10,
        (wan(4000), t("两年平均营业收入不低于 4000 万元", "mean revenue of two years ¥40 million or more")),
        (yi(6), t("60 日平均市值不少于 6 亿元", "mean capitalisation of 60 days ¥600 million or more")),
    ),
    rest("分层标准"),
)
V2017 = all_of(ON_NEEQ, rest("分层标准"))
V2019 = all_of(
    ON_NEEQ,
    old_sets(
        (wan(1000), t("两年平均净利润不少于 1000 万元", "mean net profit of two years ¥10 million or more")),
        8,
        (wan(6000), t("两年平均营业收入不低于 6000 万元", "mean revenue of two years ¥60 million or more")),
        None,
    ),
    rest("分层标准"),
)


def source(number: str, evidence: str = "text", confidence: str = "") -> Source:
    """The rules on tiers, by the edition that ``number`` names."""
    return Source(
        number, t("全国股转系统挂牌公司分层管理办法", "Rules on tiers of firms on the NEEQ"), evidence=evidence, confidence=confidence
    )


PARTLY = Note(
    t(
        "该版本只见到部分数值：不满足的可判为不符合，满足的仍须核对原文；起始只知月份，按当月首日起算",
        "only some numbers of this text were read: they can rule a firm out, never in; its start is known by the month and taken "
        "from the first day",
    )
)
THIRD_SET_OPEN = Note(
    t(
        "该版本只见到净利润和收入两套标准的数值，市值标准和其余条件未见，所以既不能判为符合，也不能判为不符合；起始只知月份，按当月首日起算",
        "of this text only the numbers on profit and revenue were read, not those on capitalisation and the rest, so there is no yes and "
        "no no; its start is known by the month and taken from the first day",
    )
)
UNREAD = Note(t("该版本的数值未见，不能判断", "no number of this text was found, so there is no answer"))
BEFORE_2022 = (
    Edition(
        "2016",
        dt.date(2016, 6, 1),
        dt.date(2017, 11, 30),
        source("全国股转系统分层管理办法（2016 年 6 月）"),
        V2016,
        notes=(PARTLY,),
        dates_rest_on="derived",
    ),
    Edition(
        "2017",
        dt.date(2017, 12, 1),
        dt.date(2019, 11, 30),
        source("全国股转系统分层管理办法（2017 年 12 月）"),
        V2017,
        notes=(UNREAD,),
        dates_rest_on="derived",
    ),
    Edition(
        "2019",
        dt.date(2019, 12, 1),
        dt.date(2022, 3, 3),
        source("全国股转系统分层管理办法（2019 年 12 月）"),
        V2019,
        notes=(THIRD_SET_OPEN,),
        dates_rest_on="derived",
    ),
)

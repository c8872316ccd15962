"""新三板创新层 innovation tier of the NEEQ: four sets of marks, and what every firm in the tier must have.

Why: twelve months on the NEEQ and a place in this tier open the Beijing exchange. Source: the tier rules of the NEEQ of June
2016, December 2017, December 2019 and 2022-03-04. The numbers of the first and the third still circulate as if they held today;
those of 2022 are told from memory (0.85).
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Level, Note, Rule
from fuhua.policy.reasoning.terms import better_of, percent, total, wan, yi
from fuhua.policy.rules.market._neeq_tiers import BEFORE_2022, MEAN_REVENUE, MEAN_ROE, ON_NEEQ, grown, source


def recalled(article: str, text: Text) -> Clause:
    """A clause told from memory."""
    return Clause(article, text, "memory", "0.85")


ALL_2022 = all_of(
    ON_NEEQ,
    at_least(
        "issues",
        better_of(market.directed_issues_total, market.directed_issues_24m),
        wan(1000),
        recalled(
            "共同条件",
            t("定向发行累计融资不低于 1000 万元", "¥10 million or more raised by directed issues in all"),
        ),
    ),
    at_least(
        "investors",
        market.qualified_investors,
        50,
        recalled("共同条件", t("合格投资者不少于 50 人", "50 qualified investors or more")),
    ),
    at_least("net_assets", firm.net_assets, 0, recalled("共同条件", t("最近一年期末净资产不为负", "net assets are not negative"))),
)
CAPITAL = at_least(
    "capital",
    market.share_capital,
    wan(2000),
    recalled("标准一、标准二", t("股本总额不低于 2000 万元", "share capital of ¥20 million or more")),
)
SETS_2022 = (
    Level(
        "set_1",
        t("标准一：净利润与收益率", "set 1: profit and return"),
        all_of(
            at_least(
                "profit_last",
                firm.profit,
                wan(1000),
                recalled("标准一", t("上一年度净利润不低于 1000 万元", "net profit of the last year ¥10 million or more")),
            ),
            at_least(
                "profit_before",
                firm.profit_1,
                wan(1000),
                recalled("标准一", t("前一年度净利润不低于 1000 万元", "net profit of the year before ¥10 million or more")),
            ),
            at_least(
                "roe",
                MEAN_ROE,
                percent(6),
                recalled("标准一", t("平均净资产收益率不低于 6%", "mean return on equity of 6 % or more")),
            ),
            CAPITAL,
        ),
    ),
    Level(
        "set_2",
        t("标准二：营业收入与增长", "set 2: revenue and growth"),
        all_of(
            at_least(
                "revenue",
                MEAN_REVENUE,
                wan(8000),
                recalled("标准二", t("两年平均营业收入不低于 8000 万元", "mean revenue of two years ¥80 million or more")),
            ),
            grown("growth", 30, recalled("标准二", t("年均复合增长率不低于 30%", "growth of 30 % a year or more"))),
            CAPITAL,
        ),
    ),
    Level(
        "set_3",
        t("标准三：研发与定向发行", "set 3: R&D and directed issues"),
        all_of(
            at_least(
                "rd",
                total(firm.rd, firm.rd_1),
                wan(2500),
                recalled("标准三", t("两年研发费用累计不低于 2500 万元", "R&D of two years together ¥25 million or more")),
            ),
            at_least(
                "issues_24m",
                market.directed_issues_24m,
                wan(4000),
                recalled("标准三", t("24 个月内定向发行融资不低于 4000 万元", "¥40 million or more of directed issues in 24 months")),
            ),
            at_least(
                "valuation",
                market.directed_issues_valuation,
                yi(3),
                recalled("标准三", t("每次发行对应估值不低于 3 亿元", "each at a valuation of ¥300 million or more")),
            ),
        ),
    ),
    Level(
        "set_4",
        t("标准四：市值与做市", "set 4: capitalisation and market makers"),
        all_of(
            at_least(
                "cap",
                market.cap_60_days,
                yi(3),
                recalled("标准四", t("60 日平均市值不低于 3 亿元", "mean capitalisation of 60 days ¥300 million or more")),
            ),
            at_least("makers", market.market_makers, 4, recalled("标准四", t("做市商不少于 4 家", "four market makers or more"))),
        ),
    ),
)


RECALLED = (
    Note(t("数值凭记忆转述（置信度 0.85），请核对分层管理办法原文", "the numbers are told from memory (0.85): check the rules on tiers")),
    Note(
        t(
            "网上流传的 2016 年（2000 万元、10%、6 亿元）、2019 年（8%、6000 万元、50%）及来历不明的标准不适用于 2022-03-04 以后",
            "the sets of 2016 (¥20 million, 10 %, ¥600 million) and 2019 (8 %, ¥60 million, 50 %) and others of unknown origin "
            "that circulate do not hold from 2022-03-04 on",
        )
    ),
    Note(t("每年有六次进入创新层的机会", "there are six windows a year to enter the tier")),
)

EDITIONS = (
    *BEFORE_2022,
    Edition(
        "2022",
        dt.date(2022, 3, 4),
        None,
        source("全国股转系统分层管理办法（2022-03-04）", "memory", "0.85"),
        ALL_2022,
        levels=SETS_2022,
        notes=RECALLED,
    ),
)

FIRM = {
    "neeq_listed": True,
    "directed_issues_total": "1000万元",
    "qualified_investors": 50,
    "net_assets": "6000万元",
    "share_capital": "2000万元",
    "profit": "800万元",
    "profit_1": "700万元",
    "roe": 5,
    "roe_1": 5,
    "sales": "7000万元",
    "sales_1": "6500万元",
    "sales_2": "6000万元",
    "rd": "900万元",
    "rd_1": "900万元",
    "directed_issues_24m": 0,
    "directed_issues_valuation": 0,
    "cap_60_days": "2亿元",
    "market_makers": 2,
}
R_AND_D = {
    "rd": "1400万元",
    "rd_1": "1200万元",
    "directed_issues_24m": "4200万元",
    "directed_issues_valuation": "3.2亿元",
    "qualified_investors": 55,
}
PROFITABLE = {"profit": "1000万元", "profit_1": "1000万元", "roe": 7, "roe_1": 5}
GROWING = {"sales": "1.014亿元", "sales_1": "7800万元", "sales_2": "6000万元"}
ON = dt.date(2024, 6, 1)


def _case(key: str, text: Text, verdict: str, level: str | None = None, on: dt.date = ON, **changed: object) -> Example:
    return Example(key, text, on, {**FIRM, **changed}, verdict, level=level)


EXAMPLES = (
    _case(
        "O-7.4",
        t("研发 2600 万元、发行 4200 万元、估值 3.2 亿元、55 人", "R&D ¥26 million, issues ¥42 million at ¥320 million, 55 investors"),
        "eligible",
        "set_3",
        **R_AND_D,
    ),
    Example(
        "O-7.4 alone",
        t("只填这些也够，累计发行由 24 个月内发行得出", "these alone will do: issues of 24 months count in the total"),
        ON,
        {"neeq_listed": True, "net_assets": 1, **R_AND_D},
        "eligible",
        missing=(),
    ),
    _case(
        "valuation short",
        t("有一次估值不足 3 亿元", "one issue below ¥300 million"),
        "not_eligible",
        **{**R_AND_D, "directed_issues_valuation": 299_999_999},
    ),
    Example(
        "R&D short",
        t("研发差 100 万元", "R&D ¥1 million short"),
        ON,
        {**FIRM, **R_AND_D, "rd": "1200万元"},
        "not_eligible",
        short={"rd": 13_000_000},
        way={"rd": 13_000_000},
    ),
    _case("49 investors", t("合格投资者 49 人", "49 qualified investors"), "not_eligible", **{**R_AND_D, "qualified_investors": 49}),
    _case(
        "profit",
        t("两年各 1000 万元、平均收益率恰 6%", "¥10 million each year, mean return of exactly 6 %"),
        "eligible",
        "set_1",
        **PROFITABLE,
    ),
    _case(
        "profit uneven",
        t("平均够而一年不足 1000 万元", "enough on average, not in each year"),
        "not_eligible",
        **{**PROFITABLE, "profit": "2000万元", "profit_1": 9_999_999},
    ),
    _case("capital short", t("股本不足 2000 万元", "capital below ¥20 million"), "not_eligible", **PROFITABLE, share_capital=19_999_999),
    _case("growth", t("复合增长恰 30%", "growth of exactly 30 % a year"), "eligible", "set_2", **GROWING),
    _case("growth short", t("复合增长差一元", "growth one yuan short"), "not_eligible", **{**GROWING, "sales": 101_399_999}),
    _case(
        "makers",
        t("4 家做市商、市值恰 3 亿元", "four makers, exactly ¥300 million"),
        "eligible",
        "set_4",
        market_makers=4,
        cap_60_days="3亿元",
    ),
    _case("negative net assets", t("净资产为负", "negative net assets"), "not_eligible", **PROFITABLE, net_assets=-1),
    _case(
        "issues short",
        t("累计发行不足 1000 万元", "issues of less than ¥10 million in all"),
        "not_eligible",
        **PROFITABLE,
        directed_issues_total=9_999_999,
    ),
    _case("not quoted", t("未在新三板挂牌", "not on the NEEQ"), "not_eligible", **PROFITABLE, neeq_listed=False),
    Example(
        "valuation unknown",
        t("估值未填", "valuation unknown"),
        ON,
        {name: value for name, value in {**FIRM, **R_AND_D}.items() if name != "directed_issues_valuation"},
        "undetermined",
        missing=("directed_issues_valuation",),
    ),
    _case("2022-03-04", t("2022 年版首日", "the first day of the text of 2022"), "eligible", "set_1", dt.date(2022, 3, 4), **PROFITABLE),
    _case(
        "2022-03-03",
        t("2019 年版最后一日：收益率不足 8%", "the last day of the text of 2019: a return under 8 %"),
        "undetermined",
        None,
        dt.date(2022, 3, 3),
        **PROFITABLE,
    ),
    _case("2018", t("2017 年版的数值未见", "the numbers of 2017 were not found"), "undetermined", None, dt.date(2018, 6, 1), **PROFITABLE),
    _case(
        "2016 short",
        t("2016 年版：各套数值均不足", "the text of 2016: short of every number"),
        "not_eligible",
        None,
        dt.date(2017, 1, 1),
        **PROFITABLE,
    ),
    _case(
        "2016 enough",
        t("2016 年版：数值够，其余条件未见", "the text of 2016: numbers met, the rest not found"),
        "undetermined",
        None,
        dt.date(2017, 1, 1),
        profit="2200万元",
        profit_1="1800万元",
        roe=11,
        roe_1=9,
    ),
    _case("2016-05-31", t("首个版本之前", "before the first text"), "not_eligible", None, dt.date(2016, 5, 31), **PROFITABLE),
)

SPEC = Rule(
    key="neeq_innovation",
    topic="market",
    name=t("新三板创新层", "innovation tier of the NEEQ"),
    about=t(
        "新三板公司进入创新层：净利润、收入增长、研发与发行、市值四套标准之一，加上共同条件；按日期适用不同版本。",
        "A NEEQ firm enters the innovation tier by one of four sets (profit, growth, R&D and issues, capitalisation) and what all "
        "must have; the edition depends on the day.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="neeq_innovation",
    how=t("由主办券商在六次进层窗口之一提出", "the sponsoring broker files in one of the six windows of the year"),
)

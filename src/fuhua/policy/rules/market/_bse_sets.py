"""北交所四套标准 the four sets of capitalisation and results, one of which a firm has to meet to be listed in Beijing."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, at_least, more_than
from fuhua.policy.reasoning.terms import percent, ratio, total, wan, yi

HALF = percent(50)

SET_1 = all_of(
    at_least(
        "cap_1", market.expected_cap, yi(2), Clause("第一套", t("预计市值不低于 2 亿元", "expected capitalisation of ¥200 million or more"))
    ),
    any_of(
        all_of(
            at_least(
                "profit_last",
                firm.profit,
                wan(1500),
                Clause("第一套", t("上一年度净利润不低于 1500 万元", "net profit of the last year ¥15 million or more")),
            ),
            at_least(
                "profit_before",
                firm.profit_1,
                wan(1500),
                Clause("第一套", t("前一年度净利润不低于 1500 万元", "net profit of the year before ¥15 million or more")),
            ),
            at_least(
                "roe_mean",
                total(market.roe, market.roe_1) * HALF,
                percent(8),
                Clause("第一套", t("两年平均净资产收益率不低于 8%", "mean return on equity of two years 8 % or more")),
            ),
        ),
        all_of(
            at_least(
                "profit_one_year",
                firm.profit,
                wan(2500),
                Clause("第一套", t("或上一年度净利润不低于 2500 万元", "or net profit of the last year ¥25 million or more")),
            ),
            at_least(
                "roe_one_year",
                market.roe,
                percent(8),
                Clause("第一套", t("且上一年度净资产收益率不低于 8%", "and return on equity of the last year 8 % or more")),
            ),
        ),
    ),
)
SET_2 = all_of(
    at_least(
        "cap_2", market.expected_cap, yi(4), Clause("第二套", t("预计市值不低于 4 亿元", "expected capitalisation of ¥400 million or more"))
    ),
    at_least(
        "revenue_mean",
        total(firm.sales, firm.sales_1) * HALF,
        yi(1),
        Clause("第二套", t("两年平均营业收入不低于 1 亿元", "mean revenue of two years ¥100 million or more")),
    ),
    at_least(
        "growth",
        firm.sales,
        firm.sales_1 * percent(130),
        Clause("第二套", t("最近一年营业收入增长率不低于 30%", "revenue grew by 30 % or more in the last year")),
    ),
    more_than(
        "cash_flow",
        market.operating_cash_flow,
        0,
        Clause("第二套", t("上一年度经营活动现金流量净额为正", "a positive operating cash flow in the last year")),
    ),
)
SET_3 = all_of(
    at_least(
        "cap_3", market.expected_cap, yi(8), Clause("第三套", t("预计市值不低于 8 亿元", "expected capitalisation of ¥800 million or more"))
    ),
    at_least(
        "revenue_last",
        firm.sales,
        yi(2),
        Clause("第三套", t("上一年度营业收入不低于 2 亿元", "revenue of the last year ¥200 million or more")),
    ),
    at_least(
        "rd_share",
        ratio(total(firm.rd, firm.rd_1), total(firm.sales, firm.sales_1)),
        percent(8),
        Clause("第三套", t("两年研发投入占两年营业收入不低于 8%", "R&D of two years is 8 % of their revenue or more")),
    ),
)
SET_4 = all_of(
    at_least(
        "cap_4",
        market.expected_cap,
        yi(15),
        Clause("第四套", t("预计市值不低于 15 亿元", "expected capitalisation of ¥1.5 billion or more")),
    ),
    at_least(
        "rd_two_years",
        total(firm.rd, firm.rd_1),
        wan(5000),
        Clause("第四套", t("两年研发投入累计不低于 5000 万元", "R&D of two years together ¥50 million or more")),
    ),
)

"""新三板挂牌 quotation on the NEEQ (base tier): a firm of two years with one of several marks of size, growth or R&D.

Why: it is the door to the innovation tier and, a year later, to the Beijing exchange. Source: the listing rules of the NEEQ of
2023-02-17, numbers told from memory (0.85), to be checked against the text.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, at_least, more_than, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Level, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio, total, wan, yi

SOURCE = Source(
    "全国中小企业股份转让系统股票挂牌规则（2023-02-17）",
    t("全国股转系统股票挂牌规则", "Listing rules of the NEEQ"),
    dt.date(2023, 2, 17),
    evidence="memory",
    confidence="0.85",
)


def recalled(article: str, text: Text) -> Clause:
    """A clause told from memory."""
    return Clause(article, text, "memory", "0.85")


BASE = all_of(
    at_least(
        "capital", market.share_capital, wan(500), recalled("基本条件", t("股本总额不低于 500 万元", "share capital of ¥5 million or more"))
    ),
    at_least(
        "net_assets",
        firm.net_assets,
        market.share_capital,
        recalled("基本条件", t("每股净资产不低于 1 元（面值 1 元）", "net assets of ¥1 a share or more (par value ¥1)")),
    ),
)
TWO_YEARS = at_least(
    "two_years",
    market.full_fiscal_years,
    2,
    recalled("基本条件", t("存续满两个完整会计年度", "two full fiscal years or more")),
)
PROFIT = any_of(
    all_of(
        more_than("profit_last", firm.profit, 0, recalled("净利润", t("上一年度盈利", "a profit in the last year"))),
        more_than("profit_before", firm.profit_1, 0, recalled("净利润", t("前一年度盈利", "a profit in the year before"))),
        at_least(
            "profit_two_years",
            total(firm.profit, firm.profit_1),
            wan(800),
            recalled("净利润", t("两年净利润累计不低于 800 万元", "net profit of both years together ¥8 million or more")),
        ),
    ),
    at_least(
        "profit_one_year",
        firm.profit,
        wan(600),
        recalled("净利润", t("或上一年度净利润不低于 600 万元", "or net profit of the last year ¥6 million or more")),
    ),
)
MEAN_REVENUE = total(firm.sales, firm.sales_1) * percent(50)
REVENUE = any_of(
    all_of(
        at_least(
            "revenue_30",
            MEAN_REVENUE,
            wan(3000),
            recalled("营业收入", t("两年平均营业收入不低于 3000 万元", "mean revenue of two years ¥30 million or more")),
        ),
        at_least(
            "growth",
            firm.sales,
            firm.sales_1 * percent(120),
            recalled("营业收入", t("且最近一年增长不低于 20%", "and growth of 20 % or more in the last year")),
        ),
    ),
    all_of(
        at_least(
            "revenue_50",
            MEAN_REVENUE,
            wan(5000),
            recalled("营业收入", t("或两年平均营业收入不低于 5000 万元", "or mean revenue of two years ¥50 million or more")),
        ),
        more_than(
            "cash_flow",
            market.operating_cash_flow,
            0,
            recalled("营业收入", t("且经营活动现金流量净额为正", "and a positive operating cash flow")),
        ),
    ),
)
RD_SHARE = all_of(
    at_least(
        "revenue_last",
        firm.sales,
        wan(3000),
        recalled("研发强度", t("上一年度营业收入不低于 3000 万元", "revenue of the last year ¥30 million or more")),
    ),
    at_least(
        "rd_share",
        ratio(total(firm.rd, firm.rd_1), total(firm.sales, firm.sales_1)),
        percent(5),
        recalled("研发强度", t("两年研发投入占营业收入不低于 5%", "R&D of two years is 5 % of revenue or more")),
    ),
)
RD_INVESTED = all_of(
    at_least(
        "rd_two_years",
        total(firm.rd, firm.rd_1),
        wan(1000),
        recalled("研发与投资", t("两年研发投入累计不低于 1000 万元", "R&D of two years together ¥10 million or more")),
    ),
    at_least(
        "professional",
        market.professional_investment_24m,
        wan(2000),
        recalled(
            "研发与投资",
            t("24 个月内专业机构股权投资不低于 2000 万元", "¥20 million or more from professional investors in 24 months"),
        ),
    ),
)
MAKERS = all_of(
    at_least("makers", market.market_makers, 4, recalled("做市", t("做市商不少于 4 家", "four market makers or more"))),
    at_least(
        "cap",
        market.listing_cap,
        yi(1),
        recalled("做市", t("按发行价格计算的市值不低于 1 亿元", "a capitalisation of ¥100 million or more at the price of the issue")),
    ),
)
NEW_ECONOMY = all_of(
    yes(
        "new_economy",
        market.new_economy_firm,
        recalled("新经济", t("属于新经济等特定行业", "in the new economy or another named field")),
    ),
    at_least("one_year", market.full_fiscal_years, 1, recalled("新经济", t("存续满一个完整会计年度", "one full fiscal year or more"))),
    Open(
        "new_economy_tests",
        Clause("新经济", t("更严的研发和融资要求，数值未见", "stricter tests of R&D and funding, whose numbers were not found"), "gap"),
    ),
)

LEVELS = (
    Level("profit", t("净利润标准", "by profit"), all_of(TWO_YEARS, PROFIT)),
    Level("revenue", t("营业收入标准", "by revenue"), all_of(TWO_YEARS, REVENUE)),
    Level("rd_share", t("研发强度标准", "by share of R&D"), all_of(TWO_YEARS, RD_SHARE)),
    Level("rd_invested", t("研发与专业投资标准", "by R&D and professional investment"), all_of(TWO_YEARS, RD_INVESTED)),
    Level("makers", t("做市与市值标准", "by market making and capitalisation"), all_of(TWO_YEARS, MAKERS)),
    Level("new_economy", t("新经济一年期标准", "new economy, one year"), NEW_ECONOMY),
)

EDITIONS = (
    Edition(
        "2023",
        dt.date(2023, 2, 17),
        None,
        SOURCE,
        BASE,
        levels=LEVELS,
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "数值凭记忆转述（置信度 0.85），请核对挂牌规则原文；六套标准满足其一即可，没有高低之分",
                    "the numbers are told from memory (0.85): check the rules; one of the six sets is enough and none ranks above another",
                )
            ),
            Note(
                t(
                    "治理、合规、股权清晰、主办券商推荐等要求不在本规则内",
                    "governance, compliance, clear shareholding and the sponsoring broker are not judged here",
                )
            ),
        ),
    ),
)

FIRM = {
    "share_capital": "1000万元",
    "net_assets": "1500万元",
    "full_fiscal_years": 3,
    "new_economy_firm": False,
    "profit": "100万元",
    "profit_1": "50万元",
    "sales": "2500万元",
    "sales_1": "2400万元",
    "operating_cash_flow": "-10万元",
    "rd": "300万元",
    "rd_1": "300万元",
    "professional_investment_24m": 0,
    "market_makers": 0,
    "listing_cap": "8000万元",
}
ON = dt.date(2024, 6, 1)


def _case(key: str, text: Text, verdict: str, level: str | None = None, on: dt.date = ON, **changed: object) -> Example:
    return Example(key, text, on, {**FIRM, **changed}, verdict, level=level)


EXAMPLES = (
    _case("profit last year", t("上一年净利润恰 600 万元", "profit of exactly ¥6 million"), "eligible", "profit", profit="600万元"),
    _case(
        "profit of two years",
        t("两年合计恰 800 万元", "both years exactly ¥8 million"),
        "eligible",
        "profit",
        profit="500万元",
        profit_1="300万元",
    ),
    _case(
        "a loss before",
        t("前一年亏损，合计再高也不算", "a loss the year before, however high the sum"),
        "not_eligible",
        profit=5_999_999,
        profit_1=-1,
    ),
    _case(
        "growth of 20 %",
        t("平均 3300 万元、增长恰 20%", "mean ¥33 million, growth of exactly 20 %"),
        "eligible",
        "revenue",
        sales="3600万元",
        sales_1="3000万元",
    ),
    _case(
        "growth short",
        t("增长差一元", "growth one yuan short"),
        "not_eligible",
        sales=35_999_999,
        sales_1="3000万元",
        rd="100万元",
        rd_1="100万元",
    ),
    _case(
        "cash flow",
        t("平均恰 5000 万元、现金流为正", "mean of exactly ¥50 million with cash flow"),
        "eligible",
        "revenue",
        sales="5000万元",
        sales_1="5000万元",
        operating_cash_flow=1,
    ),
    _case(
        "no cash flow",
        t("现金流为零不算为正", "a cash flow of nothing is not positive"),
        "not_eligible",
        sales="5000万元",
        sales_1="5000万元",
        operating_cash_flow=0,
        rd="100万元",
        rd_1="100万元",
    ),
    _case(
        "R&D share",
        t("两年研发占比恰 5%", "R&D of exactly 5 % of two years"),
        "eligible",
        "rd_share",
        sales="3000万元",
        sales_1="3000万元",
        rd="200万元",
        rd_1="100万元",
    ),
    _case(
        "R&D and investors",
        t("研发恰 1000 万元、专业投资恰 2000 万元", "R&D of exactly ¥10 million, investors of exactly ¥20 million"),
        "eligible",
        "rd_invested",
        rd="600万元",
        rd_1="400万元",
        professional_investment_24m="2000万元",
    ),
    Example(
        "investors short",
        t("专业投资差 500 万元", "investors ¥5 million short"),
        ON,
        {**FIRM, "rd": "600万元", "rd_1": "400万元", "professional_investment_24m": "1500万元"},
        "not_eligible",
        short={"professional_investment_24m": 20_000_000},
        way={"professional_investment_24m": 20_000_000},
    ),
    _case(
        "makers",
        t("4 家做市商、市值恰 1 亿元", "four makers and exactly ¥100 million"),
        "eligible",
        "makers",
        market_makers=4,
        listing_cap="1亿元",
    ),
    _case("three makers", t("3 家做市商", "three makers"), "not_eligible", market_makers=3, listing_cap="1亿元"),
    Example(
        "capital short",
        t("股本差一元", "capital one yuan short"),
        ON,
        {**FIRM, "profit": "600万元", "share_capital": 4_999_999},
        "not_eligible",
        unmet=("capital",),
        short={"share_capital": 5_000_000},
    ),
    Example(
        "under par",
        t("每股净资产不足 1 元", "net assets under ¥1 a share"),
        ON,
        {**FIRM, "profit": "600万元", "net_assets": 9_999_999},
        "not_eligible",
        unmet=("net_assets",),
        short={"net_assets": 10_000_000},
    ),
    _case(
        "one year", t("仅一个会计年度、非新经济", "one fiscal year, not new economy"), "not_eligible", profit="600万元", full_fiscal_years=1
    ),
    Example(
        "one year, new economy",
        t("一个会计年度的新经济企业：数值未见", "a new-economy firm of one year: the numbers are not known"),
        ON,
        {**FIRM, "new_economy_firm": True, "full_fiscal_years": 1},
        "undetermined",
        missing=(),
    ),
    Example(
        "profit unknown",
        t("净利润未填", "profit unknown"),
        ON,
        {name: value for name, value in FIRM.items() if name != "profit"},
        "undetermined",
        missing=("profit",),
    ),
    _case("day before", t("规则前一日", "the day before the rules"), "not_eligible", on=dt.date(2023, 2, 16), profit="600万元"),
    _case("first day", t("规则首日", "the first day of the rules"), "eligible", "profit", dt.date(2023, 2, 17), profit="600万元"),
)

SPEC = Rule(
    key="neeq_listing",
    topic="market",
    name=t("新三板挂牌", "quotation on the NEEQ"),
    about=t(
        "股本 500 万元、存续两年、每股净资产 1 元，并满足净利润、营业收入、研发、投资或做市标准之一。",
        "Capital of ¥5 million, two years, net assets of ¥1 a share, and one test of profit, revenue, R&D, investors or market making.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="neeq_base",
    how=t("股份改制后由主办券商推荐，向全国股转公司申报", "become a company limited by shares; a sponsoring broker files with the NEEQ"),
)

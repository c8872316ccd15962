"""北京证券交易所上市 listing on the Beijing stock exchange: four sets of capitalisation and results, and the shape of the offer.

Why: it is the exchange for young specialised firms and the end of the road that begins on the fourth board. Source: the listing
rules of the exchange, in force since 2021-11-15: return on equity of 8 % in the first set, though a copy that circulates says 10 %.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, by_case, when, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Level, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan, yi
from fuhua.policy.rules.market._bse_sets import SET_1, SET_2, SET_3, SET_4

SOURCE = Source("北京证券交易所股票上市规则", t("北京证券交易所股票上市规则", "Listing rules of the Beijing stock exchange"))

BASE = all_of(
    yes("tier", market.neeq_innovation_layer, Clause("发行主体", t("新三板创新层公司", "a firm in the innovation tier of the NEEQ"))),
    at_least(
        "months",
        Elapsed(market.neeq_since, "months"),
        12,
        Clause("发行主体", t("在新三板累计挂牌满 12 个月", "twelve months or more on the NEEQ, all together")),
    ),
    at_least(
        "net_assets", firm.net_assets, wan(5000), Clause("上市条件", t("净资产不低于 5000 万元", "net assets of ¥50 million or more"))
    ),
    at_least(
        "offered", market.offered_shares, 1_000_000, Clause("上市条件", t("公开发行不少于 100 万股", "one million shares offered or more"))
    ),
    at_least("offered_to", market.offered_to, 100, Clause("上市条件", t("发行对象不少于 100 人", "offered to 100 people or more"))),
    at_least(
        "capital",
        market.capital_after,
        wan(3000),
        Clause("上市条件", t("发行后股本总额不少于 3000 万元", "share capital after the offer of ¥30 million or more")),
    ),
    at_least(
        "holders", market.holders_after, 200, Clause("上市条件", t("发行后股东不少于 200 人", "200 shareholders or more after the offer"))
    ),
    by_case(
        (
            when(market.capital_after, ">", yi(4)),
            at_least(
                "public_large",
                market.public_share_after,
                percent(10),
                Clause(
                    "上市条件",
                    t("股本总额超过 4 亿元的，公众持股不低于 10%", "capital above ¥400 million: 10 % or more held by the public"),
                ),
            ),
        ),
        (
            None,
            at_least(
                "public",
                market.public_share_after,
                percent(25),
                Clause("上市条件", t("公众持股不低于 25%", "25 % or more held by the public")),
            ),
        ),
    ),
)

EDITIONS = (
    Edition(
        "2021",
        dt.date(2021, 11, 15),
        None,
        SOURCE,
        BASE,
        levels=(
            Level("set_1", t("第一套标准", "set 1"), SET_1),
            Level("set_2", t("第二套标准", "set 2"), SET_2),
            Level("set_3", t("第三套标准", "set 3"), SET_3),
            Level("set_4", t("第四套标准", "set 4"), SET_4),
        ),
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "四套标准满足其一即可，没有高低之分；流传的副本写净资产收益率 10%，正式文本为 8%",
                    "one of the four sets is enough and none ranks above another; a copy that circulates says 10 % return on "
                    "equity, the text says 8 %",
                )
            ),
            Note(
                t(
                    "控制权稳定、合规、不得上市情形和交易所、证监会的审核注册不在本规则内",
                    "stable control, compliance, bars to listing, and the examination and registration itself are not judged here",
                )
            ),
        ),
    ),
)

OFFER = {
    "neeq_innovation_layer": True,
    "neeq_since": "2023-05-10",
    "net_assets": "5000万元",
    "offered_shares": 1_000_000,
    "offered_to": 100,
    "capital_after": "3000万元",
    "holders_after": 200,
    "public_share_after": 25,
}
FIRST = {"expected_cap": "2.5亿元", "profit": "1700万元", "profit_1": "1600万元", "roe": 9, "roe_1": 8}
SECOND = {
    "expected_cap": "5亿元",
    "sales": "1.24亿元",
    "sales_1": "9600万元",
    "operating_cash_flow": "500万元",
    "profit": "1800万元",
    "profit_1": "1400万元",
}
THIRD = {"expected_cap": "8亿元", "sales": "2亿元", "sales_1": "1.5亿元", "rd": "1600万元", "rd_1": "1200万元"}
LOW = {"profit": 0, "profit_1": 0, "roe": 0, "roe_1": 0}
ON = dt.date(2025, 6, 1)


def _case(key: str, text: Text, verdict: str, level: str | None = None, unmet: tuple | None = None, **changed: object) -> Example:
    return Example(key, text, ON, {**OFFER, **changed}, verdict, level=level, unmet=unmet)


EXAMPLES = (
    _case(
        "O-7.1",
        t("市值 2.5 亿元、利润 1600/1700 万元、平均收益率 8.5%", "¥250 million, profits of ¥16 and 17 million, mean return 8.5 %"),
        "eligible",
        "set_1",
        **FIRST,
    ),
    _case(
        "O-7.2",
        t("市值 5 亿元、收入 9600 万元到 1.24 亿元：增长 29.17%", "¥500 million, revenue from ¥96 to 124 million: growth of 29.17 %"),
        "not_eligible",
        unmet=("profit_before", "profit_one_year", "growth", "cap_3", "revenue_last", "cap_4"),
        **SECOND,
    ),
    _case(
        "O-7.2 grown",
        t("收入恰 1.248 亿元：增长 30%", "revenue of exactly ¥124.8 million: growth of 30 %"),
        "eligible",
        "set_2",
        **{**SECOND, "sales": 124_800_000},
    ),
    _case("a yuan less", t("收入少一元", "one yuan less revenue"), "not_eligible", **{**SECOND, "sales": 124_799_999}),
    _case("no cash flow", t("现金流为零", "no cash flow"), "not_eligible", **{**SECOND, "sales": 124_800_000, "operating_cash_flow": 0}),
    _case("mean return 8 %", t("平均收益率恰 8%", "a mean return of exactly 8 %"), "eligible", "set_1", **{**FIRST, "roe": 8}),
    _case(
        "mean return 7.99 %",
        t("平均收益率 7.99%", "a mean return of 7.99 %"),
        "not_eligible",
        **{**FIRST, "roe": "7.98", "sales": 0, "sales_1": 0},
    ),
    _case(
        "one good year",
        t("上一年利润恰 2500 万元、收益率恰 8%", "profit of exactly ¥25 million in the last year at 8 %"),
        "eligible",
        "set_1",
        expected_cap="2亿元",
        profit="2500万元",
        profit_1="-100万元",
        roe=8,
        roe_1=-1,
    ),
    _case(
        "capitalisation short",
        t("市值差一元到 2 亿元", "capitalisation one yuan short of ¥200 million"),
        "not_eligible",
        **{**FIRST, "expected_cap": 199_999_999},
    ),
    _case(
        "third set",
        t("收入恰 2 亿元、研发恰 8%", "revenue of exactly ¥200 million, R&D of exactly 8 %"),
        "eligible",
        "set_3",
        **LOW,
        **THIRD,
    ),
    _case(
        "third set short",
        t("研发差一元到 8%", "R&D one yuan short of 8 %"),
        "not_eligible",
        **LOW,
        **{**THIRD, "rd": 15_999_999},
        operating_cash_flow=-1,
    ),
    _case(
        "fourth set",
        t("市值恰 15 亿元、研发恰 5000 万元", "exactly ¥1.5 billion, R&D of exactly ¥50 million"),
        "eligible",
        "set_4",
        **LOW,
        expected_cap="15亿元",
        sales="100万元",
        sales_1=0,
        rd="3000万元",
        rd_1="2000万元",
    ),
    _case(
        "fourth set short",
        t("市值差一元到 15 亿元", "capitalisation one yuan short of ¥1.5 billion"),
        "not_eligible",
        **LOW,
        expected_cap=1_499_999_999,
        sales="100万元",
        sales_1=0,
        rd="3000万元",
        rd_1="2000万元",
    ),
    _case(
        "a poor year",
        t("前一年利润差一元到 1500 万元", "profit of the year before one yuan short of ¥15 million"),
        "not_eligible",
        **{**FIRST, "profit_1": 14_999_999, "sales": 0, "sales_1": 0},
    ),
    _case(
        "a poor last year",
        t("上一年利润差一元到 1500 万元", "profit of the last year one yuan short of ¥15 million"),
        "not_eligible",
        **{**FIRST, "profit": 14_999_999, "sales": 0, "sales_1": 0},
    ),
    _case(
        "one good year, short",
        t("上一年利润差一元到 2500 万元", "profit of the last year one yuan short of ¥25 million"),
        "not_eligible",
        **{**FIRST, "profit": 24_999_999, "profit_1": 0},
    ),
    _case(
        "capital of exactly ¥400m",
        t("股本恰 4 亿元仍须 25%", "capital of exactly ¥400 million still needs 25 %"),
        "not_eligible",
        unmet=("public",),
        **FIRST,
        capital_after="4亿元",
        public_share_after="24.99",
    ),
    _case(
        "capital above ¥400m",
        t("股本超过 4 亿元，公众恰 10%", "capital above ¥400 million: exactly 10 % will do"),
        "eligible",
        "set_1",
        **FIRST,
        capital_after=400_000_001,
        public_share_after=10,
    ),
    _case(
        "large and under 10 %",
        t("股本超过 4 亿元，公众不足 10%", "capital above ¥400 million, under 10 %"),
        "not_eligible",
        unmet=("public_large",),
        **FIRST,
        capital_after="5亿元",
        public_share_after="9.99",
    ),
    _case("base tier", t("基础层公司", "a firm of the base tier"), "not_eligible", unmet=("tier",), **FIRST, neeq_innovation_layer=False),
    _case("twelve months", t("恰满 12 个月", "twelve months to the day"), "eligible", **FIRST, neeq_since="2024-06-01"),
    Example(
        "a day short",
        t("差一天满 12 个月", "a day short of twelve months"),
        ON,
        {**OFFER, **FIRST, "neeq_since": "2024-06-02"},
        "not_eligible",
        unmet=("months",),
    ),
    _case("199 holders", t("股东 199 人", "199 shareholders"), "not_eligible", unmet=("holders",), **FIRST, holders_after=199),
    Example(
        "return unknown",
        t("收益率未填", "return unknown"),
        ON,
        {**OFFER, **{name: value for name, value in FIRST.items() if not name.startswith("roe")}, "sales": 0, "sales_1": 0},
        "undetermined",
        missing=("roe", "roe_1"),
    ),
    Example("before the exchange", t("开市前一日", "the day before it opened"), dt.date(2021, 11, 14), {**OFFER, **FIRST}, "not_eligible"),
    Example(
        "opening day", t("开市当日", "the day it opened"), dt.date(2021, 11, 15), {**OFFER, **FIRST, "neeq_since": "2020-01-01"}, "eligible"
    ),
)

SPEC = Rule(
    key="bse",
    topic="market",
    name=t("北交所上市", "listing on the Beijing stock exchange"),
    about=t(
        "新三板创新层公司挂牌满 12 个月，满足四套市值及财务标准之一，并符合发行后股本、股东和公众持股要求。",
        "A firm of the NEEQ's innovation tier, twelve months on it, that meets one of four sets of capitalisation and results and the "
        "limits on capital, holders and public share after the offer.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="bse",
    how=t(
        "由保荐机构向北京证券交易所申报，经审核后由证监会注册",
        "a sponsor files with the exchange, which examines; the securities regulator registers",
    ),
)

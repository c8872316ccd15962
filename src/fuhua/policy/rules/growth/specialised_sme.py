"""专精特新中小企业 specialised, refined, distinctive and innovative SME: the third step of the SME ladder.

Why: it opens the specialised board of the regional market and is the step before little giants. Source:
工信部企业〔2022〕63号 until 2026-03-31: four conditions together, the last a score of 60 or a direct condition; from
2026-04-01 the new measures, of which the floor for main business is not public and a quality score comes from outside.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, at_least, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule
from fuhua.policy.reasoning.terms import Operator, percent, ratio, total, wan
from fuhua.policy.rules.growth.sme_ladder import CHANGED, FIRST, FIRST_SINCE, FIRST_UNTIL, SECOND, SECOND_SINCE
from fuhua.policy.rules.growth.specialised_sme_score import SCORE

FIRST_CONDITIONS = all_of(
    at_least("niche", growth.niche_years, 2, Clause("条件 1", t("从事特定细分市场满 2 年", "two years in the niche or more"))),
    at_least("rd", firm.rd, wan(100), Clause("条件 2", t("上一年研发费用不低于 100 万元", "R&D of ¥1 million or more last year"))),
    at_least(
        "rd_share", ratio(firm.rd, firm.sales), percent(3), Clause("条件 2", t("且占营业收入不低于 3%", "and 3 % of revenue or more"))
    ),
    any_of(
        at_least(
            "revenue",
            firm.sales,
            wan(1000),
            Clause("条件 3", t("上一年营业收入不低于 1000 万元", "revenue of ¥10 million or more last year")),
        ),
        at_least(
            "equity_instead",
            growth.new_equity_2y,
            wan(2000),
            Clause("条件 3", t("或近两年新增股权融资不低于 2000 万元", "or new equity of ¥20 million or more in two years")),
        ),
    ),
    any_of(
        at_least(
            "score",
            SCORE,
            60,
            Clause(
                "条件 4",
                t("评价得分不低于 60 分（创新 35 分的分档凭记忆）", "a score of 60 or more (bands of innovation from memory)"),
                "memory",
                "0.85",
            ),
        ),
        yes(
            "provincial_award",
            growth.provincial_award_top3,
            Clause("条件 4 直接条件", t("近三年获省级科技奖励并排名前三", "a provincial S&T award in three years, among the first three")),
        ),
        yes(
            "national_award",
            growth.national_award_top5,
            Clause("条件 4 直接条件", t("近三年获国家级科技奖励并排名前五", "a national S&T award in three years, among the first five")),
        ),
        at_least(
            "rd_mean",
            total(firm.rd, firm.rd_1) * Fraction(1, 2),
            wan(1000),
            Clause("条件 4 直接条件", t("近两年研发费用均值不低于 1000 万元", "R&D of ¥10 million or more, mean of two years")),
        ),
        at_least(
            "equity",
            growth.new_equity_2y,
            wan(6000),
            Clause("条件 4 直接条件", t("近两年新增股权融资不低于 6000 万元", "new equity of ¥60 million or more in two years")),
        ),
        yes(
            "maker_china",
            growth.maker_china_500,
            Clause("条件 4 直接条件", t("近三年进入“创客中国”全国 500 强", "national top 500 of “Maker in China” in three years")),
        ),
    ),
)
MAIN_FLOOR = Operator(
    "specialised_sme.main_share", "percent", t("主营业务收入占营业收入的下限", "least share of the main business in revenue"), high=1
)
SECOND_CONDITIONS = all_of(
    at_least("niche", growth.niche_years, 3, Clause("专业化", t("从事特定细分市场满 3 年", "three years in the niche or more"))),
    any_of(
        at_least(
            "revenue",
            firm.sales,
            wan(1500),
            Clause("规模", t("上一年营业收入不低于 1500 万元", "revenue of ¥15 million or more last year")),
        ),
        at_least(
            "equity_instead",
            growth.new_equity_2y,
            wan(2000),
            Clause("规模", t("或近两年新增股权融资不低于 2000 万元", "or new equity of ¥20 million or more in two years")),
        ),
    ),
    at_least(
        "main_share",
        growth.main_share,
        MAIN_FLOOR,
        Clause("专业化", t("主营业务占比达到新设下限（数值未见公开）", "main business above a new floor (not public)"), "gap"),
    ),
    at_least(
        "quality",
        growth.development_quality_points,
        50,
        Clause("质量评价", t("专精特新发展质量评价得分不低于 50 分", "a score of 50 or more in the quality evaluation")),
    ),
)

EDITIONS = (
    Edition(
        "2022",
        FIRST_SINCE,
        FIRST_UNTIL,
        FIRST,
        FIRST_CONDITIONS,
        score=SCORE,
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "北京特色化 15 分的分项未见公开，请填省级部门给出的得分",
                    "Beijing's split of the 15 points is not public: fill in the points given",
                )
            ),
            Note(
                t(
                    "2022 年 8 月前的北京旧标准（细分市场 3 年、平均增长 10% 等）已不适用",
                    "Beijing's rule from before August 2022 (three years, 10 % mean growth) no longer applies",
                )
            ),
        ),
    ),
    Edition(
        "2026",
        SECOND_SINCE,
        None,
        SECOND,
        SECOND_CONDITIONS,
        notes=(CHANGED, Note(t("省级自设的 15 分已取消", "the 15 points set by the province are gone"))),
    ),
)

NOTHING_DIRECT = {
    "provincial_award_top3": False,
    "national_award_top5": False,
    "rd_1": "100万元",
    "new_equity_2y": 0,
    "maker_china_500": False,
}
FIRM = {
    **NOTHING_DIRECT,
    "niche_years": 3,
    "sales": "2000万元",
    "rd": "120万元",
    "main_share": 85,
    "main_growth_2y": 9,
    "product_role": "base_heritage_supplier",
    "digital_level": 2,
    "quality_award": False,
    "iso9001": True,
    "own_brand": True,
    "standards_part": False,
    "net_margin": 5,
    "debt_ratio": 55,
    "distinctive_points": 10,
    "class_1_high_value": 0,
    "class_1_own": 1,
    "class_1": 1,
    "class_2": 0,
    "employees": 50,
    "rd_staff": 11,
    "rd_body_level": "none",
}
DIRECT = ("provincial_award", "national_award", "rd_mean", "equity", "maker_china")
EQUITY = {**FIRM, "sales": "900万元", "new_equity_2y": "2000万元", "net_margin": -20, "distinctive_points": 15}
ON, LATER = dt.date(2025, 6, 1), dt.date(2026, 5, 1)
TABLE = {"specialised_sme.main_share": percent(80)}

EXAMPLES = (
    Example("O-3.5", t("评分 61 分", "a score of 61"), ON, FIRM, "eligible", score=(61, 61)),
    Example(
        "O-3.5 later",
        t("新办法：质量评价与主营下限未知", "new measures: quality score and floor of main business unknown"),
        LATER,
        FIRM,
        "undetermined",
        missing=("development_quality_points",),
    ),
    Example(
        "floor unset",
        t("质量评价已知，主营下限未设", "quality score known, floor not set"),
        LATER,
        {**FIRM, "development_quality_points": 50},
        "undetermined",
        missing=(),
    ),
    Example(
        "floor set",
        t("下限设定后可判断", "once the floor is set"),
        LATER,
        {**FIRM, "development_quality_points": 50},
        "eligible",
        tables=TABLE,
    ),
    Example(
        "quality 49",
        t("质量评价 49 分", "49 in the quality evaluation"),
        LATER,
        {**FIRM, "development_quality_points": 49},
        "not_eligible",
        unmet=("quality",),
        tables=TABLE,
        short={"development_quality_points": 50},
    ),
    Example(
        "below the floor",
        t("主营占比低于设定下限", "main business below the floor set"),
        LATER,
        {**FIRM, "development_quality_points": 50, "main_share": "79.99"},
        "not_eligible",
        unmet=("main_share",),
        tables=TABLE,
    ),
    Example(
        "two years", t("新办法下 2 年不够", "two years no longer do"), LATER, {**FIRM, "niche_years": 2}, "not_eligible", unmet=("niche",)
    ),
    Example(
        "59",
        t("特色化少 2 分，59 分", "two points less: 59"),
        ON,
        {**FIRM, "distinctive_points": 8},
        "not_eligible",
        score=(59, 59),
        unmet=("score", *DIRECT),
    ),
    Example("60", t("恰好 60 分", "exactly 60"), ON, {**FIRM, "distinctive_points": 9}, "eligible", score=(60, 60)),
    Example(
        "R&D 3 %",
        t("研发占比不足 3%", "R&D below 3 %"),
        ON,
        {**FIRM, "sales": "4001万元"},
        "not_eligible",
        unmet=("rd_share", "score", *DIRECT),
    ),
    Example(
        "R&D amount",
        t("研发费用差一元", "R&D one yuan short"),
        ON,
        {**FIRM, "rd": 999_999, "sales": "1000万元"},
        "not_eligible",
        unmet=("rd",),
        short={"rd": 1_000_000},
    ),
    Example(
        "equity instead",
        t("收入不足，股权融资恰 2000 万元", "new equity of exactly ¥20 million instead"),
        ON,
        EQUITY,
        "eligible",
        score=(66, 66),
    ),
    Example(
        "equity short",
        t("收入不足，股权融资差一元", "new equity one yuan short"),
        ON,
        {**EQUITY, "new_equity_2y": 19_999_999},
        "not_eligible",
        unmet=("revenue", "equity_instead"),
    ),
    Example(
        "mean R&D",
        t("两年研发均值恰 1000 万元可代替评分", "mean R&D of exactly ¥10 million instead of a score"),
        ON,
        {**FIRM, "distinctive_points": 0, "rd_body_level": "none", "rd": "600万元", "rd_1": "1400万元", "sales": "1亿元"},
        "eligible",
    ),
    Example(
        "unknown features",
        t("特色化得分未知", "points for features unknown"),
        ON,
        {key: value for key, value in FIRM.items() if key != "distinctive_points"},
        "undetermined",
        score=(51, 66),
        missing=("distinctive_points",),
    ),
    Example("2022-07-31", t("旧办法生效前一日", "the day before the first measures"), dt.date(2022, 7, 31), FIRM, "not_eligible"),
    Example("2022-08-01", t("旧办法生效首日", "the first day of the first measures"), dt.date(2022, 8, 1), FIRM, "eligible"),
    Example("2026-03-31", t("旧办法最后一日", "the last day of the first measures"), dt.date(2026, 3, 31), FIRM, "eligible"),
    Example("2026-04-01", t("新办法首日", "the first day of the new measures"), dt.date(2026, 4, 1), FIRM, "undetermined"),
)

SPEC = Rule(
    key="specialised_sme",
    topic="growth",
    name=t("专精特新中小企业", "specialised SME"),
    about=t(
        "细分市场年限、研发、规模三项条件，加评分 60 分或直接条件；2026 年 4 月起改按新办法的质量评价。",
        "Years in the niche, R&D and size, with a score of 60 or a direct condition; from April 2026 by a quality evaluation.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="specialised_sme",
    how=t(
        "在优质中小企业梯度培育平台申请，由省级主管部门审核、公示并认定",
        "apply on the national SME platform; the provincial office examines, publishes and recognises",
    ),
)

"""创新型中小企业 innovative SME: the second step of the SME ladder, scored or by a direct condition.

Why: it raises the interest subsidy of a first loan and eases entry to the regional board. Source: 工信部企业〔2022〕63号
until 2026-03-31; the measures of 2026 after it, whose test for this title is not public as far as seen.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth, innovation
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, at_least, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Rule
from fuhua.policy.reasoning.terms import Points, bands, better_of, percent, ratio, total, wan
from fuhua.policy.rules.growth.sme_ladder import CHANGED, FIRST, FIRST_SINCE, FIRST_UNTIL, SECOND, SECOND_SINCE

RIGHTS = Points(
    "rights",
    t("与主导产品相关的有效知识产权", "rights in force tied to the main product"),
    better_of(
        bands(innovation.class_1_high_value, (1, 20)),
        bands(innovation.class_1_own, (1, 15)),
        bands(firm.class_1, (1, 10)),
        bands(firm.class_2, (1, 5)),
    ),
    20,
)
RD = Points(
    "rd",
    t("研发费用占营业收入", "R&D of revenue"),
    bands(ratio(firm.rd, firm.sales), *((percent(edge), points) for edge, points in ((5, 20), (3, 15), (2, 10), (1, 5)))),
    20,
)
GROWTH = Points(
    "growth",
    t("主营业务收入增长率", "growth of main-business income"),
    bands(growth.main_growth, *((percent(edge), points) for edge, points in ((15, 20), (10, 15), (5, 10), (0, 5)))),
    20,
)
DEBT = Points("debt", t("资产负债率", "debt ratio"), bands(growth.debt_ratio, (percent(55), 10), (percent(75), 5), op="<="), 10)
FIELD = Points("field", t("主导产品所属领域", "field of the main product"), bands(growth.emerging_product, (1, 10), otherwise=5), 10)
MAIN = Points(
    "main",
    t("主营业务收入占营业收入", "main business of revenue"),
    bands(growth.main_share, *((percent(edge), points) for edge, points in ((70, 20), (60, 15), (55, 10), (50, 5)))),
    20,
)
INNOVATION, GROWING, SPECIAL = total(RIGHTS, RD), total(GROWTH, DEBT), total(FIELD, MAIN)
SCORE = total(RIGHTS, RD, GROWTH, DEBT, FIELD, MAIN)

SCORED = all_of(
    at_least(
        "score",
        SCORE,
        60,
        Clause(
            "评分表",
            t("评价得分不低于 60 分（专业化两项的分档凭记忆）", "a score of 60 or more (bands of two items from memory)"),
            "memory",
            "0.85",
        ),
    ),
    at_least("innovation", INNOVATION, 20, Clause("评分表", t("创新能力得分不低于 20 分", "20 points or more for innovation"))),
    at_least("growing", GROWING, 15, Clause("评分表", t("成长性得分不低于 15 分", "15 points or more for growth"))),
    at_least(
        "special",
        SPECIAL,
        15,
        Clause(
            "评分表",
            t("专业化得分不低于 15 分（分档凭记忆）", "15 points or more for specialisation (bands from memory)"),
            "memory",
            "0.85",
        ),
    ),
)
DIRECT = (
    yes(
        "award", growth.award_3y, Clause("直接条件", t("近三年获国家级或省级科技奖励", "a national or provincial S&T award in three years"))
    ),
    yes("hnte", firm.hnte_valid, Clause("直接条件", t("有效期内的高新技术企业", "a valid high-tech enterprise certificate"))),
    yes(
        "demo",
        growth.innovation_demo_firm,
        Clause("直接条件", t("国家技术创新示范企业", "a national technological innovation demonstration firm")),
    ),
    yes("ip_model", growth.ip_model_firm, Clause("直接条件", t("知识产权优势或示范企业", "an IP-advantage or IP-demonstration firm"))),
    yes("rd_body", firm.provincial_rd_body, Clause("直接条件", t("拥有省部级以上研发机构", "an R&D body at provincial level or above"))),
    at_least(
        "equity",
        growth.new_equity_3y,
        wan(500),
        Clause(
            "直接条件",
            t("近三年合格投资者新增股权融资不低于 500 万元", "new equity of ¥5 million or more from qualified investors in three years"),
        ),
    ),
)

EDITIONS = (
    Edition("2022", FIRST_SINCE, FIRST_UNTIL, FIRST, any_of(SCORED, *DIRECT), score=SCORE, dates_rest_on="memory"),
    Edition(
        "2026",
        SECOND_SINCE,
        None,
        SECOND,
        Open(
            "test",
            Clause(
                "认定条件", t("新办法对创新型中小企业的认定条件未见公开文本", "the new test for innovative SMEs has not been seen"), "gap"
            ),
        ),
        notes=(CHANGED,),
    ),
)

NOTHING_DIRECT = {
    "award_3y": False,
    "hnte_valid": False,
    "innovation_demo_firm": False,
    "ip_model_firm": False,
    "provincial_rd_body": False,
    "new_equity_3y": 0,
}
FIRM = {
    **NOTHING_DIRECT,
    "class_1_high_value": 0,
    "class_1_own": 1,
    "class_1": 1,
    "class_2": 0,
    "sales": "1000万元",
    "rd": "40万元",
    "main_growth": 12,
    "debt_ratio": 50,
    "emerging_product": True,
    "main_share": 65,
}
SIXTY = {**FIRM, "class_1_own": 0, "class_1": 0, "class_2": 1, "emerging_product": False, "main_growth": 5, "main_share": 60}
ON, LAST, FIRST_DAY = dt.date(2025, 6, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)

EXAMPLES = (
    Example("O-3.4", t("评分 80 分", "a score of 80"), ON, FIRM, "eligible", score=(80, 80)),
    Example("60", t("恰好 60 分", "exactly 60"), ON, SIXTY, "eligible", score=(60, 60)),
    Example(
        "55",
        t("主营占比降一档，55 分", "one band lower: 55"),
        ON,
        {**SIXTY, "main_share": "59.99"},
        "not_eligible",
        score=(55, 55),
        unmet=("score", "award", "hnte", "demo", "ip_model", "rd_body", "equity"),
        way={"class_1_own": 1},
    ),
    Example(
        "no innovation",
        t("总分够而创新不足 20 分", "enough points, but not 20 for innovation"),
        ON,
        {**FIRM, "class_1_own": 0, "class_1": 0, "class_2": 0, "main_growth": 15, "main_share": 70},
        "not_eligible",
        score=(75, 75),
        unmet=("innovation", "award", "hnte", "demo", "ip_model", "rd_body", "equity"),
    ),
    Example(
        "no growth",
        t("总分够而成长不足 15 分", "enough points, but not 15 for growth"),
        ON,
        {**FIRM, "main_growth": 0, "debt_ratio": "55.01", "main_share": 70},
        "not_eligible",
        score=(70, 70),
    ),
    Example("debt 55 %", t("负债率恰 55%", "a debt ratio of exactly 55 %"), ON, {**FIRM, "debt_ratio": 55}, "eligible", score=(80, 80)),
    Example("debt 75 %", t("负债率恰 75%", "a debt ratio of exactly 75 %"), ON, {**FIRM, "debt_ratio": 75}, "eligible", score=(75, 75)),
    Example(
        "debt above 75 %", t("负债率超过 75%", "a debt ratio above 75 %"), ON, {**FIRM, "debt_ratio": "75.01"}, "eligible", score=(70, 70)
    ),
    Example("certificate", t("持高新证书", "a high-tech certificate"), ON, {"hnte_valid": True}, "eligible"),
    Example("equity", t("三年股权融资恰 500 万元", "new equity of exactly ¥5 million"), ON, {"new_equity_3y": "500万元"}, "eligible"),
    Example(
        "equity short",
        t("股权融资差一元", "new equity one yuan short"),
        ON,
        {**SIXTY, "main_share": 50, "new_equity_3y": 4_999_999},
        "not_eligible",
        short={"new_equity_3y": 5_000_000},
    ),
    Example(
        "unknown growth",
        t("增长率未填", "growth unknown"),
        ON,
        {key: value for key, value in FIRM.items() if key != "main_growth"},
        "undetermined",
        score=(65, 85),
        missing=("main_growth",),
    ),
    Example("2022-07-31", t("旧办法生效前一日", "the day before the first measures"), dt.date(2022, 7, 31), FIRM, "not_eligible"),
    Example("2022-08-01", t("旧办法生效首日", "the first day of the first measures"), dt.date(2022, 8, 1), FIRM, "eligible"),
    Example("2026-03-31", t("旧办法最后一日", "the last day of the first measures"), LAST, FIRM, "eligible"),
    Example("2026-04-01", t("新办法首日", "the first day of the new measures"), FIRST_DAY, FIRM, "undetermined", missing=()),
)

SPEC = Rule(
    key="innovative_sme",
    topic="growth",
    name=t("创新型中小企业", "innovative SME"),
    about=t(
        "得分不低于 60 分且创新、成长、专业化三块各达下限，或具备直接条件之一（如有效高新证书）。",
        "A score of 60 with floors for innovation, growth and specialisation, or one direct condition such as a certificate.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="innovative_sme",
    how=t(
        "在优质中小企业梯度培育平台自评并提交，由省级主管部门公告",
        "assess yourself on the national SME platform; the provincial office announces",
    ),
)

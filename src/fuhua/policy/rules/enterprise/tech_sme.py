"""科技型中小企业评价 technology-based SME: the entry title of the science and innovation ladder.

Why: it opens ten years of loss carry-forward, the R&D super-deduction and many Beijing measures, and counts for its
incubator. Source: 国科发政〔2017〕115号, articles 6–9. Re-scored every year; a valid high-tech certificate replaces
the score, never the limits of size.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, at_least, at_most, more_than, no, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import Points, bands, better_of, percent, ratio, total, yi

SOURCE = Source("国科发政〔2017〕115号", t("科技型中小企业评价办法", "Measures for evaluating technology-based SMEs"), dt.date(2017, 5, 3))

STAFF = Points(
    "staff",
    t("科技人员占职工总数", "S&T staff of all staff"),
    bands(
        ratio(firm.rd_staff, firm.employees),
        *((percent(edge), points) for edge, points in ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4))),
    ),
    20,
)
RD = Points(
    "rd",
    t("研发投入（占销售收入或占成本费用，取高者）", "R&D, of sales or of costs, the better"),
    better_of(
        bands(ratio(firm.rd, firm.sales), *((percent(edge), points) for edge, points in ((6, 50), (5, 40), (4, 30), (3, 20), (2, 10)))),
        bands(
            ratio(firm.rd, firm.costs), *((percent(edge), points) for edge, points in ((30, 50), (25, 40), (20, 30), (15, 20), (10, 10)))
        ),
    ),
    50,
)
RIGHTS = Points(
    "rights",
    t("科技成果（知识产权）", "intellectual property"),
    better_of(bands(firm.class_1, (1, 30)), bands(firm.class_2, (4, 24), (3, 18), (2, 12), (1, 6))),
    30,
)
SCORE = total(STAFF, RD, RIGHTS)

CONDITIONS = all_of(
    yes(
        "resident",
        firm.resident,
        Clause("第六条（一）", t("在中国境内（不包括港、澳、台地区）注册的居民企业", "a resident enterprise registered in mainland China")),
    ),
    at_most("employees", firm.employees, 500, Clause("第六条（二）", t("职工总数不超过 500 人", "500 staff at most"))),
    at_most("sales", firm.sales, yi(2), Clause("第六条（二）", t("年销售收入不超过 2 亿元", "yearly sales of ¥200 million at most"))),
    at_most("assets", firm.assets, yi(2), Clause("第六条（二）", t("资产总额不超过 2 亿元", "total assets of ¥200 million at most"))),
    no(
        "trade",
        firm.prohibited_trade,
        Clause("第六条（三）", t("产品和服务不属于国家禁止、限制和淘汰类", "not in a prohibited, restricted or eliminated class")),
    ),
    no(
        "accident",
        firm.major_accident,
        Clause("第六条（四）", t("上一年及当年未发生重大安全、重大质量事故", "no major safety or quality accident last year or this")),
    ),
    no(
        "environment",
        firm.environmental_offence,
        Clause("第六条（四）", t("上一年及当年无严重环境违法", "no serious environmental violation last year or this")),
    ),
    no(
        "misconduct",
        firm.research_misconduct,
        Clause("第六条（四）", t("上一年及当年无严重科研失信行为", "no serious research misconduct last year or this")),
    ),
    no(
        "lists",
        firm.abnormal_list,
        Clause("第六条（四）", t("未列入经营异常名录和严重违法失信名单", "on no list of abnormal operations or serious dishonesty")),
    ),
    any_of(
        all_of(
            at_least("score", SCORE, 60, Clause("第六条（五）", t("综合评价得分不低于 60 分", "a score of 60 or more"))),
            more_than(
                "staff_score", STAFF, 0, Clause("第六条（五）", t("科技人员指标得分不得为 0 分", "the S&T staff item must not score 0"))
            ),
        ),
        yes(
            "hnte",
            firm.hnte_valid,
            Clause("第七条（一）", t("拥有有效期内高新技术企业资格证书", "a valid high-tech enterprise certificate")),
        ),
        yes(
            "award",
            firm.national_award,
            Clause("第七条（二）", t("近五年获国家级科技奖励并排名前三", "a national S&T award in five years, among the first three")),
        ),
        yes(
            "rd_body",
            firm.provincial_rd_body,
            Clause("第七条（三）", t("拥有经认定的省部级以上研发机构", "a recognised provincial or ministerial R&D body")),
        ),
        yes(
            "standard",
            firm.led_standard,
            Clause(
                "第七条（四）",
                t("近五年主导制定国际标准、国家标准或行业标准", "led an international, national or industry standard in five years"),
            ),
        ),
    ),
)

EDITIONS = (
    Edition(
        "2017",
        dt.date(2017, 5, 3),
        None,
        SOURCE,
        CONDITIONS,
        score=SCORE,
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "自 2026-04-01 起科技型中小企业并入梯度培育基础层，评分表未见修订，请核对当年通知",
                    "from 2026-04-01 part of the base tier of the SME ladder; no new table has been seen: check the notice",
                ),
                dt.date(2026, 4, 1),
            ),
        ),
    ),
)

CLEAN = {
    "resident_enterprise": True,
    "prohibited_trade": False,
    "major_accident": False,
    "environmental_offence": False,
    "research_misconduct": False,
    "abnormal_list": False,
}
INDIRECT = {"hnte_valid": False, "national_award": False, "provincial_rd_body": False, "led_standard": False}
SMALL = {**CLEAN, **INDIRECT, "employees": 40, "sales": "1000万元", "costs": "900万元", "assets": "1500万元"}
ON = dt.date(2025, 5, 20)

EXAMPLES = (
    Example(
        "O-1.1",
        t("研发强度两种口径取高者", "the better of two R&D tests"),
        ON,
        {**SMALL, "rd_staff": 12, "rd": "55万元", "class_1": 0, "class_2": 2},
        "eligible",
        score=(72, 72),
    ),
    Example(
        "O-1.2",
        t("总分够，但科技人员得 0 分", "enough points, but none for staff"),
        ON,
        {**SMALL, "rd_staff": 3, "rd": "80万元", "class_1": 1, "class_2": 0},
        "not_eligible",
        score=(80, 80),
        unmet=("staff_score", "hnte", "award", "rd_body", "standard"),
        short={"rd_staff": 4},
        way={"rd_staff": 4},
    ),
    Example(
        "O-1.2 direct",
        t("同一企业持有效高新证书", "the same firm with a valid certificate"),
        ON,
        {**SMALL, "rd_staff": 3, "rd": "80万元", "class_1": 1, "class_2": 0, "hnte_valid": True},
        "eligible",
    ),
    Example(
        "O-1.3",
        t("高新证书不能突破规模上限", "a certificate does not lift the limits of size"),
        ON,
        {
            **CLEAN,
            **INDIRECT,
            "hnte_valid": True,
            "employees": 300,
            "rd_staff": 90,
            "sales": "2.1亿元",
            "costs": "1.8亿元",
            "rd": "1500万元",
            "assets": "1.5亿元",
            "class_1": 3,
            "class_2": 0,
        },
        "not_eligible",
        unmet=("sales",),
        short={"sales": 200_000_000},
    ),
    Example(
        "unknown rights",
        t("知识产权未填且会改变结论", "unknown rights that would decide"),
        ON,
        {**SMALL, "rd_staff": 12, "rd": "45万元"},
        "undetermined",
        score=(50, 80),
        missing=("class_1", "class_2"),
    ),
    Example(
        "unknown costs",
        t("未填成本费用但不影响结论", "unknown costs that do not matter"),
        ON,
        {key: value for key, value in SMALL.items() if key != "costs"} | {"rd_staff": 12, "rd": "60万元", "class_1": 0, "class_2": 0},
        "eligible",
        score=(70, 70),
        missing=(),
    ),
)

SPEC = Rule(
    key="tech_sme",
    topic="enterprise",
    name=t("科技型中小企业", "technology-based SME"),
    about=t(
        "每年评价一次；满足规模与守法条件，且综合得分不低于 60 分（科技人员项不为 0）或具备直接条件之一。",
        "Judged yearly: limits of size and conduct, and a score of 60 (staff item not 0) or one direct condition.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="tech_sme",
    how=t(
        "在“优质中小企业梯度培育平台”自评并提交，由省级部门公示入库",
        "assess yourself on the national SME platform; the provincial office publishes and lists",
    ),
)

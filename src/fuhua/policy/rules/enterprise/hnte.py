"""高新技术企业认定 high and new technology enterprise: the title with the 15 % income tax rate.

Why: it cuts income tax from 25 % to 15 %, opens ten years of loss carry-forward and is a direct path to the titles of
technology-based and of innovative SMEs. Source: 国科发火〔2016〕32号 with the guidelines 国科发火〔2016〕195号. Eight
conditions, all of them; the seventh is a score of experts that must be above 70.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, growth, innovation
from fuhua.policy.reasoning.conditions import Clause, Compare, all_of, at_least, by_case, more_than, no, none_of, when, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import APPLICATION, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import (
    Bands,
    Growth,
    Least,
    Most,
    Points,
    Step,
    Term,
    bands,
    better_of,
    capped,
    percent,
    ratio,
    total,
    wan,
    yi,
)

SOURCE = Source("国科发火〔2016〕32号", t("高新技术企业认定管理办法", "Measures for recognising high and new technology enterprises"))
GUIDE = "国科发火〔2016〕195号"


def within(points: Term, low: Term, high: Term) -> Term:
    """The experts' points, held to the band that the facts allow; unknown points span that band."""
    return Least((Most((points, low)), high))


def _growth(points: Term, of: Growth) -> Term:
    edges = (("35", 9), ("25", 7), ("15", 5), ("5", 3))
    low, high = (
        Bands(of, (*(Step(">=", percent(edge), (least + up,) * 2) for edge, least in edges), Step(">", 0, (1 + up,) * 2)), (0, 0))
        for up in (0, 1)
    )
    return within(points, low, high)


def _quantity(up: int) -> Term:
    return better_of(bands(firm.class_1, (1, 7 + up)), bands(firm.class_2, (5, 5 + up), (3, 3 + up), (1, 1 + up)))


def _source(owned: int, bought: int) -> Term:
    return bands(innovation.right_self_developed, (1, owned), otherwise=bought)


RIGHTS = Points(
    "rights",
    t("知识产权（含标准加分，不超过 30 分）", "intellectual property (with the bonus for standards, 30 at most)"),
    capped(
        total(
            Points("advance", t("技术的先进程度", "how advanced"), innovation.right_advance_points, 8),
            Points("core", t("对主要产品的核心支持作用", "core support of the main product"), innovation.right_core_points, 8),
            Points(
                "quantity", t("知识产权数量", "number of rights"), within(innovation.right_quantity_points, _quantity(0), _quantity(1)), 8
            ),
            Points("source", t("获得方式", "how obtained"), within(innovation.right_source_points, _source(1, 1), _source(6, 3)), 6),
            Points("bonus", t("参与标准编制加分", "bonus for standards"), innovation.standard_bonus_points, 2),
        ),
        30,
    ),
    30,
)
TRANSFER = Points(
    "transfer",
    t("科技成果转化能力（近三年年均项数）", "putting results to use (yearly mean of three years)"),
    within(
        innovation.transfer_points,
        bands(innovation.transfers_3y, (15, 25), (12, 19), (9, 13), (6, 7), (3, 1)),
        bands(innovation.transfers_3y, (15, 30), (12, 24), (9, 18), (6, 12), (3, 6)),
    ),
    30,
)
ORGANISATION = Points("organisation", t("研究开发组织管理水平", "R&D organisation"), innovation.organisation_points, 20)
NET_ASSETS = Points(
    "net_assets_growth",
    t("净资产增长率", "growth of net assets"),
    _growth(innovation.net_assets_growth_points, Growth(growth.net_assets_2, growth.net_assets_1, firm.net_assets)),
    10,
)
SALES = Points(
    "sales_growth",
    t("销售收入增长率", "growth of sales"),
    _growth(innovation.sales_growth_points, Growth(firm.sales_2, firm.sales_1, firm.sales)),
    10,
)
SCORE = total(RIGHTS, TRANSFER, ORGANISATION, NET_ASSETS, SALES)

RD = total(firm.rd, firm.rd_1, firm.rd_2)
INTENSITY = ratio(RD, total(firm.sales, firm.sales_1, firm.sales_2))


def _floor(key: str, share: int, sales: Text) -> Compare:
    text = t("{sales}的，近三年研发费用占同期销售收入不低于 {share}%", "{sales}: R&D of three years is {share} % of their sales or more")
    return at_least(key, INTENSITY, percent(share), Clause("条件 5", text.format(sales=sales, share=share)))


CONDITIONS = all_of(
    at_least(
        "age",
        Elapsed(firm.registered_on, "days"),
        365,
        Clause(
            "条件 1",
            t("申请时注册成立满一年（不少于 365 个日历天）", "registered for a year (365 days) at application"),
            "memory",
            "0.95",
            GUIDE,
        ),
    ),
    yes(
        "core_right",
        innovation.owns_core_right,
        Clause("条件 2", t("拥有对主要产品（服务）起核心支持作用的知识产权", "owns rights that are the core support of the main product")),
    ),
    none_of(
        "field",
        innovation.key_tech_field,
        {"none"},
        Clause("条件 3", t("核心技术属于国家重点支持的高新技术领域（八类）", "core technology within the eight state-supported fields")),
    ),
    at_least(
        "staff",
        ratio(firm.rd_staff, firm.employees),
        percent(10),
        Clause("条件 4", t("科技人员占当年职工总数不低于 10%", "S&T staff are 10 % of the staff of the year or more")),
    ),
    by_case(
        (
            when(firm.sales, "<=", wan(5000)),
            _floor("rd_5", 5, t("上一年销售收入不超过 5000 万元", "sales of ¥50 million at most last year")),
        ),
        (when(firm.sales, "<=", yi(2)), _floor("rd_4", 4, t("超过 5000 万元、不超过 2 亿元", "more than ¥50 and at most ¥200 million"))),
        (None, _floor("rd_3", 3, t("超过 2 亿元", "more than ¥200 million"))),
    ),
    at_least(
        "rd_at_home",
        ratio(RD - innovation.rd_abroad_3y, RD),
        percent(60),
        Clause("条件 5", t("在中国境内发生的研发费用不低于全部研发费用的 60%", "60 % of all R&D or more is spent inside China")),
    ),
    at_least(
        "high_tech_income",
        ratio(innovation.high_tech_income, innovation.total_income),
        percent(60),
        Clause(
            "条件 6", t("上一年高新技术产品（服务）收入不低于总收入的 60%", "high-tech income is 60 % of all income of last year or more")
        ),
    ),
    more_than("score", SCORE, 70, Clause("条件 7", t("企业创新能力评价得分超过 70 分", "an innovation score above 70"), document=GUIDE)),
    no(
        "trouble",
        innovation.trouble_before_application,
        Clause(
            "条件 8",
            t(
                "申请前一年内无重大安全、质量事故和严重环境违法",
                "no major accident or environmental violation in the year before application",
            ),
        ),
    ),
)


def _saving(case: Case) -> Fraction:
    return max(Fraction(case[firm.taxable_income]), Fraction(0)) * percent(10)


EDITIONS = (
    Edition(
        "2016",
        dt.date(2016, 1, 1),
        None,
        SOURCE,
        CONDITIONS,
        score=SCORE,
        figures=(
            Figure(
                "saving",
                t("按 15% 而非 25% 缴纳企业所得税，一年少缴", "income tax saved a year at 15 % instead of 25 %"),
                "CNY",
                (firm.taxable_income,),
                _saving,  # no worth of its own: whoever is certified has it by hnte_rate
            ),
        ),
        dates_rest_on="memory",
        notes=(
            Note(t("证书有效期三年（凭记忆，请核对）", "a certificate is valid for three years (from memory, check)")),
            Note(
                t("Ⅱ 类知识产权只能用于一次认定（凭记忆，请核对）", "a Class II right serves for one recognition only (from memory, check)")
            ),
            Note(
                t(
                    "另有网页给出不同的评分细项（如每档 6–10、3–6，增长 16–20）；这里用两份一致的指引表",
                    "another page gives other points (6–10, 3–6; growth 16–20); two copies of the guidelines agree on these",
                )
            ),
        ),
    ),
)

FIRM = {
    "registered_on": "2018-03-01",
    "owns_core_right": True,
    "key_tech_field": "electronics",
    "employees": 50,
    "rd_staff": 6,
    "sales_2": "2000万元",
    "sales_1": "2600万元",
    "sales": "3250万元",
    "rd_2": "120万元",
    "rd_1": "130万元",
    "rd": "160万元",
    "rd_abroad_3y": 0,
    "high_tech_income": "2400万元",
    "total_income": "3250万元",
    "trouble_before_application": False,
}
RISING = {"net_assets_2": "1000万元", "net_assets_1": "1200万元", "net_assets": "1500万元"}
EXPERTS = {
    "class_1": 1,
    "class_2": 0,
    "right_self_developed": True,
    "right_advance_points": 8,
    "right_core_points": 8,
    "right_quantity_points": 7,
    "right_source_points": 4,
    "standard_bonus_points": 0,
    "transfers_3y": 12,
    "transfer_points": 22,
    "organisation_points": 15,
}
FLAT = {"net_assets_2": "1000万元", "net_assets_1": "1000万元", "net_assets": "1000万元", "sales_2": "3250万元", "sales_1": "3250万元"}
SEVENTY = {**FIRM, **FLAT, **EXPERTS, "rd": "300万元", "rd_1": "200万元", "transfer_points": 24, "organisation_points": 19}
TYPICAL = {**FIRM, **RISING, **EXPERTS}
LARGE = {**TYPICAL, "sales_2": 40_000_000, "sales_1": 44_000_000, "rd": 2_200_000, "rd_1": 2_100_000, "rd_2": 1_900_000}
LARGE |= {"high_tech_income": "4000万元", "total_income": "5000万元", "organisation_points": 20, "transfer_points": 24}
BANDS = {
    "class_1": 1,
    "class_2": 0,
    "right_self_developed": True,
    "right_advance_points": [7, 8],
    "right_core_points": [7, 8],
    "transfers_3y": 15,
    "standard_bonus_points": 0,
}
ON = dt.date(2025, 6, 10)

EXAMPLES = (
    Example("O-2.1", t("八项条件齐备，得分 76–78", "all eight conditions, a score of 76–78"), ON, TYPICAL, "eligible", score=(76, 78)),
    Example(
        "O-2.2",
        t("销售收入恰 5000 万元，适用 5%", "sales of exactly ¥50 million: the floor is 5 %"),
        ON,
        {**LARGE, "sales": 50_000_000},
        "not_eligible",
        unmet=("rd_5",),
        short={"rd": 2_700_000},
    ),
    Example(
        "O-2.2 one more",
        t("多一元即适用 4%", "one yuan more, and it is 4 %"),
        ON,
        {**LARGE, "sales": 50_000_001},
        "eligible",
    ),
    Example(
        "O-2.3",
        t("恰好 70 分不通过", "exactly 70 does not pass"),
        ON,
        SEVENTY,
        "not_eligible",
        score=(70, 70),
        unmet=("score",),
        short={"organisation_points": 20},
        way={"organisation_points": 20},
    ),
    Example("71", t("71 分通过", "71 passes"), ON, {**SEVENTY, "organisation_points": 20}, "eligible", score=(71, 71)),
    Example(
        "O-2.4",
        t("组织管理未评，区间 59–94", "organisation not yet judged: 59–94"),
        ON,
        {**FIRM, **RISING, **BANDS},
        "undetermined",
        score=(59, 94),
        short={"organisation_points": 12},
    ),
    Example(
        "O-2.4 safe",
        t("组织管理 12 分即稳过", "12 for organisation is safe"),
        ON,
        {**FIRM, **RISING, **BANDS, "organisation_points": 12},
        "eligible",
        score=(71, 86),
    ),
    Example(
        "O-2.4 not yet safe",
        t("组织管理 11 分仍不确定", "11 for organisation leaves it open"),
        ON,
        {**FIRM, **RISING, **BANDS, "organisation_points": 11},
        "undetermined",
        score=(70, 85),
    ),
    Example(
        "O-2.5",
        t("应纳税所得额 1000 万元，一年少缴 100 万元", "taxable income of ¥10 million: ¥1 million saved a year"),
        ON,
        {**TYPICAL, "taxable_income": "1000万元"},
        "eligible",
        figures={"saving": 1_000_000},
    ),
    Example(
        "loss",
        t("亏损年度无节税", "nothing saved in a year of loss"),
        ON,
        {**TYPICAL, "taxable_income": -1},
        "eligible",
        figures={"saving": 0},
    ),
    Example("365 days", t("满 365 天", "365 days old"), ON, {**TYPICAL, "registered_on": "2024-06-10"}, "eligible"),
    Example("364 days", t("差一天", "a day short"), ON, {**TYPICAL, "registered_on": "2024-06-11"}, "not_eligible", unmet=("age",)),
    Example(
        "staff",
        t("科技人员不足 10%", "too few S&T staff"),
        ON,
        {**TYPICAL, "rd_staff": 4},
        "not_eligible",
        unmet=("staff",),
        way={"rd_staff": 5},
    ),
    Example(
        "abroad",
        t("境外研发恰 40%", "40 % of R&D abroad"),
        ON,
        {**TYPICAL, "rd_abroad_3y": "164万元"},
        "eligible",
    ),
    Example(
        "too much abroad",
        t("境外研发超过 40%", "more than 40 % of R&D abroad"),
        ON,
        {**TYPICAL, "rd_abroad_3y": 1_640_001},
        "not_eligible",
        unmet=("rd_at_home",),
    ),
    Example(
        "unknown staff",
        t("职工总数未填", "staff unknown"),
        ON,
        {key: value for key, value in TYPICAL.items() if key != "employees"},
        "undetermined",
        missing=("employees",),
    ),
    Example("2015-12-31", t("本版本生效前一日", "the day before this edition"), dt.date(2015, 12, 31), TYPICAL, "not_eligible"),
)

SPEC = Rule(
    key="hnte",
    topic="enterprise",
    name=t("高新技术企业", "high and new technology enterprise"),
    about=t(
        "八项条件须同时满足，其中创新能力评价须超过 70 分；认定后按 15% 缴企业所得税，并可直接用于科技型、创新型中小企业。",
        "Eight conditions together, among them an innovation score above 70; income tax falls to 15 %, other titles open.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="hnte",
    how=t(
        "在高新技术企业认定管理系统自评填报，附近三年审计报告与知识产权、转化、研发组织材料，经专家评审后公示发证",
        "fill in the national recognition system, with three audited years and proofs; experts score it",
    ),
)

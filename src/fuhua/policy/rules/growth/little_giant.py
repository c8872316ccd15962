"""专精特新“小巨人”企业 little giant: the top of the SME ladder, recognised by the ministry.

Why: it opens the cultivation layer of the regional board and is what an incubated niche leader aims at. Source:
工信部企业〔2022〕63号 until 2026-03-31: every condition together, and for R&D a floor that depends on revenue or one of two
fast tracks; from 2026-04-01 the new measures, seen in part, so that their yes must wait for the text.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, growth, innovation
from fuhua.policy.reasoning.conditions import Clause, Compare, Open, all_of, any_of, at_least, at_most, by_case, none_of, when, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule
from fuhua.policy.reasoning.terms import Operator, percent, ratio, total, wan, yi
from fuhua.policy.rules.growth.sme_ladder import CHANGED, FIRST, FIRST_SINCE, FIRST_UNTIL, SECOND, SECOND_SINCE


def _yearly(key: str, share: int, revenue: Text, *, last: bool) -> Compare:
    text = t("营业收入{revenue}：{year}研发费用占比不低于 {share}%", "revenue {revenue}: R&D of {year} is {share} % of revenue or more")
    year = t("上一年", "the last year") if last else t("前一年", "the year before")
    of = ratio(firm.rd, firm.sales) if last else ratio(firm.rd_1, firm.sales_1)
    return at_least(key, of, percent(share), Clause("创新能力", text.format(revenue=revenue, year=year, share=share)))


LARGE, MIDDLE = t("不低于 1 亿元", "of ¥100 million or more"), t("5000 万元至 1 亿元", "of ¥50–100 million")
RD = by_case(
    (
        when(firm.sales, ">=", yi(1)),
        all_of(_yearly("rd_large", 3, LARGE, last=True), _yearly("rd_large_before", 3, LARGE, last=False)),
    ),
    (
        when(firm.sales, ">=", wan(5000)),
        all_of(_yearly("rd_middle", 6, MIDDLE, last=True), _yearly("rd_middle_before", 6, MIDDLE, last=False)),
    ),
    (
        None,
        all_of(
            at_least(
                "equity_small",
                growth.new_equity_2y,
                wan(8000),
                Clause(
                    "创新能力",
                    t(
                        "营业收入不足 5000 万元：近两年新增股权融资不低于 8000 万元",
                        "revenue below ¥50 million: new equity of ¥80 million in two years",
                    ),
                ),
            ),
            at_least("rd_small", firm.rd, wan(3000), Clause("创新能力", t("且研发投入不低于 3000 万元", "and R&D of ¥30 million or more"))),
            at_least(
                "staff_small",
                ratio(firm.rd_staff, firm.employees),
                percent(50),
                Clause("创新能力", t("且研发人员占比不低于 50%", "and R&D staff are half of all staff or more")),
            ),
        ),
    ),
)
INNOVATION = any_of(
    all_of(
        RD,
        none_of("rd_body", innovation.rd_body_level, {"none"}, Clause("创新能力", t("建有研发机构", "has an R&D body"))),
        at_least(
            "class_1",
            innovation.class_1_in_use,
            2,
            Clause("创新能力", t("实际应用的 Ⅰ 类知识产权不少于 2 项", "two Class I rights in use or more")),
        ),
    ),
    yes(
        "award",
        growth.national_award_top3,
        Clause("创新直通", t("近三年获国家级科技奖励并排名前三", "a national S&T award in three years, among the first three")),
    ),
    yes(
        "maker_china",
        growth.maker_china_50,
        Clause("创新直通", t("近三年进入“创客中国”全国 50 强", "national top 50 of “Maker in China” in three years")),
    ),
)
FIRST_CONDITIONS = all_of(
    at_least("niche", growth.niche_years, 3, Clause("专", t("从事特定细分市场满 3 年", "three years in the niche or more"))),
    at_least(
        "main_share",
        growth.main_share,
        percent(70),
        Clause("专", t("主营业务收入占比不低于 70%", "main business is 70 % of revenue or more")),
    ),
    at_least(
        "growth",
        growth.main_growth_2y,
        percent(5),
        Clause("专", t("近两年主营业务收入平均增长率不低于 5%", "main business grew by 5 % or more, mean of two years")),
    ),
    yes(
        "system",
        growth.core_process_on_system,
        Clause("精", t("至少一项核心业务采用信息系统", "one core process or more on an information system")),
    ),
    yes(
        "certified",
        growth.system_certified,
        Clause("精", t("取得管理体系认证或产品境外认证", "a management-system certificate, or the product certified overseas")),
    ),
    at_most("debt", growth.debt_ratio, percent(70), Clause("精", t("资产负债率不高于 70%", "a debt ratio of 70 % at most"))),
    at_least(
        "niche_share",
        growth.national_niche_share,
        percent(10),
        Clause("特", t("主导产品在全国细分市场占有率不低于 10%", "10 % of the national niche market or more")),
    ),
    yes("brand", growth.own_brand, Clause("特", t("拥有自主品牌", "has its own brand"))),
    INNOVATION,
    yes("chain", growth.chain_key_link, Clause("链", t("位于产业链关键环节", "stands at a key link of an industry chain"))),
    yes(
        "product",
        growth.base_product_field,
        Clause("品", t("主导产品属核心基础产品等领域", "its main product is in the fields of core basic products")),
    ),
)

NATIONAL_FLOOR = Operator(
    "little_giant.national_share", "percent", t("全国细分市场占有率下限", "least share of the national niche market"), high=1
)
WORLD_FLOOR = Operator(
    "little_giant.world_share", "percent", t("国际细分市场占有率下限", "least share of the international niche market"), high=1
)
SECOND_CONDITIONS = all_of(
    at_least(
        "revenue", firm.sales, wan(5000), Clause("规模", t("上一年营业收入不低于 5000 万元", "revenue of ¥50 million or more last year"))
    ),
    at_least(
        "rd_two_years",
        total(firm.rd, firm.rd_1),
        wan(1200),
        Clause("创新能力", t("近两年研发费用合计不低于 1200 万元", "R&D of two years together ¥12 million or more")),
    ),
    at_least(
        "class_1",
        innovation.class_1_self_applied,
        4,
        Clause(
            "创新能力",
            t(
                "自行申请且权利人排名前三的 Ⅰ 类知识产权不少于 4 项",
                "four Class I rights or more, self-applied, among the first three owners",
            ),
        ),
    ),
    at_least(
        "quality",
        growth.development_quality_points,
        60,
        Clause("质量评价", t("专精特新发展质量评价得分不低于 60 分", "a score of 60 or more in the quality evaluation")),
    ),
    any_of(
        at_least(
            "national_share",
            growth.national_niche_share,
            NATIONAL_FLOOR,
            Clause(
                "市场", t("全国细分市场占有率达标（新办法数值未核）", "share of the national niche (the new number not checked)"), "gap"
            ),
        ),
        at_least(
            "world_share",
            growth.world_niche_share,
            WORLD_FLOOR,
            Clause("市场", t("或国际细分市场占有率达标（数值未见公开）", "or share of the international niche (number not public)"), "gap"),
        ),
    ),
    Open(
        "rest",
        Clause("其余条件", t("新办法其余条件未见公开文本，须核对", "the other conditions of the new measures have not been seen"), "gap"),
    ),
)

EDITIONS = (
    Edition(
        "2022",
        FIRST_SINCE,
        FIRST_UNTIL,
        FIRST,
        FIRST_CONDITIONS,
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "流传的“营收不超过 4 亿元”“研发合计超过 1000 万元”“增长不低于 10%”不见于部颁文本，不采用",
                    "“revenue of ¥400 million at most”, “R&D above ¥10 million”, “10 % growth” circulate; the ministry has none of them",
                )
            ),
        ),
    ),
    Edition("2026", SECOND_SINCE, None, SECOND, SECOND_CONDITIONS, notes=(CHANGED,)),
)

FIRM = {
    "niche_years": 5,
    "main_share": 85,
    "main_growth_2y": 8,
    "core_process_on_system": True,
    "system_certified": True,
    "debt_ratio": 50,
    "national_niche_share": 12,
    "own_brand": True,
    "rd_body_level": "provincial",
    "class_1_in_use": 3,
    "national_award_top3": False,
    "maker_china_50": False,
    "chain_key_link": True,
    "base_product_field": True,
    "sales": "8000万元",
    "sales_1": "7500万元",
    "rd": "440万元",
    "rd_1": "465万元",
    "employees": 100,
    "rd_staff": 30,
    "new_equity_2y": 0,
}
SMALL = {**FIRM, "sales": 49_999_999, "rd": "3000万元", "rd_staff": 50, "new_equity_2y": "8000万元"}
NEW = {**FIRM, "rd": "735万元", "class_1_self_applied": 4, "development_quality_points": 60, "world_niche_share": 10}
ON, LATER = dt.date(2025, 6, 1), dt.date(2026, 5, 1)
FAST = ("award", "maker_china")

EXAMPLES = (
    Example(
        "O-3.6",
        t("收入 8000 万元，两年研发 5.5% 与 6.2%，须各 6%", "revenue of ¥80 million, R&D of 5.5 and 6.2 %: each must be 6 %"),
        ON,
        FIRM,
        "not_eligible",
        unmet=("rd_middle", *FAST),
        short={"rd": 4_800_000},
        way={"rd": 4_800_000},
    ),
    Example(
        "O-3.6 larger",
        t("收入 1 亿元，下限为 3%", "revenue of ¥100 million: the floor is 3 %"),
        ON,
        {**FIRM, "sales": "1亿元", "rd": "550万元"},
        "eligible",
    ),
    Example(
        "one yuan below",
        t("差一元不到 1 亿元，仍须 6%", "a yuan below ¥100 million: 6 %"),
        ON,
        {**FIRM, "sales": 99_999_999, "rd": "550万元"},
        "not_eligible",
    ),
    Example("exactly 6 %", t("两年恰 6%", "exactly 6 % in both years"), ON, {**FIRM, "rd": "480万元", "rd_1": "450万元"}, "eligible"),
    Example(
        "50 million", t("收入恰 5000 万元按 6%", "exactly ¥50 million: 6 %"), ON, {**FIRM, "sales": "5000万元", "rd": "300万元"}, "eligible"
    ),
    Example("small", t("收入不足 5000 万元走融资路径", "below ¥50 million, by equity"), ON, SMALL, "eligible"),
    Example(
        "small, less equity",
        t("融资差一元", "equity one yuan short"),
        ON,
        {**SMALL, "new_equity_2y": 79_999_999},
        "not_eligible",
        unmet=("equity_small", *FAST),
        short={"new_equity_2y": 80_000_000},
    ),
    Example(
        "fast track", t("创客中国 50 强可代替研发各项", "the top 50 stand in for R&D"), ON, {**FIRM, "maker_china_50": True}, "eligible"
    ),
    Example(
        "share of the niche",
        t("全国细分市场占有率 9.99%", "9.99 % of the national niche"),
        ON,
        {**FIRM, "rd": "480万元", "national_niche_share": "9.99"},
        "not_eligible",
        unmet=("niche_share",),
        short={"national_niche_share": 10},
    ),
    Example(
        "unknown certificate",
        t("认证情况未填", "certificates unknown"),
        ON,
        {key: value for key, value in FIRM.items() if key != "system_certified"} | {"rd": "480万元"},
        "undetermined",
        missing=("system_certified",),
    ),
    Example(
        "new",
        t("新办法：已见条件都满足，其余待核", "new measures: what is known is met, the rest must be checked"),
        LATER,
        NEW,
        "undetermined",
    ),
    Example(
        "new R&D",
        t("两年研发合计差一元", "R&D of two years one yuan short"),
        LATER,
        {**NEW, "rd": 7_349_999},
        "not_eligible",
        unmet=("rd_two_years",),
        short={"rd": 7_350_000},
    ),
    Example(
        "new rights",
        t("自行申请的 Ⅰ 类 3 项", "three self-applied rights"),
        LATER,
        {**NEW, "class_1_self_applied": 3},
        "not_eligible",
        unmet=("class_1",),
    ),
    Example(
        "new small",
        t("新办法下收入须 5000 万元", "¥50 million are needed now"),
        LATER,
        {**NEW, "sales": 49_999_999},
        "not_eligible",
        unmet=("revenue",),
    ),
    Example(
        "new shares",
        t("两个占有率下限都设定且都不达", "both floors set and neither reached"),
        LATER,
        NEW,
        "not_eligible",
        unmet=("national_share", "world_share"),
        tables={"little_giant.national_share": percent(15), "little_giant.world_share": percent(15)},
    ),
    Example("2022-07-31", t("旧办法生效前一日", "the day before the first measures"), dt.date(2022, 7, 31), SMALL, "not_eligible"),
    Example("2022-08-01", t("旧办法生效首日", "the first day of the first measures"), dt.date(2022, 8, 1), SMALL, "eligible"),
    Example("2026-03-31", t("旧办法最后一日", "the last day of the first measures"), dt.date(2026, 3, 31), SMALL, "eligible"),
    Example("2026-04-01", t("新办法首日", "the first day of the new measures"), dt.date(2026, 4, 1), SMALL, "not_eligible"),
)

SPEC = Rule(
    key="little_giant",
    topic="growth",
    name=t("专精特新“小巨人”企业", "little giant"),
    about=t(
        "专、精、特、新、链、品各项条件须同时满足；研发下限随营业收入分三档，也可走创新直通。",
        "Conditions of niche, refinement, features, innovation, chain and product together; R&D by revenue, or a fast track.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="little_giant",
    how=t(
        "经省级主管部门推荐，由工业和信息化部审核、公示并认定",
        "recommended by the provincial office; the ministry examines, publishes and recognises",
    ),
)

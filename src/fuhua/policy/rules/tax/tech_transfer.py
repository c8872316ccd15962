"""技术转让所得减免企业所得税 relief from income tax on technology transfer: an allowance free, the rest at half.

Why: a venture that sells or licenses its technology pays little or no tax on what it earns net; in the specified area of
Zhongguancun the free part is four times as large. Source: 企业所得税法实施条例 article 90; 财税〔2020〕61号 for the area.
The relief is on net income (所得), not on receipts, and the half is a half of 25 % even for a firm otherwise at 15 %.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import tax
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, by_case, more_than, no, when_yes, yes
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan

SOURCE = Source("企业所得税法实施条例", t("技术转让所得的税收优惠", "Relief for income from technology transfer"))
ARTICLE = "第九十条"
STATUTORY = percent(25)
FREE, FREE_IN_AREA = wan(500), wan(2000)

COMMON = (
    yes(
        "qualifies",
        tax.transfer_qualifies,
        Clause(ARTICLE, t("符合条件的技术转让", "a qualifying transfer of technology")),
    ),
    more_than("income", tax.transfer_income, 0, Clause(ARTICLE, t("当年有技术转让所得", "some income from it in the year"), "derived")),
)
BEFORE = all_of(
    *COMMON,
    no(
        "licence",
        tax.nonexclusive_licence,
        Clause("许可使用权", t("2015-10-01 以前非独占许可不享受", "no relief for a non-exclusive licence before 2015-10-01"), "derived"),
    ),
)
SINCE = all_of(
    *COMMON,
    by_case(
        (
            when_yes(tax.nonexclusive_licence),
            at_least(
                "licence",
                tax.licence_years,
                5,
                Clause("许可使用权", t("非独占许可使用权须在 5 年以上", "a non-exclusive licence must run five years or more")),
            ),
        ),
        (None, all_of()),
    ),
)


def _free(case: Case) -> int:
    """What is free of tax in fen; where the firm stands matters from 2020 on, and only above the general allowance."""
    if case.on < dt.date(2020, 1, 1) or case[tax.transfer_income] <= FREE:
        return FREE
    return FREE_IN_AREA if case[tax.zgc_specified_area] else FREE


def _tax(case: Case) -> Fraction:
    return max(0, case[tax.transfer_income] - _free(case)) * Fraction(1, 2) * STATUTORY


def _saving(case: Case) -> Fraction:
    return case[tax.transfer_income] * STATUTORY - _tax(case)


def _saving_at_own_rate(case: Case) -> Fraction:
    return case[tax.transfer_income] * case[tax.cit_rate] - _tax(case)


def _figures(*place: object) -> tuple[Figure, ...]:
    asked = (tax.transfer_income, *place)
    half = Clause(
        "减半", t("减半从 25% 计算，不从 15%", "the half is of 25 %, not of 15 %"), "memory", "0.9", document="国税函〔2010〕157号"
    )
    return (
        Figure("tax", t("技术转让所得应缴企业所得税", "income tax on the transfer"), "CNY", asked, _tax, half),
        Figure("saving", t("比按 25% 全额计税少缴", "saved against 25 % on all of it"), "CNY", asked, _saving, worth=True),
        Figure(
            "saving_at_own_rate",
            t("比按本企业适用税率计税少缴", "saved against the firm's own rate"),
            "CNY",
            (*asked, tax.cit_rate),
            _saving_at_own_rate,
        ),
    )


NET = Note(
    t(
        "有资料写作“收入”免税，来源相互矛盾；条文针对的是扣除成本税费后的“所得”，本规则按所得计算",
        "one source says receipts are free; the text speaks of net income, and that is used here",
    )
)
AREA = Note(
    t(
        "中关村特定区域的 2000 万元免税额度未见公开的截止日，享受前请核对是否仍在执行（财税〔2020〕61号）",
        "no end date of the ¥20 million allowance of the Zhongguancun area has been seen: check that it still runs (circular 61 of 2020)",
    )
)

EDITIONS = (
    Edition("2008", dt.date(2008, 1, 1), dt.date(2015, 9, 30), SOURCE, BEFORE, figures=_figures(), notes=(NET,)),
    Edition("2015", dt.date(2015, 10, 1), dt.date(2019, 12, 31), SOURCE, SINCE, figures=_figures(), notes=(NET,)),
    Edition("2020", dt.date(2020, 1, 1), None, SOURCE, SINCE, figures=_figures(tax.zgc_specified_area), notes=(NET, AREA)),
)

OUTSIDE = {"transfer_qualifies": True, "transfer_income": "800万元", "nonexclusive_licence": False, "zgc_specified_area": False}
INSIDE = {**OUTSIDE, "zgc_specified_area": True}
LICENCE = {**OUTSIDE, "nonexclusive_licence": True}
ON = dt.date(2021, 12, 31)

EXAMPLES = (
    Example(
        "O-5.4",
        t("特定区域以外，所得 800 万元", "¥8 million outside the area"),
        ON,
        OUTSIDE,
        "eligible",
        figures={"tax": 375_000, "saving": 1_625_000, "saving_at_own_rate": None},
    ),
    Example(
        "O-5.4 area",
        t("中关村特定区域内，2021 年", "in the Zhongguancun area, 2021"),
        ON,
        INSIDE,
        "eligible",
        figures={"tax": 0, "saving": 2_000_000},
    ),
    Example(
        "area 2019",
        t("2019 年特定区域尚无更高额度", "no larger allowance in the area in 2019"),
        dt.date(2019, 12, 31),
        INSIDE,
        "eligible",
        figures={"tax": 375_000, "saving": 1_625_000},
    ),
    Example(
        "area 2020",
        t("2020 年首日起 2000 万元", "¥20 million from the first day of 2020"),
        dt.date(2020, 1, 1),
        {**INSIDE, "transfer_income": "2000万元"},
        "eligible",
        figures={"tax": 0, "saving": 5_000_000},
    ),
    Example(
        "high-tech firm",
        t("高新技术企业：减半仍从 25% 计算", "a high-tech enterprise: still a half of 25 %"),
        ON,
        {**OUTSIDE, "cit_rate": 15},
        "eligible",
        figures={"tax": 375_000, "saving_at_own_rate": 825_000},
    ),
    Example(
        "exactly free",
        t("恰为 500 万元", "exactly ¥5 million"),
        ON,
        {**OUTSIDE, "transfer_income": "500万元"},
        "eligible",
        figures={"tax": 0, "saving": 1_250_000},
    ),
    Example(
        "one step over",
        t("超过 8 元，超出部分减半", "eight yuan over: the excess at half"),
        ON,
        {**OUTSIDE, "transfer_income": 5_000_008},
        "eligible",
        figures={"tax": 1, "saving": 1_250_001},
    ),
    Example(
        "place unknown",
        t("不知是否在特定区域：可享受，金额待定", "place unknown: entitled, the amount is open"),
        ON,
        {key: value for key, value in OUTSIDE.items() if key != "zgc_specified_area"},
        "eligible",
        figures={"tax": None, "saving": None},
    ),
    Example(
        "licence of 5 years", t("5 年非独占许可", "a non-exclusive licence of five years"), ON, {**LICENCE, "licence_years": 5}, "eligible"
    ),
    Example(
        "licence of 4.99 years",
        t("不足 5 年的非独占许可", "just short of five years"),
        ON,
        {**LICENCE, "licence_years": "4.99"},
        "not_eligible",
        unmet=("licence",),
    ),
    Example("licence unknown", t("许可年限未填", "licence without its years"), ON, LICENCE, "undetermined", missing=("licence_years",)),
    Example(
        "licence 2015-09-30",
        t("2015-10-01 以前非独占许可不享受", "a non-exclusive licence the day before"),
        dt.date(2015, 9, 30),
        {**LICENCE, "licence_years": 5},
        "not_eligible",
        unmet=("licence",),
    ),
    Example(
        "licence 2015-10-01",
        t("自 2015-10-01 起享受", "a non-exclusive licence from the day on"),
        dt.date(2015, 10, 1),
        {**LICENCE, "licence_years": 5},
        "eligible",
    ),
    Example("no income", t("没有所得", "no income"), ON, {**OUTSIDE, "transfer_income": 0}, "not_eligible", unmet=("income",)),
)

SPEC = Rule(
    key="tech_transfer",
    topic="tax",
    name=t("技术转让所得减免", "relief for technology transfer income"),
    about=t(
        "一个纳税年度内技术转让所得 500 万元（2020 年起中关村特定区域 2000 万元）以内免税，超出部分减半。",
        "Net income from technology transfer is free up to ¥5 million a year (¥20 million in the Zhongguancun area from 2020), "
        "the rest taxed at half.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t(
        "单独核算技术转让的收入、成本和费用，汇算清缴时填报减免，合同等资料留存备查",
        "account for the transfer separately, claim in the yearly return, and keep the contract and papers",
    ),
)

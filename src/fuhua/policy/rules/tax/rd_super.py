"""研发费用加计扣除 R&D super-deduction: R&D spending lowers taxable income by more than was spent.

Why: it is the tax benefit nearly every venture can have, without any title; from 2023 at one rate for all, before that
at a rate that depended on the year, the trade and the title. Source: 公告2023年第7号; earlier rates as published for
their years. What is amortised of R&D that became an intangible asset gets the same extra rate on the amortisation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import firm, tax
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, more_than, none_of, one_of, yes
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Level, Note, Rule, Source
from fuhua.policy.reasoning.terms import total

SOURCE_75 = Source(
    "研发费用加计扣除 75% 政策（2018 年起，文号待核）", t("提高研发费用税前加计扣除比例", "Raising the R&D super-deduction to 75 %")
)
SOURCE_2022 = Source(
    "研发费用加计扣除 2022 年政策（文号待核）",
    t("2022 年科技型中小企业全年、其他企业第四季度按 100% 加计", "100 % in 2022 for technology SMEs, in the fourth quarter for the others"),
)
SOURCE_2023 = Source(
    "公告2023年第7号", t("进一步完善研发费用税前加计扣除政策", "Further improving the R&D super-deduction")
)  # fmt: skip
EXCLUDED = {"tobacco", "lodging_catering", "wholesale_retail", "real_estate", "leasing_business_services", "entertainment"}

CONDITIONS = all_of(
    none_of(
        "industry",
        tax.main_industry,
        EXCLUDED,
        Clause(
            "不适用行业",
            t(
                "主营业务不属于烟草、住宿餐饮、批发零售、房地产、租赁和商务服务、娱乐业",
                "main business not tobacco, lodging and catering, wholesale and retail, real estate, leasing and business services "
                "or entertainment",
            ),
            "memory",
            "0.97",
        ),
    ),
    more_than(
        "rd",
        total(tax.rd_expensed, tax.rd_amortised),
        0,
        Clause(
            "加计基数",
            t("当年有费用化的研发费用或研发形成无形资产的摊销", "some R&D expensed, or amortised from R&D assets, in the year"),
            "derived",
        ),
    ),
)

MANUFACTURER = one_of(
    "manufacturing",
    tax.main_industry,
    {"manufacturing"},
    Clause("加计比例", t("制造业自 2021 年起按 100%", "manufacturing: 100 % from 2021"), "memory", "0.95"),
)
TECH_SME = yes(
    "tech_sme",
    firm.tech_sme_valid,
    Clause("加计比例", t("科技型中小企业自 2022 年起按 100%", "technology SMEs: 100 % from 2022"), "memory", "0.95"),
)
FULL = t("加计 100%（无形资产按 200% 摊销）", "100 % extra (assets amortised at 200 %)")
GENERAL = Level("75", t("加计 75%（无形资产按 175% 摊销）", "75 % extra (assets amortised at 175 %)"), all_of())
QUARTER = Level("mixed", t("前三季度加计 75%，第四季度加计 100%", "75 % extra for three quarters, 100 % extra for the fourth"), all_of())

RATES = {"100": Fraction(1), "75": Fraction(3, 4), "mixed": Fraction(3, 4) * Fraction(3, 4) + Fraction(1, 4)}


def _extra(case: Case) -> Fraction:
    if case.level != "100" and case.on.year == 2022:
        _ = case[firm.tech_sme_valid]  # in 2022 the title lifts the rate: while it is unknown there is no amount
    return (case[tax.rd_expensed] + case.get(tax.rd_amortised, 0)) * RATES[case.level or "100"]


def _saving(case: Case) -> Fraction:
    return (_extra(case) - _added_loss(case)) * case[tax.cit_rate]


def _added_loss(case: Case) -> Fraction:
    return _extra(case) - min(_extra(case), max(Fraction(0), Fraction(case[tax.income_before_rd_extra])))


def _figures(*deciding: object) -> tuple[Figure, ...]:
    return tuple(_figure(*row, deciding) for row in ROWS)


def _figure(key: str, zh_en: tuple[str, str], compute: Callable[[Case], object], asked: tuple, deciding: tuple) -> Figure:
    clause = Clause("加计比例", t("加计额 = 研发费用 × 加计比例", "extra = R&D × extra rate"), "derived")
    return Figure(key, Text(*zh_en), "CNY", (tax.rd_expensed, *asked, *deciding), compute, clause, worth=key == "saving")


ROWS = (
    ("extra_deduction", ("加计扣除额", "extra deduction"), _extra, ()),
    (
        "saving",
        ("当年少缴企业所得税（以当年所得能抵扣的部分为限）", "income tax saved this year, as far as this year's income absorbs the extra"),
        _saving,
        (tax.cit_rate, tax.income_before_rd_extra),
    ),
    (
        "added_loss",
        (
            "当年所得抵不完、转为亏损向后结转的加计额",
            "extra that this year's income cannot absorb and that raises the loss carried forward",
        ),
        _added_loss,
        (tax.income_before_rd_extra,),
    ),
)

QUARTER_NOTE = Note(
    t(
        "2022 年第四季度起按 100%：2022 年全年数请以当年 10 月 1 日以后的日期判断",
        "100 % from the fourth quarter of 2022: for the whole of 2022 judge on a day from 1 October on",
    ),
    dt.date(2022, 1, 1),
)

EDITIONS = (
    Edition("2018", dt.date(2018, 1, 1), dt.date(2020, 12, 31), SOURCE_75, CONDITIONS, levels=(GENERAL,), figures=_figures()),
    Edition(
        "2021",
        dt.date(2021, 1, 1),
        dt.date(2021, 12, 31),
        SOURCE_75,
        CONDITIONS,
        levels=(Level("100", FULL, MANUFACTURER), GENERAL),
        figures=_figures(),
        dates_rest_on="memory",
    ),
    Edition(
        "2022",
        dt.date(2022, 1, 1),
        dt.date(2022, 9, 30),
        SOURCE_75,
        CONDITIONS,
        levels=(Level("100", FULL, any_of(MANUFACTURER, TECH_SME)), GENERAL),
        figures=_figures(firm.tech_sme_valid),
        notes=(QUARTER_NOTE,),
    ),
    Edition(
        "2022Q4",
        dt.date(2022, 10, 1),
        dt.date(2022, 12, 31),
        SOURCE_2022,
        CONDITIONS,
        levels=(Level("100", FULL, any_of(MANUFACTURER, TECH_SME)), QUARTER),
        figures=_figures(firm.tech_sme_valid),
        notes=(
            Note(
                t(
                    "原按 75% 的企业：第四季度研发费用按全年的 3/12 计算（也可选按实际发生数；凭记忆，置信度 0.9）",
                    "firms on 75 %: the fourth quarter is taken as 3/12 of the year (the actual amount may be chosen; memory, 0.9)",
                )
            ),
        ),
    ),
    Edition(
        "2023",
        dt.date(2023, 1, 1),
        None,
        SOURCE_2023,
        CONDITIONS,
        levels=(Level("100", FULL, all_of()),),
        figures=_figures(),
    ),
)

SERVICE = {"main_industry": "other", "rd_expensed": "200万元", "rd_amortised": 0, "cit_rate": 25, "income_before_rd_extra": "1000万元"}
NO_TITLE = {**SERVICE, "tech_sme_valid": False}


def _example(key: str, text: tuple[str, str], on: dt.date, profile: dict, level: str | None, **figures: int) -> Example:
    return Example(key, Text(*text), on, profile, "eligible", level=level, figures=figures)


EXAMPLES = (
    _example(
        "O-5.2",
        ("2023 年，高新技术企业，盈利", "2023, a high-tech enterprise in profit"),
        dt.date(2023, 12, 31),
        {**SERVICE, "cit_rate": 15},
        "100",
        extra_deduction=2_000_000,
        saving=300_000,
        added_loss=0,
    ),
    _example(
        "O-5.3",
        ("2021 年，服务业企业，税率 25%", "2021, a service firm at 25 %"),
        dt.date(2021, 12, 31),
        SERVICE,
        "75",
        extra_deduction=1_500_000,
        saving=375_000,
    ),
    _example(
        "manufacturing 2020",
        ("制造业在 2020 年仍为 75%", "manufacturing still at 75 % in 2020"),
        dt.date(2020, 12, 31),
        {**SERVICE, "main_industry": "manufacturing"},
        "75",
        saving=375_000,
    ),
    _example(
        "manufacturing 2021",
        ("制造业自 2021 年起 100%", "manufacturing at 100 % from 2021"),
        dt.date(2021, 1, 1),
        {**SERVICE, "main_industry": "manufacturing"},
        "100",
        saving=500_000,
    ),
    _example(
        "tech SME 2022",
        ("科技型中小企业 2022 年全年 100%", "a technology SME: 100 % for all of 2022"),
        dt.date(2022, 1, 1),
        {**SERVICE, "tech_sme_valid": True},
        "100",
        saving=500_000,
    ),
    _example(
        "2022-09-30",
        ("三季度末的一般企业", "a general firm on the last day of the third quarter"),
        dt.date(2022, 9, 30),
        NO_TITLE,
        "75",
        saving=375_000,
    ),
    _example(
        "2022-10-01",
        ("四季度起：全年的 3/12 按 100%", "from the fourth quarter: 3/12 of the year at 100 %"),
        dt.date(2022, 10, 1),
        NO_TITLE,
        "mixed",
        extra_deduction=1_625_000,
        saving=406_250,
    ),
    _example(
        "2022-12-31",
        ("2022 年科技型中小企业的四季度", "the fourth quarter of a technology SME"),
        dt.date(2022, 12, 31),
        {**SERVICE, "tech_sme_valid": True},
        "100",
        extra_deduction=2_000_000,
    ),
    _example(
        "2023-01-01", ("长期执行 100%", "100 % for good"), dt.date(2023, 1, 1), SERVICE, "100", extra_deduction=2_000_000, saving=500_000
    ),
    _example(
        "unknown title 2022",
        ("是否科技型中小企业未知：可享受，金额待定", "title unknown: entitled, the amount is open"),
        dt.date(2022, 6, 30),
        SERVICE,
        "75",
        saving=None,
    ),
    _example(
        "assets",
        ("研发形成的无形资产按 200% 摊销", "intangible assets amortised at 200 %"),
        dt.date(2024, 12, 31),
        {**SERVICE, "rd_expensed": 0, "rd_amortised": "40万元"},
        "100",
        extra_deduction=400_000,
        saving=100_000,
    ),
    _example(
        "small profit",
        ("所得不足以抵扣，余下转为亏损", "income absorbs a part, the rest raises the loss"),
        dt.date(2024, 12, 31),
        {**SERVICE, "income_before_rd_extra": "50万元"},
        "100",
        saving=125_000,
        added_loss=1_500_000,
    ),
    _example(
        "loss",
        ("亏损企业当年不少缴税", "a loss-making firm saves nothing this year"),
        dt.date(2024, 12, 31),
        {**SERVICE, "income_before_rd_extra": "-50万元"},
        "100",
        saving=0,
        added_loss=2_000_000,
    ),
    Example(
        "excluded industry",
        t("零售业不适用", "retail is excluded"),
        dt.date(2024, 12, 31),
        {**SERVICE, "main_industry": "wholesale_retail"},
        "not_eligible",
        unmet=("industry",),
    ),
    Example(
        "no R&D",
        t("没有研发费用", "no R&D at all"),
        dt.date(2024, 12, 31),
        {**SERVICE, "rd_expensed": 0},
        "not_eligible",
        unmet=("rd",),
    ),
    Example(
        "unknown industry",
        t("行业未填", "industry not given"),
        dt.date(2024, 12, 31),
        {"rd_expensed": 1},
        "undetermined",
        missing=("main_industry",),
    ),
    Example("2017", t("2018 年以前没有本版本", "before 2018 no edition is in force"), dt.date(2017, 12, 31), SERVICE, "not_eligible"),
)

SPEC = Rule(
    key="rd_super",
    topic="tax",
    name=t("研发费用加计扣除", "R&D super-deduction"),
    about=t(
        "研发费用在据实扣除之外再加计扣除；2023 年起一律 100%，此前按年度、行业和资格为 75% 或 100%。",
        "R&D is deducted once more on top: 100 % for all from 2023; before, 75 % or 100 % by year, trade and title.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    instead_of=("rd_super_ic",),
    how=t(
        "按项目设置研发支出辅助账，预缴或汇算清缴申报时自行填报享受，资料留存备查",
        "keep an auxiliary ledger by project, claim in the prepayment or yearly return, and keep the papers",
    ),
)

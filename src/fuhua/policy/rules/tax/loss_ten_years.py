"""高新技术企业和科技型中小企业亏损结转 10 年 losses carried forward for ten years instead of five.

Why: a venture spends for years before it earns; with the title in any one year, the losses of the five years before that
year live to their tenth year. Source: 财税〔2018〕76号. Whether the firm had the title when the loss arose is irrelevant
(公告2018年第45号), and a loss that has lapsed is not revived.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, tax
from fuhua.policy.reasoning.conditions import Clause, any_of, yes
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Note, Rule, Source

SOURCE = Source("财税〔2018〕76号", t("延长高新技术企业和科技型中小企业亏损结转年限", "Longer carry-forward of losses"))
FIRST_YEAR, SHORT, LONG = 2018, 5, 10

CONDITIONS = any_of(
    yes("hnte", firm.hnte_valid, Clause("资格", t("当年具备高新技术企业资格", "a high-tech enterprise this year"))),
    yes("tech_sme", firm.tech_sme_valid, Clause("资格", t("当年具备科技型中小企业资格", "a technology SME this year"))),
    yes(
        "before",
        tax.hnte_or_tech_sme_before,
        Clause("资格", t("2018 年以来某一年度曾具备其中一项资格", "one of the two in some year since 2018")),
    ),
)


def _title_years(case: Case) -> set[int]:
    years = {year for year, held in case[tax.title_years].items() if held and FIRST_YEAR <= year <= case.on.year}
    if case.get(firm.hnte_valid, False) or case.get(firm.tech_sme_valid, False):
        years.add(case.on.year)
    return years


def last_year(arose: int, titles: set[int]) -> int:
    """The last year in which a loss can be set off: its tenth if a title fell within its first five, else its fifth."""
    longer = any(title - SHORT <= arose < title for title in titles)
    return arose + (LONG if longer else SHORT)


def _alive(case: Case, titles: set[int]) -> list[tuple[int, int]]:
    """(last year, amount) of the losses still usable, the first to lapse first."""
    losses = ((last_year(arose, titles), amount) for arose, amount in case[tax.unabsorbed_losses].items() if arose < case.on.year)
    return sorted((last, amount) for last, amount in losses if last >= case.on.year and amount > 0)


def _usable(case: Case) -> int:
    return sum(amount for _last, amount in _alive(case, _title_years(case)))


def _lapsed(case: Case) -> int:
    return sum(amount for arose, amount in case[tax.unabsorbed_losses].items() if arose < case.on.year) - _usable(case)


def _income(case: Case) -> int:
    return max(0, case[tax.income_before_losses])


def _used(case: Case) -> int:
    return min(_usable(case), _income(case))


def _taxable(case: Case) -> int:
    return _income(case) - _used(case)


def _left(case: Case) -> int:
    return _usable(case) - _used(case)


def _expiry(case: Case) -> dt.date | None:
    spent = _used(case)
    for last, amount in _alive(case, _title_years(case)):
        if amount > spent:
            return dt.date(last, 12, 31)
        spent -= amount
    return None


def _saving(case: Case) -> Fraction:
    in_five = sum(amount for _last, amount in _alive(case, set()))
    return (_used(case) - min(in_five, _income(case))) * Fraction(case[tax.cit_rate])


LOSSES = (tax.unabsorbed_losses, tax.title_years)
WITH_INCOME = (*LOSSES, tax.income_before_losses)
FIGURES = (
    Figure(
        "usable",
        t("当年可弥补的以前年度亏损", "earlier losses usable this year"),
        "CNY",
        LOSSES,
        _usable,
        Clause(
            "结转年限", t("该资格年度之前 5 个年度的亏损结转 10 年", "losses of the five years before a year with the title live ten years")
        ),
        always=True,  # without a title it is the five years that everybody has
    ),
    Figure("lapsed", t("已过期、不能恢复的亏损", "losses that have lapsed for good"), "CNY", LOSSES, _lapsed, always=True),
    Figure("used", t("当年弥补额", "set off this year"), "CNY", WITH_INCOME, _used, always=True),
    Figure("taxable", t("弥补后的应纳税所得额", "taxable income after it"), "CNY", WITH_INCOME, _taxable, always=True),
    Figure("left", t("弥补后尚可结转的亏损", "losses left to carry"), "CNY", WITH_INCOME, _left, always=True),
    Figure(
        "expiry",
        t("余下亏损中最早到期之日", "day the first of the losses left lapses"),
        "date",
        WITH_INCOME,
        _expiry,
        always=True,
        deadline=True,
    ),
    Figure(
        "saving",
        t("与 5 年结转相比当年少缴企业所得税", "income tax saved this year against five years"),
        "CNY",
        (*WITH_INCOME, tax.cit_rate),
        _saving,
        worth=True,
    ),
)
EDITIONS = (
    Edition(
        "2018",
        dt.date(2018, 1, 1),
        None,
        SOURCE,
        CONDITIONS,
        figures=FIGURES,
        notes=(
            Note(
                t(
                    "亏损发生年度是否具备资格不影响结转（公告2018年第45号，凭记忆，置信度 0.9）",
                    "whether the firm had the title in the year of the loss does not matter (announcement 45 of 2018; memory, 0.9)",
                )
            ),
        ),
    ),
)

ONCE = {
    "hnte_valid": False,
    "tech_sme_valid": False,
    "hnte_or_tech_sme_before": True,
    "title_years": {"2023": 1},
    "unabsorbed_losses": {"2017": 1_000_000, "2018": 4_000_000},
    "income_before_losses": "300万元",
    "cit_rate": 25,
}
ON = dt.date(2026, 12, 31)

EXAMPLES = (
    Example(
        "O-5.6",
        t(
            "仅 2023 年为高新企业：2017 年亏损已过期，2018 年亏损可到 2028 年",
            "high-tech in 2023 only: the loss of 2017 lapsed, that of 2018 lives to 2028",
        ),
        ON,
        ONCE,
        "eligible",
        figures={
            "usable": 4_000_000,
            "lapsed": 1_000_000,
            "used": 3_000_000,
            "taxable": 0,
            "left": 1_000_000,
            "expiry": dt.date(2028, 12, 31),
            "saving": 750_000,
        },
    ),
    Example(
        "title a year late",
        t("2024 年才具备资格：2018 年亏损已过期，不能恢复", "the title came in 2024: the loss of 2018 had lapsed and stays so"),
        ON,
        {**ONCE, "title_years": {"2024": 1}},
        "eligible",
        figures={"usable": 0, "lapsed": 5_000_000, "taxable": 3_000_000, "left": 0, "expiry": None, "saving": 0},
    ),
    Example(
        "tenth year",
        t("第十年末仍可弥补", "usable in its tenth year"),
        dt.date(2028, 12, 31),
        ONCE,
        "eligible",
        figures={"usable": 4_000_000, "expiry": dt.date(2028, 12, 31)},
    ),
    Example(
        "eleventh year",
        t("第十一年已过期", "lapsed in its eleventh year"),
        dt.date(2029, 1, 1),
        ONCE,
        "eligible",
        figures={"usable": 0, "lapsed": 5_000_000},
    ),
    Example(
        "title today",
        t("当年具备资格：当年往前五个年度的亏损延长", "the title this year: losses of the five years before live longer"),
        ON,
        {**ONCE, "hnte_valid": True, "title_years": {}, "unabsorbed_losses": {"2020": 1_000_000, "2021": 2_000_000}},
        "eligible",
        figures={"usable": 2_000_000, "lapsed": 1_000_000, "taxable": 1_000_000, "left": 0, "expiry": None, "saving": 0},
    ),
    Example(
        "first to lapse first",
        t(
            "先到期的亏损先用：2023 年的到 2028 年，2019 年的到 2029 年",
            "the loss that lapses first is used first: that of 2023 lives to 2028, that of 2019 to 2029",
        ),
        dt.date(2024, 12, 31),
        {**ONCE, "unabsorbed_losses": {"2019": 1_000_000, "2023": 4_000_000}},
        "eligible",
        figures={"usable": 5_000_000, "left": 2_000_000, "expiry": dt.date(2028, 12, 31)},
    ),
    Example(
        "never",
        t("从未具备资格：仍为 5 年", "never had a title: five years"),
        ON,
        {**ONCE, "hnte_or_tech_sme_before": False, "title_years": {}},
        "not_eligible",
        unmet=("hnte", "tech_sme", "before"),
        figures={"usable": 0, "lapsed": 5_000_000, "taxable": 3_000_000},
    ),
    Example(
        "years told, question not",
        t("只填了有资格的年度：金额照算，并追问", "only the years of the title are told: the amounts are there, and the question stays"),
        ON,
        {name: value for name, value in ONCE.items() if name != "hnte_or_tech_sme_before"},
        "undetermined",
        missing=("hnte_or_tech_sme_before",),
        figures={"usable": 4_000_000, "taxable": 0, "expiry": dt.date(2028, 12, 31)},
    ),
    Example(
        "unknown past",
        t("以前年度资格未填", "earlier titles unknown"),
        ON,
        {"hnte_valid": False, "tech_sme_valid": False},
        "undetermined",
        missing=("hnte_or_tech_sme_before",),
    ),
    Example(
        "losses unknown",
        t("亏损未填：可享受，金额待定", "losses unknown: entitled, the amounts are open"),
        ON,
        {"hnte_valid": True},
        "eligible",
        figures={"usable": None, "left": None},
    ),
    Example("2017-12-31", t("2018 年以前不适用", "not before 2018"), dt.date(2017, 12, 31), {"hnte_valid": True}, "not_eligible"),
    Example("2018-01-01", t("首日适用", "in force on the first day"), dt.date(2018, 1, 1), {"hnte_valid": True}, "eligible"),
)

SPEC = Rule(
    key="loss_ten_years",
    topic="tax",
    name=t("亏损结转 10 年", "ten years for losses"),
    about=t(
        "任一年度具备高新技术企业或科技型中小企业资格的，该年度之前 5 个年度尚未弥补的亏损可结转 10 年。",
        "With the title of high-tech enterprise or technology SME in a year, unabsorbed losses of the five years before it live ten years.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t(
        "汇算清缴时在弥补亏损明细表中按 10 年填报，留存资格证书或入库登记编号",
        "fill in ten years in the loss table of the yearly return; keep the certificate or registration number",
    ),
)

"""集成电路和工业母机企业研发费用 120% 加计扣除 R&D super-deduction at 120 % for IC and machine-tool firms.

Why: for five tax years a firm of these two industries deducts more than the general rule gives, instead of it. Source:
公告2023年第44号, carried over from memory: check the text and the year's list before relying on it.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import tax
from fuhua.policy.reasoning.conditions import Clause, all_of, more_than, yes
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, total

SOURCE = Source(
    "公告2023年第44号",
    t("提高集成电路和工业母机企业研发费用加计扣除比例", "Raising the R&D super-deduction of IC and machine-tool firms"),
    evidence="memory",
    confidence="0.95",
)
EXTRA = percent(120)
RATE = Clause("加计比例", t("加计 120%（无形资产按 220% 摊销）", "120 % extra (assets amortised at 220 %)"), "memory", "0.95")


def _extra(case: Case) -> Fraction:
    return (case[tax.rd_expensed] + case.get(tax.rd_amortised, 0)) * EXTRA


def _added_loss(case: Case) -> Fraction:
    return _extra(case) - min(_extra(case), max(Fraction(0), Fraction(case[tax.income_before_rd_extra])))


def _saving(case: Case) -> Fraction:
    return (_extra(case) - _added_loss(case)) * case[tax.cit_rate]


CONDITIONS = all_of(
    yes(
        "industry",
        tax.ic_machine_tool_list,
        Clause("适用企业", t("集成电路企业或工业母机企业", "an integrated-circuit or machine-tool firm"), "memory", "0.95"),
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
EDITIONS = (
    Edition(
        "2023",
        dt.date(2023, 1, 1),
        dt.date(2027, 12, 31),
        SOURCE,
        CONDITIONS,
        figures=(
            Figure("extra_deduction", t("加计扣除额", "extra deduction"), "CNY", (tax.rd_expensed,), _extra, RATE),
            Figure(
                "saving",
                t(
                    "当年少缴企业所得税（以当年所得能抵扣的部分为限）",
                    "income tax saved this year, as far as this year's income absorbs the extra",
                ),
                "CNY",
                (tax.rd_expensed, tax.cit_rate, tax.income_before_rd_extra),
                _saving,
                worth=True,
            ),
            Figure(
                "added_loss",
                t(
                    "当年所得抵不完、转为亏损向后结转的加计额",
                    "extra that this year's income cannot absorb and that raises the loss carried forward",
                ),
                "CNY",
                (tax.rd_expensed, tax.income_before_rd_extra),
                _added_loss,
            ),
        ),
        notes=(
            Note(
                t(
                    "执行至 2027-12-31；此后是否延续以新公告为准，未延续则适用一般的 100%",
                    "runs to 2027-12-31; an extension needs a new announcement, else the general 100 % applies",
                ),
            ),
        ),
        dates_rest_on="memory",
    ),
)

CHIP = {"ic_machine_tool_list": True, "rd_expensed": "200万元", "rd_amortised": 0, "cit_rate": 25, "income_before_rd_extra": "1000万元"}
ON = dt.date(2025, 12, 31)

EXAMPLES = (
    Example(
        "chip firm",
        t("集成电路企业按 120% 加计", "an IC firm at 120 %"),
        ON,
        CHIP,
        "eligible",
        figures={"extra_deduction": 2_400_000, "saving": 600_000, "added_loss": 0},
    ),
    Example(
        "partly absorbed",
        t("所得不足，余下转为亏损", "income absorbs a part only"),
        ON,
        {**CHIP, "income_before_rd_extra": "100万元"},
        "eligible",
        figures={"saving": 250_000, "added_loss": 1_400_000},
    ),
    Example(
        "other firm", t("其他企业不适用", "another firm"), ON, {**CHIP, "ic_machine_tool_list": False}, "not_eligible", unmet=("industry",)
    ),
    Example(
        "not on the list yet",
        t("清单自次年起生效", "on the list from the next year only"),
        ON,
        {**CHIP, "ic_machine_tool_list": {"from": "2026-01-01", "to": "2026-12-31"}},
        "not_eligible",
        unmet=("industry",),
    ),
    Example(
        "unknown list",
        t("未填是否属于两类企业", "industry not given"),
        ON,
        {"rd_expensed": 1},
        "undetermined",
        missing=("ic_machine_tool_list",),
    ),
    Example("2022-12-31", t("2023 年以前不适用", "not before 2023"), dt.date(2022, 12, 31), CHIP, "not_eligible"),
    Example("2023-01-01", t("首日适用", "in force on the first day"), dt.date(2023, 1, 1), CHIP, "eligible"),
    Example("2027-12-31", t("末日仍适用", "in force on the last day"), dt.date(2027, 12, 31), CHIP, "eligible"),
    Example("2028-01-01", t("到期后不适用", "over after the last day"), dt.date(2028, 1, 1), CHIP, "not_eligible"),
)

SPEC = Rule(
    key="rd_super_ic",
    topic="tax",
    name=t("集成电路和工业母机企业研发费用 120% 加计扣除", "R&D super-deduction at 120 % for IC and machine-tool firms"),
    about=t(
        "2023 至 2027 年，集成电路企业和工业母机企业的研发费用按 120% 加计扣除，替代一般的 100%。",
        "From 2023 to 2027 IC and machine-tool firms deduct an extra 120 % of R&D instead of the general 100 %.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    instead_of=("rd_super",),
    how=t(
        "先确认当年属于适用企业，再在企业所得税申报时按 120% 填报",
        "make sure the firm counts as one this year, then claim 120 % in the income tax return",
    ),
)

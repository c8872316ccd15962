"""高新技术企业减按 15% 税率 corporate income tax at 15 % for a high and new technology enterprise.

Why: it is what most firms want the certificate for. Source: 国科发火〔2016〕32号 for the title; the rate needs a certificate
that is valid in the tax year. A small low-profit firm does better under its own table, and cannot take both.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent

SOURCE = Source("国科发火〔2016〕32号", t("高新技术企业认定管理办法", "Measures for recognising high and new technology enterprises"))
RATE, STATUTORY = percent(15), percent(25)

CONDITIONS = all_of(
    yes(
        "certificate",
        firm.hnte_valid,
        Clause("税率", t("当年持有有效的高新技术企业证书", "a high-tech certificate valid in the year")),
    )
)


def _tax(case: Case) -> Fraction:
    return max(0, case[firm.taxable_income]) * RATE


def _saving(case: Case) -> Fraction:
    return max(0, case[firm.taxable_income]) * (STATUTORY - RATE)


EDITIONS = (
    Edition(
        "2016",
        dt.date(2016, 1, 1),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure(
                "tax",
                t("应缴企业所得税", "income tax due"),
                "CNY",
                (firm.taxable_income,),
                _tax,
                Clause("税率", t("减按 15%", "at 15 %")),
            ),
            Figure("saving", t("比按 25% 计税少缴", "saved against 25 %"), "CNY", (firm.taxable_income,), _saving, worth=True),
        ),
        notes=(
            Note(
                t(
                    "与小型微利企业优惠只能选择其一；技术转让所得减半部分从 25% 减半，不从 15%（国税函〔2010〕157号，凭记忆，置信度 0.9）",
                    "either this or the relief of small low-profit firms; the half on technology transfer is of 25 %, not of 15 % "
                    "(circular 157 of 2010; memory, 0.9)",
                )
            ),
        ),
        dates_rest_on="memory",
    ),
)

ON = dt.date(2024, 12, 31)

EXAMPLES = (
    Example(
        "O-2.5",
        t("应纳税所得额 1000 万元，持证", "taxable income of ¥10 million, certified"),
        ON,
        {"hnte_valid": True, "taxable_income": "1000万元"},
        "eligible",
        figures={"tax": 1_500_000, "saving": 1_000_000},
    ),
    Example(
        "last day",
        t("证书有效期最后一日", "the last day of the certificate"),
        ON,
        {"hnte_valid": {"from": "2022-01-01", "to": "2024-12-31"}, "taxable_income": "1000万元"},
        "eligible",
        figures={"saving": 1_000_000},
    ),
    Example(
        "day after",
        t("证书到期次日", "the day after it ends"),
        dt.date(2025, 1, 1),
        {"hnte_valid": {"from": "2022-01-01", "to": "2024-12-31"}, "taxable_income": "1000万元"},
        "not_eligible",
        unmet=("certificate",),
    ),
    Example(
        "loss",
        t("亏损企业没有少缴", "a loss: nothing saved"),
        ON,
        {"hnte_valid": True, "taxable_income": "-100万元"},
        "eligible",
        figures={"tax": 0, "saving": 0},
    ),
    Example("no certificate", t("没有证书", "no certificate"), ON, {"hnte_valid": False}, "not_eligible", unmet=("certificate",)),
    Example("unknown", t("证书未填", "certificate unknown"), ON, {"taxable_income": 1}, "undetermined", missing=("hnte_valid",)),
    Example("income unknown", t("所得未填", "income unknown"), ON, {"hnte_valid": True}, "eligible", figures={"saving": None}),
    Example(
        "2015-12-31", t("本版本生效前一日", "the day before this edition"), dt.date(2015, 12, 31), {"hnte_valid": True}, "not_eligible"
    ),
    Example("2016-01-01", t("本版本生效首日", "the first day of this edition"), dt.date(2016, 1, 1), {"hnte_valid": True}, "eligible"),
)

SPEC = Rule(
    key="hnte_rate",
    topic="tax",
    name=t("高新技术企业 15% 所得税率", "15 % income tax of a high-tech enterprise"),
    about=t(
        "持有有效高新技术企业证书的年度，企业所得税按 15% 而非 25% 计算。",
        "In a year with a valid high-tech certificate income tax is 15 % instead of 25 %.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    instead_of=("small_low_profit",),
    how=t(
        "自证书有效的年度起在申报时填报 15% 税率，留存证书和研发、人员、收入资料",
        "claim 15 % in the returns of the years the certificate covers; keep it with the papers on R&D, staff and income",
    ),
)

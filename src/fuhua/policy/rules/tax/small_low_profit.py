"""小型微利企业所得税优惠 reduced income tax of small low-profit firms, four tables by tax year.

Why: most ventures that earn anything fall under it, and it beats the 15 % of a high-tech enterprise, which cannot be taken
together with it. Source: 财税〔2019〕13号, 公告2022年第13号, 公告2023年第6号 and 第12号. There is a cliff: a taxable income of
exactly ¥3,000,000 is favoured, a single fen more puts the whole amount at 25 % (or 15 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, tax
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, no
from fuhua.policy.reasoning.rule import TAX_YEAR, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan

MOST, FIRST_BAND = wan(300), wan(100)
STATUTORY = percent(25)
S2019 = Source("财税〔2019〕13号", t("实施小微企业普惠性税收减免政策", "Tax relief for small and micro firms"))
S2021 = Source(
    "财税〔2019〕13号",
    t("100 万元以内部分自 2021 年起再减半（文号待核）", "The part up to ¥1 million halved again from 2021 (number to be checked)"),
)
S2022 = Source(
    "公告2022年第13号",
    t("进一步实施小微企业所得税优惠政策", "Further income tax relief for small and micro firms"),
    evidence="memory",
    confidence="0.97",
)
S2023 = Source("公告2023年第6号、第12号", t("小微企业所得税优惠政策", "Income tax relief for small and micro firms"))

CONDITIONS = all_of(
    at_most(
        "income",
        firm.taxable_income,
        MOST,
        Clause("应纳税所得额", t("年应纳税所得额不超过 300 万元", "taxable income of ¥3 million at most")),
    ),
    at_most(
        "staff", tax.quarterly_staff, 300, Clause("从业人数", t("从业人数不超过 300 人（季度平均）", "300 staff at most (quarterly means)"))
    ),
    at_most(
        "assets",
        tax.quarterly_assets,
        wan(5000),
        Clause("资产总额", t("资产总额不超过 5000 万元（季度平均）", "total assets of ¥50 million at most (quarterly means)")),
    ),
    no(
        "trade",
        firm.prohibited_trade,
        Clause("行业", t("从事国家非限制和禁止行业", "a trade that the state neither restricts nor prohibits")),
    ),
)


def _by_table(low: str, high: str) -> Callable[[Case], Fraction]:
    def due(case: Case) -> Fraction:
        income = max(0, case[firm.taxable_income])
        return min(income, FIRST_BAND) * percent(low) + max(0, income - FIRST_BAND) * percent(high)

    return due


def _figures(low: str, high: str) -> tuple[Figure, ...]:
    due = _by_table(low, high)
    rates = Clause(
        "税率表",
        t(
            "实际税负：100 万元以内 {low}%，100 万至 300 万元部分 {high}%",
            "effective rate: {low} % up to ¥1 million, {high} % from 1 to 3",
        ).format(low=low, high=high),
        "derived",
    )

    def saving(case: Case) -> Fraction:
        return max(0, case[firm.taxable_income]) * STATUTORY - due(case)

    return (
        Figure("tax", t("应缴企业所得税", "income tax due"), "CNY", (firm.taxable_income,), due, rates),
        Figure("saving", t("比按 25% 计税少缴", "saved against 25 %"), "CNY", (firm.taxable_income,), saving, worth=True),
    )


CLIFF = Note(
    t(
        "断崖：应纳税所得额一旦超过 300 万元，全额按 25%（高新企业 15%）计税，而非只对超出部分",
        "a cliff: above ¥3,000,000 all of the income is taxed at 25 % (15 % for a high-tech enterprise), not just the excess",
    )
)
EITHER = Note(
    t(
        "与高新技术企业 15% 税率只能选择其一",
        "either this or the 15 % rate of a high-tech enterprise, not both",
    )
)
EXTENSION = Note(
    t(
        "执行至 2027-12-31；此后是否延续以新公告为准",
        "runs to 2027-12-31; an extension needs a new announcement",
    )
)
EDITIONS = (
    Edition("2019", dt.date(2019, 1, 1), dt.date(2020, 12, 31), S2019, CONDITIONS, figures=_figures("5", "10"), notes=(CLIFF, EITHER)),
    Edition("2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31), S2021, CONDITIONS, figures=_figures("2.5", "10"), notes=(CLIFF, EITHER)),
    Edition(
        "2022",
        dt.date(2022, 1, 1),
        dt.date(2022, 12, 31),
        S2022,
        CONDITIONS,
        figures=_figures("2.5", "5"),
        notes=(CLIFF, EITHER),
        dates_rest_on="memory",
    ),
    Edition(
        "2023", dt.date(2023, 1, 1), dt.date(2027, 12, 31), S2023, CONDITIONS, figures=_figures("5", "5"), notes=(CLIFF, EITHER, EXTENSION)
    ),
)

SMALL = {"taxable_income": "240万元", "quarterly_staff": 40, "quarterly_assets": "1500万元", "prohibited_trade": False}
ON = dt.date(2024, 12, 31)


def _year(key: str, on: dt.date, due: int | None) -> Example:
    text = t("应纳税所得额 240 万元，{on}", "taxable income of ¥2.4 million, {on}").format(on=on)
    if due is None:
        return Example(key, text, on, SMALL, "not_eligible")
    return Example(key, text, on, SMALL, "eligible", figures={"tax": due, "saving": 600_000 - due})


EXAMPLES = (
    _year("O-5.7 2020", dt.date(2020, 12, 31), 190_000),
    _year("O-5.7 2021", dt.date(2021, 12, 31), 165_000),
    _year("O-5.7 2022", dt.date(2022, 12, 31), 95_000),
    _year("O-5.7 2024", ON, 120_000),
    _year("2018-12-31", dt.date(2018, 12, 31), None),
    _year("2019-01-01", dt.date(2019, 1, 1), 190_000),
    _year("2021-01-01", dt.date(2021, 1, 1), 165_000),
    _year("2022-01-01", dt.date(2022, 1, 1), 95_000),
    _year("2023-01-01", dt.date(2023, 1, 1), 120_000),
    _year("2027-12-31", dt.date(2027, 12, 31), 120_000),
    _year("2028-01-01", dt.date(2028, 1, 1), None),
    Example(
        "exactly 3m",
        t("恰为 300 万元", "exactly ¥3 million"),
        ON,
        {**SMALL, "taxable_income": "300万元", "quarterly_staff": 300, "quarterly_assets": "5000万元"},
        "eligible",
        figures={"tax": 150_000, "saving": 600_000},
    ),
    Example(
        "one fen over",
        t("多一分钱即失去优惠", "one fen more loses it all"),
        ON,
        {**SMALL, "taxable_income": "3000000.01"},
        "not_eligible",
        unmet=("income",),
        short={"taxable_income": 3_000_000},
    ),
    Example("301 staff", t("301 人", "301 staff"), ON, {**SMALL, "quarterly_staff": 301}, "not_eligible", unmet=("staff",)),
    Example(
        "assets over",
        t("资产超过 5000 万元", "assets above ¥50 million"),
        ON,
        {**SMALL, "quarterly_assets": 50_000_001},
        "not_eligible",
        unmet=("assets",),
    ),
    Example("restricted", t("限制类行业", "a restricted trade"), ON, {**SMALL, "prohibited_trade": True}, "not_eligible", unmet=("trade",)),
    Example(
        "unknown assets",
        t("资产未填", "assets unknown"),
        ON,
        {key: value for key, value in SMALL.items() if key != "quarterly_assets"},
        "undetermined",
        missing=("quarterly_assets",),
    ),
    Example(
        "loss",
        t("亏损企业不缴税也不省税", "a loss: no tax and no saving"),
        ON,
        {**SMALL, "taxable_income": "-50万元"},
        "eligible",
        figures={"tax": 0, "saving": 0},
    ),
    Example(
        "exactly 1m",
        t("恰为 100 万元，2021 年", "exactly ¥1 million, 2021"),
        dt.date(2021, 6, 30),
        {**SMALL, "taxable_income": "100万元"},
        "eligible",
        figures={"tax": 25_000},
    ),
)

SPEC = Rule(
    key="small_low_profit",
    topic="tax",
    name=t("小型微利企业所得税优惠", "reduced income tax of small low-profit firms"),
    about=t(
        "年应纳税所得额不超过 300 万元、从业人数不超过 300 人、资产不超过 5000 万元的企业，实际税负按年度为 2.5% 至 10%。",
        "Taxable income of ¥3 million, 300 staff and assets of ¥50 million at most: an effective rate of 2.5 % to 10 % by year.",
    ),
    subject="venture",
    chosen_by=TAX_YEAR,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    instead_of=("hnte_rate",),
    how=t(
        "预缴和汇算清缴时填报从业人数、资产总额等指标即可享受，无需审批",
        "fill in staff, assets and trade in the prepayment and yearly return; no approval is needed",
    ),
)

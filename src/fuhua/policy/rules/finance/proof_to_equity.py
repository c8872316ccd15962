"""先导验证+股权投资 a grant of proof that turns into equity once the result is proven and a company is formed.

Why: measure 17 of the plan funds disruptive technology first as public-interest R&D and takes a share only of what succeeds.
Source: 京科发〔2022〕19号, measure 17. The text fixes no price, discount or dilution: the agreement of each project does.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import platform
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Case, Edition, Example, Figure, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
)

CONDITIONS = all_of(
    yes("validated", platform.poc_validated, Clause("任务 17", t("先导验证通过", "the proof succeeded"))),
    at_most(
        "in_time",
        platform.poc_company_formed_on,
        platform.conversion_due_on,
        Clause(
            "任务 17、协议",
            t("在协议约定的期限内设立公司", "a company was formed by the day agreed"),
            "derived",
        ),
    ),
)


def _base(case: Case) -> Fraction:
    discounted = case[platform.conversion_valuation] * (1 - case[platform.conversion_discount])
    return min(Fraction(discounted), Fraction(case[platform.conversion_cap]))


def _share(case: Case) -> Fraction | None:
    grant, base = case[platform.poc_grant], _base(case)
    return Fraction(grant * 100) / base if base >= grant and base > 0 else None


TERMS = (platform.conversion_valuation, platform.conversion_discount, platform.conversion_cap)
AGREED = Clause(
    "协议",
    t(
        "资助金额 ÷ 转股估值；转股估值取折扣后估值与约定上限中较低者",
        "grant ÷ valuation at conversion, which is the discounted valuation or the agreed ceiling, whichever is lower",
    ),
    "derived",
)

EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 12, 30),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure("valuation", t("转股估值", "valuation at conversion"), "CNY", TERMS, _base, AGREED),
            Figure("share", t("转为股权的比例", "share it becomes"), "percent", (platform.poc_grant, *TERMS), _share, AGREED),
        ),
        notes=(
            Note(
                t(
                    "方案没有规定价格、折扣、上限和稀释，以每个项目的协议为准；协议未填的不计算",
                    "the plan fixes no price, discount, ceiling or dilution: the agreement of each project does, and nothing is computed "
                    "without it",
                )
            ),
            Note(
                t("验证不通过或未设立公司的，不要求返还", "if the proof fails or no company is formed, nothing is claimed back"),
            ),
            Note(
                t("方案至 2025 年底；此前签订的协议按约定执行", "the plan runs to the end of 2025; agreements made before go on"),
                dt.date(2026, 1, 1),
            ),
        ),
    ),
)

PROJECT = {
    "poc_grant": "300万元",
    "poc_validated": True,
    "poc_company_formed_on": "2024-05-20",
    "conversion_due_on": "2024-12-31",
    "conversion_valuation": "5000万元",
    "conversion_discount": 20,
    "conversion_cap": "5000万元",
}
ON = dt.date(2025, 3, 1)

EXAMPLES = (
    Example(
        "discount",
        t("300 万元、估值 5000 万元、折扣 20%", "¥3 million at ¥50 million less 20 %"),
        ON,
        PROJECT,
        "eligible",
        figures={"valuation": 40_000_000, "share": Fraction(15, 2)},
    ),
    Example(
        "ceiling",
        t("约定上限 3000 万元", "a ceiling of ¥30 million"),
        ON,
        {**PROJECT, "conversion_cap": "3000万元"},
        "eligible",
        figures={"valuation": 30_000_000, "share": 10},
    ),
    Example(
        "no terms",
        t("协议条款未填：不计算比例", "no terms told: no share"),
        ON,
        {name: value for name, value in PROJECT.items() if not name.startswith(("conversion_v", "conversion_d", "conversion_c"))}
        | {"conversion_due_on": "2024-12-31"},
        "eligible",
        figures={"share": None},
    ),
    Example(
        "whole discount",
        t("折扣 100% 没有意义", "a discount of all of it means nothing"),
        ON,
        {**PROJECT, "conversion_discount": 100},
        "eligible",
        figures={"share": None},
    ),
    Example(
        "failed",
        t("验证未通过：不主张任何权利", "the proof failed: no claim"),
        ON,
        {**PROJECT, "poc_validated": False},
        "not_eligible",
        unmet=("validated",),
    ),
    Example(
        "last day", t("期限末日设立公司", "formed on the last day"), ON, {**PROJECT, "poc_company_formed_on": "2024-12-31"}, "eligible"
    ),
    Example(
        "late",
        t("逾期一日", "a day late"),
        ON,
        {**PROJECT, "poc_company_formed_on": "2025-01-01"},
        "not_eligible",
        unmet=("in_time",),
    ),
    Example(
        "no company yet",
        t("公司尚未设立", "no company yet"),
        ON,
        {name: value for name, value in PROJECT.items() if name != "poc_company_formed_on"},
        "undetermined",
        missing=("poc_company_formed_on",),
    ),
    Example("before the plan", t("方案之前", "before the plan"), dt.date(2022, 12, 29), PROJECT, "not_eligible"),
)

SPEC = Rule(
    key="proof_to_equity",
    topic="finance",
    name=t("先导验证+股权投资", "proof first, equity after"),
    about=t(
        "先以公益性研发资助验证颠覆性技术，验证通过并设立公司后，资助按协议转为股权；失败不追索。",
        "Disruptive technology is first proven with a public-interest grant, which becomes equity by agreement once it works and a company "
        "is formed; nothing is claimed from what fails.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "在资助协议中写明转股估值、折扣、上限、触发条件和期限",
        "write valuation, discount, ceiling, trigger and last day of conversion into the agreement of the grant",
    ),
)

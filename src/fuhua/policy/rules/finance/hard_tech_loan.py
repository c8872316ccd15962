"""硬科技创业贷 loan for hard-tech founders: a product of banks, without a public rule.

Why: measure 16 of the plan wants banks, benchmark incubators and guarantors to make a loan of longer term for hard-tech founders.
Source: 京科发〔2022〕19号, measure 16. Each bank sets its own terms, so the rule says that it exists and answers neither yes nor no.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.reasoning.conditions import Clause, Open, all_of
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
)

CONDITIONS = all_of(
    Open(
        "bank",
        Clause(
            "任务 16",
            t("由提供该产品的银行审批，没有公开的统一条件", "for the bank that offers it to say: there are no public terms common to all"),
            "gap",
        ),
    ),
)

EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 12, 30),
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(
                t(
                    "请查金融产品目录，向银行询问额度、利率和担保",
                    "see the catalogue of products and ask a bank for amount, rate and security",
                )
            ),
        ),
    ),
)

EXAMPLES = (
    Example("any firm", t("由银行审批", "for the bank to say"), dt.date(2025, 6, 1), {}, "undetermined", missing=()),
    Example("before the plan", t("方案之前", "before the plan"), dt.date(2022, 12, 29), {}, "not_eligible"),
)

SPEC = Rule(
    key="hard_tech_loan",
    topic="finance",
    name=t("硬科技创业贷", "loan for hard-tech founders"),
    about=t(
        "行动方案第 16 项的信贷产品；各银行自定条件，没有公开的统一规则。",
        "A loan product under measure 16 of the plan; every bank sets its own terms and no common rule is public.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t("通过孵化器或金融服务平台与银行对接", "be introduced to a bank by the incubator or the financing platform"),
)

"""在孵期限 how long a firm may stay in an incubator: months by trade, and the day on which it must have left.

Why: the national and the district rule count the same way. Source: 国科发区〔2018〕300号; 平谷区 2025-08-29.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.policy.inputs import firm
from fuhua.policy.inputs import incubatee as kept
from fuhua.policy.reasoning.conditions import Clause, Condition, all_of, at_most, by_case, when_in
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import Case, Figure, Relevant

LONG_TRADES = {"biomedicine", "modern_agriculture", "integrated_circuits"}
ENTRY = Relevant("entry", t("入驻日", "day of entry"), kept.incubation_entered_on)
AGE_AT_ENTRY = Elapsed(firm.registered_on, "months", kept.incubation_entered_on)
STAYED = Elapsed(kept.incubation_entered_on, "months")


def times(evidence: str) -> Condition:
    """24 months at entry, then 48 months of stay, or 60 in the trades that take longer."""
    long_stay = t(
        "生物医药、现代农业、集成电路企业在孵不超过 60 个月", "60 months at most in biomedicine, modern agriculture and integrated circuits"
    )
    return all_of(
        at_most("age", AGE_AT_ENTRY, 24, Clause("入驻条件", t("入驻时成立不超过 24 个月", "24 months old at most on entry"))),
        by_case(
            (when_in(kept.incubation_trade, LONG_TRADES), at_most("long_stay", STAYED, 60, Clause("在孵期限", long_stay, evidence))),
            (None, at_most("stay", STAYED, 48, Clause("在孵期限", t("在孵不超过 48 个月", "48 months of stay at most")))),
        ),
    )


def _latest_exit(case: Case) -> dt.date:
    return add_months(case[kept.incubation_entered_on], 60 if case[kept.incubation_trade] in LONG_TRADES else 48)


LATEST_EXIT = Figure(
    "latest_exit",
    t("最迟毕业或退出之日", "last day by which it graduates or leaves"),
    "date",
    (kept.incubation_entered_on, kept.incubation_trade),
    _latest_exit,
    always=True,
    deadline=True,
)

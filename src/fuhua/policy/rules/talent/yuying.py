"""中关村“育英”计划 Zhongguancun's Yuying plan: incubators that are coached towards a listing, by list.

Why: measure 19 of the action plan (京科发〔2022〕19号) takes benchmark incubators that are ready into it, so that they can
raise money by going public. Its criteria were not found, so the list alone decides.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
)

EDITIONS = (
    Edition(
        "list",
        None,
        None,
        SOURCE,
        all_of(yes("listed", person.yuying_listed, Clause("第 19 条", t("纳入中关村“育英”计划", "in Zhongguancun's Yuying plan"), "gap"))),
        notes=(
            Note(
                t(
                    "“具备条件”的标准未见公开文本；行动方案只说梳理、纳入并给予上市辅导",
                    "what makes an incubator ready is not public: the plan only says that some are found, taken in and coached",
                )
            ),
        ),
        dates_rest_on="gap",
    ),
)

LISTED = {"from": "2024-01-01", "to": "2024-12-31", "batch": "2024"}

EXAMPLES = (
    Example("in the plan", t("纳入计划", "in the plan"), dt.date(2024, 1, 1), {"yuying_listed": LISTED}, "eligible"),
    Example("last day", t("最后一日", "the last day"), dt.date(2024, 12, 31), {"yuying_listed": LISTED}, "eligible"),
    Example(
        "over", t("已过期", "the listing has lapsed"), dt.date(2025, 1, 1), {"yuying_listed": LISTED}, "not_eligible", unmet=("listed",)
    ),
    Example("unknown", t("未核名单", "not looked up"), dt.date(2024, 6, 1), {}, "undetermined", missing=("yuying_listed",)),
)

SPEC = Rule(
    key="yuying",
    topic="talent",
    name=t("中关村“育英”计划", "Yuying plan (Zhongguancun)"),
    about=t(
        "为具备条件的标杆孵化器提供上市辅导；未见公开的条件，以名单为准。",
        "Coaches benchmark incubators towards a listing; no criteria are public, and the list decides.",
    ),
    subject="incubator",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="yuying",
    how=t(
        "向中关村管委会表达上市意向，纳入后登记批次和起止日期",
        "tell Zhongguancun of the wish to go public; once taken in, record the dates",
    ),
)

"""金种子企业（中关村） golden seed firms: a place on a list, not a formula.

Why: the action plan (京科发〔2022〕19号) wants golden seeds in the industries of the future, without a number and without
criteria. No page with criteria is public, so the rule looks up the list and computes nothing.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import growth
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
)

CONDITIONS = all_of(
    yes("listed", growth.gold_seed_listed, Clause("名单", t("在公布的金种子企业名单内", "on the published list of golden seeds"), "gap")),
)

EDITIONS = (
    Edition(
        "list",
        None,
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(t("未见公开的认定条件，只按名单判断", "no criteria are public: the list alone decides")),
            Note(t("行动方案只要求“一批”，没有数量指标", "the plan asks for “a batch”, with no number")),
        ),
    ),
)

LISTED = {"from": "2024-01-01", "to": "2024-12-31", "batch": "2024"}

EXAMPLES = (
    Example("listed", t("在名单内", "on the list"), dt.date(2024, 1, 1), {"gold_seed_listed": LISTED}, "eligible"),
    Example(
        "last day", t("名单有效期最后一日", "the last day of the list"), dt.date(2024, 12, 31), {"gold_seed_listed": LISTED}, "eligible"
    ),
    Example(
        "over", t("名单已过期", "the list has lapsed"), dt.date(2025, 1, 1), {"gold_seed_listed": LISTED}, "not_eligible", unmet=("listed",)
    ),
    Example("not listed", t("不在名单内", "not on the list"), dt.date(2024, 6, 1), {"gold_seed_listed": False}, "not_eligible"),
    Example("unknown", t("未核名单", "not looked up"), dt.date(2024, 6, 1), {}, "undetermined", missing=("gold_seed_listed",)),
)

SPEC = Rule(
    key="gold_seed",
    topic="growth",
    name=t("金种子企业（中关村）", "golden seed firm (Zhongguancun)"),
    about=t("以公布的名单为准；未见公开的认定条件。", "The published list decides; no criteria are public."),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="gold_seed",
    how=t(
        "关注中关村的遴选通知，入选后登记批次和起止日期", "watch for the call in Zhongguancun; once chosen, record the batch and its dates"
    ),
)

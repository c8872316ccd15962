"""朱雀计划 the Zhuque plan for talent: a place on a list of which nothing is public.

Why: measure 14 of the action plan (京科发〔2022〕19号) takes incubation talent of the first class into it, and says no more.
That it is meant for leading investors and providers of technology services is from memory.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "朱雀计划（文号、内容未见）",
    t("朱雀计划", "The Zhuque plan"),
    evidence="memory",
    confidence="0.4",
)

EDITIONS = (
    Edition(
        "list",
        None,
        None,
        SOURCE,
        all_of(yes("listed", person.zhuque_listed, Clause("名单", t("入选朱雀计划", "selected in the Zhuque plan"), "gap"))),
        notes=(
            Note(
                t(
                    "未见任何公开文本；据记忆（可信度 0.4）面向顶尖投资人和科技服务人才，请向人才工作部门核实",
                    "nothing public was found; from memory (confidence 0.4) it is for leading investors and people of technology services: "
                    "ask the authority for talent",
                )
            ),
            Note(
                t(
                    "行动方案（京科发〔2022〕19号）第 14 条只说将一流孵化人才纳入",
                    "the action plan (circular 19 of 2022), measure 14, says only that incubation talent of the first class is taken in",
                )
            ),
        ),
        dates_rest_on="gap",
    ),
)

SELECTED = {"from": "2024-03-01", "batch": "2024"}

EXAMPLES = (
    Example("selected", t("入选，未载截止日", "selected, no last day given"), dt.date(2024, 3, 1), {"zhuque_listed": SELECTED}, "eligible"),
    Example("day before", t("入选前一日", "the day before"), dt.date(2024, 2, 29), {"zhuque_listed": SELECTED}, "not_eligible"),
    Example(
        "not selected",
        t("未入选", "not selected"),
        dt.date(2024, 6, 1),
        {"zhuque_listed": False},
        "not_eligible",
        unmet=("listed",),
    ),
    Example("unknown", t("未核名单", "not looked up"), dt.date(2024, 6, 1), {}, "undetermined", missing=("zhuque_listed",)),
)

SPEC = Rule(
    key="zhuque",
    topic="talent",
    name=t("朱雀计划", "Zhuque plan"),
    about=t("未见公开文本，以名单为准。", "Nothing is public; the list decides."),
    subject="person",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="zhuque",
    how=t("向市人才工作部门了解推荐渠道", "ask the city's authority for talent how to be recommended"),
)

"""高聚工程 the Gaoju project for high-end talent in Zhongguancun: a place on a list, chosen by a jury.

Why: measure 14 of the action plan (京科发〔2022〕19号) takes incubation talent of the first class into it. Source:
中科园发〔2010〕7号 names five kinds of people and a jury; its thresholds were not found, so the list alone decides.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source("中科园发〔2010〕7号", t("中关村高端领军人才聚集工程（高聚工程）", "The Gaoju project for leading talent in Zhongguancun"))

EDITIONS = (
    Edition(
        "list",
        None,
        None,
        SOURCE,
        all_of(yes("listed", person.gaoju_listed, Clause("名单", t("入选高聚工程", "selected in the Gaoju project"), "gap"))),
        notes=(
            Note(
                t(
                    "五类对象：战略科学家、科技创新人才、创业未来之星、风险投资家、科技中介人才；各类的门槛未见公开文本，只按名单判断",
                    "five kinds: strategic scientists, innovators, rising founders, venture investors and intermediaries of technology; "
                    "their thresholds were not found, so the list alone decides",
                )
            ),
            Note(
                t(
                    "由企业家顾问委员会成员组成的评委会评审，资金出自中关村专项资金",
                    "a jury from the committee of entrepreneurs chooses; the money comes from the zone's special fund",
                )
            ),
        ),
        dates_rest_on="gap",
    ),
)

SELECTED = {"from": "2023-06-01", "to": "2026-05-31", "batch": "2023"}

EXAMPLES = (
    Example("first day", t("入选当日", "the day of selection"), dt.date(2023, 6, 1), {"gaoju_listed": SELECTED}, "eligible"),
    Example(
        "day before",
        t("入选前一日", "the day before"),
        dt.date(2023, 5, 31),
        {"gaoju_listed": SELECTED},
        "not_eligible",
        unmet=("listed",),
    ),
    Example("last day", t("支持期最后一日", "the last day of support"), dt.date(2026, 5, 31), {"gaoju_listed": SELECTED}, "eligible"),
    Example("over", t("支持期已过", "the support is over"), dt.date(2026, 6, 1), {"gaoju_listed": SELECTED}, "not_eligible"),
    Example("unknown", t("未核名单", "not looked up"), dt.date(2024, 6, 1), {}, "undetermined", missing=("gaoju_listed",)),
)

SPEC = Rule(
    key="gaoju",
    topic="talent",
    name=t("高聚工程（中关村）", "Gaoju talent project (Zhongguancun)"),
    about=t(
        "面向五类高端人才，由评委会选出；未见公开的门槛，以名单为准。",
        "For five kinds of high-end talent, chosen by a jury; no thresholds are public, and the list decides.",
    ),
    subject="person",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="gaoju",
    how=t(
        "关注中关村的征集通知，入选后登记批次和起止日期",
        "watch for the call in Zhongguancun; once selected, record the batch and its dates",
    ),
)

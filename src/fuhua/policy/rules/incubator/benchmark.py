"""标杆孵化器 benchmark incubator: the city's list, in a leading and a cultivating class.

Why: it is what the action plan of 2022–2025 builds; the title is a place on a list, not a formula, for the thresholds
of the calls were not found. Source: 京科发〔2022〕19号 (definition and support), 京政办发〔2023〕26号 (tiers to 2027).
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Level, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for cultivating benchmark incubators (2022–2025)"),
    dt.date(2022, 12, 30),
)

LEVELS = (
    Level(
        "leading",
        t("引领类", "leading class"),
        yes("leading", inc.benchmark_leading, Clause("名单", t("列入引领类名单", "on the list of the leading class"))),
    ),
    Level(
        "cultivating",
        t("培育类", "cultivating class"),
        yes("cultivating", inc.benchmark_cultivating, Clause("名单", t("列入培育类名单", "on the list of the cultivating class"))),
    ),
)

EDITION = Edition(
    "2022",
    dt.date(2022, 12, 27),  # the first batch was named three days before the plan was dated
    None,
    SOURCE,
    all_of(),
    levels=LEVELS,
    notes=(
        Note(
            t(
                "各年申报指南的门槛、金额和里程碑未见公开文本；本规则只认名单记录，申报前可参考“2019 年标杆型孵化器征集”模板",
                "thresholds, amounts and milestones of the calls were not found; only the list counts here. The template “call of "
                "2019” may be used to prepare",
            )
        ),
        Note(
            t(
                "首批（2022-12-27 公布，早于行动方案落款日）为引领类 9 家、培育类 14 家，分布于 8 个区（含经开区）；统计“建成 20 家”时"
                "须说明按哪一类计数",
                "the first batch (named on 2022-12-27, before the plan was dated) had 9 of the leading and 14 of the cultivating class in "
                "8 places; whoever counts the target of 20 must say which class counts",
            )
        ),
        Note(
            t(
                "行动方案期限至 2025 年；此后以名单记录的起止日为准（京政办发〔2023〕26号的分级体系至 2027 年）",
                "the plan ran to 2025; after it the dates of the listing decide (the tiers of the city's guidance of 2023 run to 2027)",
            ),
            dt.date(2026, 1, 1),
        ),
    ),
    dates_rest_on="derived",
)

ON = dt.date(2025, 3, 1)
LISTED = {"from": "2022-12-27", "to": "2025-12-31", "batch": "1"}

EXAMPLES = (
    Example(
        "leading",
        t("引领类在册", "listed, leading"),
        ON,
        {"benchmark_leading": True, "benchmark_cultivating": False},
        "eligible",
        "leading",
    ),
    Example(
        "cultivating",
        t("培育类在册", "listed, cultivating"),
        ON,
        {"benchmark_leading": False, "benchmark_cultivating": LISTED},
        "eligible",
        "cultivating",
    ),
    Example(
        "last day listed",
        t("名单有效的最后一天", "last day of the listing"),
        dt.date(2025, 12, 31),
        {"benchmark_leading": LISTED, "benchmark_cultivating": False},
        "eligible",
        "leading",
    ),
    Example(
        "listing over",
        t("名单到期次日", "the day after the listing ended"),
        dt.date(2026, 1, 1),
        {"benchmark_leading": LISTED, "benchmark_cultivating": False},
        "not_eligible",
        unmet=("leading", "cultivating"),
    ),
    Example(
        "not told",
        t("是否在册未填", "not told whether listed"),
        ON,
        {},
        "undetermined",
        missing=("benchmark_leading", "benchmark_cultivating"),
    ),
    Example(
        "first batch",
        t("首批公布次日，行动方案尚未落款", "the day after the first batch was named, the plan not yet dated"),
        dt.date(2022, 12, 28),
        {"benchmark_leading": LISTED, "benchmark_cultivating": False},
        "eligible",
        "leading",
    ),
    Example(
        "before the first batch",
        t("首批公布之前", "before the first batch"),
        dt.date(2022, 12, 26),
        {"benchmark_leading": True, "benchmark_cultivating": False},
        "not_eligible",
    ),
)

SPEC = Rule(
    key="benchmark_incubator",
    topic="incubator",
    name=t("北京市标杆孵化器", "Beijing benchmark incubator"),
    about=t(
        "由国际化孵化人才领衔、面向高精尖和未来产业的孵化器，经区推荐、市里遴选列入名单；按“事前补助 + 里程碑考核 + 动态优化”支持。",
        "Led by incubation talent of international class, for high-precision and future industries; recommended by a district, "
        "chosen by the city, and supported by a grant in advance, milestones and steady adjustment.",
    ),
    subject="incubator",
    chosen_by=ON_THE_DAY,
    editions=(EDITION,),
    examples=EXAMPLES,
    grants="benchmark_incubator",
    how=t("由所在区推荐团队，市科技主管部门遴选", "the district recommends a team, the city's science authority chooses"),
)

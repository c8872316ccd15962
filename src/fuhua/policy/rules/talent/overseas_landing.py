"""海外人才和项目在京落地 overseas talent and projects landed in Beijing: the test by which they are counted.

Why: the action plan (京科发〔2022〕19号) wants 400 of them by 2025 and gives no test. The one here is a suggestion: from
overseas, an entity in Beijing, and a person or a place to show that it works there. Every clause is derived.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, all_of, any_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
    evidence="derived",
)

CONDITIONS = all_of(
    yes("overseas", person.from_overseas, Clause("建议口径（一）", t("来源于海外", "comes from overseas"), "derived")),
    yes("entity", person.beijing_entity, Clause("建议口径（二）", t("在北京注册了经营实体", "an entity registered in Beijing"), "derived")),
    any_of(
        yes(
            "lead",
            person.lead_works_in_beijing,
            Clause(
                "建议口径（三）",
                t("负责人持北京的工作许可或在京参加社会保险", "its head holds a Beijing work permit or pays social insurance there"),
                "derived",
            ),
        ),
        yes(
            "lease",
            person.incubator_lease,
            Clause("建议口径（三）", t("在北京的孵化器内租有场地", "leases space in an incubator in Beijing"), "derived"),
        ),
    ),
)

EDITIONS = (
    Edition(
        "suggested",
        dt.date(2022, 12, 30),
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(
                t(
                    "行动方案没有给出“落地”的标准，这里是建议口径，统计时须注明",
                    "the plan gives no test of landing; this one is a suggestion, and a count has to say so",
                )
            ),
            Note(
                t(
                    "“400 个”是人才与项目合计，同一创始人和项目只计一次",
                    "the 400 are people and projects together: a founder and the project of that founder count once",
                )
            ),
            Note(
                t(
                    "行动方案的期限为 2025 年底，此后的落地不计入“400 个”",
                    "the plan ran to the end of 2025: later landings are not of the 400",
                ),
                dt.date(2026, 1, 1),
            ),
        ),
        dates_rest_on="derived",
    ),
)

ON = dt.date(2024, 6, 3)
BARE = {"from_overseas": True, "beijing_entity": True, "lead_works_in_beijing": False, "incubator_lease": False}

EXAMPLES = (
    Example("by its head", t("负责人在京工作", "its head works in Beijing"), ON, {**BARE, "lead_works_in_beijing": True}, "eligible"),
    Example("by its lease", t("入驻孵化器", "space in an incubator"), ON, {**BARE, "incubator_lease": True}, "eligible"),
    Example(
        "lease untold",
        t("负责人在京，场地未填也可判断", "its head is in Beijing: the lease need not be known"),
        ON,
        {"from_overseas": True, "beijing_entity": True, "lead_works_in_beijing": True},
        "eligible",
        missing=(),
    ),
    Example("a shell", t("只注册，无人无场地", "registered, with nobody and nowhere"), ON, BARE, "not_eligible", unmet=("lead", "lease")),
    Example(
        "no entity",
        t("有场地，没有在京实体", "a lease, and no entity in Beijing"),
        ON,
        {**BARE, "beijing_entity": False, "incubator_lease": True},
        "not_eligible",
        unmet=("entity",),
    ),
    Example(
        "from home",
        t("国内来源的项目", "a project from within the country"),
        ON,
        {**BARE, "from_overseas": False, "incubator_lease": True},
        "not_eligible",
        unmet=("overseas",),
    ),
    Example(
        "head untold",
        t("负责人情况未填", "nothing told of its head"),
        ON,
        {"from_overseas": True, "beijing_entity": True, "incubator_lease": False},
        "undetermined",
        missing=("lead_works_in_beijing",),
    ),
    Example(
        "before the plan", t("行动方案之前", "before the plan"), dt.date(2022, 12, 29), {**BARE, "incubator_lease": True}, "not_eligible"
    ),
)

SPEC = Rule(
    key="overseas_landing",
    topic="talent",
    name=t("海外人才和项目在京落地", "overseas talent or project landed in Beijing"),
    about=t(
        "来源于海外、在京注册实体，且负责人在京工作或在孵化器有场地（建议口径）。",
        "From overseas, an entity in Beijing, and a head at work or a lease in an incubator there (a suggested test).",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "注册在京实体，为负责人办理工作许可或社会保险，或与孵化器签订租约",
        "register an entity in Beijing and get its head a work permit or social insurance, or sign a lease with an incubator",
    ),
)

"""Future-field incubator (未来产业孵化器): a themed call, answered by a consortium whose members each confirm their part.

Source: 京科发〔2022〕19号, measure 4 (面向未来产业前瞻布局). The themes are those of the call, from the city's list of fields; neither
thresholds nor amounts are public, the issuer states them in the call.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement, TrancheRule
from fuhua.schemes.words import FUTURE_FIELDS

_SOURCE = t("京科发〔2022〕19号 第 4 条", "Action plan 2022–2025, measure 4")

SPEC = Kind(
    code="future_field_incubator",
    label=t("未来产业孵化器", "future-field incubator"),
    why=t("第 4 条：按未来产业领域布局孵化器", "measure 4: incubators by field of the future"),
    applicants=frozenset({"incubator", "university", "firm"}),
    asks=(
        Ask("field", t("未来产业领域", "future field"), "choice", choices=FUTURE_FIELDS, required=True),
        Ask("registered", t("是否为在京注册法人", "a legal person registered in Beijing"), "yes", required=True, source="in_beijing"),
        Ask("bound", t("联合体协议已签署", "the consortium agreement is signed"), "yes", required=True),
        Ask("area", t("孵化场地面积", "floor area"), "number", unit=t("平方米", "m²"), required=True, source="area"),
        Ask("staff", t("运营团队人数", "operating team"), "number", unit=t("人", "people"), required=True, source="staff"),
        Ask("teams", t("在孵企业和团队数", "incubatees and teams"), "number", unit=t("家", "firms"), source="tenants"),
        Ask("sources", t("项目来源（高校院所、科学家）", "where projects come from"), "long", required=True),
        Ask("plan", t("三年工作方案要点", "the work plan of three years in brief"), "long", required=True),
        Ask("budget", t("三年投入预算", "budget over three years"), "money", required=True),
    ),
    evidence=(
        Evidence("consortium", t("联合体协议", "consortium agreement")),
        Evidence("brief", t("领域分析报告", "brief on the field")),
        Evidence("plan", t("三年工作方案", "three-year work plan"), required=False),
    ),
    requirements=(
        Requirement("field", t("申报领域为未来产业", "its field is one of the future"), _SOURCE, told("field")),
        Requirement("registered", t("牵头单位在京注册", "its lead is registered in Beijing"), _SOURCE, says_yes("registered")),
        Requirement("bound", t("联合体协议已签署", "the consortium is agreed"), _SOURCE, says_yes("bound")),
    ),
    rubric=(
        Criterion("field", t("领域判断与布局必要性", "reading of the field, and why it is needed"), 25),
        Criterion("sources", t("项目与科学家来源", "sources of projects and scientists"), 25),
        Criterion("team", t("牵头单位与团队", "lead and team"), 20),
        Criterion("services", t("专业平台与服务", "platforms and services"), 15),
        Criterion("plan", t("三年方案与里程碑", "plan and milestones"), 15),
    ),
    milestones=(
        MilestoneType("seeds", t("培育金种子企业", "gold seeds grown"), "I5", (t("入库公示", "public list"),)),
        MilestoneType("residents", t("新增入驻企业", "new residents"), "residents", (t("入驻协议", "agreements"),)),
        MilestoneType("stated", t("其他约定事项", "another matter agreed"), "stated", (t("证明材料", "evidence"),)),
    ),
    tranches=TrancheRule(),
    consortium="consortium",
    renews=True,
    exits={"field_retired": t("领域调出目录", "the field left the list"), "failed": t("里程碑未完成", "milestones missed"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"field": "quantum", "registered": True, "bound": True}, sort="incubator")),
        Example(Case({"field": "quantum", "registered": False, "bound": True}, sort="firm"), misses=("registered",)),
        Example(Case({"registered": True}, sort="university"), misses=("field",), unknown=("bound",)),
    ),
)

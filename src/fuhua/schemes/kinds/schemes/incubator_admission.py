"""Admission to an incubator (入孵遴选): the incubator's own round, judged by the national test of an incubatee.

Source: 国科发区〔2018〕300号, by the policy rule ``incubatee`` (age on entry, place of work, stay by trade); the numbers of the ministry's
measure of 2025 are not public, so an officer sets them. Priority for what a public proof of concept has proven: 京科发〔2022〕19号,
measure 17.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import told
from fuhua.schemes.kinds.spec import Ask, Case, Clocks, Criterion, Evidence, Example, Kind, MilestoneType, Requirement

_TRADES = {
    "biomedicine": t("生物医药", "biomedicine"),
    "modern_agriculture": t("现代农业", "modern agriculture"),
    "integrated_circuits": t("集成电路", "integrated circuits"),
    "other": t("其他领域", "any other"),
}

SPEC = Kind(
    code="incubator_admission",
    label=t("入孵遴选", "admission to an incubator"),
    why=t("孵化器遴选入驻企业和项目", "an incubator chooses whom it takes in"),
    applicants=frozenset({"venture", "project", "firm"}),
    asks=(
        Ask("code", t("统一社会信用代码（如有）", "credit code, if any"), source="code"),
        Ask("registered", t("企业成立日期", "day of registration"), "day", input="registered_on"),
        Ask("enters", t("拟入驻日期", "would enter on"), "day", required=True, input="incubation_entered_on"),
        Ask("trade", t("所属领域", "trade"), "choice", choices=_TRADES, required=True, input="incubation_trade"),
        Ask("sme", t("是否符合科技型中小企业要求", "meets the requirements for a technology-based SME"), "yes", required=True,
            input="tech_sme_requirements"),
        Ask("works", t("注册地和主要场所是否设在孵化器内", "registered and at work in the incubator"), "yes", required=True,
            input="works_in_incubator"),
        Ask("stays", t("目前入驻的孵化器数", "incubators it stays in now"), "number", unit=t("家", "incubators"), source="stays"),
        Ask("proven", t("概念验证是否通过", "its concept was proven"), "yes", source="proof",
            help=t("通过公共概念验证的项目优先入孵", "what a public proof of concept has proven is admitted first")),
        Ask("project", t("产品与技术", "product and technology"), "long", required=True),
        Ask("needs", t("需要的空间与服务", "space and services it needs"), "long", required=True),
    ),
    evidence=(Evidence("plan", t("商业计划书", "business plan")), Evidence("licence", t("营业执照", "licence"), required=False)),
    rules=("incubatee",),
    requirements=(
        Requirement("needs", t("说明需要的空间与服务", "what it needs is told"), t("本孵化器遴选办法", "the incubator’s own rule"),
                    told("needs")),
    ),
    rubric=(
        Criterion("technology", t("技术与产品", "technology and product"), 30),
        Criterion("team", t("团队", "team"), 30),
        Criterion("fit", t("与孵化器方向的契合", "fit with the incubator"), 25),
        Criterion("market", t("市场前景", "market"), 15),
    ),
    clocks=Clocks(review=10, announce=3),
    milestones=(MilestoneType("stated", t("孵化目标", "an end of the stay"), "stated", (t("进展说明", "word on progress"),)),),
    years=4,
    issuers=frozenset({"agency", "district", "incubator"}),
    exits={"graduated": t("毕业", "graduated"), "over": t("孵化期满", "the stay is over"), "left": t("主动退出", "left")},
    examples=(
        Example(Case({"needs": "共享实验室与两个工位"}, sort="venture")),
        Example(Case({}, sort="project"), misses=("needs",)),
    ),
)

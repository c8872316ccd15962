"""Uplift of traditional incubators (传统孵化器提升): a plan made with a coach, an independent measurement twelve months later.

Source: 京科发〔2022〕19号, measure 2 (带动传统孵化器提升). No call is public, so nothing here is a threshold: the coach, the plan and the
two confirmations are what indicator I2 counts by.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.parties.words import DISTRICTS
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement, TrancheRule
from fuhua.schemes.words import CHECK_RESULTS, TIERS

_SOURCE = t("京科发〔2022〕19号 第 2 条", "Action plan 2022–2025, measure 2")
_WEAK = {
    "services": t("专业服务", "professional services"),
    "people": t("孵化人才", "people"),
    "capital": t("早期投资", "early investment"),
    "platform": t("技术平台", "technical platform"),
    "field": t("产业聚焦", "focus on a field"),
    "market": t("市场化运营", "running by the market"),
}

SPEC = Kind(
    code="traditional_uplift",
    label=t("传统孵化器提升", "uplift of a traditional incubator"),
    why=t("第 2 条：标杆孵化器结对辅导传统孵化器", "measure 2: benchmark incubators coach traditional ones"),
    applicants=frozenset({"incubator"}),
    asks=(
        Ask("district", t("所在区", "district"), "choice", choices=DISTRICTS, required=True, source="district"),
        Ask("tier", t("现有梯次", "tier now"), "choice", choices=TIERS, source="tier"),
        Ask("check", t("最近一次考核结论", "result of the last check"), "choice", choices=CHECK_RESULTS, source="check"),
        Ask("staff", t("运营团队人数", "operating team"), "number", unit=t("人", "people"), required=True, source="staff"),
        Ask("teams", t("在孵企业和团队数", "incubatees and teams"), "number", unit=t("家", "firms"), required=True, source="tenants"),
        Ask("mentors", t("创业导师人数", "mentors"), "number", unit=t("人", "people"), required=True, source="mentors"),
        Ask("hatched", t("累计孵化高新技术企业", "high-tech firms hatched so far"), "number", unit=t("家", "firms"), source="hatched"),
        Ask("weak", t("需提升的方面", "what is to be lifted"), "choices", choices=_WEAK, required=True),
        Ask("coach", t("辅导方（标杆孵化器）", "coach (a benchmark incubator)"), required=True),
        Ask("agreed", t("辅导方已同意结对", "the coach has agreed"), "yes", required=True),
        Ask("plan", t("十二个月提升方案要点", "the plan of twelve months in brief"), "long", required=True),
        Ask("budget", t("提升投入预算", "budget of the uplift"), "money", required=True),
    ),
    evidence=(
        Evidence("plan", t("提升方案", "plan of uplift")),
        Evidence("pairing", t("结对辅导协议", "agreement with the coach")),
    ),
    requirements=(
        Requirement("coached", t("已与标杆孵化器商定结对", "a benchmark incubator agreed to coach it"), _SOURCE, says_yes("agreed")),
        Requirement("plan", t("有提升方案", "there is a plan"), _SOURCE, told("plan")),
    ),
    rubric=(
        Criterion("diagnosis", t("短板诊断", "diagnosis"), 25),
        Criterion("plan", t("提升方案与可衡量目标", "plan and measurable ends"), 35),
        Criterion("coach", t("辅导方的投入", "what the coach puts in"), 25),
        Criterion("resources", t("团队与投入", "team and resources"), 15),
    ),
    milestones=(
        MilestoneType("uplift", t("十二个月独立测评提升", "independent uplift after twelve months"), "I2", (t("测评报告", "report"),)),
        MilestoneType("residents", t("新增入驻企业", "new residents"), "residents", (t("入驻协议", "agreements"),)),
        MilestoneType("stated", t("其他约定事项", "another matter agreed"), "stated", (t("证明材料", "evidence"),)),
    ),
    tranches=TrancheRule(),
    years=1,
    exits={"coach_left": t("辅导方退出", "the coach left"), "failed": t("测评未提升", "no uplift measured"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"agreed": True, "plan": "结对提升概念验证服务"}, sort="incubator")),
        Example(Case({"agreed": False, "plan": "自行提升"}, sort="incubator"), misses=("coached",)),
        Example(Case({}, sort="incubator"), misses=("plan",), unknown=("coached",)),
    ),
)

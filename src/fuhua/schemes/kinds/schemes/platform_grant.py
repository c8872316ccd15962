"""Grant for a professional platform (专业平台): equipment and people that ventures of others use by the hour.

Source: 京科发〔2022〕19号, measure 8. Share and limit of the grant are not public, so the issuer states them. Use by others is what
indicator I3 counts, so a platform that serves its own house only is not eligible.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import at_most, says_yes
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement, TrancheRule

_SOURCE = t("京科发〔2022〕19号 第 8 条", "Action plan 2022–2025, measure 8")
_SORTS = {
    "test": t("检验检测", "testing"),
    "pilot": t("中试与小批量试制", "pilot scale and small batches"),
    "shared": t("共享仪器与实验室", "shared instruments and laboratories"),
    "data": t("算力与数据", "computing and data"),
    "clinical": t("临床与药物服务", "clinical and drug services"),
    "other": t("其他", "another"),
}

SPEC = Kind(
    code="platform_grant",
    label=t("专业技术平台建设", "professional platform"),
    why=t("第 8 条：建设对外开放的专业平台", "measure 8: platforms open to others"),
    applicants=frozenset({"platform", "incubator", "university", "firm"}),
    asks=(
        Ask("sort", t("平台类型", "sort of platform"), "choice", choices=_SORTS, required=True),
        Ask("registered", t("是否为在京注册法人", "a legal person registered in Beijing"), "yes", required=True, source="in_beijing"),
        Ask("shares", t("是否向非关联企业开放", "open to firms it is not affiliated with"), "yes", required=True),
        Ask("priced", t("价目是否公开", "its prices are public"), "yes", required=True),
        Ask("can", t("能力与关键设备", "what it can do, and with what"), "long", required=True),
        Ask("people", t("专职技术人员", "full-time technical staff"), "number", unit=t("人", "people"), required=True),
        Ask("hours", t("每年可开放机时", "hours a year open to others"), "number", unit=t("小时", "hours"), required=True),
        Ask("cost", t("建设投入", "cost of building"), "money", required=True),
        Ask("asked", t("申请支持金额", "support asked"), "money", required=True),
    ),
    evidence=(
        Evidence("budget", t("设备与投入清单", "list of equipment and costs")),
        Evidence("prices", t("公开价目", "public prices")),
        Evidence("safety", t("安全与培训制度", "rules on safety and training"), required=False),
    ),
    requirements=(
        Requirement("registered", t("在京注册", "registered in Beijing"), _SOURCE, says_yes("registered")),
        Requirement("open", t("向非关联企业开放", "open to others"), _SOURCE, says_yes("shares")),
        Requirement("within", t("申请金额不超过建设投入", "no more is asked than it costs"), _SOURCE, at_most("asked", "cost")),
    ),
    rubric=(
        Criterion("need", t("产业需求", "need of the field"), 25),
        Criterion("ability", t("平台能力", "ability"), 25),
        Criterion("access", t("开放机制与价目", "access and prices"), 25),
        Criterion("team", t("运营团队", "team"), 15),
        Criterion("cost", t("投入合理性", "sound costs"), 10),
    ),
    milestones=(
        MilestoneType("use", t("非关联企业付费使用", "paid use by others"), "I3", (t("使用结算单", "statements of use"),)),
        MilestoneType("built", t("建成并开放", "built and open"), "stated", (t("验收报告", "acceptance report"),)),
        MilestoneType("stated", t("其他约定事项", "another matter agreed"), "stated", (t("证明材料", "evidence"),)),
    ),
    tranches=TrancheRule(),
    exits={"idle": t("建成后闲置", "idle once built"), "failed": t("里程碑未完成", "milestones missed"), "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"registered": True, "shares": True, "asked": 200_000_00, "cost": 600_000_00}, sort="platform")),
        Example(Case({"registered": True, "shares": False, "asked": 700_000_00, "cost": 600_000_00}, sort="firm"),
                misses=("open", "within")),
        Example(Case({"registered": True, "shares": True, "asked": 600_000_00, "cost": 600_000_00}, sort="university")),
    ),
)

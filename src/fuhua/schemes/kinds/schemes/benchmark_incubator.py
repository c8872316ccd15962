"""Benchmark incubator (标杆孵化器): a district recommends and matches, the city grants in advance and pays by milestones.

Source: 京科发〔2022〕19号 (事前补助 + 里程碑考核 + 动态优化; measures 2 and 25). No call of 2022 to 2025 is public: what
is asked and judged follows the city's call of 2019 for benchmark-type incubators, which the policy rule ``benchmark_template`` cites.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import matched
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement, TrancheRule
from fuhua.schemes.words import FUTURE_FIELDS, TIERS

_PEOPLE, _SQUARE = t("人", "people"), t("平方米", "m²")
_CLASSES = {code: TIERS[code] for code in ("leading", "cultivation")}


SPEC = Kind(
    code="benchmark_incubator",
    label=t("标杆孵化器", "benchmark incubator"),
    why=t("第 2、25 条：分级培育，市区联动支持", "measures 2 and 25: tiers, and city and district together"),
    applicants=frozenset({"incubator"}),
    asks=(
        Ask("tier", t("申报类别", "class applied for"), "choice", choices=_CLASSES, required=True),
        Ask("field", t("未来产业领域", "future field"), "choice", choices=FUTURE_FIELDS),
        Ask("registered", t("是否为在京注册法人", "a legal person registered in Beijing"), "yes", required=True, source="in_beijing",
            input="beijing_legal_person"),
        Ask("area", t("孵化场地面积", "floor area"), "number", unit=_SQUARE, required=True, source="area", input="site_area"),
        Ask("investment", t("建设投资总额", "whole investment"), "money", required=True, input="investment_total"),
        Ask("hardware", t("其中硬件投入", "of it in hardware"), "money", required=True, input="investment_hardware"),
        Ask("staff", t("运营团队人数", "operating team"), "number", unit=_PEOPLE, required=True, source="staff", input="incubator_staff"),
        Ask("experienced", t("其中有产业、创业或投资背景", "of them with a background in industry, startups or investment"), "number",
            unit=_PEOPLE, required=True, input="experienced_staff"),
        Ask("events", t("每年活动场次", "events a year"), "number", required=True, input="events_year"),
        Ask("teams", t("在孵企业和团队数", "incubatees and teams"), "number", required=True, source="tenants", input="resident_teams"),
        Ask("plan", t("三年工作方案要点", "the work plan of three years in brief"), "long", required=True),
        Ask("planned", t("已提交三年工作方案", "a three-year work plan is handed in"), "yes", required=True, input="work_plan"),
        Ask("budget", t("三年投入预算", "budget over three years"), "money", required=True),
    ),
    evidence=(
        Evidence("plan", t("三年工作方案", "three-year work plan")),
        Evidence("site", t("场地产权或租赁证明", "title or lease of the site")),
        Evidence("team", t("团队名单与社保记录", "team list with social security records"), required=False),
    ),
    rules=("benchmark_template",),
    requirements=(
        Requirement("matched", t("所在区推荐并承诺配套", "its district recommends it and commits money"),
                    t("京科发〔2022〕19号 第 25 条", "Action plan 2022–2025, measure 25"), matched),
    ),
    rubric=(
        Criterion("team", t("领军人才与团队", "leading people and team"), 25),
        Criterion("mode", t("孵化模式与服务能力", "mode of incubation and services"), 25),
        Criterion("field", t("产业方向与资源", "field and resources"), 20),
        Criterion("results", t("已有成效", "results so far"), 15),
        Criterion("plan", t("三年方案与里程碑", "plan and milestones"), 15),
    ),
    milestones=(
        MilestoneType("hnte", t("孵化高新技术企业", "high-tech enterprises hatched"), "I8", (t("高企证书", "certificates"),)),
        MilestoneType("gazelle", t("培育瞪羚企业", "gazelles grown"), "I9", (t("名单或测算依据", "list or computation"),)),
        MilestoneType("residents", t("新增入驻企业", "new residents"), "residents", (t("入驻协议", "agreements"),)),
        MilestoneType("stated", t("其他约定事项", "another matter agreed"), "stated", (t("证明材料", "evidence"),)),
    ),
    tranches=TrancheRule(on_signing=300_000, matched=True),
    recommended=True,
    renews=True,
    exits={"pivot_refused": t("方向调整未获同意", "a change of direction was refused"), "failed": t("里程碑未完成", "milestones missed"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"area": "1200"}, sort="incubator", recommended=True, matched=1_000_000_00)),
        Example(Case({"area": "1200"}, sort="incubator", recommended=True, matched=0), misses=("matched",)),
        Example(Case({"area": "1200"}, sort="incubator"), misses=("matched",)),
    ),
)

"""Cross-border camp (跨境创业营): projects from overseas apply in either language, and landing counts six months on.

Source: 京科发〔2022〕19号, measure 21. A pitch and a prize are no landing: the policy rule ``overseas_landing`` judges that later, by an
entity in Beijing and somebody at work. The decision is due 15 working days after the call closes; gaps, mending and reviewing
take 12 of them (product defaults).
"""

from __future__ import annotations

from fuhua.kernel.countries import COUNTRIES
from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes
from fuhua.schemes.kinds.spec import Ask, Case, Clocks, Criterion, Evidence, Example, Kind, MilestoneType, Requirement
from fuhua.schemes.words import FUTURE_FIELDS

_SOURCE = t("京科发〔2022〕19号 第 21 条", "Action plan 2022–2025, measure 21")

SPEC = Kind(
    code="cross_border_camp",
    label=t("跨境创业营", "cross-border camp"),
    why=t("第 21 条：海外人才和项目来京", "measure 21: people and projects from overseas"),
    applicants=frozenset({"project", "person", "venture", "offshore"}),
    asks=(
        Ask("overseas", t("项目或团队是否来自海外", "the project or team comes from overseas"), "yes", required=True),
        Ask("country", t("来自哪个国家或地区", "country or region it comes from"), "choice", choices=COUNTRIES, required=True),
        Ask("field", t("所属领域", "field"), "choice", choices=FUTURE_FIELDS),
        Ask("pitch", t("项目简介", "the project"), "long", required=True),
        Ask("team", t("团队", "the team"), "long", required=True),
        Ask("arrives", t("可来京日期", "can come to Beijing from"), "day", required=True),
        Ask("needs", t("落地需要的支持（注册、开户、签证、场地、场景）", "what it needs to land: entity, bank, permit, space, scenario"),
            "long"),
        Ask("raised", t("累计融资（折合人民币）", "raised so far, in yuan"), "money"),
    ),
    evidence=(
        Evidence("deck", t("项目计划书", "pitch deck")),
        Evidence("origin", t("海外经历或实体证明", "proof of overseas work or entity")),
    ),
    requirements=(Requirement("overseas", t("来自海外", "from overseas"), _SOURCE, says_yes("overseas")),),
    rubric=(
        Criterion("technology", t("技术与产品", "technology and product"), 30),
        Criterion("team", t("团队", "team"), 25),
        Criterion("market", t("在京市场与场景", "market and scenarios in Beijing"), 25),
        Criterion("landing", t("落地意愿与计划", "will and plan to land"), 20),
    ),
    clocks=Clocks(gaps=3, mend=4, review=5, decide=15),
    milestones=(
        MilestoneType("landed", t("落地并持续经营六个月", "landed and active at six months"), "I7", (t("经营证明", "proof of activity"),)),
        MilestoneType("stated", t("其他约定事项", "another matter agreed"), "stated", (t("证明材料", "evidence"),)),
    ),
    years=1,
    bilingual=True,
    exits={"not_landed": t("九个月内未落地", "not landed in nine months"), "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"overseas": True}, sort="project")),
        Example(Case({"overseas": False}, sort="venture"), misses=("overseas",)),
        Example(Case({}, sort="person"), unknown=("overseas",)),
    ),
)

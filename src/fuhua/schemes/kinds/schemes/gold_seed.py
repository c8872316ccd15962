"""Gold seed (金种子企业): a young firm or project in a field of the future, on a list that is rechecked every year.

Source: 京科发〔2022〕19号, measure 4. No criteria are public (the policy rule ``gold_seed`` is the list itself), so the issuer states
them in the call and the panel judges; it is a title, and no money follows.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement
from fuhua.schemes.words import FUTURE_FIELDS, LEAVING_REASONS

_SOURCE = t("京科发〔2022〕19号 第 4 条", "Action plan 2022–2025, measure 4")

SPEC = Kind(
    code="gold_seed",
    label=t("金种子企业", "gold seed"),
    why=t("第 4 条：未来产业早期企业入库", "measure 4: young firms in fields of the future"),
    applicants=frozenset({"venture", "firm", "project"}),
    asks=(
        Ask("field", t("未来产业领域", "future field"), "choice", choices=FUTURE_FIELDS, required=True),
        Ask("registered", t("是否在京注册（项目填拟注册）", "registered in Beijing, or about to be"), "yes", required=True,
            source="in_beijing"),
        Ask("founded", t("成立日期（未成立公司可不填）", "day of registration, if there is a company"), "day"),
        Ask("staff", t("团队人数", "people"), "number", unit=t("人", "people"), required=True, source="staff"),
        Ask("stays", t("入驻孵化器数", "incubators it stays in"), "number", unit=t("家", "incubators"), source="stays"),
        Ask("core", t("核心技术及其来源", "core technology, and where it comes from"), "long", required=True),
        Ask("rights", t("知识产权件数", "items of intellectual property"), "number", unit=t("件", "items")),
        Ask("raised", t("累计股权融资", "equity raised so far"), "money"),
        Ask("next", t("未来十二个月目标", "ends of the next twelve months"), "long", required=True),
    ),
    evidence=(
        Evidence("technology", t("技术先进性说明", "statement on the technology")),
        Evidence("rights", t("知识产权清单", "list of intellectual property"), required=False),
    ),
    requirements=(
        Requirement("field", t("属于未来产业领域", "it is in a field of the future"), _SOURCE, told("field")),
        Requirement("registered", t("在京注册或拟在京注册", "in Beijing, or about to be"), _SOURCE, says_yes("registered")),
    ),
    rubric=(
        Criterion("technology", t("技术先进性", "technology"), 35),
        Criterion("team", t("团队", "team"), 25),
        Criterion("market", t("应用前景", "prospects"), 20),
        Criterion("plan", t("发展计划", "plan"), 20),
    ),
    milestones=(MilestoneType("recheck", t("年度复核", "yearly recheck"), "stated", (t("年度进展", "progress of the year"),)),),
    years=1,
    renews=True,
    exits=LEAVING_REASONS,
    examples=(
        Example(Case({"field": "future_energy", "registered": True}, sort="project")),
        Example(Case({"registered": True}, sort="venture"), misses=("field",)),
        Example(Case({"field": "six_g"}, sort="venture"), unknown=("registered",)),
    ),
)

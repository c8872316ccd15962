"""I9 新孵化瞪羚企业 newly incubated gazelles, target 500, and a batch of frontier technology firms.

Why: what a gazelle is, the plan does not say; every count keeps the list or rule it was made by. The 500 are
gazelles; frontier firms are “a batch” beside them. Source: 行动方案 行动目标; measures 5–7, 10–12, 15, 17, 18, 23.
Cheat: one firm reported by two hosts, or frontier firms added into the 500. The subject is the firm, whatever its
titles: on a published list or by a stated rule, first during a physical or acceleration stay; its hosts share the
credit.
"""

from __future__ import annotations

from fuhua.evidence.proof.figure import Definition, Example, Indicator
from fuhua.journey.facts import StayBegan, StayEnded, TitleAwarded, TitleEnded
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, CHANGPING, HAIDIAN, LATER, ON, PARK, START, TERMS, VENTURE, urn
from fuhua.plan.indicators.incubated import READS, REASONS, incubated
from fuhua.plan.indicators.reasons import FLOW, YEAR_END

_BASES = frozenset({"list", "rule"})
_STAYS = frozenset({"physical", "acceleration"})
_HERE = (StayBegan(subject=VENTURE, host=urn("incubator"), stay="physical", district=HAIDIAN), BEFORE)
_THERE = (StayBegan(subject=VENTURE, host=PARK, stay="acceleration", district=CHANGPING), BEFORE)
_SPED_UP = (StayBegan(subject=VENTURE, host=urn("incubator"), stay="acceleration", district=HAIDIAN), BEFORE)
_DESK_LEFT = (StayEnded(subject=VENTURE, host=urn("incubator"), stay="physical", reason="graduated"), BEFORE)
_GAZELLE = (TitleAwarded(subject=VENTURE, title="gazelle", basis="rule", rule="gazelle.torch"), START)
_FRONTIER = (TitleAwarded(subject=VENTURE, title="frontier", basis="list", rule="frontier.2024"), LATER)

EXAMPLES = (
    Example(
        t("在孵期间进入瞪羚名单", "a gazelle while incubated"),
        (_HERE, _GAZELLE),
        ON,
        {"either": ("counted", 1, "counted"), "gazelle": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：同一企业由两家载体各报一次", "the cheat: one firm reported by two hosts"),
        (_HERE, _THERE, _GAZELLE, _FRONTIER),
        ON,
        {
            "either": ("counted", 1, "counted"),
            "gazelle": ("counted", 1, "counted"),
            "frontier": ("counted", 1, "counted"),
        },
        TERMS,
    ),
    Example(
        t("在同一载体结束实体入驻，加速仍在继续", "left its desk, and is still accelerated by the same host"),
        (_HERE, _SPED_UP, _DESK_LEFT, _GAZELLE),
        ON,
        {"either": ("counted", 1, "counted"), "gazelle": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("没有名单也没有规则", "neither list nor rule"),
        (_HERE, (TitleAwarded(subject=VENTURE, title="gazelle", basis="certificate"), START)),
        ON,
        {"either": ("left_out", 0, "wrong_basis")},
        TERMS,
    ),
    Example(
        t("作弊：已是前沿技术企业才搬来", "the cheat: a frontier firm moved in"),
        (_FRONTIER, (StayBegan(subject=VENTURE, host=PARK, stay="physical", district=CHANGPING), LATER)),
        ON,
        {"frontier": ("left_out", 0, "moved_in"), "either": ("left_out", 0, "moved_in")},
        TERMS,
    ),
    Example(t("从未入驻", "never in stay"), (_GAZELLE,), ON, {"either": ("left_out", 0, "not_in_stay")}, TERMS),
    Example(
        t("认定被撤销", "the title was revoked"),
        (_HERE, _GAZELLE, (TitleEnded(subject=VENTURE, title="gazelle", reason="revoked"), LATER)),
        ON,
        {"either": ("left_out", 0, "revoked"), "gazelle": ("left_out", 0, "revoked")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I9",
    name=t("新孵化瞪羚企业", "newly incubated gazelles"),
    unit=t("家", "firms"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("企业（有几个称号都只计一次）", "the firm, once whatever its titles"),
    attribution=t("在认定当日的在孵载体之间等分", "in equal parts to the hosts of its stays on that day"),
    source=t(
        "行动方案“行动目标”：新孵化瞪羚企业 500 家以及一批前沿和颠覆性技术企业",
        "action plan, targets: 500 newly incubated gazelles and a batch of frontier firms",
    ),
    blocks=t("同一企业由两家载体重复上报；前沿企业混入瞪羚", "the same firm at two hosts; frontier firms added to gazelles"),
    reads=READS,
    definitions=(
        Definition(
            "gazelle",
            t("瞪羚", "gazelles"),
            t("在孵期间首次列入瞪羚名单或达到瞪羚规则", "first on a gazelle list or by a gazelle rule while in stay"),
            incubated(frozenset({"gazelle"}), _BASES, _STAYS),
        ),
        Definition(
            "frontier",
            t("仅前沿技术", "frontier firms only"),
            t("同上，仅前沿技术企业", "the same for frontier technology firms"),
            incubated(frozenset({"frontier"}), _BASES, _STAYS),
        ),
        Definition(
            "either",
            t("瞪羚或前沿技术", "gazelle or frontier"),
            t("同上，两者任一，企业只计一次", "the same for either title, each firm once"),
            incubated(frozenset({"gazelle", "frontier"}), _BASES, _STAYS),
        ),
    ),
    reasons=REASONS,
    examples=EXAMPLES,
)

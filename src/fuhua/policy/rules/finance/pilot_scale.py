"""中试平台支持 support for a new pilot-scale platform: a share of the investment, by field and legal form.

Why: between proof of concept and production a result needs a place to be tried at scale. Source: Beijing's measures on pilot
scale of 2026-01-04. Both lists of fields end in “and others”, and whether the limits rise for independent platforms is not said.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import platform
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, one_of, yes
from fuhua.policy.reasoning.rule import APPLICATION, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan, yi

SOURCE = Source(
    "北京市中试若干措施（2026-01-04，文号未见）",
    t("北京市中试若干措施", "Beijing measures on pilot scale"),
    dt.date(2026, 1, 4),
)
HIGHER_FIELDS = {"ai", "medicine", "green", "robotics", "ic"}
LOWER_FIELDS = {"next_it", "vehicles"}
HIGHER, HIGHER_CAP = percent(35), yi(1)
LOWER, LOWER_CAP = percent(25), wan(5000)
MORE_IF_INDEPENDENT = percent(10)

CONDITIONS = all_of(
    yes("beijing", platform.pilot_in_beijing, Clause("支持对象", t("平台建在北京", "the platform is built in Beijing"), "derived")),
    yes("new", platform.pilot_new, Clause("支持对象", t("新建中试平台", "a newly built pilot-scale platform"))),
    any_of(
        one_of(
            "field_higher",
            platform.pilot_field,
            HIGHER_FIELDS,
            Clause(
                "领域（35% 档）",
                t(
                    "人工智能、医药健康、绿色低碳、机器人与智能制造、集成电路等",
                    "artificial intelligence, medicine and health, green and low-carbon, robots and smart manufacturing, chips",
                ),
            ),
        ),
        one_of(
            "field_lower",
            platform.pilot_field,
            LOWER_FIELDS,
            Clause(
                "领域（25% 档）",
                t("新一代信息技术、智能网联汽车等", "next-generation information technology, smart connected vehicles"),
            ),
        ),
        Open(
            "other_field",
            Clause(
                "领域",
                t("两档领域都以“等”结尾，其他领域由主管部门判断", "both lists end in “and others”: another field is for the office to say"),
                "gap",
            ),
        ),
    ),
)


def _share(case: Case) -> Fraction | None:
    field = case[platform.pilot_field]
    base = HIGHER if field in HIGHER_FIELDS else LOWER if field in LOWER_FIELDS else None
    return None if base is None else base + (MORE_IF_INDEPENDENT if case[platform.pilot_independent] else 0)


def _shown_share(case: Case) -> Fraction | None:
    share = _share(case)
    return None if share is None else share * 100


def _support(case: Case) -> Fraction | None:
    share = _share(case)
    if share is None:
        return None
    cap = HIGHER_CAP if case[platform.pilot_field] in HIGHER_FIELDS else LOWER_CAP
    return min(case[platform.pilot_investment] * share, Fraction(cap))


FIGURES = (
    Figure(
        "share",
        t("支持比例", "share supported"),
        "percent",
        (platform.pilot_field, platform.pilot_independent),
        _shown_share,
        Clause("支持标准", t("35% 或 25%；独立法人平台 45% 或 35%", "35 % or 25 %; 45 % or 35 % for an independent legal person")),
    ),
    Figure(
        "support",
        t("支持金额上限（不超过 1 亿元或 5000 万元）", "support, at most (and ¥100 million or ¥50 million at most)"),
        "CNY",
        (platform.pilot_field, platform.pilot_independent, platform.pilot_investment),
        _support,
        Clause("支持标准", t("比例 × 投资额，不超过 1 亿元（5000 万元）", "share × investment, ¥100 million (¥50 million) at most")),
    ),
)

EDITIONS = (
    Edition(
        "2026",
        dt.date(2026, 1, 4),
        None,
        SOURCE,
        CONDITIONS,
        figures=FIGURES,
        notes=(
            Note(
                t(
                    "独立法人平台的比例提高 10 个百分点，上限是否随之提高未写，仍按原上限计算",
                    "for an independent legal person the share rises by ten points; whether the limit rises too is not said, so the "
                    "limit is kept",
                )
            ),
            Note(
                t(
                    "目标到 2030 年：国家级中试平台 10 个、市级 50 个；措施的止期未见",
                    "the aim for 2030 is ten national and fifty municipal platforms; no end of the measures was found",
                )
            ),
        ),
    ),
)

AI = {
    "pilot_in_beijing": True,
    "pilot_new": True,
    "pilot_field": "ai",
    "pilot_independent": False,
    "pilot_investment": "2亿元",
}
ON = dt.date(2026, 3, 1)


def _case(key: str, text: Text, figures: dict, verdict: str = "eligible", unmet: tuple | None = None, **changed: object) -> Example:
    return Example(key, text, ON, {**AI, **changed}, verdict, unmet=unmet, figures=figures)


EXAMPLES = (
    _case("O-9.5 dependent", t("人工智能、2 亿元、非独立法人", "AI, ¥200 million, not independent"), {"share": 35, "support": 70_000_000}),
    _case("O-9.5 independent", t("同上，独立法人", "the same, independent"), {"share": 45, "support": 90_000_000}, pilot_independent=True),
    _case(
        "limit, independent",
        t("独立法人的上限不提高", "the limit does not rise"),
        {"support": 100_000_000},
        pilot_independent=True,
        pilot_investment="3亿元",
    ),
    _case("limit", t("3 亿元投资到上限", "¥300 million: the limit"), {"support": 100_000_000}, pilot_investment="3亿元"),
    _case("just under", t("投资 2.8 亿元未到上限", "¥280 million: under the limit"), {"support": 98_000_000}, pilot_investment="2.8亿元"),
    _case(
        "vehicles",
        t("智能网联汽车恰到上限", "connected vehicles: exactly the limit"),
        {"share": 25, "support": 50_000_000},
        pilot_field="vehicles",
    ),
    _case(
        "vehicles, independent",
        t("独立法人 35%，到上限", "independent at 35 %: the limit"),
        {"share": 35, "support": 50_000_000},
        pilot_field="vehicles",
        pilot_independent=True,
    ),
    _case(
        "information technology",
        t("新一代信息技术 1 亿元", "information technology, ¥100 million"),
        {"support": 25_000_000},
        pilot_field="next_it",
        pilot_investment="1亿元",
    ),
    _case("another field", t("其他领域由主管部门判断", "another field: for the office to say"), {}, "undetermined", pilot_field="other"),
    _case("old platform", t("不是新建", "not new"), {}, "not_eligible", ("new",), pilot_new=False),
    _case("elsewhere", t("不在北京", "not in Beijing"), {}, "not_eligible", ("beijing",), pilot_in_beijing=False),
    _case("form not told", t("是否独立法人未填：金额算不出", "legal form not told: no amount"), {"support": None}, pilot_independent=None),
    Example(
        "field not told",
        t("领域未填", "field not told"),
        ON,
        {name: value for name, value in AI.items() if name != "pilot_field"},
        "undetermined",
        missing=("pilot_field",),
    ),
    Example("before", t("措施之前", "before the measures"), dt.date(2026, 1, 3), AI, "not_eligible"),
    Example("first day", t("措施首日", "the first day of the measures"), dt.date(2026, 1, 4), AI, "eligible"),
)

SPEC = Rule(
    key="pilot_scale",
    topic="finance",
    name=t("中试平台支持", "support for pilot-scale platforms"),
    about=t(
        "新建中试平台按投资的 35% 或 25% 支持，独立法人平台提高 10 个百分点，上限 1 亿元或 5000 万元。",
        "A new pilot-scale platform gets 35 % or 25 % of its investment, ten points more as an independent legal person, up to "
        "¥100 million or ¥50 million.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "按当年中试项目通知申报，提交建设方案和投资凭证", "file under the yearly call with the plan of the platform and proof of investment"
    ),
)

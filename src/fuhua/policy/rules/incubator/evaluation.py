"""科技企业孵化器评价 evaluation of technology incubators: grades A to D from three blocks and a bonus.

Why: national incubators are graded by it. The national weights and the limits of the grades were not found, and regional
variants differ, so all of them are set by an officer. Source: 国科火字〔2019〕239号.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import All, Clause, all_of, at_least, at_most, by_case, when_in
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.rule import Edition, Example, Level, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import Operator, Points, total

SOURCE = Source(
    "国科火字〔2019〕239号", t("科技企业孵化器评价指标体系", "Indicators for evaluating technology incubators"), dt.date(2019, 12, 20)
)

EVALUATED = Relevant("evaluated", t("评价当日", "day of the evaluation"))

BLOCKS: tuple[tuple[str, Input, Text], ...] = (
    ("service", inc.evaluation_service, t("服务能力", "service ability")),
    ("performance", inc.evaluation_performance, t("孵化绩效", "incubation performance")),
    ("sustainability", inc.evaluation_sustainability, t("可持续发展", "sustainability")),
    ("bonus", inc.evaluation_bonus, t("加分项", "bonus items")),
)
KINDS = {"comprehensive": t("综合孵化器", "comprehensive"), "professional": t("专业孵化器", "professional")}
SCORE = total(*(Points(key, text, points, 100) for key, points, text in BLOCKS))


def _weights(kind: str) -> All:
    """No block counts for more than its weight, which differs between the two kinds."""
    return all_of(
        *(
            at_most(
                f"{kind}_{key}",
                points,
                Operator(
                    f"evaluation.{kind}_{key}",
                    "points",
                    t("{kind}评价中“{block}”的满分", "most points of “{block}” for a {kind} incubator").format(
                        kind=KINDS[kind], block=text
                    ),
                ),
                Clause(
                    "评价指标体系", t("“{block}”得分不超过其满分", "“{block}” scores no more than its weight").format(block=text), "gap"
                ),
            )
            for key, points, text in BLOCKS
        )
    )


def _grade(code: str) -> Level:
    limit = Operator(f"evaluation.{code}", "points", t("{grade} 等的最低分", "least score of grade {grade}").format(grade=code.upper()))
    text = t("{grade} 等", "grade {grade}").format(grade=code.upper())
    reached = t("总分达到 {grade} 等的最低分", "the score reaches grade {grade}").format(grade=code.upper())
    return Level(code.upper(), text, at_least(code, SCORE, limit, Clause("评价等级", reached, "gap")))


EDITION = Edition(
    "2019",
    dt.date(2019, 12, 20),
    None,
    SOURCE,
    by_case((when_in(inc.incubator_kind, {"comprehensive"}), _weights("comprehensive")), (None, _weights("professional"))),
    levels=tuple(map(_grade, "abc")),
    score=SCORE,
    notes=(
        Note(
            t(
                "分值权重和等级分数线未见于公开的全国文本，各地细则互不相同，须由管理人员设定；低于 C 等最低分即为 D 等",
                "weights and limits of the grades were not found in a national text and regional rules differ, so an officer sets "
                "them; below the least score of C the grade is D",
            )
        ),
        Note(
            t(
                "2025 年 6 月起部级孵化器另有办法，本评价是否继续沿用请核对当年通知",
                "since June 2025 ministry-level incubators have a measure of their own; check the notice of the year before using this",
            ),
            dt.date(2025, 6, 14),
        ),
    ),
)

POINTS = {
    "incubator_kind": "comprehensive",
    "evaluation_service": 20,
    "evaluation_performance": 40,
    "evaluation_sustainability": 15,
    "evaluation_bonus": 2,
}
TABLES = {
    "evaluation.comprehensive_service": 25,
    "evaluation.comprehensive_performance": 50,
    "evaluation.comprehensive_sustainability": 25,
    "evaluation.comprehensive_bonus": 5,
    "evaluation.a": 85,
    "evaluation.b": 77,
    "evaluation.c": 60,
}
ON = dt.date(2022, 6, 1)

EXAMPLES = (
    Example("unset", t("权重和分数线未设定", "weights and limits not set"), ON, POINTS, "undetermined", score=(77, 77), missing=()),
    Example(
        "on the limit", t("恰好 B 等最低分", "exactly the least score of B"), ON, POINTS, "eligible", "B", score=(77, 77), tables=TABLES
    ),
    Example(
        "one point less",
        t("差一分", "one point less"),
        ON,
        {**POINTS, "evaluation_bonus": 1},
        "eligible",
        "C",
        score=(76, 76),
        tables=TABLES,
    ),
    Example(
        "a range",
        t("专家打分区间跨越两等，至少 C 等", "a range across two grades: C for certain"),
        ON,
        {**POINTS, "evaluation_performance": [38, 44]},
        "eligible",
        "C",
        score=(75, 81),
        tables=TABLES,
    ),
    Example(
        "grade D",
        t("低于 C 等最低分", "below the least score of C"),
        ON,
        {**POINTS, "evaluation_performance": 22},
        "not_eligible",
        score=(59, 59),
        unmet=("a", "b", "c"),
        tables=TABLES,
    ),
    Example(
        "over the weight",
        t("某项得分超过满分", "a block above its weight"),
        ON,
        {**POINTS, "evaluation_service": 26},
        "not_eligible",
        unmet=("comprehensive_service",),
        tables=TABLES,
    ),
    Example(
        "other kind",
        t("专业孵化器的权重未设定", "weights of the professional kind not set"),
        ON,
        {**POINTS, "incubator_kind": "professional"},
        "undetermined",
        tables=TABLES,
    ),
    Example("day before", t("指标体系发布前", "before the indicators were issued"), dt.date(2019, 12, 19), POINTS, "not_eligible"),
)

SPEC = Rule(
    key="incubator_evaluation",
    topic="incubator",
    name=t("科技企业孵化器评价", "evaluation of technology incubators"),
    about=t(
        "按服务能力、孵化绩效、可持续发展三项加加分项评定 A、B、C、D；权重与分数线由管理人员设定。",
        "Graded A to D by service ability, incubation performance and sustainability, with a bonus; an officer sets the weights.",
    ),
    subject="incubator",
    chosen_by=EVALUATED,
    editions=(EDITION,),
    examples=EXAMPLES,
)

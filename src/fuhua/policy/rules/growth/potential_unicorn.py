"""潜在独角兽企业 potential unicorn: a threshold of valuation that rises with age.

Why: names the firms on the way to a unicorn while help still matters. Source: 北京市东城区口径 by default; districts
elsewhere use other numbers, so the verdict says whose these are.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, at_most, by_case, when
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import yi

SOURCE = Source(
    "北京市东城区潜在独角兽企业口径",
    t("北京市东城区潜在独角兽企业口径", "Potential unicorns as Dongcheng District, Beijing, counts them"),
    evidence="conflict",
)
AGE = Elapsed(firm.registered_on, "years")

CONDITIONS = by_case(
    (
        when(AGE, "<=", 5),
        at_least(
            "valuation_young",
            growth.valuation_usd,
            yi(1),
            Clause(
                "估值",
                t("成立不超过 5 年：投后估值不低于 1 亿美元", "five years at most: post-money valuation of $100 million or more"),
                "conflict",
            ),
        ),
    ),
    (
        None,
        all_of(
            at_most("age", AGE, 9, Clause("成立年限", t("成立不超过 9 年", "founded nine years ago at most"), "conflict")),
            at_least(
                "valuation_older",
                growth.valuation_usd,
                yi(5),
                Clause(
                    "估值",
                    t("成立 5 至 9 年：投后估值不低于 5 亿美元", "five to nine years: post-money valuation of $500 million or more"),
                    "conflict",
                ),
            ),
        ),
    ),
)

EDITIONS = (
    Edition(
        "dongcheng",
        None,
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(
                t(
                    "各地口径不一：另一地为 5 年内不低于 5000 万美元（或 3 亿元），5 至 9 年为 1 亿至 10 亿美元；北京默认用东城区口径",
                    "places differ: another takes $50 million (¥300 million) within five years and $100 million–1 billion at five to nine; "
                    "Beijing defaults to Dongcheng's",
                )
            ),
        ),
        dates_rest_on="memory",
    ),
)

ON = dt.date(2025, 3, 1)
YOUNG = {"registered_on": "2020-03-01", "valuation_usd": "1亿美元"}
OLDER = {"registered_on": "2016-03-01", "valuation_usd": "5亿美元"}

EXAMPLES = (
    Example("young", t("恰满 5 年，1 亿美元", "five years to the day, $100 million"), ON, YOUNG, "eligible"),
    Example(
        "young short",
        t("差一美元", "a dollar short"),
        ON,
        {**YOUNG, "valuation_usd": 99_999_999},
        "not_eligible",
        unmet=("valuation_young",),
        short={"valuation_usd": 100_000_000},
    ),
    Example(
        "over five",
        t("5 年零 1 天须 5 亿美元", "five years and a day: $500 million"),
        ON,
        {**YOUNG, "registered_on": "2020-02-29"},
        "not_eligible",
        unmet=("valuation_older",),
        short={"valuation_usd": 500_000_000},
    ),
    Example("older", t("恰满 9 年，5 亿美元", "nine years to the day, $500 million"), ON, OLDER, "eligible"),
    Example(
        "too old", t("超过 9 年", "more than nine years"), ON, {**OLDER, "registered_on": "2016-02-29"}, "not_eligible", unmet=("age",)
    ),
    Example(
        "unknown age but large",
        t("成立日期未填", "day of founding unknown"),
        ON,
        {"valuation_usd": "5亿美元"},
        "undetermined",
        missing=("registered_on",),
    ),
)

SPEC = Rule(
    key="potential_unicorn",
    topic="growth",
    name=t("潜在独角兽企业", "potential unicorn"),
    about=t(
        "成立 5 年内投后估值不低于 1 亿美元，或 5 至 9 年不低于 5 亿美元（东城区口径）。",
        "$100 million within five years, or $500 million at five to nine years (as Dongcheng counts).",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    grants="potential_unicorn",
    how=t(
        "以最近一轮融资的协议和工商登记为据，向所在区申报", "apply to the district with the agreement of the last round and the register"
    ),
)

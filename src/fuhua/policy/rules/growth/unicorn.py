"""独角兽企业 unicorn: young, valued above one billion US dollars, privately funded, not listed.

Why: the last step of the ladder that an incubated firm can climb before it lists. Source: several district measures that
agree on these four conditions; no national document.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, more_than, no, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.reasoning.terms import yi

SOURCE = Source("各地独角兽企业通行口径", t("独角兽企业通行口径", "the common definition of a unicorn"))

CONDITIONS = all_of(
    at_most("age", Elapsed(firm.registered_on, "years"), 10, Clause("成立年限", t("成立不超过 10 年", "founded ten years ago at most"))),
    more_than("valuation", growth.valuation_usd, yi(10), Clause("估值", t("估值超过 10 亿美元", "valued above one billion US dollars"))),
    yes("private_equity", growth.private_equity_raised, Clause("融资", t("获得过私募投资", "has received private investment"))),
    no("unlisted", firm.listed_company, Clause("上市", t("尚未上市", "not listed"))),
)

EDITIONS = (
    Edition(
        "common",
        None,
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(t("新三板挂牌不算上市，只见于一处文本", "that a firm on the NEEQ counts as not listed stands in one text only")),
            Note(t("有的地方也接受估值不低于 60 亿元人民币，本条不采用", "one district also accepts ¥6 billion; not used here")),
        ),
    ),
)

FIRM = {"registered_on": "2016-05-01", "valuation_usd": "12亿美元", "private_equity_raised": True, "listed_company": False}
EARLY, LATE = dt.date(2025, 3, 1), dt.date(2026, 6, 1)

EXAMPLES = (
    Example("O-3.3", t("成立不到 10 年", "less than ten years old"), EARLY, FIRM, "eligible"),
    Example("O-3.3 later", t("成立已逾 10 年", "more than ten years old"), LATE, FIRM, "not_eligible", unmet=("age",)),
    Example("ten years", t("恰满 10 年当日", "ten years old to the day"), dt.date(2026, 5, 1), FIRM, "eligible"),
    Example("ten years and a day", t("满 10 年次日", "the day after"), dt.date(2026, 5, 2), FIRM, "not_eligible", unmet=("age",)),
    Example(
        "one billion",
        t("恰 10 亿美元不算", "exactly one billion does not count"),
        EARLY,
        {**FIRM, "valuation_usd": "10亿美元"},
        "not_eligible",
        unmet=("valuation",),
        short={"valuation_usd": "1000000000.01"},
    ),
    Example("above", t("高出一美元", "a dollar above"), EARLY, {**FIRM, "valuation_usd": 1_000_000_001}, "eligible"),
    Example("listed", t("已上市", "listed"), EARLY, {**FIRM, "listed_company": True}, "not_eligible", unmet=("unlisted",)),
    Example(
        "unknown valuation",
        t("估值未填", "valuation unknown"),
        EARLY,
        {key: value for key, value in FIRM.items() if key != "valuation_usd"},
        "undetermined",
        missing=("valuation_usd",),
    ),
)

SPEC = Rule(
    key="unicorn",
    topic="growth",
    name=t("独角兽企业", "unicorn"),
    about=t(
        "成立不超过 10 年、估值超过 10 亿美元、获得私募投资且尚未上市。",
        "Ten years old at most, valued above one billion US dollars, privately funded and not listed.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    grants="unicorn",
    how=t(
        "以最近一轮融资的协议和工商登记为据，由发布榜单的机构核定",
        "shown by the agreement of the last round and the register; those who publish the list decide",
    ),
)

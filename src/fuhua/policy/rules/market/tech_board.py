"""科创孵化板 technology incubation board of the Beijing equity exchange: a place on it is known, the way in is not.

Why: measure 18 of the plan wants incubated firms on it. Source: 京科发〔2022〕19号, measure 18; no listing conditions are
public, so a firm that is not on the board cannot be told whether it would be admitted.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, market
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, no, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "京科发〔2022〕19号",
    t("标杆孵化器培育行动方案（2022—2025年）", "Action plan for benchmark incubators, 2022–2025"),
    dt.date(2022, 12, 30),
)

CONDITIONS = all_of(
    no(
        "unlisted",
        firm.listed_company,
        Clause("任务 18", t("未在证券交易所上市", "not listed on a stock exchange"), "derived"),
    ),
    any_of(
        yes("on_board", market.tech_board_listed, Clause("名单", t("已在科创孵化板", "on the technology incubation board"), "gap")),
        Open(
            "listing_conditions",
            Clause(
                "任务 18",
                t(
                    "挂牌条件未公开，由北京股权交易中心判断",
                    "the conditions of listing are not public: for the Beijing equity exchange to say",
                ),
                "gap",
            ),
        ),
    ),
)

EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 12, 30),
        None,
        SOURCE,
        CONDITIONS,
        notes=(
            Note(
                t(
                    "方案只要求推动在孵企业进入该板，没有写条件；未在板上的企业不能判断，也不判为不符合",
                    "the plan asks that incubated firms enter the board and sets no condition; a firm not on it gets no answer, "
                    "and never a no",
                )
            ),
        ),
    ),
)

ON = dt.date(2025, 6, 1)
ON_BOARD = {"from": "2024-03-01", "batch": "2024"}

EXAMPLES = (
    Example("on it", t("已在板上", "on the board"), ON, {"listed_company": False, "tech_board_listed": ON_BOARD}, "eligible"),
    Example(
        "not on it",
        t("不在板上：条件未公开", "not on it: the conditions are not public"),
        ON,
        {"listed_company": False, "tech_board_listed": False},
        "undetermined",
        missing=(),
    ),
    Example(
        "not yet",
        t("挂牌前一日", "the day before it entered"),
        dt.date(2024, 2, 29),
        {"listed_company": False, "tech_board_listed": ON_BOARD},
        "undetermined",
    ),
    Example(
        "unknown",
        t("未核是否在板上", "not looked up"),
        ON,
        {"listed_company": False},
        "undetermined",
        missing=("tech_board_listed",),
    ),
    Example(
        "listed",
        t("已上市", "listed on an exchange"),
        ON,
        {"listed_company": True, "tech_board_listed": False},
        "not_eligible",
        unmet=("unlisted",),
    ),
    Example("before the plan", t("方案之前", "before the plan"), dt.date(2022, 12, 29), {"listed_company": False}, "not_eligible"),
)

SPEC = Rule(
    key="tech_board",
    topic="market",
    name=t("科创孵化板", "technology incubation board"),
    about=t(
        "行动方案第 18 项要求在孵企业进入科创孵化板；挂牌条件未公开，只能核对是否已在板上。",
        "Measure 18 of the plan wants incubated firms on this board; its conditions are not public, so only a place on it can be "
        "looked up.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="tech_board",
    how=t(
        "向北京股权交易中心询问挂牌条件，进入后登记日期", "ask the Beijing equity exchange for its conditions; once on it, record the day"
    ),
)

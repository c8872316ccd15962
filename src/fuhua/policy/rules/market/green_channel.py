"""区域性股权市场绿色通道 green channel from the regional market to the NEEQ and the Beijing exchange.

Why: measure 18 of the plan wants a way from the fourth board to both, and by it a firm may be examined faster. Source: a
channel for innovative firms of regional markets, announced in August 2023, told from memory (0.7); its thresholds have not been
seen.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import market
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Note, Rule, Source

SOURCE = Source(
    "区域性股权市场创新型企业公示审核机制（2023 年 8 月，文号未见）",
    t("区域性股权市场创新型企业公示审核", "Publication and examination of innovative firms of regional markets"),
    evidence="memory",
    confidence="0.7",
)

CONDITIONS = all_of(
    yes(
        "on_regional_board",
        market.regional_board_listed,
        Clause("范围", t("在区域性股权市场挂牌", "quoted on a regional equity market"), "memory", "0.7"),
    ),
    any_of(
        yes(
            "passed",
            market.green_channel_listed,
            Clause("名单", t("已通过公示审核", "published and passed"), "memory", "0.7"),
        ),
        Open(
            "thresholds",
            Clause(
                "公示审核",
                t("公示审核的标准未见，由全国股转公司判断", "the standards were not found: for the operator of the NEEQ to say"),
                "gap",
            ),
        ),
    ),
)

EDITIONS = (
    Edition(
        "2023",
        dt.date(2023, 8, 1),
        None,
        SOURCE,
        CONDITIONS,
        dates_rest_on="memory",
        notes=(
            Note(
                t(
                    "只知有此通道（凭记忆，置信度 0.7），起始只知为 2023 年 8 月；标准未见，未通过公示审核的不能判断",
                    "that the channel exists is from memory (0.7) and its start is known by the month alone; its standards were "
                    "not found, so a firm that has not passed gets no answer",
                )
            ),
            Note(
                t(
                    "通道只加快审核，新三板挂牌和北交所上市的条件仍须满足",
                    "the channel makes examination faster; the conditions of the NEEQ and of the Beijing exchange still apply",
                )
            ),
        ),
    ),
)

ON = dt.date(2025, 6, 1)

EXAMPLES = (
    Example(
        "passed",
        t("已通过公示审核", "published and passed"),
        ON,
        {"regional_board_listed": True, "green_channel_listed": True},
        "eligible",
    ),
    Example(
        "on the board only",
        t("仅在四板挂牌：标准未见", "only on the fourth board: the standards are not known"),
        ON,
        {"regional_board_listed": True, "green_channel_listed": False},
        "undetermined",
        missing=(),
    ),
    Example(
        "not on the board",
        t("未在四板挂牌", "not on the fourth board"),
        ON,
        {"regional_board_listed": False},
        "not_eligible",
        unmet=("on_regional_board",),
    ),
    Example(
        "left the board",
        t("已从四板摘牌", "it has left the fourth board"),
        ON,
        {"regional_board_listed": {"from": "2023-01-10", "to": "2025-05-31"}, "green_channel_listed": False},
        "not_eligible",
        unmet=("on_regional_board",),
    ),
    Example("unknown", t("未填", "not told"), ON, {}, "undetermined", missing=("regional_board_listed", "green_channel_listed")),
    Example("before", t("通道之前", "before the channel"), dt.date(2023, 7, 31), {"regional_board_listed": True}, "not_eligible"),
)

SPEC = Rule(
    key="green_channel",
    topic="market",
    name=t("四板转新三板、北交所绿色通道", "green channel from the fourth board"),
    about=t(
        "区域性股权市场的创新型企业经公示审核，可加快新三板挂牌和北交所上市审核；标准未见。",
        "Innovative firms of a regional market, once published and passed, are examined faster for the NEEQ and the Beijing "
        "exchange; the standards were not found.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t("经北京股权交易中心推荐，进入公示审核", "be put forward by the Beijing equity exchange for publication and examination"),
)

"""专精特新专板 board of specialised firms at the Beijing equity exchange: who enters, and in which of three layers.

Why: the fourth board is the first step of an incubated firm towards the NEEQ and the Beijing exchange.
Source: the guidance of November 2022 on high-quality boards of specialised firms in regional equity markets, as told by
public reports on layers and entry; the list of the top layer was cut off in the copy read.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth, market
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, no, one_of, yes
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Level, Note, Rule, Source

SOURCE = Source(
    "关于高质量建设区域性股权市场“专精特新”专板的指导意见（2022 年 11 月）",
    t("专精特新专板指导意见", "Guidance on boards of specialised firms in regional equity markets"),
)

GIANT = yes("little_giant", market.little_giant_valid, Clause("培育层", t("专精特新“小巨人”企业", "a little giant")))
SPECIALISED = yes("specialised", market.specialised_sme_valid, Clause("规范层", t("专精特新中小企业", "a specialised SME")))
RESERVE = yes("reserve", market.listing_reserve, Clause("培育层", t("上市后备企业", "in reserve for listing")))
ROUND_B = one_of(
    "round_b", market.funding_round, {"b_or_later"}, Clause("规范层", t("获得 B 轮或以后的融资", "financed in round B or later"))
)

ENTRY = all_of(
    no(
        "unlisted",
        firm.listed_company,
        Clause("进入条件", t("未在证券交易所上市", "not listed on a stock exchange"), "derived"),
    ),
    yes(
        "beijing",
        market.beijing_firm,
        Clause("进入条件", t("区域性股权市场只服务本地企业", "a regional market serves firms of its own region"), "memory", "0.9"),
    ),
    any_of(
        yes("innovative", market.innovative_sme_valid, Clause("优先进入", t("创新型中小企业", "an innovative SME"))),
        SPECIALISED,
        GIANT,
        RESERVE,
        yes(
            "government_fund",
            market.government_fund_holds,
            Clause("优先进入", t("政府投资基金所投企业", "held by a government investment fund")),
        ),
        yes(
            "private_equity",
            growth.private_equity_raised,
            Clause("优先进入", t("私募股权、创业投资基金所投企业", "held by private equity or venture capital")),
        ),
        ROUND_B,
        Open(
            "potential",
            Clause(
                "优先进入",
                t("其他有潜力的企业，由运营机构判断", "other firms with potential: for the operator of the market to say"),
                "gap",
            ),
        ),
    ),
)

LEVELS = (
    Level(
        "cultivating",
        t("培育层", "cultivating layer"),
        any_of(
            GIANT,
            RESERVE,
            Open(
                "cultivating_more",
                Clause(
                    "培育层",
                    t("培育层的其他条件，所见文本被截断", "further ways into this layer: the text read was cut off"),
                    "gap",
                ),
            ),
        ),
    ),
    Level("regulated", t("规范层", "regulated layer"), any_of(SPECIALISED, ROUND_B)),
    Level("incubating", t("孵化层", "incubating layer"), all_of()),
)

EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 11, 1),
        None,
        SOURCE,
        ENTRY,
        levels=LEVELS,
        dates_rest_on="derived",
        notes=(
            Note(
                t(
                    "文件只知为 2022 年 11 月，按当月首日起算；北京专板方案于 2023-06-30 首批备案，2023 年 11 月前开板",
                    "the guidance is of November 2022, taken from its first day; Beijing's plan was among the first filed on "
                    "2023-06-30 and the board was open by November 2023",
                )
            ),
            Note(
                t(
                    "达到规范层的企业可能还符合培育层的其他条件，所见文本未载全",
                    "a firm in the regulated layer may meet further ways into the cultivating layer that the text read does not show",
                )
            ),
        ),
    ),
)

NOTHING = {
    "listed_company": False,
    "beijing_firm": True,
    "innovative_sme_valid": False,
    "specialised_sme_valid": False,
    "little_giant_valid": False,
    "listing_reserve": False,
    "government_fund_holds": False,
    "private_equity_raised": False,
    "funding_round": "none",
}
ON = dt.date(2025, 6, 1)
B_ROUND = {"private_equity_raised": True, "funding_round": "b_or_later"}

EXAMPLES = (
    Example("O-7.3 giant", t("小巨人", "a little giant"), ON, {**NOTHING, "little_giant_valid": True}, "eligible", level="cultivating"),
    Example(
        "O-7.3 specialised",
        t("专精特新中小企业", "a specialised SME"),
        ON,
        {**NOTHING, "specialised_sme_valid": True},
        "eligible",
        level="regulated",
    ),
    Example(
        "O-7.3 innovative",
        t("仅为创新型中小企业", "an innovative SME and no more"),
        ON,
        {**NOTHING, "innovative_sme_valid": True},
        "eligible",
        level="incubating",
    ),
    Example("O-7.3 round B", t("B 轮融资、没有称号", "round B, no title"), ON, {**NOTHING, **B_ROUND}, "eligible", level="regulated"),
    Example(
        "round A",
        t("A 轮融资、没有称号", "round A, no title"),
        ON,
        {**NOTHING, "private_equity_raised": True, "funding_round": "before_b"},
        "eligible",
        level="incubating",
    ),
    Example(
        "reserve",
        t("专精特新且在上市后备名单", "a specialised SME in reserve for listing"),
        ON,
        {**NOTHING, "specialised_sme_valid": True, "listing_reserve": True},
        "eligible",
        level="cultivating",
    ),
    Example(
        "reserve alone",
        t("仅在上市后备名单，没有称号和投资人", "in reserve for listing, no title and no investor"),
        ON,
        {**NOTHING, "listing_reserve": True},
        "eligible",
        level="cultivating",
    ),
    Example("government fund", t("政府基金持股", "held by a government fund"), ON, {**NOTHING, "government_fund_holds": True}, "eligible"),
    Example("neither", t("没有称号、没有投资人", "no title and no investor"), ON, NOTHING, "undetermined", missing=()),
    Example(
        "lapsed title",
        t("小巨人资格已过期", "a little giant whose title has lapsed"),
        ON,
        {**NOTHING, "little_giant_valid": {"from": "2022-06-01", "to": "2025-05-31"}, "innovative_sme_valid": True},
        "eligible",
        level="incubating",
    ),
    Example(
        "listed",
        t("已上市的小巨人", "a listed little giant"),
        ON,
        {**NOTHING, "little_giant_valid": True, "listed_company": True},
        "not_eligible",
        unmet=("unlisted",),
    ),
    Example(
        "elsewhere",
        t("外地企业", "a firm of another province"),
        ON,
        {**NOTHING, "little_giant_valid": True, "beijing_firm": False},
        "not_eligible",
        unmet=("beijing",),
    ),
    Example("before", t("指导意见之前", "before the guidance"), dt.date(2022, 10, 31), NOTHING, "not_eligible"),
    Example("first day", t("指导意见当月首日", "the first day of its month"), dt.date(2022, 11, 1), {**NOTHING, **B_ROUND}, "eligible"),
)

SPEC = Rule(
    key="srdi_board",
    topic="market",
    name=t("专精特新专板", "board of specialised firms"),
    about=t(
        "北京股权交易中心专精特新专板：优先接纳三类中小企业称号和基金所投企业，分培育层、规范层和孵化层。",
        "Board of specialised firms at the Beijing equity exchange: holders of the three SME titles and firms held by funds "
        "enter first, in three layers.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="srdi_board",
    how=t(
        "向北京股权交易中心提出申请，提交称号证书或投资协议",
        "apply to the Beijing equity exchange with the title or the investment agreement",
    ),
)

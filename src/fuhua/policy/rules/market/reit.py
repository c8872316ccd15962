"""基础设施 REITs（园区等）public REIT of a park: scale, distribution rate, and room to grow.

Why: measure 19 of the plan wants incubators with premises of their own to raise money on them.
Source: 发改投资〔2021〕958号; 发改投资〔2023〕236号; 发改投资〔2024〕1014号, on whose floors the sources disagree.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import park
from fuhua.policy.reasoning.conditions import Clause, Condition, all_of, at_least, by_case, one_of, when_in, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import Case, Edition, Example, Figure, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import Exact, Operator, Term, percent, ratio, yi

DECLARED = Relevant("declaration", t("项目申报日", "day of declaration of the project"))
ADMISSIBLE = {"park", "rental_housing", "other_owned", "concession"}
YEARS = (park.distributable_cash_1, park.distributable_cash_2, park.distributable_cash_3)

BASE = all_of(
    one_of(
        "class",
        park.reit_asset_class,
        ADMISSIBLE,
        Clause(
            "项目范围",
            t(
                "属于试点范围，如园区（研发平台、创业孵化器、工业厂房）",
                "an admitted class, such as parks: R&D platforms, startup incubators, plants",
            ),
            "memory",
            "0.9",
        ),
    ),
    at_least(
        "operating",
        Elapsed(park.park_operating_since, "years"),
        3,
        Clause("运营", t("运营满 3 年", "three years or more in operation"), "memory", "0.9"),
    ),
    yes("title", park.park_clear_title, Clause("权属", t("权属清晰、用地合规", "clean title and lawful use of the land"), "memory", "0.9")),
)


def each_year(key: str, floor: Term | Exact, clause: Clause) -> Condition:
    """The distribution rate of each of the three years ahead is the floor or more."""
    return all_of(*(at_least(f"{key}_{year}", ratio(cash, park.park_net_value), floor, clause) for year, cash in enumerate(YEARS, start=1)))


def room(key: str, clause: Clause) -> Condition:
    """Assets in reserve of twice the first issue or more."""
    return at_least(key, park.expandable_assets, park.park_net_value * 2, clause)


TWICE = t("可扩募资产规模不低于首发规模的 2 倍", "assets in reserve are twice the first issue or more")
V2021 = all_of(
    BASE,
    at_least("scale", park.park_net_value, yi(10), Clause("规模", t("评估净值不低于 10 亿元", "net value of ¥1 billion or more"))),
    each_year(
        "rate", percent(4), Clause("收益", t("未来 3 年净现金流分派率每年不低于 4%", "4 % or more distributed in each of three years"))
    ),
    room("growth", Clause("扩募", TWICE, "memory", "0.9")),
)
V2023 = all_of(
    BASE,
    by_case(
        (
            when_in(park.reit_asset_class, {"rental_housing"}),
            all_of(
                at_least(
                    "scale_housing",
                    park.park_net_value,
                    yi(8),
                    Clause("规模", t("保障性租赁住房评估净值不低于 8 亿元", "rental housing: ¥800 million or more")),
                ),
                room("growth_housing", Clause("扩募", TWICE)),
            ),
        ),
        (
            None,
            all_of(
                at_least(
                    "scale", park.park_net_value, yi(10), Clause("规模", t("评估净值不低于 10 亿元", "net value of ¥1 billion or more"))
                ),
                room("growth", Clause("扩募", TWICE, "memory", "0.9", "发改投资〔2021〕958号")),
            ),
        ),
    ),
    by_case(
        (
            when_in(park.reit_asset_class, {"concession"}),
            at_least(
                "irr",
                park.concession_irr,
                percent(5),
                Clause("收益", t("特许经营类内部收益率不低于 5%", "concession: an internal rate of return of 5 % or more")),
            ),
        ),
        (
            None,
            each_year(
                "rate",
                percent("3.8"),
                Clause("收益", t("非特许经营类未来 3 年分派率每年不低于 3.8%", "3.8 % or more in each of three years")),
            ),
        ),
    ),
)

SCALE_SET = Operator(
    "reit.scale", "CNY", t("首发规模下限（认为没有下限则填 0）", "least scale of a first issue (0 if you hold that there is none)")
)
RATE_SET = Operator(
    "reit.rate",
    "percent",
    t("产权（租金）类分派率下限（认为没有下限则填 0）", "least distribution rate of rent-type assets (0 if you hold that there is none)"),
)
IRR_SET = Operator(
    "reit.irr",
    "percent",
    t("特许经营（收费）类收益率下限（认为没有下限则填 0）", "least return of fee-type assets (0 if you hold that there is none)"),
)
DISPUTED = t("来源互相矛盾：是否还有硬性下限", "sources disagree whether there still is a floor")
V2024 = all_of(
    BASE,
    at_least("scale", park.park_net_value, SCALE_SET, Clause("规模", DISPUTED, "conflict")),
    by_case(
        (
            when_in(park.reit_asset_class, {"concession"}),
            at_least("irr", park.concession_irr, IRR_SET, Clause("收益", DISPUTED, "conflict")),
        ),
        (None, each_year("rate", RATE_SET, Clause("收益", DISPUTED, "conflict"))),
    ),
)


def _lowest_rate(case: Case) -> Exact | None:
    net = case[park.park_net_value]
    return Fraction(min(case[cash] for cash in YEARS) * 100, net) if net else None


LOWEST_RATE = Figure(
    "lowest_rate",
    t("未来三年中最低的分派率", "lowest distribution rate of the three years ahead"),
    "percent",
    (park.park_net_value, *YEARS),
    _lowest_rate,
    Clause("收益", t("净可供分配现金 ÷ 净值", "net distributable cash ÷ net value"), "derived"),
    always=True,
)

EDITIONS = (
    Edition(
        "2021",
        dt.date(2021, 7, 2),
        dt.date(2023, 3, 23),
        Source(
            "发改投资〔2021〕958号",
            t("关于进一步做好基础设施领域不动产投资信托基金（REITs）试点工作的通知", "Notice on the pilot of infrastructure REITs"),
            evidence="memory",
            confidence="0.9",
        ),
        V2021,
        figures=(LOWEST_RATE,),
        dates_rest_on="memory",
    ),
    Edition(
        "2023",
        dt.date(2023, 3, 24),
        dt.date(2024, 7, 31),
        Source(
            "发改投资〔2023〕236号",
            t("2023 年关于基础设施 REITs 申报的通知", "Notice of 2023 on declaring infrastructure REITs"),
            dt.date(2023, 3, 24),
        ),
        V2023,
        figures=(LOWEST_RATE,),
        notes=(
            Note(
                t(
                    "除保障性租赁住房外，扩募 2 倍的要求沿用 2021 年通知，凭记忆转述",
                    "except for rental housing, twice the first issue is carried on from the notice of 2021, from memory",
                )
            ),
        ),
    ),
    Edition(
        "2024",
        dt.date(2024, 8, 1),
        None,
        Source(
            "发改投资〔2024〕1014号",
            t("2024 年关于基础设施 REITs 常态化发行的通知", "Notice of 2024 on regular issuance of infrastructure REITs"),
        ),
        V2024,
        figures=(LOWEST_RATE,),
        notes=(
            Note(
                t(
                    "来源互相矛盾：一说该通知取消了规模和收益的硬性下限，一说交易所修订后的指引仍按租金类、收费类分别规定；"
                    "由管理人员核对后设定",
                    "sources disagree: one says that the notice dropped hard floors of scale and yield, another that the exchange's new "
                    "guide states both again, for rent and fee types apart; an officer checks and sets them",
                )
            ),
            Note(
                t(
                    "发改办投资〔2025〕782号：上市满 6 个月后可申报新购入项目；发改办投资〔2025〕991号为 2025 年项目清单",
                    "notices 782 and 991 of 2025: more assets may be bought from six months after listing; the list of projects of 2025",
                ),
                dt.date(2025, 9, 12),
            ),
        ),
    ),
)

PARK = {
    "reit_asset_class": "park",
    "park_net_value": "12亿元",
    "distributable_cash_1": "4600万元",
    "distributable_cash_2": "4600万元",
    "distributable_cash_3": "4600万元",
    "expandable_assets": "24亿元",
    "park_operating_since": "2018-01-01",
    "park_clear_title": True,
}
HOUSING = {
    **PARK,
    "reit_asset_class": "rental_housing",
    "park_net_value": "8.5亿元",
    "distributable_cash_1": "3315万元",
    "distributable_cash_2": "3315万元",
    "distributable_cash_3": "3315万元",
    "expandable_assets": "17亿元",
}
ON_2022, ON_2023, ON_2024 = dt.date(2022, 1, 15), dt.date(2023, 6, 15), dt.date(2024, 12, 15)
FORTY_EIGHT = dict.fromkeys(("distributable_cash_1", "distributable_cash_2", "distributable_cash_3"), 48_000_000)

EXAMPLES = (
    Example(
        "O-8.1 2022",
        t(
            "园区 12 亿元、年分派 4600 万元（3.83%），2022 年 1 月：低于 4%",
            "park of ¥1.2 billion, ¥46 million a year (3.83 %), January 2022: under 4 %",
        ),
        ON_2022,
        PARK,
        "not_eligible",
        unmet=("rate_1", "rate_2", "rate_3"),
        short=FORTY_EIGHT,
        way=FORTY_EIGHT,
    ),
    Example("O-8.1 2023", t("同一园区，2023 年 6 月：达到 3.8%", "the same park, June 2023: 3.8 % is reached"), ON_2023, PARK, "eligible"),
    Example(
        "exactly 3.8 %", t("恰好 4560 万元", "exactly ¥45.6 million"), ON_2023, {**PARK, "distributable_cash_2": "4560万元"}, "eligible"
    ),
    Example(
        "under 3.8 %",
        t("有一年少 1 元", "one yuan less in one year"),
        ON_2023,
        {**PARK, "distributable_cash_2": 45_599_999},
        "not_eligible",
        unmet=("rate_2",),
        short={"distributable_cash_2": 45_600_000},
    ),
    Example(
        "O-8.2",
        t("保租房 8.5 亿元、3.9%、储备 17 亿元", "rental housing of ¥850 million, 3.9 %, ¥1.7 billion in reserve"),
        ON_2023,
        HOUSING,
        "eligible",
        figures={"lowest_rate": Decimal("3.9")},
    ),
    Example(
        "reserve one yuan short",
        t("储备少 1 元", "one yuan less in reserve"),
        ON_2023,
        {**HOUSING, "expandable_assets": 1_699_999_999},
        "not_eligible",
        unmet=("growth_housing",),
        short={"expandable_assets": 1_700_000_000},
    ),
    Example(
        "O-8.3",
        t("同一园区，2024 年 12 月：下限来源矛盾", "the same park, December 2024: sources disagree on the floor"),
        ON_2024,
        PARK,
        "undetermined",
        missing=(),
    ),
    Example(
        "floors set",
        t("管理人员设定下限后", "with the floors set"),
        ON_2024,
        PARK,
        "eligible",
        tables={"reit.scale": yi(8), "reit.rate": percent("3.8")},
    ),
    Example(
        "floors set higher",
        t("设定的分派率下限更高", "with a higher floor of the rate"),
        ON_2024,
        PARK,
        "not_eligible",
        unmet=("rate_1", "rate_2", "rate_3"),
        tables={"reit.scale": 0, "reit.rate": percent(4)},
    ),
    Example("last day of 2021 text", t("旧版最后一天", "last day of the old edition"), dt.date(2023, 3, 23), PARK, "not_eligible"),
    Example("first day of 2023 text", t("新版第一天", "first day of the new edition"), dt.date(2023, 3, 24), PARK, "eligible"),
    Example("last day of 2023 text", t("2023 年版最后一天", "last day of the edition of 2023"), dt.date(2024, 7, 31), PARK, "eligible"),
    Example("first day of 2024 text", t("2024 年版第一天", "first day of the edition of 2024"), dt.date(2024, 8, 1), PARK, "undetermined"),
    Example(
        "housing under the park's scale",
        t("园区 8.5 亿元不足 10 亿元", "a park of ¥850 million is under ¥1 billion"),
        ON_2023,
        {**HOUSING, "reit_asset_class": "park"},
        "not_eligible",
        unmet=("scale",),
    ),
    Example(
        "concession",
        t("特许经营类看内部收益率，恰好 5%", "a concession is judged by its return: exactly 5 %"),
        ON_2023,
        {**PARK, "reit_asset_class": "concession", "concession_irr": 5, "distributable_cash_1": 0},
        "eligible",
    ),
    Example(
        "concession under",
        t("内部收益率 4.99%", "a return of 4.99 %"),
        ON_2023,
        {**PARK, "reit_asset_class": "concession", "concession_irr": "4.99"},
        "not_eligible",
        unmet=("irr",),
    ),
    Example(
        "reserve not told",
        t("储备资产未填", "reserve not told"),
        ON_2023,
        {name: value for name, value in PARK.items() if name != "expandable_assets"},
        "undetermined",
        missing=("expandable_assets",),
    ),
    Example(
        "not yet three years",
        t("运营差一天满三年", "a day short of three years"),
        ON_2023,
        {**PARK, "park_operating_since": "2020-06-16"},
        "not_eligible",
        unmet=("operating",),
    ),
)

SPEC = Rule(
    key="reit",
    topic="market",
    name=t("基础设施 REITs（园区）", "infrastructure REIT (park)"),
    about=t(
        "自有园区发行公募 REITs：规模、未来三年分派率和扩募空间；2024 年 8 月起的下限来源互相矛盾。",
        "A public REIT on premises of one's own: scale, distribution rate of three years, room to grow; since August 2024 sources "
        "disagree on the floors.",
    ),
    subject="park",
    chosen_by=DECLARED,
    editions=EDITIONS,
    examples=EXAMPLES,
)

"""HICOOL 全球创业大赛 the HICOOL contest for founders: an award is a place on a season's list.

Why: it is Beijing's largest door for projects from overseas, and its awards are asked about by other measures. What an
award is judged by is not public, so the list decides. Entering the contest, or an award of it, is no landing in Beijing:
see ``overseas_landing``. Source: the figures that the organisers and the city published season by season.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, all_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Case, Edition, Example, Figure, Note, Rule, Source

SOURCE = Source("HICOOL 全球创业大赛获奖名单", t("HICOOL 全球创业大赛各届获奖名单", "Lists of awards of the HICOOL contest, by season"))


@dataclass(frozen=True)
class Season:
    """One season as published: projects that entered and awards given; None where no number was published."""

    year: str
    projects: int | None
    awards: int


SEASONS = (Season("2020", 2026, 100), Season("2021", 4018, 140), Season("2022", 5016, 7 + 21 + 42 + 70), Season("2023", None, 140))
BY_YEAR = {season.year: season for season in SEASONS}


def projects_to_date(year: str) -> int | None:
    """Projects that entered from the first season to that of ``year``; None when one of the seasons has no number."""
    counts = [season.projects for season in SEASONS if season.year <= year]
    return None if None in counts else sum(counts)


def projects_multiple(year: str) -> Fraction | None:
    """Projects of a season as a multiple of those of the season before; None without both numbers."""
    before = BY_YEAR.get(str(int(year) - 1))
    now = BY_YEAR[year].projects
    return None if before is None or None in (before.projects, now) else Fraction(now, before.projects)


PUBLISHED = Clause("历届公布数据", t("主办方和市里逐届公布", "published season by season by the organisers and the city"))
ARITHMETIC = Clause("历届公布数据", t("由逐届公布的数字算出", "worked out of the numbers published season by season"), "derived")


def _figure(key: str, text: Text, unit: str, compute: Callable[[str], int | Fraction | None], clause: Clause) -> Figure:
    def of_the_season(case: Case) -> int | Fraction | None:
        return compute(case[person.hicool_season])

    return Figure(key, text, unit, (person.hicool_season,), of_the_season, clause, always=True)


FIGURES = (
    _figure("projects", t("当届参赛项目数", "projects that entered that season"), "items", lambda year: BY_YEAR[year].projects, PUBLISHED),
    _figure("awards", t("当届奖项数", "awards given that season"), "items", lambda year: BY_YEAR[year].awards, PUBLISHED),
    _figure(
        "projects_to_date",
        t("首届至当届累计参赛项目数", "projects from the first season to that one"),
        "items",
        projects_to_date,
        ARITHMETIC,
    ),
    _figure(
        "projects_multiple",
        t("当届参赛项目数是上届的几倍", "projects of that season as a multiple of those of the season before"),
        "ratio",
        projects_multiple,
        ARITHMETIC,
    ),
)

EDITIONS = (
    Edition(
        "list",
        None,
        None,
        SOURCE,
        all_of(yes("listed", person.hicool_awarded, Clause("获奖名单", t("在当届获奖名单内", "on the season's list of awards"), "gap"))),
        figures=FIGURES,
        notes=(
            Note(t("评奖标准未见公开文本，只按名单判断", "what an award is judged by is not public: the list alone decides")),
            Note(
                t(
                    "参赛和获奖不等于在京落地：累计项目数、人数和获奖企业的存量都不能计入“落地 400 个”",
                    "entering or winning is no landing in Beijing: no stock of projects, people or winners counts towards the 400 landed",
                )
            ),
            Note(
                t(
                    "2023 年未公布与往届同口径的参赛项目数，不作推算",
                    "for 2023 no number of projects like those of earlier seasons was published; none is guessed",
                )
            ),
        ),
        dates_rest_on="gap",
    ),
)

AWARD = {"from": "2022-08-28", "batch": "2022"}

EXAMPLES = (
    Example(
        "O-10.1",
        t("2020 至 2022 三届合计 11060 个项目，与公布总数一致", "2020 to 2022: 11,060 projects, as published in total"),
        dt.date(2023, 1, 17),
        {"hicool_awarded": AWARD, "hicool_season": "2022"},
        "eligible",
        figures={"projects_to_date": 11_060, "projects": 5016},
    ),
    Example(
        "O-10.2",
        t("2022 年项目增长 24.84%，奖项 140 个", "2022: 24.84 % more projects, 140 awards"),
        dt.date(2023, 1, 17),
        {"hicool_awarded": AWARD, "hicool_season": "2022"},
        "eligible",
        figures={"projects_multiple": Decimal("1.2483822797"), "awards": 140},
    ),
    Example(
        "first season",
        t("首届没有上届可比", "the first season has none before it"),
        dt.date(2021, 1, 1),
        {"hicool_awarded": False, "hicool_season": "2020"},
        "not_eligible",
        unmet=("listed",),
        figures={"projects": 2026, "projects_to_date": 2026, "projects_multiple": None, "awards": 100},
    ),
    Example(
        "2023",
        t("2023 年项目数未公布，不推算", "no number of projects for 2023, and none is guessed"),
        dt.date(2023, 12, 1),
        {"hicool_awarded": True, "hicool_season": "2023"},
        "eligible",
        figures={"projects": None, "projects_to_date": None, "projects_multiple": None, "awards": 140},
    ),
    Example("day before", t("颁奖前一日", "the day before the award"), dt.date(2022, 8, 27), {"hicool_awarded": AWARD}, "not_eligible"),
    Example("unknown", t("未核名单", "not looked up"), dt.date(2023, 1, 17), {}, "undetermined", missing=("hicool_awarded",)),
)

SPEC = Rule(
    key="hicool",
    topic="talent",
    name=t("HICOOL 全球创业大赛奖项", "award of the HICOOL contest"),
    about=t("以各届公布的获奖名单为准。", "The list of awards published each season decides."),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="hicool",
    how=t(
        "在大赛报名期内提交项目，获奖后登记届次和日期", "enter the contest while it is open; after an award record the season and the day"
    ),
)

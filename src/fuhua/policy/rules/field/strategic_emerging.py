"""战略性新兴产业 strategic emerging industries: nine groups and forty entries of the national classification of 2018.

Why: titles of SMEs, capital markets and statistics ask whether a product is in one of them, whatever a city calls it.
Source: 《战略性新兴产业分类（2018）》, first and second level; the classification says nothing of districts.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import field
from fuhua.policy.reasoning.conditions import Clause, all_of
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.rules.field._catalogue import Catalogue

SOURCE = Source("《战略性新兴产业分类（2018）》", t("战略性新兴产业分类（2018）", "Classification of strategic emerging industries (2018)"))
GROUPS = (
    t("1 新一代信息技术产业", "1 new-generation information technology"),
    t("2 高端装备制造产业", "2 high-end equipment"),
    t("3 新材料产业", "3 new materials"),
    t("4 生物产业", "4 biology"),
    t("5 新能源汽车产业", "5 new energy vehicles"),
    t("6 新能源产业", "6 new energy"),
    t("7 节能环保产业", "7 energy saving and environment"),
    t("8 数字创意产业", "8 digital creation"),
    t("9 相关服务业", "9 related services"),
)
CATALOGUE = Catalogue(
    field.strategic_industry,
    tuple(
        (group, tuple(code for code in field.strategic_industry.choices if code.startswith(f"{number}.")))
        for number, group in enumerate(GROUPS, start=1)
    ),
    {},
    {},
)
IN_IT = Clause("第二级目录", t("属于战略性新兴产业", "among the strategic emerging industries"))

EDITIONS = (
    Edition(
        "2018",
        dt.date(2018, 11, 7),
        None,
        SOURCE,
        all_of(CATALOGUE.listed(IN_IT)),
        figures=CATALOGUE.figures(IN_IT),
        notes=(
            Note(
                t(
                    "施行日 2018-11-07（国家统计局令第23号）凭记忆，请核对",
                    "the first day, 2018-11-07 (decree 23 of the Bureau of Statistics), is from memory: check",
                )
            ),
            Note(
                t(
                    "只列第一、二级；是否属于某一行业以第三级和对应的国民经济行业代码为准",
                    "first and second level only: the third level and its codes of national industries decide",
                )
            ),
            Note(
                t(
                    "常用词对应的目录（如生物育种归 4.3，钙钛矿光伏归 6.3）系推算",
                    "which entry a usual word stands for (breeding: 4.3, perovskite photovoltaics: 6.3) is derived",
                )
            ),
        ),
        dates_rest_on="memory",
    ),
)

ON = dt.date(2024, 6, 3)
_OF = field.strategic_industry.name

EXAMPLES = (
    Example(
        "O-11.1",
        t("第二级共 40 项", "forty entries of the second level"),
        ON,
        {_OF: "1.5"},
        "eligible",
        figures={"entries": 40, "group": GROUPS[0], "industry": t("人工智能", "artificial intelligence")},
    ),
    Example(
        "O-11.2 perovskite",
        t("钙钛矿光伏：6.3 太阳能", "perovskite photovoltaics: 6.3 solar energy"),
        ON,
        {_OF: "钙钛矿光伏"},
        "eligible",
        figures={"industry": t("太阳能产业", "solar energy"), "group": GROUPS[5], "places": None},
    ),
    Example(
        "breeding",
        t("生物育种：4.3", "breeding: 4.3"),
        ON,
        {_OF: "生物育种"},
        "eligible",
        figures={"industry": t("生物农业及相关产业", "biological agriculture and related industries"), "group": GROUPS[3]},
    ),
    Example(
        "short name",
        t("目录的简称：先进钢铁即 3.1", "an entry by its short name"),
        ON,
        {_OF: "先进钢铁"},
        "eligible",
        figures={"industry": t("先进钢铁材料", "advanced steel"), "group": GROUPS[2]},
    ),
    Example(
        "none",
        t("不在目录内", "not in the classification"),
        ON,
        {_OF: "none"},
        "not_eligible",
        unmet=("listed",),
        figures={"industry": None, "group": None},
    ),
    Example("untold", t("产业未填", "industry untold"), ON, {}, "undetermined", missing=(_OF,)),
    Example("before", t("分类施行前一天", "the day before"), dt.date(2018, 11, 6), {_OF: "6.3"}, "not_eligible"),
)

SPEC = Rule(
    key="strategic_emerging",
    topic="field",
    name=t("战略性新兴产业", "strategic emerging industries"),
    about=t(
        "国家 2018 年分类的 9 个门类、40 个第二级目录。",
        "The nine groups and forty second-level entries of the national classification of 2018.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t(
        "按主要产品归入第二级目录，可填代码、名称或常用词",
        "place the firm by its main product at the second level: code, name or a usual word",
    ),
)

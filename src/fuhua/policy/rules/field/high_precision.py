"""高精尖产业 high-precision industries: Beijing's “2441” of the fourteenth five-year plan.

Why: the action plan (京科发〔2022〕19号) builds its benchmark incubators in them, and other measures ask whether a firm is in
one. Source: 《北京市“十四五”时期高精尖产业发展规划》(2021-08): two pillars, four of manufacture, four of services, and the
industries of the frontier; the districts are those that it names.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import field
from fuhua.policy.reasoning.conditions import Clause, all_of
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.rules.field._catalogue import CHANGPING, CHAOYANG, DAXING, E_TOWN, HAIDIAN, SHUNYI, Catalogue

SOURCE = Source(
    "《北京市“十四五”时期高精尖产业发展规划》",
    t("北京市“十四五”时期高精尖产业发展规划", "Beijing's plan for high-precision industries, 2021–2025"),
)
CATALOGUE = Catalogue(
    field.high_precision_industry,
    (
        (t("支柱产业", "pillars"), ("information_technology", "medicine_health")),
        (
            t("“北京智造”产业", "“made in Beijing” industries"),
            ("integrated_circuits", "connected_vehicles", "smart_manufacturing", "green_energy"),
        ),
        (
            t("“北京服务”产业", "“served by Beijing” industries"),
            ("blockchain_computing", "technology_services", "smart_city", "information_content"),
        ),
        (t("未来前沿产业", "future frontier industries"), ("frontier",)),
    ),
    {
        "information_technology": (HAIDIAN, CHAOYANG, E_TOWN),
        "medicine_health": (CHANGPING, HAIDIAN, DAXING, E_TOWN),
        "integrated_circuits": (E_TOWN, HAIDIAN, SHUNYI),
    },
    {},
)
IN_IT = Clause("“2441”高精尖产业体系", t("属于高精尖产业体系", "in the system of high-precision industries"))

EDITIONS = (
    Edition(
        "2021",
        dt.date(2021, 8, 1),
        None,
        SOURCE,
        all_of(CATALOGUE.listed(IN_IT)),
        figures=CATALOGUE.figures(IN_IT),
        notes=(
            Note(
                t(
                    "只知发布于 2021 年 8 月，起始日取 2021-08-01；文号未见",
                    "known to be of August 2021 only: 2021-08-01 is taken as the first day; its number was not seen",
                )
            ),
            Note(
                t(
                    "医药健康：北部为昌平、海淀，南部为大兴、经开区；未点名的产业不列区",
                    "medicine: Changping and Haidian in the north, Daxing and E-Town in the south; where none is named, none is given",
                )
            ),
            Note(
                t(
                    "常用词对应的产业（如“智能硬件”归新一代信息技术）系推算",
                    "which industry a usual word stands for (“smart hardware”: information technology) is derived",
                )
            ),
            Note(
                t(
                    "规划期为 2021 至 2025 年，之后的新目录未见，请核对",
                    "the plan was for 2021 to 2025; no later catalogue was seen: check",
                ),
                dt.date(2026, 1, 1),
            ),
        ),
        dates_rest_on="derived",
    ),
)

ON = dt.date(2024, 6, 3)
_OF = field.high_precision_industry.name

EXAMPLES = (
    Example(
        "O-11.3",
        t("集成电路：经开区、海淀、顺义", "integrated circuits: E-Town, Haidian, Shunyi"),
        ON,
        {_OF: "集成电路"},
        "eligible",
        figures={
            "industry": t("集成电路", "integrated circuits"),
            "group": t("“北京智造”产业", "“made in Beijing” industries"),
            "places": t("北京经济技术开发区、海淀区、顺义区", "Beijing E-Town, Haidian, Shunyi"),
        },
    ),
    Example(
        "new drugs",
        t("原创新药归医药健康", "new drugs are medicine and health"),
        ON,
        {_OF: "原创新药"},
        "eligible",
        figures={"industry": t("医药健康", "medicine and health"), "entries": 11},
    ),
    Example(
        "smart hardware",
        t("智能硬件归新一代信息技术", "smart hardware is information technology"),
        ON,
        {_OF: "智能硬件"},
        "eligible",
        figures={"group": t("支柱产业", "pillars")},
    ),
    Example(
        "no place named",
        t("未点名的产业不列区", "no district where none is named"),
        ON,
        {_OF: "smart_city"},
        "eligible",
        figures={"places": None},
    ),
    Example(
        "none",
        t("不属于高精尖产业", "not among them"),
        ON,
        {_OF: "none"},
        "not_eligible",
        unmet=("listed",),
        figures={"industry": None, "group": None, "places": None},
    ),
    Example("untold", t("产业未填", "industry untold"), ON, {}, "undetermined", missing=(_OF,)),
    Example("before", t("规划之前", "before the plan"), dt.date(2021, 7, 31), {_OF: "smart_city"}, "not_eligible"),
)

SPEC = Rule(
    key="high_precision",
    topic="field",
    name=t("高精尖产业", "high-precision industries"),
    about=t(
        "北京“2441”高精尖产业体系：2 个支柱、4 个“北京智造”、4 个“北京服务”和未来前沿产业；并给出点名的区。",
        "Beijing's “2441”: two pillars, four of manufacture, four of services, the frontier; with the districts that are named.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t(
        "按主要产品和收入归入一个产业，可填代码、名称或常用词", "place the firm by its main product and income: code, name or a usual word"
    ),
)

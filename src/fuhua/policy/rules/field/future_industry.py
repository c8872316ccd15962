"""未来产业 industries of the future: Beijing's six fields and twenty industries.

Why: the action plan (京科发〔2022〕19号, measure 4) wants incubators and golden seeds in them, in words of its own that
are mapped here. Source: 《北京市促进未来产业创新发展实施方案》(2023-09); six fields and twenty industries are in public
texts, the full list is from memory.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import field
from fuhua.policy.reasoning.conditions import Clause, all_of
from fuhua.policy.reasoning.rule import ON_THE_DAY, Edition, Example, Note, Rule, Source
from fuhua.policy.rules.field._catalogue import CHANGPING, DAXING, E_TOWN, FANGSHAN, HAIDIAN, SHIJINGSHAN, Catalogue

SOURCE = Source(
    "京政办发〔2023〕20号",
    t("北京市促进未来产业创新发展实施方案", "Beijing's scheme for industries of the future"),
    evidence="memory",
    confidence="0.8",
)
INFORMATION, HEALTH = t("未来信息", "future information"), t("未来健康", "future health")
MANUFACTURING, ENERGY = t("未来制造", "future manufacturing"), t("未来能源", "future energy")
MATERIALS, SPACE = t("未来材料", "future materials"), t("未来空间", "future space")
# three districts are named for three industries together, without saying which is whose
SOUTH_AND_NORTH = (DAXING, FANGSHAN, CHANGPING)

CATALOGUE = Catalogue(
    field.future_industry,
    (
        (INFORMATION, ("general_ai", "six_g", "metaverse", "quantum", "optoelectronics")),
        (HEALTH, ("gene_technology", "cell_therapy", "brain_science", "synthetic_biology")),
        (MANUFACTURING, ("humanoid_robots", "smart_mobility")),
        (ENERGY, ("hydrogen", "energy_storage", "carbon_capture")),
        (MATERIALS, ("graphene", "superconductors", "wide_bandgap", "biomedical_materials")),
        (SPACE, ("commercial_space", "satellite_networks")),
    ),
    {
        "general_ai": (HAIDIAN,),
        "quantum": (HAIDIAN,),
        "metaverse": (SHIJINGSHAN,),
        "smart_mobility": (E_TOWN,),
        "commercial_space": (E_TOWN,),
        **dict.fromkeys(("hydrogen", "energy_storage", "synthetic_biology"), SOUTH_AND_NORTH),
    },
    {
        "future_information": INFORMATION,
        "future_health": HEALTH,
        "future_manufacturing": MANUFACTURING,
        "future_energy": ENERGY,
        "future_materials": MATERIALS,
        "future_space": SPACE,
    },
)
IN_IT = Clause("六大领域、20 个产业", t("属于未来产业", "among the industries of the future"), "memory", "0.95")

EDITIONS = (
    Edition(
        "2023",
        dt.date(2023, 9, 1),
        None,
        SOURCE,
        all_of(CATALOGUE.listed(IN_IT)),
        figures=CATALOGUE.figures(IN_IT),
        notes=(
            Note(
                t(
                    "只知发布于 2023 年 9 月，起始日取 2023-09-01；文号和 20 个产业的全表凭记忆",
                    "only September 2023 is known: 2023-09-01 is taken as the first day; number and full list are from memory",
                )
            ),
            Note(
                t(
                    "大兴、房山、昌平与氢能、新型储能、合成生物是一并点名的，未说明各属哪一区；未点名的产业不列区",
                    "Daxing, Fangshan and Changping are named together for hydrogen, storage and synthetic biology, not which is "
                    "whose; no district is given where none is named",
                )
            ),
            Note(
                t(
                    "海淀、昌平为首批市级未来产业先导区（2025-04）",
                    "Haidian and Changping are the first zones of the city for industries of the future (April 2025)",
                ),
                dt.date(2025, 4, 1),
            ),
            Note(
                t(
                    "行动方案用词的对应系推算：类脑智能归脑科学，未来网络归 6G，智慧能源归未来能源，"
                    "关键材料和超材料归未来材料；自动驾驶归智慧出行，火箭归商业航天",
                    "how the action plan's words are mapped is derived: brain-like intelligence to brain science, future networks to 6G, "
                    "smart energy to future energy, key materials and metamaterials to future materials; "
                    "automated driving to mobility, rockets to space",
                )
            ),
        ),
        dates_rest_on="derived",
    ),
)

ON = dt.date(2024, 6, 3)
_OF = field.future_industry.name

EXAMPLES = (
    Example(
        "O-11.2 robots",
        t("人形机器人：未来制造·类人机器人", "humanoid robots: future manufacturing"),
        ON,
        {_OF: "人形机器人"},
        "eligible",
        figures={"industry": t("类人机器人", "humanoid robots"), "group": MANUFACTURING, "places": None, "entries": 20},
    ),
    Example(
        "O-11.2 6G",
        t("6G：未来信息", "6G: future information"),
        ON,
        {_OF: "6G"},
        "eligible",
        figures={"industry": t("第六代移动通信（6G）", "sixth-generation mobile communication (6G)"), "group": INFORMATION},
    ),
    Example(
        "O-11.2 perovskite",
        t("钙钛矿光伏不在 20 个产业之内", "perovskite photovoltaics are not one of the twenty"),
        ON,
        {_OF: "钙钛矿光伏"},
        "not_eligible",
        unmet=("listed",),
        figures={"group": None},
    ),
    Example(
        "brain-like intelligence",
        t("类脑智能归脑科学", "brain-like intelligence is brain science"),
        ON,
        {_OF: "类脑智能"},
        "eligible",
        figures={"group": HEALTH},
    ),
    Example(
        "a field only",
        t("关键材料只到领域", "key materials tell the field only"),
        ON,
        {_OF: "关键材料"},
        "eligible",
        figures={"industry": None, "group": MATERIALS, "places": None},
    ),
    Example(
        "hydrogen",
        t("氢能：一并点名的三个区", "hydrogen: three districts named together"),
        ON,
        {_OF: "氢能"},
        "eligible",
        figures={"places": t("大兴区、房山区、昌平区", "Daxing, Fangshan, Changping")},
    ),
    Example("untold", t("产业未填", "industry untold"), ON, {}, "undetermined", missing=(_OF,)),
    Example("before", t("方案之前", "before the scheme"), dt.date(2023, 8, 31), {_OF: "6G"}, "not_eligible"),
)

SPEC = Rule(
    key="future_industry",
    topic="field",
    name=t("未来产业", "industries of the future"),
    about=t(
        "北京未来产业：未来信息、健康、制造、能源、材料、空间 6 个领域，20 个产业；并给出点名的区。",
        "Six fields, information, health, manufacturing, energy, materials and space, with twenty industries; and the districts named.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t("按主要技术和产品归入一个产业，可填代码、名称或常用词", "place the project by its main technology: code, name or a usual word"),
)

"""综合保税区保税研发 bonded R&D: materials enter a comprehensive bonded zone without duty, for research.

Why: laboratories that work on imported samples and machines save duty and permits. Source: 海关总署公告2019年第27号. The names of
customs credit changed in 2021; “regular” is about the old “general” (memory, 0.8).
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import platform
from fuhua.policy.reasoning.conditions import Clause, all_of, no, none_of, yes
from fuhua.policy.reasoning.rule import ON_THE_DAY, Case, Edition, Example, Figure, Note, Rule, Source

SOURCE = Source("海关总署公告2019年第27号", t("综合保税区内开展研发业务（公告）", "R&D in comprehensive bonded zones (announcement)"))
REGIME = {"abroad": "5010", "inside": "5000"}

CONDITIONS = all_of(
    yes("zone", platform.in_bonded_zone, Clause("适用范围", t("设在综合保税区内的企业", "a firm in a comprehensive bonded zone"))),
    yes(
        "approved",
        platform.bonded_approved,
        Clause(
            "企业条件",
            t("经国家有关部门或综合保税区行政管理机构批准", "approved by a department of the state or the administration of the zone"),
        ),
    ),
    none_of(
        "credit",
        platform.customs_credit,
        {"dishonest"},
        Clause("企业条件", t("海关信用等级为一般信用及以上", "customs credit of “general” or better")),
    ),
    yes(
        "premises",
        platform.separate_rd_premises,
        Clause(
            "企业条件",
            t("有专门的研发料件和成果的场所和设备", "separate premises and equipment for materials and results"),
        ),
    ),
    no(
        "prohibited",
        platform.prohibited_imports,
        Clause("料件", t("国家禁止进口的货物不得用于保税研发", "goods that the state forbids to import stay forbidden")),
    ),
)


def _regime(case: Case) -> str:
    return REGIME[case[platform.material_origin]]


EDITIONS = (
    Edition(
        "2019",
        dt.date(2019, 1, 1),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure(
                "regime",
                t("料件进区的海关监管方式代码", "customs regime under which the materials enter"),
                "code",
                (platform.material_origin,),
                _regime,
                Clause("监管方式", t("境外进区 5010，境内区外进区 5000", "5010 from abroad, 5000 from inside China")),
            ),
        ),
        dates_rest_on="derived",
        notes=(
            Note(t("公告只知年份，按 2019 年首日起算", "only the year of the announcement is known; taken from its first day")),
            Note(
                t(
                    "须单独设立研发电子账册；不受加工贸易禁止类目录限制",
                    "an electronic ledger of its own is kept; the list of goods barred from processing trade does not apply",
                )
            ),
            Note(
                t(
                    "2021 年信用等级改名，“常规管理企业”约当原“一般信用企业”（凭记忆，置信度 0.8）",
                    "credit classes were renamed in 2021; “regular” is about the old “general credit” (memory, 0.8)",
                ),
                dt.date(2021, 1, 1),
            ),
        ),
    ),
)

LABORATORY = {
    "in_bonded_zone": True,
    "bonded_approved": True,
    "customs_credit": "general",
    "separate_rd_premises": True,
    "prohibited_imports": False,
    "material_origin": "abroad",
}
ON = dt.date(2025, 6, 1)


def _case(key: str, text: Text, verdict: str, unmet: tuple | None = None, **changed: object) -> Example:
    return Example(key, text, ON, {**LABORATORY, **changed}, verdict, unmet=unmet)


EXAMPLES = (
    Example("from abroad", t("境外料件：5010", "materials from abroad: 5010"), ON, LABORATORY, "eligible", figures={"regime": "5010"}),
    Example(
        "from inside",
        t("境内区外料件：5000", "materials from inside China: 5000"),
        ON,
        {**LABORATORY, "material_origin": "inside"},
        "eligible",
        figures={"regime": "5000"},
    ),
    _case("certified", t("高级认证企业", "certified, advanced"), "eligible", customs_credit="advanced"),
    _case("dishonest", t("失信企业", "dishonest"), "not_eligible", ("credit",), customs_credit="dishonest"),
    _case("not approved", t("未经批准", "not approved"), "not_eligible", ("approved",), bonded_approved=False),
    _case("outside", t("不在综合保税区", "outside the zone"), "not_eligible", ("zone",), in_bonded_zone=False),
    _case("shared premises", t("没有专门场所", "no separate premises"), "not_eligible", ("premises",), separate_rd_premises=False),
    _case("forbidden goods", t("国家禁止进口的料件", "goods that are forbidden"), "not_eligible", ("prohibited",), prohibited_imports=True),
    Example(
        "credit not told",
        t("信用等级未填", "credit not told"),
        ON,
        {name: value for name, value in LABORATORY.items() if name != "customs_credit"},
        "undetermined",
        missing=("customs_credit",),
    ),
    Example("before", t("公告之前的年份", "the year before"), dt.date(2018, 12, 31), LABORATORY, "not_eligible"),
)

SPEC = Rule(
    key="bonded_rd",
    topic="finance",
    name=t("综合保税区保税研发", "bonded R&D"),
    about=t(
        "综合保税区内经批准、信用一般以上、有专门场所的企业，可保税进口研发料件。",
        "A firm in a comprehensive bonded zone, approved, of general customs credit or better and with separate premises, brings in R&D "
        "materials in bond.",
    ),
    subject="venture",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "向综合保税区管理机构取得批准后，向主管海关设立研发电子账册", "after approval open an electronic R&D ledger with the customs office"
    ),
)

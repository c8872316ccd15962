"""Nomination for a talent programme (人才计划推荐): a person of the pool, with what is on record of them filled in.

Source: 京科发〔2022〕19号, measure 14: first-class incubation people go into the Zhuque and Gaoju programmes and the districts' own
(朱雀计划、高聚工程等市区人才支持体系). Their thresholds are not public; here it is chosen whom to nominate.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Clocks, Criterion, Evidence, Example, Kind, Requirement
from fuhua.schemes.words import FUTURE_FIELDS, ORIGINS, PROGRAMMES

_SOURCE = t("京科发〔2022〕19号 第 14 条", "Action plan 2022–2025, measure 14")

SPEC = Kind(
    code="programme_nomination",
    label=t("人才计划推荐", "nomination for a talent programme"),
    why=t("第 14 条：将一流孵化人才纳入市区人才支持体系", "measure 14: first-class incubation people into talent programmes"),
    applicants=frozenset({"person"}),
    asks=(
        Ask("programme", t("推荐的人才计划", "programme"), "choice", choices=PROGRAMMES, required=True),
        Ask("name", t("姓名", "name"), source="name", required=True),
        Ask("origin", t("来自", "comes from"), "choice", choices=ORIGINS, source="talent_origin"),
        Ask("credential", t("实训合格证书编号", "number of the credential"), source="credential"),
        Ask("placements", t("持证后到岗的孵化器", "incubators that hired the person"), "number", unit=t("家", "incubators"),
            source="placements"),
        Ask("founded", t("创办的企业", "ventures founded"), "number", unit=t("家", "ventures"), source="founded"),
        Ask("mentored", t("正在辅导的企业和项目", "ventures and projects mentored now"), "number", unit=t("家", "ventures"),
            source="mentored"),
        Ask("fields", t("熟悉的领域", "fields"), "choices", choices=FUTURE_FIELDS),
        Ask("works", t("代表性孵化业绩", "what the person hatched"), "long", required=True),
        Ask("nominator", t("推荐单位", "nominated by"), required=True),
        Ask("agreed", t("本人同意被推荐", "the person agrees to be nominated"), "yes", required=True),
    ),
    evidence=(Evidence("letter", t("推荐函", "letter of nomination")),
              Evidence("record", t("业绩证明", "proof of results"), required=False)),
    requirements=(
        Requirement("agreed", t("本人同意被推荐", "the person agrees"), _SOURCE, says_yes("agreed")),
        Requirement("nominator", t("有推荐单位", "somebody nominates"), _SOURCE, told("nominator")),
    ),
    rubric=(
        Criterion("results", t("孵化业绩", "results"), 50),
        Criterion("skill", t("专业能力", "skill"), 30),
        Criterion("standing", t("行业影响", "standing"), 20),
    ),
    clocks=Clocks(review=5),
    years=1,
    exits={"left": t("本人退出", "withdrew"), "chosen_elsewhere": t("已入选其他计划", "chosen by another programme")},
    examples=(
        Example(Case({"agreed": True, "nominator": "启明芯孵化器"}, sort="person")),
        Example(Case({"agreed": False, "nominator": "启明芯孵化器"}, sort="person"), misses=("agreed",)),
        Example(Case({}, sort="person"), misses=("nominator",), unknown=("agreed",)),
    ),
)

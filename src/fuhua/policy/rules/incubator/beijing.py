"""北京市科技型企业孵化器 Beijing municipal incubator of technology-based firms: what its incubatees achieve decides.

Why: the municipal title is the provincial title of the tax exemption and the pillar of the city's tiers of incubators.
Source: 《北京市科技型企业孵化器管理办法》, made public around the turn of 2025/2026, number not seen. The measure before
it was not found.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, at_least, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio

OLD = Source(
    "北京市此前的孵化器认定办法（文号、内容未见）",
    t("北京市此前的孵化器认定办法", "the earlier Beijing measure for incubators"),
    evidence="gap",
)
NEW = Source(
    "《北京市科技型企业孵化器管理办法》（文号未见）",
    t("北京市科技型企业孵化器管理办法", "Beijing measures for incubators of technology-based firms"),
)

BASE = all_of(
    yes("legal_person", inc.independent_legal_person, Clause("条件 1", t("具有独立法人资格", "an independent legal person"))),
    at_least(
        "age",
        Elapsed(inc.incubator_running_since, "years"),
        1,
        Clause("条件 1", t("注册并运营满 1 年", "registered and running for a year or more")),
    ),
    yes(
        "focus",
        inc.focus_future_industry,
        Clause("条件 2", t("聚焦高精尖产业或未来产业", "focused on high-precision or future industries")),
    ),
    yes("mentors", inc.mentor_programme, Clause("条件 3", t("开展创业导师培训和辅导", "mentors train and guide the founders"))),
    yes(
        "investment",
        inc.early_investment,
        Clause("条件 3", t("具备早期投资能力：自有资金、股权或债权对接", "able to invest early: own money, matching of equity or debt")),
    ),
    yes("team", inc.professional_team, Clause("条件 3", t("有专业化服务团队", "a professional team"))),
)
RESULTS = all_of(
    at_least("incubatees", inc.incubatees, 30, Clause("条件 4", t("在孵企业不少于 30 家", "30 or more incubatees"))),
    at_least(
        "new",
        ratio(inc.incubatees_new, inc.incubatees),
        percent(20),
        Clause("条件 5", t("上年新注册企业占在孵企业 20% 以上", "20 % or more of the incubatees registered last year")),
    ),
    at_least(
        "tech_sme",
        ratio(inc.incubatees_tech_sme, inc.incubatees),
        percent(40),
        Clause("条件 6", t("科技型中小企业占在孵企业 40% 以上", "40 % or more of the incubatees are technology-based SMEs")),
    ),
    at_least(
        "upgraded",
        inc.incubatees_upgraded,
        5,
        Clause(
            "条件 7",
            t(
                "上年首次成为高新技术企业或成长为独角兽等的不少于 5 家",
                "5 or more became high-tech for the first time, unicorns or the like last year",
            ),
        ),
    ),
    at_least(
        "renewals",
        ratio(inc.hnte_renewals_passed, inc.hnte_renewals_due, zero=1),
        percent(75),
        Clause("条件 8", t("高新技术企业重新认定通过率 75% 以上", "75 % or more of the high-tech renewals passed")),
    ),
    at_least(
        "growing",
        ratio(inc.incubatees_growing, inc.incubatees),
        percent(30),
        Clause(
            "条件 9",
            t(
                "营业收入或研发投入增长超过 20% 的在孵企业占 30% 以上",
                "30 % or more of the incubatees grew in revenue or R&D by more than 20 %",
            ),
        ),
    ),
)

VALID_UNTIL = Figure(
    "expires_on",
    t("若当日获认定，三年有效期届满之日", "day on which three years are over, if recognised today"),
    "date",
    (),
    lambda case: add_months(case.on, 36),
    Clause("有效期", t("资格有效期 3 年", "the title is valid for three years")),
)

V1 = Edition(
    "before 2026",
    None,
    dt.date(2025, 12, 31),
    OLD,
    all_of(
        Open(
            "criteria",
            Clause("全部条件", t("此前办法的认定条件未见公开文本", "the conditions of the earlier measure were not found"), "gap"),
        )
    ),
    notes=(
        Note(
            t(
                "此前办法的内容未见；仅知 2022 年认定的资格有效期为 3 年，已届满并须按新办法重新申报",
                "the earlier measure was not found; all that is known is that titles of 2022 ran for three years and are to be "
                "applied for again under the new measure",
            )
        ),
    ),
    dates_rest_on="derived",
)
V2 = Edition(
    "2026",
    dt.date(2026, 1, 1),
    None,
    NEW,
    all_of(BASE, RESULTS),
    figures=(VALID_UNTIL,),
    notes=(
        Note(
            t(
                "办法约于 2025-12-31 至 2026-01-03 公布，起始日取 2026-01-01，请核对原文",
                "made public between about 2025-12-31 and 2026-01-03; 2026-01-01 is taken as its first day: check the original",
            )
        ),
        Note(
            t(
                "当年没有应重新认定的高新技术企业时，条件 8 按不适用处理；公开文本没有说明",
                "with no renewals due, condition 8 is taken as not applicable; the public text is silent",
            )
        ),
        Note(
            t(
                "每年申报一次：2025 年度申报期为 2026-01-26 至 2026-02-06",
                "one call a year: that of 2025 was open from 2026-01-26 to 2026-02-06",
            )
        ),
    ),
    dates_rest_on="derived",
)

OK = {
    "independent_legal_person": True,
    "incubator_running_since": "2024-01-15",
    "focus_future_industry": True,
    "mentor_programme": True,
    "early_investment": True,
    "professional_team": True,
}
CASE = {
    **OK,
    "incubatees": 36,
    "incubatees_new": 8,
    "incubatees_tech_sme": 15,
    "incubatees_upgraded": 5,
    "hnte_renewals_due": 8,
    "hnte_renewals_passed": 6,
    "incubatees_growing": 11,
}
ON = dt.date(2026, 2, 2)

EXAMPLES = (
    Example(
        "O-4.1",
        t("22.2%、41.7%、5 家、75%、30.6%：符合", "22.2 %, 41.7 %, 5, 75 %, 30.6 %: eligible"),
        ON,
        CASE,
        "eligible",
        figures={"expires_on": dt.date(2029, 2, 2)},
    ),
    Example(
        "O-4.2",
        t("科技型中小企业 38%，差一家", "38 % technology-based SMEs: one short"),
        ON,
        {
            **OK,
            "incubatees": 50,
            "incubatees_new": 10,
            "incubatees_tech_sme": 19,
            "incubatees_upgraded": 6,
            "hnte_renewals_due": 10,
            "hnte_renewals_passed": 9,
            "incubatees_growing": 20,
        },
        "not_eligible",
        unmet=("tech_sme",),
        short={"incubatees_tech_sme": 20},
        way={"incubatees_tech_sme": 20},
    ),
    Example(
        "edges",
        t("30 家，各比例恰好达标", "30 incubatees and every share exactly on its threshold"),
        ON,
        {
            **CASE,
            "incubatees": 30,
            "incubatees_new": 6,
            "incubatees_tech_sme": 12,
            "hnte_renewals_due": 4,
            "hnte_renewals_passed": 3,
            "incubatees_growing": 9,
        },
        "eligible",
    ),
    Example(
        "29 incubatees", t("在孵企业差一家", "one incubatee short"), ON, {**CASE, "incubatees": 29}, "not_eligible", unmet=("incubatees",)
    ),
    Example(
        "too few new",
        t("新注册 7 家，占 19.4%", "7 new ones, 19.4 %"),
        ON,
        {**CASE, "incubatees_new": 7},
        "not_eligible",
        unmet=("new",),
        short={"incubatees_new": 8},
    ),
    Example(
        "4 upgrades", t("升级企业差一家", "one upgrade short"), ON, {**CASE, "incubatees_upgraded": 4}, "not_eligible", unmet=("upgraded",)
    ),
    Example(
        "5 of 7 renewals",
        t("重新认定 7 家通过 5 家，71.4%", "5 of 7 renewals, 71.4 %"),
        ON,
        {**CASE, "hnte_renewals_due": 7, "hnte_renewals_passed": 5},
        "not_eligible",
        unmet=("renewals",),
    ),
    Example(
        "no renewals due",
        t("没有应重新认定的企业，条件 8 不适用", "no renewals due: condition 8 does not apply"),
        ON,
        {**CASE, "hnte_renewals_due": 0, "hnte_renewals_passed": 0},
        "eligible",
    ),
    Example(
        "growth not told",
        t("增长企业数未填", "growing firms not told"),
        ON,
        {name: value for name, value in CASE.items() if name != "incubatees_growing"},
        "undetermined",
        missing=("incubatees_growing",),
    ),
    Example(
        "a year tomorrow",
        t("明天才满一年", "a year tomorrow"),
        ON,
        {**CASE, "incubator_running_since": "2025-02-03"},
        "not_eligible",
        unmet=("age",),
    ),
    Example("a year today", t("今天满一年", "a year today"), ON, {**CASE, "incubator_running_since": "2025-02-02"}, "eligible"),
    Example(
        "day before",
        t("新办法前一天：条件未见", "the day before the new measure: conditions not found"),
        dt.date(2025, 12, 31),
        CASE,
        "undetermined",
    ),
    Example("first day", t("新办法第一天", "the first day of the new measure"), dt.date(2026, 1, 1), CASE, "eligible"),
)

SPEC = Rule(
    key="beijing_incubator",
    topic="incubator",
    name=t("北京市科技型企业孵化器", "Beijing municipal incubator"),
    about=t(
        "在孵 30 家以上，新注册 20%、科技型中小企业 40%、成长企业 30%，上年升级 5 家，高新重新认定通过率 75%；有效期 3 年。",
        "30 incubatees, of them 20 % new, 40 % technology-based SMEs, 30 % growing; 5 upgrades last year, 75 % of high-tech "
        "renewals passed; valid for three years.",
    ),
    subject="incubator",
    chosen_by=APPLICATION,
    editions=(V1, V2),
    examples=EXAMPLES,
    grants="beijing_incubator",
    how=t("按市科技主管部门每年的申报通知提交材料", "apply when the city's science authority opens its yearly call"),
)

"""概念验证平台支持 support for a third-party proof-of-concept platform in Zhongguancun.

Why: incubators and institutes that prove results for others are paid for part of it. Source: the 2022 measures on money for the
environment of innovation in the Zhongguancun demonstration zone, article 5; neither the share nor the limit of the support is
public, so an officer sets both.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import platform
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, at_most, one_of, yes
from fuhua.policy.reasoning.rule import APPLICATION, Case, Edition, Example, Figure, Note, Rule, Source
from fuhua.policy.reasoning.terms import Operator, percent, ratio, wan

SOURCE = Source(
    "中关村国家自主创新示范区优化创新创业生态环境支持资金管理办法（试行）（2022 年，文号未见）",
    t("中关村创新创业生态环境支持资金管理办法", "Zhongguancun measures on money for the environment of innovation"),
)
NAMED = {"zone_hnte", "university", "institute", "hospital", "social_body"}
SHARE = Operator("proof_of_concept.share", "percent", t("支持金额占投入的比例上限", "most of the cost that is supported"), high=1)
LIMIT = Operator("proof_of_concept.limit", "CNY", t("单个平台支持金额上限", "most that one platform is given"))

CONDITIONS = all_of(
    any_of(
        one_of(
            "applicant",
            platform.poc_applicant,
            NAMED,
            Clause(
                "支持对象",
                t(
                    "示范区内的国家或中关村高新技术企业、高校、科研院所、医疗卫生机构、社会组织",
                    "a national or Zhongguancun high-tech enterprise in the zone, a university, institute, hospital or social organisation",
                ),
            ),
        ),
        all_of(
            one_of(
                "other_beijing",
                platform.poc_applicant,
                {"other_beijing"},
                Clause("支持对象", t("北京市其他创新主体参照执行", "another innovator in Beijing, by reference")),
            ),
            Open("by_reference", Clause("支持对象", t("如何参照由主管部门判断", "how by reference is for the office to say"), "gap")),
        ),
    ),
    yes("third_party", platform.poc_third_party, Clause("第五条", t("第三方概念验证平台", "a third-party platform"))),
    yes(
        "services",
        platform.poc_services,
        Clause(
            "第五条",
            t(
                "提供成果评价、可行性、工程样机、小批量试制、商业评价等服务",
                "offers evaluation, feasibility, engineering prototype, small batch or business evaluation",
            ),
        ),
    ),
    at_most(
        "share",
        ratio(platform.poc_asked, platform.poc_cost),
        SHARE,
        Clause("支持标准", t("申请金额不超过投入的一定比例（未公开）", "no more than a share of the cost, which is not public"), "gap"),
    ),
    at_most(
        "limit",
        platform.poc_asked,
        LIMIT,
        Clause("支持标准", t("申请金额不超过上限（未公开）", "no more than a limit, which is not public"), "gap"),
    ),
)


def _most(case: Case) -> Fraction | None:
    share, limit = case.tables.get(SHARE.key), case.tables.get(LIMIT.key)
    return None if share is None or limit is None else min(case[platform.poc_cost] * Fraction(share), Fraction(limit))


EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 6, 10),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure(
                "most",
                t("支持金额上限（按管理人员设定）", "most that can be given, as the officer has set"),
                "CNY",
                (platform.poc_cost,),
                _most,
                Clause("支持标准", t("比例 × 投入，不超过上限", "share × cost, up to the limit"), "gap"),
                always=True,
            ),
        ),
        dates_rest_on="derived",
        notes=(
            Note(
                t(
                    "公开文本未载比例和上限，须由管理人员按当年通知设定后才能判断",
                    "the public text gives neither share nor limit; an officer has to set both by the yearly notice first",
                )
            ),
            Note(
                t(
                    "印发日期按同批文件（2022-06-10）推定",
                    "its day of issue is derived from its sister measures (2022-06-10)",
                )
            ),
        ),
    ),
)

PLATFORM = {
    "poc_applicant": "institute",
    "poc_third_party": True,
    "poc_services": True,
    "poc_cost": "1000万元",
    "poc_asked": "300万元",
}
TABLES = {"proof_of_concept.share": percent(30), "proof_of_concept.limit": wan(500)}
ON = dt.date(2024, 6, 1)

EXAMPLES = (
    Example(
        "not set",
        t("比例和上限未设定", "share and limit not set"),
        ON,
        PLATFORM,
        "undetermined",
        missing=(),
        figures={"most": None},
    ),
    Example(
        "set",
        t("设定 30% 和 500 万元，恰好", "set at 30 % and ¥5 million: exactly"),
        ON,
        PLATFORM,
        "eligible",
        tables=TABLES,
        figures={"most": 3_000_000},
    ),
    Example(
        "asks too much",
        t("多申请 1 元", "one yuan more"),
        ON,
        {**PLATFORM, "poc_asked": 3_000_001},
        "not_eligible",
        unmet=("share",),
        short={"poc_asked": 3_000_000},
        tables=TABLES,
    ),
    Example(
        "above the limit",
        t("超过上限", "above the limit"),
        ON,
        {**PLATFORM, "poc_cost": "2000万元", "poc_asked": "600万元"},
        "not_eligible",
        unmet=("limit",),
        tables=TABLES,
        figures={"most": 5_000_000},
    ),
    Example(
        "another innovator",
        t("北京其他创新主体：参照执行", "another innovator in Beijing: by reference"),
        ON,
        {**PLATFORM, "poc_applicant": "other_beijing"},
        "undetermined",
        tables=TABLES,
    ),
    Example(
        "outside",
        t("北京以外的单位", "one outside Beijing"),
        ON,
        {**PLATFORM, "poc_applicant": "outside"},
        "not_eligible",
        unmet=("applicant", "other_beijing"),
        tables=TABLES,
    ),
    Example(
        "for itself",
        t("只为本单位服务", "for its own results only"),
        ON,
        {**PLATFORM, "poc_third_party": False},
        "not_eligible",
        unmet=("third_party",),
    ),
    Example(
        "applicant not told",
        t("单位类型未填", "applicant not told"),
        ON,
        {name: value for name, value in PLATFORM.items() if name != "poc_applicant"},
        "undetermined",
        missing=("poc_applicant",),
        tables=TABLES,
    ),
    Example("before", t("办法之前", "before the measures"), dt.date(2022, 6, 9), PLATFORM, "not_eligible", tables=TABLES),
)

SPEC = Rule(
    key="proof_of_concept",
    topic="finance",
    name=t("概念验证平台支持", "support for proof-of-concept platforms"),
    about=t(
        "中关村对第三方概念验证平台给予资金支持；比例和上限未公开，由管理人员设定。",
        "Zhongguancun supports third-party proof-of-concept platforms; share and limit are not public and are set by an officer.",
    ),
    subject="incubator",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t("按当年支持资金通知申报，提交平台服务和投入的证明", "file under the yearly call with proof of services and cost"),
)

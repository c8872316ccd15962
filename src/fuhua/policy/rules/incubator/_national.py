"""国家级科技企业孵化器 national incubators: what the comprehensive, the professional and the graded rules share.

Why: 国科发区〔2018〕300号 asks nearly the same of both kinds, and the measure of the industry ministry that followed in
June 2025 takes in makerspaces and accelerators too. Source: 国科发区〔2018〕300号; the measure of 2025, number not seen.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import All, Clause, Condition, Open, all_of, any_of, at_least, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import Edition, Level, Note, Source
from fuhua.policy.reasoning.terms import Operator, Term, percent, ratio, wan

SINCE_300 = dt.date(2019, 1, 1)
UNTIL_300 = dt.date(2025, 6, 13)
SINCE_2025 = dt.date(2025, 6, 14)

SOURCE_300 = Source("国科发区〔2018〕300号", t("科技企业孵化器管理办法", "Measures for technology business incubators"))
SOURCE_2025 = Source(
    "工业和信息化部《科技型企业孵化器管理办法》（2025，文号未见）",
    t("科技型企业孵化器管理办法", "Measures for incubators of technology-based firms"),
    evidence="gap",
)

NEWS_DATE = Note(
    t(
        "新旧办法的分界取新办法见报之日（2025-06-14），正式施行日请核对原文",
        "the change of measures is dated by the news of 2025-06-14; check the day of effect in the original",
    )
)
START_BY_MEMORY = Note(t("施行日 2019-01-01 凭记忆转述，请核对原文", "the day of effect, 2019-01-01, is from memory: check the original"))

AGE = all_of(
    at_least(
        "age",
        Elapsed(inc.incubator_running_since, "years"),
        3,
        Clause("运营时间", t("注册并实际运营满 3 年", "registered and running for three years")),
    ),
    at_least(
        "statistics",
        inc.statistics_years,
        2,
        Clause("统计", t("连续 2 年以上上报真实完整的统计数据", "two or more consecutive years of true statistics")),
    ),
)
MONEY = all_of(
    at_least(
        "fund",
        inc.incubator_fund,
        wan(500),
        Clause("孵化资金", t("自有或合作孵化资金不低于 500 万元", "an own or partnered fund of ¥5 million or more")),
    ),
    at_least(
        "financed",
        ratio(inc.incubatees_financed, inc.incubatees),
        percent(10),
        Clause("孵化资金", t("获投融资的在孵企业占比不低于 10%", "10 % or more of the incubatees financed")),
    ),
    at_least("fund_cases", inc.fund_cases, 3, Clause("孵化资金", t("资金使用案例不少于 3 个", "three or more cases of use of the fund"))),
)
PEOPLE = all_of(
    at_least(
        "professional_staff",
        ratio(inc.professional_staff, inc.incubator_staff),
        percent(80),
        Clause("服务队伍", t("专业孵化服务人员占机构总人数 80% 以上", "professional staff are 80 % or more of all staff")),
    ),
    at_least(
        "staff_per_ten",
        inc.professional_staff * 10,
        inc.incubatees,
        Clause("服务队伍", t("每 10 家在孵企业至少 1 名专业服务人员", "one professional or more for every ten incubatees")),
    ),
    at_least(
        "mentors_per_ten",
        inc.mentors * 10,
        inc.incubatees,
        Clause("导师", t("每 10 家在孵企业至少 1 名创业导师", "one mentor or more for every ten incubatees")),
    ),
)
RIGHTS = any_of(
    at_least(
        "ip_applied",
        ratio(inc.incubatees_ip_applied, inc.incubatees),
        percent(50),
        Clause("知识产权", t("已申请专利的在孵企业占比不低于 50%", "50 % or more of the incubatees applied for patents")),
    ),
    at_least(
        "ip_valid",
        ratio(inc.incubatees_ip_valid, inc.incubatees),
        percent(30),
        Clause("知识产权", t("或拥有有效知识产权的在孵企业占比不低于 30%", "or 30 % or more hold valid intellectual property")),
    ),
)


def space(evidence: str) -> All:
    """The floor area; for the professional kind no smaller figure was found, so there it is only ``derived``."""
    return all_of(
        at_least(
            "site_area",
            inc.site_area,
            10_000,
            Clause("场地", t("自主支配场地不低于 10,000 平方米", "10,000 m² or more under its control"), evidence),
        ),
        at_least(
            "incubatee_area",
            ratio(inc.incubatee_area, inc.site_area),
            percent(75),
            Clause(
                "场地", t("在孵企业使用面积（含公共服务面积）占 75% 以上", "75 % or more of it for incubatees and public service"), evidence
            ),
        ),
    )


def results(incubatees: int, per_thousand: int, graduates: int) -> All:
    """How many incubatees, how many for every 1000 m², and how many graduates since the beginning."""
    density = t("每千平方米在孵企业不少于 {n} 家", "{n} or more incubatees for every 1000 m²").format(n=per_thousand)
    return all_of(
        at_least(
            "incubatees",
            inc.incubatees,
            incubatees,
            Clause("在孵企业", t("在孵企业不少于 {n} 家", "{n} or more incubatees").format(n=incubatees)),
        ),
        at_least("density", ratio(inc.incubatees * 1000, inc.site_area), per_thousand, Clause("在孵企业", density)),
        at_least(
            "graduates",
            inc.graduates,
            graduates,
            Clause("毕业企业", t("累计毕业企业不少于 {n} 家", "{n} or more graduates in all").format(n=graduates)),
        ),
    )


def _unset(key: str, of: Term, unit: str, text: Text) -> Condition:
    """A condition whose number the public text does not give; 0 says that there is no such condition."""
    bound = Operator(
        f"national_incubator.{key}",
        unit,
        t("{what}的最低要求（没有该项则填 0）", "least {what} (0 if there is no such condition)").format(what=text),
    )
    return at_least(key, of, bound, Clause("申报条件（数值未公开见到）", text, "gap"))


GRADED_CONDITIONS = all_of(
    yes("legal_person", inc.independent_legal_person, Clause("申报条件（一）", t("具有独立法人资格", "an independent legal person"))),
    _unset("years", Elapsed(inc.incubator_running_since, "years"), "years", t("运营年限", "years of running")),
    _unset("site_area", inc.site_area, "m2", t("场地面积", "floor area")),
    _unset("fund", inc.incubator_fund, "CNY", t("孵化资金", "incubation fund")),
    _unset("professional_staff", inc.professional_staff, "people", t("专业孵化服务人员", "professional incubation staff")),
    _unset("mentors", inc.mentors, "people", t("创业导师", "mentors")),
    _unset("incubatees", inc.incubatees, "firms", t("在孵企业", "incubatees")),
    _unset("graduates", inc.graduates, "firms", t("累计毕业企业", "graduates in all")),
)

EXCELLENT = all_of(
    yes(
        "future_industry",
        inc.focus_future_industry,
        Clause("卓越级", t("面向新兴产业和未来产业", "for emerging and future industries")),
    ),
    Open(
        "selection",
        Clause("卓越级", t("限额择优，由工业和信息化部遴选", "chosen by the ministry, and capped in number")),
    ),
)

GRADED = Edition(
    "2025",
    SINCE_2025,
    None,
    SOURCE_2025,
    GRADED_CONDITIONS,
    levels=(
        Level("excellent", t("卓越级", "excellent"), EXCELLENT),
        Level("standard", t("标准级", "standard"), all_of()),
    ),
    notes=(
        NEWS_DATE,
        Note(
            t(
                "部级孵化器分标准级与卓越级，涵盖加速器和众创空间；申报条件的数值未在公开文本中见到，须由管理人员按原文设定",
                "ministry-level incubators are standard or excellent, and take in accelerators and makerspaces; the numbers were "
                "not found in a public text and must be set from the original",
            )
        ),
        Note(
            t(
                "标准级每年绩效评价，卓越级每 3 年复核；2024 年 11 月征求意见稿的基础、高能、卓越三级不再适用",
                "the standard level is reviewed yearly, the excellent one every three years; the three levels of the draft of "
                "November 2024 do not apply",
            )
        ),
    ),
    dates_rest_on="derived",
)

HOW_GRADED = t(
    "运营机构向省级主管部门申报，由其推荐至工业和信息化部，大约每年一批",
    "the operator applies to the provincial department, which passes it on to the ministry; about once a year",
)

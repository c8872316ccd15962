"""外国人来华工作许可 permit for foreigners to work in China: classes A, B and C, by direct ways or by points.

Why: measure 21 of the action plan brings founders and projects from overseas to Beijing, and none of them may work
without this permit; its class decides how easy that is. Source: 外国人来华工作分类标准（试行）and its table of points
(外专发〔2017〕40号). Whether an age above 60 stands against class B is for the authority: the sources disagree.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, any_of, at_least, at_most, one_of, yes
from fuhua.policy.reasoning.rule import APPLICATION, Case, Edition, Example, Figure, Level, Note, Rule, Source
from fuhua.policy.rules.talent._permit_points import SCORE

SOURCE = Source("外专发〔2017〕40号", t("外国人来华工作分类标准（试行）", "Classes of foreigners who work in China (trial)"))

CLASS_A = any_of(
    yes("a_plan", person.talent_plan_selected, Clause("A 类（一）", t("入选国内人才引进计划", "selected in a national talent plan"))),
    yes(
        "a_achievement",
        person.recognised_achievement,
        Clause("A 类（二）", t("符合国际公认的专业成就认定标准", "an internationally recognised professional achievement")),
    ),
    one_of(
        "a_post", person.foreign_post, {"encouraged"}, Clause("A 类（三）", t("市场导向的鼓励类岗位", "a market-oriented encouraged post"))
    ),
    at_least(
        "a_pay",
        person.monthly_offer,
        person.local_monthly_wage * 6,
        Clause("A 类（三）", t("平均薪酬不低于本地区上年度社会平均工资的 6 倍", "pay of 6 times the region's average wage or more")),
    ),
    yes("a_startup", person.startup_talent, Clause("A 类（四）", t("创新创业人才", "a talent in innovation or entrepreneurship"))),
    yes("a_young", person.young_talent, Clause("A 类（五）", t("优秀青年人才", "an outstanding young talent"))),
    at_least("a_points", SCORE, 85, Clause("A 类（六）", t("积分 85 分以上", "85 points or more"))),
)

BACHELOR = one_of(
    "b_bachelor",
    person.education,
    {"bachelor", "master", "doctor"},
    Clause("B 类（一）", t("学士及以上学位", "a bachelor's degree or higher")),
)
TWO_YEARS = at_least(
    "b_two_years", person.related_work_years, 2, Clause("B 类（一）", t("相关工作经历 2 年以上", "two years of related work or more"))
)
TEACHER = all_of(
    one_of(
        "b_teacher", person.foreign_post, {"language_teacher"}, Clause("B 类（语言教学）", t("外国语言教学", "teaches a foreign language"))
    ),
    yes("b_native", person.teaches_native_language, Clause("B 类（语言教学）", t("教授母语", "teaches the native language"))),
    BACHELOR,
    any_of(
        TWO_YEARS,
        yes(
            "b_licence",
            person.teaching_licence,
            Clause(
                "B 类（语言教学）",
                t(
                    "有教育类学位、教师资格证或语言教学证书的，免工作经历",
                    "a degree in education, a licence or a certificate stands for the two years",
                ),
            ),
        ),
    ),
)
CLASS_B = all_of(
    any_of(
        at_most("b_age", person.age, 60, Clause("B 类", t("年龄一般不超过 60 周岁", "normally not older than 60"))),
        Open(
            "b_discretion",
            Clause(
                "B 类",
                t(
                    "超过 60 周岁由主管部门酌定：来源不一（可放宽；或称至 70 周岁）",
                    "above 60 the authority decides: sources disagree (“may be relaxed”, or up to 70)",
                ),
                "conflict",
            ),
        ),
    ),
    any_of(
        all_of(
            BACHELOR,
            TWO_YEARS,
            one_of("b_post", person.foreign_post, {"listed"}, Clause("B 类（一）", t("属目录内岗位", "a post on the list"))),
        ),
        all_of(
            one_of(
                "b_master", person.education, {"master", "doctor"}, Clause("B 类（二）", t("硕士及以上学位", "a master's degree or higher"))
            ),
            one_of(
                "b_school",
                person.degree_school,
                {"chinese_good", "top_100"},
                Clause(
                    "B 类（二）",
                    t(
                        "中国境内高校（成绩优良）或境外前 100 高校",
                        "from a Chinese university (good results) or one of the first 100 abroad",
                    ),
                ),
            ),
        ),
        TEACHER,
        one_of(
            "b_skill",
            person.skill_certificate,
            {"top", "technician", "senior_worker", "other"},
            Clause("B 类（三）", t("持职业技能资格证书", "a certificate of a skilled trade")),
        ),
        at_least(
            "b_pay",
            person.monthly_offer,
            person.local_monthly_wage * 4,
            Clause("B 类（四）", t("平均薪酬不低于本地区上年度社会平均工资的 4 倍", "pay of 4 times the region's average wage or more")),
        ),
        at_least("b_points", SCORE, 60, Clause("B 类（五）", t("积分 60 分以上", "60 points or more"))),
    ),
)
CLASS_C = one_of(
    "c_post",
    person.foreign_post,
    {"temporary", "seasonal", "quota", "intern"},
    Clause("C 类", t("临时性、季节性、配额管理岗位或实习", "temporary, seasonal or quota posts, and interns")),
)

LEVELS = (
    Level("a", t("A 类：外国高端人才", "class A: high-end talent"), CLASS_A),
    Level("b", t("B 类：外国专业人才", "class B: professionals"), CLASS_B),
    Level("c", t("C 类：其他外国人员", "class C: other foreigners"), CLASS_C),
)


def pay_multiple(case: Case) -> Fraction | None:
    """How many times the region's average monthly wage is on offer; None when that wage is 0."""
    wage = case[person.local_monthly_wage]
    return Fraction(case[person.monthly_offer], wage) if wage else None


EDITIONS = (
    Edition(
        "2017",
        dt.date(2017, 4, 1),
        None,
        SOURCE,
        all_of(),
        levels=LEVELS,
        score=SCORE,
        figures=(
            Figure(
                "pay_multiple",
                t("所给月薪是本地区社会平均月工资的几倍", "pay on offer as a multiple of the region's average wage"),
                "ratio",
                (person.monthly_offer, person.local_monthly_wage),
                pay_multiple,
                Clause("A 类（三）、B 类（四）", t("6 倍为 A 类，4 倍为 B 类", "6 times for class A, 4 times for class B"), "derived"),
                always=True,
            ),
        ),
        notes=(
            Note(
                t(
                    "施行日 2017-04-01、三类的名称和各项的序号凭记忆；同一标准另见外专发〔2017〕36号，请核对原文",
                    "the first day, 2017-04-01, the names of the classes and the numbers of the items are from memory; circular 36 of 2017 "
                    "is cited for the same text: check the original",
                )
            ),
            Note(
                t(
                    "各地另须具备基本条件（年满 18 周岁、无犯罪记录、有确定的用人单位等，凭记忆），本规则不判断",
                    "basic conditions come on top (18 or older, no criminal record, an employer; from memory); they are not judged here",
                )
            ),
            Note(
                t(
                    "地方加分由省级主管部门确定，北京的项目未见；未填时按 0 至 10 分计",
                    "the local bonus is set by the province; Beijing's was not found. Untold, it counts as anything from 0 to 10",
                )
            ),
            Note(
                t(
                    "不足 18 周岁的年龄分表中没有，按 0 分计",
                    "the table has no points for an age below 18: none are given",
                )
            ),
        ),
        dates_rest_on="memory",
    ),
)

ON = dt.date(2025, 6, 2)
NO_DIRECT = {
    "talent_plan_selected": False,
    "recognised_achievement": False,
    "startup_talent": False,
    "young_talent": False,
    "foreign_post": "other",
    "degree_school": "other",
    "related_work_years": 1,
    "skill_certificate": "none",
    "monthly_offer": 30_000,
    "local_monthly_wage": 12_000,
}
NO_EXTRAS = {"top_foreign_school": False, "fortune_500_work": False, "holds_ip": False, "five_years_in_china": False}
MASTER = {
    **NO_DIRECT,
    **NO_EXTRAS,
    "annual_pay": "40万元",
    "education": "master",
    "work_years": 8,
    "months_in_china": 12,
    "chinese_level": "hsk_4",
    "work_region": "beijing",
    "age": 34,
    "top_foreign_school": True,
    "local_bonus_points": 0,
}
DOCTOR = {
    **MASTER,
    "annual_pay": "50万元",
    "education": "doctor",
    "work_years": 5,
    "chinese_level": "none",
    "age": 45,
    "top_foreign_school": False,
    "holds_ip": True,
}
# 20 + 0 + 0 + 15 + 0 + 0 + 15 + 0 + 0 = 50 points, and no direct way
FIFTY = {
    **MASTER,
    "annual_pay": "56.4万元",
    "monthly_offer": 47_000,
    "education": "none",
    "work_years": 1,
    "chinese_level": "none",
    "top_foreign_school": False,
}
SKILLED = {**FIFTY, "skill_certificate": "other"}
TEACHES = {**FIFTY, "education": "bachelor", "foreign_post": "language_teacher", "teaching_licence": False}


def _without(profile: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in profile.items() if name not in names}


EXAMPLES = (
    Example("O-6.1", t("82 分：B 类", "82 points: class B"), ON, MASTER, "eligible", "b", (82, 82), missing=()),
    Example(
        "O-6.1 HSK untold",
        t("汉语水平未填，但 78 至 83 分都是 B 类", "Chinese untold, but 78 to 83 points are class B"),
        ON,
        _without(MASTER, "chinese_level"),
        "eligible",
        "b",
        (78, 83),
        missing=(),
    ),
    Example("O-6.2", t("无地方加分 83 分：B 类", "no bonus, 83 points: class B"), ON, DOCTOR, "eligible", "b", (83, 83)),
    Example(
        "O-6.2 bonus",
        t("加 10 分后 93 分：A 类", "a bonus of 10, 93 points: class A"),
        ON,
        {**DOCTOR, "local_bonus_points": 10},
        "eligible",
        "a",
        (93, 93),
    ),
    Example(
        "bonus untold", t("加分未定：至少 B 类", "bonus untold: class B at least"), ON, _without(DOCTOR, "local_bonus_points"), "eligible",
        "b", (83, 93),
    ),
    Example("84 points", t("84 分仍是 B 类", "84 points are class B"), ON, {**DOCTOR, "local_bonus_points": 1}, "eligible", "b", (84, 84)),
    Example("85 points", t("85 分为 A 类", "85 points are class A"), ON, {**DOCTOR, "local_bonus_points": 2}, "eligible", "a", (85, 85)),
    Example(
        "O-6.3",
        t("月薪 7.5 万元，6.25 倍：A 类", "75,000 a month, 6.25 times: class A"),
        ON,
        {"monthly_offer": 75_000, "local_monthly_wage": 12_000},
        "eligible",
        "a",
        figures={"pay_multiple": Decimal("6.25")},
    ),
    Example(
        "O-6.3 short",
        t("月薪 4.7 万元，3.92 倍：达不到 B 类的薪酬条件", "47,000 a month, 3.92 times: the pay clause of class B is not met"),
        ON,
        FIFTY,
        "not_eligible",
        score=(50, 50),
        unmet=(
            "a_plan", "a_achievement", "a_post", "a_pay", "a_startup", "a_young", "a_points",
            "b_bachelor", "b_two_years", "b_post", "b_master", "b_school", "b_teacher", "b_skill", "b_pay", "b_points", "c_post",
        ),
        short={"monthly_offer": 48_000},
        way={"monthly_offer": 48_000},
        figures={"pay_multiple": Decimal("3.9166666667")},
    ),
    Example("4 times", t("恰 4 倍：B 类", "exactly 4 times: class B"), ON, {**FIFTY, "monthly_offer": 48_000}, "eligible", "b"),
    Example("6 times", t("恰 6 倍：A 类", "exactly 6 times: class A"), ON, {**FIFTY, "monthly_offer": 72_000}, "eligible", "a"),
    Example(
        "a fen below 6 times", t("差一分钱不足 6 倍", "a fen below 6 times"), ON, {**FIFTY, "monthly_offer": "71999.99"}, "eligible", "b"
    ),
    Example(
        "59 points", t("59 分不够", "59 points are not enough"), ON, {**FIFTY, "local_bonus_points": 9}, "not_eligible", score=(59, 59),
    ),
    Example("60 points", t("60 分为 B 类", "60 points are class B"), ON, {**FIFTY, "local_bonus_points": 10}, "eligible", "b", (60, 60)),
    Example(
        "HSK decides",
        t("57 分，汉语水平未填且会改变结论", "57 points, and Chinese, untold, would decide"),
        ON,
        _without({**FIFTY, "local_bonus_points": 7}, "chinese_level"),
        "undetermined",
        score=(57, 62),
        missing=("chinese_level",),
    ),
    Example("aged 60", t("60 周岁持技能证书：B 类", "60 years old, a skilled trade: class B"), ON, {**SKILLED, "age": 60}, "eligible", "b"),
    Example(
        "aged 61",
        t("61 周岁：B 类由主管部门酌定", "61 years old: the authority decides on class B"),
        ON,
        {**SKILLED, "age": 61},
        "undetermined",
        missing=(),
    ),
    Example(
        "aged 61, class A", t("A 类没有年龄上限", "class A has no limit of age"), ON, {**SKILLED, "age": 61, "monthly_offer": 72_000},
        "eligible", "a",
    ),
    Example(
        "aged 61, seasonal", t("C 类没有年龄条件", "class C has no condition of age"), ON,
        {**SKILLED, "age": 61, "foreign_post": "seasonal"}, "eligible", "c",
    ),
    Example("listed post", t("学士、2 年经历、目录内岗位", "bachelor, two years, a post on the list"), ON,
        {**FIFTY, "education": "bachelor", "related_work_years": 2, "foreign_post": "listed", "months_in_china": 3}, "eligible", "b"),
    Example("one year", t("相关经历不足 2 年", "less than two years of related work"), ON,
        {**FIFTY, "education": "bachelor", "foreign_post": "listed", "months_in_china": 3}, "not_eligible"),
    Example("graduate", t("中国高校优秀硕士毕业生", "a master of a Chinese university, good results"), ON,
        {**FIFTY, "education": "master", "degree_school": "chinese_good", "months_in_china": 3}, "eligible", "b"),
    Example("bachelor graduate", t("同样条件的学士不够", "a bachelor of the same kind is not enough"), ON,
        {**FIFTY, "annual_pay": "4万元", "education": "bachelor", "degree_school": "chinese_good"}, "not_eligible", score=(40, 40)),
    Example("teacher of two years", t("母语教师有 2 年经历", "a native teacher of two years"), ON,
        {**TEACHES, "months_in_china": 3, "teaches_native_language": True, "related_work_years": 2}, "eligible", "b"),
    Example("teacher without a degree", t("母语教师无学士学位", "a native teacher without a degree"), ON,
        {**TEACHES, "education": "none", "teaches_native_language": True, "teaching_licence": True}, "not_eligible"),
    Example("teacher", t("母语教师以证书代替经历", "a teacher whose licence stands for the years"), ON,
        {**TEACHES, "months_in_china": 3, "teaches_native_language": True, "teaching_licence": True}, "eligible", "b"),
    Example("not native", t("不是母语", "not the native language"), ON,
        {**TEACHES, "months_in_china": 3, "teaches_native_language": False}, "not_eligible"),
    Example("before", t("标准施行前一天", "the day before the text"), dt.date(2017, 3, 31), MASTER, "not_eligible"),
)  # fmt: skip

SPEC = Rule(
    key="work_permit",
    topic="talent",
    name=t("外国人来华工作许可", "permit for foreigners to work in China"),
    about=t(
        "A 类：积分 85 分以上或具备高端条件；B 类：60 分以上或具备专业条件，一般不超过 60 周岁；C 类：临时、季节、配额岗位和实习。",
        "Classes A, B and C: 85 points or a direct way for A; 60 points or a direct way for B, normally up to the age of 60; temporary, "
        "seasonal and quota posts and interns are C.",
    ),
    subject="person",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    grants="work_permit",
    how=t(
        "由用人单位在外国人来华工作管理服务系统申请，并到所在区的受理窗口办理",
        "the employer applies in the national system for foreigners' work and at the window of its district",
    ),
)

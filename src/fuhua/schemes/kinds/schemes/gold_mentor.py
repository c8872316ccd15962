"""Gold mentor (金牌导师): a person who coaches founders by the hour, for as long as sessions go on.

Source: 京科发〔2022〕19号, measure 15. Titles without sessions lapse: six idle months leave an honorary title (product default). Whoever
invests says so, and is out of the panels from that moment. Sessions, organisations advised, actions done and what followed are filled in
from facts; the rubric weighs these outcomes with the word of peers and founders.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Criterion, Evidence, Example, Kind, MilestoneType, Requirement
from fuhua.schemes.words import FUTURE_FIELDS

_SOURCE = t("京科发〔2022〕19号 第 15 条", "Action plan 2022–2025, measure 15")

SPEC = Kind(
    code="gold_mentor",
    label=t("金牌导师", "gold mentor"),
    why=t("第 15 条：遴选金牌创业导师", "measure 15: gold mentors"),
    applicants=frozenset({"person"}),
    asks=(
        Ask("scope", t("辅导方向", "what the person coaches"), "long", required=True),
        Ask("fields", t("熟悉的领域", "fields"), "choices", choices=FUTURE_FIELDS),
        Ask("mentored", t("正在辅导的企业和项目", "ventures and projects mentored now"), "number", unit=t("家", "ventures"),
            source="mentored"),
        Ask("sessions", t("双方确认的辅导", "sessions that both sides confirmed"), "number", unit=t("次", "sessions"),
            source="mentoring_sessions"),
        Ask("advised", t("辅导过的企业", "organisations advised in them"), "number", unit=t("家", "organisations"),
            source="mentoring_mentees"),
        Ask("done", t("已完成的行动项", "actions done"), "number", unit=t("项", "actions"), source="mentoring_actions"),
        Ask("followed", t("辅导后获得融资或资质的企业", "organisations that raised money or got a title since"), "number",
            unit=t("家", "organisations"), source="mentoring_followed"),
        Ask("hours", t("每月可投入时间", "hours a month"), "number", unit=t("小时", "hours"), required=True),
        Ask("disclosed", t("已如实说明持股和投资情况", "shares and investments are told in full"), "yes", required=True),
        Ask("stakes", t("持股或投资的企业", "firms in which the person holds or invests"), "long"),
        Ask("cases", t("代表性辅导案例与结果", "cases, and what came of them"), "long", required=True),
    ),
    evidence=(Evidence("record", t("履历与业绩证明", "record of work")), Evidence("peers", t("同行评价", "word of peers"), required=False)),
    requirements=(
        Requirement("disclosed", t("如实说明利益关系", "interests are told"), _SOURCE, says_yes("disclosed")),
        Requirement("cases", t("有辅导案例", "there are cases"), _SOURCE, told("cases")),
    ),
    rubric=(
        Criterion("outcomes", t("辅导成效", "outcomes"), 40),
        Criterion("peers", t("同行与创业者评价", "word of peers and founders"), 25),
        Criterion("scope", t("专业深度", "depth"), 20),
        Criterion("time", t("投入承诺", "time promised"), 15),
    ),
    milestones=(MilestoneType("sessions", t("双方确认的辅导", "sessions both sides confirmed"), "stated", (t("辅导记录", "record"),)),),
    years=2,
    renews=True,
    exits={"idle": t("六个月未辅导，转为荣誉", "six idle months: honorary only"), "undisclosed": t("隐瞒投资", "hid an investment"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"disclosed": True, "cases": "辅导某量子企业完成首轮融资"}, sort="person")),
        Example(Case({"disclosed": False, "cases": "若干"}, sort="person"), misses=("disclosed",)),
        Example(Case({}, sort="person"), misses=("cases",), unknown=("disclosed",)),
    ),
)

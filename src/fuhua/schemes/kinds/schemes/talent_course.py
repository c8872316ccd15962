"""Placement and course for incubation people (孵化人才实训): a course, and a practicum at a venture that consents.

Source: 京科发〔2022〕19号, measure 14. Whoever is certified counts when an incubator still employs them twelve months later (I2).
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import Ask, Case, Clocks, Criterion, Evidence, Example, Kind, MilestoneType, Requirement
from fuhua.schemes.words import ORIGINS

_SOURCE = t("京科发〔2022〕19号 第 14 条", "Action plan 2022–2025, measure 14")

SPEC = Kind(
    code="talent_course",
    label=t("孵化人才实训", "placement and course"),
    why=t("第 14 条：培养懂孵化的人才", "measure 14: people who know how to incubate"),
    applicants=frozenset({"person"}),
    asks=(
        Ask("background", t("来自", "comes from"), "choice", choices=ORIGINS, required=True),
        Ask("record", t("创业或孵化经历", "record in founding or incubating"), "long", required=True),
        Ask("host", t("实训孵化器", "incubator of the practicum"), required=True),
        Ask("venture", t("实训企业（须其同意）", "venture of the practicum, which consents"), required=True),
        Ask("consent", t("实训企业已同意", "the venture has consented"), "yes", required=True),
        Ask("starts", t("可开始日期", "can start on"), "day", required=True),
        Ask("aim", t("希望承担的岗位", "post aimed at")),
    ),
    evidence=(Evidence("record", t("履历", "record of work")), Evidence("consent", t("实训企业同意书", "consent of the venture"))),
    requirements=(
        Requirement("consent", t("实训企业同意", "the venture consents"), _SOURCE, says_yes("consent")),
        Requirement("host", t("有接收的孵化器", "an incubator takes the person in"), _SOURCE, told("host")),
    ),
    rubric=(
        Criterion("record", t("经历与业绩", "record"), 40),
        Criterion("fit", t("与岗位的契合", "fit"), 35),
        Criterion("will", t("投入意愿", "will"), 25),
    ),
    clocks=Clocks(review=10),
    milestones=(
        MilestoneType("practicum", t("实训考核合格", "practicum passed"), "stated",
                      (t("实训报告", "report"), t("双方评价", "assessments"))),
        MilestoneType("employed", t("十二个月后仍在孵化器任职", "still employed at twelve months"), "stated",
                      (t("社保记录", "record of pay"),)),
    ),
    years=2,
    exits={"consent_left": t("实训企业撤回同意", "the venture took its consent back"), "failed": t("考核不合格", "did not pass"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"consent": True, "host": "启明芯孵化器"}, sort="person")),
        Example(Case({"consent": False}, sort="person"), misses=("consent", "host")),
    ),
)

"""Nomination for a contest (大赛提名): one pack, filled from what is on record, for a project that its team agrees to send.

Source: 京科发〔2022〕19号, measures 7 and 21 (one-pack nomination; HICOOL is the city's contest for projects from overseas). What a contest
judges by is its own; here it is chosen whom to send.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes
from fuhua.schemes.kinds.spec import Ask, Case, Clocks, Criterion, Evidence, Example, Kind, Requirement
from fuhua.schemes.words import FUTURE_FIELDS

_SOURCE = t("京科发〔2022〕19号 第 7 条", "Action plan 2022–2025, measure 7")

SPEC = Kind(
    code="competition_nomination",
    label=t("大赛提名", "nomination for a contest"),
    why=t("第 7、21 条：推荐项目参赛，不重复填报", "measures 7 and 21: projects are sent to contests without retyping"),
    applicants=frozenset({"project", "venture", "firm"}),
    asks=(
        Ask("contest", t("参加的大赛和赛道", "contest and track"), required=True),
        Ask("overseas", t("项目是否来自海外", "the project comes from overseas"), "yes"),
        Ask("code", t("统一社会信用代码（如有）", "credit code, if any"), source="code"),
        Ask("field", t("所属领域", "field"), "choice", choices=FUTURE_FIELDS),
        Ask("pitch", t("项目简介", "the project"), "long", required=True),
        Ask("agreed", t("团队同意提名和公开简介", "the team agrees to be nominated and shown"), "yes", required=True),
        Ask("won", t("以往获奖", "awards so far"), "long"),
    ),
    evidence=(Evidence("deck", t("项目计划书", "pitch deck")), Evidence("video", t("演示材料", "demonstration"), required=False)),
    requirements=(Requirement("agreed", t("团队同意提名", "the team agrees"), _SOURCE, says_yes("agreed")),),
    rubric=(
        Criterion("technology", t("技术与产品", "technology and product"), 40),
        Criterion("market", t("市场前景", "market"), 30),
        Criterion("team", t("团队", "team"), 30),
    ),
    clocks=Clocks(review=5),
    years=1,
    exits={"left": t("退出比赛", "left the contest")},
    examples=(
        Example(Case({"agreed": True}, sort="venture")),
        Example(Case({"agreed": False}, sort="project"), misses=("agreed",)),
        Example(Case({}, sort="project"), unknown=("agreed",)),
    ),
)

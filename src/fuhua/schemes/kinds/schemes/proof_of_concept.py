"""Proof-of-concept grant (概念验证): a result is tested against a protocol agreed beforehand, and a failed test is an honest end.

Source: 京科发〔2022〕19号, measure 17 (先导验证 + 股权投资): public money first as a grant for research, equity only of what is proven and
becomes a company. The text fixes no price, ratio or share: the agreement of each project does. The panel judges without the sponsoring
incubator: whoever is tied to it is barred like those tied to the applicant.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.schemes.kinds.judging import says_yes, told
from fuhua.schemes.kinds.spec import (
    Ask,
    Case,
    Clocks,
    Criterion,
    Evidence,
    Example,
    Kind,
    MilestoneType,
    Requirement,
    TrancheRule,
)
from fuhua.schemes.words import FUTURE_FIELDS, PIVOTS

_SOURCE = t("京科发〔2022〕19号 第 17 条", "Action plan 2022–2025, measure 17")

SPEC = Kind(
    code="proof_of_concept",
    label=t("概念验证支持", "proof-of-concept grant"),
    why=t("第 17 条：先导验证后股权投资", "measure 17: proof first, equity after"),
    applicants=frozenset({"project", "venture", "university", "person"}),
    asks=(
        Ask("field", t("所属领域", "field"), "choice", choices=FUTURE_FIELDS),
        Ask("result", t("待验证的成果", "the result to be proven"), "long", required=True),
        Ask("owned", t("权属是否清晰", "it is clear who owns it"), "yes", required=True),
        Ask("hypothesis", t("要验证的假设", "the hypothesis"), "long", required=True),
        Ask("protocol", t("验证方案与合格标准", "protocol, and what passes"), "long", required=True),
        Ask("stop", t("终止标准", "when it is given up"), "long", required=True),
        Ask("months", t("验证周期", "months it takes"), "number", unit=t("个月", "months"), required=True),
        Ask("cost", t("申请经费", "money asked"), "money", required=True),
        Ask("converts", t("是否接受“验证后转股权”", "it accepts conversion into equity once proven"), "yes", required=True),
        Ask("sponsor", t("推荐孵化器（如有）", "sponsoring incubator, if any"), "party", choices={"incubator": t("孵化器", "incubator")},
            help=t("其人员及关联人员不参与评审", "its people, and those tied to it, do not judge this")),
    ),
    evidence=(
        Evidence("protocol", t("验证方案", "protocol")),
        Evidence("ownership", t("权属证明", "proof of ownership")),
    ),
    requirements=(
        Requirement("owned", t("成果权属清晰", "it is clear who owns the result"), _SOURCE, says_yes("owned")),
        Requirement("stop", t("约定终止标准", "it is said when it is given up"), _SOURCE, told("stop")),
        Requirement("converts", t("接受验证后转股权", "it accepts conversion"), _SOURCE, says_yes("converts")),
    ),
    rubric=(
        Criterion("novelty", t("颠覆性与先进性", "novelty"), 30),
        Criterion("protocol", t("验证方案与标准", "protocol"), 30),
        Criterion("market", t("转化前景", "prospects"), 20),
        Criterion("team", t("团队", "team"), 20),
    ),
    clocks=Clocks(review=10),
    milestones=(
        MilestoneType("test", t("验证结论", "conclusion of the test"), "stated", (t("验证报告", "report of the test"),)),
        MilestoneType("company", t("成果转化公司设立", "company formed"), "stated", (t("营业执照", "licence"),)),
    ),
    tranches=TrancheRule(),
    carries=("hypothesis", "protocol", "stop"),
    pivots=PIVOTS,
    years=2,
    exits={"not_proven": t("验证未通过（尽职免责）", "not proven, and no fault"), "pivot_refused": t("方向调整未获同意", "pivot refused"),
           "left": t("主动退出", "withdrew")},
    examples=(
        Example(Case({"owned": True, "stop": "相干时间低于 50 微秒即终止", "converts": True}, sort="project")),
        Example(Case({"owned": False, "converts": True}, sort="project"), misses=("owned", "stop")),
        Example(Case({"owned": True, "stop": "连续两次失败"}, sort="university"), unknown=("converts",)),
    ),
)

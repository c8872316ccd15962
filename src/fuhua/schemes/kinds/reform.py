"""The checklist of approvals for state-owned incubators (国有孵化器改革清单), attached to their plan of uplift.

Measure 2 of 京科发〔2022〕19号 asks state-owned incubators to reform; no public text lists the approvals, so the list is the
product's default.
"""

from __future__ import annotations

from dataclasses import dataclass

from fuhua.kernel.words import Text, t


@dataclass(frozen=True)
class Approval:
    """One approval: what is decided, who decides it, and by which paper that is seen."""

    code: str
    label: Text
    decides: Text
    paper: Text


APPROVALS: tuple[Approval, ...] = (
    Approval("plan", t("提升方案纳入年度经营计划", "the plan is part of the year’s business plan"),
             t("企业董事会或总经理办公会", "its board or its managers’ meeting"), t("会议决议", "the resolution")),
    Approval("incentive", t("市场化用人和激励方案", "hiring and incentives by the market"),
             t("出资企业（集团）", "the parent company"), t("批复", "the approval")),
    Approval("investing", t("以自有资金投资在孵企业的授权", "leave to invest its own money in incubatees"),
             t("国资监管机构或其授权单位", "the authority for state assets, or whom it authorised"), t("授权文件", "the authorisation")),
    Approval("faultless", t("投资和服务的尽职免责清单", "which losses are excused with due care"),
             t("国资监管机构或其授权单位", "the authority for state assets, or whom it authorised"), t("清单文本", "the list")),
)
BY_CODE = {each.code: each for each in APPROVALS}

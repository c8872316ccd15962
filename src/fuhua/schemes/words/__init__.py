"""Codes of schemes: tiers, results and states of rounds, agreements and money; fields, cultivation and talents have files of their own."""

from __future__ import annotations

from fuhua.kernel.words import Text, t
from fuhua.parties.words import CONFLICTS
from fuhua.schemes.words.cultivation import (
    APPEAL_STATES,
    APPRAISAL_SORTS,
    APPRAISAL_STATES,
    UPLIFT_ENDS,
    UPLIFT_STATES,
    UPLIFT_TASK_STATES,
    WARNING_SORTS,
)
from fuhua.schemes.words.fields import FIELD_STATES, FIELD_VERBS, FIRST_FIELDS, FUTURE_FIELDS, FieldNames, FutureField, first_edition
from fuhua.schemes.words.talents import (
    ASSESSED_AS,
    ASSESSORS,
    JOINED_BY,
    LACKING,
    LEAVINGS,
    ORIGINS,
    PLACEMENT_SIDES,
    PLACEMENT_STATES,
    PRACTICUM_STATES,
    PRACTICUM_STOPS,
    PROGRAMMES,
    RECHECKED,
    TALENT_STATES,
    TRACK,
)

__all__ = [
    "AGREEMENT_STATES", "APPEAL_STATES", "APPLICATION_STATES", "APPRAISAL_SORTS", "APPRAISAL_STATES", "ASSESSED", "ASSESSED_AS",
    "ASSESSORS", "BARRED", "CALL_CANCELLATIONS", "CALL_STATES", "CHANGE_SORTS", "CHANGE_STATES", "CHECK_RESULTS", "CLAUSES",
    "ELIGIBILITY", "END_REASONS", "FIELD_STATES", "FIELD_VERBS", "FIRST_FIELDS", "FUTURE_FIELDS", "HOLDS", "JOINED_BY", "LACKING",
    "LEAVINGS", "LEAVING_REASONS", "LESSONS", "LEVELS", "MEMBER_STATES", "MENTOR_REMOVALS", "MENTOR_STATES", "MILESTONE_STATES",
    "OBJECTION_STATES", "ORIGINS", "PAPER_SORTS", "PIVOTS", "PLACEMENT_SIDES", "PLACEMENT_STATES", "PRACTICUM_STATES",
    "PRACTICUM_STOPS", "PROGRAMMES", "PROOFS", "RECHECKED", "RECOVERY_REASONS", "RESULTS", "REVIEW_STATES", "SAYS", "SEED_RESULTS",
    "SEED_STATES", "TALENT_STATES", "TASK_ENDS", "TIERS", "TRACK", "TRANCHE_STATES", "UPLIFT_ENDS", "UPLIFT_ROLES", "UPLIFT_STATES",
    "UPLIFT_TASK_STATES", "WARNING_SORTS", "WITHHELD_REASONS", "WITHOUT_RECOVERY", "FieldNames", "FutureField", "first_edition",
]

TIERS: dict[str, Text] = {
    "leading": t("引领类", "leading"),
    "cultivation": t("培育类", "cultivation"),
    "reserve": t("入库", "reserve"),
}

CHECK_RESULTS: dict[str, Text] = {
    "passed": t("通过", "passed"),
    "partial": t("部分通过", "passed in part"),
    "deferred": t("延期", "deferred"),
    "failed": t("未通过", "failed"),
}

UPLIFT_ROLES: dict[str, Text] = {
    "coach": t("辅导方", "coach"),
    "coached": t("被辅导方", "coached"),
}

END_REASONS: dict[str, Text] = {
    "expired": t("协议期满", "term over"),
    "failed_check": t("考核未通过", "failed a check"),
    "withdrawn": t("主动退出", "withdrew"),
    "merged": t("合并重组", "merged"),
    "closed": t("停止运营", "closed"),
}

SEED_STATES: dict[str, Text] = {
    "listed": t("在库", "listed"),
    "failed": t("复核未通过", "failed its recheck"),
    "left": t("已出库", "left"),
}

SEED_RESULTS: dict[str, Text] = {"passed": CHECK_RESULTS["passed"], "failed": CHECK_RESULTS["failed"]}

HOLDS: dict[str, Text] = {
    "yes": t("符合", "holds"),
    "no": t("不符合", "does not hold"),
    "open": t("待核对", "to be checked"),
}

MEMBER_STATES: dict[str, Text] = {
    "asked": t("待确认", "to confirm"),
    "confirmed": t("已确认", "confirmed"),
    "declined": t("不参加", "declined"),
}

LEAVING_REASONS: dict[str, Text] = {
    "grown": t("成长出库", "grew out of it"),
    "failed_recheck": t("复核未通过", "failed the recheck"),
    "moved_away": t("迁出", "moved away"),
    "closed": t("停止经营", "closed"),
    "withdrawn": t("主动退出", "withdrew"),
}

CALL_STATES: dict[str, Text] = {
    "draft": t("草稿", "draft"),
    "open": t("申报中", "open"),
    "closed": t("已截止", "closed"),
    "reviewing": t("评审中", "under review"),
    "decided": t("已决定", "decided"),
    "announced": t("公示中", "announced"),
    "concluded": t("已结束", "concluded"),
    "cancelled": t("已取消", "cancelled"),
}

APPLICATION_STATES: dict[str, Text] = {
    "draft": t("填写中", "being written"),
    "submitted": t("已提交", "handed in"),
    "gaps": t("待补正", "to be mended"),
    "eligible": t("符合条件", "eligible"),
    "ineligible": t("不符合条件", "not eligible"),
    "in_review": t("评审中", "under review"),
    "proposed": t("拟支持", "proposed for award"),
    "reserve": t("候补", "in reserve"),
    "rejected": t("未入选", "not chosen"),
    "awarded": t("已立项", "awarded"),
    "withdrawn": t("已撤回", "withdrawn"),
}

AGREEMENT_STATES: dict[str, Text] = {
    "draft": t("待签署", "to be signed"),
    "signed": t("履行中", "in force"),
    "finished": t("已完成", "finished"),
    "renewed": t("已续期", "renewed"),
    "ended": t("已终止", "ended"),
}

MILESTONE_STATES: dict[str, Text] = {
    "due": t("未到考核", "to come"),
    "claimed": t("待考核", "to be judged"),
    **CHECK_RESULTS,
    "dropped": t("已取消", "dropped"),
}

TRANCHE_STATES: dict[str, Text] = {
    "planned": t("未到拨付条件", "planned"),
    "due": t("待拨付", "due"),
    "paid": t("已拨付", "paid"),
    "withheld": t("不再拨付", "withheld"),
    "recovering": t("追回中", "being recovered"),
    "recovered": t("已追回", "recovered"),
}

LEVELS: dict[str, Text] = {
    "city": t("市级", "city"),
    "district": t("区级", "district"),
}

# --- apply ---

CALL_CANCELLATIONS: dict[str, Text] = {
    "no_budget": t("预算未落实", "no budget"),
    "policy_changed": t("政策调整", "the policy changed"),
    "mistake": t("通知内容有误", "the call held a mistake"),
    "too_few": t("申报不足", "too few applications"),
}

ELIGIBILITY: dict[str, Text] = {
    "passed": t("符合条件", "eligible"),
    "refused": t("不符合条件", "not eligible"),
}

SAYS: dict[str, Text] = {
    "": t("待核对", "to be checked"),
    "confirmed": t("已确认", "confirmed"),
    "contested": t("有异议", "contested"),
}

# Clauses that hold for every kind, beside what it requires
CLAUSES: dict[str, Text] = {
    "applicant": t("申报主体类别", "sort of applicant"),
    "theme": t("属于本次征集的领域", "its field is one that the call asks for"),
    "place": t("在征集区域内", "in the district of the call"),
    "gaps": t("按期补正", "mended in time"),
}

# --- review ---

BARRED: dict[str, Text] = {
    **CONFLICTS,
    "declared": t("本人声明回避", "declared by the person"),
    "objected": t("申报单位申请回避", "the applicant objected"),
}

REVIEW_STATES: dict[str, Text] = {
    "asked": t("待评分", "to be scored"),
    "scored": t("已评分", "scored"),
    "recused": t("已回避", "recused"),
    "dropped": t("已改派", "given to another"),
}

RESULTS: dict[str, Text] = {
    "award": t("拟支持", "award"),
    "reserve": t("候补", "reserve"),
    "reject": t("不支持", "not chosen"),
}

OBJECTION_STATES: dict[str, Text] = {
    "raised": t("待处理", "to be answered"),
    "heard": t("已安排听证", "hearing set"),
    "upheld": t("成立", "upheld"),
    "dismissed": t("不成立", "dismissed"),
}

# --- money ---

CHANGE_SORTS: dict[str, Text] = {
    "pivot": t("方向调整", "change of direction"),
    "extension": t("延期", "more time"),
    "terms": t("其他条款", "other terms"),
}

CHANGE_STATES: dict[str, Text] = {
    "asked": t("待批复", "asked"),
    "approved": t("已同意", "approved"),
    "refused": t("未同意", "refused"),
    "withdrawn": t("已撤回", "withdrawn"),
}

# What a change of direction of a proof of concept may touch; an agreement names those it allows
PIVOTS: dict[str, Text] = {
    "route": t("技术路线", "technical route"),
    "material": t("材料或器件", "material or component"),
    "application": t("应用场景", "application"),
    "partner": t("验证条件与合作单位", "where and with whom it is tested"),
}

TEST, COMPANY = "test", "company"  # roles of milestones that a proof of concept turns on

# How a proof of concept ended, and what a failed one taught
PROOFS: dict[str, Text] = {
    "proven": t("验证通过", "proven"),
    "disproved": t("验证不成立", "disproved"),
}
LESSONS: dict[str, Text] = {
    "principle": t("原理不成立", "the principle does not hold"),
    "performance": t("性能达不到标准", "it performs too poorly"),
    "scale": t("难以放大或复现", "it does not scale or repeat"),
    "cost": t("成本不可行", "it costs too much"),
    "safety": t("安全或合规不可行", "it is not safe or not lawful"),
    "need": t("没有真实需求", "nobody needs it"),
}

WITHHELD_REASONS: dict[str, Text] = {
    "failed": t("里程碑未通过", "its milestone failed"),
    "nothing": t("按完成比例无应付款", "nothing was reached of it"),
    "ended": t("任务书已终止", "the agreement ended"),
    "misused": t("资金使用违规", "money was misused"),
    "not_matched": t("配套未到位", "the match did not come"),
}

RECOVERY_REASONS: dict[str, Text] = {
    "misused": t("资金使用违规", "money was misused"),
    "claimed_twice": t("同一支出重复申报", "a cost was claimed twice"),
    "failed": t("里程碑未完成", "milestones missed"),
    "left": t("主动退出", "withdrew"),
    "false": t("申报材料不实", "what was handed in is not true"),
}

TASK_ENDS: dict[str, Text] = {
    **END_REASONS,
    "pivot_refused": t("方向调整未获同意", "a change of direction was refused"),
    "failed": t("里程碑未完成", "milestones missed"),
    "left": t("主动退出", "withdrew"),
    "disproved": t("验证不成立（尽职免责）", "disproved, with due care"),
}
WITHOUT_RECOVERY = ("disproved", "expired")  # an honest failure closes without money coming back

PAPER_SORTS: dict[str, Text] = {
    "agreement": t("任务书", "task agreement"),
    "request": t("拨款通知", "payment request"),
    "conclusion": t("里程碑考核结论", "milestone conclusion"),
    "change": t("变更批复", "answer to a change"),
    "recovery": t("追回通知", "recovery notice"),
    "assessment": t("年度评估", "yearly assessment"),
    "conversion": t("转股确认", "conversion notice"),
    "care": t("尽职留痕", "due-care record"),
}

ASSESSED: dict[str, Text] = {
    "kept": t("维持", "kept"),
    "warned": t("预警", "warned"),
    "raised": t("升级", "raised"),
    "lowered": t("降级", "lowered"),
}

# A gold mentor's title: the first two states are those of the application, the others of the title (measure 15)
MENTOR_STATES: dict[str, Text] = {
    "nominated": t("已推荐", "nominated"),
    "checked": t("已核查", "checked"),
    "listed": t("已入选", "listed"),
    "active": t("辅导中", "active"),
    "honorary": t("荣誉", "honorary"),
    "removed": t("已移出", "removed"),
}

MENTOR_REMOVALS: dict[str, Text] = {
    "undisclosed": t("隐瞒投资", "hid an investment"),
    "left": t("主动退出", "withdrew"),
    "conduct": t("违反导师规范", "broke the rules for mentors"),
}

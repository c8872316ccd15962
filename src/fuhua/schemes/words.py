"""Codes of schemes: tiers, check results, future fields, roles of coaching, and why agreements and gold seeds end."""

from __future__ import annotations

from fuhua.kernel.words import Text, t
from fuhua.parties.words import CONFLICTS

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

FUTURE_FIELDS: dict[str, Text] = {
    "quantum": t("量子信息", "quantum information"),
    "brain_inspired": t("类脑智能", "brain-inspired intelligence"),
    "blockchain": t("区块链", "blockchain"),
    "metaverse": t("元宇宙", "metaverse"),
    "cell_and_gene": t("细胞基因", "cells and genes"),
    "original_drugs": t("原创新药", "original drugs"),
    "intelligent_hardware": t("智能硬件", "intelligent hardware"),
    "metamaterials": t("超材料", "metamaterials"),
    "key_materials": t("关键材料", "key materials"),
    "future_network": t("未来网络", "future networks"),
    "future_energy": t("未来能源", "future energy"),
    "bio_breeding": t("生物育种", "biological breeding"),
    "general_ai": t("通用人工智能", "general artificial intelligence"),
    "humanoid_robots": t("类人机器人", "humanoid robots"),
    "brain_computer": t("脑科学与脑机接口", "brain science and interfaces"),
    "synthetic_biology": t("合成生物", "synthetic biology"),
    "hydrogen": t("氢能", "hydrogen energy"),
    "commercial_space": t("商业航天", "commercial space flight"),
    "six_g": t("第六代移动通信", "6G"),
    "photonics": t("光电子", "photonics"),
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

# --- cultivation ---

APPRAISAL_SORTS: dict[str, Text] = {
    "first": t("诊断测评", "first appraisal"),
    "after": t("提升后测评", "after the plan"),
    "appeal": t("申诉复评", "upon an appeal"),
}

APPRAISAL_STATES: dict[str, Text] = {
    "open": t("测评中", "under way"),
    "concluded": t("已出结论", "concluded"),
    "dropped": t("已取消", "dropped"),
}

UPLIFT_STATES: dict[str, Text] = {
    "draft": t("编制方案", "being planned"),
    "proposed": t("待双方接受", "to be accepted"),
    "agreed": t("辅导中", "being coached"),
    "measured": t("待双方确认", "to be confirmed"),
    "confirmed": t("提升成效已确认", "uplift confirmed"),
    "failed": t("测评未提升", "no uplift measured"),
    "ended": t("已终止", "ended"),
}

UPLIFT_ENDS: dict[str, Text] = {
    "coach_left": t("辅导方退出", "the coach left"),
    "left": t("主动退出", "withdrew"),
    "closed": t("停止运营", "closed"),
    "mistake": t("方案有误", "made by mistake"),
}

UPLIFT_TASK_STATES: dict[str, Text] = {
    "due": t("进行中", "under way"),
    "reported": t("待辅导方确认", "waits for the coach"),
    "confirmed": t("已确认", "confirmed"),
}

WARNING_SORTS: dict[str, Text] = {
    "quarters": t("连续两个季度未完成任务", "two quarters of tasks missed"),
    "no_gain": t("十二个月后测评未提升", "no gain after twelve months"),
}

APPEAL_STATES: dict[str, Text] = {
    "raised": t("待指定复核人", "to be given to a reviewer"),
    "reviewing": t("复核中", "under review"),
    "upheld": t("申诉成立", "upheld"),
    "dismissed": t("申诉不成立", "dismissed"),
}

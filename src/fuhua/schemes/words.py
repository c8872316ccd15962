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

# --- talents (measure 14) ---

# Where people of the five talent armies (五路大军) come from; what an application of the kind ``talent_course`` may answer
ORIGINS: dict[str, Text] = {
    "founder": t("连续创业者", "serial founder"),
    "industry": t("产业从业者", "from industry"),
    "research": t("科研人员", "from research"),
    "investment": t("投资从业者", "from investment"),
    "incubator": t("在职孵化人员", "works in an incubator"),
    "other": t("其他", "elsewhere"),
}

JOINED_BY: dict[str, Text] = {
    "award": t("实训立项", "awarded a place in the course"),
    "invitation": t("受邀加入", "invited"),
}

TALENT_STATES: dict[str, Text] = {
    "invited": t("已邀请，待本人答复", "invited, waits for the person"),
    "member": t("在库", "in the pool"),
    "declined": t("已谢绝", "declined"),
    "left": t("已退出", "left"),
}

TRACK: dict[str, Text] = {
    "founded": t("创办企业", "founded"),
    "exit": t("股权退出", "sold a holding"),
    "holding": t("持股或投资", "holds or invests"),
    "employment": t("任职", "employed"),
    "mentoring": t("辅导", "mentors"),
    "credential": t("实训合格", "passed the practicum"),
    "placement": t("到岗", "placed"),
}

PRACTICUM_STATES: dict[str, Text] = {
    "asked": t("待实训企业同意", "waits for the venture"),
    "running": t("实训中", "under way"),
    "reported": t("待考核", "to be assessed"),
    "passed": t("考核合格，待发证", "passed, to be certified"),
    "certified": t("已发证", "certified"),
    "failed": t("考核不合格", "failed"),
    "refused": t("企业未同意", "refused by the venture"),
    "stopped": t("已终止", "stopped"),
}

PRACTICUM_STOPS: dict[str, Text] = {
    "consent_left": t("实训企业撤回同意", "the venture took its consent back"),
    "left": t("学员退出", "the trainee withdrew"),
    "host_left": t("实训孵化器无法继续", "the incubator cannot go on"),
    "conflict": t("发现利益冲突", "a conflict of interest appeared"),
}

ASSESSORS: dict[str, Text] = {
    "venture": t("实训企业", "venture"),
    "tutor": t("带教导师", "tutor"),
}

ASSESSED_AS: dict[str, Text] = {
    "passed": t("合格", "passed"),
    "failed": t("不合格", "failed"),
}

# What the plan's measure 14 wants of incubation people; a failed assessment says which of them was missing
LACKING: dict[str, Text] = {
    "service": t("服务意识", "will to serve"),
    "technology": t("前沿科技认知", "knowledge of frontier technology"),
    "product": t("产品创新迭代方法", "product iteration"),
    "process": t("硬科技创新创业流程", "how hard technology is founded"),
    "scientists": t("与科学家协作", "work with scientists"),
}

PLACEMENT_STATES: dict[str, Text] = {
    "proposed": t("待本人确认", "waits for the person"),
    "employed": t("在岗", "employed"),
    "kept": t("满 12 个月仍在岗", "still employed at 12 months"),
    "lost": t("满 12 个月未在岗", "not employed at 12 months"),
    "lapsed": t("未到岗", "never began"),
}

PLACEMENT_SIDES: dict[str, Text] = {
    "employer": t("用人孵化器", "employer"),
    "person": t("本人", "the person"),
}

# Why a credentialed person is, or is not, counted as still employed at twelve months
RECHECKED: dict[str, Text] = {
    "confirmed": t("任职关系有效，双方确认", "the tie holds and both confirm"),
    "tie_ended": t("任职关系已终止", "the tie of employment ended"),
    "moved": t("转岗或调离", "moved to another post"),
    "resigned": t("本人离职", "resigned"),
    "dismissed": t("用人单位解聘", "dismissed"),
    "disputed": t("双方说法不一", "the two sides differ"),
}
LEAVINGS = ("moved", "resigned", "dismissed")  # what a side that says no may give as its reason

PROGRAMMES: dict[str, Text] = {
    "zhuque": t("朱雀计划", "Zhuque programme"),
    "gaoju": t("高聚工程", "Gaoju programme"),
    "district": t("区级人才支持计划", "a district’s programme"),
    "other": t("其他人才计划", "another programme"),
}

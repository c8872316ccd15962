"""Codes of talents: where people come from, practicums, credentials, placements."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

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

"""Codes of exchange: platforms and their users, listings and deals with their states, verbs and reasons."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

NOVELTY: dict[str, Text] = {
    "new": t("新建", "new"),
    "extended": t("扩建", "extended"),
}

ASSET_PROOFS: dict[str, Text] = {
    "invoice": t("购置发票", "invoice"),
    "acceptance": t("验收报告", "acceptance report"),
    "title": t("产权证明", "title"),
    "lease": t("租赁合同", "lease"),
    "none": t("无证明", "no proof"),
}

AFFILIATIONS: dict[str, Text] = {
    "none": t("无关联", "unaffiliated"),
    "owner": t("与所有者关联", "tied to the owner"),
    "self": t("自用", "own use"),
}

NEED, OFFER = "need", "offer"

SIDES: dict[str, Text] = {
    NEED: t("需求", "need"),
    OFFER: t("供给", "offer"),
}

FRONTS: dict[str, Text] = {
    "slot": t("预约", "bookable slot"),
    "quote": t("询价", "comparable quote"),
    "brokered": t("撮合", "brokered need"),
}

AUDIENCES: dict[str, Text] = {
    "public": t("所有人可见", "open to everybody"),
    "members": t("登录后可见", "for those who signed in"),
}

LISTING_STATES: dict[str, Text] = {
    "draft": t("草稿", "draft"),
    "open": t("开放中", "open"),
    "engaged": t("对接中", "being matched"),
    "expired": t("已过期", "expired"),
    "closed": t("已结束", "closed"),
    "withdrawn": t("已撤回", "withdrawn"),
}

# Why a listing ended (必填的结束原因): the last is the honourable no.
CLOSINGS: dict[str, Text] = {
    "contracted": t("已在平台签约", "contracted here"),
    "off_platform": t("已在平台外成交", "contracted elsewhere"),
    "no_offer": t("没有合适的供给", "no offer fits"),
    "price": t("价格谈不拢", "the price did not fit"),
    "technical": t("技术达不到要求", "the technology did not reach it"),
    "terms": t("权利或条款谈不拢", "the terms did not fit"),
    "timing": t("时间不合适", "the timing did not fit"),
    "budget_gone": t("预算取消", "the budget is gone"),
    "need_gone": t("需求不再存在", "the need no longer exists"),
    "test_failed": t("试点未达到约定标准", "the pilot missed its test"),
}

DEAL_STATES: dict[str, Text] = {
    "draft": t("待签署", "to be signed"),
    "signed": t("履行中", "in delivery"),
    "delivered": t("待验收", "to be accepted"),
    "disputed": t("有争议", "disputed"),
    "accepted": t("待结算", "to be settled"),
    "settled": t("已结算", "settled"),
    "cancelled": t("已取消", "cancelled"),
}

# Verbs of a listing, as its buttons say them
LISTING_VERBS: dict[str, Text] = {
    "publish": t("开放", "Open it"),
    "renew": t("确认仍有效", "It still holds"),
    "close": t("结束", "Close"),
    "withdraw": t("撤回", "Withdraw"),
    "reopen": t("重新打开", "Reopen"),
}


# The tail of a deal: what is delivered and judged, disputes, payments, and what came of it.

DELIVERABLE_STATES: dict[str, Text] = {
    "due": t("待交付", "to be delivered"),
    "delivered": t("待验收", "to be accepted"),
    "rejected": t("待重新交付", "to be delivered again"),
    "accepted": t("已验收", "accepted"),
}

REJECTIONS: dict[str, Text] = {
    "test_failed": t("未通过约定的验收标准", "it fails the agreed test"),
    "incomplete": t("内容不完整", "it is incomplete"),
    "wrong_item": t("与约定的内容不符", "it is not what was agreed"),
    "damaged": t("损坏或无法使用", "it is damaged or unusable"),
    "unproven": t("缺少报告或证明", "a report or proof is lacking"),
}

DISPUTES: dict[str, Text] = {
    "quality": t("质量争议", "quality"),
    "late": t("逾期", "lateness"),
    "scope": t("范围争议", "scope"),
    "price": t("金额争议", "the amount"),
    "unpaid": t("拖欠款项", "non-payment"),
    "rights": t("知识产权或保密争议", "rights or confidentiality"),
}

RESOLUTIONS: dict[str, Text] = {
    "went_on": t("双方按原协议继续", "both go on as agreed"),
    "redeliver": t("重新交付", "it is delivered again"),
    "ended": t("双方同意解除协议", "both agree to end the agreement"),
}

CANCELLATIONS: dict[str, Text] = {
    "not_signed": t("未签署即取消", "given up before both had signed"),
    "ended": t("争议后解除", "ended after a dispute"),
}

# Who says that a payment was made; the evidence is the stronger the less it is the payer's own word.
TELLERS: dict[str, Text] = {
    "buyer": t("购买方填报", "told by the buyer"),
    "provider": t("提供方确认到账", "confirmed by the provider"),
    "bank": t("银行通知", "told by the bank"),
}

OUTCOMES: dict[str, Text] = {
    "ordered_again": t("再次采购或扩大采购", "ordered again or more"),
    "in_use": t("持续使用", "in use"),
    "scaled": t("进入量产或推广", "scaled up"),
    "follow_on": t("带来融资或新合作", "led to financing or a new partnership"),
    "stopped": t("已停止使用", "no longer used"),
    "no_effect": t("没有产生效果", "no effect"),
}

MINUTES_OF: dict[str, int] = {"分钟": 1, "minute": 1, "min": 1, "小时": 60, "机时": 60, "hour": 60, "h": 60}  # unit of a line → minutes

# Booking of slots.
BOOKING_STATES: dict[str, Text] = {
    "offered": t("候补待确认", "offered from the line"),
    "held": t("已预约", "booked"),
    "running": t("使用中", "in use"),
    "used": t("已使用", "used"),
    "no_show": t("爽约", "no-show"),
    "cancelled": t("已取消", "cancelled"),
}

BOOKING_ENDS: dict[str, Text] = {
    "user": t("预约人取消", "cancelled by the user"),
    "host": t("提供方取消", "cancelled by the host"),
    "fault": t("设备故障", "a fault"),
    "closure": t("临时停用", "a closure"),
    "lapsed": t("未及时确认", "not confirmed in time"),
    "absent": t("未到场", "nobody came"),
    "finished": t("使用结束", "the use ended"),
}

FEE_STATES: dict[str, Text] = {
    "none": t("无费用", "no fee"),
    "due": t("可申诉", "open to appeal"),
    "appealed": t("申诉处理中", "under appeal"),
    "waived": t("已免除", "waived"),
    "charged": t("已计费", "charged"),
}

WAITING_STATES: dict[str, Text] = {
    "waiting": t("排队中", "in line"),
    "offered": t("已有空位", "a slot is offered"),
    "taken": t("已约到", "booked"),
    "left": t("已退出", "left the line"),
}

USER_CLASSES: dict[str, Text] = {
    "own": t("本单位", "the host’s own"),
    "incubated": t("本单位在孵企业", "incubated by the host"),
    "firm": t("其他企业", "other firms"),
    "university": t("高校院所", "universities and institutes"),
    "all": t("所有人", "everybody else"),
}

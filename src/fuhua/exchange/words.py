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

LIVE = ("open", "engaged")

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
    "offer_gone": t("供给已撤回或结束", "the offer is no longer there"),
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


# --- brokering ---

ANSWERS: dict[str, Text] = {
    "yes": t("同意对接", "agrees to meet"),
    "no": t("不对接", "declines"),
}

INTRODUCTIONS: dict[str, Text] = {
    "asked": t("征求双方意见", "both sides are asked"),
    "silent": t("超时未答复", "unanswered in time"),
    "agreed": t("双方同意", "both agreed"),
    "met": t("已会面", "met"),
    "pilot": t("试点中", "in pilot"),
    "measured": t("已测评", "measured"),
    "ordering": t("待签约", "contract to be signed"),
    "ordered": t("已签约", "contracted"),
    "declined": t("未成，已说明原因", "no, because"),
}

PILOT_UNSIGNED = t("试点协议待签署", "pilot’s agreement to be signed")

# Why an offer is not relevant to a need: what the matcher learns from.
IRRELEVANT: dict[str, Text] = {
    "field": t("领域不对", "another field"),
    "stage": t("成熟度不合适", "too early or too late"),
    "technical": t("技术指标不符", "does not reach the figures"),
    "price": t("价格明显超出", "clearly too dear"),
    "place": t("地点不便", "too far away"),
    "known": t("已认识对方", "we know them already"),
    "vague": t("信息太少", "says too little"),
}
SUBJECT = frozenset({"field", "technical"})  # the reasons that say that need and offer are not about the same

RESULTS: dict[str, Text] = {
    "met": t("达到约定标准", "passed the test"),
    "partly": t("部分达到", "passed in part"),
    "missed": t("未达到约定标准", "missed the test"),
}

FOLLOW_UPS: dict[str, Text] = {
    "ongoing": t("继续推进", "going on"),
    "trial": t("进入试用或试点", "a trial began"),
    "contract": t("已签约或入驻", "contracted or moved in"),
    "paused": t("暂缓", "on hold"),
    "ended": t("没有下文", "nothing came of it"),
}

# 政府采购法第二十六条列明的采购方式，以及其后增补的三种；企业需求不适用
PROCUREMENT: dict[str, Text] = {
    "open_tender": t("公开招标", "open tender"),
    "invited_tender": t("邀请招标", "tender by invitation"),
    "negotiation": t("竞争性谈判", "competitive negotiation"),
    "consultation": t("竞争性磋商", "competitive consultation"),
    "enquiry": t("询价", "price enquiry"),
    "single_source": t("单一来源", "single source"),
    "framework": t("框架协议采购", "framework agreement"),
    "innovation": t("合作创新采购", "innovation partnership"),
    "below_limit": t("限额标准以下自行采购", "own purchase below the limit"),
}
PUBLIC_BUYERS = ("agency", "district")  # sorts of party whose needs name a procurement route

ACTS: dict[str, Text] = {
    "answer": t("答复", "answer"),
    "ask_again": t("再次征求意见", "ask again"),
    "arrange": t("约定会面", "arrange the meeting"),
    "confirm_met": t("确认已会面", "confirm that you met"),
    "undertake": t("接受保密协议", "agree to confidentiality"),
    "reveal": t("开放第二层资料", "open the second tier"),
    "pilot": t("拟定试点协议", "draw up the pilot’s agreement"),
    "approve": t("上传现场安全批准", "file the safety approval of the site"),
    "log": t("登记读数", "log a reading"),
    "result": t("说明试点结果", "state the result"),
    "order": t("拟定合同", "draw up the contract"),
    "decline": t("结束对接，说明原因", "no, because"),
    "card": t("写案例卡", "write the case card"),
    "card_consent": t("同意公开案例", "let the case be seen"),
    "card_hide": t("撤回公开", "take the case back"),
    "dispute": t("提出构想使用争议", "dispute the reuse of an idea"),
}


MOST_PIECES, MOST_AMOUNT = 10**9, 10**15  # of one row or one order: how many, and fen

# Quotes: requests, who was asked, why not, and pools
RFQ_STATES: dict[str, Text] = {
    "open": t("报价中", "open for quotes"),
    "chosen": t("已选定", "chosen"),
    "cancelled": t("已取消", "cancelled"),
}

INVITATION_STATES: dict[str, Text] = {
    "asked": t("待报价", "to quote"),
    "quoted": t("已报价", "quoted"),
    "declined": t("不报价", "declined"),
    "withdrawn": t("已撤回报价", "quote withdrawn"),
    "silent": t("逾期未答复", "silent"),
    "excluded": t("未邀请", "not asked"),
}

# How a request ended for one who was asked: nothing in it names whoever was chosen
ENDINGS: dict[str, Text] = {
    "won": t("已选定您的报价", "your quote was chosen"),
    "lost": t("已选定其他报价", "another quote was chosen"),
    "cancelled": t("询价已取消", "the request was cancelled"),
    "over": t("询价已结束", "the request is over"),
}

# Rates of value-added tax (增值税) that a price includes, by percent; ``None`` where a provider does not say
VAT: dict[int | None, Text] = {
    **{rate: Text(f"{rate}%", f"{rate}%") for rate in (13, 9, 6, 3, 1)},
    0: t("免税或零税率", "exempt or zero-rated"), None: t("未说明", "not told"),
}

EXCLUSIONS: dict[str, Text] = {
    "expired": t("资质已过期", "credential expired"),
    "missing": t("没有要求的资质", "credential missing"),
    "affiliated": t("与询价方有关联", "affiliated with the asker"),
    "rival": t("与询价方有竞争关系", "rival of the asker"),
    "self": t("就是询价方", "the asker itself"),
    "barred": t("不能参与这次拼单", "cannot take part for this pool"),
}
TIED = ("affiliated", "rival", "self", "barred")  # who may not even read what is asked


DECLINES: dict[str, Text] = {
    "capacity": t("产能或人手已满", "no capacity"),
    "technical": t("技术上做不到", "technically out of reach"),
    "quantity": t("数量太小", "the quantity is too small"),
    "terms": t("条件不合适", "the terms do not fit"),
    "timing": t("时间不合适", "the timing does not fit"),
}

CLINIC = "ip_clinic"  # the kind of offer that is a clinic for intellectual property, and of the ask in its stead
INVENTIONS: dict[str, Text] = {
    "filed": t("已申请专利", "a patent has been filed"),
    "none": t("不涉及可申请专利的内容", "nothing in it could be patented"),
    "unfiled": t("有发明，尚未申请", "there is an invention, not filed yet"),
}

POOL_STATES: dict[str, Text] = {
    "forming": t("征集中", "forming"),
    "asked": t("询价中", "out for quotes"),
    "ordered": t("已下单", "ordered"),
    "dissolved": t("已解散", "dissolved"),
}

MEMBER_STATES: dict[str, Text] = {
    "invited": t("待答复", "invited"),
    "joined": t("已加入", "joined"),
    "agreed": t("同意下单", "agreed to the order"),
    "ordered": t("已下单", "ordered"),
    "declined": t("不参加", "declined"),
    "left": t("已退出", "left"),
}

REVIEWING = t("可制造性评审", "review of how it can be made")  # what an engineer's grant is for
QUOTING = t("按保密协议报价", "quoting under an agreement on confidentiality")

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
    "declined": t("放弃空位", "the slot was declined"),
    "lapsed": t("未及时确认", "not confirmed in time"),
    "absent": t("未到场", "nobody came"),
    "finished": t("使用结束", "the use ended"),
}
BY_HOST = ("host", "fault", "closure")  # ends that are not the user's doing, who is told and shown other slots

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

# What stands on a block of the week; a gap says nothing.
BLOCKS: dict[str, Text] = {
    "free": t("空闲", "free"),
    "mine": t("我方预约", "ours"),
    "busy": t("已约", "booked"),
    "past": t("已过", "past"),
    "soon": t("来不及预约", "too soon to book"),
    "later": t("尚未开放预约", "not yet open to book"),
    "closed": t("停用", "closed"),
}

USER_CLASSES: dict[str, Text] = {
    "own": t("本单位", "the host’s own"),
    "incubated": t("本单位在孵企业", "incubated by the host"),
    "firm": t("其他企业", "other firms"),
    "university": t("高校院所", "universities and institutes"),
    "all": t("其他用户", "everybody else"),
}

# Mentoring: sessions on booked hours of a mentor.
MENTORED = ("mentor_hours",)  # kinds of offer whose slots are sessions of the person who answers for it
MENTORING_HISTORY = "exchange.mentoring"  # what a consent names that opens the advice and actions of earlier sessions
MENTORING_BRIEF = t("辅导前了解背景", "a briefing before the session")
MENTORING_SHARED = t("辅导前了解此前的建议与行动", "earlier advice and actions, before the session")

MENTORING_SIDES: dict[str, Text] = {
    "mentor": t("导师", "mentor"),
    "venture": t("企业", "venture"),
}

MENTORING_STATES: dict[str, Text] = {
    "told": t("待对方确认", "the other side has not confirmed it yet"),
    "confirmed": t("双方已确认", "confirmed by both sides"),
    "denied": t("对方不认可", "denied by the other side"),
}
MENTORING_YOURS = t("待您确认", "you are asked to confirm it")  # instead of “told”, to the side that did not tell it

MENTORING_PARTS: dict[str, Text] = {
    "note": t("记录", "note"),
    "advice": t("建议", "advice"),
    "action": t("行动项", "action"),
}

ACTION_ANSWERS: dict[str, Text] = {
    "done": t("已完成", "done"),
    "not_done": t("未完成", "not done"),
}

CLASH_CHOICES: dict[str, Text] = {
    "first": t("采纳前一条", "the earlier one"),
    "second": t("采纳后一条", "the later one"),
    "neither": t("都不采纳", "neither"),
}

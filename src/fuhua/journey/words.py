"""Codes of journeys: kinds of stay, titles and their basis, why things end, and the papers of policy binders."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

STAYS: dict[str, Text] = {
    "physical": t("实体入驻", "physical"),
    "virtual": t("虚拟入驻", "virtual"),
    "pre_incubation": t("预孵化", "pre-incubation"),
    "acceleration": t("加速", "acceleration"),
}

STAY_ENDS: dict[str, Text] = {
    "graduated": t("毕业", "graduated"),
    "exited": t("退出", "left"),
    "transferred": t("转入其他载体", "moved to another host"),
    "closed": t("停止经营", "closed down"),
}

TITLES: dict[str, Text] = {
    "hnte": t("国家高新技术企业", "high and new technology enterprise"),
    "gazelle": t("瞪羚企业", "gazelle"),
    "frontier": t("前沿技术企业", "frontier technology firm"),
    "tech_sme": t("科技型中小企业", "technology SME"),
    "innovative_sme": t("创新型中小企业", "innovative SME"),
    "specialised_sme": t("专精特新中小企业", "specialised SME"),
    "little_giant": t("专精特新“小巨人”企业", "little giant"),
    "potential_unicorn": t("潜在独角兽企业", "potential unicorn"),
    "unicorn": t("独角兽企业", "unicorn"),
    "listed": t("上市企业", "listed company"),
    "national_incubator": t("国家级科技企业孵化器", "national incubator"),
    "municipal_incubator": t("市级科技企业孵化器", "municipal incubator"),
    "filed_makerspace": t("国家备案众创空间", "nationally filed makerspace"),
    "university_park": t("大学科技园", "university science park"),
}

# Titles of incubation bodies; every other title is a firm's.
HOUSE_TITLES = frozenset({"national_incubator", "municipal_incubator", "filed_makerspace", "university_park"})

BASES: dict[str, Text] = {
    "certificate": t("证书", "certificate"),
    "list": t("公布名单", "published list"),
    "rule": t("规则测算", "computed by a rule"),
}

TITLE_ENDS: dict[str, Text] = {
    "expired": t("有效期满", "expired"),
    "revoked": t("被撤销", "revoked"),
    "delisted": t("移出名单", "taken off the list"),
}

# What a venture does for the first time, and the deals by which it shows: its side in them, and their kinds.
FIRSTS: dict[str, Text] = {
    "shared_instrument": t("首次使用共享仪器", "first run on a shared instrument"),
    "order": t("首个场景订单", "first order from a scenario"),
}
SHOWN_BY: dict[str, tuple[str, tuple[str, ...]]] = {
    "shared_instrument": ("buyer", ("equipment", "pilot_line")),
    "order": ("provider", ("scenario", "challenge")),
}

# The stages of the coverage map, in order; every one follows from facts (docs/schemes.md)
FIELD_STAGES: dict[str, Text] = {
    "incubator": t("孵化器", "incubators"),
    "awarded": t("已立项待签约", "awarded"),
    "project": t("项目", "projects"),
    "venture": t("企业", "ventures"),
    "hnte": t("高新技术企业", "high-tech"),
    "gazelle": t("瞪羚及以上", "gazelles up"),
}

LANDING_MONTHS: dict[int, Text] = {
    6: t("落地 6 个月", "6 months after landing"),
    12: t("落地 12 个月", "12 months after landing"),
}

LAPSE_REASONS: dict[str, Text] = {
    "inactive": t("无实际经营", "no activity"),
    "left": t("离京", "left the city"),
    "deregistered": t("主体注销", "entity deregistered"),
    "no_entity": t("未按期注册", "never registered"),
}

# Month by which somebody who was awarded has registered an entity, or who landed was found active; and when they are warned
LAPSE_MONTH, WARN_MONTH = 9, 8

CASE_STATES: dict[str, Text] = {
    "open": t("办理中", "on the way"),
    "provisional": t("已落地（暂定）", "landed, provisional"),
    "active": t("已落地且活跃", "landed and active"),
    "lapsed": t("失效", "lapsed"),
    "joined": t("已并入另一案例", "joined with another"),
}
LIVE = ("open", "provisional", "active")

# What a landing takes; each is asked of an organisation on the first day, as a kind of ask of the desk
STEPS: dict[str, Text] = {
    "registration": t("主体注册", "registering an entity"),
    "bank_account": t("银行开户", "bank account"),
    "permit": t("工作许可与签证", "work permit and visa"),
    "space": t("落地场地", "space to work in"),
    "first_scenario": t("首个应用场景", "first scenario"),
}

SIDES: dict[str, Text] = {
    "project": t("项目方", "the project"),
    "host": t("承办方", "the host"),
}

ACTIVITY: dict[str, Text] = {
    "order": t("订单或合同", "an order or contract"),
    "payroll": t("工资或社保缴纳", "payroll or social insurance"),
    "tax": t("纳税证明", "tax paid"),
    "stay": t("入驻或租赁", "a stay or lease"),
}

ERASED: dict[str, Text] = {
    "filed": t("许可已申报", "the permit is filed"),
    "asked": t("本人要求", "the person asked for it"),
    "closed": t("案例已结束", "the case is closed"),
}

OFFSHORE_PROOFS: dict[str, Text] = {
    "registration": t("境外注册证明", "registration abroad"),
    "agreement": t("合作协议", "agreement only"),
    "none": t("无证明（仅挂牌）", "no proof (a plaque only)"),
}

DIRECTIONS: dict[str, Text] = {
    "in": t("引进来", "inbound"),
    "out": t("走出去", "outbound"),
}

OFFSHORE_ENDS: dict[str, Text] = {
    "closed": t("关闭", "closed"),
    "inactive": t("长期无活动", "inactive"),
    "merged": t("合并", "merged"),
}

RELAY_MONTHS: dict[int, Text] = {
    3: t("落地 3 个月", "3 months on"),
    6: t("落地 6 个月", "6 months on"),
    12: t("落地 12 个月", "12 months on"),
}

RELAY_FAILURES: dict[str, Text] = {
    "site": t("场地不合适", "unsuitable site"),
    "environment": t("环评或能耗受限", "environmental or energy limits"),
    "policy": t("政策未兑现", "promised support did not come"),
    "people": t("用工困难", "could not hire"),
    "money": t("资金不足", "lack of money"),
    "venture": t("企业改变计划", "the venture changed its plan"),
    "elsewhere": t("去往其他城市", "went to another city"),
}

ABROAD: dict[str, Text] = {
    "entity": t("境外设立主体", "entity abroad"),
    "order": t("境外订单", "order from abroad"),
    "approval": t("境外准入或认证", "approval abroad"),
    "delegation": t("出访团组", "delegation trip"),
}

BENEFITS = "policy_benefits"  # the thing a venture consents to let its incubator see

STANDINGS: dict[str, Text] = {
    "eligible": t("符合条件", "Eligible"),
    "short": t("差一步", "Short of it"),
    "not_before": t("时间未到", "Not before"),
    "cannot_tell": t("还不能判断", "Cannot tell yet"),
    "no": t("不符合", "Not eligible"),
}

# Rule → the papers its binder asks for; those in PER_TENANT are asked once for each venture that lives there.
PAPERS: dict[str, dict[str, Text]] = {
    "incubator_tax": {
        "title": t("资格认定文件", "the document of the title"),
        "premises": t("房产、土地权属证明", "title to the premises and land"),
        "accounts": t("孵化服务收入单独核算说明", "statement that incubation income is kept apart"),
        "lease": t("与在孵企业的租赁合同", "lease with the tenant"),
    },
    "hnte": {
        "registration": t("营业执照", "business licence"),
        "rights": t("知识产权证书及权属说明", "certificates of intellectual property"),
        "transfers": t("科技成果转化证明", "proof of results put to use"),
        "staff": t("职工和科技人员情况说明", "statement of staff and S&T staff"),
        "rd_audit": t("近三年研发费用专项审计报告", "audit of three years’ R&D"),
        "income_audit": t("上一年度高新技术产品收入专项审计报告", "audit of last year’s high-tech income"),
        "accounts": t("近三年年度财务会计报告", "three years’ annual accounts"),
        "organisation": t("研发组织管理制度", "rules of R&D organisation"),
    },
    "tech_sme": {
        "registration": t("营业执照", "business licence"),
        "accounts": t("上年度财务会计报表", "last year’s accounts"),
        "rights": t("知识产权证书", "certificates of intellectual property"),
    },
}
PER_TENANT = frozenset({"lease"})

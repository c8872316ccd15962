"""Codes of journeys: kinds of stay, titles and their basis, and why stays, titles, landings and relays end."""

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
}

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

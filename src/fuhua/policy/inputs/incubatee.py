"""What rules ask of a firm in an incubator: when it entered, where it works, its trade, and how it leaves."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, date, money, spending, yes_no

incubation_entered_on = date("incubation_entered_on", t("企业入驻孵化器的日期", "day on which the firm entered the incubator"))
works_in_incubator = yes_no(
    "works_in_incubator",
    t("注册地和主要研发、办公场所是否在孵化器内", "registered in the incubator, with its main work place there"),
)
tech_sme_requirements = yes_no(
    "tech_sme_requirements",
    t("是否符合科技型中小企业的要求（不要求已登记）", "meets the requirements for a technology-based SME (need not be registered as one)"),
)
incubation_trade = choice(
    "incubation_trade",
    t("在孵企业所属领域", "trade of the incubatee"),
    {
        "biomedicine": t("生物医药", "biomedicine"),
        "modern_agriculture": t("现代农业", "modern agriculture"),
        "integrated_circuits": t("集成电路", "integrated circuits"),
        "other": t("其他领域", "any other"),
    },
)
venture_capital_total = money(
    "venture_capital_total",
    t("累计获得天使投资或风险投资的金额", "angel and venture capital received in all"),
    change=spending(step=10_000),
)
acquired = yes_no("acquired", t("是否已被兼并或收购", "the firm was merged or acquired"))
listed_on_market = yes_no(
    "listed_on_market", t("是否已在境内外资本市场挂牌或上市", "the firm is quoted or listed on a capital market at home or abroad")
)

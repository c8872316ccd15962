"""What the rules on early-stage investment ask: who invested, how and when, and the target at that time."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, date, money, percentage, yes_no

investor_kind = choice(
    "investor_kind",
    t("投资人类型", "kind of investor"),
    {
        "company": t("公司制创业投资企业", "venture capital company"),
        "corporate_partner": t("有限合伙制创投企业的法人合伙人", "corporate partner of a venture capital partnership"),
        "individual_partner": t("有限合伙制创投企业的个人合伙人", "individual partner of a venture capital partnership"),
        "angel": t("天使投资个人", "individual angel investor"),
    },
)
invested_on = date("invested_on", t("投资日（实缴出资并取得股权之日）", "day of investment: money paid in and equity received"))
invested_amount = money(
    "invested_amount",
    t(
        "对该企业实际支付的现金投资额（合伙人填按出资比例应占的份额）",
        "cash paid for the stake in this firm (a partner: the share that falls to the partner)",
    ),
)
paid_in_cash = yes_no("paid_in_cash", t("是否以现金直接出资", "whether the investment was paid in cash"))
secondary_purchase = yes_no(
    "secondary_purchase", t("股权是否受让自其他股东（老股）", "whether the stake was bought from another shareholder")
)
stake_held = yes_no(
    "stake_held",
    t("自投资日起是否一直持有该股权（至判断日或满 24 个月之日）", "stake held without a break since investment (to today, or to month 24)"),
)
offset_income = money(
    "offset_income",
    t(
        "满 24 个月当年可供抵扣的所得：公司为其应纳税所得额，合伙人为从该基金分得的所得，天使为转让该股权的应纳税所得额",
        "income to deduct from in the year month 24 falls in: a company's taxable income, a partner's income from the fund, "
        "an angel's gain on this stake",
    ),
)
investor_insider = yes_no(
    "investor_insider",
    t("投资人是否为被投企业的发起人、员工或其亲属", "whether the investor is a founder or employee of the target or a relative of one"),
)
related_share = percentage(
    "related_share",
    t(
        "投资后两年内，基金与其关联方合计持有被投企业的股权比例上限",
        "most that the fund and its related parties held within two years after",
    ),
    high=100,
)

target_resident = yes_no("target_resident", t("被投企业投资时是否为居民企业", "target a resident enterprise when invested in"))
target_book_audited = yes_no("target_book_audited", t("被投企业投资时是否实行查账征收", "target taxed by its books when invested in"))
target_registered_on = date("target_registered_on", t("被投企业注册成立日期", "day the target was registered"))
target_staff = count(
    "target_staff",
    t("被投企业从业人数（投资前 12 个月各月平均值的平均）", "target's staff, mean of the twelve monthly means before the investment"),
    unit="people",
)
target_graduates = count(
    "target_graduates",
    t("被投企业从业人员中大学本科以上学历人数（同一口径）", "of these staff, those with a bachelor degree or more"),
    unit="people",
)
target_assets = money(
    "target_assets",
    t(
        "被投企业资产总额（投资前 12 个月各月平均值的平均）",
        "target's total assets, mean of the twelve monthly means before the investment",
    ),
)
target_sales = money(
    "target_sales", t("被投企业投资前 12 个月销售收入合计", "target's sales, total of the twelve months before the investment")
)
target_listed = yes_no(
    "target_listed",
    t("被投企业投资时或其后两年内是否在境内外上市", "target listed anywhere when invested in or within the two years after"),
)
target_rd_year = money("target_rd_year", t("被投企业投资当年研发费用", "target's R&D expense of the year of investment"))
target_rd_next = money("target_rd_next", t("被投企业投资次年研发费用", "target's R&D expense of the year after the investment"))
target_costs_year = money("target_costs_year", t("被投企业投资当年成本费用", "target's total cost and expense of the year of investment"))
target_costs_next = money("target_costs_next", t("被投企业投资次年成本费用", "target's total cost and expense of the year after"))

"""What the rules on equity given to staff ask: the plan, the people, the holding periods, and the sale."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, each, measure, money, yes_no

equity_kind = choice(
    "equity_kind",
    t("股权激励的方式", "kind of equity incentive"),
    {
        "option": t("股票（权）期权", "option"),
        "restricted": t("限制性股票", "restricted stock"),
        "award": t("股权奖励", "equity award"),
    },
)
share_listed = yes_no("share_listed", t("授予股权的公司是否已上市", "whether the firm that grants the equity is listed"))
plan_approved = yes_no(
    "plan_approved",
    t("股权激励计划是否经董事会和股东（大）会审议通过", "plan approved by the board and by the shareholders"),
)
own_shares = yes_no("own_shares", t("激励标的是否为本公司股权", "the equity granted is the firm's own"))
key_grantees = yes_no(
    "key_grantees",
    t("激励对象是否均为技术骨干和高级管理人员", "all grantees are technical backbone or senior managers"),
)
grantees = count(
    "grantees", t("累计激励对象人数（含历次）", "people granted equity, over all rounds"), unit="people", change=each(1, up=False)
)
mean_staff_six_months = measure(
    "mean_staff_six_months",
    t("最近 6 个月在职职工平均人数", "mean headcount of the last six months"),
    unit="people",
)
held_from_grant = measure(
    "held_from_grant",
    t("自授予日（奖励为获得日）起至可转让之日的持有年数", "years from grant (an award: from receipt) until the equity may be sold"),
    unit="years",
)
held_from_exercise = measure(
    "held_from_exercise", t("期权自行权日起至可转让之日的持有年数", "years from exercise of the option until sale"), unit="years"
)
held_from_unlock = measure(
    "held_from_unlock", t("限制性股票自解禁日起至可转让之日的持有年数", "years from unlocking of restricted stock until sale"), unit="years"
)
years_to_exercise = measure(
    "years_to_exercise", t("期权自授予日至行权日的年数", "years from grant of the option to its exercise"), unit="years"
)
award_industry_restricted = yes_no(
    "award_industry_restricted",
    t("公司所属行业是否列入股权奖励税收优惠限制性行业目录", "the firm's industry is on the list barred from deferral of equity awards"),
)
deferral_filed = yes_no("deferral_filed", t("是否向主管税务机关备案", "filed with the tax office"))

equity_price = money("equity_price", t("转让该股权的收入", "price for which the equity is sold"))
equity_cost = money(
    "equity_cost",
    t(
        "取得该股权的成本（期权为行权价款，限制性股票为实际出资，奖励填 0）",
        "cost of the equity: strike paid, amount paid in, 0 for an award",
    ),
)
equity_fees = money("equity_fees", t("转让该股权的合理税费", "reasonable taxes and fees of the sale"))

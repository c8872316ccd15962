"""What rules ask of a park or another property that goes into a public REIT: class, worth, cash, title and pipeline."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, date, money, percentage, spending, yes_no

reit_asset_class = choice(
    "reit_asset_class",
    t("基础设施项目类型", "class of the infrastructure asset"),
    {
        "park": t("园区（研发平台、创业孵化器、工业厂房等）", "park: R&D platform, startup incubator, industrial plant, …"),
        "rental_housing": t("保障性租赁住房", "subsidised rental housing"),
        "other_owned": t("其他产权类项目", "another asset owned outright (not a concession)"),
        "concession": t("特许经营权、经营收益权类项目", "concession or right to operating income"),
        "not_admissible": t("不在试点范围内的资产", "an asset outside the admitted classes"),
    },
)
park_net_value = money("park_net_value", t("项目评估净值", "appraised net value of the project"))
distributable_cash_1 = money(
    "distributable_cash_1",
    t("预计未来第 1 年净可供分配现金", "net distributable cash forecast for the first year ahead"),
    change=spending(),
)
distributable_cash_2 = money(
    "distributable_cash_2",
    t("预计未来第 2 年净可供分配现金", "net distributable cash forecast for the second year ahead"),
    change=spending(),
)
distributable_cash_3 = money(
    "distributable_cash_3",
    t("预计未来第 3 年净可供分配现金", "net distributable cash forecast for the third year ahead"),
    change=spending(),
)
concession_irr = percentage(
    "concession_irr", t("特许经营类项目基金存续期内部收益率", "internal rate of return of a concession project over the fund's life")
)
expandable_assets = money(
    "expandable_assets",
    t("可用于扩募的储备资产规模", "assets in reserve with which the fund can be expanded"),
    change=spending(step=1_000_000),
)
park_operating_since = date("park_operating_since", t("项目开始运营的日期", "day on which the project began to operate"))
park_clear_title = yes_no("park_clear_title", t("项目权属、土地使用是否清晰合规", "title and land use of the project are clear and lawful"))

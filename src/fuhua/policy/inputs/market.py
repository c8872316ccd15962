"""What the rules of the capital market ask: boards, titles held, equity rounds, returns, capitalisation, an offer's shape."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, date, each, listing, money, percentage, spending, yes_no

beijing_firm = yes_no("beijing_firm", t("企业是否为在北京市注册的法人", "the firm is a legal person registered in Beijing"))
innovative_sme_valid = listing("innovative_sme_valid", t("有效期内的创新型中小企业资格", "a valid title of innovative SME"))
specialised_sme_valid = listing("specialised_sme_valid", t("有效期内的专精特新中小企业资格", "a valid title of specialised SME"))
little_giant_valid = listing("little_giant_valid", t("有效期内的专精特新“小巨人”企业资格", "a valid title of little giant"))

funding_round = choice(
    "funding_round",
    t("已完成的最近一轮股权融资", "last round of equity financing completed"),
    {
        "none": t("没有融资", "none"),
        "before_b": t("种子、天使或 A 轮", "seed, angel or round A"),
        "b_or_later": t("B 轮或以后", "round B or later"),
    },
)
government_fund_holds = yes_no(
    "government_fund_holds", t("是否有政府投资基金持股", "whether a government investment fund holds shares in the firm")
)
listing_reserve = listing("listing_reserve", t("是否在上市后备企业名单内", "on the list of firms in reserve for listing"))
tech_board_listed = listing(
    "tech_board_listed", t("是否已进入北京股权交易中心科创孵化板", "on the technology incubation board of the Beijing equity exchange")
)
regional_board_listed = listing(
    "regional_board_listed", t("是否已在区域性股权市场（四板）挂牌", "quoted on a regional equity market (the fourth board)")
)
green_channel_listed = listing(
    "green_channel_listed",
    t(
        "是否通过区域性股权市场创新型企业的公示审核（绿色通道）",
        "published and passed as an innovative firm of the regional market (green channel)",
    ),
)

full_fiscal_years = count("full_fiscal_years", t("存续的完整会计年度数", "full fiscal years since the firm began"), unit="years")
new_economy_firm = yes_no(
    "new_economy_firm", t("主要业务是否属于新经济领域等特定行业", "its main business is in the new economy or another named field")
)
share_capital = money("share_capital", t("股本总额（每股面值 1 元）", "share capital, at a par value of ¥1 a share"))
operating_cash_flow = money(
    "operating_cash_flow", t("上一年度经营活动产生的现金流量净额", "net operating cash flow of the last fiscal year"), below_zero=True
)
professional_investment_24m = money(
    "professional_investment_24m",
    t("最近 24 个月获得的专业机构投资者股权投资", "equity from professional investors in the last 24 months"),
    change=spending(step=10_000),
)
market_makers = count("market_makers", t("做市商家数", "market makers"), unit="firms", change=each(1_000_000))
listing_cap = money("listing_cap", t("按挂牌同时定向发行价格计算的市值", "capitalisation at the price of the issue made upon listing"))

neeq_listed = listing("neeq_listed", t("是否在新三板挂牌", "quoted on the NEEQ"))
neeq_innovation_layer = listing("neeq_innovation_layer", t("是否为新三板创新层公司", "in the innovation tier of the NEEQ"))
neeq_since = date(
    "neeq_since",
    t(
        "在新三板挂牌的起始日（曾摘牌的，按累计挂牌时间相应推后）",
        "day from which it is on the NEEQ (after a break, later by the time it was off)",
    ),
)
roe = percentage("roe", t("上一年度加权平均净资产收益率", "weighted mean return on equity of the last fiscal year"), low=-100_000)
roe_1 = percentage("roe_1", t("前一年度加权平均净资产收益率", "weighted mean return on equity of the year before last"), low=-100_000)
directed_issues_24m = money(
    "directed_issues_24m",
    t("最近 24 个月定向发行普通股融资金额", "money raised by directed issues of ordinary shares in the last 24 months"),
    change=spending(step=10_000),
)
directed_issues_total = money(
    "directed_issues_total",
    t("挂牌以来（含挂牌同时）定向发行累计融资金额", "money raised by directed issues since listing, that upon listing included"),
    change=spending(step=10_000),
)
directed_issues_valuation = money(
    "directed_issues_valuation",
    t("上述 24 个月内各次定向发行对应估值中的最低值", "lowest valuation among the directed issues of these 24 months"),
)
cap_60_days = money(
    "cap_60_days", t("最近有成交的 60 个交易日的平均市值", "mean capitalisation of the last 60 trading days on which it was traded")
)
qualified_investors = count(
    "qualified_investors", t("符合条件的合格投资者人数", "qualified investors that hold shares"), unit="people", change=each(10_000)
)

expected_cap = money("expected_cap", t("预计市值（按发行价格计算）", "expected capitalisation at the price of the offer"))
offered_shares = count("offered_shares", t("公开发行的股份数", "shares offered to the public"), high=10**12)
offered_to = count("offered_to", t("发行对象人数", "people the shares are offered to"), unit="people")
capital_after = money("capital_after", t("公开发行后的股本总额", "share capital after the offer"))
holders_after = count("holders_after", t("公开发行后的股东人数", "shareholders after the offer"), unit="people")
public_share_after = percentage("public_share_after", t("公开发行后公众股东持股比例", "share held by the public after the offer"), high=100)

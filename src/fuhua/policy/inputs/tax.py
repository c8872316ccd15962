"""What tax rules ask: rates, R&D that counts for the super-deduction, income of a transfer, losses by year."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import by_year, choice, count, listing, measure, money, percentage, spending, yes_no

cit_rate = percentage(
    "cit_rate",
    t(
        "本纳税年度适用的企业所得税税率（一般 25%，高新技术企业 15%；小型微利企业填实际税负）",
        "corporate income tax rate of the tax year (25 % as a rule, 15 % for a high-tech enterprise; a small firm's effective rate)",
    ),
    high=25,
)
main_industry = choice(
    "main_industry",
    t("企业主营业务所属行业", "industry of the firm's main business"),
    {
        "manufacturing": t("制造业", "manufacturing"),
        "tobacco": t("烟草制造业", "tobacco"),
        "lodging_catering": t("住宿和餐饮业", "lodging and catering"),
        "wholesale_retail": t("批发和零售业", "wholesale and retail"),
        "real_estate": t("房地产业", "real estate"),
        "leasing_business_services": t("租赁和商务服务业", "leasing and business services"),
        "entertainment": t("娱乐业", "entertainment"),
        "other": t("其他行业（软件、技术服务等）", "any other (software, technical services, …)"),
    },
)

rd_expensed = money(
    "rd_expensed",
    t(
        "本纳税年度发生、未形成无形资产而计入当期损益的研发费用（可加计扣除口径）",
        "R&D of the tax year that counts for the super-deduction and went through profit and loss",
    ),
    change=spending(),
)
rd_amortised = money(
    "rd_amortised",
    t(
        "本纳税年度对研发形成的无形资产按原成本计提的摊销额（没有填 0）",
        "this tax year's amortisation, at plain cost, of intangible assets that R&D created (0 if none)",
    ),
)
income_before_rd_extra = money(
    "income_before_rd_extra",
    t(
        "本纳税年度研发费用加计扣除之前的应纳税所得额（亏损为负）",
        "taxable income of the tax year before the R&D super-deduction; a loss is negative",
    ),
    below_zero=True,
)
ic_machine_tool_list = listing(
    "ic_machine_tool_list",
    t(
        "是否属于当年享受 120% 加计扣除的集成电路企业或工业母机企业",
        "an integrated-circuit or machine-tool firm entitled to the 120 % deduction this year",
    ),
)

transfer_income = money(
    "transfer_income",
    t(
        "本纳税年度技术转让所得（收入减去转让成本和相关税费后的净额）",
        "income of the tax year from technology transfer, net of its costs and taxes",
    ),
)
transfer_qualifies = yes_no(
    "transfer_qualifies",
    t("该技术及其转让是否属于可享受优惠的技术转让", "whether the technology and its transfer are of the favoured kind"),
)
nonexclusive_licence = yes_no(
    "nonexclusive_licence", t("转让方式是否为非独占许可使用权", "whether what is transferred is a non-exclusive licence")
)
licence_years = measure("licence_years", t("许可使用权的年限", "years for which the licence is granted"), unit="years")
zgc_specified_area = yes_no(
    "zgc_specified_area",
    t("企业是否注册在中关村国家自主创新示范区特定区域", "registered in the specified area of the Zhongguancun demonstration zone"),
)

quarterly_staff = count(
    "quarterly_staff",
    t("本纳税年度从业人数的全年季度平均值", "staff of the tax year, mean of the quarterly means"),
    unit="people",
)
quarterly_assets = money(
    "quarterly_assets", t("本纳税年度资产总额的全年季度平均值", "total assets of the tax year, mean of the quarterly means")
)

hnte_or_tech_sme_before = yes_no(
    "hnte_or_tech_sme_before",
    t(
        "2018 年至上一年度，是否有任一年度具备高新技术企业或科技型中小企业资格",
        "a high-tech enterprise or technology SME in any year from 2018 to last year",
    ),
)
title_years = by_year(
    "title_years",
    t(
        "各年度是否具备高新技术企业或科技型中小企业资格（具备的年度填 1；从未具备则填空表）",
        "years in which the firm was a high-tech enterprise or technology SME: 1 for each (none: an empty table)",
    ),
    unit="items",
)
unabsorbed_losses = by_year(
    "unabsorbed_losses",
    t(
        "以前各年度发生、至今尚未用所得弥补的亏损额（含已过期的，按亏损发生年度）",
        "losses by the year they arose that no income has absorbed so far, lapsed ones too",
    ),
)
income_before_losses = money(
    "income_before_losses",
    t("本纳税年度弥补以前年度亏损之前的应纳税所得额", "taxable income of the tax year before earlier losses are set off"),
    below_zero=True,
)

"""What rules ask of a firm: people, money, rights, conduct and titles."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import count, date, each, listing, money, spending, yes_no

resident = yes_no(
    "resident_enterprise", t("是否为中国境内（不含港澳台）注册的居民企业", "a resident enterprise registered in mainland China")
)
registered_on = date("registered_on", t("企业注册成立日期", "day the firm was registered"))

employees = count(
    "employees",
    t("职工总数（全年平均，兼职和临时聘用须满 6 个月）", "all staff of the year; part-time and temporary staff with six months or more"),
    unit="people",
)
rd_staff = count(
    "rd_staff",
    t("科技人员（从事研发和相关技术创新活动的人员）数", "S&T staff: in R&D and related technical work"),
    unit="people",
    change=each(300_000),
)

sales = money(
    "sales",
    t("上一年度销售（营业）收入", "sales revenue of the last fiscal year"),
    change=spending(step=10_000, price="5"),  # dearer than a yuan spent: it needs customers
)
sales_1 = money(
    "sales_1",
    t(
        "前一年度（上一年度之前一年）销售收入（企业尚未成立的年度填 0）",
        "sales revenue of the year before last (0 if the firm did not exist yet)",
    ),
)
sales_2 = money(
    "sales_2",
    t("再前一年度销售收入（企业尚未成立的年度填 0）", "sales revenue two years before the last (0 if the firm did not exist yet)"),
)
sales_3 = money(
    "sales_3",
    t("再前两年度销售收入（企业尚未成立的年度填 0）", "sales revenue three years before the last (0 if the firm did not exist yet)"),
)
assets = money("assets", t("资产总额", "total assets"))
net_assets = money("net_assets", t("上一年度末净资产", "net assets at the end of the last fiscal year"), below_zero=True)
rd = money("rd", t("上一年度研发费用总额", "R&D expense of the last fiscal year"), change=spending())
rd_1 = money(
    "rd_1", t("前一年度研发费用总额（企业尚未成立的年度填 0）", "R&D expense of the year before last (0 if the firm did not exist yet)")
)
rd_2 = money(
    "rd_2", t("再前一年度研发费用总额（企业尚未成立的年度填 0）", "R&D expense two years before the last (0 if the firm did not exist yet)")
)
profit = money("profit", t("上一年度净利润", "net profit of the last fiscal year"), below_zero=True)
profit_1 = money("profit_1", t("前一年度净利润", "net profit of the year before last"), below_zero=True)
taxable_income = money("taxable_income", t("当年应纳税所得额（减免前）", "taxable income of the year, before relief"), below_zero=True)
costs = money("costs", t("上一年度成本费用支出总额", "total cost and expense of the last fiscal year"))

class_1 = count(
    "class_1",
    t(
        "在有效期内、与主要产品相关的 Ⅰ 类知识产权数（发明专利、植物新品种、国家新药、集成电路布图设计等）",
        "Class I rights in force and tied to the main product: invention patents, plant varieties, new drugs, IC layouts",
    ),
    change=each(60_000),
)
class_2 = count(
    "class_2",
    t(
        "在有效期内、与主要产品相关的 Ⅱ 类知识产权数（实用新型、外观设计、软件著作权；不含商标）",
        "Class II rights in force and tied to the main product: utility models, designs, software copyright; no trademarks",
    ),
    change=each(5_000),
)

prohibited_trade = yes_no(
    "prohibited_trade",
    t("产品或服务是否属于国家禁止、限制或淘汰类", "products or services in a national prohibited, restricted or eliminated class"),
)
major_accident = yes_no(
    "major_accident", t("上一年及当年是否发生重大安全、重大质量事故", "a major safety or quality accident last year or this year")
)
environmental_offence = yes_no(
    "environmental_offence", t("上一年及当年是否有严重环境违法行为", "a serious environmental violation last year or this year")
)
research_misconduct = yes_no(
    "research_misconduct", t("上一年及当年是否有严重科研失信行为", "serious research misconduct last year or this year")
)
abnormal_list = yes_no(
    "abnormal_list", t("是否被列入经营异常名录或严重违法失信名单", "on the list of abnormal operations or of serious dishonesty")
)

listed_company = yes_no(
    "listed_company",
    t("是否已在境内外证券交易所上市（新三板挂牌不算）", "listed on a stock exchange at home or abroad (the NEEQ does not count)"),
)
hnte_valid = listing("hnte_valid", t("有效期内的高新技术企业证书", "a valid high and new technology enterprise certificate"))
tech_sme_valid = listing(
    "tech_sme_valid", t("当年有效的科技型中小企业入库登记编号", "a technology-based SME registration number valid this year")
)
national_award = yes_no(
    "national_award", t("近五年是否获国家级科技奖励且排名前三", "a national S&T award within five years, ranked among the first three")
)
provincial_rd_body = yes_no(
    "provincial_rd_body", t("是否拥有经认定的省部级以上研发机构", "a recognised R&D body at provincial or ministerial level or above")
)
led_standard = yes_no(
    "led_standard", t("近五年是否主导制定国际、国家或行业标准", "led an international, national or industry standard within five years")
)

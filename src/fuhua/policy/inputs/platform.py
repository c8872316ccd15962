"""What the rules on proof of concept, pilot scale, vouchers and bonded R&D ask: who runs it, what it costs, what it may do."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, date, money, percentage, spending, yes_no

poc_applicant = choice(
    "poc_applicant",
    t("概念验证平台的建设单位", "who builds the proof-of-concept platform"),
    {
        "zone_hnte": t(
            "示范区内的国家高新技术企业或中关村高新技术企业", "a national or Zhongguancun high-tech enterprise in the demonstration zone"
        ),
        "university": t("高等学校", "a university"),
        "institute": t("科研院所", "a research institute"),
        "hospital": t("医疗卫生机构", "a hospital"),
        "social_body": t("社会组织", "a social organisation"),
        "other_beijing": t("北京市其他创新主体", "another innovator in Beijing"),
        "outside": t("北京市以外的单位", "one outside Beijing"),
    },
)
poc_third_party = yes_no("poc_third_party", t("是否为面向社会服务的第三方概念验证平台", "a third-party platform that serves others"))
poc_services = yes_no(
    "poc_services",
    t(
        "是否提供概念验证服务（成果评价、可行性、工程样机、小批量试制、商业评价）",
        "it offers proof of concept: evaluation, feasibility, engineering prototype, small batch, business evaluation",
    ),
)
poc_cost = money("poc_cost", t("平台的建设和服务投入", "what building and running the platform costs"))
poc_asked = money("poc_asked", t("申请的支持金额", "amount of support applied for"))

poc_grant = money("poc_grant", t("先导验证阶段已拨付的资助金额", "grant paid out in the phase of proof"))
poc_validated = yes_no("poc_validated", t("先导验证是否通过", "whether the proof succeeded"))
poc_company_formed_on = date("poc_company_formed_on", t("成果转化设立公司的日期", "day on which a company was formed for the result"))
conversion_due_on = date("conversion_due_on", t("协议约定的转股期限", "last day for conversion by the agreement"))
conversion_valuation = money("conversion_valuation", t("转股时的公司投后估值", "post-money valuation of the company at conversion"))
conversion_discount = percentage(
    "conversion_discount", t("协议约定的转股折扣（没有填 0）", "discount at conversion by the agreement (0 if none)"), high=100
)
conversion_cap = money(
    "conversion_cap",
    t(
        "协议约定的转股估值上限（没有约定的，填转股估值本身）",
        "highest valuation at which it converts by the agreement (if none was agreed, the valuation itself)",
    ),
)

pilot_field = choice(
    "pilot_field",
    t("中试平台所属领域", "field of the pilot-scale platform"),
    {
        "ai": t("人工智能", "artificial intelligence"),
        "medicine": t("医药健康", "medicine and health"),
        "green": t("绿色低碳", "green and low-carbon"),
        "robotics": t("机器人与智能制造", "robots and smart manufacturing"),
        "ic": t("集成电路", "integrated circuits"),
        "next_it": t("新一代信息技术", "next-generation information technology"),
        "vehicles": t("智能网联汽车", "smart connected vehicles"),
        "other": t("其他领域", "another field"),
    },
)
pilot_in_beijing = yes_no("pilot_in_beijing", t("中试平台是否建在北京", "the platform is built in Beijing"))
pilot_new = yes_no("pilot_new", t("是否为新建的中试平台", "a newly built platform"))
pilot_independent = yes_no("pilot_independent", t("平台是否为独立法人", "the platform is an independent legal person"))
pilot_investment = money("pilot_investment", t("平台建设投资额", "investment in building the platform"), change=spending(step=10_000))
vouchers_this_year = money(
    "vouchers_this_year", t("企业本年已获批的科技创新券金额", "innovation vouchers already granted to the firm this year")
)

in_bonded_zone = yes_no("in_bonded_zone", t("企业是否设在综合保税区内", "the firm is in a comprehensive bonded zone"))
bonded_approved = yes_no(
    "bonded_approved",
    t(
        "从事研发业务是否经国家有关部门或综合保税区行政管理机构批准",
        "its R&D is approved by a department of the state or by the administration of the zone",
    ),
)
customs_credit = choice(
    "customs_credit",
    t("海关信用等级", "credit of the firm with customs"),
    {
        "advanced": t("高级认证企业", "certified, advanced"),
        "certified": t("一般认证企业（2021 年前的等级）", "certified, general (a class until 2021)"),
        "general": t("一般信用企业（2021 年后约当常规管理企业）", "general credit (since 2021 about: regular)"),
        "dishonest": t("失信企业", "dishonest"),
    },
)
separate_rd_premises = yes_no(
    "separate_rd_premises",
    t(
        "是否有专门存放和使用研发料件、成果的场所和设备",
        "separate premises and equipment for materials and results of R&D",
    ),
)
prohibited_imports = yes_no(
    "prohibited_imports", t("研发料件是否属于国家禁止进口的货物", "the materials are goods that the state forbids to import")
)
material_origin = choice(
    "material_origin",
    t("研发料件从何处进入综合保税区", "where the materials of R&D come from"),
    {"abroad": t("境外", "from abroad"), "inside": t("境内区外", "from China outside the zone")},
)

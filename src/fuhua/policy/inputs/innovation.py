"""What rules ask about a firm's innovation: rights in detail, R&D abroad and its bodies, results, experts' points."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, each, judged, money, spending, yes_no

owns_core_right = yes_no(
    "owns_core_right",
    t(
        "是否通过自主研发、受让、受赠、并购等取得对主要产品（服务）起核心支持作用的知识产权的所有权",
        "owns a right (own R&D, purchase, gift, merger) that is the core support of its main product or service",
    ),
)
key_tech_field = choice(
    "key_tech_field",
    t(
        "主要产品（服务）的核心技术所属的国家重点支持的高新技术领域",
        "the state-supported high-tech field of the main product's core technology",
    ),
    {
        "electronics": t("电子信息", "electronics and information"),
        "biomedicine": t("生物与新医药", "biology and new medicine"),
        "aerospace": t("航空航天", "aerospace"),
        "new_materials": t("新材料", "new materials"),
        "high_tech_services": t("高技术服务", "high-tech services"),
        "energy": t("新能源与节能", "new energy and energy saving"),
        "environment": t("资源与环境", "resources and environment"),
        "manufacturing": t("先进制造与自动化", "advanced manufacturing and automation"),
        "none": t("不属于上述领域", "none of these"),
    },
)
rd_abroad_3y = money(
    "rd_abroad_3y",
    t("近三个会计年度在中国境外发生的研发费用总额", "R&D expense of the last three fiscal years spent outside China"),
)
high_tech_income = money(
    "high_tech_income",
    t("上一年度高新技术产品（服务）收入", "income from high-tech products and services in the last fiscal year"),
    change=spending(),
)
total_income = money("total_income", t("上一年度企业总收入", "total income of the last fiscal year"))
trouble_before_application = yes_no(
    "trouble_before_application",
    t(
        "申请前一年内是否发生重大安全、重大质量事故或严重环境违法行为",
        "a major safety or quality accident or a serious environmental violation in the year before the application",
    ),
)

class_1_high_value = count(
    "class_1_high_value",
    t("Ⅰ 类知识产权中的高价值知识产权数", "Class I rights that count as high-value"),
    change=each(150_000),
)
class_1_own = count(
    "class_1_own",
    t("自主研发取得的 Ⅰ 类知识产权数", "Class I rights from the firm's own R&D"),
    change=each(60_000),
)
class_1_in_use = count(
    "class_1_in_use",
    t("已实际应用并产生经济效益的 Ⅰ 类知识产权数", "Class I rights in actual use with economic benefit"),
    change=each(80_000),
)
class_1_self_applied = count(
    "class_1_self_applied",
    t(
        "由本企业自行申请、且本企业在权利人中排名前三的 Ⅰ 类知识产权数",
        "Class I rights that the firm itself applied for and where it is among the first three owners",
    ),
    change=each(80_000),
)
right_self_developed = yes_no(
    "right_self_developed",
    t(
        "知识产权中是否有自主研发取得的（否则均为受让、受赠、并购）",
        "some rights come from own R&D (else all were bought, given or merged in)",
    ),
)
transfers_3y = count(
    "transfers_3y",
    t("近三个会计年度科技成果转化的总项数", "results put to use in the last three fiscal years, all together"),
    change=each(100_000),
)

right_advance_points = judged(
    "right_advance_points", t("专家评分：知识产权技术的先进程度（0–8）", "experts' points: how advanced the rights are (0–8)"), high=8
)
right_core_points = judged(
    "right_core_points",
    t("专家评分：知识产权对主要产品的核心支持作用（0–8）", "experts' points: core support of the main product (0–8)"),
    high=8,
)
right_quantity_points = judged(
    "right_quantity_points",
    t("专家评分：知识产权数量（0–8，限于数量所在档）", "experts' points: number of rights (0–8, within its band)"),
    high=8,
)
right_source_points = judged(
    "right_source_points",
    t("专家评分：知识产权获得方式（0–6，限于所在档）", "experts' points: how rights were obtained (0–6, within its band)"),
    high=6,
)
standard_bonus_points = judged(
    "standard_bonus_points", t("专家加分：参与编制标准、规范等（0–2）", "experts' bonus: took part in writing standards (0–2)"), high=2
)
transfer_points = judged(
    "transfer_points",
    t("专家评分：科技成果转化能力（0–30，限于项数所在档）", "experts' points: putting results to use (0–30, within its band)"),
    high=30,
)
organisation_points = judged(
    "organisation_points",
    t(
        "专家评分：研发组织管理水平（0–20：制度与核算 6、机构与产学研 6、激励与开放平台 4、人员培养考核 4）",
        "experts' points: R&D organisation (0–20: rules and accounts 6, R&D body and university ties 6, incentives 4, training 4)",
    ),
    high=20,
    change=each(20_000),
)
net_assets_growth_points = judged(
    "net_assets_growth_points",
    t("专家评分：净资产增长（0–10，限于所在档）", "experts' points: growth of net assets (0–10, within its band)"),
    high=10,
)
sales_growth_points = judged(
    "sales_growth_points",
    t("专家评分：销售收入增长（0–10，限于所在档）", "experts' points: growth of sales (0–10, within its band)"),
    high=10,
)

rd_body_level = choice(
    "rd_body_level",
    t("自建或共建的研发机构的最高级别", "highest level of the R&D body that the firm runs or shares"),
    {
        "national": t("国家级", "national"),
        "provincial": t("省级", "provincial"),
        "city": t("市级", "city"),
        "below": t("市级以下", "below city level"),
        "none": t("没有研发机构", "no R&D body"),
    },
)

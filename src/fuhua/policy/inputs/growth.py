"""What rules ask about a firm's growth and its niche: past years, shares of the market, equity raised, marks of quality."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, each, judged, listing, measure, money, percentage, spending, yes_no

net_assets_1 = money(
    "net_assets_1",
    t("前一年度末净资产（企业尚未成立的填 0）", "net assets at the end of the year before last (0 if the firm did not exist yet)"),
    below_zero=True,
)
net_assets_2 = money(
    "net_assets_2",
    t("再前一年度末净资产（企业尚未成立的填 0）", "net assets at the end of two years before the last (0 if the firm did not exist yet)"),
    below_zero=True,
)
employees_1 = count(
    "employees_1",
    t("前一年度职工总数（企业尚未成立的填 0）", "all staff of the year before last (0 if the firm did not exist yet)"),
    unit="people",
)
employees_3 = count(
    "employees_3",
    t("再前两年度职工总数（企业尚未成立的填 0）", "all staff three years before the last fiscal year (0 if the firm did not exist yet)"),
    unit="people",
)
st_spend_share = percentage(
    "st_spend_share",
    t("近四个年度科技活动投入占营业收入比例的平均值", "spending on S&T activities as a share of income, mean of the last four years"),
)
sales_fell_sharply = yes_no("sales_fell_sharply", t("近年收入是否大幅下滑", "income has fallen sharply in recent years"))

valuation_usd = money(
    "valuation_usd", t("最近一轮融资的投后估值（美元）", "post-money valuation of the last round, in US dollars"), unit="USD"
)
private_equity_raised = yes_no("private_equity_raised", t("是否获得过私募股权投资", "has received private equity investment"))
gold_seed_listed = listing("gold_seed_listed", t("是否在中关村“金种子”企业名单内", "on the Zhongguancun list of “golden seed” firms"))

new_equity_2y = money("new_equity_2y", t("近两年新增股权融资总额", "new equity raised in the last two years"), change=spending())
new_equity_3y = money(
    "new_equity_3y", t("近三年合格投资者新增股权投资总额", "new equity from qualified investors in the last three years"), change=spending()
)

main_share = percentage(
    "main_share", t("上一年度主营业务收入占营业收入的比例", "main business as a share of revenue, last fiscal year"), high=100
)
main_growth = percentage("main_growth", t("上一年度主营业务收入增长率", "growth of main-business income in the last fiscal year"), low=-100)
main_growth_2y = percentage(
    "main_growth_2y", t("近两年主营业务收入平均增长率", "growth of main-business income, mean of the last two years"), low=-100
)
debt_ratio = percentage("debt_ratio", t("上一年度末资产负债率", "debts as a share of assets at the end of the last fiscal year"))
net_margin = percentage("net_margin", t("上一年度净利润率", "net profit as a share of revenue, last fiscal year"), low=-100_000)
niche_years = measure("niche_years", t("从事特定细分市场的年限", "years in the niche market"), unit="years")
national_niche_share = percentage(
    "national_niche_share", t("主导产品在全国细分市场的占有率", "share of the main product in its national niche market"), high=100
)
world_niche_share = percentage(
    "world_niche_share", t("主导产品在国际细分市场的占有率", "share of the main product in its international niche market"), high=100
)
emerging_product = yes_no("emerging_product", t("主导产品是否属于战略性新兴产业领域", "main product in a strategic emerging industry"))
product_role = choice(
    "product_role",
    t("主导产品所处的领域", "what the main product stands for"),
    {
        "fills_gap": t("在产业链供应链关键环节补短板、锻长板、填空白", "fills a gap at a key link of an industry chain"),
        "base_heritage_supplier": t(
            "属工业六基、中华老字号，或为产业链龙头企业配套", "industrial base, a heritage name, or supplies a chain leader"
        ),
        "none": t("均不属于", "none of these"),
    },
)
chain_key_link = yes_no(
    "chain_key_link", t("是否处于产业链关键环节、发挥补链固链强链作用", "stands at a key link of an industry chain and strengthens it")
)
base_product_field = yes_no(
    "base_product_field", t("主导产品是否属于核心基础产品等重点领域", "main product in the fields of core basic products")
)

digital_level = count(
    "digital_level",
    t("数字化水平测评等级（1–4 级）", "level of digitalisation as assessed (1–4)"),
    unit="items",
    high=4,
    change=each(200_000),
)
quality_award = yes_no("quality_award", t("是否获省级以上质量奖荣誉", "holds a quality award at provincial level or above"))
iso9001 = yes_no(
    "iso9001", t("是否建立质量管理体系并获 ISO9001 等认证证书", "quality management certified (ISO 9001 or alike)"), change=each(30_000)
)
own_brand = yes_no("own_brand", t("是否拥有自主品牌", "has its own brand"), change=each(20_000))
standards_part = yes_no("standards_part", t("是否参与制修订标准", "took part in writing or revising standards"), change=each(100_000))
system_certified = yes_no(
    "system_certified",
    t("是否取得管理体系认证，或产品通过境外认证", "certified for a management system, or its product certified overseas"),
    change=each(30_000),
)
core_process_on_system = yes_no(
    "core_process_on_system",
    t("是否至少有一项核心业务采用信息系统支撑", "at least one core process runs on an information system"),
    change=each(50_000),
)
distinctive_points = judged(
    "distinctive_points",
    t("特色化指标得分（0–15，由省级部门自设）", "points for distinctive features (0–15, set by the province)"),
    high=15,
)
development_quality_points = judged(
    "development_quality_points",
    t("专精特新发展质量评价得分（0–100）", "score of the quality evaluation of specialised firms (0–100)"),
    high=100,
)

award_3y = yes_no("award_3y", t("近三年是否获国家级或省级科技奖励", "a national or provincial S&T award within three years"))
provincial_award_top3 = yes_no(
    "provincial_award_top3", t("近三年是否获省级科技奖励且排名前三", "a provincial S&T award within three years, among the first three")
)
national_award_top5 = yes_no(
    "national_award_top5", t("近三年是否获国家级科技奖励且排名前五", "a national S&T award within three years, among the first five")
)
national_award_top3 = yes_no(
    "national_award_top3", t("近三年是否获国家级科技奖励且排名前三", "a national S&T award within three years, among the first three")
)
maker_china_500 = yes_no(
    "maker_china_500", t("近三年是否进入“创客中国”全国 500 强", "among the national top 500 of “Maker in China” within three years")
)
maker_china_50 = yes_no(
    "maker_china_50", t("近三年是否进入“创客中国”全国 50 强", "among the national top 50 of “Maker in China” within three years")
)
innovation_demo_firm = yes_no(
    "innovation_demo_firm", t("是否为国家技术创新示范企业", "a national technological innovation demonstration firm")
)
ip_model_firm = yes_no("ip_model_firm", t("是否为知识产权优势或示范企业", "an IP-advantage or IP-demonstration firm"))

"""What rules ask of an incubator: age, space, people, money, tenants and their results, titles, and the taxes relieved."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, date, each, judged, listing, measure, money, spending, yes_no

independent_legal_person = yes_no(
    "independent_legal_person", t("运营机构是否具有独立法人资格", "the operator is an independent legal person")
)
beijing_legal_person = yes_no(
    "beijing_legal_person", t("运营机构是否为在北京注册的法人", "the operator is a legal person registered in Beijing")
)
incubator_running_since = date(
    "incubator_running_since",
    t(
        "孵化载体注册并实际运营的起始日（两者取较晚）",
        "day from which the incubator was both registered and running (the later of the two)",
    ),
)
statistics_years = count(
    "statistics_years",
    t("截至目前连续上报真实完整统计数据的年数", "consecutive years, up to now, of true and complete statistics filed"),
    unit="years",
)
statistics_filed = yes_no("statistics_filed", t("是否按要求上报统计数据", "statistics are filed as required"), change=each(1_000))
focus_future_industry = yes_no("focus_future_industry", t("是否聚焦高精尖产业或未来产业", "focused on high-precision or future industries"))
mentor_programme = yes_no(
    "mentor_programme",
    t("是否建有创业导师培训与辅导机制并开展服务", "a programme of mentors who train and guide founders is running"),
    change=each(50_000),
)
early_investment = yes_no(
    "early_investment",
    t("是否具备早期投资能力（自有资金、股权或债权对接均可）", "able to invest early: own money, or matching of equity or debt"),
)
professional_team = yes_no("professional_team", t("是否有专业化运营服务团队", "a professional team runs it"))
technical_platform = yes_no(
    "technical_platform",
    t("是否自建有专业公共技术服务平台", "it runs its own public technical service platform"),
    change=each(3_000_000),
)
work_plan = yes_no("work_plan", t("是否提交三年工作方案", "a three-year work plan is delivered"), change=each(50_000))

site_area = measure(
    "site_area",
    t("可自主支配的孵化场地总面积", "whole floor area that the incubator controls"),
    unit="m2",
    change=each(1_000, step=100),
)
incubatee_area = measure(
    "incubatee_area",
    t(
        "在孵企业或创业团队使用的面积（含工位和公共服务面积）",
        "floor area used by incubatees or teams, with desks and public service area",
    ),
    unit="m2",
    change=each(500, step=100),
)
desks = count("desks", t("提供给创业者使用的工位数", "desks offered to founders"), change=each(3_000))

incubator_fund = money(
    "incubator_fund",
    t("自有或合作设立的孵化资金规模", "size of its own incubation fund, or of one with partners"),
    change=spending(),
)
fund_cases = count("fund_cases", t("孵化资金使用案例数（累计）", "cases in which the fund was used, in all"), change=each(500_000))
investment_total = money("investment_total", t("孵化器建设投资总额", "whole investment in building the incubator"), change=spending())
investment_hardware = money(
    "investment_hardware", t("建设投资中硬件投入金额", "part of that investment that went into hardware"), change=spending()
)

incubator_staff = count(
    "incubator_staff", t("孵化器运营团队总人数", "all people of the operating team"), unit="people", change=each(200_000)
)
professional_staff = count(
    "professional_staff",
    t("其中专业孵化服务人员数", "of them, professional incubation staff"),
    unit="people",
    change=each(20_000),
)
full_time_staff = count(
    "full_time_staff", t("专职从事服务的人员数", "staff who serve founders full time"), unit="people", change=each(150_000)
)
experienced_staff = count(
    "experienced_staff",
    t("其中有产业、创业或投资从业背景的人数", "of the team, people with an industry, startup or investment background"),
    unit="people",
    change=each(50_000),
)
mentors = count("mentors", t("签约创业导师数", "mentors under contract"), unit="people", change=each(10_000))

incubatees = count("incubatees", t("在孵企业总数", "all incubatees"), unit="firms", change=each(30_000))
resident_teams = count(
    "resident_teams",
    t("一年内入驻的创业团队和企业数", "teams and firms resident within a year"),
    change=each(10_000),
)
incubatees_new = count(
    "incubatees_new",
    t("在孵企业中上一年度新注册的企业数", "incubatees that were registered last year"),
    unit="firms",
    change=each(30_000),
)
incubatees_tech_sme = count(
    "incubatees_tech_sme",
    t("在孵企业中的科技型中小企业数", "incubatees that are technology-based SMEs"),
    unit="firms",
    change=each(10_000),
)
incubatees_upgraded = count(
    "incubatees_upgraded",
    t(
        "上一年度首次获高新技术企业证书或成长为独角兽等的在孵企业数",
        "incubatees that last year became high-tech enterprises for the first time, unicorns or the like",
    ),
    unit="firms",
    change=each(100_000),
)
hnte_renewals_due = count(
    "hnte_renewals_due",
    t("应重新认定高新技术企业的企业数", "firms whose high-tech certificate was due for renewal"),
    unit="firms",
)
hnte_renewals_passed = count(
    "hnte_renewals_passed",
    t("其中通过重新认定的企业数", "of them, firms that were renewed"),
    unit="firms",
)
incubatees_growing = count(
    "incubatees_growing",
    t(
        "上一年度营业收入或研发投入增长超过 20% 的在孵企业数",
        "incubatees whose revenue or R&D spending rose by more than 20 % last year",
    ),
    unit="firms",
    change=each(200_000),
)
incubatees_financed = count(
    "incubatees_financed",
    t("获得投融资的在孵企业数", "incubatees that received investment"),
    unit="firms",
    change=each(100_000),
)
incubatees_ip_applied = count(
    "incubatees_ip_applied", t("已申请专利的在孵企业数", "incubatees that applied for patents"), unit="firms", change=each(10_000)
)
incubatees_ip_valid = count(
    "incubatees_ip_valid",
    t("拥有有效知识产权的在孵企业数", "incubatees that hold valid intellectual property"),
    unit="firms",
    change=each(20_000),
)
incubatees_one_industry = count(
    "incubatees_one_industry",
    t("从事同一产业的在孵企业数", "incubatees that work in one and the same industry"),
    unit="firms",
    change=each(30_000),
)
graduates = count("graduates", t("累计毕业企业数", "graduates since the beginning"), unit="firms", change=each(100_000))
new_firms_year = count(
    "new_firms_year", t("一年内新注册成立的企业数", "firms newly registered within a year"), unit="firms", change=each(10_000)
)
financed_year = count(
    "financed_year",
    t("一年内获得融资的团队和企业数", "teams and firms that were financed within a year"),
    change=each(100_000),
)
typical_cases = count("typical_cases", t("典型孵化案例数", "typical cases of incubation"), change=each(50_000))
events_year = count("events_year", t("每年举办创业活动的场次", "events for founders held in a year"), change=each(10_000))

benchmark_leading = listing("benchmark_leading", t("标杆孵化器（引领类）名单", "on the list of benchmark incubators, leading class"))
benchmark_cultivating = listing(
    "benchmark_cultivating", t("标杆孵化器（培育类）名单", "on the list of benchmark incubators, cultivating class")
)

incubator_kind = choice(
    "incubator_kind",
    t("孵化器类型", "kind of incubator"),
    {"comprehensive": t("综合孵化器", "comprehensive"), "professional": t("专业孵化器", "professional")},
)
evaluation_service = judged("evaluation_service", t("评价得分：服务能力", "evaluation points: service ability"), high=100)
evaluation_performance = judged("evaluation_performance", t("评价得分：孵化绩效", "evaluation points: incubation performance"), high=100)
evaluation_sustainability = judged("evaluation_sustainability", t("评价得分：可持续发展", "evaluation points: sustainability"), high=100)
evaluation_bonus = judged("evaluation_bonus", t("评价得分：加分项", "evaluation points: bonus items"), high=100)

incubator_title = choice(
    "incubator_title",
    t("孵化载体持有的最高资格", "highest title that the incubation body holds"),
    {
        "national_incubator": t("国家级科技企业孵化器", "national technology incubator"),
        "provincial_incubator": t("省级（含北京市级）科技企业孵化器", "provincial technology incubator (Beijing: municipal)"),
        "national_university_park": t("国家级大学科技园", "national university science park"),
        "university_park": t("省级大学科技园（级别不明的也填此项）", "provincial university science park, or one of a level not known"),
        "filed_makerspace": t("国家备案众创空间", "nationally filed makerspace"),
        "district_title": t("区级资格", "a title of a district"),
        "none": t("没有", "none"),
    },
)
title_recognised_on = date("title_recognised_on", t("该资格的认定（备案）日期", "day on which that title was recognised (or filed)"))
title_cancelled = yes_no("title_cancelled", t("该资格是否已被取消", "that title has been cancelled"))
title_cancelled_on = date("title_cancelled_on", t("该资格被取消的日期", "day on which that title was cancelled"))
premises_use = choice(
    "premises_use",
    t("房产、土地的用途", "what the premises and the land are used for"),
    {
        "self_used": t("孵化自用", "used by the incubator itself"),
        "let_to_incubatees": t("无偿或出租给在孵对象使用", "given or let to incubatees"),
        "both": t("部分自用、部分提供给在孵对象", "part self-used, part for incubatees"),
        "other": t("其他用途", "anything else"),
    },
)
property_tax_month = money(
    "property_tax_month",
    t("上述用途房产每月应缴房产税（减免前）", "property tax a month on the premises so used, before relief"),
)
land_tax_month = money(
    "land_tax_month",
    t("上述用途土地每月应缴城镇土地使用税（减免前）", "urban land-use tax a month on the land so used, before relief"),
)
incubation_vat_month = money(
    "incubation_vat_month",
    t("向在孵对象提供孵化服务每月应缴增值税（减免前）", "VAT a month on incubation services to incubatees, before relief"),
)
incubation_income_separate = yes_no(
    "incubation_income_separate",
    t("孵化服务收入是否单独核算", "income from incubation services is kept in separate accounts"),
    change=each(20_000),
)

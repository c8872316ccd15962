"""What rules ask of a person or a founding team: pay, learning, work, language, rosters of talent, and ties to Beijing."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.reasoning.inputs import choice, count, each, judged, listing, money, spending, yes_no

annual_pay = money(
    "annual_pay",
    t("境内用人单位每年支付的薪酬（税前，元）", "pay a year from the employer in China, before tax, in yuan"),
    change=spending(step=10_000),
)
monthly_offer = money(
    "monthly_offer",
    t("用人单位提供的平均月薪（税前，元）", "average pay a month on offer, before tax, in yuan"),
    change=spending(step=100, price="12"),
)
local_monthly_wage = money(
    "local_monthly_wage",
    t("本地区上年度社会平均月工资（元）", "average monthly wage of the region last year, in yuan"),
)

education = choice(
    "education",
    t("最高学位", "highest degree"),
    {
        "doctor": t("博士", "doctor"),
        "master": t("硕士", "master"),
        "bachelor": t("学士", "bachelor"),
        "none": t("无学士学位", "no bachelor's degree"),
    },
    aliases={
        "博士研究生": "doctor",
        "PhD": "doctor",
        "doctorate": "doctor",
        "硕士研究生": "master",
        "本科": "bachelor",
        "大专": "none",
        "专科": "none",
    },
)
degree_school = choice(
    "degree_school",
    t("取得最高学位的学校", "school of the highest degree"),
    {
        "chinese_good": t("中国境内高校，成绩优良", "a university in mainland China, with good results"),
        "top_100": t("境外排名前 100 的高校", "one of the first 100 universities abroad"),
        "other": t("其他学校", "another school"),
    },
)
skill_certificate = choice(
    "skill_certificate",
    t("职业技能资格证书", "certificate of a skilled trade"),
    {
        "top": t("国际通用最高等级、高级技师或相当", "highest international level, senior technician or equal"),
        "technician": t("技师或相当", "technician or equal"),
        "senior_worker": t("高级工或相当", "senior skilled worker or equal"),
        "other": t("其他国际通用职业技能资格证书", "another internationally accepted certificate"),
        "none": t("没有证书", "no certificate"),
    },
    aliases={"高级技师": "top", "技师": "technician", "高级工": "senior_worker"},
)
work_years = count("work_years", t("工作年限（足年）", "full years of work"), unit="years", high=80)
related_work_years = count("related_work_years", t("相关工作经历（足年）", "full years of related work"), unit="years", high=80)
months_in_china = count(
    "months_in_china",
    t("每年在中国境内工作的月数（足月）", "full months of work in China a year"),
    unit="months",
    high=12,
    change=each(10_000),
)
chinese_level = choice(
    "chinese_level",
    t("汉语水平（取最高的一项）", "command of Chinese, the best that applies"),
    {
        "former_citizen": t("曾具有中国国籍", "was once a Chinese citizen"),
        "degree_in_chinese": t("取得以汉语为教学语言的学士及以上学位", "a bachelor's or higher degree taught in Chinese"),
        "hsk_5": t("HSK 五级及以上", "HSK 5 or above"),
        "hsk_4": t("HSK 四级", "HSK 4"),
        "hsk_3": t("HSK 三级", "HSK 3"),
        "hsk_2": t("HSK 二级", "HSK 2"),
        "hsk_1": t("HSK 一级", "HSK 1"),
        "none": t("以上均无", "none of these"),
    },
    aliases={
        "HSK5": "hsk_5",
        "HSK 5": "hsk_5",
        "HSK6": "hsk_5",
        "HSK 6": "hsk_5",
        "HSK4": "hsk_4",
        "HSK3": "hsk_3",
        "HSK2": "hsk_2",
        "HSK1": "hsk_1",
    },
)
work_region = choice(
    "work_region",
    t("工作所在地区", "region of work"),
    {
        "beijing": t("北京", "Beijing"),
        "west": t("西部地区", "the western regions"),
        "north_east": t("东北地区等老工业基地", "the north-east and other old industrial bases"),
        "poor_county": t("国家级贫困县等特别地区", "national poor counties and other special areas"),
        "other": t("其他地区", "elsewhere"),
    },
    aliases={"北京市": "beijing", "东北": "north_east", "西部": "west"},
)
age = count("age", t("申请日年龄（周岁）", "age on the day of application, in full years"), unit="years", high=120)
top_foreign_school = yes_no("top_foreign_school", t("是否毕业于境外高水平大学", "a graduate of a leading university abroad"))
fortune_500_work = yes_no("fortune_500_work", t("是否有世界 500 强企业任职经历", "has worked for a Fortune Global 500 company"))
holds_ip = yes_no("holds_ip", t("是否拥有专利等知识产权", "holds a patent or other intellectual property"))
five_years_in_china = yes_no(
    "five_years_in_china", t("是否已连续在华工作满 5 年", "has worked in China for five years or more without a break")
)
local_bonus_points = judged(
    "local_bonus_points",
    t("地方鼓励性加分（0–10，由省级主管部门确定）", "local bonus points (0–10, set by the province)"),
    high=10,
)

talent_plan_selected = yes_no("talent_plan_selected", t("是否入选国内人才引进计划", "selected in a national plan for bringing in talent"))
recognised_achievement = yes_no(
    "recognised_achievement",
    t("是否有符合国际公认专业成就标准的成就", "an achievement that meets internationally recognised professional standards"),
)
startup_talent = yes_no("startup_talent", t("是否被认可为创新创业人才", "accepted as a talent in innovation or entrepreneurship"))
young_talent = yes_no(
    "young_talent",
    t("是否为优秀青年人才（如 40 岁以下的博士后）", "an outstanding young talent (for example a post-doctoral researcher below 40)"),
)
foreign_post = choice(
    "foreign_post",
    t("拟任岗位的类别", "kind of post to be taken up"),
    {
        "encouraged": t("市场导向的鼓励类岗位", "an encouraged post by the market's measure"),
        "listed": t("外国专业人才岗位目录内的岗位", "a post on the list for foreign professionals"),
        "language_teacher": t("外国语言教学", "teaching a foreign language"),
        "temporary": t("临时性、短期工作", "temporary or short work"),
        "seasonal": t("季节性工作", "seasonal work"),
        "quota": t("实行配额管理的岗位", "a post under a quota"),
        "intern": t("实习", "an internship"),
        "other": t("其他岗位", "another post"),
    },
)
teaches_native_language = yes_no(
    "teaches_native_language", t("所教语言是否为其母语", "the language taught is the teacher's native language")
)
teaching_licence = yes_no(
    "teaching_licence",
    t(
        "是否有教育类、语言类学位，或教师资格证、国际语言教学证书（如 TEFL）",
        "a degree in education or language, a teacher's licence, or a certificate such as TEFL",
    ),
)

gaoju_listed = listing("gaoju_listed", t("是否入选“高聚工程”", "selected in the Gaoju project for high-end talent"))
zhuque_listed = listing("zhuque_listed", t("是否入选“朱雀计划”", "selected in the Zhuque plan"))
yuying_listed = listing("yuying_listed", t("孵化器是否纳入中关村“育英”计划", "the incubator is in Zhongguancun's Yuying plan"))
hicool_awarded = listing("hicool_awarded", t("项目是否获 HICOOL 全球创业大赛奖项", "the project won an award of the HICOOL contest"))
hicool_season = choice(
    "hicool_season",
    t("参加 HICOOL 全球创业大赛的年份", "year of the HICOOL contest in which the project took part"),
    {
        "2020": t("2020 年", "2020 season"),
        "2021": t("2021 年", "2021 season"),
        "2022": t("2022 年", "2022 season"),
        "2023": t("2023 年", "2023 season"),
    },
)

from_overseas = yes_no("from_overseas", t("人才或项目是否来自海外", "the talent or project comes from overseas"))
beijing_entity = yes_no("beijing_entity", t("是否在北京注册了经营实体", "has an entity registered in Beijing"))
lead_works_in_beijing = yes_no(
    "lead_works_in_beijing",
    t(
        "团队负责人是否持北京的工作许可，或在京参加社会保险",
        "the head of the team holds a Beijing work permit or pays social insurance there",
    ),
)
incubator_lease = yes_no("incubator_lease", t("是否在北京的孵化器内租有场地", "leases space in an incubator in Beijing"))

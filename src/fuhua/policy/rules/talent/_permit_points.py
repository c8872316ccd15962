"""积分要素计分赋值表 the table of points for foreigners who work in China, line by line."""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.inputs import person
from fuhua.policy.reasoning.terms import ByCode, Points, bands, better_of, capped, total, wan

SCORE = total(
    Points(
        "pay",
        t("境内单位支付的年薪", "pay a year from the employer in China"),
        bands(person.annual_pay, (wan(45), 20), (wan(35), 17), (wan(25), 14), (wan(15), 11), (wan(7), 8), (wan(5), 5)),
        20,
    ),
    Points(
        "education",
        t("学位或职业技能证书（取高者）", "degree or certificate of a trade, the better"),
        better_of(
            ByCode(person.education, {"doctor": 20, "master": 15, "bachelor": 10}),
            ByCode(person.skill_certificate, {"top": 20, "technician": 15, "senior_worker": 10}),
        ),
        20,
    ),
    # two years give 5, each further year one more; 20 is reached with the seventeenth
    Points("years", t("工作年限", "years of work"), bands(person.work_years, *((years, years + 3) for years in range(17, 1, -1))), 20),
    Points("months", t("每年在华工作时间", "months of work in China a year"), bands(person.months_in_china, (9, 15), (6, 10), (3, 5)), 15),
    Points(
        "chinese",
        t("汉语水平", "command of Chinese"),
        ByCode(
            person.chinese_level,
            {"former_citizen": 5, "degree_in_chinese": 5, "hsk_5": 5, "hsk_4": 4, "hsk_3": 3, "hsk_2": 2, "hsk_1": 1},
        ),
        5,
    ),
    Points("place", t("工作地区", "region of work"), ByCode(person.work_region, {"west": 10, "north_east": 10, "poor_county": 10}), 10),
    Points("age", t("年龄", "age"), bands(person.age, (61, 0), (56, 5), (46, 10), (26, 15), (18, 10)), 15),
    Points(
        "other",
        t(
            "境外高水平大学、世界 500 强、知识产权、连续在华满 5 年（任一）",
            "leading university, Fortune 500, IP or five years in China: any one",
        ),
        capped(total(person.top_foreign_school, person.fortune_500_work, person.holds_ip, person.five_years_in_china) * 5, 5),
        5,
    ),
    Points("bonus", t("地方鼓励性加分", "local bonus"), person.local_bonus_points, 10),
)

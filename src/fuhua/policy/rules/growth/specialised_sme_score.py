"""专精特新中小企业评价指标 the scoring table of specialised SMEs: specialisation 25, refinement 25, features 15, innovation 35.

Why: apart from the conditions, because the table is long. Source: 工信部企业〔2022〕63号; an edge of two bands belongs to
the higher one; the 15 points for features are set by each province.
"""

from __future__ import annotations

from fuhua.kernel.words import t
from fuhua.policy.inputs import firm, growth, innovation
from fuhua.policy.reasoning.terms import Bands, ByCode, Points, Term, bands, better_of, capped, percent, ratio, total, wan


def _by_percent(of: Term, *steps: tuple[int, int]) -> Bands:
    return bands(of, *((percent(edge), points) for edge, points in steps))


SPECIALISED = (
    Points("main", t("主营业务收入占营业收入", "main business of revenue"), _by_percent(growth.main_share, (80, 5), (70, 3), (60, 1)), 5),
    Points(
        "growth",
        t("近两年主营业务收入平均增长率", "growth of main-business income, mean of two years"),
        _by_percent(growth.main_growth_2y, (10, 10), (8, 8), (6, 6), (4, 4), (0, 2)),
        10,
    ),
    Points(
        "years",
        t("从事细分市场年限（每满 2 年 1 分）", "years in the niche (a point for two full years)"),
        bands(growth.niche_years, (10, 5), (8, 4), (6, 3), (4, 2), (2, 1)),
        5,
    ),
    Points(
        "role",
        t("主导产品所属领域", "field of the main product"),
        ByCode(growth.product_role, {"fills_gap": 5, "base_heritage_supplier": 3}),
        5,
    ),
)
REFINED = (
    Points("digital", t("数字化水平", "level of digitalisation"), bands(growth.digital_level, (3, 5), (2, 3)), 5),
    Points(
        "quality",
        t("质量管理水平（每项 3 分，不超过 5 分）", "quality (3 points each, 5 at most)"),
        capped(total(growth.quality_award, growth.iso9001, growth.own_brand, growth.standards_part) * 3, 5),
        5,
    ),
    Points("margin", t("净利润率", "net margin"), _by_percent(growth.net_margin, (10, 10), (8, 8), (6, 6), (4, 4), (2, 2)), 10),
    Points(
        "debt",
        t("资产负债率", "debt ratio"),
        bands(growth.debt_ratio, (percent(50), 5), (percent(60), 3), (percent(70), 1), op="<="),
        5,
    ),
)
DISTINCTIVE = Points("distinctive", t("特色化（省级自设）", "features (set by the province)"), growth.distinctive_points, 15)
INNOVATIVE = (
    Points(
        "rights",
        t("与主导产品相关的有效知识产权", "rights in force tied to the main product"),
        better_of(
            bands(innovation.class_1_high_value, (1, 10)),
            bands(innovation.class_1_own, (1, 8)),
            bands(firm.class_1, (1, 6)),
            bands(firm.class_2, (1, 2)),
        ),
        10,
    ),
    Points(
        "rd",
        t("研发费用（总额或占营业收入，取高者）", "R&D, its amount or of revenue, the better"),
        better_of(
            bands(firm.rd, (wan(500), 10), (wan(400), 8), (wan(300), 6), (wan(200), 4), (wan(100), 2)),
            _by_percent(ratio(firm.rd, firm.sales), (10, 10), (8, 8), (6, 6), (4, 4), (3, 2)),
        ),
        10,
    ),
    Points(
        "staff", t("研发人员占比", "R&D staff of all staff"), _by_percent(ratio(firm.rd_staff, firm.employees), (20, 5), (10, 3), (5, 1)), 5
    ),
    Points(
        "rd_body",
        t("研发机构级别", "level of the R&D body"),
        ByCode(innovation.rd_body_level, {"national": 10, "provincial": 8, "city": 4, "below": 2}),
        10,
    ),
)
SCORE = total(*SPECIALISED, *REFINED, DISTINCTIVE, *INNOVATIVE)

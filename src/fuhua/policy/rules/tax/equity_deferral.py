"""非上市公司股权激励递延纳税 deferral of tax on equity that an unlisted firm gives its people.

Why: without it the people pay wage tax of 3–45 % when they receive the equity, before it is worth money; with it 20 % on the
gain when they sell. Source: 财税〔2016〕101号. All conditions must hold together, and it must be filed.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import equity, firm
from fuhua.policy.reasoning.conditions import Clause, all_of, at_least, at_most, by_case, no, when_in, yes
from fuhua.policy.reasoning.rule import Case, Edition, Example, Figure, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio

SOURCE = Source(
    "财税〔2016〕101号",
    t("完善股权激励和技术入股有关所得税政策", "Income tax on equity incentives and on technology contributed as capital"),
)
SALE_RATE = percent(20)

HOLDING = by_case(
    (
        when_in(equity.equity_kind, {"option"}),
        all_of(
            at_least(
                "option_grant",
                equity.held_from_grant,
                3,
                Clause("持有期", t("期权自授予日起持有满 3 年", "option: three years from grant")),
            ),
            at_least(
                "option_exercise",
                equity.held_from_exercise,
                1,
                Clause("持有期", t("且自行权日起持有满 1 年", "and one year from exercise")),
            ),
            at_most(
                "exercise_span",
                equity.years_to_exercise,
                10,
                Clause("行权期", t("授予日至行权日不超过 10 年", "exercised ten years after grant at most")),
            ),
        ),
    ),
    (
        when_in(equity.equity_kind, {"restricted"}),
        all_of(
            at_least(
                "restricted_grant",
                equity.held_from_grant,
                3,
                Clause("持有期", t("限制性股票自授予日起持有满 3 年", "restricted stock: three years from grant")),
            ),
            at_least(
                "restricted_unlock",
                equity.held_from_unlock,
                1,
                Clause("持有期", t("且解禁后持有满 1 年", "and one year from unlocking")),
            ),
        ),
    ),
    (
        None,
        all_of(
            at_least(
                "award_held",
                equity.held_from_grant,
                3,
                Clause("持有期", t("股权奖励自获得日起持有满 3 年", "award: three years from receipt")),
            ),
            no(
                "award_industry",
                equity.award_industry_restricted,
                Clause("行业", t("所属行业不在股权奖励限制性行业目录内", "award: industry not on the restricted list")),
            ),
        ),
    ),
)

CONDITIONS = all_of(
    no("listed", equity.share_listed, Clause("适用范围", t("非上市公司", "an unlisted firm"))),
    yes("resident", firm.resident, Clause("条件", t("境内居民企业的股权激励计划", "plan of a domestic resident enterprise"))),
    yes("approved", equity.plan_approved, Clause("条件", t("经董事会、股东（大）会审议通过", "approved by board and shareholders"))),
    yes("own", equity.own_shares, Clause("条件", t("标的为本公司股权", "the firm's own shares"))),
    yes("people", equity.key_grantees, Clause("条件", t("对象为技术骨干和高级管理人员", "for technical backbone and senior managers"))),
    at_most(
        "grantees",
        ratio(equity.grantees, equity.mean_staff_six_months),
        percent(30),
        Clause("条件", t("累计人数不超过最近 6 个月在职职工平均人数的 30%", "30 % of the mean headcount of six months at most, in all")),
    ),
    HOLDING,
    yes("filed", equity.deferral_filed, Clause("备案", t("向主管税务机关备案", "filed with the tax office"))),
)


def _cost(case: Case) -> int:
    return 0 if case[equity.equity_kind] == "award" else case[equity.equity_cost]


def _gain(case: Case) -> int:
    return max(0, case[equity.equity_price] - _cost(case) - case[equity.equity_fees])


def _tax(case: Case) -> Fraction:
    return _gain(case) * SALE_RATE


SALE = (equity.equity_kind, equity.equity_price, equity.equity_cost, equity.equity_fees)
EDITIONS = (
    Edition(
        "2016",
        dt.date(2016, 9, 1),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure("gain", t("转让时的应纳税所得额", "taxable gain at the sale"), "CNY", SALE, _gain),
            Figure(
                "tax_at_sale",
                t("转让时应缴个人所得税", "individual income tax at the sale"),
                "CNY",
                SALE,
                _tax,
                Clause("计税", t("（转让收入 − 取得成本 − 税费）× 20%", "20 % of price less cost less fees")),
            ),
        ),
        notes=(
            Note(
                t(
                    "起始日来源矛盾：一处机器译文作 9 月 16 日，另一处作 2016-09-01，本规则取后者",
                    "sources disagree on the first day: 16 September (a machine translation) or 1 September 2016; the latter is used",
                )
            ),
            Note(
                t(
                    "任一条件不满足的，取得股权时按工资薪金所得 3%–45% 计税",
                    "if any condition fails, wage tax of 3–45 % is due when the equity is acquired",
                )
            ),
        ),
        dates_rest_on="conflict",
    ),
)

PLAN = {
    "resident_enterprise": True,
    "share_listed": False,
    "plan_approved": True,
    "own_shares": True,
    "key_grantees": True,
    "grantees": 30,
    "mean_staff_six_months": 100,
    "deferral_filed": True,
}
SOLD = {"equity_price": "110万元", "equity_cost": "10万元", "equity_fees": 0}
OPTION = {**PLAN, **SOLD, "equity_kind": "option", "held_from_grant": 3, "held_from_exercise": 1, "years_to_exercise": 2}
STOCK = {**PLAN, **SOLD, "equity_kind": "restricted", "held_from_grant": 3, "held_from_unlock": 1}
AWARD = {**PLAN, **SOLD, "equity_kind": "award", "equity_cost": 0, "held_from_grant": 3, "award_industry_restricted": False}
ON = dt.date(2024, 6, 30)


def _fails(key: str, zh: str, en: str, profile: dict, unmet: str) -> Example:
    return Example(key, Text(zh, en), ON, profile, "not_eligible", unmet=(unmet,))


EXAMPLES = (
    Example(
        "O-5.8",
        t("31 人获授，平均职工 100 人", "31 grantees, a mean of 100 staff"),
        ON,
        {**OPTION, "grantees": 31},
        "not_eligible",
        unmet=("grantees",),
        short={"grantees": 30},
        way={"grantees": 30},
    ),
    Example(
        "exactly 30 %",
        t("恰为 30%，期限恰好满足", "exactly 30 %, every period just long enough"),
        ON,
        OPTION,
        "eligible",
        figures={"gain": 1_000_000, "tax_at_sale": 200_000},
    ),
    Example("restricted", t("限制性股票", "restricted stock"), ON, STOCK, "eligible", figures={"tax_at_sale": 200_000}),
    Example("award", t("股权奖励成本为零", "an award costs nothing"), ON, AWARD, "eligible", figures={"tax_at_sale": 220_000}),
    Example(
        "sold at a loss",
        t("亏损转让", "sold at a loss"),
        ON,
        {**STOCK, "equity_price": 1},
        "eligible",
        figures={"gain": 0, "tax_at_sale": 0},
    ),
    Example(
        "exercise after 10 years",
        t("恰满 10 年行权", "exercised after exactly ten years"),
        ON,
        {**OPTION, "years_to_exercise": 10},
        "eligible",
    ),
    _fails(
        "exercise late", "超过 10 年行权", "exercised after more than ten years", {**OPTION, "years_to_exercise": "10.01"}, "exercise_span"
    ),
    _fails(
        "option held short",
        "期权持有不满 3 年",
        "an option held short of three years",
        {**OPTION, "held_from_grant": "2.99"},
        "option_grant",
    ),
    _fails(
        "sold after exercise",
        "行权后不满 1 年",
        "sold within a year of exercise",
        {**OPTION, "held_from_exercise": "0.99"},
        "option_exercise",
    ),
    _fails(
        "sold after unlocking",
        "解禁后不满 1 年",
        "sold within a year of unlocking",
        {**STOCK, "held_from_unlock": "0.99"},
        "restricted_unlock",
    ),
    _fails(
        "award held short", "奖励持有不满 3 年", "an award held short of three years", {**AWARD, "held_from_grant": "2.99"}, "award_held"
    ),
    _fails(
        "award industry",
        "限制性行业的奖励",
        "an award in a restricted industry",
        {**AWARD, "award_industry_restricted": True},
        "award_industry",
    ),
    _fails("listed", "已上市公司", "a listed firm", {**OPTION, "share_listed": True}, "listed"),
    _fails("not filed", "未备案", "not filed", {**OPTION, "deferral_filed": False}, "filed"),
    Example(
        "staff unknown",
        t("平均职工人数未填", "mean headcount unknown"),
        ON,
        {key: value for key, value in OPTION.items() if key != "mean_staff_six_months"},
        "undetermined",
        missing=("mean_staff_six_months",),
    ),
    Example("2016-08-31", t("生效前一日", "the day before"), dt.date(2016, 8, 31), OPTION, "not_eligible"),
    Example("2016-09-01", t("生效首日", "the first day"), dt.date(2016, 9, 1), OPTION, "eligible"),
)

SPEC = Rule(
    key="equity_deferral",
    topic="tax",
    name=t("股权激励递延纳税", "deferral of tax on equity incentives"),
    about=t(
        "非上市公司的期权、限制性股票和股权奖励，符合条件并备案的，取得时不缴税，转让时按差额的 20% 缴税。",
        "Options, restricted stock and awards of an unlisted firm: if all conditions hold and it is filed, no tax at receipt, 20 % of the "
        "gain at the sale.",
    ),
    subject="venture",
    chosen_by=Relevant("acquired", t("取得股权之日（判断日）", "day the equity is acquired (day of judging)")),
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "由实施激励的公司在取得股权后向主管税务机关办理递延纳税备案",
        "the firm files the deferral with its tax office after the equity is acquired",
    ),
)

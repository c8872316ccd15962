"""创业投资企业和天使投资个人 70% 抵扣 deduction of 70 % of an early-stage investment from the investor's income.

Why: it is what the tax law gives those who put cash into a young technology firm and stay two years. Source:
财税〔2018〕55号 (to 2018) and 财税〔2019〕13号第五条, prolonged by announcements 6 of 2022 and 17 of 2023. The edition is chosen by
the day on which the 24 months are complete, so money put in from 2017-01-01 on is judged by the wider limits.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.period import add_months
from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import investment as deal
from fuhua.policy.inputs import tax
from fuhua.policy.reasoning.conditions import All, Clause, all_of, at_least, at_most, by_case, no, when_in, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.rule import Case, Edition, Example, Figure, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import percent, ratio, total, wan

HOLD_MONTHS = 24
SHARE = percent(70)
V1 = Source("财税〔2018〕55号", t("创业投资企业和天使投资个人有关税收政策", "Tax policy for venture capital firms and angel investors"))
V2 = Source(
    "财税〔2019〕13号",
    t(
        "放宽初创科技型企业标准（第五条），经公告2022年第6号、公告2023年第17号延续",
        "Wider limits for young technology firms (article 5), prolonged by announcements 6 of 2022 and 17 of 2023",
    ),
)
PARTNERS_OR_COMPANY = ("company", "corporate_partner")


def _deal() -> tuple:
    return (
        yes("cash", deal.paid_in_cash, Clause("投资方式", t("以现金直接投资", "invested in cash"))),
        no("secondary", deal.secondary_purchase, Clause("投资方式", t("不是受让老股", "not bought from another shareholder"))),
        yes("held", deal.stake_held, Clause("持有期", t("投资后一直持有", "held since the investment"))),
        at_least(
            "months", Elapsed(deal.invested_on, "months"), HOLD_MONTHS, Clause("持有期", t("持有满 24 个月", "held 24 months or more"))
        ),
        no(
            "insider",
            deal.investor_insider,
            Clause(
                "投资人",
                t("投资人不是发起人、员工或其亲属", "the investor is no founder, employee or relative of one"),
                "memory",
                "0.95",
            ),
        ),
        by_case(
            (when_in(deal.investor_kind, {"angel"}), all_of()),
            (
                None,
                at_most(
                    "related",
                    deal.related_share,
                    percent(50),
                    Clause(
                        "投资人",
                        t("投资后两年内基金与关联方合计持股不超过 50%", "fund and related parties hold 50 % at most for two years"),
                        "memory",
                        "0.95",
                    ),
                ),
            ),
        ),
    )


def _size(staff: int, limit: int, said: str) -> tuple:
    return (
        yes("resident", deal.target_resident, Clause("初创科技型企业", t("境内居民企业", "a resident enterprise"))),
        yes("books", deal.target_book_audited, Clause("初创科技型企业", t("实行查账征收", "taxed by its books"))),
        at_most(
            "staff", deal.target_staff, staff, Clause("初创科技型企业", t("从业人数不超过 {n} 人", "{n} staff at most").format(n=staff))
        ),
        at_least(
            "graduates",
            ratio(deal.target_graduates, deal.target_staff),
            percent(30),
            Clause("初创科技型企业", t("大学本科以上人员不低于 30%", "30 % or more with a bachelor degree")),
        ),
        at_most(
            "assets",
            deal.target_assets,
            limit,
            Clause("初创科技型企业", t("资产总额不超过 {n} 万元", "total assets of {n} × ¥10,000 at most").format(n=said)),
        ),
        at_most(
            "sales",
            deal.target_sales,
            limit,
            Clause("初创科技型企业", t("年销售收入不超过 {n} 万元", "yearly sales of {n} × ¥10,000 at most").format(n=said)),
        ),
    )


def _youth() -> tuple:
    return (
        at_most(
            "age",
            Elapsed(deal.target_registered_on, "months", until=deal.invested_on),
            60,
            Clause("初创科技型企业", t("投资时设立不超过 60 个月", "60 months old at most when invested in")),
        ),
        no(
            "listed",
            deal.target_listed,
            Clause("初创科技型企业", t("投资时及其后两年内未上市", "not listed then, nor within two years")),
        ),
        at_least(
            "rd",
            ratio(total(deal.target_rd_year, deal.target_rd_next), total(deal.target_costs_year, deal.target_costs_next)),
            percent(20),
            Clause(
                "初创科技型企业",
                t(
                    "投资当年与次年研发费用合计占成本费用合计不低于 20%",
                    "R&D of the investment year and the next, together, 20 % or more of cost and expense",
                ),
                "memory",
                "0.9",
                document="公告2018年第43号",
            ),
        ),
    )


def _conditions(staff: int, limit: int, said: str) -> All:
    return all_of(*_deal(), *_size(staff, limit, said), *_youth())


def _deductible(case: Case) -> Fraction:
    return case[deal.invested_amount] * SHARE


def _used(case: Case) -> Fraction:
    return min(_deductible(case), Fraction(case[deal.offset_income]))


def _carried(case: Case) -> Fraction:
    return _deductible(case) - _used(case)


def _saving(case: Case) -> Fraction | None:
    if case[deal.investor_kind] not in PARTNERS_OR_COMPANY:
        return None
    return _used(case) * case[tax.cit_rate]


def _complete(case: Case) -> dt.date:
    return add_months(case[deal.invested_on], HOLD_MONTHS)


FIGURES = (
    Figure("complete_on", t("满 24 个月之日", "day month 24 is complete"), "date", (deal.invested_on,), _complete, always=True),
    Figure(
        "deductible",
        t("可抵扣总额（投资额的 70%）", "deductible in all (70 % of the investment)"),
        "CNY",
        (deal.invested_amount,),
        _deductible,
    ),
    Figure("used", t("当年抵扣", "deducted that year"), "CNY", (deal.invested_amount, deal.offset_income), _used),
    Figure("carried", t("结转以后年度抵扣", "carried to later years"), "CNY", (deal.invested_amount, deal.offset_income), _carried),
    Figure(
        "saving",
        t("当年少缴企业所得税（公司或法人合伙人）", "corporate income tax saved that year (company or corporate partner)"),
        "CNY",
        (deal.investor_kind, deal.invested_amount, deal.offset_income, tax.cit_rate),
        _saving,
        worth=True,
    ),
)
NOTES = (
    Note(
        t(
            "研发占比的年度口径来源矛盾：一说为上年与投资当年，多数汇编为投资当年与次年，本规则取后者",
            "sources disagree on the years of the R&D test: one says the year before and the investment year, the compilations say "
            "the investment year and the next; the latter is used",
        )
    ),
    Note(
        t(
            "公司从自身所得抵扣，合伙人从分得的所得抵扣，天使从转让该股权的所得抵扣；被投企业清算的，天使可在 36 个月内从其他同类投资抵扣",
            "a company deducts from its own income, a partner from income of the fund, an angel from the gain on this stake; after a "
            "liquidation an angel may deduct from other such stakes within 36 months",
        )
    ),
)
EXTENSION = Note(
    t(
        "24 个月须在 2027-12-31 以前届满；以后是否延续以新公告为准",
        "the 24 months must be complete by 2027-12-31; an extension needs a new announcement",
    )
)
EDITIONS = (
    Edition(
        "2018",
        dt.date(2018, 1, 1),
        dt.date(2018, 12, 31),
        V1,
        _conditions(200, wan(3000), "3000"),
        figures=FIGURES,
        notes=NOTES,
        dates_rest_on="memory",
    ),
    Edition(
        "2019",
        dt.date(2019, 1, 1),
        dt.date(2027, 12, 31),
        V2,
        _conditions(300, wan(5000), "5000"),
        figures=FIGURES,
        notes=(*NOTES, EXTENSION),
        dates_rest_on="memory",
    ),
)

TARGET = {
    "target_resident": True,
    "target_book_audited": True,
    "target_registered_on": "2020-03-01",
    "target_staff": 80,
    "target_graduates": 40,
    "target_assets": "2000万元",
    "target_sales": "1000万元",
    "target_listed": False,
    "target_rd_year": "300万元",
    "target_rd_next": "300万元",
    "target_costs_year": "1200万元",
    "target_costs_next": "1300万元",
}
CASH = {
    **TARGET,
    "investor_kind": "company",
    "invested_on": "2023-03-01",
    "invested_amount": "600万元",
    "paid_in_cash": True,
    "secondary_purchase": False,
    "stake_held": True,
    "offset_income": "300万元",
    "investor_insider": False,
    "related_share": 20,
    "cit_rate": 25,
}
ON = dt.date(2025, 12, 31)
OLD = {**CASH, "target_registered_on": "2014-01-01"}


def _case(key: str, zh: str, en: str, verdict: str, on: dt.date = ON, unmet: tuple | None = None, **changed: object) -> Example:
    return Example(key, Text(zh, en), on, {**CASH, **changed}, verdict, unmet=unmet)


EXAMPLES = (
    Example(
        "O-5.5",
        t("公司制创投 2023-03-01 投 600 万元现金，2025 年所得 300 万元", "a company pays ¥6 million in cash; taxable 2025 ¥3 million"),
        dt.date(2025, 3, 1),
        CASH,
        "eligible",
        figures={
            "complete_on": dt.date(2025, 3, 1),
            "deductible": 4_200_000,
            "used": 3_000_000,
            "carried": 1_200_000,
            "saving": 750_000,
        },
    ),
    Example(
        "O-5.5 day before",
        t("差一天满 24 个月", "a day short of 24 months"),
        dt.date(2025, 2, 28),
        CASH,
        "not_eligible",
        unmet=("months",),
        figures={"complete_on": dt.date(2025, 3, 1)},
    ),
    Example(
        "ample income",
        t("所得充足，当年抵完", "income enough to use all"),
        ON,
        {**CASH, "offset_income": "420万元"},
        "eligible",
        figures={"used": 4_200_000, "carried": 0},
    ),
    Example(
        "angel",
        t("天使投资人不查关联方持股比例", "an angel: the related share is not asked"),
        ON,
        {key: value for key, value in CASH.items() if key not in ("related_share", "cit_rate")} | {"investor_kind": "angel"},
        "eligible",
        figures={"used": 3_000_000, "carried": 1_200_000, "saving": None},
    ),
    _case("partner", "法人合伙人", "a corporate partner", "eligible", investor_kind="corporate_partner"),
    _case("related 50", "关联方合计恰为 50%", "fund and related parties at exactly 50 %", "eligible", related_share=50),
    _case("related 50.01", "超过 50%", "above 50 %", "not_eligible", unmet=("related",), related_share="50.01"),
    _case("300 staff", "300 人", "300 staff", "eligible", target_staff=300, target_graduates=90),
    _case("301 staff", "301 人", "301 staff", "not_eligible", unmet=("staff",), target_staff=301, target_graduates=100),
    _case(
        "graduates 29 %",
        "本科以上不足 30%",
        "graduates short of 30 %",
        "not_eligible",
        unmet=("graduates",),
        target_staff=100,
        target_graduates=29,
    ),
    _case("assets 50m", "资产恰为 5000 万元", "assets of exactly ¥50 million", "eligible", target_assets="5000万元"),
    _case("assets over", "资产超过 5000 万元", "assets above ¥50 million", "not_eligible", unmet=("assets",), target_assets=50_000_001),
    _case("sales over", "销售超过 5000 万元", "sales above ¥50 million", "not_eligible", unmet=("sales",), target_sales=50_000_001),
    _case("60 months", "恰满 60 个月", "exactly 60 months old", "eligible", target_registered_on="2018-03-01"),
    _case(
        "60 months and a day", "超过 60 个月一天", "a day over 60 months", "not_eligible", unmet=("age",), target_registered_on="2018-02-28"
    ),
    _case("rd 20 %", "两年研发合计恰为 20%", "R&D of both years at exactly 20 %", "eligible", target_rd_year="200万元"),
    _case("rd short", "两年研发合计不足 20%", "R&D of both years short of 20 %", "not_eligible", unmet=("rd",), target_rd_year=1_999_999),
    _case("in kind", "非现金出资", "paid in kind", "not_eligible", unmet=("cash",), paid_in_cash=False),
    _case("secondary", "受让老股", "a secondary purchase", "not_eligible", unmet=("secondary",), secondary_purchase=True),
    _case("sold", "未持有满两年", "sold before", "not_eligible", unmet=("held",), stake_held=False),
    _case("listed", "两年内上市", "listed within two years", "not_eligible", unmet=("listed",), target_listed=True),
    Example(
        "unknown next year",
        t("次年研发未填", "R&D of the next year unknown"),
        ON,
        {key: value for key, value in CASH.items() if key != "target_rd_next"},
        "undetermined",
        missing=("target_rd_next",),
    ),
    Example(
        "completed 2018-12-31",
        t("2018 年末届满：按 200 人判断", "complete at the end of 2018: 200 staff at most"),
        dt.date(2019, 6, 30),
        {**OLD, "invested_on": "2016-12-31", "target_staff": 250, "target_graduates": 100},
        "not_eligible",
        unmet=("staff",),
    ),
    Example(
        "completed 2019-01-01",
        t("2019 年首日届满：按 300 人判断", "complete on the first day of 2019: 300 staff at most"),
        dt.date(2019, 6, 30),
        {**OLD, "invested_on": "2017-01-01", "target_staff": 250, "target_graduates": 100},
        "eligible",
    ),
    _case(
        "completed 2027-12-31",
        "末日届满",
        "complete on the last day",
        "eligible",
        dt.date(2027, 12, 31),
        invested_on="2025-12-31",
        target_registered_on="2023-01-01",
    ),
    _case(
        "completed 2028-01-01",
        "到期后届满",
        "complete after the last day",
        "not_eligible",
        dt.date(2028, 1, 1),
        invested_on="2026-01-01",
        target_registered_on="2023-01-01",
    ),
)

SPEC = Rule(
    key="vc_deduction",
    topic="tax",
    name=t("创投和天使投资 70% 抵扣", "70 % deduction for venture and angel investment"),
    about=t(
        "以现金投资初创科技型企业并持有满 24 个月，可按投资额的 70% 抵扣所得，当年不足的向后结转。",
        "Cash put into a young technology firm and kept for 24 months: 70 % of it is deducted from income, the rest carried forward.",
    ),
    subject="fund",
    chosen_by=Relevant("two_years", t("投资满 24 个月之日", "day the 24 months are complete"), of=deal.invested_on, months=HOLD_MONTHS),
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
    how=t(
        "满两年后在当年申报时抵扣，并向税务机关备案或留存投资协议、被投企业符合条件的证明",
        "deduct in the return of the year the two years are complete; keep or file the contract and proof that the target qualified",
    ),
)

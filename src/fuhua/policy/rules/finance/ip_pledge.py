"""知识产权质押贷款贴息 aid for loans pledged on intellectual property: part of the interest, and later of the fees.

Why: rights are what a young technology firm can pledge. Source: the Zhongguancun measures of March 2021 on sharing the cost of
such loans, then the yearly calls of the city's IP office of 2023 (loans repaid in 2022) and 2025 (loans repaid in 2024). In 2021
a rate above 1.4 times the LPR lost everything; the calls only stop counting there. No call for loans repaid in 2023 was found.
It is aid for once: it counts as money of the year only in the year of its call, the one after repayment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import field, firm, innovation, loan, market
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, none_of, yes
from fuhua.policy.reasoning.rule import Case, Edition, Example, Figure, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan, yi

REPAID = Relevant("repaid", t("贷款还清之日", "day on which the loan was repaid"), of=loan.loan_repaid_on)
LPR_TIMES = Fraction(7, 5)
SHARE_2021, MOST_2021 = percent(40), wan(50)
SHARE_CALL, MOST_CALL = percent(50), wan(30)
FEES_SHARE, FEES_MOST = percent(50), wan(2)

CONDITIONS_2021 = all_of(
    at_most(
        "sales", firm.sales, yi(2), Clause("支持对象", t("上一年度营业收入不超过 2 亿元", "revenue of the last year ¥200 million at most"))
    ),
    none_of(
        "field",
        field.high_precision_industry,
        {"none"},
        Clause("支持对象", t("属于高精尖产业", "in the city's high-precision industries")),
    ),
    yes("core_right", innovation.owns_core_right, Clause("支持对象", t("拥有核心技术或知识产权", "owns core technology or rights"))),
    at_most(
        "rate",
        loan.loan_rate,
        loan.loan_lpr * LPR_TIMES,
        Clause("支持条件", t("贷款利率不高于一年期 LPR 的 1.4 倍", "a rate of 1.4 times the one-year LPR at most")),
    ),
)
CONDITIONS_CALL = all_of(
    yes("beijing", market.beijing_firm, Clause("申报条件", t("在北京注册的法人", "a legal person registered in Beijing"))),
    yes("registered", loan.pledge_registered, Clause("申报条件", t("知识产权质押已登记", "the pledge is registered"))),
)


def _aid_2021(case: Case) -> Fraction:
    return min(case[loan.loan_interest] * SHARE_2021, Fraction(MOST_2021))


def _counted_rate(case: Case) -> Fraction:
    return min(Fraction(case[loan.loan_rate]), case[loan.loan_lpr] * LPR_TIMES)


def _shown_rate(case: Case) -> Fraction:
    return _counted_rate(case) * 100


def _counted_interest(case: Case) -> Fraction:
    rate = case[loan.loan_rate]
    return case[loan.loan_interest] * case[loan.ip_share] * _counted_rate(case) / rate if rate else Fraction(0)


def _aid_call(case: Case) -> Fraction:
    return min(_counted_interest(case) * SHARE_CALL, Fraction(MOST_CALL))


def _fees(case: Case) -> Fraction:
    return min(case[loan.pledge_fees] * FEES_SHARE, Fraction(FEES_MOST))


def _money(key: str, text: Text, needs: tuple, compute: Callable[[Case], Fraction], clause: Clause) -> Figure:
    return Figure(key, text, "CNY", needs, compute, clause)


def _claimable(key: str, text: Text, aid: Figure) -> Figure:
    """The same aid in the year of its call, and nothing in any other."""

    def compute(case: Case) -> Fraction:
        return aid.compute(case) if case.on.year == case[loan.loan_repaid_on].year + 1 else Fraction(0)

    clause = Clause(
        "申报",
        t(
            "一次性补贴：还清次年的通知受理，至当年 12 月 31 日",
            "aid for once, taken under the call of the year after repayment, until its 31 December",
        ),
        "derived",
    )
    return Figure(key, text, "CNY", (loan.loan_repaid_on, *aid.needs), compute, clause, worth=True)


INTEREST_CLAIMABLE = t("当年可申报的利息补贴", "aid for interest that can be claimed this year")
FEES_CLAIMABLE = t("当年可申报的费用补贴", "aid for fees that can be claimed this year")


INTEREST = (loan.loan_interest, loan.ip_share, loan.loan_rate, loan.loan_lpr)
INTEREST_AID_2021 = _money(
    "interest_aid",
    t("利息补贴（每家企业每年上限 50 万元）", "aid for interest (¥500,000 a firm and year at most)"),
    (loan.loan_interest,),
    _aid_2021,
    Clause("支持标准", t("实际利息的 40%，不超过 50 万元", "40 % of the interest, ¥500,000 at most")),
)
INTEREST_AID = _money(
    "interest_aid",
    t("利息补贴上限（每家企业每年不超过 30 万元）", "aid for interest, at most (¥300,000 a firm and year)"),
    INTEREST,
    _aid_call,
    Clause("支持标准", t("不超过利息的 50%，不超过 30 万元", "50 % of the interest at most, and ¥300,000 at most")),
)
FEE_AID = _money(
    "fee_aid",
    t("评估费、担保费补贴上限（不超过 2 万元）", "aid for fees of appraisal and guarantee, at most (¥20,000)"),
    (loan.pledge_fees,),
    _fees,
    Clause("支持标准", t("不超过费用的 50%，不超过 2 万元", "50 % of the fees at most, and ¥20,000 at most")),
)
FIGURES_2021 = (INTEREST_AID_2021, _claimable("interest_claimable", INTEREST_CLAIMABLE, INTEREST_AID_2021))
FIGURES_CALL = (
    Figure(
        "counted_rate",
        t("计算贴息的利率", "rate that counts"),
        "percent",
        (loan.loan_rate, loan.loan_lpr),
        _shown_rate,
        Clause("支持标准", t("利率最高按一年期 LPR 的 1.4 倍计算", "the rate counts up to 1.4 times the one-year LPR")),
    ),
    _money(
        "counted_interest",
        t("计算贴息的利息（知识产权质押部分）", "interest that counts (the part on intellectual property)"),
        INTEREST,
        _counted_interest,
        Clause("支持标准", t("只计知识产权质押部分", "only the part on intellectual property"), "derived"),
    ),
    INTEREST_AID,
    FEE_AID,
    _claimable("interest_claimable", INTEREST_CLAIMABLE, INTEREST_AID),
    _claimable("fee_claimable", FEES_CLAIMABLE, FEE_AID),
)

PER_FIRM = Note(
    t(
        "上限按企业每年合计，多笔贷款须合并计算；此处只算一笔",
        "the limit is for all loans of a firm in a year together; one loan is computed here",
    )
)
NOTES_2021 = (
    PER_FIRM,
    Note(
        t(
            "文件只知为 2021 年 3 月，止期未见；按 2021 年内还清的贷款适用。混合质押如何计算未见，金额视为上限",
            "the measures are of March 2021 and their end was not found; they are used for loans repaid in 2021. How a mixed pledge "
            "counts was not found: take the amount as an upper bound",
        )
    ),
)
NOTES_CALL = (
    PER_FIRM,
    Note(t("通知写“不超过”50%，此处金额是上限", "the call says 50 % “at most”, so the amount is an upper bound")),
    Note(
        t(
            "每年的通知只管当年写明年度内还清的贷款；2023 年还清和 2025 年起还清的贷款没有见到通知",
            "each call covers the loans repaid in the year it names; none was found for loans repaid in 2023 or from 2025 on",
        )
    ),
)


def _call(year: int, repaid: int) -> Edition:
    source = Source(
        f"北京市知识产权局专项资金通知（{year} 年）",
        t("{year} 年知识产权质押融资补贴申报通知", "Call of {year} for aid to loans pledged on IP").format(year=year),
    )
    first, last = dt.date(repaid, 1, 1), dt.date(repaid, 12, 31)
    return Edition(str(year), first, last, source, CONDITIONS_CALL, figures=FIGURES_CALL, notes=NOTES_CALL)


EDITIONS = (
    Edition(
        "2021",
        dt.date(2021, 3, 1),
        dt.date(2021, 12, 31),
        Source(
            "中关村知识产权质押融资成本分担和风险补偿若干措施（2021 年 3 月）",
            t("中关村知识产权质押融资若干措施", "Zhongguancun measures on sharing the cost of IP pledge loans"),
        ),
        CONDITIONS_2021,
        figures=FIGURES_2021,
        notes=NOTES_2021,
        dates_rest_on="derived",
    ),
    _call(2023, 2022),
    _call(2025, 2024),
)

OLD = {
    "loan_repaid_on": "2021-11-30",
    "sales": "8000万元",
    "high_precision_industry": "medicine_health",
    "owns_core_right": True,
    "loan_rate": 5,
    "loan_lpr": "3.85",
    "loan_interest": "50万元",
}
NEW = {
    "loan_repaid_on": "2024-09-30",
    "beijing_firm": True,
    "pledge_registered": True,
    "loan_rate": 5,
    "loan_lpr": "3.45",
    "loan_interest": "50万元",
    "ip_share": 60,
    "pledge_fees": "3万元",
}
ON = dt.date(2025, 6, 1)


def _old(key: str, text: Text, verdict: str, unmet: tuple | None = None, aid: int | None = None, **changed: object) -> Example:
    figures = {} if aid is None else {"interest_aid": aid}
    return Example(key, text, ON, {**OLD, **changed}, verdict, unmet=unmet, figures=figures)


def _new(
    key: str, text: Text, figures: dict, verdict: str = "eligible", unmet: tuple | None = None, on: dt.date = ON, **changed: object
) -> Example:
    return Example(key, text, on, {**NEW, **changed}, verdict, unmet=unmet, figures=figures)


NOT_NOW = {"interest_aid": 144_900, "fee_aid": 15_000, "interest_claimable": 0, "fee_claimable": 0}
EXAMPLES = (
    _new(
        "O-9.1",
        t("1000 万元、60% 为知识产权、利率 5%、LPR 3.45%", "¥10 million, 60 % on IP, rate 5 %, LPR 3.45 %"),
        {"counted_rate": Fraction(483, 100), "counted_interest": 289_800, "interest_aid": 144_900, "fee_aid": 15_000},
    ),
    _new("year of repayment", t("还清当年尚无通知", "no call yet in the year of repayment"), NOT_NOW, on=dt.date(2024, 12, 31)),
    _new(
        "first day of the call's year",
        t("通知之年首日", "first day of the year of the call"),
        {"interest_claimable": 144_900, "fee_claimable": 15_000},
        on=dt.date(2025, 1, 1),
    ),
    _new(
        "last day of the call's year",
        t("通知之年末日", "last day of the year of the call"),
        {"interest_claimable": 144_900, "fee_claimable": 15_000},
        on=dt.date(2025, 12, 31),
    ),
    _new("after the call's year", t("通知之年过后", "after the year of the call"), NOT_NOW, on=dt.date(2026, 1, 1)),
    _old("O-9.2 5.0 %", t("2021 年规则，利率 5.0%", "rule of 2021, rate 5.0 %"), "eligible", aid=200_000),
    Example(
        "O-9.2 5.5 %",
        t("2021 年规则，利率 5.5% 超过 LPR 的 1.4 倍", "rule of 2021, rate 5.5 %: above 1.4 times the LPR"),
        ON,
        {**OLD, "loan_rate": "5.5", "loan_interest": "55万元"},
        "not_eligible",
        unmet=("rate",),
        short={"loan_rate": "5.39"},
        way={"loan_rate": "5.39"},
    ),
    _old("rate of exactly 1.4", t("利率恰为 LPR 的 1.4 倍", "a rate of exactly 1.4 times the LPR"), "eligible", loan_rate="5.39"),
    _old(
        "a hair above",
        t("利率高出万分之一个百分点", "a rate a ten-thousandth of a percent above"),
        "not_eligible",
        ("rate",),
        loan_rate="5.3901",
    ),
    _old(
        "limit of 2021",
        t("利息 125 万元恰到上限", "interest of ¥1.25 million: exactly the limit"),
        "eligible",
        aid=500_000,
        loan_interest="125万元",
    ),
    _old("above the limit", t("利息再多也只有 50 万元", "more interest, still ¥500,000"), "eligible", aid=500_000, loan_interest="300万元"),
    _old("revenue of ¥200m", t("收入恰 2 亿元", "revenue of exactly ¥200 million"), "eligible", sales="2亿元"),
    _old("revenue above", t("收入超过 2 亿元", "revenue above ¥200 million"), "not_eligible", ("sales",), sales=200_000_001),
    _old(
        "another industry", t("不属于高精尖产业", "in none of these industries"), "not_eligible", ("field",), high_precision_industry="none"
    ),
    _new(
        "rate of exactly 1.4, call",
        t("利率恰为 LPR 的 1.4 倍，全部计入", "a rate of exactly 1.4 times the LPR counts in full"),
        {"counted_rate": Fraction(483, 100), "interest_aid": 144_900},
        loan_rate="4.83",
        loan_interest="48.3万元",
    ),
    _new(
        "high rate, call",
        t("利率 8% 不失资格，只按 4.83% 计", "a rate of 8 % loses nothing, but counts at 4.83 %"),
        {"counted_interest": 289_800, "interest_aid": 144_900},
        loan_rate=8,
        loan_interest="80万元",
    ),
    _new(
        "limit of the calls",
        t("恰 30 万元", "exactly ¥300,000"),
        {"interest_aid": 300_000},
        loan_rate=4,
        loan_interest="60万元",
        ip_share=100,
    ),
    _new(
        "above, call",
        t("超过的部分不补", "nothing beyond ¥300,000"),
        {"interest_aid": 300_000},
        loan_rate=4,
        loan_interest="90万元",
        ip_share=100,
    ),
    _new("fees of ¥40,000", t("费用 4 万元补 2 万元", "fees of ¥40,000: ¥20,000"), {"fee_aid": 20_000}, pledge_fees="4万元"),
    _new("fees of ¥90,000", t("费用再多也只补 2 万元", "higher fees, still ¥20,000"), {"fee_aid": 20_000}, pledge_fees="9万元"),
    _new("no interest", t("利率为零没有贴息", "no rate, no aid"), {"interest_aid": 0}, loan_rate=0, loan_interest=0),
    _new(
        "LPR not told",
        t("LPR 未填：符合，但金额算不出", "LPR not told: eligible, but no amount"),
        {"interest_aid": None, "fee_aid": 15_000},
        loan_lpr=None,
    ),
    _new("not registered", t("质押未登记", "the pledge is not registered"), {}, "not_eligible", ("registered",), pledge_registered=False),
    _new("pledge not told", t("是否登记未填", "registration not told"), {}, "undetermined", pledge_registered=None),
    _new(
        "repaid 2022-01-01", t("2022 年首日还清", "repaid on the first day of 2022"), {"interest_aid": 144_900}, loan_repaid_on="2022-01-01"
    ),
    _new(
        "repaid 2022-12-31", t("2022 年末日还清", "repaid on the last day of 2022"), {"interest_aid": 144_900}, loan_repaid_on="2022-12-31"
    ),
    _new(
        "repaid in 2023",
        t("2023 年还清：没有见到通知", "repaid in 2023: no call was found"),
        {},
        "not_eligible",
        loan_repaid_on="2023-06-30",
    ),
    _new(
        "repaid 2024-12-31", t("2024 年末日还清", "repaid on the last day of 2024"), {"interest_aid": 144_900}, loan_repaid_on="2024-12-31"
    ),
    _new(
        "repaid in 2025",
        t("2025 年还清：没有见到通知", "repaid in 2025: no call was found"),
        {},
        "not_eligible",
        loan_repaid_on="2025-01-01",
    ),
)

SPEC = Rule(
    key="ip_pledge",
    topic="finance",
    name=t("知识产权质押贷款贴息", "aid for IP pledge loans"),
    about=t(
        "知识产权质押贷款还清后的利息补贴，2023 年起的通知另补评估、担保费；按还清日适用不同版本。",
        "Aid for the interest of a loan pledged on intellectual property, under the later calls also for fees; the day of repayment "
        "chooses the edition.",
    ),
    subject="venture",
    chosen_by=REPAID,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "还清贷款后按当年通知申报，提交质押登记、贷款合同和付息凭证",
        "after repayment file under the call of the year, with the registration of the pledge, the contract and proof of interest paid",
    ),
)

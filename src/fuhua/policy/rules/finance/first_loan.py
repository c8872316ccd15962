"""首贷贴息 aid for a firm's first bank loan: part of the interest of the first twelve months.

Why: the first loan is the dearest, and a firm with the title of innovative SME gets twice the share. Source: 京经信发〔2022〕34号 and
its revision 京经信发〔2025〕4号, in force from 2025-02-19 to 2026-02-18. The edition is chosen by the day of the first draw; the text of
2022 covers loans drawn from 2022-01-01 on, before it was issued on 2022-05-05. The title counts as it stood at that draw and in the
twelve months after it, never as it stands on the day of judging. It is aid for once: it counts as money of the year only while it can
still be claimed.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from fuhua.kernel.period import add_months
from fuhua.kernel.words import Text, t
from fuhua.policy.inputs import loan, market
from fuhua.policy.reasoning.conditions import Clause, all_of, at_most, no, yes
from fuhua.policy.reasoning.rule import Case, Edition, Example, Figure, Note, Relevant, Rule, Source
from fuhua.policy.reasoning.terms import percent, wan

DRAWN = Relevant("drawn", t("首次提款日", "day of the first draw"), of=loan.first_drawn_on)
ORDINARY, TITLED = percent(20), percent(40)
ORDINARY_CAP, TITLED_CAP = percent(1), percent(2)
CLAIM_MONTHS = 12 + 3  # twelve months of interest, and a quarter in which to file the last of it

BASE = (
    yes("beijing", market.beijing_firm, Clause("支持对象", t("在北京注册的企业", "a firm registered in Beijing"))),
    yes("size", loan.small_or_medium, Clause("支持对象", t("中小微企业", "a micro, small or medium firm"))),
    no("dishonest", loan.dishonest_list, Clause("支持对象", t("未列入严重失信主体名单", "not on the list of the seriously dishonest"))),
    yes(
        "first",
        loan.no_earlier_loan,
        Clause("首次贷款", t("放款时征信报告没有贷款记录", "no loan in the credit report when the money was paid out")),
    ),
    yes(
        "centre",
        loan.loan_centre,
        Clause("首次贷款", t("在贷款服务中心办理或经其推送", "handled at, or passed on by, the loan service centre")),
    ),
    no(
        "similar_aid",
        loan.similar_aid,
        Clause("支持方式", t("未获其他同类市级财政资金支持", "no other municipal support of the same kind")),
    ),
)
SINGLE = at_most(
    "single",
    loan.first_loan_amount,
    wan(2000),
    Clause("支持范围", t("单笔贷款不超过 2000 万元", "a single loan of ¥20 million at most")),
)


def _aid_2022(case: Case) -> Fraction:
    special = case[loan.hard_hit_trade] and case[loan.first_drawn_on].year == 2022
    return case[loan.first_year_interest] * (TITLED if special else ORDINARY)


def _limit(case: Case) -> Fraction:
    titled = case[loan.innovative_sme_at_draw] and _before(case) < case[loan.first_year_interest]
    return case[loan.first_loan_drawn] * (TITLED_CAP if titled else ORDINARY_CAP)


def _before(case: Case) -> int:
    """Interest at the ordinary share: all of it for a firm without the title in those twelve months, else what arose before it."""
    if not case[loan.innovative_sme_at_draw]:
        return case[loan.first_year_interest]
    return min(case[loan.interest_before_title], case[loan.first_year_interest])


def _aid_2025(case: Case) -> Fraction:
    before = _before(case)
    return min(before * ORDINARY + (case[loan.first_year_interest] - before) * TITLED, _limit(case))


def _claimable(figure: Figure) -> Figure:
    """The same aid on the days on which it can be claimed, and nothing on any other."""

    def compute(case: Case) -> Fraction:
        drawn = case[loan.first_drawn_on]
        return figure.compute(case) if drawn <= case.on <= add_months(drawn, CLAIM_MONTHS) else Fraction(0)

    return Figure(
        "claimable",
        t("判断日尚可申领的贴息", "of it, what can still be claimed on the day of judging"),
        "CNY",
        tuple(dict.fromkeys((loan.first_drawn_on, *figure.needs))),
        compute,
        Clause(
            "申报",
            t(
                "一次性贴息，先付后贴、按季度申报：自首次提款起 12 个月，另加一个季度的申报期",
                "aid for once, refunded by the quarter: twelve months from the first draw, and a quarter in which to file",
            ),
            "derived",
        ),
        worth=True,
    )


WHOLE = (loan.innovative_sme_at_draw, loan.first_loan_drawn, loan.first_year_interest, loan.interest_before_title)
AID_2022 = Figure(
    "aid",
    t("首贷贴息（上限未见，按比例计算）", "aid for the first loan (by the share; its limit was not found)"),
    "CNY",
    (loan.first_year_interest, loan.hard_hit_trade, loan.first_drawn_on),
    _aid_2022,
    Clause(
        "支持标准",
        t(
            "利息的 20%；餐饮、零售、旅游、民航、公路铁路运输业 2022 年的首贷为 40%",
            "20 % of the interest; 40 % for first loans of 2022 in catering, retail, tourism, aviation, road and rail transport",
        ),
        "derived",
    ),
)
AID_2025 = Figure(
    "aid",
    t("首贷贴息", "aid for the first loan"),
    "CNY",
    WHOLE,
    _aid_2025,
    Clause(
        "支持标准",
        t(
            "普通企业利息的 20%，不超过提款额的 1%；创新型中小企业 40%，不超过 2%；12 个月内被认定的前段 20%、后段 40%，合计不超过 2%",
            "20 % of the interest, 1 % of the amount drawn at most; an innovative SME 40 % and 2 %; one recognised within the "
            "twelve months 20 % before and 40 % after, 2 % at most in all",
        ),
    ),
)
LIMIT_2025 = Figure(
    "limit",
    t("贴息上限（提款额的 1% 或 2%）", "limit of the aid (1 % or 2 % of the amount drawn)"),
    "CNY",
    WHOLE,
    _limit,
    Clause("支持标准", t("不超过提款额的 1% 或 2%", "1 % or 2 % of the amount drawn at most")),
)

NOTES_2022 = (
    Note(t("贴息与担保费补助只能选择一项；担保费补助的比例未见", "either interest or guarantee fees; the share for fees was not found")),
    Note(
        t(
            "普通比例 20% 由同一系列文件推得，上限和对创新型中小企业的比例未见",
            "the ordinary share of 20 % is derived from the same family of texts; the limit and the share for innovative SMEs: not found",
        )
    ),
    Note(
        t(
            "止期未见，按适用到 2025 年修订版生效前一日；2021 年签订、2022 年起放款的合同也适用",
            "its end was not found and is taken to be the day before the revision of 2025; contracts of 2021 drawn from 2022 on count",
        )
    ),
)
NOTES_2025 = (
    Note(t("先付后贴，按季度申报；逾期利息不计", "paid first and refunded by the quarter; interest for late payment does not count")),
    Note(
        t(
            "条款据同系列文本核对，所见全文为改写的副本；亦庄另有 50%、不超过 50 万元的政策，不能与此混用",
            "the copy read is reworded and was checked against the same family of texts; Yizhuang has a measure of its own (50 %, ¥500,000 "
            "at most), which is another one",
        )
    ),
)

EDITIONS = (
    Edition(
        "2022",
        dt.date(2022, 1, 1),
        dt.date(2025, 2, 18),
        Source(
            "京经信发〔2022〕34号",
            t(
                "北京市中小微企业首次贷款贴息及担保费用补助实施细则",
                "Beijing rules on aid for first loans of micro, small and medium firms",
            ),
            dt.date(2022, 5, 5),
        ),
        all_of(*BASE, SINGLE),
        figures=(AID_2022, _claimable(AID_2022)),
        notes=NOTES_2022,
        dates_rest_on="derived",
    ),
    Edition(
        "2025",
        dt.date(2025, 2, 19),
        dt.date(2026, 2, 18),
        Source(
            "京经信发〔2025〕4号",
            t("北京市中小微企业首次贷款贴息实施细则（2025 年修订版）", "Beijing rules on aid for first loans, revision of 2025"),
            dt.date(2025, 2, 19),
        ),
        all_of(*BASE),
        figures=(AID_2025, LIMIT_2025, _claimable(AID_2025)),
        notes=NOTES_2025,
    ),
)

FIRM = {
    "beijing_firm": True,
    "small_or_medium": True,
    "dishonest_list": False,
    "no_earlier_loan": True,
    "loan_centre": True,
    "similar_aid": False,
    "innovative_sme_at_draw": False,
    "first_drawn_on": "2025-03-10",
    "first_loan_amount": "500万元",
    "first_loan_drawn": "500万元",
    "first_year_interest": "16万元",
    "interest_before_title": 0,
    "hard_hit_trade": False,
}
ON = dt.date(2026, 3, 15)


def _case(
    key: str, text: Text, aid: int | None = None, verdict: str = "eligible", unmet: tuple | None = None, on: dt.date = ON, **changed: object
) -> Example:
    figures = {name: changed.pop(name) for name in ("limit", "claimable") if name in changed} | ({} if aid is None else {"aid": aid})
    return Example(key, text, on, {**FIRM, **changed}, verdict, unmet=unmet, figures=figures)


EXAMPLES = (
    _case("O-9.3 ordinary", t("500 万元、一年、3.2%，普通企业", "¥5 million, a year at 3.2 %, an ordinary firm"), 32_000),
    _case("O-9.3 innovative", t("同上，创新型中小企业", "the same, an innovative SME"), 64_000, limit=100_000, innovative_sme_at_draw=True),
    _case("O-9.4", t("利率 6%，普通企业：到上限", "6 %, an ordinary firm: the limit"), 50_000, limit=50_000, first_year_interest="30万元"),
    _case("exactly the limit", t("利息 25 万元恰到上限", "interest of ¥250,000: exactly the limit"), 50_000, first_year_interest="25万元"),
    _case("just under the limit", t("利息少 5 元", "interest ¥5 less"), 49_999, first_year_interest=249_995),
    _case(
        "innovative, limit",
        t("创新型，利息 30 万元到上限", "an innovative SME with interest of ¥300,000: the limit"),
        100_000,
        first_year_interest="30万元",
        innovative_sme_at_draw=True,
    ),
    _case(
        "recognised in the year",
        t("年内认定：前段 4 万元、后段 12 万元", "recognised within the year: ¥40,000 before, ¥120,000 after"),
        56_000,
        innovative_sme_at_draw=True,
        interest_before_title="4万元",
    ),
    _case(
        "recognised, limit",
        t("年内认定：合计到 2% 上限", "recognised within the year: the limit of 2 % in all"),
        100_000,
        innovative_sme_at_draw=True,
        first_year_interest="30万元",
        interest_before_title="5万元",
    ),
    _case(
        "recognised years later",
        t("放款三年后才认定：旧贷款仍按 20%", "recognised three years after the draw: the old loan keeps 20 %"),
        32_000,
        on=dt.date(2028, 3, 10),
        claimable=0,
        interest_before_title="16万元",
    ),
    _case(
        "title lapsed since",
        t("提款时是创新型，判断日已过期：仍按 40%", "one at the draw whose title has lapsed since: still 40 %"),
        64_000,
        on=dt.date(2028, 3, 10),
        claimable=0,
        innovative_sme_at_draw=True,
    ),
    _case("day of the draw", t("提款当日", "on the day of the draw"), 32_000, on=dt.date(2025, 3, 10), claimable=32_000),
    _case("last day", t("满 15 个月之日", "the day the 15 months are over"), 32_000, on=dt.date(2026, 6, 10), claimable=32_000),
    _case("day after", t("次日起不再计入", "no longer counted from the next day"), 32_000, on=dt.date(2026, 6, 11), claimable=0),
    _case("day before the draw", t("提款前一日", "the day before the draw"), 32_000, on=dt.date(2025, 3, 9), claimable=0),
    _case(
        "drawn in part",
        t("只提款一半，上限随之减半", "half of it drawn: the limit halves"),
        25_000,
        first_loan_drawn="250万元",
        first_year_interest="15万元",
    ),
    _case("interest not told", t("利息未填：符合，但金额算不出", "interest not told: eligible, but no amount"), first_year_interest=None),
    _case("large loan of 2025", t("2025 年版没有单笔上限", "no limit of a single loan in the text of 2025"), first_loan_amount="3000万元"),
    _case("dishonest", t("严重失信", "seriously dishonest"), verdict="not_eligible", unmet=("dishonest",), dishonest_list=True),
    _case("earlier loan", t("已有贷款记录", "a loan before"), verdict="not_eligible", unmet=("first",), no_earlier_loan=False),
    _case("other aid", t("已获同类资金", "other aid of the kind"), verdict="not_eligible", unmet=("similar_aid",), similar_aid=True),
    _case(
        "not by the centre",
        t("未经贷款服务中心", "not by the loan service centre"),
        verdict="not_eligible",
        unmet=("centre",),
        loan_centre=False,
    ),
    Example(
        "record not told",
        t("征信记录未填", "credit report not told"),
        ON,
        {name: value for name, value in FIRM.items() if name != "no_earlier_loan"},
        "undetermined",
        missing=("no_earlier_loan",),
    ),
    _case(
        "drawn 2025-02-18",
        t("修订前一日提款：旧版", "drawn the day before the revision: the old text"),
        60_000,
        first_drawn_on="2025-02-18",
        first_year_interest="30万元",
    ),
    _case(
        "drawn 2025-02-19",
        t("修订首日提款：新版有上限", "drawn on the first day of the revision: the limit"),
        50_000,
        first_drawn_on="2025-02-19",
        first_year_interest="30万元",
    ),
    _case("drawn 2026-02-18", t("修订版末日提款", "drawn on its last day"), 32_000, first_drawn_on="2026-02-18"),
    _case(
        "drawn 2026-02-19",
        t("到期次日提款：没有版本", "drawn the day after: no edition"),
        verdict="not_eligible",
        unmet=(),
        first_drawn_on="2026-02-19",
    ),
    _case(
        "2022, hard-hit trade",
        t("2022 年餐饮业首贷 40%", "catering, drawn in 2022: 40 %"),
        64_000,
        first_drawn_on="2022-12-31",
        hard_hit_trade=True,
    ),
    _case(
        "2023, hard-hit trade",
        t("2023 年起不再为 40%", "no longer 40 % from 2023"),
        32_000,
        first_drawn_on="2023-01-01",
        hard_hit_trade=True,
    ),
    _case(
        "2022, ¥20 million",
        t("单笔恰 2000 万元", "a loan of exactly ¥20 million"),
        32_000,
        first_drawn_on="2022-06-01",
        first_loan_amount="2000万元",
    ),
    _case(
        "2022, above",
        t("单笔超过 2000 万元", "a loan above ¥20 million"),
        verdict="not_eligible",
        unmet=("single",),
        first_drawn_on="2022-06-01",
        first_loan_amount=20_000_001,
    ),
    _case(
        "drawn 2022-01-01",
        t("细则印发前、2022 年首日提款", "drawn on the first day of 2022, before the text was issued"),
        32_000,
        first_drawn_on="2022-01-01",
    ),
    _case("drawn 2022-05-04", t("细则印发前一日", "drawn the day before it was issued"), 32_000, first_drawn_on="2022-05-04"),
    _case("drawn 2022-05-05", t("细则印发当日", "drawn on the day it was issued"), 32_000, first_drawn_on="2022-05-05"),
    _case("drawn in 2021", t("2021 年提款", "drawn in 2021"), verdict="not_eligible", unmet=(), first_drawn_on="2021-12-31"),
)

SPEC = Rule(
    key="first_loan",
    topic="finance",
    name=t("首贷贴息", "aid for the first loan"),
    about=t(
        "中小微企业经贷款服务中心获得首次银行贷款，首 12 个月利息贴 20%，创新型中小企业贴 40%，有上限。",
        "A small firm's first bank loan by the city's loan service centre: 20 % of the interest of twelve months, 40 % for an innovative "
        "SME, within limits.",
    ),
    subject="venture",
    chosen_by=DRAWN,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t(
        "在贷款服务中心登记，付息后按季度申报，提交合同、提款和付息凭证",
        "register at the loan service centre; once interest is paid, file by the quarter with contract, proof of draws and of interest",
    ),
)

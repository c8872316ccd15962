"""孵化载体税收优惠 relief of incubation bodies: no property tax, no urban land-use tax, no VAT on incubation services.

Why: it is the money behind an incubator's title, runs from the month after recognition, and stops the month after
cancellation. Source: 财税〔2018〕120号; 公告2022年第4号; 公告2023年第42号.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.policy.inputs import incubator as inc
from fuhua.policy.reasoning.conditions import All, Clause, Open, all_of, any_of, at_least, at_most, by_case, no, one_of, when, yes
from fuhua.policy.reasoning.dates import MonthsOn
from fuhua.policy.reasoning.rule import ON_THE_DAY, Case, Edition, Example, Figure, Note, Rule, Source

NATIONAL = {"national_incubator", "national_university_park"}
QUALIFYING = NATIONAL | {"provincial_incubator", "university_park", "filed_makerspace"}
USED_SO = {"self_used", "let_to_incubatees", "both"}
END_OF_2018 = dt.date(2018, 12, 31).toordinal()


TITLE_HELD = one_of(
    "title",
    inc.incubator_title,
    QUALIFYING,
    Clause(
        "享受主体",
        t(
            "国家级、省级（北京为市级）科技企业孵化器、大学科技园和国家备案众创空间；区级资格不在其内",
            "national and provincial (in Beijing: municipal) incubators and university parks, nationally filed makerspaces; no "
            "title of a district",
        ),
    ),
)
OTHERS_BEFORE_2019 = Open(
    "others_before_2019",
    Clause(
        "起始",
        t(
            "2018 年底前取得的其他资格，公开文本只写国家级，由税务机关确认",
            "for other titles of 2018 or earlier the text read names only national ones: for the tax office to say",
        ),
        "gap",
    ),
)
NOT_OVER = any_of(
    no("not_cancelled", inc.title_cancelled, Clause("停止", t("资格未被取消", "the title has not been cancelled"))),
    at_most(
        "month_of_cancellation",
        MonthsOn(inc.title_cancelled_on),
        0,
        Clause("停止", t("取消资格的，自次月起停止", "once cancelled, it stops from the next month")),
    ),
)
SOMETHING_TO_RELIEVE = any_of(
    one_of(
        "premises",
        inc.premises_use,
        USED_SO,
        Clause(
            "房产税、城镇土地使用税", t("房产、土地自用或提供给在孵对象使用", "premises and land self-used or given or let to incubatees")
        ),
    ),
    yes(
        "separate_accounts",
        inc.incubation_income_separate,
        Clause("增值税", t("孵化服务收入单独核算", "income from incubation services is kept apart")),
    ),
)


def conditions(start_rests_on: str) -> All:
    """Title, month of start, month of end, and something to be relieved."""
    next_month = Clause("起始", t("自认定次月起享受", "from the month after recognition"), start_rests_on)
    goes_on = Clause(
        "起始",
        t("2018 年底前认定的国家级孵化器、大学科技园继续享受", "national ones recognised by the end of 2018 go on"),
        start_rests_on,
    )
    return all_of(
        TITLE_HELD,
        at_least("started", MonthsOn(inc.title_recognised_on), 1, next_month),
        by_case(
            (
                when(inc.title_recognised_on, "<=", END_OF_2018),
                any_of(one_of("national_before_2019", inc.incubator_title, NATIONAL, goes_on), OTHERS_BEFORE_2019),
            ),
            (None, all_of()),
        ),
        NOT_OVER,
        SOMETHING_TO_RELIEVE,
    )


def _month_end(day: dt.date) -> dt.date:
    return add_months(day.replace(day=1), 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """The days on which one edition runs, both included, and what it gives a case in them."""

    since: dt.date
    until: dt.date

    def exempt_from(self, case: Case) -> dt.date | None:
        """The first of the month after recognition, not before the edition; None without a qualifying title."""
        if case[inc.incubator_title] not in QUALIFYING:
            return None
        return max(self.since, add_months(case[inc.title_recognised_on].replace(day=1), 1))

    def exempt_until(self, case: Case) -> dt.date | None:
        """The end of the month of cancellation, else of the edition; None when it cannot be told."""
        if case[inc.incubator_title] not in QUALIFYING:
            return None
        if not case[inc.title_cancelled]:
            return self.until
        cancelled = case.get(inc.title_cancelled_on)
        return None if cancelled is None else min(self.until, _month_end(cancelled))

    def months(self, case: Case) -> int:
        """Months of exemption in the year of the day of judging, for a case that is eligible on it."""
        first = max(self.exempt_from(case), dt.date(case.on.year, 1, 1))
        last = min(self.exempt_until(case), dt.date(case.on.year, 12, 31))
        return last.month - first.month + 1

    def saved(self, case: Case) -> int:
        """Property tax and land-use tax of those months in fen."""
        used = case[inc.premises_use] in USED_SO
        return self.months(case) * (case[inc.property_tax_month] + case[inc.land_tax_month]) if used else 0

    def vat_saved(self, case: Case) -> int:
        """VAT on incubation services of those months in fen."""
        return self.months(case) * case[inc.incubation_vat_month] if case[inc.incubation_income_separate] else 0


WHEN_IT_RUNS = (inc.incubator_title, inc.title_recognised_on, inc.title_cancelled)
BY_MONTH = Clause("计算", t("按月：免税月数 × 每月应缴税额", "by the month: months of exemption × tax a month"), "derived")


def figures(run: Run) -> tuple[Figure, ...]:
    """First and last day of the relief, and what it saves in the year of the day of judging."""
    return (
        Figure("exempt_from", t("免税起始日", "first day of exemption"), "date", WHEN_IT_RUNS[:2], run.exempt_from, always=True),
        Figure(
            "exempt_until",
            t("免税截止日", "last day of exemption"),
            "date",
            (inc.incubator_title, inc.title_cancelled),
            run.exempt_until,
            always=True,
            deadline=True,
        ),
        Figure(
            "saved_this_year",
            t("本年免征的房产税和城镇土地使用税", "property tax and land-use tax saved this year"),
            "CNY",
            (*WHEN_IT_RUNS, inc.premises_use, inc.property_tax_month, inc.land_tax_month),
            run.saved,
            BY_MONTH,
            worth=True,
        ),
        Figure(
            "vat_saved_this_year",
            t("本年免征的孵化服务增值税", "VAT on incubation services saved this year"),
            "CNY",
            (*WHEN_IT_RUNS, inc.incubation_income_separate, inc.incubation_vat_month),
            run.vat_saved,
            BY_MONTH,
            worth=True,
        ),
    )


NOTES = (
    Note(
        t(
            "“省级”在北京即市级资格，系推算；北京市级资格有效期 3 年，到期未续的请按已取消填写",
            "that “provincial” means the municipal title in Beijing is derived; that title is valid for three years: one that lapsed is "
            "to be entered as cancelled",
        )
    ),
    Note(
        t(
            "增值税免税的孵化服务：经纪代理、经营租赁、研发和技术、信息技术、鉴证咨询，限于向在孵对象提供",
            "VAT relief covers agency, operating leases, R&D and technical, information technology, certification and consulting "
            "services, to incubatees only",
        )
    ),
)


TITLE = t("科技企业孵化器、大学科技园和众创空间税收政策", "Tax policy for technology incubators, university science parks and makerspaces")


def _edition(key: str, number: str, since: dt.date, until: dt.date, start_rests_on: str) -> Edition:
    run = figures(Run(since, until))
    return Edition(key, since, until, Source(number, TITLE), conditions(start_rests_on), figures=run, notes=NOTES)


EDITIONS = (
    _edition("2019", "财税〔2018〕120号", dt.date(2019, 1, 1), dt.date(2021, 12, 31), "derived"),
    _edition("2022", "公告2022年第4号", dt.date(2022, 1, 1), dt.date(2023, 12, 31), "derived"),
    _edition("2024", "财政部 税务总局 科技部 教育部公告2023年第42号", dt.date(2024, 1, 1), dt.date(2027, 12, 31), "text"),
)

CASE = {
    "incubator_title": "provincial_incubator",
    "title_recognised_on": "2026-05-20",
    "title_cancelled": False,
    "premises_use": "both",
    "property_tax_month": 30_000,
    "land_tax_month": 5_000,
    "incubation_income_separate": True,
    "incubation_vat_month": 2_000,
}
LONG = {**CASE, "title_recognised_on": "2020-08-10"}
CANCELLED = {**LONG, "title_cancelled": True, "title_cancelled_on": "2026-03-02"}
ON = dt.date(2026, 6, 15)
EXAMPLES = (
    Example(
        "O-5.1",
        t("市级孵化器 2026-05-20 认定，7 个月", "municipal incubator recognised on 2026-05-20: seven months"),
        ON,
        CASE,
        "eligible",
        figures={
            "exempt_from": dt.date(2026, 6, 1),
            "exempt_until": dt.date(2027, 12, 31),
            "saved_this_year": 245_000,
            "vat_saved_this_year": 14_000,
        },
    ),
    Example(
        "month of recognition",
        t("认定当月最后一天尚不免税", "not yet on the last day of the month of recognition"),
        dt.date(2026, 5, 31),
        CASE,
        "not_eligible",
        unmet=("started",),
        figures={"exempt_from": dt.date(2026, 6, 1)},
    ),
    Example("first day", t("次月第一天", "first day of the next month"), dt.date(2026, 6, 1), CASE, "eligible"),
    Example(
        "recognised before 2024",
        t("2020 年认定的自 2024-01-01 起继续", "recognised in 2020: goes on from 2024-01-01"),
        dt.date(2024, 1, 1),
        LONG,
        "eligible",
        figures={"exempt_from": dt.date(2024, 1, 1), "saved_this_year": 420_000},
    ),
    Example(
        "day before 2024",
        t("前一版本的最后一天", "last day of the edition before"),
        dt.date(2023, 12, 31),
        LONG,
        "eligible",
        figures={"exempt_from": dt.date(2022, 1, 1), "exempt_until": dt.date(2023, 12, 31)},
    ),
    Example(
        "first edition",
        t("首个版本内认定当年", "year of recognition under the first edition"),
        dt.date(2020, 10, 1),
        LONG,
        "eligible",
        figures={"exempt_from": dt.date(2020, 9, 1), "saved_this_year": 140_000},
    ),
    Example("end of 2021", t("首个版本最后一天", "last day of the first edition"), dt.date(2021, 12, 31), LONG, "eligible"),
    Example(
        "cancelled, same month",
        t("取消当月仍免税", "still exempt in the month of cancellation"),
        dt.date(2026, 3, 31),
        CANCELLED,
        "eligible",
        figures={"exempt_until": dt.date(2026, 3, 31), "saved_this_year": 105_000},
    ),
    Example(
        "cancelled, next month",
        t("取消次月停止", "stops in the next month"),
        dt.date(2026, 4, 1),
        CANCELLED,
        "not_eligible",
        unmet=("not_cancelled", "month_of_cancellation"),
        figures={"exempt_until": dt.date(2026, 3, 31)},
    ),
    Example(
        "cancelled, day not told",
        t("取消日期未填", "day of cancellation not told"),
        ON,
        {**LONG, "title_cancelled": True},
        "undetermined",
        missing=("title_cancelled_on",),
    ),
    Example(
        "district",
        t("区级资格", "title of a district"),
        ON,
        {**LONG, "incubator_title": "district_title"},
        "not_eligible",
        unmet=("title",),
    ),
    Example(
        "national of 2015",
        t("2015 年认定的国家级", "national since 2015"),
        ON,
        {**LONG, "incubator_title": "national_incubator", "title_recognised_on": "2015-10-01"},
        "eligible",
        figures={"exempt_from": dt.date(2024, 1, 1)},
    ),
    Example(
        "national university park of 2015",
        t("2015 年认定的国家级大学科技园", "a national university park since 2015"),
        ON,
        {**LONG, "incubator_title": "national_university_park", "title_recognised_on": "2015-10-01"},
        "eligible",
        figures={"exempt_from": dt.date(2024, 1, 1)},
    ),
    Example(
        "makerspace of 2018",
        t("2018 年底前备案的众创空间由税务机关确认", "makerspace filed by the end of 2018: for the tax office to say"),
        ON,
        {**LONG, "incubator_title": "filed_makerspace", "title_recognised_on": "2018-12-31"},
        "undetermined",
        missing=(),
    ),
    Example(
        "makerspace of 2019",
        t("2019 年第一天备案", "filed on the first day of 2019"),
        ON,
        {**LONG, "incubator_title": "filed_makerspace", "title_recognised_on": "2019-01-01"},
        "eligible",
    ),
    Example(
        "other use",
        t("房产他用，但孵化服务收入单独核算", "premises used otherwise, but income kept apart"),
        ON,
        {**LONG, "premises_use": "other"},
        "eligible",
        figures={"saved_this_year": 0, "vat_saved_this_year": 24_000},
    ),
    Example(
        "nothing to relieve",
        t("房产他用且未单独核算", "used otherwise, and income not kept apart"),
        ON,
        {**LONG, "premises_use": "other", "incubation_income_separate": False},
        "not_eligible",
        unmet=("premises", "separate_accounts"),
        way={"incubation_income_separate": True},
    ),
    Example("before", t("2018 年尚无版本", "no edition in 2018"), dt.date(2018, 12, 31), LONG, "not_eligible"),
    Example("last day", t("政策最后一天", "last day of the policy"), dt.date(2027, 12, 31), LONG, "eligible"),
    Example("after", t("2028 年没有版本", "no edition in 2028"), dt.date(2028, 1, 1), LONG, "not_eligible"),
)

SPEC = Rule(
    key="incubator_tax",
    topic="tax",
    name=t("孵化器税收优惠", "tax relief of incubators"),
    about=t(
        "国家级、省级孵化器、大学科技园和备案众创空间，自认定次月起免房产税、城镇土地使用税和孵化服务增值税。",
        "National and provincial incubators, university parks and filed makerspaces pay no property tax, land-use tax or VAT on "
        "incubation services, from the month after recognition.",
    ),
    subject="incubator",
    chosen_by=ON_THE_DAY,
    editions=EDITIONS,
    examples=EXAMPLES,
    applied_for=False,
)

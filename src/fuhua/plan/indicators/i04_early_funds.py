"""I4 新增早期基金 new early-stage funds, target ¥10 bn.

Why: “new ¥10 bn” is a flow, but what is reported are stocks (about ¥30 bn two days before the plan). Source: 行动方案
行动目标; measures 12, 16, 17. Cheat: the parent fund counted with its sub-fund. Money counts once, where it came in
from outside: what another early-stage fund pays in is left out, what any other fund pays in is new to early funds and
counts, and what a fund that nobody declared pays in stays undetermined. A stock figure decides nothing: neither new nor paid in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from fuhua.capital.facts import FundDeclared, FundDeployed, FundPaidIn, StockReported
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out, unsure
from fuhua.evidence.proof.records import Record
from fuhua.kernel.urn import of
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, FUND, HAIDIAN, LATER, ON, START, TERMS, VENTURE, urn
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END

_STOCK = "early_funds"


class _Money(NamedTuple):
    """One fund's records of the kind that is counted, by when they were true, and its last declaration."""

    within: list[Record[Any]]
    declared: Record[Any] | None
    old: Record[Any] | None
    late: Record[Any] | None

    @property
    def district(self) -> str:
        return self.declared.fact.district if self.declared else ""

    def outside_terms(self) -> Verdict | None:
        """That it came too late or is not new, when nothing came within the terms."""
        if self.late or self.old:
            return left_out("too_late" if self.late else "not_new", (self.late or self.old,), district=self.district)
        return None


def _money(told: Told, counts: type[Fact], terms: Terms) -> _Money | Verdict:
    """What is told of one fund, or of a reported stock the verdict that it decides nothing."""
    declared = old = late = None
    within = []
    for record in told:
        kind = type(record.fact)
        if kind is counts:
            if record.true_from <= terms.since:
                old = record
            elif record.true_from > terms.until:
                late = record
            else:
                within.append(record)
        if kind is FundDeclared:
            declared = record
        elif kind is StockReported and record.fact.metric == _STOCK:
            return unsure("stock_only", (record,), amount=record.fact.value)
    return _Money(within, declared, old, late)


def _sum(records: Sequence[Record[Any]]) -> int:
    return sum(record.fact.amount for record in records)


def _paid_in(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    money = _money(told, FundPaidIn, terms)
    if isinstance(money, Verdict):
        return money
    new, inner = [], []
    for record in money.within:
        from_inside = record.fact.source == "fund" and record.fact.payer_fund != "other"
        (inner if from_inside else new).append(record)
    if new:
        return _early(money.declared, new, _sum(new))
    declared, district = money.declared, money.district
    if unknown := [record for record in inner if not record.fact.payer_fund]:
        return unsure("payer_undeclared", unknown, district=district, amount=_sum(unknown))
    if inner:
        return left_out("from_another_fund", inner, district=district, amount=_sum(inner))
    if outside := money.outside_terms():
        return outside
    return left_out("not_paid_in", (declared,), district=district, amount=declared.fact.committed) if declared else None


def _early(declared: Record[Any] | None, used: Sequence[Record[Any]], amount: int) -> Verdict:
    if declared is None:
        return unsure("undeclared", used, amount=amount)
    district = declared.fact.district
    if not declared.fact.early:
        return left_out("not_early", (declared, *used), district=district, amount=amount)
    return counted((declared, *used), amount=amount, district=district, credit=((declared.fact.subject, WHOLE),))


def _committed(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    money = _money(told, FundDeclared, terms)
    if isinstance(money, Verdict):
        return money
    if not money.within:
        return money.outside_terms()
    before, declared = money.old, money.within[-1]
    now, base = declared.fact, before.fact if before else None
    new = now.committed - now.from_funds - (base.committed - base.from_funds if base else 0)
    used = (before, declared) if before else (declared,)
    if new <= 0:
        return left_out("only_other_funds" if now.from_funds else "not_new", used, district=now.district)
    return _early(declared, used[:-1], new)


def _deployed(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    money = _money(told, FundDeployed, terms)
    if isinstance(money, Verdict):
        return money
    declared, district = money.declared, money.district
    if used := [record for record in money.within if record.fact.stage == "early"]:
        basis = (declared, *used) if declared else used
        return counted(basis, amount=_sum(used), district=district, credit=((used[0].fact.subject, WHOLE),))
    if money.within:
        return left_out("later_stage", (money.within[-1],), district=district)
    if outside := money.outside_terms():
        return outside
    return left_out("not_deployed", (declared,), district=district) if declared else None


_DECLARED = (FundDeclared(subject=FUND, committed=50_000_000_000, early=True, district=HAIDIAN), START)
_PAID = (FundPaidIn(subject=FUND, amount=10_000_000_000, payer=urn("firm"), source="outside"), START)


def _from_parent(sort: str) -> tuple[FundPaidIn, dt.date]:
    return FundPaidIn(subject=FUND, amount=7_000_000_000, payer=urn("fund", 2), source="fund", payer_fund=sort), LATER


_FROM_PARENT = _from_parent("early")
_EARLY = (FundDeployed(subject=FUND, amount=300_000_000, stage="early", venture=VENTURE), LATER)

EXAMPLES = (
    Example(
        t("认缴 5 亿元，实缴 20%，投出 300 万元", "¥500m committed, 20 % paid in, ¥3m deployed"),
        (_DECLARED, _PAID, _EARLY),
        ON,
        {
            "paid_in": ("counted", 10_000_000_000, "counted"),
            "committed": ("counted", 50_000_000_000, "counted"),
            "deployed_early": ("counted", 300_000_000, "counted"),
        },
        TERMS,
    ),
    Example(
        t("作弊：母基金出资在子基金再计一次", "the cheat: the parent fund's money counted again in the sub-fund"),
        (_DECLARED, _FROM_PARENT),
        ON,
        {"paid_in": ("left_out", 7_000_000_000, "from_another_fund")},
        TERMS,
    ),
    Example(
        t("一部分来自母基金，只计外部出资", "partly from a parent fund: only outside money counts"),
        (_DECLARED, _PAID, _FROM_PARENT),
        ON,
        {"paid_in": ("counted", 10_000_000_000, "counted")},
        TERMS,
    ),
    Example(
        t("母基金不是早期基金：钱在这里首次进入早期基金", "from a fund that is not early-stage: here it first comes into one"),
        (_DECLARED, _from_parent("other")),
        ON,
        {"paid_in": ("counted", 7_000_000_000, "counted")},
        TERMS,
    ),
    Example(
        t("出资的基金没有申报", "the paying fund is not declared"),
        (_DECLARED, _from_parent("")),
        ON,
        {"paid_in": ("unsure", 7_000_000_000, "payer_undeclared")},
        TERMS,
    ),
    Example(
        t("报道的存量约 300 亿元", "a reported stock of about ¥30 bn"),
        (
            (
                StockReported(subject=of("city", "example"), metric="early_funds", value=3_000_000_000_000),
                dt.date(2022, 12, 28),
            ),
        ),
        ON,
        dict.fromkeys(("paid_in", "committed", "deployed_early"), ("unsure", 3_000_000_000_000, "stock_only")),
        TERMS,
    ),
    Example(
        t("基期之前实缴", "paid in before the baseline"),
        (
            (FundDeclared(subject=FUND, committed=50_000_000_000, early=True), BEFORE),
            (FundPaidIn(subject=FUND, amount=10_000_000_000, payer=urn("firm"), source="outside"), BEFORE),
        ),
        ON,
        {
            "paid_in": ("left_out", 0, "not_new"),
            "committed": ("left_out", 0, "not_new"),
            "deployed_early": ("left_out", 0, "not_deployed"),
        },
        TERMS,
    ),
    Example(
        t("只有认缴，没有到账", "committed, nothing paid in"),
        (_DECLARED,),
        ON,
        {"paid_in": ("left_out", 50_000_000_000, "not_paid_in"), "committed": ("counted", 50_000_000_000, "counted")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I4",
    name=t("新增早期基金规模", "new early-stage funds"),
    unit=t("元", "yuan"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("基金；一笔钱只在首次进入早期基金时计一次", "the fund; money once, where it first comes into an early-stage fund"),
    attribution=t("计给基金及其所在区", "the fund and its district"),
    source=t("行动方案“行动目标”：新增百亿元早期投资基金", "action plan, targets: ten billion yuan of new early-stage funds"),
    blocks=t("母基金与子基金重复计算；以存量充新增", "parent fund counted with sub-fund; a stock passed off as new"),
    reads=(FundDeclared, FundPaidIn, FundDeployed, StockReported),
    definitions=(
        Definition(
            "paid_in",
            t("实缴", "paid in"),
            t(
                "早期基金在基期后收到的、不是来自其他早期基金的实缴",
                "paid into early-stage funds after the baseline, not by other early-stage funds",
            ),
            _paid_in,
        ),
        Definition(
            "committed",
            t("认缴", "committed"),
            t(
                "早期基金在基期后新增的认缴，扣除其他基金认缴",
                "commitments to early-stage funds after the baseline, less those by other funds",
            ),
            _committed,
        ),
        Definition(
            "deployed_early",
            t("早期投出", "deployed early"),
            t("基期后投向早期企业的金额", "money paid into early-stage ventures after the baseline"),
            _deployed,
        ),
    ),
    reasons={
        **NEW,
        "stock_only": t(
            "存量数字：没有基期、不是新增、不是实缴，不能判断",
            "a stock figure: no baseline, not new, not paid in; undecided",
        ),
        "from_another_fund": t("出资人是其他早期基金，进入那里时计", "paid by another early-stage fund: counted where it came in"),
        "only_other_funds": t("扣除其他基金认缴后没有新增", "nothing new once what other funds committed is taken off"),
        "payer_undeclared": t(
            "出资的基金没有申报，这笔钱是否已在那里计入不明",
            "the paying fund is not declared: whether the money is counted there is unknown",
        ),
        "not_early": t("不是早期基金", "not an early-stage fund"),
        "not_paid_in": t("只有认缴，没有实缴", "committed but not paid in"),
        "undeclared": t("基金未申报，是否早期不明", "the fund is not declared: early or not is unknown"),
        "later_stage": t("投向后期", "deployed at a later stage"),
        "not_deployed": t("没有投出", "nothing deployed"),
    },
    examples=EXAMPLES,
    money=True,
)

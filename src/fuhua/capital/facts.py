"""What we testify of capital: funds declared, paid in and deployed, each apart, stakes taken for grants, and reported stock figures."""

from __future__ import annotations

from typing import Annotated

from fuhua.capital import words
from fuhua.evidence.facts import BadFact, Between, CodeOf, District, Fact, Positive, UrnOf
from fuhua.kernel.urn import kind_of
from fuhua.kernel.words import t

Fund = Annotated[str, UrnOf("fund")]
Payer = Annotated[
    str, UrnOf("fund", "incubator", "park", "agency", "district", "university", "firm", "venture", "person")
]
Venture = Annotated[str, UrnOf("venture", "firm", "project")]
Task = Annotated[str, UrnOf("agreement")]
Whole = Annotated[str, UrnOf("programme", "city", "district", "agency")]


class FundDeclared(Fact, frozen=True, kw_only=True, gc=False):
    """A fund's commitments in fen, of which ``from_funds`` by other funds, and whether it is an early-stage fund."""

    KIND = "capital.fund_declared"
    LABEL = t("申报基金认缴规模", "fund declared")
    subject: Fund
    committed: Annotated[int, Between(0)]
    early: bool
    from_funds: Annotated[int, Between(0)] = 0
    district: District = ""

    def check(self) -> None:
        super().check()
        if self.from_funds > self.committed:
            raise BadFact(
                t("其他基金认缴部分不能超过认缴总额", "what other funds committed cannot exceed the whole commitment")
            )


class FundPaidIn(Fact, frozen=True, kw_only=True, gc=False):
    """``payer`` paid ``amount`` fen into the fund; money from another fund is marked, for it may be counted there.

    ``payer_fund`` is what that fund was declared to be on the day; blank when it was not declared, or no fund pays.
    """

    KIND = "capital.fund_paid_in"
    LABEL = t("基金实缴", "paid in")
    subject: Fund
    amount: Positive
    payer: Payer
    source: Annotated[str, CodeOf(words.SOURCES)]
    payer_fund: Annotated[str, CodeOf(words.PAYING_FUNDS)] = ""

    def check(self) -> None:
        super().check()
        if self.payer == self.subject:
            raise BadFact(
                t("基金不能向自己出资，请填写真正的出资人", "a fund cannot pay into itself; give the real payer")
            )
        if (self.source == "fund") != (kind_of(self.payer) == "fund"):
            raise BadFact(
                t(
                    "出资来源与出资人类别不符：出资人为基金时来源须为“fund”，否则为“outside”",
                    "source and payer disagree: a fund pays as “fund”, anybody else as “outside”",
                )
            )
        if self.payer_fund and self.source != "fund":
            raise BadFact(
                t(
                    "出资人不是基金，请把“出资基金类别”留空",
                    "the payer is no fund; leave what sort of fund it is blank",
                )
            )


class FundDeployed(Fact, frozen=True, kw_only=True, gc=False):
    """The fund paid ``amount`` fen into a venture at a stage."""

    KIND = "capital.fund_deployed"
    LABEL = t("基金投出", "deployed")
    subject: Fund
    amount: Positive
    stage: Annotated[str, CodeOf(words.STAGES)]
    venture: Venture


class StakeTaken(Fact, frozen=True, kw_only=True, gc=False):
    """A grant of ``amount`` fen became the subject's share of ``venture``: ``numerator`` of ``denominator``, in digits, that day."""

    KIND = "capital.stake_taken"
    LABEL = t("资助转股入账", "stake taken for a grant")
    subject: Annotated[str, UrnOf("fund", "agency", "district", "incubator", "firm")]
    venture: Annotated[str, UrnOf("venture", "firm")]
    amount: Positive
    numerator: str
    denominator: str
    task: Task

    def check(self) -> None:
        super().check()
        digits = self.numerator.isdigit() and self.denominator.isdigit()
        if not digits or not 0 < int(self.numerator) < int(self.denominator):
            raise BadFact(t("股比应是大于零、小于一的分数", "a stake is a fraction between nothing and the whole"))


class GrantReturned(Fact, frozen=True, kw_only=True, gc=False):
    """So many fen of a grant that the subject paid came back to it."""

    KIND = "capital.grant_returned"
    LABEL = t("资助退回入账", "grant returned")
    subject: Annotated[str, UrnOf("agency", "district")]
    amount: Positive
    task: Task


class StockReported(Fact, frozen=True, kw_only=True, gc=False):
    """Somebody reported a total as it stood: a programme's or a city's stock of a metric, money in fen."""

    KIND = "capital.stock_reported"
    LABEL = t("报道的存量数字", "stock figure reported")
    subject: Whole
    metric: Annotated[str, CodeOf(words.METRICS)]
    value: Annotated[int, Between(0)]

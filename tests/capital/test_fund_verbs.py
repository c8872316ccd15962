"""Funds: amounts are positive, a payment's source follows from its payer, and a fund deploys only once declared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fuhua.capital import facts
from fuhua.capital.actions import funds, stocks
from fuhua.evidence.actions.facts import stored
from fuhua.evidence.actions.verbs import NotYet
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.urn import of

FUND, PARENT, PAYER, BY = of("fund", "f"), of("fund", "parent"), of("firm", "lp"), of("person", "manager")
MARCH = dt.date(2024, 3, 1)

pytestmark = pytest.mark.django_db


def test_the_record_keeps_who_when_how_good_and_for_whom(at: Any) -> None:
    digest = funds.pay_in(
        subject=FUND,
        amount=100,
        payer=PAYER,
        by=BY,
        at=at(),
        on=MARCH,
        grade=Grade.REGISTRY,
        documents=["ab" * 32],
        on_behalf=FUND,
    )
    record = stored(digest)
    assert (record.by, record.true_from, record.grade, record.documents, record.on_behalf) == (
        BY,
        MARCH,
        Grade.REGISTRY,
        ("ab" * 32,),
        FUND,
    )
    assert record.fact == facts.FundPaidIn(subject=FUND, amount=100, payer=PAYER, source="outside")


def test_the_day_defaults_to_the_day_of_telling(at: Any) -> None:
    digest = funds.declare(subject=FUND, committed=1, early=True, by=BY, at=at("2024-05-06"))
    assert stored(digest).true_from == dt.date(2024, 5, 6)


def test_the_source_follows_from_the_payer(at: Any) -> None:
    told = [stored(funds.pay_in(subject=FUND, amount=1, payer=payer, by=BY, at=at())) for payer in (PAYER, PARENT)]
    assert [record.fact.source for record in told] == ["outside", "fund"]
    with pytest.raises(BadFact, match="source and payer disagree"):
        facts.FundPaidIn(subject=FUND, amount=1, payer=PARENT, source="outside").check()


def test_what_the_paying_fund_was_declared_to_be_is_filled_in(db, at):
    def paid_by_parent() -> str:
        return stored(funds.pay_in(subject=FUND, amount=1, payer=PARENT, by=BY, at=at())).fact.payer_fund

    assert paid_by_parent() == ""
    funds.declare(subject=PARENT, committed=1, early=False, by=BY, at=at(), on=MARCH)
    assert paid_by_parent() == "other"
    funds.declare(subject=PARENT, committed=1, early=True, by=BY, at=at(), on=MARCH)
    assert paid_by_parent() == "early"
    with pytest.raises(BadFact, match="no fund"):
        facts.FundPaidIn(subject=FUND, amount=1, payer=PAYER, source="outside", payer_fund="early").check()


@pytest.mark.parametrize("amount", [0, -1, 1.5, "100"])
def test_an_amount_is_a_positive_whole_number_of_fen(at: Any, amount: Any) -> None:
    with pytest.raises(BadFact, match="amount"):
        funds.pay_in(subject=FUND, amount=amount, payer=PAYER, by=BY, at=at())


def test_a_fund_neither_pays_itself_nor_owes_other_funds_more_than_it_has(at: Any) -> None:
    with pytest.raises(BadFact, match="cannot pay into itself"):
        funds.pay_in(subject=FUND, amount=1, payer=FUND, by=BY, at=at())
    with pytest.raises(BadFact, match="cannot exceed"):
        funds.declare(subject=FUND, committed=1, from_funds=2, early=True, by=BY, at=at())


def test_a_fund_deploys_after_it_was_declared(at: Any) -> None:
    deployment = {"subject": FUND, "amount": 5, "stage": "early", "venture": of("venture", "v")}
    with pytest.raises(NotYet):
        funds.deploy(**deployment, by=BY, at=at(), on=MARCH)
    funds.declare(subject=FUND, committed=10, early=True, by=BY, at=at(), on=MARCH)
    funds.deploy(**deployment, by=BY, at=at(), on=MARCH)


def test_a_stock_is_of_a_whole_and_of_a_known_metric(at: Any) -> None:
    stocks.report(subject=of("city", "beijing"), metric="early_funds", value=1, by=BY, at=at())
    for wrong in ({"subject": FUND}, {"metric": "happiness"}, {"value": -1}):
        with pytest.raises(BadFact):
            stocks.report(
                **{"subject": of("city", "beijing"), "metric": "early_funds", "value": 1, **wrong}, by=BY, at=at()
            )


def test_a_correction_keeps_what_it_does_not_mention_and_is_checked_alike(at: Any) -> None:
    digest = funds.pay_in(subject=FUND, amount=100, payer=PAYER, by=BY, at=at(), on=MARCH)
    record = stored(funds.pay_in.correct(digest, amount=90, by=BY, at=at()))
    assert (record.replaces, record.true_from, record.fact.amount, record.fact.payer) == (digest, MARCH, 90, PAYER)
    with pytest.raises(BadFact, match="amount"):
        funds.pay_in.correct(record.digest, amount=-90, by=BY, at=at())
    with pytest.raises(BadFact, match="void it and record anew"):
        funds.pay_in.correct(record.digest, subject=PARENT, by=BY, at=at())

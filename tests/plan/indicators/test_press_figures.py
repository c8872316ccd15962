"""The press figures of 28 December 2022 (9 leading, 14 cultivation, about ¥30 bn), told by verbs and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from fuhua.capital.actions import funds, stocks
from fuhua.evidence.actions import sequence
from fuhua.evidence.proof.figure import INDICATORS, Figure, Terms, grouped, reckon
from fuhua.evidence.queries import merges, records
from fuhua.evidence.words import Grade
from fuhua.kernel.urn import of
from fuhua.schemes.actions import agreements

PRESS, CITY = of("agency", "press"), of("city", "beijing")
REPORTED, PLAN = dt.date(2022, 12, 28), Terms(dt.date(2022, 12, 30), dt.date(2025, 12, 31))
THIRTY_BILLION = 3_000_000_000_000


def _figure(code: str, version: str | None, on: dt.date = REPORTED) -> Figure:
    spec = INDICATORS[code]
    told = grouped(records(spec.kinds()), merges())
    return reckon(spec.definition(version), told.items(), on, PLAN)


@pytest.fixture
def press(db: None, at: Callable[..., dt.datetime]) -> None:
    """What the press reported, on record."""
    moment = at(REPORTED)
    for number in range(23):
        agreements.set_tier(
            subject=of("incubator", f"n{number}"),
            tier="leading" if number < 9 else "cultivation",
            edition="2022",
            by=PRESS,
            at=moment,
        )
    stocks.report(subject=CITY, metric="early_funds", value=THIRTY_BILLION, by=PRESS, at=moment)
    sequence.catch_up(at=moment)


def test_nine_of_twenty_under_leading_and_twenty_three_under_both(press: None) -> None:
    assert _figure("I1", "leading").value == 9
    assert _figure("I1", "both").value == 23


def test_without_agreements_the_default_definition_is_undetermined(press: None) -> None:
    figure = _figure("I1", None)
    assert (figure.value, figure.unsure, figure.left_out) == (None, 9, 14)


@pytest.mark.parametrize("version", ["paid_in", "committed", "deployed_early"])
def test_a_stock_of_thirty_billion_is_never_three_hundred_percent_of_ten(press: None, version: str) -> None:
    figure = _figure("I4", version)
    assert (figure.value, figure.amount, dict(figure.reasons)) == (None, 0, {"stock_only": 1})


def test_money_paid_in_after_the_baseline_counts_once_beside_the_stock(press: None, at: Callable[..., dt.datetime]) -> None:
    parent, child = of("fund", "parent"), of("fund", "child")
    moment = at("2023-05-04")
    for fund in (parent, child):
        funds.declare(subject=fund, committed=50_000_000_000, early=True, by=PRESS, at=moment)
    funds.pay_in(subject=parent, amount=10_000_000_000, payer=of("firm", "lp"), by=PRESS, at=moment, grade=Grade.COUNTERPART)
    funds.pay_in(subject=child, amount=6_000_000_000, payer=parent, by=PRESS, at=moment)
    sequence.catch_up(at=moment)
    figure = _figure("I4", None, dt.date(2023, 6, 30))
    assert (figure.value, figure.counted, figure.left_out, figure.unsure) == (10_000_000_000, 1, 1, 1)


def test_the_figure_falls_when_an_incubator_is_demoted_by_correction(press: None, at: Callable[..., dt.datetime]) -> None:
    moment = at("2023-01-05")
    digest = agreements.set_tier(subject=of("incubator", "tenth"), tier="leading", by=PRESS, at=moment, on=REPORTED)
    sequence.catch_up(at=moment)
    assert _figure("I1", "leading").value == 10
    agreements.set_tier.correct(digest, tier="cultivation", by=PRESS, at=moment)
    sequence.catch_up(at=moment)
    assert (_figure("I1", "leading").value, _figure("I1", "both").value) == (9, 24)

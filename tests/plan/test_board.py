"""The board of figures: moved fact by fact it always equals what is computed afresh."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from fuhua.evidence.actions import facts, sequence, verbs
from fuhua.evidence.facts import Merged
from fuhua.evidence.proof.figure import Terms
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays, titles
from fuhua.kernel import urn
from fuhua.plan.queries import figures
from fuhua.plan.queries.linking import indicators

ON = dt.date(2025, 12, 31)
TERMS = Terms(since=dt.date(2022, 1, 1), until=ON)
BY = urn.of("person", "somebody")
HOST = urn.of("incubator", "host")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _declared():
    indicators()


def hatch(name: str, *, stay: str = "physical") -> str:
    """A venture that earned its certificate during a stay; returns the digest of the title."""
    venture, now = urn.of("venture", name), timezone.now()
    given = {"subject": venture, "by": BY, "at": now, "grade": Grade.REGISTRY}
    stays.begin(**given, host=HOST, stay=stay, district="110108", on=dt.date(2023, 2, 1))
    return titles.award(**given, title="hnte", basis="certificate", on=dt.date(2024, 6, 1))


def asked() -> figures.Ask:
    return figures.ask("I8", None, TERMS, dt.date(2024, 3, 31), dt.date(2024, 6, 30), ON)


def board_and_fresh() -> tuple[list[int], list[int]]:
    sequence.catch_up(at=timezone.now())
    moved = figures.answers([asked()])[0]
    fresh = figures.compute([asked()])[0]
    assert {subject: verdict.reason for subject, verdict in moved.lines.items()} == {
        subject: verdict.reason for subject, verdict in fresh.lines.items()}
    return [each.amount for each in moved.figures], [each.amount for each in fresh.figures]


def test_each_new_fact_moves_the_board_to_what_a_fresh_computation_says():
    for index in range(3):
        hatch(f"v{index}")
        assert board_and_fresh() == ([0, index + 1, index + 1],) * 2
    hatch("virtual", stay="virtual")
    assert board_and_fresh() == ([0, 3, 3],) * 2


def test_voiding_a_fact_takes_its_subject_out_on_every_day():
    digest = hatch("v0")
    hatch("v1")
    assert board_and_fresh() == ([0, 2, 2],) * 2
    verbs.void(digest, reason="untrue", by=BY, at=timezone.now())
    assert board_and_fresh() == ([0, 1, 1],) * 2


def test_merging_a_duplicate_counts_the_firm_once():
    hatch("v0")
    hatch("twin")
    assert board_and_fresh() == ([0, 2, 2],) * 2
    facts.record(Merged(subject=urn.of("venture", "twin"), into=urn.of("venture", "v0")), by=BY, at=timezone.now(), grade=Grade.SYSTEM)
    assert board_and_fresh() == ([0, 1, 1],) * 2


def test_what_was_known_earlier_stays_readable():
    hatch("v0")
    sequence.catch_up(at=timezone.now())
    then = timezone.now()
    hatch("v1")
    sequence.catch_up(at=timezone.now())
    assert figures.figure("I8", None, ON, TERMS).amount == 2
    assert figures.figure("I8", None, ON, TERMS, known=then).amount == 1


@pytest.mark.parametrize("_again", [1, 2])
def test_a_board_of_another_log_starts_afresh(_again):
    """Each run rolls the database back, so the second finds a board that knows of facts which are not there."""
    hatch(f"v{_again}")
    assert board_and_fresh() == ([0, 1, 1],) * 2

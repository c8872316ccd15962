"""Fields as evidence: a rare one that holds tells more than a common one, a missed one tells against, an untold one nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuhua.exchange.kinds.evidence import Evidence
from fuhua.exchange.kinds.listings import listing_kinds

NEED = {"temperature": "10", "hours": "40", "available": "2025-05-31"}
COLD = {"temperature": "8", "hours": "200", "available": "2025-05-06"}


def evidence(*offers: dict[str, str]) -> Evidence:
    return Evidence(listing_kinds()["equipment"], NEED, dict(enumerate(offers)))


def test_a_field_that_few_hold_tells_more_than_one_that_all_hold() -> None:
    rare = evidence({"temperature": "8"}, *({"hours": "100"} for _ in range(50)))
    common = evidence(*({"temperature": "8"} for _ in range(50)))
    assert (rare.odds(0) or 0) > 4 > 0.2 > (common.odds(0) or 0) > 0


def test_untold_is_nothing_missed_is_against_and_a_hard_miss_is_impossible() -> None:
    found = evidence({}, {"hours": "10"}, {"temperature": "20"})
    assert (found.odds(0), found.odds(1)) == (0, pytest.approx(math.log(0.2)))
    assert [found.possible(key) for key in (0, 1, 2, 99)] == [True, True, False, True]
    assert found.odds(99) is None


def test_of_many_offers_two_are_expected_to_do_and_of_few_at_best_one_in_ten() -> None:
    assert evidence({}).floor == evidence(*[{}] * 10).floor == pytest.approx(math.log(1 / 9))
    assert evidence(*[{}] * 300).floor == pytest.approx(math.log(2 / 298))


def test_one_that_fits_in_all_is_likely_among_few_and_among_many_and_one_that_only_has_time_is_not() -> None:
    for many in (0, 3, 300):
        found = evidence(COLD, *({"hours": "100", "available": "2025-05-01"} for _ in range(many)))
        chances = [1 / (1 + math.exp(-(found.floor + (found.odds(key) or 0)))) for key in range(min(many, 1) + 1)]
        assert (chances[0] > 0.7, all(each < 0.3 for each in chances[1:])) == (True, True)


@given(st.lists(st.fixed_dictionaries({}, optional={"temperature": st.sampled_from(["8", "20"]), "hours": st.sampled_from(["10", "80"])}),
                min_size=1, max_size=30))
def test_whatever_the_offers_holding_a_field_never_tells_against_one(offers: list[dict[str, str]]) -> None:
    found = evidence(*offers)
    for key, offer in enumerate(offers):
        if set(offer.items()) <= {("temperature", "8"), ("hours", "80")}:
            assert (found.odds(key) or 0) >= 0
        assert math.isfinite(found.odds(key) or 0)

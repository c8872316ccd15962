"""The cheapest split order against trying everything, and shares that sum to the whole."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuhua.matching.splitting.cheapest import TooManyWays, alone, cheapest
from fuhua.matching.splitting.offers import Offer, Rung
from fuhua.matching.splitting.shares import shares


@st.composite
def offers(draw: st.DrawFn, name: str) -> Offer:
    starts = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=3)))
    return Offer(name, tuple(Rung(start, draw(st.integers(0, 20))) for start in starts), fixed=draw(st.integers(0, 40)),
                 least=draw(st.integers(1, 9)), most=draw(st.none() | st.integers(1, 16)), incremental=draw(st.booleans()),
                 days=draw(st.integers(1, 3)))


def everything(quantity: int, suppliers: list[Offer], most: int, surplus: bool) -> int | None:
    """The least cost by trying every split."""
    top = quantity + 12 if surplus else quantity
    each = [[pieces for pieces in range(top + 1) if pieces == 0 or offer.sells(pieces)] for offer in suppliers]
    costs = [sum(offer.cost(pieces) for offer, pieces in zip(suppliers, split, strict=True)) for split in itertools.product(*each)
             if (sum(split) == quantity or (surplus and sum(split) > quantity)) and sum(pieces > 0 for pieces in split) <= most]
    return min(costs, default=None)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 16), st.tuples(offers("甲"), offers("乙"), offers("丙")), st.integers(1, 3), st.booleans())
def test_no_split_is_cheaper_than_the_one_found(quantity: int, three: tuple[Offer, ...], most: int, surplus: bool) -> None:
    found = cheapest(quantity, three, most=most, surplus=surplus)
    assert (found.cost if found else None) == everything(quantity, list(three), most, surplus)
    if found:
        by_name = {each.name: each for each in three}
        assert sum(by_name[name].cost(pieces) for name, pieces in found.parts) == found.cost
        assert len({name for name, _pieces in found.parts}) == len(found.parts) <= most
        assert found.quantity == quantity or (surplus and found.quantity > quantity)


LADDER = (Rung(10, 90_00), Rung(100, 60_00), Rung(1000, 41_00))


def test_two_suppliers_with_tooling_and_capacity_share_an_order_that_none_could_make_alone() -> None:
    small = Offer("小厂", (Rung(10, 70_00), Rung(100, 55_00)), fixed=2_000_00, most=300, days=20)
    large = Offer("大厂", LADDER, fixed=8_000_00, least=100, days=35)
    assert cheapest(500, [small, large]).parts == (("大厂", 500),)
    assert cheapest(500, [small, large]).cost == alone(500, large) == 500 * 60_00 + 8_000_00
    assert cheapest(1200, [small, large], most=1).parts == (("大厂", 1200),)
    assert cheapest(500, [small, large], days=30) is None
    assert alone(500, small) is None
    capped = Offer("大厂", LADDER, fixed=8_000_00, least=100, most=400, days=35)
    assert cheapest(500, [small, capped]).cost == 300 * 55_00 + 2_000_00 + 200 * 60_00 + 8_000_00


def test_ninety_five_pieces_cost_more_than_a_hundred_when_the_break_is_at_a_hundred() -> None:
    maker = Offer("厂", LADDER)
    assert cheapest(95, [maker]).cost == 95 * 90_00
    assert cheapest(95, [maker], surplus=True).parts == (("厂", 100),)


def test_an_incremental_ladder_prices_only_the_pieces_beyond_each_rung() -> None:
    maker = Offer("厂", LADDER, incremental=True)
    assert maker.pieces(150) == [(99, 90_00), (51, 60_00)]
    assert maker.cost(150) == 99 * 90_00 + 51 * 60_00


def test_a_puzzle_of_lots_ends_in_what_was_found_and_says_that_it_is_not_proved() -> None:
    lots = [Offer(str(number), (Rung(1, 9000 + number * 7 % 50),), least=(least := 40_000 + number * 7919 % 20_000), most=least + 60)
            for number in range(24)]
    with pytest.raises(TooManyWays):
        cheapest(50_000 * 12 + 7, lots)
    rest = Offer("rest", (Rung(1, 12_000),))
    found = cheapest(50_000 * 12 + 7, [*lots, rest])
    assert found is not None
    assert (found.proved, found.quantity, found.cost < alone(50_000 * 12 + 7, rest)) == (False, 600_007, True)


def test_a_million_pieces_over_twenty_suppliers_are_split_to_the_fen() -> None:
    many = [Offer(f"厂{n}", (Rung(10 + n, 9_000 - 13 * n), Rung(1_000 + 37 * n, 7_000 - 11 * n), Rung(20_000 + 71 * n, 5_000 + 7 * n)),
                  fixed=300_000 + 1_711 * n, least=10 * n + 1, most=90_000 + 1_003 * n) for n in range(20)]
    found = cheapest(1_000_000, many)
    assert found is not None
    assert found.quantity == 1_000_000
    floor = min(Fraction(each.cost(q), q) for each in many for stretch in each.segments(1_000_000) for q in stretch)
    assert floor * 1_000_000 < found.cost


@pytest.mark.parametrize("ladder", [(), (Rung(0, 5),), (Rung(5, 1), Rung(5, 2)), (Rung(1, -1),)])
def test_a_ladder_that_is_none_is_refused(ladder: tuple[Rung, ...]) -> None:
    with pytest.raises(ValueError, match=r"ladder|negative"):
        Offer("厂", ladder)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_shares_sum_to_the_whole_and_none_is_a_unit_off(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    assert all(abs(part - Fraction(total * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True))


def test_tooling_of_a_hundred_yuan_for_three_equal_parts_leaves_the_odd_fen_with_the_first() -> None:
    assert shares(100_00, [1, 1, 1]) == [33_34, 33_33, 33_33]
    with pytest.raises(ValueError, match="weights"):
        shares(5, [0, 0])

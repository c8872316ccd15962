"""Many who want the same hour at the same moment: one gets it, on either database, whatever was read before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from exchange.lab import NOW, Lab, clock
from fuhua.exchange.actions import reservations
from fuhua.exchange.actions.holding import Booking, Refused, hold
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.models import Reservation, Resource
from fuhua.parties.models import Account, Party

_MANY = 50
House = tuple[Party, Account]


@pytest.fixture
def lab(durable_db: None, firm: Any, an_offer: Any) -> Lab:
    return Lab(firm, an_offer)


def at_once(tries: list[Callable[[], Any]]) -> Counter[str]:
    """Do everything at the same moment, each with a connection of its own; how often what came of it."""
    together = Barrier(len(tries))

    def one(attempt: Callable[[], Any]) -> str:
        together.wait()
        try:
            attempt()
        except Refused as wrong:
            return "+".join(wrong.codes)
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(len(tries)) as pool:
        return Counter(pool.map(one, tries))


def test_of_fifty_who_ask_for_one_hour_at_once_one_gets_it(lab: Lab) -> None:
    users = [lab.venture(f"北京第{number}科技有限公司") for number in range(5)]
    found = at_once([lambda who=users[n % 5]: lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00") for n in range(_MANY)])
    assert (found["held"], found["taken"]) == (1, _MANY - 1)
    assert Reservation.objects.filter(state="held").count() == 1


def test_slots_that_overlap_only_in_part_are_never_both_held(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    spans = [(f"{9 + n // 4:02}:{n % 4 * 15:02}", f"{10 + n // 4:02}:{n % 4 * 15:02}") for n in range(20)]
    at_once([lambda start=start, end=end: lab.book(lab.microscope, who, "2025-07-01", start, end) for start, end in spans])
    held = sorted(Reservation.objects.filter(state="held").values_list("start", "end"))
    assert len(held) >= 2
    assert [(one, two) for (_start, one), (two, _end) in pairwise(held) if one > two] == []


def test_even_without_the_lock_the_database_lets_one_in(lab: Lab) -> None:
    house, account = lab.venture("北京甲科技有限公司")
    wish = Booking(start=clock("2025-07-01T09:00"), end=clock("2025-07-01T10:00"), organisation=house, person=account.party_id)
    assert at_once([lambda: hold(lab.microscope, wish, Rate(800_00), NOW) for _number in range(20)]) == {"held": 1, "taken": 19}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one who writes waits for the other before it begins")
def test_two_who_each_wait_for_what_the_other_holds_do_not_both_wait_for_ever(lab: Lab) -> None:
    house, account = lab.venture("北京甲科技有限公司")
    wish = Booking(start=clock("2025-07-01T09:00"), end=clock("2025-07-01T10:00"), organisation=house, person=account.party_id)
    one, two, both_hold_one = lab.microscope, lab.instrument("扫描电镜 S-3400"), Barrier(2)

    def both(first: Resource, second: Resource) -> None:
        with transaction.atomic():
            hold(first, wish, Rate(800_00), NOW)
            both_hold_one.wait()
            hold(second, wish, Rate(800_00), NOW)

    assert at_once([lambda: both(one, two), lambda: both(two, one)]) == {"held": 1, "taken": 1}
    assert Reservation.objects.filter(state="held").count() == 2


def test_one_who_cancels_and_one_who_books_the_freed_hour_do_not_collide(lab: Lab) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    found = at_once([lambda: reservations.cancel(reservation=row, by=one[1].party.urn, at=NOW),
                     lambda: lab.book(lab.microscope, two, "2025-07-01", "09:00", "10:00")])
    assert found in ({"held": 2}, {"held": 1, "taken": 1})
    assert Reservation.objects.filter(state="held").count() == found["held"] - 1

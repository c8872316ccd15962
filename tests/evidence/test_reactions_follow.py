"""Reactions follow the sequence: once each, in order, going on after a failure, and again from the start when asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fuhua.evidence import models
from fuhua.evidence.actions import reactions, sequence
from fuhua.evidence.actions.reactions import Reaction
from fuhua.journey.facts import StayBegan, WentAbroad
from fuhua.kernel.registry import Registry
from fuhua.kernel.urn import of

pytestmark = pytest.mark.django_db


class Diary:
    """A reaction that writes down what it was told; ``fails_on`` makes it fail once at that number."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.fails_on: int | None = None

    def handle(self, record, at) -> None:
        if record.seq == self.fails_on:
            self.fails_on = None
            raise RuntimeError("once")
        self.seen.append(record.seq)


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Diary]:
    """A register of reactions in which only the diary stands, following journeys abroad."""
    diary = Diary()
    register: Registry[Reaction] = Registry("reactions", key=lambda each: each.name)
    register.add(Reaction("diary", (WentAbroad.KIND,), (), diary.handle))
    monkeypatch.setattr(reactions, "REACTIONS", register)
    return diary


@pytest.fixture
def log(tell, trip, at):
    """``log(n)`` tells n trips with a stay between each two, and seals them."""

    def add(number: int) -> None:
        for each in range(number):
            tell(trip(each))
            tell(StayBegan(subject=of("venture", f"v{each}"), host=of("incubator", "teller"), stay="physical"))
        sequence.catch_up(at=at())

    return add


def test_every_fact_of_its_kind_is_handled_once_and_in_order(diary: Diary, log, at) -> None:
    log(3)
    assert [reactions.follow(at=at()) for _ in range(2)] == [3, 0]
    log(2)
    assert reactions.follow(at=at()) == 2
    assert diary.seen == [0, 2, 4, 6, 8]


def test_a_fact_without_a_number_waits(diary: Diary, tell, trip, at) -> None:
    tell(trip())
    assert (reactions.follow(at=at()), diary.seen) == (0, [])


def test_small_batches_come_to_the_same(diary: Diary, log, at) -> None:
    log(5)
    while models.Cursor.objects.values_list("seq", flat=True).first() != 10:
        reactions.follow(at=at(), batch=3)
    assert diary.seen == [0, 2, 4, 6, 8]


def test_after_a_failure_it_goes_on_from_the_batch_that_failed(diary: Diary, log, at) -> None:
    log(3)
    diary.fails_on = 2
    assert reactions.follow(at=at()) == 0
    assert not models.Cursor.objects.exists()
    reactions.follow(at=at())
    assert diary.seen == [0, 0, 2, 4]


def test_a_reaction_is_replayed_from_the_start(diary: Diary, log, at) -> None:
    log(2)
    reactions.follow(at=at())
    models.Cursor.objects.update(seq=0)
    reactions.follow(at=at())
    assert diary.seen == [0, 2, 0, 2]

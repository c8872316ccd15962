"""The draw: worst-off first, then the total, then the lot of a seed; what stands stays; and scores without leniency."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from fuhua.schemes.kinds.draw_record import BadRecord, Record, faults, read, written
from fuhua.schemes.kinds.drawing import BadDraw, Drawn, Expert, Round
from fuhua.schemes.kinds.foresight import foresight
from fuhua.schemes.kinds.leniency import Scored, leniency, normalised
from fuhua.schemes.kinds.solvers import drawn, solvers
from fuhua.schemes.kinds.solvers.exact import repaired


def a_round(size: tuple[int, int] = (4, 3), coverage: int = 2, seed: int = 1, load: int = 2, **given: object) -> Round:
    dice = np.random.default_rng(seed)
    return Round(**{"experts": [Expert(0, load, at % 2 == 0, at % 3) for at in range(size[0])], "coverage": [coverage] * size[1],
                    "affinity": dice.integers(0, 5, size), **given})  # type: ignore[arg-type]


def every(task: Round) -> Iterator[tuple[int, int, int]]:
    """(kept, worst, total) of every assignment that keeps the limits."""
    teams = [[team for team in itertools.combinations(range(len(task.experts)), need)
              if not any((who, what) in task.barred for who in team)
              and {who for who, which in task.fixed if which == what} <= set(team)
              and sum(task.experts[who].senior for who in team) >= task.seniors
              and (not task.together or all(sum(task.experts[who].house == house for who in team) <= task.together
                                            for house in {task.experts[who].house for who in team} - {0}))]
             for what, need in enumerate(task.coverage)]
    for chosen in itertools.product(*teams):
        pairs = {(who, what) for what, team in enumerate(chosen) for who in team}
        loads = [sum(each == who for each, _what in pairs) for who in range(len(task.experts))]
        if all(each.least <= load <= each.most for each, load in zip(task.experts, loads, strict=True)):
            sums = [sum(int(task.affinity[who, what]) for who in team) for what, team in enumerate(chosen)]
            yield len(pairs & task.kept), min(sums), sum(sums)


def test_the_program_of_repairs_draws_a_whole_panel_as_well() -> None:
    alike = Round(experts=[Expert(0, 6, at % 2 == 0, at + 1) for at in range(60)], coverage=[3] * 80, affinity=np.full((60, 80), 50),
                  barred=frozenset((each, each) for each in range(60)), seniors=1, together=1)
    found = repaired(alike, "seed")
    assert (found.proved, found.worst, found.total, len(found.pairs)) == (True, 150, 12_000, 240)


def test_every_solver_finds_what_its_examples_say() -> None:
    for solver in solvers():
        assert [(found.worst, found.total) for found in (solver.draw(task, "seed") for task, _best in solver.examples)] == [
            best for _task, best in solver.examples]


@pytest.mark.parametrize("seed", range(12))
def test_no_assignment_is_better_than_the_one_drawn(seed: int) -> None:
    task = a_round((5, 3), seed=seed, barred=frozenset({(seed % 5, 0), (seed % 3, 1)}), seniors=1, together=1,
                   kept=frozenset({(4, 0), (0, 2)} - {(seed % 5, 0)}))
    found = drawn(task, "seed")
    assert (len(task.kept & set(found.pairs)), found.worst, found.total) == max(every(task))
    assert found.proved


def test_the_same_seed_draws_the_same_and_other_seeds_draw_others_that_are_as_good() -> None:
    task = a_round((6, 6), affinity=np.full((6, 6), 3))
    draws = [drawn(task, f"seed {each}") for each in range(6)]
    assert drawn(task, "seed 0") == draws[0]
    assert len({each.pairs for each in draws}) > 1
    assert {(each.worst, each.total) for each in draws} == {(6, 36)}


def test_what_was_handed_in_stays_and_as_few_as_possible_of_the_rest_move() -> None:
    task = a_round((6, 6))
    first = drawn(task, "seed")
    gone = first.pairs[0]
    stands = frozenset(first.pairs) - {gone}
    again = drawn(a_round((6, 6), barred=frozenset({gone}), fixed=frozenset(list(stands)[:3]), kept=stands), "seed")
    assert again.moved <= 1
    assert set(list(stands)[:3]) <= set(again.pairs)


@pytest.mark.parametrize(("given", "says"), [
    ({"load": 1}, "seat more"), ({"barred": frozenset((who, 1) for who in range(3))}, "1"),
    ({"seniors": 1, "barred": frozenset({(0, 2), (2, 2)})}, "2"), ({"coverage": 0, "size": (4, 0)}, "no application")])
def test_what_cannot_hold_is_named(given: dict[str, object], says: str) -> None:
    with pytest.raises(BadDraw) as refused:
        drawn(a_round(**given), "seed")  # type: ignore[arg-type]
    assert says in refused.value.text.en


def test_limits_that_only_clash_together_are_refused_too() -> None:
    with pytest.raises(BadDraw):
        drawn(a_round((4, 4), coverage=2, load=2, together=1, experts=[Expert(0, 2, house=1)] * 4), "seed")


def test_minimum_loads_hold() -> None:
    found: Drawn = drawn(a_round((4, 3), experts=[Expert(1, 3)] * 4, affinity=np.array([[9, 9, 9], [9, 9, 9], [0, 0, 0], [0, 0, 0]])), "s")
    assert {who for who, _what in found.pairs} == {0, 1, 2, 3}


# --- the record ---


@pytest.fixture
def record() -> Record:
    task = a_round((6, 6), barred=frozenset({(0, 0)}), seniors=1, together=1, fixed=frozenset({(1, 1)}), kept=frozenset({(2, 2)}))
    return read(written(task, drawn(task, "seed"), "seed"))


def test_the_record_of_a_draw_is_sound(record: Record) -> None:
    assert faults(record) == []
    assert read(msgspec.json.encode(record)) == record


@pytest.mark.parametrize(("change", "says"), [
    ({"seed": "other"}, "sealed"), ({"barred": "assigned"}, "barred"), ({"fixed": [(0, 0), (1, 1)]}, "handed in"),
    ({"coverage": [3] * 6}, "needs"), ({"total": 0}, "sums"), ({"assignment": "other"}, "sums"), ({"lot": True}, "another one")])
def test_a_record_that_was_tampered_with_is_found_out(record: Record, change: dict[str, Any], says: str) -> None:
    if change == {"barred": "assigned"}:
        change = {"barred": [next(pair for pair in record.assignment if pair != (1, 1))]}
    elif change == {"assignment": "other"}:
        change = {"affinity": [[each + 1 for each in row] for row in record.affinity]}
    elif change == {"lot": True}:
        change = {"seed": "another", "seal": hashlib.sha256(b"another").hexdigest(), **_even(record)}
    for name, value in change.items():
        setattr(record, name, value)
    assert says in " ".join(each.en for each in faults(record))


def _even(record: Record) -> dict[str, Any]:
    """Everybody equally near, so that only the lot decides."""
    need = sum(record.coverage)
    return {"affinity": [[1] * len(record.coverage) for _who in record.experts], "worst": min(record.coverage), "total": need}


@pytest.fixture
def whole() -> Record:
    task = a_round((6, 6), barred=frozenset({(0, 0)}), seniors=1, together=1)
    return read(written(task, drawn(task, "seed"), "seed"))


def test_the_record_of_a_whole_draw_proves_itself_by_prices(whole: Record) -> None:
    assert whole.proof is not None
    assert faults(whole) == []


@pytest.mark.parametrize("change", ["prices", "task", "limits", "loads"])
def test_a_proof_that_was_tampered_with_or_is_of_another_draw_is_found_out(whole: Record, change: str) -> None:
    assert whole.proof is not None
    if change == "prices":
        whole.proof["total"]["bound"] -= 1
    elif change == "task":
        who, what = next((who, what) for who in range(6) for what in range(6)
                         if (who, what) not in [*whole.assignment, *whole.barred])
        whole.affinity[who][what] += 1
    elif change == "limits":
        whole.seniors = 0
    else:
        whole.experts[0].most += 1
    assert [each.en.split(" ")[1] for each in faults(whole)] == ["certificate"]


@pytest.mark.parametrize("file", [b"", b"{}", b"[]", b"\xff", b'{"seed": 1}'])
def test_a_file_that_is_no_record_is_refused(file: bytes) -> None:
    with pytest.raises(BadRecord, match="no record"):
        read(file)


def test_numbers_that_do_not_fit_are_refused(record: Record) -> None:
    record.assignment = [(99, 0)]
    with pytest.raises(BadRecord, match="do not fit"):
        read(msgspec.json.encode(record))


# --- leniency ---


def test_a_lenient_reviewer_gives_nobody_an_advantage() -> None:
    worth = {each: 5_000 + 100 * each for each in range(20)}
    dice = random.Random(7)
    scores = [Scored(each, who, worth[each] + (1_500 if who == 0 else 0)) for each in worth for who in dice.sample(range(8), 3)]
    even = normalised(scores)
    raw = {each: [one.points for one in scores if one.application == each] for each in worth}
    wrong_raw = sum(sum(raw[a]) / 3 > sum(raw[b]) / 3 for a, b in itertools.combinations(worth, 2))
    wrong_even = sum(even[a] > even[b] for a, b in itertools.combinations(worth, 2))
    assert wrong_even < wrong_raw / 3
    assert 900 < leniency(scores)[0] - leniency(scores)[1] < 1_500


def test_reviewers_who_agree_are_left_alone_and_effects_even_out() -> None:
    scores = [Scored(each, who, 7_000 + each) for each in range(5) for who in range(3)]
    assert normalised(scores) == {each: 7_000 + each for each in range(5)}
    uneven = [Scored(0, 0, 9_000), Scored(0, 1, 5_000), Scored(1, 0, 8_000), Scored(1, 2, 6_000)]
    effects = leniency(uneven)
    assert sum(effects[each.reviewer] for each in uneven) == pytest.approx(0)
    assert leniency([]) == {}


def test_one_odd_score_is_drawn_towards_nothing() -> None:
    assert 0 < leniency([Scored(0, 0, 9_000), Scored(0, 1, 5_000)])[0] < 2_000


# --- foresight ---


def test_foresight_says_nothing_of_few_and_gives_an_interval_of_many() -> None:
    assert foresight([(1, 1)] * 3).rho is None
    assert foresight([(1, 1)] * 9).rho is None
    told = foresight([(each, each * each) for each in range(12)])
    assert (told.n, told.rho) == (12, pytest.approx(1))
    assert told.says
    dice = random.Random(3)
    noise = foresight([(each, dice.random()) for each in range(12)])
    assert noise.low is not None
    assert noise.high is not None
    assert noise.low < 0 < noise.high
    assert not noise.says
    assert foresight([(each, each * each) for each in range(12)]) == told

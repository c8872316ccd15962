"""Ways on rules made for the purpose: what a search gets wrong easily, and that the properties of all rules can fail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.words import Text
from fuhua.policy.reasoning.conditions import Clause, Condition, Leaf, all_of, any_of, at_least, at_most, by_case, when, yes
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.rule import APPLICATION, Edition, Rule, Source
from fuhua.policy.reasoning.terms import Sight, bands, percent, ratio, total
from fuhua.policy.reasoning.verdict import judge
from fuhua.policy.reasoning.ways import Way, alone, cliffs, nearest
from policy.test_properties import excess, lost_by_growth

ON = dt.date(2025, 6, 2)
WORDS = Text("甲", "a")
CLAUSE = Clause("1", WORDS)


def _count(name: str, *, high: int = 1000) -> Input:
    return Input(name, "number", "items", WORDS, 0, high)


A, B, C = _count("a"), _count("b"), _count("c")
OPENED = Input("opened", "date", "date", WORDS, 1, dt.date(2100, 1, 1).toordinal())
TITLE = Input("title", "yes_no", "yes_no", WORDS, 0, 1)


def _rule(conditions: Condition, *, until: dt.date | None = None) -> Rule:
    edition = Edition("one", dt.date(2020, 1, 1), until, Source("1", WORDS), conditions)
    return Rule("made", "enterprise", WORDS, WORDS, "venture", APPLICATION, (edition,), ())


def _known(**values: int) -> dict[str, Any]:
    return {name: (value, value) for name, value in values.items()}


def _ways(rule: Rule, known: dict[str, Any], costs: dict[str, Change | None]) -> list[tuple[dict[str, int], int]]:
    found = nearest(rule, known, ON, costs=costs)
    assert found.proved
    return [({one.name: value for one, value in way.changes}, way.cost) for way in found.ways]


def test_two_inputs_share_what_neither_can_do_alone():
    rule = _rule(all_of(at_least("sum", total(A, B), 10, CLAUSE), at_most("limit", A, 6, CLAUSE)))
    assert _ways(rule, _known(a=0, b=0), {"a": Change(1, 1), "b": Change(1, 5)})[0] == ({"a": 6, "b": 4}, 26)


def test_the_last_piece_is_bought_in_the_smaller_size():
    rule = _rule(at_least("sum", total(A, B), 11, CLAUSE))
    assert _ways(rule, _known(a=0, b=0), {"a": Change(5, 5), "b": Change(1, 2)})[0] == ({"a": 10, "b": 1}, 12)


def test_a_share_rises_by_more_above_and_fewer_below_together():
    rule = _rule(at_least("share", bands(ratio(A, B), (percent(50), 10)), 10, CLAUSE))
    costs = {"a": Change(1, 10), "b": Change(1, 6, up=False)}
    assert _ways(rule, _known(a=2, b=7), costs)[0] == ({"a": 3, "b": 6}, 16)


def test_growing_past_a_limit_chooses_the_easier_case():
    rule = _rule(by_case((when(A, "<=", 50), at_least("hard", B, 9, CLAUSE)), (None, at_least("easy", B, 3, CLAUSE))))
    assert _ways(rule, _known(a=50, b=3), {"a": Change(1, 2), "b": Change(1, 1)}) == [({"a": 51}, 2), ({"b": 9}, 6)]


def test_what_is_already_held_is_not_bought_twice():
    rule = _rule(any_of(at_least("one", A, 1, CLAUSE), at_least("two", B, 1, CLAUSE), at_least("three", C, 1, CLAUSE), least=2))
    costs = {"a": Change(1, 9), "b": Change(1, 4), "c": Change(1, 3)}
    assert _ways(rule, _known(a=1, b=0, c=0), costs) == [({"c": 1}, 3), ({"b": 1}, 4)]


def test_waiting_costs_nothing_and_ends_with_the_edition():
    known = _known(opened=dt.date(2025, 1, 15).toordinal())
    young = at_least("age", Elapsed(OPENED, "years"), 1, CLAUSE)
    assert nearest(_rule(young), known, ON).ways == (Way((), {}, 0, dt.date(2026, 1, 15)),)
    assert nearest(_rule(young, until=dt.date(2026, 1, 14)), known, ON).ways == ()


def test_waiting_also_moves_a_table_of_ages():
    aged = at_least("score", bands(Elapsed(OPENED, "months"), (12, 5), (6, 3)), 5, CLAUSE)
    known = _known(opened=dt.date(2025, 1, 15).toordinal())
    assert nearest(_rule(aged), known, ON).ways == (Way((), {}, 0, dt.date(2026, 1, 15)),)


def test_no_way_is_proved_when_nothing_can_move_far_enough():
    rule = _rule(all_of(at_least("much", A, 10, CLAUSE), yes("title", TITLE, CLAUSE)))
    found = nearest(rule, _known(a=0, title=0), ON, costs={"a": Change(1, 1)})
    assert (found.ways, found.proved) == ((), True)


def test_a_table_that_falls_again_has_a_cliff_where_it_falls():
    rule = _rule(at_least("score", bands(A, (20, 0), (10, 5)), 5, CLAUSE))
    assert [(one.name, last, leaf.key) for one, last, leaf in cliffs(judge(rule, _known(a=12), ON))] == [("a", 19, "score")]


def test_the_denominator_of_a_share_has_a_cliff():
    rule = _rule(at_least("share", ratio(A, B), percent(20), CLAUSE))
    assert [(one.name, last) for one, last, _leaf in cliffs(judge(rule, _known(a=8, b=36), ON))] == [("b", 40)]


def test_an_alternative_that_still_holds_is_no_cliff():
    rule = _rule(any_of(at_most("small", A, 10, CLAUSE), at_least("big", B, 1, CLAUSE)))
    assert cliffs(judge(rule, _known(a=5, b=1), ON)) == []
    assert [(one.name, last) for one, last, _leaf in cliffs(judge(rule, _known(a=5, b=0), ON))] == [("a", 10)]


def test_an_input_alone_meets_a_clause_from_below_or_from_above():
    rule = _rule(at_least("share", ratio(A, B), percent(20), CLAUSE))
    verdict = judge(rule, _known(a=7, b=40), ON)
    assert [(one.name, value) for one, value in alone(verdict, verdict.clauses[0].leaf)] == [("a", 8), ("b", 35)]


@dataclass(frozen=True, eq=False)
class Fickle(Leaf):
    """A clause that is lost where no comparison says so: the mistake that the property of growth is there to find."""

    of: Input

    def terms(self) -> tuple[Input, ...]:
        return (self.of,)

    def state(self, sight: Sight) -> bool:
        return sight.range(self.of)[0] != 500


def test_the_property_of_growth_finds_a_loss_that_nobody_named():
    rule = _rule(all_of(Fickle("fickle", CLAUSE, A), at_least("some", A, 1, CLAUSE), at_most("most", A, 500, CLAUSE)))
    verdict = judge(rule, _known(a=3), ON)
    named = {one.name: last for one, last, _leaf in cliffs(verdict)}
    assert list(lost_by_growth(rule, verdict, verdict.sight.known, named)) == ["a = 500 loses it, and no cliff says so"]


def test_the_property_of_growth_finds_a_cliff_named_too_early():
    rule = _rule(at_most("most", A, 500, CLAUSE))
    verdict = judge(rule, _known(a=3), ON)
    assert list(lost_by_growth(rule, verdict, verdict.sight.known, {"a": 400})) == ["a = 401 still holds, and a cliff says otherwise"]


def test_the_property_of_ways_finds_what_is_asked_without_need():
    rule = _rule(at_least("sum", total(A, B), 10, CLAUSE))
    costs = {"a": Change(1, 1), "b": Change(1, 1)}
    wasteful = Way(((A, 12), (B, 4)), {"a": 0, "b": 0}, 16, None)
    told = list(excess(rule, _known(a=0, b=0), ON, wasteful, costs))
    assert "all but ['a']" in told
    assert "12 steps of a where 11 do" in told
    late = Way(((A, 10),), {"a": 0}, 10, dt.date(2026, 1, 1))
    assert list(excess(rule, _known(a=0, b=0), ON, late, costs)) == ["the waiting"]

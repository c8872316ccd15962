"""What holds for every rule and every profile: more of a good thing, more knowledge, the cheapest change, the best question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.questions import asked, room_of, settles
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Sight
from fuhua.policy.reasoning.verdict import Verdict, judge, weighed
from fuhua.policy.reasoning.ways import Way, applied, cliffs, nearest
from policy.profiles import EDITIONS, cases, changes, marks

EVERY_EDITION = pytest.mark.parametrize(
    ("rule", "edition"), [pytest.param(rule, edition, id=f"{rule.key} {edition.key}") for rule, edition in EDITIONS]
)
some = settings(max_examples=7, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
Known = dict[str, Any]


# More of a good thing


def _grown(one: Input, edition: Edition, sight: Sight, last: int | None) -> list[int]:
    """Values above the present one: next to every threshold, the bound, and on both sides of a named cliff."""
    here = sight.known[one.name][1]
    near = {mark + by for mark in marks(one, edition, sight) for by in (-1, 0, 1)} | {here + 1, 2 * here + 7, one.high}
    near |= set() if last is None else {last, last + 1}
    return sorted(value for value in near if here < value <= one.high)


def lost_by_growth(rule: Rule, verdict: Verdict, known: Known, named: Mapping[str, int]) -> Iterator[str]:
    """Where growth of one input and the cliffs named for it tell different stories."""
    for one in verdict.edition.inputs:
        if one.kind == "number" and one.name in known:
            last = named.get(one.name)
            for value in _grown(one, verdict.edition, verdict.sight, last):
                holds = judge(rule, {**known, one.name: (value, value)}, verdict.on).answer == "eligible"
                if last is None or value <= last:
                    if not holds:
                        yield f"{one.name} = {value} loses it, and no cliff says so"
                elif value == last + 1 and holds:
                    yield f"{one.name} = {value} still holds, and a cliff says otherwise"


@EVERY_EDITION
@some
@given(data=st.data())
def test_growth_loses_a_yes_exactly_beyond_the_cliff_that_is_named(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    verdict = _yes(rule, known, on)
    if verdict is not None:
        named = {one.name: last for one, last, _leaf in cliffs(verdict)}
        assert list(lost_by_growth(rule, verdict, verdict.sight.known, named)) == []


@EVERY_EDITION
@some
@given(data=st.data())
def test_a_change_that_its_holder_can_make_never_loses_a_yes_before_a_cliff(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    verdict = _yes(rule, known, on)
    if verdict is not None:
        named = {one.name: last for one, last, _leaf in cliffs(verdict)}
        now = verdict.sight.known
        for one in edition.inputs:
            if one.change is not None and one.name in now:
                low, high = now[one.name]
                value = min(high + one.change.step, one.high) if one.change.up else max(low - one.change.step, one.low)
                moved = judge(rule, {**now, one.name: (value, value)}, on)
                assert moved.answer == "eligible" or value > named.get(one.name, one.high)


def _yes(rule: Rule, known: Known, on: dt.date) -> Verdict | None:
    """The verdict when it is a yes; else that of the nearest way, when there is one."""
    verdict = judge(rule, known, on)
    if verdict.answer != "eligible":
        ways = nearest(rule, known, on, most=1).ways
        if not ways or ways[0].not_before is not None:
            return None
        verdict = judge(rule, applied(known, ways[0]), on)
    return verdict


# More knowledge


@st.composite
def _answers(draw: st.DrawFn, one: Input, edition: Edition, known: Known, on: dt.date) -> Any:
    """An exact value for an input that is unknown or known as a range."""
    if one.kind == "choice":
        return draw(st.sampled_from(list(one.choices)))
    low, high = known.get(one.name, (one.low, one.high))
    near = {mark + by for mark in marks(one, edition, Sight(known, on)) for by in (-1, 0, 1)} | {low, high}
    value = draw(st.sampled_from(sorted(value for value in near if low <= value <= high)))
    return value, value


def _open(edition: Edition, known: Known) -> list[Input]:
    def is_open(one: Input) -> bool:
        value = known.get(one.name)
        return value is None if one.kind == "choice" else value is None or value[0] != value[1]

    return [one for one in edition.inputs if one.kind != "by_year" and is_open(one)]


@EVERY_EDITION
@some
@given(data=st.data())
def test_knowing_more_never_contradicts_a_settled_verdict(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    verdict = judge(rule, known, on)
    told = dict(known)
    for one in _open(edition, known):
        if one is not rule.chosen_by.of and data.draw(st.booleans()):
            told[one.name] = data.draw(_answers(one, edition, told, on))
    if verdict.answer != "undetermined":
        assert judge(rule, told, on).answer == verdict.answer


@EVERY_EDITION
@some
@given(data=st.data())
def test_what_is_missing_settles_an_open_verdict_and_nothing_else_touches_it(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    verdict = judge(rule, known, on)
    if verdict.answer == "undetermined":
        told, other = dict(known), dict(known)
        for one in _open(edition, known):
            if one in verdict.missing:
                told[one.name] = data.draw(_answers(one, edition, told, on))
            elif one is not rule.chosen_by.of:
                other[one.name] = data.draw(_answers(one, edition, other, on))
        assert judge(rule, other, on).answer == "undetermined"
        after = judge(rule, told, on)
        assert after.missing == ()
        assert after.answer != "undetermined" or after.unset or _only_discretion(after)


def _only_discretion(verdict: Verdict) -> bool:
    """Whether every clause that keeps it open looks at nothing that could be told."""
    return all(not state.leaf.terms() for state in verdict.deciding)


# The cheapest change


def excess(rule: Rule, known: Known, on: dt.date, way: Way, costs: Mapping[str, Change | None]) -> Iterator[str]:
    """Whatever a way asks for without need: a whole change, some steps of one, or the waiting."""
    day = way.not_before or on
    if way.not_before is not None and _holds(rule, known, on, way.changes):
        yield "the waiting"
    for size in range(len(way.changes)):
        for some_of in combinations(way.changes, size):
            if _holds(rule, known, day, some_of):
                yield f"all but {[one.name for one, _value in some_of]}"
    for one, value in way.changes:
        change = costs.get(one.name, one.change)
        step, start = change.step if change.up else -change.step, way.before[one.name]
        steps = (value - start) // step
        for fewer in {steps - 1, steps // 2, 1} - {0, steps}:
            others = [(each, stored) for each, stored in way.changes if each is not one]
            if _holds(rule, known, day, [*others, (one, start + fewer * step)]):
                yield f"{steps} steps of {one.name} where {fewer} do"


def _holds(rule: Rule, known: Known, on: dt.date, to: Any) -> bool:
    return judge(rule, {**known, **{one.name: (value, value) for one, value in to}}, on).answer == "eligible"


@EVERY_EDITION
@some
@given(data=st.data())
def test_every_way_leads_to_yes_and_asks_for_nothing_without_need(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    costs = data.draw(st.just({}) | changes(edition, known, on, most=4))
    for way in nearest(rule, known, on, costs=costs).ways:
        assert judge(rule, applied(known, way), way.not_before or on).answer == "eligible"
        assert list(excess(rule, known, on, way, costs)) == []


def _grid(edition: Edition, known: Known, on: dt.date, costs: Mapping[str, Change | None]) -> Iterator[tuple[int, dict[str, int]]]:
    """Every point within a few steps: its price, and the values there."""
    moving = [(one, costs[one.name]) for one in edition.inputs if costs.get(one.name) is not None]
    spans = []
    for one, change in moving:
        start, step = known[one.name][0 if change.up else 1], change.step if change.up else -change.step
        spans.append([(n * change.cost, one.name, start + n * step, n) for n in range(min(room_of(one, start, step), 7) + 1)])
    for point in product(*spans):
        yield sum(price for price, *_ in point), {name: value for _price, name, value, n in point if n}


@EVERY_EDITION
@some
@given(data=st.data())
def test_nothing_on_a_small_grid_is_cheaper_than_the_way_proved_cheapest(rule: Rule, edition: Edition, data: st.DataObject):
    known, on = data.draw(cases(rule, edition))
    costs = data.draw(changes(edition, known, on))
    found = nearest(rule, known, on, costs=costs, most=1)
    least = found.ways[0].cost if found.ways else 0 if judge(rule, known, on).answer == "eligible" else None
    if found.proved:
        for price, values in sorted(islice(_grid(edition, known, on, costs), 600), key=lambda point: point[0]):
            if least is not None and price >= least:
                break
            there = Sight({**known, **{name: (value, value) for name, value in values.items()}}, on)
            assert edition.whole.state(there) is not True, f"{values} for {price} is cheaper than {least}"


# The best question


@some
@given(data=st.data())
def test_of_several_verdicts_the_first_question_settles_most(data: st.DataObject):
    known, verdicts = {}, []
    for rule, edition in data.draw(st.lists(st.sampled_from(EDITIONS), min_size=2, max_size=6)):
        known.update(data.draw(cases(rule, edition))[0])
        verdicts.append((rule, edition))
    found = [weighed(rule, edition, Sight(known, dt.date(2025, 6, 1)), dt.date(2025, 6, 1)) for rule, edition in verdicts]
    first = asked(found)
    gains = {one: sum(settles(each, one) for each in found if one in each.missing) for each in found for one in each.missing}
    assert {one.name for one in first} == {one.name for one in gains}
    assert all(0 <= gain <= len(found) for gain in gains.values())
    assert not first or gains[first[0]] == max(gains.values())

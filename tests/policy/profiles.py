"""Profiles of a rule for property tests: its worked cases shaken, with values on its thresholds and one step to either side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from fuhua.kernel.period import add_months
from fuhua.policy.catalog import rules
from fuhua.policy.reasoning.conditions import Cases, Compare, Condition, Leaf
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.profile import read_profile, settled
from fuhua.policy.reasoning.rule import Edition, Example, Rule
from fuhua.policy.reasoning.terms import Bands, Least, Most, Number, Points, Ratio, Sight, Term

EDITIONS = [(rule, edition) for rule in rules() for edition in rule.editions if edition.inputs]
LATEST = dt.date(2027, 6, 30)
KEEP, SHAKE, DRAW, FORGET = range(4)
_TOLD: dict[int, list[Example | None]] = {}


def first_day(edition: Edition) -> dt.date:
    """A day on which the edition is in force: its first, or one before its last."""
    if edition.since is not None:
        return edition.since
    return dt.date(2024, 3, 1) if edition.until is None else edition.until - dt.timedelta(days=400)


def last_day(edition: Edition) -> dt.date:
    """The last day of the edition, or a late one."""
    return LATEST if edition.until is None else edition.until


@st.composite
def cases(draw: st.DrawFn, rule: Rule, edition: Edition, *, gaps: bool = True) -> tuple[dict[str, Any], dt.date]:
    """A profile in stored scale and a day on which this edition judges it; with ``gaps``, some of it is not known."""
    example = draw(st.sampled_from(_told(rule, edition)))
    told_on = min(max(example.on, edition.since or dt.date.min), edition.until or dt.date.max) if example else first_day(edition)
    on = draw(st.sampled_from([first_day(edition), last_day(edition), told_on, told_on, told_on]))
    known: dict[str, Any] = settled(read_profile(example.profile, rule.inputs), on) if example else {}
    choosing = rule.chosen_by.of
    fates = [KEEP] * 5 + [SHAKE] * 3 + [DRAW] + [FORGET] * gaps
    for one in edition.inputs:
        fate = draw(st.sampled_from(fates)) if one.name in known else draw(st.sampled_from([SHAKE, DRAW, DRAW] + [FORGET] * gaps))
        if one.kind == "by_year" or one is choosing:
            continue
        if fate == FORGET:
            known.pop(one.name, None)
        elif fate == SHAKE:
            known[one.name] = draw(_on_a_mark(one, edition, Sight(known, on)))
        elif fate == DRAW:
            known[one.name] = draw(_anything(one, gaps=gaps))
    if choosing is not None:
        day = add_months(on, -rule.chosen_by.months)
        known[choosing.name] = (day.toordinal(),) * 2
    assert rule.edition(rule.chosen_by.day(known, on)) is edition
    return known, on


def _told(rule: Rule, edition: Edition) -> list[Example | None]:
    """The examples of the edition, and none; found once for each."""
    if id(edition) not in _TOLD:
        of_it = [example for example in rule.examples if _edition_of(rule, example.profile, example.on) is edition]
        _TOLD[id(edition)] = [*of_it, None]
    return _TOLD[id(edition)]


def _edition_of(rule: Rule, profile: Any, on: dt.date) -> Edition | None:
    return rule.edition(rule.chosen_by.day(settled(read_profile(profile, rule.inputs), on), on))


def _anything(one: Input, *, gaps: bool) -> st.SearchStrategy[Any]:
    if one.kind == "choice":
        return st.sampled_from(list(one.choices))
    if one.kind in ("yes_no", "listing"):
        return _exactly(st.integers(0, 1))
    if one.kind == "date":
        return _exactly(st.integers(dt.date(2015, 1, 1).toordinal(), LATEST.toordinal()))
    amounts = _exactly(st.integers(max(one.low, 0), min(one.high, 10**11 if one.scale == 100 else 300 * one.scale)))
    if not (one.judged and gaps):
        return amounts
    pairs = st.tuples(st.integers(one.low, one.high), st.integers(one.low, one.high))
    return amounts | pairs.map(lambda pair: (min(pair), max(pair)))


def _exactly(values: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int, int]]:
    return values.map(lambda value: (value, value))


def _on_a_mark(one: Input, edition: Edition, sight: Sight) -> st.SearchStrategy[Any]:
    if one.kind not in ("number", "date"):
        return _anything(one, gaps=False)
    step = abs(one.change.step) if one.change else 1
    near = {mark + by for mark in marks(one, edition, sight) for by in (0, -1, 1, -step, step)} | {0, 1}
    return _exactly(st.sampled_from(sorted({min(max(value, one.low), one.high) for value in near})))


def marks(one: Input, edition: Edition, sight: Sight) -> set[int]:
    """The stored values of an input next to which some comparison of the edition turns, all else being as it is."""
    found: set[int] = set()
    for of, edge in _comparisons(edition):
        if isinstance(of, Elapsed) and of.since is one and isinstance(edge, Number):
            found.add(_so_long_before(sight.on, of.unit, Fraction(edge.value)).toordinal())
        elif any(inner is one for term in (of, edge) for inner in term.walk()):
            found |= _crossing(one, of, edge, sight)
    return found


def _so_long_before(day: dt.date, unit: str, amount: Fraction) -> dt.date:
    if unit == "days":
        return day - dt.timedelta(days=int(amount))
    return add_months(day, -int(amount * (12 if unit == "years" else 1)))


def _crossing(one: Input, of: Term, edge: Term, sight: Sight) -> set[int]:
    """Where ``of`` passes the edge, by the line through two of its points."""
    gaps = []
    for value in (1000, 2000):
        seen = sight.moved(one.name, value)
        if isinstance(of, Ratio):
            gaps.append(seen.range(of.num)[0] - seen.range(edge)[0] * seen.range(of.den)[0])
        else:
            gaps.append(seen.range(of)[0] - seen.range(edge)[0])
    if gaps[0] == gaps[1]:
        return set()
    root = 1000 - Fraction(gaps[0]) * 1000 / (gaps[1] - gaps[0])
    return {root.numerator // root.denominator, -(-root.numerator // root.denominator)}


def _comparisons(edition: Edition) -> Iterator[tuple[Term, Term]]:
    for leaf in _leaves(edition.whole):
        if isinstance(leaf, Compare):
            for part in _alternatives(leaf.of):
                yield part, leaf.bound
    for term in edition.terms:
        if isinstance(term, Bands):
            for step in term.steps:
                yield term.of, Number(step.edge)


def _alternatives(term: Term) -> Iterator[Term]:
    if isinstance(term, Most | Least | Points):
        for part in term.parts:
            yield from _alternatives(part)
    else:
        yield term


def _leaves(node: Condition) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    for inner in (*node.nodes, *(node.gates if isinstance(node, Cases) else ())):
        if inner is not None:
            yield from _leaves(inner)


@st.composite
def changes(draw: st.DrawFn, edition: Edition, known: dict[str, Any], on: dt.date, *, most: int = 3) -> dict[str, Change | None]:
    """Costs under which at most ``most`` inputs move, any of them, either way, and in strides that meet thresholds soon."""
    movable = [one for one in edition.inputs if one.kind in ("number", "yes_no", "listing") and one.name in known]
    costs: dict[str, Change | None] = {one.name: None for one in edition.inputs}
    if movable:
        for one in draw(st.lists(st.sampled_from(movable), min_size=1, max_size=most, unique_by=lambda each: each.name)):
            low, high = known[one.name]
            far = sorted({abs(mark - value) for mark in marks(one, edition, Sight(known, on)) for value in (low, high)} - {0})
            stride = draw(st.sampled_from(far)) if far and one.kind == "number" else 1
            step = -(-stride // draw(st.integers(1, 5)))
            costs[one.name] = Change(step, draw(st.integers(1, 20)), draw(st.booleans()))
    return costs

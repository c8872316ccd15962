"""A kernel: the text of one loop over the rows of a rule's columns, and that text as a function, compiled or as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType
from typing import Any

import numba
import numpy as np

from fuhua.policy.columns import calendar
from fuhua.policy.columns.flat import looped
from fuhua.policy.columns.layout import missing
from fuhua.policy.columns.numbers import Fixed, Unsupported, constant, literal
from fuhua.policy.columns.reachable import Mover, changes_of, hops, movers_of
from fuhua.policy.columns.search import ASK, NO_WAY, Search
from fuhua.policy.columns.spans import Spans
from fuhua.policy.columns.states import Reasons, States, clauses_of, writer_of
from fuhua.policy.columns.writing import Writer
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.rule import Edition
from fuhua.policy.reasoning.terms import Exact, Operator

BITS = 62
RESULTS = "answer, low, high, unmet, unknown, missing, level, cost, steps, hard"


@dataclass(frozen=True)
class Kernel:
    """The text, what its ways change (in the order of ``steps``; None: it has none), and the bounds of its score."""

    text: str
    changing: Changing | None
    score: tuple[Fixed, Fixed]

    def plain(self) -> Callable[..., int]:
        """The loop as Python runs it: slow, with whole numbers of any size."""
        names = {"fine_months": calendar.fine_months, "whole": int}
        exec(self.text, names)  # noqa: S102 - the text is written here, from the rule's own terms
        return names["rows"]

    def compiled(self) -> Callable[..., int]:
        """The loop as machine code."""
        return _compiled(self.text)


@lru_cache(maxsize=128)
def _compiled(text: str) -> Callable[..., int]:
    names: dict[str, Any] = {"whole": np.int64, "fine_months": _clock()}
    exec(text, names)  # noqa: S102 - the text is written here, from the rule's own terms
    for name in ("certain", "partial", "certain_way", "partial_way", "rows"):
        if name in names:
            names[name] = numba.njit(nogil=True, error_model="numpy")(names[name])
    return names["rows"]


@lru_cache(maxsize=1)
def _clock() -> Callable[[int, int], int]:
    """The months between two days as machine code, with all that it calls."""
    names: dict[str, Any] = {"FINE": calendar.FINE}
    for function in (calendar.civil, calendar.ordinal_of, calendar.fine_months):
        names[function.__name__] = numba.njit(nogil=True)(FunctionType(function.__code__, names))
    return names["fine_months"]


@dataclass(frozen=True)
class Changing:
    """What can change: movers with loops, idle inputs that never help, and the one of them that helps by leaving zero."""

    movers: tuple[Mover, ...]
    idle: tuple[tuple[Input, Change], ...]
    hopper: Input | None


def changing_of(edition: Edition, inputs: tuple[Input, ...], costs: Mapping[str, Change | None]) -> Changing:
    """What can change in an edition; raises :class:`Unsupported` where the search for ways cannot be written."""
    movers, changes = movers_of(edition.whole, inputs, costs), changes_of(edition.whole, inputs, costs)
    idle = tuple((one, change) for one, change in changes.items() if one not in {mover.one for mover in movers})
    hoppers = [one for one, change in idle if hops(edition.whole, one, change)]
    if len(hoppers) > 1:
        raise Unsupported("first steps of several inputs")
    loops = looped(movers)  # the dearest step outermost: once a way is found, hardly any further turn of that loop is cheaper
    movers = (*sorted(movers[:loops], key=lambda mover: -mover.change.cost), *movers[loops:])
    return Changing(movers, idle, hoppers[0] if hoppers else None)


def written(
    edition: Edition, tables: Mapping[str, Exact], costs: Mapping[str, Change | None], ranged: frozenset[str]
) -> Kernel:
    """The kernel of an edition; ``ranged`` names the columns that hold ranges.

    Raises :class:`Unsupported` when the rule cannot be written as one. When only its ways cannot, ``changing`` is None.
    """
    inputs = tuple(one for one in edition.inputs if one in edition.terms)
    wanted = (*inputs, *edition.operators)
    if len(wanted) > BITS:
        raise Unsupported("more inputs than bits")
    functions = [_judging(edition, tables, inputs, wanted, certain) for certain in (True, False)]
    changing: Changing | None = None
    try:
        changing = changing_of(edition, inputs, costs)
        functions += [_searching(edition, tables, inputs, changing, certain) for certain in (True, False)]
    except Unsupported:
        changing, functions = None, functions[:2]
    texts = [writer.text for writer, _score in functions]
    texts.append(_rows(inputs, ranged, changing))
    return Kernel("\n\n".join(texts) + "\n", changing, functions[1][1])


def _stored(inputs: tuple[Input, ...], certain: bool) -> dict[tuple[str, str], tuple[Fixed, Fixed]]:
    found = {}
    for place, one in enumerate(inputs):
        low, high = (-1, len(one.choices) - 1) if one.kind == "choice" else (one.low, one.high)
        least = Fixed(f"x_{place}" if certain else f"l_{place}", 1, low, high)
        found[one.name, ""] = (least, least) if certain else (least, Fixed(f"h_{place}", 1, low, high))
    return found


def _parameters(inputs: tuple[Input, ...], certain: bool) -> str:
    names = [f"x_{place}" if certain else f"l_{place}, h_{place}" for place in range(len(inputs))]
    return ", ".join(["today", *([] if certain else ["known"]), *names])


def _judging(
    edition: Edition, tables: Mapping[str, Exact], inputs: tuple[Input, ...], wanted: tuple[Input | Operator, ...], certain: bool
) -> tuple[Writer, tuple[Fixed, Fixed]]:
    write = writer_of(f"def {'certain' if certain else 'partial'}({_parameters(inputs, certain)}):")
    spans = Spans(write, _stored(inputs, certain), tables)
    states = States(spans)
    state = states.of(edition.whole, {})
    ends = [Fixed("0", 1, 0, 0)] * 2 if edition.score is None else list(spans.of(edition.score, {}))
    if not all(isinstance(end, Fixed) for end in ends):
        raise Unsupported("a score that is no whole number")
    level = "-1"
    for place, each in reversed(list(enumerate(edition.levels))):
        level = f"{place} if {states.of(each.conditions, {}).yes} else ({level})"
    level = write.let(f"({level}) if {states.of(edition.conditions, {}).yes} else -1", "v")
    reasons = Reasons(states, clauses_of(edition.leaves), {term: place for place, term in enumerate(wanted)})
    reasons.deciding(edition.whole)
    reasons.missing(edition.whole)
    answer = write.let(f"1 if {state.yes} else 0 if {state.no} else -1", "a")
    write.add(f"return {answer}, {ends[0].code}, {ends[1].code}, unmet, unknown, missing, {level}, hard")
    return write, (ends[0], ends[1])


def _searching(
    edition: Edition, tables: Mapping[str, Exact], inputs: tuple[Input, ...], changing: Changing, certain: bool
) -> tuple[Writer, tuple[Fixed, Fixed]]:
    write = writer_of(f"def {'certain' if certain else 'partial'}_way({_parameters(inputs, certain)}):")
    states = States(Spans(write, _stored(inputs, certain), tables), frozenset(mover.one for mover in changing.movers))
    places = {} if certain else {one: place for place, one in enumerate(inputs)}
    Search(states, edition.whole, changing.movers, places, [one for one, _change in changing.idle]).write()
    return write, (constant(0), constant(0))


def _rows(inputs: tuple[Input, ...], ranged: frozenset[str], changing: Changing | None) -> str:
    """The loop: rows where every input is known take the short way, others stand for every value they may have.

    It returns how many rows are left to the single path.
    """
    columns = "".join(f"i_{place}, j_{place}, " if one.name in ranged else f"i_{place}, " for place, one in enumerate(inputs))
    write = Writer(f"def rows(first, last, today, ways, {columns}{RESULTS}):")
    write.add("left = 0")
    with write.block("for row in range(first, last):"):
        for place, one in enumerate(inputs):
            write.add(f"x_{place} = whole(i_{place}[row])")
            if one.name in ranged:
                write.add(f"y_{place} = whole(j_{place}[row])")
        with write.block(f"if {_whole_row(inputs, ranged)}:"):
            _judged(write, "certain", inputs, changing)
        with write.block("else:"):
            write.add("known, bad = 0, False")
            for place, one in enumerate(inputs):
                _spread(write, place, one, ranged)
            with write.block("if bad:"):
                _leave(write)
            _judged(write, "partial", inputs, changing)
    write.add("return left")
    return write.text


def _leave(write: Writer) -> None:
    write.add("hard[row] = 1")
    write.add("left += 1")
    write.add("continue")


def _bounds(one: Input) -> tuple[int, int]:
    return (0, len(one.choices) - 1) if one.kind == "choice" else (one.low, one.high)


def _whole_row(inputs: tuple[Input, ...], ranged: frozenset[str]) -> str:
    """Whether every value of a row is known and in bounds, in few comparisons: what lies between 0 and 1 is asked together."""
    answers = [place for place, one in enumerate(inputs) if _bounds(one) == (0, 1)]
    asked = []
    if answers:
        together = " | ".join(f"x_{place}" for place in answers)
        asked.append(f"(0 <= ({together})) & (({together}) <= 1)")
    amounts: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(inputs):
        if place not in answers:
            amounts.setdefault(_bounds(one), []).append(place)
    for (low, high), places in amounts.items():
        least = most = f"x_{places[0]}"
        for place in places[1:]:
            least, most = f"min({least}, x_{place})", f"max({most}, x_{place})"
        asked.append(f"({literal(low)} <= {least}) & ({most} <= {literal(high)})")
    asked += [f"(x_{place} == y_{place})" for place, one in enumerate(inputs) if one.name in ranged]
    return " & ".join(asked) or "True"


def _spread(write: Writer, place: int, one: Input, ranged: frozenset[str]) -> None:
    low, high = (-1, -1) if one.kind == "choice" else _bounds(one)
    top = f"y_{place}" if one.name in ranged else f"x_{place}"
    with write.block(f"if x_{place} == {literal(missing(one))}:"):
        write.add(f"l_{place}, h_{place} = {literal(low)}, {literal(high)}")
    with write.block("else:"):
        write.add(f"l_{place}, h_{place} = x_{place}, {top}")
        write.add(f"known |= {1 << place}")
        low, high = _bounds(one)
        write.add(f"bad = bad or not {literal(low)} <= x_{place} <= {top} <= {literal(high)}")


def _judged(write: Writer, which: str, inputs: tuple[Input, ...], changing: Changing | None) -> None:
    names = _parameters(inputs, which == "certain")
    write.add(f"a, b, c, d, e, f, g, h = {which}({names})")
    for result, name in zip(("answer", "low", "high", "unmet", "unknown", "missing", "level"), "abcdefg", strict=True):
        write.add(f"{result}[row] = {name}")
    with write.block("if h:"):
        _leave(write)
    if changing is None:
        return
    order = range(len(changing.movers))
    for place, _idle in enumerate(changing.idle):
        write.add(f"steps[row, {len(changing.movers) + place}] = 0")
    with write.block("if ways and a != 1:"):
        steps = "".join(f"s{level}, " for level in order)
        write.add(f"k, {steps}= {which}_way({names})")
        if changing.hopper is not None:
            _hopped(write, which, steps, inputs, changing)
        write.add("cost[row] = k")
        write.add(f"left += k == {ASK}")
        for level in order:
            write.add(f"steps[row, {level}] = s{level}")
    with write.block("else:"):
        write.add(f"cost[row] = {NO_WAY}")
        for level in order:
            write.add(f"steps[row, {level}] = 0")


def _hopped(write: Writer, which: str, steps: str, inputs: tuple[Input, ...], changing: Changing) -> None:
    """The search once more with one input a first step away from zero, where a ratio begins to count."""
    place, order = inputs.index(changing.hopper), [one for one, _change in changing.idle].index(changing.hopper)
    change, others = changing.idle[order][1], steps.replace("s", "u")
    low, high = (f"x_{place}",) * 2 if which == "certain" else (f"l_{place}", f"h_{place}")
    with write.block(f"if {low} == 0 and {high} == 0 and k != {ASK}:"):
        write.add(f"{low} = {change.step}")
        if high != low:
            write.add(f"{high} = {change.step}")
        write.add(f"m, {others}= {which}_way({_parameters(inputs, which == 'certain')})")
        with write.block(f"if m >= 0 and (k < 0 or m + {change.cost} < k):"):
            write.add(f"k, {steps}= m + {change.cost}, {others}")
            write.add(f"steps[row, {len(changing.movers) + order}] = 1")

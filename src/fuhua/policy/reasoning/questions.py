"""Questions about one input: which to ask first, from where on it alone meets a clause, and how far it may grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

from fuhua.policy.reasoning.conditions import Compare, Leaf, leaves_and_gates
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.reach import Ground, Lever, after, names_below
from fuhua.policy.reasoning.terms import Sight
from fuhua.policy.reasoning.verdict import Verdict, open_leaves, weighed

MOST_ANSWERS = 64


def asked(verdicts: Iterable[Verdict]) -> list[Input]:
    """What is unknown and can change an open verdict: first the one input whose answer is expected to settle most.

    An answer settles, of each verdict that waits for it, the share :func:`settles` says. The others stand by how many verdicts
    wait for them.
    """
    waiting: dict[Input, list[Verdict]] = {}
    for verdict in verdicts:
        for one in verdict.missing:
            waiting.setdefault(one, []).append(verdict)
    found = sorted(waiting, key=lambda one: (-len(waiting[one]), one.name))
    best: tuple[Fraction, Input] | None = None
    for one in found:
        if best is not None and len(waiting[one]) <= best[0]:
            break  # an answer settles no more verdicts than wait for it
        gain = sum((settles(verdict, one) for verdict in waiting[one]), Fraction(0))
        if best is None or gain > best[0]:
            best = gain, one
    return found if best is None else [best[1], *(one for one in found if one is not best[1])]


def settles(verdict: Verdict, one: Input) -> Fraction:
    """The share of the open clauses of this verdict that the telling answers to one input close, on average."""
    if verdict.edition is None or verdict.sight is None:
        return Fraction(0)
    answers = telling(verdict, one)
    before = len(open_leaves(verdict.edition, verdict.sight))
    after = sum(len(open_leaves(verdict.edition, _answered(verdict.sight, one, answer))) for answer in answers)
    return 1 - Fraction(after, len(answers) * before)


def _answered(sight: Sight, one: Input, answer: Any) -> Sight:
    if one.kind == "choice":
        return Sight({**sight.known, one.name: answer}, sight.on, sight.tables)
    return sight.moved(one.name, answer)


def telling(verdict: Verdict, one: Input) -> list[Any]:
    """Answers that make a difference: every code, yes and no, or the first value on each side of every threshold."""
    if one.kind == "choice":
        return list(one.choices)
    if one.kind in ("yes_no", "listing"):
        return [0, 1]
    found = {one.low}
    if verdict.edition is not None and verdict.sight is not None:
        least = verdict.sight.moved(one.name, one.low)
        for leaf in verdict.edition.leaves:
            if one.name in names_below(leaf)[0]:
                state = leaf.state(least)
                for steps, there in islice(turns([leaf], one, one.low, 1, least), MOST_ANSWERS):
                    before, state = state, leaf.state(there)
                    if state is not before:
                        found.add(one.low + steps)
    return sorted(found)


def alone_from(sight: Sight, one: Input, start: int, step: int) -> Ground:
    """Where only one input moves."""
    return Ground(sight.moved(one.name, start), [Lever(one.name, start, step, room_of(one, start, step))])


def steps_to_meet(leaf: Leaf, one: Input, start: int, step: int, sight: Sight) -> int | None:
    """The least number of ``step``s from ``start`` after which the leaf is met; None if never, or if it is met there."""
    ground = alone_from(sight, one, start, step)
    at = ground.origin
    while ground.state(leaf, at) is not True:
        jumps = ground.jumps(leaf, at)
        if not jumps:
            return None
        at = min(after(at, jump) for jump in jumps)
    return at[1] or None


def turns(leaves: Iterable[Leaf], one: Input, start: int, step: int, sight: Sight) -> Iterator[tuple[int, Sight]]:
    """Each number of steps at which some leaf may get into another state, least first, and what is seen from there."""
    ground = alone_from(sight, one, start, step)
    at = ground.origin
    while jumps := [jump for leaf in leaves for jump in ground.toggles(leaf, at)]:
        at = min(after(at, jump) for jump in jumps)
        yield at[1], sight.moved(one.name, start + at[1] * step)


def alone(verdict: Verdict, leaf: Leaf) -> list[tuple[Input, int]]:
    """For a clause that is not met: each input and the stored value at which it alone would meet it."""
    sight, found = verdict.sight, []
    if sight is None or not isinstance(leaf, Compare) or leaf.state(sight) is True:
        return found
    inputs = {inner: None for term in leaf.terms() for inner in term.walk() if isinstance(inner, Input) and inner.kind == "number"}
    for one in inputs:
        if one.name in sight.known or one.judged:
            low, high = sight.known.get(one.name) or (one.low, one.high)
            for start, step in ((low, 1), (high, -1)):
                steps = steps_to_meet(leaf, one, start, step, sight)
                if steps is not None:
                    found.append((one, start + steps * step))
    return found


def cliffs(verdict: Verdict) -> list[tuple[Input, int, Leaf]]:
    """For a yes: each input whose growth alone would lose it, the last stored value that still holds, and the clause."""
    sight, edition, found = verdict.sight, verdict.edition, []
    if sight is None or edition is None or verdict.answer != "eligible":
        return found
    leaves = tuple(dict.fromkeys(leaves_and_gates(edition.whole)))
    for one in edition.inputs:
        if one.kind == "number" and one.name in sight.known:
            start = sight.known[one.name][1]
            touched = [leaf for leaf in leaves if one.name in names_below(leaf)[0]]
            for steps, there in turns(touched, one, start, 1, sight):
                if edition.whole.state(there) is not True:
                    found.append((one, start + steps - 1, _lost(verdict, weighed(verdict.rule, edition, there, verdict.relevant))))
                    break
    return found


def _lost(before: Verdict, then: Verdict) -> Leaf:
    """The clause by which a yes was lost."""
    leaves = [each.leaf for each in then.deciding]
    held = [leaf for leaf in before.edition.leaves if leaf.state(before.sight) is True]
    lost = [leaf for leaf in held if leaf.state(then.sight) is not True]
    return next((leaf for leaf in leaves if leaf in lost), (lost or leaves)[0])


def room_of(one: Input, start: int, step: int) -> int:
    """How many steps fit before the input reaches its bound."""
    return ((one.high - start) if step > 0 else (start - one.low)) // abs(step)

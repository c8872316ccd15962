"""Questions: of all that is unknown, what to ask first, because its answer settles the most verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from fuhua.policy.reasoning.conditions import Compare
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.reach import bends, edges, room_of, steps_to_meet
from fuhua.policy.reasoning.terms import Sight
from fuhua.policy.reasoning.verdict import Verdict, open_leaves


def ranked(verdicts: Iterable[Verdict]) -> list[tuple[Input, Fraction]]:
    """Every unknown input that can change an open verdict, the most informative first.

    The number beside an input is how many verdicts' worth of open clauses its answer is expected to close (a settled
    verdict closes all of its own), every answer that makes a difference being taken as equally likely.
    """
    gains: dict[Input, Fraction] = {}
    touched: dict[Input, int] = {}
    for verdict in verdicts:
        for one in verdict.missing:
            gains[one] = gains.get(one, Fraction(0)) + settles(verdict, one)
            touched[one] = touched.get(one, 0) + 1
    return sorted(gains.items(), key=lambda each: (-each[1], -touched[each[0]], each[0].name))


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
    """Answers that make a difference: every code, yes and no, or one value on each side of every threshold."""
    if one.kind == "choice":
        return list(one.choices)
    if one.kind in ("yes_no", "listing"):
        return [0, 1]
    sight = verdict.sight
    found = {one.low, one.high}
    if verdict.edition is None or sight is None:
        return sorted(found)
    room = room_of(one, one.low, 1)
    for leaf in verdict.edition.leaves:
        if isinstance(leaf, Compare) and any(inner is one for term in leaf.terms() for inner in term.walk()):
            up = edges(leaf, one, one.low, 1, room, sight) if bends(leaf, one) else [steps_to_meet(leaf, one, one.low, 1, room, sight)]
            down = [] if bends(leaf, one) else [steps_to_meet(leaf, one, one.high, -1, room, sight)]
            found |= {one.low + steps for steps in up if steps is not None}
            found |= {one.high - steps for steps in down if steps is not None}
    return sorted(found)

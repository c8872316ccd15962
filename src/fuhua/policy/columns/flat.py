"""The innermost changes of a search, written out side by side: a few combinations without loops and without branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from fuhua.policy.columns.numbers import Fixed, literal, opposite
from fuhua.policy.columns.reachable import Mover, with_gates
from fuhua.policy.columns.spans import Setting, inputs_of
from fuhua.policy.columns.states import States
from fuhua.policy.reasoning.conditions import Condition
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Term

SIDE_BY_SIDE = 12  # combinations; more are cheaper in loops that can stop early
FAR = 2**60  # more than any way costs; a few of it still fit in 64 bits


def stride(mover: Mover) -> int:
    """What one step adds to the stored value."""
    return mover.change.step if mover.change.up else -mover.change.step


def options(mover: Mover) -> int:
    """How many values of the input are tried, the present one included."""
    return 1 + (len(mover.lines) or mover.room)


def looped(movers: Sequence[Mover]) -> int:
    """How many of the movers have loops; the rest stand side by side."""
    level, together = len(movers), 1
    while level and together * options(movers[level - 1]) <= SIDE_BY_SIDE:
        level -= 1
        together *= options(movers[level])
    return level


@dataclass(frozen=True)
class Combination:
    """One choice for each of the innermost movers: where they stand, their steps, and the name of the cost."""

    setting: Setting
    steps: tuple[str, ...]
    cost: str


class Flat:
    """Writes the combinations of the movers from ``first`` on."""

    def __init__(self, states: States, goal: Condition, movers: Sequence[Mover], first: int) -> None:
        self.states, self.spans, self.writer = states, states.spans, states.spans.writer
        self.goal, self.movers, self.first = goal, movers[first:], first
        self.movable = frozenset(mover.one for mover in movers)
        self.combinations: list[Combination] = []

    def prepare(self, flips: Sequence[Sequence[str]]) -> None:
        """Before all loops: each combination, its cost, and everything that depends on it alone."""
        sets = [self._options(self.first + place, mover, flips[place]) for place, mover in enumerate(self.movers)]
        alone: dict[Term, None] = {}
        for leaf in dict.fromkeys(with_gates(self.goal)):
            for term in leaf.terms():
                self._alone(term, frozenset(mover.one for mover in self.movers), alone)
        for chosen in product(*sets):
            setting = {mover.one.name: version for mover, (version, _steps, _cost) in zip(self.movers, chosen, strict=True)}
            costs = [cost for _version, _steps, cost in chosen if cost != "0"]
            cost = self.writer.let(" + ".join(costs) or "0", "k")
            self.combinations.append(Combination(setting, tuple(steps for _version, steps, _cost in chosen), cost))
            for term in alone:
                self.spans.of(term, setting)

    def _options(self, level: int, mover: Mover, flips: Sequence[str]) -> list[tuple[str, str, str]]:
        """Version, steps and cost of each value; one out of reach costs too much."""
        write, found = self.writer, [("", "0", "0")]
        low, high = self.spans.stored[mover.one.name, ""]
        start = (low if mover.change.up else high).code
        ahead = [flip for flip in dict.fromkeys(flips) if flip != "0"] if mover.lines else [str(n + 1) for n in range(mover.room)]
        for place, flip in enumerate(ahead):
            steps, version = write.let(f"min({flip}, r_{level})", "s"), f"step {place}"
            value = Fixed(write.let(f"{start} + {steps} * {literal(stride(mover))}", "v"), 1, mover.one.low, mover.one.high)
            self.spans.stored[mover.one.name, version] = value, value
            cost = write.let(f"{steps} * {mover.change.cost} + ({flip} > r_{level}) * {FAR}", "k")
            found.append((version, steps, cost))
        return found

    def _alone(self, term: Term, movers: frozenset[Input], found: dict[Term, None]) -> None:
        movable = self.movable & inputs_of(term)
        if movable and movable <= movers:
            found[term] = None
        elif movable & movers:
            for part in term.parts:
                self._alone(part, movers, found)

    def choose(self, standing: Setting, cost: str) -> None:
        """In the innermost loop: the cheapest combination that meets the goal, if it beats ``least``."""
        write, names = self.writer, []
        for each in self.combinations:
            holds = self.states.of(self.goal, {**standing, **each.setting}).yes
            bare = each.cost if cost == "0" else cost if each.cost == "0" else f"{cost} + {each.cost}"
            names.append(write.let(f"{bare} + ({opposite(holds)}) * {FAR}", "k"))
        lowest = names[0]
        for name in names[1:]:
            lowest = f"min({lowest}, {name})"
        lowest = write.let(lowest, "k")
        with write.block(f"if {lowest} < least:"):
            write.add(f"least = {lowest}")
            for level in range(self.first):
                write.add(f"b_{level} = n_{level}")
            for name, each in zip(reversed(names), reversed(self.combinations), strict=True):
                with write.block(f"if {name} == {lowest}:"):
                    for place, steps in enumerate(each.steps):
                        write.add(f"b_{self.first + place} = {steps}")

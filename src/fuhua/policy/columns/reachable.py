"""What of a rule an input can move, in which direction, and from which step on: the ground of the search for ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from fuhua.policy.columns.numbers import Unsupported
from fuhua.policy.columns.spans import inputs_of, regions_of, rising
from fuhua.policy.reasoning.conditions import Answer, Cases, Compare, Condition, Leaf
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.terms import Bands, Exact, Least, Most, Number, Points, Ratio, Step, Sum, Term

FEW = 32  # an input with no more steps than this is tried at each of them


@dataclass(frozen=True)
class Line:
    """A straight line that an input can cross: ``left op right``, both straight in the input."""

    left: Term
    op: str
    right: Term
    table: Bands | None = None


@dataclass(frozen=True)
class Mover:
    """An input that can be changed, with every line at which something flips; none when each step is tried."""

    one: Input
    change: Change
    lines: tuple[Line, ...]

    @property
    def room(self) -> int:
        """The most steps it can ever make."""
        return (self.one.high - self.one.low) // self.change.step


def with_gates(node: Condition) -> Iterator[Leaf]:
    """Every leaf below, those of gates included."""
    if isinstance(node, Leaf):
        yield node
    for gate in node.gates if isinstance(node, Cases) else ():
        if gate is not None:
            yield from with_gates(gate)
    for inner in node.nodes:
        yield from with_gates(inner)


def changes_of(goal: Condition, inputs: tuple[Input, ...], costs: Mapping[str, Change | None]) -> dict[Input, Change]:
    """The inputs of the goal that can change, and how; raises :class:`Unsupported` for a change that cannot be searched."""
    used = {one for leaf in with_gates(goal) for term in leaf.terms() for one in inputs_of(term)}
    changes = {one: costs.get(one.name, one.change) for one in inputs if one in used and one.changeable}
    found = {one: change for one, change in changes.items() if change is not None}
    if any(change.cost < 0 or change.step < 1 for change in found.values()):
        raise Unsupported("a change that gives money back or goes nowhere")
    return found


def movers_of(goal: Condition, inputs: tuple[Input, ...], costs: Mapping[str, Change | None]) -> tuple[Mover, ...]:
    """The inputs that can change and matter to the goal, most lines first.

    Raises :class:`Unsupported` where the place of a flip in one input depends on another that can change too.
    """
    leaves = tuple(dict.fromkeys(with_gates(goal)))
    changes = changes_of(goal, inputs, costs)
    able = {one: change for one, change in changes.items() if not useless(goal, one, change)}
    found = []
    for one, change in able.items():
        few = (one.high - one.low) // change.step <= FEW
        lines = () if few else tuple(_lines(one, leaves, [other for other in able if other is not one]))
        found.append(Mover(one, change, lines))
    return tuple(sorted(found, key=lambda each: (-len(each.lines) or -min(each.room, FEW), each.one.name)))


def _lines(one: Input, leaves: tuple[Leaf, ...], others: list[Input]) -> Iterator[Line]:
    seen: set[Term] = set()
    for leaf in leaves:
        if not isinstance(leaf, Compare):
            continue  # answers and choices have no more than one step, which is few
        tables = [inner for term in leaf.terms() for inner in term.walk() if isinstance(inner, Bands) and one in inputs_of(inner)]
        for table in tables:
            if table in seen:
                continue
            seen.add(table)
            _alone(one, others, table.of)
            for step in table.steps:
                yield from lines_of(table, step, one)
        if any(_bare(term, one) for term in leaf.terms()):
            if tables:
                raise Unsupported("an input both in a table and outside it")
            _alone(one, others, leaf.of, leaf.bound)
            bound = leaf.bound.value if isinstance(leaf.bound, Number) else leaf.bound
            yield from _line(leaf.of, leaf.op, bound, one)


def _alone(one: Input, others: list[Input], *terms: Term) -> None:
    for term in terms:
        if not inputs_of(term).isdisjoint(others):
            raise Unsupported(f"{one.name} in one line with another input that can change")


def _bare(term: Term, one: Input) -> bool:
    """Whether the term looks at the input other than through a table."""
    return term is one or (not isinstance(term, Bands) and any(_bare(part, one) for part in term.parts))


def lines_of(table: Bands, step: Step, one: Input) -> Iterator[Line]:
    """The lines at which one step of a table flips as the input moves; raises :class:`Unsupported` where it bends."""
    for line in _line(table.of, step.op, step.edge, one):
        yield replace(line, table=table)


def _line(of: Term, op: str, bound: Term | Exact, one: Input) -> Iterator[Line]:
    while isinstance(of, Points):
        of = of.of
    if isinstance(of, Ratio) and not isinstance(bound, Term):
        line = Line(of.num, op, Sum(((bound, of.den),)))
        if one in inputs_of(of.den):
            yield Line(of.den, ">", Number(0))  # the ratio jumps where its denominator leaves zero
    else:
        line = Line(of, op, bound if isinstance(bound, Term) else Number(bound))
    slope_of(line, one)
    yield line


def slope_of(line: Line, one: Input) -> Fraction:
    """How much ``left - right`` grows with one stored unit of the input; raises :class:`Unsupported` when it bends."""
    return _slope(line.left, one) - _slope(line.right, one)


def _slope(term: Term, one: Input) -> Fraction:
    if term is one:
        return Fraction(one.factor)
    if one not in inputs_of(term):
        return Fraction(0)
    if isinstance(term, Sum):
        return sum((Fraction(factor) * _slope(part, one) for factor, part in term.weighted), Fraction(0))
    if isinstance(term, Points):
        return _slope(term.of, one)
    raise Unsupported(f"{one.name} inside a {type(term).__name__}")


def direction(term: Term, one: Input, *, beyond_zero: bool = False) -> int | None:
    """1 when the term never falls as the input rises, -1 when it never rises, 0 without effect, None when unknown.

    A ratio jumps where its denominator leaves zero; ``beyond_zero`` leaves that jump out of sight.
    """
    if term is one:
        return 1
    if one not in inputs_of(term):
        return 0
    if isinstance(term, Sum):
        return _joined([(1 if factor > 0 else -1, direction(part, one, beyond_zero=beyond_zero)) for factor, part in term.weighted])
    if isinstance(term, Points | Most | Least):
        return _joined([(1, direction(part, one, beyond_zero=beyond_zero)) for part in term.parts])
    if isinstance(term, Ratio):
        below = direction(term.den, one, beyond_zero=beyond_zero)
        if below and not (beyond_zero and _never_negative(term.num)):
            return None
        return _joined([(1, direction(term.num, one, beyond_zero=beyond_zero)), (-1, below)])
    if isinstance(term, Bands):
        turn, inner = rising(regions_of(term)), direction(term.of, one, beyond_zero=beyond_zero)
        return None if turn is None or inner is None else turn * inner
    return None


def _never_negative(term: Term) -> bool:
    if isinstance(term, Sum):
        return all(factor >= 0 and _never_negative(part) for factor, part in term.weighted)
    return isinstance(term, Input) and term.low >= 0 and term.factor > 0


def _joined(parts: list[tuple[int, int | None]]) -> int | None:
    found = {None if way is None else sign * way for sign, way in parts} - {0}
    return 0 if not found else found.pop() if len(found) == 1 else None


def helps(leaf: Leaf, one: Input, change: Change, *, beyond_zero: bool = False) -> int | None:
    """1 when changing the input can only help the leaf, -1 when it can only hurt, 0 without effect, None when unknown."""
    sign = 1 if change.up else -1
    if isinstance(leaf, Answer):
        return 0 if leaf.of is not one else sign if leaf.wanted else -sign
    if not isinstance(leaf, Compare):
        return 0
    turn = sign if leaf.op in (">=", ">") else -sign
    sides = [(way, direction(term, one, beyond_zero=beyond_zero)) for way, term in ((turn, leaf.of), (-turn, leaf.bound))]
    return _joined(sides)


def useless(goal: Condition, one: Input, change: Change) -> bool:
    """Whether no clause gains by the change, so that no cheapest way holds it.

    That a ratio gains where its denominator leaves zero is another matter: see :func:`hops`.
    """
    leaves = list(dict.fromkeys(goal.leaves()))
    gates = [leaf for leaf in with_gates(goal) if leaf not in set(leaves)]
    if any(one in inputs_of(term) for leaf in gates for term in leaf.terms()):
        return False
    return all(helps(leaf, one, change, beyond_zero=True) in (0, -1) for leaf in leaves)


def hops(goal: Condition, one: Input, change: Change) -> bool:
    """Whether an input that never helps beyond zero may still help by its first step away from zero, and no further."""
    gains = any(helps(leaf, one, change) not in (0, -1) for leaf in goal.leaves())
    if gains and not (change.up and one.low == 0 and one.factor > 0 and one.high >= change.step):
        raise Unsupported(f"a first step of {one.name}")
    return gains


def waits(leaf: Leaf) -> bool:
    """Whether mere time may meet the clause."""
    return isinstance(leaf, Compare) and leaf.op in (">=", ">") and isinstance(leaf.of, Elapsed) and leaf.of.until is None


def timed_cases(node: Condition) -> list[Condition]:
    """The cases below that the mere passing of time may choose between."""
    found = [each for inner in node.nodes for each in timed_cases(inner)]
    gates = [gate for gate in node.gates if gate is not None] if isinstance(node, Cases) else []
    terms = [term for gate in gates for leaf in with_gates(gate) for term in leaf.terms()]
    return [node, *found] if any(isinstance(term, Elapsed) for term in terms) else found

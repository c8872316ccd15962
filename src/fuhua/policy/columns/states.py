"""Conditions in the text of a kernel: true, false or neither, the clauses that decide, and the inputs that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, singledispatchmethod

from fuhua.policy.columns.numbers import Fixed, Unsupported, Value, both, either, opposite, reaches
from fuhua.policy.columns.spans import Setting, Spans, inputs_of
from fuhua.policy.columns.writing import Writer
from fuhua.policy.reasoning.conditions import All, Answer, Cases, Compare, Condition, Leaf, OneOf, Open, Some
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import ByCode, Most, Operator, Points, Ratio, Term


@dataclass(frozen=True)
class State:
    """Names of two conditions of the text: it surely holds, it surely does not; neither is unknown."""

    yes: str
    no: str

    @property
    def unknown(self) -> str:
        """Neither."""
        return "False" if self.no == opposite(self.yes) else both([opposite(self.yes), opposite(self.no)])


@cache
def inputs_below(node: Condition) -> frozenset[Input]:
    """Every input that a node or its gates look at."""
    found = {one for term in node.terms() for one in inputs_of(term)} if isinstance(node, Leaf) else set()
    gates = [gate for gate in node.gates if gate is not None] if isinstance(node, Cases) else []
    return frozenset(found).union(*(inputs_below(inner) for inner in (*node.nodes, *gates)))


class States:
    """Writes conditions over the spans of their terms."""

    def __init__(self, spans: Spans, movable: frozenset[Input] = frozenset()) -> None:
        """``movable`` inputs stand elsewhere in other settings; what does not look at them is worked out by itself, once."""
        self.spans, self.writer, self.movable = spans, spans.writer, movable

    def joined(self, nodes: Sequence[Condition], texts: Sequence[str], join: Callable[[list[str]], str]) -> str:
        """The texts of several nodes joined, those that no movable input touches first and under one name."""
        still = [text for node, text in zip(nodes, texts, strict=True) if self.movable.isdisjoint(inputs_below(node))]
        rest = [text for node, text in zip(nodes, texts, strict=True) if not self.movable.isdisjoint(inputs_below(node))]
        return join([self.writer.let(join(still), "h"), *rest])

    def moving(self, goal: Condition) -> Condition:
        """What of the goal movable inputs touch: the parts that all must hold, without those that stay as they are."""
        if not isinstance(goal, All):
            return goal
        return All(tuple(node for node in goal.nodes if not self.movable.isdisjoint(inputs_below(node))))

    def of(self, node: Condition, setting: Setting) -> State:
        """The state of a node while inputs stand as ``setting`` says."""
        found = self.writer.remembered((node, tuple(sorted(setting.items()))))
        return found or self.writer.remember((node, tuple(sorted(setting.items()))), self._written(node, setting))

    def _named(self, yes: str, no: str) -> State:
        exact = no == opposite(yes)
        yes = self.writer.let(yes, "y")
        return State(yes, opposite(yes) if exact else self.writer.let(no, "z"))

    @singledispatchmethod
    def _written(self, node: Condition, _setting: Setting) -> State:
        raise Unsupported(type(node).__name__)

    @_written.register
    def _(self, node: Compare, setting: Setting) -> State:
        left, right = self.spans.of(node.of, setting), self.spans.of(node.bound, setting)
        if node.op in ("<=", "<"):
            left, right = right, left
        strict = node.op in (">", "<")
        yes = self.spans.ge(left[0], right[1], strict=strict)
        exact = left[0] is left[1] and right[0] is right[1]
        return State(yes, opposite(yes) if exact else self.spans.ge(right[0], left[1], strict=not strict))

    @_written.register
    def _(self, node: Answer, setting: Setting) -> State:
        low, high = self.spans.stored[node.of.name, setting.get(node.of.name, "")]
        wanted, other = (f"{low.code} == 1", f"{high.code} == 0") if node.wanted else (f"{high.code} == 0", f"{low.code} == 1")
        yes = self.writer.let(wanted, "c")
        return State(yes, opposite(yes) if low is high else self.writer.let(other, "c"))

    @_written.register
    def _(self, node: OneOf, setting: Setting) -> State:
        low, high = self.spans.stored[node.of.name, setting.get(node.of.name, "")]
        inside = [self.writer.let(f"{low.code} == {place}", "c") for place, code in enumerate(node.of.choices) if code in node.codes]
        within = self.writer.let(either(inside), "y")
        if low is high:
            return State(within, opposite(within)) if node.wanted else State(opposite(within), within)
        outside = self.writer.let(both([opposite(within), self.writer.let(f"{low.code} >= 0", "c")]), "z")
        return State(within, outside) if node.wanted else State(outside, within)

    @_written.register
    def _(self, _node: Open, _setting: Setting) -> State:
        return State("False", "False")

    @_written.register
    def _(self, node: All, setting: Setting) -> State:
        states = [self.of(inner, setting) for inner in node.nodes]
        yes = self.joined(node.nodes, [each.yes for each in states], both)
        no = self.joined(node.nodes, [each.no for each in states], either)
        exact = all(each.unknown == "False" for each in states)
        return self._named(yes, opposite(yes)) if exact else self._named(yes, no)

    @_written.register
    def _(self, node: Some, setting: Setting) -> State:
        states = [self.of(inner, setting) for inner in node.nodes]
        exact = all(each.unknown == "False" for each in states)
        if node.least == 1:
            yes = self.joined(node.nodes, [each.yes for each in states], either)
            no = self.joined(node.nodes, [each.no for each in states], both)
        else:
            yes = f"({' + '.join(each.yes for each in states)}) >= {node.least}"
            no = f"({' + '.join(each.no for each in states)}) > {len(states) - node.least}"
        return self._named(yes, opposite(yes) if exact and node.least == 1 else no)

    @_written.register
    def _(self, node: Cases, setting: Setting) -> State:
        yes, no, exact = [], [], True
        for possible, inner in self.possible(node, setting):
            state = self.of(inner, setting)
            yes.append(either([opposite(possible), state.yes]))
            no.append(either([opposite(possible), state.no]))
            exact = exact and state.unknown == "False"
        exact = exact and all(gate is None or self.of(gate, setting).unknown == "False" for gate in node.gates)
        holds = both([self.writer.let(each, "c") for each in yes])
        fails = both([self.writer.let(each, "c") for each in no])
        return self._named(holds, opposite(holds) if exact else fails)

    def possible(self, node: Cases, setting: Setting) -> list[tuple[str, Condition]]:
        """The cases with the condition under which each may be the one that applies."""
        found, reached = [], "True"
        for gate, inner in zip(node.gates, node.nodes, strict=True):
            state = State("True", "False") if gate is None else self.of(gate, setting)
            found.append((self.writer.let(both([reached, opposite(state.no)]), "c"), inner))
            reached = self.writer.let(both([reached, opposite(state.yes)]), "c")
        return found


class Reasons:
    """Writes which clauses decide and which unknown inputs matter, as bits of whole numbers, for inputs as they are."""

    def __init__(self, states: States, clauses: Mapping[Leaf, int], wanted: Mapping[Input | Operator, int]) -> None:
        self.states, self.spans, self.writer = states, states.spans, states.writer
        self.clauses, self.wanted = clauses, wanted

    def deciding(self, root: Condition) -> None:
        """Bits of ``unmet`` for a no, and of ``unknown`` (and unmet) for an open verdict."""
        state = self.states.of(root, {})
        self._if(state.no, lambda: self._failing(root))
        self._if(state.unknown, lambda: self._open(root))

    def _if(self, condition: str, write) -> None:
        if condition == "True":
            write()
        elif condition != "False":
            with self.writer.block(f"if {condition}:"):
                write()

    def _failing(self, node: Condition) -> None:
        """Of a node that does not hold: the leaves that fail."""
        if isinstance(node, Leaf):
            self.writer.add(f"unmet |= {1 << self.clauses[node]}")
        elif isinstance(node, Cases):
            for possible, inner in self.states.possible(node, {}):
                self._if(possible, lambda inner=inner: self._failing(inner))
        else:
            self._each(node, "unmet", lambda state: state.no, self._failing)

    def _open(self, node: Condition) -> None:
        """Of a node that is unknown: the leaves that keep it so; where cases are mixed, those that fail as well."""
        if isinstance(node, Leaf):
            self.writer.add(f"unknown |= {1 << self.clauses[node]}")
        elif isinstance(node, Cases):
            for possible, inner in self.states.possible(node, {}):
                state = self.states.of(inner, {})
                self._if(both([possible, state.no]), lambda inner=inner: self._failing(inner))
                self._if(both([possible, state.unknown]), lambda inner=inner: self._open(inner))
        else:
            self._each(node, "unknown", lambda state: state.unknown, self._open)

    def _each(self, node: Condition, bits: str, which, write) -> None:
        """The leaves of a node in one expression without branches, what is deeper in blocks."""
        parts = []
        for inner in node.nodes:
            condition = which(self.states.of(inner, {}))
            if isinstance(inner, Leaf) and condition not in ("True", "False"):
                parts.append(f"({condition}) * {1 << self.clauses[inner]}")
            else:
                self._if(condition, lambda inner=inner: write(inner))
        if parts:
            self.writer.add(f"{bits} |= {' | '.join(parts)}")

    def missing(self, node: Condition) -> None:
        """Bits of ``missing`` for what is unknown below a node and can change its state."""
        unknown = self.states.of(node, {}).unknown
        if isinstance(node, Leaf):
            if node.terms():
                self._if(unknown, lambda: [self._live(term) for term in node.terms()])
        elif isinstance(node, Cases):
            self._if(unknown, lambda: self._cases(node))
        else:
            self._if(unknown, lambda: [self.missing(inner) for inner in node.nodes])

    def _cases(self, node: Cases) -> None:
        for gate in node.gates:
            if gate is not None:
                self.missing(gate)
        for possible, inner in self.states.possible(node, {}):
            self._if(possible, lambda inner=inner: self.missing(inner))

    def _live(self, term: Term) -> None:
        """As the verdict's own search for what is live: unknown inputs and tables that still move the term."""
        if isinstance(term, Input) and term.kind == "choice":
            low, high = self.spans.stored[term.name, ""]
            if low is not high:
                self._if(self.writer.let(f"{low.code} < 0", "c"), lambda: self._want(term))
            return
        low, high = self.spans.of(term, {})
        if low is not high:
            differs = self._differs(term, low, high)
            self._if(self.writer.let(differs, "c"), lambda: self._live_parts(term))

    def _live_parts(self, term: Term) -> None:
        if isinstance(term, Input | Operator):
            self._want(term)
        elif isinstance(term, ByCode):
            self._live(term.choice)
        elif isinstance(term, Most):
            floor = self.spans.of(term, {})[0]
            for part in term.parts:
                above = self.spans.ge(self.spans.of(part, {})[1], floor, strict=True)
                self._if(above, lambda part=part: self._live(part))
        else:
            for part in term.parts:
                self._live(part)

    def _want(self, term: Input | Operator) -> None:
        self.writer.add(f"missing |= {1 << self.wanted[term]}")

    def _differs(self, term: Term, low: Value, high: Value) -> str:
        if isinstance(low, Fixed) and isinstance(high, Fixed):
            return reaches(high, low, strict=True)
        if isinstance(term, Points):
            return self._differs(term.of, low, high)
        if not isinstance(term, Ratio):
            return " | ".join(f"({a.code} != {b.code})" for a, b in (self.spans.of(part, {}) for part in term.parts)) or "False"
        if term.zero != 0:
            raise Unsupported("which inputs matter in a ratio that is not zero at a denominator of zero")
        (n0, n1), (d0, d1) = self.spans.of(term.num, {}), self.spans.of(term.den, {})
        names = [self.writer.let(each.code) for each in (n0, n1, d0, d1)]
        return "({3} > 0) & (({0} != {1}) | (({2} != {3}) & ({0} != 0)))".format(*names)


def clauses_of(leaves: tuple[Leaf, ...]) -> dict[Leaf, int]:
    """Which bit each leaf has; raises :class:`Unsupported` when there are too many."""
    if len(leaves) > 62:
        raise Unsupported("more clauses than bits")
    return {leaf: place for place, leaf in enumerate(leaves)}


def writer_of(head: str) -> Writer:
    """The beginning of a function that collects bits."""
    writer = Writer(head)
    writer.add("unmet, unknown, missing, hard = 0, 0, 0, False")
    return writer

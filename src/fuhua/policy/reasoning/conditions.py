"""Conditions: a tree whose leaves name their clause, true, false or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fuhua.kernel.words import Text
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Exact, Range, Sight, Term, term


@dataclass(frozen=True)
class Clause:
    """Where a condition stands: ``article`` of the edition's document, what it says, and what that rests on.

    ``evidence`` is a code of ``words.EVIDENCE``; ``confidence`` (0–1) goes with ``memory``. ``document`` overrides the
    edition's own document number.
    """

    article: str
    text: Text
    evidence: str = "text"
    confidence: str = ""
    document: str = ""


class Condition:
    """A node of the tree; ``state`` is True, False, or None when the known inputs do not settle it."""

    nodes: tuple[Condition, ...] = ()

    def state(self, sight: Sight) -> bool | None:
        """Whether the condition holds, for all that is known."""
        raise NotImplementedError

    def leaves(self) -> Iterator[Leaf]:
        """The leaves below, in the order of the text."""
        for node in self.nodes:
            yield from node.leaves()


@dataclass(frozen=True, eq=False)
class Leaf(Condition):
    """A condition that names its clause; ``key`` is unique in its edition."""

    key: str
    clause: Clause

    def leaves(self) -> Iterator[Leaf]:
        yield self

    def terms(self) -> tuple[Term, ...]:
        """The terms it looks at."""
        return ()


@dataclass(frozen=True, eq=False)
class Compare(Leaf):
    """``of op bound``: ``>=`` 不低于/以上, ``<=`` 不超过, ``>`` 超过, ``<`` 不满/低于."""

    of: Term
    op: str
    bound: Term

    def terms(self) -> tuple[Term, ...]:
        return self.of, self.bound

    def state(self, sight: Sight) -> bool | None:
        return compared(sight.range(self.of), self.op, sight.range(self.bound))


def compared(left: Range, op: str, right: Range) -> bool | None:
    """Whether every, no, or only some value of ``left`` stands in ``op`` to every value of ``right``."""
    (low, high), (least, most) = left, right
    if op in ("<=", "<"):
        low, high, least, most = -high, -low, -most, -least
    if op in (">=", "<="):
        return True if low >= most else False if high < least else None
    return True if low > most else False if high <= least else None


@dataclass(frozen=True, eq=False)
class Answer(Leaf):
    """A yes-or-no input, a title or a place on a list, and the answer wanted."""

    of: Input
    wanted: bool

    def terms(self) -> tuple[Term, ...]:
        return (self.of,)

    def state(self, sight: Sight) -> bool | None:
        low, high = sight.range(self.of)
        return None if low != high else (low == 1) is self.wanted


@dataclass(frozen=True, eq=False)
class OneOf(Leaf):
    """A choice that must be (or, with ``wanted`` False, must not be) one of ``codes``."""

    of: Input
    codes: frozenset[str]
    wanted: bool = True

    def terms(self) -> tuple[Term, ...]:
        return (self.of,)

    def state(self, sight: Sight) -> bool | None:
        code = sight.known.get(self.of.name)
        return None if code is None else (code in self.codes) is self.wanted


@dataclass(frozen=True, eq=False)
class Open(Leaf):
    """What nobody can compute: an authority's discretion, or a text that is not public. It is never settled."""

    def state(self, _sight: Sight) -> None:
        return None


@dataclass(frozen=True, eq=False)
class All(Condition):
    """Every one must hold."""

    nodes: tuple[Condition, ...]

    def state(self, sight: Sight) -> bool | None:
        unknown = False
        for node in self.nodes:
            state = node.state(sight)
            if state is False:
                return False
            unknown = unknown or state is None
        return None if unknown else True


@dataclass(frozen=True, eq=False)
class Some(Condition):
    """At least ``least`` must hold (alternatives: one)."""

    nodes: tuple[Condition, ...]
    least: int = 1

    def state(self, sight: Sight) -> bool | None:
        states = [node.state(sight) for node in self.nodes]
        if sum(state is True for state in states) >= self.least:
            return True
        return False if sum(state is not False for state in states) < self.least else None


@dataclass(frozen=True, eq=False)
class Cases(Condition):
    """The condition of the first case whose gate holds; the last gate is None and holds always.

    ``nodes`` are the conditions, ``gates`` what chooses between them; a gate is no requirement, so it names no clause
    of its own and is never "not met".
    """

    gates: tuple[Condition | None, ...]
    nodes: tuple[Condition, ...]

    def state(self, sight: Sight) -> bool | None:
        found = set()
        for gate, node in zip(self.gates, self.nodes, strict=True):
            holds = True if gate is None else gate.state(sight)
            if holds is not False:
                found.add(node.state(sight))
            if holds is True:
                break
        return found.pop() if len(found) == 1 else None

    def chosen(self, sight: Sight) -> tuple[Condition, ...]:
        """The conditions that may apply: one, or several while the gates are unknown."""
        found = []
        for gate, node in zip(self.gates, self.nodes, strict=True):
            holds = True if gate is None else gate.state(sight)
            if holds is not False:
                found.append(node)
            if holds is True:
                break
        return tuple(found)


def leaves_and_gates(node: Condition) -> Iterator[Leaf]:
    """Every leaf below, and those that choose between cases."""
    if isinstance(node, Leaf):
        yield node
    for inner in (*node.nodes, *(node.gates if isinstance(node, Cases) else ())):
        if inner is not None:
            yield from leaves_and_gates(inner)


def at_least(key: str, of: Term, bound: Term | Exact, clause: Clause) -> Compare:
    """``of`` is the bound or more (以上, 不低于)."""
    return Compare(key, clause, of, ">=", term(bound))


def at_most(key: str, of: Term, bound: Term | Exact, clause: Clause) -> Compare:
    """``of`` is the bound or less (不超过, 以下)."""
    return Compare(key, clause, of, "<=", term(bound))


def more_than(key: str, of: Term, bound: Term | Exact, clause: Clause) -> Compare:
    """``of`` is above the bound (超过, 大于)."""
    return Compare(key, clause, of, ">", term(bound))


def less_than(key: str, of: Term, bound: Term | Exact, clause: Clause) -> Compare:
    """``of`` is below the bound (不满, 低于)."""
    return Compare(key, clause, of, "<", term(bound))


def yes(key: str, of: Input, clause: Clause) -> Answer:
    """The answer must be yes."""
    return Answer(key, clause, of, True)


def no(key: str, of: Input, clause: Clause) -> Answer:
    """The answer must be no."""
    return Answer(key, clause, of, False)


def one_of(key: str, of: Input, codes: set[str], clause: Clause) -> OneOf:
    """The choice is one of the codes."""
    return OneOf(key, clause, of, frozenset(codes))


def none_of(key: str, of: Input, codes: set[str], clause: Clause) -> OneOf:
    """The choice is none of the codes."""
    return OneOf(key, clause, of, frozenset(codes), wanted=False)


def all_of(*nodes: Condition) -> All:
    """Every one of the conditions."""
    return All(nodes)


def any_of(*nodes: Condition, least: int = 1) -> Some:
    """At least ``least`` of the conditions."""
    return Some(nodes, least)


def by_case(*cases: tuple[Condition | None, Condition]) -> Cases:
    """The condition of the first ``(gate, condition)`` whose gate holds; the last gate is None."""
    return Cases(tuple(gate for gate, _ in cases), tuple(node for _, node in cases))


def when(of: Term, op: str, bound: Term | Exact) -> Compare:
    """A gate for :func:`by_case`: it chooses a case and requires nothing."""
    return Compare("", Clause("", _NOTHING), of, op, term(bound))


def when_yes(of: Input) -> Answer:
    """A gate for :func:`by_case`: the answer is yes."""
    return Answer("", Clause("", _NOTHING), of, True)


def when_in(of: Input, codes: set[str]) -> OneOf:
    """A gate for :func:`by_case`: the choice is one of the codes."""
    return OneOf("", Clause("", _NOTHING), of, frozenset(codes))


_NOTHING = Text("", "")

"""Verdicts: the answer, the state of every clause, the score as a range, what is missing, and the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.conditions import All, Answer, Cases, Compare, Condition, Leaf, OneOf, Some
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import settled
from fuhua.policy.reasoning.rule import Case, Edition, Figure, Note, Points, Rule, Untold
from fuhua.policy.reasoning.terms import ByCode, Exact, Most, Operator, Range, Sight, Term
from fuhua.policy.words import ELIGIBLE, FIRM, NOT_ELIGIBLE, UNDETERMINED

ANSWERS = {True: ELIGIBLE, False: NOT_ELIGIBLE, None: UNDETERMINED}


@dataclass(frozen=True)
class ClauseState:
    """One leaf as it stands; ``decides`` when it is part of the reason for the answer, ``applies`` unless another case is chosen."""

    leaf: Leaf
    state: bool | None
    decides: bool
    actual: Any = None
    bound: Any = None
    applies: bool = True


@dataclass(frozen=True)
class Verdict:
    """The answer of one rule for one profile on one day, with everything needed to explain and to check it.

    ``level`` is the best level reached for certain; ``may_reach`` those that the unknown leaves open, best first.
    ``figures`` holds ``(figure, value)``; a value that lacks inputs is None and the inputs are in ``wanting``.
    """

    rule: Rule
    edition: Edition | None
    on: dt.date
    relevant: dt.date
    answer: str
    why: Text | None = None
    level: str | None = None
    may_reach: tuple[str, ...] = ()
    score: Range | None = None
    items: tuple[tuple[Points, Range], ...] = ()
    clauses: tuple[ClauseState, ...] = ()
    missing: tuple[Input, ...] = ()
    unset: tuple[Operator, ...] = ()
    figures: tuple[tuple[Figure, Any], ...] = ()
    wanting: Mapping[str, tuple[Input, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    sight: Sight | None = None

    @property
    def deciding(self) -> tuple[ClauseState, ...]:
        """The clauses that are the reason for the answer."""
        return tuple(each for each in self.clauses if each.decides)

    @property
    def on_memory(self) -> tuple[Leaf, ...]:
        """The deciding clauses that rest on memory, on a conflict of sources or on an operator's number."""
        return tuple(each.leaf for each in self.deciding if each.leaf.clause.evidence not in FIRM)


def judge(rule: Rule, known: Mapping[str, Any], on: dt.date, tables: Mapping[str, Exact] | None = None) -> Verdict:
    """Judge a profile (from :func:`read_profile`) by the edition that its relevant date chooses.

    ``tables`` are the operator's numbers in force on that day. A date without an edition is a no with the reason.
    """
    known = settled(known, on)
    relevant = rule.chosen_by.day(known, on)
    edition = rule.edition(relevant)
    if edition is None:
        return Verdict(rule, None, on, relevant, NOT_ELIGIBLE, why=_not_in_force(rule, relevant))
    return weighed(rule, edition, Sight(known, on, tables, edition.users), relevant)


def answer(rule: Rule, known: Mapping[str, Any], on: dt.date, tables: Mapping[str, Exact] | None = None) -> str:
    """The answer alone, without its reasons: a fraction of the work, for many subjects at once."""
    known = settled(known, on)
    edition = rule.edition(rule.chosen_by.day(known, on))
    return NOT_ELIGIBLE if edition is None else ANSWERS[edition.whole.state(Sight(known, on, tables))]


def weighed(rule: Rule, edition: Edition, sight: Sight, relevant: dt.date) -> Verdict:
    """The verdict of one edition."""
    state, leaves = carried(edition.whole, sight)
    said, deciding = ANSWERS[state], set(leaves)
    applying = set(_applying(edition.whole, sight))
    level, may_reach = _levels(edition, sight, state)
    missing, unset = open_inputs(edition, sight) if state is None else ((), ())
    figures, wanting = _figures(edition, Case(sight, said, level))
    return Verdict(
        rule=rule, edition=edition, on=sight.on, relevant=relevant, answer=said, level=level, may_reach=may_reach,
        score=None if edition.score is None else sight.range(edition.score),
        items=tuple((item, sight.range(item)) for item in edition.items),
        clauses=tuple(replace(_clause_state(leaf, sight, leaf in deciding), applies=leaf in applying) for leaf in edition.leaves),
        missing=missing, unset=unset, figures=figures, wanting=wanting,
        notes=tuple(note for note in edition.notes if note.since is None or note.since <= sight.on),
        sight=sight,
    )  # fmt: skip


def _not_in_force(rule: Rule, day: dt.date) -> Text:
    ended = [edition for edition in rule.editions if edition.until is not None and edition.until < day]
    if ended:
        last = max(ended, key=lambda edition: edition.until)
        return t("{source} 执行至 {day}，此后没有生效的版本", "{source} ran to {day}; no edition is in force after it").format(
            source=last.source.number, day=last.until
        )
    first = min((edition.since for edition in rule.editions if edition.since is not None), default=day)
    return t("{day} 之前尚无生效的版本", "no edition is in force before {day}").format(day=first)


def _levels(edition: Edition, sight: Sight, state: bool | None) -> tuple[str | None, tuple[str, ...]]:
    if not edition.levels or state is False:
        return None, ()
    states = [(level.key, level.conditions.state(sight)) for level in edition.levels]
    certain = next((key for key, holds in states if holds is True), None) if edition.conditions.state(sight) is True else None
    may = []
    for key, holds in states:
        if holds is not False:
            may.append(key)
        if holds is True:
            break
    return certain, tuple(may)


def _clause_state(leaf: Leaf, sight: Sight, decides: bool) -> ClauseState:
    state = leaf.state(sight)
    if isinstance(leaf, Compare):
        return ClauseState(leaf, state, decides, sight.range(leaf.of), sight.range(leaf.bound))
    if isinstance(leaf, Answer):
        return ClauseState(leaf, state, decides, sight.range(leaf.of), (int(leaf.wanted),) * 2)
    if isinstance(leaf, OneOf):
        return ClauseState(leaf, state, decides, sight.known.get(leaf.of.name), tuple(sorted(leaf.codes)))
    return ClauseState(leaf, state, decides)


def _applying(node: Condition, sight: Sight) -> Iterator[Leaf]:
    """The leaves that are asked for: of cases, those of the one that is chosen, or may be."""
    if isinstance(node, Leaf):
        yield node
        return
    for inner in node.chosen(sight) if isinstance(node, Cases) else node.nodes:
        yield from _applying(inner, sight)


def carried(node: Condition, sight: Sight) -> tuple[bool | None, list[Leaf]]:
    """The state of a node and the leaves that carry it: the failing ones of a no, the open ones of an unknown.

    One pass from the leaves up, so that no state is worked out twice.
    """
    if isinstance(node, Leaf):
        return node.state(sight), [node]
    if isinstance(node, Cases):
        return _carried_by_cases(node, sight)
    found = [carried(inner, sight) for inner in node.nodes]
    states = [state for state, _leaves in found]
    wanted = node.least if isinstance(node, Some) else len(states)
    holding, possible = states.count(True), len(states) - states.count(False)
    state = True if holding >= wanted else False if possible < wanted else None
    return state, [leaf for each, leaves in found if each is state for leaf in leaves]


def _carried_by_cases(node: Cases, sight: Sight) -> tuple[bool | None, list[Leaf]]:
    """While it is open which case applies, every leaf that carries one of those that may is among them."""
    found = [carried(inner, sight) for inner in node.chosen(sight)]
    states = {state for state, _leaves in found}
    state = states.pop() if len(states) == 1 else None
    return state, [leaf for each, leaves in found if each is state or state is None for leaf in leaves]


def open_leaves(edition: Edition, sight: Sight) -> list[Leaf]:
    """The leaves that keep a verdict open; none once it is settled."""
    state, leaves = carried(edition.whole, sight)
    return leaves if state is None else []


def open_inputs(edition: Edition, sight: Sight) -> tuple[tuple[Input, ...], tuple[Operator, ...]]:
    """Of an open verdict: the unknown inputs that can change it, and the operator's numbers that are not set.

    Knowing all of them settles the verdict; knowing anything else never does.
    """
    found = tuple(dict.fromkeys(_open_in(edition.whole, sight)))
    return tuple(each for each in found if isinstance(each, Input)), tuple(each for each in found if isinstance(each, Operator))


def _open_in(node: Condition, sight: Sight) -> Iterator[Term]:
    if isinstance(node, Leaf):
        if node.state(sight) is None:
            for term in node.terms():
                yield from _live(term, sight)
        return
    if isinstance(node, Cases):
        if node.state(sight) is None:
            for gate in node.gates:
                if gate is not None:
                    yield from _open_in(gate, sight)
            for inner in node.chosen(sight):
                yield from _open_in(inner, sight)
        return
    if isinstance(node, All | Some) and node.state(sight) is None:
        for inner in node.nodes:
            yield from _open_in(inner, sight)


def _live(term: Term, sight: Sight) -> Iterator[Term]:
    """The unknown inputs and tables below a term that still move its value."""
    if isinstance(term, Input) and term.kind == "choice":
        if term.name not in sight.known:
            yield term
        return
    if isinstance(term, ByCode):
        low, high = sight.range(term)
        if low != high:
            yield from _live(term.choice, sight)
        return
    low, high = sight.range(term)
    if low == high:
        return
    if isinstance(term, Input | Operator):
        yield term
    parts = term.parts
    if isinstance(term, Most):
        floor = max(sight.range(part)[0] for part in parts)
        parts = tuple(part for part in parts if sight.range(part)[1] > floor)
    for part in parts:
        yield from _live(part, sight)


def _figures(edition: Edition, case: Case) -> tuple[tuple[tuple[Figure, Any], ...], dict[str, tuple[Input, ...]]]:
    found, wanting = [], {}
    for figure in edition.figures:
        if not (figure.always or case.answer == ELIGIBLE):
            continue
        try:
            found.append((figure, figure.compute(case)))
        except Untold:  # it touched an input that is not known; one that it needs only in other cases is never touched
            wanting[figure.key] = tuple(one for one in figure.needs if case.get(one) is None)
            found.append((figure, None))
    return tuple(found), wanting

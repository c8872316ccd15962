"""Units of terms: in what a clause counts, and its values as people write them."""

from __future__ import annotations

from typing import Any

from fuhua.policy.reasoning.conditions import Answer, Compare, Leaf, OneOf
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import out_of_terms, plain
from fuhua.policy.reasoning.terms import Bands, ByCode, Growth, Least, Most, Number, Operator, Points, Ratio, Sum, Term
from fuhua.policy.reasoning.verdict import Verdict


def unit_of(term: Term) -> str:
    """A code of ``words.UNITS``; blank for a bare number, which is in the unit of what it is compared with, and for so many for each.

    A share of like by like is in percent, growth too; tables and scores are in points.
    """
    if isinstance(term, Points | Bands | ByCode):
        return "points"
    if isinstance(term, Growth):
        return "percent"
    if isinstance(term, Ratio):
        return "percent" if unit_of(term.num) == unit_of(term.den) else ""
    if isinstance(term, Sum | Most | Least):
        return next((unit for part in term.parts if (unit := unit_of(part))), "")
    return getattr(term, "unit", "")  # an input, a number of the operator's, time, or a rule's own term


def unit_of_leaf(leaf: Leaf) -> str:
    """The unit in which a clause counts; blank where it counts nothing."""
    if isinstance(leaf, Compare):
        return unit_of(leaf.of) or unit_of(leaf.bound)
    return leaf.of.unit if isinstance(leaf, Answer | OneOf) else ""


def ends(verdict: Verdict, term: Term, unit: str) -> tuple[Any, Any] | None:
    """The least and the greatest value of a term in its declared unit; None when it is not known at all."""
    sight = verdict.sight
    if sight is None:
        return None
    if unit != "points" and not isinstance(term, Number):
        names = {inner.name for inner in term.walk() if isinstance(inner, Input)}
        keys = {inner.key for inner in term.walk() if isinstance(inner, Operator)}
        if not (names <= sight.known.keys() and keys <= sight.tables.keys()):
            return None
    low, high = sight.range(term)
    return plain(out_of_terms(unit, low)), plain(out_of_terms(unit, high))

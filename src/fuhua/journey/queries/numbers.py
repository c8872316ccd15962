"""Numbers that officers set for rules: what is in force on a day, and the costs by which ways are ranked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

from fuhua.journey.models import PolicyNumber
from fuhua.policy import catalog
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.profile import in_terms
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.terms import Exact, Operator

MILLION = 10**6
MOST = 10**18
COST, STEP = "cost.", "step."
CHANGES = ("cost", "step", "fixed", "down")  # what officers say of how an input can change, ``cost.rd_staff`` and so on


@dataclass(frozen=True)
class Row:
    """One operator term: the rules that use it, and every value set for it, newest first."""

    term: Operator
    rules: tuple[Rule, ...]
    values: tuple[PolicyNumber, ...]
    now: PolicyNumber | None


def operators() -> dict[str, tuple[Operator, tuple[Rule, ...]]]:
    """Every number that the public text leaves open, by key, with the rules that ask for it."""
    found: dict[str, tuple[Operator, tuple[Rule, ...]]] = {}
    for rule in catalog.rules():
        for edition in rule.editions:
            for term in edition.operators:
                users = found.get(term.key, (term, ()))[1]
                found[term.key] = (term, users if rule in users else (*users, rule))
    return found


def changeable() -> dict[str, Input]:
    """Inputs of which an officer may say how they change, by name."""
    return {one.name: one for one in catalog.inputs() if one.changeable}


def _in_force(on: dt.date) -> dict[str, PolicyNumber]:
    rows = PolicyNumber.objects.filter(since__lte=on).order_by("since")
    return {row.key: row for row in rows}


def tables_on(on: dt.date) -> dict[str, Exact]:
    """Operator numbers in force on a day, in the scale of terms (fen, ratios)."""
    terms = operators()
    return {key: in_terms(terms[key][0].unit, Fraction(row.millionths, MILLION)) for key, row in _in_force(on).items() if key in terms}


def costs_on(on: dt.date) -> dict[str, Change | None]:
    """How each input can be changed on a day, by name: its own default with what officers set; None: it cannot.

    An input without a default can be changed once an officer gave it a cost.
    """
    rows = _in_force(on)
    found: dict[str, Change | None] = {}
    for name, one in changeable().items():
        cost, step, fixed, down = (rows.get(f"{kind}.{name}") for kind in CHANGES)
        change = one.change or (Change(one.scale, 0) if cost is not None else None)
        if fixed is not None and fixed.millionths:
            change = None
        if change is not None:
            change = replace(
                change,
                step=change.step if step is None else int(Fraction(step.millionths, MILLION) * one.scale),
                cost=change.cost if cost is None else round(Fraction(cost.millionths, MILLION) * 100),
                up=change.up if down is None else not down.millionths,
            )
        if change is not None or one.change is not None:
            found[name] = change
    return found


def rows(on: dt.date) -> list[Row]:
    """Every operator number with its history, for the officers' page."""
    history: dict[str, list[PolicyNumber]] = {}
    for value in PolicyNumber.objects.order_by("-since"):
        history.setdefault(value.key, []).append(value)
    return [
        Row(term, rules, tuple(history.get(key, ())), next((each for each in history.get(key, ()) if each.since <= on), None))
        for key, (term, rules) in sorted(operators().items())
    ]

"""Whether an application may be reviewed: clause by clause, by policy rules on its answers, by what its kind and its call require."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.policy import catalog
from fuhua.policy.reasoning.profile import BadProfile, read_profile
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.words import ELIGIBLE, NOT_ELIGIBLE
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Case, Kind
from fuhua.schemes.models import Application, Recommendation
from fuhua.schemes.words import CLAUSES

_ASKED_BY_ISSUER = t("申报通知", "the call")
_ANSWERS = {ELIGIBLE: True, NOT_ELIGIBLE: False}


@dataclass(frozen=True)
class Clause:
    """One condition as it stands: ``state`` is True, False, or None while an answer is missing."""

    code: str
    text: Text
    source: Text
    state: bool | None


@dataclass(frozen=True)
class Eligibility:
    """Every condition of an application; ``verdicts`` are those of policy rules, with their own clauses."""

    clauses: tuple[Clause, ...]
    verdicts: tuple[Verdict, ...] = ()
    unread: Text | None = None

    @cached_property
    def state(self) -> bool | None:
        """False as soon as one fails, True once all hold, None while one is open."""
        states = [*(each.state for each in self.clauses), *(_ANSWERS.get(each.answer) for each in self.verdicts)]
        if False in states:
            return False
        return None if None in states or self.unread else True

    @cached_property
    def failing(self) -> list[str]:
        """Codes of what fails: conditions, and ``rule.clause`` of policy rules."""
        found = [each.code for each in self.clauses if each.state is False]
        for verdict in self.verdicts:
            if verdict.answer == NOT_ELIGIBLE:
                found += [f"{verdict.rule.key}.{each.leaf.key}" for each in verdict.deciding] or [verdict.rule.key]
        return found

    def plain(self) -> dict[str, Any]:
        """All of it as JSON holds it: conditions with states, verdicts with their editions and clauses."""
        return {
            "conditions": [{"code": each.code, "text": each.text.zh, "source": each.source.zh, "state": each.state}
                           for each in self.clauses],
            "rules": [{"rule": each.rule.key, "edition": each.edition.key if each.edition else "", "answer": each.answer,
                       "clauses": [{"key": one.leaf.key, "state": one.state, "decides": one.decides} for one in each.clauses]}
                      for each in self.verdicts],
        }


def of(application: Application, at: dt.datetime) -> Eligibility:
    """How the application stands at a moment; rules judge by the day it was handed in, or today while it is a draft."""
    kind, on = scheme_kinds()[application.call.kind], period.day(application.submitted_at or at)
    case = case_of(application)
    clauses = [*_common(application, kind), *(Clause(each.code, each.text, each.clause, each.judge(case)) for each in kind.requirements)]
    try:
        known = read_profile(profile_of(kind, application.values), catalog.inputs())
    except BadProfile as wrong:
        return Eligibility(tuple(clauses), unread=wrong.text)
    return Eligibility(tuple(clauses), tuple(judge(catalog.rule_of(key), known, on) for key in kind.rules))


def case_of(application: Application) -> Case:
    """What requirements see of the application."""
    letter = Recommendation.objects.filter(application=application).first()
    party = application.applicant
    return Case(application.values, sort=party.sort, district=party.district, recommended=letter is not None,
                matched=letter.matched if letter else None)


def profile_of(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Answers by the names and in the units of policy inputs."""
    found = {}
    for ask in kind.asks:
        value = values.get(ask.name)
        if ask.input and value is not None:
            found[ask.input] = {"value": value, "unit": "fen"} if ask.type == "money" else value
    return found


def _common(application: Application, kind: Kind) -> list[Clause]:
    """What holds for every kind: the sort of applicant, and the themes and the district of the call."""
    call, party, values = application.call, application.applicant, application.values
    found = [Clause("applicant", CLAUSES["applicant"], kind.label, party.sort in kind.applicants)]
    if call.themes:
        said = values.get("field")
        found.append(Clause("theme", CLAUSES["theme"], _ASKED_BY_ISSUER, None if said is None else said in call.themes))
    if call.district:
        found.append(Clause("place", CLAUSES["place"], _ASKED_BY_ISSUER, party.district == call.district if party.district else None))
    return found

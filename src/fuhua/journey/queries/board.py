"""The policy board of one subject: what it can get, what it lacks, by when, under which clause, and what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fuhua.desk.models import Ask
from fuhua.desk.words import OPEN
from fuhua.evidence.proof.records import Record
from fuhua.journey import facts
from fuhua.journey.models import Standing
from fuhua.journey.queries import numbers, profiles
from fuhua.journey.words import STANDINGS
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.questions import asked
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.verdict import ClauseState, Verdict, judge
from fuhua.policy.reasoning.ways import Nearest, alone, cliffs, nearest
from fuhua.policy.titles import TITLES, held, told_worth, worth, worth_of
from fuhua.policy.words import ELIGIBLE, UNDETERMINED


@dataclass(frozen=True)
class Line:
    """One rule as it stands for the subject.

    ``standing`` is a code of ``words.STANDINGS``; ``worth`` fen a year as far as it is told (None: not at all), ``wanting`` the
    inputs without which it is not told in full; ``opens`` fen a year that the title it grants would unlock, if told;
    ``deadline`` the last day of the edition or of the right; ``applied`` the application that is pending.
    """

    verdict: Verdict
    standing: str
    near: Nearest | None = None
    worth: int | None = None
    wanting: tuple[Input, ...] = ()
    opens: int | None = None
    deadline: dt.date | None = None
    applied: Record[Any] | None = None
    stored: Standing | None = None

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.verdict.rule

    def shortfalls(self) -> list[tuple[ClauseState, list[tuple[Input, int]]]]:
        """Each unmet deciding clause with every input and the stored value at which it alone would meet it."""
        return [(each, alone(self.verdict, each.leaf)) for each in self.verdict.deciding if each.state is False]

    def cliffs(self) -> list[tuple[Input, int, Any]]:
        """For a yes: inputs whose growth would lose it, and the last stored value that still holds."""
        return cliffs(self.verdict)


@dataclass(frozen=True)
class Board:
    """All rules of a subject by standing, and what to ask next (the most informative first)."""

    profile: profiles.Profile
    lines: list[Line]
    questions: list[Input]
    by_standing: Mapping[str, list[Line]] = field(default_factory=dict)

    @property
    def worth(self) -> int:
        """What the subject is entitled to now, fen a year, what excludes each other counted once."""
        return worth_of([line.verdict for line in self.lines])


def board(subject: str, on: dt.date) -> Board:
    """Judge every rule for the subject on a day."""
    told = profiles.told(subject, *profiles.KINDS, facts.ApplicationMade, on=on)
    profile = _profile(subject, told, on)
    applied = _pending(told)
    stored = {row.rule: row for row in Standing.objects.filter(subject=subject)}
    tables, costs = numbers.tables_on(on), numbers.costs_on(on)
    lines = []
    for rule in profiles.rules_for(subject):
        verdict = judge(rule, profile.known, on, tables)
        lines.append(_line(verdict, profile, tables, costs, applied.get(rule.key), stored.get(rule.key)))
    groups = {code: [line for line in lines if line.standing == code] for code in STANDINGS}
    return Board(profile, lines, questions(lines), groups)


def one(subject: str, rule: Rule, on: dt.date, *, most: int = 3) -> Line:
    """One rule for the subject on a day, with up to ``most`` ways."""
    told = profiles.told(subject, *profiles.KINDS, facts.ApplicationMade, on=on)
    profile = _profile(subject, told, on)
    stored = Standing.objects.filter(subject=subject, rule=rule.key).first()
    tables = numbers.tables_on(on)
    return _line(
        judge(rule, profile.known, on, tables), profile, tables, numbers.costs_on(on), _pending(told).get(rule.key), stored, most=most
    )


def _profile(subject: str, told: list[Record[Any]], on: dt.date) -> profiles.Profile:
    values = [each for each in told if each.kind != facts.ApplicationMade.KIND]
    return profiles.profile_from(subject, values, on, profiles.district_of(subject))


def _pending(told: list[Record[Any]]) -> dict[str, Record[Any]]:
    """Rule → its application, while the case is not confirmed or withdrawn."""
    made = {each.fact.ask: each for each in told if each.kind == facts.ApplicationMade.KIND}
    if not made:
        return {}
    open_ = Ask.objects.filter(urn__in=made, state__in=(*OPEN, "answered")).values_list("urn", flat=True)
    return {made[urn].fact.rule: made[urn] for urn in open_}


def questions(lines: list[Line]) -> list[Input]:
    """What to ask, the most useful first; rules already refused ask nothing, what only a worth waits for comes last."""
    wanted = [one for line in lines if line.standing == "eligible" for one in line.wanting]
    return list(dict.fromkeys([*asked(line.verdict for line in lines), *wanted]))


def _line(
    verdict: Verdict,
    profile: profiles.Profile,
    tables: Mapping[str, Any],
    costs: Mapping[str, Any],
    applied: Record[Any] | None,
    stored: Standing | None,
    *,
    most: int = 1,
) -> Line:
    near = None
    if verdict.answer == ELIGIBLE:
        standing = "eligible"
    elif verdict.answer == UNDETERMINED:
        standing = "cannot_tell"
    else:
        near = nearest(verdict.rule, profile.known, profile.on, tables, costs, most=most)
        standing = "no" if not near.ways else "short" if near.ways[0].changes else "not_before"
    lacking = {one: None for key, inputs in verdict.wanting.items() for one in inputs if _is_worth(verdict, key)}
    return Line(
        verdict, standing, near, told_worth(verdict), tuple(lacking), _opens(verdict, profile, tables), _deadline(verdict), applied, stored
    )


def _opens(verdict: Verdict, profile: profiles.Profile, tables: Mapping[str, Any]) -> int | None:
    """What the title would be worth a year; None when it is held, the rule grants none, or nothing of it is told."""
    title = TITLES.get(verdict.rule.grants)
    if title is None or held(title, profile.known):
        return None
    return worth(title, profile.known, profile.on, tables).total or None


def _is_worth(verdict: Verdict, key: str) -> bool:
    return any(figure.key == key and figure.worth for figure, _value in verdict.figures)


def _deadline(verdict: Verdict) -> dt.date | None:
    """The last day of the right, or of the edition where it is the day of judging that chooses it."""
    days = [value for figure, value in verdict.figures if figure.deadline and value is not None]
    if verdict.edition is not None and verdict.edition.until is not None and verdict.rule.chosen_by.of is None:
        days.append(verdict.edition.until)
    return min((day for day in days if day >= verdict.on), default=None)

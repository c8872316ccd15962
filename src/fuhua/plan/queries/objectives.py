"""An edition's objectives: each target with its figure, course, light, history and what may come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from fuhua.evidence.proof.figure import INDICATORS, Definition, Figure, Indicator, Terms
from fuhua.kernel import period
from fuhua.kernel.period import quarter_ends
from fuhua.plan import models
from fuhua.plan.queries.figures import Answer, Ask, answers
from fuhua.plan.queries.lights import Course, Light, light
from fuhua.plan.twin.forecast import Fan, chance_of, fan
from fuhua.plan.words import Status


@dataclass(frozen=True)
class Objective:
    """One target as the cockpit shows it on the day ``on``; amounts are in the indicator's unit (fen for money)."""

    target: models.Target
    indicator: Indicator
    definition: Definition
    answer: Answer
    course: Course
    light: Light
    on: dt.date

    @property
    def figure(self) -> Figure:
        """The figure on the day."""
        return self.answer.figure

    @property
    def terms(self) -> Terms:
        """The baseline day and the deadline under which it is counted."""
        return self.answer.ask.terms

    @property
    def share(self) -> float | None:
        """The figure as a share of the goal, or None while undetermined."""
        return None if self.figure.value is None or not self.course.goal else self.figure.value / self.course.goal

    def history(self) -> list[tuple[dt.date, int | None]]:
        """The figure at every quarter end from the baseline, and on the day."""
        return [(day, figure.value) for day, figure in zip(self.answer.ask.days, self.answer.figures, strict=True)]

    def fan(self) -> list[Fan]:
        """The band in which the figure may move until the deadline; empty when history is too short or over."""
        return fan(self.history(), self.course.until) if self.figure.determined else []

    def chance(self) -> float | None:
        """How many of a hundred imagined courses reach the goal in time, as a share."""
        if not self.figure.determined or self.on >= self.course.until:
            return None
        return chance_of(self.history(), self.course.until, self.course.goal)


def published(slug: str | None = None) -> models.Edition | None:
    """The published edition with that slug, or the newest one in force (else the newest superseded)."""
    editions = models.Edition.objects.filter(status__in=[Status.PUBLISHED, Status.SUPERSEDED])
    if slug is not None:
        return editions.filter(slug=slug).first()
    return editions.order_by("status", "-start").first()


def reading_day(edition: models.Edition, today: dt.date) -> dt.date:
    """The day a cockpit opens on: today, or the last day of a plan that is over."""
    return min(today, edition.end) if edition.end else today


def objectives(
    edition: models.Edition, on: dt.date, *, known: dt.datetime | None = None, codes: Sequence[str] | None = None
) -> list[Objective]:
    """Every target of the edition that an indicator counts, read for the day ``on`` as known now or at ``known``."""
    targets = [target for target in edition.targets.exclude(indicator="").select_related("measure")
               if target.indicator in INDICATORS and (codes is None or target.indicator in codes)]
    targets.sort(key=lambda target: INDICATORS.keys().index(target.indicator))
    asks = [ask_of(edition, target, on) for target in targets]
    return [_objective(edition, target, answer, on) for target, answer in zip(targets, answers(asks, known), strict=True)]


def ask_of(edition: models.Edition, target: models.Target, on: dt.date, definition: str | None = None) -> Ask:
    """What to ask the board for a target: its definition (or another one), terms, and every quarter end up to ``on``."""
    indicator = INDICATORS[target.indicator]
    terms = terms_of(edition, target)
    days = [day for day in quarter_ends(terms.since, on) if day < on]
    return Ask(indicator, indicator.definition(definition or target.definition or None), terms, (*days, on))


def terms_of(edition: models.Edition, target: models.Target) -> Terms:
    """From the target's baseline day (default: the edition's first) to its deadline (default: the edition's last)."""
    since = target.baseline_on or edition.start or period.day(edition.imported_at)
    return Terms(since=since, until=target.deadline or edition.end or since.replace(month=12, day=31))


def course_of(edition: models.Edition, target: models.Target) -> Course:
    """What the target expects from its baseline to its deadline, along its own path; amounts in the indicator's unit."""
    indicator, terms = INDICATORS[target.indicator], terms_of(edition, target)
    return Course(base=_amount(target.baseline_value or Decimal(0), indicator), since=terms.since,
                  goal=_amount(target.value, indicator), until=terms.until, shape=target.trajectory)


def targets_of(editions: Collection[int]) -> dict[tuple[int, str], models.Target]:
    """(edition id, indicator code) → the one target that sets its terms: overall goals first, then by measure, then by id."""
    rows = (models.Target.objects.filter(edition__in=editions).exclude(indicator="").select_related("measure")
            .order_by(F("measure__no").asc(nulls_first=True), "pk"))
    found: dict[tuple[int, str], models.Target] = {}
    for target in rows:
        found.setdefault((target.edition_id, target.indicator), target)
    return found


def target_of(edition: models.Edition, code: str) -> models.Target | None:
    """The one target of the edition that sets the terms of an indicator, as :func:`targets_of` chooses it."""
    return targets_of([edition.pk]).get((edition.pk, code))


def _objective(edition: models.Edition, target: models.Target, answer: Answer, on: dt.date) -> Objective:
    ask, course = answer.ask, course_of(edition, target)
    return Objective(target, ask.indicator, ask.definition, answer, course,
                     light(answer.figure, ask.indicator, course, on), on)


def _amount(value: Decimal, indicator: Indicator) -> int:
    return int(value * 100) if indicator.money else int(value)


def under_every_definition(
    edition: models.Edition, code: str, on: dt.date, *, known: dt.datetime | None = None
) -> list[Objective]:
    """The edition's objective of one indicator, read under each of its definitions; empty when it has no such target."""
    target = target_of(edition, code)
    if target is None or code not in INDICATORS:
        return []
    asks = [ask_of(edition, target, on, definition.version) for definition in INDICATORS[code].definitions]
    return [_objective(edition, target, answer, on) for answer in answers(asks, known)]

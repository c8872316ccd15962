"""Reads for pages that look at an edition from above: all its tasks, who answers for what, frozen days, words searched."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from fuhua.plan.models import Edition, Measure, Reading, Responsibility, Task
from fuhua.plan.queries.supervision import Line, lines
from fuhua.plan.words import Status

__all__ = ["Edition", "Measure", "Responsibility", "frozen_days", "linked", "published_editions", "responsibilities", "saying",
           "task_lines"]


def task_lines(edition: Edition, on: dt.date) -> list[Line]:
    """Every task of the edition with its derived progress on the day ``on``, whoever asks."""
    return lines(Task.objects.filter(edition=edition), on)


def responsibilities(edition: Edition) -> list[Responsibility]:
    """Which unit leads or supports which measure, in the order of the plan."""
    return list(Responsibility.objects.filter(measure__edition=edition).select_related("party", "measure")
                .order_by("measure__no", "order"))


def frozen_days(edition: Edition) -> dict[tuple[str, str], list[dt.date]]:
    """(indicator, definition) → the days whose readings are frozen, ascending."""
    rows = Reading.objects.filter(freeze__edition=edition).order_by("day").values_list("indicator", "definition", "day")
    found: dict[tuple[str, str], list[dt.date]] = {}
    for indicator, definition, day in rows.distinct():
        found.setdefault((indicator, definition), []).append(day)
    return found


def linked(edition: Edition) -> set[str]:
    """The codes of the indicators that count a target of the edition."""
    return set(edition.targets.exclude(indicator="").values_list("indicator", flat=True))


def saying(text: str) -> QuerySet[Measure]:
    """Measures of plans in force whose title or text holds ``text``, in the order of the plan."""
    return (Measure.objects.filter(Q(title__icontains=text) | Q(text__icontains=text), edition__status=Status.PUBLISHED)
            .select_related("edition").order_by("edition", "no"))


def published_editions() -> list[Edition]:
    """The plans in force and past, newest first."""
    rows = Edition.objects.filter(status__in=(Status.PUBLISHED, Status.SUPERSEDED)).defer("source_text")
    return list(rows.order_by("status", "-start"))

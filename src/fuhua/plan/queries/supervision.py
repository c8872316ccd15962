"""Reads of supervision: an edition's tasks with their derived progress, one task, the issue log, meetings and series."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fuhua.desk.queries import asks as desk
from fuhua.plan import access
from fuhua.plan.flow import TASK
from fuhua.plan.models import Blocker, Edition, Meeting, Reading, Task, TaskPart
from fuhua.plan.queries.progress import AT_RISK, OVERDUE, Progress, progress
from fuhua.plan.words import Status

_RULES = {"accept": access.LEADS, "submit": access.LEADS, "send_back": access.SENDS_BACK, "verify": access.VERIFIES,
          "close": access.SUPERVISES}


@dataclass(frozen=True)
class Line:
    """A task with its progress and the explanation last asked for, if any."""

    task: Task
    progress: Progress
    explanation: desk.Ask | None


@dataclass(frozen=True)
class TaskPage:
    """One task as its page shows it to one reader."""

    line: Line
    parts: list[TaskPart]
    own_parts: frozenset[int]
    verbs: tuple[str, ...]
    asks: list[desk.Ask]


def supervised(slug: str) -> QuerySet[Edition]:
    """The edition with that slug, if it is (or was) in force."""
    return Edition.objects.filter(slug=slug, status__in=[Status.PUBLISHED, Status.SUPERSEDED])


def rule_of(verb: str) -> Any:
    """The rule that opens a verb of a task."""
    return _RULES[verb]


def lines(tasks: QuerySet[Task], on: dt.date) -> list[Line]:
    """Each task with its progress on the day ``on``, in the order of numbers."""
    found = list(tasks.select_related("edition", "measure", "lead", "owner", "verifier")
                 .prefetch_related("links", "blockers").order_by("year", "no"))
    states = progress(found, on)
    asked = desk.about(task.urn for task in found)
    explained = {urn: next((ask for ask in asks if ask.kind == "explanation"), None) for urn, asks in asked.items()}
    return [Line(task, states[task.pk], explained.get(task.urn)) for task in found]


def listed(who: Any, edition: Edition, on: dt.date, *, year: int | None = None) -> list[Line]:
    """The edition's tasks that ``who`` may see."""
    rows = access.TASKS.filter(who, Task.objects.filter(edition=edition)).distinct()
    return lines(rows if year is None else rows.filter(year=year), on)


def exceptions(edition: Edition, on: dt.date) -> list[Line]:
    """The overdue and endangered tasks: the only ones of which anything may be asked."""
    return [line for line in lines(Task.objects.filter(edition=edition), on) if line.progress.state in (OVERDUE, AT_RISK)]


def summary(found: Sequence[Line]) -> dict[str, int]:
    """How many tasks there are of each derived state."""
    return dict(Counter(line.progress.state for line in found))


def task_page(who: Any, task: Task, on: dt.date) -> TaskPage:
    """Everything the page of ``task`` shows to ``who``."""
    line = lines(Task.objects.filter(pk=task.pk), on)[0]
    parts = list(task.parts.select_related("organisation", "confirmed_by").order_by("pk"))
    own = access.OWN_PART.filter(who, TaskPart.objects.filter(task=task)).values_list("pk", flat=True)
    verbs = tuple(verb for verb in TASK.verbs(task.state) if _RULES[verb].may(who, task))
    return TaskPage(line, parts, frozenset(own), verbs, desk.about([task.urn]).get(task.urn, []))


def issue_log(who: Any, edition: Edition) -> QuerySet[Blocker]:
    """Every blocker of the edition's tasks that ``who`` may see, the open ones first."""
    rows = access.BLOCKERS.filter(who, Blocker.objects.filter(task__edition=edition))
    return rows.select_related("task", "task__lead", "meeting", "raised_by").order_by("removed_at", "-pk")


def meetings(who: Any, edition: Edition) -> QuerySet[Meeting]:
    """The edition's meetings that ``who`` may see, the newest first."""
    return access.MEETINGS.filter(who, Meeting.objects.filter(edition=edition)).distinct().order_by("-no")


@dataclass(frozen=True)
class Series:
    """One indicator under one definition: every frozen reading by day, each with what restated it."""

    definition: str
    readings: tuple[Reading, ...]


def series(edition: Edition, indicator: str) -> list[Series]:
    """The frozen and restated readings of one indicator, one series for each definition, days ascending."""
    rows = (Reading.objects.filter(freeze__edition=edition, indicator=indicator)
            .select_related("author", "restates", "restated_by").order_by("definition", "day", "pk"))
    found: dict[str, list[Reading]] = {}
    for row in rows:
        found.setdefault(row.definition, []).append(row)
    return [Series(definition, tuple(readings)) for definition, readings in found.items()]

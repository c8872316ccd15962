"""Tables of supervision: annual tasks with their parts, linked work and blockers; meetings with agenda and decisions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fuhua.kernel.words import Text
from fuhua.plan.words import BLOCKER_CODES, BLOCKER_STATES, MEETING_STATES, SECTIONS, TaskState


def _choices(words: dict[str, Any]) -> list[tuple[str, str]]:
    return [(code, code) for code in words]


class Task(models.Model):
    """An annual task (年度任务): one lead unit, a due day, a verifying unit that is another, and linked work.

    ``owner`` is the lead unit's person. Whether it is on track, at risk or overdue is derived from the linked work.
    """

    urn = models.CharField(max_length=100, unique=True)
    edition = models.ForeignKey("plan.Edition", models.PROTECT, related_name="tasks")
    measure = models.ForeignKey("plan.Measure", models.PROTECT, null=True, blank=True, related_name="tasks")
    year = models.PositiveSmallIntegerField()
    no = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    lead = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    owner = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    verifier = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.ISSUED)
    submitted_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    verified_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField()
    fact = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "year", "no"], name="one_task_per_number"),
            models.UniqueConstraint(fields=["edition", "year", "title", "lead"], name="one_task_per_title_and_lead"),
            models.CheckConstraint(condition=~Q(verifier=F("lead")), name="lead_does_not_verify"),
            models.CheckConstraint(condition=Q(verified_by=None) | ~Q(verified_by=F("owner")), name="owner_does_not_verify"),
            models.CheckConstraint(condition=~Q(state__in=["done", "closed"]) | Q(verified_by__isnull=False),
                                   name="done_was_verified"),
            models.CheckConstraint(condition=Q(state="issued") | Q(owner__isnull=False), name="accepted_task_has_owner"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["edition", "year", "state"], name="task_edition_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The number as printed: 2025-07."""
        return f"{self.year}-{self.no:02}"


class TaskPart(models.Model):
    """A co-unit's own part of a task, which only that unit confirms."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["task", "organisation"], name="one_task_part_per_unit"),
        ]


class TaskLink(models.Model):
    """Work a task's progress is derived from: an indicator (with its goal for the task), or an ask of the desk.

    ``goal`` and ``base`` are in the indicator's unit (fen for money); without a goal the edition's target is the goal.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="links")
    indicator = models.CharField(max_length=16, blank=True)
    definition = models.CharField(max_length=16, blank=True)
    base = models.BigIntegerField(default=0)
    goal = models.BigIntegerField(null=True, blank=True)
    ask = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["task", "indicator", "ask"], name="one_link_per_work"),
            models.CheckConstraint(condition=Q(indicator="") ^ Q(ask=""), name="link_is_indicator_or_ask"),
        ]


class Meeting(models.Model):
    """A coordination meeting: its agenda is generated from what is open, its decisions become work."""

    urn = models.CharField(max_length=100, unique=True)
    edition = models.ForeignKey("plan.Edition", models.PROTECT, related_name="meetings")
    no = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=_choices(MEETING_STATES), default="called")
    agenda_at = models.DateTimeField(null=True, blank=True)
    minutes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "no"], name="one_meeting_per_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Blocker(models.Model):
    """Something in the way of a task, in the issue log from raised to removed."""

    urn = models.CharField(max_length=100, unique=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="blockers")
    code = models.CharField(max_length=20, choices=_choices(BLOCKER_CODES))
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=_choices(BLOCKER_STATES), default="open")
    raised_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="blockers")
    removed_at = models.DateTimeField(null=True, blank=True)
    fact = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(state="escalated") | Q(meeting__isnull=False), name="escalated_to_a_meeting"),
        ]


class AgendaItem(models.Model):
    """One line of an agenda as it was generated: what it is about, why it is there, and the page it leads to."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=10, choices=_choices(SECTIONS))
    title = models.CharField(max_length=300)
    why_zh = models.CharField(max_length=1000, blank=True)
    why_en = models.CharField(max_length=1000, blank=True)
    url = models.CharField(max_length=200)
    fact = models.CharField(max_length=64, blank=True)
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    blocker = models.ForeignKey(Blocker, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
        ]

    @property
    def why(self) -> Text:
        """Why it is on the agenda."""
        return Text(self.why_zh, self.why_en)


class Decision(models.Model):
    """What a meeting decided: it became a task or a supervision order with an owner and a deadline."""

    urn = models.CharField(max_length=100, unique=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    due = models.DateField()
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    ask = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=200)
    fact = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_decision_per_position"),
            models.CheckConstraint(condition=Q(task=None) ^ Q(ask=""), name="decision_became_one_thing"),
        ]

"""Tables of mentoring: what a founder briefs a mentor with, sessions that took place, their notes, advice, actions and ratings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fuhua.exchange.words import ACTION_ANSWERS, CLASH_CHOICES, MENTORING_SIDES, MENTORING_STATES


class Briefing(models.Model):
    """A briefing card (背景卡) that the organisation wrote for the mentor of a booking; ``consent`` says who reads it, until when."""

    urn = models.CharField(max_length=100, unique=True)
    reservation = models.ForeignKey("exchange.Reservation", models.PROTECT, related_name="briefings")
    consent = models.OneToOneField("parties.Consent", models.PROTECT, related_name="+")
    text = models.TextField(max_length=4_000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=~Q(text=""), name="briefing_says_something")]

    def __str__(self) -> str:
        return self.urn


class Mentoring(models.Model):
    """A session (辅导) of a mentor with an organisation: told by one side, confirmed or denied by the other.

    ``told_side`` is a key of ``words.MENTORING_SIDES``; ``digest`` the fact of the session. ``mentor`` is the person who answered for
    the offer on that day and stays whoever answers for it later.
    """

    urn = models.CharField(max_length=100, unique=True)
    reservation = models.OneToOneField("exchange.Reservation", models.PROTECT, related_name="mentoring")
    mentor = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    mentee = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    held_on = models.DateField()
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=9, default="told")
    told_side = models.CharField(max_length=7)
    told_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    answered_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=list(MENTORING_STATES), told_side__in=list(MENTORING_SIDES)),
                                   name="mentoring_says_what_it_may"),
            models.CheckConstraint(condition=Q(state="told", answered_at=None, answered_by=None)
                                   | (~Q(state="told") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                                   name="mentoring_is_answered_by_somebody"),
            models.CheckConstraint(condition=Q(answered_by=None) | ~Q(answered_by=F("told_by")), name="mentoring_takes_two"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="mentoring_takes_time"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["mentor", "held_on"], name="mentoring_mentor"),
            models.Index(fields=["mentee", "held_on"], name="mentoring_mentee"),
        ]

    def __str__(self) -> str:
        return self.urn


class SessionNote(models.Model):
    """What one side noted of a session; both sides read it, nobody else ever does."""

    session = models.ForeignKey(Mentoring, models.CASCADE, related_name="notes")
    side = models.CharField(max_length=7)
    text = models.TextField(max_length=4_000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["session", "side"], name="one_note_a_side"),
            models.CheckConstraint(condition=Q(side__in=list(MENTORING_SIDES)), name="note_of_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.side}"


class Advice(models.Model):
    """One piece of advice (建议) given in a session, as ``person`` wrote it down; it is never changed."""

    session = models.ForeignKey(Mentoring, models.CASCADE, related_name="advice")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1_000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=~Q(text=""), name="advice_says_something")]

    def __str__(self) -> str:
        return self.text


class Clash(models.Model):
    """Two pieces of advice that contradict each other (建议相左), kept side by side, and what the founder chose and why."""

    first = models.ForeignKey(Advice, models.CASCADE, related_name="+")  # the earlier one
    second = models.ForeignKey(Advice, models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    choice = models.CharField(max_length=8, blank=True)
    why = models.CharField(max_length=500, blank=True)
    chosen_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["first", "second"], name="one_clash_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="clash_in_order"),
            models.CheckConstraint(condition=Q(choice="", chosen_at=None) | (Q(choice__in=list(CLASH_CHOICES), chosen_at__isnull=False)),
                                   name="clash_chosen_at_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class ActionItem(models.Model):
    """What was agreed to be done (行动项) by ``side`` until ``due``; asked about once, answered with a word."""

    session = models.ForeignKey(Mentoring, models.CASCADE, related_name="items")
    side = models.CharField(max_length=7)
    text = models.CharField(max_length=500)
    due = models.DateField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, blank=True)
    word = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(side__in=list(MENTORING_SIDES)) & ~Q(text=""), name="action_has_an_owner"),
            models.CheckConstraint(condition=Q(answer="", answered_at=None) | Q(answer__in=list(ACTION_ANSWERS), answered_at__isnull=False),
                                   name="action_answered_at_a_moment"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["made_at"], condition=Q(asked_at=None, answer=""), name="action_to_be_asked"),
        ]

    def __str__(self) -> str:
        return self.text


class MentorRating(models.Model):
    """What the organisation thought of a session, 1 to 5 points; single ratings are read by nobody else."""

    session = models.OneToOneField(Mentoring, models.CASCADE, related_name="rating")
    points = models.PositiveSmallIntegerField()
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=5), name="mentor_points_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.points}"

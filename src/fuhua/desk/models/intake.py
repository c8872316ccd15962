"""Tables of the intake of rosters: the file, its rows that need a person, what was picked, and what each row became."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fuhua.desk.words import IntakeState, Verdict


class Intake(models.Model):
    """One uploaded roster: the kept file by digest, how its columns are read, where it stands and how far it is.

    ``mapping`` is header index (as text) → field. ``own`` are the URNs of the incubators an operator may enter rows
    for, ``districts`` the districts of a district officer; None for whoever is not so bound. ``reached`` is the number
    of the last row dealt with in the pass that is going on, ``done``
    how many rows that were, ``total`` how many there are.
    """

    urn = models.CharField(max_length=100, unique=True)
    roster = models.CharField(max_length=20)
    document = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField()
    headers = models.JSONField()
    samples = models.JSONField()
    mapping = models.JSONField()
    by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    on_behalf = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    own = models.JSONField(null=True)
    districts = models.JSONField(null=True)
    grade = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=IntakeState)
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="intake_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_known"),
        ]


class IntakeRow(models.Model):
    """A row that is not simply entered: wrong, waiting for somebody to say which organisation, a change, a repetition.

    ``cells`` are the cells as they were in the file, so that the row can be handed back. ``problems`` are lists of
    field, Chinese, English; ``changes`` of field, before, after; ``candidates`` the organisations it may mean.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    question = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="one_verdict_per_row")]
        indexes = [models.Index(fields=["intake", "verdict", "number"], name="intake_row_verdict"),
                   models.Index(fields=["intake", "question"], name="intake_row_question")]


class Pick(models.Model):
    """A person's answer to "which organisation is this?" in one intake: a party, or None for a new one."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="picks")
    question = models.CharField(max_length=64)
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "question"], name="one_pick_per_question")]


class RosterRecord(models.Model):
    """What one row of a roster became: its natural key, the values entered last, and the facts that tell them.

    The constraint is what makes the same file twice change nothing. ``key`` is the SHA-256 of the natural key.
    """

    roster = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    values = models.JSONField()
    subject = models.CharField(max_length=100)
    facts = models.JSONField()
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="records")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "key"], name="one_record_per_roster_row")]


class IntakeTurn(models.Model):
    """Whose turn it is to enter rosters: one worker at a time, until a moment that it keeps putting off."""

    holder = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField()

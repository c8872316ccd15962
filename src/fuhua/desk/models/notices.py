"""Tables of clocks and notices: what runs, who is told, who has read it, and what a person has silenced."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fuhua.desk.models.titled import Titled
from fuhua.desk.words import NoticeKind


class Clock(Titled):
    """A deadline that runs in working days for one thing (``about``); paused while its asker is waited for.

    ``to`` and ``office`` say who owns it: a person, or whoever holds that office (any, if blank) in an organisation.
    ``answers_for`` is the organisation whose lead hears when it is late. ``url`` is the one page where to act.
    """

    about = models.CharField(max_length=100)
    name = models.CharField(max_length=20)
    url = models.CharField(max_length=200)
    to = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    office = models.CharField(max_length=20, blank=True)
    answers_for = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    since = models.DateField()
    due = models.DateField()
    paused_since = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    statutory = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["about", "name"], condition=Q(stopped_at=None), name="one_running_clock"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["due"], condition=Q(stopped_at=None), name="clock_running_due")]


class Notice(Titled):
    """One message to a person, an organisation's office, or an office anywhere; it leads to exactly one page.

    ``settled_at`` is set when there is nothing left to do about it. A clock tells each rung once for each due day.
    """

    to = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=NoticeKind)
    about = models.CharField(max_length=100)
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    clock = models.ForeignKey(Clock, models.CASCADE, null=True, blank=True, related_name="notices")
    due = models.DateField(null=True, blank=True)
    statutory = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["clock", "kind", "due"], name="each_rung_once"),
            models.CheckConstraint(condition=Q(to__isnull=False) | ~Q(office=""), name="notice_has_an_addressee"),
            models.CheckConstraint(condition=~Q(url=""), name="notice_leads_somewhere"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["to", "-at"], name="notice_to"),
            models.Index(fields=["about"], name="notice_about"),
        ]


class Read(models.Model):
    """A person has read a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    person = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["notice", "person"], name="read_once")]


class Mute(models.Model):
    """A person does not want to be told of one kind of notice; statutory notices come through all the same."""

    person = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["person", "kind"], name="muted_once")]


class Lead(models.Model):
    """The person in charge (分管负责人) who hears when an organisation's work is two working days late."""

    organisation = models.OneToOneField("parties.Party", models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")

"""Table of gold mentors' titles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class MentorTitle(models.Model):
    """A person's title of gold mentor (金牌导师) by the awarded ``application``; a person has at most one that was not removed.

    ``since`` is the day from which idle time counts: listed, awarded anew or restored. ``warned_for`` is the day of lapsing of which the
    person was warned. ``because`` is why it was removed, a key of ``words.MENTOR_REMOVALS``.
    """

    urn = models.CharField(max_length=100, unique=True)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    application = models.OneToOneField("schemes.Application", models.PROTECT, related_name="mentor_title")
    state = models.CharField(max_length=8, default="listed")
    since = models.DateField()
    warned_for = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=12, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person"], condition=~Q(state="removed"), name="one_mentor_title_a_person"),
            models.CheckConstraint(condition=Q(state__in=["listed", "active", "honorary", "removed"]), name="mentor_title_state"),
            models.CheckConstraint(condition=Q(state="removed") ^ Q(because=""), name="mentor_title_removed_for_a_reason"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "since"], name="mentor_title_state_since")]

    def __str__(self) -> str:
        return self.urn

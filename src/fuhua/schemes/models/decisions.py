"""Tables of decisions: what was decided and why, its public notice, and objections to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Decision(models.Model):
    """What was decided on an application (立项决定): ``result``, and for an award the city's and the district's money in integer fen."""

    application = models.OneToOneField("schemes.Application", models.PROTECT, related_name="decision")
    result = models.CharField(max_length=8)
    city = models.BigIntegerField(default=0)
    district = models.BigIntegerField(default=0)
    why = models.TextField(max_length=2_000, blank=True)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(city__gte=0, district__gte=0), name="award_is_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.result}"


class Announcement(models.Model):
    """A public notice (公示) of a call's decisions, from ``first`` to ``last``, both included."""

    call = models.ForeignKey("schemes.Call", models.PROTECT, related_name="announcements")
    number = models.CharField(max_length=40, unique=True)
    first = models.DateField()
    last = models.DateField()
    document = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="notice_span_forward")]

    def __str__(self) -> str:
        return self.number


class Objection(models.Model):
    """An objection to an announced decision (异议): who raised it is known to the issuer only."""

    urn = models.CharField(max_length=100, unique=True)
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="objections")
    application = models.ForeignKey("schemes.Application", models.PROTECT, related_name="objections")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    text = models.TextField(max_length=4_000)
    state = models.CharField(max_length=9, default="raised")
    hearing = models.DateField(null=True, blank=True)
    answer = models.TextField(max_length=4_000, blank=True)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(state__in=["upheld", "dismissed"]) | ~Q(answer=""), name="objection_is_answered"),
        ]

    def __str__(self) -> str:
        return self.urn
